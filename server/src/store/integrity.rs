use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::publish::{finished, hash_row};
use super::{Database, Store, StoreError};

impl Store {
    /// What the database itself finds wrong, each in a line: pages, indexes, references. PostgreSQL keeps its
    /// references on every write and has no such check to run.
    pub async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let Database::Sqlite { readers, .. } = &self.database else {
            return Ok(Vec::new());
        };
        let failed = |error| self.failed(error);
        let sql = "select integrity_check from pragma_integrity_check";
        let mut found: Vec<String> = sqlx::query_scalar(sql).fetch_all(readers).await.map_err(failed)?;
        found.retain(|line| line != "ok");
        let sql = "select \"table\" || ' refers to a row of ' || parent || ' that is not there' from pragma_foreign_key_check";
        let references: Vec<String> = sqlx::query_scalar(sql).fetch_all(readers).await.map_err(failed)?;
        found.extend(references);
        Ok(found)
    }

    /// The vintages whose hash no longer fits their observations, or the vintage before.
    pub async fn broken_seals(&self) -> Result<Vec<i64>, StoreError> {
        let texts = self.texts().await?;
        let vintages = self.vintages().await?;
        let mut hashes: BTreeMap<i64, Sha256> = vintages
            .iter()
            .map(|vintage| (vintage.id, Sha256::new()))
            .collect();
        self.for_each_series(i64::MAX, |key, entries| {
            for entry in entries.into_iter().flatten() {
                let comment = entry.comment.and_then(|id| texts.comments.get(&id));
                if let (Some(hash), Some(source)) =
                    (hashes.get_mut(&entry.vintage), texts.sources.get(&entry.source))
                {
                    hash_row(hash, key, entry.hashed, source, comment.map(String::as_str));
                }
            }
        })
        .await?;
        let mut before = String::new();
        let mut broken = Vec::new();
        for vintage in vintages {
            let hash = hashes.remove(&vintage.id).unwrap_or_default();
            if finished(hash, &before) != vintage.hash {
                broken.push(vintage.id);
            }
            before = vintage.hash;
        }
        Ok(broken)
    }
}
