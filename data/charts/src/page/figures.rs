//! The figures of one unit by indicator, and which of them a page speaks of first.

use data::page::{PageRequest, Place};
use data::{Indicator, Observation, PeriodBasis, PeriodKind, UnitKind};

use crate::context::Context;
use crate::order;
use crate::sentence::{self, Pair};

/// The figures of one unit, by indicator in the order of the catalogue and then of time.
pub(crate) struct Figures<'a> {
    pub by_indicator: Vec<(&'a Indicator, Vec<&'a Observation>)>,
    indicators: &'a [Indicator],
}

/// An indicator that a page speaks of first.
#[derive(Clone, Copy)]
pub(crate) struct Prominent<'b, 'a> {
    /// Its latest figure.
    pub latest: &'a Observation,
    /// All of its figures in order of time.
    pub series: &'b [&'a Observation],
    /// The change over them, where they may be compared.
    pub pair: Option<Pair<'a>>,
}

impl<'a> Figures<'a> {
    pub(crate) fn new(indicators: &'a [Indicator], observations: &'a [Observation]) -> Figures<'a> {
        let of = |indicator: &'a Indicator| {
            let mine: Vec<_> = observations
                .iter()
                .filter(|o| o.key.indicator == indicator.code)
                .collect();
            (!mine.is_empty()).then_some((indicator, mine))
        };
        Figures {
            by_indicator: indicators.iter().filter_map(of).collect(),
            indicators,
        }
    }

    /// From–to pairs that open and close a window, the most prominent indicator first.
    pub(crate) fn window_pairs(&self) -> Vec<Pair<'a>> {
        let pair = |(indicator, observations): &(&Indicator, Vec<&'a Observation>)| {
            let pair = sentence::pair(self.indicators, observations)
                .filter(|pair| pair.from.key.period.is_opening())?;
            Some((indicator.prominence.unwrap_or(u8::MAX), pair))
        };
        let pairs: Vec<(u8, Pair<'a>)> = self.by_indicator.iter().filter_map(pair).collect();
        let pairs = order::sorted(&pairs, |(prominence, _)| f64::from(*prominence));
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The prominent indicators, the most prominent first.
    pub(crate) fn prominent(&self) -> Vec<Prominent<'_, 'a>> {
        let mut prominent = Vec::new();
        for (indicator, series) in &self.by_indicator {
            if let (Some(prominence), Some(latest)) = (indicator.prominence, series.last()) {
                prominent.push((
                    prominence,
                    Prominent {
                        latest,
                        series,
                        pair: sentence::pair(self.indicators, series),
                    },
                ));
            }
        }
        let prominent = order::sorted(&prominent, |(prominence, _)| f64::from(*prominence));
        prominent.into_iter().map(|(_, prominent)| prominent).collect()
    }

    /// The latest figures of the dimension and period that most indicators share, then the others of the dimension,
    /// which may not stand on their axis. `None` where no two share one.
    pub(crate) fn same_axis(&self, context: &Context<'_>) -> Option<Vec<&'a Observation>> {
        let all: Vec<(&str, &'a Observation)> = self
            .by_indicator
            .iter()
            .filter_map(|(indicator, series)| {
                let unit = context
                    .unit(indicator)
                    .filter(|unit| unit.kind == UnitKind::Count)?;
                Some((unit.dimension.as_str(), *series.last()?))
            })
            .collect();
        let alike = |(dimension, first): &(&str, &Observation)| {
            all.iter()
                .filter(|(other, o)| other == dimension && shares_axis(o, first))
                .count()
        };
        let best = all
            .iter()
            .filter(|(_, o)| is_stated_flow(o))
            .max_by_key(|candidate| alike(candidate))?;
        if alike(best) < 2 {
            return None;
        }
        let of_dimension = all
            .iter()
            .filter(|(dimension, _)| *dimension == best.0)
            .map(|(_, o)| *o);
        let (mut same, others): (Vec<_>, Vec<_>) = of_dimension.partition(|o| shares_axis(o, best.1));
        same.extend(others);
        Some(same)
    }

    /// The page of an indicator with the unit these figures are of.
    pub(crate) fn href(&self, request: &PageRequest, code: &str) -> String {
        let unit = self
            .by_indicator
            .first()
            .map(|(_, series)| series[0].key.org_unit.clone());
        let place = Place::Indicator {
            code: code.to_owned(),
            org_units: unit.into_iter().collect(),
            year: None,
        };
        request.at(place).href()
    }
}

fn shares_axis(observation: &Observation, first: &Observation) -> bool {
    observation.period_basis == PeriodBasis::Stated
        && observation.key.period.shares_axis(&first.key.period).is_ok()
}

fn is_stated_flow(observation: &Observation) -> bool {
    observation.period_basis == PeriodBasis::Stated
        && matches!(
            observation.key.period.kind(),
            PeriodKind::YearToDate | PeriodKind::Year
        )
}
