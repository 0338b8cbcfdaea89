//! Who was refused what: kept in the audit log, which is for ever, and therefore bounded.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::rights::{Account, Refused};
use crate::store::{Entry, Store, StoreError};

/// How many entries one account makes in an hour, some 250 bytes each: an account that is refused day and night adds 4 MB
/// in a month, and a person who errs never comes near it.
const MOST_PER_HOUR: usize = 20;

/// Which refusals of this hour are in the log already. Each server counts its own.
#[derive(Debug, Default)]
pub struct Refusals {
    hour: Mutex<Hour>,
}

/// An hour since 1970, and what was noted in it of each account.
#[derive(Debug, Default)]
struct Hour {
    number: i64,
    noted: HashMap<String, HashSet<String>>,
}

/// A refusal to be noted.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// Who.
    pub who: &'a Account,
    /// At which unit.
    pub org_unit: &'a str,
    /// What they asked for: method and address, or `file`.
    pub asked: &'a str,
    /// What they lack, or what they named.
    pub lacks: &'a str,
}

impl Refusals {
    /// Writes a refusal into the log: the first of each hour for an account, a right and a unit, up to twenty, of which
    /// the last says that more are left out.
    pub async fn note(
        &self,
        store: &Store,
        refusal: Refusal<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(remains) = self.place(refusal, now) else {
            return Ok(());
        };
        let more = "; further refusals within this hour are not noted";
        let detail = format!("{}{}", refusal.lacks, if remains == 0 { more } else { "" });
        let entry = Entry {
            account: Some(&refusal.who.id),
            action: "access.refuse",
            org_unit: Some(refusal.org_unit).filter(|unit| !unit.is_empty()),
            subject: refusal.asked,
            detail: &detail,
        };
        let mut writing = store.begin_writing().await?;
        writing.audit(&entry, now).await?;
        writing.commit().await
    }

    /// How many places remain in this hour after this one; none where it has no place.
    fn place(&self, refusal: Refusal<'_>, now: DateTime<Utc>) -> Option<usize> {
        let mut hour = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.timestamp().div_euclid(3600);
        if hour.number != number {
            *hour = Hour {
                number,
                noted: HashMap::new(),
            };
        }
        let noted = hour.noted.entry(refusal.who.id.clone()).or_default();
        let is_new =
            noted.len() < MOST_PER_HOUR && noted.insert(format!("{} {}", refusal.org_unit, refusal.lacks));
        is_new.then(|| MOST_PER_HOUR - noted.len())
    }
}

impl<'a> Refusal<'a> {
    /// The refusal of a right.
    pub fn of(refused: &'a Refused, asked: &'a str) -> Refusal<'a> {
        Refusal {
            who: refused.who(),
            org_unit: refused.org_unit(),
            asked,
            lacks: refused.lacks(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::on_both;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
    }

    #[tokio::test]
    async fn a_flood_of_refusals_leaves_a_few_entries_and_the_chain_whole() {
        on_both(async |store: Store| {
            let refusals = Refusals::default();
            let account = |id: &str| Account {
                id: id.into(),
                name: id.into(),
                display_name: id.into(),
            };
            let [li, wang] = ["li", "wang"].map(account);
            let note = async |who: &Account, org_unit: &str, seconds| {
                let refusal = Refusal {
                    who,
                    org_unit,
                    asked: "POST /api/v1/submissions",
                    lacks: "reporter",
                };
                refusals.note(&store, refusal, at(seconds)).await.unwrap();
                store.audit_faults().await.unwrap().entries
            };
            assert_eq!(note(&li, "370102", 0).await, 1);
            assert_eq!(note(&li, "370102", 1).await, 1, "said already");
            assert_eq!(note(&li, "370102", 3600).await, 2, "another hour");
            assert_eq!(note(&wang, "370102", 3600).await, 3, "another person");
            for unit in 0..100 {
                note(&li, &unit.to_string(), 3601).await;
            }
            let faults = store.audit_faults().await.unwrap();
            assert_eq!(
                (faults.entries, faults.broken, faults.missing),
                (3 + MOST_PER_HOUR - 1, vec![], vec![])
            );
        })
        .await;
    }
}
