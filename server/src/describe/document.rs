//! The description as OpenAPI 3.1.

use data::Lang;
use serde_json::{Map, Value, json};

use super::answer::{JSON, of};
use super::parameter::Place;
use super::schemas::{self, PLACE, Schemas};
use super::{Answer, Body, GROUPS, Operation, Parameter, Who, chinese, examples, refusal};

/// The whole document, its summaries in a language; the shapes are described in English.
pub fn document(lang: Lang) -> Value {
    let mut schemas = Schemas::default();
    let envelope = schemas.answered(of::<data::api::ErrorEnvelope>());
    let mut paths: Map<String, Value> = Map::new();
    for group in GROUPS {
        for operation in (group.operations)() {
            let described = described(&operation, group.title.get(lang), lang, &mut schemas);
            let path = paths.entry(operation.path).or_insert_with(|| json!({}));
            path[operation.method.as_str().to_ascii_lowercase()] = described;
        }
    }
    let (mut shapes, differing) = schemas.all();
    if lang == Lang::Zh {
        shapes.values_mut().for_each(chinese::translate);
    }
    let mut paths = Value::Object(paths);
    rename_bodies(&mut paths, &differing);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": lang.words().site,
            "version": env!("CARGO_PKG_VERSION"),
            "summary": lang.pick("工商联指标数据接口", "What federations of industry and commerce report, as data"),
            "description": about(lang),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": GROUPS.iter().map(|group| json!({
            "name": group.title.get(lang),
            "description": group.about.get(lang),
        })).collect::<Vec<Value>>(),
        "paths": paths,
        "components": {
            "schemas": shapes,
            "responses": responses(&envelope, lang),
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "session",
                    "description": "Made by `POST /api/v1/sessions`; by https its name is `__Host-session`.",
                },
                "token": { "type": "http", "scheme": "bearer", "description": "Made by `POST /api/v1/tokens`." },
            },
        },
    })
}

/// What holds for the API as a whole.
pub fn about(lang: Lang) -> String {
    super::CONVENTIONS
        .iter()
        .map(|phrase| phrase.get(lang))
        .collect::<Vec<&str>>()
        .join("\n\n")
}

fn described(operation: &Operation, tag: &str, lang: Lang, schemas: &mut Schemas) -> Value {
    let mut described = json!({
        "operationId": operation.id(),
        "tags": [tag],
        "summary": operation.summary.get(lang),
        "security": security(operation.who),
        "responses": answers(operation, lang, schemas),
        // The address of the example, with what stands in the place of an id.
        "x-example": operation.example_address(),
    });
    if !operation.detail.get(lang).is_empty() {
        described["description"] = operation.detail.get(lang).into();
    }
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .map(|parameter| one_parameter(parameter, lang))
        .chain(is_conditional(operation).then(if_none_match))
        .collect();
    if !parameters.is_empty() {
        described["parameters"] = parameters.into();
    }
    if let Some(body) = &operation.body {
        described["requestBody"] = request(body, schemas);
    }
    described
}

fn security(who: Who) -> Value {
    match who {
        Who::Anybody => json!([]),
        Who::AnybodyOrMore => json!([{}, { "session": [] }, { "token": [] }]),
        Who::SignedIn | Who::Reporter | Who::Reviewer => json!([{ "session": [] }, { "token": [] }]),
        Who::Session => json!([{ "session": [] }]),
    }
}

fn one_parameter(parameter: &Parameter, lang: Lang) -> Value {
    let schema = match parameter.is_repeatable {
        true => json!({ "type": "array", "items": parameter.schema }),
        false => parameter.schema.clone(),
    };
    let mut described = json!({
        "name": parameter.name,
        "in": parameter.place.word(),
        "required": parameter.is_required,
        "description": parameter.says.get(lang),
        "schema": schema,
    });
    if parameter.is_repeatable {
        described["style"] = "form".into();
        described["explode"] = true.into();
    }
    // What stands in the place of an id is no example of one.
    if !matches!(parameter.example, "ID" | "TOKEN" | "NAME") {
        described["example"] = example_of(parameter);
    }
    described
}

fn example_of(parameter: &Parameter) -> Value {
    let number = parameter.example.parse::<i64>().ok();
    let one = match (parameter.schema["type"].as_str(), number) {
        (Some("integer"), Some(number)) => number.into(),
        _ => Value::from(parameter.example),
    };
    if parameter.is_repeatable {
        json!([one])
    } else {
        one
    }
}

fn is_conditional(operation: &Operation) -> bool {
    operation.answers.iter().any(|answer| answer.status == 304)
}

fn if_none_match() -> Value {
    json!({
        "name": "If-None-Match",
        "in": Place::Header.word(),
        "required": false,
        "description": "The `ETag` of an answer that the client has.",
        "schema": { "type": "string" },
    })
}

fn request(body: &Body, schemas: &mut Schemas) -> Value {
    let content = body.contents.iter().map(|(media_type, shape)| {
        let mut content = json!({ "schema": schemas.sent(*shape) });
        if let (JSON, Ok(example)) = (*media_type, serde_json::from_str::<Value>(body.example)) {
            content["example"] = example;
        }
        ((*media_type).to_owned(), content)
    });
    json!({ "required": true, "content": content.collect::<Map<String, Value>>() })
}

fn answers(operation: &Operation, lang: Lang, schemas: &mut Schemas) -> Value {
    let mut answers = Map::new();
    for answer in &operation.answers {
        answers.insert(
            answer.status.to_string(),
            one_answer(operation, answer, lang, schemas),
        );
    }
    for status in &operation.refusals {
        let reference = json!({ "$ref": format!("#/components/responses/{status}") });
        answers.entry(status.to_string()).or_insert(reference);
    }
    answers.sort_keys();
    Value::Object(answers)
}

fn one_answer(operation: &Operation, answer: &Answer, lang: Lang, schemas: &mut Schemas) -> Value {
    let is_refusal = operation.refusals.contains(&answer.status);
    let content = answer.contents.iter().map(|(media_type, shape)| {
        let schema = schemas.answered(*shape);
        let schema = match is_refusal {
            true => json!({ "anyOf": [schema, { "$ref": format!("{PLACE}ErrorEnvelope") }] }),
            false => schema,
        };
        let mut content = json!({ "schema": schema });
        let example = examples::of(&operation.id()).filter(|_| matches!(answer.status, 200 | 201));
        if let (Some(example), JSON) = (example, *media_type) {
            content["example"] = example;
        }
        ((*media_type).to_owned(), content)
    });
    let mut described = json!({ "description": answer.says.get(lang) });
    let mut content: Map<String, Value> = content.collect();
    if is_refusal && !content.contains_key(JSON) {
        let envelope = json!({ "$ref": format!("{PLACE}ErrorEnvelope") });
        content.insert(JSON.to_owned(), json!({ "schema": envelope }));
    }
    if !content.is_empty() {
        described["content"] = content.into();
    }
    let headers = answer.headers.iter().map(|(name, says)| {
        let header = json!({ "description": says.get(lang), "schema": { "type": "string" } });
        ((*name).to_owned(), header)
    });
    let headers: Map<String, Value> = headers.collect();
    if !headers.is_empty() {
        described["headers"] = headers.into();
    }
    described
}

fn responses(envelope: &Value, lang: Lang) -> Value {
    let response = |status: &u16| {
        let mut response = json!({
            "description": refusal::says(*status).get(lang),
            "content": { JSON: { "schema": envelope } },
        });
        if *status == 429 {
            let says = "How many seconds to wait.";
            response["headers"] =
                json!({ "Retry-After": { "description": says, "schema": { "type": "integer" } } });
        }
        (status.to_string(), response)
    };
    Value::Object(refusal::STATUSES.iter().map(response).collect())
}

/// The bodies of requests refer to what is sent, where that is another shape than what is answered.
fn rename_bodies(paths: &mut Value, differing: &std::collections::BTreeSet<String>) {
    let operations = paths.as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in operations
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
    {
        if let Some(body) = operation.get_mut("requestBody") {
            schemas::rename(body, differing);
        }
    }
}
