//! Deadlines, and what was sent for a year: everything that says who has reported.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::submissions::{state, undone};
use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader};
use crate::rights::Administrator;

/// A submission of a year, and when it was first sent.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Sending {
    /// Names the submission.
    pub id: String,
    /// The unit whose report it is.
    pub org_unit: String,
    /// The code of its state.
    pub state: String,
    /// When it was first sent: sending it again after it came back makes nobody late.
    pub first_sent: Option<String>,
}

const SENDINGS: &str = concat!(
    undone!(),
    "select s.id, s.org_unit, ",
    state!(),
    " as state, s.first_submitted_at as first_sent from submission s where s.year = $1 order by s.updated_at desc, s.id"
);

impl Store {
    /// The deadlines of a year as they were set, by the code of the unit.
    pub async fn deadlines(&self, year: i32) -> Result<Vec<(String, NaiveDate)>, StoreError> {
        let sql = "select org_unit, due from deadline where year = $1 order by org_unit";
        let rows: Vec<(String, String)> =
            on_reader!(self, pool => sqlx::query_as(sql).bind(i64::from(year)).fetch_all(pool).await)
                .map_err(|error| self.failed(error))?;
        let read = |(org_unit, due): (String, String)| match due.parse() {
            Ok(due) => Ok((org_unit, due)),
            Err(_) => Err(StoreError::Damaged {
                name: self.name.clone(),
                found: format!("the deadline of {org_unit} is no date: {due}"),
            }),
        };
        rows.into_iter().map(read).collect()
    }

    /// What was sent or is being made for a year, what changed last first.
    pub async fn sendings(&self, year: i32) -> Result<Vec<Sending>, StoreError> {
        on_reader!(self, pool => sqlx::query_as(SENDINGS).bind(i64::from(year)).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The units that have sent a report of any year and did not take it back.
    pub async fn senders(&self) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct org_unit from submission where submitted_at is not null and state <> 'withdrawn'";
        on_reader!(self, pool => sqlx::query_scalar(sql).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }
}

impl Writing {
    /// Sets the deadline of the right's unit for a year, or takes it away.
    pub async fn set_deadline(
        &mut self,
        year: i32,
        due: Option<NaiveDate>,
        by: &Administrator,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (org_unit, year) = (by.org_unit(), i64::from(year));
        let day = due.map(|due| due.to_string()).unwrap_or_default();
        match due {
            Some(_) => {
                let sql = "insert into deadline (org_unit, year, due) values ($1, $2, $3) \
                     on conflict (org_unit, year) do update set due = excluded.due";
                in_transaction!(self, connection => sqlx::query(sql).bind(org_unit).bind(year).bind(&day)
                    .execute(connection).await.map(drop))?;
            }
            None => {
                let sql = "delete from deadline where org_unit = $1 and year = $2";
                in_transaction!(self, connection => sqlx::query(sql).bind(org_unit).bind(year)
                    .execute(connection).await.map(drop))?;
            }
        }
        let subject = year.to_string();
        let entry = Entry {
            account: Some(&by.account().id),
            action: if due.is_some() {
                "deadline.set"
            } else {
                "deadline.take"
            },
            org_unit: Some(org_unit),
            subject: &subject,
            detail: &day,
        };
        self.audit(&entry, now).await
    }

    /// Ends every session of somebody else's account, by who is in charge of it.
    pub async fn sign_out_account(
        &mut self,
        account: &str,
        by: &Administrator,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.end_sessions(account).await?;
        let entry = Entry {
            account: Some(&by.account().id),
            action: "session.end_all",
            org_unit: Some(by.org_unit()),
            subject: account,
            detail: "",
        };
        self.audit(&entry, now).await
    }
}
