use chrono::{DateTime, Utc};

use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader, time};
use crate::rights::Authority;

/// What a one-time link is for. Either way whoever opens it chooses a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The first password.
    Invitation,
    /// Another one in place of one that was forgotten.
    Reset,
}

impl Purpose {
    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }
}

/// A link to be made.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// SHA-256 of its token.
    pub token_hash: &'a str,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose password it sets.
    pub account: &'a str,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// The id of the account whose password a link sets, where it can still be used.
    pub async fn link(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
        let sql =
            "select account from one_time_link where token_hash = $1 and used_at is null and expires_at > $2";
        on_reader!(self, pool => sqlx::query_scalar(sql).bind(token_hash).bind(time(now)).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }
}

impl Writing {
    /// Makes a link; those made before for the account end.
    pub async fn create_link(
        &mut self,
        link: Link<'_>,
        by: Authority<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.void_links(link.account, now).await?;
        let sql = "insert into one_time_link (token_hash, purpose, account, created_by, expires_at) values ($1, $2, $3, $4, $5)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(link.token_hash).bind(link.purpose.code()).bind(link.account).bind(by.account()).bind(time(link.expires_at))
            .execute(connection).await.map(drop))?;
        let entry = Entry {
            account: by.account(),
            action: "link.create",
            org_unit: None,
            subject: link.account,
            detail: link.purpose.code(),
        };
        self.audit(&entry, now).await
    }

    /// Uses up a link, and answers the id of its account; none where it was used, has expired or never was.
    pub async fn use_link(
        &mut self,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let sql = "update one_time_link set used_at = $1 where token_hash = $2 and used_at is null and expires_at > $1 \
             returning account";
        in_transaction!(self, connection => sqlx::query_scalar(sql).bind(time(now)).bind(token_hash)
            .fetch_optional(connection).await)
    }

    pub(super) async fn void_links(&mut self, account: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "update one_time_link set used_at = $1 where account = $2 and used_at is null";
        in_transaction!(self, connection => sqlx::query(sql).bind(time(now)).bind(account).execute(connection).await.map(drop))
    }
}
