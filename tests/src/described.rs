use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{Answer, Person, Serving};

/// The examples that the program shows.
const EXAMPLES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../server/src/describe/examples.json"
);

/// Set to anything, a test writes what the program answered there, for a person to look at.
const WRITE: &str = "WRITE_EXAMPLES";

/// What another run answers otherwise.
const OF_THE_RUN: [&str; 20] = [
    "account",
    "at",
    // Remarks of one moment come in either order.
    "by",
    "created_at",
    "dataset",
    "days",
    "id",
    "key",
    "path",
    "published",
    "published_at",
    "request_id",
    "reason",
    "sent_on",
    "submission",
    "today",
    "token",
    "updated_at",
    "used_at",
    "version",
];

/// A running program beside its own description: every answer is held against that.
#[derive(Debug)]
pub struct Described<'a> {
    serving: &'a Serving,
    document: Value,
    examples: BTreeMap<String, Value>,
    seen: BTreeSet<String>,
}

impl<'a> Described<'a> {
    /// The description of this program.
    pub fn of(serving: &'a Serving) -> Described<'a> {
        Described {
            serving,
            document: serving.get("/api/v1/openapi.json").json(),
            examples: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Asks as somebody; fails unless it goes well and as is described. Answers the JSON, where there is any.
    pub fn see(&mut self, who: &Person, method: &str, address: &str, body: &str) -> Value {
        let answer = self.serving.send_as(who, method, address, body);
        self.hold(method, address, &answer)
    }

    /// The same with a file.
    pub fn see_file(&mut self, who: &Person, to: (&str, &str), file: (&str, &[u8])) -> Value {
        let answer = self.serving.send_file(who, to, file, "zh");
        self.hold(to.0, to.1, &answer)
    }

    /// Asks for the example of everything that anybody reads. What goes on without end, or has no name that is known
    /// beforehand, has no example that could be asked for.
    pub fn see_what_everybody_reads(&mut self) {
        let operations = self.operations();
        let read = operations.iter().filter(|(method, _, operation)| {
            let content = &operation["responses"]["200"]["content"];
            method == "get"
                && operation["security"]
                    .as_array()
                    .is_none_or(|all| all.is_empty() || all.contains(&json!({})))
                && content.get("text/event-stream").is_none()
        });
        for (_, _, operation) in read {
            let example = operation["x-example"].as_str().unwrap();
            let is_made_up = |part: &str| matches!(part.split('.').next(), Some("ID" | "NAME" | "TOKEN"));
            if !example.split('/').any(is_made_up) {
                let answer = self.serving.get(example);
                self.hold("GET", example, &answer);
            }
        }
    }

    /// Asks for what is refused; the answer is the example of an error.
    pub fn see_an_error(&mut self, address: &str) {
        let answer = self.serving.get_with(address, &[("accept-language", "en")]);
        assert!(answer.status >= 400);
        let schema = json!({ "$ref": "#/components/schemas/ErrorEnvelope" });
        self.validate(&schema, &answer.json(), address);
        self.examples.insert("error".to_owned(), answer.json());
    }

    /// Fails where an operation that answers JSON was not seen to do so.
    pub fn assert_all_seen_but(&self, excused: &BTreeSet<&str>) {
        let operations = self.operations();
        let unseen = operations.iter().filter_map(|(_, _, operation)| {
            let responses = operation["responses"].as_object().unwrap();
            let is_json = |(status, response): (&String, &Value)| {
                status.starts_with('2') && response["content"].get("application/json").is_some()
            };
            let id = operation["operationId"].as_str().unwrap();
            let is_seen = self.seen.contains(id) || excused.contains(id);
            (responses.iter().any(is_json) && !is_seen).then_some(id)
        });
        let unseen: Vec<&str> = unseen.collect();
        assert!(unseen.is_empty(), "nobody has seen what these answer: {unseen:?}");
    }

    /// Fails where the program shows another example than what it answers, apart from what every run has of its own.
    pub fn assert_examples(&self) {
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(
                EXAMPLES,
                serde_json::to_string_pretty(&self.examples).unwrap() + "\n",
            )
            .unwrap();
            return;
        }
        let shown: BTreeMap<String, Value> =
            serde_json::from_str(&std::fs::read_to_string(EXAMPLES).unwrap()).unwrap();
        let ids = |all: &BTreeMap<String, Value>| all.keys().cloned().collect::<BTreeSet<String>>();
        assert_eq!(ids(&shown), ids(&self.examples), "{WRITE}=1 writes them anew");
        for (id, example) in &self.examples {
            assert_eq!(
                masked(&shown[id]),
                masked(example),
                "{id}: {WRITE}=1 writes it anew"
            );
        }
    }

    fn operations(&self) -> Vec<(String, String, Value)> {
        let paths = self.document["paths"].as_object().unwrap();
        let all = paths.iter().flat_map(|(path, operations)| {
            let operations = operations.as_object().unwrap().iter();
            operations.map(|(method, operation)| (method.clone(), path.clone(), operation.clone()))
        });
        all.collect()
    }

    /// The operation of a request: of those that fit, the one with the fewest variable parts.
    fn operation(&self, method: &str, address: &str) -> Value {
        let path = address.split('?').next().unwrap();
        let operations = self.operations();
        let fitting = operations
            .into_iter()
            .filter(|(of, template, _)| of.eq_ignore_ascii_case(method) && fits(template, path));
        // A file of something is told from its page by its ending.
        let best =
            fitting.min_by_key(|(_, template, _)| (!template.contains("}.{"), template.matches('{').count()));
        best.unwrap_or_else(|| panic!("{method} {address} is not described"))
            .2
    }

    fn hold(&mut self, method: &str, address: &str, answer: &Answer) -> Value {
        let operation = self.operation(method, address);
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let told = format!("{method} {address}: {}", answer.status);
        assert!((200..300).contains(&answer.status), "{told} {}", answer.text());
        let response = &operation["responses"][answer.status.to_string()];
        assert!(response.is_object(), "{told} is not described");
        let media_type = answer.header("content-type").split(';').next().unwrap();
        let Some(content) = response.get("content") else {
            assert_eq!(answer.sent(), 0, "{told} has a body that is not described");
            self.seen.insert(id);
            return Value::Null;
        };
        let content = &content[media_type];
        assert!(content.is_object(), "{told} {media_type} is not described");
        let example = match media_type {
            "application/json" => answer.json(),
            "text/csv" => beginning(&answer.text()),
            _ => return Value::Null,
        };
        self.validate(&content["schema"], &example, &told);
        // The description is no example of itself, the whole of a page's data is none for anybody, and a cube cannot be cut short.
        let is_shown = !["openapi.json", "/pages/", "json-stat"]
            .iter()
            .any(|part| address.contains(part));
        if is_shown && self.seen.insert(id.clone()) {
            self.examples.insert(id, shortened(self.as_elsewhere(&example)));
        } else {
            self.seen.insert(id);
        }
        example
    }

    /// The address of this run is no example for anybody.
    fn as_elsewhere(&self, example: &Value) -> Value {
        let text = example
            .to_string()
            .replace(&self.serving.url, "http://127.0.0.1:8080");
        serde_json::from_str(&text).unwrap()
    }

    fn validate(&self, schema: &Value, instance: &Value, told: &str) {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": self.document["components"],
            "allOf": [schema],
        });
        let validator = jsonschema::validator_for(&whole).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(instance)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{told} is not as described: {errors:#?}");
    }
}

/// Whether a path is one of a template; the last part of one may hold slashes.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let is_deep = matches!(template.last(), Some(&("{page}" | "{query}"))) && path.len() > template.len();
    (template.len() == path.len() || is_deep)
        && template
            .iter()
            .zip(&path)
            .all(|(part, found)| fits_part(part, found))
}

/// `{kind}.{format}` and `line.svg`.
fn fits_part(part: &str, found: &str) -> bool {
    match part.split_once('{') {
        None => part == found,
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            let rest = found.strip_prefix(before).filter(|rest| !rest.is_empty());
            let is_dotted = after.starts_with('.');
            rest.is_some_and(|rest| !is_dotted || rest.contains('.'))
        }
    }
}

fn beginning(csv: &str) -> Value {
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().take(3).collect();
    lines.join("\n").into()
}

/// The first entry of every list, without what would look like somebody's secret.
fn shortened(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().take(1).map(shortened).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| match (key.as_str(), value) {
                ("token", _) => (key, "…".into()),
                ("path", _) => (key, "/links/…".into()),
                (_, value) => (key, shortened(value)),
            })
            .collect::<Map<String, Value>>()
            .into(),
        other => other,
    }
}

fn masked(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| match OF_THE_RUN.contains(&key.as_str()) {
                true => (key.clone(), Value::Null),
                false => (key.clone(), masked(value)),
            })
            .collect::<Map<String, Value>>()
            .into(),
        other => other.clone(),
    }
}
