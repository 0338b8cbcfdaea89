//! One shape on the page, and what a field of one holds.

use charts::html::escaped;
use data::Lang;
use serde_json::Value;

use super::code;
use crate::describe::schemas::PLACE;

/// A shape: its fields, or the values or forms it has.
pub fn article(name: &str, schema: &Value, lang: Lang) -> String {
    let description = schema["description"].as_str().unwrap_or_default();
    let forms = schema["oneOf"]
        .as_array()
        .map(|forms| forms_of(forms, lang))
        .unwrap_or_default();
    let text = match (schema["properties"].is_object(), schema["oneOf"].is_array()) {
        (false, false) => format!("<p>{}</p>", holds(schema, lang)),
        _ => String::new(),
    };
    format!(
        "<article class=\"shape\" id=\"{name}\"><h3><a href=\"#{name}\"><code>{name}</code></a></h3>\
         <p>{}</p>{text}{}{forms}</article>",
        code::words(description),
        fields(schema, lang),
    )
}

fn fields(schema: &Value, lang: Lang) -> String {
    let Some(properties) = schema["properties"].as_object() else {
        return String::new();
    };
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let row = |(name, field): (&String, &Value)| {
        let mark = match required.contains(&name.as_str()) {
            true => String::new(),
            false => format!(" <small>{}</small>", lang.pick("可缺", "optional")),
        };
        let says = field["description"].as_str().map(|says| code::words(says) + " ");
        format!(
            "<dt><code>{}</code>{mark}</dt><dd>{}<small>{}</small></dd>",
            escaped(name),
            says.unwrap_or_default(),
            holds(field, lang)
        )
    };
    let rows: String = properties.iter().map(row).collect();
    format!("<dl>{rows}</dl>")
}

/// The values of a code list, or the forms that something has, each under what tells it from the others.
fn forms_of(forms: &[Value], lang: Lang) -> String {
    let row = |form: &Value| {
        let says = form["description"].as_str().unwrap_or_default();
        let says = code::words(says);
        if form["properties"].is_object() {
            let mut rest = form.clone();
            let tag = taken_tag(&mut rest);
            let name = tag.map_or_else(
                || "<code>{…}</code>".to_owned(),
                |tag| format!("<code>{}</code>", escaped(&tag)),
            );
            return format!("<dt>{name}</dt><dd>{says}{}</dd>", fields(&rest, lang));
        }
        format!("<dt>{}</dt><dd>{says}</dd>", holds(form, lang))
    };
    let rows: String = forms.iter().map(row).collect();
    format!("<dl class=\"forms\">{rows}</dl>")
}

/// The field that says which form this is, as `kind: "year"`, taken out of the others.
fn taken_tag(form: &mut Value) -> Option<String> {
    let properties = form["properties"].as_object_mut()?;
    let (name, value) = properties
        .iter()
        .find_map(|(name, field)| Some((name.clone(), field.get("const")?.clone())))?;
    properties.retain(|field, _| *field != name);
    if properties.is_empty() {
        form.as_object_mut()?.remove("properties");
    }
    Some(format!("{name}: {value}"))
}

/// What a schema allows, in a few words and with links to the shapes it names.
pub fn holds(schema: &Value, lang: Lang) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix(PLACE)) {
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    if let Some(value) = schema.get("const") {
        return format!("<code>{}</code>", escaped(&value.to_string()));
    }
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().map(|word| match word {
            Value::String(word) => format!("<code>{}</code>", escaped(word)),
            other => format!("<code>{}</code>", escaped(&other.to_string())),
        });
        return words.collect::<Vec<String>>().join(lang.pick("、", ", "));
    }
    let either = schema["anyOf"].as_array().or(schema["oneOf"].as_array());
    if let Some(either) = either {
        return alternatives(either.iter().map(|one| holds(one, lang)), lang);
    }
    match &schema["type"] {
        Value::String(kind) => of_type(kind, schema, lang),
        Value::Array(kinds) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            alternatives(kinds.map(|kind| of_type(kind, schema, lang)), lang)
        }
        _ => String::new(),
    }
}

fn alternatives(parts: impl Iterator<Item = String>, lang: Lang) -> String {
    parts.collect::<Vec<String>>().join(lang.pick(" 或 ", " or "))
}

fn of_type(kind: &str, schema: &Value, lang: Lang) -> String {
    let word = match kind {
        "string" if schema["format"] == "date" => lang.pick("日期", "a day"),
        "string" => lang.pick("文本", "text"),
        "integer" => return range(schema, lang),
        "number" => lang.pick("数字", "a number"),
        "boolean" => lang.pick("真或假", "true or false"),
        "null" => return "<code>null</code>".to_owned(),
        "array" => return list(schema, lang),
        _ => lang.pick("对象", "an object"),
    };
    word.to_owned()
}

fn list(schema: &Value, lang: Lang) -> String {
    if let Some(items) = schema["prefixItems"].as_array() {
        let items: Vec<String> = items.iter().map(|item| holds(item, lang)).collect();
        return format!("[{}]", items.join(", "));
    }
    let item = holds(&schema["items"], lang);
    match lang {
        Lang::Zh => format!("{item} 的列表"),
        Lang::En => format!("a list of {item}"),
    }
}

/// The bounds that mean something, and not those of the machine.
fn range(schema: &Value, lang: Lang) -> String {
    let format = schema["format"].as_str().unwrap_or_default();
    let bounds = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
    match bounds {
        (Some(from), Some(to)) if format.is_empty() && to < i64::from(u32::MAX) => {
            lang.pick("整数，", "a whole number, ").to_owned() + &format!("{from}–{to}")
        }
        _ => lang.pick("整数", "a whole number").to_owned(),
    }
}
