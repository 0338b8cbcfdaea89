//! `/sdmx/3.0/data`: the observations under a key.

use data::exchange::sdmx_csv::Labels;
use data::exchange::{DATAFLOW, cells, sdmx_csv, sdmx_json};
use data::query::ObservationQuery;
use data::{Dataset, Observation};

use super::filter::{FEWER_CONDITIONS, Filter, MOST_CONDITIONS};
use super::key::Key;
use super::select::{self, is_of_key};
use super::{about, content, is_ours, names, no_results, not_implemented, segments};
use crate::api::observations::list::known;
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
            let found = filters.iter().map(Filter::conditions).sum::<usize>();
            if found > MOST_CONDITIONS {
                return Err(Problem::BadParameter {
                    parameter: (*parameter).to_owned(),
                    found: found.to_string(),
                    expected: FEWER_CONDITIONS,
                });
            }
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
        let rows = select::rows(dataset, &self.keys, &self.filters)?;
        let of_others: Vec<&Filter> = self.filters.iter().filter(|one| !is_of_key(one.at)).collect();
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

    /// The values that are named for a dimension, each of which has to be known.
    fn values(&self, dimension: usize) -> Vec<String> {
        let of_keys = self.keys.iter().flat_map(|key| key.values(dimension)).cloned();
        let filters = self.filters.iter().filter(|filter| filter.at == dimension);
        of_keys.chain(filters.flat_map(Filter::values)).collect()
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
