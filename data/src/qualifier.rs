use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::Decimal;

/// How a printed number limits the true one: the word beside it, made exact.
///
/// The bounds of 余, 近 and 约 are conventions of this system, written at [`Qualifier::bounds`]; the others follow
/// from the words themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// The number as printed.
    #[default]
    Exact,
    /// 余, 多: more than the number, by less than one of its last digit that is not zero.
    SomewhatMore,
    /// 超, 突破: more than the number.
    MoreThan,
    /// 以上, 达, 至少: the number or more.
    AtLeast,
    /// 近: less than the number, by no more than a tenth of it.
    Nearly,
    /// 约: within a tenth of the number, either side.
    About,
    /// 以内, TOP n: the number or less.
    AtMost,
}

/// One end of an interval, in the unit of the number it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// No end on this side.
    Unbounded,
    /// Up to the number, not including it.
    Open(Decimal),
    /// Up to the number, including it.
    Closed(Decimal),
}

/// The interval in which the true number lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The lower end.
    pub lower: Bound,
    /// The upper end.
    pub upper: Bound,
}

impl Qualifier {
    /// Every qualifier, exact first.
    pub const ALL: [Qualifier; 7] = [
        Qualifier::Exact,
        Qualifier::SomewhatMore,
        Qualifier::MoreThan,
        Qualifier::AtLeast,
        Qualifier::Nearly,
        Qualifier::About,
        Qualifier::AtMost,
    ];

    /// The code used in files and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Qualifier::Exact => "exact",
            Qualifier::SomewhatMore => "somewhat_more",
            Qualifier::MoreThan => "more_than",
            Qualifier::AtLeast => "at_least",
            Qualifier::Nearly => "nearly",
            Qualifier::About => "about",
            Qualifier::AtMost => "at_most",
        }
    }

    /// The qualifier that a word in a report, or a code in a file, stands for.
    pub fn from_word(word: &str) -> Option<Qualifier> {
        Some(match word {
            "" | "exact" | "准确" => Qualifier::Exact,
            "somewhat_more" | "余" | "多" => Qualifier::SomewhatMore,
            "more_than" | "超" | "超过" | "突破" | "逾" => Qualifier::MoreThan,
            "at_least" | "以上" | "达" | "至少" => Qualifier::AtLeast,
            "nearly" | "近" => Qualifier::Nearly,
            "about" | "约" | "左右" => Qualifier::About,
            "at_most" | "以内" | "不超过" | "TOP" => Qualifier::AtMost,
            _ => return None,
        })
    }

    /// How far the true number may lie from the printed one, where the qualifier itself states no end.
    ///
    /// 2000余 lies in (2000, 3000), 230余 in (230, 240): Chinese usage adds 余 where the digits below the last one
    /// were left out. 近100万 lies in [90万, 100万) and 约100万 in [90万, 110万]; the tenth is our convention, since
    /// the words themselves state no width. Zero for the others; `None` where it does not fit a [`Decimal`].
    pub fn usual_slack(self, number: Decimal) -> Option<Decimal> {
        match self {
            Qualifier::SomewhatMore => Decimal::power_of_ten(number.last_digit_power()),
            Qualifier::Nearly | Qualifier::About => {
                let tenth = number.checked_mul(Decimal::power_of_ten(-1)?)?;
                if tenth.is_negative() {
                    Decimal::ZERO.checked_sub(tenth)
                } else {
                    Some(tenth)
                }
            }
            Qualifier::Exact | Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::AtMost => {
                Some(Decimal::ZERO)
            }
        }
    }

    /// The interval of a number printed with this qualifier, reaching `slack` beyond it where it has an end.
    ///
    /// An exact number with slack was rounded: 2.69万 is 26900 with a slack of 50. `None` where an end does not fit
    /// a [`Decimal`].
    pub fn bounds(self, number: Decimal, slack: Decimal) -> Option<Bounds> {
        use Bound::{Closed, Open, Unbounded};
        let below = number.checked_sub(slack)?;
        let above = number.checked_add(slack)?;
        let (lower, upper) = match self {
            Qualifier::Exact | Qualifier::About => (Closed(below), Closed(above)),
            Qualifier::SomewhatMore => (Open(number), Open(above)),
            Qualifier::MoreThan => (Open(number), Unbounded),
            Qualifier::AtLeast => (Closed(number), Unbounded),
            Qualifier::Nearly => (Closed(below), Open(number)),
            Qualifier::AtMost => (Unbounded, Closed(number)),
        };
        Some(Bounds { lower, upper })
    }

    /// The qualifier of a sum of two qualified numbers: exact + 余 is 余, and what opens both ways is 约.
    pub fn plus(self, other: Qualifier) -> Qualifier {
        use Qualifier::{About, AtLeast, AtMost, Exact, MoreThan, Nearly, SomewhatMore};
        match (self, other) {
            (Exact, q) | (q, Exact) => q,
            (About, _) | (_, About) => About,
            (Nearly, Nearly) => Nearly,
            (Nearly | AtMost, Nearly | AtMost) => AtMost,
            (Nearly | AtMost, _) | (_, Nearly | AtMost) => About,
            (SomewhatMore, SomewhatMore) => SomewhatMore,
            (AtLeast, AtLeast) => AtLeast,
            // A strict lower end on either side makes the sum's lower end strict.
            (SomewhatMore | MoreThan | AtLeast, SomewhatMore | MoreThan | AtLeast) => MoreThan,
        }
    }

    /// The qualifier of the number with its sign turned: more than 5 becomes less than minus 5.
    pub fn reversed(self) -> Qualifier {
        match self {
            Qualifier::Exact => Qualifier::Exact,
            Qualifier::About => Qualifier::About,
            Qualifier::SomewhatMore => Qualifier::Nearly,
            Qualifier::Nearly => Qualifier::SomewhatMore,
            Qualifier::MoreThan | Qualifier::AtLeast => Qualifier::AtMost,
            Qualifier::AtMost => Qualifier::AtLeast,
        }
    }

    /// Whether the true number may lie above the printed one.
    pub fn opens_upwards(self) -> bool {
        matches!(
            self,
            Qualifier::SomewhatMore | Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::About
        )
    }

    /// Whether the true number may lie below the printed one.
    pub fn opens_downwards(self) -> bool {
        matches!(self, Qualifier::Nearly | Qualifier::About | Qualifier::AtMost)
    }
}

impl Bounds {
    /// Whether the interval holds the number.
    pub fn contains(&self, number: Decimal) -> bool {
        let above = match self.lower {
            Bound::Unbounded => true,
            Bound::Open(end) => number > end,
            Bound::Closed(end) => number >= end,
        };
        let below = match self.upper {
            Bound::Unbounded => true,
            Bound::Open(end) => number < end,
            Bound::Closed(end) => number <= end,
        };
        above && below
    }

    /// Whether it holds no number, as 2000余 with a stated slack of 0 does; it must not be counted as beyond itself.
    fn is_empty(&self) -> bool {
        ends_before(self.upper, self.lower)
    }

    /// How this interval stands to another; `None` where they overlap and the order of the true numbers is unknown.
    pub fn order(&self, other: &Bounds) -> Option<Ordering> {
        if let (Bound::Closed(a), Bound::Closed(b)) = (self.lower, self.upper)
            && a == b
            && self == other
        {
            return Some(Ordering::Equal);
        }
        if ends_before(self.upper, other.lower) {
            return Some(Ordering::Less);
        }
        ends_before(other.upper, self.lower).then_some(Ordering::Greater)
    }
}

/// How many of these intervals lie certainly above each of them: wholly beyond its upper end.
///
/// By bisection over the sorted ends, so that thousands are placed at once.
pub fn certainly_above(all: &[Bounds]) -> Vec<usize> {
    let mut ends: Vec<Bound> = all.iter().map(|bounds| bounds.lower).collect();
    // An open lower end begins just behind a closed one at the same number.
    ends.sort_by_key(|end| match *end {
        Bound::Unbounded => None,
        Bound::Closed(at) => Some((at, false)),
        Bound::Open(at) => Some((at, true)),
    });
    let above = |bounds: &Bounds| ends.len() - ends.partition_point(|end| !ends_before(bounds.upper, *end));
    let above = |bounds: &Bounds| above(bounds) - usize::from(bounds.is_empty());
    all.iter().map(above).collect()
}

/// How many of these intervals lie certainly below each of them: wholly before its lower end; see [`certainly_above`].
pub fn certainly_below(all: &[Bounds]) -> Vec<usize> {
    let mut ends: Vec<Bound> = all.iter().map(|bounds| bounds.upper).collect();
    // An open upper end stops just before a closed one at the same number; no end at all comes last.
    ends.sort_by_key(|end| match *end {
        Bound::Open(at) => (false, at, false),
        Bound::Closed(at) => (false, at, true),
        Bound::Unbounded => (true, Decimal::ZERO, true),
    });
    let below = |bounds: &Bounds| ends.partition_point(|end| ends_before(*end, bounds.lower));
    let below = |bounds: &Bounds| below(bounds) - usize::from(bounds.is_empty());
    all.iter().map(below).collect()
}

fn ends_before(upper: Bound, lower: Bound) -> bool {
    match (upper, lower) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Closed(a), Bound::Closed(b)) => a < b,
        (Bound::Open(a) | Bound::Closed(a), Bound::Open(b) | Bound::Closed(b)) => a <= b,
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
    fn each_word_is_an_interval() {
        let check = |word: &str, number: &str, inside: &[&str], outside: &[&str]| {
            let (qualifier, number) = (Qualifier::from_word(word).unwrap(), decimal(number));
            let bounds = qualifier
                .bounds(number, qualifier.usual_slack(number).unwrap())
                .unwrap();
            inside
                .iter()
                .for_each(|n| assert!(bounds.contains(decimal(n)), "{word} {number} {n}"));
            outside
                .iter()
                .for_each(|n| assert!(!bounds.contains(decimal(n)), "{word} {number} {n}"));
        };
        check("", "5", &["5"], &["4", "6"]);
        check("余", "2000", &["2001", "2999"], &["2000", "3000"]);
        check("余", "230", &["231"], &["230", "240"]);
        check("多", "9000000", &["9500000"], &["9000000", "10000000"]);
        check("超", "50000", &["50001", "9000000"], &["50000"]);
        check("以上", "3", &["3", "4"], &["2"]);
        check("近", "100", &["99", "90"], &["100", "89"]);
        check("约", "100", &["90", "110"], &["89", "111"]);
        check("以内", "10", &["1", "10"], &["11"]);
    }

    #[test]
    fn a_sum_is_never_more_certain_than_its_parts() {
        use Qualifier::*;
        assert_eq!(Exact.plus(SomewhatMore), SomewhatMore);
        assert_eq!(AtLeast.plus(MoreThan), MoreThan);
        assert_eq!(MoreThan.plus(AtMost), About);
        assert_eq!(Exact.plus(Exact), Exact);
    }

    #[test]
    fn overlapping_intervals_have_no_order() {
        let over_two_thousand = Qualifier::SomewhatMore
            .bounds(decimal("2000"), decimal("1000"))
            .unwrap();
        let exact = |n: &str| Qualifier::Exact.bounds(decimal(n), Decimal::ZERO).unwrap();
        assert_eq!(over_two_thousand.order(&exact("2500")), None);
        assert_eq!(over_two_thousand.order(&exact("3000")), Some(Ordering::Less));
        assert_eq!(over_two_thousand.order(&exact("2000")), Some(Ordering::Greater));
        assert_eq!(exact("7").order(&exact("7")), Some(Ordering::Equal));
    }

    fn any_qualifier() -> impl Strategy<Value = Qualifier> {
        proptest::sample::select(Qualifier::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn adding_is_commutative_and_exact_only_when_both_are(a in any_qualifier(), b in any_qualifier()) {
            prop_assert_eq!(a.plus(b), b.plus(a));
            prop_assert_eq!(a.plus(b) == Qualifier::Exact, a == Qualifier::Exact && b == Qualifier::Exact);
        }

        #[test]
        fn counting_by_bisection_is_counting_one_by_one(
            values in proptest::collection::vec((any_qualifier(), 0i64..12, 1i64..4), 1..24)
        ) {
            let all: Vec<Bounds> = values
                .into_iter()
                .filter_map(|(qualifier, number, slack)| qualifier.bounds(number.into(), slack.into()))
                .collect();
            let one_by_one = |order: Ordering| -> Vec<usize> {
                let count = |bounds: &Bounds| {
                    all.iter().filter(|other| other.order(bounds) == Some(order)).count()
                };
                all.iter().map(count).collect()
            };
            prop_assert_eq!(certainly_above(&all), one_by_one(Ordering::Greater));
            prop_assert_eq!(certainly_below(&all), one_by_one(Ordering::Less));
        }

        #[test]
        fn every_code_reads_back(qualifier in any_qualifier()) {
            prop_assert_eq!(Qualifier::from_word(qualifier.code()), Some(qualifier));
        }
    }
}
