//! Places in an order: what shares one and what does not, and of how many.
#![allow(clippy::unwrap_used, clippy::panic)]

mod invented;

use data::api::Ranking;
use data::page::{IndicatorData, PageData, PageRequest, page_data};
use data::{Level, OrgUnit};
use invented::{FIRMS, ORG_UNITS, catalogue, dataset, observation};

fn ranking(values: &[(&str, &str)], indicator: &str) -> Ranking {
    let figures = values
        .iter()
        .map(|(unit, value)| observation("firms", unit, "2022", value));
    let dataset = dataset(catalogue(&[indicator], ORG_UNITS), figures.collect());
    data::rank::ranking(&dataset, "firms", "31", None).unwrap()
}

fn check(indicator: &str, values: &[(&str, &str)], expected: &[(&str, u32)]) {
    let ranking = ranking(values, indicator);
    let places: Vec<(&str, u32)> = ranking
        .ranked
        .iter()
        .map(|ranked| (ranked.observation.key.org_unit.as_str(), ranked.rank))
        .collect();
    assert_eq!(places, expected, "{values:?}");
}

#[test]
fn figures_that_overlap_in_a_chain_do_not_all_share_the_first_place() {
    // 约200 may be 180 to 220 and meets both neighbours; 185 is certainly less than 215.
    check(
        FIRMS,
        &[("41", "215"), ("42", "约200"), ("43", "185")],
        &[("41", 1), ("42", 1), ("43", 2)],
    );
}

#[test]
fn equal_figures_share_a_place_and_the_next_is_behind_both() {
    check(
        FIRMS,
        &[("41", "7"), ("42", "9"), ("43", "9")],
        &[("42", 1), ("43", 1), ("41", 3)],
    );
}

#[test]
fn a_figure_without_an_upper_end_is_never_behind_a_greater_number() {
    check(
        FIRMS,
        &[("41", "10"), ("42", "超8"), ("43", "9")],
        &[("41", 1), ("42", 1), ("43", 2)],
    );
}

#[test]
fn where_less_is_better_the_least_leads() {
    let less = FIRMS.replace("more", "less");
    check(
        &less,
        &[("41", "30"), ("42", "约20"), ("43", "19")],
        &[("43", 1), ("42", 1), ("41", 3)],
    );
}

#[test]
fn units_of_another_level_are_not_ranked_and_their_number_is_said() {
    let figures = ["31", "32", "33"].map(|unit| observation("firms", unit, "2022", "5"));
    let dataset = dataset(catalogue(&[FIRMS], ORG_UNITS), figures.into());
    let of = |level| {
        let ranking = data::rank::ranking_of_level(&dataset, "firms", "2", level, None).unwrap();
        (ranking.ranked.len(), ranking.total, ranking.of_other_levels)
    };
    assert_eq!(of(Some(Level::Prefecture)), (2, 2, 1));
    assert_eq!(of(Some(Level::County)), (1, 1, 2));
    let ranking = data::rank::ranking(&dataset, "firms", "2", None).unwrap();
    assert_eq!(ranking.level, Some(Level::Prefecture));
}

#[test]
fn a_unit_that_was_not_there_at_the_end_of_the_period_is_none_of_the_total() {
    let org_units = ORG_UNITS.replace("B,county,31,,", "B,county,31,,2021-03-01");
    let org_units = org_units.replace("C,county,31,,", "C,county,31,2022-03-01,");
    let figures = ["2020", "2021", "2022"].map(|year| observation("firms", "41", year, "5"));
    let dataset = dataset(catalogue(&[FIRMS], &org_units), figures.into());
    let total = |year| {
        data::rank::ranking(&dataset, "firms", "31", Some(year))
            .unwrap()
            .total
    };
    assert_eq!([total(2020), total(2021), total(2022)], [2, 1, 2]);
}

fn indicator_page(address: &str) -> IndicatorData {
    let figures = ["31", "32", "33", "41", "42", "44"].map(|unit| observation("firms", unit, "2022", "5"));
    let dataset = dataset(catalogue(&[FIRMS], ORG_UNITS), figures.into());
    let pairs = address.split('&').filter_map(|pair| pair.split_once('='));
    match page_data(&dataset, &PageRequest::parse("/indicators/firms", pairs)) {
        PageData::Indicator(data) => *data,
        other => panic!("{other:?}"),
    }
}

fn codes(units: &[OrgUnit]) -> Vec<&str> {
    units.iter().map(|unit| unit.code.as_str()).collect()
}

#[test]
fn a_page_compares_units_of_one_level_and_names_those_of_another() {
    let data = indicator_page("org-unit=41&org-unit=31&org-unit=44");
    assert_eq!(codes(&data.compared), ["41", "44"]);
    assert_eq!(codes(&data.of_other_levels), ["31"]);
    let offered = indicator_page("org-unit=31").addable;
    let offered: Vec<OrgUnit> = offered.into_iter().map(|child| child.org_unit).collect();
    assert_eq!(codes(&offered), ["32"]);
}

#[test]
fn a_page_without_units_shows_the_level_that_most_figures_are_of() {
    assert_eq!(codes(&indicator_page("").compared), ["33", "41", "42", "44"]);
}
