//! The page `/api`: the same operations as a printed reference. It runs no script, and every part of it has an address.

mod code;
mod operation;
mod shape;

use charts::html::{escaped, items, link, text};
use charts::page::{Page, render};
use data::Lang;
use data::page::{PageData, PageRequest};
use serde_json::Value;

use super::{CONVENTIONS, GROUPS, document, examples, refusal};
use crate::http::asked::Asked;
use crate::http::assets::{FOLDER, Inline};
use crate::http::published::Published;

/// What this page has beside the sheet of every page.
const STYLE: &str = include_str!("../../../../style/reference.css");

/// The whole document, and what stands in it that its policy must allow.
pub fn page(published: &Published, asked: &Asked) -> (Vec<u8>, Inline) {
    let request = PageRequest::parse(&asked.path, asked.pairs());
    let lang = request.lang;
    // Header and footer are those of every page; the address is none that they know more of.
    let Page { header, footer, .. } = render(&request, &PageData::NotFound);
    let assets = &published.assets;
    let inline = Inline {
        style: format!("{}{STYLE}", assets.inline.style),
        loader: String::new(),
    };
    let icon = assets.manifest.as_ref().map_or(String::new(), |manifest| {
        format!(
            "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{}\">",
            manifest.icon
        )
    });
    let theme = asked
        .theme
        .map_or(String::new(), |theme| format!(" data-theme=\"{}\"", theme.name()));
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · {site}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\">{icon}<style>{style}</style></head>\
         <body><div id=\"app\"><header>{header}</header><main id=\"main\" tabindex=\"-1\" class=\"reference\">{main}</main>\
         <footer>{footer}</footer></div></body></html>\n",
        tag = lang.tag(),
        title = escaped(title(lang)),
        site = escaped(lang.words().site),
        description = escaped(lead(lang)),
        style = inline.style,
        main = main(lang),
    );
    (html.into_bytes(), inline)
}

fn title(lang: Lang) -> &'static str {
    lang.pick("数据接口", "The API")
}

fn lead(lang: Lang) -> &'static str {
    lang.pick(
        "网页上的每个数据，程序都可以取得：带着指标、单位、时期、限定词、状态和来源。查阅不须登录。",
        "Every figure on these pages, for programs: with its indicator, unit, period, qualifier, status and source. Nobody has to \
         sign in to read.",
    )
}

fn main(lang: Lang) -> String {
    let document = document::document(lang);
    let groups: String = GROUPS
        .iter()
        .map(|group| {
            let operations = (group.operations)();
            let shown: String = operations
                .iter()
                .map(|operation| operation::article(operation, &document, lang))
                .collect();
            format!(
                "<section id=\"{}\">{}<p class=\"about\">{}</p>{shown}</section>",
                group.id,
                text("h2", group.title.get(lang)),
                code::words(group.about.get(lang))
            )
        })
        .collect();
    format!(
        "<div class=\"top\">{}<p class=\"lead\">{}</p><p class=\"ways\">{} · {}</p></div>\
         <div class=\"parts\">{}<div>{}{groups}{}</div></div>",
        text("h1", title(lang)),
        escaped(lead(lang)),
        link("/api/v1/openapi.json", "OpenAPI 3.1"),
        link("#shapes", shapes_title(lang)),
        contents(lang),
        conventions(lang),
        shapes(&document, lang),
    )
}

fn shapes_title(lang: Lang) -> &'static str {
    lang.pick("数据结构", "Shapes")
}

/// What is on the page, each with its address: the first thing a printed reference has.
fn contents(lang: Lang) -> String {
    let group = |(at, group): (usize, &super::operations::Group)| {
        let open = if at == 0 { " open" } else { "" };
        let operations = (group.operations)();
        let entries = operations.iter().map(|operation| {
            format!(
                "<a href=\"#{}\"><b>{}</b> {}</a>",
                operation.id(),
                operation.method,
                code::address(operation.path)
            )
        });
        let about = link(&format!("#{}", group.id), lang.pick("说明", "About these"));
        format!(
            "<details{open}><summary>{}</summary><ul>{}</ul></details>",
            escaped(group.title.get(lang)),
            items(std::iter::once(about).chain(entries))
        )
    };
    let groups: String = GROUPS.iter().enumerate().map(group).collect();
    format!(
        "<nav class=\"contents\" aria-label=\"{label}\"><p>{}</p>{groups}<p>{}</p></nav>",
        link("#conventions", conventions_title(lang)),
        link("#shapes", shapes_title(lang)),
        label = lang.pick("目录", "Contents"),
    )
}

fn conventions_title(lang: Lang) -> &'static str {
    lang.pick("通则", "What holds everywhere")
}

fn conventions(lang: Lang) -> String {
    let paragraphs: String = CONVENTIONS
        .iter()
        .map(|phrase| format!("<p>{}</p>", code::words(phrase.get(lang))))
        .collect();
    format!(
        "<section id=\"conventions\">{}<article><div class=\"said\">{paragraphs}</div>\
         <div class=\"shown\">{}{}{}{}</div></article>{}</section>",
        text("h2", conventions_title(lang)),
        code::command(
            "curl 'http://127.0.0.1:8080/api/v1/observations?indicator=taxpaying_firms&org-unit=371482'"
        ),
        code::block(&code::pretty(&one_figure())),
        code::command(
            "curl 'http://127.0.0.1:8080/api/v1/observations?indicator=taxes' -H 'Accept-Language: en'"
        ),
        code::block(&code::pretty(&examples::of("error").unwrap_or_default())),
        refusals(lang),
    )
}

/// The figure of the example, without what it refers to.
fn one_figure() -> Value {
    let answer = examples::of("get_observations").unwrap_or_default();
    serde_json::json!({ "observations": answer["observations"], "…": "…" })
}

/// What the statuses of refusals mean, said once for all addresses.
fn refusals(lang: Lang) -> String {
    let row = |status: &u16| {
        let says = code::words(refusal::says(*status).get(lang));
        format!("<dt>{status}</dt><dd>{says}</dd>")
    };
    let rows: String = refusal::STATUSES.iter().map(row).collect();
    format!(
        "<article class=\"shape\" id=\"refusals\">{}<dl>{rows}</dl></article>",
        text(
            "h3",
            lang.pick("拒绝的状态和代码", "Statuses and codes of refusals")
        ),
    )
}

fn shapes(document: &Value, lang: Lang) -> String {
    let shapes = document["components"]["schemas"].as_object();
    let articles: String = shapes
        .into_iter()
        .flatten()
        .map(|(name, schema)| shape::article(name, schema, lang))
        .collect();
    let about = lang.pick(
        "答复和请求中 JSON 的结构，由程序的类型得出。“可缺”的字段没有值时不出现。",
        "What JSON in answers and requests looks like, derived from the types of the program. A field that is optional is left out \
         where it has no value.",
    );
    format!(
        "<section id=\"shapes\">{}<p class=\"about\">{}</p><div class=\"shapes\">{articles}</div></section>",
        text("h2", shapes_title(lang)),
        escaped(about)
    )
}
