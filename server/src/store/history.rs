//! What was published of a figure, state by state.

use data::api::HistoryEntry;
use data::{
    Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, PeriodBasis,
    Qualifier, Source,
};
use sqlx::FromRow;

use super::vintages::{self, Found, vintage_columns, vintage_joins};
use super::{Store, StoreError, on_reader};

/// A figure of a vintage as it is stored, its texts beside it.
#[derive(Debug, FromRow)]
pub(super) struct Figure {
    indicator: String,
    org_unit: String,
    figure_vintage: i64,
    period: String,
    withdrawn: i64,
    value: Option<String>,
    slack: Option<String>,
    denominator: Option<String>,
    qualifier: String,
    status: String,
    origin: String,
    period_basis: String,
    document: String,
    publisher: String,
    published: String,
    place: String,
    comment: Option<String>,
}

/// The columns of a [`Figure`] beyond its codes.
macro_rules! figure_columns {
    () => {
        "o.vintage as figure_vintage, o.period, o.withdrawn, o.value, o.slack, o.denominator, o.qualifier, o.status, \
         o.origin, o.period_basis, s.document, s.publisher, s.published, s.place, c.text as comment"
    };
}
pub(super) use figure_columns;

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    figure: Figure,
    #[sqlx(flatten)]
    vintage: vintages::Row,
    file: Option<String>,
}

const HISTORY: &str = concat!(
    "select o.indicator, o.org_unit, ",
    figure_columns!(),
    ", ",
    vintage_columns!(),
    ", f.name as file from observation o join vintage v on v.id = o.vintage \
     join source s on s.id = o.source left join comment c on c.id = o.comment ",
    vintage_joins!(),
    " left join submission_file f on f.submission = m.id and f.revision = m.revision \
     where o.indicator = $1 and o.org_unit = $2 order by o.vintage desc, o.period desc limit 1000"
);

impl Store {
    /// Every published state of the figures of an indicator and unit, the newest first.
    pub async fn history(&self, indicator: &str, org_unit: &str) -> Result<Vec<HistoryEntry>, StoreError> {
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(HISTORY).bind(indicator).bind(org_unit)
            .fetch_all(pool).await)
        .map_err(|error| self.failed(error))?;
        let entry = |row: Row| {
            let (_, observation, is_withdrawn) = row.figure.read(&self.name)?;
            Ok(HistoryEntry {
                period: observation.key.period,
                observation: (!is_withdrawn).then_some(observation),
                file: row.file,
                published: row.vintage.entry(),
            })
        };
        rows.into_iter().map(entry).collect()
    }
}

impl Figure {
    /// The vintage, the figure, and whether it was withdrawn; `name` is the database's.
    pub(super) fn read(self, name: &str) -> Result<Found, StoreError> {
        let found = format!(
            "{} {} {} cannot be read",
            self.indicator, self.org_unit, self.period
        );
        let name = name.to_owned();
        let (vintage, is_withdrawn) = (self.figure_vintage, self.withdrawn != 0);
        let observation = self.observation();
        let observation = observation.ok_or(StoreError::Damaged { name, found })?;
        Ok((vintage, observation, is_withdrawn))
    }

    fn observation(self) -> Option<Observation> {
        let value = match &self.value {
            Some(number) => {
                let slack = self.slack.as_deref().unwrap_or("0").parse().ok()?;
                let qualifier = Qualifier::from_word(&self.qualifier)?;
                let value = ObservationValue::with_slack(number.parse().ok()?, qualifier, slack);
                Some(value.ok()?)
            }
            None => None,
        };
        Some(Observation {
            key: ObservationKey {
                indicator: self.indicator,
                org_unit: self.org_unit,
                period: self.period.parse().ok()?,
            },
            value,
            denominator: self.denominator.map(|text| text.parse()).transpose().ok()?,
            status: ObservationStatus::from_code(&self.status)?,
            origin: Origin::from_word(&self.origin)?,
            period_basis: PeriodBasis::from_word(&self.period_basis)?,
            source: Source {
                document: self.document,
                publisher: self.publisher,
                published: self.published.parse().ok()?,
                place: self.place,
            },
            other_sources: OtherSources::default(),
            comment: self.comment,
            vintage: u32::try_from(self.figure_vintage).ok()?,
        })
    }
}
