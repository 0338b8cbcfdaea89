use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::Names;

/// A place in the tree of the federation: the nation, an area, or a chamber below one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgUnit {
    /// GB/T 2260 for areas, such as `371482`; our own below.
    pub code: String,
    /// The name, without the names of those above it.
    pub name: Names,
    /// The level.
    pub level: Level,
    /// The code of the unit above; none for the nation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parent: Option<String>,
    /// The day from which it exists, where known (ISO 8601).
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        with = "crate::period::day::option"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Option<chrono::NaiveDate>"))]
    pub opened: Option<chrono::NaiveDate>,
    /// The day on which it ceased to exist, where it did.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        with = "crate::period::day::option"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Option<chrono::NaiveDate>"))]
    pub closed: Option<chrono::NaiveDate>,
}

impl OrgUnit {
    /// Whether it was there on a day, as far as its dates are known: a figure of a period is reported at its end, by
    /// the units there are then.
    pub fn exists_on(&self, day: chrono::NaiveDate) -> bool {
        self.opened.is_none_or(|opened| opened <= day) && self.closed.is_none_or(|closed| day < closed)
    }
}

/// The levels of the tree, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 全国.
    National,
    /// 省级.
    Province,
    /// 地级.
    Prefecture,
    /// 县级.
    County,
    /// 乡级.
    Township,
    /// 商会.
    Chamber,
}

impl Level {
    /// Every level, from the top.
    pub const ALL: [Level; 6] = [
        Level::National,
        Level::Province,
        Level::Prefecture,
        Level::County,
        Level::Township,
        Level::Chamber,
    ];

    /// The code used in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Level::National => "national",
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
            Level::Township => "township",
            Level::Chamber => "chamber",
        }
    }

    /// The level with this code.
    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// All org units, in the order of their file, with the way up and down the tree.
#[derive(Debug, Clone, Default)]
pub struct OrgUnits {
    units: Vec<OrgUnit>,
    by_code: HashMap<String, usize>,
    children: HashMap<String, Vec<usize>>,
}

impl OrgUnits {
    /// The tree of these units. Codes are unique and parents known: [`crate::definitions`] checks that.
    pub fn new(units: Vec<OrgUnit>) -> OrgUnits {
        let by_code = units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.code.clone(), at))
            .collect();
        let mut children: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            if let Some(parent) = &unit.parent {
                children.entry(parent.clone()).or_default().push(at);
            }
        }
        OrgUnits {
            units,
            by_code,
            children,
        }
    }

    /// The unit above all others: the first without a parent.
    pub fn top(&self) -> Option<&OrgUnit> {
        self.units.iter().find(|unit| unit.parent.is_none())
    }

    /// Every unit, in file order.
    pub fn all(&self) -> &[OrgUnit] {
        &self.units
    }

    /// The unit with this code.
    pub fn get(&self, code: &str) -> Option<&OrgUnit> {
        self.index(code).map(|at| &self.units[at])
    }

    /// Where the unit with this code stands in [`OrgUnits::all`].
    pub fn index(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The units directly below, in file order.
    pub fn children(&self, code: &str) -> impl Iterator<Item = &OrgUnit> {
        self.children
            .get(code)
            .into_iter()
            .flatten()
            .map(|at| &self.units[*at])
    }

    /// The units above, from the nation down, without the unit itself.
    pub fn ancestors(&self, code: &str) -> Vec<&OrgUnit> {
        let mut path = Vec::new();
        let mut above = self.get(code).and_then(|unit| unit.parent.as_deref());
        // A tree of six levels: a longer walk would be a cycle, which the definitions' check refuses.
        while let Some(unit) = above
            .and_then(|code| self.get(code))
            .filter(|_| path.len() < Level::ALL.len())
        {
            path.push(unit);
            above = unit.parent.as_deref();
        }
        path.reverse();
        path
    }

    /// The unit and all below it, each behind the one above it; nothing where there is no such unit.
    pub fn below(&self, code: &str) -> Vec<&OrgUnit> {
        let mut units: Vec<&OrgUnit> = self.get(code).into_iter().collect();
        let mut next = 0;
        while let Some(unit) = units.get(next).copied() {
            units.extend(self.children(&unit.code));
            next += 1;
        }
        units
    }

    /// Whether a unit is another, or below it.
    pub fn is_within(&self, code: &str, other: &str) -> bool {
        code == other || self.ancestors(code).iter().any(|above| above.code == other)
    }

    /// Units whose code, Chinese name or English name contains `words`, best first: a whole name, then a beginning,
    /// then anywhere; at each, the higher level first. Case and apostrophes do not count.
    pub fn search(&self, words: &str, most: usize) -> Vec<&OrgUnit> {
        let wanted = folded(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, Level, usize)> = self
            .units
            .iter()
            .enumerate()
            .filter_map(|(at, unit)| match_rank(unit, &wanted).map(|rank| (rank, unit.level, at)))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .take(most)
            .map(|(_, _, at)| &self.units[at])
            .collect()
    }
}

fn match_rank(unit: &OrgUnit, wanted: &str) -> Option<u8> {
    let names = [unit.code.clone(), folded(&unit.name.zh), folded(&unit.name.en)];
    let rank_of = |name: &String| {
        let at = name.find(wanted)?;
        Some(match (at, name.len() == wanted.len()) {
            (_, true) => 0,
            (0, false) => 1,
            _ => 2,
        })
    };
    names.iter().filter_map(rank_of).min()
}

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\'' | '’' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, zh: &str, en: &str, level: Level, parent: Option<&str>) -> OrgUnit {
        OrgUnit {
            code: code.into(),
            name: Names {
                zh: zh.into(),
                en: en.into(),
            },
            level,
            parent: parent.map(Into::into),
            opened: None,
            closed: None,
        }
    }

    fn tree() -> OrgUnits {
        OrgUnits::new(vec![
            unit("100000", "中国", "China", Level::National, None),
            unit("370000", "山东省", "Shandong", Level::Province, Some("100000")),
            unit("371400", "德州市", "Dezhou", Level::Prefecture, Some("370000")),
            unit("371482", "禹城市", "Yucheng", Level::County, Some("371400")),
            unit("610100", "西安市", "Xi'an", Level::Prefecture, Some("100000")),
        ])
    }

    #[test]
    fn a_unit_is_within_itself_and_those_above_it() {
        let tree = tree();
        let codes = |code| -> Vec<String> {
            let units = tree.below(code).into_iter();
            units.map(|unit| unit.code.clone()).collect()
        };
        assert_eq!(codes("370000"), ["370000", "371400", "371482"]);
        assert_eq!(codes("nowhere"), Vec::<String>::new());
        assert!(tree.is_within("371482", "371482") && tree.is_within("371482", "370000"));
        assert!(!tree.is_within("370000", "371482") && !tree.is_within("371482", "610100"));
    }

    #[test]
    fn yucheng_is_found_by_name_pinyin_and_code() {
        for words in ["禹城", "yucheng", "Yuch", "371482", "3714 82"] {
            assert!(
                tree().search(words, 8).iter().any(|unit| unit.code == "371482"),
                "{words}"
            );
        }
        assert_eq!(tree().search("xian", 8)[0].name.zh, "西安市");
        assert!(tree().search("  ", 8).is_empty());
    }

    #[test]
    fn a_unit_exists_from_the_day_it_opened_until_the_day_before_it_closed() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let yucheng = OrgUnit {
            opened: Some(day("2019-01-01")),
            closed: Some(day("2021-06-01")),
            ..unit("371482", "禹城市", "Yucheng", Level::County, None)
        };
        let check = |text: &str, exists| assert_eq!(yucheng.exists_on(day(text)), exists, "{text}");
        check("2018-12-31", false);
        check("2019-01-01", true);
        check("2021-05-31", true);
        check("2021-06-01", false);
    }

    #[test]
    fn a_county_level_city_stands_under_its_prefecture_level_city() {
        let names: Vec<&str> = ["中国", "山东省", "德州市"].into_iter().collect();
        let tree = tree();
        let path: Vec<&str> = tree
            .ancestors("371482")
            .iter()
            .map(|unit| unit.name.zh.as_str())
            .collect();
        assert_eq!(path, names);
        assert!(tree.children("371400").any(|unit| unit.name.zh == "禹城市"));
    }
}
