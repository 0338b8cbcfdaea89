//! Who has reported: the answer in a sentence, the share of each part of the tree, and the units in the order in which
//! they need somebody.

use charts::html::{element, escaped, link, text};
use chrono::NaiveDate;
use data::api::{Deadline, Reporting, Share, Standing, Timing, UnitReport};
use data::{Lang, OrgUnit, OrgUnits};

use super::pieces;
use crate::desk::reporting::query;
use crate::desk::visit::in_lang;

/// What the page shows.
#[derive(Debug)]
pub struct Page<'a> {
    /// Who has reported.
    pub found: &'a Reporting,
    /// By when the unit has to.
    pub deadline: &'a Deadline,
    /// The units at which whoever looks holds a role.
    pub roots: Vec<&'a OrgUnit>,
    /// The units that are shown; all where none is chosen.
    pub state: Option<State>,
    /// Whether whoever looks may set the deadline.
    pub sets: bool,
    /// A deadline that was refused, and why.
    pub wrong: Option<(&'a str, &'a str)>,
    /// Whether whoever looks decides on reports.
    pub reviews: bool,
    /// The tree.
    pub tree: &'a OrgUnits,
}

/// What the table can be cut down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not there, and the deadline is over.
    Overdue,
    /// Not there.
    Missing,
    /// Came back.
    Returned,
    /// Waits for a decision.
    Submitted,
    /// There, too late.
    Late,
    /// There.
    Reported,
    /// Never there in any year.
    Never,
}

impl State {
    /// Every state, in the order in which they are offered.
    const ALL: [State; 7] = [
        State::Overdue,
        State::Missing,
        State::Returned,
        State::Submitted,
        State::Late,
        State::Reported,
        State::Never,
    ];

    fn code(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::Missing => "missing",
            State::Returned => "returned",
            State::Submitted => "submitted",
            State::Late => "late",
            State::Reported => "reported",
            State::Never => "never",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            State::Overdue => lang.pick("逾期未报", "Overdue"),
            State::Missing => lang.pick("未报送", "Not reported"),
            State::Returned => lang.pick("已退回", "Returned"),
            State::Submitted => lang.pick("待审核", "Waiting for review"),
            State::Late => lang.pick("迟报", "Reported late"),
            State::Reported => lang.pick("已报送", "Reported"),
            State::Never => lang.pick("从未报送", "Never reported"),
        }
    }

    fn holds(self, report: &UnitReport) -> bool {
        match self {
            State::Overdue => matches!(report.timing, Timing::Overdue { .. }),
            State::Missing => !report.standing.is_reported(),
            State::Returned => report.standing == Standing::Returned,
            State::Submitted => report.standing == Standing::Submitted,
            State::Late => matches!(report.timing, Timing::Late { .. }),
            State::Reported => report.standing.is_reported(),
            State::Never => report.never,
        }
    }
}

/// What is shown to somebody without any role.
pub fn nothing(lang: Lang) -> String {
    let words = lang.pick(
        "您的账号还没有角色，请联系管理员。",
        "Your account has no role yet; ask the administrator.",
    );
    element("p", "notice", words)
}

/// The page.
pub fn main(page: &Page<'_>, lang: Lang) -> String {
    let shares = match page.found.shares.as_slice() {
        [_, _, ..] => pieces::section(
            "shares",
            lang.pick("各地报送比例", "Share that has reported"),
            &bars(page, lang),
        ),
        _ => String::new(),
    };
    [
        way_up(page, lang),
        answer(page, lang),
        choice(page, lang),
        shares,
        pieces::section("units", lang.pick("各单位", "Each unit"), &units(page, lang)),
        pieces::section(
            "deadline",
            lang.pick("截止日期", "Deadline"),
            &deadline(page, lang),
        ),
    ]
    .concat()
}

/// The units above, as far as a role reaches.
fn way_up(page: &Page<'_>, lang: Lang) -> String {
    let above = page.tree.ancestors(&page.found.org_unit.code);
    let is_root = |code: &str| page.roots.iter().any(|root| root.code == code);
    let Some(first) = above.iter().position(|unit| is_root(&unit.code)) else {
        return String::new();
    };
    let links = above
        .iter()
        .skip(first)
        .map(|unit| link(&address(page, &unit.code, lang), unit.name.get(lang)));
    let links: Vec<String> = links.collect();
    format!(
        "<nav class=\"way\" aria-label=\"{}\">{} ›</nav>",
        lang.pick("上级", "Above"),
        links.join(" › ")
    )
}

fn address(page: &Page<'_>, code: &str, lang: Lang) -> String {
    in_lang(&format!("/reporting?{}", query(code, page.found.year)), lang)
}

/// The answer first: how many of how many, and what is left to do.
fn answer(page: &Page<'_>, lang: Lang) -> String {
    let found = page.found;
    let name = found.org_unit.name.get(lang);
    let sentence = match found.shares.first() {
        Some(share) if share.org_unit.code == found.org_unit.code => {
            let rest = rest(share, lang);
            match lang {
                Lang::Zh => format!(
                    "{name}应报送{}个单位，已有{}个报送{}年数据{rest}。",
                    share.of, share.reported, found.year
                ),
                Lang::En => format!(
                    "{} of {} {} in {name} {} reported {}{rest}.",
                    share.reported,
                    share.of,
                    if share.of == 1 { "unit" } else { "units" },
                    if share.reported == 1 { "has" } else { "have" },
                    found.year
                ),
            }
        }
        _ => match lang {
            Lang::Zh => format!("{name}{}年：以下是您负责的单位。", found.year),
            Lang::En => format!("{name}, {}: these are the units in your charge.", found.year),
        },
    };
    let due = page.deadline.due.map_or(String::new(), |due| {
        let words = match lang {
            Lang::Zh => format!(
                "截止日期：{}，{}。",
                date(due, lang),
                left(due, found.today, lang)
            ),
            Lang::En => format!(
                "The deadline is {}, {}.",
                date(due, lang),
                left(due, found.today, lang)
            ),
        };
        element("p", "quiet", &escaped(&words))
    });
    let whole = found
        .shares
        .first()
        .filter(|share| share.org_unit.code == found.org_unit.code);
    text_class("answer", &sentence) + &whole.map_or(String::new(), |share| bar(share, lang)) + &due
}

fn text_class(class: &str, words: &str) -> String {
    element("p", class, &escaped(words))
}

/// What a share leaves to say.
fn rest(share: &Share, lang: Lang) -> String {
    let mut parts = Vec::new();
    if share.overdue > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{}个逾期未报", share.overdue),
            Lang::En => format!(
                "{} {} overdue",
                share.overdue,
                if share.overdue == 1 { "is" } else { "are" }
            ),
        });
    }
    if share.late > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{}个迟报", share.late),
            Lang::En => format!("{} reported late", share.late),
        });
    }
    match (parts.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("；{}", parts.join("，")),
        (false, Lang::En) => format!("; {}", parts.join(", ")),
    }
}

/// A share as a bar of exact parts: its length is the whole, so bars of any two units compare.
fn bar(share: &Share, lang: Lang) -> String {
    let in_time = share.reported - share.late;
    let (from, late, overdue) = (in_time, share.late, share.overdue);
    let part = |class: &str, from: usize, count: usize| match count {
        0 => String::new(),
        _ => format!("<rect class=\"{class}\" x=\"{from}\" width=\"{count}\" height=\"1\"/>"),
    };
    let label = match lang {
        Lang::Zh => format!("{}个中有{}个已报送", share.of, share.reported),
        Lang::En => format!("{} of {} reported", share.reported, share.of),
    };
    format!(
        "<svg class=\"share\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {of} 1\" preserveAspectRatio=\"none\">\
         <rect class=\"rest\" width=\"{of}\" height=\"1\"/>{}{}{}</svg>",
        escaped(&format!("{label}{}", rest(share, lang))),
        part("there", 0, from),
        part("late", from, late),
        part("overdue", share.of - overdue, overdue),
        of = share.of,
    )
}

fn choice(page: &Page<'_>, lang: Lang) -> String {
    let options: String = page
        .roots
        .iter()
        .map(|unit| {
            option(
                &unit.code,
                unit.name.get(lang),
                unit.code == page.found.org_unit.code,
            )
        })
        .collect();
    let own = page
        .roots
        .iter()
        .any(|root| root.code == page.found.org_unit.code);
    let here = &page.found.org_unit;
    let here = if own {
        String::new()
    } else {
        option(&here.code, here.name.get(lang), !own)
    };
    let all = option("", lang.pick("全部", "All"), page.state.is_none());
    let states: String = State::ALL
        .iter()
        .map(|state| option(state.code(), state.words(lang), page.state == Some(*state)))
        .collect();
    let hidden = match lang {
        Lang::Zh => String::new(),
        Lang::En => pieces::hidden("lang", "en"),
    };
    format!(
        "<form action=\"/reporting\" class=\"inline choice\"><label>{}<select name=\"org-unit\">{here}{options}</select></label>\
         <label>{}<input name=\"year\" type=\"number\" min=\"1978\" max=\"2100\" required value=\"{}\"></label>\
         <label>{}<select name=\"state\">{all}{states}</select></label>{hidden}{}</form>",
        text("span", lang.words().area),
        text("span", lang.pick("年份", "Year")),
        page.found.year,
        text("span", lang.pick("状态", "State")),
        pieces::button("", lang.pick("查看", "Show"))
    )
}

fn option(value: &str, words: &str, is_chosen: bool) -> String {
    let selected = if is_chosen { " selected" } else { "" };
    format!(
        "<option value=\"{}\"{selected}>{}</option>",
        escaped(value),
        escaped(words)
    )
}

/// The shares of the parts, each with its numbers in words; what is furthest behind stands first.
fn bars(page: &Page<'_>, lang: Lang) -> String {
    let mut shares: Vec<&Share> = page
        .found
        .shares
        .iter()
        .filter(|share| share.org_unit.code != page.found.org_unit.code)
        .collect();
    // a/b < c/d exactly where ad < cb.
    shares.sort_by(|a, b| {
        (a.reported * b.of)
            .cmp(&(b.reported * a.of))
            .then(a.org_unit.code.cmp(&b.org_unit.code))
    });
    let rows: String = shares
        .iter()
        .map(|share| {
            let numbers = match lang {
                Lang::Zh => format!("{} / {}", share.reported, share.of),
                Lang::En => format!("{} of {}", share.reported, share.of),
            };
            let rest = rest(share, lang);
            let rest = rest.trim_start_matches(['；', ';', ' ']);
            format!(
                "<tr><th scope=\"row\">{}</th><td class=\"v\">{numbers}</td><td class=\"length\">{}</td><td>{}</td></tr>",
                link(&address(page, &share.org_unit.code, lang), share.org_unit.name.get(lang)),
                bar(share, lang),
                escaped(rest)
            )
        })
        .collect();
    let heads = [
        lang.words().area,
        lang.pick("已报 / 应报", "Reported"),
        lang.pick("比例", "Share"),
        lang.pick("说明", "Note"),
    ];
    let key = [
        ("there", lang.pick("已报", "reported")),
        ("late", lang.pick("迟报", "reported late")),
        ("overdue", lang.pick("逾期未报", "overdue")),
        (
            "rest",
            lang.pick("未到期或无期限", "not due yet, or without a deadline"),
        ),
    ];
    let key: String = key
        .iter()
        .map(|(class, words)| format!("<span><i class=\"{class}\"></i>{words}</span>"))
        .collect();
    element("p", "key-of-shares", &key)
        + &pieces::table(
            "shares",
            lang.pick("各地报送比例", "Share that has reported"),
            &heads,
            &rows,
        )
}

fn units(page: &Page<'_>, lang: Lang) -> String {
    let shown: Vec<&UnitReport> = page
        .found
        .units
        .iter()
        .filter(|report| page.state.is_none_or(|state| state.holds(report)))
        .collect();
    let csv = format!(
        "/api/v1/reporting.csv?{}",
        query(&page.found.org_unit.code, page.found.year)
    );
    let count = match lang {
        Lang::Zh => format!("共{}个单位，显示{}个。", page.found.units.len(), shown.len()),
        Lang::En => format!("{} of {} units are shown. ", shown.len(), page.found.units.len()),
    };
    let head = element(
        "p",
        "quiet",
        &(escaped(&count).into_owned() + &link(&csv, lang.pick("下载 CSV", "Download as CSV"))),
    );
    if shown.is_empty() {
        return head
            + &element(
                "p",
                "quiet",
                lang.pick("没有这样的单位。", "There is no such unit."),
            );
    }
    let heads = [
        lang.words().area,
        lang.pick("状态", "State"),
        lang.pick("期限", "Time"),
        lang.pick("首次报送", "First sent"),
        lang.pick("截止日期", "Deadline"),
    ];
    let rows: String = shown
        .iter()
        .take(MOST_ROWS)
        .map(|report| row(report, page, lang))
        .collect();
    let more = match (shown.len() > MOST_ROWS, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => element(
            "p",
            "quiet",
            &format!("表中只有前{MOST_ROWS}个；请选择下级地区，或下载 CSV。"),
        ),
        (true, Lang::En) => element(
            "p",
            "quiet",
            &format!(
                "Only the first {MOST_ROWS} are in the table; choose an area below, or download the CSV."
            ),
        ),
    };
    head + &pieces::table(
        "reports",
        lang.pick("各单位报送情况", "Reports of each unit"),
        &heads,
        &rows,
    ) + &more
}

/// A page of more rows than this nobody reads, and a phone cannot lay it out; a province has at most some 190.
const MOST_ROWS: usize = 500;

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
pub fn badge(report: &UnitReport, lang: Lang) -> String {
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

/// A day in words.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => day.format("%Y年%-m月%-d日").to_string(),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

fn left(due: NaiveDate, today: NaiveDate, lang: Lang) -> String {
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

fn deadline(page: &Page<'_>, lang: Lang) -> String {
    let (holding, unit) = (page.deadline, &page.found.org_unit);
    let is_own = holding.set_at.as_ref().is_some_and(|at| at.code == unit.code);
    let words = match (holding.due.zip(holding.set_at.as_ref()), lang) {
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
    };
    let said = text("p", &words);
    if !page.sets {
        return said;
    }
    let (typed, why) = page.wrong.unwrap_or_default();
    let own = holding
        .due
        .filter(|_| is_own)
        .map(|due| due.to_string())
        .unwrap_or_default();
    let value = if why.is_empty() { own.as_str() } else { typed };
    let invalid = if why.is_empty() {
        ""
    } else {
        " aria-invalid=\"true\" aria-describedby=\"due-wrong\" autofocus"
    };
    let wrong = match why {
        "" => String::new(),
        why => format!(
            "<p id=\"due-wrong\" class=\"notice\" role=\"alert\">{}</p>",
            escaped(why)
        ),
    };
    let label = match lang {
        Lang::Zh => format!("{}及下级{}年数据的截止日期", unit.name.zh, page.found.year),
        Lang::En => format!(
            "Deadline of {} and all below for {}",
            unit.name.en, page.found.year
        ),
    };
    let attributes = format!("type=\"date\" value=\"{}\"{invalid}", escaped(value));
    let take = match is_own {
        true => format!(
            "<button name=\"act\" value=\"take\">{}</button>",
            lang.pick("取消本级设定", "Take it away")
        ),
        false => String::new(),
    };
    let inner = pieces::hidden("org_unit", &unit.code)
        + &pieces::hidden("year", &page.found.year.to_string())
        + &pieces::field("due", &label, &attributes)
        + &pieces::button("primary", lang.pick("设定", "Set"))
        + &take;
    let action = format!("/reporting?{}", query(&unit.code, page.found.year));
    said + &wrong + &pieces::form(&action, lang, "inline", &inner)
}
