use std::collections::HashMap;

use crate::api::{RollUps, RolledUp};
use crate::{
    Dataset, Decimal, Formula, Indicator, IndicatorKind, Observation, ObservationKey, ObservationValue,
    OrgUnit, Origin, Period, RollUp, RowIndex, Source,
};

/// The figures of the units directly below `parent`, taken together by each indicator's rule.
///
/// Figures are taken together only where their periods are of one kind and end; each distinct period is an entry of
/// its own. A result carries how many units contributed: a sum over some of the units is not the sum over all.
/// `None` where the parent is unknown.
pub fn roll_ups(dataset: &Dataset, parent: &str) -> Option<RollUps> {
    let org_units = &dataset.catalogue.org_units;
    let parent = org_units.get(parent)?;
    let children: Vec<&OrgUnit> = org_units.children(&parent.code).collect();
    let reporters: Vec<Vec<usize>> = children.iter().map(|child| subtree(dataset, child)).collect();
    let indicators = dataset.catalogue.indicators.iter().enumerate();
    let roll_ups = indicators
        .filter(|(_, indicator)| indicator.roll_up != RollUp::None)
        .flat_map(|(at, indicator)| rolled_up(dataset, at, indicator, parent, &reporters))
        .collect();
    let has_figures = |units: &&Vec<usize>| units.iter().any(|unit| reports(dataset, *unit));
    let reported = reporters.iter().filter(has_figures).count();
    Some(RollUps {
        dataset: dataset.version.clone(),
        roll_ups,
        reported,
        total: children.len(),
    })
}

/// A unit and everything below it, by place in the catalogue, from the top.
fn subtree(dataset: &Dataset, unit: &OrgUnit) -> Vec<usize> {
    let org_units = &dataset.catalogue.org_units;
    let mut units: Vec<usize> = org_units.index(&unit.code).into_iter().collect();
    let mut next = 0;
    while next < units.len() {
        let code = &org_units.all()[units[next]].code;
        units.extend(
            org_units
                .children(code)
                .filter_map(|child| org_units.index(&child.code)),
        );
        next += 1;
    }
    units
}

fn reports(dataset: &Dataset, unit: usize) -> bool {
    (0..dataset.catalogue.indicators.len()).any(|indicator| !dataset.unit_rows(indicator, unit).is_empty())
}

fn rolled_up(
    dataset: &Dataset,
    at: usize,
    indicator: &Indicator,
    parent: &OrgUnit,
    reporters: &[Vec<usize>],
) -> Vec<RolledUp> {
    let mut by_period: HashMap<Period, Vec<RowIndex>> = HashMap::new();
    let mut lowest = parent.level;
    for units in reporters {
        // The highest unit that reports stands for what is below it, so that nothing is counted twice.
        let Some(unit) = units
            .iter()
            .find(|unit| !dataset.unit_rows(at, **unit).is_empty())
        else {
            continue;
        };
        let depth = level(dataset, *unit);
        lowest = lowest.max(depth);
        for unit in units.iter().filter(|unit| level(dataset, **unit) == depth) {
            for row in dataset.unit_rows(at, *unit) {
                by_period.entry(*dataset.period(row)).or_default().push(row);
            }
        }
    }
    let of = reporters
        .iter()
        .map(|units| on_level(dataset, units, lowest))
        .sum();
    let mut results: Vec<RolledUp> = by_period
        .into_iter()
        .filter_map(|(period, rows)| together(dataset, indicator, parent, period, &rows, of))
        .collect();
    results.sort_by_key(|result| {
        (
            result.observation.key.period.order_day(),
            result.observation.key.period,
        )
    });
    results
}

/// How many of these units are on a level; a branch that ends above it, such as a city without counties, counts once.
fn on_level(dataset: &Dataset, units: &[usize], lowest: crate::Level) -> usize {
    units
        .iter()
        .filter(|unit| level(dataset, **unit) == lowest)
        .count()
        .max(1)
}

fn level(dataset: &Dataset, unit: usize) -> crate::Level {
    dataset.catalogue.org_units.all()[unit].level
}

fn together(
    dataset: &Dataset,
    indicator: &Indicator,
    parent: &OrgUnit,
    period: Period,
    rows: &[RowIndex],
    of: usize,
) -> Option<RolledUp> {
    let values: Vec<ObservationValue> = rows.iter().filter_map(|row| dataset.value(*row)).collect();
    let value = match (indicator.roll_up, &indicator.kind) {
        (RollUp::Ratio, IndicatorKind::Derived(Formula::Ratio(a, b))) => {
            let (a, b) = (sum_of_part(dataset, a, rows)?, sum_of_part(dataset, b, rows)?);
            a.per(&b, indicator.decimals).ok()?
        }
        _ => combine(indicator, &values)?,
    };
    let first = dataset.observation(*rows.first()?);
    let synthetic = rows.iter().any(|row| dataset.origin(*row) == Origin::Synthetic);
    let observation = Observation {
        key: ObservationKey {
            indicator: indicator.code.clone(),
            org_unit: parent.code.clone(),
            period,
        },
        value: Some(value),
        denominator: None,
        status: rows
            .iter()
            .map(|row| dataset.status(*row))
            .find(|status| status.is_preliminary())
            .unwrap_or_default(),
        origin: if synthetic {
            Origin::Synthetic
        } else {
            Origin::RolledUp
        },
        period_basis: rows
            .iter()
            .map(|row| dataset.basis(*row))
            .max()
            .unwrap_or_default(),
        source: Source {
            place: String::new(),
            ..first.source
        },
        comment: None,
        vintage: rows.iter().map(|row| dataset.vintage(*row)).max().unwrap_or(0),
    };
    Some(RolledUp {
        observation,
        contributors: values.len(),
        of,
    })
}

/// The sum of a part of a derived indicator over the units and periods of its rows: a unit that lacks the other part
/// is in neither sum, so that the ratio compares like with like.
fn sum_of_part(dataset: &Dataset, part: &str, rows: &[RowIndex]) -> Option<ObservationValue> {
    let part = dataset.catalogue.indicator_index(part)?;
    let value = |row: &RowIndex| {
        let mut of_unit = dataset.unit_rows(part, dataset.org_unit_index(*row));
        of_unit
            .find(|other| dataset.period(*other) == dataset.period(*row))
            .and_then(|row| dataset.value(row))
    };
    let mut values = rows.iter().map(value);
    let first = values.next()??;
    values.try_fold(first, |sum, value| sum.plus(&value?).ok())
}

fn combine(indicator: &Indicator, values: &[ObservationValue]) -> Option<ObservationValue> {
    let (first, rest) = values.split_first()?;
    let sum = || rest.iter().try_fold(*first, |sum, value| sum.plus(value)).ok();
    match indicator.roll_up {
        RollUp::Sum => sum(),
        RollUp::Mean => {
            let count = ObservationValue::exact(i64::try_from(values.len()).ok()?);
            sum()?.per(&count, indicator.decimals.saturating_add(2)).ok()
        }
        RollUp::Maximum => values
            .iter()
            .copied()
            .max_by_key(|value| (value.number(), Decimal::ZERO)),
        RollUp::None | RollUp::Ratio => None,
    }
}
