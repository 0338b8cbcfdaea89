use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::DIMENSIONS;
use crate::exchange::read::{MOST_FIGURES, Sheet};
use crate::read::observations as own;
use crate::read::{COLUMNS, Expected, Issue, Problem, Row, Table};
use crate::write::{period_cells, safe};
use crate::{OtherSources, Period, Source};

/// The file as a table in our own columns, a row a value.
pub(in crate::exchange) fn sheet(file: &str, text: &str) -> Sheet {
    let mut sheet = Sheet {
        table: Table {
            file: file.to_owned(),
            header: COLUMNS.iter().map(|column| column.names[0].to_owned()).collect(),
            rows: Vec::new(),
        },
        places: (0..COLUMNS.len()).map(Some).collect(),
        ..Sheet::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    let lines = Lines::of(text);
    if let Err((line, column, problem)) = fill(&mut sheet, text, &lines) {
        sheet.table.rows.clear();
        sheet.issues.push(Issue {
            file: file.to_owned(),
            line,
            column: Some(column),
            field: None,
            problem,
        });
    }
    sheet
}

/// What is wrong with the file, and where.
type Fault = (u64, u64, Problem);

#[derive(Deserialize)]
struct Dataset<'a> {
    class: Option<String>,
    #[serde(default)]
    id: Vec<String>,
    #[serde(default)]
    size: Vec<u64>,
    #[serde(borrow, default)]
    dimension: HashMap<String, Dimension<'a>>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(borrow)]
    status: Option<&'a RawValue>,
    #[serde(borrow)]
    extension: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Dimension<'a> {
    #[serde(borrow)]
    category: Category<'a>,
}

#[derive(Deserialize)]
struct Category<'a> {
    #[serde(borrow)]
    index: Option<&'a RawValue>,
    #[serde(default)]
    label: BTreeMap<String, serde::de::IgnoredAny>,
    #[serde(default)]
    unit: HashMap<String, Unit>,
}

#[derive(Deserialize, Default)]
struct Unit {
    code: Option<String>,
    label: Option<String>,
}

/// The part of the extension that our own writer makes; another's has none of it.
#[derive(Deserialize, Default)]
struct Extension<'a> {
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(borrow, default)]
    observation: HashMap<String, &'a RawValue>,
}

fn fill(sheet: &mut Sheet, text: &str, lines: &Lines<'_>) -> Result<(), Fault> {
    let dataset: Dataset<'_> = parsed(text, text, lines)?;
    if dataset.class.as_deref() != Some("dataset") {
        return Err((1, 1, Problem::NotJsonStat));
    }
    let cube = Cube::of(&dataset, text, lines)?;
    let extension: Extension<'_> = match dataset.extension {
        Some(raw) => parsed(raw.get(), text, lines)?,
        None => Extension::default(),
    };
    let mut attributes = HashMap::new();
    for (name, raw) in &extension.observation {
        let cells: HashMap<u64, &RawValue> = entries(Some(raw), text, lines)?.into_iter().collect();
        attributes.insert(name.as_str(), cells);
    }
    for figure in figures(&dataset, text, lines)? {
        let spot = lines.place(figure.raw.get());
        if sheet.is_full() {
            return Err((spot.0, spot.1, Problem::TooManyFigures { most: MOST_FIGURES }));
        }
        let key = cube
            .key(figure.place)
            .map_err(|problem| (spot.0, spot.1, problem))?;
        let number = sheet.table.rows.len() as u64 + 1;
        let attribute = |name: &str| {
            let raw = attributes.get(name).and_then(|cells| cells.get(&figure.place));
            raw.map(|raw| plain(raw)).unwrap_or_default()
        };
        let mut cells = key_cells(&key);
        cells[own::VALUE] = figure.value;
        cells[own::STATUS] = figure.status;
        fill_attributes(&mut cells, attribute, &extension.sources);
        if let Some(others) = others(attribute, &extension.sources) {
            sheet.others.insert(number, others);
        }
        sheet.spots.insert(number, spot);
        sheet.table.rows.push(Row { line: number, cells });
    }
    Ok(())
}

/// A cell of the cube that says something.
struct Figure<'a> {
    place: u64,
    /// Where it says so.
    raw: &'a RawValue,
    value: String,
    status: String,
}

/// The cells with a value, and those whose status says why there is none. An empty cell without one says nothing: there is
/// no such figure.
fn figures<'a>(dataset: &Dataset<'a>, text: &str, lines: &Lines<'_>) -> Result<Vec<Figure<'a>>, Fault> {
    let values = entries(dataset.value, text, lines)?;
    let statuses = entries(dataset.status, text, lines)?;
    // One status may stand for all cells.
    let of_all = dataset.status.filter(|raw| raw.get().starts_with('"')).map(plain);
    let of_cell: HashMap<u64, &RawValue> = statuses.iter().copied().collect();
    let with_value: HashSet<u64> = values.iter().map(|(place, _)| *place).collect();
    let missing = statuses.iter().filter(|(place, _)| !with_value.contains(place));
    let cells = values.iter().map(|(place, raw)| (*place, *raw, plain(raw)));
    let cells = cells.chain(missing.map(|(place, raw)| (*place, *raw, String::new())));
    let figures = cells.map(|(place, raw, value)| {
        let status = of_cell.get(&place).map(|raw| plain(raw));
        let status = status.or_else(|| of_all.clone()).unwrap_or_default();
        Figure {
            place,
            raw,
            value,
            status,
        }
    });
    Ok(figures
        .filter(|figure| !figure.value.is_empty() || !figure.status.is_empty())
        .collect())
}

fn fill_attributes(cells: &mut [String], attribute: impl Fn(&str) -> String, sources: &[Source]) {
    for (name, column) in [
        ("qualifier", own::QUALIFIER),
        ("slack", own::SLACK),
        ("denominator", own::DENOMINATOR),
        ("period_basis", own::PERIOD_BASIS),
        ("origin", own::ORIGIN),
    ] {
        cells[column] = attribute(name);
    }
    cells[own::COMMENT] = safe(&attribute("comment"));
    let source = attribute("source")
        .parse()
        .ok()
        .and_then(|at: usize| sources.get(at));
    if let Some(source) = source {
        cells[own::DOCUMENT] = safe(&source.document);
        cells[own::PUBLISHER] = safe(&source.publisher);
        cells[own::PUBLISHED] = source.published.to_string();
        cells[own::PLACE] = safe(&source.place);
    }
}

fn others(attribute: impl Fn(&str) -> String, sources: &[Source]) -> Option<OtherSources> {
    if let Ok(count) = attribute("documents").parse() {
        return Some(OtherSources::Counted(count));
    }
    let places: Vec<usize> = serde_json::from_str(&attribute("other_sources")).ok()?;
    let named: Vec<Source> = places.iter().filter_map(|at| sources.get(*at).cloned()).collect();
    (!named.is_empty()).then_some(OtherSources::Named(named))
}

/// What a cell of the cube is about.
struct Key<'a> {
    indicator: &'a str,
    org_unit: &'a str,
    period: &'a str,
    unit: &'a str,
}

fn key_cells(key: &Key<'_>) -> Vec<String> {
    let mut cells = vec![String::new(); COLUMNS.len()];
    cells[own::INDICATOR] = key.indicator.to_owned();
    cells[own::ORG_UNIT] = key.org_unit.to_owned();
    cells[own::UNIT] = key.unit.to_owned();
    let (kind, start, end, years) = match key.period.parse::<Period>() {
        Ok(period) => period_cells(&period),
        // The reader says that this is no kind of period.
        Err(_) => (key.period, String::new(), String::new(), String::new()),
    };
    cells[own::PERIOD_KIND] = kind.to_owned();
    cells[own::PERIOD_START] = start;
    cells[own::PERIOD_END] = end;
    cells[own::PERIOD_YEARS] = years;
    cells
}

/// The dimensions of a file.
struct Cube<'a> {
    categories: [Vec<String>; 3],
    /// For each of ours, how many cells lie between two categories of it.
    strides: [u64; 3],
    cells: u64,
    units: &'a HashMap<String, Unit>,
}

impl<'a> Cube<'a> {
    fn of(dataset: &'a Dataset<'_>, text: &str, lines: &Lines<'_>) -> Result<Cube<'a>, Fault> {
        let not_a_cube = || (1, 1, Problem::NotJsonStat);
        if dataset.id.len() != dataset.size.len() {
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
            units: &dataset
                .dimension
                .get(DIMENSIONS[0])
                .ok_or_else(|| missing(0))?
                .category
                .unit,
        };
        for (at, name) in DIMENSIONS.iter().enumerate() {
            let (Some(dimension), Some((stride, size))) =
                (dataset.dimension.get(*name), strides.get(name).copied())
            else {
                return Err(missing(at));
            };
            let categories = categories(&dimension.category, text, lines)?;
            if categories.len() as u64 != size {
                return Err(not_a_cube());
            }
            (cube.categories[at], cube.strides[at]) = (categories, stride);
        }
        Ok(cube)
    }

    fn key(&self, place: u64) -> Result<Key<'_>, Problem> {
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

/// The categories in their order: a list, an object of their places, or the one that has a label.
fn categories(category: &Category<'_>, text: &str, lines: &Lines<'_>) -> Result<Vec<String>, Fault> {
    let Some(raw) = category.index else {
        return Ok(category.label.keys().cloned().collect());
    };
    if raw.get().starts_with('[') {
        return parsed(raw.get(), text, lines);
    }
    let places: HashMap<String, u64> = parsed(raw.get(), text, lines)?;
    let mut places: Vec<(String, u64)> = places.into_iter().collect();
    places.sort_by_key(|(_, place)| *place);
    Ok(places.into_iter().map(|(code, _)| code).collect())
}

/// The cells of a list or of an object by their number, in the order of the file.
fn entries<'a>(
    raw: Option<&'a RawValue>,
    text: &str,
    lines: &Lines<'_>,
) -> Result<Vec<(u64, &'a RawValue)>, Fault> {
    let Some(raw) = raw else { return Ok(Vec::new()) };
    match raw.get().starts_with(['[', '{']) {
        true => Ok(parsed::<Entries<'_>>(raw.get(), text, lines)?.0),
        false => Ok(Vec::new()),
    }
}

/// The most cells of a list, most of which may be empty: a file of a few megabytes must not become gigabytes.
const MOST_CELLS: usize = 1_000_000;

/// The entries of a list or an object in their order, so that a cell which stands twice is seen.
struct Entries<'a>(Vec<(u64, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(u64, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("cells by their number")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = map.next_entry::<u64, &'de RawValue>()? {
                    push(&mut cells, cell)?;
                }
                Ok(cells)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = list.next_element::<&'de RawValue>()? {
                    let place = cells.len() as u64;
                    push(&mut cells, (place, cell))?;
                }
                Ok(cells)
            }
        }
        deserializer.deserialize_any(InOrder).map(Entries)
    }
}

fn push<T, E: serde::de::Error>(cells: &mut Vec<T>, cell: T) -> Result<(), E> {
    if cells.len() == MOST_CELLS {
        return Err(E::custom("too many cells"));
    }
    cells.push(cell);
    Ok(())
}

/// What a cell holds: a number as it is written, a text without its marks, nothing for `null`.
fn plain(raw: &RawValue) -> String {
    match raw.get() {
        "null" => String::new(),
        text if text.starts_with('"') => serde_json::from_str(text).unwrap_or_default(),
        other => other.to_owned(),
    }
}

/// Parses a part of a text; what is wrong is told at its place in the whole.
fn parsed<'a, T: Deserialize<'a>>(part: &'a str, text: &str, lines: &Lines<'_>) -> Result<T, Fault> {
    serde_json::from_str(part).map_err(|error| {
        let (line, column) = (error.line() as u64, error.column() as u64);
        let (first_line, first_column) = match std::ptr::eq(part, text) {
            true => (1, 1),
            false => lines.place(part),
        };
        let column = match line {
            0 | 1 => first_column + column.saturating_sub(1),
            _ => column,
        };
        (first_line + line.saturating_sub(1), column, Problem::NotJsonStat)
    })
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    begins: Vec<usize>,
    /// The place that was told last, by byte and column: the values of a whole cube may stand on one line, and its
    /// characters are counted once.
    told: Cell<(usize, u64)>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let begins = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let told = Cell::new((0, 1));
        Lines { text, begins, told }
    }

    /// Line and column, from 1, of a part of the text, which is a slice of it and no copy.
    fn place(&self, part: &str) -> (u64, u64) {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let line = self.begins.partition_point(|begin| *begin <= offset);
        let begin = self.begins.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let (from, column) = match self.told.get() {
            (last, column) if (begin..=offset).contains(&last) => (last, column),
            _ => (begin, 1),
        };
        let between = self.text.get(from..offset).unwrap_or_default();
        let column = column + between.chars().count() as u64;
        self.told.set((offset, column));
        (line as u64, column)
    }
}
