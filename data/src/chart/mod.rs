//! Charts by address: what `/charts/{kind}?…` asks for, and the figures that it is drawn from.

mod data;
mod request;
mod select;

pub use data::{Below, ChartData, Shown};
pub use request::{
    ChartFormat, ChartKind, ChartRequest, HEIGHTS, Look, MOST_INDICATORS, PictureTheme, SCALES, WIDTHS,
};
pub use select::{ChartError, chart_data};
