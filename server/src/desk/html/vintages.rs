//! What was published, vintage by vintage, and the page on which one is undone.

use charts::context::Context;
use charts::html::{element, escaped, link, text};
use data::Lang;
use data::api::{VintageDetail, VintageEntry, VintageList};

use super::{differences, pieces};
use crate::commands::SAMPLE_REASON;
use crate::desk::visit::in_lang;

/// How many a page lists.
pub const LISTED: usize = 50;

/// The list, from `offset`, and the ways to newer and older ones.
pub fn main(list: &VintageList, offset: usize, context: &Context<'_>) -> String {
    let lang = context.lang;
    let intro = lang.pick(
        "每次公布都是一个新的版本，已公布的数据从不被覆盖；公布有误时，由新的版本撤销，并写明原因。",
        "Each publication is a new vintage, and nothing published is overwritten; a wrong one is undone by another, with its reason.",
    );
    if list.vintages.is_empty() {
        let none = lang.pick("还没有公布过数据。", "Nothing was published yet.");
        return text("p", intro) + &element("p", "quiet", none);
    }
    let heads = [
        lang.words().vintage,
        lang.pick("公布时间", "Published"),
        lang.pick("内容", "What"),
        lang.pick("新增或更改", "Added or changed"),
        lang.pick("撤下", "Withdrawn"),
        lang.pick("报送", "Sent by"),
        lang.pick("审核", "Accepted by"),
    ];
    let rows: String = list.vintages.iter().map(|entry| row(entry, context)).collect();
    let caption = lang.pick("公布记录", "What was published");
    text("p", intro) + &pieces::table("vintages", caption, &heads, &rows) + &pager(list, offset, lang)
}

fn row(entry: &VintageEntry, context: &Context<'_>) -> String {
    let href = in_lang(&format!("/vintages/{}", entry.vintage), context.lang);
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"v\">{}</td><td class=\"v\">{}</td><td>{}</td><td>{}</td></tr>",
        link(&href, &entry.vintage.to_string()),
        pieces::moment(&entry.published_at),
        why(entry, context),
        entry.added,
        entry.withdrawn,
        sent_by(entry, context.lang),
        accepted_by(entry, context.lang),
    )
}

fn pager(list: &VintageList, offset: usize, lang: Lang) -> String {
    let to = |offset: usize, words: &str| link(&in_lang(&format!("/vintages?offset={offset}"), lang), words);
    let mut links = String::new();
    if offset > 0 {
        links += &to(offset.saturating_sub(LISTED), lang.pick("较新的", "Newer"));
    }
    if offset + list.vintages.len() < list.total {
        links += &to(offset + LISTED, lang.pick("较早的", "Older"));
    }
    match links.is_empty() {
        true => links,
        false => element("p", "pager", &links),
    }
}

/// What a vintage is, in the language of the page: finished HTML.
pub fn why(entry: &VintageEntry, context: &Context<'_>) -> String {
    let lang = context.lang;
    let reason = &entry.reason;
    let words = match (&entry.undoes, &entry.report) {
        (Some(undone), _) => match lang {
            Lang::Zh => format!("撤销版本{undone}：{reason}"),
            Lang::En => format!("Undoes vintage {undone}: {reason}"),
        },
        (None, Some(report)) => {
            let unit = context.org_unit_name(&report.org_unit);
            match lang {
                Lang::Zh => format!("{unit} {}年报表", report.year),
                Lang::En => format!("{unit}, report of {}", report.year),
            }
        }
        (None, None) if reason == SAMPLE_REASON => lang.pick("随程序附带的样本", reason).to_owned(),
        (None, None) => reason.clone(),
    };
    let undone = entry.undone_by.map_or(String::new(), |by| {
        let words = match lang {
            Lang::Zh => format!("已由版本{by}撤销"),
            Lang::En => format!("undone by vintage {by}"),
        };
        format!(" {}", element("small", "conflict", &words))
    });
    escaped(&words).into_owned() + &undone
}

/// Who sent, endorsed and accepted it, or undid the other, each with a dot before it; nothing where nobody is told of.
pub fn people(entry: &VintageEntry, lang: Lang) -> String {
    let last = match entry.undoes {
        Some(_) => ("撤销", "undone by"),
        None => ("通过", "accepted by"),
    };
    let parts = [
        (&entry.sent_by, ("报送", "sent by")),
        (&entry.endorsed_by, ("初审", "endorsed by")),
        (&entry.accepted_by, last),
    ];
    let told = parts.into_iter().filter_map(|(name, (zh, en))| {
        let name = name.as_ref()?;
        let words = match lang {
            Lang::Zh => format!("{name}{zh}"),
            Lang::En => format!("{en} {name}"),
        };
        Some(format!(" · {}", escaped(&words)))
    });
    told.collect()
}

/// Who sent it, with the way to the report for those who may see that.
pub fn sent_by(entry: &VintageEntry, lang: Lang) -> String {
    let name = entry.sent_by.as_deref().unwrap_or("—");
    match &entry.submission {
        Some(id) => link(&in_lang(&format!("/review/{id}"), lang), name),
        None => escaped(name).into_owned(),
    }
}

/// Who accepted it, after who endorsed it where there were two.
pub fn accepted_by(entry: &VintageEntry, lang: Lang) -> String {
    let name = entry.accepted_by.as_deref().unwrap_or("—");
    match &entry.endorsed_by {
        Some(endorser) => {
            let comma = lang.pick("、", ", ");
            escaped(&format!("{endorser}{comma}{name}")).into_owned()
        }
        None => escaped(name).into_owned(),
    }
}

/// One vintage: what it is, what undoing it would change, and the form to do it.
pub fn one(detail: &VintageDetail, context: &Context<'_>) -> String {
    let lang = context.lang;
    let entry = &detail.entry;
    let counts = match lang {
        Lang::Zh => format!("新增或更改{}项，撤下{}项", entry.added, entry.withdrawn),
        Lang::En => format!("{} added or changed, {} withdrawn", entry.added, entry.withdrawn),
    };
    let head = format!(
        "{} · {} · {}{}",
        why(entry, context),
        pieces::moment(&entry.published_at),
        escaped(&counts),
        people(entry, lang),
    );
    let caption = lang.pick("撤销后的变化", "What undoing it would change");
    let heads = differences::Heads {
        caption,
        old: lang.pick("现在公布", "Published now"),
        new: lang.pick("撤销后", "After undoing it"),
        conflict: lang.pick("已被后来的版本更改", "changed by a later vintage since"),
    };
    let table = differences::table(&detail.differences, &heads, context);
    let more = match detail.changes.saturating_sub(detail.differences.len()) {
        0 => String::new(),
        more => match lang {
            Lang::Zh => text(
                "p",
                &format!("只列出其中{}项，另有{more}项。", detail.differences.len()),
            ),
            Lang::En => text(
                "p",
                &format!(
                    "{} of them are listed, {more} more are not.",
                    detail.differences.len()
                ),
            ),
        },
    };
    element("p", "head", &head) + &undo(detail, lang) + &pieces::section("undoing", caption, &(more + &table))
}

fn undo(detail: &VintageDetail, lang: Lang) -> String {
    let entry = &detail.entry;
    if detail.can_undo {
        let words = match lang {
            Lang::Zh => format!(
                "撤销会立即恢复这次公布之前的{}项数据，并作为新的版本保留记录。",
                detail.changes
            ),
            Lang::En => format!(
                "Undoing it publishes at once what was there before, {} figures in all, as a new vintage; this one stays in the record.",
                detail.changes
            ),
        };
        let label = lang.pick("撤销的原因（将公开）", "Why it is undone (everybody sees it)");
        let inner = pieces::field("reason", label, "required maxlength=\"2000\"")
            + &pieces::button("primary", lang.pick("撤销这次公布", "Undo this publication"));
        let action = format!("/vintages/{}/undo", entry.vintage);
        let form = pieces::form(&action, lang, "inline", &inner);
        return element("div", "steps", &(text("p", &words) + &form));
    }
    element("div", "steps", &text("p", &why_not(detail, lang)))
}

/// Why it cannot be undone by the one who asks.
fn why_not(detail: &VintageDetail, lang: Lang) -> String {
    match (detail.entry.undone_by, detail.may_undo, detail.conflicts) {
        (Some(by), ..) => match lang {
            Lang::Zh => format!("已由版本{by}撤销。"),
            Lang::En => format!("It was undone by vintage {by}."),
        },
        (None, false, _) => lang
            .pick(
                "您不能撤销：须对其中每个地区都有审核或管理权限，且不能使自己报送的内容、（两级审核时）自己撤销的内容重新公布。",
                "You cannot undo it: that takes the right to review or administer each of its areas, and must not bring back what you sent or, where two review, what you undid.",
            )
            .to_owned(),
        (None, true, 0) => lang
            .pick(
                "没有可以恢复的数据：现在公布的与这次公布之前相同。",
                "There is nothing to undo: what is published now is what was published before it.",
            )
            .to_owned(),
        (None, true, changed) => match lang {
            Lang::Zh => format!("后来的版本更改了其中{changed}项数据，请先撤销后来的版本。"),
            Lang::En => format!("Later vintages changed {changed} of its figures; undo those first."),
        },
    }
}
