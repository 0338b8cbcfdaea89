//! Figures of the units below taken together: of which units, and of how many.
#![allow(clippy::unwrap_used, clippy::panic)]

mod invented;

use data::api::RolledUp;
use data::definitions::Catalogue;
use data::{Observation, OtherSources, roll_up};
use invented::{FIRMS, ORG_UNITS, catalogue, dataset, observation, source};

fn firms(figures: &[(&str, &str, &str)]) -> Vec<Observation> {
    let figure = |(unit, period, value): &(&str, &str, &str)| observation("firms", unit, period, value);
    figures.iter().map(figure).collect()
}

fn rolled_up(catalogue: Catalogue, figures: &[(&str, &str, &str)], parent: &str) -> Vec<RolledUp> {
    let dataset = dataset(catalogue, firms(figures));
    roll_up::roll_ups(&dataset, parent).unwrap().roll_ups
}

/// The period, the sum, how many contributed and of how many, for each entry.
fn check(
    org_units: &str,
    figures: &[(&str, &str, &str)],
    parent: &str,
    expected: &[(&str, &str, usize, usize)],
) {
    let rolled = rolled_up(catalogue(&[FIRMS], org_units), figures, parent);
    let found: Vec<(String, String, usize, usize)> = rolled
        .iter()
        .map(|r| {
            let number = r.observation.value.unwrap().number().to_string();
            (r.observation.key.period.to_string(), number, r.contributors, r.of)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(period, number, some, of)| ((*period).to_owned(), (*number).to_owned(), *some, *of))
        .collect();
    assert_eq!(found, expected, "{figures:?}");
}

#[test]
fn a_prefectures_own_figure_of_one_year_hides_no_other_year_of_its_counties() {
    check(
        ORG_UNITS,
        &[
            ("31", "2021", "100"),
            ("41", "2021", "30"),
            ("41", "2022", "40"),
            ("42", "2022", "50"),
        ],
        "2",
        &[("2021", "100", 1, 3), ("2022", "90", 2, 6)],
    );
}

#[test]
fn a_prefecture_that_reported_that_it_has_no_figure_hides_nothing() {
    check(
        ORG_UNITS,
        &[("31", "2022", "-"), ("41", "2022", "40")],
        "2",
        &[("2022", "40", 1, 6)],
    );
}

#[test]
fn a_prefecture_stands_for_its_counties_beside_the_counties_of_another() {
    // East itself, counties D and E of West; the county of the province's own has none.
    check(
        ORG_UNITS,
        &[
            ("31", "2022", "100"),
            ("41", "2022", "30"),
            ("44", "2022", "7"),
            ("45", "2022", "8"),
        ],
        "2",
        &[("2022", "115", 3, 4)],
    );
}

#[test]
fn units_closed_or_not_yet_opened_are_none_of_how_many() {
    let org_units = ORG_UNITS.replace("B,county,31,,", "B,county,31,,2021-03-01");
    let org_units = org_units.replace("C,county,31,,", "C,county,31,2022-03-01,");
    check(
        &org_units,
        &[("41", "2020", "1"), ("41", "2021", "2"), ("41", "2022", "3")],
        "31",
        &[("2020", "1", 1, 2), ("2021", "2", 1, 1), ("2022", "3", 1, 2)],
    );
    let dataset = dataset(catalogue(&[FIRMS], &org_units), firms(&[("41", "2021", "2")]));
    let all = roll_up::roll_ups(&dataset, "31").unwrap();
    assert_eq!((all.reported, all.total), (1, 1));
}

#[test]
fn a_sum_names_its_documents_where_they_are_few_and_else_says_how_many() {
    let from = |documents: &[&str]| {
        let units = ["41", "42", "43", "44", "45"];
        let figures = documents.iter().zip(units).map(|(document, unit)| Observation {
            source: source(document),
            ..observation("firms", unit, "2022", "1")
        });
        let dataset = dataset(catalogue(&[FIRMS], ORG_UNITS), figures.collect());
        let rolled = roll_up::roll_ups(&dataset, "2").unwrap().roll_ups;
        (
            rolled[0].observation.source.clone(),
            rolled[0].observation.other_sources.clone(),
        )
    };
    assert_eq!(from(&["甲报", "甲报"]), (source("甲报"), OtherSources::None));
    let both = OtherSources::Named(vec![source("乙报")]);
    assert_eq!(from(&["甲报", "乙报", "甲报"]), (source("甲报"), both));
    assert_eq!(
        from(&["甲报", "乙报", "丙报", "丁报"]).1,
        OtherSources::Counted(4)
    );
}

#[test]
fn a_derived_figure_names_the_documents_of_both_parts() {
    let people = "people,person,0,chambers,reported,sum,stock,more,0,,1,,,";
    let ratio = "ratio,firms_per_person,2,chambers,firms / people,ratio,stock,more,0,,1,,,";
    let firms = observation("firms", "41", "2022", "6");
    let people_of_a = Observation {
        source: source("另一份"),
        ..observation("people", "41", "2022", "3")
    };
    let dataset = dataset(
        catalogue(&[FIRMS, people, ratio], ORG_UNITS),
        vec![firms, people_of_a],
    );
    let row = dataset.indicator_rows(2).start;
    let derived = dataset.observation(row);
    assert_eq!(derived.source, source("年报"));
    assert_eq!(derived.other_sources, OtherSources::Named(vec![source("另一份")]));
}
