use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::entries::{named, numbered};
use super::lines::{Fault, Lines};
use crate::exchange::json_stat::DIMENSIONS;
use crate::exchange::read::MOST_FIGURES;
use crate::read::{Expected, Problem};

/// A file. What may be long in it is parsed when it is looked at, and counted.
#[derive(Deserialize)]
pub struct Dataset<'a> {
    pub class: Option<String>,
    #[serde(default)]
    id: Vec<String>,
    #[serde(default)]
    size: Vec<u64>,
    #[serde(borrow, default)]
    dimension: HashMap<String, Dimension<'a>>,
    #[serde(borrow)]
    pub value: Option<&'a RawValue>,
    #[serde(borrow)]
    pub status: Option<&'a RawValue>,
    #[serde(borrow)]
    pub extension: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub struct Dimension<'a> {
    #[serde(borrow)]
    category: Category<'a>,
}

#[derive(Deserialize)]
pub struct Category<'a> {
    #[serde(borrow)]
    index: Option<&'a RawValue>,
    #[serde(borrow)]
    label: Option<&'a RawValue>,
    #[serde(borrow)]
    unit: Option<&'a RawValue>,
}

#[derive(Deserialize, Default)]
pub struct Unit {
    code: Option<String>,
    label: Option<String>,
}

/// The most dimensions: ours, and those of one category that a tool has added.
const MOST_DIMENSIONS: usize = 20;

/// What a cell of the cube is about.
pub struct Key<'a> {
    pub indicator: &'a str,
    pub org_unit: &'a str,
    pub period: &'a str,
    pub unit: &'a str,
}

/// The dimensions of a file.
pub struct Cube {
    categories: [Vec<String>; 3],
    /// For each of ours, how many cells lie between two categories of it.
    strides: [u64; 3],
    cells: u64,
    units: HashMap<String, Unit>,
}

impl Cube {
    pub fn of(dataset: &Dataset<'_>, lines: &Lines<'_>) -> Result<Cube, Fault> {
        let not_a_cube = || (1, 1, Problem::NotJsonStat);
        if dataset.id.len() != dataset.size.len() || dataset.id.len() > MOST_DIMENSIONS {
            return Err(not_a_cube());
        }
        let mut strides = HashMap::new();
        let mut cells: u64 = 1;
        for (id, size) in dataset.id.iter().zip(&dataset.size).rev() {
            let is_ours = DIMENSIONS.contains(&id.as_str());
            if !is_ours && *size != 1 {
                let found = id.clone();
                return Err((1, 1, Problem::UnknownColumn { found }));
            }
            strides.insert(id.as_str(), (cells, *size));
            cells = cells.checked_mul(*size).ok_or_else(not_a_cube)?;
        }
        let mut cube = Cube {
            categories: Default::default(),
            strides: [1; 3],
            cells,
            units: HashMap::new(),
        };
        for (at, name) in DIMENSIONS.iter().enumerate() {
            let (Some(dimension), Some((stride, size))) =
                (dataset.dimension.get(*name), strides.get(name).copied())
            else {
                return Err(missing(at));
            };
            let categories = categories(&dimension.category, lines)?;
            if categories.len() as u64 != size {
                return Err(not_a_cube());
            }
            if at == 0 {
                cube.units = units(&dimension.category, lines)?;
            }
            (cube.categories[at], cube.strides[at]) = (categories, stride);
        }
        Ok(cube)
    }

    pub fn key(&self, place: u64) -> Result<Key<'_>, Problem> {
        if place >= self.cells {
            let to = u32::try_from(self.cells.saturating_sub(1)).ok();
            return Err(Problem::OutOfRange {
                found: place.to_string(),
                expected: Expected::WholeNumber { from: 0, to },
            });
        }
        let category = |at: usize| {
            let of = (place / self.strides[at]) % self.categories[at].len().max(1) as u64;
            self.categories[at].get(of as usize).map_or("", String::as_str)
        };
        let unit = self.units.get(category(0));
        let unit = unit.and_then(|unit| unit.code.as_deref().or(unit.label.as_deref()));
        Ok(Key {
            indicator: category(0),
            org_unit: category(1),
            period: category(2),
            unit: unit.unwrap_or_default(),
        })
    }
}

fn missing(at: usize) -> Fault {
    let name = DIMENSIONS[at].to_owned();
    (1, 1, Problem::MissingColumn { name })
}

/// The categories in their order: a list, an object of their places, or the one that has a label. No more than figures.
fn categories(category: &Category<'_>, lines: &Lines<'_>) -> Result<Vec<String>, Fault> {
    let Some(raw) = category.index else {
        let labels = named(category.label, MOST_FIGURES, lines)?;
        return Ok(labels.into_iter().map(|(code, _)| code).collect());
    };
    if raw.get().starts_with('[') {
        let codes = numbered(Some(raw), MOST_FIGURES, lines)?;
        return codes
            .into_iter()
            .map(|(_, code)| lines.parsed(code.get()))
            .collect();
    }
    let places = named(Some(raw), MOST_FIGURES, lines)?.into_iter();
    let mut places: Vec<(u64, String)> = places
        .map(|(code, place)| Ok((lines.parsed(place.get())?, code)))
        .collect::<Result<_, Fault>>()?;
    places.sort();
    Ok(places.into_iter().map(|(_, code)| code).collect())
}

fn units(category: &Category<'_>, lines: &Lines<'_>) -> Result<HashMap<String, Unit>, Fault> {
    let units = named(category.unit, MOST_FIGURES, lines)?.into_iter();
    units
        .map(|(code, unit)| Ok((code, lines.parsed(unit.get())?)))
        .collect()
}
