use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

mod builder;

pub use builder::{DatasetBuilder, NewRow};

use crate::definitions::Catalogue;
use crate::query::ObservationQuery;
use crate::{
    Decimal, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, Period,
    PeriodBasis, Qualifier, Source,
};

/// All published observations as columns, immutable: a new published state is a new dataset, swapped in whole.
///
/// Rows are ordered by indicator and org unit (both in the order of the catalogue), then by time, so that all
/// figures of one indicator, and of one unit within it, are a range of rows found by bisection. A row costs some
/// 32 bytes; what few rows have (slack, denominator, comment) stands apart.
#[derive(Debug, Default)]
pub struct Dataset {
    /// Names this state: the strong entity tag of every answer made from it.
    pub version: String,
    /// When this state was published, RFC 3339 in UTC; none where nothing was.
    pub published_at: Option<String>,
    /// What the observations refer to.
    pub catalogue: Arc<Catalogue>,
    indicators: Vec<u16>,
    org_units: Vec<u32>,
    periods: Vec<u32>,
    numbers: Vec<i64>,
    scales: Vec<u8>,
    qualifiers: Vec<Qualifier>,
    statuses: Vec<ObservationStatus>,
    origins: Vec<Origin>,
    bases: Vec<PeriodBasis>,
    sources: Vec<u32>,
    vintages: Vec<u32>,
    slacks: HashMap<u32, Decimal>,
    denominators: HashMap<u32, Decimal>,
    comments: HashMap<u32, String>,
    other_sources: HashMap<u32, OtherSources>,
    period_table: Vec<Period>,
    source_table: Vec<Source>,
}

/// A row of a [`Dataset`].
pub type RowIndex = usize;

impl Dataset {
    /// The dataset of these observations, with the derived indicators computed. Observations of indicators or units
    /// that the catalogue does not know are left out: the store's check names them.
    pub fn new(version: String, catalogue: Arc<Catalogue>, observations: Vec<Observation>) -> Dataset {
        let mut builder = DatasetBuilder::new(catalogue);
        for observation in observations {
            builder.push_observation(observation);
        }
        builder.build(version)
    }

    /// How many observations there are.
    pub fn len(&self) -> usize {
        self.indicators.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }

    /// The observation in a row.
    pub fn observation(&self, row: RowIndex) -> Observation {
        let key = row as u32;
        Observation {
            key: ObservationKey {
                indicator: self.catalogue.indicators[self.indicators[row] as usize]
                    .code
                    .clone(),
                org_unit: self.catalogue.org_units.all()[self.org_units[row] as usize]
                    .code
                    .clone(),
                period: *self.period(row),
            },
            value: self.value(row),
            denominator: self.denominators.get(&key).copied(),
            status: self.statuses[row],
            origin: self.origins[row],
            period_basis: self.bases[row],
            source: self.source(row).clone(),
            other_sources: self.other_sources.get(&key).cloned().unwrap_or_default(),
            comment: self.comments.get(&key).cloned(),
            vintage: self.vintages[row],
        }
    }

    /// The period of a row.
    pub fn period(&self, row: RowIndex) -> &Period {
        &self.period_table[self.periods[row] as usize]
    }

    /// Every period that a row has, each once: what is asked of periods is asked of these, and not of every row.
    pub fn periods(&self) -> &[Period] {
        &self.period_table
    }

    /// Where the period of a row stands among [`Dataset::periods`].
    pub fn period_index(&self, row: RowIndex) -> usize {
        self.periods[row] as usize
    }

    /// Where the org unit of a row stands in the catalogue.
    pub fn org_unit_index(&self, row: RowIndex) -> usize {
        self.org_units[row] as usize
    }

    /// Where the indicator of a row stands in the catalogue.
    pub fn indicator_index(&self, row: RowIndex) -> usize {
        self.indicators[row] as usize
    }

    /// The document of a row, or the first of them.
    pub fn source(&self, row: RowIndex) -> &Source {
        &self.source_table[self.sources[row] as usize]
    }

    /// The documents of a row beside the first.
    pub fn other_sources(&self, row: RowIndex) -> &OtherSources {
        self.other_sources
            .get(&(row as u32))
            .unwrap_or(&OtherSources::None)
    }

    /// Of how many the value of a row is.
    pub fn denominator(&self, row: RowIndex) -> Option<Decimal> {
        self.denominators.get(&(row as u32)).copied()
    }

    /// The remark beside a row.
    pub fn comment(&self, row: RowIndex) -> Option<&str> {
        self.comments.get(&(row as u32)).map(String::as_str)
    }

    /// The rows whose first document is one of these; each document is asked about once.
    pub fn rows_of_sources(&self, is_wanted: impl Fn(&Source) -> bool) -> impl Iterator<Item = RowIndex> {
        let wanted: Vec<bool> = self.source_table.iter().map(is_wanted).collect();
        let rows = self.sources.iter().enumerate();
        rows.filter(move |(_, source)| wanted.get(**source as usize).copied().unwrap_or(false))
            .map(|(row, _)| row)
    }

    /// The documents that a row names: one, or those of the figures it was derived from.
    pub fn sources(&self, row: RowIndex) -> impl Iterator<Item = &Source> {
        let others = self.other_sources.get(&(row as u32));
        std::iter::once(self.source(row)).chain(others.map_or(&[][..], OtherSources::named))
    }

    /// How the value of a row came out of its source.
    pub fn origin(&self, row: RowIndex) -> Origin {
        self.origins[row]
    }

    /// The published state in which a row first appeared.
    pub fn vintage(&self, row: RowIndex) -> u32 {
        self.vintages[row]
    }

    /// Whether anything in it was made up for tests.
    pub fn is_synthetic(&self) -> bool {
        self.origins.contains(&Origin::Synthetic)
    }

    /// Normal, provisional or missing.
    pub fn status(&self, row: RowIndex) -> ObservationStatus {
        self.statuses[row]
    }

    /// Whether the source of a row states its period.
    pub fn basis(&self, row: RowIndex) -> PeriodBasis {
        self.bases[row]
    }

    /// The value of a row; none where it is missing.
    pub fn value(&self, row: RowIndex) -> Option<ObservationValue> {
        if self.statuses[row].is_missing() {
            return None;
        }
        let slack = self.slacks.get(&(row as u32)).copied().unwrap_or(Decimal::ZERO);
        let number = Decimal::new(self.numbers[row], self.scales[row])?;
        ObservationValue::with_slack(number, self.qualifiers[row], slack).ok()
    }

    /// The rows a query selects, in the order of the dataset.
    pub fn rows(&self, query: &ObservationQuery) -> Vec<RowIndex> {
        let index = |code: &String| self.catalogue.org_units.index(code);
        let mut units: Vec<usize> = query.org_units.iter().filter_map(index).collect();
        units.sort_unstable();
        units.dedup();
        let mut indicators: Vec<usize> = query
            .indicators
            .iter()
            .filter_map(|code| self.catalogue.indicator_index(code))
            .collect();
        indicators.sort_unstable();
        indicators.dedup();
        if query.indicators.is_empty() {
            indicators = (0..self.catalogue.indicators.len()).collect();
        }
        let mut rows = Vec::new();
        for indicator in indicators {
            if query.org_units.is_empty() {
                rows.extend(self.indicator_rows(indicator));
            }
            for unit in &units {
                rows.extend(self.unit_rows(indicator, *unit));
            }
        }
        rows.retain(|row| query.includes(self.period(*row)));
        rows
    }

    /// The rows of one indicator, given by its place in the catalogue.
    pub fn indicator_rows(&self, indicator: usize) -> Range<RowIndex> {
        let start = self.indicators.partition_point(|at| usize::from(*at) < indicator);
        let end = self
            .indicators
            .partition_point(|at| usize::from(*at) <= indicator);
        start..end
    }

    /// The rows of one indicator and org unit, both given by their place in the catalogue.
    pub fn unit_rows(&self, indicator: usize, org_unit: usize) -> Range<RowIndex> {
        self.unit_rows_within(self.indicator_rows(indicator), org_unit)
    }

    /// The rows of one org unit among those of one indicator, for who has them at hand.
    pub fn unit_rows_within(&self, rows: Range<RowIndex>, org_unit: usize) -> Range<RowIndex> {
        let units = &self.org_units[rows.clone()];
        let start = units.partition_point(|at| (*at as usize) < org_unit);
        let end = units.partition_point(|at| (*at as usize) <= org_unit);
        rows.start + start..rows.start + end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, SAMPLE};

    pub(crate) fn sample() -> Dataset {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let read = crate::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
        let observations = read
            .observations
            .into_iter()
            .map(|(_, observation)| observation)
            .collect();
        Dataset::new("1".into(), Arc::new(catalogue), observations)
    }

    fn query(text: &str) -> ObservationQuery {
        ObservationQuery::parse(text.split('&').filter_map(|pair| pair.split_once('='))).unwrap()
    }

    #[test]
    fn a_query_finds_both_ends_of_the_window_in_order_of_time() {
        let dataset = sample();
        let rows = dataset.rows(&query("indicator=taxpaying_firms&org-unit=371482"));
        let numbers: Vec<String> = rows
            .iter()
            .map(|row| dataset.value(*row).unwrap().number().to_string())
            .collect();
        assert_eq!(numbers, ["2330", "6989"]);
    }

    #[test]
    fn what_is_read_comes_back_whole() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let read = crate::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
        let dataset = sample();
        for (_, observation) in &read.observations {
            let rows = dataset.rows(&query(&format!(
                "indicator={}&org-unit={}",
                observation.key.indicator, observation.key.org_unit
            )));
            assert!(
                rows.iter().any(|row| dataset.observation(*row) == *observation),
                "{:?}",
                observation.key
            );
        }
    }

    #[test]
    fn a_query_is_bounded_by_periods() {
        let dataset = sample();
        let count = |text: &str| dataset.rows(&query(text)).len();
        assert_eq!(count("indicator=taxpaying_firms&start-period=2022"), 1);
        assert_eq!(count("indicator=taxpaying_firms&end-period=2021"), 1);
        assert_eq!(count("org-unit=371482&start-period=2023"), 0);
    }

    #[test]
    fn the_derived_indicator_is_computed_and_says_so() {
        let dataset = sample();
        let rows = dataset.rows(&query("indicator=firms_per_commissioner"));
        let ratio = dataset.observation(rows[0]);
        assert_eq!(ratio.value.unwrap().number().to_string(), "1.97");
        assert_eq!(ratio.origin, Origin::Derived);
    }
}
