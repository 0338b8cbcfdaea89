use chrono::NaiveDate;
use data::{
    Decimal, Indicator, Observation, ObservationKey, ObservationStatus, ObservationValue, OrgUnit, Origin,
    OtherSources, PartialDate, Period, PeriodBasis, Qualifier, Source, TimeRule, UnitKind,
};

use super::random::Random;
use super::{LAST_YEAR, Size};

/// One indicator of one unit over the years.
pub struct Series<'a> {
    pub indicator: &'a Indicator,
    pub kind: Option<UnitKind>,
    pub unit: &'a OrgUnit,
    pub size: Size,
    pub source: &'a Source,
}

impl Series<'_> {
    /// The observations in the order in which a store takes them.
    pub fn observations(&self) -> Vec<Observation> {
        let mut random = Random::new(self.size.seed, [&self.indicator.code, &self.unit.code]);
        let first = LAST_YEAR + 1 - self.size.years as i32;
        let mut level = self.first_level(&mut random);
        // A county's pace: from shrinking by a twentieth to growing by a sixth each year.
        let pace = random.between(950, 1160);
        let mut observations = Vec::with_capacity(self.size.years as usize);
        for year in first..=LAST_YEAR {
            let observation = self.observation(year, level, &mut random);
            // Some units do not report in some years: a gap, not a zero.
            if !random.happens(30) {
                observations.extend(observation);
            }
            level = (level * pace / 1000 * random.between(930, 1070) / 1000).clamp(1, 1_000_000_000_000);
        }
        observations.sort_by_cached_key(|observation| observation.key.period.to_string());
        observations
    }

    /// Indicators differ in size by orders of magnitude, and so do counties.
    fn first_level(&self, random: &mut Random) -> i64 {
        let typical = 10_i64.pow(Random::new(0, [&self.indicator.code, ""]).between(1, 3) as u32);
        match self.kind {
            Some(UnitKind::Money) => random.between(500, 50_000) * 10_000,
            Some(UnitKind::Area) => random.between(5_000, 500_000),
            _ => random.between(typical, typical * 8),
        }
    }

    fn observation(&self, year: i32, level: i64, random: &mut Random) -> Option<Observation> {
        let is_streak = self.indicator.code.ends_with("_streak_years");
        let number = match self.kind {
            Some(UnitKind::Year) => i64::from(year),
            Some(UnitKind::Rank) => random.between(1, 100),
            _ if is_streak => random.between(1, 9),
            Some(UnitKind::Money) => level / 10_000 * 10_000,
            _ => level,
        };
        let number = Decimal::from(number);
        let below = self.indicator.minimum.is_some_and(|minimum| number < minimum);
        let above = self.indicator.maximum.is_some_and(|maximum| number > maximum);
        if below || above {
            return None;
        }
        let status = self.status(year, random);
        let value = if status.is_missing() {
            None
        } else {
            Some(self.value(number, is_streak, random)?)
        };
        Some(Observation {
            key: ObservationKey {
                indicator: self.indicator.code.clone(),
                org_unit: self.unit.code.clone(),
                period: self.period(year, is_streak.then_some(number))?,
            },
            value,
            denominator: None,
            status,
            origin: Origin::Synthetic,
            period_basis: PeriodBasis::Stated,
            source: self.source.clone(),
            other_sources: OtherSources::None,
            comment: None,
            vintage: 0,
        })
    }

    fn status(&self, year: i32, random: &mut Random) -> ObservationStatus {
        match (random.happens(10), year == LAST_YEAR) {
            (true, _) => ObservationStatus::O,
            (false, true) => ObservationStatus::P,
            (false, false) => ObservationStatus::A,
        }
    }

    /// Mostly exact; money is told in 万元, and some numbers carry a word, as they do in reports.
    fn value(&self, number: Decimal, is_streak: bool, random: &mut Random) -> Option<ObservationValue> {
        if is_streak || matches!(self.kind, Some(UnitKind::Year | UnitKind::Rank)) {
            return ObservationValue::new(number, Qualifier::Exact).ok();
        }
        let qualifier = match random.between(1, 1000) {
            1..=40 => Qualifier::SomewhatMore,
            41..=55 => Qualifier::MoreThan,
            56..=70 => Qualifier::Nearly,
            71..=80 => Qualifier::About,
            _ if self.kind == Some(UnitKind::Money) => {
                return ObservationValue::with_slack(number, Qualifier::Exact, Decimal::from(5_000)).ok();
            }
            _ => Qualifier::Exact,
        };
        let number = if qualifier == Qualifier::Exact {
            number
        } else {
            rounded(number)
        };
        ObservationValue::new(number, qualifier).ok()
    }

    fn period(&self, year: i32, streak: Option<Decimal>) -> Option<Period> {
        let end = PartialDate::day(NaiveDate::from_ymd_opt(year, 12, 31)?)?;
        if let Some(years) = streak {
            return Some(Period::Streak {
                years: u8::try_from(years.mantissa()).ok()?,
                end,
            });
        }
        Some(match (self.kind, self.indicator.time_rule) {
            (Some(UnitKind::Year), _) | (_, TimeRule::Flow) => Period::Year { year },
            (_, TimeRule::Stock) => Period::Instant { end, years_before: 0 },
        })
    }
}

/// Two leading digits, as numbers are told that carry a word: 2,347 becomes 2,300.
fn rounded(number: Decimal) -> Decimal {
    let mut power = 1;
    while number.mantissa() / power >= 100 {
        power *= 10;
    }
    Decimal::from(number.mantissa() / power * power)
}
