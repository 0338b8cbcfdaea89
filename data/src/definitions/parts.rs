//! Which indicators are parts of which: what may be said, and that nothing else is.

use crate::read::{Expected, Issue, Problem};
use crate::{Indicator, IndicatorKind};

/// What is wrong with the parts and wholes of these indicators, each with its line.
pub(super) fn issues(all: &[(Indicator, u64)]) -> Vec<Issue> {
    let of = |(indicator, line): &(Indicator, u64)| {
        let wrong_whole = part_of(indicator, all).map(|problem| issue(*line, PART_OF, problem));
        let without_parts = parts(indicator, all).map(|problem| issue(*line, PARTS, problem));
        [wrong_whole, without_parts].into_iter().flatten()
    };
    all.iter().flat_map(of).collect()
}

const PART_OF: (u64, &str) = (19, "part_of");
const PARTS: (u64, &str) = (20, "parts");

fn issue(line: u64, (column, field): (u64, &str), problem: Problem) -> Issue {
    Issue {
        file: "indicators.csv".into(),
        line,
        column: Some(column),
        field: Some(field.into()),
        problem,
    }
}

/// A whole is another indicator, counted in the same unit by the same time rule: else a part that is greater than its
/// whole would say nothing.
fn part_of(part: &Indicator, all: &[(Indicator, u64)]) -> Option<Problem> {
    let code = part.part_of.as_ref()?;
    let Some(whole) = named(code, all) else {
        return Some(Problem::Unknown {
            found: code.clone(),
            defined_in: "indicators.csv".into(),
        });
    };
    let is_reported = |indicator: &Indicator| indicator.kind == IndicatorKind::Reported;
    let is_right = is_reported(part)
        && is_reported(whole)
        && part.unit == whole.unit
        && part.time_rule == whole.time_rule
        && !is_above_itself(part, all);
    (!is_right).then(|| Problem::Contradiction {
        found: code.clone(),
        expected: Expected::WholeOfIt,
    })
}

fn named<'a>(code: &str, all: &'a [(Indicator, u64)]) -> Option<&'a Indicator> {
    let found = all.iter().find(|(indicator, _)| indicator.code == code);
    found.map(|(indicator, _)| indicator)
}

/// Whether an indicator is met again on the way up from it: its own whole, or a part of its parts.
fn is_above_itself(part: &Indicator, all: &[(Indicator, u64)]) -> bool {
    let mut above = part.part_of.as_deref();
    // As many steps as there are indicators end every way that does not go round.
    for _ in 0..all.len() {
        let Some(code) = above else {
            return false;
        };
        if code == part.code {
            return true;
        }
        above = named(code, all).and_then(|whole| whole.part_of.as_deref());
    }
    false
}

/// What has no two parts cannot be all of them.
fn parts(whole: &Indicator, all: &[(Indicator, u64)]) -> Option<Problem> {
    let of_it = all
        .iter()
        .filter(|(part, _)| part.part_of.as_deref() == Some(&whole.code));
    (whole.parts_add_up && of_it.count() < 2).then(|| Problem::Contradiction {
        found: "all".into(),
        expected: Expected::NothingWithoutParts,
    })
}

#[cfg(test)]
mod tests {
    use crate::definitions::indicators::INDICATOR_COLUMNS;
    use crate::definitions::{BUILT_IN, Catalogue, DefinitionFiles};

    /// The issues of indicators given as code, unit, kind, time rule, what they are part of and their parts.
    fn check(indicators: &[&str], expected: &[&str]) {
        let mut text = INDICATOR_COLUMNS.join(",") + "\n";
        for line in indicators {
            let [code, unit, kind, time_rule, part_of, parts] =
                *line.split(' ').collect::<Vec<_>>().as_slice()
            else {
                panic!("{line}");
            };
            text += &format!(
                "{code},甲,A,定义,Definition,{unit},0,chambers,{},sum,{time_rule},more,0,,1,,,,{part_of},{parts}\n",
                kind.replace('_', " ")
            );
        }
        let (_, issues) = Catalogue::read(DefinitionFiles {
            indicators: text.as_bytes(),
            ..BUILT_IN
        });
        let issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
        let begins = |(issue, expected): (&String, &&str)| issue.starts_with(*expected);
        let is_so = issues.len() == expected.len() && issues.iter().zip(expected).all(begins);
        assert!(is_so, "{indicators:?}: {issues:?}");
    }

    const WHOLE: &str = "w firm reported stock  ";

    #[test]
    fn a_part_is_counted_as_its_whole_is() {
        check(&[WHOLE, "a firm reported stock w "], &[]);
        check(
            &[WHOLE, "a firm reported stock w ", "b firm reported stock a "],
            &[],
        );
        let wrong = ["indicators.csv:3:19: part_of: found w; expected another reported indicator"];
        check(&[WHOLE, "a yuan reported stock w "], &wrong);
        check(&[WHOLE, "a enterprise reported stock w "], &wrong);
        check(&[WHOLE, "a firm reported flow w "], &wrong);
        check(&[WHOLE, "a firm w_+_w stock w "], &wrong);
    }

    #[test]
    fn nothing_is_a_part_of_what_is_not_there_of_itself_or_of_its_parts() {
        check(
            &[WHOLE, "a firm reported stock x "],
            &["indicators.csv:3:19: part_of: found `x`; expected a code defined in indicators.csv"],
        );
        check(&["a firm reported stock a "], &["indicators.csv:2:19"]);
        check(
            &[
                "a firm reported stock b ",
                "b firm reported stock c ",
                "c firm reported stock a ",
            ],
            &[
                "indicators.csv:2:19",
                "indicators.csv:3:19",
                "indicators.csv:4:19",
            ],
        );
    }

    #[test]
    fn all_parts_are_at_least_two() {
        let whole = "w firm reported stock  all";
        let (a, b) = ("a firm reported stock w ", "b firm reported stock w ");
        check(&[whole, a, b], &[]);
        check(
            &[whole, a],
            &["indicators.csv:2:20: parts: found all; expected nothing"],
        );
        check(
            &["w firm reported stock  some"],
            &["indicators.csv:2:20: parts: found `some`"],
        );
    }

    #[test]
    fn the_built_in_catalogue_says_of_two_indicators_what_they_are_part_of() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let parts = catalogue.indicators.iter();
        let parts: Vec<(&str, &str)> = parts
            .filter_map(|part| Some((part.code.as_str(), part.part_of.as_deref()?)))
            .collect();
        assert_eq!(
            parts,
            [
                ("firms_tax_over_50m", "taxpaying_firms"),
                ("donations_epidemic", "donations_total")
            ]
        );
        assert!(!catalogue.indicators.iter().any(|whole| whole.parts_add_up));
    }
}
