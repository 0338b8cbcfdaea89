//! What a submission would change of what is published, the old beside the new.

use charts::context::Context;
use charts::html::{element, escaped, text};
use data::api::{Difference, DifferenceCounts, MOST_DIFFERENCES, Submission, SubmissionState};
use data::report::About;
use data::{Observation, label};

use super::{conflicts, pieces, remarks};

/// The differences: how many, the conflicts side by side, then the rest.
pub fn differences(submission: &Submission, context: &Context<'_>) -> String {
    let lang = context.lang;
    let heading = lang.pick("与已公布数据的差别", "What changes of what is published");
    let said = text("p", &summary(submission, context));
    let is_over = is_over(submission);
    let (conflicts, rest): (Vec<&Difference>, Vec<&Difference>) = submission
        .differences
        .iter()
        .partition(|difference| difference.conflict && !is_over);
    let heads = Heads {
        caption: heading,
        old: lang.pick("已公布", "Published"),
        new: lang.pick("本次报送", "This report"),
        conflict: lang.pick("后来公布", "published since"),
    };
    let rows = rest.iter().take(MOST_DIFFERENCES).map(|difference| {
        let said = remarks::at(submission, about(difference).as_ref(), context);
        row(difference, &heads, &said, context)
    });
    let table = framed(&heads, &rows.collect::<String>(), context);
    conflicts::conflicts(submission, &conflicts, context)
        + &pieces::section("differences", heading, &(said + &table))
}

/// Whether it is decided already, so that nobody is asked to decide.
fn is_over(submission: &Submission) -> bool {
    use SubmissionState::{Accepted, Undone, Withdrawn};
    matches!(submission.entry.state, Accepted | Undone | Withdrawn)
}

/// What stands above a table of differences, and beside its conflicts.
#[derive(Debug, Clone, Copy)]
pub struct Heads<'a> {
    /// What names the table.
    pub caption: &'a str,
    /// Above what is published.
    pub old: &'a str,
    /// Above what would be.
    pub new: &'a str,
    /// Beside a conflict.
    pub conflict: &'a str,
}

/// Differences in a table, conflicts first; nothing where there are none.
pub fn table(differences: &[Difference], heads: &Heads<'_>, context: &Context<'_>) -> String {
    let mut sorted: Vec<&Difference> = differences.iter().collect();
    sorted.sort_by_key(|difference| !difference.conflict);
    let shown = sorted.iter().take(MOST_DIFFERENCES);
    let rows: String = shown
        .map(|difference| row(difference, heads, "", context))
        .collect();
    framed(heads, &rows, context)
}

fn framed(heads: &Heads<'_>, rows: &str, context: &Context<'_>) -> String {
    let words = context.lang.words();
    let names = [words.indicator, words.area, heads.old, heads.new, words.change];
    match rows.is_empty() {
        true => String::new(),
        false => pieces::table("differences", heads.caption, &names, rows),
    }
}

/// The figure that a difference is about.
pub fn about(difference: &Difference) -> Option<About> {
    let figure = difference.new.as_ref().or(difference.old.as_ref())?;
    Some(About {
        indicator: figure.key.indicator.clone(),
        org_unit: figure.key.org_unit.clone(),
        period: Some(figure.key.period),
    })
}

fn summary(submission: &Submission, context: &Context<'_>) -> String {
    let DifferenceCounts {
        added,
        changed,
        withdrawn,
        conflicts,
    } = submission.counts;
    let conflicts = match is_over(submission) {
        true => 0,
        false => conflicts,
    };
    let unchanged = submission.unchanged;
    let more = submission.counts.all().saturating_sub(MOST_DIFFERENCES);
    match context.lang {
        data::Lang::Zh => {
            let conflict = if conflicts > 0 {
                format!("，其中{conflicts}项冲突")
            } else {
                String::new()
            };
            let more = if more > 0 {
                format!("（另有{more}项未在此列出）")
            } else {
                String::new()
            };
            format!("新增{added}项，更改{changed}项，撤下{withdrawn}项{conflict}；{unchanged}项不变。{more}")
        }
        data::Lang::En => {
            let conflict = if conflicts > 0 {
                format!(", {conflicts} of them in conflict")
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

/// `said` is what people said of the figure, as finished HTML.
fn row(difference: &Difference, heads: &Heads<'_>, said: &str, context: &Context<'_>) -> String {
    let Some(any) = difference.new.as_ref().or(difference.old.as_ref()) else {
        return String::new();
    };
    let (class, conflict) = match difference.conflict {
        true => (
            " class=\"conflict\"",
            element("small", "conflict", heads.conflict),
        ),
        false => ("", String::new()),
    };
    format!(
        "<tr{class}><th scope=\"row\">{}</th><td>{}{said}</td><td class=\"v\">{}</td>\
         <td class=\"v\">{}</td><td>{}{}{conflict}</td></tr>",
        name(any, context),
        escaped(context.org_unit_name(&any.key.org_unit)),
        value(difference.old.as_ref(), context),
        value(difference.new.as_ref(), context),
        escaped(change(difference, context)),
        previous(difference, context),
    )
}

/// What a new figure follows: `截至2022-10为6,989家，+3.02%`.
fn previous(difference: &Difference, context: &Context<'_>) -> String {
    let Some(previous) = &difference.previous else {
        return String::new();
    };
    let period = label::short_period(&previous.key.period, previous.period_basis, context.lang);
    let value = context.value_or_reason(previous);
    let percent = |comma| {
        let percent = difference.percent.as_ref();
        percent.map_or(String::new(), |percent| format!("{comma}{percent}"))
    };
    let words = match context.lang {
        data::Lang::Zh => format!("{period}为{value}{}", percent("，")),
        data::Lang::En => format!("{value} ({period}){}", percent(", ")),
    };
    text("small", &words)
}

/// The indicator, and below it the period.
pub fn name(figure: &Observation, context: &Context<'_>) -> String {
    let period = label::short_period(&figure.key.period, figure.period_basis, context.lang);
    format!(
        "{}<small>{}</small>",
        escaped(context.indicator_name(&figure.key.indicator)),
        escaped(&period)
    )
}

/// The change in per cent, or in a word.
pub fn change<'a>(difference: &'a Difference, context: &Context<'_>) -> &'a str {
    let lang = context.lang;
    match (&difference.old, &difference.new, &difference.percent) {
        (None, ..) => lang.pick("新增", "added"),
        (_, None, _) => lang.pick("撤下", "withdrawn"),
        (_, _, Some(percent)) => percent,
        _ => lang.pick("更改", "changed"),
    }
}

/// A value, or why there is none; a dash where nothing stands there.
pub fn value(observation: Option<&Observation>, context: &Context<'_>) -> String {
    observation.map_or("—".to_owned(), |observation| {
        escaped(&context.value_or_reason(observation)).into_owned()
    })
}
