//! Reports on their way: reading what is there.

use data::api::{Confirmation, Remark, SubmissionState};
use data::report::About;
use sqlx::FromRow;

use super::{Store, StoreError, on_reader};
use crate::rights::Endorsed;

/// A submission without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Filed {
    /// Names it.
    pub id: String,
    /// The unit whose report it is.
    pub org_unit: String,
    /// The year reported.
    pub year: i64,
    state: String,
    /// Counts up with every change of its content.
    pub revision: i64,
    /// The newest vintage when its content came in.
    pub base_vintage: i64,
    /// The account that made it.
    pub created_by: String,
    /// The account that sent it last.
    pub submitted_by: Option<String>,
    /// The account that endorsed it since.
    pub endorsed_by: Option<String>,
    /// The unit at which that one holds the role.
    pub endorsed_unit: Option<String>,
    /// What that one is called.
    pub endorser: Option<String>,
    /// What the one who made or sent it is called.
    pub sender: String,
    /// When it last changed.
    pub updated_at: String,
    /// The vintage that published it.
    pub vintage: Option<i64>,
    /// The name of its file; empty for a form.
    pub file: String,
    /// How many figures it holds.
    pub figure_count: i64,
    /// How many errors are left, where they were counted.
    pub errors: Option<i64>,
    /// How many warnings are not confirmed, where they were counted.
    pub open_warnings: Option<i64>,
}

impl Filed {
    /// Who sent it, or made it where nobody sent it yet.
    pub fn sent_by(&self) -> &str {
        self.submitted_by.as_deref().unwrap_or(&self.created_by)
    }

    /// Who endorsed it, where somebody did.
    pub fn endorsed(&self) -> Option<Endorsed<'_>> {
        let by = self.endorsed_by.as_deref()?;
        let at = self.endorsed_unit.as_deref()?;
        Some(Endorsed { by, at })
    }

    /// Where it is; the query answers no other word.
    pub fn state(&self) -> SubmissionState {
        SubmissionState::from_code(&self.state).unwrap_or(SubmissionState::Withdrawn)
    }
}

/// What a revision says, compressed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Content {
    /// CSV in the columns of an export.
    pub figures: Vec<u8>,
    /// What was found wrong, as JSON.
    pub findings: Vec<u8>,
    /// How many figures there are.
    pub figure_count: i64,
}

/// What is known of a file; its bytes come in pieces.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FileEntry {
    /// Its name; empty for a form.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub size: i64,
}

/// The vintages whose last undoing is in force: undone once, or undone again after that was undone.
macro_rules! undone {
    () => {
        "with recursive chain (root, tip, depth) as (select undoes, id, 1 from vintage where undoes is not null \
         union all select c.root, v.id, c.depth + 1 from chain c join vintage v on v.undoes = c.tip), \
         undone (vintage) as (select root from chain group by root having max(depth) % 2 = 1) "
    };
}

/// The state of a submission `s` beside [`undone`]: what was endorsed still waits, and what was undone was accepted. The words
/// for both are made here, and nowhere else.
macro_rules! state {
    () => {
        "case when s.state = 'submitted' and s.endorsed_by is not null then 'endorsed' \
         when s.state = 'accepted' and s.vintage in (select vintage from undone) then 'undone' else s.state end"
    };
}
pub(super) use {state, undone};

const ALL: &str = concat!(
    undone!(),
    "select * from (select s.id, s.org_unit, s.year, ",
    state!(),
    " as state, s.revision, s.base_vintage, s.created_by, s.submitted_by, s.endorsed_by, \
     s.endorsed_unit, e.display_name as endorser, a.display_name as sender, s.updated_at, s.vintage, f.name as file, \
     c.figure_count, s.errors, s.open_warnings from submission s \
     join account a on a.id = coalesce(s.submitted_by, s.created_by) left join account e on e.id = s.endorsed_by \
     join submission_content c on c.submission = s.id and c.revision = s.revision \
     join submission_file f on f.submission = s.id and f.revision = s.revision \
     where ($1 = '' or s.id = $1) and ($3 = '' or s.org_unit = $3) and ($4 = 0 or s.year = $4)) as filed \
     where $2 = '' or state = $2 order by updated_at desc, id"
);

pub(super) const OF_FILE: &str = concat!(
    undone!(),
    "select s.id from submission s join submission_file f on f.submission = s.id and f.revision = s.revision \
     where f.sha256 = $1 and s.org_unit = $2 and s.year = $3 and s.state <> 'withdrawn' \
     and (s.vintage is null or s.vintage not in (select vintage from undone)) order by s.created_at limit 1"
);

/// Which submissions are listed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// In this state.
    pub state: Option<SubmissionState>,
    /// Of this unit.
    pub org_unit: Option<&'a str>,
    /// Of this year.
    pub year: Option<i32>,
}

impl Store {
    /// A submission.
    pub async fn submission(&self, id: &str) -> Result<Option<Filed>, StoreError> {
        Ok(self
            .filed(id, Wanted::default())
            .await?
            .pop()
            .filter(|_| !id.is_empty()))
    }

    /// The submissions that changed last.
    pub async fn submissions(&self, wanted: Wanted<'_>) -> Result<Vec<Filed>, StoreError> {
        self.filed("", wanted).await
    }

    async fn filed(&self, id: &str, wanted: Wanted<'_>) -> Result<Vec<Filed>, StoreError> {
        let state = wanted.state.map_or("", SubmissionState::code);
        let (org_unit, year) = (
            wanted.org_unit.unwrap_or_default(),
            i64::from(wanted.year.unwrap_or_default()),
        );
        on_reader!(self, pool => sqlx::query_as(ALL).bind(id).bind(state).bind(org_unit).bind(year).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The submission of a unit and year whose present content is this very file, unless it was taken back or its
    /// publication was undone.
    pub async fn submission_of_file(
        &self,
        org_unit: &str,
        year: i32,
        sha256: &str,
    ) -> Result<Option<String>, StoreError> {
        on_reader!(self, pool => sqlx::query_scalar(OF_FILE).bind(sha256).bind(org_unit).bind(i64::from(year))
            .fetch_optional(pool).await)
        .map_err(|error| self.failed(error))
    }

    /// What a revision says.
    pub async fn submission_content(&self, id: &str, revision: i64) -> Result<Option<Content>, StoreError> {
        let sql = "select figures, findings, figure_count from submission_content \
             where submission = $1 and revision = $2";
        on_reader!(self, pool => sqlx::query_as(sql).bind(id).bind(revision).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The file of a revision.
    pub async fn submission_file(&self, id: &str, revision: i64) -> Result<Option<FileEntry>, StoreError> {
        let sql = "select name, sha256, size from submission_file where submission = $1 and revision = $2";
        on_reader!(self, pool => sqlx::query_as(sql).bind(id).bind(revision).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The piece of a file with this number, from 0; none after the last.
    pub async fn file_piece(
        &self,
        id: &str,
        revision: i64,
        number: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let sql =
            "select content from submission_piece where submission = $1 and revision = $2 and number = $3";
        on_reader!(self, pool => sqlx::query_scalar(sql).bind(id).bind(revision).bind(number).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The warnings that were confirmed.
    pub async fn confirmations(&self, id: &str) -> Result<Vec<Confirmation>, StoreError> {
        let sql = "select c.issue_key, c.reason, a.display_name from confirmation c \
             join account a on a.id = c.account where c.submission = $1 order by c.issue_key";
        let rows: Vec<(String, String, String)> =
            on_reader!(self, pool => sqlx::query_as(sql).bind(id).fetch_all(pool).await)
                .map_err(|error| self.failed(error))?;
        let confirmation = |(issue, reason, by)| Confirmation { issue, reason, by };
        Ok(rows.into_iter().map(confirmation).collect())
    }

    /// What people said, the oldest first.
    pub async fn remarks(&self, id: &str) -> Result<Vec<Remark>, StoreError> {
        let sql = "select r.revision, r.indicator, r.org_unit, r.period, r.text, a.display_name, r.at from remark r \
             join account a on a.id = r.account where r.submission = $1 order by r.at, r.id";
        type Row = (
            i64,
            Option<String>,
            Option<String>,
            Option<String>,
            String,
            String,
            String,
        );
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(sql).bind(id).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        let remark = |(revision, indicator, org_unit, period, text, by, at): Row| Remark {
            revision: u32::try_from(revision).unwrap_or_default(),
            about: indicator.zip(org_unit).map(|(indicator, org_unit)| About {
                indicator,
                org_unit,
                period: period.and_then(|period| period.parse().ok()),
            }),
            text,
            by,
            at,
        };
        Ok(rows.into_iter().map(remark).collect())
    }

    /// What people said that the headers of a unit's reports mean.
    pub async fn column_mapping(&self, org_unit: &str) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "select header, indicator from column_mapping where org_unit = $1 order by header";
        on_reader!(self, pool => sqlx::query_as(sql).bind(org_unit).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }
}
