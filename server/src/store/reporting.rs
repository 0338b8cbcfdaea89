//! Reports on their way: what changes them. Each change takes the right to it, says what it was built on, and is audited in
//! the transaction that makes it.

use chrono::{DateTime, Utc};
use data::report::About;

use super::submissions::{Content, OF_FILE};
use super::writing::{Either, Writing, in_transaction};
use super::{Entry, Publishing, StoreError, time};
use crate::rights::{Account, Endorser, Reporter, Reviewer};
use crate::uploads::Upload;

/// A submission to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewSubmission<'a> {
    /// 128 random bits in hexadecimal.
    pub id: &'a str,
    /// The year reported.
    pub year: i32,
}

/// A file to be stored.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its name; empty for a form.
    pub name: String,
    /// Its bytes.
    pub upload: Upload,
}

/// A content to be stored.
#[derive(Debug, Clone)]
pub struct NewContent {
    /// What it says.
    pub content: Content,
    /// The file it was read from.
    pub file: NewFile,
    /// The newest vintage that it was compared with.
    pub base_vintage: i64,
}

/// Which state of a submission somebody has before them: who looks at an older one decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    /// The submission.
    pub id: &'a str,
    /// Its revision.
    pub revision: i64,
}

/// Who says something of a submission.
#[derive(Debug, Clone, Copy)]
pub enum Speaker<'a> {
    /// Of those who send it.
    Reporter(&'a Reporter),
    /// Of those who decide on it.
    Reviewer(&'a Reviewer),
}

impl Speaker<'_> {
    fn account(&self) -> &Account {
        match self {
            Speaker::Reporter(reporter) => reporter.account(),
            Speaker::Reviewer(reviewer) => reviewer.account(),
        }
    }

    fn org_unit(&self) -> &str {
        match self {
            Speaker::Reporter(reporter) => reporter.org_unit(),
            Speaker::Reviewer(reviewer) => reviewer.org_unit(),
        }
    }
}

/// Keeps one reason for all warnings of a list in JSON, ten thousand in one statement.
macro_rules! confirm {
    ($each:literal) => {
        concat!(
            "insert into confirmation (submission, issue_key, reason, account, at) select $1, value, $3, $4, $5 from ",
            $each,
            " where true on conflict (submission, issue_key) do update set reason = excluded.reason, \
             account = excluded.account, at = excluded.at"
        )
    };
}

const CONFIRM_IN_SQLITE: &str = confirm!("json_each($2)");

const CONFIRM_IN_POSTGRES: &str = confirm!("json_array_elements_text($2::json)");

impl Writing {
    /// Makes a draft with its first content.
    pub async fn create_submission(
        &mut self,
        new: NewSubmission<'_>,
        content: &NewContent,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "insert into submission (id, org_unit, year, state, revision, base_vintage, created_by, created_at, \
             updated_at, note) values ($1, $2, $3, 'draft', 1, $4, $5, $6, $6, '')";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(new.id).bind(by.org_unit()).bind(i64::from(new.year)).bind(content.base_vintage)
            .bind(&by.account().id).bind(time(now)).execute(connection).await.map(drop))?;
        let seen = Seen {
            id: new.id,
            revision: 1,
        };
        self.add_content(seen, content, by, now).await?;
        self.note(
            "submission.create",
            new.id,
            &content.file.name,
            Speaker::Reporter(by),
            now,
        )
        .await
    }

    /// Puts another content into a draft or what came back; false where that is not what it is any more.
    pub async fn replace_content(
        &mut self,
        seen: Seen<'_>,
        content: &NewContent,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission set revision = revision + 1, base_vintage = $1, updated_at = $2, \
             errors = null, open_warnings = null where id = $3 and revision = $4 and org_unit = $5 and state in ('draft', 'returned')";
        let changed = in_transaction!(self, connection => sqlx::query(sql)
            .bind(content.base_vintage).bind(time(now)).bind(seen.id).bind(seen.revision).bind(by.org_unit())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        let next = Seen {
            revision: seen.revision + 1,
            ..seen
        };
        self.add_content(next, content, by, now).await?;
        if content.file.name.is_empty() && self.goes_on_typing(seen, by, now).await? {
            return Ok(true);
        }
        self.note(
            "submission.edit",
            seen.id,
            &content.file.name,
            Speaker::Reporter(by),
            now,
        )
        .await?;
        Ok(true)
    }

    async fn add_content(
        &mut self,
        of: Seen<'_>,
        new: &NewContent,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "insert into submission_content (submission, revision, figures, findings, figure_count, created_by, \
             created_at) values ($1, $2, $3, $4, $5, $6, $7)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(of.id).bind(of.revision).bind(&new.content.figures).bind(&new.content.findings)
            .bind(new.content.figure_count).bind(&by.account().id).bind(time(now))
            .execute(connection).await.map(drop))?;
        self.add_file(of, &new.file).await
    }

    /// Stores a file piece by piece.
    async fn add_file(&mut self, of: Seen<'_>, file: &NewFile) -> Result<(), StoreError> {
        let upload = &file.upload;
        let sql = "insert into submission_file (submission, revision, name, sha256, size) values ($1, $2, $3, $4, $5)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(of.id).bind(of.revision).bind(&file.name).bind(&upload.sha256).bind(upload.size as i64)
            .execute(connection).await.map(drop))?;
        let sql =
            "insert into submission_piece (submission, revision, number, content) values ($1, $2, $3, $4)";
        for number in 0.. {
            let piece = upload.piece(number).await;
            let piece = piece.map_err(|source| StoreError::file(&std::env::temp_dir(), source))?;
            if piece.is_empty() {
                break;
            }
            in_transaction!(self, connection => sqlx::query(sql)
                .bind(of.id).bind(of.revision).bind(number as i64).bind(piece)
                .execute(connection).await.map(drop))?;
        }
        Ok(())
    }

    /// Sends a draft or what came back; false where it is neither any more.
    pub async fn submit(
        &mut self,
        seen: Seen<'_>,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission set state = 'submitted', submitted_by = $1, submitted_at = $2, updated_at = $2, \
             first_submitted_at = coalesce(first_submitted_at, $2), endorsed_by = null, endorsed_at = null, endorsed_unit = null where id = $3 and revision = $4 and org_unit = $5 and state in ('draft', 'returned')";
        self.step(sql, "submission.submit", seen, "", Speaker::Reporter(by), now)
            .await
    }

    /// Takes a submission back; false where it is decided already.
    pub async fn take_back(
        &mut self,
        seen: Seen<'_>,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission set state = 'withdrawn', decided_by = $1, decided_at = $2, updated_at = $2 \
             where id = $3 and revision = $4 and org_unit = $5 and state in ('draft', 'submitted', 'returned')";
        self.step(sql, "submission.withdraw", seen, "", Speaker::Reporter(by), now)
            .await
    }

    /// Sends a submission back with a note; false where it does not wait any more.
    pub async fn give_back(
        &mut self,
        seen: Seen<'_>,
        note: &str,
        by: &Reviewer,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission set state = 'returned', decided_by = $1, decided_at = $2, updated_at = $2, \
             endorsed_by = null, endorsed_at = null, endorsed_unit = null where id = $3 and revision = $4 and org_unit = $5 and state = 'submitted'";
        self.step(sql, "submission.return", seen, note, Speaker::Reviewer(by), now)
            .await
    }

    /// Endorses a submission, the first of two steps; false where it does not wait for that any more.
    pub async fn endorse(
        &mut self,
        seen: Seen<'_>,
        note: &str,
        by: &Endorser,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission set endorsed_by = $1, endorsed_at = $2, updated_at = $2, endorsed_unit = $6 \
             where id = $3 and revision = $4 and org_unit = $5 and state = 'submitted' and endorsed_by is null";
        let right = by.reviewer();
        let changed = in_transaction!(self, connection => sqlx::query(sql)
            .bind(&right.account().id).bind(time(now)).bind(seen.id).bind(seen.revision).bind(right.org_unit())
            .bind(by.held_at()).execute(connection).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        let detail = format!("at {}: {note}", by.held_at());
        self.note(
            "submission.endorse",
            seen.id,
            &detail,
            Speaker::Reviewer(right),
            now,
        )
        .await?;
        Ok(true)
    }

    async fn step(
        &mut self,
        sql: &'static str,
        action: &str,
        seen: Seen<'_>,
        note: &str,
        by: Speaker<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let changed = in_transaction!(self, connection => sqlx::query(sql)
            .bind(&by.account().id).bind(time(now)).bind(seen.id).bind(seen.revision).bind(by.org_unit())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        self.note(action, seen.id, note, by, now).await?;
        Ok(true)
    }

    /// Keeps what was found when a draft or what came back was checked again; false where it is not what it was any more.
    pub async fn replace_findings(
        &mut self,
        seen: Seen<'_>,
        findings: &[u8],
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update submission_content set findings = $1 where submission = $2 and revision = $3 and exists \
             (select 1 from submission where id = $2 and revision = $3 and org_unit = $4 and state in ('draft', 'returned'))";
        let changed = in_transaction!(self, connection => sqlx::query(sql)
            .bind(findings).bind(seen.id).bind(seen.revision).bind(by.org_unit())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        self.note("submission.check", seen.id, "", Speaker::Reporter(by), now)
            .await?;
        Ok(true)
    }

    /// Keeps why these warnings, which `asked` names, are right all the same; the last reason counts. False where it is no
    /// draft and did not come back, or is not what it was any more: what was sent keeps the reasons that it was sent with.
    pub async fn confirm(
        &mut self,
        seen: Seen<'_>,
        asked: &str,
        issue_keys: &[String],
        reason: &str,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        // It stays so until this is committed, as nobody else writes now.
        let sql = "select count(*) from submission where id = $1 and revision = $2 and org_unit = $3 \
             and state in ('draft', 'returned')";
        let there: i64 = in_transaction!(self, connection => sqlx::query_scalar(sql)
            .bind(seen.id).bind(seen.revision).bind(by.org_unit()).fetch_one(connection).await)?;
        if there == 0 {
            return Ok(false);
        }
        let sql = match &self.transaction {
            Either::Sqlite(_) => CONFIRM_IN_SQLITE,
            Either::Postgres(_) => CONFIRM_IN_POSTGRES,
        };
        let keys = serde_json::Value::from(issue_keys).to_string();
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(seen.id).bind(&keys).bind(reason).bind(&by.account().id).bind(time(now))
            .execute(connection).await.map(drop))?;
        let detail = match issue_keys {
            [_] => format!("{asked}: {reason}"),
            several => format!("{asked} ({}): {reason}", several.len()),
        };
        self.note("submission.confirm", seen.id, &detail, Speaker::Reporter(by), now)
            .await?;
        Ok(true)
    }

    /// The submission of a unit and year that a file is already, as nobody can make another meanwhile. It is asked in the
    /// transaction: whoever waits for its lock holds a connection, and the pool may have none left.
    pub async fn submission_of_file(
        &mut self,
        org_unit: &str,
        year: i32,
        sha256: &str,
    ) -> Result<Option<String>, StoreError> {
        in_transaction!(self, connection => sqlx::query_scalar(OF_FILE)
            .bind(sha256).bind(org_unit).bind(i64::from(year)).fetch_optional(connection).await)
    }

    /// The warnings of a submission that have a reason, as nobody can change it meanwhile.
    pub async fn confirmed(&mut self, submission: &str) -> Result<Vec<String>, StoreError> {
        let sql = "select issue_key from confirmation where submission = $1";
        in_transaction!(self, connection => sqlx::query_scalar(sql).bind(submission).fetch_all(connection).await)
    }

    /// Notes what is left to do in the content of a revision, for the lists.
    pub async fn count(&mut self, seen: Seen<'_>, errors: i64, open_warnings: i64) -> Result<(), StoreError> {
        let sql = "update submission set errors = $1, open_warnings = $2 where id = $3 and revision = $4";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(errors).bind(open_warnings).bind(seen.id).bind(seen.revision).execute(connection).await.map(drop))
    }

    /// Keeps what somebody says of a submission or of one of its figures.
    pub async fn remark(
        &mut self,
        seen: Seen<'_>,
        id: &str,
        about: Option<&About>,
        text: &str,
        by: Speaker<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "insert into remark (id, submission, revision, indicator, org_unit, account, at, text, period) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(id).bind(seen.id).bind(seen.revision).bind(about.map(|about| &about.indicator))
            .bind(about.map(|about| &about.org_unit)).bind(&by.account().id).bind(time(now)).bind(text)
            .bind(about.and_then(|about| about.period).map(|period| period.to_string()))
            .execute(connection).await.map(drop))?;
        self.note("submission.remark", seen.id, text, by, now).await
    }

    /// Remembers what a header means in the reports of the right's unit.
    pub async fn map_column(
        &mut self,
        header: &str,
        indicator: &str,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "insert into column_mapping (org_unit, header, indicator) values ($1, $2, $3) \
             on conflict (org_unit, header) do update set indicator = excluded.indicator";
        in_transaction!(self, connection => sqlx::query(sql)
            .bind(by.org_unit()).bind(header).bind(indicator).execute(connection).await.map(drop))?;
        let detail = format!("{header} = {indicator}");
        self.note("mapping.set", by.org_unit(), &detail, Speaker::Reporter(by), now)
            .await
    }

    async fn note(
        &mut self,
        action: &str,
        subject: &str,
        detail: &str,
        by: Speaker<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let entry = Entry {
            account: Some(&by.account().id),
            action,
            org_unit: Some(by.org_unit()),
            subject,
            detail,
        };
        self.audit(&entry, now).await
    }
}

impl Publishing {
    /// Makes this vintage the publication of a submission, in the same transaction; false where it does not wait any
    /// more, or was endorsed by another than `endorsed_by`, and then nothing of the vintage may be finished.
    pub async fn accept(
        &mut self,
        seen: Seen<'_>,
        endorsed_by: Option<&str>,
        note: &str,
        by: &Reviewer,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let vintage = self.vintage();
        let writing = self.writing().await?;
        let sql = "update submission set state = 'accepted', decided_by = $1, decided_at = $2, updated_at = $2, \
             vintage = $6, note = $7 where id = $3 and revision = $4 and org_unit = $5 and state = 'submitted' \
             and coalesce(endorsed_by, '') = $8";
        let changed = in_transaction!(writing, connection => sqlx::query(sql)
            .bind(&by.account().id).bind(time(now)).bind(seen.id).bind(seen.revision).bind(by.org_unit())
            .bind(vintage).bind(note).bind(endorsed_by.unwrap_or_default()).execute(connection).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        let sql = "update vintage set submission = $1, account = $2 where id = $3";
        in_transaction!(writing, connection => sqlx::query(sql)
            .bind(seen.id).bind(&by.account().id).bind(vintage).execute(connection).await.map(drop))?;
        writing
            .note("submission.accept", seen.id, note, Speaker::Reviewer(by), now)
            .await?;
        Ok(true)
    }
}
