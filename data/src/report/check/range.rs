use super::{Checked, told};
use crate::report::{Figure, Issue, Problem};

/// A value outside what can be true of its indicator, more than all there are, or of a year that has not begun.
pub fn check(checked: &Checked<'_>, figure: &Figure) -> Option<Issue> {
    let year = figure.period.end().map(crate::PartialDate::year);
    if let Some(found) = year.filter(|year| *year > chrono::Datelike::year(&checked.today)) {
        return Some(checked.issue(figure, Problem::FutureYear { found }));
    }
    let value = figure.value.as_ref()?;
    let indicator = checked.indicator(figure);
    let most = match (indicator.maximum, figure.denominator) {
        (Some(most), Some(of)) => Some(most.min(of)),
        (most, of) => most.or(of),
    };
    let number = value.number();
    let is_below = indicator.minimum.is_some_and(|least| number < least);
    let is_above = most.is_some_and(|most| number > most);
    (is_below || is_above).then(|| {
        let problem = Problem::OutOfRange {
            found: told(value),
            least: indicator.minimum.map(|least| least.to_string()),
            most: most.map(|most| most.to_string()),
        };
        checked.issue(figure, problem)
    })
}
