//! A file out of a form, passed on to the API as it arrives: no part of it is kept here.

use axum::body::Body;
use axum::extract::Request;
use data::api::{ApiError, Submission};
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderName, IF_MATCH};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::client::Failure;
use super::visit::{FILE_NAME, Visit};
use crate::http::failure::Problem;
use crate::http::writes::{length, linger};

/// How much longer than its file a form is: its boundaries, and the names of its parts.
const AROUND: u64 = 64 << 10;

/// Sends the first file of a form; none where the form holds none.
pub async fn pass_on(
    visit: &Visit,
    method: Method,
    address: &str,
    revision: Option<&str>,
    request: Request,
) -> Result<Option<Submission>, Failure> {
    if let Some(refused) = too_large(visit, &request) {
        let (head, body) = request.into_parts();
        linger(body, &head.headers);
        return Err(refused);
    }
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let Ok(boundary) = multer::parse_boundary(kind) else {
        return Ok(None);
    };
    let mut parts = multer::Multipart::new(request.into_body().into_data_stream(), boundary);
    while let Ok(Some(part)) = parts.next_field().await {
        let Some(name) = part.file_name().filter(|name| !name.is_empty()) else {
            continue;
        };
        let name = utf8_percent_encode(name, NON_ALPHANUMERIC).to_string();
        let kind = part
            .content_type()
            .map_or("application/octet-stream".to_owned(), ToString::to_string);
        let mut headers: Vec<(HeaderName, &str)> = vec![(CONTENT_TYPE, &kind), (FILE_NAME, &name)];
        headers.extend(revision.map(|revision| (IF_MATCH, revision)));
        let reply = visit
            .client
            .ask(method, address, &headers, Body::from_stream(part))
            .await?;
        let submission = serde_json::from_slice(&reply.body).map_err(|_| Failure::Broken)?;
        return Ok(Some(submission));
    }
    Ok(None)
}

/// A form that says itself that its file is too large is refused before anything of it is read.
fn too_large(visit: &Visit, request: &Request) -> Option<Failure> {
    let most = visit.app.uploads.limit;
    let found = length(request.headers()).filter(|found| *found > most + AROUND)?;
    let problem = Problem::TooLarge {
        found: Some(found),
        most,
    };
    let error = ApiError {
        code: problem.code().to_owned(),
        message: problem.message(visit.lang),
        field: None,
        request_id: visit.app.request_id(),
    };
    Some(Failure::Refused(problem.status(), error))
}
