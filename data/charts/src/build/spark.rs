use data::Observation;

use crate::chart::{Body, Chart, Sparkline};
use crate::context::Context;
use crate::sentence;

/// The line of one indicator of one unit, the size of a word; none where fewer than three points join.
pub fn sparkline(context: &Context<'_>, observations: &[&Observation]) -> Option<Chart> {
    let last = observations.iter().rev().find(|o| o.value.is_some())?;
    let joined =
        |o: &&&Observation| o.key.period == last.key.period || o.key.period.joins(&last.key.period).is_ok();
    let points: Vec<_> = observations.iter().filter(joined).map(|o| o.value).collect();
    if points.iter().flatten().count() < 3 {
        return None;
    }
    let description = sentence::pair(context.indicators, observations)
        .map(|pair| sentence::change_sentence(context, &pair));
    Some(Chart {
        lang: context.lang,
        description: description.unwrap_or_default(),
        body: Body::Sparkline(Sparkline { points }),
    })
}
