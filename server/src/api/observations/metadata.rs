use data::AsOf;
use data::exchange::{About, csvw};
use hyper::StatusCode;

use super::list::select;
use crate::http::answer::{CSVW, Content, Keep, Kind};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// What the columns of the table that the same query selects are, as CSV on the Web.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, pairs) = apart_from_lang(asked)?;
    let dataset = &published.dataset;
    let (query, _) = select(dataset, pairs)?;
    let mut address = "observations.csv".to_owned();
    let as_of = asked.as_of.map(|as_of| format!("{}={as_of}", AsOf::PARAMETER));
    let asks = [query.to_query_string(), as_of.unwrap_or_default()];
    let asks: Vec<&str> = asks
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if !asks.is_empty() {
        address = format!("{address}?{}", asks.join("&"));
    }
    let about = About {
        lang,
        version: &dataset.version,
        published_at: dataset.published_at.as_deref(),
    };
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Data(CSVW),
        body: csvw::metadata(&address, &dataset.catalogue, about),
        file_name: None,
        policies: None,
        keep: Keep::Long,
    })
}
