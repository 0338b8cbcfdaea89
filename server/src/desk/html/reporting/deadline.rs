//! By when the units have to report: read by everybody, set by who administers them.

use charts::html::{escaped, text};
use chrono::NaiveDate;
use data::Lang;

use super::Page;
use crate::desk::html::pieces;
use crate::desk::reporting::query;

/// The deadline, and the form to set it where whoever looks may.
pub fn deadline(page: &Page<'_>, lang: Lang) -> String {
    let said = text("p", &in_words(page, lang));
    match page.sets {
        true => said + &form(page, lang),
        false => said,
    }
}

fn in_words(page: &Page<'_>, lang: Lang) -> String {
    let holding = page.deadline;
    match (holding.due.zip(holding.set_at.as_ref()), lang) {
        (None, _) => lang.pick("没有设定。", "None is set.").to_owned(),
        (Some((due, at)), Lang::Zh) => format!(
            "{}，由{}设定。按北京时间，当日结束时截止。",
            date(due, lang),
            at.name.zh
        ),
        (Some((due, at)), Lang::En) => format!(
            "{}, set at {}; it is over at the end of that day in China.",
            date(due, lang),
            at.name.en
        ),
    }
}

/// The field is empty where the deadline is one from above, and keeps what was refused.
fn form(page: &Page<'_>, lang: Lang) -> String {
    let (holding, unit) = (page.deadline, &page.found.org_unit);
    let is_own = holding.set_at.as_ref().is_some_and(|at| at.code == unit.code);
    let own = holding.due.filter(|_| is_own);
    let (typed, why) = page.wrong.unwrap_or_default();
    let label = match lang {
        Lang::Zh => format!("{}及下级{}年数据的截止日期", unit.name.zh, page.found.year),
        Lang::En => format!(
            "Deadline of {} and all below for {}",
            unit.name.en, page.found.year
        ),
    };
    let take = match is_own {
        true => format!(
            "<button name=\"act\" value=\"take\">{}</button>",
            lang.pick("取消本级设定", "Take it away")
        ),
        false => String::new(),
    };
    let inner = pieces::hidden("org_unit", &unit.code)
        + &pieces::hidden("year", &page.found.year.to_string())
        + &pieces::field("due", &label, &attributes(own, typed, why))
        + &pieces::button("primary", lang.pick("设定", "Set"))
        + &take;
    let action = format!("/reporting?{}", query(&unit.code, page.found.year));
    wrong(why) + &pieces::form(&action, lang, "inline", &inner)
}

fn attributes(own: Option<NaiveDate>, typed: &str, why: &str) -> String {
    if why.is_empty() {
        let own = own.map(|due| due.to_string()).unwrap_or_default();
        return format!("type=\"date\" value=\"{own}\"");
    }
    format!(
        "type=\"date\" value=\"{}\" aria-invalid=\"true\" aria-describedby=\"due-wrong\" autofocus",
        escaped(typed)
    )
}

fn wrong(why: &str) -> String {
    if why.is_empty() {
        return String::new();
    }
    format!(
        "<p id=\"due-wrong\" class=\"notice\" role=\"alert\">{}</p>",
        escaped(why)
    )
}

/// A day in words.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => day.format("%Y年%-m月%-d日").to_string(),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// How far a day is from today, in words.
pub fn left(due: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let days = (due - today).num_days();
    let (count, noun) = (days.abs(), if days.abs() == 1 { "day" } else { "days" });
    match (days, lang) {
        (0, _) => lang.pick("今天截止", "today").to_owned(),
        (1.., Lang::Zh) => format!("还有{count}天"),
        (1.., Lang::En) => format!("in {count} {noun}"),
        (_, Lang::Zh) => format!("已过{count}天"),
        (_, Lang::En) => format!("{count} {noun} ago"),
    }
}
