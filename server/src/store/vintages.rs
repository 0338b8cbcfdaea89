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
    sender: Option<String>,
    sent_by: Option<String>,
    endorsed_by: Option<String>,
    accepted_by: Option<String>,
}

/// The columns of a [`Row`].
macro_rules! vintage_columns {
    () => {
        "v.id as vintage, v.published_at, v.reason, v.added_count, v.withdrawn_count, v.undoes, undo.id as undone_by, \
         m.org_unit as report_of, m.year as report_year, v.submission, m.submitted_by as sender, \
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

/// The figures of a vintage as they were at another: what the highest vintage up to that one says of each. A vintage has
/// no index, so this looks at every observation, a million a second; it is asked where somebody undoes one.
const FIGURES: &str = concat!(
    "select o.indicator, o.org_unit, ",
    figure_columns!(),
    " from observation n join observation o on o.indicator = n.indicator and o.org_unit = n.org_unit \
     and o.period = n.period join source s on s.id = o.source left join comment c on c.id = o.comment \
     where n.vintage = $1 and o.vintage = (select max(p.vintage) from observation p where p.indicator = n.indicator \
     and p.org_unit = n.org_unit and p.period = n.period and p.vintage <= $2)"
);

/// A figure as a vintage left it: none where it was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The vintage.
    pub vintage: i64,
    /// The figure.
    pub observation: Option<Observation>,
}

/// What becomes of one figure of a vintage that is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The figure as the vintage published it, or the one that it withdrew.
    pub said: Observation,
    /// What was published before it.
    pub before: Option<Observation>,
    /// What is published now.
    pub now: Left,
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

    /// The account that sent the report which undoing a vintage would bring back: of a vintage that took back a report,
    /// or took back one that took it back.
    pub async fn sender_brought_back(&self, vintage: i64) -> Result<Option<String>, StoreError> {
        let mut steps = 0;
        let mut row = self.vintage_row(vintage).await?;
        while let Some(undoes) = row.as_ref().and_then(|row| row.undoes) {
            steps += 1;
            row = self.vintage_row(undoes).await?;
        }
        // After an even number of steps it is the report itself that goes.
        Ok(row.filter(|_| steps % 2 == 1).and_then(|row| row.sender))
    }

    /// What undoing a vintage would do to each of its figures.
    pub async fn undoing(&self, vintage: i64) -> Result<Vec<Undone>, StoreError> {
        let mut before = self.figures_at(vintage, vintage - 1).await?;
        let mut now = self.figures_at(vintage, i64::MAX).await?;
        let said = self.figures_at(vintage, vintage).await?;
        let undone = said.into_iter().filter_map(|(key, (_, said, _))| {
            let now = now.remove(&key)?;
            Some(Undone {
                said,
                before: before.remove(&key).and_then(Left::shown),
                now: Left {
                    vintage: now.0,
                    observation: Left::shown(now),
                },
            })
        });
        Ok(undone.collect())
    }

    async fn figures_at(&self, of: i64, at: i64) -> Result<HashMap<ObservationKey, Found>, StoreError> {
        let rows: Vec<Figure> = on_reader!(self, pool => sqlx::query_as(FIGURES).bind(of).bind(at)
            .fetch_all(pool).await)
        .map_err(|error| self.failed(error))?;
        let mut figures = HashMap::with_capacity(rows.len());
        for row in rows {
            let found = row.read(&self.name)?;
            figures.insert(found.1.key.clone(), found);
        }
        Ok(figures)
    }
}

/// The vintage, the figure, and whether it was withdrawn.
pub(super) type Found = (i64, Observation, bool);

impl Left {
    fn shown((_, observation, is_withdrawn): Found) -> Option<Observation> {
        (!is_withdrawn).then_some(observation)
    }
}

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
