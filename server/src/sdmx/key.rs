use std::collections::BTreeSet;

use data::Phrase;
use data::exchange::{CONCEPTS, Part};

use crate::http::failure::Problem;

/// What a key says of each dimension but time: some values, or nothing where any will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(Vec<BTreeSet<String>>);

/// The most keys in one path. Each is asked of every unit and period, so that thousands would keep the server busy for one
/// address.
pub const MOST_KEYS: usize = 100;

/// The most values that a key names for a dimension: more than a province has counties (Sichuan has 183).
const MOST_VALUES: usize = 200;

const EXPECTED: Phrase = Phrase::new(
    "INDICATOR.REF_AREA.PERIOD_KIND.PERIOD_YEARS.PERIOD_START，各为值或 *，末尾可省略",
    "INDICATOR.REF_AREA.PERIOD_KIND.PERIOD_YEARS.PERIOD_START, each a value or *, the last ones left out at will",
);

const FEWER_KEYS: Phrase = Phrase::new("最多 100 个以逗号分隔的键", "at most 100 keys between commas");

const FEWER_VALUES: Phrase = Phrase::new(
    "每个维度最多 200 个以加号分隔的值",
    "at most 200 values of a dimension between pluses",
);

impl Key {
    /// Reads the keys of a path: a comma between two, a dot between dimensions, `*` for any value, `+` between several.
    pub fn parse_all(text: &str) -> Result<Vec<Key>, Problem> {
        let found = text.split(',').count();
        if found > MOST_KEYS {
            return Err(bad(found.to_string(), FEWER_KEYS));
        }
        text.split(',').map(Key::parse).collect()
    }

    fn parse(text: &str) -> Result<Key, Problem> {
        let values = |part: &str| match part {
            "*" | "" => BTreeSet::new(),
            values => values.split('+').map(str::to_owned).collect(),
        };
        let parts: Vec<BTreeSet<String>> = text.split('.').map(values).collect();
        let dimensions = CONCEPTS.iter().filter(|concept| concept.part == Part::Dimension);
        if parts.len() > dimensions.count() {
            return Err(bad(text.to_owned(), EXPECTED));
        }
        match parts.iter().map(BTreeSet::len).find(|found| *found > MOST_VALUES) {
            Some(found) => Err(bad(found.to_string(), FEWER_VALUES)),
            None => Ok(Key(parts)),
        }
    }

    /// The values that it names for a dimension; none where it allows any.
    pub fn values(&self, dimension: usize) -> impl Iterator<Item = &String> {
        self.0.get(dimension).into_iter().flatten()
    }

    /// Whether it allows this value for a dimension.
    pub fn allows(&self, dimension: usize, value: &str) -> bool {
        let values = self.0.get(dimension);
        values.is_none_or(|values| values.is_empty() || values.contains(value))
    }
}

fn bad(found: String, expected: Phrase) -> Problem {
    Problem::BadParameter {
        parameter: "key".to_owned(),
        found,
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_values_for_some_dimensions() {
        let keys = Key::parse_all("a.1+2.*,b").unwrap();
        assert!(keys[0].allows(0, "a") && keys[0].allows(1, "2") && keys[0].allows(2, "year"));
        assert!(!keys[0].allows(0, "b") && !keys[0].allows(1, "3"));
        assert!(keys[1].allows(1, "9"));
        assert_eq!(keys[0].values(1).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(keys[0].values(2).count(), 0);
        assert!(Key::parse_all("a.b.c.d.e.f").is_err());
    }

    #[test]
    fn keys_and_their_values_are_bounded() {
        let check = |text: String, expected: Result<usize, Phrase>| {
            let expected = expected.map_err(|expected| Some(("key".to_owned(), expected)));
            let found = Key::parse_all(&text).map_err(|problem| match problem {
                Problem::BadParameter {
                    parameter, expected, ..
                } => Some((parameter, expected)),
                _ => None,
            });
            assert_eq!(found.map(|keys| keys.len()), expected);
        };
        let values = |many: usize| (0..many).map(|at| at.to_string()).collect::<Vec<_>>().join("+");
        check(vec!["*"; MOST_KEYS].join(","), Ok(MOST_KEYS));
        check(vec!["*"; MOST_KEYS + 1].join(","), Err(FEWER_KEYS));
        check(format!("*.{}", values(MOST_VALUES)), Ok(1));
        check(format!("*.{}", values(MOST_VALUES + 1)), Err(FEWER_VALUES));
    }
}
