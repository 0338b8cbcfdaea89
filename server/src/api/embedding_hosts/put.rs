use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::api::NewEmbeddingHosts;
use data::embedding::{EmbeddingHosts, ListError};
use data::{Lang, Names};
use hyper::StatusCode;

use super::in_force;
use crate::accounts;
use crate::following;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Puts another list in force, here at once and on every other server within about a second.
pub async fn put(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let right = person.top_administrator(&app.published.load().dataset.catalogue.org_units)?;
    let asked: NewEmbeddingHosts = sent.json().await?;
    let hosts = EmbeddingHosts::read(asked.hosts.iter().map(String::as_str)).map_err(wrong)?;
    let mut writing = app.store.begin_writing().await?;
    writing.set_embedding_hosts(&hosts, &right, Utc::now()).await?;
    writing.commit().await?;
    following::look_for_hosts(&app).await?;
    writes::json(StatusCode::OK, &in_force(&app))
}

fn wrong(error: ListError) -> Problem {
    let said = |lang: Lang, hint: &str| format!("{hint}{}", error.words(lang));
    Problem::BadField {
        field: "hosts",
        expected: Names {
            zh: said(
                Lang::Zh,
                "主机名单，每项一个主机，如 https://www.example.gov.cn 或 *.example.gov.cn。",
            ),
            en: said(
                Lang::En,
                "one host an entry, such as https://www.example.gov.cn or *.example.gov.cn; ",
            ),
        },
    }
}
