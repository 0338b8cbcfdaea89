//! `/reporting`: who has reported, and by when they have to.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use data::Lang;
use data::api::{Deadline, Me, Reporting};
use data::definitions::Catalogue;
use hyper::{Method, StatusCode};
use serde_json::json;

use super::client::Failure;
use super::html::reporting as html;
use super::report::usual_year;
use super::shapes;
use super::visit::{Visit, field, form};
use crate::api::deadlines::put::LATEST;
use crate::http::app::App;

/// The share, who is late, and who has reported.
pub async fn show(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    page(&visit, &me, StatusCode::OK, None).await
}

/// Sets a deadline; what was wrong with it is said at its field.
pub async fn set(State(app): State<Arc<App>>, request: Request) -> Response {
    let visit = Visit::of(app, &request);
    let form = form(request).await;
    let me = match visit.me().await {
        Ok(me) => me,
        Err(failure) => return visit.failed(None, &failure),
    };
    let text = |name| field(&form, name);
    let year: i32 = text("year").parse().unwrap_or_default();
    // An empty day is a mistake, which the API names; taking the deadline away is a button of its own.
    let due = Some(text("due")).filter(|_| text("act") != "take");
    let sent = json!({ "org_unit": text("org_unit"), "year": year, "due": due });
    match visit.client.send(Method::PUT, "/api/v1/deadlines", &sent).await {
        Ok(_) => visit.go(&format!("/reporting?{}", query(text("org_unit"), year))),
        Err(Failure::Refused(status, error)) if error.field.as_deref() == Some("due") => {
            page(
                &visit,
                &me,
                status,
                Some((text("due"), &expected(year, visit.lang))),
            )
            .await
        }
        Err(failure) => visit.failed(Some(&me), &failure),
    }
}

/// Which days a deadline can be.
fn expected(year: i32, lang: Lang) -> String {
    let (last, next) = (year + LATEST, year + 1);
    match lang {
        Lang::Zh => format!("请填写{year}年至{last}年间的日期，如 {next}-03-31。"),
        Lang::En => format!("Fill in a day from {year} to {last}, such as {next}-03-31."),
    }
}

async fn page(visit: &Visit, me: &Me, status: StatusCode, wrong: Option<(&str, &str)>) -> Response {
    let published = visit.app.published.load_full();
    let catalogue = &published.dataset.catalogue;
    let units = roots(me, catalogue);
    let chosen = visit.parameter("org-unit").or_else(|| units.first().cloned());
    let year = visit
        .parameter("year")
        .and_then(|year| year.parse().ok())
        .unwrap_or_else(usual_year);
    let title = visit.lang.pick("报送情况", "Who has reported");
    let Some(chosen) = chosen else {
        return visit.page(Some(me), title, &html::nothing(visit.lang));
    };
    let query = query(&chosen, year);
    let found: Reporting = match visit.client.get(&format!("/api/v1/reporting?{query}")).await {
        Ok(found) => found,
        Err(failure) => return visit.failed(Some(me), &failure),
    };
    let deadline: Deadline = match visit.client.get(&format!("/api/v1/deadlines?{query}")).await {
        Ok(deadline) => deadline,
        Err(failure) => return visit.failed(Some(me), &failure),
    };
    let tree = &catalogue.org_units;
    let sets = shapes::units(me, "administrator").any(|held| tree.is_within(&chosen, held));
    let shown = html::Page {
        found: &found,
        deadline: &deadline,
        roots: units.iter().filter_map(|code| tree.get(code)).collect(),
        state: visit
            .parameter("state")
            .and_then(|code| html::State::from_code(&code)),
        sets,
        wrong,
        reviews: shapes::is(me, "reviewer"),
        tree,
    };
    visit.page_with(status, Some(me), title, &html::main(&shown, visit.lang))
}

/// The units at which somebody holds a role, from the top, each once.
pub fn roots(me: &Me, catalogue: &Catalogue) -> Vec<String> {
    let mut codes: Vec<&str> = me.roles.iter().map(|role| role.org_unit.as_str()).collect();
    codes.sort_by_key(|code| {
        catalogue
            .org_units
            .get(code)
            .map(|unit| (unit.level, unit.code.clone()))
    });
    codes.dedup();
    codes.into_iter().map(ToOwned::to_owned).collect()
}

/// A unit and a year as an address names them.
pub fn query(org_unit: &str, year: i32) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("org-unit", org_unit)
        .append_pair("year", &year.to_string());
    query.finish()
}
