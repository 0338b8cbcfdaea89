use data::Phrase;
use data::exchange::{CONCEPTS, Part};

use crate::http::failure::Problem;

/// What a key says of each dimension but time: some values, or nothing where any will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(Vec<Vec<String>>);

const EXPECTED: Phrase = Phrase::new(
    "INDICATOR.REF_AREA.PERIOD_KIND.PERIOD_YEARS.PERIOD_START，各为值或 *，末尾可省略",
    "INDICATOR.REF_AREA.PERIOD_KIND.PERIOD_YEARS.PERIOD_START, each a value or *, the last ones left out at will",
);

impl Key {
    /// Reads the keys of a path: a comma between two, a dot between dimensions, `*` for any value, `+` between several.
    pub fn parse_all(text: &str) -> Result<Vec<Key>, Problem> {
        text.split(',').map(Key::parse).collect()
    }

    fn parse(text: &str) -> Result<Key, Problem> {
        let values = |part: &str| match part {
            "*" | "" => Vec::new(),
            values => values.split('+').map(str::to_owned).collect(),
        };
        let parts: Vec<Vec<String>> = text.split('.').map(values).collect();
        let dimensions = CONCEPTS.iter().filter(|concept| concept.part == Part::Dimension);
        if parts.len() > dimensions.count() {
            return Err(Problem::BadParameter {
                parameter: "key".to_owned(),
                found: text.to_owned(),
                expected: EXPECTED,
            });
        }
        Ok(Key(parts))
    }

    /// The values that it allows for a dimension; none where it allows any.
    pub fn values(&self, dimension: usize) -> &[String] {
        self.0.get(dimension).map_or(&[], Vec::as_slice)
    }

    /// Whether it allows these values, each asked for where the key says anything of it.
    pub fn allows(&self, value: impl Fn(usize) -> String) -> bool {
        let says = |(_, values): &(usize, &Vec<String>)| !values.is_empty();
        let mut said = self.0.iter().enumerate().filter(says);
        said.all(|(dimension, values)| values.contains(&value(dimension)))
    }
}

/// The values that a list of keys allows for a dimension; none where one of them allows any.
pub fn values_of(keys: &[Key], dimension: usize) -> Vec<String> {
    if keys.iter().any(|key| key.values(dimension).is_empty()) {
        return Vec::new();
    }
    keys.iter()
        .flat_map(|key| key.values(dimension))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_values_for_some_dimensions() {
        let keys = Key::parse_all("a.1+2.*,b").unwrap();
        assert_eq!(values_of(&keys, 0), ["a", "b"]);
        assert_eq!(values_of(&keys, 1), Vec::<String>::new());
        let allows = |values: [&str; 3]| keys.iter().any(|key| key.allows(|at| values[at].to_owned()));
        assert!(allows(["a", "2", "year"]) && allows(["b", "9", "year"]));
        assert!(!allows(["a", "3", "year"]) && !allows(["c", "1", "year"]));
        assert!(Key::parse_all("a.b.c.d.e.f").is_err());
    }
}
