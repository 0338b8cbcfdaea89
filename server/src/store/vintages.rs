//! What was published, vintage by vintage, and what undoing one would bring back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use data::api::{ReportOf, VintageEntry};
use data::{Observation, ObservationKey};
use sqlx::FromRow;

use super::history::{Figure, figure_columns};
use super::writing::in_transaction;
use super::{Entry, Publishing, Store, StoreError, on_reader};
use crate::rights::Undoer;

/// A vintage with who stands behind it.
#[derive(Debug, FromRow)]
pub struct Row {
    vintage: i64,
    published_at: String,
    reason: String,
    added_count: i64,
    withdrawn_count: i64,
    undoes: Option<i64>,
    undone_by: Option<i64>,
    report_of: Option<String>,
    report_year: Option<i64>,
    submission: Option<String>,
    sent_by: Option<String>,
    endorsed_by: Option<String>,
    accepted_by: Option<String>,
}

/// The columns of a [`Row`].
macro_rules! vintage_columns {
    () => {
        "v.id as vintage, v.published_at, v.reason, v.added_count, v.withdrawn_count, v.undoes, undo.id as undone_by, \
         m.org_unit as report_of, m.year as report_year, v.submission, \
         sender.display_name as sent_by, endorser.display_name as endorsed_by, reviewer.display_name as accepted_by"
    };
}
pub(super) use vintage_columns;

/// What they are read from, beside `vintage v`.
macro_rules! vintage_joins {
    () => {
        "left join vintage undo on undo.undoes = v.id left join submission m on m.id = v.submission \
         left join account sender on sender.id = m.submitted_by left join account endorser on endorser.id = m.endorsed_by \
         left join account reviewer on reviewer.id = v.account"
    };
}
pub(super) use vintage_joins;

const LIST: &str = concat!(
    "select ",
    vintage_columns!(),
    " from vintage v ",
    vintage_joins!(),
    " order by v.id desc limit $1 offset $2"
);

const ONE: &str = concat!(
    "select ",
    vintage_columns!(),
    " from vintage v ",
    vintage_joins!(),
    " where v.id = $1"
);

/// The vintage that says what a figure of `n` was before it.
macro_rules! before {
    () => {
        "(select max(p.vintage) from observation p where p.indicator = n.indicator and p.org_unit = n.org_unit \
         and p.period = n.period and p.vintage < n.vintage)"
    };
}

/// The figures `n` of the vintage `$1` that undoing it would change, with what is published of each now (`c`) and was
/// before it (`b`, none where there was nothing). Sources and comments are stored once each, so their numbers tell.
macro_rules! differing {
    () => {
        concat!(
            " from observation n join observation c on c.indicator = n.indicator and c.org_unit = n.org_unit \
             and c.period = n.period and c.vintage = (select max(p.vintage) from observation p \
             where p.indicator = n.indicator and p.org_unit = n.org_unit and p.period = n.period) \
             left join observation b on b.indicator = n.indicator and b.org_unit = n.org_unit and b.period = n.period \
             and b.vintage = ",
            before!(),
            " where n.vintage = $1 and not (c.withdrawn = 1 and coalesce(b.withdrawn, 1) = 1) \
             and not (c.withdrawn = 0 and coalesce(b.withdrawn, 1) = 0 and c.value is not distinct from b.value \
             and c.slack is not distinct from b.slack and c.denominator is not distinct from b.denominator \
             and c.qualifier = b.qualifier and c.status = b.status and c.origin = b.origin \
             and c.period_basis = b.period_basis and c.source = b.source and c.comment is not distinct from b.comment) "
        )
    };
}

const UNDOING_COUNTS: &str = concat!(
    "select count(*), coalesce(sum(case when c.vintage = n.vintage then 0 else 1 end), 0)",
    differing!()
);

/// What later vintages changed comes first; each figure has a row for what is published now and one for what was before.
const UNDOING: &str = concat!(
    "with differing as (select n.indicator, n.org_unit, n.period, c.vintage as now_vintage, b.vintage as before_vintage",
    differing!(),
    "order by case when c.vintage = n.vintage then 1 else 0 end, n.org_unit, n.indicator, n.period limit $2) \
     select d.now_vintage, o.indicator, o.org_unit, ",
    figure_columns!(),
    " from differing d join observation o on o.indicator = d.indicator and o.org_unit = d.org_unit \
     and o.period = d.period and (o.vintage = d.now_vintage or o.vintage = d.before_vintage) \
     join source s on s.id = o.source left join comment c on c.id = o.comment"
);

/// A vintage that took back another republished what was before that one, so the way goes on from there.
const SENDERS_BROUGHT_BACK: &str = concat!(
    "with recursive back (id) as (select ",
    before!(),
    " from observation n where n.vintage = $1 union select ",
    before!(),
    " from back join vintage v on v.id = back.id join observation n on n.vintage = v.undoes) \
     select distinct m.submitted_by from back join vintage v on v.id = back.id \
     join submission m on m.id = v.submission where m.submitted_by is not null"
);

#[derive(FromRow)]
struct UndoneRow {
    now_vintage: i64,
    #[sqlx(flatten)]
    figure: Figure,
}

/// What becomes of one figure of a vintage that is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The vintage that says what is published now: a later one where that changed it since.
    pub now_vintage: i64,
    /// What is published now; none where it was withdrawn.
    pub now: Option<Observation>,
    /// What was published before the vintage.
    pub before: Option<Observation>,
}

/// How many figures undoing a vintage would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UndoneCounts {
    /// All of them.
    pub changes: usize,
    /// Those that later vintages changed, which no undoing may touch.
    pub conflicts: usize,
}

impl Store {
    /// How many vintages there are, and a page of them, the newest first.
    pub async fn vintage_page(
        &self,
        limit: usize,
        offset: usize,
    ) -> Result<(usize, Vec<VintageEntry>), StoreError> {
        let (limit, offset) = (limit as i64, i64::try_from(offset).unwrap_or(i64::MAX));
        let failed = |error| self.failed(error);
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(LIST).bind(limit).bind(offset)
            .fetch_all(pool).await)
        .map_err(failed)?;
        let total: i64 = on_reader!(self, pool => sqlx::query_scalar("select count(*) from vintage")
            .fetch_one(pool).await)
        .map_err(failed)?;
        let entries = rows.into_iter().map(Row::entry);
        Ok((usize::try_from(total).unwrap_or_default(), entries.collect()))
    }

    /// A vintage.
    pub async fn vintage(&self, id: i64) -> Result<Option<VintageEntry>, StoreError> {
        Ok(self.vintage_row(id).await?.map(Row::entry))
    }

    async fn vintage_row(&self, id: i64) -> Result<Option<Row>, StoreError> {
        on_reader!(self, pool => sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The vintage at the end of those that took back a vintage, and one another; itself where none did.
    pub async fn last_undoing(&self, vintage: i64) -> Result<Option<VintageEntry>, StoreError> {
        let mut last = self.vintage(vintage).await?;
        while let Some(by) = last.as_ref().and_then(|entry| entry.undone_by) {
            last = self.vintage(i64::from(by)).await?;
        }
        Ok(last)
    }

    /// The units of which a vintage has figures.
    pub async fn vintage_units(&self, vintage: i64) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct org_unit from observation where vintage = $1 order by org_unit";
        on_reader!(self, pool => sqlx::query_scalar(sql).bind(vintage).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The accounts that sent any of the reports of which undoing a vintage would bring figures back.
    pub async fn senders_brought_back(&self, vintage: i64) -> Result<Vec<String>, StoreError> {
        on_reader!(self, pool => sqlx::query_scalar(SENDERS_BROUGHT_BACK).bind(vintage).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The account by which a vintage was published.
    pub async fn published_by(&self, vintage: i64) -> Result<Option<String>, StoreError> {
        let sql = "select account from vintage where id = $1 and account is not null";
        on_reader!(self, pool => sqlx::query_scalar(sql).bind(vintage).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// How many figures undoing a vintage would change.
    pub async fn undoing_counts(&self, vintage: i64) -> Result<UndoneCounts, StoreError> {
        let (changes, conflicts): (i64, i64) =
            on_reader!(self, pool => sqlx::query_as(UNDOING_COUNTS).bind(vintage)
            .fetch_one(pool).await)
            .map_err(|error| self.failed(error))?;
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        Ok(UndoneCounts {
            changes: count(changes),
            conflicts: count(conflicts),
        })
    }

    /// What undoing a vintage would do to the figures that it would change, up to `most`: first those that later vintages
    /// changed.
    pub async fn undoing(&self, vintage: i64, most: usize) -> Result<Vec<Undone>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows: Vec<UndoneRow> = on_reader!(self, pool => sqlx::query_as(UNDOING).bind(vintage).bind(most)
            .fetch_all(pool).await)
        .map_err(|error| self.failed(error))?;
        let mut undone: HashMap<ObservationKey, Undone> = HashMap::new();
        for UndoneRow { now_vintage, figure } in rows {
            let (said_by, observation, is_withdrawn) = figure.read(&self.name)?;
            let one = undone.entry(observation.key.clone()).or_insert(Undone {
                now_vintage,
                now: None,
                before: None,
            });
            let said = (!is_withdrawn).then_some(observation);
            match said_by == now_vintage {
                true => one.now = said,
                false => one.before = said,
            }
        }
        Ok(undone.into_values().collect())
    }
}

/// The vintage, the figure, and whether it was withdrawn.
pub(super) type Found = (i64, Observation, bool);

impl Row {
    /// The same in JSON, with all that only some are shown.
    pub(super) fn entry(self) -> VintageEntry {
        let number = |number: i64| u32::try_from(number).unwrap_or_default();
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        let year = |year: i64| i32::try_from(year).unwrap_or_default();
        VintageEntry {
            vintage: number(self.vintage),
            published_at: self.published_at,
            reason: self.reason,
            added: count(self.added_count),
            withdrawn: count(self.withdrawn_count),
            report: self
                .report_of
                .zip(self.report_year)
                .map(|(org_unit, of)| ReportOf {
                    org_unit,
                    year: year(of),
                }),
            undoes: self.undoes.map(number),
            undone_by: self.undone_by.map(number),
            submission: self.submission,
            sent_by: self.sent_by,
            endorsed_by: self.endorsed_by,
            accepted_by: self.accepted_by,
        }
    }
}

impl Publishing {
    /// Makes this vintage the undoing of another, in the same transaction.
    pub async fn undo(
        &mut self,
        vintage: i64,
        reason: &str,
        by: &Undoer,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let this = self.vintage();
        let writing = self.writing().await?;
        let sql = "update vintage set undoes = $1, account = $2 where id = $3";
        in_transaction!(writing, connection => sqlx::query(sql)
            .bind(vintage).bind(&by.account().id).bind(this).execute(connection).await.map(drop))?;
        let entry = Entry {
            account: Some(&by.account().id),
            action: "vintage.undo",
            org_unit: by.org_unit(),
            subject: &vintage.to_string(),
            detail: &format!("by vintage {this}: {reason}"),
        };
        writing.audit(&entry, now).await
    }
}
