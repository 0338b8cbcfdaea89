use serde::{Deserialize, Serialize};

use crate::{Decimal, Lang};

/// What an indicator counts: SDMX UNIT_MEASURE. The Chinese classifier and the English noun belong to the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitMeasure {
    /// The code, such as `firm` or `yuan`.
    pub code: String,
    /// The Chinese classifier or unit, such as 家 or 元.
    pub zh: String,
    /// The English noun for one.
    pub en_one: String,
    /// The English noun for many.
    pub en_many: String,
    /// What kind of quantity it is.
    pub kind: UnitKind,
    /// What is counted, whatever the classifier: 场次, 期 and 次 are all occasions and may share an axis.
    pub dimension: String,
}

/// The kinds of quantity that are written differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Things that are counted.
    Count,
    /// Money, grouped as 万元 and 亿元.
    Money,
    /// An area.
    Area,
    /// A place in an order, of which less is better.
    Rank,
    /// A calendar year, written without grouping.
    Year,
    /// One quantity per another.
    Ratio,
}

impl UnitKind {
    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<UnitKind> {
        Some(match code {
            "count" => UnitKind::Count,
            "money" => UnitKind::Money,
            "area" => UnitKind::Area,
            "rank" => UnitKind::Rank,
            "year" => UnitKind::Year,
            "ratio" => UnitKind::Ratio,
            _ => return None,
        })
    }
}

impl UnitMeasure {
    /// A unit whose words are its code; for tests and for data that names no catalogue.
    pub fn plain(code: &str, kind: UnitKind) -> UnitMeasure {
        let word = code.to_owned();
        UnitMeasure {
            code: word.clone(),
            zh: word.clone(),
            en_one: word.clone(),
            en_many: word.clone(),
            kind,
            dimension: word,
        }
    }

    /// The word for `count` of it.
    pub fn word(&self, lang: Lang, count: Decimal) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En if count == Decimal::ONE => &self.en_one,
            Lang::En => &self.en_many,
        }
    }
}

/// The power of ten a printed number stands for: SDMX UNIT_MULT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum UnitMultiplier {
    /// 1.
    #[default]
    Ones,
    /// 千, 10^3.
    Thousands,
    /// 万, 10^4.
    TenThousands,
    /// 百万, 10^6.
    Millions,
    /// 亿, 10^8.
    HundredMillions,
    /// 10^9.
    Billions,
}

impl UnitMultiplier {
    /// The power of ten.
    pub fn exponent(self) -> u8 {
        match self {
            UnitMultiplier::Ones => 0,
            UnitMultiplier::Thousands => 3,
            UnitMultiplier::TenThousands => 4,
            UnitMultiplier::Millions => 6,
            UnitMultiplier::HundredMillions => 8,
            UnitMultiplier::Billions => 9,
        }
    }

    /// The factor itself.
    pub fn factor(self) -> Decimal {
        Decimal::from(10i64.pow(self.exponent().into()))
    }

    /// The multiplier a word or an SDMX code (the exponent) stands for.
    pub fn from_word(word: &str) -> Option<UnitMultiplier> {
        Some(match word {
            "" | "0" | "1" => UnitMultiplier::Ones,
            "3" | "千" => UnitMultiplier::Thousands,
            "4" | "万" => UnitMultiplier::TenThousands,
            "6" | "百万" => UnitMultiplier::Millions,
            "8" | "亿" => UnitMultiplier::HundredMillions,
            "9" | "十亿" => UnitMultiplier::Billions,
            _ => return None,
        })
    }

    /// Half a unit of the last digit printed: 2.69 in 万 was rounded by at most 50.
    ///
    /// A number printed in ones is taken as counted, not rounded, so its slack is zero.
    pub fn rounding(self, printed_decimals: u8) -> Decimal {
        self.rounding_at(i8::try_from(printed_decimals).unwrap_or(i8::MAX))
    }

    /// The same where the last printed digit may stand before the point: 3千万 is 3000万, rounded to thousands of them.
    pub fn rounding_at(self, printed_decimals: i8) -> Decimal {
        if self == UnitMultiplier::Ones {
            return Decimal::ZERO;
        }
        let exponent = (self.exponent() as i8).saturating_sub(printed_decimals);
        Decimal::power_of_ten(exponent)
            .and_then(|unit| unit.checked_div(2.into(), 18))
            .unwrap_or(Decimal::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_in_ten_thousands_was_rounded_to_its_last_digit() {
        let check = |multiplier: UnitMultiplier, decimals, expected: &str| {
            assert_eq!(multiplier.rounding(decimals).to_string(), expected);
        };
        check(UnitMultiplier::TenThousands, 2, "50");
        check(UnitMultiplier::HundredMillions, 1, "5000000");
        check(UnitMultiplier::Ones, 0, "0");
    }

    #[test]
    fn words_and_sdmx_codes_name_the_same_multiplier() {
        assert_eq!(UnitMultiplier::from_word("万"), UnitMultiplier::from_word("4"));
        assert_eq!(
            UnitMultiplier::from_word("亿").unwrap().factor(),
            100_000_000.into()
        );
        assert_eq!(UnitMultiplier::from_word("打"), None);
    }
}
