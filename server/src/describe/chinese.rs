//! The descriptions of shapes in Chinese: in the code they are comments, and those are English.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::Value;

/// A line each: the English text, a tab, the Chinese one.
const TABLE: &str = include_str!("chinese.tsv");

/// Puts every description of a schema into Chinese.
pub fn translate(schema: &mut Value) {
    match schema {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(key, value)| match (key.as_str(), value) {
                ("description", Value::String(text)) => {
                    if let Some(chinese) = of(text) {
                        *text = chinese.to_owned();
                    }
                }
                (_, value) => translate(value),
            }),
        Value::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}

fn of(english: &str) -> Option<&'static str> {
    static KNOWN: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let read = || TABLE.lines().filter_map(|line| line.split_once('\t')).collect();
    KNOWN.get_or_init(read).get(english).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::document::document;
    use data::Lang;

    fn descriptions(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(key, value)| match (key.as_str(), value) {
                    ("description", Value::String(text)) => found.push(text.clone()),
                    (_, value) => descriptions(value, found),
                }),
            Value::Array(items) => items.iter().for_each(|item| descriptions(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_shape_is_described_in_chinese_too() {
        let mut found = Vec::new();
        descriptions(&document(Lang::En)["components"]["schemas"], &mut found);
        found.sort();
        found.dedup();
        found.retain(|english| of(english).is_none());
        assert!(
            found.is_empty(),
            "server/src/describe/chinese.tsv lacks: {found:#?}"
        );
    }
}
