//! `/report` and what is below it: the reporter's pages.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chrono::Utc;
use data::api::{Me, Reporting, Submission, SubmissionEntry};
use data::period::YEARS;
use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::client::Failure;
use super::html::{form as form_html, pieces, remarks, report as html, submission as one};
use super::reporting::query;
use super::shapes;
use super::units;
use super::upload;
use super::visit::{Visit, field, form};
use crate::calendar;
use crate::http::app::App;

/// The year that is reported now: the one before this, which is over.
pub fn usual_year() -> i32 {
    calendar::usual_year(Utc::now())
}

/// What is due, and what was sent.
pub async fn list(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    // Who reports nothing has their work elsewhere.
    match (shapes::is(&me, "reporter"), shapes::is(&me, "reviewer")) {
        (true, _) => {}
        (false, true) => return visit.go("/review"),
        (false, false) if shapes::is(&me, "administrator") => return visit.go("/reporting"),
        (false, false) => {}
    }
    let sent: Vec<SubmissionEntry> = match visit.client.get("/api/v1/submissions").await {
        Ok(sent) => sent,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let published = visit.app.published.load_full();
    let choice = units::choose(
        &me,
        &published.dataset.catalogue,
        visit.parameter("org-unit").as_deref(),
    );
    let year = visit.parameter("year").and_then(|year| year.parse().ok());
    let year = year.unwrap_or_else(usual_year);
    let due = match due(&visit, &me, year).await {
        Ok(due) => due,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let desk = html::Desk {
        choice: &choice,
        year,
        due: &due,
        submissions: &sent,
        limit: visit.app.uploads.limit,
    };
    let preview = choice.unit.map_or(String::new(), |unit| {
        form_html::script(&published.assets, &unit.code, desk.year)
    });
    visit.page(
        Some(&me),
        visit.lang.pick("报送", "Report"),
        &(html::main(&desk, visit.lang) + &preview),
    )
}

/// What is due of the reporter's units, for the year that is reported now and the one they look at.
async fn due(visit: &Visit, me: &Me, year: i32) -> Result<Vec<Reporting>, Failure> {
    let mut years = vec![usual_year(), year];
    years.dedup();
    let mut units: Vec<&str> = shapes::units(me, "reporter").collect();
    units.sort_unstable();
    let mut due = Vec::new();
    for year in years.into_iter().filter(|year| YEARS.contains(year)) {
        for unit in &units {
            due.push(
                visit
                    .client
                    .get(&format!("/api/v1/reporting?{}", query(unit, year)))
                    .await?,
            );
        }
    }
    Ok(due)
}

/// A file for a unit and a year.
pub async fn create(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let encoded = |name| {
        let value = visit.parameter(name).unwrap_or_default();
        utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string()
    };
    let address = format!(
        "/api/v1/submissions?org-unit={}&year={}",
        encoded("org-unit"),
        encoded("year")
    );
    let sent = upload::pass_on(&visit, Method::POST, &address, None, request).await;
    arrived(&visit, sent, "/report").await
}

async fn arrived(visit: &Visit, sent: Result<Option<Submission>, Failure>, back: &str) -> Response {
    match sent {
        Ok(Some(submission)) => visit.go(&format!("/report/{}", submission.entry.id)),
        Ok(None) => visit.go(back),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}

/// One submission.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let submission: Submission = match visit.client.get(&address(&id)).await {
        Ok(submission) => submission,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    let published = visit.app.published.load_full();
    let context = pieces::context(&published.dataset.catalogue, visit.lang);
    let title = one::title(&submission, visit.lang);
    let entry = &submission.entry;
    let preview = form_html::script(&published.assets, &entry.org_unit.code, entry.year);
    let main = one::main(&submission, visit.app.uploads.limit, &context);
    visit.page(Some(&me), &title, &(main + &preview))
}

/// The address of a submission in the API; its id is somebody's text until the API has known it.
pub fn address(id: &str) -> String {
    format!(
        "/api/v1/submissions/{}",
        utf8_percent_encode(id, NON_ALPHANUMERIC)
    )
}

/// What a form on the page of a submission asks for.
pub async fn act(
    State(app): State<Arc<App>>,
    Path((id, act)): Path<(String, String)>,
    request: Request,
) -> Response {
    let visit = Visit::of(app, &request);
    let page = format!("/report/{id}");
    let at = address(&id);
    if act == "file" {
        let sent = correct(&visit, &at, request).await;
        return arrived(&visit, sent, &page).await;
    }
    let form = form(request).await;
    let Some((method, address, sent)) = order(&act, &at, &form) else {
        return no_such_act(&visit).await;
    };
    match visit
        .client
        .send_on(field(&form, "revision"), method, &address, &sent)
        .await
    {
        Ok(_) => visit.go(&page),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}

/// A corrected file replaces the content that the reporter has seen, and no other.
async fn correct(visit: &Visit, at: &str, request: Request) -> Result<Option<Submission>, Failure> {
    let address = format!("{at}/content");
    let revision = visit.parameter("revision");
    upload::pass_on(visit, Method::PUT, &address, revision.as_deref(), request).await
}

/// What the API is asked where a form of this name was sent.
fn order(act: &str, at: &str, form: &[(String, String)]) -> Option<(Method, String, serde_json::Value)> {
    let text = |name| field(form, name);
    Some(match act {
        "submit" | "withdraw" => (Method::POST, format!("{at}/{act}"), json!({})),
        "confirm" => {
            let issue = utf8_percent_encode(text("issue"), NON_ALPHANUMERIC);
            (
                Method::PUT,
                format!("{at}/confirmations/{issue}"),
                json!({ "reason": text("reason") }),
            )
        }
        "mapping" => {
            let sent = json!({ "header": text("header"), "indicator": text("indicator") });
            (Method::PUT, format!("{at}/mapping"), sent)
        }
        "remark" => (Method::POST, format!("{at}/remarks"), remark(form)),
        _ => return None,
    })
}

/// A remark as the API takes it.
pub fn remark(form: &[(String, String)]) -> serde_json::Value {
    match remarks::about(field(form, "about")) {
        Some(about) => json!({ "about": about, "text": field(form, "text") }),
        None => json!({ "text": field(form, "text") }),
    }
}

/// An address that no form of ours has.
pub async fn no_such_act(visit: &Visit) -> Response {
    let title = visit.lang.words().page_not_found;
    let me = visit.me().await.ok();
    visit.page_with(StatusCode::NOT_FOUND, me.as_ref(), title, "")
}
