use data::Observation;

use crate::context::Context;
use crate::figure::Figure;
use crate::sentence;
use crate::table::{Table, TableRow};

/// Where there is nothing to draw: the figures themselves, in a table, and in `why` what stands against a picture.
///
/// `None` where there is no figure at all.
pub fn listed(
    context: &Context<'_>,
    compared: &[(&str, Vec<&Observation>)],
    why: Vec<String>,
) -> Option<Figure> {
    let observations: Vec<&Observation> = compared.iter().flat_map(|(_, o)| o.iter().copied()).collect();
    let indicator = &observations.first()?.key.indicator;
    let rows = observations
        .iter()
        .map(|o| TableRow::new(context, context.org_unit_name(&o.key.org_unit), None, o))
        .collect();
    Some(Figure {
        id: "figures".into(),
        title: context.lang.words().figures_and_sources.to_owned(),
        subtitle: context.unit_line(indicator),
        notes: why
            .into_iter()
            .chain(sentence::break_sentences(context, compared))
            .collect(),
        chart: None,
        table: Table {
            subject: context.lang.words().area.to_owned(),
            rows,
        },
        source: super::sources(context, observations.iter().copied()),
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    })
}
