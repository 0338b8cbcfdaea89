//! The catalogue: groups, units of measure, indicators and org units, read from the files of `data/definitions/`.

use std::collections::HashMap;

use crate::read::{Cells, Expected, Issue, Problem, Table};
use crate::{
    Direction, Formula, Indicator, IndicatorGroup, IndicatorKind, Level, Names, OrgUnit, OrgUnits,
    PartialDate, RollUp, TimeRule, UnitKind, UnitMeasure,
};

/// Everything that observations refer to.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The parts of the federation's work, in the order in which they are shown.
    pub groups: Vec<IndicatorGroup>,
    /// The indicators, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
    /// The units of measure.
    pub units: Vec<UnitMeasure>,
    /// The tree of org units.
    pub org_units: OrgUnits,
    by_code: HashMap<String, usize>,
}

/// The text of the four definition files.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionFiles<'a> {
    /// `groups.csv`.
    pub groups: &'a [u8],
    /// `unit_measures.csv`.
    pub unit_measures: &'a [u8],
    /// `indicators.csv`.
    pub indicators: &'a [u8],
    /// `org_units.csv`.
    pub org_units: &'a [u8],
}

/// The definitions that come with the program.
pub const BUILT_IN: DefinitionFiles<'static> = DefinitionFiles {
    groups: include_bytes!("../definitions/groups.csv"),
    unit_measures: include_bytes!("../definitions/unit_measures.csv"),
    indicators: include_bytes!("../definitions/indicators.csv"),
    org_units: include_bytes!("../definitions/org_units.csv"),
};

/// The sample that comes with the program: what Yucheng's federation reported in 2022.
pub const SAMPLE: &[u8] = include_bytes!("../samples/yucheng-2022.csv");

impl Catalogue {
    /// A catalogue of these definitions, which refer to each other by code.
    pub fn new(
        groups: Vec<IndicatorGroup>,
        units: Vec<UnitMeasure>,
        indicators: Vec<Indicator>,
        org_units: OrgUnits,
    ) -> Catalogue {
        let by_code = indicators
            .iter()
            .enumerate()
            .map(|(at, indicator)| (indicator.code.clone(), at))
            .collect();
        Catalogue {
            groups,
            indicators,
            units,
            org_units,
            by_code,
        }
    }

    /// Reads the four files; whatever is wrong in any of them is in the list of issues.
    pub fn read(files: DefinitionFiles<'_>) -> (Catalogue, Vec<Issue>) {
        let mut issues = Vec::new();
        let groups = groups(files.groups, &mut issues);
        let units = unit_measures(files.unit_measures, &mut issues);
        let indicators = indicators(files.indicators, &groups, &units, &mut issues);
        let known = OrgUnits::default();
        let org_units = OrgUnits::new(org_units("org_units.csv", files.org_units, &known, &mut issues));
        (Catalogue::new(groups, units, indicators, org_units), issues)
    }

    /// Reads a further file of org units, whose parents may be units of this catalogue.
    pub fn read_org_units(&self, file: &str, bytes: &[u8]) -> (Vec<OrgUnit>, Vec<Issue>) {
        let mut issues = Vec::new();
        let units = org_units(file, bytes, &self.org_units, &mut issues);
        (units, issues)
    }

    /// This catalogue with further org units at the end of its list.
    pub fn with_org_units(self, further: Vec<OrgUnit>) -> Catalogue {
        if further.is_empty() {
            return self;
        }
        let org_units = self.org_units.all().iter().cloned().chain(further);
        Catalogue {
            org_units: OrgUnits::new(org_units.collect()),
            ..self
        }
    }

    /// The indicator with this code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicator_index(code).map(|at| &self.indicators[at])
    }

    /// Where the indicator with this code stands in `indicators`.
    pub fn indicator_index(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The unit of measure with this code.
    pub fn unit(&self, code: &str) -> Option<&UnitMeasure> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The unit of measure of the indicator with this code.
    pub fn unit_of(&self, indicator: &str) -> Option<&UnitMeasure> {
        self.unit(&self.indicator(indicator)?.unit)
    }

    /// The group with this code.
    pub fn group(&self, code: &str) -> Option<&IndicatorGroup> {
        self.groups.iter().find(|group| group.code == code)
    }
}

/// Reads a definitions file: every row through `read`, after the columns were found.
fn rows<T>(
    file: &str,
    bytes: &[u8],
    columns: &[&str],
    issues: &mut Vec<Issue>,
    mut read: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Vec<T> {
    let (table, mut found) = Table::from_csv(file, bytes);
    let names: Vec<[&str; 1]> = columns.iter().map(|name| [*name]).collect();
    let wanted: Vec<(&[&str], bool)> = names.iter().map(|name| (name.as_slice(), true)).collect();
    let places = table.columns(&wanted, &mut found);
    let whole = !found
        .iter()
        .any(|issue| matches!(issue.problem, Problem::MissingColumn { .. }));
    let rows = table.rows.iter().filter(|_| whole).filter_map(|row| {
        read(&mut Cells {
            table: &table,
            row,
            places: &places,
            issues: &mut found,
        })
    });
    let values = rows.collect();
    found.sort_by_key(|issue| (issue.line, issue.column));
    issues.append(&mut found);
    values
}

fn names(cells: &mut Cells<'_>, zh: usize, en: usize) -> Option<Names> {
    let (zh, en) = (cells.required(zh), cells.required(en));
    Some(Names { zh: zh?, en: en? })
}

fn groups(bytes: &[u8], issues: &mut Vec<Issue>) -> Vec<IndicatorGroup> {
    let mut seen = HashMap::new();
    rows(
        "groups.csv",
        bytes,
        &["code", "name_zh", "name_en"],
        issues,
        |cells| {
            let (code, name) = (cells.required(0), names(cells, 1, 2));
            let code = code.filter(|code| cells.is_new(0, code, &mut seen))?;
            Some(IndicatorGroup { code, name: name? })
        },
    )
}

fn unit_measures(bytes: &[u8], issues: &mut Vec<Issue>) -> Vec<UnitMeasure> {
    let mut seen = HashMap::new();
    let columns = ["code", "zh", "en_one", "en_many", "kind", "dimension"];
    rows("unit_measures.csv", bytes, &columns, issues, |cells| {
        let (code, zh) = (cells.required(0), cells.required(1));
        let (en_one, en_many) = (cells.required(2), cells.required(3));
        let kind = cells.word(
            4,
            || Expected::one_of("count, money, area, rank, year, ratio"),
            UnitKind::from_code,
        );
        let dimension = cells.required(5);
        let code = code.filter(|code| cells.is_new(0, code, &mut seen))?;
        Some(UnitMeasure {
            code,
            zh: zh?,
            en_one: en_one?,
            en_many: en_many?,
            kind: kind?,
            dimension: dimension?,
        })
    })
}

const INDICATOR_COLUMNS: [&str; 18] = [
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
];

fn indicators(
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

fn defined(
    cells: &mut Cells<'_>,
    column: usize,
    file: &str,
    is_known: impl Fn(&str) -> bool,
) -> Option<String> {
    let found = cells.required(column)?;
    if is_known(&found) {
        return Some(found);
    }
    cells.wrong(
        column,
        Problem::Unknown {
            found,
            defined_in: file.to_owned(),
        },
    );
    None
}

/// The columns of a file of org units.
pub const ORG_UNIT_COLUMNS: [&str; 7] = [
    "code", "name_zh", "name_en", "level", "parent", "opened", "closed",
];

fn org_units(file: &str, bytes: &[u8], known: &OrgUnits, issues: &mut Vec<Issue>) -> Vec<OrgUnit> {
    // A unit known from elsewhere stands on no line of this file: 0.
    let mut seen: HashMap<String, u64> = known.all().iter().map(|unit| (unit.code.clone(), 0)).collect();
    let mut levels: HashMap<String, Level> = known
        .all()
        .iter()
        .map(|unit| (unit.code.clone(), unit.level))
        .collect();
    rows(file, bytes, &ORG_UNIT_COLUMNS, issues, |cells| {
        let (code, name) = (cells.required(0), names(cells, 1, 2));
        let level = cells.word(
            3,
            || Expected::one_of("national, province, prefecture, county, township, chamber"),
            Level::from_code,
        );
        let parent = parent(cells, level, &levels);
        let (opened, closed) = (cells.date(5), cells.date(6));
        let code = code.filter(|code| cells.is_new(0, code, &mut seen))?;
        levels.insert(code.clone(), level?);
        Some(OrgUnit {
            code,
            name: name?,
            level: level?,
            parent: parent?,
            opened: opened?,
            closed: closed?,
        })
    })
}

/// The parent stands on an earlier line and a higher level, so a tree cannot have a cycle.
fn parent(
    cells: &mut Cells<'_>,
    level: Option<Level>,
    levels: &HashMap<String, Level>,
) -> Option<Option<String>> {
    let (level, found) = (level?, cells.text(4).to_owned());
    match (level, levels.get(&found)) {
        (Level::National, _) if found.is_empty() => Some(None),
        (_, Some(above)) if *above < level => Some(Some(found)),
        (_, Some(above)) => {
            let expected = Expected::UnitAbove { level, found: *above };
            cells.wrong(4, Problem::Contradiction { found, expected });
            None
        }
        (_, None) => {
            cells.wrong(4, Problem::UnknownParent { found });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_definitions_have_no_issue() {
        let (catalogue, issues) = Catalogue::read(BUILT_IN);
        assert!(
            issues.is_empty(),
            "{}",
            issues.iter().map(|i| format!("{i}\n")).collect::<String>()
        );
        assert_eq!(catalogue.groups.len(), 13);
        let counties = catalogue
            .org_units
            .all()
            .iter()
            .filter(|unit| unit.level == Level::County)
            .count();
        assert!(counties >= 2970, "{counties}");
        assert_eq!(catalogue.org_units.get("371482").unwrap().name.en, "Yucheng");
    }

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
        let found = issues_of("a,甲,A,定义,Definition,parsec,x,chambers,a * b,sum,stock,more,0,,1,,,\n");
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
        let found = issues_of("a,甲,A,定义,Definition,yuan,0,chambers,b / c,ratio,stock,more,0,,1,,,\n");
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_sum_or_difference_is_of_one_unit_throughout() {
        let check = |formula: &str, unit: &str, expected: &[&str]| {
            let part = |code: &str, unit: &str| {
                format!("{code},甲,A,定义,Definition,{unit},0,chambers,reported,sum,stock,more,0,,1,,,\n")
            };
            let whole =
                format!("whole,甲,A,定义,Definition,{unit},0,chambers,{formula},sum,stock,more,0,,1,,,\n");
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
                "a,甲,A,定义,Definition,yuan,0,chambers,reported,sum,stock,more,0,,{version},{since},,\n"
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

    #[test]
    fn a_missing_column_and_an_unknown_one_are_both_named() {
        let files = DefinitionFiles {
            groups: b"code,name_zh,nom\nx,y,z\n",
            ..BUILT_IN
        };
        let (_, issues) = Catalogue::read(files);
        let found: Vec<String> = issues.iter().map(ToString::to_string).collect();
        assert!(
            found.iter().any(|issue| issue.contains("unknown column `nom`")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|issue| issue.contains("`name_en` is missing")),
            "{found:?}"
        );
    }
}
