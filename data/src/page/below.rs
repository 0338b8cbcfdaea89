//! The figures of the units below one by the indicator that its overview opens with.

use crate::api::{RollUps, RolledUp};
use crate::{Dataset, Period, roll_up};

/// The most prominent indicator's latest figure that more than one unit directly below `parent` has, unit by unit, the
/// greatest first; a unit's own figure is one of one. Empty where there is none such.
///
/// Their sum is the entry of `roll_ups` of the same indicator and period.
pub fn below(dataset: &Dataset, parent: &str, roll_ups: &RollUps) -> Vec<RolledUp> {
    below_of(dataset, parent, roll_ups, |rolled| {
        prominence(dataset, rolled).is_some()
    })
}

/// The same among the figures that are wanted, whether or not their indicator is prominent.
pub(crate) fn below_of(
    dataset: &Dataset,
    parent: &str,
    roll_ups: &RollUps,
    is_wanted: impl Fn(&RolledUp) -> bool,
) -> Vec<RolledUp> {
    let mut prominent: Vec<(u8, &RolledUp)> = roll_ups
        .roll_ups
        .iter()
        .filter(|rolled| rolled.contributors > 1 && !rolled.observation.key.period.is_opening())
        .filter(|rolled| is_wanted(rolled))
        .map(|rolled| (prominence(dataset, rolled).unwrap_or(u8::MAX), rolled))
        .collect();
    // The roll-ups of an indicator are in order of time, and this sort keeps it.
    prominent.reverse();
    prominent.sort_by_key(|(prominence, _)| *prominence);
    // The rolled-up figures of a unit are costly and serve every candidate, so they are made once.
    let children: Vec<(&str, RollUps)> = dataset
        .catalogue
        .org_units
        .children(parent)
        .filter_map(|child| Some((child.code.as_str(), roll_up::roll_ups(dataset, &child.code)?)))
        .collect();
    let parts = |(_, together): (u8, &RolledUp)| {
        let part = |(child, below): &(&str, RollUps)| part(dataset, child, below, together);
        let mut parts: Vec<RolledUp> = children.iter().filter_map(part).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.observation.value.map(|value| value.number())));
        (parts.len() > 1).then_some(parts)
    };
    prominent.into_iter().find_map(parts).unwrap_or_default()
}

fn prominence(dataset: &Dataset, rolled: &RolledUp) -> Option<u8> {
    let at = dataset
        .catalogue
        .indicator_index(&rolled.observation.key.indicator)?;
    dataset.catalogue.indicators[at].prominence
}

/// The figure of one unit: its own where it has one, else that of the units below it.
fn part(dataset: &Dataset, child: &str, below: &RollUps, together: &RolledUp) -> Option<RolledUp> {
    let key = &together.observation.key;
    if let Some(own) = own(dataset, child, &key.indicator, &key.period) {
        return Some(own);
    }
    let rolled = below.roll_ups.iter().find(|rolled| {
        rolled.observation.key.indicator == key.indicator && rolled.observation.key.period == key.period
    });
    rolled.cloned()
}

fn own(dataset: &Dataset, child: &str, indicator: &str, period: &Period) -> Option<RolledUp> {
    let indicator = dataset.catalogue.indicator_index(indicator)?;
    let unit = dataset.catalogue.org_units.index(child)?;
    let row = dataset
        .unit_rows(indicator, unit)
        .find(|row| dataset.period(*row) == period && dataset.value(*row).is_some())?;
    Some(RolledUp {
        observation: dataset.observation(row),
        contributors: 1,
        of: 1,
    })
}
