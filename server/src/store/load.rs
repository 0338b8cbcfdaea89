use std::collections::HashMap;
use std::sync::Arc;

use data::definitions::Catalogue;
use data::{
    AsOf, DatasetBuilder, Decimal, NewRow, ObservationStatus, ObservationValue, Origin, PeriodBasis,
    Qualifier, check_status,
};
use sqlx::FromRow;

use super::series::{Entry, Texts};
use super::{Store, StoreError, on_reader};

/// A published state.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Vintage {
    /// Counts from 1.
    pub id: i64,
    /// When, RFC 3339 in UTC.
    pub published_at: String,
    /// Why.
    pub reason: String,
    /// Seals its observations and the vintage before.
    pub hash: String,
}

impl Vintage {
    /// A name for exactly this state, such as `3-c2ca351abec6`: its number, and the beginning of its hash.
    pub fn version(&self) -> String {
        let short = self.hash.get(..12).unwrap_or(&self.hash);
        format!("{}-{short}", self.id)
    }
}

/// The newest vintage.
pub(super) const NEWEST: &str = "select id, published_at, reason, hash from vintage order by id desc limit 1";

/// What the database holds, as of a vintage.
#[derive(Debug)]
pub struct Loaded {
    /// The observations that count.
    pub builder: DatasetBuilder,
    /// Observations whose indicator or org unit the catalogue does not know, each in a line; they are left out.
    pub unknown: Vec<String>,
    /// Observations that cannot be read, each in a line.
    pub faults: Vec<String>,
}

impl Store {
    /// All vintages, the oldest first.
    pub async fn vintages(&self) -> Result<Vec<Vintage>, StoreError> {
        let sql = "select id, published_at, reason, hash from vintage order by id";
        on_reader!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The newest vintage; none in a database where nothing was published. Takes microseconds, so it may be asked often.
    pub async fn newest_vintage(&self) -> Result<Option<Vintage>, StoreError> {
        on_reader!(self, pool => sqlx::query_as(NEWEST).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The vintage that an address names: itself, or the newest at the end of a day in China, where it is UTC+8 all year.
    pub async fn vintage_as_of(&self, as_of: AsOf) -> Result<Option<Vintage>, StoreError> {
        let by_number = "select id, published_at, reason, hash from vintage where id = $1";
        let by_time = "select id, published_at, reason, hash from vintage where published_at < $1 order by id desc limit 1";
        let found = match as_of {
            AsOf::Vintage(number) => {
                on_reader!(self, pool => sqlx::query_as(by_number).bind(i64::from(number)).fetch_optional(pool).await)
            }
            AsOf::Day(day) => {
                let end = format!("{day}T16:00:00Z");
                on_reader!(self, pool => sqlx::query_as(by_time).bind(end.as_str()).fetch_optional(pool).await)
            }
        };
        found.map_err(|error| self.failed(error))
    }

    /// Whether any figure, published or withdrawn since, was not made up.
    pub async fn holds_real_figures(&self) -> Result<bool, StoreError> {
        let sql = "select vintage from observation where origin <> $1 limit 1";
        let synthetic = Origin::Synthetic.code();
        let found: Option<i64> =
            on_reader!(self, pool => sqlx::query_scalar(sql).bind(synthetic).fetch_optional(pool).await)
                .map_err(|error| self.failed(error))?;
        Ok(found.is_some())
    }

    /// The observations that counted as of a vintage; `i64::MAX` for the newest state.
    pub async fn load(&self, catalogue: Arc<Catalogue>, as_of: i64) -> Result<Loaded, StoreError> {
        let texts = self.texts().await?;
        let mut reading = Reading {
            catalogue: &catalogue,
            texts: &texts,
            periods: HashMap::new(),
            sources: HashMap::new(),
            last_words: Default::default(),
            loaded: Loaded {
                builder: DatasetBuilder::new(catalogue.clone()),
                unknown: Vec::new(),
                faults: Vec::new(),
            },
        };
        self.for_each_series(as_of, |key, entries| reading.take(key, entries))
            .await?;
        Ok(reading.loaded)
    }
}

struct Reading<'a> {
    catalogue: &'a Catalogue,
    texts: &'a Texts,
    periods: HashMap<String, u32>,
    sources: HashMap<i64, u32>,
    last_words: (String, Words),
    loaded: Loaded,
}

impl Reading<'_> {
    fn take(&mut self, key: (&str, &str), entries: Result<Vec<Entry<'_>>, &str>) {
        let entries = match entries {
            Ok(entries) => entries,
            Err(found) => {
                let fault = format!("{} {}: cannot be read: `{found}`", key.0, key.1);
                return self.loaded.faults.push(fault);
            }
        };
        let indicator = self.catalogue.indicator_index(key.0);
        let org_unit = self.catalogue.org_units.index(key.1);
        let (Some(indicator), Some(org_unit)) = (indicator, org_unit) else {
            let count = entries.len();
            let unknown = if indicator.is_none() { key.0 } else { key.1 };
            let line = format!(
                "{} {}: `{unknown}` is not defined ({count} observations)",
                key.0, key.1
            );
            return self.loaded.unknown.push(line);
        };
        let mut entries = entries.into_iter().peekable();
        while let Some(entry) = entries.next() {
            // The last of a period's entries, which has the highest vintage, is the one that counts.
            if entries.peek().is_some_and(|next| next.period == entry.period) {
                continue;
            }
            match self.row(indicator, org_unit, &entry) {
                Ok(Some(row)) => self.loaded.builder.push(row),
                Ok(None) => {}
                Err(what) => {
                    let fault = format!("{} {} {}: {what}", key.0, key.1, entry.period);
                    self.loaded.faults.push(fault);
                }
            }
        }
    }

    /// The row of an entry; nothing where it withdraws.
    fn row(
        &mut self,
        indicator: usize,
        org_unit: usize,
        entry: &Entry<'_>,
    ) -> Result<Option<NewRow>, String> {
        let [withdrawn, value, slack, denominator] = entry.numbers;
        let number = |what: &str, text: &str| -> Result<Option<Decimal>, String> {
            let parsed = Some(text)
                .filter(|text| !text.is_empty())
                .map(str::parse)
                .transpose();
            parsed.map_err(|_| format!("{what}: found `{text}`"))
        };
        let (qualifier, status, origin, period_basis) = self.words(entry.words)?;
        let slack = number("slack", slack)?.unwrap_or(Decimal::ZERO);
        let value = number("value", value)?
            .map(|number| ObservationValue::with_slack(number, qualifier, slack))
            .transpose()
            .map_err(|error| format!("value: {error}"))?;
        check_status(value.as_ref(), status).map_err(|error| error.to_string())?;
        let row = NewRow {
            indicator,
            org_unit,
            period: self.period(entry.period)?,
            value,
            denominator: number("denominator", denominator)?,
            status,
            origin,
            period_basis,
            source: self.source(entry.source)?,
            comment: self.comment(entry.comment)?,
            vintage: u32::try_from(entry.vintage).map_err(|_| format!("vintage: found {}", entry.vintage))?,
        };
        Ok(Some(row).filter(|_| withdrawn == "0"))
    }

    /// Mostly those of the entry before.
    fn words(&mut self, text: &str) -> Result<Words, String> {
        if self.last_words.0 != text {
            self.last_words = (text.to_owned(), words(text)?);
        }
        Ok(self.last_words.1)
    }

    fn period(&mut self, text: &str) -> Result<u32, String> {
        if let Some(number) = self.periods.get(text) {
            return Ok(*number);
        }
        let period = text.parse().map_err(|_| format!("period: found `{text}`"))?;
        let number = self.loaded.builder.period(period);
        self.periods.insert(text.to_owned(), number);
        Ok(number)
    }

    fn source(&mut self, id: i64) -> Result<u32, String> {
        if let Some(number) = self.sources.get(&id) {
            return Ok(*number);
        }
        let source = self
            .texts
            .sources
            .get(&id)
            .ok_or_else(|| format!("source {id} is missing or has no date"))?;
        let number = self.loaded.builder.source(source.clone());
        self.sources.insert(id, number);
        Ok(number)
    }

    fn comment(&self, id: Option<i64>) -> Result<Option<String>, String> {
        let Some(id) = id else { return Ok(None) };
        let comment = self.texts.comments.get(&id);
        comment
            .cloned()
            .map(Some)
            .ok_or_else(|| format!("comment {id} is missing"))
    }
}

/// What the words of an entry mean.
type Words = (Qualifier, ObservationStatus, Origin, PeriodBasis);

fn words(text: &str) -> Result<Words, String> {
    let bad = |what: &str, found: &str| format!("{what}: found `{found}`");
    let parts: Vec<&str> = text.split('|').collect();
    let [qualifier, status, origin, basis] = *parts.as_slice() else {
        return Err(bad("words", text));
    };
    Ok((
        Qualifier::from_word(qualifier).ok_or_else(|| bad("qualifier", qualifier))?,
        ObservationStatus::from_code(status).ok_or_else(|| bad("status", status))?,
        Origin::from_word(origin).ok_or_else(|| bad("origin", origin))?,
        PeriodBasis::from_word(basis).ok_or_else(|| bad("period_basis", basis))?,
    ))
}
