//! Breaks in series: a definition that changed, and a figure that says it is not comparable with those before.
#![allow(clippy::unwrap_used, clippy::panic)]

mod invented;

use data::{BreakCause, Change, ChangeError, Indicator, Observation, ObservationStatus, SeriesBreak};
use invented::{FIRMS, ORG_UNITS, catalogue, observation};

/// Counted otherwise from 2020 on.
const CHANGED: &str = "firms,firm,0,chambers,reported,sum,stock,more,0,,2,2020,,";

fn indicator(line: &str) -> Indicator {
    catalogue(&[line], ORG_UNITS).indicator("firms").unwrap().clone()
}

fn firms(period: &str) -> Observation {
    observation("firms", "41", period, "10")
}

#[test]
fn a_figure_belongs_to_the_version_in_force_at_the_end_of_its_period() {
    let changed = indicator("firms,firm,0,chambers,reported,sum,stock,more,0,,3,2020 2022-07,,");
    let check = |period: &str, version| {
        assert_eq!(changed.version_at(&period.parse().unwrap()), version, "{period}");
    };
    check("2019", 1);
    check("2020", 2);
    check("@2022-06-30", 2);
    check("2022", 3);
    check("@2022-10-31-P5Y", 1);
}

#[test]
fn no_change_is_computed_from_one_definition_to_the_next() {
    let changed = indicator(CHANGED);
    let refused = Change::between(&changed, &firms("2019"), &firms("2020"));
    let found = SeriesBreak {
        since: "2020".parse().unwrap(),
        cause: BreakCause::Definition,
    };
    assert_eq!(refused, Err(ChangeError::Break(found)));
    assert!(Change::between(&changed, &firms("2020"), &firms("2021")).is_ok());
    assert!(Change::between(&indicator(FIRMS), &firms("2019"), &firms("2020")).is_ok());
}

#[test]
fn a_figure_marked_as_a_break_has_the_same_effect() {
    let marked = Observation {
        status: ObservationStatus::B,
        ..firms("2020")
    };
    let refused = Change::between(&indicator(FIRMS), &firms("2019"), &marked);
    let found = SeriesBreak {
        since: "2020".parse().unwrap(),
        cause: BreakCause::Reported,
    };
    assert_eq!(refused, Err(ChangeError::Break(found)));
}

#[test]
fn a_derived_indicator_breaks_where_its_parts_do() {
    let people = "people,person,0,chambers,reported,sum,stock,more,0,,2,2018,,";
    let ratio = "ratio,firms_per_person,2,chambers,firms / people,ratio,stock,more,0,,1,,,";
    let catalogue = catalogue(&[CHANGED, people, ratio], ORG_UNITS);
    let ratio = catalogue.indicator("ratio").unwrap();
    let since: Vec<String> = ratio.definition_since.iter().map(ToString::to_string).collect();
    assert_eq!(
        (since, ratio.definition_version),
        (vec!["2018".into(), "2020".into()], 3)
    );
}
