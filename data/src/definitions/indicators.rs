use std::collections::HashMap;

use super::{defined, names, parts, rows};
use crate::read::{Cells, Expected, Issue, Problem};
use crate::{
    Direction, Formula, Indicator, IndicatorGroup, IndicatorKind, PartialDate, RollUp, TimeRule, UnitMeasure,
};

/// The columns of `indicators.csv`, which the folder's README explains.
pub(super) const INDICATOR_COLUMNS: [&str; 20] = [
    "code",
    "name_zh",
    "name_en",
    "definition_zh",
    "definition_en",
    "unit",
    "decimals",
    "group",
    "kind",
    "roll_up",
    "time_rule",
    "direction",
    "minimum",
    "maximum",
    "definition_version",
    "definition_since",
    "usual_factor",
    "prominence",
    "part_of",
    "parts",
];

/// Reads `indicators.csv`, whose lines refer to groups, units and each other.
pub(super) fn indicators(
    bytes: &[u8],
    groups: &[IndicatorGroup],
    units: &[UnitMeasure],
    issues: &mut Vec<Issue>,
) -> Vec<Indicator> {
    let mut seen = HashMap::new();
    let read = rows("indicators.csv", bytes, &INDICATOR_COLUMNS, issues, |cells| {
        let indicator = indicator(cells, groups, units);
        let code = cells.text(0).to_owned();
        indicator
            .filter(|_| cells.is_new(0, &code, &mut seen))
            .map(|indicator| (indicator, cells.row.line))
    });
    for (indicator, line) in &read {
        let IndicatorKind::Derived(formula) = &indicator.kind else {
            continue;
        };
        for part in formula.parts() {
            if !read
                .iter()
                .any(|(other, _)| other.code == part && other.kind == IndicatorKind::Reported)
            {
                let problem = Problem::Unknown {
                    found: part.into(),
                    defined_in: "indicators.csv".into(),
                };
                issues.push(formula_issue(*line, problem));
            }
        }
    }
    for (indicator, line) in &read {
        issues.extend(different_units(indicator, &read).map(|problem| formula_issue(*line, problem)));
    }
    issues.extend(parts::issues(&read));
    let read: Vec<Indicator> = read.into_iter().map(|(indicator, _)| indicator).collect();
    read.iter()
        .map(|indicator| with_changes_of_parts(indicator, &read))
        .collect()
}

/// An issue at the cell of a formula.
fn formula_issue(line: u64, problem: Problem) -> Issue {
    Issue {
        file: "indicators.csv".into(),
        line,
        column: Some(9),
        field: Some("kind".into()),
        problem,
    }
}

/// What is wrong with a sum or a difference that is not of one unit throughout.
fn different_units(indicator: &Indicator, all: &[(Indicator, u64)]) -> Option<Problem> {
    let IndicatorKind::Derived(formula @ (Formula::Sum(..) | Formula::Difference(..))) = &indicator.kind
    else {
        return None;
    };
    let unit = |code: &str| {
        all.iter()
            .find(|(other, _)| other.code == code)
            .map(|(part, _)| part.unit.as_str())
    };
    let parts = formula.parts().into_iter().filter_map(unit);
    let mut units: Vec<String> = parts
        .chain([indicator.unit.as_str()])
        .map(str::to_owned)
        .collect();
    units.dedup();
    (units.len() > 1).then_some(Problem::DifferentUnits { units })
}

/// A derived indicator breaks wherever one of its parts does.
fn with_changes_of_parts(indicator: &Indicator, all: &[Indicator]) -> Indicator {
    let mut indicator = indicator.clone();
    let IndicatorKind::Derived(formula) = &indicator.kind else {
        return indicator;
    };
    let parts = all
        .iter()
        .filter(|part| formula.parts().contains(&part.code.as_str()));
    let changes = parts.flat_map(|part| &part.definition_since);
    indicator.definition_since.extend(changes);
    indicator.definition_since.sort_by_key(|since| since.first_day());
    indicator.definition_since.dedup_by_key(|since| since.first_day());
    indicator.definition_version = indicator.definition_since.len() as u16 + 1;
    indicator
}

fn indicator(cells: &mut Cells<'_>, groups: &[IndicatorGroup], units: &[UnitMeasure]) -> Option<Indicator> {
    let code = cells.required(0);
    let name = names(cells, 1, 2);
    let definition = names(cells, 3, 4);
    let unit = defined(cells, 5, "unit_measures.csv", |code| {
        units.iter().any(|unit| unit.code == code)
    });
    let decimals = cells.word(
        6,
        || Expected::WholeNumber { from: 0, to: Some(6) },
        |text| text.parse().ok().filter(|decimals| *decimals <= 6),
    );
    let group = defined(cells, 7, "groups.csv", |code| {
        groups.iter().any(|group| group.code == code)
    });
    let kind = cells.word(
        8,
        || Expected::one_of("reported, a / b, a + b, a - b"),
        |text| match text {
            "reported" => Some(IndicatorKind::Reported),
            formula => Formula::parse(formula).map(IndicatorKind::Derived),
        },
    );
    let roll_up = cells.word(
        9,
        || Expected::one_of(&RollUp::CODES.join(", ")),
        RollUp::from_code,
    );
    let time_rule = cells.word(
        10,
        || Expected::one_of(&TimeRule::CODES.join(", ")),
        TimeRule::from_code,
    );
    let direction = cells.word(
        11,
        || Expected::one_of(&Direction::CODES.join(", ")),
        Direction::from_code,
    );
    let (minimum, maximum) = (cells.decimal(12), cells.decimal(13));
    let definition_version = cells.word(
        14,
        || Expected::WholeNumber { from: 1, to: None },
        |text| text.parse().ok().filter(|v| *v > 0),
    );
    let definition_since = definition_since(cells, 15, definition_version);
    let usual_factor = cells.decimal(16);
    let prominence = cells.word(
        17,
        || Expected::EmptyOrWholeNumber { from: 1 },
        |text| match text {
            "" => Some(None),
            number => number.parse().ok().filter(|place| *place > 0).map(Some),
        },
    );
    let part_of = Some(cells.text(18).to_owned()).filter(|code| !code.is_empty());
    let parts_add_up = cells.word(
        19,
        || Expected::EmptyOrOneOf {
            words: vec!["all".into()],
        },
        |text| match text {
            "" => Some(false),
            "all" => Some(true),
            _ => None,
        },
    );
    Some(Indicator {
        code: code?,
        name: name?,
        definition: definition?,
        unit: unit?,
        decimals: decimals?,
        group: group?,
        kind: kind?,
        roll_up: roll_up?,
        time_rule: time_rule?,
        direction: direction?,
        minimum: minimum?,
        maximum: maximum?,
        definition_version: definition_version?,
        definition_since: definition_since?,
        usual_factor: usual_factor?,
        prominence: prominence?,
        part_of,
        parts_add_up: parts_add_up?,
    })
}

/// The dates from which the versions after the first hold, separated by spaces: as many as there are such versions.
fn definition_since(cells: &mut Cells<'_>, column: usize, version: Option<u16>) -> Option<Vec<PartialDate>> {
    let found = cells.text(column).to_owned();
    let dates: Result<Vec<PartialDate>, _> = found.split_whitespace().map(str::parse).collect();
    let Ok(dates) = dates else {
        cells.wrong(column, Problem::NotADate { found });
        return None;
    };
    let changes = usize::from(version?) - 1;
    if dates.len() != changes || !dates.is_sorted_by(|a, b| a.first_day() < b.first_day()) {
        let expected = Expected::DatesOfVersions { count: changes };
        cells.wrong(column, Problem::Contradiction { found, expected });
        return None;
    }
    Some(dates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, Catalogue, DefinitionFiles};

    fn issues_of(indicators: &str) -> Vec<String> {
        let header = INDICATOR_COLUMNS.join(",");
        let text = format!("{header}\n{indicators}");
        let (_, issues) = Catalogue::read(DefinitionFiles {
            indicators: text.as_bytes(),
            ..BUILT_IN
        });
        issues.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_wrong_cell_is_named_with_file_line_and_column_at_once() {
        let found = issues_of("a,甲,A,定义,Definition,parsec,x,chambers,a * b,sum,stock,more,0,,1,,,,,\n");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found[0].starts_with("indicators.csv:2:6: unit: found `parsec`"),
            "{found:?}"
        );
        assert!(
            found[1]
                .starts_with("indicators.csv:2:7: decimals: found `x`; expected a whole number from 0 to 6")
        );
        assert!(found[2].starts_with("indicators.csv:2:9: kind: found `a * b`"));
    }

    #[test]
    fn a_formula_over_an_undefined_indicator_is_an_issue() {
        let found = issues_of("a,甲,A,定义,Definition,yuan,0,chambers,b / c,ratio,stock,more,0,,1,,,,,\n");
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_sum_or_difference_is_of_one_unit_throughout() {
        let check = |formula: &str, unit: &str, expected: &[&str]| {
            let part = |code: &str, unit: &str| {
                format!("{code},甲,A,定义,Definition,{unit},0,chambers,reported,sum,stock,more,0,,1,,,,,\n")
            };
            let whole =
                format!("whole,甲,A,定义,Definition,{unit},0,chambers,{formula},sum,stock,more,0,,1,,,,,\n");
            let rows = [part("a", "firm"), part("b", "yuan"), part("c", "firm"), whole];
            assert_eq!(issues_of(&rows.concat()), expected, "{formula}");
        };
        check("a + c", "firm", &[]);
        check("a / b", "firms_per_person", &[]);
        let place = "indicators.csv:5:9: kind: found the units ";
        let rest = "; expected one unit for a sum or a difference and for its parts";
        check("a + b", "firm", &[&format!("{place}firm, yuan, firm{rest}")]);
        check("a - c", "yuan", &[&format!("{place}firm, yuan{rest}")]);
    }

    #[test]
    fn every_version_after_the_first_has_a_date_and_the_dates_are_in_order() {
        let check = |version: &str, since: &str, issues: usize| {
            let found = issues_of(&format!(
                "a,甲,A,定义,Definition,yuan,0,chambers,reported,sum,stock,more,0,,{version},{since},,,,\n"
            ));
            assert_eq!(found.len(), issues, "{version} {since} {found:?}");
        };
        check("1", "", 0);
        check("3", "2019 2022-07", 0);
        check("2", "", 1);
        check("1", "2019", 1);
        check("3", "2022 2019", 1);
        check("2", "lately", 1);
    }
}
