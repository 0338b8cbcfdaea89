//! Axes: round ticks for values, dates for time.

mod time;

use data::Decimal;

pub use time::{TimeTick, time_ticks};

/// An axis of values: its ends, and the round numbers written along it.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueAxis {
    /// The value at its lower end.
    pub low: f64,
    /// The value at its upper end.
    pub high: f64,
    /// Round numbers from low to high.
    pub ticks: Vec<Decimal>,
}

impl ValueAxis {
    /// Where a value stands between the ends, from 0 to 1; 0 on an axis without length.
    pub fn share(&self, value: f64) -> f64 {
        if self.high > self.low {
            (value - self.low) / (self.high - self.low)
        } else {
            0.0
        }
    }
}

/// 10^0 to 10^18, each the double nearest to it.
const POWERS: [f64; 19] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
];

/// The double nearest to a decimal, for pixels.
///
/// One correctly rounded division: `powi` may round differently per machine, and pictures are compared byte by byte.
pub fn to_f64(number: Decimal) -> f64 {
    let power = POWERS.get(usize::from(number.scale())).copied().unwrap_or(1e18);
    number.mantissa() as f64 / power
}

/// An axis whose ends are round and hold `min` and `max`, with about `intervals` steps of 1, 2, 2.5 or 5 × 10^n.
///
/// It includes zero where `from_zero`. With no `decimals` every tick is a whole number. Where there is nothing between
/// `min` and `max` the axis is one step long on either side.
pub fn value_axis(min: Decimal, max: Decimal, from_zero: bool, decimals: u8, intervals: usize) -> ValueAxis {
    let (mut low, mut high) = (to_f64(min.min(max)), to_f64(max.max(min)));
    if from_zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if low == high {
        (low, high) = widened(low, from_zero);
    }
    let step = round_step((high - low) / intervals.max(1) as f64, decimals);
    let length = to_f64(step);
    // A quotient such as 0.3 / 0.1 falls just short of the whole number it stands for.
    let (first, last) = (
        (low / length + 1e-9).floor() as i64,
        (high / length - 1e-9).ceil() as i64,
    );
    let ticks: Vec<Decimal> = (first..=last)
        .filter_map(|n| step.checked_mul(n.into()))
        .collect();
    let ends = ticks
        .first()
        .zip(ticks.last())
        .map(|(a, b)| (to_f64(*a), to_f64(*b)));
    let (first, last) = ends.unwrap_or((low, high));
    ValueAxis {
        low: low.min(first),
        high: high.max(last),
        ticks,
    }
}

/// Ticks from zero outwards that lie within `low` to `high`, which stay the ends.
pub fn inner_ticks(low: f64, high: f64, decimals: u8, intervals: usize) -> Vec<Decimal> {
    if high <= low {
        return vec![Decimal::ZERO];
    }
    let step = round_step((high - low) / intervals.max(1) as f64, decimals);
    let length = to_f64(step);
    let (first, last) = (
        (low / length - 1e-9).ceil() as i64,
        (high / length + 1e-9).floor() as i64,
    );
    (first..=last)
        .filter_map(|n| step.checked_mul(n.into()))
        .collect()
}

fn widened(value: f64, from_zero: bool) -> (f64, f64) {
    let room = if value == 0.0 { 1.0 } else { value.abs() * 0.1 };
    if from_zero {
        (value, value + room)
    } else {
        (value - room, value + room)
    }
}

/// The least round step that is no shorter than `at_least` and can be written with `decimals` digits.
fn round_step(at_least: f64, decimals: u8) -> Decimal {
    // Mantissas in tenths, so that 2.5 is a whole number too; 5 × 10^18 is the largest an i64 holds.
    (-(decimals.min(17) as i32)..=18)
        .flat_map(|power| [10i64, 20, 25, 50].map(|mantissa| (mantissa, power - 1)))
        .filter(|(mantissa, power)| mantissa % 10 == 0 || *power >= -i32::from(decimals))
        .filter_map(|(mantissa, power)| decimal(mantissa, power))
        .find(|step| to_f64(*step) >= at_least)
        .unwrap_or(Decimal::from(5_000_000_000_000_000_000))
}

fn decimal(mantissa: i64, power: i32) -> Option<Decimal> {
    match u8::try_from(-power) {
        Ok(scale) => Decimal::new(mantissa, scale),
        Err(_) => Some(mantissa.checked_mul(10i64.checked_pow(power as u32)?)?.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(min: &str, max: &str, decimals: u8, expected: &[&str]) {
        let axis = value_axis(min.parse().unwrap(), max.parse().unwrap(), true, decimals, 4);
        let ticks: Vec<String> = axis.ticks.iter().map(Decimal::to_string).collect();
        assert_eq!(ticks, expected, "{min}..{max}");
    }

    #[test]
    fn ticks_are_round_and_reach_over_the_data() {
        check("90", "890", 0, &["0", "250", "500", "750", "1000"]);
        check("0", "7", 0, &["0", "2", "4", "6", "8"]);
        check("-30", "20", 0, &["-40", "-20", "0", "20"]);
        check("0.1", "0.3", 1, &["0", "0.1", "0.2", "0.3"]);
        check("0", "0.9", 2, &["0", "0.25", "0.5", "0.75", "1"]);
    }

    #[test]
    fn counted_things_have_no_half_ticks() {
        check("0", "1", 0, &["0", "1"]);
        check("0", "2", 0, &["0", "1", "2"]);
        check("0", "10", 0, &["0", "5", "10"]);
        check("0", "0", 0, &["0", "1"]);
    }

    #[test]
    fn an_axis_that_need_not_start_at_zero_starts_near_its_data() {
        let axis = value_axis(980.into(), 1020.into(), false, 0, 4);
        assert_eq!((axis.low, axis.high), (980.0, 1020.0));
    }

    proptest! {
        #[test]
        fn every_value_is_on_its_axis(a: i64, b: i64, scale in 0u8..=18, zero: bool, intervals in 1usize..8) {
            let (a, b) = (Decimal::new(a, scale).unwrap(), Decimal::new(b, scale).unwrap());
            let axis = value_axis(a, b, zero, 0, intervals);
            for value in [a, b] {
                prop_assert!((0.0..=1.0).contains(&axis.share(to_f64(value))));
            }
            prop_assert!(axis.ticks.len() <= intervals + 2);
        }
    }
}
