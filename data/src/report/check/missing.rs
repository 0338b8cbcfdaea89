use std::collections::{BTreeMap, HashMap, HashSet};

use super::Checked;
use crate::report::compare::is_of_year;
use crate::report::{Figure, Issue, Place, Problem, period};
use crate::{IndicatorKind, ObservationValue, Period};

/// Figures that were published for the year before and are not in the report: a gap needs a reason. A remark beside a
/// missing figure is one. What `withdrawn` holds is asked about already.
pub fn check(
    checked: &Checked<'_>,
    units: &BTreeMap<usize, Place>,
    withdrawn: &HashSet<(usize, usize)>,
) -> Vec<Issue> {
    let figures = checked.reading.figures.iter();
    let figures: Figures<'_> = figures
        .filter(|figure| is_of_year(&figure.period, checked.context.year))
        .map(|figure| ((figure.indicator, figure.org_unit), figure))
        .collect();
    let indicators = checked.context.catalogue.indicators.iter().enumerate();
    let reported = indicators.filter(|(_, indicator)| indicator.kind == IndicatorKind::Reported);
    let mut issues = Vec::new();
    for (indicator, _) in reported {
        let units = units
            .iter()
            .filter(|(unit, _)| !withdrawn.contains(&(indicator, **unit)));
        let of_unit =
            |(unit, place): (&usize, &Place)| missing(checked, &figures, (indicator, *unit), *place);
        issues.extend(units.filter_map(of_unit));
    }
    issues
}

type Figures<'a> = HashMap<(usize, usize), &'a Figure>;

fn missing(
    checked: &Checked<'_>,
    figures: &Figures<'_>,
    (indicator, org_unit): (usize, usize),
    place: Place,
) -> Option<Issue> {
    let (before, period) = last_year(checked, indicator, org_unit)?;
    let figure = figures.get(&(indicator, org_unit));
    let is_told = figure.is_some_and(|figure| figure.value.is_some() || figure.comment.is_some());
    let definition = &checked.context.catalogue.indicators[indicator];
    let now = period::annual(definition, checked.context.year, None);
    (!is_told).then(|| Issue {
        place: figure.map_or(place, |figure| figure.place),
        about: Some(checked.about(indicator, org_unit, now)),
        problem: Problem::MissingNow {
            name: Some(Box::new(checked.name(indicator, org_unit))),
            before: checked.told(indicator, &before),
            period: Some(period),
        },
    })
}

/// The last that was published for the year before, of such a period as a report of a year has: what it has of another, such
/// as the past five years, nobody expects every year.
fn last_year(checked: &Checked<'_>, indicator: usize, org_unit: usize) -> Option<(ObservationValue, Period)> {
    let rows = checked.published.unit_rows(indicator, org_unit);
    let definition = &checked.context.catalogue.indicators[indicator];
    rows.rev().find_map(|row| {
        let found = *checked.published.period(row);
        if !is_of_year(&found, checked.context.year - 1) {
            return None;
        }
        let value = checked.published.value(row)?;
        let annual = period::annual(definition, checked.context.year, Some(&value));
        found.joins(&annual).is_ok().then_some((value, found))
    })
}
