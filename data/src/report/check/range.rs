use std::cmp::Ordering;

use super::Checked;
use crate::report::{Figure, Issue, Problem};
use crate::{Decimal, ObservationValue, Qualifier};

/// A value outside what can be true of its indicator, more than all there are, or of a year that has not begun.
pub fn check(checked: &Checked<'_>, figure: &Figure) -> Option<Issue> {
    let year = figure.period.end().map(crate::PartialDate::year);
    if let Some(found) = year.filter(|year| *year > chrono::Datelike::year(&checked.today)) {
        return Some(checked.issue(figure, Problem::FutureYear { found }));
    }
    let value = figure.value.as_ref()?;
    let indicator = checked.indicator(figure);
    if let Some(all) = figure.denominator.filter(|all| is_beyond(value, *all)) {
        let (found, all) = (checked.told(figure.indicator, value), all.to_string());
        return Some(checked.issue(figure, Problem::MoreThanAll { found, all }));
    }
    let number = value.number();
    let is_below = indicator.minimum.is_some_and(|least| number < least);
    let is_above = indicator.maximum.is_some_and(|most| number > most);
    (is_below || is_above).then(|| {
        let problem = Problem::OutOfRange {
            found: checked.told(figure.indicator, value),
            least: indicator.minimum.map(|least| least.to_string()),
            most: indicator.maximum.map(|most| most.to_string()),
        };
        checked.issue(figure, problem)
    })
}

/// Whether a value is certainly more than a number: 近12 may be 11.
fn is_beyond(value: &ObservationValue, number: Decimal) -> bool {
    let exact = Qualifier::Exact.bounds(number, Decimal::ZERO);
    exact.is_some_and(|exact| value.bounds().order(&exact) == Some(Ordering::Greater))
}
