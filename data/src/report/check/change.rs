use super::Checked;
use crate::report::{Figure, Issue, Problem};
use crate::{Decimal, TimeRule};

/// A change from what was published last that is worth a question: a stock that is nothing now, or more than the usual factor.
pub fn check(checked: &Checked<'_>, figure: &Figure) -> Option<Issue> {
    let indicator = checked.indicator(figure);
    let now = figure.value.as_ref()?;
    let (before, period) = checked.before(figure)?;
    let period = Some(period);
    let (a, b) = (before.number(), now.number());
    if b.is_zero() && a > Decimal::ZERO && indicator.time_rule == TimeRule::Stock {
        let before = checked.told(figure.indicator, &before);
        return Some(checked.issue(figure, Problem::FellToNothing { before, period }));
    }
    if a <= Decimal::ZERO || b <= Decimal::ZERO {
        return None;
    }
    let ten_thousand = is_beyond(a, b, 5_000.into()) && !is_beyond(a, b, 20_000.into());
    let is_unusual = indicator
        .usual_factor
        .is_some_and(|factor| is_beyond(a, b, factor));
    (ten_thousand || is_unusual).then(|| {
        let problem = Problem::UnusualChange {
            found: checked.told(figure.indicator, now),
            before: checked.told(figure.indicator, &before),
            period,
            ten_thousand,
        };
        checked.issue(figure, problem)
    })
}

/// Whether the one is more than `factor` times the other; nothing is more than what does not fit a decimal.
fn is_beyond(a: Decimal, b: Decimal, factor: Decimal) -> bool {
    let more = |less: Decimal, more: Decimal| less.checked_mul(factor).is_some_and(|most| more > most);
    more(a, b) || more(b, a)
}
