//! What the names in a row stand for.

use std::collections::HashMap;

use super::{Fault, Row};
use crate::report::Problem;
use crate::report::header::Field;
use crate::report::names::{named, plain};

/// A column of names: what each of them stands for, which is looked up once for all rows, and what the nearest filled cell
/// above names. The cells of a merge but the first are empty, and mean the same.
#[derive(Debug, Default)]
pub(super) struct Column {
    known: HashMap<Box<str>, usize>,
    above: Option<(u16, Result<usize, Problem>)>,
}

impl Column {
    /// What the cell of a field names, or else the one above it in the same sheet.
    pub(super) fn read(
        &mut self,
        row: &Row<'_>,
        field: Field,
        look_up: impl Fn(&str) -> Result<usize, Problem>,
    ) -> Result<Option<usize>, Fault> {
        let Some((column, cell)) = row.field(field) else {
            let above = self.above.as_ref().filter(|(sheet, _)| *sheet == row.sheet);
            let above = above.map(|(_, above)| above.clone()).transpose();
            // A name that nobody knows means the same in every row of its merge.
            let column = row.header.column(field).unwrap_or(0);
            return above.map_err(|problem| (row.place(column), problem));
        };
        let text = cell.text();
        let found = match self.known.get(&*text) {
            Some(found) => Ok(*found),
            None => look_up(&text),
        };
        if let Ok(found) = found
            && !self.known.contains_key(&*text)
        {
            self.known.insert(text.into(), found);
        }
        self.above = Some((row.sheet, found.clone()));
        found.map(Some).map_err(|problem| (row.place(column), problem))
    }
}

/// The indicator that a cell names.
pub(super) fn indicator(row: &Row<'_>, name: &str) -> Result<usize, Problem> {
    let found = row.names.indicator(&named(name).name);
    found.ok_or_else(|| Problem::UnknownIndicator {
        found: name.to_owned(),
    })
}

/// The one org unit that a cell names.
pub(super) fn org_unit(row: &Row<'_>, name: &str) -> Result<usize, Problem> {
    let plain = plain(name);
    let found = row.names.org_unit(&plain).ok_or_else(|| {
        let found = name.to_owned();
        let of_that_name = row.names.org_units(&plain).iter();
        let codes: Vec<String> = of_that_name
            .map(|at| row.context.catalogue.org_units.all()[*at].code.clone())
            .collect();
        match codes.is_empty() {
            true => Problem::UnknownOrgUnit { found },
            false => Problem::AmbiguousOrgUnit { found, codes },
        }
    });
    within(row, found?)
}

/// A report speaks of its own unit and those below it.
pub(super) fn within(row: &Row<'_>, unit: usize) -> Result<usize, Problem> {
    let units = &row.context.catalogue.org_units;
    let mut above = Some(&units.all()[unit]);
    while let Some(step) = above {
        if step.code == row.context.org_unit {
            return Ok(unit);
        }
        above = step.parent.as_deref().and_then(|parent| units.get(parent));
    }
    let own = units.get(row.context.org_unit);
    Err(Problem::ForeignOrgUnit {
        found: Box::new(units.all()[unit].name.clone()),
        expected: Box::new(own.map(|unit| unit.name.clone()).unwrap_or_default()),
    })
}
