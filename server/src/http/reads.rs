//! What every address that is read has in common: decode, look into the cache, make the answer beside the threads that
//! serve, keep it, send it.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use data::AsOf;
use hyper::{HeaderMap, Uri};
use tokio::time::timeout;

use super::accept::Form;
use super::answer::{Answer, Content, Kind};
use super::app::App;
use super::asked::{Asked, is_of_chart, is_page, key, lang};
use super::cors;
use super::encoding::Encoding;
use super::failure::Problem;
use super::heavy::is_heavy;
use super::published::Published;
use super::theme::Theme;
use crate::chart::embed;
use crate::saved::resolve::resolve;

/// Makes the answer of an address from the published state: a pure function.
pub type Read = fn(&Published, &Asked) -> Result<Content, Problem>;

/// Answers an address; what is wrong comes in the envelope, and in a portal's frame as a page.
pub async fn answer(app: State<Arc<App>>, read: Read, request: Request) -> Response {
    let headers = request.headers();
    match respond(&app, read, request.uri(), headers).await {
        Ok(response) => response,
        Err(problem) if request.uri().path().starts_with("/embed/") => {
            failed_in_frame(&app, &problem, &request)
        }
        Err(problem) => failed_openly(&app, &problem, &request),
    }
}

/// The same as [`failed`] for an embed: an envelope would be refused by the frame, which would stay blank. Like every embed it
/// is in the language of its address and not of the reader.
pub fn failed_in_frame(app: &App, problem: &Problem, request: &Request) -> Response {
    let id = noted(app, problem, request);
    let lang = lang(request.uri(), &HeaderMap::new());
    let message = problem.message(lang);
    let reason = match problem {
        Problem::Internal => format!("{message} ({id})"),
        _ => message,
    };
    let published = app.published.load_full();
    let page = embed::refusal(&published, lang, problem.status(), &reason);
    let answer = Answer::new(page, &published.tag_of(Kind::Embed));
    let mut response = answer.response(request.headers(), Encoding::Identity);
    problem.add_headers(response.headers_mut(), &id);
    response.map(Body::new)
}

/// The same as [`failed`] where everybody may read what is asked for: a script of another site sees what is wrong as well.
pub fn failed_openly(app: &App, problem: &Problem, request: &Request) -> Response {
    let mut response = failed(app, problem, request);
    if cors::is_open(request.uri().path()) {
        cors::open(response.headers_mut());
    }
    response
}

/// The answer to a request that cannot be answered, noted in the log under its id.
pub fn failed(app: &App, problem: &Problem, request: &Request) -> Response {
    let id = noted(app, problem, request);
    let lang = lang(request.uri(), request.headers());
    problem.response(lang, &id).map(Body::new)
}

/// The id under which the log has a request that cannot be answered.
fn noted(app: &App, problem: &Problem, request: &Request) -> String {
    let id = app.request_id();
    let (status, code) = (problem.status().as_u16(), problem.code());
    // The token of a one-time link is a secret until it is used.
    let address = match request.uri().path().split_once("/links/") {
        Some((before, _)) => format!("{before}/links/…"),
        None => request.uri().to_string(),
    };
    let method = request.method();
    match problem {
        Problem::Internal => tracing::error!(request_id = id, %method, %address, status, code, "failed"),
        Problem::Forbidden(refused) => {
            tracing::info!(request_id = id, %method, %address, status, code, %refused, "refused")
        }
        _ => tracing::info!(request_id = id, %method, %address, status, code, "refused"),
    }
    id
}

async fn respond(app: &Arc<App>, read: Read, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let asked = Asked::parse(uri)?.in_theme_of(headers).in_form_of(headers)?;
    app.refresh();
    let encoding = Encoding::accepted(headers);
    let (theme, has_forms) = (asked.theme, asked.form.is_some());
    let canonical = key(&asked.canonical(), theme).into_owned();
    let asked = resolve(app, asked).await?;
    let newest = app.published.load_full();
    let named = asked.named.clone();
    // A portal's readers ask for a pinned chart as often as for another, and its vintage never changes: it is kept beside the
    // newest answers, where nobody asks the database what the state was.
    let kept = named.as_ref().and_then(|_| newest.cache.get(&canonical));
    let (published, asked, as_of) = match kept {
        Some(_) => (newest.clone(), asked, None),
        None => of_state(app, &newest, asked).await?,
    };
    let shelf = if named.is_some() {
        &newest.cache
    } else {
        &published.cache
    };
    let answer = match kept.or_else(|| shelf.get(&canonical)) {
        Some(answer) if answer.is_prepared(encoding) => answer,
        kept => make(app, &published, read, asked, kept, encoding).await?,
    };
    if answer.status.is_success() {
        let is_brief = match &named {
            Some(named) => !named.ignored.is_empty(),
            None => as_of.is_some(),
        };
        // Under the address as it was written it is found without decoding, where it is found beside the newest.
        let written = uri.path_and_query().map(|written| key(written.as_str(), theme));
        let is_whole = |written: &Cow<'_, str>| {
            *written != canonical && !has_forms && (named.is_some() || as_of.is_none())
        };
        let written = written.filter(is_whole);
        for address in [Some(canonical.as_str()), written.as_deref()]
            .into_iter()
            .flatten()
        {
            match is_brief {
                true => shelf.insert_briefly(address, answer.clone()),
                false => shelf.insert(address, answer.clone()),
            }
        }
    }
    Ok(answer.response(headers, encoding).map(Body::new))
}

/// The state that an address asks for, what it asks of that, and which it was.
async fn of_state(
    app: &Arc<App>,
    newest: &Arc<Published>,
    asked: Asked,
) -> Result<(Arc<Published>, Asked, Option<AsOf>), Problem> {
    let (asked, as_of) = asked.of_state()?;
    let Some(state) = as_of else {
        return Ok((newest.clone(), asked, None));
    };
    match app.past.as_of(app, state).await {
        Err(Problem::NothingAsOf(_)) if is_page(&asked.path) && !is_of_chart(&asked.path) => {
            Ok((newest.clone(), asked.of_no_state(), as_of))
        }
        found => Ok((found?, asked, as_of)),
    }
}

/// In every entity tag of an answer: what it is made from, and the theme or the form that it is in.
fn tag(published: &Published, kind: Kind, asked: &Asked) -> String {
    let tag = published.tag_of(kind);
    let theme = asked.theme.map(Theme::name);
    match theme.or(asked.form.map(Form::name)) {
        None => tag,
        Some(name) => format!("{tag}-{name}"),
    }
}

/// The address of what describes a table: the same question, asked of its metadata.
fn description(asked: &Asked) -> Option<String> {
    let path = asked.path.strip_suffix("/observations.csv")?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.pairs());
    if let Some(as_of) = asked.as_of {
        query.append_pair(AsOf::PARAMETER, &as_of.to_string());
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{path}/observations.csv-metadata.json{mark}{query}"))
}

/// Makes the answer, or the encoding that a kept one lacks, on a thread of its own kind: it takes milliseconds, during
/// which the threads that serve answer hundreds of others.
async fn make(
    app: &App,
    published: &Arc<Published>,
    read: Read,
    asked: Asked,
    kept: Option<Arc<Answer>>,
    encoding: Encoding,
) -> Result<Arc<Answer>, Problem> {
    let heavy = match is_heavy(&asked.path) {
        true => Some(app.heavy.turn().await?),
        false => None,
    };
    let turn = timeout(app.patience, app.makers.clone().acquire_owned()).await;
    let turn = turn.map_err(|_| Problem::Busy)?.map_err(|_| Problem::Internal)?;
    let published = published.clone();
    let made = tokio::task::spawn_blocking(move || {
        // Held by the work and not by who waits for it: a client that goes away does not make room for another.
        let _turns = (turn, heavy);
        let answer = match kept {
            Some(answer) => answer,
            None => {
                let content = read(&published, &asked)?;
                let tag = tag(&published, content.kind, &asked);
                Arc::new(Answer::new(content, &tag).described_by(description(&asked)))
            }
        };
        answer.prepare(encoding);
        Ok(answer)
    });
    // The task can only fail by a panic, which is a fault of ours; its message is in the log already.
    made.await.unwrap_or(Err(Problem::Internal))
}
