//! SDMX-CSV 2.0: one observation a row, ids as headers.

use std::collections::HashMap;

use super::concept::{NOT_APPLICABLE, UNKNOWN};
use super::read::{MOST_FIGURES, Sheet};
use super::{AGENCY, CONCEPTS, Codelist, Concept, DATAFLOW, Form, VERSION, cells};
use crate::definitions::Catalogue;
use crate::read::observations as own;
use crate::read::{COLUMNS, Expected, Issue, Problem, Row, Table};
use crate::sheet::text;
use crate::write::push_row;
use crate::{Lang, Observation, OtherSources, Source};

/// How codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Labels {
    /// The code alone.
    #[default]
    Id,
    /// `code: name`, in a language.
    Both(Lang),
}

/// What every row says first: the structure it follows, and that it is for information.
const FIXED: [&str; 3] = ["STRUCTURE", "STRUCTURE_ID", "ACTION"];

/// A file of these observations. It has no byte order mark: readers of the format take the first cell by its letters.
pub fn write(observations: &[Observation], catalogue: &Catalogue, labels: Labels) -> Vec<u8> {
    let lists: Vec<Option<Codelist>> = CONCEPTS
        .iter()
        .map(|concept| match (labels, concept.form) {
            (Labels::Both(_), Form::Codes(list)) => Some(list.codelist(catalogue)),
            _ => None,
        })
        .collect();
    let names: Vec<HashMap<&str, &str>> = lists.iter().map(|list| labelled(list.as_ref(), labels)).collect();
    let mut out = Vec::new();
    let titles = CONCEPTS.iter().map(|concept| title(concept, labels));
    push_row(
        &mut out,
        FIXED.iter().map(|name| (*name).to_owned()).chain(titles),
    );
    let fixed = ["dataflow".to_owned(), structure_id(), "I".to_owned()];
    for observation in observations {
        let cells = cells(observation, catalogue).into_iter().zip(&names);
        let cells = cells.map(|(cell, names)| match names.get(cell.as_str()) {
            Some(name) => format!("{cell}: {name}"),
            None => cell,
        });
        push_row(&mut out, fixed.iter().cloned().chain(cells));
    }
    out
}

/// `FEDERATION_DASHBOARD:OBSERVATIONS(1.0.0)`.
pub fn structure_id() -> String {
    format!("{AGENCY}:{DATAFLOW}({VERSION})")
}

fn labelled(list: Option<&Codelist>, labels: Labels) -> HashMap<&str, &str> {
    let (Some(list), Labels::Both(lang)) = (list, labels) else {
        return HashMap::new();
    };
    let codes = list.codes.iter();
    codes
        .map(|code| (code.id.as_str(), code.name.get(lang)))
        .collect()
}

fn title(concept: &Concept, labels: Labels) -> String {
    match labels {
        Labels::Id => concept.id.to_owned(),
        Labels::Both(lang) => format!("{}: {}", concept.id, concept.name.get(lang)),
    }
}

/// What stands before the name in `id: name`.
fn id(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(id, _)| id)
}

/// A column of a file.
#[derive(Debug, Clone, Copy)]
enum Column {
    Fixed(usize),
    Concept(&'static Concept),
    /// A key or a name that a tool has added.
    Other,
}

/// The file as a table in our own columns.
pub(super) fn sheet(file: &str, text: &str) -> Sheet {
    let mut sheet = Sheet {
        table: Table {
            file: file.to_owned(),
            ..Table::default()
        },
        places: vec![None; COLUMNS.len()],
        ..Sheet::default()
    };
    let mut columns = Vec::new();
    let mut is_full = false;
    text::rows(text, |line, cells| {
        if is_full {
            return;
        }
        if sheet.is_full() {
            is_full = true;
            let problem = Problem::TooManyFigures { most: MOST_FIGURES };
            let issue = sheet.table.issue(u64::from(line), None, problem);
            return sheet.issues.push(issue);
        }
        let cells = cells.iter().map(|cell| cell.text().into_owned()).collect();
        if columns.is_empty() {
            columns = header(&mut sheet, cells);
        } else {
            row(&mut sheet, &columns, u64::from(line), cells);
        }
    });
    let is_missing = |issue: &Issue| matches!(issue.problem, Problem::MissingColumn { .. });
    if sheet.issues.iter().any(is_missing) {
        sheet.table.rows.clear();
    }
    sheet
}

fn header(sheet: &mut Sheet, titles: Vec<String>) -> Vec<Column> {
    sheet.table.header = titles.iter().map(|title| id(title).to_owned()).collect();
    let columns: Vec<Column> = sheet.table.header.iter().map(|title| column(title)).collect();
    for (at, column) in columns.iter().enumerate() {
        let Column::Concept(concept) = column else {
            continue;
        };
        let is_repeated = columns[..at]
            .iter()
            .any(|other| matches!(other, Column::Concept(other) if other.id == concept.id));
        if is_repeated {
            let found = concept.id.to_owned();
            let issue = sheet.table.issue(1, Some(at), Problem::RepeatedColumn { found });
            sheet.issues.push(issue);
        } else if let Some(own) = concept.column {
            sheet.places[own] = Some(at);
        }
    }
    for concept in &CONCEPTS {
        let is_required = concept
            .column
            .is_some_and(|own| COLUMNS[own].required && sheet.places[own].is_none());
        if is_required {
            let name = concept.id.to_owned();
            let issue = sheet.table.issue(1, None, Problem::MissingColumn { name });
            sheet.issues.push(issue);
        }
    }
    columns
}

fn column(title: &str) -> Column {
    // A sub-field delimiter may follow in brackets; there are no such fields here.
    let plain = title.split('[').next().unwrap_or_default();
    if let Some(at) = FIXED.iter().position(|name| *name == plain) {
        return Column::Fixed(at);
    }
    let concept = CONCEPTS.iter().find(|concept| concept.id == plain);
    concept.map_or(Column::Other, Column::Concept)
}

fn row(sheet: &mut Sheet, columns: &[Column], line: u64, mut cells: Vec<String>) {
    if cells.len() != columns.len() {
        let (found, expected) = (cells.len(), columns.len());
        let issue = sheet
            .table
            .issue(line, None, Problem::CellCount { found, expected });
        sheet.issues.push(issue);
        return;
    }
    let mut others = (Vec::new(), None);
    for (at, column) in columns.iter().enumerate() {
        let cell = &mut cells[at];
        let checked = match column {
            Column::Other => Ok(()),
            Column::Fixed(which) => fixed(*which, id(cell)),
            Column::Concept(concept) => {
                if matches!(concept.form, Form::Codes(_)) {
                    *cell = id(cell).to_owned();
                }
                component(concept, cell, &mut others)
            }
        };
        if let Err(problem) = checked {
            let issue = sheet.table.issue(line, Some(at), problem);
            sheet.issues.push(issue);
        }
    }
    let others = match others {
        (_, Some(count)) => OtherSources::Counted(count),
        (named, None) if !named.is_empty() => OtherSources::Named(named),
        _ => OtherSources::None,
    };
    if others != OtherSources::None {
        let origin = sheet.places[own::ORIGIN].map_or("", |at| cells[at].as_str());
        if let Err(problem) = sheet.further(line, others, origin) {
            let at = |concept: &str| {
                let is_said = |(at, column): &(usize, &Column)| {
                    matches!(column, Column::Concept(one) if one.id == concept) && !cells[*at].is_empty()
                };
                columns.iter().enumerate().find(is_said).map(|(at, _)| at)
            };
            let place = at("OTHER_SOURCES").or_else(|| at("SOURCE_COUNT"));
            let issue = sheet.table.issue(line, place, problem);
            sheet.issues.push(issue);
        }
    }
    sheet.table.rows.push(Row { line, cells });
}

/// Whether a row is of our structure and adds something: one that deletes must not be taken for one that says.
fn fixed(which: usize, found: &str) -> Result<(), Problem> {
    let ours = structure_id();
    let expected: &[&str] = match which {
        0 => &["dataflow", "datastructure"],
        1 => &[&ours],
        _ => &["I", "A", "R", "M", ""],
    };
    if expected.contains(&found) {
        return Ok(());
    }
    let words = expected.iter().filter(|word| !word.is_empty());
    Err(Problem::NotOneOf {
        found: found.to_owned(),
        expected: Expected::OneOf {
            words: words.map(|word| (*word).to_owned()).collect(),
        },
    })
}

/// Says in our own way what a cell says in that of SDMX.
fn component(
    concept: &Concept,
    cell: &mut String,
    others: &mut (Vec<Source>, Option<usize>),
) -> Result<(), Problem> {
    match concept.id {
        "PERIOD_YEARS" | "PERIOD_START" if [NOT_APPLICABLE, UNKNOWN].contains(&cell.as_str()) => cell.clear(),
        "OBS_VALUE" if ["NaN", "#N/A"].contains(&cell.as_str()) => cell.clear(),
        "OTHER_SOURCES" if !cell.is_empty() => {
            others.0 = serde_json::from_str(cell).map_err(|_| Problem::NotOneOf {
                found: cell.clone(),
                expected: Expected::OneOf {
                    words: vec![
                        r#"[{"document":"","publisher":"","published":"2022-10-31","place":""}]"#.to_owned(),
                    ],
                },
            })?;
        }
        "SOURCE_COUNT" if !cell.is_empty() => {
            let found = || Problem::NotANumber { found: cell.clone() };
            others.1 = Some(cell.parse().map_err(|_| found())?);
        }
        _ => {}
    }
    Ok(())
}
