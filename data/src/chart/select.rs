use super::data::Below;
use super::{ChartData, ChartKind, ChartRequest, Shown};
use crate::api::RolledUp;
use crate::page::{self, Compared};
use crate::query::{ObservationQuery, QueryError};
use crate::{Dataset, Observation, OrgUnit, PartialDate, Phrase, UnitMeasure, rank, roll_up};

/// Why there is no chart at an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// No indicator has this code.
    #[error("there is no indicator `{0}`")]
    UnknownIndicator(String),
    /// No org unit has this code.
    #[error("there is no org unit `{0}`")]
    UnknownOrgUnit(String),
    /// What the kind of chart needs is missing, or more than it takes.
    #[error(transparent)]
    Query(#[from] QueryError),
}

const ONE_INDICATOR: Phrase = Phrase::new("一项指标", "one indicator");
const ONE_UNIT: Phrase = Phrase::new("一个地区", "one area");

/// The figures of the chart at an address.
///
/// A chart that may not be drawn has its figures all the same: who draws it says why.
pub fn chart_data(dataset: &Dataset, request: &ChartRequest) -> Result<ChartData, ChartError> {
    check_codes(dataset, request)?;
    let data = selected(dataset, request)?;
    let outside = match data.observations().is_empty() {
        true => all_of(dataset, &data),
        false => 0,
    };
    Ok(ChartData { outside, ..data })
}

/// How many figures there are of the indicators and units, whenever they are of.
fn all_of(dataset: &Dataset, data: &ChartData) -> usize {
    let query = ObservationQuery {
        indicators: data
            .indicators
            .iter()
            .map(|indicator| indicator.code.clone())
            .collect(),
        org_units: data.org_units.iter().map(|unit| unit.code.clone()).collect(),
        ..ObservationQuery::default()
    };
    match query.indicators.is_empty() || query.org_units.is_empty() {
        true => 0,
        false => dataset.rows(&query).len(),
    }
}

fn selected(dataset: &Dataset, request: &ChartRequest) -> Result<ChartData, ChartError> {
    match request.kind {
        ChartKind::Line => {
            let indicator = one(&request.indicators, "indicator", ONE_INDICATOR)?;
            Ok(by_unit(dataset, request, indicator))
        }
        ChartKind::FromTo if request.indicators.len() == 1 => {
            Ok(by_unit(dataset, request, &request.indicators[0]))
        }
        ChartKind::FromTo | ChartKind::Bar => {
            let unit = one(&request.org_units, "org-unit", ONE_UNIT)?;
            Ok(by_indicator(dataset, request, unit))
        }
        ChartKind::Ranking => {
            let indicator = one(&request.indicators, "indicator", ONE_INDICATOR)?;
            // A ranking is of a year.
            let bounds = [
                ("start-period", request.start_period),
                ("end-period", request.end_period),
            ];
            if let Some((bound, _)) = bounds.iter().find(|(_, date)| date.is_some()) {
                return Err(QueryError::UnknownParameter((*bound).to_owned()).into());
            }
            Ok(ranking(dataset, request, indicator))
        }
        ChartKind::Below => {
            let unit = one(&request.org_units, "org-unit", ONE_UNIT)?;
            let indicator = match request.indicators.as_slice() {
                [] => None,
                some => Some(one(some, "indicator", ONE_INDICATOR)?),
            };
            Ok(below(dataset, request, unit, indicator))
        }
    }
}

fn check_codes(dataset: &Dataset, request: &ChartRequest) -> Result<(), ChartError> {
    let catalogue = &dataset.catalogue;
    let indicator = request
        .indicators
        .iter()
        .find(|code| catalogue.indicator(code).is_none());
    let unit = request
        .org_units
        .iter()
        .find(|code| catalogue.org_units.get(code).is_none());
    match (indicator, unit) {
        (Some(code), _) => Err(ChartError::UnknownIndicator(code.clone())),
        (None, Some(code)) => Err(ChartError::UnknownOrgUnit(code.clone())),
        (None, None) => Ok(()),
    }
}

/// The only code of a parameter.
fn one<'a>(codes: &'a [String], parameter: &'static str, expected: Phrase) -> Result<&'a str, ChartError> {
    match codes {
        [code] => Ok(code),
        [] => Err(QueryError::Missing(parameter).into()),
        [_, second, ..] => Err(QueryError::BadValue {
            parameter: parameter.to_owned(),
            found: second.clone(),
            expected,
        }
        .into()),
    }
}

fn by_unit(dataset: &Dataset, request: &ChartRequest, indicator: &str) -> ChartData {
    let Compared {
        units,
        of_other_levels,
    } = page::compared(dataset, indicator, &request.org_units);
    let figures = |unit: &OrgUnit| {
        let query = ObservationQuery {
            indicators: vec![indicator.to_owned()],
            org_units: vec![unit.code.clone()],
            ..ObservationQuery::default()
        };
        (unit.code.clone(), observations(dataset, &query, request))
    };
    let shown = Shown::ByUnit(units.iter().map(figures).collect());
    let data = with_names(dataset, shown, [indicator].into_iter(), units);
    ChartData {
        of_other_levels,
        ..data
    }
}

fn by_indicator(dataset: &Dataset, request: &ChartRequest, unit: &str) -> ChartData {
    let all = dataset
        .catalogue
        .indicators
        .iter()
        .map(|indicator| indicator.code.as_str());
    let wanted: Vec<&str> = match request.indicators.is_empty() {
        true => all.collect(),
        false => request.indicators.iter().map(String::as_str).collect(),
    };
    let figures = |indicator: &&str| {
        let query = ObservationQuery {
            indicators: vec![(*indicator).to_owned()],
            org_units: vec![unit.to_owned()],
            ..ObservationQuery::default()
        };
        observations(dataset, &query, request)
    };
    let shown = Shown::ByIndicator(wanted.iter().flat_map(figures).collect());
    let units = dataset.catalogue.org_units.get(unit).cloned();
    with_names(dataset, shown, wanted.into_iter(), units.into_iter().collect())
}

/// The figures of a query within the bounds and in the year that are asked for, in order of time.
fn observations(dataset: &Dataset, query: &ObservationQuery, request: &ChartRequest) -> Vec<Observation> {
    let is_in_year = |end: Option<PartialDate>| {
        request
            .year
            .is_none_or(|year| end.is_some_and(|end| end.year() == year))
    };
    let rows = dataset.rows(query).into_iter().filter(|row| {
        let period = dataset.period(*row);
        request.includes(period) && is_in_year(period.end())
    });
    rows.map(|row| dataset.observation(row)).collect()
}

fn ranking(dataset: &Dataset, request: &ChartRequest, indicator: &str) -> ChartData {
    let org_units = &dataset.catalogue.org_units;
    let compared = page::compared(dataset, indicator, &request.org_units).units;
    let first = compared.first();
    let found = first.and_then(|unit| {
        let parent = unit.parent.as_deref()?;
        rank::ranking_of_level(dataset, indicator, parent, Some(unit.level), request.year)
    });
    let ranking = found.filter(|ranking| !ranking.ranked.is_empty() || !ranking.not_comparable.is_empty());
    let named = |ranking: &crate::api::Ranking| ranking.org_units.clone();
    let chosen = request
        .org_units
        .iter()
        .filter_map(|code| org_units.get(code))
        .cloned();
    let units = chosen
        .chain(ranking.as_ref().map(named).unwrap_or_default())
        .collect();
    let shown = Shown::Ranking {
        ranking: ranking.map(Box::new),
        chosen: request.org_units.clone(),
    };
    with_names(dataset, shown, [indicator].into_iter(), units)
}

fn below(dataset: &Dataset, request: &ChartRequest, unit: &str, indicator: Option<&str>) -> ChartData {
    let roll_ups = roll_up::roll_ups(dataset, unit).unwrap_or_default();
    let is_wanted = |rolled: &RolledUp| {
        let (key, year) = (&rolled.observation.key, request.year);
        indicator.is_none_or(|code| key.indicator == code)
            && request.includes(&key.period)
            && year.is_none_or(|year| key.period.end().is_some_and(|end| end.year() == year))
    };
    let parts = page::below_of(dataset, unit, &roll_ups, is_wanted);
    let whole = parts.first().and_then(|part| {
        let key = &part.observation.key;
        let is_same = |rolled: &&RolledUp| {
            rolled.observation.key.indicator == key.indicator && rolled.observation.key.period == key.period
        };
        roll_ups.roll_ups.iter().find(is_same).cloned()
    });
    let org_units = &dataset.catalogue.org_units;
    let mut units: Vec<OrgUnit> = org_units.get(unit).into_iter().cloned().collect();
    units.extend(org_units.children(unit).cloned());
    let indicators: Vec<String> = indicator
        .map(ToOwned::to_owned)
        .or_else(|| Some(whole.as_ref()?.observation.key.indicator.clone()))
        .into_iter()
        .collect();
    let below = whole.map(|whole| {
        Box::new(Below {
            parent: unit.to_owned(),
            whole,
            parts,
        })
    });
    with_names(
        dataset,
        Shown::Below(below),
        indicators.iter().map(String::as_str),
        units,
    )
}

fn with_names<'a>(
    dataset: &Dataset,
    shown: Shown,
    indicators: impl Iterator<Item = &'a str>,
    org_units: Vec<OrgUnit>,
) -> ChartData {
    let catalogue = &dataset.catalogue;
    let indicators: Vec<_> = indicators
        .filter_map(|code| catalogue.indicator(code))
        .cloned()
        .collect();
    let is_used = |unit: &&UnitMeasure| indicators.iter().any(|indicator| indicator.unit == unit.code);
    ChartData {
        shown,
        units: catalogue.units.iter().filter(is_used).cloned().collect(),
        indicators,
        org_units,
        of_other_levels: Vec::new(),
        outside: 0,
    }
}
