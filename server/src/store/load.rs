use std::collections::HashMap;
use std::sync::Arc;

use data::definitions::Catalogue;
use data::{
    DatasetBuilder, Decimal, NewRow, ObservationStatus, ObservationValue, Origin, PeriodBasis, Qualifier,
    Source, check_status,
};
use futures_util::TryStreamExt;
use sqlx::FromRow;

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

/// All observations of one indicator and unit in one row, because a row costs far more to fetch than to read: entries
/// parted by `;`, fields by `|`, none of which stands in a code, a number or a period. The first nine fields are those
/// that are hashed.
#[derive(FromRow)]
struct Series {
    indicator: String,
    org_unit: String,
    entries: String,
}

const SERIES: &str = "select indicator, org_unit, string_agg(period || '|' || cast(withdrawn as text) || '|' \
     || coalesce(value, '') || '|' || coalesce(slack, '') || '|' || coalesce(denominator, '') || '|' || qualifier || '|' \
     || status || '|' || origin || '|' || period_basis || '|' || cast(vintage as text) || '|' || cast(source as text) \
     || '|' || coalesce(cast(comment as text), ''), ';') as entries \
     from observation where vintage <= $1 group by indicator, org_unit order by indicator, org_unit";

/// One entry of a [`Series`].
pub struct Entry<'a> {
    /// The fields that are hashed, the period first.
    pub fields: &'a str,
    /// The vintage.
    pub vintage: i64,
    /// The row of the source.
    pub source: i64,
    /// The row of the comment.
    pub comment: Option<i64>,
}

impl Entry<'_> {
    fn parse(text: &str) -> Option<Entry<'_>> {
        let mut parts = text.rsplitn(4, '|');
        let comment = parts.next()?;
        let source = parts.next()?.parse().ok()?;
        let vintage = parts.next()?.parse().ok()?;
        let comment = if comment.is_empty() {
            None
        } else {
            Some(comment.parse().ok()?)
        };
        Some(Entry {
            fields: parts.next()?,
            vintage,
            source,
            comment,
        })
    }

    /// The period, in the text by which it is stored and ordered.
    pub fn period(&self) -> &str {
        self.fields.split('|').next().unwrap_or_default()
    }
}

/// The texts that observations refer to by row.
pub struct Texts {
    /// The sources.
    pub sources: HashMap<i64, Source>,
    /// The comments.
    pub comments: HashMap<i64, String>,
}

impl Store {
    /// All vintages, the oldest first.
    pub async fn vintages(&self) -> Result<Vec<Vintage>, StoreError> {
        let sql = "select id, published_at, reason, hash from vintage order by id";
        on_reader!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)
            .map_err(|error| self.failed(error))
    }

    /// The observations that counted as of a vintage; `i64::MAX` for the newest state.
    pub async fn load(&self, catalogue: Arc<Catalogue>, as_of: i64) -> Result<Loaded, StoreError> {
        let texts = self.texts().await?;
        let mut reading = Reading {
            catalogue: &catalogue,
            texts: &texts,
            periods: HashMap::new(),
            sources: HashMap::new(),
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

    /// Hands every series to `take`, in the order of their codes, its entries by period and vintage.
    pub async fn for_each_series(
        &self,
        as_of: i64,
        mut take: impl FnMut((&str, &str), Result<Vec<Entry<'_>>, &str>),
    ) -> Result<(), StoreError> {
        let mut hand_over = |series: Series| {
            let entries: Option<Vec<Entry<'_>>> = series.entries.split(';').map(Entry::parse).collect();
            let entries = entries.ok_or(series.entries.as_str()).map(|mut entries| {
                entries.sort_unstable_by(|a, b| (a.period(), a.vintage).cmp(&(b.period(), b.vintage)));
                entries
            });
            take((&series.indicator, &series.org_unit), entries);
        };
        on_reader!(self, pool => {
            let mut stream = sqlx::query_as::<_, Series>(SERIES).bind(as_of).fetch(pool);
            loop {
                match stream.try_next().await {
                    Ok(Some(series)) => hand_over(series),
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(self.failed(error)),
                }
            }
        })
    }

    /// All sources and comments.
    pub async fn texts(&self) -> Result<Texts, StoreError> {
        let failed = |error| self.failed(error);
        let sql = "select id, document, publisher, published, place from source";
        let sources: Vec<(i64, String, String, String, String)> =
            on_reader!(self, pool => sqlx::query_as(sql).fetch_all(pool).await).map_err(failed)?;
        let sql = "select id, text from comment";
        let comments: Vec<(i64, String)> =
            on_reader!(self, pool => sqlx::query_as(sql).fetch_all(pool).await).map_err(failed)?;
        let sources = sources
            .into_iter()
            .filter_map(|(id, document, publisher, published, place)| {
                let published = published.parse().ok()?;
                Some((
                    id,
                    Source {
                        document,
                        publisher,
                        published,
                        place,
                    },
                ))
            });
        Ok(Texts {
            sources: sources.collect(),
            comments: comments.into_iter().collect(),
        })
    }
}

struct Reading<'a> {
    catalogue: &'a Catalogue,
    texts: &'a Texts,
    periods: HashMap<String, u32>,
    sources: HashMap<i64, u32>,
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
            if entries.peek().is_some_and(|next| next.period() == entry.period()) {
                continue;
            }
            match self.row(indicator, org_unit, &entry) {
                Ok(Some(row)) => self.loaded.builder.push(row),
                Ok(None) => {}
                Err(what) => {
                    let fault = format!("{} {} {}: {what}", key.0, key.1, entry.period());
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
        let fields: Vec<&str> = entry.fields.split('|').collect();
        let [
            period,
            withdrawn,
            value,
            slack,
            denominator,
            qualifier,
            status,
            origin,
            basis,
        ] = *fields.as_slice()
        else {
            return Err(format!("it has {} fields", fields.len()));
        };
        let period = self.period(period)?;
        let bad = |what: &str, found: &str| format!("{what}: found `{found}`");
        let number = |what: &str, text: &str| -> Result<Option<Decimal>, String> {
            let parsed = Some(text)
                .filter(|text| !text.is_empty())
                .map(str::parse)
                .transpose();
            parsed.map_err(|_| bad(what, text))
        };
        let qualifier = Qualifier::from_word(qualifier).ok_or_else(|| bad("qualifier", qualifier))?;
        let slack = number("slack", slack)?.unwrap_or(Decimal::ZERO);
        let value = number("value", value)?
            .map(|number| ObservationValue::with_slack(number, qualifier, slack))
            .transpose()
            .map_err(|error| format!("value: {error}"))?;
        let status = ObservationStatus::from_code(status).ok_or_else(|| bad("status", status))?;
        check_status(value.as_ref(), status).map_err(|error| error.to_string())?;
        let row = NewRow {
            indicator,
            org_unit,
            period,
            value,
            denominator: number("denominator", denominator)?,
            status,
            origin: Origin::from_word(origin).ok_or_else(|| bad("origin", origin))?,
            period_basis: PeriodBasis::from_word(basis).ok_or_else(|| bad("period_basis", basis))?,
            source: self.source(entry.source)?,
            comment: self.comment(entry.comment)?,
            vintage: u32::try_from(entry.vintage).map_err(|_| format!("vintage: found {}", entry.vintage))?,
        };
        Ok(Some(row).filter(|_| withdrawn == "0"))
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
