//! Accepting: the one way from a submission into what is published.

use std::collections::BTreeSet;
use std::sync::Arc;

use data::api::{Difference, MOST_DIFFERENCES, Submission, SubmissionEntry, SubmissionState, VintageEntry};
use data::report::Reading;
use data::report::compare::{Differences, Differing, mixes_synthetic, published_after};
use data::{Dataset, Observation, OrgUnit};

use super::desk::{Desk, year};
use super::life;
use super::reading;
use super::recent::Read;
use super::trouble::Trouble;
use crate::state;
use crate::store::{self, Filed, Publishing, Seen, StoreError};

/// An entry is some 400 bytes, so a list stays below 200 kB.
const MOST_LISTED: usize = 500;

impl Desk<'_> {
    /// What a submission would change, and the figures that it would change.
    pub async fn differences(&self, filed: &Filed) -> Result<Compared, Trouble> {
        let report = self.report(&filed.org_unit, year(filed)).await?;
        let published = self.published.clone();
        let kept = self.recent.get(&filed.id, filed.revision, &published.catalogue);
        let stored = match kept {
            Some(_) => None,
            None => self.store.submission_content(&filed.id, filed.revision).await?,
        };
        let base = u32::try_from(filed.base_vintage).unwrap_or_default();
        let comparing = move || {
            let reading = match (kept, stored) {
                (Some(kept), _) => kept,
                (None, Some(content)) => Arc::new(reading::figures(&content, &report, &published)?),
                (None, None) => return Err(Trouble::NotFound),
            };
            let source = report.source(&published);
            let context = report.context(&published, &source);
            let differences = Differences::of(&context, &reading, &published, base);
            Ok(Compared {
                differences,
                reading,
                published,
            })
        };
        let compared = tokio::task::spawn_blocking(comparing).await;
        let compared = compared.map_err(|error| Trouble::Machine(error.to_string()))??;
        let read = Read {
            catalogue: self.published.catalogue.clone(),
            reading: compared.reading.clone(),
        };
        self.recent.keep(&filed.id, filed.revision, read);
        Ok(compared)
    }

    /// Publishes a submission as a vintage, in one transaction with its acceptance, and answers the state after it.
    ///
    /// `over` is the newest vintage among the conflicting figures that the reviewer was shown and replaces; what was
    /// published after it is a conflict that nobody has decided.
    pub async fn accept(&self, seen: Seen<'_>, note: &str, over: u32) -> Result<Published, Trouble> {
        let (filed, right) = self.reviewed(seen).await?;
        let newest = self.store.newest_vintage().await?;
        if state::version(newest.as_ref()) != self.published.version {
            return Err(Trouble::Behind);
        }
        let compared = self.differences(&filed).await?;
        let conflicts = compared.differences.conflicts().count();
        if conflicts > MOST_DIFFERENCES {
            return Err(Trouble::TooManyConflicts(conflicts));
        }
        let is_open = |one: &&Differing| {
            let old = one.old;
            old.is_some_and(|old| self.published.vintage(old) > over)
        };
        let open = compared.differences.conflicts().filter(is_open);
        let shown: Vec<Difference> = open.map(|one| compared.told(one)).collect();
        if !shown.is_empty() {
            let count = shown.len();
            return Err(Trouble::Conflicts { shown, count });
        }
        let new = compared.differences.changes.iter().filter_map(|one| one.new);
        let origins = new.map(|new| compared.reading.figures[new].origin);
        if mixes_synthetic(&self.published, origins) {
            return Err(Trouble::Synthetic);
        }
        let reason = self.reason(&filed)?;
        let publishing = self.store.begin_publishing(self.vintage(), &reason, self.now);
        let mut publishing = publishing.await.map_err(superseded)?;
        // The next state is made while the database writes.
        let compared = Arc::new(compared);
        let (made, vintage) = (compared.clone(), publishing.vintage());
        let making = tokio::task::spawn_blocking(move || made.after(vintage));
        add(&mut publishing, &compared).await?;
        let endorsed_by = filed.endorsed_by.as_deref();
        if !publishing
            .accept(seen, endorsed_by, note, &right, self.now)
            .await?
        {
            drop(publishing);
            return Err(self.changed(seen.id).await);
        }
        let vintage = publishing.finish_as_vintage().await?;
        let mut dataset = making
            .await
            .map_err(|error| Trouble::Machine(error.to_string()))?;
        dataset.version = vintage.version();
        dataset.published_at = Some(vintage.published_at);
        Ok(Published {
            over: self.published.version.clone(),
            dataset,
        })
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
        let compared = self.differences(&filed).await?;
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
            conflicting: self.conflicting(&compared).await?,
            differences: compared.first(),
            counts: compared.differences.counts(),
            unchanged: compared.differences.unchanged,
            confirmations: self.store.confirmations(id).await?,
            remarks: self.store.remarks(id).await?,
            vintage: filed.vintage.and_then(|vintage| u32::try_from(vintage).ok()),
            endorsed_by: filed.endorser.clone(),
            undone,
            can: life::verbs(filed.state(), &self.parts(&filed)),
        })
    }

    /// Who stands behind the published figures that a report conflicts with.
    async fn conflicting(&self, compared: &Compared) -> Result<Vec<VintageEntry>, Trouble> {
        let old = compared.differences.conflicts().filter_map(|one| one.old);
        let numbers: BTreeSet<u32> = old.map(|old| self.published.vintage(old)).collect();
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

/// A publication, and what is published with it.
#[derive(Debug)]
pub struct Published {
    /// The version of the state before.
    pub over: String,
    /// The state after it.
    pub dataset: Dataset,
}

/// A report beside what is published.
#[derive(Debug)]
pub struct Compared {
    /// What it would change.
    pub differences: Differences,
    reading: Arc<Reading>,
    published: Arc<Dataset>,
}

impl Compared {
    /// What is published once the report is.
    fn after(&self, vintage: i64) -> Dataset {
        let vintage = u32::try_from(vintage).unwrap_or_default();
        published_after(&self.differences, &self.reading, &self.published, vintage)
    }

    fn told(&self, one: &Differing) -> Difference {
        one.told(&self.reading, &self.published)
    }

    /// As many as an answer lists, conflicts before the rest.
    fn first(&self) -> Vec<Difference> {
        let changes = &self.differences.changes;
        let rest = changes.iter().filter(|one| !one.conflict);
        let sorted = self.differences.conflicts().chain(rest);
        sorted.take(MOST_DIFFERENCES).map(|one| self.told(one)).collect()
    }

    /// All of them in the one order in which a vintage is sealed.
    fn in_order(&self) -> Vec<&Differing> {
        let catalogue = &self.published.catalogue;
        let indicators = ranks(
            catalogue
                .indicators
                .iter()
                .map(|indicator| indicator.code.as_str()),
        );
        let units = ranks(catalogue.org_units.all().iter().map(|unit| unit.code.as_str()));
        let mut sorted: Vec<&Differing> = self.differences.changes.iter().collect();
        sorted.sort_by_cached_key(|one| {
            let (indicator, org_unit, period) = match (one.new, one.old) {
                (Some(new), _) => {
                    let figure = &self.reading.figures[new];
                    (figure.indicator, figure.org_unit, figure.period)
                }
                (None, old) => {
                    let row = old.unwrap_or_default();
                    let published = &self.published;
                    let (indicator, unit) = (published.indicator_index(row), published.org_unit_index(row));
                    (indicator, unit, *published.period(row))
                }
            };
            (indicators[indicator], units[org_unit], period.to_string())
        });
        sorted
    }
}

/// The place of each code in the order of their bytes.
fn ranks<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let codes: Vec<&str> = codes.collect();
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by_key(|at| codes[*at]);
    let mut ranks = vec![0; codes.len()];
    for (rank, at) in (0..).zip(order) {
        ranks[at] = rank;
    }
    ranks
}

/// How many observations are made at once: whole ones own their texts.
const CHUNK: usize = 2048;

/// Adds what is new and withdraws what is gone, in the one order in which a vintage is sealed.
async fn add(publishing: &mut Publishing, compared: &Compared) -> Result<(), StoreError> {
    let sorted = compared.in_order();
    let is_gone = |one: &Differing| one.new.is_none();
    for run in sorted.chunk_by(|a, b| is_gone(a) == is_gone(b)) {
        for chunk in run.chunks(CHUNK) {
            let figures = chunk.iter().filter_map(|one| match (one.new, one.old) {
                (Some(new), _) => {
                    let figure = &compared.reading.figures[new];
                    Some(
                        compared
                            .reading
                            .observation(figure, &compared.published.catalogue),
                    )
                }
                (None, old) => old.map(|row| compared.published.observation(row)),
            });
            let figures: Vec<Observation> = figures.collect();
            match chunk.first().is_some_and(|one| is_gone(one)) {
                true => publishing.withdraw(&figures).await?,
                false => publishing.add(&figures).await?,
            }
        }
    }
    Ok(())
}

/// Who published between the look and the transaction was faster; whoever asks again compares anew.
pub(super) fn superseded(error: StoreError) -> Trouble {
    match error {
        StoreError::Superseded { .. } => Trouble::Behind,
        other => other.into(),
    }
}
