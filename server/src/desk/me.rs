//! `/me`: one's own roles, tokens and sessions.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::api::TokenEntry;
use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::client::Failure;
use super::html::{me as html, pieces};
use super::report::no_such_act;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// Oneself.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    page(&visit, StatusCode::OK, html::Said::Nothing).await
}

async fn page(visit: &Visit, status: StatusCode, said: html::Said<'_>) -> Response {
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let tokens: Vec<TokenEntry> = match visit.client.get("/api/v1/tokens").await {
        Ok(tokens) => tokens,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let published = visit.app.published.load_full();
    let context = pieces::context(&published.dataset.catalogue, visit.lang);
    let main = html::main(&me, &tokens, said, &context);
    visit.page_with(
        status,
        Some(&me),
        visit.lang.pick("我的账号", "My account"),
        &main,
    )
}

/// A new token, or the end of every session.
pub async fn act(State(app): State<Arc<App>>, Path(act): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    match act.as_str() {
        "tokens" => create(&visit, field(&form, "name"), field(&form, "scope")).await,
        "sign-out" => match visit
            .client
            .send(Method::DELETE, "/api/v1/sessions", &json!({}))
            .await
        {
            Ok(reply) => visit.go_with_cookies("/sign-in", &reply.headers),
            Err(failure) => visit.failed(None, &failure),
        },
        _ => no_such_act(&visit).await,
    }
}

async fn create(visit: &Visit, name: &str, scope: &str) -> Response {
    let sent = json!({ "name": name, "scope": scope });
    match visit.client.send(Method::POST, "/api/v1/tokens", &sent).await {
        Ok(reply) => match serde_json::from_slice::<TokenEntry>(&reply.body) {
            Ok(entry) => {
                let token = entry.token.unwrap_or_default();
                page(visit, StatusCode::OK, html::Said::Made(&token)).await
            }
            Err(_) => visit.failed(visit.me().await.ok().as_ref(), &Failure::Broken),
        },
        Err(Failure::Refused(status, error)) => {
            page(visit, status, html::Said::Wrong(name, &error.message)).await
        }
        Err(failure) => visit.failed(None, &failure),
    }
}

/// Ends a token.
pub async fn revoke(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let address = format!("/api/v1/tokens/{}", utf8_percent_encode(&id, NON_ALPHANUMERIC));
    match visit.client.send(Method::DELETE, &address, &json!({})).await {
        Ok(_) => visit.go("/me"),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}
