use std::collections::{BTreeMap, HashMap};

use super::{Checked, told};
use crate::report::{Figure, Issue, Place, Problem, period};
use crate::{IndicatorKind, ObservationValue};

/// Figures that were published for the year before and are not in the report: a gap needs a reason. A remark beside a
/// missing figure is one.
pub fn check(checked: &Checked<'_>) -> Vec<Issue> {
    let mut units: BTreeMap<usize, Place> = BTreeMap::new();
    let own = checked
        .context
        .catalogue
        .org_units
        .index(checked.context.org_unit);
    let beginning = Place {
        sheet: 0,
        row: 1,
        column: None,
    };
    units.extend(own.map(|own| (own, beginning)));
    for figure in &checked.reading.figures {
        let place = Place {
            column: None,
            ..figure.place
        };
        units.entry(figure.org_unit).or_insert(place);
    }
    let figures = checked.reading.figures.iter();
    let figures: Figures<'_> = figures
        .map(|figure| ((figure.indicator, figure.org_unit), figure))
        .collect();
    let indicators = checked.context.catalogue.indicators.iter().enumerate();
    let reported = indicators.filter(|(_, indicator)| indicator.kind == IndicatorKind::Reported);
    let mut issues = Vec::new();
    for (indicator, _) in reported {
        let of_unit =
            |(unit, place): (&usize, &Place)| missing(checked, &figures, (indicator, *unit), *place);
        issues.extend(units.iter().filter_map(of_unit));
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
    let before = last_year(checked, indicator, org_unit)?;
    let figure = figures.get(&(indicator, org_unit));
    let is_told = figure.is_some_and(|figure| figure.value.is_some() || figure.comment.is_some());
    (!is_told).then(|| Issue {
        place: figure.map_or(place, |figure| figure.place),
        about: Some(checked.about(indicator, org_unit)),
        problem: Problem::MissingNow {
            before: told(&before),
        },
    })
}

/// What was published for the year before the report's.
fn last_year(checked: &Checked<'_>, indicator: usize, org_unit: usize) -> Option<ObservationValue> {
    let mut rows = checked.published.unit_rows(indicator, org_unit);
    let definition = &checked.context.catalogue.indicators[indicator];
    rows.find_map(|row| {
        let value = checked.published.value(row)?;
        let annual = period::annual(definition, checked.context.year - 1, Some(&value));
        (*checked.published.period(row) == annual).then_some(value)
    })
}
