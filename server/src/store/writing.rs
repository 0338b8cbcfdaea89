use sqlx::{Postgres, Sqlite, Transaction};

use super::{Database, Store, StoreError};

/// A transaction that writes: what is not committed did not happen.
pub struct Writing {
    pub(super) name: String,
    pub(super) transaction: Either,
}

pub(super) enum Either {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs the same expression in whichever transaction there is.
macro_rules! in_transaction {
    ($writing:expr, $connection:ident => $body:expr) => {
        match &mut $writing.transaction {
            $crate::store::writing::Either::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::store::writing::Either::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
        .map_err(|error| $crate::store::StoreError::from_sql(&$writing.name, error))
    };
}
pub(super) use in_transaction;

impl Store {
    /// Begins a transaction in which nobody else writes what is audited: the audit log has one end, and whoever appends
    /// to it must be the only one. So whatever is read in it is still so when it is committed.
    pub async fn begin_writing(&self) -> Result<Writing, StoreError> {
        let mut writing = self.begin().await?;
        writing.lock_audit().await?;
        Ok(writing)
    }

    /// Begins a transaction that has locked nothing yet, but on SQLite, which has one lock.
    pub(super) async fn begin(&self) -> Result<Writing, StoreError> {
        let failed = |error| self.failed(error);
        let transaction = match &self.database {
            Database::Sqlite { writer, .. } => {
                Either::Sqlite(writer.begin_with("begin immediate").await.map_err(failed)?)
            }
            Database::Postgres(pool) => Either::Postgres(pool.begin().await.map_err(failed)?),
        };
        Ok(Writing {
            name: self.name.clone(),
            transaction,
        })
    }
}

impl Writing {
    /// Makes this the only transaction that writes audited tables. Asked before the first of their rows is touched, so
    /// that two transactions never wait for each other.
    pub(super) async fn lock_audit(&mut self) -> Result<(), StoreError> {
        self.lock("lock table audit in share row exclusive mode").await
    }

    pub(super) async fn lock(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match &mut self.transaction {
            Either::Sqlite(_) => Ok(()),
            Either::Postgres(transaction) => {
                let locked = sqlx::query(sql).execute(&mut **transaction).await;
                locked
                    .map(drop)
                    .map_err(|error| StoreError::from_sql(&self.name, error))
            }
        }
    }

    /// Makes all of it happen.
    pub async fn commit(self) -> Result<(), StoreError> {
        let committed = match self.transaction {
            Either::Sqlite(transaction) => transaction.commit().await,
            Either::Postgres(transaction) => transaction.commit().await,
        };
        committed.map_err(|error| StoreError::from_sql(&self.name, error))
    }
}
