//! The reporter's first page: which reports are due, where they are, and the place to drop a file.

use charts::html::{element, escaped, items, link, text};
use data::api::{Reporting, SubmissionEntry};
use data::period::YEARS;
use data::{Lang, OrgUnit};

use super::{form, pieces, reminders};
use crate::desk::units::Choice;
use crate::desk::visit::in_lang;
use crate::http::failure::size;

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The unit chosen, and those there are.
    pub choice: &'a Choice<'a>,
    /// The year chosen.
    pub year: i32,
    /// What is due, a part of the tree and a year each.
    pub due: &'a [Reporting],
    /// What was sent before, the newest first.
    pub submissions: &'a [SubmissionEntry],
    /// The largest file that is taken, in bytes.
    pub limit: u64,
}

/// The page.
pub fn main(desk: &Desk<'_>, lang: Lang) -> String {
    let Some(unit) = desk.choice.unit else {
        return reminders::due(desk.due, lang) + &undecided(desk, lang) + &sent(desk, lang);
    };
    let query = format!("org-unit={}&year={}", unit.code, desk.year);
    let heading = match lang {
        Lang::Zh => format!("{} {}年", unit.name.zh, desk.year),
        Lang::En => format!("{}, {}", unit.name.en, desk.year),
    };
    let words = lang.pick("上传年度报表", "Upload the year's report");
    let now = choice(desk, lang)
        + &form::way_in(&unit.code, desk.year, lang)
        + &templates(unit, desk.year, lang)
        + &upload(&format!("/report?{query}"), words, desk.limit, lang);
    reminders::due(desk.due, lang) + &pieces::section("now", &heading, &now) + &sent(desk, lang)
}

/// No unit, or not one yet: what was typed could mean these.
fn undecided(desk: &Desk<'_>, lang: Lang) -> String {
    let Some(typed) = &desk.choice.typed else {
        let words = lang.pick(
            "您的账号还没有报送的单位，请联系管理员。",
            "Your account reports for no unit yet; ask the administrator.",
        );
        return element("p", "notice", words);
    };
    let is_empty = desk.choice.found.is_empty();
    let words = match (is_empty, lang) {
        (true, Lang::Zh) => format!("您负责的范围内没有“{typed}”。"),
        (true, Lang::En) => format!("Of the units that you report for none is called “{typed}”."),
        (false, Lang::Zh) => format!("“{typed}”可能是以下单位："),
        (false, Lang::En) => format!("“{typed}” could be:"),
    };
    let found = desk.choice.found.iter().map(|unit| {
        let href = in_lang(
            &format!("/report?org-unit={}&year={}", unit.code, desk.year),
            lang,
        );
        link(&href, &format!("{} {}", unit.code, unit.name.get(lang)))
    });
    let list = if is_empty {
        String::new()
    } else {
        element("ul", "held", &items(found))
    };
    let notice = format!(
        "<p id=\"unit-wrong\" class=\"notice\" role=\"alert\">{}</p>",
        escaped(&words)
    );
    pieces::section(
        "now",
        lang.pick("选择单位", "Choose the unit"),
        &(choice(desk, lang) + &notice + &list),
    )
}

/// Which unit and which year; a form that only reads.
fn choice(desk: &Desk<'_>, lang: Lang) -> String {
    let units: String = desk
        .choice
        .offered
        .iter()
        .map(|unit| {
            format!(
                "<option value=\"{} {}\"></option>",
                escaped(&unit.code),
                escaped(unit.name.get(lang))
            )
        })
        .collect();
    let chosen = desk
        .choice
        .unit
        .map(|unit| format!("{} {}", unit.code, unit.name.get(lang)));
    let shown = chosen
        .as_ref()
        .or(desk.choice.typed.as_ref())
        .map_or("", String::as_str);
    let invalid = match desk.choice.typed {
        Some(_) => " aria-invalid=\"true\" aria-describedby=\"unit-wrong\"",
        None => "",
    };
    let hidden = match lang {
        Lang::Zh => "",
        Lang::En => "<input type=\"hidden\" name=\"lang\" value=\"en\">",
    };
    format!(
        "<form action=\"/report\" class=\"inline choice\"><label>{}<input name=\"org-unit\" list=\"units\" required autocomplete=\"off\" \
         value=\"{}\"{invalid}></label><datalist id=\"units\">{units}</datalist>\
         <label>{}<input name=\"year\" type=\"number\" min=\"{}\" max=\"{}\" value=\"{}\"></label>{hidden}{}</form>",
        text("span", lang.pick("单位：代码或名称", "Unit, by code or name")),
        escaped(shown),
        text("span", lang.pick("年份", "Year")),
        YEARS.start(),
        YEARS.end(),
        desk.year,
        pieces::button("", lang.pick("切换", "Change"))
    )
}

fn templates(unit: &OrgUnit, year: i32, lang: Lang) -> String {
    let address = |kind: &str| format!("/api/v1/templates/{}/{year}.{kind}", unit.code);
    let words = lang.pick(
        "模板已填好上年数字，用 WPS 或 Excel 打开填写：",
        "The template holds last year's figures; fill it in with WPS or Excel: ",
    );
    format!(
        "<p>{words}{} {}</p>",
        link(&address("xlsx"), lang.pick("下载 XLSX 模板", "XLSX template")),
        link(&address("csv"), lang.pick("CSV 模板", "CSV template"))
    )
}

/// The form that takes a file of at most `limit` bytes, which is said before anything is sent; the script adds the progress
/// and lets files be dropped on it.
pub fn upload(action: &str, label: &str, limit: u64, lang: Lang) -> String {
    let most = size(limit);
    let hint = match lang {
        Lang::Zh => format!(
            "XLSX、XLS、ODS 或 CSV，不超过 {most}；可将文件拖到页面任意位置。上传后先检查，不会直接公布。"
        ),
        Lang::En => format!(
            "XLSX, XLS, ODS or CSV, at most {most}; drop it anywhere on this page. It is checked first; nothing is published yet."
        ),
    };
    let words = [
        ("sending", lang.pick("正在上传", "Uploading")),
        ("checking", lang.pick("正在检查…", "Checking…")),
        (
            "rows",
            lang.pick("正在检查，已读 {} 行…", "Checking, {} rows read…"),
        ),
        (
            "comparing",
            lang.pick(
                "已读 {} 行，正在与已公布的数据比较…",
                "{} rows read; comparing with what is published…",
            ),
        ),
        (
            "lost",
            lang.pick(
                "连接中断，文件没有送达，请重试。",
                "The connection was lost and the file did not arrive; try again.",
            ),
        ),
        (
            "large",
            match lang {
                Lang::Zh => &format!("文件有 {{}}，超过 {most}，没有上传。"),
                Lang::En => &format!("The file has {{}}, more than {most}, and was not sent."),
            },
        ),
    ];
    let words: String = words
        .iter()
        .map(|(name, words)| format!(" data-{name}=\"{}\"", escaped(words)))
        .collect();
    format!(
        "<form method=\"post\" action=\"{}\" enctype=\"multipart/form-data\" class=\"upload\" data-limit=\"{limit}\"{words}>\
         <label>{}<input type=\"file\" name=\"file\" required accept=\".xlsx,.xls,.ods,.csv,.txt,.tsv\"></label>{}\
         <progress max=\"100\" value=\"0\" aria-label=\"{}\" hidden></progress><p class=\"said\" role=\"status\"></p>{}</form>",
        escaped(&in_lang(action, lang)),
        text("span", label),
        pieces::button("primary", lang.pick("上传并检查", "Upload and check")),
        escaped(lang.pick("上传进度", "Progress of the upload")),
        element("p", "quiet", &escaped(&hint)),
    )
}

fn sent(desk: &Desk<'_>, lang: Lang) -> String {
    let heading = lang.pick("我的报送", "My reports");
    let none = lang.pick("还没有报送过。", "Nothing was reported yet.");
    let inner = list(desk.submissions, "/report", heading, none, lang);
    pieces::section("sent", heading, &inner)
}

/// Submissions in a table; each leads to its page under `base`.
pub fn list(submissions: &[SubmissionEntry], base: &str, caption: &str, none: &str, lang: Lang) -> String {
    if submissions.is_empty() {
        return element("p", "quiet", &escaped(none));
    }
    let heads = [
        lang.pick("报表", "Report"),
        lang.pick("状态", "State"),
        lang.pick("数据", "Figures"),
        lang.pick("问题", "Issues"),
        lang.pick("报送人", "Sender"),
        lang.pick("时间", "When"),
    ];
    let rows: String = submissions.iter().map(|entry| row(entry, base, lang)).collect();
    pieces::table("submissions", caption, &heads, &rows)
}

fn row(entry: &SubmissionEntry, base: &str, lang: Lang) -> String {
    let href = in_lang(&format!("{base}/{}", entry.id), lang);
    let words = format!("{} {}", entry.org_unit.name.get(lang), entry.year);
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        link(&href, &words),
        pieces::state_badge(entry.state, lang),
        entry.figures,
        entry.errors + entry.warnings,
        escaped(&entry.sender),
        pieces::moment(&entry.updated_at)
    )
}
