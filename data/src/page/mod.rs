//! Pages: what an address of the app asks for, and the data its page shows. One request, one answer; the server
//! fills the first page with it and the app fetches the next ones.

mod below;
mod data;
mod request;

pub use below::below;
pub use data::{
    IndicatorData, IndicatorListData, MOST_FOUND, OrgUnitData, OverviewData, PageData, SearchData, home_unit,
    indicator_detail, indicators, observations, org_unit_detail, org_unit_entry, page_data,
};
pub use request::{MOST_COMPARED, PageRequest, Place};
