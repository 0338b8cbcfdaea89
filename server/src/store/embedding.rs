//! The hosts that may frame charts.

use chrono::{DateTime, Utc};
use data::embedding::EmbeddingHosts;

use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader};
use crate::rights::TopAdministrator;

const HOSTS: &str = "select host from embedding_host order by position";

impl Store {
    /// The hosts that may frame charts. A list that cannot be read is a fault and not an empty one, which would let in
    /// everybody.
    pub async fn embedding_hosts(&self) -> Result<EmbeddingHosts, StoreError> {
        let lines: Vec<String> = on_reader!(self, pool => sqlx::query_scalar(HOSTS).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        let read = EmbeddingHosts::read(lines.iter().map(String::as_str));
        read.map_err(|error| StoreError::Damaged {
            name: self.name.clone(),
            found: format!("the list of embedding hosts: {}", error.words(data::Lang::En)),
        })
    }
}

impl Writing {
    /// Puts a list in the place of the one before. Where it is the same nothing was done.
    pub async fn set_embedding_hosts(
        &mut self,
        hosts: &EmbeddingHosts,
        by: &TopAdministrator,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let lines = hosts.lines();
        let before: Vec<String> =
            in_transaction!(self, connection => sqlx::query_scalar(HOSTS).fetch_all(connection).await)?;
        if before == lines {
            return Ok(());
        }
        in_transaction!(self, connection => sqlx::query("delete from embedding_host").execute(connection).await.map(drop))?;
        let insert = "insert into embedding_host (position, host) values ($1, $2)";
        for (position, line) in (1_i64..).zip(&lines) {
            in_transaction!(self, connection => sqlx::query(insert).bind(position).bind(line)
                .execute(connection).await.map(drop))?;
        }
        let detail = match hosts.is_any() {
            true => "any".to_owned(),
            false => lines.join(" "),
        };
        let entry = Entry {
            account: Some(&by.administrator().account().id),
            action: "embedding_hosts.set",
            org_unit: Some(by.administrator().org_unit()),
            subject: "embedding_hosts",
            detail: &detail,
        };
        self.audit(&entry, now).await
    }
}
