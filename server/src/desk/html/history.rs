//! The past of a figure: every value it was published with, who sent and who accepted it, when and why.

use charts::context::Context;
use charts::html::{element, escaped, link, text};
use data::api::HistoryEntry;
use data::{PeriodBasis, label};

use super::{pieces, vintages};
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
    let all = link(
        &in_lang("/vintages", lang),
        lang.pick("全部公布记录", "Everything that was published"),
    );
    format!(
        "<p>{all}</p><form action=\"/history\" class=\"inline\"><label>{}<select name=\"indicator\">{options}</select></label>{}{hidden}{}</form>",
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
        lang.pick("来源", "Source"),
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
    let published = &entry.published;
    let basis = entry.observation.as_ref().map(|figure| figure.period_basis);
    let period = label::short_period(&entry.period, basis.unwrap_or(PeriodBasis::Stated), lang);
    let value = entry.observation.as_ref().map_or_else(
        || lang.pick("已撤下", "withdrawn").to_owned(),
        |figure| context.value_or_reason(figure),
    );
    let vintage = in_lang(&format!("/vintages/{}", published.vintage), lang);
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"v\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        link(&vintage, &published.vintage.to_string()),
        escaped(&period),
        escaped(&value),
        source(entry),
        vintages::sent_by(published, lang),
        vintages::accepted_by(published, lang),
        pieces::moment(&published.published_at),
        vintages::why(published, context),
    )
}

/// The document, who published it and when; below it the file as it came, for those who may have it.
fn source(entry: &HistoryEntry) -> String {
    let document = entry
        .observation
        .as_ref()
        .map_or(String::new(), |figure| pieces::source(&figure.source));
    let file = entry.file.as_deref().filter(|name| !name.is_empty());
    let file = file.zip(entry.published.submission.as_ref());
    let file = file.map_or(String::new(), |(name, id)| {
        let href = format!("/api/v1/submissions/{id}/file");
        element("small", "file", &link(&href, name))
    });
    document + &file
}
