//! What pages of other sites may read: what everybody may, and nothing that is for one person.

use axum::response::Response;
use hyper::StatusCode;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderValue,
};

use super::asked::is_page;

/// Whether an address answers everybody the same with data, which any site's script may read. Pages and embeds are for people.
pub fn is_open(path: &str) -> bool {
    const FOR_PEOPLE: [&str; 2] = ["/assets/", "/embed/"];
    !is_page(path) && !FOR_PEOPLE.iter().any(|folder| path.starts_with(folder))
}

/// Lets scripts of any site read an answer. Never with cookies: a browser refuses `*` where it was asked to send them.
pub fn open(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag, link, x-request-id"),
    );
}

/// The answer to a browser that asks before it reads, as it does where a script names a header such as `If-None-Match`.
pub async fn preflight() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    open(headers);
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, HEAD"),
    );
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("accept, accept-language, content-type, if-none-match"),
    );
    // A day is the longest that any browser keeps it.
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}
