//! The files that figures of a page are handed out as.

use data::page::PageRequest;
use data::query::ObservationQuery;
use data::{AsOf, Lang, Observation, PartialDate};

use crate::figure::Figure;
use crate::html::{element, menu};

/// How many years of a unit are offered whole; older ones are at their addresses.
const MOST_YEARS: usize = 5;

/// The figures that a query selects, of the state that the page shows.
pub(crate) fn of(request: &PageRequest, query: &ObservationQuery) -> Vec<(String, String)> {
    let query = query.to_query_string();
    let file = |name: &str| {
        let ending = name.to_lowercase();
        let address = format!("/api/v1/observations.{ending}?{query}");
        (name.to_owned(), address + &state(request, ending == "xlsx"))
    };
    ["CSV", "XLSX", "JSON"].map(file).into()
}

/// The figure with its chart's own addresses: pictures before its other files, and last the page from which it is embedded.
/// `kind` is that of the chart; `query` what it asks for, with its `year` where it is of one.
pub(crate) fn with_chart(
    request: &PageRequest,
    kind: &str,
    (query, year): (&ObservationQuery, Option<i32>),
    figure: Figure,
) -> Figure {
    let year = year.map(|year| format!("&year={year}")).unwrap_or_default();
    let query = query.to_query_string() + &year + &state(request, true);
    // Twice as many pixels as in the picture: slides and print ask for them.
    let pictures = [
        ("PNG".to_owned(), format!("/charts/{kind}.png?{query}&scale=2")),
        ("SVG".to_owned(), format!("/charts/{kind}.svg?{query}")),
    ];
    let embed = (
        request.lang.words().embed.to_owned(),
        format!("/charts/{kind}?{query}#embed"),
    );
    Figure {
        downloads: pictures.into_iter().chain(figure.downloads).collect(),
        actions: figure.actions.into_iter().chain([embed]).collect(),
        ..figure
    }
}

/// A query for these indicators of these units, each once.
pub(crate) fn query<'a, 'b>(
    indicators: impl IntoIterator<Item = &'a str>,
    units: impl IntoIterator<Item = &'b String>,
) -> ObservationQuery {
    let mut query = ObservationQuery::default();
    for code in indicators {
        if !query.indicators.iter().any(|known| known == code) {
            query.indicators.push(code.to_owned());
        }
    }
    query.org_units.extend(units.into_iter().cloned());
    query
}

/// The whole years of a unit and of all below it that these figures are of or end in, the latest first.
pub(crate) fn whole_years<'a>(
    request: &PageRequest,
    unit: &str,
    figures: impl Iterator<Item = &'a Observation>,
) -> Vec<(String, String)> {
    let mut years: Vec<i32> = Vec::new();
    for year in figures.filter_map(|o| o.key.period.end()).map(PartialDate::year) {
        // The few years of a unit are kept in order as they come.
        if let Err(at) = years.binary_search_by(|known| year.cmp(known)) {
            years.insert(at, year);
        }
    }
    let state = state(request, true);
    let state = state
        .strip_prefix('&')
        .map(|state| format!("?{state}"))
        .unwrap_or_default();
    let file = |year: &i32, name: &str| {
        let address = format!("/api/v1/org-units/{unit}/{year}.{}{state}", name.to_lowercase());
        (format!("{year} {name}"), address)
    };
    let years = years.iter().take(MOST_YEARS);
    years
        .flat_map(|year| [file(year, "XLSX"), file(year, "ZIP")])
        .collect()
}

/// The figures of the units below one taken together, which are in no file that can be uploaded.
pub(crate) fn roll_ups(request: &PageRequest, unit: &str) -> String {
    format!("/api/v1/roll-ups?org-unit={unit}{}", state(request, false))
}

/// What an address says beside its query: a past state, and the language where the file has words of its own.
fn state(request: &PageRequest, has_words: bool) -> String {
    let as_of = request
        .as_of
        .map(|as_of| format!("&{}={as_of}", AsOf::PARAMETER))
        .unwrap_or_default();
    match request.lang {
        Lang::En if has_words => as_of + "&lang=en",
        _ => as_of,
    }
}

/// The menu below a table that is no figure.
pub(crate) fn below(request: &PageRequest, links: &[(String, String)]) -> String {
    let menu = menu(request.lang.words().download, links);
    element("div", "foot", &element("span", "actions", &menu))
}
