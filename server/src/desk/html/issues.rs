//! What is wrong with a submission, each at its cell.

use charts::html::{element, escaped, text};
use data::Lang;
use data::api::{Confirmation, Submission, Verb};
use data::report::{Issue, Severity};

use super::pieces;

/// How many issues of either kind a page shows: a file in which everything is wrong has one in each cell, and no page that a
/// browser could show.
const MOST_SHOWN: usize = 500;

/// Errors first, then what must be confirmed, then what was; nothing where there is nothing.
pub fn issues(submission: &Submission, lang: Lang) -> String {
    let of = |severity| {
        let found = submission.issues.iter();
        found.filter(move |issue| issue.severity() == severity)
    };
    let errors: Vec<&Issue> = of(Severity::Error).collect();
    let mut warnings: Vec<&Issue> = of(Severity::Warning).collect();
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
            .map(|issue| row(submission, issue, "", lang))
            .collect();
        html += &pieces::section(
            "errors",
            &heading,
            &(table(&heading, &rows, lang) + &more(count, lang)),
        );
    }
    if !warnings.is_empty() {
        let heading = match lang {
            Lang::Zh => format!("请核实（{}）", warnings.len()),
            Lang::En => format!("To be confirmed ({})", warnings.len()),
        };
        // Those that still need a reason come first where not all are shown.
        if warnings.len() > MOST_SHOWN {
            warnings.sort_by_cached_key(|issue| is_confirmed(submission, issue));
        }
        let rows: String = warnings
            .iter()
            .take(MOST_SHOWN)
            .map(|issue| row(submission, issue, &answer(submission, issue, lang), lang))
            .collect();
        let hint = lang.pick(
            "数字无误的，请写明原因；原因随报表一并送审核人。",
            "Where the figure is right all the same, say why; the reviewer is shown the reason.",
        );
        let inner = text("p", hint) + &table(&heading, &rows, lang) + &more(warnings.len(), lang);
        html += &pieces::section("warnings", &heading, &inner);
    }
    html
}

fn is_confirmed(submission: &Submission, issue: &Issue) -> bool {
    let key = issue.key();
    submission.confirmations.iter().any(|given| given.issue == key)
}

/// That there are more than are shown, and where.
fn more(count: usize, lang: Lang) -> String {
    let rest = count.saturating_sub(MOST_SHOWN);
    if rest == 0 {
        return String::new();
    }
    let words = match lang {
        Lang::Zh => format!("另有{rest}处未在此列出，见标注了问题的副本。"),
        Lang::En => format!("{rest} more are not listed here; the copy with the issues has them all."),
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

fn row(submission: &Submission, issue: &Issue, answer: &str, lang: Lang) -> String {
    format!(
        "<tr><th scope=\"row\"><b class=\"cell\">{}</b></th><td>{}{answer}</td></tr>",
        escaped(&place(submission, issue)),
        text("p", &issue.problem.message(lang)),
    )
}

/// `B7`, with the sheet before it where there are several.
fn place(submission: &Submission, issue: &Issue) -> String {
    let sheet = submission.sheets.get(usize::from(issue.place.sheet));
    match sheet.filter(|name| submission.sheets.len() > 1 && !name.is_empty()) {
        Some(name) => format!("{name}!{}", issue.place),
        None => issue.place.to_string(),
    }
}

/// The reason given for a warning, or the form to give it where that is still possible.
fn answer(submission: &Submission, issue: &Issue, lang: Lang) -> String {
    let key = issue.key();
    let given = submission.confirmations.iter().find(|given| given.issue == key);
    let shown = given.map_or(String::new(), |given| confirmed(given, lang));
    if !submission.can.contains(&Verb::Edit) {
        return shown;
    }
    let label = lang.pick("数字无误的原因", "Why it is right all the same");
    let value = given.map_or("", |given| given.reason.as_str());
    let attributes = format!("required maxlength=\"500\" value=\"{}\"", escaped(value));
    let inner = format!(
        "<input type=\"hidden\" name=\"issue\" value=\"{}\">{}{}",
        escaped(&key),
        pieces::field("reason", label, &attributes),
        pieces::button("", lang.pick("确认", "Confirm"))
    );
    let action = format!("/report/{}/confirm", submission.entry.id);
    shown + &pieces::form(&action, lang, "inline", &inner)
}

fn confirmed(given: &Confirmation, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    let words = lang.pick("已确认", "Confirmed");
    element(
        "p",
        "reason",
        &escaped(&format!("{words}（{}）{colon}{}", given.by, given.reason)),
    )
}
