//! Accepting: the one way from a submission into what is published.

use data::OrgUnit;
use data::api::{Difference, Submission, SubmissionEntry, Verb};
use data::report::compare::{Differences, mixes_synthetic};

use super::desk::{Desk, year};
use super::life;
use super::reading;
use super::trouble::Trouble;
use crate::state;
use crate::store::{self, Filed, Publishing, Seen, StoreError, key_order};

impl Desk<'_> {
    /// What a submission would change.
    pub async fn differences(&self, filed: &Filed) -> Result<Differences, Trouble> {
        let report = self.report(&filed.org_unit, year(filed)).await?;
        let content = self.store.submission_content(&filed.id, filed.revision).await?;
        let content = content.ok_or(Trouble::NotFound)?;
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
        let (filed, right) = self.reviewed(seen, Verb::Accept).await?;
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
        let reason = format!("{} {}", filed.org_unit, filed.year);
        let publishing = self.store.begin_publishing(self.vintage(), &reason, self.now);
        let mut publishing = publishing.await.map_err(superseded)?;
        add(&mut publishing, differences.changes).await?;
        if !publishing.accept(seen, note, &right, self.now).await? {
            drop(publishing);
            return Err(self.changed(seen.id).await);
        }
        Ok(publishing.finish().await?)
    }

    /// A submission with all that a person must see before they send or accept it.
    pub async fn show(&self, id: &str) -> Result<Submission, Trouble> {
        let filed = self.filed(id).await?;
        let differences = self.differences(&filed).await?;
        let findings = self.findings(&filed).await?;
        Ok(Submission {
            entry: self.entry(&filed).await?,
            file: Some(filed.file.clone()).filter(|name| !name.is_empty()),
            sheets: findings.sheets,
            issues: findings.issues,
            unmapped: findings.unmapped,
            differences: differences.changes,
            unchanged: differences.unchanged,
            confirmations: self.store.confirmations(id).await?,
            remarks: self.store.remarks(id).await?,
            vintage: filed.vintage.and_then(|vintage| u32::try_from(vintage).ok()),
            can: life::verbs(filed.state(), &self.parts(&filed)),
        })
    }

    /// What a list says of a submission.
    pub async fn entry(&self, filed: &Filed) -> Result<SubmissionEntry, Trouble> {
        let (errors, warnings) = self.unfinished(filed).await?;
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

    /// The submissions that the person may see, those that changed last first.
    pub async fn list(&self, wanted: store::Wanted<'_>) -> Result<Vec<SubmissionEntry>, Trouble> {
        let mut entries = Vec::new();
        for filed in self.store.submissions(wanted).await? {
            let parts = self.parts(&filed);
            if parts.iter().any(|part| life::is_seen_by(*part, filed.state())) {
                entries.push(self.entry(&filed).await?);
            }
        }
        Ok(entries)
    }

    fn unit(&self, code: &str) -> Result<OrgUnit, Trouble> {
        let unit = self.published.catalogue.org_units.get(code);
        unit.cloned().ok_or(Trouble::NotFound)
    }
}

/// Adds what is new and withdraws what is gone, in the one order in which a vintage is sealed.
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

/// Who published between the look and the transaction was faster; whoever asks again compares anew.
fn superseded(error: StoreError) -> Trouble {
    match error {
        StoreError::Superseded { .. } => Trouble::Behind,
        other => other.into(),
    }
}
