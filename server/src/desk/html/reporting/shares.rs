//! How much of each part of the tree has reported.

use charts::html::{element, escaped, link};
use data::Lang;
use data::api::Share;

use super::{Page, address};
use crate::desk::html::pieces;

/// The shares of the parts, each with its numbers in words; what is furthest behind stands first.
pub fn bars(page: &Page<'_>, lang: Lang) -> String {
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

/// What a share leaves to say.
pub fn rest(share: &Share, lang: Lang) -> String {
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
pub fn bar(share: &Share, lang: Lang) -> String {
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
