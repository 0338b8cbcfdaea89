//! Accepting: the one way from a submission into what is published.

use std::collections::BTreeSet;

use data::OrgUnit;
use data::api::{Difference, Submission, SubmissionEntry, SubmissionState, VintageEntry};
use data::report::compare::{Differences, mixes_synthetic};

use super::desk::{Desk, year};
use super::life;
use super::reading;
use super::trouble::Trouble;
use crate::state;
use crate::store::{self, Filed, Publishing, Seen, StoreError, key_order};

/// An entry is some 400 bytes, so a list stays below 200 kB.
const MOST_LISTED: usize = 500;

impl Desk<'_> {
    /// What a submission would change.
    pub async fn differences(&self, filed: &Filed) -> Result<Differences, Trouble> {
        let report = self.report(&filed.org_unit, year(filed)).await?;
        let content = self.content(filed).await?;
        let figures = reading::figures(&content, &report, &self.published)?;
        let source = report.source(&self.published);
        let context = report.context(&self.published, &source);
        let base = u32::try_from(filed.base_vintage).unwrap_or_default();
        Ok(Differences::of(&context, &figures, &self.published, base))
    }

    /// Publishes a submission as a vintage, in one transaction with its acceptance, and answers the vintage.
    ///
    /// `over` is the newest vintage among the conflicting figures that the reviewer was shown and replaces; what was
    /// published after it is a conflict that nobody has decided.
    pub async fn accept(&self, seen: Seen<'_>, note: &str, over: u32) -> Result<i64, Trouble> {
        let (filed, right) = self.reviewed(seen).await?;
        let newest = self.store.newest_vintage().await?;
        if state::version(newest.as_ref()) != self.published.version {
            return Err(Trouble::Behind);
        }
        let differences = self.differences(&filed).await?;
        let is_open = |difference: &&Difference| {
            let old = difference.old.as_ref();
            old.is_some_and(|old| old.vintage > over)
        };
        let open: Vec<Difference> = differences.conflicts().filter(is_open).cloned().collect();
        if !open.is_empty() {
            return Err(Trouble::Conflicts(open));
        }
        let new = differences.changes.iter().filter_map(|one| one.new.as_ref());
        if mixes_synthetic(&self.published, new) {
            return Err(Trouble::Synthetic);
        }
        let reason = self.reason(&filed)?;
        let publishing = self.store.begin_publishing(self.vintage(), &reason, self.now);
        let mut publishing = publishing.await.map_err(superseded)?;
        add(&mut publishing, differences.changes).await?;
        let endorsed_by = filed.endorsed_by.as_deref();
        if !publishing
            .accept(seen, endorsed_by, note, &right, self.now)
            .await?
        {
            drop(publishing);
            return Err(self.changed(seen.id).await);
        }
        Ok(publishing.finish().await?)
    }

    /// Why a report is published, as the database keeps it: for whoever reads that alone. Pages say it in their own
    /// language, of the unit and the year that go along.
    fn reason(&self, filed: &Filed) -> Result<String, Trouble> {
        let unit = self.unit(&filed.org_unit)?;
        Ok(format!("{}{}年度报表", unit.name.zh, filed.year))
    }

    /// A submission with all that a person must see before they send or accept it.
    pub async fn show(&self, id: &str) -> Result<Submission, Trouble> {
        let filed = self.filed(id).await?;
        let differences = self.differences(&filed).await?;
        let findings = self.findings(&filed).await?;
        let undone = match (filed.state(), filed.vintage) {
            (SubmissionState::Undone, Some(vintage)) => self.store.last_undoing(vintage).await?,
            _ => None,
        };
        Ok(Submission {
            entry: self.entry(&filed).await?,
            file: Some(filed.file.clone()).filter(|name| !name.is_empty()),
            sheets: findings.sheets,
            issues: findings.issues,
            unmapped: findings.unmapped,
            conflicting: self.conflicting(&differences).await?,
            differences: differences.changes,
            unchanged: differences.unchanged,
            confirmations: self.store.confirmations(id).await?,
            remarks: self.store.remarks(id).await?,
            vintage: filed.vintage.and_then(|vintage| u32::try_from(vintage).ok()),
            endorsed_by: filed.endorser.clone(),
            undone,
            can: life::verbs(filed.state(), &self.parts(&filed)),
        })
    }

    /// Who stands behind the published figures that a report conflicts with.
    async fn conflicting(&self, differences: &Differences) -> Result<Vec<VintageEntry>, Trouble> {
        let old = differences.conflicts().filter_map(|one| one.old.as_ref());
        let numbers: BTreeSet<u32> = old.map(|old| old.vintage).collect();
        let mut vintages = Vec::new();
        for number in numbers {
            vintages.extend(self.store.vintage(i64::from(number)).await?);
        }
        Ok(vintages)
    }

    /// What a list says of a submission.
    pub async fn entry(&self, filed: &Filed) -> Result<SubmissionEntry, Trouble> {
        let counted = filed.errors.zip(filed.open_warnings);
        let counted = counted.map(|(errors, warnings)| (errors as usize, warnings as usize));
        let (errors, warnings) = match counted {
            Some(counted) => counted,
            None => self.unfinished(filed).await?,
        };
        Ok(SubmissionEntry {
            id: filed.id.clone(),
            org_unit: self.unit(&filed.org_unit)?,
            year: year(filed),
            state: filed.state(),
            revision: u32::try_from(filed.revision).unwrap_or_default(),
            sender: filed.sender.clone(),
            updated_at: filed.updated_at.clone(),
            figures: usize::try_from(filed.figure_count).unwrap_or_default(),
            errors,
            warnings,
        })
    }

    /// The submissions that the person may see, those that changed last first, up to 500.
    pub async fn list(&self, wanted: store::Wanted<'_>) -> Result<Vec<SubmissionEntry>, Trouble> {
        let all = self.store.submissions(wanted).await?;
        let seen = all.iter().filter(|filed| self.sees(filed));
        let mut entries = Vec::new();
        for filed in seen.take(MOST_LISTED) {
            entries.push(self.entry(filed).await?);
        }
        Ok(entries)
    }

    fn unit(&self, code: &str) -> Result<OrgUnit, Trouble> {
        let unit = self.published.catalogue.org_units.get(code);
        unit.cloned().ok_or(Trouble::NotFound)
    }
}

/// Adds what is new and withdraws what is gone, in the one order in which a vintage is sealed.
pub(super) async fn add(publishing: &mut Publishing, changes: Vec<Difference>) -> Result<(), StoreError> {
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

/// Who published between the look and the transaction was faster; whoever asks again compares anew.
pub(super) fn superseded(error: StoreError) -> Trouble {
    match error {
        StoreError::Superseded { .. } => Trouble::Behind,
        other => other.into(),
    }
}
