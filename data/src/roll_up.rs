use std::collections::HashMap;

use chrono::NaiveDate;

use crate::api::{RollUps, RolledUp};
use crate::{
    Dataset, Decimal, Formula, Indicator, IndicatorKind, Level, Observation, ObservationKey,
    ObservationStatus, ObservationValue, OrgUnit, OrgUnits, Origin, PartialDate, Period, Quantity, RollUp,
    RowIndex, Source,
};

/// The figures of the units below `parent`, taken together by each indicator's rule.
///
/// Figures are taken together only where their periods are of one kind and end; each distinct period is an entry of
/// its own. In each period the highest unit with a value stands for all below it, so that nothing is counted twice and
/// nothing of another year is hidden. A result carries how many units contributed, and of how many: a sum over some of
/// the units is not the sum over all. `None` where the parent is unknown.
pub fn roll_ups(dataset: &Dataset, parent: &str) -> Option<RollUps> {
    let org_units = &dataset.catalogue.org_units;
    let parent = org_units.get(parent)?;
    let tree = Below::new(org_units, parent);
    let indicators = dataset.catalogue.indicators.iter().enumerate();
    let roll_ups: Vec<RolledUp> = indicators
        .filter(|(_, indicator)| indicator.roll_up != RollUp::None)
        .flat_map(|(at, indicator)| rolled_up(dataset, at, indicator, &tree))
        .collect();
    let (mut has_figures, mut latest) = (vec![false; org_units.all().len()], None);
    for row in (0..dataset.len()).filter(|row| tree.holds(dataset.org_unit_index(*row))) {
        has_figures[tree.branch(dataset.org_unit_index(row))] = true;
        latest = latest.max(dataset.period(row).end().map(PartialDate::last_day));
    }
    let is_there = |at: &&usize| latest.is_none_or(|day| org_units.all()[**at].exists_on(day));
    let branches = || tree.units.iter().filter(|at| tree.branch(**at) == **at);
    Some(RollUps {
        dataset: dataset.version.clone(),
        roll_ups,
        reported: branches().filter(|at| has_figures[**at]).count(),
        total: branches().filter(|at| has_figures[**at] || is_there(at)).count(),
    })
}

/// The units below a parent, all by their place in the catalogue.
struct Below<'a> {
    parent: &'a OrgUnit,
    /// Every unit below the parent, from the top.
    units: Vec<usize>,
    /// For every unit of the catalogue the one directly above it; none for the parent and for what is not below it.
    above: Vec<Option<usize>>,
}

impl<'a> Below<'a> {
    fn new(org_units: &OrgUnits, parent: &'a OrgUnit) -> Below<'a> {
        let mut above = vec![None; org_units.all().len()];
        let mut units: Vec<usize> = org_units.index(&parent.code).into_iter().collect();
        let mut next = 0;
        while let Some(at) = units.get(next).copied() {
            let children = org_units.children(&org_units.all()[at].code);
            for child in children.filter_map(|child| org_units.index(&child.code)) {
                above[child] = Some(at);
                units.push(child);
            }
            next += 1;
        }
        units.drain(..1.min(units.len()));
        Below { parent, units, above }
    }

    fn holds(&self, at: usize) -> bool {
        self.above[at].is_some()
    }

    /// A unit and the ones above it, up to the one directly below the parent.
    fn path(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| self.above[*at]).filter(|at| self.holds(*at))
    }

    /// The unit directly below the parent to which this one belongs.
    fn branch(&self, at: usize) -> usize {
        self.path(at).last().unwrap_or(at)
    }

    /// How many units there could have been beside those whose figures are taken together: the uncovered ones on the
    /// lowest of their levels, branches that end above it, such as a city without counties, and areas that skip it,
    /// such as a county that belongs to no prefecture.
    fn silent(&self, org_units: &OrgUnits, covering: &[bool], lowest: Level, day: NaiveDate) -> usize {
        let all = org_units.all();
        let is_there = |at: usize| all[at].exists_on(day);
        let mut has_units_below = vec![false; all.len()];
        for at in self.units.iter().filter(|at| is_there(**at) || covering[**at]) {
            if let Some(above) = self.above[*at] {
                has_units_below[above] = true;
            }
        }
        let counts = |at: &&usize| {
            let level = all[**at].level;
            let above = self.above[**at].map_or(self.parent.level, |above| all[above].level);
            let is_last = if level < lowest {
                !has_units_below[**at]
            } else {
                level == lowest || (above < lowest && level != Level::Chamber)
            };
            is_last && is_there(**at) && !self.path(**at).any(|at| covering[at])
        };
        self.units.iter().filter(counts).count()
    }
}

fn rolled_up(dataset: &Dataset, at: usize, indicator: &Indicator, tree: &Below<'_>) -> Vec<RolledUp> {
    let mut by_period: HashMap<Period, Vec<RowIndex>> = HashMap::new();
    let has_value =
        |row: &RowIndex| tree.holds(dataset.org_unit_index(*row)) && dataset.value(*row).is_some();
    for row in dataset.indicator_rows(at).filter(has_value) {
        by_period.entry(*dataset.period(row)).or_default().push(row);
    }
    let mut results: Vec<RolledUp> = by_period
        .into_iter()
        .filter_map(|(period, rows)| of_period(dataset, indicator, tree, period, rows))
        .collect();
    results.sort_by_key(|result| {
        (
            result.observation.key.period.order_day(),
            result.observation.key.period,
        )
    });
    results
}

/// What the units below have of one period, which all these rows are of.
fn of_period(
    dataset: &Dataset,
    indicator: &Indicator,
    tree: &Below<'_>,
    period: Period,
    mut rows: Vec<RowIndex>,
) -> Option<RolledUp> {
    let org_units = &dataset.catalogue.org_units;
    let mut covering = vec![false; org_units.all().len()];
    for row in &rows {
        covering[dataset.org_unit_index(*row)] = true;
    }
    rows.retain(|row| {
        let mut path = tree.path(dataset.org_unit_index(*row));
        path.next();
        !path.any(|above| covering[above])
    });
    let level = |row: &RowIndex| org_units.all()[dataset.org_unit_index(*row)].level;
    let lowest = rows.iter().map(level).max()?;
    let day = period.end()?.last_day();
    let observation = together(dataset, indicator, tree.parent, period, &rows)?;
    Some(RolledUp {
        observation,
        contributors: rows.len(),
        of: rows.len() + tree.silent(org_units, &covering, lowest, day),
    })
}

fn together(
    dataset: &Dataset,
    indicator: &Indicator,
    parent: &OrgUnit,
    period: Period,
    rows: &[RowIndex],
) -> Option<Observation> {
    let unit = dataset.catalogue.unit(&indicator.unit)?;
    let values = rows.iter().filter_map(|row| dataset.value(*row));
    let values: Vec<Quantity<'_>> = values.map(|value| Quantity { value, unit }).collect();
    let value = match (indicator.roll_up, &indicator.kind) {
        (RollUp::Ratio, IndicatorKind::Derived(Formula::Ratio(a, b))) => {
            let (a, b) = (sum_of_part(dataset, a, rows)?, sum_of_part(dataset, b, rows)?);
            a.per(&b, indicator.decimals).ok()?
        }
        _ => combine(indicator, &values)?,
    };
    let sources = rows.iter().flat_map(|row| dataset.sources(*row));
    let (source, other_sources) = Source::documents(sources)?;
    let synthetic = rows.iter().any(|row| dataset.origin(*row) == Origin::Synthetic);
    Some(Observation {
        key: ObservationKey {
            indicator: indicator.code.clone(),
            org_unit: parent.code.clone(),
            period,
        },
        value: Some(value),
        denominator: None,
        status: ObservationStatus::together(rows.iter().map(|row| dataset.status(*row))),
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
        source,
        other_sources,
        comment: None,
        vintage: rows.iter().map(|row| dataset.vintage(*row)).max().unwrap_or(0),
    })
}

/// The sum of a part of a derived indicator over the units and periods of its rows: a unit that lacks the other part
/// is in neither sum, so that the ratio compares like with like.
fn sum_of_part<'a>(dataset: &'a Dataset, part: &str, rows: &[RowIndex]) -> Option<Quantity<'a>> {
    let unit = dataset.catalogue.unit_of(part)?;
    let part = dataset.catalogue.indicator_index(part)?;
    let value = |row: &RowIndex| {
        let mut of_unit = dataset.unit_rows(part, dataset.org_unit_index(*row));
        of_unit
            .find(|other| dataset.period(*other) == dataset.period(*row))
            .and_then(|row| dataset.value(row))
            .map(|value| Quantity { value, unit })
    };
    let mut values = rows.iter().map(value);
    let first = values.next()??;
    values.try_fold(first, |sum, value| sum.plus(&value?).ok())
}

fn combine(indicator: &Indicator, values: &[Quantity<'_>]) -> Option<ObservationValue> {
    let (first, rest) = values.split_first()?;
    let sum = || rest.iter().try_fold(*first, |sum, value| sum.plus(value)).ok();
    match indicator.roll_up {
        RollUp::Sum => Some(sum()?.value),
        RollUp::Mean => {
            let count = ObservationValue::exact(i64::try_from(values.len()).ok()?);
            let decimals = indicator.decimals.saturating_add(2);
            sum()?.value.per(&count, decimals).ok()
        }
        RollUp::Maximum => values
            .iter()
            .map(|quantity| quantity.value)
            .max_by_key(|value| (value.number(), Decimal::ZERO)),
        RollUp::None | RollUp::Ratio => None,
    }
}
