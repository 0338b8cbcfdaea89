//! `/admin` and what is below it: the administrator's page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use data::api::{AccountDetail, NewLink};
use hyper::Method;
use serde_json::json;

use super::client::{Failure, Reply};
use super::html::{admin as html, pieces};
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// The people at the administrator's units and below.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    page(&visit, None).await
}

/// A link just made is shown on the page that answers, because it can be shown only once.
async fn page(visit: &Visit, link: Option<&str>) -> Response {
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    match visit.client.get::<Vec<AccountDetail>>("/api/v1/accounts").await {
        Ok(people) => {
            let published = visit.app.published.load_full();
            let context = pieces::context(&published.dataset.catalogue, visit.lang);
            let main = html::main(&people, link, &context);
            visit.page(Some(&me), visit.lang.pick("管理", "Administration"), &main)
        }
        Err(failure) => visit.failed(Some(&me), &failure),
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
        Ok(link) => page(visit, Some(&visit.whole(&link.path))).await,
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}
