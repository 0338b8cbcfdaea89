use serde::{Deserialize, Serialize};

use crate::Decimal;
use crate::qualifier::{Bounds, Qualifier};
use crate::unit::UnitMeasure;

/// A number as reported: in the base unit of its indicator, with the word that qualifies it.
///
/// The fields are private because a value keeps an invariant: number and qualifier always have finite bounds where
/// the qualifier promises them. There is no `+`: adding goes through [`ObservationValue::plus`], which carries the
/// qualifier along, so that 余 added to an exact number can never come out as exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservationValue {
    number: Decimal,
    qualifier: Qualifier,
    slack: Decimal,
}

/// Why two values could not be combined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The result has more digits than are kept exactly.
    #[error("the result has more digits than can be kept exactly")]
    Overflow,
    /// The values are counted in different units.
    #[error("{0} and {1} cannot be combined")]
    DifferentUnits(String, String),
    /// The divisor is zero, or may be.
    #[error("the divisor is, or may be, zero")]
    ZeroDivisor,
}

impl ObservationValue {
    /// A number printed with this qualifier, its slack the usual one of the qualifier.
    pub fn new(number: Decimal, qualifier: Qualifier) -> Result<ObservationValue, ValueError> {
        let slack = qualifier.usual_slack(number).ok_or(ValueError::Overflow)?;
        ObservationValue::with_slack(number, qualifier, slack)
    }

    /// A number with a stated slack in its unit: 26900 ± 50 for a printed 2.69万.
    pub fn with_slack(
        number: Decimal,
        qualifier: Qualifier,
        slack: Decimal,
    ) -> Result<ObservationValue, ValueError> {
        qualifier.bounds(number, slack).ok_or(ValueError::Overflow)?;
        Ok(ObservationValue {
            number,
            qualifier,
            slack,
        })
    }

    /// An exact whole number.
    pub fn exact(number: i64) -> ObservationValue {
        ObservationValue {
            number: number.into(),
            qualifier: Qualifier::Exact,
            slack: Decimal::ZERO,
        }
    }

    /// The printed number, in the base unit.
    pub fn number(&self) -> Decimal {
        self.number
    }

    /// The word beside it.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// How far the true number may lie from the printed one, in the base unit; see [`Qualifier::bounds`].
    pub fn slack(&self) -> Decimal {
        self.slack
    }

    /// Whether an exact number was rounded when it was printed.
    pub fn is_rounded(&self) -> bool {
        self.qualifier == Qualifier::Exact && !self.slack.is_zero()
    }

    /// The interval in which the true number lies.
    pub fn bounds(&self) -> Bounds {
        let unbounded = Bounds {
            lower: crate::qualifier::Bound::Unbounded,
            upper: crate::qualifier::Bound::Unbounded,
        };
        self.qualifier
            .bounds(self.number, self.slack)
            .unwrap_or(unbounded)
    }

    /// The sum, never more certain than its parts.
    pub fn plus(&self, other: &ObservationValue) -> Result<ObservationValue, ValueError> {
        let number = self
            .number
            .checked_add(other.number)
            .ok_or(ValueError::Overflow)?;
        let slack = self.slack.checked_add(other.slack).ok_or(ValueError::Overflow)?;
        let rounded = self.is_rounded() || other.is_rounded();
        let qualifier = self.qualifier.plus(other.qualifier);
        match qualifier {
            // A rounded part may lie on the far side of the printed number: one-sided words no longer hold.
            Qualifier::SomewhatMore | Qualifier::Nearly if rounded => {
                ObservationValue::with_slack(number, Qualifier::About, slack)
            }
            Qualifier::MoreThan | Qualifier::AtLeast => {
                let loss = if rounded {
                    self.rounding().max(other.rounding())
                } else {
                    Decimal::ZERO
                };
                let floor = number.checked_sub(loss).ok_or(ValueError::Overflow)?;
                ObservationValue::with_slack(floor, qualifier, Decimal::ZERO)
            }
            Qualifier::AtMost => {
                let gain = if rounded {
                    self.rounding().max(other.rounding())
                } else {
                    Decimal::ZERO
                };
                let ceiling = number.checked_add(gain).ok_or(ValueError::Overflow)?;
                ObservationValue::with_slack(ceiling, qualifier, Decimal::ZERO)
            }
            _ => ObservationValue::with_slack(number, qualifier, slack),
        }
    }

    /// The difference `self - other`, never more certain than its parts.
    pub fn minus(&self, other: &ObservationValue) -> Result<ObservationValue, ValueError> {
        let number = Decimal::ZERO
            .checked_sub(other.number)
            .ok_or(ValueError::Overflow)?;
        self.plus(&ObservationValue {
            number,
            qualifier: other.qualifier.reversed(),
            slack: other.slack,
        })
    }

    /// The ratio `self / other` to `decimals` digits; exact only where both are.
    ///
    /// The slack is half a unit of the last digit for exact parts. Where either part is qualified the ratio of the
    /// printed numbers is given as 约, 超 or 以内, after the direction in which it can err.
    pub fn per(&self, other: &ObservationValue, decimals: u8) -> Result<ObservationValue, ValueError> {
        let number = self
            .number
            .checked_div(other.number, decimals)
            .ok_or(ValueError::ZeroDivisor)?;
        let half = Decimal::power_of_ten(-(decimals as i8)).and_then(|unit| unit.checked_div(2.into(), 18));
        let up = self.qualifier.opens_upwards() || other.qualifier.opens_downwards();
        let down = self.qualifier.opens_downwards() || other.qualifier.opens_upwards();
        let qualifier = match (up, down) {
            (false, false) => Qualifier::Exact,
            (true, false) => Qualifier::AtLeast,
            (false, true) => Qualifier::AtMost,
            (true, true) => Qualifier::About,
        };
        let exact_quotient = number.checked_mul(other.number) == Some(self.number);
        match qualifier {
            Qualifier::Exact if exact_quotient => {
                ObservationValue::with_slack(number, qualifier, Decimal::ZERO)
            }
            Qualifier::Exact => {
                ObservationValue::with_slack(number, qualifier, half.unwrap_or(Decimal::ZERO))
            }
            _ => ObservationValue::new(number, qualifier),
        }
    }

    fn rounding(&self) -> Decimal {
        if self.is_rounded() {
            self.slack
        } else {
            Decimal::ZERO
        }
    }
}

/// A value together with its unit of measure: what may be added, compared and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity<'a> {
    /// The number with its qualifier, in `unit`.
    pub value: ObservationValue,
    /// What is counted.
    pub unit: &'a UnitMeasure,
}

impl Quantity<'_> {
    /// The sum; fails where the units differ.
    pub fn plus(&self, other: &Self) -> Result<Self, ValueError> {
        self.same_unit(other)?;
        Ok(Quantity {
            value: self.value.plus(&other.value)?,
            unit: self.unit,
        })
    }

    /// The difference; fails where the units differ.
    pub fn minus(&self, other: &Self) -> Result<Self, ValueError> {
        self.same_unit(other)?;
        Ok(Quantity {
            value: self.value.minus(&other.value)?,
            unit: self.unit,
        })
    }

    fn same_unit(&self, other: &Self) -> Result<(), ValueError> {
        if self.unit.code == other.unit.code {
            return Ok(());
        }
        Err(ValueError::DifferentUnits(
            self.unit.code.clone(),
            other.unit.code.clone(),
        ))
    }
}

/// Whether a figure has a value or why it has none: SDMX code list CL_OBS_STATUS, the codes that occur in
/// administrative reporting. Missing is neither zero nor not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub enum ObservationStatus {
    /// Normal value.
    #[default]
    A,
    /// Time series break: not comparable with what came before.
    B,
    /// Definition differs.
    D,
    /// Estimated value.
    E,
    /// Forecast value.
    F,
    /// Imputed value.
    I,
    /// Missing: the data exist but were not collected.
    L,
    /// Missing: the data cannot exist, which is not applicable.
    M,
    /// Missing value, no reason given.
    O,
    /// Provisional value.
    P,
    /// Missing: suppressed.
    Q,
    /// Low reliability.
    U,
    /// Unvalidated value.
    V,
}

impl ObservationStatus {
    /// Every status, in the order of its code.
    pub const ALL: [ObservationStatus; 13] = {
        use ObservationStatus::*;
        [A, B, D, E, F, I, L, M, O, P, Q, U, V]
    };

    /// The SDMX code, one letter.
    pub fn code(self) -> &'static str {
        use ObservationStatus::*;
        match self {
            A => "A",
            B => "B",
            D => "D",
            E => "E",
            F => "F",
            I => "I",
            L => "L",
            M => "M",
            O => "O",
            P => "P",
            Q => "Q",
            U => "U",
            V => "V",
        }
    }

    /// The status with this SDMX code.
    pub fn from_code(code: &str) -> Option<ObservationStatus> {
        ObservationStatus::ALL
            .into_iter()
            .find(|status| status.code() == code)
    }

    /// Whether the status says that there is no value.
    pub fn is_missing(self) -> bool {
        use ObservationStatus::*;
        matches!(self, L | M | O | Q)
    }

    /// Whether a chart hatches the value because it may still change.
    pub fn is_preliminary(self) -> bool {
        use ObservationStatus::*;
        matches!(self, E | F | I | P | V)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::UnitKind;
    use proptest::prelude::*;

    fn value(number: i64, qualifier: Qualifier) -> ObservationValue {
        ObservationValue::new(number.into(), qualifier).unwrap()
    }

    fn rounded(number: i64, slack: i64) -> ObservationValue {
        ObservationValue::with_slack(number.into(), Qualifier::Exact, slack.into()).unwrap()
    }

    #[test]
    fn exact_plus_somewhat_more_is_somewhat_more() {
        let sum = ObservationValue::exact(5)
            .plus(&value(2000, Qualifier::SomewhatMore))
            .unwrap();
        assert_eq!(
            (sum.number(), sum.qualifier()),
            (2005.into(), Qualifier::SomewhatMore)
        );
        assert!(sum.bounds().contains(3004.into()));
        assert!(!sum.bounds().contains(2005.into()));
    }

    #[test]
    fn subtracting_more_than_gives_at_most() {
        let rest = ObservationValue::exact(100)
            .minus(&value(30, Qualifier::MoreThan))
            .unwrap();
        assert_eq!((rest.number(), rest.qualifier()), (70.into(), Qualifier::AtMost));
    }

    #[test]
    fn yuan_and_firms_do_not_add() {
        let unit = |code: &str| UnitMeasure::plain(code, UnitKind::Count);
        let (firms, yuan) = (unit("firm"), unit("yuan"));
        let a = Quantity {
            value: ObservationValue::exact(1),
            unit: &firms,
        };
        let b = Quantity {
            value: ObservationValue::exact(1),
            unit: &yuan,
        };
        assert_eq!(
            a.plus(&b),
            Err(ValueError::DifferentUnits("firm".into(), "yuan".into()))
        );
        assert_eq!(a.plus(&a).unwrap().value, ObservationValue::exact(2));
    }

    #[test]
    fn firms_per_commissioner_is_a_rounded_exact_ratio() {
        let ratio = ObservationValue::exact(1355)
            .per(&ObservationValue::exact(687), 2)
            .unwrap();
        assert_eq!(ratio.number().to_string(), "1.97");
        assert!(ratio.is_rounded());
        assert_eq!(ratio.slack().to_string(), "0.005");
        let zero = ObservationValue::exact(1).per(&ObservationValue::exact(0), 2);
        assert_eq!(zero, Err(ValueError::ZeroDivisor));
    }

    #[test]
    fn missing_is_not_a_value_and_zero_is() {
        assert!(ObservationStatus::O.is_missing() && ObservationStatus::M.is_missing());
        assert!(!ObservationStatus::A.is_missing());
        assert_eq!(ObservationStatus::from_code("P"), Some(ObservationStatus::P));
        assert_eq!(ObservationStatus::from_code("p"), None);
    }

    fn any_value() -> impl Strategy<Value = (ObservationValue, Decimal)> {
        let qualifier = proptest::sample::select(Qualifier::ALL.to_vec());
        (1i64..5000, qualifier, 0i64..60, 0i64..6000).prop_filter_map(
            "truth outside",
            |(n, q, slack, truth)| {
                let value = if q == Qualifier::Exact {
                    rounded(n, slack)
                } else {
                    value(n, q)
                };
                value
                    .bounds()
                    .contains(truth.into())
                    .then_some((value, truth.into()))
            },
        )
    }

    proptest! {
        #[test]
        fn the_true_sum_lies_within_the_bounds_of_the_sum((a, x) in any_value(), (b, y) in any_value()) {
            let sum = a.plus(&b).unwrap();
            let truth = x.checked_add(y).unwrap();
            // 约 made of an unbounded part keeps the word but cannot promise a width.
            let bounded = |v: &ObservationValue| !matches!(v.qualifier(), Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::AtMost);
            if sum.qualifier() != Qualifier::About || (bounded(&a) && bounded(&b)) {
                prop_assert!(sum.bounds().contains(truth), "{:?} + {:?} = {:?}", a, b, sum);
            }
        }
    }
}
