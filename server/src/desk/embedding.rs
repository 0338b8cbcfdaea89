//! `/embedding`: what stands in the way of a chart in a portal. Anybody may ask; what was typed is neither kept nor logged,
//! and no address in it is fetched.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use data::embedding::check::{Pasted, check};
use data::embedding::csp::WebAddress;
use hyper::StatusCode;

use super::html::embedding::{self as html, Filled, Wrong};
use super::visit::{Visit, field, form_within};
use crate::http::app::App;

/// The empty form.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let filled = Filled {
        ours: visit.here(),
        ..Filled::default()
    };
    page(&visit, StatusCode::OK, &html::form(&filled, &[], visit.lang)).await
}

/// The form as it was filled in, and what was found.
pub async fn test(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let lang = visit.lang;
    let Some(form) = form_within(request).await else {
        let filled = Filled {
            ours: visit.here(),
            ..Filled::default()
        };
        let main = html::form(&filled, &[Wrong::TooLong], lang);
        return page(&visit, StatusCode::PAYLOAD_TOO_LARGE, &main).await;
    };
    let filled = Filled {
        portal: field(&form, "portal").to_owned(),
        headers: field(&form, "headers").to_owned(),
        ours: field(&form, "ours").to_owned(),
    };
    let portal = WebAddress::parse(&filled.portal).map_err(Wrong::Portal);
    let ours = WebAddress::parse(&filled.ours).map_err(Wrong::Ours);
    let pasted = Pasted::read(&filled.headers).map_err(Wrong::Headers);
    match (portal, ours, pasted) {
        (Ok(portal), Ok(ours), Ok(pasted)) => {
            let hosts = visit.app.published.load().hosts.clone();
            let found = check(&portal, &ours, &hosts, &pasted);
            let main = html::form(&filled, &[], lang) + &html::report(&portal, &ours, &found, lang);
            page(&visit, StatusCode::OK, &main).await
        }
        (portal, ours, pasted) => {
            let wrong = [portal.err(), ours.err(), pasted.err()];
            let wrong: Vec<Wrong> = wrong.into_iter().flatten().collect();
            page(
                &visit,
                StatusCode::BAD_REQUEST,
                &html::form(&filled, &wrong, lang),
            )
            .await
        }
    }
}

async fn page(visit: &Visit, status: StatusCode, main: &str) -> Response {
    let me = visit.me().await.ok();
    visit.page_with(status, me.as_ref(), html::title(visit.lang), main)
}
