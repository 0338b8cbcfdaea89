//! What is worth an issue though every cell could be read: a rule a file.

mod change;
mod missing;
mod range;

use chrono::NaiveDate;

use super::{About, Context, Figure, Issue, Problem, Reading};
use crate::{Dataset, Indicator, ObservationValue, Qualifier};

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

/// Everything that is wrong or worth a question: what was found in reading and what the rules ask, in the order of the file.
pub fn found(checked: &Checked<'_>) -> Vec<Issue> {
    let mut issues = check(checked);
    issues.extend(checked.reading.issues.iter().cloned());
    issues.sort_by_key(|issue| issue.place);
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
        .collect();
    issues.extend(missing::check(checked));
    issues.sort_by_key(|issue| issue.place);
    issues
}

impl Checked<'_> {
    fn indicator(&self, figure: &Figure) -> &Indicator {
        &self.context.catalogue.indicators[figure.indicator]
    }

    fn issue(&self, figure: &Figure, problem: Problem) -> Issue {
        Issue {
            place: figure.place,
            about: Some(self.about(figure.indicator, figure.org_unit)),
            problem,
        }
    }

    fn about(&self, indicator: usize, org_unit: usize) -> About {
        About {
            indicator: self.context.catalogue.indicators[indicator].code.clone(),
            org_unit: self.context.catalogue.org_units.all()[org_unit].code.clone(),
        }
    }

    /// The latest published value before a figure that a line may join with it.
    fn before(&self, figure: &Figure) -> Option<ObservationValue> {
        let rows = self.published.unit_rows(figure.indicator, figure.org_unit);
        let day = figure.period.order_day();
        let version = self.indicator(figure).version_at(&figure.period);
        rows.rev()
            .filter(|row| self.published.period(*row).joins(&figure.period).is_ok())
            // What was counted by another definition is no measure of this figure.
            .filter(|row| self.indicator(figure).version_at(self.published.period(*row)) == version)
            .filter(|row| self.published.period(*row).order_day() < day)
            .find_map(|row| self.published.value(row))
    }
}

/// A value as the issue tells it, in the base unit and in either language: `6,989`, `>2,000`.
fn told(value: &ObservationValue) -> String {
    let sign = match value.qualifier() {
        Qualifier::Exact => "",
        Qualifier::SomewhatMore | Qualifier::MoreThan => ">",
        Qualifier::AtLeast => "≥",
        Qualifier::Nearly => "<",
        Qualifier::About => "≈",
        Qualifier::AtMost => "≤",
    };
    let number = value.number();
    format!("{sign}{}", crate::format::number(number, number.scale()))
}
