use data::query::ObservationQuery;
use data::{Dataset, Lang, Names, Observation, RowIndex, page, write};
use hyper::StatusCode;

use crate::api::json as json_of;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::sheets::download::{self, Download};

/// One indicator of all 2,978 counties over 16 years is 47,648 observations, some 20 MB of JSON. Whoever wants more asks
/// by indicator or year, or takes `export`.
pub const MOST_OBSERVATIONS: usize = 50_000;

/// What a query selects, with everything it refers to.
pub fn json(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (_, rows) = select(&published.dataset, asked.pairs())?;
    json_of(&page::observations(&published.dataset, &rows))
}

/// The same as a file for a spreadsheet, in the columns that are imported.
pub fn csv(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let dataset = &published.dataset;
    let (query, rows) = select(dataset, asked.pairs())?;
    let observations: Vec<Observation> = rows.into_iter().map(|row| dataset.observation(row)).collect();
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Csv,
        body: write::csv(&observations, &dataset.catalogue),
        file_name: Some(file_name(dataset, &query, Lang::Zh, "csv")),
        policies: None,
        keep: Keep::Long,
    })
}

/// The same as a workbook, for people as well as for programs; `lang` says for whom.
pub fn xlsx(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let dataset = &published.dataset;
    let (lang, pairs) = apart_from_lang(asked)?;
    let (query, rows) = select(dataset, pairs)?;
    let observations: Vec<Observation> = rows.into_iter().map(|row| dataset.observation(row)).collect();
    let body = workbook(&Download {
        title: Names {
            zh: title(dataset, &query, Lang::Zh),
            en: title(dataset, &query, Lang::En),
        },
        lang,
        catalogue: &dataset.catalogue,
        version: &dataset.version,
        observations: &observations,
        notes: Vec::new(),
    })?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Xlsx,
        body,
        file_name: Some(file_name(dataset, &query, lang, "xlsx")),
        policies: None,
        keep: Keep::Long,
    })
}

/// A workbook of figures, whoever asks for it.
pub fn workbook(download: &Download<'_>) -> Result<Vec<u8>, Problem> {
    download::workbook(download).map_err(|error| {
        tracing::error!(%error, "figures cannot be written as a workbook");
        Problem::Internal
    })
}

/// The observations that parameters select.
pub fn selected<'a>(
    dataset: &Dataset,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<Observation>, Problem> {
    let (_, rows) = select(dataset, pairs)?;
    Ok(rows.into_iter().map(|row| dataset.observation(row)).collect())
}

/// What parameters ask for, and the rows that they select.
pub fn select<'a>(
    dataset: &Dataset,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(ObservationQuery, Vec<RowIndex>), Problem> {
    let query = ObservationQuery::parse(pairs)?;
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
fn file_name(dataset: &Dataset, query: &ObservationQuery, lang: Lang, extension: &str) -> String {
    let parts = parts(dataset, query, lang);
    format!("{}.{extension}", parts.join("_"))
}

/// The same for people: 纳税企业数，禹城市，2022.
fn title(dataset: &Dataset, query: &ObservationQuery, lang: Lang) -> String {
    parts(dataset, query, lang).join(lang.pick("，", ", "))
}

fn parts(dataset: &Dataset, query: &ObservationQuery, lang: Lang) -> Vec<String> {
    let catalogue = &dataset.catalogue;
    let indicator = match query.indicators.as_slice() {
        [code] => catalogue.indicator(code).map(|indicator| &indicator.name),
        _ => None,
    };
    let indicator = indicator.map_or(lang.pick("指标", "Indicators"), |name| name.get(lang));
    let org_unit = match query.org_units.as_slice() {
        [code] => catalogue.org_units.get(code).map(|unit| unit.name.get(lang)),
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
    let parts = [Some(indicator.to_owned()), org_unit.map(str::to_owned), years];
    parts.into_iter().flatten().collect()
}
