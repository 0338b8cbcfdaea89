use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use data::Phrase;
use data::api::SubmissionState;
use data::period::YEARS;

use super::desk;
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::store::Wanted;

/// The submissions that the person may see, those that changed last first.
pub async fn list(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["state", "org-unit", "year"])?;
    let expected = Phrase::new(
        "draft、submitted、endorsed、returned、accepted、undone 或 withdrawn",
        "draft, submitted, endorsed, returned, accepted, undone or withdrawn",
    );
    let wanted = Wanted {
        state: parameters.parsed("state", expected, SubmissionState::from_code)?,
        org_unit: parameters.get("org-unit"),
        year: parameters.parsed(
            "year",
            Phrase::new("年份，如 2022", "a year such as 2022"),
            |text| text.parse().ok().filter(|year| YEARS.contains(year)),
        )?,
    };
    writes::json(StatusCode::OK, &desk(&app, &person).list(wanted).await?)
}
