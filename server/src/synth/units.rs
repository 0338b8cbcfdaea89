use data::{Level, Names, OrgUnit};

/// The ten heavenly stems, in which Chinese texts call the parties of an example.
const STEMS: [(&str, &str); 10] = [
    ("甲", "jia"),
    ("乙", "yi"),
    ("丙", "bing"),
    ("丁", "ding"),
    ("戊", "wu"),
    ("己", "ji"),
    ("庚", "geng"),
    ("辛", "xin"),
    ("壬", "ren"),
    ("癸", "gui"),
];

/// The twelve earthly branches.
const BRANCHES: [(&str, &str); 12] = [
    ("子", "zi"),
    ("丑", "chou"),
    ("寅", "yin"),
    ("卯", "mao"),
    ("辰", "chen"),
    ("巳", "si"),
    ("午", "woo"),
    ("未", "wei"),
    ("申", "shen"),
    ("酉", "you"),
    ("戌", "xu"),
    ("亥", "hai"),
];

/// A province holds ten prefectures of twelve counties, and there are ten provinces with a stem for a name and sixty
/// with one of the pairs of the sexagenary cycle.
pub const MOST_UNITS: usize = 70 * COUNTIES_OF_A_PROVINCE;
const COUNTIES_OF_A_PROVINCE: usize = STEMS.len() * BRANCHES.len();

/// The root of the built-in tree.
const NATION: &str = "100000";

/// So many counties with the prefectures and provinces above them, parents first. The names are no place's: 甲省, 甲乙市,
/// 甲乙子县. The codes begin with an S, which no code of GB/T 2260 does.
pub fn org_units(counties: usize) -> Vec<OrgUnit> {
    let mut units = Vec::new();
    for county in 0..counties.min(MOST_UNITS) {
        let (province, within) = (county / COUNTIES_OF_A_PROVINCE, county % COUNTIES_OF_A_PROVINCE);
        let (prefecture, branch) = (within / BRANCHES.len(), within % BRANCHES.len());
        let province_name = province_name(province);
        let province_code = format!("S{:02}", province + 1);
        let prefecture_name = joined(&province_name, STEMS[prefecture]);
        let prefecture_code = format!("{province_code}{:02}", prefecture + 1);
        if within == 0 {
            units.push(unit(&province_code, &province_name, Level::Province, NATION));
        }
        if branch == 0 {
            units.push(unit(
                &prefecture_code,
                &prefecture_name,
                Level::Prefecture,
                &province_code,
            ));
        }
        let county_name = joined(&prefecture_name, BRANCHES[branch]);
        let county_code = format!("{prefecture_code}{:02}", branch + 1);
        units.push(unit(&county_code, &county_name, Level::County, &prefecture_code));
    }
    units
}

fn province_name(province: usize) -> Names {
    let first = joined(&Names::default(), STEMS[province % STEMS.len()]);
    match province.checked_sub(STEMS.len()) {
        None => first,
        Some(pair) => joined(&first, BRANCHES[pair % BRANCHES.len()]),
    }
}

fn joined(before: &Names, (zh, en): (&str, &str)) -> Names {
    Names {
        zh: format!("{}{zh}", before.zh),
        en: format!("{}{en}", before.en),
    }
}

fn unit(code: &str, name: &Names, level: Level, parent: &str) -> OrgUnit {
    let (zh, en) = match level {
        Level::Province => ("省", "Province"),
        Level::Prefecture => ("市", "City"),
        _ => ("县", "County"),
    };
    let mut letters = name.en.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    OrgUnit {
        code: code.to_owned(),
        name: Names {
            zh: format!("{}{zh}", name.zh),
            en: format!("{first}{} {en}", letters.as_str()),
        },
        level,
        parent: Some(parent.to_owned()),
        opened: None,
        closed: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use data::definitions::{BUILT_IN, Catalogue};

    use super::*;

    #[test]
    fn no_invented_unit_has_the_code_or_name_of_another() {
        let units = org_units(MOST_UNITS);
        let distinct =
            |of: &dyn Fn(&OrgUnit) -> String| units.iter().map(of).collect::<HashSet<String>>().len();
        assert_eq!(distinct(&|unit| unit.code.clone()), units.len());
        assert_eq!(distinct(&|unit| unit.name.zh.clone()), units.len());
        assert_eq!(distinct(&|unit| unit.name.en.clone()), units.len());
    }

    #[test]
    fn no_invented_unit_has_the_name_of_a_real_one() {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let real: HashSet<&str> = catalogue
            .org_units
            .all()
            .iter()
            .map(|unit| unit.name.zh.as_str())
            .collect();
        let shared: Vec<OrgUnit> = org_units(MOST_UNITS)
            .into_iter()
            .filter(|unit| real.contains(unit.name.zh.as_str()))
            .collect();
        assert!(shared.is_empty(), "{shared:?}");
    }

    #[test]
    fn a_county_stands_under_its_prefecture_and_province() {
        let units = org_units(13);
        let last = units.last().unwrap();
        assert_eq!(
            (last.name.zh.as_str(), last.name.en.as_str()),
            ("甲乙子县", "Jiayizi County")
        );
        assert_eq!(
            (last.code.as_str(), last.parent.as_deref()),
            ("S010201", Some("S0102"))
        );
        assert_eq!(
            units.iter().filter(|unit| unit.level == Level::County).count(),
            13
        );
    }
}
