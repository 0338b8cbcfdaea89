//! One submission as its reporter sees it: what is wrong, what it changes, and the way to send it.

use charts::context::Context;
use charts::html::{element, escaped, items, link, text};
use data::Lang;
use data::api::{Submission, SubmissionState, Verb};
use data::report::Unmapped;

use super::{differences, form, issues, pieces, remarks, report};
use crate::desk::visit::in_lang;

/// The title of a submission wherever it is shown.
pub fn title(submission: &Submission, lang: Lang) -> String {
    let unit = submission.entry.org_unit.name.get(lang);
    match lang {
        Lang::Zh => format!("{unit} {}年报表", submission.entry.year),
        Lang::En => format!("{unit}, report of {}", submission.entry.year),
    }
}

/// The page of the reporter.
pub fn main(submission: &Submission, limit: u64, context: &Context<'_>) -> String {
    let id = &submission.entry.id;
    let remark = format!("/report/{id}/remark");
    [
        head(submission, context.lang),
        returned(submission, context.lang),
        undone(submission, context.lang),
        steps(submission, context.lang),
        unmapped(submission, context),
        issues::issues(submission, context),
        correction(submission, limit, context.lang),
        differences::differences(submission, context),
        remarks::remarks(submission, &remark, context),
    ]
    .concat()
}

/// State, file, who and when.
pub fn head(submission: &Submission, lang: Lang) -> String {
    let entry = &submission.entry;
    let file = submission.file.as_ref().map_or(String::new(), |file| {
        let href = format!("/api/v1/submissions/{}/file", entry.id);
        format!(" · {}", link(&href, file))
    });
    let file = file + &repaired(submission, lang);
    let figures = match lang {
        Lang::Zh => format!("{}项数据", entry.figures),
        Lang::En => format!("{} figures", entry.figures),
    };
    let inner = format!(
        "{} {figures}{file} · {} · {}",
        pieces::state_badge(entry.state, lang),
        escaped(&entry.sender),
        pieces::moment(&entry.updated_at)
    );
    element("p", "head", &inner)
}

/// The way to the file with its issues beside the cells, where it has any.
fn repaired(submission: &Submission, lang: Lang) -> String {
    if submission.file.is_none() || submission.issues.is_empty() {
        return String::new();
    }
    let address = format!("/api/v1/submissions/{}/repaired", submission.entry.id);
    let words = lang.pick("下载标注了问题的副本", "Copy with the issues beside its cells");
    format!(" · {}", link(&in_lang(&address, lang), words))
}

/// What a reviewer returned it with stands above everything else.
pub fn returned(submission: &Submission, lang: Lang) -> String {
    if submission.entry.state != SubmissionState::Returned {
        return String::new();
    }
    // What was said of single figures stands with them.
    let note = submission
        .remarks
        .iter()
        .rev()
        .find(|remark| remark.about.is_none());
    let last = note.map_or(String::new(), |remark| {
        format!("{}（{}）", remark.text, remark.by)
    });
    let words = lang.pick("审核人退回了这份报表：", "The reviewer returned this report: ");
    element("p", "notice", &escaped(&format!("{words}{last}")))
}

/// That its publication was undone, why, and what can be done: the same file may come again, as a new report.
fn undone(submission: &Submission, lang: Lang) -> String {
    let Some(undone) = &submission.undone else {
        return String::new();
    };
    let by = undone.accepted_by.as_deref().unwrap_or("—");
    let words = match lang {
        Lang::Zh => format!(
            "这份报表的公布已由版本{}撤销（{by}）：{}。请改正后重新上传；原文件也可以再次报送。",
            undone.vintage, undone.reason
        ),
        Lang::En => format!(
            "The publication of this report was undone by vintage {} ({by}): {}. Upload it corrected; the same file may be sent again as well.",
            undone.vintage, undone.reason
        ),
    };
    let entry = &submission.entry;
    let again = format!("/report?org-unit={}&year={}", entry.org_unit.code, entry.year);
    let again = link(&in_lang(&again, lang), lang.pick("重新报送", "Report again"));
    element("p", "notice", &format!("{} {again}", escaped(&words)))
}

/// What is to be done next, and the button for it.
fn steps(submission: &Submission, lang: Lang) -> String {
    let can = |verb| submission.can.contains(&verb);
    let post = |verb: &str, class: &str, words| {
        let action = format!("/report/{}/{verb}", submission.entry.id);
        pieces::form(
            &action,
            lang,
            "step",
            &(pieces::revision(submission) + &pieces::button(class, words)),
        )
    };
    let submit = lang.pick("报送审核", "Send for review");
    let withdraw = lang.pick("撤回", "Withdraw");
    let mut html = text("p", &next(submission, lang));
    // The API refuses it while anything is open, so the button comes when all is done.
    if can(Verb::Submit) && is_finished(submission) {
        html += &post("submit", "primary", submit);
    }
    if can(Verb::Withdraw) {
        html += &post("withdraw", "", withdraw);
    }
    element("div", "steps", &html)
}

fn is_finished(submission: &Submission) -> bool {
    submission.entry.errors == 0 && submission.entry.warnings == 0
}

fn next(submission: &Submission, lang: Lang) -> String {
    let entry = &submission.entry;
    match (entry.state, entry.errors, entry.warnings) {
        (SubmissionState::Accepted, ..) => {
            let vintage = submission
                .vintage
                .map_or(String::new(), |vintage| vintage.to_string());
            match lang {
                Lang::Zh => format!("已审核并公布，数据版本{vintage}。"),
                Lang::En => format!("Accepted and published as vintage {vintage}."),
            }
        }
        (SubmissionState::Undone, ..) => lang.pick("公布已撤销。", "Its publication was undone.").into(),
        (SubmissionState::Endorsed, ..) => {
            let by = submission.endorsed_by.as_deref().unwrap_or("—");
            match lang {
                Lang::Zh => format!("已由{by}初审，等待上级复审。"),
                Lang::En => format!("Endorsed by {by}; it waits for the second review."),
            }
        }
        (SubmissionState::Submitted, ..) => lang
            .pick("已报送，等待上级审核。", "Sent; it waits for the reviewer.")
            .into(),
        (SubmissionState::Withdrawn, ..) => lang.pick("已撤回。", "Withdrawn.").into(),
        (_, 0, 0) => lang
            .pick("没有问题，可以报送。", "Nothing is wrong; it can be sent.")
            .into(),
        (_, 0, warnings) => match lang {
            Lang::Zh => format!("还有{warnings}处需要核实，写明原因后即可报送。"),
            Lang::En => format!("{warnings} to confirm with a reason; then it can be sent."),
        },
        (_, errors, 0) => match lang {
            Lang::Zh => format!("还有{errors}处必须改正：请在文件中改好，再上传一次。"),
            Lang::En => format!("{errors} to correct: mend the file and upload it again."),
        },
        (_, errors, warnings) => match lang {
            Lang::Zh => format!("还有{errors}处必须改正、{warnings}处需要核实：请在文件中改好，再上传一次。"),
            Lang::En => {
                format!("{errors} to correct and {warnings} to confirm: mend the file and upload it again.")
            }
        },
    }
}

/// Columns that nobody understood, each with the choice of indicators; the answer is remembered for the unit.
fn unmapped(submission: &Submission, context: &Context<'_>) -> String {
    if submission.unmapped.is_empty() || !submission.can.contains(&Verb::Edit) {
        return String::new();
    }
    let lang = context.lang;
    let hint = lang.pick(
        "请指定下列各列对应的指标；选择会记住，下次不再询问。",
        "Say which indicator each column holds; the answer is remembered.",
    );
    let forms = items(
        submission
            .unmapped
            .iter()
            .map(|column| mapping(submission, column, context)),
    );
    let heading = lang.pick("不认识的列", "Columns that are not known");
    pieces::section(
        "unmapped",
        heading,
        &(text("p", hint) + &element("ul", "mappings", &forms)),
    )
}

fn mapping(submission: &Submission, column: &Unmapped, context: &Context<'_>) -> String {
    let lang = context.lang;
    let label = format!("{}（{}）", column.header, column.place.among(&submission.sheets));
    let options: String = context
        .indicators
        .iter()
        .map(|indicator| {
            let name = escaped(indicator.name.get(lang));
            format!("<option value=\"{}\">{name}</option>", escaped(&indicator.code))
        })
        .collect();
    let inner = format!(
        "{}<input type=\"hidden\" name=\"header\" value=\"{}\"><label>{}<select name=\"indicator\" required>\
         <option value=\"\">{}</option>{options}</select></label>{}",
        pieces::revision(submission),
        escaped(&column.header),
        text("span", &label),
        lang.pick("请选择指标", "Choose an indicator"),
        pieces::button("", lang.pick("确定", "Set")),
    );
    let action = format!("/report/{}/mapping", submission.entry.id);
    pieces::form(&action, lang, "inline", &inner)
}

/// The place to drop the corrected file.
fn correction(submission: &Submission, limit: u64, lang: Lang) -> String {
    if !submission.can.contains(&Verb::Edit) {
        return String::new();
    }
    let entry = &submission.entry;
    let action = format!("/report/{}/file?revision={}", entry.id, entry.revision);
    let words = lang.pick("上传改正后的文件", "Upload the corrected file");
    let inner = form::way_back(submission, lang) + &report::upload(&action, words, limit, lang);
    pieces::section("correct", words, &inner)
}
