//! Places in an order: what shares one and what does not, and of how many.
#![allow(clippy::unwrap_used, clippy::panic)]

mod invented;

use data::api::Ranking;
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
