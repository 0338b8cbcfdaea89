mod cube;
mod entries;
mod lines;

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use self::cube::{Cube, Dataset, Key};
use self::entries::{Cells, MOST_CELLS, numbered, plain};
use self::lines::{Fault, Lines};
use crate::exchange::read::{MOST_FIGURES, Sheet};
use crate::read::observations as own;
use crate::read::{COLUMNS, Issue, Problem, Row, Table};
use crate::write::{period_cells, safe};
use crate::{MOST_NAMED, OtherSources, Period, Source};

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

/// The part of the extension that our own writer makes; another's has none of it.
#[derive(Deserialize, Default)]
struct Extension<'a> {
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(borrow, default)]
    observation: RawAttributes<'a>,
}

/// What is said of cells, under the names that are read; whatever else another program says is not kept.
#[derive(Deserialize, Default)]
#[serde(default)]
struct RawAttributes<'a> {
    #[serde(borrow)]
    qualifier: Option<&'a RawValue>,
    #[serde(borrow)]
    slack: Option<&'a RawValue>,
    #[serde(borrow)]
    denominator: Option<&'a RawValue>,
    #[serde(borrow)]
    period_basis: Option<&'a RawValue>,
    #[serde(borrow)]
    origin: Option<&'a RawValue>,
    #[serde(borrow)]
    comment: Option<&'a RawValue>,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    other_sources: Option<&'a RawValue>,
    #[serde(borrow)]
    documents: Option<&'a RawValue>,
}

/// The most bytes of text in all cells of the table, 640 a figure. The file may say a text once and have every figure refer
/// to it, so that its own size bounds nothing.
const MOST_TEXT: usize = 640 * MOST_FIGURES;

fn fill(sheet: &mut Sheet, text: &str, lines: &Lines<'_>) -> Result<(), Fault> {
    let dataset: Dataset<'_> = lines.parsed(text)?;
    if dataset.class.as_deref() != Some("dataset") {
        return Err((1, 1, Problem::NotJsonStat));
    }
    let cube = Cube::of(&dataset, lines)?;
    let extension: Extension<'_> = match dataset.extension {
        Some(raw) => lines.parsed(raw.get())?,
        None => Extension::default(),
    };
    let attributes = Attributes::of(&extension.observation, lines)?;
    let values = Values::of(&dataset, lines)?;
    let mut text_left = MOST_TEXT;
    for figure in values.figures() {
        let spot = lines.place(figure.raw.get());
        let at_spot = |problem| (spot.0, spot.1, problem);
        let key = cube.key(figure.place).map_err(at_spot)?;
        let number = sheet.table.rows.len() as u64 + 1;
        let mut cells = key_cells(&key);
        cells[own::VALUE] = figure.value;
        cells[own::STATUS] = figure.status;
        attributes.fill(&mut cells, figure.place, &extension.sources);
        let bytes = cells.iter().map(String::len).sum();
        let left = text_left.checked_sub(bytes).filter(|_| !sheet.is_full());
        text_left = left.ok_or_else(|| at_spot(Problem::TooManyFigures { most: MOST_FIGURES }))?;
        if let Some(others) = attributes.others(figure.place, &extension.sources) {
            sheet
                .further(number, others, &cells[own::ORIGIN])
                .map_err(at_spot)?;
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

/// The values of a file and what it says of them.
struct Values<'a> {
    values: Vec<(u64, &'a RawValue)>,
    statuses: Vec<(u64, &'a RawValue)>,
    status_of: Cells<'a>,
    /// One status may stand for all cells.
    of_all: Option<&'a RawValue>,
}

impl<'a> Values<'a> {
    fn of(dataset: &Dataset<'a>, lines: &Lines<'_>) -> Result<Values<'a>, Fault> {
        Ok(Values {
            values: numbered(dataset.value, MOST_CELLS, lines)?,
            statuses: numbered(dataset.status, MOST_CELLS, lines)?,
            status_of: Cells::of(dataset.status, MOST_CELLS, lines)?,
            of_all: dataset.status.filter(|raw| raw.get().starts_with('"')),
        })
    }

    /// The cells with a value, and those whose status says why there is none. An empty cell without one says nothing: there
    /// is no such figure.
    fn figures(&self) -> impl Iterator<Item = Figure<'a>> {
        let with_value: HashSet<u64> = self.values.iter().map(|(place, _)| *place).collect();
        let missing = self.statuses.iter();
        let missing = missing.filter(move |(place, _)| !with_value.contains(place));
        let cells = self
            .values
            .iter()
            .map(|(place, raw)| (*place, *raw, plain(raw)))
            .chain(missing.map(|(place, raw)| (*place, *raw, String::new())));
        let figures = cells.map(|(place, raw, value)| {
            let status = self.status_of.get(place).or(self.of_all);
            Figure {
                place,
                raw,
                value,
                status: status.map(plain).unwrap_or_default(),
            }
        });
        figures.filter(|figure| !figure.value.is_empty() || !figure.status.is_empty())
    }
}

/// What is said of cells beside their values.
struct Attributes<'a> {
    columns: [(Cells<'a>, usize); 5],
    comment: Cells<'a>,
    source: Cells<'a>,
    other_sources: Cells<'a>,
    documents: Cells<'a>,
}

impl<'a> Attributes<'a> {
    fn of(raw: &RawAttributes<'a>, lines: &Lines<'_>) -> Result<Attributes<'a>, Fault> {
        let cells = |raw| Cells::of(raw, MOST_FIGURES, lines);
        Ok(Attributes {
            columns: [
                (cells(raw.qualifier)?, own::QUALIFIER),
                (cells(raw.slack)?, own::SLACK),
                (cells(raw.denominator)?, own::DENOMINATOR),
                (cells(raw.period_basis)?, own::PERIOD_BASIS),
                (cells(raw.origin)?, own::ORIGIN),
            ],
            comment: cells(raw.comment)?,
            source: cells(raw.source)?,
            other_sources: cells(raw.other_sources)?,
            documents: cells(raw.documents)?,
        })
    }

    fn fill(&self, cells: &mut [String], place: u64, sources: &[Source]) {
        let said = |of: &Cells<'_>| of.get(place).map(plain).unwrap_or_default();
        for (of, column) in &self.columns {
            cells[*column] = said(of);
        }
        cells[own::COMMENT] = safe(&said(&self.comment));
        let number = said(&self.source).parse().ok();
        if let Some(source) = number.and_then(|at: usize| sources.get(at)) {
            cells[own::DOCUMENT] = safe(&source.document);
            cells[own::PUBLISHER] = safe(&source.publisher);
            cells[own::PUBLISHED] = source.published.to_string();
            cells[own::PLACE] = safe(&source.place);
        }
    }

    /// The further sources of a cell. More than are named anywhere are counted: each may be a long text.
    fn others(&self, place: u64, sources: &[Source]) -> Option<OtherSources> {
        let documents = self.documents.get(place).map(plain);
        if let Some(count) = documents.and_then(|count| count.parse().ok()) {
            return Some(OtherSources::Counted(count));
        }
        let places: Vec<usize> = serde_json::from_str(self.other_sources.get(place)?.get()).ok()?;
        if places.len() >= MOST_NAMED {
            return Some(OtherSources::Counted(places.len() + 1));
        }
        let named: Vec<Source> = places.iter().filter_map(|at| sources.get(*at).cloned()).collect();
        (!named.is_empty()).then_some(OtherSources::Named(named))
    }
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
