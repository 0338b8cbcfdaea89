//! What a submission would change of what is published, the old beside the new.

use charts::context::Context;
use charts::html::{escaped, text};
use data::api::{Difference, DifferenceCounts, MOST_DIFFERENCES, Submission};
use data::{Observation, label};

use super::pieces;

/// The first differences, and how much stays as it is.
pub fn differences(submission: &Submission, context: &Context<'_>) -> String {
    let lang = context.lang;
    let rows: String = submission
        .differences
        .iter()
        .map(|difference| row(difference, context))
        .collect();
    let heading = lang.pick("与已公布数据的差别", "What changes of what is published");
    let said = summary(submission, context);
    if rows.is_empty() {
        return pieces::section("differences", heading, &text("p", &said));
    }
    let heads = [
        lang.words().indicator,
        lang.words().area,
        lang.pick("已公布", "Published"),
        lang.pick("本次报送", "This report"),
        lang.words().change,
    ];
    let table = pieces::table("differences", heading, &heads, &rows);
    pieces::section("differences", heading, &(text("p", &said) + &table))
}

fn summary(submission: &Submission, context: &Context<'_>) -> String {
    let DifferenceCounts {
        added,
        changed,
        withdrawn,
        conflicts,
    } = submission.counts;
    let unchanged = submission.unchanged;
    let more = submission.counts.all().saturating_sub(MOST_DIFFERENCES);
    match context.lang {
        data::Lang::Zh => {
            let conflict = if conflicts > 0 {
                format!("，其中{conflicts}项与其他来源冲突")
            } else {
                String::new()
            };
            let more = if more > 0 {
                format!("（另有{more}项未在此列出）")
            } else {
                String::new()
            };
            format!("新增{added}项，更改{changed}项，撤销{withdrawn}项{conflict}；{unchanged}项不变。{more}")
        }
        data::Lang::En => {
            let conflict = if conflicts > 0 {
                format!(", {conflicts} in conflict with another source")
            } else {
                String::new()
            };
            let more = if more > 0 {
                format!(" ({more} more are not listed here)")
            } else {
                String::new()
            };
            format!(
                "{added} added, {changed} changed, {withdrawn} withdrawn{conflict}; {unchanged} unchanged.{more}"
            )
        }
    }
}

fn row(difference: &Difference, context: &Context<'_>) -> String {
    let Some(any) = difference.new.as_ref().or(difference.old.as_ref()) else {
        return String::new();
    };
    let lang = context.lang;
    let change = match (&difference.old, &difference.new, &difference.percent) {
        (None, ..) => lang.pick("新增", "added"),
        (_, None, _) => lang.pick("撤销", "withdrawn"),
        (_, _, Some(percent)) => percent,
        _ => lang.pick("更改", "changed"),
    };
    let conflict = if difference.conflict {
        format!(
            "<small class=\"conflict\">{}</small>",
            lang.pick("来源冲突，请核对", "conflict: decide which is right")
        )
    } else {
        String::new()
    };
    let class = if difference.conflict {
        " class=\"conflict\""
    } else {
        ""
    };
    format!(
        "<tr{class}><th scope=\"row\">{}<small>{}</small></th><td>{}</td><td class=\"v\">{}</td>\
         <td class=\"v\">{}</td><td>{}{conflict}</td></tr>",
        escaped(context.indicator_name(&any.key.indicator)),
        escaped(&label::short_period(&any.key.period, any.period_basis, lang)),
        escaped(context.org_unit_name(&any.key.org_unit)),
        value(difference.old.as_ref(), context),
        value(difference.new.as_ref(), context),
        escaped(change),
    )
}

/// A value with what it is from where two sources may disagree; a dash where there is none.
fn value(observation: Option<&Observation>, context: &Context<'_>) -> String {
    observation.map_or("—".to_owned(), |observation| {
        escaped(&context.value_or_reason(observation)).into_owned()
    })
}
