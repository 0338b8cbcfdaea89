use std::sync::Arc;

use axum::response::Response;
use chrono::{Datelike, NaiveDate, Utc};
use data::Names;
use data::api::NewDeadline;
use data::period::YEARS;
use hyper::StatusCode;

use super::deadline;
use crate::accounts;
use crate::api::accounts::bad_field;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// How many years after the year reported a deadline may lie: what is further away is a slip of the keyboard.
pub const LATEST: i32 = 2;

/// Sets or takes away the deadline of a unit, which holds for all below without their own.
pub async fn put(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let asked: NewDeadline = sent.json().await?;
    let right = {
        let published = app.published.load();
        person.administrator(&asked.org_unit, &published.dataset.catalogue.org_units)?
    };
    if !YEARS.contains(&asked.year) {
        return Err(bad_field(
            "year",
            "1900 至 2100 的年份",
            "a year from 1900 to 2100",
        ));
    }
    let due = asked
        .due
        .as_deref()
        .map(|text| day(text, asked.year))
        .transpose()?;
    let mut writing = app.store.begin_writing().await?;
    writing.set_deadline(asked.year, due, &right, Utc::now()).await?;
    writing.commit().await?;
    writes::json(
        StatusCode::OK,
        &deadline(&app, right.org_unit(), asked.year).await?,
    )
}

/// A day on which a report of the year could be due.
fn day(text: &str, year: i32) -> Result<NaiveDate, Problem> {
    let day: Option<NaiveDate> = text.trim().parse().ok();
    let day = day.filter(|day| (year..=year + LATEST).contains(&day.year()));
    day.ok_or_else(|| Problem::BadField {
        field: "due",
        expected: Names {
            zh: format!("{year}年至{}年间的日期，如 {}-03-31", year + LATEST, year + 1),
            en: format!(
                "a date from {year} to {}, such as {}-03-31",
                year + LATEST,
                year + 1
            ),
        },
    })
}
