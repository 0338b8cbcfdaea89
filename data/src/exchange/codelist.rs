use crate::definitions::Catalogue;
use crate::{Indicator, Lang, Names, ObservationStatus, OrgUnit, Phrase, Qualifier, UnitMeasure, label};

/// The code lists of the data structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The indicators.
    Indicator,
    /// The org units, each with the one above it as its parent.
    RefArea,
    /// The kinds of period.
    PeriodKind,
    /// SDMX CL_OBS_STATUS, the codes that occur here.
    ObsStatus,
    /// The words that qualify a number.
    Qualifier,
    /// The units of measure.
    UnitMeasure,
    /// SDMX CL_UNIT_MULT: the power of ten.
    UnitMult,
    /// Whether the source states the period.
    PeriodBasis,
    /// How a value came out of its source.
    Origin,
}

/// A list of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codelist {
    /// Which.
    pub list: List,
    /// Its codes.
    pub codes: Vec<Code>,
}

/// A code and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// What it means, where the name does not say all.
    pub description: Option<Names>,
    /// The code above it, of the same list.
    pub parent: Option<String>,
}

impl List {
    /// Every list.
    pub const ALL: [List; 9] = [
        List::Indicator,
        List::RefArea,
        List::PeriodKind,
        List::ObsStatus,
        List::Qualifier,
        List::UnitMeasure,
        List::UnitMult,
        List::PeriodBasis,
        List::Origin,
    ];

    /// Its id in SDMX.
    pub fn id(self) -> &'static str {
        match self {
            List::Indicator => "CL_INDICATOR",
            List::RefArea => "CL_REF_AREA",
            List::PeriodKind => "CL_PERIOD_KIND",
            List::ObsStatus => "CL_OBS_STATUS",
            List::Qualifier => "CL_QUALIFIER",
            List::UnitMeasure => "CL_UNIT_MEASURE",
            List::UnitMult => "CL_UNIT_MULT",
            List::PeriodBasis => "CL_PERIOD_BASIS",
            List::Origin => "CL_ORIGIN",
        }
    }

    /// Its name.
    pub fn name(self) -> Phrase {
        let (zh, en) = match self {
            List::Indicator => ("指标", "Indicators"),
            List::RefArea => ("地区与单位", "Areas and org units"),
            List::PeriodKind => ("期间类型", "Kinds of period"),
            List::ObsStatus => ("数据状态", "Observation statuses"),
            List::Qualifier => ("限定词", "Qualifiers"),
            List::UnitMeasure => ("计量单位", "Units of measure"),
            List::UnitMult => ("数量级", "Unit multipliers"),
            List::PeriodBasis => ("期间依据", "Bases of the period"),
            List::Origin => ("取得方式", "Origins of values"),
        };
        Phrase::new(zh, en)
    }

    /// The list with its codes.
    pub fn codelist(self, catalogue: &Catalogue) -> Codelist {
        let codes = match self {
            List::Indicator => catalogue.indicators.iter().map(indicator).collect(),
            List::RefArea => catalogue.org_units.all().iter().map(org_unit).collect(),
            List::UnitMeasure => catalogue.units.iter().map(unit).collect(),
            List::ObsStatus => ObservationStatus::ALL.into_iter().map(status).collect(),
            List::Qualifier => Qualifier::ALL.into_iter().map(qualifier).collect(),
            List::PeriodKind => PERIOD_KINDS.iter().map(fixed).collect(),
            List::UnitMult => MULTIPLIERS.iter().map(fixed).collect(),
            List::PeriodBasis => BASES.iter().map(fixed).collect(),
            List::Origin => ORIGINS.iter().map(fixed).collect(),
        };
        Codelist { list: self, codes }
    }
}

impl Codelist {
    /// The name of a code; the code itself where the list lacks it.
    pub fn label<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        let code = self.codes.iter().find(|code| code.id == id);
        code.map_or(id, |code| code.name.get(lang))
    }
}

type Fixed = (&'static str, &'static str, &'static str);

const PERIOD_KINDS: [Fixed; 7] = [
    ("year", "年度", "Calendar year"),
    ("instant", "时点", "As of a date"),
    (
        "opening",
        "期初",
        "Opening of a window, some years before the date",
    ),
    ("year_to_date", "今年以来", "Year to date"),
    ("window", "近年", "The past years"),
    ("cumulative", "累计", "Since an unstated start"),
    ("streak", "连续", "Years in a row"),
];

const MULTIPLIERS: [Fixed; 6] = [
    ("0", "一", "Units"),
    ("3", "千", "Thousands"),
    ("4", "万", "Ten thousands"),
    ("6", "百万", "Millions"),
    ("8", "亿", "Hundred millions"),
    ("9", "十亿", "Billions"),
];

const BASES: [Fixed; 3] = [
    ("stated", "注明", "The source states the period"),
    ("unstated", "未注明", "The source states no period"),
    ("ambiguous", "两可", "The source can be read in two ways"),
];

const ORIGINS: [Fixed; 5] = [
    ("printed", "原文", "Printed in the source"),
    ("counted", "计数", "Counted from what the source lists"),
    ("derived", "推算", "Computed from other figures"),
    ("rolled_up", "合计", "Taken together from the units below"),
    ("synthetic", "合成", "Made up, for demonstration only"),
];

fn names(zh: &str, en: &str) -> Names {
    Names {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

fn plain(id: &str, name: Names) -> Code {
    Code {
        id: id.to_owned(),
        name,
        description: None,
        parent: None,
    }
}

fn fixed((id, zh, en): &Fixed) -> Code {
    plain(id, names(zh, en))
}

fn indicator(indicator: &Indicator) -> Code {
    Code {
        description: Some(indicator.definition.clone()),
        parent: indicator.part_of.clone(),
        ..plain(&indicator.code, indicator.name.clone())
    }
}

fn org_unit(unit: &OrgUnit) -> Code {
    Code {
        parent: unit.parent.clone(),
        ..plain(&unit.code, unit.name.clone())
    }
}

fn unit(unit: &UnitMeasure) -> Code {
    plain(&unit.code, names(&unit.zh, &unit.en_many))
}

fn status(status: ObservationStatus) -> Code {
    let name = |lang: Lang| label::status(status, lang).unwrap_or(lang.pick("正常值", "normal value"));
    plain(status.code(), names(name(Lang::Zh), name(Lang::En)))
}

fn qualifier(qualifier: Qualifier) -> Code {
    let (zh, en) = match qualifier {
        Qualifier::Exact => ("准确", "Exactly, as far as printed"),
        Qualifier::SomewhatMore => ("余、多", "Somewhat more than"),
        Qualifier::MoreThan => ("超、突破", "More than"),
        Qualifier::AtLeast => ("以上、达", "At least"),
        Qualifier::Nearly => ("近", "Nearly"),
        Qualifier::About => ("约", "About"),
        Qualifier::AtMost => ("以内", "At most"),
    };
    plain(qualifier.code(), names(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::BUILT_IN;
    use crate::read::PeriodWord;
    use crate::{Origin, PeriodBasis, UnitMultiplier};

    /// `id` in our model is `id` in the list, and nothing else is in it.
    fn check(list: List, known: impl Fn(&str) -> bool, count: usize) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let list = list.codelist(&catalogue);
        assert_eq!(list.codes.len(), count, "{:?}", list.list);
        for code in &list.codes {
            assert!(known(&code.id), "{:?} {}", list.list, code.id);
            assert!(
                !code.name.zh.is_empty() && !code.name.en.is_empty(),
                "{}",
                code.id
            );
        }
    }

    #[test]
    fn every_code_is_one_that_files_may_hold() {
        check(List::PeriodKind, |word| PeriodWord::from_word(word).is_some(), 7);
        check(
            List::UnitMult,
            |word| UnitMultiplier::from_word(word).is_some(),
            6,
        );
        check(
            List::PeriodBasis,
            |word| PeriodBasis::from_word(word).is_some(),
            3,
        );
        check(List::Origin, |word| Origin::from_word(word).is_some(), 5);
        check(List::Qualifier, |word| Qualifier::from_word(word).is_some(), 7);
        check(
            List::ObsStatus,
            |word| ObservationStatus::from_code(word).is_some(),
            13,
        );
    }

    #[test]
    fn a_county_stands_below_its_prefecture() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let list = List::RefArea.codelist(&catalogue);
        let yucheng = list.codes.iter().find(|code| code.id == "371482").unwrap();
        assert_eq!(yucheng.parent.as_deref(), Some("371400"));
        assert_eq!(list.label("371482", Lang::Zh), "禹城市");
    }
}
