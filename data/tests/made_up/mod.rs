//! A set of figures in which everything occurs that a figure can say, made up and marked so, under invented names.

use std::collections::HashSet;

use data::definitions::{BUILT_IN, Catalogue};
use data::{
    Decimal, Level, Names, Observation, ObservationKey, ObservationStatus, ObservationValue, OrgUnit, Origin,
    OtherSources, PartialDate, Period, PeriodBasis, Qualifier, Source,
};

/// The built-in indicators over invented areas.
pub fn catalogue() -> Catalogue {
    let areas = (1..=40).map(|number| OrgUnit {
        code: format!("X{number:03}"),
        name: Names {
            zh: format!("虚构县{number}"),
            en: format!("Invented County {number}"),
        },
        level: Level::County,
        parent: Some("100000".into()),
        opened: None,
        closed: None,
    });
    Catalogue::read(BUILT_IN).0.with_org_units(areas.collect())
}

/// The same figures each time: a generator of Marsaglia's, which needs no crate.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// Texts that a careless writer or reader would spoil.
const TEXTS: [&str; 14] = [
    "虚构年报",
    "a, b; c | d",
    "\"quoted\" 「引号」",
    "=1+1",
    "+86",
    "-5",
    "@x",
    "'=1",
    "''@",
    "two\nlines",
    "id: name",
    "null",
    "{\"a\":1}",
    "</script>\u{202e}𠮷",
];

/// So many figures with different keys.
pub fn observations(catalogue: &Catalogue, count: usize) -> Vec<Observation> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let indicators: Vec<_> = catalogue
        .indicators
        .iter()
        .filter(|one| matches!(one.kind, data::IndicatorKind::Reported))
        .collect();
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    while all.len() < count {
        let indicator = random.of(&indicators);
        let key = ObservationKey {
            indicator: indicator.code.clone(),
            org_unit: format!("X{:03}", random.below(40) + 1),
            period: period(&mut random),
        };
        if seen.insert(key.clone()) {
            all.push(observation(&mut random, key, indicator));
        }
    }
    all
}

fn observation(random: &mut Random, key: ObservationKey, indicator: &data::Indicator) -> Observation {
    let status = random.of(&ObservationStatus::ALL);
    let comment = (random.below(3) == 0).then(|| random.of(&TEXTS).to_owned());
    let value = (!status.is_missing()).then(|| value(random, indicator));
    // A part is no more than the whole.
    let whole = value.map_or(Decimal::ZERO, |value| value.number());
    let whole = whole
        .checked_add(Decimal::from(random.below(100_000) as i64))
        .unwrap();
    Observation {
        key,
        value,
        denominator: (random.below(5) == 0).then_some(whole),
        status,
        origin: Origin::Synthetic,
        period_basis: random.of(&[PeriodBasis::Stated, PeriodBasis::Unstated, PeriodBasis::Ambiguous]),
        source: Source {
            document: random.of(&TEXTS).to_owned(),
            publisher: random.of(&TEXTS).to_owned(),
            published: date(random, 2).last_day(),
            place: if random.below(2) == 0 {
                String::new()
            } else {
                random.of(&TEXTS).to_owned()
            },
        },
        other_sources: OtherSources::None,
        comment,
        vintage: 0,
    }
}

/// A number that can be true of the indicator, with any word beside it and any slack, the usual one and none among them.
fn value(random: &mut Random, indicator: &data::Indicator) -> ObservationValue {
    let scale = random.below(u64::from(indicator.decimals) + 1) as u8;
    let digits = 10u64.pow(random.below(10) as u32 + 1);
    let number = Decimal::new(random.below(digits) as i64, scale).unwrap();
    let number = indicator.minimum.map_or(number, |least| number.max(least));
    let number = indicator.maximum.map_or(number, |most| number.min(most));
    // Nothing is nearly, about or somewhat more than none.
    let qualifier = match number.is_zero() {
        true => Qualifier::Exact,
        false => random.of(&Qualifier::ALL),
    };
    let slack = match random.below(4) {
        0 => Decimal::ZERO,
        1 => Decimal::new(random.below(1_000_000) as i64, 3).unwrap(),
        _ => qualifier.usual_slack(number).unwrap(),
    };
    ObservationValue::with_slack(number, qualifier, slack).unwrap()
}

fn date(random: &mut Random, precision: u64) -> PartialDate {
    let (year, month, day) = (
        2010 + random.below(12),
        random.below(12) + 1,
        random.below(28) + 1,
    );
    let text = match precision {
        0 => format!("{year}"),
        1 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    text.parse().unwrap()
}

fn period(random: &mut Random) -> Period {
    let precision = random.below(3);
    let end = date(random, precision);
    let years = random.below(9) as u8 + 1;
    match random.below(8) {
        0 => Period::Year { year: end.year() },
        1 => Period::Instant { end, years_before: 0 },
        2 => Period::Instant {
            end,
            years_before: years,
        },
        3 => Period::YearToDate { end },
        4 => Period::Window {
            years,
            start: None,
            end,
        },
        5 => Period::Window {
            years,
            start: Some("2009-01-01".parse().unwrap()),
            end,
        },
        6 => Period::Cumulative { end },
        _ => Period::Streak { years, end },
    }
}

/// Fails unless everything occurs that a figure can say.
pub fn assert_varied(all: &[Observation]) {
    let count = |of: &dyn Fn(&Observation) -> String| all.iter().map(of).collect::<HashSet<_>>().len();
    assert_eq!(count(&|one| format!("{:?}", one.key.period.kind())), 6);
    assert_eq!(
        count(&|one| one.status.code().to_owned()),
        ObservationStatus::ALL.len()
    );
    assert_eq!(
        count(&|one| one.value.map_or("", |value| value.qualifier().code()).to_owned()),
        8
    );
    assert_eq!(count(&|one| one.period_basis.code().to_owned()), 3);
    assert!(all.iter().any(|one| one.key.period.is_opening()));
    assert!(all.iter().all(|one| one.origin == Origin::Synthetic));
}
