//! What is worth an issue though every cell could be read: a rule a file.

mod change;
mod missing;
mod parts;
mod range;
mod withdrawn;

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::before::before;
use super::reader::MOST_ISSUES;
use super::{About, Context, Figure, Issue, Place, Problem, Reading, Severity};
use crate::{Dataset, Indicator, Names, ObservationValue, Period, Qualifier, UnitKind};

/// A reading beside what is published.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// Which report it is.
    pub context: &'a Context<'a>,
    /// What it says.
    pub reading: &'a Reading,
    /// What is published: at least the figures of the report's units. Its catalogue is that of the context.
    pub published: &'a Dataset,
    /// The day.
    pub today: NaiveDate,
}

/// Everything that is wrong or worth a question: what was found in reading and what the rules ask, in the order of the file;
/// of more than 10,000 the first, and an error that says so.
pub fn found(checked: &Checked<'_>) -> Vec<Issue> {
    let mut issues = check(checked);
    issues.extend(checked.reading.issues.iter().cloned());
    issues.sort_by_key(|issue| issue.place);
    if let Some(place) = issues.get(MOST_ISSUES + 1).map(|issue| issue.place) {
        let is_unread = |issue: &Issue| matches!(issue.problem, Problem::TooMany);
        let unread = issues.drain(MOST_ISSUES..).find(is_unread);
        issues.push(unread.unwrap_or(Issue {
            place,
            about: None,
            problem: Problem::TooManyIssues,
        }));
    }
    issues
}

/// Every issue of the rules, in the order of the file.
pub fn check(checked: &Checked<'_>) -> Vec<Issue> {
    let mut issues: Vec<Issue> = checked
        .reading
        .figures
        .iter()
        .flat_map(|figure| {
            let rules = [range::check(checked, figure), change::check(checked, figure)];
            rules.into_iter().flatten()
        })
        .take(MOST_ISSUES + 2)
        .collect();
    issues.extend(parts::check(checked));
    let units = checked.units();
    let (figures, withdrawn): (HashSet<(usize, usize)>, Vec<Issue>) =
        withdrawn::check(checked, &units).into_iter().unzip();
    // A cell that could not be read is asked about already: what it says is not missing.
    let unread = unread(checked.reading);
    let is_new = |issue: &Issue| {
        let about = issue.about.as_ref().map(figure_of);
        about.is_none_or(|figure| !unread.contains(&figure))
    };
    let missing = missing::check(checked, &units, &figures);
    issues.extend(withdrawn.into_iter().chain(missing).filter(is_new));
    issues.sort_by_key(|issue| issue.place);
    issues
}

/// The figures whose cells could not be read, each by the codes of its indicator and its org unit.
fn unread(reading: &Reading) -> HashSet<(&str, &str)> {
    let errors = reading
        .issues
        .iter()
        .filter(|issue| issue.severity() == Severity::Error);
    errors
        .filter_map(|issue| issue.about.as_ref())
        .map(figure_of)
        .collect()
}

fn figure_of(about: &About) -> (&str, &str) {
    (&about.indicator, &about.org_unit)
}

impl Checked<'_> {
    fn indicator(&self, figure: &Figure) -> &Indicator {
        &self.context.catalogue.indicators[figure.indicator]
    }

    fn issue(&self, figure: &Figure, problem: Problem) -> Issue {
        Issue {
            place: figure.place,
            about: Some(self.about(figure.indicator, figure.org_unit, figure.period)),
            problem,
        }
    }

    fn about(&self, indicator: usize, org_unit: usize, period: Period) -> About {
        About {
            indicator: self.context.catalogue.indicators[indicator].code.clone(),
            org_unit: self.context.catalogue.org_units.all()[org_unit].code.clone(),
            period: Some(period),
        }
    }

    /// What a figure is called that has no cell: its indicator, and its unit where that is not the one that reports.
    fn name(&self, indicator: usize, org_unit: usize) -> Names {
        let name = self.context.catalogue.indicators[indicator].name.clone();
        let unit = &self.context.catalogue.org_units.all()[org_unit];
        if unit.code == self.context.org_unit {
            return name;
        }
        Names {
            zh: format!("{}{}", unit.name.zh, name.zh),
            en: format!("{}, {}", name.en, unit.name.en),
        }
    }

    /// The units that the report is for, each with the place where what it lacks is told: its own at the beginning of the
    /// file, another at its first row.
    fn units(&self) -> BTreeMap<usize, Place> {
        let beginning = Place {
            sheet: 0,
            row: 1,
            column: None,
        };
        let own = self.context.catalogue.org_units.index(self.context.org_unit);
        let mut units: BTreeMap<usize, Place> = own.map(|own| (own, beginning)).into_iter().collect();
        for figure in &self.reading.figures {
            let place = Place {
                column: None,
                ..figure.place
            };
            units.entry(figure.org_unit).or_insert(place);
        }
        units
    }

    /// The latest published value before a figure that a line may join with it, and its period.
    fn before(&self, figure: &Figure) -> Option<(ObservationValue, Period)> {
        let row = before(
            self.published,
            (figure.indicator, figure.org_unit),
            &figure.period,
        )?;
        Some((self.published.value(row)?, *self.published.period(row)))
    }

    /// A value as the issue tells it, in the base unit and in either language: `6,989`, `>2,000`; a year is `2022`.
    fn told(&self, indicator: usize, value: &ObservationValue) -> String {
        let sign = match value.qualifier() {
            Qualifier::Exact => "",
            Qualifier::SomewhatMore | Qualifier::MoreThan => ">",
            Qualifier::AtLeast => "≥",
            Qualifier::Nearly => "<",
            Qualifier::About => "≈",
            Qualifier::AtMost => "≤",
        };
        let number = value.number();
        let catalogue = self.context.catalogue;
        let unit = catalogue.unit(&catalogue.indicators[indicator].unit);
        match unit.map(|unit| unit.kind) {
            Some(UnitKind::Year) => format!("{sign}{number}"),
            _ => format!("{sign}{}", crate::format::number(number, number.scale())),
        }
    }
}
