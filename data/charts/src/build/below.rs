use data::api::RolledUp;
use data::{Lang, Observation, label};

use super::bar::is_certainly_longest;
use crate::chart::{Bar, BarChart, Body, Chart};
use crate::context::Context;
use crate::figure::Figure;
use crate::table::{Table, TableRow};

/// The most bars drawn: all provinces of the country; the table has every unit.
const MOST_BARS: usize = 34;

/// One indicator by the units below another one, `parts`, the longest bar first; `whole` is all of them together, and
/// `parent` the name of the unit they are below. `href` gives the page of a unit.
///
/// Units of which only a part has reported are hatched, with the part beside the value: their bars may still grow.
pub fn below(
    context: &Context<'_>,
    id: &str,
    parent: &str,
    whole: &RolledUp,
    parts: &[RolledUp],
    href: &dyn Fn(&str) -> Option<String>,
) -> Option<Figure> {
    let total = &whole.observation;
    let rows: Vec<TableRow> = parts.iter().map(|part| row(context, part, href)).collect();
    let bars: Vec<Bar> = parts
        .iter()
        .take(MOST_BARS)
        .enumerate()
        .filter_map(|(at, part)| bar(context, part, at))
        .collect();
    if bars.len() < 2 {
        return None;
    }
    let name = context.indicator_name(&total.key.indicator);
    let comma = context.lang.pick("，", ", ");
    let period = label::period(&total.key.period, total.period_basis, context.lang);
    let note = together(context, parent, whole);
    let title = title(context, name, parts);
    Some(Figure {
        id: id.to_owned(),
        subtitle: format!("{}{comma}{period}", context.unit_line(&total.key.indicator)),
        chart: Some(Chart {
            lang: context.lang,
            description: format!("{title}{}{note}", context.lang.pick("。", ". ")),
            body: Body::Bar(BarChart {
                bars,
                aside: Vec::new(),
            }),
        }),
        notes: std::iter::once(note).chain(partly(context, parts)).collect(),
        source: super::sources(context, std::iter::once(total)),
        table: Table {
            subject: context.lang.words().area.to_owned(),
            rows,
        },
        title,
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    })
}

fn is_partial(part: &RolledUp) -> bool {
    part.contributors < part.of
}

fn bar(context: &Context<'_>, part: &RolledUp, row: usize) -> Option<Bar> {
    let observation = &part.observation;
    let value = observation.value?;
    let written = context.short_value(&observation.key.indicator, &value);
    Some(Bar {
        rank: None,
        label: context.org_unit_name(&observation.key.org_unit).to_owned(),
        value,
        value_label: if is_partial(part) {
            format!("{written} · {}/{}", part.contributors, part.of)
        } else {
            written
        },
        row,
        accent: false,
        preliminary: is_partial(part) || observation.status.is_preliminary(),
    })
}

fn row(context: &Context<'_>, part: &RolledUp, href: &dyn Fn(&str) -> Option<String>) -> TableRow {
    let unit = &part.observation.key.org_unit;
    let mut row = TableRow::new(
        context,
        context.org_unit_name(unit),
        href(unit),
        &part.observation,
    );
    if is_partial(part) {
        row.remarks
            .push(super::covered_words(context.lang, part.contributors, part.of));
    }
    row
}

/// Who leads, where that is certain of what has been reported; else what is shown.
fn title(context: &Context<'_>, name: &str, parts: &[RolledUp]) -> String {
    let count = parts.len();
    let observations: Vec<&Observation> = parts.iter().map(|part| &part.observation).collect();
    let first = observations
        .first()
        .filter(|first| count > 1 && is_certainly_longest(first, &observations));
    match (first, context.lang) {
        (Some(first), Lang::Zh) => format!(
            "已报送的 {count} 个地区中，{}{name}最多，{}",
            context.org_unit_name(&first.key.org_unit),
            context.value_or_reason(first)
        ),
        (Some(first), Lang::En) => format!(
            "{name}: {} leads the {count} areas that have reported, with {}",
            context.org_unit_name(&first.key.org_unit),
            context.value_or_reason(first)
        ),
        (None, Lang::Zh) => format!("{count} 个地区报送了{name}"),
        (None, Lang::En) => format!(
            "{count} areas have reported {}",
            label::within_sentence(name, context.lang)
        ),
    }
}

/// The figure of all units together, and of how many it is.
fn together(context: &Context<'_>, parent: &str, together: &RolledUp) -> String {
    let value = context.value_or_reason(&together.observation);
    let (some, all) = (together.contributors, together.of);
    match (context.lang, some == all) {
        (Lang::Zh, true) => format!("{parent} {all} 个地区都有此数，合计{value}。"),
        (Lang::Zh, false) => {
            format!("{parent} {all} 个地区中 {some} 个有此数，合计{value}；其余未报送，不等于零。")
        }
        (Lang::En, true) => format!("All {all} areas of {parent} have this figure; together: {value}."),
        (Lang::En, false) => format!(
            "{some} of the {all} areas of {parent} have this figure; together: {value}. The others have not reported it (not reported is not zero)."
        ),
    }
}

/// How to read a hatched bar, where there is one.
fn partly(context: &Context<'_>, parts: &[RolledUp]) -> Option<String> {
    let part = parts.iter().find(|part| is_partial(part))?;
    let (some, all) = (part.contributors, part.of);
    let preliminary = parts.iter().any(|part| part.observation.status.is_preliminary());
    Some(match (context.lang, preliminary) {
        (Lang::Zh, false) => format!("斜纹：下辖地区尚未报齐；{some}/{all} 即 {all} 个中 {some} 个。"),
        (Lang::Zh, true) => {
            format!("斜纹：初步数，或下辖地区尚未报齐；{some}/{all} 即 {all} 个中 {some} 个。")
        }
        (Lang::En, false) => {
            format!("Hatched: not all areas below have reported; {some}/{all} is {some} of {all}.")
        }
        (Lang::En, true) => format!(
            "Hatched: preliminary, or not all areas below have reported; {some}/{all} is {some} of {all}."
        ),
    })
}
