//! `/admin/accounts/{id}`: one person, what they may do, and how they come in.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::api::{AccountDetail, NewLink};
use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::client::{Failure, Reply};
use super::html::{account as html, pieces};
use super::report::no_such_act;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// One person.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    page(&visit, &id, StatusCode::OK, &html::Said::default()).await
}

async fn page(visit: &Visit, id: &str, status: StatusCode, said: &html::Said) -> Response {
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let people: Vec<AccountDetail> = match visit.client.get("/api/v1/accounts").await {
        Ok(people) => people,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let Some(person) = people.iter().find(|person| person.account.id == id) else {
        return no_such_act(visit).await;
    };
    let published = visit.app.published.load_full();
    let context = pieces::context(&published.dataset.catalogue, visit.lang);
    let is_own = me.account.id == person.account.id;
    let main = html::main(person, is_own, said, &context);
    visit.page_with(status, Some(&me), &person.account.display_name, &main)
}

/// A role given or taken, a link, the end of the sessions or of the account. What was refused is said on the same page.
pub async fn act(
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
    request: Request,
) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let text = |name| field(&form, name);
    let account = format!("/api/v1/accounts/{}", utf8_percent_encode(&id, NON_ALPHANUMERIC));
    let (org_unit, role) = (text("org_unit"), text("role"));
    let (method, address, sent) = match act.as_str() {
        "give" => {
            let sent = json!({ "org_unit": org_unit, "role": role });
            (Method::POST, format!("{account}/assignments"), sent)
        }
        "take" => {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("org-unit", org_unit).append_pair("role", role);
            (
                Method::DELETE,
                format!("{account}/assignments?{}", query.finish()),
                json!({}),
            )
        }
        "link" => (Method::POST, format!("{account}/links"), json!({})),
        "sign-out" => (Method::DELETE, format!("{account}/sessions"), json!({})),
        "disable" => (Method::POST, format!("{account}/disable"), json!({})),
        _ => return no_such_act(&visit).await,
    };
    let done = visit.client.send(method, &address, &sent).await;
    match done {
        Ok(reply) if act == "link" => shown_once(&visit, &id, &reply).await,
        Ok(_) => visit.go(&format!("/admin/accounts/{id}")),
        Err(Failure::Refused(status, error)) => {
            let said = html::Said {
                act,
                message: error.message,
                typed: org_unit.to_owned(),
                ..html::Said::default()
            };
            page(&visit, &id, status, &said).await
        }
        Err(failure) => visit.failed(None, &failure),
    }
}

/// A link just made is on the page that answers, because it can be shown only once.
async fn shown_once(visit: &Visit, id: &str, reply: &Reply) -> Response {
    match serde_json::from_slice::<NewLink>(&reply.body) {
        Ok(link) => {
            let said = html::Said {
                link: visit.whole(&link.path),
                ..html::Said::default()
            };
            page(visit, id, StatusCode::OK, &said).await
        }
        Err(_) => visit.failed(visit.me().await.ok().as_ref(), &Failure::Broken),
    }
}
