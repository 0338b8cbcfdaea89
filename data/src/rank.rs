use crate::api::{RankedObservation, Ranking};
use crate::qualifier::{Bounds, certainly_above, certainly_below};
use crate::{Dataset, Decimal, Direction, Level, OrgUnit, PartialDate, Period, RowIndex};

/// The units directly below `parent` by one indicator in the year of a figure's end, best first.
///
/// Only units of one level are put in order: the level most of them stand on, the higher one where two have as many.
/// Only figures of one and the same kind and end of period are put in order: those of the most common period of the
/// year, the later one where two are as common. The others are listed as not comparable. `None` where the indicator
/// or the parent is unknown.
pub fn ranking(dataset: &Dataset, indicator: &str, parent: &str, year: Option<i32>) -> Option<Ranking> {
    let children = dataset.catalogue.org_units.children(parent);
    let level = main_level(children.map(|unit| unit.level));
    ranking_of_level(dataset, indicator, parent, level, year)
}

/// The [`ranking`] of the units on one level below `parent`; without a level there is no unit to rank.
pub fn ranking_of_level(
    dataset: &Dataset,
    indicator: &str,
    parent: &str,
    level: Option<Level>,
    year: Option<i32>,
) -> Option<Ranking> {
    let catalogue = &dataset.catalogue;
    let at = catalogue.indicator_index(indicator)?;
    let parent = catalogue.org_units.get(parent)?;
    let (units, others): (Vec<&OrgUnit>, Vec<&OrgUnit>) = catalogue
        .org_units
        .children(&parent.code)
        .partition(|unit| Some(unit.level) == level);
    let latest = year.or_else(|| years(dataset, at, &units).last().copied());
    let candidates: Vec<RowIndex> = units
        .iter()
        .filter_map(|unit| latest_row(dataset, at, unit, latest?))
        .flatten()
        .collect();
    let reporting: Vec<usize> = candidates
        .iter()
        .map(|row| dataset.org_unit_index(*row))
        .collect();
    let period = common_period(dataset, &candidates);
    // A figure is reported at the end of its period: who was not there then could not report it.
    let end = period
        .and_then(|period| period.end())
        .or(latest.and_then(PartialDate::year_only));
    let is_there = |unit: &&&OrgUnit| {
        let has_figure = || {
            catalogue
                .org_units
                .index(&unit.code)
                .is_some_and(|at| reporting.contains(&at))
        };
        end.is_none_or(|end| unit.exists_on(end.last_day())) || has_figure()
    };
    let (mut comparable, not_comparable): (Vec<RowIndex>, Vec<RowIndex>) = candidates
        .into_iter()
        .partition(|row| period.is_some_and(|period| dataset.period(*row).shares_axis(&period).is_ok()));
    comparable.retain(|row| dataset.value(*row).is_some());
    let placed = placed(dataset, &comparable, catalogue.indicators[at].direction);
    let named = |row: &RowIndex| catalogue.org_units.all()[dataset.org_unit_index(*row)].clone();
    let org_units = placed
        .iter()
        .map(|(_, row)| row)
        .chain(&not_comparable)
        .map(named)
        .collect();
    Some(Ranking {
        dataset: dataset.version.clone(),
        parent: parent.clone(),
        period,
        ranked: with_places(dataset, &placed),
        not_comparable: not_comparable
            .into_iter()
            .map(|row| dataset.observation(row))
            .collect(),
        org_units,
        total: units.iter().filter(is_there).count(),
        level,
        of_other_levels: others.iter().filter(is_there).count(),
    })
}

/// The level that most of these stand on; the higher one where two have as many.
pub(crate) fn main_level(levels: impl Iterator<Item = Level>) -> Option<Level> {
    let levels: Vec<Level> = levels.collect();
    let units_on = |level: &Level| levels.iter().filter(|other| *other == level).count();
    // Of several greatest, the last is taken: so the highest comes last.
    let all = Level::ALL.into_iter().rev();
    all.filter(|level| units_on(level) > 0).max_by_key(units_on)
}

/// The calendar years in which one of the units has a figure of the indicator, ascending.
pub fn years(dataset: &Dataset, indicator: usize, units: &[&OrgUnit]) -> Vec<i32> {
    let mut years: Vec<i32> = units
        .iter()
        .filter_map(|unit| dataset.catalogue.org_units.index(&unit.code))
        .flat_map(|unit| dataset.unit_rows(indicator, unit))
        .filter(|row| !dataset.period(*row).is_opening())
        .filter_map(|row| dataset.period(row).end().map(PartialDate::year))
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
