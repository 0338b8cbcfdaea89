use serde::{Deserialize, Serialize};

use crate::Decimal;
use crate::qualifier::{Bound, Bounds, Qualifier};
use crate::unit::UnitMeasure;

/// A number as reported: in the base unit of its indicator, with the word that qualifies it.
///
/// The fields are private because a value keeps an invariant: number and qualifier always have finite bounds where
/// the qualifier promises them. There is no `+`, and outside this crate nothing that adds: adding goes through
/// [`Quantity::plus`], which knows the unit and carries the qualifier along, so that firms are never added to yuan and
/// 余 added to an exact number can never come out as exact.
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
    /// The result may be any number.
    #[error("nothing certain can be said of the result")]
    Unbounded,
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
            lower: Bound::Unbounded,
            upper: Bound::Unbounded,
        };
        self.qualifier
            .bounds(self.number, self.slack)
            .unwrap_or(unbounded)
    }

    /// The sum, never more certain than its parts.
    ///
    /// Both are of one unit: [`Quantity::plus`] asks. Fails where nothing certain can be said of it: 超5 + 不超过5 may be any number.
    pub(crate) fn plus(&self, other: &ObservationValue) -> Result<ObservationValue, ValueError> {
        let (a, b) = (self.bounds(), other.bounds());
        let (lower, upper) = (both(a.lower, b.lower)?, both(a.upper, b.upper)?);
        let open = |end, qualifier| ObservationValue::with_slack(end, qualifier, Decimal::ZERO);
        match (lower, upper) {
            (Bound::Unbounded, Bound::Unbounded) => Err(ValueError::Unbounded),
            (Bound::Open(end), Bound::Unbounded) => open(end, Qualifier::MoreThan),
            (Bound::Closed(end), Bound::Unbounded) => open(end, Qualifier::AtLeast),
            (Bound::Unbounded, Bound::Open(end) | Bound::Closed(end)) => open(end, Qualifier::AtMost),
            _ => self.plus_bounded(other),
        }
    }

    fn plus_bounded(&self, other: &ObservationValue) -> Result<ObservationValue, ValueError> {
        let number = self
            .number
            .checked_add(other.number)
            .ok_or(ValueError::Overflow)?;
        let slack = self.slack.checked_add(other.slack).ok_or(ValueError::Overflow)?;
        let rounded = self.is_rounded() || other.is_rounded();
        match self.qualifier.plus(other.qualifier) {
            // A rounded part may lie on the far side of the printed number: one-sided words no longer hold.
            Qualifier::SomewhatMore | Qualifier::Nearly if rounded => {
                ObservationValue::with_slack(number, Qualifier::About, slack)
            }
            qualifier => ObservationValue::with_slack(number, qualifier, slack),
        }
    }

    /// The difference `self - other`, never more certain than its parts.
    pub(crate) fn minus(&self, other: &ObservationValue) -> Result<ObservationValue, ValueError> {
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
    /// The slack covers the rounding of the quotient and what the parts leave open. Where only one end is known the
    /// quotient is given as 至少 or 不超过, rounded to that side. Fails where the divisor may be zero or below, and
    /// where no end is known.
    pub(crate) fn per(&self, other: &ObservationValue, decimals: u8) -> Result<ObservationValue, ValueError> {
        let divide = |a: Decimal, b: Decimal| a.checked_div(b, decimals).ok_or(ValueError::Overflow);
        let (a, b) = (self.bounds(), other.bounds());
        let least = end(b.lower)
            .filter(|least| *least > Decimal::ZERO)
            .ok_or(ValueError::ZeroDivisor)?;
        if end(a.lower).is_none_or(Decimal::is_negative) {
            return Err(ValueError::Unbounded);
        }
        let unit = Decimal::power_of_ten(-(decimals as i8)).ok_or(ValueError::Overflow)?;
        let low = end(a.lower)
            .zip(end(b.upper))
            .map(|(a, b)| divide(a, b))
            .transpose()?;
        let high = end(a.upper).map(|a| divide(a, least)).transpose()?;
        let number = divide(self.number, other.number)?;
        if self.is_exact() && other.is_exact() && number.checked_mul(other.number) == Some(self.number) {
            return ObservationValue::with_slack(number, Qualifier::Exact, Decimal::ZERO);
        }
        if self.is_exact() && other.is_exact() {
            let half = unit.checked_div(2.into(), 18).ok_or(ValueError::Overflow)?;
            return ObservationValue::with_slack(number, Qualifier::Exact, half);
        }
        let less = |number: Decimal| number.checked_sub(unit).ok_or(ValueError::Overflow);
        let more = |number: Decimal| number.checked_add(unit).ok_or(ValueError::Overflow);
        match (low, high) {
            (Some(low), Some(high)) => {
                let below = number.checked_sub(less(low)?).ok_or(ValueError::Overflow)?;
                let above = more(high)?.checked_sub(number).ok_or(ValueError::Overflow)?;
                ObservationValue::with_slack(number, Qualifier::About, below.max(above))
            }
            (Some(low), None) => ObservationValue::with_slack(less(low)?, Qualifier::AtLeast, Decimal::ZERO),
            (None, Some(high)) => ObservationValue::with_slack(more(high)?, Qualifier::AtMost, Decimal::ZERO),
            (None, None) => Err(ValueError::Unbounded),
        }
    }

    fn is_exact(&self) -> bool {
        self.qualifier == Qualifier::Exact && self.slack.is_zero()
    }
}

fn end(bound: Bound) -> Option<Decimal> {
    match bound {
        Bound::Unbounded => None,
        Bound::Open(end) | Bound::Closed(end) => Some(end),
    }
}

/// The end of a sum: open where either is, none where either has none.
fn both(a: Bound, b: Bound) -> Result<Bound, ValueError> {
    let (Some(x), Some(y)) = (end(a), end(b)) else {
        return Ok(Bound::Unbounded);
    };
    let sum = x.checked_add(y).ok_or(ValueError::Overflow)?;
    let closed = matches!((a, b), (Bound::Closed(_), Bound::Closed(_)));
    Ok(if closed {
        Bound::Closed(sum)
    } else {
        Bound::Open(sum)
    })
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

    /// The ratio to `decimals` digits, which has a unit of its own: [`ObservationValue`] of firms per person.
    pub fn per(&self, other: &Self, decimals: u8) -> Result<ObservationValue, ValueError> {
        self.value.per(&other.value, decimals)
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

    /// The status of what was made from values with these: what may still change does so in the result, and what
    /// cannot be compared or relied on makes the result so. Normal where all are.
    pub fn together(statuses: impl Iterator<Item = ObservationStatus> + Clone) -> ObservationStatus {
        let preliminary = statuses.clone().find(|status| status.is_preliminary());
        let marked = statuses
            .filter(|status| !status.is_missing())
            .max_by_key(|status| {
                use ObservationStatus::*;
                [A, D, B, U].iter().position(|other| other == status)
            });
        preliminary.or(marked).unwrap_or_default()
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

    #[test]
    fn what_is_made_from_values_has_the_worst_of_their_statuses() {
        use ObservationStatus::*;
        let check = |parts: [ObservationStatus; 2], expected| {
            assert_eq!(
                ObservationStatus::together(parts.into_iter()),
                expected,
                "{parts:?}"
            );
        };
        check([A, A], A);
        check([D, A], D);
        check([A, B], B);
        check([U, D], U);
        check([B, P], P);
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
            let truth = x.checked_add(y).unwrap();
            match a.plus(&b) {
                Ok(sum) => prop_assert!(sum.bounds().contains(truth), "{:?} + {:?} = {:?}", a, b, sum),
                Err(error) => prop_assert_eq!(error, ValueError::Unbounded),
            }
        }

        #[test]
        fn the_true_ratio_lies_within_the_bounds_of_the_ratio((a, x) in any_value(), (b, y) in any_value()) {
            prop_assume!(y > Decimal::ZERO);
            if let Ok(ratio) = a.per(&b, 4) {
                let truth = x.checked_div(y, 8).unwrap();
                prop_assert!(ratio.bounds().contains(truth), "{:?} / {:?} = {:?}", a, b, ratio);
            }
        }
    }
}
