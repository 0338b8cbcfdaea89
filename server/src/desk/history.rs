//! `/history`: the past of a figure, for everybody; who is signed in is told who sent and accepted it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use data::api::HistoryEntry;

use super::html::{history as html, pieces};
use super::visit::Visit;
use crate::http::app::App;

/// The choice of a figure, and every value it was published with.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = visit.me().await.ok();
    let published = visit.app.published.load_full();
    let context = pieces::context(&published.dataset.catalogue, visit.lang);
    let indicator = visit.parameter("indicator").unwrap_or_default();
    let own = me.as_ref().and_then(|me| me.roles.first());
    let own = own.map_or(String::new(), |role| role.org_unit.clone());
    let org_unit = visit.parameter("org-unit").unwrap_or(own);
    let mut main = html::choice(&indicator, &org_unit, &context);
    if !indicator.is_empty() {
        match visit
            .client
            .get::<Vec<HistoryEntry>>(&address(&indicator, &org_unit))
            .await
        {
            Ok(history) => main += &html::figure(&history, &context),
            Err(failure) => return visit.failed(me.as_ref(), &failure),
        }
    }
    visit.page(me.as_ref(), visit.lang.pick("历史", "History"), &main)
}

fn address(indicator: &str, org_unit: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("indicator", indicator)
        .append_pair("org-unit", org_unit);
    format!("/api/v1/history?{}", query.finish())
}
