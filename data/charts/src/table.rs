//! The table behind every chart: each row says what a mark says, and where it is from.

use data::{Lang, Observation, Origin, Period, PeriodBasis, Source, format, label};

use crate::context::Context;
use crate::html::{escaped, lang_of_source, text};

/// A table of observations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the first column names.
    pub subject: String,
    /// The rows; a mark of the chart stands for one of them by its place.
    pub rows: Vec<TableRow>,
}

/// One observation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// What it is a figure of: the indicator, or the org unit.
    pub subject: String,
    /// The address of a page about the subject.
    pub href: Option<String>,
    /// The value with its qualifier and unit, or why there is none.
    pub value: String,
    /// What else is to be known of the value: rounding, of how many, counted, provisional.
    pub remarks: Vec<String>,
    /// The period in full.
    pub period: String,
    /// The document, its publisher and date, and where in it.
    pub source: String,
    /// The published state.
    pub vintage: u32,
}

impl TableRow {
    /// The row of an observation.
    pub fn new(
        context: &Context<'_>,
        subject: &str,
        href: Option<String>,
        observation: &Observation,
    ) -> TableRow {
        TableRow {
            subject: subject.to_owned(),
            href,
            value: context.value_or_reason(observation),
            remarks: remarks(context, observation),
            period: label::period(&observation.key.period, observation.period_basis, context.lang),
            source: source(context, observation),
            vintage: observation.vintage,
        }
    }

    /// The row of a year for which nothing was reported.
    pub fn absent(context: &Context<'_>, subject: &str, year: i32) -> TableRow {
        TableRow {
            subject: subject.to_owned(),
            href: None,
            value: context.lang.words().not_reported.to_owned(),
            remarks: Vec::new(),
            period: label::period(&Period::Year { year }, PeriodBasis::Stated, context.lang),
            source: String::new(),
            vintage: 0,
        }
    }
}

/// What else is to be known of a value, each a word or two.
pub fn remarks(context: &Context<'_>, observation: &Observation) -> Vec<String> {
    let words = context.lang.words();
    let mut remarks = Vec::new();
    if let Some(denominator) = observation.denominator {
        let of = format::number(denominator, 0);
        remarks.push(context.lang.pick("共", "of ").to_owned() + &of);
    }
    if let (Some(value), Some((unit, _))) = (observation.value, context.measure(&observation.key.indicator))
        && let Some(rounding) = format::rounding(&value, unit, context.lang)
    {
        remarks.push(format!("{} {rounding}", words.rounded));
    }
    match observation.origin {
        Origin::Printed => {}
        Origin::Counted => remarks.push(words.counted.to_owned()),
        Origin::Derived => remarks.push(words.derived.to_owned()),
        Origin::RolledUp => remarks.push(words.rolled_up_from_below.to_owned()),
        Origin::Synthetic => remarks.push(words.synthetic_short.to_owned()),
    }
    let indicator = context.indicator(&observation.key.indicator);
    if let Some(indicator) = indicator.filter(|indicator| !indicator.definition_since.is_empty()) {
        let version = indicator.version_at(&observation.key.period);
        remarks.push(label::definition_version(version, context.lang));
    }
    if observation.value.is_some() {
        remarks.extend(label::status(observation.status, context.lang).map(str::to_owned));
    }
    remarks
}

/// The documents of an observation, each with its publisher and date, and where in it; their number where there are
/// too many to name.
pub fn source(context: &Context<'_>, observation: &Observation) -> String {
    each(context, observation, |source| {
        let comma = context.lang.pick("，", ", ");
        let words = format!(
            "《{}》{comma}{}{comma}{}",
            source.document, source.publisher, source.published
        );
        placed(words, source)
    })
}

/// The publisher, the date and where in the document, where the document's title would be too long.
pub fn placed_source(context: &Context<'_>, observation: &Observation) -> String {
    each(context, observation, |source| {
        placed(short_source(context, source), source)
    })
}

/// The publisher and date, for the foot of a figure.
pub fn short_source(context: &Context<'_>, source: &Source) -> String {
    let comma = context.lang.pick("，", ", ");
    format!("{}{comma}{}", source.publisher, source.published)
}

/// How many documents, where there are too many to name.
pub fn documents(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh => format!("{number}份文件"),
        Lang::En => format!("{number} documents"),
    }
}

/// Every source that an observation names.
pub fn named(observation: &Observation) -> impl Iterator<Item = &Source> {
    std::iter::once(&observation.source).chain(observation.other_sources.named())
}

fn each(context: &Context<'_>, observation: &Observation, words: impl Fn(&Source) -> String) -> String {
    if let Some(number) = observation.other_sources.count() {
        return documents(context.lang, number);
    }
    let sources: Vec<String> = named(observation).map(words).collect();
    sources.join(context.lang.pick("；", "; "))
}

fn placed(words: String, source: &Source) -> String {
    if source.place.is_empty() {
        return words;
    }
    format!("{words} · {}", source.place)
}

impl Table {
    /// The table as HTML; `id` names its rows `{id}-r0`, `{id}-r1` and so on, which the marks point to.
    pub fn html(&self, context: &Context<'_>, id: &str, caption: &str) -> String {
        let words = context.lang.words();
        let head: String = [&self.subject, words.value, words.period, words.source]
            .into_iter()
            .map(|name: &str| format!(r#"<th scope="col">{}</th>"#, escaped(name)))
            .collect();
        let rows: String = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| row.html(context.lang, id, at))
            .collect();
        format!(
            r#"<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"#,
            caption = escaped(caption),
        )
    }
}

impl TableRow {
    fn html(&self, lang: Lang, id: &str, at: usize) -> String {
        let subject = match &self.href {
            Some(href) => crate::html::link(href, &self.subject),
            None => escaped(&self.subject).into_owned(),
        };
        let remarks: String = self.remarks.iter().map(|remark| text("small", remark)).collect();
        format!(
            r#"<tr id="{id}-r{at}"><th scope="row">{subject}</th><td class="v">{}{remarks}</td><td>{}</td><td{}>{}</td></tr>"#,
            escaped(&self.value),
            escaped(&self.period),
            lang_of_source(lang, &self.source),
            escaped(&self.source),
        )
    }
}
