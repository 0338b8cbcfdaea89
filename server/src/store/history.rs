//! What was published of a figure, state by state.

use data::api::HistoryEntry;
use data::{
    Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, PeriodBasis,
    Qualifier, Source,
};
use sqlx::FromRow;

use super::{Store, StoreError, on_reader};

#[derive(FromRow)]
struct Row {
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
    vintage: i64,
    published_at: String,
    reason: String,
    submission: Option<String>,
    sent_by: Option<String>,
    accepted_by: Option<String>,
}

const HISTORY: &str = "select o.period, o.withdrawn, o.value, o.slack, o.denominator, o.qualifier, o.status, o.origin, \
     o.period_basis, s.document, s.publisher, s.published, s.place, c.text as comment, o.vintage, v.published_at, \
     v.reason, v.submission, sender.display_name as sent_by, reviewer.display_name as accepted_by from observation o \
     join vintage v on v.id = o.vintage join source s on s.id = o.source left join comment c on c.id = o.comment \
     left join submission m on m.id = v.submission left join account sender on sender.id = m.submitted_by \
     left join account reviewer on reviewer.id = v.account \
     where o.indicator = $1 and o.org_unit = $2 order by o.vintage desc, o.period desc limit 1000";

impl Store {
    /// Every published state of the figures of an indicator and unit, the newest first.
    pub async fn history(&self, indicator: &str, org_unit: &str) -> Result<Vec<HistoryEntry>, StoreError> {
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(HISTORY).bind(indicator).bind(org_unit)
            .fetch_all(pool).await)
        .map_err(|error| self.failed(error))?;
        let entry = |row: Row| {
            let period = row.period.clone();
            let spoilt = || StoreError::Damaged {
                name: self.name.clone(),
                found: format!("{indicator} {org_unit} {period} cannot be read"),
            };
            row.entry(indicator, org_unit).ok_or_else(spoilt)
        };
        rows.into_iter().map(entry).collect()
    }
}

impl Row {
    fn entry(self, indicator: &str, org_unit: &str) -> Option<HistoryEntry> {
        let vintage = u32::try_from(self.vintage).ok()?;
        let value = match &self.value {
            Some(number) => {
                let slack = self.slack.as_deref().unwrap_or("0").parse().ok()?;
                let qualifier = Qualifier::from_word(&self.qualifier)?;
                let value = ObservationValue::with_slack(number.parse().ok()?, qualifier, slack);
                Some(value.ok()?)
            }
            None => None,
        };
        let observation = Observation {
            key: ObservationKey {
                indicator: indicator.to_owned(),
                org_unit: org_unit.to_owned(),
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
            vintage,
        };
        Some(HistoryEntry {
            observation: (self.withdrawn == 0).then_some(observation),
            vintage,
            published_at: self.published_at,
            reason: self.reason,
            submission: self.submission,
            sent_by: self.sent_by,
            accepted_by: self.accepted_by,
        })
    }
}
