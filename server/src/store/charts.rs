//! Charts under short addresses.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Store, StoreError, on_reader, on_writer, time};

/// A chart as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoredChart {
    /// Its id.
    pub id: String,
    /// Its canonical address.
    pub address: String,
    /// The vintage that it is pinned to.
    pub vintage: Option<i64>,
}

/// What became of a chart that was to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// It is new.
    New,
    /// It was there.
    Known,
    /// Another chart has its id.
    Taken,
    /// There are as many as there may be.
    Full,
}

const SAVE: &str = "insert into saved_chart (id, address, vintage, saved_at) \
     select $1, $2, $3, $4 where (select count(*) from saved_chart) < $5 on conflict (id) do nothing";

impl Store {
    /// The chart of an id.
    pub async fn saved_chart(&self, id: &str) -> Result<Option<StoredChart>, StoreError> {
        let sql = "select id, address, vintage from saved_chart where id = $1";
        on_reader!(self, pool => sqlx::query_as(sql).bind(id).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// Saves a chart where its id is free and there are fewer than `most`.
    pub async fn save_chart(
        &self,
        chart: &StoredChart,
        most: i64,
        now: DateTime<Utc>,
    ) -> Result<Saving, StoreError> {
        let saved = on_writer!(self, pool => sqlx::query(SAVE)
            .bind(&chart.id).bind(&chart.address).bind(chart.vintage).bind(time(now)).bind(most)
            .execute(pool).await.map(|done| done.rows_affected()));
        if saved.map_err(|error| self.failed(error))? > 0 {
            return Ok(Saving::New);
        }
        Ok(match self.saved_chart(&chart.id).await? {
            Some(there) if there == *chart => Saving::Known,
            Some(_) => Saving::Taken,
            None => Saving::Full,
        })
    }
}
