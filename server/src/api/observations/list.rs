use data::query::ObservationQuery;
use data::{Dataset, Lang, Observation, RowIndex, page, write};
use hyper::StatusCode;

use crate::api::json as json_of;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;

/// One indicator of all 2,978 counties over 16 years is 47,648 observations, some 20 MB of JSON. Whoever wants more asks
/// by indicator or year, or takes `export`.
pub const MOST_OBSERVATIONS: usize = 50_000;

/// What a query selects, with everything it refers to.
pub fn json(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (_, rows) = select(&published.dataset, asked)?;
    json_of(&page::observations(&published.dataset, &rows))
}

/// The same as a file for a spreadsheet, in the columns that are imported.
pub fn csv(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let dataset = &published.dataset;
    let (query, rows) = select(dataset, asked)?;
    let observations: Vec<Observation> = rows.into_iter().map(|row| dataset.observation(row)).collect();
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Csv,
        body: write::csv(&observations, &dataset.catalogue),
        file_name: Some(file_name(dataset, &query)),
        policies: None,
        keep: Keep::Long,
    })
}

/// The observations that a query selects.
pub fn selected(dataset: &Dataset, asked: &Asked) -> Result<Vec<Observation>, Problem> {
    let (_, rows) = select(dataset, asked)?;
    Ok(rows.into_iter().map(|row| dataset.observation(row)).collect())
}

/// What an address asks for, and the rows that it selects.
pub fn select(dataset: &Dataset, asked: &Asked) -> Result<(ObservationQuery, Vec<RowIndex>), Problem> {
    let query = ObservationQuery::parse(asked.pairs())?;
    known(dataset, &query)?;
    let rows = dataset.rows(&query);
    if rows.len() > MOST_OBSERVATIONS {
        return Err(Problem::TooMany {
            found: rows.len(),
            most: MOST_OBSERVATIONS,
        });
    }
    Ok((query, rows))
}

/// Fails where a query names what nobody knows.
pub fn known(dataset: &Dataset, query: &ObservationQuery) -> Result<(), Problem> {
    if let Some(unknown) = query
        .indicators
        .iter()
        .find(|code| dataset.catalogue.indicator(code).is_none())
    {
        return Err(Problem::UnknownIndicator(unknown.clone()));
    }
    if let Some(unknown) = query
        .org_units
        .iter()
        .find(|code| dataset.catalogue.org_units.get(code).is_none())
    {
        return Err(Problem::UnknownOrgUnit(unknown.clone()));
    }
    Ok(())
}

/// 纳税企业数_禹城市_2022.csv: what was asked for, where it is one thing.
fn file_name(dataset: &Dataset, query: &ObservationQuery) -> String {
    let catalogue = &dataset.catalogue;
    let indicator = match query.indicators.as_slice() {
        [code] => catalogue
            .indicator(code)
            .map(|indicator| indicator.name.get(Lang::Zh)),
        _ => None,
    };
    let org_unit = match query.org_units.as_slice() {
        [code] => catalogue.org_units.get(code).map(|unit| unit.name.get(Lang::Zh)),
        _ => None,
    };
    let years = match (query.start_period, query.end_period) {
        (None, None) => None,
        (start, end) => {
            let year = |date: Option<data::PartialDate>| {
                date.map(|date| date.year().to_string()).unwrap_or_default()
            };
            let (start, end) = (year(start), year(end));
            Some(if start == end {
                start
            } else {
                format!("{start}-{end}")
            })
        }
    };
    let parts = [Some(indicator.unwrap_or("指标")), org_unit, years.as_deref()];
    format!(
        "{}.csv",
        parts.into_iter().flatten().collect::<Vec<_>>().join("_")
    )
}
