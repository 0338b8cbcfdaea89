use data::api::OrgUnitList;
use data::page::{self, MOST_FOUND};
use data::{Level, OrgUnit, Phrase};

use crate::api::json;
use crate::http::answer::{Content, Keep};
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// An entry is some 600 bytes with the units above it, so an answer stays below 300 kB.
const MOST_LISTED: usize = 500;

const LEVELS: Phrase = Phrase::new(
    "national、province、prefecture、county、township 或 chamber",
    "national, province, prefecture, county, township or chamber",
);

/// The units that match all that is asked for: below a parent, at a level, by code or name. A page of them, from `offset`.
pub fn list(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let parameters = Parameters::take(asked, &["parent", "level", "q", "limit", "offset"])?;
    let org_units = &published.dataset.catalogue.org_units;
    let parent = parameters.get("parent");
    if let Some(parent) = parent.filter(|parent| org_units.get(parent).is_none()) {
        return Err(Problem::UnknownOrgUnit(parent.to_owned()));
    }
    let level = parameters.parsed("level", LEVELS, Level::from_code)?;
    let limit = parameters.parsed("limit", Phrase::new("1 至 500", "1 to 500"), |text| {
        text.parse()
            .ok()
            .filter(|limit| (1..=MOST_LISTED).contains(limit))
    })?;
    let offset: Option<usize> = parameters.parsed(
        "offset",
        Phrase::new("不小于 0 的整数", "a whole number from 0"),
        |text| text.parse().ok(),
    )?;
    let found: Vec<&OrgUnit> = match (parameters.get("q"), parent) {
        (Some(words), _) => org_units.search(words, usize::MAX),
        (None, Some(parent)) => org_units.children(parent).collect(),
        (None, None) => org_units.all().iter().collect(),
    };
    let is_wanted = |unit: &&&OrgUnit| {
        level.is_none_or(|level| unit.level == level)
            && parent.is_none_or(|parent| unit.parent.as_deref() == Some(parent))
    };
    let wanted: Vec<&OrgUnit> = found.iter().filter(is_wanted).copied().collect();
    let page = wanted
        .iter()
        .skip(offset.unwrap_or(0))
        .take(limit.unwrap_or(MOST_FOUND));
    let list = OrgUnitList {
        total: wanted.len(),
        org_units: page
            .map(|unit| page::org_unit_entry(&published.dataset, unit))
            .collect(),
    };
    let keep = match parameters.get("q") {
        Some(_) => Keep::Briefly,
        None => Keep::Long,
    };
    Ok(Content { keep, ..json(&list)? })
}
