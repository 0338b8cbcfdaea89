//! Signing in and out.

use std::net::IpAddr;
use std::time::Instant;

use chrono::{TimeDelta, Utc};
use hyper::HeaderMap;
use hyper::header::{COOKIE, HeaderValue};

use super::public::Public;
use super::secret;
use crate::http::app::App;
use crate::http::failure::Problem;

/// A working day with a long lunch; then whoever finds the desk open finds nobody signed in.
pub const IDLE: TimeDelta = TimeDelta::hours(12);

/// However much it is used, a stolen cookie is of no use after a week.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// Signs somebody in: the cookie of a new session. A session that the request already has ends, so that nobody can have
/// put theirs under it. The same problem for an unknown name, a wrong password and a disabled account.
pub async fn sign_in(
    app: &App,
    peer: IpAddr,
    headers: &HeaderMap,
    name: &str,
    password: &str,
) -> Result<HeaderValue, Problem> {
    let throttle = &app.accounts.throttle;
    throttle
        .begin(name, peer, Instant::now())
        .map_err(|seconds| Problem::TooManyRequests { seconds })?;
    let credentials = app.store.credentials(name).await?;
    let usable = credentials.filter(|credentials| credentials.disabled_at.is_none());
    let (account, hash) = match usable {
        Some(credentials) => (Some(credentials.id), credentials.password),
        None => (None, None),
    };
    let is_right = app.accounts.hashing.verify(password.to_owned(), hash).await?;
    let Some(account) = account.filter(|_| is_right) else {
        return Err(Problem::BadCredentials);
    };
    throttle.succeeded(name, peer);
    begin(app, headers, &account).await
}

/// Begins a session of an account.
async fn begin(app: &App, headers: &HeaderMap, account: &str) -> Result<HeaderValue, Problem> {
    let (token, now) = (secret::token()?, Utc::now());
    let mut writing = app.store.begin_writing().await?;
    if let Some(before) = cookie(headers, &app.accounts.public) {
        writing.end_session(&secret::hash(&before), now).await?;
    }
    writing
        .begin_session(account, &secret::hash(&token), now + LIFETIME, now)
        .await?;
    writing.commit().await?;
    Ok(set_cookie(&app.accounts.public, &token, LIFETIME.num_seconds()))
}

/// Ends the session of a request: the cookie that takes it away.
pub async fn sign_out(app: &App, headers: &HeaderMap) -> Result<HeaderValue, Problem> {
    if let Some(token) = cookie(headers, &app.accounts.public) {
        let mut writing = app.store.begin_writing().await?;
        writing.end_session(&secret::hash(&token), Utc::now()).await?;
        writing.commit().await?;
    }
    Ok(no_cookie(&app.accounts.public))
}

/// The cookie that takes a session away.
pub fn no_cookie(public: &Public) -> HeaderValue {
    set_cookie(public, "", 0)
}

/// The token in the cookie of a session.
pub fn cookie(headers: &HeaderMap, public: &Public) -> Option<String> {
    let name = cookie_name(public);
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, token)| token.to_owned())
}

/// With `__Host-` a browser takes the cookie only from this host and by https; by plain http it takes none of that name.
fn cookie_name(public: &Public) -> &'static str {
    match public.is_https() {
        true => "__Host-session",
        false => "session",
    }
}

fn set_cookie(public: &Public, token: &str, seconds: i64) -> HeaderValue {
    let secure = if public.is_https() { "; Secure" } else { "" };
    let name = cookie_name(public);
    let text = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_https_the_cookie_is_for_https_and_this_host_alone() {
        let of = |url: Option<&str>| {
            let public = Public {
                url: url.map(ToOwned::to_owned),
                proxies: Vec::new(),
            };
            let cookie = set_cookie(&public, "t", 9);
            cookie.to_str().unwrap().to_owned()
        };
        let plain = "session=t; Path=/; Max-Age=9; HttpOnly; SameSite=Lax";
        assert_eq!(of(None), plain);
        assert_eq!(of(Some("http://figures.cn")), plain);
        assert_eq!(of(Some("https://figures.cn")), format!("__Host-{plain}; Secure"));
    }
}
