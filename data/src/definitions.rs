//! The catalogue: groups, units of measure, indicators and org units, read from the files of `data/definitions/`.

mod indicators;
mod parts;

use std::collections::HashMap;

use self::indicators::indicators;
use crate::read::{Cells, Expected, Issue, Problem, Table};
use crate::{Indicator, IndicatorGroup, Level, Names, OrgUnit, OrgUnits, UnitKind, UnitMeasure};

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
        let org_units = org_units("org_units.csv", files.org_units, &known, &[], &mut issues);
        let org_units = OrgUnits::new(org_units);
        (Catalogue::new(groups, units, indicators, org_units), issues)
    }

    /// Reads a further file of org units, whose parents may be units of this catalogue or among `stored`. A unit of the
    /// catalogue may not be given again; a stored one may, and is replaced.
    pub fn read_org_units(&self, file: &str, bytes: &[u8], stored: &[OrgUnit]) -> (Vec<OrgUnit>, Vec<Issue>) {
        let mut issues = Vec::new();
        let units = org_units(file, bytes, &self.org_units, stored, &mut issues);
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

/// Columns that a file may lack: many a catalogue has nothing to say in them.
const OPTIONAL: [&str; 2] = ["part_of", "parts"];

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
    let wanted: Vec<(&[&str], bool)> = names
        .iter()
        .map(|name| (name.as_slice(), !OPTIONAL.contains(&name[0])))
        .collect();
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

fn org_units(
    file: &str,
    bytes: &[u8],
    known: &OrgUnits,
    stored: &[OrgUnit],
    issues: &mut Vec<Issue>,
) -> Vec<OrgUnit> {
    // A unit known from elsewhere stands on no line of this file: 0.
    let mut seen: HashMap<String, u64> = known.all().iter().map(|unit| (unit.code.clone(), 0)).collect();
    let mut levels: HashMap<String, Level> = stored
        .iter()
        .chain(known.all())
        .map(|unit| (unit.code.clone(), unit.level))
        .collect();
    let units = rows(file, bytes, &ORG_UNIT_COLUMNS, issues, |cells| {
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
    });
    if !stored.is_empty() {
        issues.extend(misplaced(file, stored, &units, &seen));
    }
    units
}

/// The units that take the place of stored ones and are no longer above what stands below them: the tree could have a
/// cycle.
fn misplaced(file: &str, stored: &[OrgUnit], units: &[OrgUnit], lines: &HashMap<String, u64>) -> Vec<Issue> {
    let by_code: HashMap<&str, &OrgUnit> = units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let kept = stored
        .iter()
        .filter(|unit| !by_code.contains_key(unit.code.as_str()));
    let pairs = kept.chain(units).filter_map(|below| {
        let above = by_code.get(below.parent.as_deref()?)?;
        (above.level >= below.level).then_some((*above, below))
    });
    pairs
        .map(|(above, below)| {
            let line = lines.get(&above.code).copied().unwrap_or_default();
            level_issue(file, line, above, below)
        })
        .collect()
}

fn level_issue(file: &str, line: u64, above: &OrgUnit, below: &OrgUnit) -> Issue {
    Issue {
        file: file.to_owned(),
        line,
        column: Some(4),
        field: Some("level".into()),
        problem: Problem::Contradiction {
            found: above.level.code().into(),
            expected: Expected::LevelAbove {
                level: below.level,
                below: below.code.clone(),
            },
        },
    }
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

    fn chamber(code: &str, level: &str, parent: &str) -> String {
        format!("{code},{code}商会,{code} Chamber,{level},{parent},,\n")
    }

    fn further(lines: &[String], stored: &[OrgUnit]) -> (Vec<OrgUnit>, Vec<String>) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let text = format!("{}\n{}", ORG_UNIT_COLUMNS.join(","), lines.concat());
        let (units, issues) = catalogue.read_org_units("further.csv", text.as_bytes(), stored);
        (units, issues.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_further_unit_may_stand_below_one_that_was_stored_before() {
        let (stored, _) = further(&[chamber("T1", "township", "371482")], &[]);
        let below = [chamber("C1", "chamber", "T1")];
        assert_eq!(further(&below, &stored).1, Vec::<String>::new());
        let found = further(&below, &[]).1;
        assert!(
            found[0].contains("further.csv:2:5: parent: found `T1`"),
            "{found:?}"
        );
        let again = [chamber("T1", "township", "371400")];
        assert_eq!(further(&again, &stored).0[0].parent.as_deref(), Some("371400"));
    }

    #[test]
    fn a_unit_that_replaces_a_stored_one_stays_above_what_is_below_it() {
        let lines = [
            chamber("T1", "township", "371482"),
            chamber("C1", "chamber", "T1"),
        ];
        let (stored, _) = further(&lines, &[]);
        let found = further(&[chamber("T1", "chamber", "371482")], &stored).1;
        let expected = "further.csv:2:4: level: found chamber; expected a level above chamber";
        assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
        let (counties, _) = further(&[chamber("X1", "county", "371400")], &[]);
        let circle = [chamber("Y1", "township", "X1"), chamber("X1", "chamber", "Y1")];
        let found = further(&circle, &counties).1;
        assert!(
            found[0].contains("further.csv:3:4: level: found chamber"),
            "{found:?}"
        );
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
