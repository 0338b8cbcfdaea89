//! The pieces that several pages of the desk are made of.

use charts::context::Context;
use charts::html::{element, escaped, text};
use data::api::{Submission, SubmissionState};
use data::definitions::Catalogue;
use data::{Lang, Source};

use crate::desk::visit::in_lang;

/// What the words of a page need: the language, and all that codes stand for.
pub fn context(catalogue: &Catalogue, lang: Lang) -> Context<'_> {
    Context {
        lang,
        indicators: &catalogue.indicators,
        units: &catalogue.units,
        org_units: catalogue.org_units.all(),
    }
}

/// A moment as people at the desk read it: the clock of China, to the minute.
pub fn moment(rfc_3339: &str) -> String {
    const EAST_OF_GREENWICH: i32 = 8 * 3600;
    let read = chrono::DateTime::parse_from_rfc3339(rfc_3339).ok();
    let zone = chrono::FixedOffset::east_opt(EAST_OF_GREENWICH);
    match read.zip(zone) {
        Some((moment, zone)) => moment.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
        None => rfc_3339.to_owned(),
    }
}

/// A state in words.
pub fn state(state: SubmissionState, lang: Lang) -> &'static str {
    match state {
        SubmissionState::Draft => lang.pick("草稿", "draft"),
        SubmissionState::Submitted => lang.pick("待审核", "waiting for review"),
        SubmissionState::Endorsed => lang.pick("已初审", "endorsed"),
        SubmissionState::Returned => lang.pick("已退回", "returned"),
        SubmissionState::Accepted => lang.pick("已公布", "published"),
        SubmissionState::Undone => lang.pick("公布已撤销", "publication undone"),
        SubmissionState::Withdrawn => lang.pick("已撤回", "withdrawn"),
    }
}

/// A state as a badge, which its code colours.
pub fn state_badge(of: SubmissionState, lang: Lang) -> String {
    let class = format!("state {}", of.code());
    element("span", &class, &escaped(state(of, lang)))
}

/// A source in a few words: the document, who published it, and when.
pub fn source(source: &Source) -> String {
    format!(
        "<small>{} · {} · {}</small>",
        escaped(&source.document),
        escaped(&source.publisher),
        source.published
    )
}

/// A form that posts; `inner` is finished HTML.
pub fn form(action: &str, lang: Lang, class: &str, inner: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\" class=\"{class}\">{inner}</form>",
        escaped(&in_lang(action, lang))
    )
}

/// The revision that the page shows: what is done is done to it, and not to one that came since.
pub fn revision(submission: &Submission) -> String {
    hidden("revision", &submission.entry.revision.to_string())
}

/// A field that goes along unseen.
pub fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
        escaped(value)
    )
}

/// A button with words.
pub fn button(class: &str, words: &str) -> String {
    element("button", class, &escaped(words))
}

/// A line of text to fill in, under its label.
pub fn field(name: &str, label: &str, attributes: &str) -> String {
    format!(
        "<label>{}<input name=\"{name}\" {attributes}></label>",
        text("span", label)
    )
}

/// A table in a box that scrolls sideways by itself; heads are texts, rows finished HTML. `caption` names it.
pub fn table(class: &str, caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)))
        .collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table class=\"{class}\">\
         <caption>{label}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        label = escaped(caption)
    )
}

/// A section with a heading that an address can point to.
pub fn section(id: &str, heading: &str, inner: &str) -> String {
    format!(
        "<section class=\"part\" id=\"{id}\">{}{inner}</section>",
        text("h2", heading)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_by_the_clock_of_china() {
        let check = |given, expected: &str| assert_eq!(moment(given), expected);
        check("2026-01-31T16:05:59Z", "2026-02-01 00:05");
        check("not a time", "not a time");
    }
}
