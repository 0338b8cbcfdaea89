use serde::{Deserialize, Serialize};

use crate::Decimal;
use crate::period::{Period, PeriodBasis};
use crate::qualifier::Qualifier;
use crate::source::{OtherSources, Source};
use crate::value::{ObservationStatus, ObservationValue};

/// What a figure is about: no two published figures share a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObservationKey {
    /// The code of the indicator.
    pub indicator: String,
    /// The code of the org unit.
    pub org_unit: String,
    /// The time it speaks of.
    pub period: Period,
}

/// One figure with all that makes it true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Observation {
    /// Indicator, org unit and period.
    pub key: ObservationKey,
    /// The value in the indicator's base unit; none exactly where the status says that it is missing.
    pub value: Option<ObservationValue>,
    /// Of how many, where the source says so: 11 of the 11 townships.
    pub denominator: Option<Decimal>,
    /// Normal, provisional, missing: SDMX CL_OBS_STATUS.
    pub status: ObservationStatus,
    /// Printed in the source, or counted by us from what it lists.
    pub origin: Origin,
    /// Whether the source states the period.
    pub period_basis: PeriodBasis,
    /// Where it is from.
    pub source: Source,
    /// Where else, for what was made from other figures.
    pub other_sources: OtherSources,
    /// A remark for the reader, in the language of the source.
    pub comment: Option<String>,
    /// The published state in which it first appeared; 0 before publication.
    pub vintage: u32,
}

/// How a value came out of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The source prints the number.
    #[default]
    Printed,
    /// Counted from what the source lists by name, and kept apart from printed numbers.
    Counted,
    /// Computed from other figures.
    Derived,
    /// Taken together from the units below.
    RolledUp,
    /// Made up for tests, and marked so wherever it shows.
    Synthetic,
}

impl Origin {
    /// The origin a word in a file stands for.
    pub fn from_word(word: &str) -> Option<Origin> {
        Some(match word {
            "" | "printed" | "原文" => Origin::Printed,
            "counted" | "计数" => Origin::Counted,
            "derived" | "推算" => Origin::Derived,
            "rolled_up" | "合计" => Origin::RolledUp,
            "synthetic" | "合成" => Origin::Synthetic,
            _ => return None,
        })
    }

    /// The code used in files and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Printed => "printed",
            Origin::Counted => "counted",
            Origin::Derived => "derived",
            Origin::RolledUp => "rolled_up",
            Origin::Synthetic => "synthetic",
        }
    }
}

/// Why a value and a status do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObservationError {
    /// A missing status beside a value.
    #[error("status {0} says there is no value, but there is one")]
    ValueThoughMissing(&'static str),
    /// No value beside a status that promises one.
    #[error("status {0} needs a value; a missing figure has the status L, M, O or Q")]
    NoValue(&'static str),
    /// The number and its qualifier have no bounds.
    #[error(transparent)]
    Value(#[from] crate::value::ValueError),
}

/// Fails unless there is a value exactly where the status promises one.
pub fn check_status(
    value: Option<&ObservationValue>,
    status: ObservationStatus,
) -> Result<(), ObservationError> {
    match (value.is_some(), status.is_missing()) {
        (true, true) => Err(ObservationError::ValueThoughMissing(status.code())),
        (false, false) => Err(ObservationError::NoValue(status.code())),
        _ => Ok(()),
    }
}

/// One figure with all that makes it true.
#[derive(Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Observation")
)]
struct Wire {
    /// The code of the indicator.
    indicator: String,
    /// The code of the org unit.
    org_unit: String,
    /// The time it speaks of.
    period: Period,
    /// The number in the base unit of the indicator; null exactly where the status says that it is missing.
    value: Option<Decimal>,
    /// How the number limits the true one.
    #[serde(default)]
    qualifier: Qualifier,
    /// How far the true number may lie from a rounded one, in the base unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    slack: Option<Decimal>,
    /// Of how many, where the source says so: 11 of the 11 townships.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    denominator: Option<Decimal>,
    /// Normal, provisional, missing: SDMX CL_OBS_STATUS.
    status: ObservationStatus,
    /// How the value came out of its source; `printed` where it is left out.
    #[serde(skip_serializing_if = "is_default", default)]
    origin: Origin,
    /// Whether the source states the period; `stated` where it is left out.
    #[serde(skip_serializing_if = "is_default", default)]
    period_basis: PeriodBasis,
    /// Where it is from.
    source: Source,
    /// Where else, for what was made from other figures.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    other_sources: Vec<Source>,
    /// How many documents it is from in all, where they are too many to name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    documents: Option<usize>,
    /// A remark for the reader, in the language of the source.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    comment: Option<String>,
    /// The published state in which it first appeared; 0 before publication.
    vintage: u32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<Observation> for Wire {
    fn from(observation: Observation) -> Wire {
        let value = observation.value;
        Wire {
            indicator: observation.key.indicator,
            org_unit: observation.key.org_unit,
            period: observation.key.period,
            value: value.map(|value| value.number()),
            qualifier: value.map(|value| value.qualifier()).unwrap_or_default(),
            slack: value.map(|value| value.slack()).filter(|slack| !slack.is_zero()),
            denominator: observation.denominator,
            status: observation.status,
            origin: observation.origin,
            period_basis: observation.period_basis,
            source: observation.source,
            other_sources: observation.other_sources.named().to_vec(),
            documents: observation.other_sources.count(),
            comment: observation.comment,
            vintage: observation.vintage,
        }
    }
}

impl TryFrom<Wire> for Observation {
    type Error = ObservationError;

    fn try_from(wire: Wire) -> Result<Observation, ObservationError> {
        let slack = wire.slack.unwrap_or(Decimal::ZERO);
        let value = wire
            .value
            .map(|number| ObservationValue::with_slack(number, wire.qualifier, slack))
            .transpose()?;
        check_status(value.as_ref(), wire.status)?;
        Ok(Observation {
            key: ObservationKey {
                indicator: wire.indicator,
                org_unit: wire.org_unit,
                period: wire.period,
            },
            value,
            denominator: wire.denominator,
            status: wire.status,
            origin: wire.origin,
            period_basis: wire.period_basis,
            source: wire.source,
            other_sources: match wire.documents {
                Some(documents) => OtherSources::Counted(documents),
                None if wire.other_sources.is_empty() => OtherSources::None,
                None => OtherSources::Named(wire.other_sources),
            },
            comment: wire.comment,
            vintage: wire.vintage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"indicator":"taxpaying_firms","org_unit":"371482","period":{"kind":"instant","end":"2022-10-31"},"value":"6989","qualifier":"exact","status":"A","source":{"document":"d","publisher":"p","published":"2022-10-31"},"vintage":1}"#;

    #[test]
    fn an_observation_in_json_reads_back_to_the_same_bytes() {
        let observation: Observation = serde_json::from_str(JSON).unwrap();
        assert_eq!(observation.value, Some(ObservationValue::exact(6989)));
        assert_eq!(serde_json::to_string(&observation).unwrap(), JSON);
    }

    #[test]
    fn further_documents_and_their_number_come_back_from_json() {
        let plain: Observation = serde_json::from_str(JSON).unwrap();
        let named = OtherSources::Named(vec![plain.source.clone()]);
        for other_sources in [named, OtherSources::Counted(12)] {
            let observation = Observation {
                other_sources,
                ..plain.clone()
            };
            let json = serde_json::to_string(&observation).unwrap();
            assert!(json.contains(r#""source":{"document":"d""#), "{json}");
            assert_eq!(serde_json::from_str::<Observation>(&json).unwrap(), observation);
        }
    }

    #[test]
    fn a_missing_status_beside_a_value_is_refused() {
        let wrong = JSON.replace(r#""status":"A""#, r#""status":"O""#);
        assert!(serde_json::from_str::<Observation>(&wrong).is_err());
        let no_value = JSON.replace(r#""value":"6989""#, r#""value":null"#);
        assert!(serde_json::from_str::<Observation>(&no_value).is_err());
    }
}
