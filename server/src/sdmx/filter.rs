use data::exchange::{CONCEPTS, Concept, Form};
use data::{Decimal, PartialDate, Phrase};

use crate::http::failure::Problem;

/// `c[COMPONENT]=…`: what the value of a component must be.
#[derive(Debug)]
pub struct Filter {
    /// The component, by its place among [`CONCEPTS`].
    pub at: usize,
    /// One of these must hold, and of that every part.
    alternatives: Vec<Vec<Test>>,
}

#[derive(Debug)]
struct Test {
    operator: Operator,
    text: String,
    value: Value,
}

/// What a text is compared as; a text that is no number or time where one is due stays a text.
#[derive(Debug, Clone, Copy)]
enum Value {
    Number(Decimal),
    Time(PartialDate),
    Text,
}

/// The most conditions in one request, over all its filters: each is asked of up to as many figures as an answer holds.
pub const MOST_CONDITIONS: usize = 200;

/// What is expected where there are more of them.
pub const FEWER_CONDITIONS: Phrase = Phrase::new(
    "所有 c[…] 参数合计最多 200 个条件",
    "at most 200 conditions in all parameters c[…] together",
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
    ContainsNot,
    StartsWith,
    EndsWith,
}

const OPERATORS: [(&str, Operator); 10] = [
    ("eq:", Operator::Equal),
    ("ne:", Operator::NotEqual),
    ("lt:", Operator::Less),
    ("le:", Operator::AtMost),
    ("gt:", Operator::More),
    ("ge:", Operator::AtLeast),
    ("co:", Operator::Contains),
    ("nc:", Operator::ContainsNot),
    ("sw:", Operator::StartsWith),
    ("ew:", Operator::EndsWith),
];

const EXPECTED: Phrase = Phrase::new(
    "值，或 eq、ne、lt、le、gt、ge、co、nc、sw、ew 加冒号和值；逗号为“或”，加号为“且”，如 ge:2018+le:2022",
    "a value, or eq, ne, lt, le, gt, ge, co, nc, sw or ew with a colon and a value; a comma is OR and a plus is AND, as in \
     ge:2018+le:2022",
);

impl Filter {
    /// Reads a parameter; none where it is no such filter.
    pub fn parse(parameter: &str, text: &str) -> Option<Result<Filter, Problem>> {
        let id = parameter.strip_prefix("c[")?.strip_suffix(']')?;
        let Some(at) = CONCEPTS.iter().position(|concept| concept.id == id) else {
            return Some(Err(Problem::UnknownParameter(parameter.to_owned())));
        };
        let alternatives: Option<Vec<_>> = text.split(',').map(|all| tests(&CONCEPTS[at], all)).collect();
        Some(
            alternatives
                .map(|alternatives| Filter { at, alternatives })
                .ok_or_else(|| Problem::BadParameter {
                    parameter: parameter.to_owned(),
                    found: text.to_owned(),
                    expected: EXPECTED,
                }),
        )
    }

    /// How many conditions it has.
    pub fn conditions(&self) -> usize {
        self.alternatives.iter().map(Vec::len).sum()
    }

    /// Whether it holds of a value; an empty one is none.
    pub fn holds(&self, text: &str) -> bool {
        let value = value(&CONCEPTS[self.at], text);
        let holds = |test: &Test| test.holds(text, value);
        self.alternatives.iter().any(|all| all.iter().all(holds))
    }

    /// The values that it allows, where it names them one by one.
    pub fn values(&self) -> Vec<String> {
        let only = |all: &Vec<Test>| match all.as_slice() {
            [
                Test {
                    operator: Operator::Equal,
                    text,
                    ..
                },
            ] => Some(text.clone()),
            _ => None,
        };
        let values: Option<Vec<String>> = self.alternatives.iter().map(only).collect();
        values.unwrap_or_default()
    }
}

/// The parts of one alternative. A plus in an address may have become a space, which in a text may also be one.
fn tests(concept: &Concept, text: &str) -> Option<Vec<Test>> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(['+', ' ']) {
        let is_new = concept.form != Form::Type("String") || operator(part).is_some();
        match parts.last_mut().filter(|_| !is_new) {
            Some(last) => *last = format!("{last} {part}"),
            None => parts.push(part.to_owned()),
        }
    }
    parts.iter().map(|part| test(concept, part)).collect()
}

fn operator(part: &str) -> Option<(Operator, &str)> {
    let found = OPERATORS.iter().find(|(name, _)| part.starts_with(name))?;
    Some((found.1, &part[found.0.len()..]))
}

fn test(concept: &Concept, part: &str) -> Option<Test> {
    let (operator, text) = operator(part).unwrap_or((Operator::Equal, part));
    let value = value(concept, text);
    let is_of_order = matches!(
        operator,
        Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast
    );
    let is_text = matches!(kind(concept), Kind::Text);
    let can_be = !is_of_order || is_text || !matches!(value, Value::Text);
    (can_be && !text.is_empty()).then(|| Test {
        operator,
        text: text.to_owned(),
        value,
    })
}

enum Kind {
    Number,
    Time,
    Text,
}

fn kind(concept: &Concept) -> Kind {
    match concept.form {
        Form::Type("Decimal" | "Integer") => Kind::Number,
        Form::Type("ObservationalTimePeriod" | "GregorianDay") => Kind::Time,
        _ => Kind::Text,
    }
}

fn value(concept: &Concept, text: &str) -> Value {
    match kind(concept) {
        Kind::Number => text.parse().map_or(Value::Text, Value::Number),
        Kind::Time => text.parse().map_or(Value::Text, Value::Time),
        Kind::Text => Value::Text,
    }
}

impl Test {
    fn holds(&self, found: &str, value: Value) -> bool {
        let text = self.text.as_str();
        match self.operator {
            Operator::Equal => self.is_equal(found, value),
            Operator::NotEqual => !self.is_equal(found, value),
            Operator::Contains => found.contains(text),
            Operator::ContainsNot => !found.contains(text),
            Operator::StartsWith => found.starts_with(text),
            Operator::EndsWith => found.ends_with(text),
            order => match (value, self.value) {
                (Value::Number(found), Value::Number(value)) => holds(order, &found, &value),
                (Value::Time(found), Value::Time(value)) => in_time(order, found, value),
                (Value::Text, Value::Text) => holds(order, &found, &text),
                _ => false,
            },
        }
    }

    /// 6989 and 6989.0 are one number.
    fn is_equal(&self, found: &str, value: Value) -> bool {
        match (value, self.value) {
            (Value::Number(found), Value::Number(value)) => found == value,
            _ => found == self.text,
        }
    }
}

fn holds<T: PartialOrd>(order: Operator, found: &T, value: &T) -> bool {
    match order {
        Operator::Less => found < value,
        Operator::AtMost => found <= value,
        Operator::More => found > value,
        Operator::AtLeast => found >= value,
        _ => false,
    }
}

/// A time period stands where it ends: 2022-10-31 is in 2022, neither before nor after it.
fn in_time(order: Operator, found: PartialDate, value: PartialDate) -> bool {
    let bound = match order {
        Operator::Less | Operator::AtLeast => value.first_day(),
        _ => value.last_day(),
    };
    holds(order, &found.last_day(), &bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(component: &str, text: &str, found: &str, expected: bool) {
        let filter = Filter::parse(&format!("c[{component}]"), text).unwrap().unwrap();
        assert_eq!(filter.holds(found), expected, "{component} {text} {found}");
    }

    #[test]
    fn a_time_is_within_bounds_of_any_precision() {
        for (found, expected) in [
            ("2017", false),
            ("2018", true),
            ("2022-10-31", true),
            ("2023-01", false),
        ] {
            check("TIME_PERIOD", "ge:2018+le:2022", found, expected);
            check("TIME_PERIOD", "ge:2018 le:2022", found, expected);
        }
        check("TIME_PERIOD", "gt:2022", "2022-10-31", false);
        check("TIME_PERIOD", "lt:2022-10", "2022-09-30", true);
        check("TIME_PERIOD", "2022", "2022-10-31", false);
    }

    #[test]
    fn commas_are_alternatives_and_pluses_are_not() {
        check("REF_AREA", "371482,371481", "371481", true);
        check("REF_AREA", "sw:3714+ne:371482", "371482", false);
        check("OBS_VALUE", "ge:1000", "6989", true);
        check("OBS_VALUE", "ge:1000", "", false);
        check("OBS_VALUE", "6989.0", "6989", true);
        check("COMMENT_OBS", "co:two words", "of two words", true);
    }

    #[test]
    fn what_is_no_filter_is_told() {
        for (parameter, text) in [
            ("c[X]", "1"),
            ("c[OBS_VALUE]", "ge:many"),
            ("c[TIME_PERIOD]", ""),
            ("c[TIME_PERIOD]", "ge:22"),
        ] {
            assert!(
                Filter::parse(parameter, text).unwrap().is_err(),
                "{parameter} {text}"
            );
        }
        assert!(Filter::parse("key", "1").is_none());
    }
}
