//! `/vintages` and what is below it: what was published, and the way to undo it.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::api::{VintageDetail, VintageList};
use hyper::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::html::{pieces, vintages as html};
use super::report::no_such_act;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// The list, for everybody.
pub async fn list(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = visit.me().await.ok();
    let offset = visit.parameter("offset").and_then(|offset| offset.parse().ok());
    let offset: usize = offset.unwrap_or(0);
    let address = format!("/api/v1/vintages?limit={}&offset={offset}", html::LISTED);
    match visit.client.get::<VintageList>(&address).await {
        Ok(list) => {
            let published = visit.app.published.load_full();
            let context = pieces::context(&published.dataset.catalogue, visit.lang);
            let title = visit.lang.pick("公布记录", "What was published");
            visit.page(me.as_ref(), title, &html::main(&list, offset, &context))
        }
        Err(failure) => visit.failed(me.as_ref(), &failure),
    }
}

/// One vintage, with what undoing it would change: the step before it is done.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    match visit.client.get::<VintageDetail>(&address(&id)).await {
        Ok(detail) => {
            let published = visit.app.published.load_full();
            let context = pieces::context(&published.dataset.catalogue, visit.lang);
            let number = detail.entry.vintage;
            let title = match visit.lang {
                data::Lang::Zh => format!("版本{number}"),
                data::Lang::En => format!("Vintage {number}"),
            };
            visit.page(Some(&me), &title, &html::one(&detail, &context))
        }
        Err(failure) => visit.failed(Some(&me), &failure),
    }
}

/// Undoes it.
pub async fn act(
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
    request: Request,
) -> Response {
    let visit = Visit::of(app, &request);
    if act != "undo" {
        return no_such_act(&visit).await;
    }
    let form = form(request).await;
    let sent = json!({ "reason": field(&form, "reason") });
    let to = format!("{}/undo", address(&id));
    match visit.client.send(Method::POST, &to, &sent).await {
        Ok(_) => visit.go("/vintages"),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}

/// The address of a vintage in the API; its number is somebody's text until the API has known it.
fn address(id: &str) -> String {
    format!("/api/v1/vintages/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}
