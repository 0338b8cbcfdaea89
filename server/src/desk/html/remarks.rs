//! What people said of a submission, and the form to say more.

use charts::context::Context;
use charts::html::{element, escaped, items, text};
use data::api::{Remark, Submission};
use data::report::About;
use data::{PeriodBasis, label};

use super::pieces;

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

fn figure(about: &About, context: &Context<'_>) -> String {
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

/// The figures that differ: what a remark is mostly about.
fn options(submission: &Submission, context: &Context<'_>) -> String {
    let figures = submission.differences.iter().filter_map(|difference| {
        let figure = difference.new.as_ref().or(difference.old.as_ref())?;
        Some(About {
            indicator: figure.key.indicator.clone(),
            org_unit: figure.key.org_unit.clone(),
            period: Some(figure.key.period),
        })
    });
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
