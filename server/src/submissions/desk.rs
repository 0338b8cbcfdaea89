//! What somebody does with submissions, from whichever side they come: the API or a page.

use std::sync::Arc;

use chrono::{DateTime, Local, Utc};
use data::Dataset;
use data::api::{SubmissionState, Verb};
use data::report::{About, Problem, Severity};
use tokio::sync::Semaphore;

use super::life::{self, Part};
use super::reading::{self, Findings, Report};
use super::recent::{Read, Recent};
use super::trouble::Trouble;
use crate::accounts::secret;
use crate::rights::{Person, Reporter, Reviewer};
use crate::store::{Filed, NewContent, NewFile, NewSubmission, Seen, Speaker, Store};
use crate::uploads::{Progress, Upload};

/// A person before the published state, at a moment.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The database.
    pub store: &'a Store,
    /// What is published.
    pub published: Arc<Dataset>,
    /// Who.
    pub person: &'a Person,
    /// When.
    pub now: DateTime<Utc>,
    /// What was read of reports a moment ago.
    pub recent: &'a Recent,
    /// The turn to make a copy of a file.
    pub copying: &'a Semaphore,
}

/// A file that somebody sends.
#[derive(Debug)]
pub struct Sent {
    /// Its name; empty for a form.
    pub name: String,
    /// Its bytes.
    pub upload: Upload,
    /// Counts the rows that were read, for who waits.
    pub progress: Arc<Progress>,
}

/// A content to be stored, and the figures in it.
struct Taken {
    content: NewContent,
    read: Read,
}

impl Desk<'_> {
    /// The right to send reports of a unit; a refusal is logged.
    pub fn reporter(&self, org_unit: &str) -> Result<Reporter, Trouble> {
        let right = self
            .person
            .reporter(org_unit, &self.published.catalogue.org_units);
        right.map_err(refused)
    }

    /// The right to decide on a submission; a refusal is logged.
    pub fn reviewer(&self, filed: &Filed) -> Result<Reviewer, Trouble> {
        let sender = filed.submitted_by.as_ref().unwrap_or(&filed.created_by);
        let tree = &self.published.catalogue.org_units;
        self.person
            .reviewer(&filed.org_unit, sender, tree)
            .map_err(refused)
    }

    /// What the person is to a submission.
    pub fn parts(&self, filed: &Filed) -> Vec<Part> {
        let tree = &self.published.catalogue.org_units;
        let sender = filed.submitted_by.as_ref().unwrap_or(&filed.created_by);
        let reports = self.person.reporter(&filed.org_unit, tree).is_ok();
        let reviews = self.person.reviewer(&filed.org_unit, sender, tree).is_ok();
        let parts = [(reports, Part::Reporter), (reviews, Part::Reviewer)];
        let parts = parts.into_iter().filter(|(is_held, _)| *is_held);
        parts.map(|(_, part)| part).collect()
    }

    /// A submission that the person may see; one that they may not see is not there for them.
    pub async fn filed(&self, id: &str) -> Result<Filed, Trouble> {
        let filed = self.store.submission(id).await?.ok_or(Trouble::NotFound)?;
        let parts = self.parts(&filed);
        let is_seen = parts.iter().any(|part| life::is_seen_by(*part, filed.state()));
        is_seen.then_some(filed).ok_or(Trouble::NotFound)
    }

    /// A submission as it was seen, in a state in which its reporters can do this.
    async fn reported(&self, seen: Seen<'_>, verb: Verb) -> Result<(Filed, Reporter), Trouble> {
        let filed = self.filed(seen.id).await?;
        let right = self.reporter(&filed.org_unit)?;
        is_still(&filed, seen)?;
        if !life::can(verb, filed.state(), Part::Reporter) {
            return Err(Trouble::NotNow(filed.state()));
        }
        Ok((filed, right))
    }

    /// A submission as it was seen, which waits for a reviewer.
    pub(super) async fn reviewed(&self, seen: Seen<'_>, verb: Verb) -> Result<(Filed, Reviewer), Trouble> {
        let filed = self.filed(seen.id).await?;
        let right = self.reviewer(&filed)?;
        is_still(&filed, seen)?;
        if !life::can(verb, filed.state(), Part::Reviewer) {
            return Err(Trouble::NotNow(filed.state()));
        }
        Ok((filed, right))
    }

    /// What a report of a unit and year is read with.
    pub async fn report(&self, org_unit: &str, year: i32) -> Result<Report, Trouble> {
        Ok(Report {
            org_unit: org_unit.to_owned(),
            year,
            mapping: self.store.column_mapping(org_unit).await?,
            today: self.now.with_timezone(&Local).date_naive(),
        })
    }

    /// Makes a draft of a file, and answers its id and whether it is new: the same file again is the same submission.
    pub async fn create(&self, org_unit: &str, year: i32, sent: Sent) -> Result<(String, bool), Trouble> {
        let right = self.reporter(org_unit)?;
        let hash = &sent.upload.sha256;
        if let Some(id) = self.store.submission_of_file(org_unit, year, hash).await? {
            return Ok((id, false));
        }
        let report = self.report(org_unit, year).await?;
        let Taken { content, read } = self.read(report, sent).await?;
        let id = new_id()?;
        let mut writing = self.store.begin_writing().await?;
        // Nobody else writes now, and what was sent at the same time is there.
        let hash = &content.file.upload.sha256;
        if let Some(id) = self.store.submission_of_file(org_unit, year, hash).await? {
            return Ok((id, false));
        }
        let new = NewSubmission { id: &id, year };
        writing.create_submission(new, &content, &right, self.now).await?;
        writing.commit().await?;
        self.recent.keep(&id, 1, read);
        Ok((id, true))
    }

    /// Puts another file in the place of the one before.
    pub async fn replace(&self, seen: Seen<'_>, sent: Sent) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Edit).await?;
        let report = self.report(&filed.org_unit, year(&filed)).await?;
        let taken = self.read(report, sent).await?;
        self.put(seen, taken, &right).await
    }

    /// Remembers what a header means, and reads the file again.
    pub async fn map(&self, seen: Seen<'_>, header: &str, indicator: &str) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Edit).await?;
        let sent = Sent {
            name: filed.file.clone(),
            upload: self.file(&filed).await?,
            progress: Arc::default(),
        };
        let mut writing = self.store.begin_writing().await?;
        writing.map_column(header, indicator, &right, self.now).await?;
        writing.commit().await?;
        let report = self.report(&filed.org_unit, year(&filed)).await?;
        let taken = self.read(report, sent).await?;
        self.put(seen, taken, &right).await
    }

    async fn put(&self, seen: Seen<'_>, taken: Taken, right: &Reporter) -> Result<(), Trouble> {
        let mut writing = self.store.begin_writing().await?;
        if !writing
            .replace_content(seen, &taken.content, right, self.now)
            .await?
        {
            drop(writing);
            return Err(self.changed(seen.id).await);
        }
        writing.commit().await?;
        self.recent.keep(seen.id, seen.revision + 1, taken.read);
        Ok(())
    }

    /// Reads a file beside the threads that serve. What names a foreign unit is logged.
    async fn read(&self, report: Report, sent: Sent) -> Result<Taken, Trouble> {
        let base_vintage = self.vintage();
        let (published, file) = (self.published.clone(), sent.upload.file.clone());
        let reading = move || reading::read(&file, &report, &published, &sent.progress);
        let read = tokio::task::spawn_blocking(reading).await;
        let found = read.map_err(|error| Trouble::Machine(error.to_string()))??;
        for issue in &found.findings.issues {
            if let Problem::ForeignOrgUnit { found, expected } = &issue.problem {
                let name = &self.person.account.name;
                tracing::info!(
                    name,
                    found = found.zh,
                    expected = expected.zh,
                    "refused: a report names a unit that is not its own"
                );
            }
        }
        Ok(Taken {
            content: NewContent {
                content: found.content,
                file: NewFile {
                    name: sent.name,
                    upload: sent.upload,
                },
                base_vintage,
            },
            read: Read {
                catalogue: self.published.catalogue.clone(),
                reading: Arc::new(found.reading),
            },
        })
    }

    /// The number of the newest vintage of what is published here.
    pub(super) fn vintage(&self) -> i64 {
        let number = self.published.version.split('-').next().unwrap_or_default();
        number.parse().unwrap_or_default()
    }

    /// Says why a warning is right all the same.
    pub async fn confirm(&self, id: &str, issue_key: &str, reason: &str) -> Result<(), Trouble> {
        let filed = self.filed(id).await?;
        let seen = seen(&filed);
        let (_, right) = self.reported(seen, Verb::Edit).await?;
        let mut warnings = self.findings(&filed).await?.issues.into_iter();
        if !warnings.any(|issue| issue.severity() == Severity::Warning && issue.key() == issue_key) {
            return Err(Trouble::NoSuchWarning(issue_key.to_owned()));
        }
        let mut writing = self.store.begin_writing().await?;
        writing.confirm(id, issue_key, reason, &right, self.now).await?;
        Ok(writing.commit().await?)
    }

    /// Says something of a submission or one of its figures.
    pub async fn remark(&self, id: &str, about: Option<&About>, text: &str) -> Result<(), Trouble> {
        let filed = self.filed(id).await?;
        let remark = new_id()?;
        let tree = &self.published.catalogue.org_units;
        let sender = filed.submitted_by.as_ref().unwrap_or(&filed.created_by);
        let reviewer = self.person.reviewer(&filed.org_unit, sender, tree);
        let reporter = self.person.reporter(&filed.org_unit, tree);
        let by = match (&reviewer, &reporter) {
            (Ok(right), _) => Speaker::Reviewer(right),
            (_, Ok(right)) => Speaker::Reporter(right),
            (Err(_), Err(_)) => return Err(Trouble::NotFound),
        };
        let mut writing = self.store.begin_writing().await?;
        writing
            .remark(seen(&filed), &remark, about, text, by, self.now)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Sends a submission, unless errors are left or warnings without a reason.
    pub async fn submit(&self, seen: Seen<'_>) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Submit).await?;
        let (errors, warnings) = self.unfinished(&filed).await?;
        if errors + warnings > 0 {
            return Err(Trouble::Unfinished { errors, warnings });
        }
        let mut writing = self.store.begin_writing().await?;
        let done = writing.submit(seen, &right, self.now).await?;
        self.finish(writing, done, seen).await
    }

    /// Takes a submission back.
    pub async fn withdraw(&self, seen: Seen<'_>) -> Result<(), Trouble> {
        let (_, right) = self.reported(seen, Verb::Withdraw).await?;
        let mut writing = self.store.begin_writing().await?;
        let done = writing.take_back(seen, &right, self.now).await?;
        self.finish(writing, done, seen).await
    }

    /// Sends a submission back, with a note that is kept as a remark.
    pub async fn give_back(&self, seen: Seen<'_>, note: &str) -> Result<(), Trouble> {
        let (_, right) = self.reviewed(seen, Verb::Return).await?;
        let remark = new_id()?;
        let mut writing = self.store.begin_writing().await?;
        let done = writing.give_back(seen, note, &right, self.now).await?;
        if done && !note.is_empty() {
            let by = Speaker::Reviewer(&right);
            writing.remark(seen, &remark, None, note, by, self.now).await?;
        }
        self.finish(writing, done, seen).await
    }

    async fn finish(
        &self,
        writing: crate::store::Writing,
        done: bool,
        seen: Seen<'_>,
    ) -> Result<(), Trouble> {
        if done {
            return Ok(writing.commit().await?);
        }
        drop(writing);
        Err(self.changed(seen.id).await)
    }

    /// Why a change found nothing to change: somebody was faster.
    pub(super) async fn changed(&self, id: &str) -> Trouble {
        match self.store.submission(id).await {
            Ok(Some(filed))
                if !matches!(filed.state(), SubmissionState::Draft | SubmissionState::Returned) =>
            {
                Trouble::NotNow(filed.state())
            }
            Ok(Some(filed)) => Trouble::Changed {
                revision: filed.revision,
            },
            Ok(None) => Trouble::NotFound,
            Err(error) => error.into(),
        }
    }

    /// What was found in the present content.
    pub(super) async fn findings(&self, filed: &Filed) -> Result<Findings, Trouble> {
        let content = self.store.submission_content(&filed.id, filed.revision).await?;
        Ok(reading::findings(&content.ok_or(Trouble::NotFound)?)?)
    }

    /// How many errors are left, and how many warnings without a reason.
    pub(super) async fn unfinished(&self, filed: &Filed) -> Result<(usize, usize), Trouble> {
        let findings = self.findings(filed).await?;
        let confirmed = self.store.confirmations(&filed.id).await?;
        let (mut errors, mut warnings) = (0, 0);
        for issue in &findings.issues {
            match issue.severity() {
                Severity::Error => errors += 1,
                Severity::Warning if confirmed.iter().any(|one| one.issue == issue.key()) => {}
                Severity::Warning => warnings += 1,
            }
        }
        Ok((errors, warnings))
    }
}

/// The present state of a submission.
pub fn seen(filed: &Filed) -> Seen<'_> {
    Seen {
        id: &filed.id,
        revision: filed.revision,
    }
}

/// The year of a submission.
pub fn year(filed: &Filed) -> i32 {
    i32::try_from(filed.year).unwrap_or_default()
}

fn is_still(filed: &Filed, seen: Seen<'_>) -> Result<(), Trouble> {
    let revision = filed.revision;
    (revision == seen.revision)
        .then_some(())
        .ok_or(Trouble::Changed { revision })
}

fn refused(refusal: crate::rights::Refused) -> Trouble {
    tracing::info!(%refusal, "refused");
    refusal.into()
}

/// 128 random bits.
fn new_id() -> Result<String, Trouble> {
    secret::id().map_err(|_| Trouble::Machine("the system gives no random numbers".into()))
}
