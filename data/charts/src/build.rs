//! Observations to figures: which marks may stand together, and in which words.

mod absent;
mod asked;
mod bar;
mod below;
mod from_to;
mod line;
mod listed;
mod refusal;
mod spark;

pub use asked::{asked, context, not_compared, shown};
pub use bar::{only_one, ranking, same_axis};
pub use below::below;
pub use from_to::{Subject, from_to};
pub(crate) use line::count;
pub use line::over_time;
pub use listed::listed;
pub use spark::sparkline;

use data::{Lang, Observation};

use crate::context::Context;
use crate::table;

/// Of how many units a figure was taken together: 下级 12 个地区中 1 个合计; 1 of 12 areas.
pub fn covered_words(lang: Lang, some: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("下级 {all} 个地区中 {some} 个合计"),
        Lang::En => format!("{some} of {all} areas"),
    }
}

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
            Lang::Zh => format!("等{}个来源", more + 2),
            Lang::En => format!("and {more} more"),
        });
    }
    sources
}
