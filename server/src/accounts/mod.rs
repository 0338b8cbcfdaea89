//! Who asks: people by their session or token, and how they come by one.

pub mod first;
pub mod links;
pub mod password;
pub mod public;
pub mod refusals;
pub mod secret;
pub mod session;
pub mod throttle;

use chrono::{TimeDelta, Utc};
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;

use crate::http::app::App;
use crate::http::failure::Problem;
use crate::rights::{Person, Role};
use crate::store::Scope;
use password::Hashing;
use public::Public;
use refusals::Refusals;
use throttle::Throttle;

/// What signing in needs to remember and to know.
#[derive(Debug)]
pub struct Accounts {
    /// Who tried lately, and failed.
    pub throttle: Throttle,
    /// Where passwords are hashed.
    pub hashing: Hashing,
    /// How the program is reached.
    pub public: Public,
    /// Who was refused what this hour.
    pub refusals: Refusals,
}

impl Accounts {
    /// Nobody has tried yet.
    pub fn new(public: Public) -> Accounts {
        Accounts {
            throttle: Throttle::default(),
            hashing: Hashing::default(),
            public,
            refusals: Refusals::default(),
        }
    }
}

/// How somebody showed who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// By the cookie of a session, of which this is the hash.
    Session(String),
    /// By a token that does no more than this.
    Token(Scope),
}

/// Somebody who asks, and how they showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Who, with every role.
    person: Person,
    /// By what.
    pub shown: Shown,
}

/// Last uses are noted this often; each is a write, and whoever looks at them asks for days.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Who asks, with the roles they may use here: all of them in a session, only what a token is for with a token, and then
/// never to administer. Nobody where the request shows nothing, or what has ended.
pub async fn person(app: &App, headers: &HeaderMap) -> Result<Option<Person>, Problem> {
    Ok(visit(app, headers).await?.map(Visit::acting))
}

/// Who asks, or 401.
pub async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Person, Problem> {
    person(app, headers).await?.ok_or(Problem::Unauthorized)
}

/// Who looks at something, or 401: with every role but administrator even where a token was shown, because each scope
/// includes reading. Never to be asked by what changes anything.
pub async fn reading(app: &App, headers: &HeaderMap) -> Result<Person, Problem> {
    let visit = visit(app, headers).await?.ok_or(Problem::Unauthorized)?;
    Ok(visit.looking())
}

/// Who asks in a session, and its hash; 401 for nobody, and 403 for a token: it cannot make further tokens, nor
/// administer.
pub async fn in_session(app: &App, headers: &HeaderMap) -> Result<(Person, String), Problem> {
    let visit = visit(app, headers).await?.ok_or(Problem::Unauthorized)?;
    match visit.shown {
        Shown::Session(hash) => Ok((visit.person, hash)),
        Shown::Token(_) => Err(Problem::SessionNeeded),
    }
}

/// Who asks, and by what they showed it.
pub async fn visit(app: &App, headers: &HeaderMap) -> Result<Option<Visit>, Problem> {
    let found = match bearer(headers) {
        Some(token) => by_token(app, token).await?,
        None => match session::cookie(headers, &app.accounts.public) {
            Some(token) => by_session(app, &token).await?,
            None => None,
        },
    };
    let Some((account, shown)) = found else {
        return Ok(None);
    };
    let listed = app.store.account(&account).await?;
    Ok(listed
        .filter(|listed| listed.disabled_at.is_none())
        .map(|listed| Visit {
            person: Person {
                account: listed.account,
                assignments: listed.assignments,
            },
            shown,
        }))
}

impl Visit {
    fn acting(self) -> Person {
        match self.shown {
            Shown::Session(_) => self.person,
            Shown::Token(scope) => only(self.person, |role| match scope {
                Scope::Read => false,
                Scope::Report => role == Role::Reporter,
                Scope::Review => role == Role::Reviewer,
            }),
        }
    }

    fn looking(self) -> Person {
        match self.shown {
            Shown::Session(_) => self.person,
            Shown::Token(_) => only(self.person, |role| role != Role::Administrator),
        }
    }
}

fn only(mut person: Person, is_kept: impl Fn(Role) -> bool) -> Person {
    person.assignments.retain(|(_, role)| is_kept(*role));
    person
}

/// The token in `Authorization: Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(app: &App, token: &str) -> Result<Option<(String, Shown)>, Problem> {
    let Some(found) = app.store.token(&secret::hash(token)).await? else {
        return Ok(None);
    };
    if is_to_note(found.used_at.as_deref()) {
        app.store.see_token(&found.id, Utc::now()).await?;
    }
    let scope = Scope::from_code(&found.scope).unwrap_or(Scope::Read);
    Ok(Some((found.account, Shown::Token(scope))))
}

async fn by_session(app: &App, token: &str) -> Result<Option<(String, Shown)>, Problem> {
    let (hash, now) = (secret::hash(token), Utc::now());
    let Some((account, seen)) = app.store.session(&hash, now - session::IDLE, now).await? else {
        return Ok(None);
    };
    if is_to_note(Some(&seen)) {
        app.store.see_session(&hash, now).await?;
    }
    Ok(Some((account, Shown::Session(hash))))
}

fn is_to_note(last: Option<&str>) -> bool {
    last.is_none_or(|last| last < crate::store::time(Utc::now() - NOTED_EVERY).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::Account;

    #[test]
    fn a_token_never_does_more_than_it_is_for() {
        let acting = |shown: Shown| {
            let assignments = Role::ALL.map(|role| ("371482".to_owned(), role)).to_vec();
            let account = Account {
                id: "1".into(),
                name: "li".into(),
                display_name: "李".into(),
            };
            let person = Person { account, assignments };
            let roles = Visit { person, shown }.acting().assignments;
            roles.into_iter().map(|(_, role)| role).collect::<Vec<Role>>()
        };
        assert_eq!(acting(Shown::Session(String::new())), Role::ALL);
        assert_eq!(acting(Shown::Token(Scope::Read)), []);
        assert_eq!(acting(Shown::Token(Scope::Report)), [Role::Reporter]);
        assert_eq!(acting(Shown::Token(Scope::Review)), [Role::Reviewer]);
    }
}
