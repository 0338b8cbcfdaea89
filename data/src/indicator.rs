use serde::{Deserialize, Serialize};

use crate::{Decimal, Names, PartialDate};

/// What is reported: SDMX concept of a measure, with everything a chart or a check must know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicator {
    /// The code, such as `taxpaying_firms`.
    pub code: String,
    /// The name, short enough for a chart.
    pub name: Names,
    /// What is counted, of whom, and what is not.
    pub definition: Names,
    /// The code of its [`crate::UnitMeasure`].
    pub unit: String,
    /// Digits after the point in the base unit.
    pub decimals: u8,
    /// The code of its [`IndicatorGroup`].
    pub group: String,
    /// Reported, or derived from others.
    pub kind: IndicatorKind,
    /// How figures of the units below make one of the unit above.
    pub roll_up: RollUp,
    /// Stock or flow.
    pub time_rule: TimeRule,
    /// Which way is better.
    pub direction: Direction,
    /// The least value that can be true.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub minimum: Option<Decimal>,
    /// The greatest value that can be true.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub maximum: Option<Decimal>,
    /// Counts up when the definition changes; a change is a break in series. For a derived indicator the changes of
    /// its parts count.
    pub definition_version: u16,
    /// From when each version after the first holds, in order: one fewer than there are versions.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub definition_since: Vec<PartialDate>,
    /// The change from one year to the next, as a factor, beyond which a figure is asked about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub usual_factor: Option<Decimal>,
    /// Its place among the few that an overview speaks of first; none for the rest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prominence: Option<u8>,
    /// The code of the indicator that it is a part of: whatever it counts, that one counts too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part_of: Option<String>,
    /// Whether the indicators that are parts of it are all of it, and none counts what another does: they add up to it.
    #[serde(skip_serializing_if = "is_false", default)]
    pub parts_add_up: bool,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

/// A part of the federation's work, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorGroup {
    /// The code, such as `financing`.
    pub code: String,
    /// The name.
    pub name: Names,
}

/// Where an indicator's values come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// Units report it.
    Reported,
    /// It follows from others.
    Derived(Formula),
}

/// How a derived indicator follows from two others, both given by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// The first divided by the second.
    Ratio(String, String),
    /// Their sum.
    Sum(String, String),
    /// The first less the second.
    Difference(String, String),
}

impl Formula {
    /// Reads `a / b`, `a + b` or `a - b` over indicator codes.
    pub fn parse(text: &str) -> Option<Formula> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [a, operator, b] = *parts.as_slice() else {
            return None;
        };
        let (a, b) = (a.to_owned(), b.to_owned());
        match operator {
            "/" => Some(Formula::Ratio(a, b)),
            "+" => Some(Formula::Sum(a, b)),
            "-" => Some(Formula::Difference(a, b)),
            _ => None,
        }
    }

    /// The codes it is made of.
    pub fn parts(&self) -> [&str; 2] {
        match self {
            Formula::Ratio(a, b) | Formula::Sum(a, b) | Formula::Difference(a, b) => [a, b],
        }
    }
}

/// How figures of the units below make one of the unit above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RollUp {
    /// They add up.
    Sum,
    /// They do not: a rank, a year.
    None,
    /// Their mean.
    Mean,
    /// The ratio of the sums of a derived indicator's parts.
    Ratio,
    /// The greatest of them.
    Maximum,
}

/// Whether a figure is a level at a time or an amount over a time: stocks are never added over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeRule {
    /// A level at a time.
    Stock,
    /// An amount over a time.
    Flow,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither.
    Neither,
}

macro_rules! codes {
    ($type:ident { $($code:literal => $variant:ident),+ $(,)? }) => {
        impl $type {
            /// Every code that a definitions file may hold here.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The variant with this code.
            pub fn from_code(code: &str) -> Option<$type> {
                match code {
                    $($code => Some($type::$variant),)+
                    _ => Option::None,
                }
            }
        }
    };
}

codes!(RollUp { "sum" => Sum, "none" => None, "mean" => Mean, "ratio" => Ratio, "maximum" => Maximum });
codes!(TimeRule { "stock" => Stock, "flow" => Flow });
codes!(Direction { "more" => More, "less" => Less, "neither" => Neither });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_two_codes_and_an_operator() {
        let check = |text: &str, expected| assert_eq!(Formula::parse(text), expected, "{text}");
        check("a / b", Some(Formula::Ratio("a".into(), "b".into())));
        check("a - b", Some(Formula::Difference("a".into(), "b".into())));
        check("a * b", None);
        check("reported", None);
        check("a / b / c", None);
    }
}
