//! A form that somebody types is saved at every pause. What they saved a moment ago is nobody's history: of each hour the log
//! has the first save, and the database keeps the last.

use chrono::{DateTime, Utc};

use super::reporting::Seen;
use super::writing::{Writing, in_transaction};
use super::{StoreError, time};
use crate::rights::Reporter;

/// How much of a time in the database names its hour: `2023-11-14T22`.
const HOUR: usize = 13;

/// A revision that one account typed within an hour; it was never sent, and nobody has said anything of it.
const IS_TYPED: &str = "select count(*) from submission_content c \
     join submission_file f on f.submission = c.submission and f.revision = c.revision \
     join submission s on s.id = c.submission where c.submission = $1 and c.revision = $2 and c.created_by = $3 \
     and substr(c.created_at, 1, 13) = $4 and f.name = '' \
     and (s.first_submitted_at is null or c.created_at > s.decided_at) \
     and not exists (select 1 from remark r where r.submission = c.submission and r.revision = c.revision)";

impl Writing {
    /// Whether a form that was just saved over this revision only goes on with it, so that the log needs no entry. What
    /// stood before that is let go where it is of the same hour; this one stays, as somebody may be reading it.
    pub(super) async fn goes_on_typing(
        &mut self,
        over: Seen<'_>,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !self.is_typed(over, by, now).await? {
            return Ok(false);
        }
        let before = Seen {
            revision: over.revision - 1,
            ..over
        };
        if self.is_typed(before, by, now).await? {
            self.drop_revision(before).await?;
        }
        Ok(true)
    }

    async fn is_typed(
        &mut self,
        seen: Seen<'_>,
        by: &Reporter,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let hour: String = time(now).chars().take(HOUR).collect();
        let found: i64 = in_transaction!(self, connection => sqlx::query_scalar(IS_TYPED)
            .bind(seen.id).bind(seen.revision).bind(&by.account().id).bind(&hour).fetch_one(connection).await)?;
        Ok(found > 0)
    }

    async fn drop_revision(&mut self, seen: Seen<'_>) -> Result<(), StoreError> {
        for sql in [
            "delete from submission_piece where submission = $1 and revision = $2",
            "delete from submission_file where submission = $1 and revision = $2",
            "delete from submission_content where submission = $1 and revision = $2",
        ] {
            in_transaction!(self, connection => sqlx::query(sql)
                .bind(seen.id).bind(seen.revision).execute(connection).await.map(drop))?;
        }
        Ok(())
    }
}
