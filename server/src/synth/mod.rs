//! Data made up for tests and benchmarks: realistic in shape, false in every figure, and marked so.

mod random;
mod series;
mod units;

pub use units::{MOST_UNITS, org_units};

use chrono::NaiveDate;
use data::definitions::Catalogue;
use data::{Indicator, IndicatorKind, Observation, OrgUnit, Source};

use series::Series;

/// The last year of every series, provisional throughout. Fixed, so that a seed means the same data in any year.
pub const LAST_YEAR: i32 = 2025;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many of the reported indicators.
    pub indicators: usize,
    /// How many years up to [`LAST_YEAR`].
    pub years: u32,
    /// The same seed gives the same data.
    pub seed: u64,
}

/// The observations of all counties among `units`, one series (an indicator of a unit) after the other, in the order in
/// which a store takes them. Nothing is held but the series in the making.
pub fn observations<'a>(
    catalogue: &'a Catalogue,
    units: &'a [OrgUnit],
    size: Size,
) -> impl Iterator<Item = Vec<Observation>> + 'a {
    let reported = catalogue
        .indicators
        .iter()
        .filter(|indicator| indicator.kind == IndicatorKind::Reported);
    let mut indicators: Vec<&Indicator> = reported.take(size.indicators).collect();
    indicators.sort_by(|a, b| a.code.cmp(&b.code));
    let mut counties: Vec<&OrgUnit> = units
        .iter()
        .filter(|unit| unit.level == data::Level::County)
        .collect();
    counties.sort_by(|a, b| a.code.cmp(&b.code));
    let source = source(size.seed);
    indicators.into_iter().flat_map(move |indicator| {
        let kind = catalogue.unit(&indicator.unit).map(|unit| unit.kind);
        let source = source.clone();
        counties.clone().into_iter().map(move |unit| {
            Series {
                indicator,
                kind,
                unit,
                size,
                source: &source.clone(),
            }
            .observations()
        })
    })
}

fn source(seed: u64) -> Source {
    Source {
        document: format!("合成数据，种子 {seed}（非真实数据）"),
        publisher: "federation-dashboard synth".into(),
        published: NaiveDate::from_ymd_opt(LAST_YEAR + 1, 1, 31).unwrap_or_default(),
        place: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use data::definitions::BUILT_IN;
    use data::{Dataset, Origin};

    use super::*;

    fn made(seed: u64) -> (Catalogue, Vec<Observation>) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let units = org_units(12);
        let size = Size {
            indicators: 50,
            years: 10,
            seed,
        };
        let observations = observations(&catalogue, &units, size).flatten().collect();
        (catalogue.with_org_units(units), observations)
    }

    #[test]
    fn the_same_seed_gives_the_same_data_and_another_seed_other_data() {
        assert_eq!(made(1).1, made(1).1);
        assert_ne!(made(1).1, made(2).1);
    }

    #[test]
    fn every_observation_is_marked_and_in_the_order_of_the_store() {
        let (_, observations) = made(1);
        assert!(
            observations
                .iter()
                .all(|observation| observation.origin == Origin::Synthetic)
        );
        let keys: Vec<_> = observations.iter().map(crate::store::key_order).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn what_is_made_up_is_valid_by_the_rules_for_files() {
        let (catalogue, observations) = made(3);
        let csv = data::write::csv(&observations, &catalogue);
        let read = data::read::observations("synthetic.csv", &csv, &catalogue);
        let issues: Vec<String> = read.issues.iter().take(5).map(ToString::to_string).collect();
        assert!(issues.is_empty(), "{issues:?}");
        assert_eq!(read.observations.len(), observations.len());
        let dataset = Dataset::new("1".into(), Arc::new(catalogue), observations);
        assert!(dataset.is_synthetic());
    }

    #[test]
    fn some_figures_are_qualified_missing_or_not_reported_and_the_last_year_is_provisional() {
        let (_, observations) = made(5);
        let share =
            |is: &dyn Fn(&Observation) -> bool| observations.iter().filter(|o| is(o)).count() as f64 / 6000.0;
        let qualified = share(&|o| {
            o.value
                .is_some_and(|value| value.qualifier() != data::Qualifier::Exact)
        });
        assert!((0.02..0.2).contains(&qualified), "{qualified}");
        assert!((0.002..0.05).contains(&share(&|o| o.status.is_missing())));
        assert!((0.9..1.0).contains(&(observations.len() as f64 / 6000.0)));
        let last = |o: &&Observation| o.key.period.end().is_some_and(|end| end.year() == LAST_YEAR);
        assert!(
            observations
                .iter()
                .filter(last)
                .all(|o| o.status.is_preliminary() || o.status.is_missing())
        );
    }
}
