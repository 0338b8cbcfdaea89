//! The form of a report: a line for each indicator, with last year's figure, this year's, and what is wrong with it beside
//! it. It works by plain HTML; the program `app/form` takes the same fields over.

use charts::html::{element, escaped, link, text};
use data::api::{FormFigure, Submission};
use data::report::{Issue, Severity};
use data::{Dataset, Indicator, IndicatorKind, Lang, UnitMeasure, format};

use super::{pieces, submission};
use crate::desk::visit::in_lang;
use crate::http::assets::{Assets, FOLDER};
use crate::sheets::template::last_year;
use crate::state;

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The code of the unit.
    pub org_unit: &'a str,
    /// The year.
    pub year: i32,
    /// Who fills it in: what a browser keeps belongs to one person.
    pub account: &'a str,
    /// What was typed.
    pub figures: &'a [FormFigure],
    /// The draft it is, where there is one.
    pub submission: Option<&'a Submission>,
}

/// The title.
pub fn title(page: &Page<'_>, published: &Dataset, lang: Lang) -> String {
    let unit = published.catalogue.org_units.get(page.org_unit);
    let unit = unit.map_or(page.org_unit, |unit| unit.name.get(lang));
    match lang {
        Lang::Zh => format!("{unit} {}年在线填报", page.year),
        Lang::En => format!("{unit}, report of {}", page.year),
    }
}

/// The way to the form of a unit and year.
pub fn way_in(org_unit: &str, year: i32, lang: Lang) -> String {
    let href = in_lang(&format!("/report/form?org-unit={org_unit}&year={year}"), lang);
    let words = lang.pick("在网页上直接填写", "Fill it in here");
    let rest = lang.pick(
        "边填边检查，自动保存，可从 WPS 粘贴；也可以用文件报送。",
        "Checked as you type, saved by itself, pasted from WPS; or send a file.",
    );
    format!("<p class=\"way-in\">{}{}</p>", link(&href, words), escaped(rest))
}

/// The way back to the form of a draft that was typed.
pub fn way_back(submission: &Submission, lang: Lang) -> String {
    if submission.file.is_some() {
        return String::new();
    }
    let href = in_lang(&format!("/report/{}/form", submission.entry.id), lang);
    let words = lang.pick("在表格中修改", "Change it in the form");
    element("p", "way-in", &link(&href, words))
}

/// The program and where its Wasm is, with which it takes a form over, or on another page previews files of this report.
/// Without the app there is none, and everything is sent by the browser.
pub fn script(assets: &Assets, org_unit: &str, year: i32) -> String {
    assets.manifest.as_ref().map_or(String::new(), |manifest| {
        format!(
            "<script defer src=\"{FOLDER}{}\" data-wasm=\"{FOLDER}{}\" data-org-unit=\"{}\" data-year=\"{year}\"></script>",
            manifest.form,
            manifest.form_wasm,
            escaped(org_unit)
        )
    })
}

/// What is said above a form that somebody else saved meanwhile.
pub fn changed(lang: Lang) -> String {
    let words = lang.pick(
        "这份草稿刚刚在别处保存过。下面是您填写的内容，没有丢失；再次保存将以您的内容为准。",
        "This draft was saved elsewhere just now. What you typed is below and nothing is lost; saving again makes it the draft.",
    );
    format!("<p class=\"notice\" role=\"alert\">{}</p>", escaped(words))
}

/// The page.
pub fn main(page: &Page<'_>, published: &Dataset, lang: Lang) -> String {
    let advice = lang.pick(
        "可写 2330、2000余、近100万、2.69万；零填 0，没有统计填“—”并说明原因。可从 WPS 或 Excel 整块粘贴。",
        "Write 2330, 2000余, 近100万 or 2.69万; 0 is zero, — means not known, with the reason beside it. Blocks can be pasted from WPS or Excel.",
    );
    let inner = [
        page.submission
            .map_or(String::new(), |submission| submission::returned(submission, lang)),
        text("p", advice),
        general(page, lang),
        "<div id=\"bar\" class=\"bar\"></div>".to_owned(),
        table(page, published, lang),
        buttons(page, published, lang),
    ]
    .concat();
    let action = match page.submission {
        Some(submission) => format!("/report/{}/form", submission.entry.id),
        None => format!("/report/form?org-unit={}&year={}", page.org_unit, page.year),
    };
    let draft = page.submission.map_or(String::new(), |submission| {
        let entry = &submission.entry;
        format!(
            " data-submission=\"{}\" data-revision=\"{}\"",
            escaped(&entry.id),
            entry.revision
        )
    });
    format!(
        "<form id=\"grid\" class=\"grid\" method=\"post\" action=\"{}\" autocomplete=\"off\" data-org-unit=\"{}\" \
         data-year=\"{}\" data-account=\"{}\" \
         data-vintage=\"{}\"{draft}>{inner}</form>",
        escaped(&in_lang(&action, lang)),
        escaped(page.org_unit),
        page.year,
        escaped(page.account),
        state::vintage(published),
    )
}

/// Issues that no line of the form has.
fn general(page: &Page<'_>, lang: Lang) -> String {
    let issues = page.submission.map_or(&[][..], |submission| &submission.issues);
    let without = issues.iter().filter(|issue| issue.about.is_none());
    without
        .map(|issue| element("p", "notice", &escaped(&issue.problem.message(lang))))
        .collect()
}

fn table(page: &Page<'_>, published: &Dataset, lang: Lang) -> String {
    let heads = [
        lang.pick("指标", "Indicator").to_owned(),
        in_year(page.year - 1, lang),
        in_year(page.year, lang),
        lang.pick("备注或原因", "Remark or reason").to_owned(),
        lang.pick("检查", "Check").to_owned(),
    ];
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)))
        .collect();
    format!(
        "<table class=\"cells\"><caption class=\"visually-hidden\">{}</caption><thead><tr>{heads}</tr></thead>{}</table>",
        escaped(&title(page, published, lang)),
        groups(page, published, lang)
    )
}

fn in_year(year: i32, lang: Lang) -> String {
    format!("{year}{}", lang.pick("年", ""))
}

fn groups(page: &Page<'_>, published: &Dataset, lang: Lang) -> String {
    let catalogue = &published.catalogue;
    let mut html = String::new();
    for group in &catalogue.groups {
        let indicators = catalogue.indicators.iter().enumerate();
        let lines: String = indicators
            .filter(|(_, one)| one.group == group.code && one.kind == IndicatorKind::Reported)
            .map(|(at, indicator)| line(page, published, at, indicator, lang))
            .collect();
        if !lines.is_empty() {
            let name = escaped(group.name.get(lang));
            html += &format!(
                "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"5\">{name}</th></tr>{lines}</tbody>"
            );
        }
    }
    html
}

fn line(page: &Page<'_>, published: &Dataset, at: usize, indicator: &Indicator, lang: Lang) -> String {
    let code = escaped(&indicator.code);
    let unit = published.catalogue.unit(&indicator.unit);
    let typed = page
        .figures
        .iter()
        .find(|figure| figure.indicator == indicator.code);
    let (value, comment) = typed.map_or((String::new(), ""), |figure| {
        (
            format!("{}{}", figure.value, figure.qualifier),
            figure.comment.as_str(),
        )
    });
    let year = page.year;
    format!(
        "<tr data-indicator=\"{code}\">{head}<td class=\"before\" data-label=\"{last}\">{before}</td>\
         <td class=\"cell\"><input name=\"value.{code}\" value=\"{value}\" aria-label=\"{name} {year}\" \
         placeholder=\"{this}\" aria-describedby=\"issue.{code}\" enterkeyhint=\"next\"{invalid}></td>\
         <td class=\"cell remark\"><input name=\"comment.{code}\" value=\"{comment}\" maxlength=\"500\" \
         aria-label=\"{name} {remark}\" placeholder=\"{remark}\" enterkeyhint=\"next\">{said}</td><td class=\"found\" id=\"issue.{code}\">{issues}</td></tr>",
        head = head(indicator, unit, lang),
        before = before(page, published, (at, indicator), unit, lang),
        value = escaped(&value),
        comment = escaped(comment),
        name = escaped(indicator.name.get(lang)),
        last = in_year(year - 1, lang),
        this = in_year(year, lang),
        remark = lang.pick("备注或原因", "remark or reason"),
        said = said(page, indicator),
        invalid = if issues(page, indicator).any(|issue| issue.severity() == Severity::Error) {
            " aria-invalid=\"true\""
        } else {
            ""
        },
        issues = issues(page, indicator)
            .map(|issue| issue_in_words(page, issue, lang))
            .collect::<String>(),
    )
}

/// The name with its unit; the definition for who asks.
fn head(indicator: &Indicator, unit: Option<&UnitMeasure>, lang: Lang) -> String {
    let unit = unit.map_or("", |unit| lang.pick(&unit.zh, &unit.en_many));
    format!(
        "<th scope=\"row\"><details><summary>{} <small>{}</small></summary><p>{}</p></details></th>",
        escaped(indicator.name.get(lang)),
        escaped(unit),
        escaped(indicator.definition.get(lang)),
    )
}

/// Last year's figure, and this year's where one is published already.
fn before(
    page: &Page<'_>,
    published: &Dataset,
    (at, indicator): (usize, &Indicator),
    unit: Option<&UnitMeasure>,
    lang: Lang,
) -> String {
    let Some(org_unit) = published.catalogue.org_units.index(page.org_unit) else {
        return String::new();
    };
    let in_words = |year| {
        let value = last_year(published, at, org_unit, year)?;
        Some(unit.map_or(value.number().to_string(), |unit| {
            format::written(&value, unit, indicator.decimals, lang).without_unit()
        }))
    };
    let last = in_words(page.year).map_or("—".to_owned(), |last| escaped(&last).into_owned());
    let now = in_words(page.year + 1).map_or(String::new(), |now| {
        let words = lang.pick("已公布", "published");
        text("small", &format!("{words} {now}"))
    });
    last + &now
}

fn issues<'a>(page: &Page<'a>, indicator: &'a Indicator) -> impl Iterator<Item = &'a Issue> {
    let all = page.submission.map_or(&[][..], |submission| &submission.issues);
    let org_unit = page.org_unit;
    all.iter().filter(move |issue| {
        let about = issue.about.as_ref();
        about.is_some_and(|about| about.indicator == indicator.code && about.org_unit == org_unit)
    })
}

/// What a reviewer said of the figure stands where the answer is written.
fn said(page: &Page<'_>, indicator: &Indicator) -> String {
    let all = page.submission.map_or(&[][..], |submission| &submission.remarks);
    let of_line = all.iter().filter(|remark| {
        let about = remark.about.as_ref();
        about.is_some_and(|about| about.indicator == indicator.code && about.org_unit == page.org_unit)
    });
    of_line
        .map(|remark| {
            element(
                "p",
                "reason",
                &escaped(&format!("{}（{}）", remark.text, remark.by)),
            )
        })
        .collect()
}

fn issue_in_words(page: &Page<'_>, issue: &Issue, lang: Lang) -> String {
    let words = issue.in_line(page.org_unit, lang);
    element("p", issue.mark().class(), &escaped(&words))
}

fn buttons(page: &Page<'_>, published: &Dataset, lang: Lang) -> String {
    // What was published when the person looked: what comes later they have not seen.
    let vintage = pieces::hidden("vintage", &state::vintage(published).to_string());
    let revision = page
        .submission
        .map_or(vintage.clone(), |of| pieces::revision(of) + &vintage);
    let words = lang.pick(
        "保存后到下一页核对与已公布数据的差异，再报送审核；此时不会公布。",
        "The next page shows what would change, and sends the report; nothing is published yet.",
    );
    let next = pieces::button("primary", lang.pick("保存并核对", "Save and go on"));
    format!("<div class=\"steps\">{}{revision}{next}</div>", text("p", words))
}
