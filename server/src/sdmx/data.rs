//! `/sdmx/3.0/data`: the observations under a key.

use data::exchange::sdmx_csv::Labels;
use data::exchange::{CONCEPTS, DATAFLOW, Part, cells, period_key, sdmx_csv, sdmx_json};
use data::query::ObservationQuery;
use data::{Dataset, Observation, RowIndex};

use super::filter::Filter;
use super::key::{self, Key};
use super::{about, content, is_ours, names, no_results, not_implemented, segments};
use crate::api::observations::list::{MOST_OBSERVATIONS, known};
use crate::http::accept::{DATA, Form};
use crate::http::answer::{Content, Keep};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// Parts of the standard that are understood and not done.
const NOT_IMPLEMENTED: [&str; 9] = [
    "updatedAfter",
    "firstNObservations",
    "lastNObservations",
    "includeHistory",
    "offset",
    "limit",
    "sort",
    "asOf",
    "reportingYearStartDay",
];

/// The observations that a path and its filters select.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, pairs) = apart_from_lang(asked)?;
    let dataset = &published.dataset;
    let form = asked.form.unwrap_or(Form::Csv);
    let observations = Query::parse(asked, &pairs)?.select(dataset)?;
    let catalogue = &dataset.catalogue;
    let body = match form {
        Form::LabelledCsv => sdmx_csv::write(&observations, catalogue, Labels::Both(lang)),
        Form::Json => sdmx_json::data(&observations, catalogue, about(dataset, lang)),
        Form::Csv | Form::Structure => sdmx_csv::write(&observations, catalogue, Labels::Id),
    };
    Ok(content(form, body, Keep::Briefly))
}

struct Query {
    keys: Vec<Key>,
    filters: Vec<Filter>,
}

impl Query {
    fn parse(asked: &Asked, pairs: &[(&str, &str)]) -> Result<Query, Problem> {
        let segments = segments(asked, DATA);
        let [context, agency, flow, version, key] = [0, 1, 2, 3, 4].map(|at| segments.get(at));
        if segments.len() > 5 {
            return Err(Problem::NoSuchAddress(asked.path.clone()));
        }
        let is_context = names(context, "dataflow") || names(context, "datastructure");
        if !is_context || !names(flow, DATAFLOW) || !is_ours(agency, version) {
            return Err(no_results());
        }
        let keys = Key::parse_all(key.unwrap_or(&"*"))?;
        let mut filters: Vec<Filter> = Vec::new();
        for (parameter, value) in pairs {
            let Some(filter) = Filter::parse(parameter, value) else {
                understood(parameter, value, asked.form)?;
                continue;
            };
            let filter = filter?;
            if filters.iter().any(|other| other.at == filter.at) {
                return Err(Problem::RepeatedParameter((*parameter).to_owned()));
            }
            filters.push(filter);
        }
        Ok(Query { keys, filters })
    }

    /// The observations in the order of the dataset. What the dimensions leave is bounded before any attribute is looked at.
    fn select(&self, dataset: &Dataset) -> Result<Vec<Observation>, Problem> {
        let query = ObservationQuery {
            indicators: self.values(0),
            org_units: self.values(1),
            ..ObservationQuery::default()
        };
        known(dataset, &query)?;
        let mut rows = dataset.rows(&query);
        let (of_key, of_others): (Vec<&Filter>, Vec<&Filter>) =
            self.filters.iter().partition(|filter| is_of_key(filter.at));
        rows.retain(|row| {
            let value = |at: usize| value(dataset, *row, at);
            self.keys.iter().any(|key| key.allows(value))
                && of_key.iter().all(|one| one.holds(&value(one.at)))
        });
        if rows.len() > MOST_OBSERVATIONS {
            let (found, most) = (rows.len(), MOST_OBSERVATIONS);
            return Err(Problem::TooMany { found, most });
        }
        let mut observations: Vec<Observation> =
            rows.into_iter().map(|row| dataset.observation(row)).collect();
        if !of_others.is_empty() {
            observations.retain(|observation| {
                let cells = cells(observation, &dataset.catalogue);
                of_others.iter().all(|filter| filter.holds(&cells[filter.at]))
            });
        }
        match observations.is_empty() {
            true => Err(no_results()),
            false => Ok(observations),
        }
    }

    /// The values that are allowed for a dimension, where they are named; whatever else is said of it is asked row by row.
    fn values(&self, dimension: usize) -> Vec<String> {
        let of_keys = key::values_of(&self.keys, dimension);
        let filter = self.filters.iter().find(|filter| filter.at == dimension);
        match (of_keys.is_empty(), filter) {
            (true, Some(filter)) => filter.values(),
            _ => of_keys,
        }
    }
}

fn is_of_key(at: usize) -> bool {
    matches!(CONCEPTS[at].part, Part::Dimension | Part::Time)
}

/// The value of a dimension, given by its place, in a row.
fn value(dataset: &Dataset, row: RowIndex, dimension: usize) -> String {
    let catalogue = &dataset.catalogue;
    match dimension {
        0 => catalogue.indicators[dataset.indicator_index(row)].code.clone(),
        1 => catalogue.org_units.all()[dataset.org_unit_index(row)]
            .code
            .clone(),
        other => {
            let [kind, years, start, end] = period_key(dataset.period(row));
            match other {
                2 => kind,
                3 => years,
                4 => start,
                _ => end,
            }
        }
    }
}

/// Whether a parameter asks for what is answered anyhow.
fn understood(parameter: &str, value: &str, form: Option<Form>) -> Result<(), Problem> {
    let is_usual = match parameter {
        "dimensionAtObservation" if form == Some(Form::Json) => value == "AllDimensions",
        "dimensionAtObservation" => ["AllDimensions", "TIME_PERIOD"].contains(&value),
        "attributes" => ["dsd", "all"].contains(&value),
        "measures" => ["all", "OBS_VALUE"].contains(&value),
        "includeHistory" => value == "false",
        _ => false,
    };
    let is_known = ["dimensionAtObservation", "attributes", "measures"].contains(&parameter)
        || NOT_IMPLEMENTED.contains(&parameter);
    match (is_usual, is_known) {
        (true, _) => Ok(()),
        (false, true) => Err(not_implemented(&format!("{parameter}={value}"))),
        (false, false) => Err(Problem::UnknownParameter(parameter.to_owned())),
    }
}
