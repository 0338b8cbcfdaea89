//! What an address asks for: parsed strictly, so that a misspelt parameter is an error and never an empty chart.

use crate::{PartialDate, Period, Phrase};

/// The parameters of `/api/v1/observations`; each key may be repeated where it is a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObservationQuery {
    /// `indicator`: codes; empty for all.
    pub indicators: Vec<String>,
    /// `org-unit`: codes; empty for all.
    pub org_units: Vec<String>,
    /// `start-period`: a year, month or day; what ends before it is left out.
    pub start_period: Option<PartialDate>,
    /// `end-period`: a year, month or day; what ends after it is left out.
    pub end_period: Option<PartialDate>,
}

/// Why a query is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A parameter that nobody knows.
    #[error("unknown parameter `{0}`")]
    UnknownParameter(String),
    /// A parameter that stands twice and may not.
    #[error("parameter `{0}` stands twice")]
    Repeated(String),
    /// A parameter that is needed.
    #[error("parameter `{0}` is missing")]
    Missing(&'static str),
    /// A parameter whose value is wrong.
    #[error("parameter `{parameter}`: found `{found}`, expected {}", expected.en)]
    BadValue {
        /// The parameter.
        parameter: String,
        /// What it held.
        found: String,
        /// What it may hold.
        expected: Phrase,
    },
}

impl QueryError {
    /// The parameter that is wrong.
    pub fn parameter(&self) -> &str {
        match self {
            QueryError::UnknownParameter(parameter) | QueryError::Repeated(parameter) => parameter,
            QueryError::Missing(parameter) => parameter,
            QueryError::BadValue { parameter, .. } => parameter,
        }
    }
}

/// What may stand in a parameter that holds a date.
pub const DATE_EXPECTED: Phrase = Phrase::new(
    "日期，如 2022、2022-10 或 2022-10-31",
    "a date such as 2022, 2022-10 or 2022-10-31",
);

/// What may stand in `end-period` beside a `start-period`.
const END_EXPECTED: Phrase = Phrase::new(
    "不早于 start-period 的日期",
    "a date that is not before `start-period`",
);

impl ObservationQuery {
    /// Reads the pairs of a query string, already percent-decoded.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<ObservationQuery, QueryError> {
        let mut query = ObservationQuery::default();
        for (key, value) in pairs {
            match key {
                "indicator" => query.indicators.push(value.to_owned()),
                "org-unit" => query.org_units.push(value.to_owned()),
                "start-period" => set_date(&mut query.start_period, key, value)?,
                "end-period" => set_date(&mut query.end_period, key, value)?,
                unknown => return Err(QueryError::UnknownParameter(unknown.to_owned())),
            }
        }
        query.check_order()?;
        Ok(query)
    }

    /// Bounds that exclude everything are a mistake, not a question with an empty answer.
    pub(crate) fn check_order(&self) -> Result<(), QueryError> {
        match (self.start_period, self.end_period) {
            (Some(start), Some(end)) if start.first_day() > end.last_day() => Err(QueryError::BadValue {
                parameter: "end-period".to_owned(),
                found: end.to_string(),
                expected: END_EXPECTED,
            }),
            _ => Ok(()),
        }
    }

    /// Whether a figure of this period lies within the bounds: by its last day.
    pub fn includes(&self, period: &Period) -> bool {
        let day = period.order_day();
        self.start_period.is_none_or(|start| day >= start.first_day())
            && self.end_period.is_none_or(|end| day <= end.last_day())
    }

    /// The query string, in a fixed order so that equal queries are equal addresses.
    pub fn to_query_string(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        pairs.extend(self.indicators.iter().map(|code| format!("indicator={code}")));
        pairs.extend(self.org_units.iter().map(|code| format!("org-unit={code}")));
        pairs.extend(self.start_period.map(|date| format!("start-period={date}")));
        pairs.extend(self.end_period.map(|date| format!("end-period={date}")));
        pairs.join("&")
    }
}

fn set_date(slot: &mut Option<PartialDate>, key: &str, value: &str) -> Result<(), QueryError> {
    if slot.is_some() {
        return Err(QueryError::Repeated(key.to_owned()));
    }
    let date = value.parse().map_err(|_| QueryError::BadValue {
        parameter: key.to_owned(),
        found: value.to_owned(),
        expected: DATE_EXPECTED,
    })?;
    *slot = Some(date);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ObservationQuery, QueryError> {
        ObservationQuery::parse(
            text.split('&')
                .map(|pair| pair.split_once('=').unwrap_or((pair, ""))),
        )
    }

    #[test]
    fn repeated_keys_are_a_list_and_the_address_is_canonical() {
        let query = parse("org-unit=371482&indicator=a&org-unit=371481&start-period=2018").unwrap();
        assert_eq!(query.org_units, ["371482", "371481"]);
        assert_eq!(
            query.to_query_string(),
            "indicator=a&org-unit=371482&org-unit=371481&start-period=2018"
        );
    }

    #[test]
    fn a_misspelt_parameter_or_date_is_an_error_and_not_an_empty_answer() {
        assert_eq!(
            parse("indicators=a"),
            Err(QueryError::UnknownParameter("indicators".into()))
        );
        assert!(matches!(
            parse("start-period=22"),
            Err(QueryError::BadValue { .. })
        ));
        assert!(matches!(
            parse("end-period=2022&end-period=2023"),
            Err(QueryError::Repeated(_))
        ));
    }

    #[test]
    fn an_end_before_the_start_is_an_error_and_the_same_year_is_none() {
        assert!(matches!(
            parse("start-period=2023&end-period=2022-10"),
            Err(QueryError::BadValue { parameter, .. }) if parameter == "end-period"
        ));
        assert!(parse("start-period=2022-10&end-period=2022").is_ok());
    }
}
