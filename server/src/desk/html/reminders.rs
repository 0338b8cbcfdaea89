//! What is due, said before anything else: to who reports, and to who decides.

use charts::html::{element, escaped, items, link};
use data::Lang;
use data::api::{Reporting, Standing, Timing, UnitReport};

use super::reporting::{date, time};
use crate::desk::reporting::query;
use crate::desk::visit::in_lang;

/// More than this are counted and not named.
const MOST_NAMED: usize = 5;

/// What a reporter still has to do, the most urgent first; what is done is passed over.
pub fn due(found: &[Reporting], lang: Lang) -> String {
    let mut open: Vec<(&Reporting, &UnitReport)> = Vec::new();
    for part in found {
        let waits = part.units.iter().filter(|report| is_open(report));
        open.extend(waits.map(|report| (part, report)));
    }
    let Some((first, _)) = open.first() else {
        return String::new();
    };
    let lines = open
        .iter()
        .take(MOST_NAMED)
        .map(|(part, report)| line(part, report, lang));
    let more = match (open.len().saturating_sub(MOST_NAMED), lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => format!("另有{more}项"),
        (more, Lang::En) => format!("{more} more"),
    };
    let href = in_lang(
        &format!(
            "/reporting?{}&state=missing",
            query(&first.org_unit.code, first.year)
        ),
        lang,
    );
    let more = if more.is_empty() {
        more
    } else {
        element("p", "", &link(&href, &more))
    };
    let label = lang.pick("待办", "What is due");
    format!(
        "<section class=\"due\" aria-label=\"{label}\">{}{more}</section>",
        element("ul", "", &items(lines))
    )
}

/// Whether a report waits for its reporter.
fn is_open(report: &UnitReport) -> bool {
    let is_missing =
        report.is_expected && !report.standing.is_reported() && report.timing != Timing::Unmeasured;
    is_missing || report.standing == Standing::Returned
}

fn line(part: &Reporting, report: &UnitReport, lang: Lang) -> String {
    let unit = &report.org_unit;
    let name = match lang {
        Lang::Zh => format!("{}{}年", unit.name.zh, part.year),
        Lang::En => format!("{} {}", unit.name.en, part.year),
    };
    // What is begun goes on where it is.
    let href = match &report.submission {
        Some(id) => format!("/report/{id}"),
        None => format!("/report?{}", query(&unit.code, part.year)),
    };
    let mut words = Vec::new();
    if report.standing == Standing::Returned {
        words.push(
            lang.pick("已退回，请答复", "returned: needs an answer")
                .to_owned(),
        );
    }
    if let Some(due) = report.due {
        words.push(match (report.timing, lang) {
            (_, Lang::Zh) => format!("{}截止，{}", date(due, lang), time(report, lang)),
            (Timing::DueIn { days: 0 }, _) => "due today".to_owned(),
            (Timing::DueIn { days: 1 }, _) => format!("due {}, tomorrow", date(due, lang)),
            (Timing::DueIn { days }, _) => format!("due {}, in {days} days", date(due, lang)),
            (_, Lang::En) => format!("was due {}, {}", date(due, lang), time(report, lang)),
        });
    }
    if report.standing == Standing::Draft {
        words.push(lang.pick("草稿尚未报送", "the draft is not sent yet").to_owned());
    }
    let class = if matches!(report.timing, Timing::Overdue { .. }) {
        "overdue"
    } else {
        "soon"
    };
    let joint = lang.pick("；", "; ");
    format!(
        "<span class=\"{class}\">{}{}{}</span>",
        link(&in_lang(&href, lang), &name),
        lang.pick("：", ": "),
        escaped(&words.join(joint))
    )
}

/// How many reports wait for a reviewer, and how many of the units below are late.
pub fn waiting(waiting: usize, found: &[Reporting], lang: Lang) -> String {
    let mut sentence = match (waiting, lang) {
        (_, Lang::Zh) => format!("{waiting}份报表待审核。"),
        (1, Lang::En) => "1 report waits for you.".to_owned(),
        (_, Lang::En) => format!("{waiting} reports wait for you."),
    };
    sentence = escaped(&sentence).into_owned();
    for part in found {
        let Some(share) = part
            .shares
            .first()
            .filter(|share| share.org_unit.code == part.org_unit.code)
        else {
            continue;
        };
        let (name, year) = (part.org_unit.name.get(lang), part.year);
        let words = match lang {
            Lang::Zh => format!(
                "{name}{year}年：{}个单位中{}个已报送，{}个逾期。",
                share.of, share.reported, share.overdue
            ),
            Lang::En => format!(
                "{name}, {year}: {} of {} reported, {} overdue.",
                share.reported, share.of, share.overdue
            ),
        };
        let href = in_lang(&format!("/reporting?{}", query(&part.org_unit.code, year)), lang);
        sentence += &format!(" {}", link(&href, &words));
    }
    element("p", "answer", &sentence)
}
