use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::publish::{finished, hash_row};
use super::{Database, Store, StoreError};

/// What is wrong with the chain of vintages, in which each seals its observations and the vintage before.
///
/// A change that leaves the later vintages as they are is found, wherever it is. Not found is a newest vintage that was
/// removed with its observations, because what is left is as it was before it; nor a chain that was sealed anew from the
/// change on. Both need a version noted elsewhere, to which `check --vintage` compares. Org units and the reason and time
/// of a vintage are in no seal.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seals {
    /// The vintages whose hash does not fit their observations, or the vintage before.
    pub broken: Vec<i64>,
    /// The vintages that are not there, though later ones or their own observations are.
    pub missing: Vec<i64>,
}

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

    /// Computes the hash of every vintage anew.
    pub async fn seals(&self) -> Result<Seals, StoreError> {
        let texts = self.texts().await?;
        let vintages = self.vintages().await?;
        let mut hashes: BTreeMap<i64, Sha256> = vintages
            .iter()
            .map(|vintage| (vintage.id, Sha256::new()))
            .collect();
        let newest = vintages.last().map_or(0, |newest| newest.id);
        let mut missing: BTreeSet<i64> = (1..=newest).filter(|id| !hashes.contains_key(id)).collect();
        self.for_each_series(i64::MAX, |key, entries| {
            for entry in entries.into_iter().flatten() {
                if !hashes.contains_key(&entry.vintage) {
                    missing.insert(entry.vintage);
                }
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
        let missing = missing.into_iter().collect();
        Ok(Seals { broken, missing })
    }
}
