//! Pages: what an address of the app asks for, and the data its page shows. One request, one answer; the server
//! fills the first page with it and the app fetches the next ones.

mod below;
mod data;
mod request;

pub use below::below;
pub(crate) use below::below_of;
pub use data::{
    Compared, IndicatorData, IndicatorListData, MOST_FOUND, OrgUnitData, OverviewData, PageData, SearchData,
    compared, home_unit, indicator_detail, indicators, observations, org_unit_detail, org_unit_entry,
    page_data,
};
pub(crate) use request::encoded;
pub use request::{MOST_COMPARED, PageRequest, Place};
