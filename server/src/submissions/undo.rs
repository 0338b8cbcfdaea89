//! Undoing: a wrong publication is taken back by another, which has its reason.

use data::api::{Difference, VintageDetail, VintageEntry};
use data::report::compare::{self, mixes_synthetic};

use super::desk::Desk;
use super::publish::superseded;
use super::trouble::Trouble;
use crate::rights::{Refused, Undoer};
use crate::store::{self, Publishing, StoreError, Undone, key_order};

/// A vintage, and what undoing it now would do.
#[derive(Debug)]
pub struct Undoing {
    entry: VintageEntry,
    /// Its units.
    org_units: Vec<String>,
    /// The figures that would change; what later vintages left as it was before needs nothing.
    differences: Vec<Difference>,
    right: Result<Undoer, Refused>,
}

impl Desk<'_> {
    /// What undoing a vintage would do.
    async fn undoing(&self, vintage: i64) -> Result<Undoing, Trouble> {
        let entry = self.store.vintage(vintage).await?;
        let entry = entry.ok_or_else(|| Trouble::NoSuchVintage(vintage.to_string()))?;
        let figures = self.store.undoing(vintage).await?;
        let mut org_units: Vec<String> = figures
            .iter()
            .map(|figure| figure.said.key.org_unit.clone())
            .collect();
        org_units.sort_unstable();
        org_units.dedup();
        let sender = self.store.sender_brought_back(vintage).await?;
        let tree = &self.published.catalogue.org_units;
        let right = self.person.undoer(org_units.clone(), sender.as_deref(), tree);
        let mut differences: Vec<Difference> = figures
            .into_iter()
            .filter_map(|figure| difference(figure, vintage))
            .collect();
        differences.sort_by_cached_key(|difference| {
            let figure = difference.new.as_ref().or(difference.old.as_ref());
            figure.map(|figure| (figure.key.org_unit.clone(), figure.key.indicator.clone()))
        });
        Ok(Undoing {
            entry,
            org_units,
            differences,
            right,
        })
    }

    /// A vintage, and what undoing it now would change, for who looks at it.
    pub async fn show_vintage(&self, vintage: i64) -> Result<VintageDetail, Trouble> {
        let undoing = self.undoing(vintage).await?;
        let is_possible = !undoing.org_units.is_empty() && undoing.possible().is_ok();
        Ok(VintageDetail {
            can_undo: is_possible && undoing.right.is_ok(),
            entry: self.for_person(undoing.entry).await?,
            differences: undoing.differences,
        })
    }

    /// Publishes what was published before a vintage, in one transaction, and answers the new vintage. Refused whole where
    /// later vintages changed any of its figures: what they say is nobody's mistake.
    pub async fn undo(&self, vintage: i64, reason: &str) -> Result<i64, Trouble> {
        // First of all: what is read after this is at least as new, and whoever publishes meanwhile makes this refuse.
        let newest = self.store.newest_vintage().await?;
        let undoing = self.undoing(vintage).await?;
        let right = match undoing.org_units.is_empty() {
            true => return Err(Trouble::NothingToUndo),
            false => undoing.right.clone()?,
        };
        undoing.possible()?;
        let new = undoing.differences.iter().filter_map(|one| one.new.as_ref());
        if mixes_synthetic(&self.published, new.map(|new| new.origin)) {
            return Err(Trouble::Synthetic);
        }
        let built_on = newest.map_or(0, |newest| newest.id);
        let publishing = self.store.begin_publishing(built_on, reason, self.now);
        let mut publishing = publishing.await.map_err(superseded)?;
        add(&mut publishing, undoing.differences).await?;
        publishing.undo(vintage, reason, &right, self.now).await?;
        Ok(publishing.finish().await?)
    }

    /// A vintage as the person may see it: the report that it published is for those who may see that.
    pub async fn for_person(&self, entry: VintageEntry) -> Result<VintageEntry, Trouble> {
        let filed = match &entry.submission {
            Some(id) => self.store.submission(id).await?,
            None => None,
        };
        let is_seen = filed.is_some_and(|filed| self.sees(&filed));
        let submission = entry.submission.filter(|_| is_seen);
        Ok(VintageEntry { submission, ..entry })
    }
}

impl Undoing {
    /// Whether it can be undone by anybody now.
    fn possible(&self) -> Result<(), Trouble> {
        if let Some(by) = self.entry.undone_by {
            return Err(Trouble::Undone(by));
        }
        let conflicts = self.differences.iter().filter(|one| one.conflict);
        let conflicts: Vec<Difference> = conflicts.cloned().collect();
        if !conflicts.is_empty() {
            return Err(Trouble::ChangedSince(conflicts));
        }
        match self.differences.is_empty() {
            true => Err(Trouble::NothingToUndo),
            false => Ok(()),
        }
    }
}

/// Adds what comes back and withdraws what goes, in the one order in which a vintage is sealed.
async fn add(publishing: &mut Publishing, changes: Vec<Difference>) -> Result<(), StoreError> {
    let (mut added, mut gone) = (Vec::new(), Vec::new());
    for change in changes {
        match (change.new, change.old) {
            (Some(new), _) => added.push(new),
            (None, old) => gone.extend(old),
        }
    }
    store::sort(&mut added);
    store::sort(&mut gone);
    let mut rest = added.as_slice();
    for old in &gone {
        let (before, after) = rest.split_at(rest.partition_point(|new| key_order(new) < key_order(old)));
        publishing.add(before).await?;
        publishing.withdraw(std::slice::from_ref(old)).await?;
        rest = after;
    }
    publishing.add(rest).await
}

/// What undoing does to a figure; none where it is as it was before already.
fn difference(figure: Undone, vintage: i64) -> Option<Difference> {
    let (old, new) = (figure.now.observation, figure.before);
    let is_same = match (&old, &new) {
        (Some(old), Some(new)) => {
            *old == data::Observation {
                vintage: old.vintage,
                ..new.clone()
            }
        }
        (None, None) => true,
        _ => false,
    };
    if is_same {
        return None;
    }
    let percent = old.as_ref().zip(new.as_ref());
    Some(Difference {
        percent: percent.and_then(|(old, new)| compare::percent(old, new)),
        conflict: figure.now.vintage != vintage,
        old,
        new,
        previous: None,
    })
}

/// A vintage for who is not signed in: nobody's name, and no way to what only some may see.
pub fn for_everybody(entry: VintageEntry) -> VintageEntry {
    VintageEntry {
        submission: None,
        sent_by: None,
        endorsed_by: None,
        accepted_by: None,
        ..entry
    }
}
