use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The most digits after the point a [`Decimal`] keeps.
///
/// 10^18 is the largest power of ten an `i64` holds, so a mantissa of one can still be written at this scale.
pub const MAX_SCALE: u8 = 18;

/// An exact decimal number: `mantissa × 10^-scale`.
///
/// Two decimals are equal when they are the same number, so `2.50 == 2.5`. Nothing is ever rounded silently: an
/// operation whose result does not fit answers `None`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// The text is empty or holds something other than digits, one point and a leading sign.
    #[error("`{0}` is not a decimal number")]
    NotANumber(String),
    /// The number has more digits than 18, the most that is kept exactly.
    #[error("`{0}` has more digits than can be kept exactly (18)")]
    TooLong(String),
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal {
        mantissa: 0,
        scale: 0,
    };
    /// One.
    pub const ONE: Decimal = Decimal {
        mantissa: 1,
        scale: 0,
    };

    /// `mantissa × 10^-scale`, without trailing zeros; `None` where `scale` is over [`MAX_SCALE`].
    pub fn new(mantissa: i64, scale: u8) -> Option<Decimal> {
        (scale <= MAX_SCALE).then(|| Decimal { mantissa, scale }.normalized())
    }

    /// 10 to the power of `exponent`, which is between -18 and 18.
    pub fn power_of_ten(exponent: i8) -> Option<Decimal> {
        let magnitude = exponent.unsigned_abs();
        if magnitude > MAX_SCALE {
            return None;
        }
        if exponent < 0 {
            return Decimal::new(1, magnitude);
        }
        Decimal::new(10i64.checked_pow(magnitude.into())?, 0)
    }

    /// The digits as a whole number; the value is `mantissa × 10^-scale`.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The nearest double, for pixels only: sums and comparisons stay in decimals.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(self.scale.into())
    }

    /// Whether the number is below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether the number is zero.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The sum, or `None` where it does not fit.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        from_wide(self.at_scale(scale) + other.at_scale(scale), scale)
    }

    /// The difference, or `None` where it does not fit.
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        self.checked_add(Decimal {
            mantissa: other.mantissa.checked_neg()?,
            scale: other.scale,
        })
    }

    /// The product, or `None` where it does not fit.
    pub fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        from_wide(
            i128::from(self.mantissa) * i128::from(other.mantissa),
            self.scale + other.scale,
        )
    }

    /// The quotient rounded half away from zero to `decimals` digits; `None` for a zero divisor or an overflow.
    pub fn checked_div(self, divisor: Decimal, decimals: u8) -> Option<Decimal> {
        if divisor.mantissa == 0 || decimals > MAX_SCALE {
            return None;
        }
        let shift = i32::from(decimals) + i32::from(divisor.scale) - i32::from(self.scale);
        let (mut numerator, mut denominator) = (i128::from(self.mantissa), i128::from(divisor.mantissa));
        let factor = 10i128.checked_pow(shift.unsigned_abs())?;
        if shift >= 0 {
            numerator = numerator.checked_mul(factor)?;
        } else {
            denominator = denominator.checked_mul(factor)?;
        }
        from_wide(divide_half_away(numerator, denominator), decimals)
    }

    /// The number rounded half away from zero to `decimals` digits after the point.
    pub fn round(self, decimals: u8) -> Decimal {
        if decimals >= self.scale {
            return self;
        }
        let factor = 10i128.pow(u32::from(self.scale - decimals));
        from_wide(divide_half_away(self.mantissa.into(), factor), decimals).unwrap_or(self)
    }

    /// The power of ten of the last digit that is not zero: 2 for 2300, -2 for 0.25, 0 for zero.
    pub fn last_digit_power(self) -> i8 {
        if self.mantissa == 0 {
            return 0;
        }
        let mut mantissa = self.mantissa;
        let mut power = -(self.scale as i8);
        while mantissa % 10 == 0 {
            mantissa /= 10;
            power += 1;
        }
        power
    }

    fn at_scale(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * 10i128.pow(u32::from(scale - self.scale))
    }

    fn normalized(mut self) -> Decimal {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

fn divide_half_away(numerator: i128, denominator: i128) -> i128 {
    let (quotient, rest) = (numerator / denominator, numerator % denominator);
    if rest.abs() * 2 < denominator.abs() {
        return quotient;
    }
    quotient
        + if (numerator < 0) == (denominator < 0) {
            1
        } else {
            -1
        }
}

fn from_wide(mut mantissa: i128, mut scale: u8) -> Option<Decimal> {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::new(i64::try_from(mantissa).ok()?, scale)
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Decimal {
        Decimal {
            mantissa: whole,
            scale: 0,
        }
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Decimal, DecimalError> {
        let not_a_number = || DecimalError::NotANumber(text.to_owned());
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(not_a_number());
        }
        let fraction = fraction.trim_end_matches('0');
        let too_long = || DecimalError::TooLong(text.to_owned());
        let mantissa: i64 = format!("{whole}{fraction}").parse().map_err(|_| too_long())?;
        let scale = u8::try_from(fraction.len()).map_err(|_| too_long())?;
        Decimal::new(sign * mantissa, scale).ok_or_else(too_long)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at_scale(scale).cmp(&other.at_scale(scale))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "An exact decimal number as text, such as `6989` or `2.69`.",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
        })
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_decimal_is_written_as_it_was_read_without_trailing_zeros() {
        let check = |input: &str, expected: &str| assert_eq!(decimal(input).to_string(), expected);
        check("6989", "6989");
        check("2.690", "2.69");
        check("-0.05", "-0.05");
        check("0", "0");
        check("-0", "0");
        check("007", "7");
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in [
            "", ".", "1.", ".5", "1e5", "１", "1,000", "--1", "+1", "NaN", " 1",
        ] {
            assert!(
                matches!(text.parse::<Decimal>(), Err(DecimalError::NotANumber(_))),
                "{text}"
            );
        }
        assert!(matches!(
            "99999999999999999999".parse::<Decimal>(),
            Err(DecimalError::TooLong(_))
        ));
    }

    #[test]
    fn quotients_round_half_away_from_zero() {
        let check = |a: &str, b: &str, decimals, expected: &str| {
            assert_eq!(
                decimal(a).checked_div(decimal(b), decimals),
                Some(decimal(expected))
            );
        };
        check("6989", "2330", 4, "2.9996");
        check("6989", "2330", 2, "3.00");
        check("1", "8", 2, "0.13");
        check("-1", "8", 2, "-0.13");
        assert_eq!(decimal("1").checked_div(Decimal::ZERO, 2), None);
    }

    #[test]
    fn overflow_is_none_and_not_a_wrong_number() {
        let large = Decimal::from(i64::MAX);
        assert_eq!(large.checked_add(Decimal::ONE), None);
        assert_eq!(large.checked_mul(large), None);
    }

    #[test]
    fn the_power_of_the_last_digit_says_where_rounding_happened() {
        for (text, power) in [("2000", 3), ("230", 1), ("7", 0), ("0.25", -2), ("0", 0)] {
            assert_eq!(decimal(text).last_digit_power(), power, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_back_is_the_same_number(mantissa: i64, scale in 0u8..=18) {
            let number = Decimal::new(mantissa, scale).unwrap();
            // i64::MIN has one digit value more on the negative side than the parser's positive mantissa.
            prop_assume!(mantissa != i64::MIN);
            prop_assert_eq!(number.to_string().parse::<Decimal>().unwrap(), number);
        }

        #[test]
        fn a_difference_undoes_a_sum(a in -1_000_000_000i64..1_000_000_000, b in -1_000_000_000i64..1_000_000_000, scale in 0u8..6) {
            let (a, b) = (Decimal::new(a, scale).unwrap(), Decimal::new(b, 3).unwrap());
            prop_assert_eq!(a.checked_add(b).unwrap().checked_sub(b).unwrap(), a);
        }
    }
}
