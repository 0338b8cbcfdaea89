use crate::api::{RankedObservation, Ranking};
use crate::qualifier::{Bounds, certainly_above, certainly_below};
use crate::{Dataset, Decimal, Direction, OrgUnit, Period, RowIndex};

/// The units directly below `parent` by one indicator in the year of a figure's end, best first.
///
/// Only figures of one and the same kind and end of period are put in order: those of the most common period of the
/// year, the later one where two are as common. The others are listed as not comparable. `None` where the indicator
/// or the parent is unknown.
pub fn ranking(dataset: &Dataset, indicator: &str, parent: &str, year: Option<i32>) -> Option<Ranking> {
    let catalogue = &dataset.catalogue;
    let at = catalogue.indicator_index(indicator)?;
    let parent = catalogue.org_units.get(parent)?;
    let units: Vec<&OrgUnit> = catalogue.org_units.children(&parent.code).collect();
    let latest = year.or_else(|| years(dataset, at, &units).last().copied());
    let candidates: Vec<RowIndex> = units
        .iter()
        .filter_map(|unit| latest_row(dataset, at, unit, latest?))
        .flatten()
        .collect();
    let period = common_period(dataset, &candidates);
    let (mut comparable, others): (Vec<RowIndex>, Vec<RowIndex>) = candidates
        .into_iter()
        .partition(|row| period.is_some_and(|period| dataset.period(*row).shares_axis(&period).is_ok()));
    comparable.retain(|row| dataset.value(*row).is_some());
    let placed = placed(dataset, &comparable, catalogue.indicators[at].direction);
    let named = |row: &RowIndex| catalogue.org_units.all()[dataset.org_unit_index(*row)].clone();
    let org_units = placed
        .iter()
        .map(|(_, row)| row)
        .chain(&others)
        .map(named)
        .collect();
    Some(Ranking {
        dataset: dataset.version.clone(),
        parent: parent.clone(),
        period,
        ranked: with_places(dataset, &placed),
        not_comparable: others.into_iter().map(|row| dataset.observation(row)).collect(),
        org_units,
        total: units.len(),
    })
}

/// The calendar years in which one of the units has a figure of the indicator, ascending.
pub fn years(dataset: &Dataset, indicator: usize, units: &[&OrgUnit]) -> Vec<i32> {
    let mut years: Vec<i32> = units
        .iter()
        .filter_map(|unit| dataset.catalogue.org_units.index(&unit.code))
        .flat_map(|unit| dataset.unit_rows(indicator, unit))
        .filter(|row| !dataset.period(*row).is_opening())
        .filter_map(|row| dataset.period(row).end().map(crate::PartialDate::year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The figures of a unit in a year: one for each kind of period, the latest.
fn latest_row(dataset: &Dataset, indicator: usize, unit: &OrgUnit, year: i32) -> Option<Vec<RowIndex>> {
    let unit = dataset.catalogue.org_units.index(&unit.code)?;
    let mut rows: Vec<RowIndex> = Vec::new();
    for row in dataset.unit_rows(indicator, unit).rev() {
        let period = dataset.period(row);
        let in_year = !period.is_opening() && period.end().is_some_and(|end| end.year() == year);
        if in_year
            && rows
                .iter()
                .all(|other| dataset.period(*other).kind() != period.kind())
        {
            rows.push(row);
        }
    }
    Some(rows)
}

fn common_period(dataset: &Dataset, rows: &[RowIndex]) -> Option<Period> {
    let alike = |period: &Period| {
        rows.iter()
            .filter(|row| dataset.period(**row).shares_axis(period).is_ok())
            .count()
    };
    // Distinct periods are few (a handful a year), rows may be thousands: count each period once.
    let mut periods: Vec<Period> = rows.iter().map(|row| *dataset.period(*row)).collect();
    periods.sort_unstable();
    periods.dedup();
    periods
        .into_iter()
        .max_by_key(|period| (alike(period), period.order_day()))
}

/// The rows with their places, best first: a place is one more than the number of figures that are certainly better,
/// so figures whose intervals overlap may share one, and none shares it with a figure that is certainly better.
fn placed(dataset: &Dataset, rows: &[RowIndex], direction: Direction) -> Vec<(u32, RowIndex)> {
    let values = rows.iter().filter_map(|row| Some((*row, dataset.value(*row)?)));
    let (rows, values): (Vec<RowIndex>, Vec<_>) = values.unzip();
    let bounds: Vec<Bounds> = values.iter().map(|value| value.bounds()).collect();
    let less_is_better = direction == Direction::Less;
    let better = if less_is_better {
        certainly_below(&bounds)
    } else {
        certainly_above(&bounds)
    };
    let mut placed: Vec<(usize, Decimal, RowIndex)> = better
        .into_iter()
        .zip(&values)
        .zip(&rows)
        .map(|((better, value), row)| (better, value.number(), *row))
        .collect();
    // Within a place the printed numbers decide where a figure stands in the list, and no more.
    placed.sort_by(|a, b| {
        let order = b.1.cmp(&a.1);
        let order = if less_is_better { order.reverse() } else { order };
        a.0.cmp(&b.0).then(order)
    });
    placed
        .into_iter()
        .map(|(better, _, row)| (better as u32 + 1, row))
        .collect()
}

fn with_places(dataset: &Dataset, placed: &[(u32, RowIndex)]) -> Vec<RankedObservation> {
    let ranked = |(rank, row): &(u32, RowIndex)| RankedObservation {
        rank: *rank,
        observation: dataset.observation(*row),
    };
    placed.iter().map(ranked).collect()
}
