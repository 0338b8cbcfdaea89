use std::collections::BTreeMap;

use super::{About, Context, Issue, Place, Problem};
use crate::{ObservationValue, Period, RollUp};

/// The sums of the columns of a sheet, and what its total row says of them.
#[derive(Debug, Default)]
pub struct Totals {
    /// None from where nothing certain can be said of a sum.
    sums: BTreeMap<(usize, usize), Option<ObservationValue>>,
    said: Vec<Said>,
}

/// What a total row says.
#[derive(Debug)]
pub struct Said {
    /// Where.
    pub place: Place,
    /// In which column.
    pub column: usize,
    /// Of which indicator, by its place in the catalogue.
    pub indicator: usize,
    /// For when.
    pub period: Period,
    /// The sum.
    pub value: ObservationValue,
}

impl Totals {
    /// Adds a figure of a column and an indicator.
    pub fn add(&mut self, column: usize, indicator: usize, value: &ObservationValue) {
        let sum = match self.sums.get(&(column, indicator)) {
            None => Some(*value),
            Some(sum) => sum.and_then(|sum| sum.plus(value).ok()),
        };
        self.sums.insert((column, indicator), sum);
    }

    /// Notes what the total row says.
    pub fn say(&mut self, said: Said) {
        self.said.push(said);
    }

    /// Asks about totals that cannot be the sum of their rows: whose intervals do not even touch.
    pub fn check(&self, context: &Context<'_>, issues: &mut Vec<Issue>) {
        for said in &self.said {
            let Some(Some(sum)) = self.sums.get(&(said.column, said.indicator)) else {
                continue;
            };
            let indicator = &context.catalogue.indicators[said.indicator];
            let differs = said
                .value
                .bounds()
                .order(&sum.bounds())
                .is_some_and(std::cmp::Ordering::is_ne);
            if indicator.roll_up == RollUp::Sum && differs {
                issues.push(Issue {
                    place: said.place,
                    about: Some(About {
                        indicator: indicator.code.clone(),
                        org_unit: context.org_unit.to_owned(),
                        period: Some(said.period),
                    }),
                    problem: Problem::TotalDiffers {
                        found: said.value.number().to_string(),
                        expected: sum.number().to_string(),
                    },
                });
            }
        }
    }
}
