use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::writing::{Writing, in_transaction};
use super::{Store, StoreError, on_reader, time};

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The id of the account; none where the operator of the machine did it by a command.
    pub account: Option<&'a str>,
    /// What, as `thing.verb`: `account.create`, `submission.accept`.
    pub action: &'a str,
    /// At which org unit, where it was at one.
    pub org_unit: Option<&'a str>,
    /// To what: the id of an account, a submission, a vintage.
    pub subject: &'a str,
    /// What else there is to say; never a secret.
    pub detail: &'a str,
}

/// What is wrong with the log: an entry that was changed, added or removed breaks the chain of hashes. That the newest
/// entries were removed cannot be seen in the log alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AuditFaults {
    /// The entries whose hash does not fit them and the entry before.
    pub broken: Vec<i64>,
    /// The numbers that no entry has, though later ones are there.
    pub missing: Vec<i64>,
    /// How many entries there are.
    pub entries: usize,
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Logged {
    /// Counts from 1 without gaps.
    pub id: i64,
    /// When.
    pub at: String,
    /// Who.
    pub account: Option<String>,
    /// What.
    pub action: String,
    /// Where.
    pub org_unit: Option<String>,
    /// To what.
    pub subject: String,
    /// What else.
    pub detail: String,
    /// The seal of the entry and of the one before.
    pub hash: String,
}

impl Logged {
    fn sealed_after(&self, before: &str) -> String {
        let mut hash = Sha256::new();
        let id = self.id.to_string();
        let is_there = |field: &Option<String>| if field.is_some() { "1" } else { "0" };
        let fields = [
            &id,
            &self.at,
            is_there(&self.account),
            self.account.as_deref().unwrap_or_default(),
            &self.action,
            is_there(&self.org_unit),
            self.org_unit.as_deref().unwrap_or_default(),
            &self.subject,
            &self.detail,
            before,
        ];
        // With its length before it no text can pass for two.
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A forged number could stand for any number of missing ones.
const MOST_MISSING: usize = 100;

const COLUMNS: &str =
    "select id, at, account, action, org_unit, subject, detail, hash from audit order by id";

impl Writing {
    /// Appends an entry, in the transaction that does what it says.
    pub async fn audit(&mut self, entry: &Entry<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let newest = "select id, hash from audit order by id desc limit 1";
        let newest: Option<(i64, String)> =
            in_transaction!(self, connection => sqlx::query_as(newest).fetch_optional(connection).await)?;
        let (last, before) = newest.unwrap_or_default();
        let mut logged = Logged {
            id: last + 1,
            at: time(now),
            account: entry.account.map(ToOwned::to_owned),
            action: entry.action.to_owned(),
            org_unit: entry.org_unit.map(ToOwned::to_owned),
            subject: entry.subject.to_owned(),
            detail: entry.detail.to_owned(),
            hash: String::new(),
        };
        logged.hash = logged.sealed_after(&before);
        let insert = "insert into audit (id, at, account, action, org_unit, subject, detail, hash) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)";
        in_transaction!(self, connection => sqlx::query(insert)
            .bind(logged.id).bind(&logged.at).bind(&logged.account).bind(&logged.action)
            .bind(&logged.org_unit).bind(&logged.subject).bind(&logged.detail).bind(&logged.hash)
            .execute(connection).await.map(drop))
    }
}

impl Store {
    /// Verifies the whole log.
    pub async fn audit_faults(&self) -> Result<AuditFaults, StoreError> {
        let entries: Vec<Logged> = on_reader!(self, pool => sqlx::query_as(COLUMNS).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        let mut faults = AuditFaults {
            entries: entries.len(),
            ..AuditFaults::default()
        };
        let (mut before, mut expected) = (String::new(), 1);
        for entry in entries {
            faults.missing.extend((expected..entry.id).take(MOST_MISSING));
            if entry.sealed_after(&before) != entry.hash {
                faults.broken.push(entry.id);
            }
            expected = entry.id + 1;
            before = entry.hash;
        }
        Ok(faults)
    }
}
