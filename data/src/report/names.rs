use std::collections::HashMap;

use crate::definitions::Catalogue;
use crate::{UnitMeasure, UnitMultiplier};

/// What the names in a report stand for, however they are spaced, quoted and numbered.
///
/// Made once for a file. Org units are known by name only within the unit that reports and below it: 朝阳 stands in many
/// provinces. By code every unit is known, so that a foreign one can be refused by name.
#[derive(Debug)]
pub struct Names<'a> {
    catalogue: &'a Catalogue,
    indicators: HashMap<String, usize>,
    org_units: HashMap<String, Vec<usize>>,
}

/// A header or a cell split into the name and the unit in brackets behind it: `捐款捐物（万元）`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The name in its plain form.
    pub name: String,
    /// What stands in the last brackets, or behind `单位:`.
    pub unit: String,
}

impl<'a> Names<'a> {
    /// The names of the catalogue for a report of this unit; `mapping` is what people said of headers before. What the
    /// catalogue itself calls something stays that, whatever anybody says of it.
    pub fn new(catalogue: &'a Catalogue, org_unit: &str, mapping: &[(String, String)]) -> Names<'a> {
        let mut indicators = HashMap::new();
        for (at, indicator) in catalogue.indicators.iter().enumerate() {
            for name in [&indicator.code, &indicator.name.zh, &indicator.name.en] {
                indicators.insert(plain(name), at);
            }
        }
        let mut names = Names {
            catalogue,
            indicators,
            org_units: org_units(catalogue, org_unit),
        };
        let explained = mapping.iter().filter_map(|(header, code)| {
            let name = named(header).name;
            let at = catalogue.indicator_index(code)?;
            names.indicator(&name).is_none().then_some((name, at))
        });
        let explained: Vec<(String, usize)> = explained.collect();
        names.indicators.extend(explained);
        names
    }

    /// The indicator of this name or code, by its place in the catalogue.
    pub fn indicator(&self, name: &str) -> Option<usize> {
        // People write 纳税企业 for 纳税企业数, and the other way round.
        let without = name.strip_suffix('数').unwrap_or(name);
        let find = |name: &str| self.indicators.get(name).copied();
        find(name)
            .or_else(|| find(without))
            .or_else(|| find(&format!("{name}数")))
    }

    /// The org units of this name or code, by their places in the catalogue: mostly one, but 市中区 is in two cities of a
    /// province.
    pub fn org_units(&self, name: &str) -> &[usize] {
        self.org_units.get(name).map_or(&[], Vec::as_slice)
    }

    /// The org unit that a header or a cell names and no other; by code it may be one that the report must not speak of.
    pub fn org_unit(&self, name: &str) -> Option<usize> {
        match self.org_units(name) {
            [one] => Some(*one),
            [] => self.catalogue.org_units.index(name),
            _ => None,
        }
    }
}

fn org_units(catalogue: &Catalogue, root: &str) -> HashMap<String, Vec<usize>> {
    let (mut found, mut short): (HashMap<String, Vec<usize>>, HashMap<String, Vec<usize>>) =
        Default::default();
    let mut waiting: Vec<&str> = vec![root];
    while let Some(code) = waiting.pop() {
        waiting.extend(
            catalogue
                .org_units
                .children(code)
                .map(|child| child.code.as_str()),
        );
        let Some(at) = catalogue.org_units.index(code) else {
            continue;
        };
        let unit = &catalogue.org_units.all()[at];
        let mut names = [&unit.code, &unit.name.zh, &unit.name.en]
            .map(|name| plain(name))
            .to_vec();
        names.dedup();
        // The word without 市, 县 or 区 is what people write in a hurry.
        let kinds = ["市", "县", "区"];
        let stems = kinds
            .iter()
            .filter_map(|kind| plain(&unit.name.zh).strip_suffix(kind).map(str::to_owned));
        for stem in stems.filter(|stem| stem.chars().count() > 1) {
            short.entry(stem).or_default().push(at);
        }
        for name in names {
            found.entry(name).or_default().push(at);
        }
    }
    // A whole name is never taken for the beginning of another.
    for (stem, units) in short {
        found.entry(stem).or_insert(units);
    }
    found
}

/// A text without what does not make a name: white space, quotation marks, the width of letters, a number before it.
pub fn plain(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"'‘’「」*※:：".contains(*c));
    let narrow: String = kept
        .map(|c| match u32::from(c) {
            code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    let unnumbered = narrow.trim_start_matches(|c: char| c.is_ascii_digit());
    match unnumbered.strip_prefix(['.', '、', ')']) {
        Some(rest) => rest.to_owned(),
        None => narrow,
    }
}

/// A text as name and unit: `捐款捐物总额（万元）`, `捐款捐物总额(单位：万元)`, `捐款捐物总额,万元`.
pub fn named(text: &str) -> Named {
    let text = plain(text);
    let bracketed = text
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once('('))
        .or_else(|| text.rsplit_once(','));
    let (name, unit) = bracketed.unwrap_or((&text, ""));
    Named {
        name: name.to_owned(),
        unit: unit.trim_start_matches("单位").to_owned(),
    }
}

/// A unit in words as a multiplier and the rest: 万元 is 万 and 元. `None` where the rest is not the indicator's unit.
pub fn unit_multiplier(words: &str, unit: &UnitMeasure, all: &[UnitMeasure]) -> Option<UnitMultiplier> {
    if words.is_empty() || is_word_of(words, unit, all) {
        return Some(UnitMultiplier::Ones);
    }
    let multiplied = ["十亿", "百万", "亿", "万", "千"]
        .into_iter()
        .find_map(|word| Some((UnitMultiplier::from_word(word)?, words.strip_prefix(word)?)));
    let (multiplier, rest) = multiplied?;
    (rest.is_empty() || is_word_of(rest, unit, all)).then_some(multiplier)
}

/// Whether a word says this unit, or another of the same dimension, which counts the same things: 场次 for 次.
fn is_word_of(word: &str, unit: &UnitMeasure, all: &[UnitMeasure]) -> bool {
    let says = |other: &UnitMeasure| {
        other.dimension == unit.dimension
            && [&other.zh, &other.code, &other.en_one, &other.en_many]
                .into_iter()
                .any(|name| plain(name) == word)
    };
    all.iter().any(says) || unit.code == "yuan" && word == "人民币元"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::BUILT_IN;

    #[test]
    fn a_name_is_known_however_it_is_written() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let mapping = [("交税的企业".to_owned(), "taxpaying_firms".to_owned())];
        let names = Names::new(&catalogue, "371482", &mapping);
        let check = |text: &str, expected: &str| {
            let found = names
                .indicator(&named(text).name)
                .map(|at| catalogue.indicators[at].code.as_str());
            assert_eq!(found, Some(expected), "{text}");
        };
        check("纳税企业数", "taxpaying_firms");
        check("3、纳税企业（家）", "taxpaying_firms");
        check("万企兴万村 投入资金（万元）", "village_scheme_investment");
        check("Tax-paying firms", "taxpaying_firms");
        check("交税的企业 (家)", "taxpaying_firms");
    }

    #[test]
    fn what_the_catalogue_names_cannot_be_explained_otherwise() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let mapping = ["taxpaying_firms", "纳税企业数", "纳税企业"]
            .map(|header| (header.to_owned(), "training_sessions".to_owned()));
        let names = Names::new(&catalogue, "371482", &mapping);
        let expected = catalogue.indicator_index("taxpaying_firms");
        for (header, _) in &mapping {
            assert_eq!(names.indicator(&named(header).name), expected, "{header}");
        }
    }

    #[test]
    fn units_are_known_by_name_only_where_the_report_is_from() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let names = Names::new(&catalogue, "371400", &[]);
        let code = |name: &str| {
            names
                .org_unit(name)
                .map(|at| catalogue.org_units.all()[at].code.as_str())
        };
        assert_eq!(code("禹城市"), Some("371482"));
        assert_eq!(code("禹城"), Some("371482"));
        assert_eq!(code("朝阳区"), None);
        let shandong = Names::new(&catalogue, "370000", &[]);
        assert_eq!(
            (shandong.org_units("市中区").len(), shandong.org_unit("市中区")),
            (2, None)
        );
        assert_eq!(code("110105"), Some("110105"));
    }

    #[test]
    fn a_unit_in_words_may_carry_a_multiplier() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let check = |words: &str, unit: &str, expected| {
            let unit = catalogue.unit(unit).unwrap();
            assert_eq!(
                unit_multiplier(words, unit, &catalogue.units),
                expected,
                "{words}"
            );
        };
        check("万元", "yuan", Some(UnitMultiplier::TenThousands));
        check("亿元", "yuan", Some(UnitMultiplier::HundredMillions));
        check("元", "yuan", Some(UnitMultiplier::Ones));
        check("次", "session", Some(UnitMultiplier::Ones));
        check("家", "yuan", None);
    }
}
