use std::collections::BTreeMap;

use super::{About, Context, Issue, Place, Problem};
use crate::{ObservationValue, RollUp};

/// The sums of the columns of a sheet, and what its total row says of them.
#[derive(Debug, Default)]
pub struct Totals {
    /// None from where nothing certain can be said of a sum.
    sums: BTreeMap<(usize, usize), Option<ObservationValue>>,
    said: Vec<(Place, usize, usize, ObservationValue)>,
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
    pub fn say(&mut self, place: Place, column: usize, indicator: usize, value: ObservationValue) {
        self.said.push((place, column, indicator, value));
    }

    /// Asks about totals that cannot be the sum of their rows: whose intervals do not even touch.
    pub fn check(&self, context: &Context<'_>, issues: &mut Vec<Issue>) {
        for (place, column, indicator, said) in &self.said {
            let Some(Some(sum)) = self.sums.get(&(*column, *indicator)) else {
                continue;
            };
            let indicator = &context.catalogue.indicators[*indicator];
            let differs = said
                .bounds()
                .order(&sum.bounds())
                .is_some_and(std::cmp::Ordering::is_ne);
            if indicator.roll_up == RollUp::Sum && differs {
                issues.push(Issue {
                    place: *place,
                    about: Some(About {
                        indicator: indicator.code.clone(),
                        org_unit: context.org_unit.to_owned(),
                    }),
                    problem: Problem::TotalDiffers {
                        found: said.number().to_string(),
                        expected: sum.number().to_string(),
                    },
                });
            }
        }
    }
}
