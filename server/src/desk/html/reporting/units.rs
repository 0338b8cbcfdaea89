//! The units one by one, in the order in which they need somebody.

use charts::html::{element, escaped, link, text};
use chrono::NaiveDate;
use data::Lang;
use data::api::{Standing, Timing, UnitReport};

use super::Page;
use crate::desk::html::pieces;
use crate::desk::reporting::query;
use crate::desk::visit::in_lang;

/// A page of more rows than this nobody reads, and a phone cannot lay it out; a province has at most some 190.
const MOST_ROWS: usize = 500;

/// The units in a table, as far as the chosen state has them.
pub fn units(page: &Page<'_>, lang: Lang) -> String {
    let shown: Vec<&UnitReport> = page
        .found
        .units
        .iter()
        .filter(|report| page.state.is_none_or(|state| state.holds(report)))
        .collect();
    let head = head(page, shown.len(), lang);
    if shown.is_empty() {
        let none = lang.pick("没有这样的单位。", "There is no such unit.");
        return head + &element("p", "quiet", none);
    }
    let heads = [
        lang.words().area,
        lang.pick("状态", "State"),
        lang.pick("期限", "Time"),
        lang.pick("首次报送", "First sent"),
        lang.pick("截止日期", "Deadline"),
    ];
    let rows = shown.iter().take(MOST_ROWS);
    let rows: String = rows.map(|report| row(report, page, lang)).collect();
    let caption = lang.pick("各单位报送情况", "Reports of each unit");
    head + &pieces::table("reports", caption, &heads, &rows) + &more(shown.len(), lang)
}

/// How many there are, and all of them as a file.
fn head(page: &Page<'_>, shown: usize, lang: Lang) -> String {
    let all = page.found.units.len();
    let count = match lang {
        Lang::Zh => format!("共{all}个单位，显示{shown}个。"),
        Lang::En => format!("{shown} of {all} units are shown. "),
    };
    let csv = format!(
        "/api/v1/reporting.csv?{}",
        query(&page.found.org_unit.code, page.found.year)
    );
    let way = link(&csv, lang.pick("下载 CSV", "Download as CSV"));
    element("p", "quiet", &(escaped(&count).into_owned() + &way))
}

/// What is said below a table that was cut.
fn more(shown: usize, lang: Lang) -> String {
    let words = match (shown > MOST_ROWS, lang) {
        (false, _) => return String::new(),
        (true, Lang::Zh) => format!("表中只有前{MOST_ROWS}个；请选择下级地区，或下载 CSV。"),
        (true, Lang::En) => {
            format!("Only the first {MOST_ROWS} are in the table; choose an area below, or download the CSV.")
        }
    };
    element("p", "quiet", &words)
}

fn row(report: &UnitReport, page: &Page<'_>, lang: Lang) -> String {
    let base = if page.reviews { "/review" } else { "/report" };
    let unit = &report.org_unit;
    let name = match &report.submission {
        Some(id) => link(&in_lang(&format!("{base}/{id}"), lang), unit.name.get(lang)),
        None => escaped(unit.name.get(lang)).into_owned(),
    };
    let above = page.tree.ancestors(&unit.code);
    let above = above
        .last()
        .filter(|above| above.code != page.found.org_unit.code && unit.code != page.found.org_unit.code);
    let above = above.map_or(String::new(), |above| text("small", above.name.get(lang)));
    let day = |day: Option<NaiveDate>| day.map_or("—".to_owned(), |day| day.to_string());
    format!(
        "<tr><th scope=\"row\">{name}{above}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        badge(report, lang),
        escaped(&time(report, lang)),
        day(report.sent_on),
        day(report.due)
    )
}

/// How far a unit is, as a badge.
fn badge(report: &UnitReport, lang: Lang) -> String {
    let words = match report.standing {
        Standing::NotBegun => lang.pick("未报送", "not reported"),
        Standing::Draft => lang.pick("草稿，未报送", "draft, not sent"),
        Standing::Returned => lang.pick("已退回", "returned"),
        Standing::Submitted => lang.pick("待审核", "waiting for review"),
        Standing::Accepted => lang.pick("已公布", "published"),
        Standing::Imported => lang.pick("已公布（导入）", "published (imported)"),
    };
    let never = match (report.never, report.is_expected) {
        (true, true) => text("small", lang.pick("从未报送过", "has never reported")),
        _ => String::new(),
    };
    element(
        "span",
        &format!("state {}", report.standing.code()),
        &escaped(words),
    ) + &never
}

/// How a report stands to its deadline, in words.
pub fn time(report: &UnitReport, lang: Lang) -> String {
    let days = |days: i64| if days == 1 { "day" } else { "days" };
    match (report.timing, lang) {
        (Timing::Unmeasured, _) => "—".to_owned(),
        (Timing::DueIn { days: 0 }, _) => lang.pick("今天截止", "due today").to_owned(),
        (Timing::DueIn { days: n }, Lang::Zh) => format!("还有{n}天"),
        (Timing::DueIn { days: n }, Lang::En) => format!("due in {n} {}", days(n)),
        (Timing::Overdue { days: n }, Lang::Zh) => format!("逾期{n}天"),
        (Timing::Overdue { days: n }, Lang::En) => format!("overdue by {n} {}", days(n)),
        (Timing::InTime, _) => lang.pick("按时", "in time").to_owned(),
        (Timing::Late { days: n }, Lang::Zh) => format!("迟报{n}天"),
        (Timing::Late { days: n }, Lang::En) => format!("late by {n} {}", days(n)),
    }
}
