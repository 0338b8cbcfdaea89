//! The figures that county federations of industry and commerce report, with what makes each of them true: its
//! indicator, org unit, period, qualifier, status and source.
//!
//! Pure: no I/O, no clock, no HTTP, no browser, no SQL. The same code runs in the browser and on the server.

pub mod api;
mod as_of;
mod change;
pub mod chart;
mod dataset;
mod decimal;
pub mod definitions;
pub mod derive;
pub mod embedding;
#[cfg(feature = "exchange")]
pub mod exchange;
pub mod format;
mod indicator;
pub mod label;
mod lang;
mod observation;
mod org_unit;
pub mod page;
/// Dates known to the day, month or year, and the six kinds of period.
pub mod period;
/// Words such as 余 and 超 as intervals.
pub mod qualifier;
pub mod query;
/// Units in the order of their figures.
pub mod rank;
pub mod read;
/// Reports: cells to figures and issues.
pub mod report;
pub mod reporting;
/// Figures of the units below taken together.
pub mod roll_up;
mod series_break;
/// Files to cells, whoever made them.
pub mod sheet;
mod source;
mod unit;
mod value;
pub mod words;
pub mod write;

pub use as_of::{AS_OF_EXPECTED, AsOf};
pub use change::{Change, ChangeError, Multiple};
pub use dataset::{Dataset, DatasetBuilder, NewRow, RowIndex};
pub use decimal::{Decimal, DecimalError, MAX_SCALE};
pub use indicator::{Direction, Formula, Indicator, IndicatorGroup, IndicatorKind, RollUp, TimeRule};
pub use lang::{Lang, Names, Phrase};
pub use observation::{Observation, ObservationError, ObservationKey, Origin, check_status};
pub use org_unit::{Level, OrgUnit, OrgUnits};
pub use period::{PartialDate, Period, PeriodBasis, PeriodKind, PeriodMismatch};
pub use qualifier::{Bound, Bounds, Qualifier};
pub use series_break::{BreakCause, SeriesBreak};
pub use source::{MOST_NAMED, OtherSources, Source};
pub use unit::{UnitKind, UnitMeasure, UnitMultiplier};
pub use value::{ObservationStatus, ObservationValue, Quantity, ValueError};
