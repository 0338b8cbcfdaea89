use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use data::{Observation, OrgUnit, Source};
use sha2::{Digest, Sha256};
use sqlx::query::Query;
use sqlx::{Database as Sql, Encode, Type};

use super::load::NEWEST;
use super::many_rows::{ONE, POSTGRES_MANY, ROWS, SQLITE_MANY};
use super::writing::{Either, Writing, in_transaction};
use super::{Store, StoreError, Vintage};

/// A vintage in the making: one transaction, in which all of it is published or nothing.
pub struct Publishing {
    writing: Writing,
    before: String,
    vintage: i64,
    hash: Sha256,
    sources: HashMap<Source, i64>,
    comments: HashMap<String, i64>,
    added: i64,
    withdrawn: i64,
    /// Rows that were sealed and are not in the database yet, at most [`ROWS`].
    made: Vec<Row>,
    published_at: String,
    reason: String,
}

/// The order in which a vintage's observations are added and hashed: by the bytes of their codes.
pub fn key_order(observation: &Observation) -> (&str, &str, String) {
    (
        &observation.key.indicator,
        &observation.key.org_unit,
        observation.key.period.to_string(),
    )
}

/// Puts observations into [`key_order`].
pub fn sort(observations: &mut [Observation]) {
    observations.sort_by_cached_key(|observation| {
        let (indicator, org_unit, period) = key_order(observation);
        (indicator.to_owned(), org_unit.to_owned(), period)
    });
}

impl Store {
    /// Begins a new vintage on top of `built_on`, the one that what is to be published was compared with (0 for none).
    /// Refused where somebody published since: the comparison would be with a state that is gone. From then on nobody
    /// else can publish until it is finished or dropped.
    pub async fn begin_publishing(
        &self,
        built_on: i64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Publishing, StoreError> {
        let mut writing = self.begin().await?;
        writing
            .lock("lock table vintage in share row exclusive mode")
            .await?;
        let mut publishing = Publishing {
            writing,
            before: String::new(),
            vintage: 1,
            hash: Sha256::new(),
            sources: HashMap::new(),
            comments: HashMap::new(),
            added: 0,
            withdrawn: 0,
            made: Vec::new(),
            published_at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
            reason: reason.to_owned(),
        };
        publishing.build_on(built_on).await?;
        let insert = "insert into vintage (id, published_at, reason, hash) values ($1, $2, $3, '')";
        let id = publishing.vintage;
        in_transaction!(publishing.writing, connection =>
            sqlx::query(insert).bind(id).bind(&publishing.published_at).bind(&publishing.reason).execute(connection).await.map(|_| ()))?;
        Ok(publishing)
    }
}

impl Publishing {
    /// Takes its place after the newest vintage, which nobody can supersede from here on.
    async fn build_on(&mut self, built_on: i64) -> Result<(), StoreError> {
        let newest: Option<Vintage> = in_transaction!(self.writing, connection => sqlx::query_as(NEWEST).fetch_optional(connection).await)?;
        let newest_id = newest.as_ref().map_or(0, |newest| newest.id);
        if newest_id != built_on {
            return Err(StoreError::Superseded {
                name: self.writing.name.clone(),
                built_on,
                newest: newest_id,
            });
        }
        self.vintage = newest_id + 1;
        self.before = newest.map(|newest| newest.hash).unwrap_or_default();
        Ok(())
    }

    /// The number that the vintage has when it is finished.
    pub fn vintage(&self) -> i64 {
        self.vintage
    }

    /// Adds observations, which over all calls ascend by [`key_order`].
    pub async fn add(&mut self, observations: &[Observation]) -> Result<(), StoreError> {
        self.added += observations.len() as i64;
        self.add_rows(observations, false).await
    }

    /// Withdraws observations: from this vintage on their keys have no figure. The order is that of [`Self::add`].
    pub async fn withdraw(&mut self, observations: &[Observation]) -> Result<(), StoreError> {
        self.withdrawn += observations.len() as i64;
        self.add_rows(observations, true).await
    }

    async fn add_rows(&mut self, observations: &[Observation], withdrawn: bool) -> Result<(), StoreError> {
        for chunk in observations.chunks(ROWS) {
            for observation in chunk {
                self.know_texts(observation).await?;
            }
            let Publishing {
                writing, made, hash, ..
            } = self;
            let (sources, comments) = (&self.sources, &self.comments);
            let row = |one| Row::of(one, (self.vintage, withdrawn), sources, comments);
            let next = async {
                let next: Vec<Row> = chunk.iter().map(row).collect();
                for (row, observation) in next.iter().zip(chunk) {
                    row.seal(hash, observation);
                }
                next
            };
            // The next rows are made and sealed while the database takes the ones before.
            let (inserted, next) = tokio::join!(insert(writing, made), next);
            inserted?;
            *made = next;
        }
        Ok(())
    }

    /// Inserts the rows that wait.
    async fn flush(&mut self) -> Result<(), StoreError> {
        let made = std::mem::take(&mut self.made);
        insert(&mut self.writing, &made).await
    }

    /// Adds org units beyond those of the definitions; one that is there already is replaced.
    pub async fn add_org_units(&mut self, units: &[OrgUnit]) -> Result<(), StoreError> {
        let sql = "insert into org_unit (code, position, name_zh, name_en, level, parent, opened, closed) \
             values ($1, (select count(*) from org_unit), $2, $3, $4, $5, $6, $7) \
             on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, \
             level = excluded.level, parent = excluded.parent, opened = excluded.opened, closed = excluded.closed";
        for unit in units {
            let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
            in_transaction!(self.writing, connection => sqlx::query(sql)
                .bind(&unit.code).bind(&unit.name.zh).bind(&unit.name.en).bind(unit.level.code())
                .bind(&unit.parent).bind(day(unit.opened)).bind(day(unit.closed))
                .execute(&mut *connection).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// The transaction, for what is to happen together with the publication and for its entry in the audit log.
    pub async fn writing(&mut self) -> Result<&mut Writing, StoreError> {
        self.writing.lock_audit().await?;
        Ok(&mut self.writing)
    }

    /// Publishes what was added, and answers the number of the vintage.
    pub async fn finish(self) -> Result<i64, StoreError> {
        Ok(self.finish_as_vintage().await?.id)
    }

    /// Publishes what was added, and answers the vintage.
    pub async fn finish_as_vintage(mut self) -> Result<Vintage, StoreError> {
        self.flush().await?;
        let hash = finished(self.hash.clone(), &self.before);
        let id = self.vintage;
        let (added, withdrawn) = (self.added, self.withdrawn);
        let sql = "update vintage set hash = $1, added_count = $2, withdrawn_count = $3 where id = $4";
        in_transaction!(self.writing, connection => sqlx::query(sql).bind(&hash).bind(added).bind(withdrawn).bind(id)
            .execute(connection).await.map(|_| ()))?;
        self.writing.commit().await?;
        Ok(Vintage {
            id,
            published_at: self.published_at,
            reason: self.reason,
            hash,
        })
    }

    /// Puts the texts of an observation into their tables, where they are not known to be there.
    async fn know_texts(&mut self, observation: &Observation) -> Result<(), StoreError> {
        self.source(&observation.source).await?;
        self.comment(observation.comment.as_deref()).await?;
        Ok(())
    }

    async fn source(&mut self, source: &Source) -> Result<i64, StoreError> {
        if let Some(id) = self.sources.get(source) {
            return Ok(*id);
        }
        // An update that changes nothing, because only a row that was written is returned.
        let sql = "insert into source (document, publisher, published, place) values ($1, $2, $3, $4) \
             on conflict (document, publisher, published, place) do update set place = excluded.place returning id";
        let id: i64 = in_transaction!(self.writing, connection => sqlx::query_scalar(sql)
            .bind(&source.document).bind(&source.publisher).bind(source.published.to_string()).bind(&source.place)
            .fetch_one(connection).await)?;
        self.sources.insert(source.clone(), id);
        Ok(id)
    }

    async fn comment(&mut self, text: Option<&str>) -> Result<Option<i64>, StoreError> {
        let Some(text) = text else { return Ok(None) };
        if let Some(id) = self.comments.get(text) {
            return Ok(Some(*id));
        }
        let sql = "insert into comment (text) values ($1) on conflict (text) do update set text = excluded.text returning id";
        let id: i64 = in_transaction!(self.writing, connection => sqlx::query_scalar(sql).bind(text).fetch_one(connection).await)?;
        self.comments.insert(text.to_owned(), id);
        Ok(Some(id))
    }
}

/// A row as it is stored.
struct Row {
    indicator: String,
    org_unit: String,
    period: String,
    vintage: i64,
    withdrawn: bool,
    value: Option<String>,
    slack: Option<String>,
    denominator: Option<String>,
    qualifier: &'static str,
    status: &'static str,
    origin: &'static str,
    period_basis: &'static str,
    source: i64,
    comment: Option<i64>,
}

impl Row {
    /// The row of an observation whose texts are in their tables.
    fn of(
        observation: &Observation,
        (vintage, withdrawn): (i64, bool),
        sources: &HashMap<Source, i64>,
        comments: &HashMap<String, i64>,
    ) -> Row {
        let value = observation.value;
        let slack = value.map(|value| value.slack()).filter(|slack| !slack.is_zero());
        let comment = observation.comment.as_ref();
        Row {
            indicator: observation.key.indicator.clone(),
            org_unit: observation.key.org_unit.clone(),
            period: observation.key.period.to_string(),
            vintage,
            withdrawn,
            value: value.map(|value| value.number().to_string()),
            slack: slack.map(|slack| slack.to_string()),
            denominator: observation.denominator.map(|denominator| denominator.to_string()),
            qualifier: value.map(|value| value.qualifier()).unwrap_or_default().code(),
            status: observation.status.code(),
            origin: observation.origin.code(),
            period_basis: observation.period_basis.code(),
            // No source has the number 0, so the database would refuse a row whose source was not put there.
            source: sources.get(&observation.source).copied().unwrap_or_default(),
            comment: comment.and_then(|text| comments.get(text)).copied(),
        }
    }

    /// Takes the row into the hash of its vintage.
    fn seal(&self, hash: &mut Sha256, observation: &Observation) {
        let key = (self.indicator.as_str(), self.org_unit.as_str());
        let comment = observation.comment.as_deref();
        hash_row(hash, key, &self.fields(), &observation.source, comment);
    }

    /// The columns that hold no free text, in the order and form in which [`super::load`] reads them.
    fn fields(&self) -> String {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        format!(
            "{}|{}|{}|{}|{}|{}|{}|{}|{}",
            self.period,
            i64::from(self.withdrawn),
            text(&self.value),
            text(&self.slack),
            text(&self.denominator),
            self.qualifier,
            self.status,
            self.origin,
            self.period_basis
        )
    }
}

/// Inserts as many rows as one statement takes, or else one by one.
async fn insert(writing: &mut Writing, rows: &[Row]) -> Result<(), StoreError> {
    if rows.len() == ROWS {
        let inserted = match &mut writing.transaction {
            Either::Sqlite(transaction) => rows
                .iter()
                .fold(sqlx::query(SQLITE_MANY), bind)
                .execute(&mut **transaction)
                .await
                .map(drop),
            Either::Postgres(transaction) => rows
                .iter()
                .fold(sqlx::query(POSTGRES_MANY), bind)
                .execute(&mut **transaction)
                .await
                .map(drop),
        };
        return inserted.map_err(|error| StoreError::from_sql(&writing.name, error));
    }
    for row in rows {
        in_transaction!(writing, connection => bind(sqlx::query(ONE), row).execute(&mut *connection).await.map(drop))?;
    }
    Ok(())
}

fn bind<'q, DB: Sql>(query: Query<'q, DB, DB::Arguments>, row: &'q Row) -> Query<'q, DB, DB::Arguments>
where
    i64: Encode<'q, DB> + Type<DB>,
    Option<i64>: Encode<'q, DB> + Type<DB>,
    &'q str: Encode<'q, DB> + Type<DB>,
    Option<&'q str>: Encode<'q, DB> + Type<DB>,
{
    query
        .bind(row.indicator.as_str())
        .bind(row.org_unit.as_str())
        .bind(row.period.as_str())
        .bind(row.vintage)
        .bind(i64::from(row.withdrawn))
        .bind(row.value.as_deref())
        .bind(row.slack.as_deref())
        .bind(row.denominator.as_deref())
        .bind(row.qualifier)
        .bind(row.status)
        .bind(row.origin)
        .bind(row.period_basis)
        .bind(row.source)
        .bind(row.comment)
}

/// Takes a row into the hash of its vintage. The unit separator stands in no code, number or file we read.
pub fn hash_row(hash: &mut Sha256, key: (&str, &str), fields: &str, source: &Source, comment: Option<&str>) {
    let published = source.published.to_string();
    let texts = [
        key.0,
        key.1,
        fields,
        &source.document,
        &source.publisher,
        &published,
        &source.place,
        comment.unwrap_or_default(),
    ];
    for text in texts {
        hash.update(text);
        hash.update(b"\x1f");
    }
    hash.update(b"\n");
}

/// The hash of a vintage, which seals the one before.
pub fn finished(mut hash: Sha256, before: &str) -> String {
    hash.update(before);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
