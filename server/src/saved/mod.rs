//! Charts under short addresses: `/c/{id}`, following the newest figures or pinned to a vintage.

pub mod address;
pub mod id;
pub mod known;
pub mod limit;
pub mod resolve;

use std::num::NonZeroU32;

use data::AsOf;
use data::chart::ChartRequest;

use known::Known;
use limit::Limit;

/// How many charts are kept, some 300 bytes each: eighty for every county of the country.
pub const MOST_CHARTS: i64 = 200_000;

/// With how many anybody may still add one. The rest is room for those who are signed in, which nobody else can fill.
pub const MOST_OF_ANYBODY: i64 = 100_000;

/// A chart under a short address. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedChart {
    /// Its id.
    pub id: String,
    /// The chart, without its state and its look.
    pub request: ChartRequest,
    /// The vintage whose figures it keeps to; none where it follows the newest.
    pub vintage: Option<NonZeroU32>,
}

impl SavedChart {
    /// The chart as an address of its own asks for it.
    pub fn whole_request(&self) -> ChartRequest {
        ChartRequest {
            as_of: self.vintage.map(|vintage| AsOf::Vintage(vintage.get())),
            ..self.request.clone()
        }
    }

    /// Its short address.
    pub fn href(&self) -> String {
        format!("/c/{}", self.id)
    }
}

/// What a server remembers of saved charts.
#[derive(Debug, Default)]
pub struct Saved {
    /// Those that were asked for lately.
    pub known: Known,
    /// Who saved how many this hour.
    pub limit: Limit,
}
