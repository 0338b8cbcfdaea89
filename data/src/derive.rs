//! Derived indicators: computed from reported ones, never stored.

use std::collections::HashMap;

use crate::definitions::Catalogue;
use crate::{
    Formula, Indicator, IndicatorKind, Observation, ObservationKey, ObservationStatus, ObservationValue,
    Origin, Period, Quantity, Source, UnitMeasure, ValueError,
};

/// The observations of every derived indicator that these reported ones allow.
///
/// A value needs both of its parts for the same unit and the very same period; where a part is missing, may be zero
/// as a divisor or does not fit, there is no value.
pub fn all<'a>(
    catalogue: &Catalogue,
    observations: impl Iterator<Item = &'a Observation> + Clone,
) -> Vec<Observation> {
    let formulas = catalogue
        .indicators
        .iter()
        .filter_map(|indicator| match &indicator.kind {
            IndicatorKind::Derived(formula) => Some((indicator, formula)),
            IndicatorKind::Reported => None,
        });
    formulas
        .flat_map(|(indicator, formula)| one(catalogue, indicator, formula, observations.clone()))
        .collect()
}

fn one<'a>(
    catalogue: &Catalogue,
    indicator: &Indicator,
    formula: &Formula,
    observations: impl Iterator<Item = &'a Observation> + Clone,
) -> Vec<Observation> {
    let [first, second] = formula.parts();
    let (Some(unit), Some(other_unit)) = (catalogue.unit_of(first), catalogue.unit_of(second)) else {
        return Vec::new();
    };
    let of = |code: &str| {
        let code = code.to_owned();
        observations
            .clone()
            .filter(move |observation| observation.key.indicator == code)
    };
    let seconds: HashMap<(&str, Period), &Observation> = of(second)
        .map(|b| ((b.key.org_unit.as_str(), b.key.period), b))
        .collect();
    of(first)
        .filter_map(|a| {
            let b = seconds.get(&(a.key.org_unit.as_str(), a.key.period))?;
            derived(indicator, formula, (a, unit), (b, other_unit))
        })
        .collect()
}

fn derived(
    indicator: &Indicator,
    formula: &Formula,
    (a, unit): (&Observation, &UnitMeasure),
    (b, other_unit): (&Observation, &UnitMeasure),
) -> Option<Observation> {
    let first = Quantity {
        value: a.value?,
        unit,
    };
    let second = Quantity {
        value: b.value?,
        unit: other_unit,
    };
    let value = apply(formula, &first, &second, indicator.decimals).ok()?;
    let (source, other_sources) = Source::together(&[&a.source, &b.source])?;
    let synthetic = a.origin == Origin::Synthetic || b.origin == Origin::Synthetic;
    Some(Observation {
        key: ObservationKey {
            indicator: indicator.code.clone(),
            ..a.key.clone()
        },
        value: Some(value),
        denominator: None,
        status: ObservationStatus::together([a.status, b.status].into_iter()),
        origin: if synthetic {
            Origin::Synthetic
        } else {
            Origin::Derived
        },
        period_basis: a.period_basis.max(b.period_basis),
        source,
        other_sources,
        comment: None,
        vintage: a.vintage.max(b.vintage),
    })
}

fn apply(
    formula: &Formula,
    a: &Quantity<'_>,
    b: &Quantity<'_>,
    decimals: u8,
) -> Result<ObservationValue, ValueError> {
    match formula {
        Formula::Ratio(..) => a.per(b, decimals),
        Formula::Sum(..) => a.plus(b).map(|sum| sum.value),
        Formula::Difference(..) => a.minus(b).map(|rest| rest.value),
    }
}
