//! What is easy to get wrong in the sample: one test for each trap in the figures Yucheng reported.

// Helpers of tests fail by panicking, as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::{
    Change, ChangeError, Dataset, Decimal, Lang, Multiple, Observation, ObservationValue, Origin, Period,
    PeriodBasis, PeriodKind, PeriodMismatch, Qualifier, format, read,
};

fn catalogue() -> Catalogue {
    let (catalogue, issues) = Catalogue::read(BUILT_IN);
    assert!(issues.is_empty(), "{issues:?}");
    catalogue
}

fn sample() -> Vec<Observation> {
    let read = read::observations("yucheng-2022.csv", SAMPLE, &catalogue());
    assert!(read.issues.is_empty(), "{:?}", read.issues);
    read.observations
        .into_iter()
        .map(|(_, observation)| observation)
        .collect()
}

fn of(indicator: &str) -> Vec<Observation> {
    sample()
        .into_iter()
        .filter(|observation| observation.key.indicator == indicator)
        .collect()
}

fn one(indicator: &str) -> Observation {
    let mut found = of(indicator);
    assert_eq!(found.len(), 1, "{indicator}");
    found.remove(0)
}

fn value(indicator: &str) -> ObservationValue {
    one(indicator).value.unwrap()
}

fn words(indicator: &str, lang: Lang) -> String {
    let catalogue = catalogue();
    let definition = catalogue.indicator(indicator).unwrap();
    format::value(
        &value(indicator),
        catalogue.unit(&definition.unit).unwrap(),
        definition.decimals,
        lang,
    )
}

#[test]
fn the_sample_holds_52_values_of_50_indicators() {
    let sample = sample();
    let mut indicators: Vec<&str> = sample.iter().map(|o| o.key.indicator.as_str()).collect();
    indicators.sort_unstable();
    indicators.dedup();
    assert_eq!((sample.len(), indicators.len()), (52, 50));
}

#[test]
fn three_elevens_and_two_2000s_stay_different_figures() {
    let with = |number: i64, qualifier| {
        let same = |o: &&Observation| {
            o.value
                .is_some_and(|v| v.number() == number.into() && v.qualifier() == qualifier)
        };
        sample().iter().filter(same).count()
    };
    assert_eq!(with(11, Qualifier::Exact), 3);
    assert_eq!(with(2000, Qualifier::SomewhatMore), 2);
}

#[test]
fn all_townships_implies_a_denominator_of_11_and_100_percent() {
    for indicator in ["townships_with_industrial_park", "township_chambers"] {
        let observation = one(indicator);
        let denominator = observation.denominator.unwrap();
        assert_eq!(denominator, Decimal::from(11));
        assert_eq!(
            observation.value.unwrap().number().checked_div(denominator, 4),
            Some(Decimal::ONE)
        );
    }
}

fn change(indicator: &str) -> Change {
    let pair = of(indicator);
    let [opening, closing] = pair.as_slice() else {
        panic!("{indicator} is a pair")
    };
    Change::between(catalogue().indicator(indicator).unwrap(), opening, closing).unwrap()
}

#[test]
fn tax_paying_firms_rose_to_three_times_which_is_199_96_percent_more() {
    let change = change("taxpaying_firms");
    assert_eq!(change.ratio.unwrap().number().round(4).to_string(), "2.9996");
    assert_eq!(change.multiple(), Some(Multiple::Times(3)));
    assert_eq!(format::signed_percent(change.growth().unwrap(), 2), "+199.96%");
}

#[test]
fn firms_over_the_tax_threshold_doubled_and_the_threshold_is_in_the_definition() {
    assert_eq!(change("firms_tax_over_50m").multiple(), Some(Multiple::Times(2)));
    let catalogue = catalogue();
    assert!(
        catalogue
            .indicator("firms_tax_over_50m")
            .unwrap()
            .definition
            .zh
            .contains("5000万元")
    );
}

#[test]
fn donations_of_five_years_and_of_this_year_are_never_added_or_put_on_one_axis() {
    let (window, this_year) = (one("donations_total"), one("donations_epidemic"));
    let mismatch = PeriodMismatch::DifferentKinds(PeriodKind::Window, PeriodKind::YearToDate);
    assert_eq!(
        window.key.period.shares_axis(&this_year.key.period),
        Err(mismatch)
    );
    assert_eq!(window.key.period.joins(&this_year.key.period), Err(mismatch));
    let catalogue = catalogue();
    let donations = catalogue.indicator("donations_total").unwrap();
    assert_eq!(
        Change::between(donations, &window, &this_year),
        Err(ChangeError::Indicators)
    );
    let mut of_one = this_year;
    of_one.key.indicator = "donations_total".into();
    let change = Change::between(donations, &window, &of_one);
    assert_eq!(change, Err(ChangeError::Periods(mismatch)));
}

#[test]
fn the_period_belongs_to_the_figure_and_not_to_its_paragraph() {
    let kind = |indicator: &str| one(indicator).key.period.kind();
    assert_eq!(kind("firm_support_activities"), PeriodKind::YearToDate);
    assert_eq!(kind("warm_firm_activities"), PeriodKind::YearToDate);
    for indicator in ["bank_firm_events", "smes_served_by_matching", "financing_matched"] {
        assert_eq!(kind(indicator), PeriodKind::Window, "{indicator}");
    }
    assert_eq!(
        one("listings_assisted").key.period,
        "@2021-04".parse::<Period>().unwrap()
    );
}

#[test]
fn the_village_scheme_says_that_its_period_can_be_read_in_two_ways() {
    for indicator in [
        "village_scheme_participants",
        "village_scheme_investment",
        "village_roads_paved",
        "village_paved_area",
        "solar_street_lamps",
        "mural_area",
        "jobs_created_village",
    ] {
        assert_eq!(one(indicator).period_basis, PeriodBasis::Ambiguous, "{indicator}");
    }
}

#[test]
fn numbers_printed_in_ten_thousands_and_hundred_millions_know_their_rounding() {
    assert_eq!(value("new_market_entities").slack(), Decimal::from(50));
    assert_eq!(value("donations_total").slack(), Decimal::from(5_000_000));
    assert_eq!(value("new_industrial_firms").slack(), Decimal::ZERO);
}

#[test]
fn the_qualifier_inside_a_number_belongs_to_the_whole_of_it() {
    let check = |indicator: &str, number: i64, zh: &str, en: &str| {
        let value = value(indicator);
        assert_eq!(
            (value.number(), value.qualifier()),
            (number.into(), Qualifier::SomewhatMore)
        );
        assert_eq!(
            (
                words(indicator, Lang::Zh).as_str(),
                words(indicator, Lang::En).as_str()
            ),
            (zh, en)
        );
    };
    check(
        "village_paved_area",
        30_000,
        "3万余平方米",
        "more than 30,000 square metres",
    );
    check(
        "donations_epidemic",
        9_000_000,
        "900多万元",
        "more than 9 million yuan",
    );
    check(
        "mural_area",
        5000,
        "5000余平方米",
        "more than 5,000 square metres",
    );
    check(
        "party_members_covered",
        2000,
        "2000余名",
        "more than 2,000 members",
    );
}

#[test]
fn yucheng_and_dezhou_both_end_in_city_and_stand_on_different_levels() {
    let catalogue = catalogue();
    let yucheng = catalogue.org_units.get("371482").unwrap();
    let dezhou = catalogue.org_units.get("371400").unwrap();
    assert_eq!(
        (yucheng.name.zh.as_str(), dezhou.name.zh.as_str()),
        ("禹城市", "德州市")
    );
    assert_eq!(yucheng.parent.as_deref(), Some("371400"));
    assert!(dezhou.level < yucheng.level);
}

#[test]
fn four_values_counted_from_lists_are_kept_apart_from_printed_ones() {
    let sample = sample();
    let mut counted: Vec<&str> = sample
        .iter()
        .filter(|observation| observation.origin == Origin::Counted)
        .map(|observation| observation.key.indicator.as_str())
        .collect();
    counted.sort_unstable();
    assert_eq!(
        counted,
        [
            "floating_party_committees",
            "listings_assisted",
            "non_local_chambers_named",
            "soe_cooperation_deals_named"
        ]
    );
    assert_eq!(value("non_local_chambers_named").qualifier(), Qualifier::AtLeast);
}

#[test]
fn what_is_exported_is_read_back_identical() {
    let catalogue = catalogue();
    let sample = sample();
    let file = data::write::csv(&sample, &catalogue);
    let read = read::observations("export.csv", &file, &catalogue);
    assert!(read.issues.is_empty(), "{:?}", read.issues);
    let back: Vec<Observation> = read
        .observations
        .into_iter()
        .map(|(_, observation)| observation)
        .collect();
    assert_eq!(back, sample);
}

#[test]
fn a_malformed_file_names_every_wrong_cell_at_once() {
    let text = "indicator,org_unit,value,unit,qualifier,period_kind,period_end,document,publisher,published\n\
        taxpaying_firms,371482,many,家,余,instant,2022-10-31,d,p,2022-10-31\n\
        taxpaying_firms,999999,5,家,maybe,instant,2022-02-30,d,p,yesterday\n\
        nothing,371482,5,家,,window,2022,d,p,2022-10-31\n";
    let read = read::observations("bad.csv", text.as_bytes(), &catalogue());
    let lines: Vec<String> = read.issues.iter().map(ToString::to_string).collect();
    let starts = [
        "bad.csv:2:3: value: found `many`; expected a number",
        "bad.csv:3:2: org_unit: found `999999`",
        "bad.csv:3:5: qualifier: found `maybe`",
        "bad.csv:3:7: period_end: found `2022-02-30`",
        "bad.csv:3:10: published: found `yesterday`",
        "bad.csv:4:1: indicator: found `nothing`",
    ];
    for start in starts {
        assert!(
            lines.iter().any(|line| line.starts_with(start)),
            "{start} not in {lines:#?}"
        );
    }
    assert!(read.observations.is_empty());
}

#[test]
fn an_issue_is_said_in_the_language_of_whoever_reads_it() {
    let header = "indicator,org_unit,value,unit,qualifier,period_kind,period_start,period_end,period_years,status,document,publisher,published";
    let check = |row: &str, zh: &str| {
        let text = format!("{header}\n{row},d,p,2022-10-31\n");
        let read = read::observations("bad.csv", text.as_bytes(), &catalogue());
        let messages: Vec<String> = read
            .issues
            .iter()
            .map(|issue| issue.problem.message(Lang::Zh))
            .collect();
        assert_eq!(messages, [zh], "{row}");
    };
    check(
        "taxpaying_firms,371482,-5,家,,instant,,2022-10-31,,",
        "-5 超出范围，应为不小于 0",
    );
    check(
        "taxpaying_firms,371482,5,家,,year_to_date,2022-05-01,2022-10-31,,",
        "“2022-05-01”与此行其他各格矛盾，应为2022年1月1日",
    );
    check(
        "taxpaying_firms,371482,5,家,,instant,,2022-10-31,,O",
        "“O”与此行其他各格矛盾，应为有数值时可用的状态，因为此行有数值",
    );
    check(
        "taxpaying_firms,371482,5,元,,instant,,2022-10-31,,",
        "“元”不可用，应为以下之一：家、firm",
    );
}

#[test]
fn a_period_that_contradicts_itself_is_an_issue_and_never_put_right_silently() {
    let header = "indicator,org_unit,value,unit,qualifier,period_kind,period_start,period_end,period_years,document,publisher,published";
    let check = |period: &str| {
        let text = format!("{header}\ntaxpaying_firms,371482,5,家,,{period},d,p,2022-10-31\n");
        let read = read::observations("bad.csv", text.as_bytes(), &catalogue());
        assert_eq!(read.observations.len(), 0, "{period}");
        assert!(
            read.issues[0]
                .to_string()
                .starts_with("bad.csv:2:7: period_start: found"),
            "{:?}",
            read.issues
        );
    };
    check("window,2024-01-01,2020-10-31,3");
    check("year_to_date,2022-05-01,2022-10-31,");
}

#[test]
fn a_prefecture_takes_together_what_its_counties_reported_and_says_how_many() {
    let dataset = Dataset::new("1".into(), Arc::new(catalogue()), sample());
    let roll_ups = data::roll_up::roll_ups(&dataset, "371400").unwrap();
    assert_eq!(roll_ups.reported, 1);
    assert!(roll_ups.total > 10);
    let firms = roll_ups
        .roll_ups
        .iter()
        .find(|r| r.observation.key.indicator == "smes_served_by_matching")
        .unwrap();
    assert_eq!(
        firms.observation.value.unwrap().qualifier(),
        Qualifier::SomewhatMore
    );
    assert_eq!(
        (firms.contributors, firms.observation.origin),
        (1, Origin::RolledUp)
    );
}

#[test]
fn a_ratio_rolls_up_as_the_ratio_of_sums_over_the_units_that_have_both_parts() {
    let with = |org_unit: &str, firms: i64, commissioners: Option<i64>| {
        let of = |indicator: &str, number: i64| {
            let mut observation = one(indicator);
            observation.key.org_unit = org_unit.into();
            observation.value = Some(ObservationValue::exact(number));
            observation
        };
        let commissioners = commissioners.map(|number| of("service_commissioners", number));
        std::iter::once(of("firms_paired_with_commissioner", firms)).chain(commissioners)
    };
    let observations = with("371482", 100, Some(10))
        .chain(with("371481", 100, Some(40)))
        .chain(with("371422", 900, None));
    let dataset = Dataset::new("1".into(), Arc::new(catalogue()), observations.collect());
    let roll_ups = data::roll_up::roll_ups(&dataset, "371400").unwrap().roll_ups;
    let ratio = roll_ups
        .iter()
        .find(|r| r.observation.key.indicator == "firms_per_commissioner")
        .unwrap();
    // 200 / 50, and neither the mean of 10 and 2.5 nor 1100 / 50.
    assert_eq!(ratio.observation.value.unwrap().number(), Decimal::from(4));
    assert_eq!((ratio.contributors, ratio.of), (2, 12));
}

#[test]
fn a_ranking_compares_only_figures_of_one_period() {
    let dataset = Dataset::new("1".into(), Arc::new(catalogue()), sample());
    let ranking = data::rank::ranking(&dataset, "taxpaying_firms", "371400", None).unwrap();
    assert_eq!(ranking.ranked.len(), 1);
    assert_eq!(
        ranking.ranked[0].observation.value,
        Some(ObservationValue::exact(6989))
    );
    assert!(ranking.total > 10);
}
