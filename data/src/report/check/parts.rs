use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::Checked;
use crate::report::{Figure, Issue, Problem};
use crate::{ObservationValue, Period};

/// Wholes that are certainly less than one of their parts, and parts that cannot add up to their whole: figures of one unit
/// and one period, with what is published where the report lacks one of them.
pub fn check(checked: &Checked<'_>) -> Vec<Issue> {
    let wholes = wholes(checked);
    if wholes.is_empty() {
        return Vec::new();
    }
    let figures = Figures::of(checked, &wholes);
    let mut issues = Vec::new();
    for (whole, parts) in &wholes {
        for (unit, period) in figures.spoken_of(*whole, parts) {
            let at = |indicator: &usize| figures.found(*indicator, unit, period);
            let parts: Vec<Option<Found<'_>>> = parts.iter().map(at).collect();
            let Some(whole) = at(whole) else {
                continue;
            };
            issues.extend(
                parts
                    .iter()
                    .flatten()
                    .filter_map(|part| less(checked, &whole, part)),
            );
            issues.extend(differ(checked, &whole, &parts));
        }
    }
    issues
}

/// The indicators that have parts, with these.
fn wholes(checked: &Checked<'_>) -> Vec<(usize, Vec<usize>)> {
    let catalogue = checked.context.catalogue;
    let mut wholes: Vec<(usize, Vec<usize>)> = Vec::new();
    for (part, indicator) in catalogue.indicators.iter().enumerate() {
        let whole = indicator.part_of.as_deref();
        let Some(whole) = whole.and_then(|code| catalogue.indicator_index(code)) else {
            continue;
        };
        match wholes.iter_mut().find(|(of, _)| *of == whole) {
            Some((_, parts)) => parts.push(part),
            None => wholes.push((whole, vec![part])),
        }
    }
    wholes
}

/// A value of the report, or what is published where the report does not speak of it.
struct Found<'a> {
    indicator: usize,
    org_unit: usize,
    period: Period,
    value: ObservationValue,
    figure: Option<&'a Figure>,
}

/// The figures of the report that are wholes or parts.
struct Figures<'a> {
    checked: &'a Checked<'a>,
    by_key: HashMap<(usize, usize, Period), &'a Figure>,
}

impl<'a> Figures<'a> {
    fn of(checked: &'a Checked<'a>, wholes: &[(usize, Vec<usize>)]) -> Figures<'a> {
        let of_wholes = |figure: &&Figure| {
            let is_one = |(whole, parts): &(usize, Vec<usize>)| {
                *whole == figure.indicator || parts.contains(&figure.indicator)
            };
            wholes.iter().any(is_one)
        };
        let figures = checked.reading.figures.iter().filter(of_wholes);
        Figures {
            checked,
            by_key: figures
                .map(|figure| ((figure.indicator, figure.org_unit, figure.period), figure))
                .collect(),
        }
    }

    /// Where the report speaks of a whole or one of its parts, in an order that does not change.
    fn spoken_of(&self, whole: usize, parts: &[usize]) -> BTreeSet<(usize, Period)> {
        let keys = self.by_key.keys();
        keys.filter(|(indicator, ..)| *indicator == whole || parts.contains(indicator))
            .map(|(_, unit, period)| (*unit, *period))
            .collect()
    }

    fn found(&self, indicator: usize, org_unit: usize, period: Period) -> Option<Found<'a>> {
        let figure = self.by_key.get(&(indicator, org_unit, period)).copied();
        let value = match figure {
            Some(figure) => figure.value,
            None => self.published(indicator, org_unit, period),
        };
        Some(Found {
            indicator,
            org_unit,
            period,
            value: value?,
            figure,
        })
    }

    fn published(&self, indicator: usize, org_unit: usize, period: Period) -> Option<ObservationValue> {
        let published = self.checked.published;
        let mut rows = published.unit_rows(indicator, org_unit);
        let row = rows.find(|row| *published.period(*row) == period)?;
        published.value(row)
    }
}

/// A whole that is less than its part whatever the words beside the two numbers leave open. Where a figure may be below zero
/// the rest may be too, and nothing is wrong.
fn less(checked: &Checked<'_>, whole: &Found<'_>, part: &Found<'_>) -> Option<Issue> {
    let indicators = &checked.context.catalogue.indicators;
    let least = indicators[whole.indicator].minimum;
    let least = least.filter(|least| !least.is_negative())?;
    let is_less = whole.value.bounds().order(&part.value.bounds()) == Some(Ordering::Less);
    // A whole that cannot be true at all is told so already.
    if !is_less || whole.value.number() < least {
        return None;
    }
    let problem = Problem::LessThanPart {
        name: Box::new(indicators[whole.indicator].name.clone()),
        found: checked.told(whole.indicator, &whole.value),
        part_code: indicators[part.indicator].code.clone(),
        part_name: Box::new(indicators[part.indicator].name.clone()),
        part: checked.told(part.indicator, &part.value),
        published: whole.figure.is_none() || part.figure.is_none(),
    };
    issue(checked, &[whole, part], problem)
}

/// Parts that cannot add up to their whole. Without one of them the others cannot be more than it.
fn differ(checked: &Checked<'_>, whole: &Found<'_>, parts: &[Option<Found<'_>>]) -> Option<Issue> {
    let indicator = &checked.context.catalogue.indicators[whole.indicator];
    if !indicator.parts_add_up {
        return None;
    }
    let known: Vec<&Found<'_>> = parts.iter().flatten().collect();
    let mut values = known.iter().map(|part| part.value);
    let first = values.next()?;
    let sum = values.try_fold(first, |sum, value| sum.plus(&value).ok())?;
    let order = sum.bounds().order(&whole.value.bounds())?;
    let is_whole = known.len() == parts.len();
    let is_amount = indicator.minimum.is_some_and(|least| !least.is_negative());
    let is_wrong = match order {
        Ordering::Less => is_whole,
        Ordering::Greater => is_whole || is_amount && known.len() > 1,
        Ordering::Equal => false,
    };
    if !is_wrong {
        return None;
    }
    let problem = Problem::PartsDiffer {
        name: Box::new(indicator.name.clone()),
        found: checked.told(whole.indicator, &whole.value),
        expected: checked.told(whole.indicator, &sum),
        published: whole.figure.is_none() || known.iter().any(|part| part.figure.is_none()),
    };
    let all: Vec<&Found<'_>> = [whole].into_iter().chain(known).collect();
    issue(checked, &all, problem)
}

/// An issue at the first of these that the report holds.
fn issue(checked: &Checked<'_>, all: &[&Found<'_>], problem: Problem) -> Option<Issue> {
    let (found, figure) = all.iter().find_map(|found| Some((found, found.figure?)))?;
    Some(Issue {
        place: figure.place,
        about: Some(checked.about(found.indicator, found.org_unit, found.period)),
        problem,
    })
}
