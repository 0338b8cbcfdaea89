use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Dataset, RowIndex};
use crate::definitions::Catalogue;
use crate::{
    Decimal, IndicatorKind, Observation, ObservationStatus, ObservationValue, Origin, OtherSources, Period,
    PeriodBasis, Qualifier, Source, derive,
};

/// Collects the rows of a [`Dataset`] in any order.
///
/// A store with millions of observations pushes them one by one as [`NewRow`]s, some 40 bytes each until they are
/// built: whole [`Observation`]s own their texts and would take thirty times that.
#[derive(Debug)]
pub struct DatasetBuilder {
    catalogue: Arc<Catalogue>,
    rows: Vec<Packed>,
    slacks: HashMap<u32, Decimal>,
    denominators: HashMap<u32, Decimal>,
    comments: HashMap<u32, String>,
    other_sources: HashMap<u32, OtherSources>,
    periods: Interned<Period>,
    sources: Interned<Source>,
}

/// A row to be: an [`Observation`] whose codes, period and source are given by place.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// The indicator's place in the catalogue.
    pub indicator: usize,
    /// The org unit's place in the catalogue.
    pub org_unit: usize,
    /// What [`DatasetBuilder::period`] answered.
    pub period: u32,
    /// The value; none where the status says that it is missing.
    pub value: Option<ObservationValue>,
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// The status.
    pub status: ObservationStatus,
    /// The origin.
    pub origin: Origin,
    /// Whether the source states the period.
    pub period_basis: PeriodBasis,
    /// What [`DatasetBuilder::source`] answered.
    pub source: u32,
    /// A remark for the reader.
    pub comment: Option<String>,
    /// The vintage.
    pub vintage: u32,
}

/// What every row has; the rest stands in the maps.
#[derive(Debug, Clone, Copy)]
struct Packed {
    indicator: u16,
    org_unit: u32,
    period: u32,
    number: i64,
    scale: u8,
    qualifier: Qualifier,
    status: ObservationStatus,
    origin: Origin,
    period_basis: PeriodBasis,
    source: u32,
    vintage: u32,
}

impl DatasetBuilder {
    /// No rows yet.
    pub fn new(catalogue: Arc<Catalogue>) -> DatasetBuilder {
        DatasetBuilder {
            catalogue,
            rows: Vec::new(),
            slacks: HashMap::new(),
            denominators: HashMap::new(),
            comments: HashMap::new(),
            other_sources: HashMap::new(),
            periods: Interned::default(),
            sources: Interned::default(),
        }
    }

    /// The reported rows of a dataset but those in `without`, for the dataset that comes after it; what was derived is
    /// derived anew.
    pub fn after(before: &Dataset, without: &HashSet<RowIndex>) -> DatasetBuilder {
        let mut builder = DatasetBuilder::new(before.catalogue.clone());
        let (periods, sources) = (before.period_table.iter(), before.source_table.iter());
        let periods: Vec<u32> = periods.map(|period| builder.period(*period)).collect();
        let sources: Vec<u32> = sources.map(|source| builder.source(source.clone())).collect();
        let is_kept = |row: &RowIndex| before.origin(*row) != Origin::Derived && !without.contains(row);
        for row in (0..before.len()).filter(is_kept) {
            builder.push(NewRow {
                indicator: before.indicator_index(row),
                org_unit: before.org_unit_index(row),
                period: periods[before.periods[row] as usize],
                value: before.value(row),
                denominator: before.denominator(row),
                status: before.status(row),
                origin: before.origin(row),
                period_basis: before.basis(row),
                source: sources[before.sources[row] as usize],
                comment: before.comment(row).map(str::to_owned),
                vintage: before.vintage(row),
            });
        }
        builder
    }

    /// The number that stands for a period in a [`NewRow`].
    pub fn period(&mut self, period: Period) -> u32 {
        self.periods.number(period)
    }

    /// The number that stands for a source in a [`NewRow`].
    pub fn source(&mut self, source: Source) -> u32 {
        self.sources.number(source)
    }

    /// Adds a row.
    pub fn push(&mut self, row: NewRow) {
        let at = self.rows.len() as u32;
        let number = row.value.map_or(Decimal::ZERO, |value| value.number());
        let slack = row
            .value
            .map(|value| value.slack())
            .filter(|slack| !slack.is_zero());
        self.slacks.extend(slack.map(|slack| (at, slack)));
        self.denominators
            .extend(row.denominator.map(|denominator| (at, denominator)));
        self.comments.extend(row.comment.map(|comment| (at, comment)));
        self.rows.push(Packed {
            indicator: row.indicator as u16,
            org_unit: row.org_unit as u32,
            period: row.period,
            number: number.mantissa(),
            scale: number.scale(),
            qualifier: row.value.map(|value| value.qualifier()).unwrap_or_default(),
            status: row.status,
            origin: row.origin,
            period_basis: row.period_basis,
            source: row.source,
            vintage: row.vintage,
        });
    }

    /// Adds an observation; one of an indicator or unit that the catalogue does not know is left out.
    pub fn push_observation(&mut self, observation: Observation) {
        let indicator = self.catalogue.indicator_index(&observation.key.indicator);
        let org_unit = self.catalogue.org_units.index(&observation.key.org_unit);
        let (Some(indicator), Some(org_unit)) = (indicator, org_unit) else {
            return;
        };
        let row = NewRow {
            indicator,
            org_unit,
            period: self.period(observation.key.period),
            value: observation.value,
            denominator: observation.denominator,
            status: observation.status,
            origin: observation.origin,
            period_basis: observation.period_basis,
            source: self.source(observation.source),
            comment: observation.comment,
            vintage: observation.vintage,
        };
        if observation.other_sources != OtherSources::None {
            let at = self.rows.len() as u32;
            self.other_sources.insert(at, observation.other_sources);
        }
        self.push(row);
    }

    /// The dataset of these rows and of the derived indicators computed from them.
    pub fn build(mut self, version: String) -> Dataset {
        for observation in self.derived() {
            self.push_observation(observation);
        }
        let order = self.order((0..self.rows.len()).collect());
        let mut dataset = self.columns(&order);
        dataset.version = version;
        dataset.source_table = self.sources.table;
        dataset.period_table = self.periods.table;
        dataset.comments = renumbered(&order, self.comments);
        dataset.other_sources = renumbered(&order, self.other_sources);
        dataset
    }

    /// The derived observations, from the few indicators that formulas refer to.
    fn derived(&self) -> Vec<Observation> {
        let mut parts: Vec<u16> = Vec::new();
        for indicator in &self.catalogue.indicators {
            if let IndicatorKind::Derived(formula) = &indicator.kind {
                let places = formula.parts().map(|code| self.catalogue.indicator_index(code));
                parts.extend(places.into_iter().flatten().map(|place| place as u16));
            }
        }
        let is_part = |row: &usize| parts.contains(&self.rows[*row].indicator);
        let order = self.order((0..self.rows.len()).filter(is_part).collect());
        let mut of_parts = self.columns(&order);
        of_parts.source_table.clone_from(&self.sources.table);
        of_parts.period_table.clone_from(&self.periods.table);
        let observations: Vec<Observation> =
            (0..of_parts.len()).map(|row| of_parts.observation(row)).collect();
        derive::all(&self.catalogue, observations.iter())
    }

    /// The rows by indicator, org unit and time.
    fn order(&self, mut rows: Vec<usize>) -> Vec<usize> {
        let mut by_time: Vec<usize> = (0..self.periods.table.len()).collect();
        by_time.sort_by_key(|at| (self.periods.table[*at].order_day(), self.periods.table[*at]));
        let mut rank = vec![0; by_time.len()];
        for (at, period) in by_time.into_iter().enumerate() {
            rank[period] = at;
        }
        rows.sort_unstable_by_key(|at| {
            let row = &self.rows[*at];
            (row.indicator, row.org_unit, rank[row.period as usize], *at)
        });
        rows
    }

    /// These rows as columns, without the tables and comments.
    fn columns(&self, order: &[usize]) -> Dataset {
        fn column<T>(order: &[usize], rows: &[Packed], of: impl Fn(&Packed) -> T) -> Vec<T> {
            order.iter().map(|at| of(&rows[*at])).collect()
        }
        let rows = &self.rows;
        Dataset {
            catalogue: self.catalogue.clone(),
            indicators: column(order, rows, |row| row.indicator),
            org_units: column(order, rows, |row| row.org_unit),
            periods: column(order, rows, |row| row.period),
            numbers: column(order, rows, |row| row.number),
            scales: column(order, rows, |row| row.scale),
            qualifiers: column(order, rows, |row| row.qualifier),
            statuses: column(order, rows, |row| row.status),
            origins: column(order, rows, |row| row.origin),
            bases: column(order, rows, |row| row.period_basis),
            sources: column(order, rows, |row| row.source),
            vintages: column(order, rows, |row| row.vintage),
            slacks: renumbered(order, self.slacks.clone()),
            denominators: renumbered(order, self.denominators.clone()),
            ..Dataset::default()
        }
    }
}

/// What belongs to a row by its old number, by its new one.
fn renumbered<T>(order: &[usize], mut of_rows: HashMap<u32, T>) -> HashMap<u32, T> {
    let mut renumbered = HashMap::with_capacity(of_rows.len());
    for (new, old) in order.iter().enumerate() {
        if let Some(value) = of_rows.remove(&(*old as u32)) {
            renumbered.insert(new as u32, value);
        }
    }
    renumbered
}

/// Each distinct value once.
#[derive(Debug)]
struct Interned<T> {
    numbers: HashMap<T, u32>,
    table: Vec<T>,
}

impl<T> Default for Interned<T> {
    fn default() -> Interned<T> {
        Interned {
            numbers: HashMap::new(),
            table: Vec::new(),
        }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Interned<T> {
    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let number = self.table.len() as u32;
        self.table.push(value.clone());
        self.numbers.insert(value, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, SAMPLE};

    #[test]
    fn rows_pushed_in_any_order_give_the_same_dataset() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let read = crate::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
        let observations: Vec<Observation> = read.observations.into_iter().map(|(_, o)| o).collect();
        let catalogue = Arc::new(catalogue);
        let forwards = Dataset::new("1".into(), catalogue.clone(), observations.clone());
        let mut builder = DatasetBuilder::new(catalogue);
        for observation in observations.into_iter().rev() {
            builder.push_observation(observation);
        }
        let backwards = builder.build("1".into());
        assert_eq!(forwards.len(), backwards.len());
        let differs = |row: &usize| forwards.observation(*row) != backwards.observation(*row);
        assert_eq!((0..forwards.len()).find(differs), None);
    }
}
