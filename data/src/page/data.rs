use serde::{Deserialize, Serialize};

use crate::api::{
    Child, IndicatorDetail, Indicators, Observations, OrgUnitDetail, OrgUnitEntry, OrgUnitList,
};
use crate::api::{Ranking, RollUps, RolledUp};
use crate::query::ObservationQuery;
use crate::{Dataset, Lang, Level, OrgUnit, PartialDate, RowIndex, rank, roll_up};

use super::below::below;
use super::{PageRequest, Place};

/// The data of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageData {
    /// The overview of a unit.
    Overview(Box<OverviewData>),
    /// All indicators.
    Indicators(IndicatorListData),
    /// One indicator.
    Indicator(Box<IndicatorData>),
    /// A search, or the top of the tree.
    OrgUnits(SearchData),
    /// One unit.
    OrgUnit(Box<OrgUnitData>),
    /// There is no such page.
    NotFound,
}

/// What the overview shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverviewData {
    /// The unit.
    pub unit: OrgUnitDetail,
    /// The groups of indicators, in order.
    pub catalogue: Indicators,
    /// All published figures of the unit.
    pub observations: Observations,
    /// The figures of the units below it, taken together.
    pub roll_ups: Option<RollUps>,
    /// One of them unit by unit, the greatest first, where the unit has no figures of its own to open with.
    pub below: Vec<RolledUp>,
}

/// What the page of a unit shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgUnitData {
    /// The unit, what is above and below it, and who has reported.
    pub unit: OrgUnitDetail,
    /// The groups of indicators, in order.
    pub catalogue: Indicators,
    /// All published figures of the unit.
    pub observations: Observations,
}

/// What the list of indicators shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorListData {
    /// The catalogue.
    pub catalogue: Indicators,
    /// How many units have a figure of each indicator, in the order of the catalogue.
    pub reporting_units: Vec<usize>,
}

/// What the page of an indicator shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorData {
    /// The indicator.
    pub detail: IndicatorDetail,
    /// The figures of the units compared.
    pub observations: Observations,
    /// The units compared, in the order of the address; where it names none, the units that have figures, up to
    /// what one chart holds.
    pub compared: Vec<OrgUnit>,
    /// The units above the first of them.
    pub ancestors: Vec<OrgUnit>,
    /// The units beside the first one, ranked; none where no unit has a figure.
    pub ranking: Option<Ranking>,
    /// Units beside the first one, on its level, that have figures and could be added, each with the number of its figures.
    pub addable: Vec<Child>,
    /// Units in the address that stand on another level than the first of them, and so are not compared with it.
    pub of_other_levels: Vec<OrgUnit>,
    /// Codes in the address that are no unit's.
    pub unknown_units: Vec<String>,
}

/// What the search shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SearchData {
    /// What was searched for; empty for the top of the tree.
    pub words: String,
    /// The units found.
    pub found: OrgUnitList,
}

/// The most units a search answers; nobody reads further, they type one more character.
pub const MOST_FOUND: usize = 50;

/// The data of the page at an address.
pub fn page_data(dataset: &Dataset, request: &PageRequest) -> PageData {
    let found = match &request.place {
        Place::Overview { org_unit } => {
            let code = org_unit.clone().unwrap_or_else(|| home_unit(dataset));
            overview(dataset, &code).map(|data| PageData::Overview(Box::new(data)))
        }
        Place::Indicators => Some(PageData::Indicators(indicator_list(dataset))),
        Place::Indicator {
            code,
            org_units,
            year,
        } => indicator(dataset, code, org_units, *year).map(|data| PageData::Indicator(Box::new(data))),
        Place::OrgUnits { words } => Some(PageData::OrgUnits(search(dataset, words))),
        Place::OrgUnit { code } => org_unit(dataset, code).map(|data| PageData::OrgUnit(Box::new(data))),
        Place::Unknown { .. } => None,
    };
    found.unwrap_or(PageData::NotFound)
}

/// The unit an overview starts with: the lowest one that is, or is above, everything reported.
pub fn home_unit(dataset: &Dataset) -> String {
    let org_units = &dataset.catalogue.org_units;
    let mut reporting: Vec<usize> = (0..dataset.len())
        .map(|row| dataset.org_unit_index(row))
        .collect();
    reporting.sort_unstable();
    reporting.dedup();
    let path = |unit: &OrgUnit| {
        let mut path: Vec<String> = org_units
            .ancestors(&unit.code)
            .iter()
            .map(|u| u.code.clone())
            .collect();
        path.push(unit.code.clone());
        path
    };
    let mut paths = reporting.into_iter().map(|at| path(&org_units.all()[at]));
    let first = paths.next();
    let common = first.map(|first| {
        paths.fold(first, |common, path| {
            common
                .into_iter()
                .zip(path)
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a)
                .collect()
        })
    });
    let root = || {
        org_units
            .all()
            .first()
            .map(|unit| unit.code.clone())
            .unwrap_or_default()
    };
    common.and_then(|path| path.last().cloned()).unwrap_or_else(root)
}

/// The answer of `/api/v1/indicators`.
pub fn indicators(dataset: &Dataset) -> Indicators {
    let catalogue = &dataset.catalogue;
    Indicators {
        groups: catalogue.groups.clone(),
        units: catalogue.units.clone(),
        indicators: catalogue.indicators.clone(),
    }
}

/// The answer of `/api/v1/indicators/{code}`; none for an unknown code.
pub fn indicator_detail(dataset: &Dataset, code: &str) -> Option<IndicatorDetail> {
    let catalogue = &dataset.catalogue;
    let at = catalogue.indicator_index(code)?;
    let indicator = catalogue.indicators[at].clone();
    let mut years: Vec<i32> = dataset
        .indicator_rows(at)
        .filter(|row| !dataset.period(*row).is_opening())
        .filter_map(|row| dataset.period(row).end().map(PartialDate::year))
        .collect();
    years.sort_unstable();
    years.dedup();
    let group = catalogue.group(&indicator.group)?.clone();
    let unit = catalogue.unit(&indicator.unit)?.clone();
    let whole = indicator
        .part_of
        .as_deref()
        .and_then(|code| catalogue.indicator(code));
    Some(IndicatorDetail {
        whole: whole.map(|whole| whole.name.clone()),
        indicator,
        group,
        unit,
        years,
    })
}

/// The answer of `/api/v1/observations`.
pub fn observations(dataset: &Dataset, rows: &[RowIndex]) -> Observations {
    let catalogue = &dataset.catalogue;
    let distinct = |of: &dyn Fn(RowIndex) -> usize| {
        let mut places: Vec<usize> = rows.iter().map(|row| of(*row)).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let indicators: Vec<_> = distinct(&|row| dataset.indicator_index(row))
        .into_iter()
        .map(|at| catalogue.indicators[at].clone())
        .collect();
    let units = catalogue
        .units
        .iter()
        .filter(|unit| indicators.iter().any(|i| i.unit == unit.code));
    Observations {
        dataset: dataset.version.clone(),
        observations: rows.iter().map(|row| dataset.observation(*row)).collect(),
        units: units.cloned().collect(),
        org_units: distinct(&|row| dataset.org_unit_index(row))
            .into_iter()
            .map(|at| catalogue.org_units.all()[at].clone())
            .collect(),
        indicators,
    }
}

/// The answer of `/api/v1/org-units/{code}`; none for an unknown code.
pub fn org_unit_detail(dataset: &Dataset, code: &str) -> Option<OrgUnitDetail> {
    let org_units = &dataset.catalogue.org_units;
    let org_unit = org_units.get(code)?.clone();
    let below = |code: &str| -> Vec<Child> {
        org_units
            .children(code)
            .map(|unit| Child {
                org_unit: unit.clone(),
                observations: observations_below(dataset, &unit.code),
            })
            .collect()
    };
    Some(OrgUnitDetail {
        ancestors: org_units.ancestors(code).into_iter().cloned().collect(),
        children: below(code),
        siblings: org_unit.parent.as_deref().map(below).unwrap_or_default(),
        org_unit,
    })
}

/// A unit in a list.
pub fn org_unit_entry(dataset: &Dataset, unit: &OrgUnit) -> OrgUnitEntry {
    OrgUnitEntry {
        org_unit: unit.clone(),
        ancestors: dataset
            .catalogue
            .org_units
            .ancestors(&unit.code)
            .into_iter()
            .cloned()
            .collect(),
        observations: own_observations(dataset, &unit.code),
    }
}

fn own_observations(dataset: &Dataset, code: &str) -> usize {
    let Some(unit) = dataset.catalogue.org_units.index(code) else {
        return 0;
    };
    (0..dataset.catalogue.indicators.len())
        .map(|indicator| dataset.unit_rows(indicator, unit).len())
        .sum()
}

fn observations_below(dataset: &Dataset, code: &str) -> usize {
    let below = dataset
        .catalogue
        .org_units
        .children(code)
        .map(|child| observations_below(dataset, &child.code));
    own_observations(dataset, code) + below.sum::<usize>()
}

fn of_unit(dataset: &Dataset, code: &str) -> Observations {
    let query = ObservationQuery {
        org_units: vec![code.to_owned()],
        ..ObservationQuery::default()
    };
    let mut answer = observations(dataset, &dataset.rows(&query));
    // A page carries the whole catalogue once; the answer need not repeat it.
    answer.indicators.clear();
    answer.units.clear();
    answer
}

fn overview(dataset: &Dataset, code: &str) -> Option<OverviewData> {
    let unit = org_unit_detail(dataset, code)?;
    let roll_ups = if unit.children.is_empty() {
        None
    } else {
        roll_up::roll_ups(dataset, code)
    };
    let observations = of_unit(dataset, code);
    let below = roll_ups
        .as_ref()
        .filter(|_| observations.observations.is_empty())
        .map(|roll_ups| below(dataset, code, roll_ups))
        .unwrap_or_default();
    Some(OverviewData {
        unit,
        catalogue: indicators(dataset),
        observations,
        roll_ups,
        below,
    })
}

fn org_unit(dataset: &Dataset, code: &str) -> Option<OrgUnitData> {
    let unit = org_unit_detail(dataset, code)?;
    Some(OrgUnitData {
        unit,
        catalogue: indicators(dataset),
        observations: of_unit(dataset, code),
    })
}

fn indicator_list(dataset: &Dataset) -> IndicatorListData {
    let reporting = |indicator: usize| {
        let mut units: Vec<usize> = dataset
            .indicator_rows(indicator)
            .map(|row| dataset.org_unit_index(row))
            .collect();
        units.dedup();
        units.len()
    };
    let catalogue = indicators(dataset);
    let reporting_units = (0..catalogue.indicators.len()).map(reporting).collect();
    IndicatorListData {
        catalogue,
        reporting_units,
    }
}

fn indicator(dataset: &Dataset, code: &str, wanted: &[String], year: Option<i32>) -> Option<IndicatorData> {
    let detail = indicator_detail(dataset, code)?;
    let org_units = &dataset.catalogue.org_units;
    let is_unknown = |code: &&String| org_units.get(code).is_none();
    let unknown: Vec<String> = wanted.iter().filter(is_unknown).cloned().collect();
    let Compared {
        units,
        of_other_levels,
    } = compared(dataset, code, wanted);
    let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
    let query = ObservationQuery {
        indicators: vec![code.to_owned()],
        org_units: codes.clone(),
        ..ObservationQuery::default()
    };
    let rows = if units.is_empty() {
        Vec::new()
    } else {
        dataset.rows(&query)
    };
    let first = units.first();
    let above = first.and_then(|unit| Some((unit.parent.as_deref()?, unit.level)));
    let addable = above
        .map(|(parent, level)| addable(dataset, code, (parent, level), &codes))
        .unwrap_or_default();
    let ranking =
        above.and_then(|(parent, level)| rank::ranking_of_level(dataset, code, parent, Some(level), year));
    Some(IndicatorData {
        ancestors: first
            .map(|unit| org_units.ancestors(&unit.code))
            .unwrap_or_default()
            .into_iter()
            .cloned()
            .collect(),
        ranking,
        addable,
        observations: observations(dataset, &rows),
        compared: units,
        of_other_levels,
        unknown_units: unknown,
        detail,
    })
}

/// The units that a chart of one indicator compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Those on the level of the first one, in the order wanted; where none is wanted, units that have figures.
    pub units: Vec<OrgUnit>,
    /// Those wanted that stand on another level.
    pub of_other_levels: Vec<OrgUnit>,
}

/// The units to compare of those wanted; codes that are no unit's are passed over.
pub fn compared(dataset: &Dataset, indicator: &str, wanted: &[String]) -> Compared {
    let org_units = &dataset.catalogue.org_units;
    let named: Vec<OrgUnit> = wanted
        .iter()
        .filter_map(|code| org_units.get(code))
        .cloned()
        .collect();
    let level = named.first().map(|unit| unit.level);
    let (same, of_other_levels): (Vec<OrgUnit>, Vec<OrgUnit>) =
        named.into_iter().partition(|unit| Some(unit.level) == level);
    let with_figures = || {
        let codes = with_figures(dataset, indicator, super::request::MOST_COMPARED);
        codes
            .iter()
            .filter_map(|code| org_units.get(code))
            .cloned()
            .collect()
    };
    Compared {
        units: if same.is_empty() { with_figures() } else { same },
        of_other_levels,
    }
}

/// The first units that have figures of an indicator, all of the level on which most of them stand.
fn with_figures(dataset: &Dataset, indicator: &str, most: usize) -> Vec<String> {
    let rows = dataset
        .catalogue
        .indicator_index(indicator)
        .map(|at| dataset.indicator_rows(at))
        .unwrap_or_default();
    let mut places: Vec<usize> = rows.map(|row| dataset.org_unit_index(row)).collect();
    places.dedup();
    let all = dataset.catalogue.org_units.all();
    let units = || places.iter().map(|at| &all[*at]);
    let level = rank::main_level(units().map(|unit| unit.level));
    let alike = units().filter(|unit| Some(unit.level) == level);
    alike.take(most).map(|unit| unit.code.clone()).collect()
}

fn addable(
    dataset: &Dataset,
    indicator: &str,
    (parent, level): (&str, Level),
    compared: &[String],
) -> Vec<Child> {
    let Some(at) = dataset.catalogue.indicator_index(indicator) else {
        return Vec::new();
    };
    let org_units = &dataset.catalogue.org_units;
    org_units
        .children(parent)
        .filter(|unit| unit.level == level && !compared.contains(&unit.code))
        .filter_map(|unit| {
            let observations = dataset.unit_rows(at, org_units.index(&unit.code)?).len();
            (observations > 0).then(|| Child {
                org_unit: unit.clone(),
                observations,
            })
        })
        .collect()
}

fn search(dataset: &Dataset, words: &str) -> SearchData {
    let org_units = &dataset.catalogue.org_units;
    let units: Vec<&OrgUnit> = if words.trim().is_empty() {
        org_units
            .all()
            .first()
            .map(|root| org_units.children(&root.code).collect())
            .unwrap_or_default()
    } else {
        org_units.search(words, org_units.all().len())
    };
    let total = units.len();
    let org_units = units
        .into_iter()
        .take(MOST_FOUND)
        .map(|unit| org_unit_entry(dataset, unit))
        .collect();
    SearchData {
        words: words.to_owned(),
        found: OrgUnitList { total, org_units },
    }
}

impl PageData {
    /// Whether the answer is a page that does not exist, which the server answers with 404.
    pub fn is_not_found(&self) -> bool {
        matches!(self, PageData::NotFound)
    }

    /// The name of the unit a page is about, where it is about one.
    pub fn unit_name(&self, lang: Lang) -> Option<&str> {
        match self {
            PageData::Overview(data) => Some(data.unit.org_unit.name.get(lang)),
            PageData::OrgUnit(data) => Some(data.unit.org_unit.name.get(lang)),
            _ => None,
        }
    }
}
