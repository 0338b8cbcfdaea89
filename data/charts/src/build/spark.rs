use data::Observation;

use super::line;
use crate::chart::{Body, Chart, SparkPoint, Sparkline};
use crate::context::Context;
use crate::sentence;

/// The line of one indicator of one unit, the size of a word: the points, gaps and breaks that the large chart would
/// have. None where fewer than three points have a value.
pub fn sparkline(context: &Context<'_>, observations: &[&Observation]) -> Option<Chart> {
    let anchor = line::joinable(observations)?;
    let points = line::points(context, observations, anchor, 0);
    // A line without a table has no rows to add the years to that were left out.
    let points = line::with_absent_years(context, "", points, &mut Vec::new());
    if points.iter().filter(|point| point.value.is_ok()).count() < 3 {
        return None;
    }
    let points = points.into_iter().map(|point| SparkPoint {
        day: point.day,
        value: point.value.ok(),
        breaks_series: point.break_before.is_some(),
    });
    let change = sentence::pair(context.indicators, observations);
    let description = change.map(|pair| sentence::change_sentence(context, &pair));
    Some(Chart {
        lang: context.lang,
        description: description.unwrap_or_default(),
        body: Body::Sparkline(Sparkline {
            points: points.collect(),
        }),
    })
}
