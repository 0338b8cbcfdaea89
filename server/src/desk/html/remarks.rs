//! What people said of a submission, and the form to say more.

use std::collections::HashSet;

use charts::context::Context;
use charts::html::{element, escaped, items, text};
use data::api::{Remark, Submission};
use data::report::About;
use data::{PeriodBasis, label};

use super::{differences, pieces};

/// All remarks, the oldest first, and below them the form; `action` is where it posts.
pub fn remarks(submission: &Submission, action: &str, context: &Context<'_>) -> String {
    let lang = context.lang;
    let said = items(submission.remarks.iter().map(|remark| entry(remark, context)));
    let said = if said.is_empty() {
        element("p", "quiet", lang.pick("还没有意见。", "Nothing was said yet."))
    } else {
        element("ul", "remarks", &said)
    };
    let about = format!(
        "<label>{}<select name=\"about\"><option value=\"\">{}</option>{}</select></label>",
        text("span", lang.pick("针对", "About")),
        lang.pick("整份报表", "the whole report"),
        options(submission, context),
    );
    let attributes = "required maxlength=\"2000\"";
    let inner = about
        + &pieces::field("text", lang.pick("意见或答复", "Remark or answer"), attributes)
        + &pieces::button("", lang.pick("发表", "Say it"));
    let form = pieces::form(action, lang, "inline", &inner);
    pieces::section("remarks", lang.pick("意见", "Remarks"), &(said + &form))
}

/// What was said of one figure, for the place at which it stands; nothing where nothing was said.
pub fn at(submission: &Submission, about: Option<&About>, context: &Context<'_>) -> String {
    let Some(about) = about else {
        return String::new();
    };
    let said = submission.remarks.iter();
    let said = said.filter(|remark| remark.about.as_ref() == Some(about));
    let colon = context.lang.pick("：", ": ");
    said.map(|remark| {
        let words = format!("{}{colon}{}", remark.by, remark.text);
        element("p", "remark", &escaped(&words))
    })
    .collect()
}

fn entry(remark: &Remark, context: &Context<'_>) -> String {
    let about = remark
        .about
        .as_ref()
        .map_or(String::new(), |about| text("b", &figure(about, context)) + " ");
    format!(
        "<p>{about}{}</p><small>{} · {}</small>",
        escaped(&remark.text),
        escaped(&remark.by),
        pieces::moment(&remark.at)
    )
}

/// A figure in words: its indicator, its unit and its period.
pub fn figure(about: &About, context: &Context<'_>) -> String {
    let period = about
        .period
        .map(|period| label::short_period(&period, PeriodBasis::Stated, context.lang));
    [
        Some(context.indicator_name(&about.indicator).to_owned()),
        Some(context.org_unit_name(&about.org_unit).to_owned()),
        period,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<String>>()
    .join(" · ")
}

/// The figures that differ or are in question: what a remark is mostly about.
fn options(submission: &Submission, context: &Context<'_>) -> String {
    let asked = submission.issues.iter().filter_map(|issue| issue.about.clone());
    let differ = submission.differences.iter().filter_map(differences::about);
    let mut known = HashSet::new();
    let figures = asked.chain(differ).filter(|about| known.insert(about.clone()));
    let option = |about: About| {
        let period = about.period.map(|period| period.to_string());
        format!(
            "<option value=\"{}.{}.{}\">{}</option>",
            escaped(&about.indicator),
            escaped(&about.org_unit),
            escaped(&period.unwrap_or_default()),
            escaped(&figure(&about, context))
        )
    };
    figures.take(500).map(option).collect()
}

/// The figure that a form's `about` names; none for the whole.
pub fn about(field: &str) -> Option<About> {
    let mut parts = field.splitn(3, '.');
    let (indicator, org_unit) = (parts.next()?, parts.next()?);
    Some(About {
        indicator: indicator.to_owned(),
        org_unit: org_unit.to_owned(),
        period: parts.next().and_then(|period| period.parse().ok()),
    })
}
