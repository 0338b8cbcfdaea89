use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use chrono::Utc;
use data::api::{Reporting, Timing};
use data::write::{push_row, safe};
use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};

use super::reporting;
use crate::accounts;
use crate::api::deadlines::unit_and_year;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Who has reported, as JSON.
pub async fn json(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    writes::json(StatusCode::OK, &asked(&app, &sent).await?)
}

/// The same as a table: one line a unit.
pub async fn csv(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let found = asked(&app, &sent).await?;
    let mut response = Response::new(Body::from(table(&found)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = format!(
        "attachment; filename=\"reporting-{}-{}.csv\"",
        found.org_unit.code, found.year
    );
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn asked(app: &App, sent: &Sent) -> Result<Reporting, Problem> {
    let person = accounts::reading(app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["org-unit", "year"])?;
    let published = app.published.load_full();
    let of = unit_and_year(&parameters, &published.dataset.catalogue.org_units)?;
    reporting(&app.store, &published.dataset, &person, of, Utc::now()).await
}

/// With a byte order mark, by which WPS and Excel know UTF-8.
fn table(found: &Reporting) -> Vec<u8> {
    const HEADER: [&str; 11] = [
        "org_unit", "name_zh", "name_en", "year", "expected", "standing", "due", "sent_on", "timing", "days",
        "never",
    ];
    let mut csv = b"\xEF\xBB\xBF".to_vec();
    push_row(&mut csv, HEADER.iter().map(|name| (*name).to_owned()));
    for report in &found.units {
        let (timing, days) = match report.timing {
            Timing::Unmeasured => ("", None),
            Timing::DueIn { days } => ("due_in", Some(days)),
            Timing::Overdue { days } => ("overdue", Some(days)),
            Timing::InTime => ("in_time", None),
            Timing::Late { days } => ("late", Some(days)),
        };
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let unit = &report.org_unit;
        let cells = [
            unit.code.clone(),
            safe(&unit.name.zh),
            safe(&unit.name.en),
            found.year.to_string(),
            report.is_expected.to_string(),
            report.standing.code().to_owned(),
            day(report.due),
            day(report.sent_on),
            timing.to_owned(),
            days.map(|days| days.to_string()).unwrap_or_default(),
            report.never.to_string(),
        ];
        push_row(&mut csv, cells.into_iter());
    }
    csv
}

#[cfg(test)]
mod tests {
    use data::api::{Standing, UnitReport};

    use super::*;

    #[test]
    fn a_name_that_a_spreadsheet_would_compute_is_a_text() {
        let catalogue = crate::store::tests::catalogue();
        let mut org_unit = catalogue.org_units.get("371482").unwrap().clone();
        org_unit.name.zh = "=1+1".into();
        org_unit.name.en = "@a, \"b\"".into();
        let unit = UnitReport {
            org_unit: org_unit.clone(),
            is_expected: true,
            standing: Standing::NotBegun,
            timing: Timing::Overdue { days: 3 },
            due: None,
            sent_on: None,
            never: false,
            submission: None,
        };
        let csv = table(&Reporting {
            org_unit,
            year: 2022,
            today: chrono::NaiveDate::default(),
            shares: Vec::new(),
            units: vec![unit],
        });
        let csv = String::from_utf8(csv).unwrap();
        let line = "371482,'=1+1,\"'@a, \"\"b\"\"\",2022,true,not_begun,,,overdue,3,false\r\n";
        assert!(csv.ends_with(line), "{csv}");
    }
}
