use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader, on_writer, time};

/// What a token may do of what its person may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// See what they see.
    Read,
    /// Send reports.
    Report,
    /// Accept and return reports.
    Review,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Report, Scope::Review];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Report => "report",
            Scope::Review => "review",
        }
    }

    /// The scope with this code.
    pub fn from_code(code: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// A token as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Token {
    /// Names it.
    pub id: String,
    /// What it is for, in the person's words.
    pub name: String,
    /// What it may do.
    pub scope: String,
    /// When it was made.
    pub created_at: String,
    /// When it was last used, to the nearest minutes.
    pub used_at: Option<String>,
}

/// A token that somebody showed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Shown {
    /// Names it.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// What it may do.
    pub scope: String,
    /// When it was last used.
    pub used_at: Option<String>,
}

impl Store {
    /// The tokens of an account that were not revoked, the oldest first.
    pub async fn tokens(&self, account: &str) -> Result<Vec<Token>, StoreError> {
        let sql = "select id, name, scope, created_at, used_at from api_token where account = $1 and revoked_at is null \
             order by created_at, id";
        on_reader!(self, pool => sqlx::query_as(sql).bind(account).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The token with this hash, where it was not revoked.
    pub async fn token(&self, token_hash: &str) -> Result<Option<Shown>, StoreError> {
        let sql =
            "select id, account, scope, used_at from api_token where token_hash = $1 and revoked_at is null";
        on_reader!(self, pool => sqlx::query_as(sql).bind(token_hash).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// Notes that a token is used.
    pub async fn see_token(&self, id: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "update api_token set used_at = $1 where id = $2";
        on_writer!(self, pool => sqlx::query(sql).bind(time(now)).bind(id).execute(pool).await.map(drop))
            .map_err(|error| self.failed(error))
    }
}

impl Writing {
    /// Makes a token.
    pub async fn create_token(
        &mut self,
        account: &str,
        (id, token_hash): (&str, &str),
        (name, scope): (&str, Scope),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "insert into api_token (id, token_hash, account, name, scope, created_at) values ($1, $2, $3, $4, $5, $6)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(id).bind(token_hash).bind(account).bind(name).bind(scope.code()).bind(time(now))
            .execute(connection).await.map(drop))?;
        let entry = Entry {
            account: Some(account),
            action: "token.create",
            org_unit: None,
            subject: id,
            detail: scope.code(),
        };
        self.audit(&entry, now).await
    }

    /// Revokes a token of an account; false where it has none of this id.
    pub async fn revoke_token(
        &mut self,
        account: &str,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql =
            "update api_token set revoked_at = $1 where id = $2 and account = $3 and revoked_at is null";
        let done = in_transaction!(self, connection => sqlx::query(sql).bind(time(now)).bind(id).bind(account)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            return Ok(false);
        }
        let entry = Entry {
            account: Some(account),
            action: "token.revoke",
            org_unit: None,
            subject: id,
            detail: "",
        };
        self.audit(&entry, now).await?;
        Ok(true)
    }
}
