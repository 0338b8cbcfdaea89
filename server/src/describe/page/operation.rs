//! One operation on the page.

use charts::html::{escaped, text};
use data::Lang;
use hyper::Method;
use serde_json::Value;

use super::{code, shape};
use crate::describe::parameter::{Parameter, Place};
use crate::describe::{Operation, Who, examples, refusal};

/// An operation: what it does and takes on one side, how to ask and what comes back on the other.
pub fn article(operation: &Operation, document: &Value, lang: Lang) -> String {
    let id = operation.id();
    let method = operation.method.as_str();
    let described = &document["paths"][operation.path][method.to_ascii_lowercase()];
    let detail = match operation.detail.get(lang) {
        "" => String::new(),
        detail => format!("<p>{}</p>", code::words(detail)),
    };
    format!(
        "<article id=\"{id}\"><h3><a href=\"#{id}\"><b>{method}</b> {}</a></h3><div class=\"said\">\
         <p class=\"summary\">{}</p>{detail}{}{}{}{}</div><div class=\"shown\">{}{}</div></article>",
        code::address(operation.path),
        escaped(operation.summary.get(lang)),
        who(operation.who, lang),
        parameters(operation, lang),
        body(described, lang),
        answers(described, lang),
        code::command(&curl(operation)),
        example(&id, lang),
    )
}

fn who(who: Who, lang: Lang) -> String {
    let words = match who {
        Who::Anybody => return String::new(),
        Who::AnybodyOrMore => return String::new(),
        Who::SignedIn => lang.pick("须登录：会话，或任何令牌", "Signed in: a session, or any token"),
        Who::Reporter => lang.pick(
            "须登录：会话，或 report 令牌",
            "Signed in: a session, or a token for `report`",
        ),
        Who::Reviewer => lang.pick(
            "须登录：会话，或 review 令牌",
            "Signed in: a session, or a token for `review`",
        ),
        Who::Session => lang.pick("须登录：只能用会话", "Signed in: a session, and no token"),
    };
    format!("<p class=\"who-may\">{}</p>", code::words(words))
}

fn parameters(operation: &Operation, lang: Lang) -> String {
    if operation.parameters.is_empty() {
        return String::new();
    }
    let row = |parameter: &Parameter| {
        let mark = |is: bool, zh, en| if is { lang.pick(zh, en) } else { "" };
        let marks = [
            mark(
                parameter.is_required && parameter.place != Place::Path,
                "必填",
                "required",
            ),
            mark(parameter.is_repeatable, "可重复", "repeatable"),
            mark(parameter.place == Place::Header, "请求头", "header"),
        ];
        let marks: String = marks
            .into_iter()
            .filter(|mark| !mark.is_empty())
            .map(|mark| format!(" <small>{mark}</small>"))
            .collect();
        format!(
            "<dt><code>{}</code>{marks}</dt><dd>{}{}</dd>",
            escaped(parameter.name),
            code::words(parameter.says.get(lang)),
            held(parameter, lang),
        )
    };
    let rows: String = operation.parameters.iter().map(row).collect();
    format!("{}<dl>{rows}</dl>", text("h4", lang.pick("参数", "Parameters")))
}

fn body(described: &Value, lang: Lang) -> String {
    let contents = described["requestBody"]["content"].as_object();
    let Some(contents) = contents else {
        return String::new();
    };
    format!(
        "{}<p>{}</p>",
        text("h4", lang.pick("请求内容", "Body")),
        media(contents.iter(), lang)
    )
}

/// What a parameter may hold where that is few things, else an example; what stands in the place of an id is none.
fn held(parameter: &Parameter, lang: Lang) -> String {
    let is_text = parameter.schema["type"] == "string" && !parameter.schema["enum"].is_array();
    match (is_text, parameter.example) {
        (false, _) => lang.pick("：", ": ").to_owned() + &shape::holds(&parameter.schema, lang),
        (true, "ID" | "TOKEN" | "NAME") => String::new(),
        (true, example) => format!(
            "{}<code>{}</code>",
            lang.pick("，如 ", ", such as "),
            escaped(example)
        ),
    }
}

/// Media types, with what they hold where that has a shape.
fn media<'a>(contents: impl Iterator<Item = (&'a String, &'a Value)>, lang: Lang) -> String {
    let one = |(media_type, content): (&String, &Value)| {
        // The long name of a workbook says less than its short one.
        let kind = media_type.rsplit('.').next().filter(|last| *last == "sheet");
        let kind = kind.map_or(media_type.as_str(), |_| "XLSX");
        let name = format!("<code>{}</code>", escaped(kind));
        match media_type.as_str() {
            "application/json" => format!("JSON: {}", shape::holds(&content["schema"], lang)),
            "application/octet-stream" => lang.pick("文件", "a file").to_owned(),
            _ => name,
        }
    };
    let joint = lang.pick("；或 ", "; or ");
    contents.map(one).collect::<Vec<String>>().join(joint)
}

fn answers(described: &Value, lang: Lang) -> String {
    let responses = described["responses"].as_object();
    // That an answer may be known already is said once, of all of them.
    let responses = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| *status != "304");
    let row = |(status, response): (&String, &Value)| {
        let content = response["content"].as_object();
        let held = content
            .map(|content| media(content.iter(), lang))
            .unwrap_or_default();
        let says = match response["description"].as_str() {
            Some(says) => says,
            // A refusal is said once, in the document's list of them.
            None => refusal::says(status.parse().unwrap_or_default()).get(lang),
        };
        let says = if held.is_empty() || status != "200" {
            code::words(says)
        } else {
            String::new()
        };
        let gap = if held.is_empty() || says.is_empty() {
            ""
        } else {
            lang.pick("。", ". ")
        };
        format!("<dt>{status}</dt><dd>{says}{gap}{held}</dd>")
    };
    let (refused, well): (Vec<_>, Vec<_>) = responses.partition(|(_, response)| response["$ref"].is_string());
    let well: String = well.into_iter().map(row).collect();
    let refused: Vec<&str> = refused.iter().map(|(status, _)| status.as_str()).collect();
    let refusals = match refused.as_slice() {
        [] => String::new(),
        statuses => format!(
            "<dt>{}</dt><dd>{}</dd>",
            statuses.join(" "),
            format_args!("<a href=\"#refusals\">{}</a>", lang.pick("拒绝", "refused"))
        ),
    };
    format!(
        "{}<dl class=\"statuses\">{well}{refusals}</dl>",
        text("h4", lang.pick("答复", "Answers"))
    )
}

/// How to ask, in a shell.
fn curl(operation: &Operation) -> String {
    let mut curl = "curl".to_owned();
    if operation.method != Method::GET {
        curl += &format!(" -X {}", operation.method);
    }
    curl += &format!(" 'http://127.0.0.1:8080{}'", operation.example_address());
    match operation.who {
        Who::Session => curl += " \\\n  -b 'session=…'",
        Who::SignedIn | Who::Reporter | Who::Reviewer => curl += " \\\n  -H 'Authorization: Bearer …'",
        Who::Anybody | Who::AnybodyOrMore => {}
    }
    if let Some(body) = &operation.body {
        curl += &format!(" \\\n  --json '{}'", body.example);
    }
    curl
}

/// Examples up to this many lines are shown at once: so long is what stands beside them.
const SHORT: usize = 24;

fn example(id: &str, lang: Lang) -> String {
    let Some(example) = examples::of(id) else {
        return String::new();
    };
    let shown = match example {
        Value::String(text) => text,
        json => code::pretty(&json),
    };
    let open = if shown.lines().count() <= SHORT {
        " open"
    } else {
        ""
    };
    format!(
        "<details{open}><summary>{}</summary>{}</details>",
        lang.pick("答复示例", "Example answer"),
        code::block(&shown)
    )
}
