//! One request to the desk: who asks, in which language, and the answers they can get.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use data::Lang;
use data::api::Me;
use hyper::header::{
    CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, ORIGIN, SET_COOKIE, VARY,
};
use hyper::{StatusCode, Uri};

use super::client::{Client, Failure};
use super::html::frame;
use crate::http::answer::Kind;
use crate::http::app::App;
use crate::http::theme::Theme;
use crate::http::{security, writes};

/// A request to the desk.
#[derive(Debug)]
pub struct Visit {
    /// What everything is answered from.
    pub app: Arc<App>,
    /// Asks the API as this visitor.
    pub client: Client,
    /// The language of the page.
    pub lang: Lang,
    theme: Option<Theme>,
    uri: Uri,
    headers: HeaderMap,
}

impl Visit {
    /// The visit of a request.
    pub fn of<B>(app: Arc<App>, request: &hyper::Request<B>) -> Visit {
        let headers = request.headers();
        let uri = request.uri().clone();
        let asked = parameter(&uri, "lang").and_then(|code| Lang::from_code(&code));
        let lang = asked.unwrap_or_default();
        Visit {
            client: Client::of(&app, request, lang),
            lang,
            theme: Theme::of(headers),
            headers: headers.clone(),
            uri,
            app,
        }
    }

    /// A parameter of the address that says something.
    pub fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.uri, name)
    }

    /// A path of ours as an address to hand to others: on the site that this form was sent from.
    pub fn whole(&self, path: &str) -> String {
        let origin = self.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        format!(
            "{}{path}",
            origin.filter(|origin| *origin != "null").unwrap_or_default()
        )
    }

    /// Where we are reached: as the operator says, or as this visitor did.
    pub fn here(&self) -> String {
        let host = self.headers.get(HOST).and_then(|host| host.to_str().ok());
        let public = self.app.accounts.public.url.clone();
        public.unwrap_or_else(|| format!("http://{}", host.unwrap_or_default()))
    }

    /// Who is signed in.
    pub async fn me(&self) -> Result<Me, Failure> {
        self.client.get("/api/v1/me").await
    }

    /// A page of the desk; `main` is finished HTML.
    pub fn page(&self, me: Option<&Me>, title: &str, main: &str) -> Response {
        self.page_with(StatusCode::OK, me, title, main)
    }

    /// The same with another status.
    pub fn page_with(&self, status: StatusCode, me: Option<&Me>, title: &str, main: &str) -> Response {
        self.app.refresh();
        let published = self.app.published.load_full();
        let address = self.uri.path_and_query().map_or("/", |address| address.as_str());
        let frame = frame::Frame {
            lang: self.lang,
            theme: self.theme,
            address,
            me,
        };
        let html = frame::document(&frame, title, main, &published.assets);
        let mut response = Response::new(Body::from(html));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let media_type = HeaderValue::from_static(Kind::Html.media_type());
        headers.insert(CONTENT_TYPE, media_type);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static(security::vary(Kind::Html)));
        let policies = Some(&*published.assets.policies);
        security::protect(headers, Kind::Html, policies, &self.headers);
        response
    }

    /// Sends the browser on to a page of ours, so that reloading it sends nothing twice.
    pub fn go(&self, path: &str) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let to = HeaderValue::try_from(in_lang(path, self.lang));
        let headers = response.headers_mut();
        headers.insert(LOCATION, to.unwrap_or(HeaderValue::from_static("/report")));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The same, with the cookies that the API set.
    pub fn go_with_cookies(&self, path: &str, cookies: &HeaderMap) -> Response {
        let mut response = self.go(path);
        for cookie in cookies.get_all(SET_COOKIE) {
            response.headers_mut().append(SET_COOKIE, cookie.clone());
        }
        response
    }

    /// What is shown where something failed: the way to sign in, or the words of the API.
    pub fn failed(&self, me: Option<&Me>, failure: &Failure) -> Response {
        let (status, message) = match failure {
            Failure::SignedOut => return self.go(&self.sign_in()),
            Failure::Refused(status, error) => (*status, error.message.clone()),
            Failure::Broken => {
                let words = self
                    .lang
                    .pick("服务器出错，请稍后再试", "The server failed; try again later");
                (StatusCode::INTERNAL_SERVER_ERROR, words.to_owned())
            }
        };
        let title = self.lang.pick("没有完成", "This was not done");
        self.page_with(status, me, title, &frame::failure(self.lang, &message))
    }

    /// The page to sign in at, which comes back here.
    fn sign_in(&self) -> String {
        let here = self.uri.path_and_query().map_or("/report", |here| here.as_str());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("next", here);
        format!("/sign-in?{}", query.finish())
    }
}

/// The address in a language; Chinese is the first and is not written.
pub fn in_lang(address: &str, lang: Lang) -> String {
    if lang == Lang::Zh || address.contains("lang=") {
        return address.to_owned();
    }
    let (address, place) = match address.split_once('#') {
        Some((address, place)) => (address, format!("#{place}")),
        None => (address, String::new()),
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}lang={}{place}", lang.code())
}

/// Whether an address leads to a page of ours: a form may not send people to another site.
pub fn is_ours(address: &str) -> bool {
    let mut letters = address.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && !address.contains(char::is_control)
}

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// How large a form may be.
const LONGEST_FORM: usize = 1 << 20;

/// The fields of a form, up to 1 MB of them.
pub async fn form(request: Request) -> Vec<(String, String)> {
    form_within(request).await.unwrap_or_default()
}

/// The same; none where it is larger, which is then passed over so that the browser sees the answer.
pub async fn form_within(request: Request) -> Option<Vec<(String, String)>> {
    let (parts, body) = request.into_parts();
    if writes::length(&parts.headers).is_some_and(|length| length > LONGEST_FORM as u64) {
        writes::linger(body, &parts.headers);
        return None;
    }
    let body = axum::body::to_bytes(body, LONGEST_FORM).await.ok()?;
    Some(form_urlencoded::parse(&body).into_owned().collect())
}

/// A field of a form without the space around it; empty where it is not there.
pub fn field<'a>(form: &'a [(String, String)], name: &str) -> &'a str {
    let found = form.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value.trim())
}

/// The header that names a file, which the API takes percent-encoded.
pub const FILE_NAME: HeaderName = HeaderName::from_static("x-file-name");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_sends_nobody_to_another_site() {
        let check = |address, expected| assert_eq!(is_ours(address), expected, "{address}");
        check("/report", true);
        check("/review/1?lang=en", true);
        check("//example.org", false);
        check("/\\example.org", false);
        check("https://example.org", false);
        check("/a\r\nset-cookie: b", false);
        check("", false);
    }

    #[test]
    fn the_language_goes_along() {
        let check = |address, lang, expected: &str| assert_eq!(in_lang(address, lang), expected);
        check("/report", Lang::Zh, "/report");
        check("/report", Lang::En, "/report?lang=en");
        check("/report?year=2025", Lang::En, "/report?year=2025&lang=en");
        check("/admin#people", Lang::En, "/admin?lang=en#people");
    }
}
