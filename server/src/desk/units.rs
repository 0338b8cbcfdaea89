//! The choice of the unit that a report is of: any that a role of the reporter reaches, by its code or its name.

use data::OrgUnit;
use data::api::Me;
use data::definitions::Catalogue;

use super::shapes;

/// What was chosen, or what there is to choose from.
#[derive(Debug, Default)]
pub struct Choice<'a> {
    /// The unit that is shown; none where the account reports for none, or what was typed names none.
    pub unit: Option<&'a OrgUnit>,
    /// The units that what was typed could mean, where it is not one.
    pub found: Vec<&'a OrgUnit>,
    /// What was typed, where it did not name one unit.
    pub typed: Option<String>,
    /// The units that can be offered while somebody types.
    pub offered: Vec<&'a OrgUnit>,
}

/// More choices than this are no help to who types, and weigh on every page.
const MOST_OFFERED: usize = 400;

/// How many of the units are shown that what was typed could mean.
const MOST_FOUND: usize = 12;

/// The unit that a reporter means; without a word of theirs their first.
pub fn choose<'a>(me: &Me, catalogue: &'a Catalogue, typed: Option<&str>) -> Choice<'a> {
    let tree = &catalogue.org_units;
    let roots: Vec<&OrgUnit> = shapes::units(me, "reporter")
        .filter_map(|code| tree.get(code))
        .collect();
    let is_reached = |unit: &OrgUnit| roots.iter().any(|root| tree.is_within(&unit.code, &root.code));
    let mut offered: Vec<&OrgUnit> = tree
        .all()
        .iter()
        .filter(|unit| is_reached(unit))
        .take(MOST_OFFERED + 1)
        .collect();
    if offered.len() > MOST_OFFERED {
        offered.clear();
        offered.extend(
            roots
                .iter()
                .flat_map(|root| std::iter::once(*root).chain(tree.children(&root.code))),
        );
        offered.truncate(MOST_OFFERED);
    }
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Choice {
            unit: roots.first().copied(),
            offered,
            ..Choice::default()
        };
    };
    // The list of a browser fills in "371482 禹城市"; the code alone decides.
    let first = typed.split_whitespace().next().unwrap_or_default();
    if let Some(unit) = tree.get(first).filter(|unit| is_reached(unit)) {
        return Choice {
            unit: Some(unit),
            offered,
            ..Choice::default()
        };
    }
    let mut found = tree.search(typed, tree.all().len());
    found.retain(|unit| is_reached(unit));
    let is_named = |unit: &&&OrgUnit| unit.name.zh == typed || unit.name.en.eq_ignore_ascii_case(typed);
    let named: Vec<&&OrgUnit> = found.iter().filter(is_named).collect();
    let unit = match (named.as_slice(), found.as_slice()) {
        ([only], _) => Some(**only),
        (_, [only]) => Some(*only),
        _ => None,
    };
    found.truncate(MOST_FOUND);
    Choice {
        unit,
        found,
        typed: Some(typed.to_owned()).filter(|_| unit.is_none()),
        offered,
    }
}

#[cfg(test)]
mod tests {
    use data::api::{AccountEntry, Assignment};
    use data::definitions::BUILT_IN;

    use super::*;

    fn reporter(org_unit: &str) -> Me {
        Me {
            account: AccountEntry {
                id: "1".into(),
                name: "li".into(),
                display_name: "李".into(),
            },
            roles: vec![Assignment {
                org_unit: org_unit.into(),
                role: "reporter".into(),
            }],
        }
    }

    #[test]
    fn any_unit_below_is_found_by_code_and_name_and_none_beside() {
        let catalogue = Catalogue::read(BUILT_IN).0;
        let check = |at: &str, typed: &str, expected: Option<&str>| {
            let choice = choose(&reporter(at), &catalogue, Some(typed));
            assert_eq!(
                choice.unit.map(|unit| unit.code.as_str()),
                expected,
                "{at} {typed}"
            );
        };
        check("370000", "371482", Some("371482"));
        check("370000", "371482 禹城市", Some("371482"));
        check("370000", "禹城市", Some("371482"));
        check("100000", "Yucheng", None);
        check("370000", "", Some("370000"));
        check("371400", "370102", None);
        let choice = choose(&reporter("100000"), &catalogue, Some("yuch"));
        assert!(
            choice.found.iter().any(|unit| unit.code == "371482"),
            "{choice:?}"
        );
        assert!(choice.offered.len() <= MOST_OFFERED);
    }
}
