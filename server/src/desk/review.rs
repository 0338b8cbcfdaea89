//! `/review` and what is below it: the reviewer's pages.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::api::{Me, Reporting, Submission, SubmissionEntry, SubmissionState};
use hyper::{Method, StatusCode};
use serde_json::json;

use super::client::Failure;
use super::html::{pieces, reminders, review as html, submission as one};
use super::report::{address, no_such_act, remark, usual_year};
use super::reporting::query;
use super::shapes;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// What waits.
pub async fn queue(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let mut waiting: Vec<SubmissionEntry> = Vec::new();
    for state in [SubmissionState::Submitted, SubmissionState::Endorsed] {
        let address = format!("/api/v1/submissions?state={}", state.code());
        match visit.client.get::<Vec<SubmissionEntry>>(&address).await {
            Ok(found) => waiting.extend(found),
            Err(failure) => return visit.failed(Some(&me), &failure),
        }
    }
    let late = match late(&visit, &me).await {
        Ok(late) => late,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let main = reminders::waiting(waiting.len(), &late, visit.lang) + &html::queue(&waiting, visit.lang);
    visit.page(Some(&me), visit.lang.pick("审核", "Review"), &main)
}

/// How far the units below are with the year that is reported now.
async fn late(visit: &Visit, me: &Me) -> Result<Vec<Reporting>, Failure> {
    let mut late = Vec::new();
    for unit in shapes::units(me, "reviewer") {
        late.push(
            visit
                .client
                .get(&format!("/api/v1/reporting?{}", query(unit, usual_year())))
                .await?,
        );
    }
    Ok(late)
}

/// One report to decide on.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    page(&visit, &id, None).await
}

/// The page of a report; `conflict` says that it was published over meanwhile, and above what it shows now.
async fn page(visit: &Visit, id: &str, conflict: Option<&str>) -> Response {
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    match visit.client.get::<Submission>(&address(id)).await {
        Ok(submission) => {
            let published = visit.app.published.load_full();
            let context = pieces::context(&published.dataset.catalogue, visit.lang);
            let title = one::title(&submission, visit.lang);
            let main = html::main(&submission, &context);
            match conflict {
                None => visit.page(Some(&me), &title, &main),
                Some(words) => {
                    let main = html::conflict(words, visit.lang) + &main;
                    visit.page_with(StatusCode::CONFLICT, Some(&me), &title, &main)
                }
            }
        }
        Err(failure) => visit.failed(Some(&me), &failure),
    }
}

/// The decision, or a remark.
pub async fn act(
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
    request: Request,
) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let (verb, sent) = match act.as_str() {
        "accept" => {
            let over: u32 = field(&form, "over").parse().unwrap_or_default();
            ("accept", json!({ "over": over }))
        }
        "endorse" => ("endorse", json!({})),
        "return" => ("return", json!({ "note": field(&form, "note") })),
        "remark" => ("remarks", remark(&form)),
        _ => return no_such_act(&visit).await,
    };
    let to = format!("{}/{verb}", address(&id));
    match visit
        .client
        .send_on(field(&form, "revision"), Method::POST, &to, &sent)
        .await
    {
        Ok(_) => visit.go(&format!("/review/{id}")),
        // The page as it is now shows both figures of each, and what accepting it again would replace.
        Err(Failure::Refused(StatusCode::CONFLICT, error)) if error.code == "conflicts" => {
            page(&visit, &id, Some(&error.message)).await
        }
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}
