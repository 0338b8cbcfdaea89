//! The only SQL: vintages and their observations, people and the log of what they did, in SQLite or PostgreSQL.
//!
//! Each statement is one text for both databases: numbered parameters, keys and dates as text, `on conflict`,
//! `returning`, `string_agg`. Only the migrations, and what has no common form (locks, pragmas), are written twice.

mod accounts;
mod address;
mod audit;
mod charts;
mod deadlines;
mod embedding;
mod error;
mod history;
mod integrity;
mod links;
mod load;
mod look;
mod many_rows;
mod migrate;
mod open;
mod org_units;
mod publish;
mod reporting;
mod series;
mod sessions;
mod submissions;
#[cfg(test)]
pub mod tests;
mod tokens;
mod typing;
mod vintages;
mod writing;

pub use accounts::{Listed, NewAccount};
pub use address::Address;
pub use audit::{AuditFaults, Entry};
pub use charts::{Saving, StoredChart};
pub use deadlines::Sending;
pub use error::StoreError;
pub use integrity::Seals;
pub use links::{Link, Purpose};
pub use load::Vintage;
pub use publish::{Publishing, key_order, sort};
pub use reporting::{NewContent, NewFile, NewSubmission, Seen, Speaker};
pub use submissions::{Content, Filed, Wanted};
pub use tokens::Scope;
pub use vintages::{Undone, UndoneCounts};
pub use writing::Writing;

use sqlx::{PgPool, SqlitePool};

/// A database of this program, migrated and ready.
#[derive(Debug, Clone)]
pub struct Store {
    /// How people call it: a file, or an address without its password.
    pub name: String,
    database: Database,
}

/// SQLite allows one writer, so writing waits in its own pool of one and never in front of a reader.
#[derive(Debug, Clone)]
enum Database {
    Sqlite { readers: SqlitePool, writer: SqlitePool },
    Postgres(PgPool),
}

/// Runs the same expression on whichever pool there is for reading.
macro_rules! on_reader {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.database {
            $crate::store::Database::Sqlite { readers: $pool, .. } => $body,
            $crate::store::Database::Postgres($pool) => $body,
        }
    };
}
use on_reader;

/// Runs the same expression on whichever pool there is for writing: for a statement that needs no transaction.
macro_rules! on_writer {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.database {
            $crate::store::Database::Sqlite { writer: $pool, .. } => $body,
            $crate::store::Database::Postgres($pool) => $body,
        }
    };
}
use on_writer;

/// A time as the database holds it: texts that are in the order of the times.
pub fn time(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl Store {
    /// Whether the database answers.
    pub async fn is_well(&self) -> bool {
        let answer: Result<i64, sqlx::Error> = on_reader!(self, pool => sqlx::query_scalar("select count(*) from program").fetch_one(pool).await);
        answer.is_ok()
    }

    /// Ends all connections, so that SQLite folds its log back into the one file.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }

    fn failed(&self, source: sqlx::Error) -> StoreError {
        StoreError::from_sql(&self.name, source)
    }
}
