//! Observations to figures: which marks may stand together, and in which words.

mod bar;
mod from_to;
mod line;
mod spark;

pub use bar::{only_one, ranking, same_axis};
pub use from_to::{Subject, from_to};
pub(crate) use line::count;
pub use line::over_time;
pub use spark::sparkline;

use data::Observation;

use crate::context::Context;
use crate::table;

/// The sources of a figure's observations for its foot: each publisher and date once.
pub(crate) fn sources<'a>(
    context: &Context<'_>,
    observations: impl Iterator<Item = &'a Observation>,
) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    let mut add = |source: String| {
        if !sources.contains(&source) {
            sources.push(source);
        }
    };
    for observation in observations {
        match observation.other_sources.count() {
            Some(number) => add(table::documents(context.lang, number)),
            None => table::named(observation).for_each(|source| add(table::short_source(context, source))),
        }
    }
    // A foot names a few; the table names each.
    if sources.len() > 3 {
        let more = sources.len() - 2;
        sources.truncate(2);
        sources.push(match context.lang {
            data::Lang::Zh => format!("等{}个来源", more + 2),
            data::Lang::En => format!("and {more} more"),
        });
    }
    sources
}
