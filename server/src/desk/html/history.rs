//! The past of a figure: every value it was published with, who sent and who accepted it, when and why.

use charts::context::Context;
use charts::html::{element, escaped, link, text};
use data::api::HistoryEntry;
use data::label;

use super::pieces;
use crate::desk::visit::in_lang;

/// The choice of a figure; a form that only reads.
pub fn choice(indicator: &str, org_unit: &str, context: &Context<'_>) -> String {
    let lang = context.lang;
    let options: String = context
        .indicators
        .iter()
        .map(|known| {
            let selected = if known.code == indicator { " selected" } else { "" };
            let name = escaped(known.name.get(lang));
            format!(
                "<option value=\"{}\"{selected}>{name}</option>",
                escaped(&known.code)
            )
        })
        .collect();
    let code = format!(
        "required pattern=\"[0-9A-Za-z]+\" value=\"{}\"",
        escaped(org_unit)
    );
    let hidden = match lang {
        data::Lang::Zh => "",
        data::Lang::En => "<input type=\"hidden\" name=\"lang\" value=\"en\">",
    };
    format!(
        "<form action=\"/history\" class=\"inline\"><label>{}<select name=\"indicator\">{options}</select></label>{}{hidden}{}</form>",
        text("span", lang.words().indicator),
        pieces::field("org-unit", lang.pick("地区代码", "Code of the area"), &code),
        pieces::button("", lang.pick("查看", "Show"))
    )
}

/// The published states of one figure, the newest first.
pub fn figure(entries: &[HistoryEntry], context: &Context<'_>) -> String {
    let lang = context.lang;
    if entries.is_empty() {
        let none = lang.pick("没有公布过这项数据。", "This figure was never published.");
        return element("p", "quiet", none);
    }
    let heads = [
        lang.words().vintage,
        lang.words().period,
        lang.words().value,
        lang.pick("报送", "Sent by"),
        lang.pick("审核", "Accepted by"),
        lang.pick("公布时间", "Published"),
        lang.pick("原因", "Why"),
    ];
    let rows: String = entries.iter().map(|entry| row(entry, context)).collect();
    let caption = lang.pick("历次公布的数值", "Every value published");
    pieces::table("history", caption, &heads, &rows)
}

fn row(entry: &HistoryEntry, context: &Context<'_>) -> String {
    let lang = context.lang;
    let period = entry.observation.as_ref().map_or(String::new(), |figure| {
        label::short_period(&figure.key.period, figure.period_basis, lang)
    });
    let value = entry.observation.as_ref().map_or_else(
        || lang.pick("已撤销", "withdrawn").to_owned(),
        |figure| context.value_or_reason(figure),
    );
    let person = |name: &Option<String>| escaped(name.as_deref().unwrap_or("—")).into_owned();
    let sent_by = match &entry.submission {
        Some(id) => link(
            &in_lang(&format!("/report/{id}"), lang),
            entry.sent_by.as_deref().unwrap_or("—"),
        ),
        None => person(&entry.sent_by),
    };
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"v\">{}</td><td>{sent_by}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        entry.vintage,
        escaped(&period),
        escaped(&value),
        person(&entry.accepted_by),
        pieces::moment(&entry.published_at),
        escaped(&entry.reason)
    )
}
