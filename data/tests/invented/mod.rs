//! A small made-up country, so that a test can say what the real catalogue has no case of.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "each test file uses a part of it, and helpers of tests fail by panicking"
)]

use std::sync::Arc;

use data::definitions::{BUILT_IN, Catalogue, DefinitionFiles};
use data::{
    Dataset, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources,
    PeriodBasis, Qualifier, Source,
};

/// One nation; a province with two prefectures and a county of its own; three counties and two.
pub const ORG_UNITS: &str = "code,name_zh,name_en,level,parent,opened,closed
1,国,Nation,national,,,
2,省,Province,province,1,,
31,东市,East,prefecture,2,,
32,西市,West,prefecture,2,,
33,直县,Direct,county,2,,
41,甲县,A,county,31,,
42,乙县,B,county,31,,
43,丙县,C,county,31,,
44,丁县,D,county,32,,
45,戊县,E,county,32,,
";

const HEADER: &str = "code,name_zh,name_en,definition_zh,definition_en,unit,decimals,group,kind,roll_up,time_rule,direction,minimum,maximum,definition_version,definition_since,usual_factor,prominence,part_of,parts\n";

/// Indicators by their lines, without the names and definitions, which are made from the code.
pub fn catalogue(indicators: &[&str], org_units: &str) -> Catalogue {
    let line = |line: &&str| {
        let (code, rest) = line.split_once(',').unwrap();
        // Most say nothing of parts.
        let commas = ",".repeat(14usize.saturating_sub(rest.matches(',').count()));
        format!("{code},指标{code},Indicator {code},定义,Definition,{rest}{commas}\n")
    };
    let indicators = HEADER.to_owned() + &indicators.iter().map(line).collect::<String>();
    let (catalogue, issues) = Catalogue::read(DefinitionFiles {
        indicators: indicators.as_bytes(),
        org_units: org_units.as_bytes(),
        ..BUILT_IN
    });
    assert!(issues.is_empty(), "{issues:?}");
    catalogue
}

/// Firms, counted at a moment, added up over the tree, more being better.
pub const FIRMS: &str = "firms,firm,0,chambers,reported,sum,stock,more,0,,1,,,";

/// A figure such as `2000余`, or `-` for one that was not reported.
pub fn observation(indicator: &str, org_unit: &str, period: &str, value: &str) -> Observation {
    let digits = value.trim_start_matches(|c: char| !c.is_ascii_digit());
    let number = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
    let word = value.replace(number, "");
    let value = (word != "-").then(|| {
        ObservationValue::new(number.parse().unwrap(), Qualifier::from_word(&word).unwrap()).unwrap()
    });
    Observation {
        key: ObservationKey {
            indicator: indicator.into(),
            org_unit: org_unit.into(),
            period: period.parse().unwrap(),
        },
        value,
        denominator: None,
        status: value.map_or(ObservationStatus::O, |_| ObservationStatus::A),
        origin: Origin::Printed,
        period_basis: PeriodBasis::Stated,
        source: source("年报"),
        other_sources: OtherSources::None,
        comment: None,
        vintage: 1,
    }
}

/// A document of the federation.
pub fn source(document: &str) -> Source {
    Source {
        document: document.into(),
        publisher: "工商联".into(),
        published: "2023-01-31".parse().unwrap(),
        place: String::new(),
    }
}

/// The dataset of these figures.
pub fn dataset(catalogue: Catalogue, observations: Vec<Observation>) -> Dataset {
    Dataset::new("1".into(), Arc::new(catalogue), observations)
}
