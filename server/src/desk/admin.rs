//! `/admin` and what is below it: the administrator's page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use data::api::{AccountDetail, NewLink};
use data::embedding::EmbeddingHosts;
use hyper::{Method, StatusCode};
use serde_json::json;

use super::client::{Failure, Reply};
use super::html::{admin as html, hosts, pieces};
use super::shapes;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// The people at the administrator's units and below.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    page(&visit, StatusCode::OK, Shown::default()).await
}

/// What a page shows beside what is there.
#[derive(Debug, Default)]
struct Shown<'a> {
    /// A one-time link just made, on the page that answers, because it can be shown only once.
    link: Option<&'a str>,
    /// A list of hosts that was not taken.
    refused: Option<hosts::Refused>,
}

async fn page(visit: &Visit, status: StatusCode, shown: Shown<'_>) -> Response {
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let people = match visit.client.get::<Vec<AccountDetail>>("/api/v1/accounts").await {
        Ok(people) => people,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let published = visit.app.published.load_full();
    let catalogue = &published.dataset.catalogue;
    let top = catalogue.org_units.top().map(|top| top.code.as_str());
    let decides = shapes::units(&me, "administrator").any(|unit| Some(unit) == top);
    let hosts = match decides {
        true => match visit.client.get("/api/v1/embedding-hosts").await {
            Ok(in_force) => hosts::section(&in_force, shown.refused.as_ref(), visit.lang),
            Err(failure) => return visit.failed(Some(&me), &failure),
        },
        false => String::new(),
    };
    let context = pieces::context(catalogue, visit.lang);
    let main = html::main(&people, shown.link, &hosts, &context);
    visit.page_with(
        status,
        Some(&me),
        visit.lang.pick("管理", "Administration"),
        &main,
    )
}

/// Another list of hosts that may frame charts. What is wrong is said at its line, and what was typed stays.
pub async fn list_hosts(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let typed = form.iter().find(|(name, _)| name == "hosts");
    let typed = typed.map_or("", |(_, typed)| typed.as_str());
    if let Err(error) = EmbeddingHosts::read(typed.lines()) {
        let refused = hosts::Refused {
            typed: typed.to_owned(),
            wrong: error.sentences(visit.lang),
        };
        let shown = Shown {
            refused: Some(refused),
            link: None,
        };
        return page(&visit, StatusCode::BAD_REQUEST, shown).await;
    }
    let lines: Vec<&str> = typed.lines().collect();
    let sent = json!({ "hosts": lines });
    match visit
        .client
        .send(Method::PUT, "/api/v1/embedding-hosts", &sent)
        .await
    {
        Ok(_) => visit.go("/admin#embedding-hosts"),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}

/// A new person with a first role.
pub async fn create(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let text = |name| field(&form, name);
    let person = json!({
        "name": text("name"),
        "display_name": text("display_name"),
        "org_unit": text("org_unit"),
        "role": text("role"),
    });
    let made = visit.client.send(Method::POST, "/api/v1/accounts", &person).await;
    with_link(&visit, made).await
}

async fn with_link(visit: &Visit, made: Result<Reply, Failure>) -> Response {
    let link =
        made.and_then(|reply| serde_json::from_slice::<NewLink>(&reply.body).map_err(|_| Failure::Broken));
    match link {
        Ok(link) => {
            let link = visit.whole(&link.path);
            let shown = Shown {
                link: Some(&link),
                refused: None,
            };
            page(visit, StatusCode::OK, shown).await
        }
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}
