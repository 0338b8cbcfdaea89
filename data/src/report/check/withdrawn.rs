use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use super::Checked;
use crate::Period;
use crate::report::compare::withdrawn;
use crate::report::{Figure, Issue, Place, Problem};

/// A figure that the report would take back, by its indicator and its org unit.
pub type Withdrawn = ((usize, usize), Issue);

/// Figures that an earlier state of this report published and this one does not hold: it would take each of them back, which
/// a file with one corrected line hardly means. A missing figure with a remark says why.
pub fn check(checked: &Checked<'_>, units: &BTreeMap<usize, Place>) -> Vec<Withdrawn> {
    // Most reports are the first of their year, and nobody asks.
    let figures: LazyCell<HashMap<(usize, usize, Period), &Figure>, _> = LazyCell::new(|| {
        let figures = checked.reading.figures.iter();
        let key = |figure: &Figure| (figure.indicator, figure.org_unit, slot(&figure.period));
        figures.map(|figure| (key(figure), figure)).collect()
    });
    let figure = |indicator, unit, period: &Period| figures.get(&(indicator, unit, slot(period)));
    let is_said = |indicator, unit, period: &Period| {
        figure(indicator, unit, period)
            .is_some_and(|figure| figure.value.is_some() || figure.comment.is_some())
    };
    let rows = withdrawn(checked.context, units.keys().copied(), checked.published, is_said);
    let issue = |row| {
        let published = checked.published.value(row)?;
        let (indicator, unit) = (
            checked.published.indicator_index(row),
            checked.published.org_unit_index(row),
        );
        let period = *checked.published.period(row);
        let stands = figure(indicator, unit, &period).map(|figure| figure.place);
        let issue = Issue {
            place: stands.or(units.get(&unit).copied())?,
            about: Some(checked.about(indicator, unit, period)),
            problem: Problem::Withdrawn {
                name: Box::new(checked.name(indicator, unit)),
                published: checked.told(indicator, &published),
                period,
            },
        };
        Some(((indicator, unit), issue))
    };
    rows.into_iter().filter_map(issue).collect()
}

/// The period by which a figure takes the place of another: six years in a row take that of five.
fn slot(period: &Period) -> Period {
    match *period {
        Period::Streak { end, .. } => Period::Streak { years: 0, end },
        other => other,
    }
}
