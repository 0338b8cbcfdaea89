//! `/report/form` and `/report/{submission}/form`: a year's report typed in the browser.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use data::api::{Form, FormBasis, FormContent, FormFigure, Me, Submission, SubmissionEntry, SubmissionState};
use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::client::{Failure, Reply};
use super::html::form as html;
use super::report::address;
use super::visit::{Visit, field, form};
use crate::http::app::App;

/// The form of a unit and year: where it was begun, the draft.
pub async fn show_new(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let (org_unit, year) = asked(&visit);
    // Unit and year are chosen there.
    if org_unit.is_empty() || year.is_empty() {
        return visit.go("/report");
    }
    // The API says who may fill it in.
    let basis = visit
        .client
        .get(&format!("/api/v1/forms/{org_unit}/{year}"))
        .await;
    let basis: FormBasis = match basis {
        Ok(basis) => basis,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    match begun(&visit, &org_unit, &year).await {
        Ok(Some(id)) => visit.go(&format!("/report/{id}/form")),
        Ok(None) => {
            let page = html::Page {
                org_unit: &basis.org_unit,
                year: basis.year,
                account: &me.account.id,
                figures: &[],
                submission: None,
            };
            draw(&visit, &me, &page, StatusCode::OK)
        }
        Err(failure) => visit.failed(Some(&me), &failure),
    }
}

/// Unit and year as the address names them, as segments of another.
fn asked(visit: &Visit) -> (String, String) {
    let segment = |name| {
        let text = visit.parameter(name).unwrap_or_default();
        utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
    };
    (segment("org-unit"), segment("year"))
}

/// The newest report of a unit and year that can still be changed in the form.
async fn begun(visit: &Visit, org_unit: &str, year: &str) -> Result<Option<String>, Failure> {
    let list = format!("/api/v1/submissions?org-unit={org_unit}&year={year}");
    let entries: Vec<SubmissionEntry> = visit.client.get(&list).await?;
    let open =
        |entry: &&SubmissionEntry| matches!(entry.state, SubmissionState::Draft | SubmissionState::Returned);
    for entry in entries.iter().filter(open) {
        if content(visit, &entry.id).await.is_ok() {
            return Ok(Some(entry.id.clone()));
        }
    }
    Ok(None)
}

async fn content(visit: &Visit, id: &str) -> Result<FormContent, Failure> {
    visit.client.get(&format!("{}/form", address(id))).await
}

/// The form of a draft or a returned report.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let found = async {
        let submission: Submission = visit.client.get(&address(&id)).await?;
        Ok((content(&visit, &id).await?, submission))
    };
    let (content, submission) = match found.await {
        Ok(found) => found,
        Err(failure) => return visit.failed(Some(&me), &failure),
    };
    if !submission.can.contains(&data::api::Verb::Edit) {
        return visit.go(&format!("/report/{id}"));
    }
    let page = html::Page {
        org_unit: &submission.entry.org_unit.code,
        year: submission.entry.year,
        account: &me.account.id,
        figures: &content.figures,
        submission: Some(&submission),
    };
    draw(&visit, &me, &page, StatusCode::OK)
}

fn draw(visit: &Visit, me: &Me, page: &html::Page<'_>, status: StatusCode) -> Response {
    let published = visit.app.published.load_full();
    let title = html::title(page, &published.dataset, visit.lang);
    let main = html::main(page, &published.dataset, visit.lang);
    let script = html::script(&published.assets, page.org_unit, page.year);
    visit.page_with(status, Some(me), &title, &(main + &script))
}

/// A form that the browser sent by itself: a new draft.
pub async fn create(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let (org_unit, year) = asked(&visit);
    let fields = form(request).await;
    let to = format!("/api/v1/submissions?org-unit={org_unit}&year={year}");
    let sent = visit.client.send(Method::POST, &to, &json!(typed(&fields))).await;
    arrived(&visit, sent).await
}

/// The same for a draft that is there, as its revision was when the form was drawn.
pub async fn replace(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let fields = form(request).await;
    let to = format!("{}/content", address(&id));
    let revision = field(&fields, "revision");
    let typed = typed(&fields);
    let sent = visit
        .client
        .send_on(revision, Method::PUT, &to, &json!(typed))
        .await;
    if let Err(Failure::Refused(StatusCode::PRECONDITION_FAILED, _)) = &sent {
        return changed(&visit, &id, &typed).await;
    }
    arrived(&visit, sent).await
}

/// Somebody saved meanwhile: what was typed here is shown once more, on top of what is there now.
async fn changed(visit: &Visit, id: &str, form: &Form) -> Response {
    let found = async {
        let me = visit.me().await?;
        let submission: Submission = visit.client.get(&address(id)).await?;
        Ok((me, submission))
    };
    let (me, submission) = match found.await {
        Ok(found) => found,
        Err(failure) => return visit.failed(None, &failure),
    };
    let page = html::Page {
        org_unit: &submission.entry.org_unit.code,
        year: submission.entry.year,
        account: &me.account.id,
        figures: &form.figures,
        submission: Some(&submission),
    };
    let published = visit.app.published.load_full();
    let title = html::title(&page, &published.dataset, visit.lang);
    let main = html::changed(visit.lang) + &html::main(&page, &published.dataset, visit.lang);
    visit.page_with(StatusCode::PRECONDITION_FAILED, Some(&me), &title, &main)
}

/// What was typed, row by row; rows with nothing in them are not there.
fn typed(fields: &[(String, String)]) -> Form {
    let values = fields.iter().filter_map(|(name, value)| {
        let indicator = name.strip_prefix("value.")?;
        let comment = field(fields, &format!("comment.{indicator}"));
        let is_empty = value.trim().is_empty() && comment.is_empty();
        (!is_empty).then(|| FormFigure {
            indicator: indicator.to_owned(),
            value: value.trim().to_owned(),
            comment: comment.to_owned(),
            ..FormFigure::default()
        })
    });
    Form {
        vintage: field(fields, "vintage").parse().ok(),
        figures: values.collect(),
    }
}

/// With something left to correct the form comes back, with it at its cells; else the page from which it is sent.
async fn arrived(visit: &Visit, sent: Result<Reply, Failure>) -> Response {
    let read =
        sent.and_then(|reply| serde_json::from_slice::<Submission>(&reply.body).map_err(|_| Failure::Broken));
    match read {
        Ok(submission) if submission.entry.errors > 0 => {
            visit.go(&format!("/report/{}/form", submission.entry.id))
        }
        Ok(submission) => visit.go(&format!("/report/{}", submission.entry.id)),
        Err(failure) => visit.failed(visit.me().await.ok().as_ref(), &failure),
    }
}
