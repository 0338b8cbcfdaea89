//! Reading what is stored, a series at a time.

use std::collections::HashMap;

use data::Source;
use futures_util::TryStreamExt;
use sqlx::FromRow;

use super::{Store, StoreError, on_reader};

/// All observations of one indicator and unit in one row, because a row costs far more to fetch than to read: entries
/// parted by `;`, fields by `|`, none of which stands in a code, a number or a period. The first nine fields are those
/// that are hashed.
#[derive(FromRow)]
struct Series {
    indicator: String,
    org_unit: String,
    entries: String,
}

/// `concat` takes what is missing for nothing, and makes one text at once where a chain of `||` makes twenty.
const SERIES: &str = "select indicator, org_unit, string_agg(concat(period, '|', withdrawn, '|', value, '|', slack, '|', \
     denominator, '|', qualifier, '|', status, '|', origin, '|', period_basis, '|', vintage, '|', source, '|', comment), ';') \
     as entries from observation where vintage <= $1 group by indicator, org_unit order by indicator, org_unit";

/// One entry of a [`Series`].
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The period, by which it is stored and ordered.
    pub period: &'a str,
    /// The fields that are hashed, the period first.
    pub hashed: &'a str,
    /// Withdrawn, value, slack, denominator.
    pub numbers: [&'a str; 4],
    /// Qualifier, status, origin and basis, still together: there are few different ones.
    pub words: &'a str,
    /// The vintage.
    pub vintage: i64,
    /// The row of the source.
    pub source: i64,
    /// The row of the comment.
    pub comment: Option<i64>,
}

impl Entry<'_> {
    fn parse(text: &str) -> Option<Entry<'_>> {
        // Fields are a few bytes long, so a plain loop beats a search.
        let mut ends = [text.len(); 12];
        let mut fields = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'|' {
                *ends.get_mut(fields)? = at;
                fields += 1;
            }
        }
        let field = |at: usize| text.get(if at == 0 { 0 } else { ends[at - 1] + 1 }..ends[at]);
        let comment = field(11)?;
        Some(Entry {
            period: field(0)?,
            hashed: text.get(..ends[8])?,
            numbers: [field(1)?, field(2)?, field(3)?, field(4)?],
            words: text.get(ends[4] + 1..ends[8])?,
            vintage: field(9)?.parse().ok()?,
            source: field(10)?.parse().ok()?,
            comment: if comment.is_empty() {
                None
            } else {
                Some(comment.parse().ok()?)
            },
        })
        .filter(|_| fields == 11)
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
    /// Hands every series to `take`, in the order of their codes, its entries by period and vintage.
    pub async fn for_each_series(
        &self,
        as_of: i64,
        mut take: impl FnMut((&str, &str), Result<Vec<Entry<'_>>, &str>),
    ) -> Result<(), StoreError> {
        let mut hand_over = |series: Series| {
            let entries: Option<Vec<Entry<'_>>> = series.entries.split(';').map(Entry::parse).collect();
            let entries = entries.ok_or(series.entries.as_str()).map(|mut entries| {
                entries.sort_unstable_by(|a, b| (a.period, a.vintage).cmp(&(b.period, b.vintage)));
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
