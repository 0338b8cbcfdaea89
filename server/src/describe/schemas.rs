//! The shapes that operations name, as JSON Schemas of the document.

use std::collections::BTreeSet;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::Shape;

/// Where the document has its shapes.
pub const PLACE: &str = "#/components/schemas/";

/// Makes schemas and keeps those that others refer to. What is sent to us and what we send may differ: a field that we
/// always write may be left out by others.
#[derive(Debug)]
pub struct Schemas {
    answered: SchemaGenerator,
    sent: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Schemas {
        let mut settings = SchemaSettings::draft2020_12();
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        Schemas {
            answered: settings.clone().for_serialize().into_generator(),
            sent: settings.for_deserialize().into_generator(),
        }
    }
}

impl Schemas {
    /// What an answer holds.
    pub fn answered(&mut self, shape: Shape) -> Value {
        of(&mut self.answered, shape)
    }

    /// What a request holds.
    pub fn sent(&mut self, shape: Shape) -> Value {
        of(&mut self.sent, shape)
    }

    /// All that were referred to, and the names of those that are sent otherwise than they are answered: these are among
    /// them a second time, and [`rename`] makes others refer to that.
    pub fn all(mut self) -> (Map<String, Value>, BTreeSet<String>) {
        let mut all = self.answered.take_definitions(true);
        all.values_mut().for_each(never_null);
        let sent = self.sent.take_definitions(true);
        let differing = differing(&all, &sent);
        for (name, mut schema) in sent {
            rename(&mut schema, &differing);
            match differing.contains(&name) {
                true => all.insert(sent_name(&name), schema),
                false => all.insert(name, schema),
            };
        }
        all.values_mut().for_each(plain);
        (all, differing)
    }
}

fn of(generator: &mut SchemaGenerator, shape: Shape) -> Value {
    match shape {
        Shape::Of(make) => make(generator).to_value(),
        Shape::Text => json!({ "type": "string" }),
        // The way of OpenAPI 3.1 to say that these are bytes, whatever they are.
        Shape::Bytes => json!({}),
        Shape::Document => json!({ "type": "object" }),
    }
}

fn sent_name(name: &str) -> String {
    format!("Sent{name}")
}

/// The shapes that are sent otherwise than they are answered, or refer to one that is.
fn differing(answered: &Map<String, Value>, sent: &Map<String, Value>) -> BTreeSet<String> {
    let both = || sent.iter().filter(|(name, _)| answered.contains_key(*name));
    let mut found: BTreeSet<String> = both()
        .filter(|(name, schema)| answered.get(*name) != Some(schema))
        .map(|(name, _)| name.clone())
        .collect();
    loop {
        let further: Vec<String> = both()
            .filter(|(name, schema)| !found.contains(*name) && refers_to(schema, &found))
            .map(|(name, _)| name.clone())
            .collect();
        if further.is_empty() {
            return found;
        }
        found.extend(further);
    }
}

fn refers_to(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(fields) => fields.iter().any(|(key, value)| match (key.as_str(), value) {
            ("$ref", Value::String(to)) => to.strip_prefix(PLACE).is_some_and(|name| names.contains(name)),
            (_, value) => refers_to(value, names),
        }),
        Value::Array(items) => items.iter().any(|item| refers_to(item, names)),
        _ => false,
    }
}

/// Lets a schema of what is sent refer to what is sent.
pub fn rename(schema: &mut Value, differing: &BTreeSet<String>) {
    match schema {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(to)) => {
                    let name = to.strip_prefix(PLACE).filter(|name| differing.contains(*name));
                    if let Some(name) = name {
                        *to = format!("{PLACE}{}", sent_name(name));
                    }
                }
                (_, value) => rename(value, differing),
            }),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, differing)),
        _ => {}
    }
}

/// A field that an answer may lack is left out where it has no value, and never null.
fn never_null(schema: &mut Value) {
    let required = schema["required"].clone();
    let is_required = |name: &str| {
        required
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == name))
    };
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (_, field) in properties
        .into_iter()
        .flatten()
        .filter(|(name, _)| !is_required(name))
    {
        without_null(field);
    }
    let forms = schema.get_mut("oneOf").and_then(Value::as_array_mut);
    forms.into_iter().flatten().for_each(never_null);
}

fn without_null(field: &mut Value) {
    let Some(fields) = field.as_object_mut() else {
        return;
    };
    if let Some(Value::Array(either)) = fields.get_mut("anyOf") {
        either.retain(|one| one["type"] != "null");
        if let [Value::Object(only)] = either.as_slice() {
            let only = only.clone();
            fields.remove("anyOf");
            fields.extend(only);
        }
    }
    if let Some(Value::Array(kinds)) = fields.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            fields.insert("type".into(), only);
        }
    }
}

/// Makes the comments of the code descriptions for readers: its links lead nowhere here, and its lines are not theirs.
pub fn plain(schema: &mut Value) {
    match schema {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(key, value)| match (key.as_str(), value) {
                ("description", Value::String(text)) => *text = without_links(text),
                (_, value) => plain(value),
            }),
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split("[`");
    plain += parts.next().unwrap_or_default();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        let name = name.rsplit("::").next().unwrap_or_default();
        let rest = match rest.strip_prefix('(') {
            Some(target) => target.split_once(')').map_or("", |(_, rest)| rest),
            None => rest,
        };
        plain += &format!("`{name}`{rest}");
    }
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_the_code_is_a_word_for_readers() {
        let check = |comment, expected: &str| assert_eq!(without_links(comment), expected);
        check(
            "The code of its [`crate::UnitMeasure`].",
            "The code of its `UnitMeasure`.",
        );
        check(
            "The first\n[`MOST`](super::MOST), and no more.",
            "The first `MOST`, and no more.",
        );
        check("Plain [words].", "Plain [words].");
    }
}
