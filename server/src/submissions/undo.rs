//! Undoing: a wrong publication is taken back by another, which has its reason.

use data::api::{Difference, MOST_DIFFERENCES, VintageDetail, VintageEntry};
use data::report::compare::{self, mixes_synthetic};

use super::desk::Desk;
use super::life::Steps;
use super::publish::superseded;
use super::trouble::Trouble;
use crate::rights::Undoer;
use crate::store::{self, Publishing, StoreError, Undone, UndoneCounts, key_order};

impl Desk<'_> {
    async fn vintage_entry(&self, vintage: i64) -> Result<VintageEntry, Trouble> {
        let entry = self.store.vintage(vintage).await?;
        entry.ok_or_else(|| Trouble::NoSuchVintage(vintage.to_string()))
    }

    /// The right to undo a vintage, which is decided before any of its figures is looked at: it may have a million.
    ///
    /// What an undoing publishes was published before, with everybody behind it whom that took, so that one person is
    /// enough for it, where there are two steps of review as well. But there nobody takes back their own undoing: else one
    /// person alone would publish again what they had found wrong.
    pub async fn undoer(&self, entry: &VintageEntry) -> Result<Undoer, Trouble> {
        let vintage = i64::from(entry.vintage);
        let org_units = self.store.vintage_units(vintage).await?;
        if org_units.is_empty() {
            return Err(Trouble::NothingToUndo);
        }
        let tree = &self.published.catalogue.org_units;
        let right = self.person.overseer(org_units, tree)?;
        let senders = self.store.senders_brought_back(vintage).await?;
        let undone_by = match self.steps == Steps::Two && entry.undoes.is_some() {
            true => self.store.published_by(vintage).await?,
            false => None,
        };
        Ok(right.undoer(&senders, undone_by.as_deref())?)
    }

    /// Refuses who may not undo a vintage: before they wait for their turn to publish.
    pub async fn may_undo(&self, vintage: i64) -> Result<(), Trouble> {
        let entry = self.vintage_entry(vintage).await?;
        self.undoer(&entry).await.map(drop)
    }

    /// A vintage, and what undoing it now would change, for who has the right to; nobody else is told of figures.
    pub async fn show_vintage(&self, vintage: i64) -> Result<VintageDetail, Trouble> {
        let entry = self.vintage_entry(vintage).await?;
        let may_undo = match self.undoer(&entry).await {
            Ok(_) => true,
            Err(Trouble::Refused(_) | Trouble::NothingToUndo) => false,
            Err(trouble) => return Err(trouble),
        };
        let (counts, differences) = match may_undo {
            true => (
                self.store.undoing_counts(vintage).await?,
                self.would_change(vintage, MOST_DIFFERENCES).await?,
            ),
            false => (UndoneCounts::default(), Vec::new()),
        };
        Ok(VintageDetail {
            can_undo: may_undo && entry.undone_by.is_none() && counts.conflicts == 0 && counts.changes > 0,
            may_undo,
            entry: self.for_person(entry).await?,
            changes: counts.changes,
            conflicts: counts.conflicts,
            differences,
        })
    }

    /// What undoing a vintage would change, up to `most`: conflicts first, then unit by unit.
    async fn would_change(&self, vintage: i64, most: usize) -> Result<Vec<Difference>, Trouble> {
        let figures = self.store.undoing(vintage, most).await?;
        let differences = figures.into_iter().map(|figure| difference(figure, vintage));
        let mut differences: Vec<Difference> = differences.collect();
        differences.sort_by_cached_key(|difference| {
            let figure = difference.new.as_ref().or(difference.old.as_ref());
            let key = figure.map(|figure| {
                let key = &figure.key;
                (
                    key.org_unit.clone(),
                    key.indicator.clone(),
                    key.period.to_string(),
                )
            });
            (!difference.conflict, key)
        });
        Ok(differences)
    }

    /// Publishes what was published before a vintage, in one transaction, and answers the new vintage. Refused whole where
    /// later vintages changed any of its figures: what they say is nobody's mistake.
    pub async fn undo(&self, vintage: i64, reason: &str) -> Result<i64, Trouble> {
        // First of all: what is read after this is at least as new, and whoever publishes meanwhile makes this refuse.
        let newest = self.store.newest_vintage().await?;
        let entry = self.vintage_entry(vintage).await?;
        let right = self.undoer(&entry).await?;
        if let Some(by) = entry.undone_by {
            return Err(Trouble::Undone(by));
        }
        let counts = self.store.undoing_counts(vintage).await?;
        if counts.conflicts > 0 {
            let mut shown = self.would_change(vintage, MOST_DIFFERENCES).await?;
            shown.retain(|difference| difference.conflict);
            let count = counts.conflicts;
            return Err(Trouble::ChangedSince { shown, count });
        }
        let differences = self.would_change(vintage, counts.changes).await?;
        if differences.is_empty() {
            return Err(Trouble::NothingToUndo);
        }
        let new = differences.iter().filter_map(|one| one.new.as_ref());
        if mixes_synthetic(&self.published, new.map(|new| new.origin)) {
            return Err(Trouble::Synthetic);
        }
        let built_on = newest.map_or(0, |newest| newest.id);
        let publishing = self.store.begin_publishing(built_on, reason, self.now);
        let mut publishing = publishing.await.map_err(superseded)?;
        add(&mut publishing, differences).await?;
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

/// What undoing does to a figure.
fn difference(figure: Undone, vintage: i64) -> Difference {
    let (old, new) = (figure.now, figure.before);
    let both = old.as_ref().zip(new.as_ref());
    Difference {
        percent: both.and_then(|(old, new)| compare::percent(old, new)),
        conflict: figure.now_vintage != vintage,
        old,
        new,
        previous: None,
    }
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
