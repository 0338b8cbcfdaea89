use data::{Observation, label};

use crate::chart::{AxisFormat, Body, Chart, EndPoint, FromTo, FromToChart};
use crate::context::Context;
use crate::figure::Figure;
use crate::sentence::{self, Pair};
use crate::table::{Table, TableRow};

/// What tells the pairs of one figure apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// They are of several indicators of one org unit.
    Indicator,
    /// They are of several org units, of one indicator.
    OrgUnit,
}

impl Subject {
    fn code(self, observation: &Observation) -> &str {
        match self {
            Subject::Indicator => &observation.key.indicator,
            Subject::OrgUnit => &observation.key.org_unit,
        }
    }

    fn name<'a>(self, context: &Context<'a>, observation: &'a Observation) -> &'a str {
        match self {
            Subject::Indicator => context.indicator_name(&observation.key.indicator),
            Subject::OrgUnit => context.org_unit_name(&observation.key.org_unit),
        }
    }
}

/// From–to pairs, the first the one the title speaks of. `href` gives the page of a subject by its code.
///
/// Each pair has an axis of its own, so pairs of different units of measure may stand together.
pub fn from_to(
    context: &Context<'_>,
    id: &str,
    subject: Subject,
    pairs: &[Pair<'_>],
    href: &dyn Fn(&str) -> Option<String>,
) -> Option<Figure> {
    let first = pairs.first()?;
    let mut rows = Vec::new();
    let drawn = pairs
        .iter()
        .map(|pair| drawn(context, subject, pair, href, &mut rows))
        .collect();
    let description = sentence::joined(
        &pairs
            .iter()
            .map(|pair| sentence::change_sentence(context, pair))
            .collect::<Vec<_>>(),
        context.lang,
    );
    let axis = AxisFormat {
        lang: context.lang,
        decimals: context.decimals(&first.to.key.indicator),
    };
    Some(Figure {
        id: id.to_owned(),
        title: match subject {
            Subject::Indicator => title(context, pairs),
            Subject::OrgUnit => plain_title(context, first),
        },
        subtitle: match subject {
            Subject::Indicator => subtitle(context, &span(context, first), first),
            Subject::OrgUnit => subtitle(context, &context.unit_line(&first.to.key.indicator), first),
        },
        notes: Vec::new(),
        chart: Some(Chart {
            lang: context.lang,
            description,
            body: Body::FromTo(FromToChart { pairs: drawn, axis }),
        }),
        table: Table {
            subject: match subject {
                Subject::Indicator => context.lang.words().indicator,
                Subject::OrgUnit => context.lang.words().area,
            }
            .to_owned(),
            rows,
        },
        source: super::sources(context, pairs.iter().map(|pair| pair.to)),
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    })
}

fn title(context: &Context<'_>, pairs: &[Pair<'_>]) -> String {
    let phrase = |pair: &Pair<'_>| {
        let name = context.indicator_name(&pair.to.key.indicator);
        let space = context.lang.pick("", " ");
        format!(
            "{name}{space}{}",
            sentence::change_phrase(&sentence::told(context, pair), context.lang)
        )
    };
    let mut phrases = pairs.iter().take(2).map(phrase);
    let first = phrases.next().unwrap_or_default();
    let more = phrases.map(|phrase| label::within_sentence(&phrase, context.lang));
    std::iter::once(first)
        .chain(more)
        .collect::<Vec<_>>()
        .join(context.lang.pick("，", "; "))
}

/// What is drawn and between which moments: the page of an indicator says in its own title what changed.
fn plain_title(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let name = context.indicator_name(&pair.to.key.indicator);
    let comma = context.lang.pick("，", ", ");
    format!("{name}{comma}{}", span(context, pair))
}

fn span(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let short = |o: &Observation| label::short_period(&o.key.period, o.period_basis, context.lang);
    format!("{} → {}", short(pair.from), short(pair.to))
}

fn subtitle(context: &Context<'_>, start: &str, pair: &Pair<'_>) -> String {
    if !pair.from.key.period.is_opening() {
        return start.to_owned();
    }
    let semicolon = context.lang.pick("；", "; ");
    format!("{start}{semicolon}{}", context.lang.words().start_unstated)
}

fn drawn(
    context: &Context<'_>,
    subject: Subject,
    pair: &Pair<'_>,
    href: &dyn Fn(&str) -> Option<String>,
    rows: &mut Vec<TableRow>,
) -> FromTo {
    let name = subject.name(context, pair.to);
    let mut end = |observation: &Observation, with_unit: bool| {
        let indicator = &observation.key.indicator;
        rows.push(TableRow::new(
            context,
            name,
            href(subject.code(observation)),
            observation,
        ));
        let value = observation.value.unwrap_or(data::ObservationValue::exact(0));
        EndPoint {
            value,
            value_label: if with_unit {
                context.value(indicator, &value)
            } else {
                context.short_value(indicator, &value)
            },
            when_label: label::short_period(&observation.key.period, observation.period_basis, context.lang),
            row: rows.len() - 1,
            date_unstated: observation.key.period.is_opening(),
        }
    };
    FromTo {
        label: name.to_owned(),
        from: end(pair.from, false),
        to: end(pair.to, true),
        change_label: sentence::change_numbers(context, pair),
    }
}
