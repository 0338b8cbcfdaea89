use chrono::{DateTime, Utc};

use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader, on_writer, time};

impl Store {
    /// The account of a session that has not expired and was used after `idle_since`, and when it was last seen.
    pub async fn session(
        &self,
        token_hash: &str,
        idle_since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, String)>, StoreError> {
        let sql =
            "select account, seen_at from session where token_hash = $1 and seen_at > $2 and expires_at > $3";
        on_reader!(self, pool => sqlx::query_as(sql).bind(token_hash).bind(time(idle_since)).bind(time(now))
            .fetch_optional(pool).await)
        .map_err(|error| self.failed(error))
    }

    /// Notes that a session is used.
    pub async fn see_session(&self, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "update session set seen_at = $1 where token_hash = $2";
        on_writer!(self, pool => sqlx::query(sql).bind(time(now)).bind(token_hash).execute(pool).await.map(drop))
            .map_err(|error| self.failed(error))
    }
}

impl Writing {
    /// Begins a session, and forgets all that have expired, so that the table holds no more than are in use.
    pub async fn begin_session(
        &mut self,
        account: &str,
        token_hash: &str,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let expired = "delete from session where expires_at <= $1";
        in_transaction!(self, connection => sqlx::query(expired).bind(time(now)).execute(connection).await.map(drop))?;
        let sql = "insert into session (token_hash, account, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(token_hash).bind(account).bind(time(now)).bind(time(expires_at))
            .execute(connection).await.map(drop))?;
        self.audit(&entry("session.begin", account), now).await
    }

    /// Ends one session; its account, where there was one.
    pub async fn end_session(
        &mut self,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let sql = "delete from session where token_hash = $1 returning account";
        let account: Option<String> = in_transaction!(self, connection => sqlx::query_scalar(sql).bind(token_hash)
            .fetch_optional(connection).await)?;
        if let Some(account) = &account {
            self.audit(&entry("session.end", account), now).await?;
        }
        Ok(account)
    }

    /// Ends every session of an account, by their person's wish.
    pub async fn end_all_sessions(&mut self, account: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_sessions(account).await?;
        self.audit(&entry("session.end_all", account), now).await
    }

    pub(super) async fn end_sessions(&mut self, account: &str) -> Result<(), StoreError> {
        let sql = "delete from session where account = $1";
        in_transaction!(self, connection => sqlx::query(sql).bind(account).execute(connection).await.map(drop))
    }
}

fn entry<'a>(action: &'a str, account: &'a str) -> Entry<'a> {
    Entry {
        account: Some(account),
        action,
        org_unit: None,
        subject: account,
        detail: "",
    }
}
