//! What every address has in common that changes something, or answers one person: where it may be sent from, how much of
//! it is read, and that no cache keeps the answer.

use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use chrono::Utc;
use data::Names;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, EXPECT, HOST,
    HeaderMap, HeaderValue, ORIGIN, VARY,
};
use hyper::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::Kind;
use super::app::App;
use super::asked::Asked;
use super::encoding::Encoding;
use super::failure::Problem;
use super::{reads, security};
use crate::accounts::public::Public;
use crate::accounts::refusals::Refusal;
use crate::accounts::{bearer, session};
use crate::rights::Refused;
use crate::uploads::{Progress, Receiving, Upload};

/// Answers one person. The future owns what it needs.
pub type Write = fn(Arc<App>, Sent) -> Answering;

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// What most addresses read at most: a form, a few names.
pub const SMALL: usize = 64 << 10;

/// How much of a body an address reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`SMALL`].
    Small,
    /// A file, as large as the operator allows.
    Upload,
}

/// The largest JSON, a form with some ten thousand figures; it is held in memory, which a file never is.
const LARGEST_JSON: usize = 4 << 20;

/// How long, and how much of, a refused body is passed over: a browser that sends on finds the connection closed otherwise,
/// and shows that instead of the answer.
const LINGER: Duration = Duration::from_secs(20);
const LINGER_BYTES: usize = 256 << 20;

/// The slowest line that is waited for, 128 kbit/s, beside half a minute for the beginning.
const SLOWEST_BYTES_PER_SECOND: u64 = 16 << 10;
const BEGINNING: Duration = Duration::from_secs(30);

/// The other end of a connection, as the listener saw it.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// A request on its way to a handler.
#[derive(Debug)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Its headers.
    pub headers: HeaderMap,
    /// The address, decoded.
    pub asked: Asked,
    /// Who sent it, as the operator's proxies say.
    pub client: IpAddr,
    limit: u64,
    /// Behind a lock that is never waited for: a body may not be looked at by two threads, and a handler may be on any.
    body: Mutex<Body>,
}

impl Sent {
    /// The segment of the path after this one: the id in `/accounts/{id}/links`.
    pub fn after(&self, segment: &str) -> &str {
        let mut segments = self.asked.path.split('/').skip_while(|found| *found != segment);
        segments.nth(1).unwrap_or_default()
    }

    /// The body as it comes, up to the limit; it can be taken once.
    pub fn stream(&mut self) -> Limited<Body> {
        let body = std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner));
        Limited::new(body, self.most())
    }

    fn most(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }

    fn too_large(&self) -> Problem {
        let found = length(&self.headers).filter(|found| *found > self.limit);
        Problem::TooLarge {
            found,
            most: self.limit,
        }
    }

    fn patience(&self) -> Duration {
        BEGINNING + Duration::from_secs(self.limit / SLOWEST_BYTES_PER_SECOND)
    }

    /// The whole body, as long as it is within the limit and comes in time.
    pub async fn bytes(&mut self) -> Result<Bytes, Problem> {
        let body = self.stream();
        let read = tokio::time::timeout(self.patience(), body.collect()).await;
        let read = read.map_err(|_| Problem::TooSlow)?;
        let read = read.map_err(|error| match error.is::<LengthLimitError>() {
            true => self.too_large(),
            false => Problem::BadBody(error.to_string()),
        });
        Ok(read?.to_bytes())
    }

    /// The body as a file, however large within the limit: a piece of it is in memory at a time.
    pub async fn upload(&mut self, progress: &Progress) -> Result<Upload, Problem> {
        let announced = length(&self.headers).unwrap_or_default();
        progress.announced.store(announced, Ordering::Relaxed);
        let body = std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner));
        let taken = tokio::time::timeout(self.patience(), self.take(body, progress)).await;
        taken.map_err(|_| Problem::TooSlow)?
    }

    async fn take(&self, mut body: Body, progress: &Progress) -> Result<Upload, Problem> {
        let mut receiving = Receiving::begin().await.map_err(no_room)?;
        let mut received = 0;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Problem::BadBody(error.to_string()))?;
            let Ok(bytes) = frame.into_data() else {
                continue;
            };
            received += bytes.len() as u64;
            if received > self.limit {
                linger(body, &self.headers);
                return Err(self.too_large());
            }
            receiving.push(&bytes).await.map_err(no_room)?;
            progress.received.store(received, Ordering::Relaxed);
        }
        receiving.finish().await.map_err(no_room)
    }

    /// Takes in a small body before anything is decided: who is refused with a body unread loses the connection, and a
    /// client that sends its next request on it sees that fail.
    async fn take_small(&mut self) -> Result<(), Problem> {
        if length(&self.headers).is_some_and(|length| length <= SMALL as u64) {
            let bytes = self.bytes().await?;
            self.body = Mutex::new(Body::from(bytes));
        }
        Ok(())
    }

    /// The body as JSON of a shape.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let media_type = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let essence = media_type.and_then(|media_type| media_type.split(';').next());
        if essence.is_none_or(|essence| !essence.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Problem::UnsupportedMediaType);
        }
        self.limit = self.limit.min(LARGEST_JSON as u64);
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| Problem::BadBody(error.to_string()))
    }
}

/// Answers an address; what is wrong comes in the envelope.
pub async fn answer(State(app): State<Arc<App>>, write: Write, limit: Limit, request: Request) -> Response {
    let limit = match limit {
        Limit::Small => SMALL as u64,
        Limit::Upload => app.uploads.limit,
    };
    let (parts, body) = request.into_parts();
    let head = Request::from_parts(parts.clone(), Body::empty());
    let peer = parts.extensions.get::<Peer>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    let sent = Asked::parse(&parts.uri).map(|asked| Sent {
        client: app.accounts.public.client(peer, &parts.headers),
        method: parts.method,
        headers: parts.headers,
        asked,
        limit,
        body: Mutex::new(body),
    });
    let answered = match sent.and_then(|sent| check(&app.accounts.public, sent)) {
        Ok(mut sent) => match sent.take_small().await {
            Ok(()) => write(app.clone(), sent).await,
            Err(problem) => Err(problem),
        },
        Err(problem) => Err(problem),
    };
    match answered {
        Ok(response) => personal(response, head.headers()),
        Err(problem) => {
            if let Problem::Forbidden(refused) = &problem {
                let path: String = head.uri().path().chars().take(LONGEST_PATH).collect();
                note(&app, refused, &format!("{} {path}", head.method())).await;
            }
            reads::failed(&app, &problem, &head)
        }
    }
}

/// Keeps in the audit log who was refused. Where that fails the refusal stands, and the log of the program has it.
async fn note(app: &App, refused: &Refused, asked: &str) {
    let refusal = Refusal::of(refused, asked);
    let noted = app.accounts.refusals.note(&app.store, refusal, Utc::now()).await;
    if let Err(error) = noted {
        tracing::error!(%error, "a refusal cannot be written into the audit log");
    }
}

/// An address of ours with two ids in it.
const LONGEST_PATH: usize = 120;

fn check(public: &Public, sent: Sent) -> Result<Sent, Problem> {
    if !matches!(sent.method, Method::GET | Method::HEAD) && !is_from_here(public, &sent.headers) {
        return Err(Problem::CrossSite);
    }
    if length(&sent.headers).is_some_and(|length| length > sent.limit) {
        let problem = sent.too_large();
        let body = sent.body.into_inner().unwrap_or_else(PoisonError::into_inner);
        linger(body, &sent.headers);
        return Err(problem);
    }
    Ok(sent)
}

/// How long a body is that says it before it comes.
pub fn length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?;
    length.parse().ok()
}

/// Passes over what is left of a body that was refused, beside the answer. Who asks before sending is told not to.
pub fn linger(body: Body, headers: &HeaderMap) {
    if headers.contains_key(EXPECT) {
        return;
    }
    tokio::spawn(tokio::time::timeout(LINGER, async move {
        let mut body = Limited::new(body, LINGER_BYTES);
        while let Some(Ok(_)) = body.frame().await {}
    }));
}

/// The folder for temporary files is full, or cannot be written to: a fault of the machine that its operator can mend.
pub fn no_room(error: std::io::Error) -> Problem {
    tracing::error!(%error, folder = %std::env::temp_dir().display(), "cannot keep a file that is being sent");
    Problem::Told {
        status: StatusCode::INSUFFICIENT_STORAGE,
        code: "no_room",
        words: Names {
            zh: "服务器的临时文件夹已满或无法写入，文件没有收下；请告知管理员，稍后再传".into(),
            en: "the server's folder for temporary files is full or cannot be written to, and the file was not taken; tell \
                 the administrator and send it again later"
                .into(),
        },
    }
}

/// Whether a request that changes something was made by a page of ours, or by a program.
///
/// Browsers say where a request comes from, and another site's page cannot keep them from it. `Sec-Fetch-Site` is decisive
/// where it is there; by plain http, and before Chromium 76, there is only `Origin`. A program sends neither; it is let
/// through unless it carries a session, which only a browser would have been made to do. A token no browser adds by itself.
fn is_from_here(public: &Public, headers: &HeaderMap) -> bool {
    let has_session = session::cookie(headers, public).is_some();
    if bearer(headers).is_some() && !has_session {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let is_public = public.url.as_deref() == Some(origin);
            let host = origin.split_once("://").map(|(_, host)| host);
            is_public || (host.is_some() && host == text(HOST.as_str()))
        }
        (None, None) => !has_session,
    }
}

/// No cache keeps what was said to one person.
fn personal(mut response: Response, request: &HeaderMap) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        VARY,
        HeaderValue::from_static("cookie, authorization, accept-language"),
    );
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        security::protect(headers, Kind::Json, None, request);
    }
    response
}

/// An answer in JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Result<Response, Problem> {
    json_in(Encoding::Identity, status, body)
}

/// The same in an encoding: a line of 2 Mbit/s waits a second for each 250 kB.
pub fn json_in(encoding: Encoding, status: StatusCode, body: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written as JSON");
        Problem::Internal
    })?;
    let encoded = encoding.encode(&body);
    let name = encoding.name().filter(|_| encoded.is_some());
    let mut response = Response::new(encoded.map_or_else(|| Body::from(body), Body::from));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_static(Kind::Json.media_type());
    headers.insert(CONTENT_TYPE, media_type);
    if let Some(name) = name {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

/// Done, and there is nothing to say.
pub fn done() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_and_programs_change_anything() {
        let check = |lines: &[(&'static str, &'static str)], expected: bool| {
            let lines = lines.iter().map(|(name, value)| {
                (
                    hyper::header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            });
            let headers = HeaderMap::from_iter(lines);
            assert_eq!(
                is_from_here(&Public::default(), &headers),
                expected,
                "{headers:?}"
            );
        };
        let (host, session) = (("host", "a.cn"), ("cookie", "theme=dark; session=1"));
        let token = ("authorization", "Bearer 1");
        check(&[host, session, ("sec-fetch-site", "same-origin")], true);
        for site in ["same-site", "cross-site", "none"] {
            check(
                &[host, session, ("sec-fetch-site", site), ("origin", "http://a.cn")],
                false,
            );
        }
        check(&[host, session, ("origin", "http://a.cn")], true);
        for origin in ["http://b.cn", "null", "http://a.cn.b.cn", "http://a.cn:81"] {
            check(&[host, ("origin", origin)], false);
        }
        check(&[host], true);
        check(&[host, session], false);
        check(&[host, token, ("origin", "http://b.cn")], true);
        check(&[host, token, session, ("origin", "http://b.cn")], false);
    }
}
