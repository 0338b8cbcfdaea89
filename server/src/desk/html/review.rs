//! The reviewer's pages: the queue, and one report to decide on.

use charts::context::Context;
use charts::html::{element, escaped, text};
use data::Lang;
use data::api::{MOST_DIFFERENCES, Submission, SubmissionEntry, SubmissionState, Verb};

use super::{differences, issues, pieces, remarks, report, submission};

/// What waits to be decided on.
pub fn queue(submissions: &[SubmissionEntry], lang: Lang) -> String {
    let caption = lang.pick("待审核的报表", "Reports that wait");
    let none = lang.pick("没有待审核的报表。", "No report waits for you.");
    report::list(submissions, "/review", caption, none, lang)
}

/// One report: what it changes first, then what was confirmed and why, then what was said, and the decision.
pub fn main(of: &Submission, context: &Context<'_>) -> String {
    let remark = format!("/review/{}/remark", of.entry.id);
    [
        submission::head(of, context.lang),
        decision(of, context.lang),
        differences::differences(of, context),
        issues::issues(of, context),
        remarks::remarks(of, &remark, context),
    ]
    .concat()
}

/// Nothing was published, because of conflicts that the page did not show when somebody decided; now it does.
pub fn conflict(words: &str, lang: Lang) -> String {
    let now = lang.pick(
        "，没有公布。请对照下面的冲突再决定。",
        "; nothing was published. Compare them below and decide again.",
    );
    format!("<p class=\"notice\" role=\"alert\">{}{now}</p>", escaped(words))
}

fn decision(of: &Submission, lang: Lang) -> String {
    let can = |verb| of.can.contains(&verb);
    let mut html = endorsed(of, lang);
    if can(Verb::Endorse) {
        let action = format!("/review/{}/endorse", of.entry.id);
        let words = lang.pick("初审通过，报上级复审", "Endorse for the second review");
        let endorse = pieces::revision(of) + &pieces::button("primary", words);
        html += &pieces::form(&action, lang, "step", &endorse);
    }
    // Nobody replaces what the page does not show.
    if can(Verb::Accept) && of.counts.conflicts <= MOST_DIFFERENCES {
        let action = format!("/review/{}/accept", of.entry.id);
        let words = match over(of) {
            0 => lang.pick("通过并公布", "Accept and publish"),
            _ => lang.pick("替换冲突数据，通过并公布", "Replace what conflicts, and publish"),
        };
        let accept = pieces::revision(of)
            + &pieces::hidden("over", &over(of).to_string())
            + &pieces::button("primary", words);
        html += &pieces::form(&action, lang, "step", &accept);
    }
    if can(Verb::Return) {
        let action = format!("/review/{}/return", of.entry.id);
        let note = lang.pick("退回的原因", "Why it is returned");
        let inner = pieces::revision(of)
            + &pieces::field("note", note, "required maxlength=\"2000\"")
            + &pieces::button("", lang.pick("退回", "Return"));
        html += &pieces::form(&action, lang, "inline", &inner);
    }
    if !can(Verb::Return) {
        html += &text("p", &settled(of, lang));
    }
    element("div", "steps", &html)
}

/// Why nothing is to be decided.
fn settled(of: &Submission, lang: Lang) -> String {
    let vintage = of.vintage.unwrap_or_default();
    match (of.entry.state, lang) {
        (SubmissionState::Accepted, Lang::Zh) => format!("已通过并公布为数据版本{vintage}。"),
        (SubmissionState::Accepted, Lang::En) => format!("Accepted and published as vintage {vintage}."),
        (SubmissionState::Undone, Lang::Zh) => "曾经公布，后被撤销。".to_owned(),
        (SubmissionState::Undone, Lang::En) => "Was published, and undone later.".to_owned(),
        (SubmissionState::Returned, Lang::Zh) => "已退回，等待报送人修改后重新报送。".to_owned(),
        (SubmissionState::Returned, Lang::En) => {
            "Returned; it waits for who sent it to correct it and send it again.".to_owned()
        }
        (SubmissionState::Withdrawn, Lang::Zh) => "报送人已撤回。".to_owned(),
        (SubmissionState::Withdrawn, Lang::En) => "Who sent it took it back.".to_owned(),
        (_, Lang::Zh) => "您不能决定这份报表：它由您本人报送，或您已完成前一级审核。".to_owned(),
        (_, Lang::En) => "You cannot decide on this report: you sent it, or took the step before.".to_owned(),
    }
}

/// Who took the first step, where the report waits for the second.
fn endorsed(of: &Submission, lang: Lang) -> String {
    let Some(by) = of
        .endorsed_by
        .as_ref()
        .filter(|_| of.entry.state == SubmissionState::Endorsed)
    else {
        return String::new();
    };
    match lang {
        Lang::Zh => text("p", &format!("{by}已初审。")),
        Lang::En => text("p", &format!("Endorsed by {by}.")),
    }
}

/// The newest vintage among the conflicting figures that the page shows: accepting replaces these and no later ones.
fn over(of: &Submission) -> u32 {
    let conflicts = of.differences.iter().filter(|difference| difference.conflict);
    let published = conflicts.filter_map(|difference| difference.old.as_ref());
    published.map(|old| old.vintage).max().unwrap_or_default()
}
