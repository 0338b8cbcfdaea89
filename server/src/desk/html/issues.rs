//! What is wrong with a submission, each at its cell.

use std::collections::HashMap;

use charts::context::Context;
use charts::html::{element, escaped, text};
use data::Lang;
use data::api::{Confirmation, Submission, Verb};
use data::report::{Issue, Problem, Severity};

use super::{pieces, remarks};

/// How many issues of either kind a page shows: a file in which everything is wrong has one in each cell, and no page that a
/// browser could show.
const MOST_SHOWN: usize = 500;

/// Errors first, then what must be confirmed, then what was; nothing where there is nothing.
pub fn issues(submission: &Submission, context: &Context<'_>) -> String {
    let lang = context.lang;
    let of = |severity| {
        let found = submission.issues.iter();
        found.filter(move |issue| issue.severity() == severity)
    };
    let errors: Vec<&Issue> = of(Severity::Error).collect();
    let warnings: Vec<&Issue> = of(Severity::Warning).collect();
    let mut html = String::new();
    if !errors.is_empty() {
        let count = errors.len();
        let heading = match lang {
            Lang::Zh => format!("必须改正（{count}）"),
            Lang::En => format!("To be corrected ({count})"),
        };
        let rows: String = errors
            .iter()
            .take(MOST_SHOWN)
            .map(|issue| row(submission, issue, "", context))
            .collect();
        html += &pieces::section(
            "errors",
            &heading,
            &(table(&heading, &rows, lang) + &more(submission, count, lang)),
        );
    }
    if !warnings.is_empty() {
        // Whoever cannot answer reads what was answered.
        let is_answered = !submission.can.contains(&Verb::Edit) && submission.entry.warnings == 0;
        let heading = match lang {
            Lang::Zh if is_answered => format!("报送人已说明的疑问（{}）", warnings.len()),
            Lang::En if is_answered => format!("Questions that were answered ({})", warnings.len()),
            Lang::Zh => format!("请核实（{}）", warnings.len()),
            Lang::En => format!("To be confirmed ({})", warnings.len()),
        };
        let hint = lang.pick(
            "数字无误的，请写明原因；原因随报表一并送审核人。",
            "Where the figure is right all the same, say why; the reviewer is shown the reason.",
        );
        let hint = match submission.can.contains(&Verb::Edit) {
            true => text("p", hint),
            false => String::new(),
        };
        let given: Given<'_> = submission
            .confirmations
            .iter()
            .map(|given| (given.issue.as_str(), given))
            .collect();
        let kinds: String = of_kinds(&warnings)
            .iter()
            .map(|kind| of_kind(submission, kind, &given, context))
            .collect();
        html += &pieces::section("warnings", &heading, &(hint + &kinds));
    }
    html
}

/// The reasons given, by the keys of the warnings.
type Given<'a> = HashMap<&'a str, &'a Confirmation>;

/// Warnings by their kind, the kinds in the order in which the file has them.
fn of_kinds<'a>(warnings: &[&'a Issue]) -> Vec<Vec<&'a Issue>> {
    let mut kinds: Vec<Vec<&Issue>> = Vec::new();
    for warning in warnings {
        let code = warning.problem.code();
        match kinds.iter_mut().find(|kind| kind[0].problem.code() == code) {
            Some(kind) => kind.push(warning),
            None => kinds.push(vec![warning]),
        }
    }
    kinds
}

/// The warnings of one kind: where several wait for a reason, one can be given for all of them above the list.
fn of_kind(submission: &Submission, warnings: &[&Issue], given: &Given<'_>, context: &Context<'_>) -> String {
    let lang = context.lang;
    let Some(first) = warnings.first() else {
        return String::new();
    };
    let name = first.problem.kind(lang).unwrap_or_default();
    let heading = match lang {
        Lang::Zh => format!("{name}（{}）", warnings.len()),
        Lang::En => format!("{name} ({})", warnings.len()),
    };
    let open = warnings
        .iter()
        .filter(|issue| !given.contains_key(issue.key().as_str()))
        .count();
    let for_all = match open {
        0 | 1 => String::new(),
        _ => reason_for_all(submission, first, open, lang),
    };
    // Those that still need a reason come first where not all are shown.
    let mut shown: Vec<&Issue> = warnings.to_vec();
    if shown.len() > MOST_SHOWN {
        shown.sort_by_cached_key(|issue| given.contains_key(issue.key().as_str()));
        shown.truncate(MOST_SHOWN);
    }
    let rows: String = shown
        .iter()
        .map(|issue| {
            let reason = given.get(issue.key().as_str()).copied();
            let shown = reason.map_or(String::new(), |reason| confirmed(reason, lang));
            let form = reason_form(submission, issue, reason, lang);
            let form = match reason {
                None => folded(form, &for_all, lang),
                Some(_) => form,
            };
            row(submission, issue, &(shown + &form), context)
        })
        .collect();
    text("h3", &heading) + &for_all + &table(&heading, &rows, lang) + &more(submission, warnings.len(), lang)
}

/// The form that gives all open warnings of a kind one reason. It is for the revision that the page shows: what another has
/// nobody has seen here.
fn reason_for_all(submission: &Submission, first: &Issue, open: usize, lang: Lang) -> String {
    if !submission.can.contains(&Verb::Edit) {
        return String::new();
    }
    let label = match lang {
        Lang::Zh => format!("以下{open}处如为同一原因，可一并说明"),
        Lang::En => format!("One reason for all {open} below, where it is the same"),
    };
    let inner = pieces::hidden("issue", &first.kind_key())
        + &pieces::revision(submission)
        + &pieces::field("reason", &label, "required maxlength=\"500\"")
        + &pieces::button("", lang.pick("全部确认", "Confirm all"));
    let action = format!("/report/{}/confirm", submission.entry.id);
    pieces::form(&action, lang, "inline for-all", &inner)
}

/// Where one form does for all, those for one alone are folded: thirty of them would hide what they are about.
fn folded(form: String, for_all: &str, lang: Lang) -> String {
    if for_all.is_empty() {
        return form;
    }
    let summary = text("summary", lang.pick("单独说明", "A reason of its own"));
    format!("<details class=\"alone\">{summary}{form}</details>")
}

/// That there are more than are shown, and how to see them. A form has no copy, and neither has a very large file.
fn more(submission: &Submission, count: usize, lang: Lang) -> String {
    let rest = count.saturating_sub(MOST_SHOWN);
    if rest == 0 {
        return String::new();
    }
    let words = match (lang, submission.file.is_some()) {
        (Lang::Zh, true) => {
            format!("另有{rest}处未在此列出：见标注了问题的副本，或在改正以上各处后再看。")
        }
        (Lang::Zh, false) => format!("另有{rest}处未在此列出：改正以上各处后再看。"),
        (Lang::En, true) => format!(
            "{rest} more are not listed here: see the copy with the issues, or come back when those above are corrected."
        ),
        (Lang::En, false) => {
            format!("{rest} more are not listed here: come back when those above are corrected.")
        }
    };
    text("p", &words)
}

fn table(caption: &str, rows: &str, lang: Lang) -> String {
    let heads = [
        lang.pick("位置", "Where"),
        lang.pick("发现的问题与正确写法", "What was found, and what would be right"),
    ];
    pieces::table("issues", caption, &heads, rows)
}

/// What people said of the figure stands at its cell, between what is wrong with it and the answer.
fn row(submission: &Submission, issue: &Issue, answer: &str, context: &Context<'_>) -> String {
    let figure = match issue.problem {
        // Their words name the figure, which has no cell.
        Problem::MissingNow { .. } | Problem::Withdrawn { .. } => String::new(),
        _ => issue.about.as_ref().map_or(String::new(), |about| {
            text("small", &remarks::figure(about, context))
        }),
    };
    format!(
        "<tr><th scope=\"row\"><b class=\"cell\">{}</b></th><td>{figure}{}{}{answer}</td></tr>",
        escaped(&place(submission, issue, context.lang)),
        text("p", &issue.problem.message(context.lang)),
        remarks::at(submission, issue.about.as_ref(), context),
    )
}

/// `B7`, with the sheet before it where there are several. What the file does not hold stands nowhere in it.
fn place(submission: &Submission, issue: &Issue, lang: Lang) -> String {
    let is_of_file = issue.place.column.is_none();
    match issue.problem {
        Problem::MissingNow { .. } | Problem::Withdrawn { .. } if is_of_file => {
            lang.pick("表中没有", "Missing").to_owned()
        }
        _ => issue.place.among(&submission.sheets).to_string(),
    }
}

/// The form to say why a warning is right all the same, or to say it anew; nothing where that is over.
fn reason_form(submission: &Submission, issue: &Issue, given: Option<&Confirmation>, lang: Lang) -> String {
    if !submission.can.contains(&Verb::Edit) {
        return String::new();
    }
    let label = lang.pick("数字无误的原因", "Why it is right all the same");
    let label = match issue.problem {
        Problem::MissingNow { .. } => lang.pick("没有填报的原因", "Why there is no figure"),
        Problem::Withdrawn { .. } => lang.pick("撤销的原因", "Why it is taken back"),
        _ => label,
    };
    let value = given.map_or("", |given| given.reason.as_str());
    let attributes = format!("required maxlength=\"500\" value=\"{}\"", escaped(value));
    let inner = pieces::hidden("issue", &issue.key())
        + &pieces::revision(submission)
        + &pieces::field("reason", label, &attributes)
        + &pieces::button("", lang.pick("确认", "Confirm"));
    let action = format!("/report/{}/confirm", submission.entry.id);
    pieces::form(&action, lang, "inline", &inner)
}

fn confirmed(given: &Confirmation, lang: Lang) -> String {
    let words = match lang {
        Lang::Zh => format!("已确认（{}）：{}", given.by, given.reason),
        Lang::En => format!("Confirmed ({}): {}", given.by, given.reason),
    };
    element("p", "reason", &escaped(&words))
}
