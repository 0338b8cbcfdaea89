//! What somebody does with submissions, from whichever side they come: the API or a page.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use data::Dataset;
use data::api::{SubmissionState, Verb};
use data::report::{About, Issue, Problem, Severity, is_known};

use super::left::{Left, blocking};
use super::life::{self, Part, Steps};
use super::reading::{self, Findings, Report};
use super::recent::{Read, Recent};
use super::trouble::Trouble;
use super::turns::Turns;
use crate::accounts::refusals::{Refusal, Refusals};
use crate::accounts::secret;
use crate::calendar::china_day;
use crate::rights::{Endorser, Person, Refused, Reporter, Reviewer};
use crate::sheets::Unreadable;
use crate::state;
use crate::store::{Content, Filed, NewContent, NewFile, NewSubmission, Seen, Speaker, Store, Writing};
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
    /// How many review a report.
    pub steps: Steps,
    /// Where refusals are noted.
    pub refusals: &'a Refusals,
    /// What was read of reports a moment ago.
    pub recent: &'a Recent,
    /// The turns to read a file and to make a copy of one.
    pub turns: &'a Turns,
}

/// A file that somebody sends.
#[derive(Debug)]
pub struct Sent {
    /// Its name; empty for a form.
    pub name: String,
    /// Its bytes.
    pub upload: Upload,
    /// The newest vintage that who made it had before them, where that is known.
    pub beside: Option<i64>,
    /// Counts the rows that were read, for who waits.
    pub progress: Arc<Progress>,
}

/// A content to be stored, and the figures in it.
pub(super) struct Taken {
    /// What is stored.
    pub(super) content: NewContent,
    /// What is left to do in it.
    pub(super) left: Left,
    read: Read,
}

/// How many units an entry of the log names: a county's neighbours.
const MOST_NAMED: usize = 10;

impl Desk<'_> {
    /// The right to send reports of a unit.
    pub fn reporter(&self, org_unit: &str) -> Result<Reporter, Trouble> {
        let tree = &self.published.catalogue.org_units;
        Ok(self.person.reporter(org_unit, tree)?)
    }

    /// The right to send a submission back: of every reviewer above its unit but who sent it.
    fn endorser(&self, filed: &Filed) -> Result<Endorser, Refused> {
        let tree = &self.published.catalogue.org_units;
        self.person.endorser(&filed.org_unit, filed.sent_by(), tree)
    }

    /// The right to accept a submission.
    pub fn reviewer(&self, filed: &Filed) -> Result<Reviewer, Trouble> {
        let tree = &self.published.catalogue.org_units;
        let (org_unit, sender) = (&filed.org_unit, filed.sent_by());
        let first = self.person.reviewer(org_unit, sender, tree)?;
        match (self.steps, filed.endorsed()) {
            (Steps::One, _) => Ok(first),
            (Steps::Two, None) => Err(Trouble::NotEndorsed),
            (Steps::Two, Some(endorsed)) => {
                Ok(self.person.second_reviewer(org_unit, sender, endorsed, tree)?)
            }
        }
    }

    /// What the person is to a submission.
    pub fn parts(&self, filed: &Filed) -> Vec<Part> {
        let tree = &self.published.catalogue.org_units;
        let reports = self.person.reporter(&filed.org_unit, tree).is_ok();
        let endorses = self.steps == Steps::Two && self.endorser(filed).is_ok();
        let reviews = self.reviewer(filed).is_ok();
        let parts = [
            (reports, Part::Reporter),
            (endorses, Part::Endorser),
            (reviews, Part::Reviewer),
        ];
        let parts = parts.into_iter().filter(|(is_held, _)| *is_held);
        parts.map(|(_, part)| part).collect()
    }

    /// A submission that the person may see; one that they may not see is not there for them, and that they asked is
    /// noted.
    pub async fn filed(&self, id: &str) -> Result<Filed, Trouble> {
        let filed = self.store.submission(id).await?.ok_or(Trouble::NotFound)?;
        if self.sees(&filed) {
            return Ok(filed);
        }
        let asked = format!("submission {}", filed.id);
        self.note_refusal(&filed.org_unit, &asked, "a right to see it")
            .await?;
        Err(Trouble::NotFound)
    }

    /// Whether the person may see a submission.
    pub fn sees(&self, filed: &Filed) -> bool {
        let parts = self.parts(filed);
        parts.iter().any(|part| life::is_seen_by(*part, filed.state()))
    }

    async fn note_refusal(&self, org_unit: &str, asked: &str, lacks: &str) -> Result<(), Trouble> {
        let refusal = Refusal {
            who: &self.person.account,
            org_unit,
            asked,
            lacks,
        };
        Ok(self.refusals.note(self.store, refusal, self.now).await?)
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

    /// A submission as it was seen, which the person can accept.
    pub(super) async fn reviewed(&self, seen: Seen<'_>) -> Result<(Filed, Reviewer), Trouble> {
        let filed = self.waiting(seen).await?;
        let right = self.reviewer(&filed)?;
        Ok((filed, right))
    }

    /// A submission as it was seen, which waits for somebody above its unit, of whom the person is one.
    async fn waiting(&self, seen: Seen<'_>) -> Result<Filed, Trouble> {
        let filed = self.filed(seen.id).await?;
        self.endorser(&filed)?;
        is_still(&filed, seen)?;
        if !life::can(Verb::Return, filed.state(), Part::Reviewer) {
            return Err(Trouble::NotNow(filed.state()));
        }
        Ok(filed)
    }

    /// What a report of a unit and year is read with.
    pub async fn report(&self, org_unit: &str, year: i32) -> Result<Report, Trouble> {
        Ok(Report {
            org_unit: org_unit.to_owned(),
            year,
            mapping: self.store.column_mapping(org_unit).await?,
            today: china_day(self.now),
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
        let Taken { content, left, read } = self.read(report, sent).await?;
        let id = new_id()?;
        let mut writing = self.store.begin_writing().await?;
        // Nobody else writes now, and what was sent at the same time is there.
        let hash = &content.file.upload.sha256;
        if let Some(id) = writing.submission_of_file(org_unit, year, hash).await? {
            return Ok((id, false));
        }
        let new = NewSubmission { id: &id, year };
        writing.create_submission(new, &content, &right, self.now).await?;
        let seen = Seen { id: &id, revision: 1 };
        left.note(&mut writing, seen).await?;
        writing.commit().await?;
        self.recent.keep(&id, 1, read);
        Ok((id, true))
    }

    /// Puts another file in the place of the one before. Of a form that does not say what it was drawn beside nobody knows
    /// that more was seen than before.
    pub async fn replace(&self, seen: Seen<'_>, mut sent: Sent) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Edit).await?;
        if sent.name.is_empty() {
            sent.beside = sent.beside.or(Some(filed.base_vintage));
        }
        let report = self.report(&filed.org_unit, year(&filed)).await?;
        let taken = self.read(report, sent).await?;
        self.put(seen, taken, &right).await
    }

    /// Remembers what a header means, and reads the file again. A header that says something by itself is not for anybody to
    /// explain: the unit's every later file would be read wrong.
    pub async fn map(&self, seen: Seen<'_>, header: &str, indicator: &str) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Edit).await?;
        if is_known(header, &self.published.catalogue, &filed.org_unit) {
            return Err(Trouble::HeaderKnown(header.to_owned()));
        }
        let sent = Sent {
            name: filed.file.clone(),
            upload: self.file(&filed).await?,
            beside: Some(filed.base_vintage),
            progress: Arc::default(),
        };
        let mut writing = self.store.begin_writing().await?;
        writing.map_column(header, indicator, &right, self.now).await?;
        writing.commit().await?;
        let report = self.report(&filed.org_unit, year(&filed)).await?;
        let taken = self.read(report, sent).await?;
        self.put(seen, taken, &right).await
    }

    pub(super) async fn put(&self, seen: Seen<'_>, taken: Taken, right: &Reporter) -> Result<(), Trouble> {
        let mut writing = self.store.begin_writing().await?;
        if !writing
            .replace_content(seen, &taken.content, right, self.now)
            .await?
        {
            drop(writing);
            return Err(self.changed(seen.id).await);
        }
        let next = Seen {
            revision: seen.revision + 1,
            ..seen
        };
        taken.left.note(&mut writing, next).await?;
        writing.commit().await?;
        self.recent.keep(next.id, next.revision, taken.read);
        Ok(())
    }

    /// Reads a file beside the threads that serve. What names a foreign unit is noted.
    pub(super) async fn read(&self, report: Report, sent: Sent) -> Result<Taken, Trouble> {
        // Nobody has seen more than there is.
        let now = self.vintage();
        let base_vintage = sent.beside.map_or(now, |beside| beside.min(now));
        let org_unit = report.org_unit.clone();
        let (published, file) = (self.published.clone(), sent.upload.file.clone());
        let reading = move || {
            let found = reading::read(&file, &report, &published, &sent.progress)?;
            let foreign = foreign(&found.findings, &published);
            let left = Left::of(&found.findings);
            Ok::<_, Unreadable>((found, foreign, left))
        };
        let (found, foreign, left) = self.turns.read(reading).await??;
        self.note_foreign(&org_unit, &foreign).await;
        Ok(Taken {
            content: NewContent {
                content: found.content,
                file: NewFile {
                    name: sent.name,
                    upload: sent.upload,
                },
                base_vintage,
            },
            left,
            read: Read {
                catalogue: self.published.catalogue.clone(),
                reading: Arc::new(found.reading),
            },
        })
    }

    /// Notes once which units a file names without a right to them: one entry each would use up what an hour has room for,
    /// and hide what comes after it. Where that cannot be noted the file is read all the same.
    async fn note_foreign(&self, org_unit: &str, foreign: &BTreeSet<String>) {
        if foreign.is_empty() {
            return;
        }
        let named: Vec<&str> = foreign.iter().map(String::as_str).take(MOST_NAMED).collect();
        let more = match foreign.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let lacks = format!("a right to {}{more}, which the file names", named.join(", "));
        if let Err(error) = self.note_refusal(org_unit, "file", &lacks).await {
            tracing::error!(%error, "a refusal cannot be written into the audit log");
        }
    }

    /// The number of the newest vintage of what is published here.
    pub(super) fn vintage(&self) -> i64 {
        i64::from(state::vintage(&self.published))
    }

    /// Says why a warning is right all the same, or by the key of a kind every warning of it that has no reason yet. Those
    /// that a later file has are not meant: nobody has seen them.
    pub async fn confirm(&self, seen: Seen<'_>, key: &str, reason: &str) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Edit).await?;
        let findings = self.findings(&filed).await?;
        let left = Left::of(&findings);
        let mut meant = findings.issues;
        meant.retain(|issue| {
            issue.severity() == Severity::Warning && (issue.key() == key || issue.kind_key() == key)
        });
        if meant.is_empty() {
            return Err(Trouble::NoSuchWarning(key.to_owned()));
        }
        let given = self.store.confirmations(seen.id).await?;
        let given: HashSet<&str> = given.iter().map(|one| one.issue.as_str()).collect();
        let keys: BTreeSet<String> = meant.iter().map(Issue::key).collect();
        let is_open = |of: &String| of == key || !given.contains(of.as_str());
        let keys: Vec<String> = keys.into_iter().filter(is_open).collect();
        let mut writing = self.store.begin_writing().await?;
        let done = writing.confirm(seen, key, &keys, reason, &right, self.now);
        if !done.await? {
            drop(writing);
            return Err(self.changed(seen.id).await);
        }
        left.note(&mut writing, seen).await?;
        Ok(writing.commit().await?)
    }

    /// Says something of a submission or one of its figures.
    pub async fn remark(&self, id: &str, about: Option<&About>, text: &str) -> Result<(), Trouble> {
        let filed = self.filed(id).await?;
        let remark = new_id()?;
        let (endorser, reporter) = (self.endorser(&filed), self.reporter(&filed.org_unit));
        let by = match (&endorser, &reporter) {
            (Ok(right), _) => Speaker::Reviewer(right.reviewer()),
            (_, Ok(right)) => Speaker::Reporter(right),
            (Err(_), Err(_)) => return Err(Trouble::NotFound),
        };
        let mut writing = self.store.begin_writing().await?;
        writing
            .remark(seen(&filed), &remark, about, text, by, self.now)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Sends a submission, unless errors are left or warnings without a reason beside what is published now.
    pub async fn submit(&self, seen: Seen<'_>) -> Result<(), Trouble> {
        let (filed, right) = self.reported(seen, Verb::Submit).await?;
        self.check_again(&filed, &right).await?;
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
        let filed = self.waiting(seen).await?;
        let right = self.endorser(&filed)?;
        let right = right.reviewer();
        let remark = new_id()?;
        let mut writing = self.store.begin_writing().await?;
        let done = writing.give_back(seen, note, right, self.now).await?;
        if done && !note.is_empty() {
            let by = Speaker::Reviewer(right);
            writing.remark(seen, &remark, None, note, by, self.now).await?;
        }
        self.finish(writing, done, seen).await
    }

    /// Endorses a submission, the first of two steps.
    pub async fn endorse(&self, seen: Seen<'_>, note: &str) -> Result<(), Trouble> {
        let filed = self.waiting(seen).await?;
        let right = self.endorser(&filed)?;
        if self.steps == Steps::One || !life::can(Verb::Endorse, filed.state(), Part::Endorser) {
            return Err(Trouble::NotNow(filed.state()));
        }
        let mut writing = self.store.begin_writing().await?;
        let done = writing.endorse(seen, note, &right, self.now).await?;
        self.finish(writing, done, seen).await
    }

    pub(super) async fn finish(&self, writing: Writing, done: bool, seen: Seen<'_>) -> Result<(), Trouble> {
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
        let content = self.content(filed).await?;
        Ok(blocking(move || reading::findings(&content)).await??)
    }

    /// The present content.
    pub(super) async fn content(&self, filed: &Filed) -> Result<Content, Trouble> {
        let content = self.store.submission_content(&filed.id, filed.revision).await?;
        content.ok_or(Trouble::NotFound)
    }

    /// How many errors are left, and how many warnings without a reason.
    pub(super) async fn unfinished(&self, filed: &Filed) -> Result<(usize, usize), Trouble> {
        let findings = self.findings(filed).await?;
        let confirmed = self.store.confirmations(&filed.id).await?;
        let confirmed: Vec<String> = confirmed.into_iter().map(|one| one.issue).collect();
        Ok(Left::of(&findings).count(&confirmed))
    }
}

/// The units that a file names and that are not its own, each once: those beyond its part of the tree by their code, and
/// by their name, which a reader does not look for there.
fn foreign(findings: &Findings, published: &Dataset) -> BTreeSet<String> {
    let units = published.catalogue.org_units.all();
    let names = || units.iter().map(|unit| unit.name.zh.as_str());
    let mut known: Option<HashSet<&str>> = None;
    let found = findings.issues.iter().filter_map(|issue| match &issue.problem {
        Problem::ForeignOrgUnit { found, .. } => Some(found.zh.clone()),
        Problem::UnknownOrgUnit { found } => {
            let known = known.get_or_insert_with(|| names().collect());
            known.contains(found.trim()).then(|| found.trim().to_owned())
        }
        _ => None,
    });
    found.collect()
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

/// 128 random bits.
fn new_id() -> Result<String, Trouble> {
    secret::id().map_err(|_| Trouble::Machine("the system gives no random numbers".into()))
}
