use std::sync::Arc;

use axum::response::Response;
use data::Phrase;
use data::api::VintageList;
use hyper::StatusCode;

use crate::accounts;
use crate::api::submissions::desk;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::submissions::undo::for_everybody;

/// As many as other lists answer where nobody says how many.
const USUALLY_LISTED: usize = 50;

/// An entry is some 400 bytes, so a list stays below 200 kB.
const MOST_LISTED: usize = 500;

/// What was published and when, the newest first. Who sent and accepted it is told to those who are signed in.
pub async fn list(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::person(&app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["limit", "offset"])?;
    let limit = parameters.parsed("limit", Phrase::new("1 至 500", "1 to 500"), |text| {
        let limit = text.parse().ok();
        limit.filter(|limit| (1..=MOST_LISTED).contains(limit))
    })?;
    let offset = parameters.parsed(
        "offset",
        Phrase::new("不小于 0 的整数", "a whole number from 0"),
        |text| text.parse().ok(),
    )?;
    let limit = limit.unwrap_or(USUALLY_LISTED);
    let (total, page) = app.store.vintage_page(limit, offset.unwrap_or(0)).await?;
    let mut vintages = Vec::with_capacity(page.len());
    for entry in page {
        vintages.push(match &person {
            Some(person) => desk(&app, person).for_person(entry).await?,
            None => for_everybody(entry),
        });
    }
    writes::json(StatusCode::OK, &VintageList { total, vintages })
}
