//! `/sign-in`, `/sign-out` and `/links/{token}`.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::Lang;
use hyper::header::HeaderMap;
use hyper::{Method, StatusCode};
use serde_json::json;

use super::client::Failure;
use super::html::sign_in as html;
use super::visit::{Visit, field, form, is_ours};
use crate::http::app::App;

/// The form; who is signed in already goes on.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let next = visit.parameter("next").filter(|next| is_ours(next));
    let next = next.unwrap_or_else(|| "/report".to_owned());
    if visit.me().await.is_ok() {
        return visit.go(&next);
    }
    visit.page(None, title(visit.lang), &html::main(&next, None, visit.lang))
}

/// Signs in and goes on to where the visitor was going.
pub async fn sign_in(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let next = Some(field(&form, "next")).filter(|next| is_ours(next));
    let next = next.unwrap_or("/report");
    // A password may begin or end with a space, so it is taken as it was typed.
    let password = form.iter().find(|(key, _)| key == "password");
    let sent = json!({ "name": field(&form, "name"), "password": password.map_or("", |(_, value)| value) });
    match visit.client.send(Method::POST, "/api/v1/sessions", &sent).await {
        Ok(reply) => visit.go_with_cookies(next, &reply.headers),
        Err(failure) => {
            let (status, message) = why(&failure, visit.lang);
            let main = html::main(next, Some(&message), visit.lang);
            visit.page_with(status, None, title(visit.lang), &main)
        }
    }
}

/// Ends the session; without one there is nothing to end.
pub async fn sign_out(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let ended = visit
        .client
        .send(Method::DELETE, "/api/v1/sessions/current", &json!({}))
        .await;
    let headers = ended.map_or_else(|_| HeaderMap::new(), |reply| reply.headers);
    visit.go_with_cookies("/sign-in", &headers)
}

/// The form to set a password.
pub async fn show_link(State(app): State<Arc<App>>, Path(token): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    visit.page(
        None,
        link_title(visit.lang),
        &html::link(&token, None, visit.lang),
    )
}

/// Sets the password. Typed twice differently, nothing is sent and the link is not used up.
pub async fn use_link(State(app): State<Arc<App>>, Path(token): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let typed = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let again = |status, message: &str| {
        let main = html::link(&token, Some(message), visit.lang);
        visit.page_with(status, None, link_title(visit.lang), &main)
    };
    if typed("password") != typed("again") {
        let words = visit
            .lang
            .pick("两次输入不一致，请重新输入。", "The two differ; type them again.");
        return again(StatusCode::BAD_REQUEST, words);
    }
    let sent = json!({ "password": typed("password") });
    let address = format!("/api/v1/links/{token}");
    match visit.client.send(Method::POST, &address, &sent).await {
        Ok(reply) => visit.go_with_cookies("/report", &reply.headers),
        Err(failure) => {
            let (status, message) = why(&failure, visit.lang);
            again(status, &message)
        }
    }
}

fn title(lang: Lang) -> &'static str {
    lang.pick("登录", "Sign in")
}

fn link_title(lang: Lang) -> &'static str {
    lang.pick("设置密码", "Set your password")
}

/// Why it failed; a failure to sign in does not tell whether the name exists.
fn why(failure: &Failure, lang: Lang) -> (StatusCode, String) {
    match failure {
        Failure::SignedOut => {
            let words = lang.pick("账号或密码不正确。", "The name or the password is wrong.");
            (StatusCode::UNAUTHORIZED, words.to_owned())
        }
        Failure::Refused(status, error) => (*status, error.message.clone()),
        Failure::Broken => {
            let words = lang.pick("服务器出错，请稍后再试。", "The server failed; try again later.");
            (StatusCode::INTERNAL_SERVER_ERROR, words.to_owned())
        }
    }
}
