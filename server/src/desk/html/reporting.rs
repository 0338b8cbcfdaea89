//! Who has reported: the answer in a sentence, the share of each part of the tree, and the units in the order in which
//! they need somebody.

mod deadline;
mod shares;
mod units;

use charts::html::{element, escaped, link, text};
use data::api::{Deadline, Reporting, Standing, Timing, UnitReport};
use data::period::YEARS;
use data::{Lang, OrgUnit, OrgUnits};

pub use self::deadline::date;
use self::deadline::{deadline, left};
use self::shares::{bar, bars, rest};
pub use self::units::time;
use self::units::units;
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
         <label>{}<input name=\"year\" type=\"number\" min=\"{}\" max=\"{}\" required value=\"{}\"></label>\
         <label>{}<select name=\"state\">{all}{states}</select></label>{hidden}{}</form>",
        text("span", lang.words().area),
        text("span", lang.pick("年份", "Year")),
        YEARS.start(),
        YEARS.end(),
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
