use std::cmp::Ordering;

use crate::period::PeriodMismatch;
use crate::{Decimal, Indicator, Observation, ObservationValue, Qualifier, SeriesBreak, ValueError};

/// How one figure differs from an earlier one of the same indicator and unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The later less the earlier.
    pub difference: ObservationValue,
    /// Whether the later is greater, equal or less; none where their words leave that open.
    pub direction: Option<Ordering>,
    /// The later as a multiple of the earlier; none where the earlier is zero.
    pub ratio: Option<ObservationValue>,
}

/// Why two figures have no change between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeError {
    /// They are not both of the indicator.
    Indicators,
    /// Their periods cannot be compared.
    Periods(PeriodMismatch),
    /// They are not comparable.
    Break(SeriesBreak),
    /// One of them has no value.
    NoValue,
    /// The numbers do not fit.
    Numbers,
}

/// A ratio as a reader would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiple {
    /// That many times.
    Times(u8),
    /// Nearly that many times.
    Nearly(u8),
}

/// Digits kept of a ratio: 6989 / 2330 = 2.9996, three times when read to a percent.
const RATIO_DECIMALS: u8 = 6;

impl Change {
    /// The change from one figure to a later one of the same indicator and unit; refused where no line may join them,
    /// except from the opening of a window to its close, and where the series breaks between them.
    pub fn between(
        indicator: &Indicator,
        earlier: &Observation,
        later: &Observation,
    ) -> Result<Change, ChangeError> {
        if [&earlier.key, &later.key]
            .iter()
            .any(|key| key.indicator != indicator.code)
        {
            return Err(ChangeError::Indicators);
        }
        let (from, to) = (&earlier.key.period, &later.key.period);
        if !to.closes(from) {
            from.joins(to).map_err(ChangeError::Periods)?;
        }
        if let Some(found) = indicator.break_between(earlier, later) {
            return Err(ChangeError::Break(found));
        }
        let values = earlier.value.zip(later.value);
        let (earlier, later) = values.ok_or(ChangeError::NoValue)?;
        Change::of(&earlier, &later).map_err(|_| ChangeError::Numbers)
    }

    /// The change between two values that may be compared.
    pub(crate) fn of(earlier: &ObservationValue, later: &ObservationValue) -> Result<Change, ValueError> {
        Ok(Change {
            difference: later.minus(earlier)?,
            direction: later.bounds().order(&earlier.bounds()),
            ratio: later.per(earlier, RATIO_DECIMALS).ok(),
        })
    }

    /// The whole multiple from 2 to 10 that the ratio is, or is nearly.
    ///
    /// Within half a per cent it is that multiple (2.9996 is three times, as anybody would say it); from five per
    /// cent below it is nearly so (2.87 is nearly three times).
    pub fn multiple(&self) -> Option<Multiple> {
        let ratio = self.exact_ratio()?.to_f64();
        (2..=10u8).find_map(|times| match ratio / f64::from(times) - 1.0 {
            off if off.abs() <= 0.005 => Some(Multiple::Times(times)),
            off if (-0.05..0.0).contains(&off) => Some(Multiple::Nearly(times)),
            _ => None,
        })
    }

    /// The ratio less one, for a percentage; none where either figure is qualified, since the words 余 and 超 leave
    /// the percentage open.
    pub fn growth(&self) -> Option<Decimal> {
        self.exact_ratio()?.checked_sub(Decimal::ONE)
    }

    fn exact_ratio(&self) -> Option<Decimal> {
        self.ratio
            .filter(|ratio| ratio.qualifier() == Qualifier::Exact)
            .map(|ratio| ratio.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, Catalogue, SAMPLE};

    fn change(from: (&str, i64), to: (&str, i64)) -> Result<Change, ChangeError> {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let mut read = crate::read::observations("sample.csv", SAMPLE, &catalogue).observations;
        let template = read.remove(0).1;
        let observation = |(period, number): (&str, i64)| {
            let mut observation = template.clone();
            observation.key.indicator = "taxpaying_firms".into();
            observation.key.period = period.parse().unwrap();
            observation.value = Some(ObservationValue::exact(number));
            observation
        };
        let indicator = catalogue.indicator("taxpaying_firms").unwrap();
        Change::between(indicator, &observation(from), &observation(to))
    }

    #[test]
    fn tax_paying_firms_rose_to_three_times_by_199_96_percent() {
        let change = change(("@2022-10-31-P5Y", 2330), ("@2022-10-31", 6989)).unwrap();
        assert_eq!(change.difference, ObservationValue::exact(4659));
        assert_eq!(change.multiple(), Some(Multiple::Times(3)));
        assert_eq!(change.ratio.unwrap().number().round(2).to_string(), "3");
        assert_eq!(
            crate::format::signed_percent(change.growth().unwrap(), 2),
            "+199.96%"
        );
    }

    #[test]
    fn a_window_and_a_year_have_no_change_between_them() {
        let refused = change(("P5Y/2022-10-31", 1), ("2022", 2));
        assert!(matches!(
            refused,
            Err(ChangeError::Periods(PeriodMismatch::DifferentKinds(..)))
        ));
    }

    #[test]
    fn a_ratio_just_below_a_multiple_is_nearly_that_many_times() {
        let multiple = |from, to| change(("2013", from), ("2022", to)).unwrap().multiple();
        assert_eq!(multiple(310, 890), Some(Multiple::Nearly(3)));
        assert_eq!(multiple(100, 250), None);
        assert_eq!(multiple(100, 90), None);
    }

    #[test]
    fn a_rise_from_zero_has_a_difference_and_no_ratio() {
        let change = change(("2021", 0), ("2022", 5)).unwrap();
        assert_eq!((change.ratio, change.multiple()), (None, None));
    }
}
