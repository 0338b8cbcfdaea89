mod named;

use std::collections::HashMap;

use self::named::{Column, indicator, org_unit, within};
use super::header::{Field, Header, Values, leading_year};
use super::names::{Names, named, plain};
use super::reader::{is_note, is_subtotal, is_total};
use super::totals::{self, Totals};
use super::value::{self, Read, Said};
use super::{About, Context, Figure, Issue, Place, Problem, Reading, Unmapped, period};
use crate::sheet::Cell;
use crate::sheet::number::{Absent, Printed, printed};
use crate::write::unescaped;
use crate::{
    Decimal, IndicatorKind, ObservationStatus, Origin, PeriodBasis, Qualifier, Source, UnitMultiplier,
    check_status,
};

/// A row below a header.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Which sheet.
    pub sheet: u16,
    /// Its number in the file.
    pub number: u32,
    /// Its cells.
    pub cells: &'a [Cell<'a>],
    /// The header above it.
    pub header: &'a Header,
    /// The report it is in.
    pub context: &'a Context<'a>,
    /// What names stand for.
    pub names: &'a Names<'a>,
}

/// Reads rows; remembers the sources seen, of which a file has few, and what the cells above said.
#[derive(Debug, Default)]
pub struct RowReader {
    sources: HashMap<Source, usize>,
    indicator: Column,
    org_unit: Column,
}

impl<'a> Row<'a> {
    /// Where a cell of it stands.
    pub fn place(&self, column: usize) -> Place {
        Place {
            sheet: self.sheet,
            row: self.number,
            column: u16::try_from(column).ok(),
        }
    }

    /// The column and cell of a field that holds anything.
    fn field(&self, field: Field) -> Option<(usize, &'a Cell<'a>)> {
        let column = self.header.column(field)?;
        let cell = self.cells.get(column).filter(|cell| !cell.is_empty())?;
        Some((column, cell))
    }

    fn text(&self, field: Field) -> String {
        self.field(field)
            .map(|(_, cell)| cell.text().into_owned())
            .unwrap_or_default()
    }

    /// A word of a field; nothing where the cell is empty.
    fn word<T: Default>(
        &self,
        field: Field,
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Result<T, (Place, Problem)> {
        let Some((column, cell)) = self.field(field) else {
            return Ok(T::default());
        };
        from_word(&cell.text()).ok_or_else(|| {
            let problem = Problem::NotOneOf {
                found: cell.text().into_owned(),
                column: self.header.titles[column].clone(),
            };
            (self.place(column), problem)
        })
    }

    fn has_values(&self) -> bool {
        let filled = |column: usize| self.cells.get(column).is_some_and(|cell| !cell.is_empty());
        self.header.values().any(|(column, _)| filled(column))
            || self.header.column(Field::Status).is_some_and(filled)
    }

    /// Whether the row of an indicator is left empty and says in a remark why. Where there are several columns of figures
    /// nobody knows which of them is meant.
    fn is_explained(&self) -> bool {
        let (Some((_, cell)), Some(_)) = (self.field(Field::Indicator), self.field(Field::Remark)) else {
            return false;
        };
        let found = self.names.indicator(&named(&cell.text()).name);
        let is_reported = |at: usize| self.context.catalogue.indicators[at].kind == IndicatorKind::Reported;
        self.header.values().count() == 1 && found.is_some_and(is_reported)
    }
}

/// What a row says of all its figures.
#[derive(Debug)]
struct Common {
    indicator: Option<usize>,
    org_unit: Option<usize>,
    year: Option<i32>,
    unit: String,
    multiplier: UnitMultiplier,
    qualifier: Qualifier,
    status: Option<ObservationStatus>,
    origin: Origin,
    basis: PeriodBasis,
    denominator: Option<Decimal>,
    slack: Option<Decimal>,
    comment: Option<Box<str>>,
    source: usize,
}

type Fault = (Place, Problem);

impl RowReader {
    /// Reads a row into figures and issues.
    pub fn read(&mut self, row: &Row<'_>, totals: &mut Totals, reading: &mut Reading) {
        unmapped(row, reading);
        // In our own columns every row is a figure, whatever its first name begins with.
        let is_own = row.header.is_own;
        if !is_own && is_note(row.cells) || !row.has_values() && !row.is_explained() {
            return;
        }
        let is_total = !is_own && is_total(row.cells, row.names);
        let common = match self.common(row, is_total, reading) {
            Ok(common) => common,
            Err((place, problem)) => return push(reading, place, None, problem),
        };
        for (column, values) in row.header.values() {
            match figure(row, column, values, &common) {
                Ok(Some(figure)) if is_total => {
                    if let Some(value) = figure.value.filter(|_| !is_subtotal(row.cells)) {
                        totals.say(totals::Said {
                            place: figure.place,
                            column,
                            indicator: figure.indicator,
                            period: figure.period,
                            value,
                        });
                    }
                }
                Ok(Some(figure)) => {
                    if let Some(value) = &figure.value {
                        totals.add(column, figure.indicator, value);
                    }
                    reading.figures.push(figure);
                }
                Ok(None) => {}
                Err((place, problem)) => {
                    let about = about(row, values, &common);
                    push(reading, place, about, problem);
                }
            }
        }
    }

    fn common(&mut self, row: &Row<'_>, is_total: bool, reading: &mut Reading) -> Result<Common, Fault> {
        Ok(Common {
            indicator: if is_total && row.header.column(Field::Indicator).is_some() {
                None
            } else {
                self.indicator
                    .read(row, Field::Indicator, |name| indicator(row, name))?
            },
            org_unit: if is_total {
                None
            } else {
                self.org_unit
                    .read(row, Field::OrgUnit, |name| org_unit(row, name))?
            },
            year: year(row)?,
            unit: row.text(Field::Unit),
            multiplier: row.word(Field::Multiplier, UnitMultiplier::from_word)?,
            qualifier: row.word(Field::Qualifier, Qualifier::from_word)?,
            status: row.word(Field::Status, |word| ObservationStatus::from_code(word).map(Some))?,
            origin: row.word(Field::Origin, Origin::from_word)?,
            basis: row.word(Field::PeriodBasis, PeriodBasis::from_word)?,
            denominator: row.word(Field::Denominator, |text| amount(text).map(Some))?,
            slack: row.word(Field::Slack, |text| amount(text).map(Some))?,
            comment: Some(unescaped(row.text(Field::Remark)))
                .filter(|text| !text.is_empty())
                .map(String::into_boxed_str),
            source: self.source(row, reading)?,
        })
    }

    fn source(&mut self, row: &Row<'_>, reading: &mut Reading) -> Result<usize, Fault> {
        const FIELDS: [Field; 4] = [
            Field::Document,
            Field::Publisher,
            Field::Published,
            Field::SourcePlace,
        ];
        if FIELDS.iter().all(|field| row.field(*field).is_none()) {
            return Ok(0);
        }
        let usual = row.context.source;
        let published = row.word(Field::Published, |text| period::date(text).parse().ok().map(Some))?;
        let told = |field: Field, usual: &str| match unescaped(row.text(field)) {
            text if text.is_empty() => usual.to_owned(),
            text => text,
        };
        let source = Source {
            document: told(Field::Document, &usual.document),
            publisher: told(Field::Publisher, &usual.publisher),
            published: published.unwrap_or(usual.published),
            place: told(Field::SourcePlace, ""),
        };
        Ok(*self.sources.entry(source).or_insert_with_key(|source| {
            reading.sources.push(source.clone());
            reading.sources.len() - 1
        }))
    }
}

/// A number alone, also as a spreadsheet shows and saves it: 1,000.
fn amount(text: &str) -> Option<Decimal> {
    match printed(text) {
        Ok(Printed::Number(number)) => {
            let is_bare = number.qualifier == Qualifier::Exact
                && number.multiplier == UnitMultiplier::Ones
                && number.unit.is_empty();
            is_bare.then_some(number.number)
        }
        _ => None,
    }
}

fn push(reading: &mut Reading, place: Place, about: Option<About>, problem: Problem) {
    reading.issues.push(Issue {
        place,
        about,
        problem,
    });
}

/// A column that nobody understands is asked about once, where its first figure stands.
fn unmapped(row: &Row<'_>, reading: &mut Reading) {
    for (column, role) in row.header.roles.iter().enumerate() {
        let super::header::Role::Unknown(found) = role else {
            continue;
        };
        let is_filled = row.cells.get(column).is_some_and(|cell| !cell.is_empty());
        let is_known = reading.unmapped.iter().any(|known| known.header == *found);
        if !is_filled || is_known {
            continue;
        }
        let place = row.place(column);
        reading.unmapped.push(Unmapped {
            place,
            header: found.clone(),
        });
        push(
            reading,
            place,
            None,
            Problem::UnknownColumn { found: found.clone() },
        );
    }
}

fn year(row: &Row<'_>) -> Result<Option<i32>, Fault> {
    row.word(Field::Year, |text| leading_year(&plain(text)).0.map(Some))
}

fn figure(row: &Row<'_>, column: usize, values: &Values, common: &Common) -> Result<Option<Figure>, Fault> {
    let empty = Cell::Empty;
    let cell = row.cells.get(column).unwrap_or(&empty);
    let is_told = match common.status {
        Some(status) => status.is_missing(),
        None => cell.is_empty() && row.is_explained(),
    };
    if cell.is_empty() && !is_told && !row.header.is_own {
        return Ok(None);
    }
    let at = |problem: Problem| (row.place(column), problem);
    let catalogue = row.context.catalogue;
    let Some(place) = values.indicator.or(common.indicator) else {
        return no_indicator(row, cell);
    };
    let indicator = &catalogue.indicators[place];
    // What we computed and wrote out is computed again.
    let is_computed = indicator.kind != IndicatorKind::Reported || common.origin == Origin::RolledUp;
    if row.header.is_own && is_computed {
        return Ok(None);
    }
    if matches!(indicator.kind, IndicatorKind::Derived(_)) {
        return Err(at(Problem::Computed {
            found: Box::new(indicator.name.clone()),
        }));
    }
    let said = Said {
        header_unit: &values.unit,
        row_unit: &common.unit,
        multiplier: common.multiplier,
        qualifier: common.qualifier,
    };
    // A wrong unit in a cell of its own is wrong there, and not where the number stands.
    let at_unit = |problem: Problem| match (&problem, row.field(Field::Unit)) {
        (Problem::WrongUnit { found, .. }, Some((unit, cell))) if *found == cell.text() => {
            (row.place(unit), problem)
        }
        _ => at(problem),
    };
    let (value, status) = match value::read(cell, indicator, said, catalogue).map_err(at_unit)? {
        Read::Value(value) => (Some(with_slack(value, common)), common.status.unwrap_or_default()),
        Read::Absent(Absent::None) => return Err(at(Problem::NoneOrZero)),
        Read::Absent(absent) => (None, common.status.unwrap_or(absent.status())),
    };
    if check_status(value.as_ref(), status).is_err() {
        return Err(at(Problem::StatusAndValue {
            found: status.code().to_owned(),
        }));
    }
    let own = || catalogue.org_units.index(row.context.org_unit);
    let org_unit = match values.org_unit {
        Some(named) => Some(within(row, named).map_err(at)?),
        // That of the row was found within when it was read.
        None => common.org_unit.or_else(own),
    };
    let org_unit = org_unit.ok_or_else(|| {
        at(Problem::UnknownOrgUnit {
            found: row.context.org_unit.to_owned(),
        })
    })?;
    let year = values.year.or(common.year).unwrap_or(row.context.year);
    Ok(Some(Figure {
        place: row.place(column),
        indicator: place,
        org_unit,
        period: period(row, indicator, year, value.as_ref())?,
        value,
        denominator: common.denominator,
        status,
        origin: common.origin,
        period_basis: common.basis,
        source: common.source,
        comment: common.comment.clone(),
    }))
}

/// Figures in a row that names no indicator: a total row says nothing then, anything else is asked about.
fn no_indicator(row: &Row<'_>, cell: &Cell<'_>) -> Result<Option<Figure>, Fault> {
    if is_total(row.cells, row.names) {
        return Ok(None);
    }
    let column = row.header.column(Field::Indicator).unwrap_or(0);
    Err((
        row.place(column),
        Problem::UnknownIndicator {
            found: row.cells.get(column).unwrap_or(cell).text().into_owned(),
        },
    ))
}

fn with_slack(value: crate::ObservationValue, common: &Common) -> crate::ObservationValue {
    common
        .slack
        .and_then(|slack| crate::ObservationValue::with_slack(value.number(), value.qualifier(), slack).ok())
        .unwrap_or(value)
}

fn period(
    row: &Row<'_>,
    indicator: &crate::Indicator,
    year: i32,
    value: Option<&crate::ObservationValue>,
) -> Result<crate::Period, Fault> {
    let Some((column, kind)) = row.field(Field::PeriodKind) else {
        return Ok(period::annual(indicator, year, value));
    };
    let texts = [Field::PeriodStart, Field::PeriodEnd, Field::PeriodYears].map(|field| row.text(field));
    period::stated(&kind.text(), &texts).ok_or_else(|| {
        let found = format!("{} {}", kind.text(), texts.join(" "));
        let column_title = row.header.titles[column].clone();
        (
            row.place(column),
            Problem::NotOneOf {
                found: found.trim().to_owned(),
                column: column_title,
            },
        )
    })
}

fn about(row: &Row<'_>, values: &Values, common: &Common) -> Option<About> {
    let catalogue = row.context.catalogue;
    let indicator = values.indicator.or(common.indicator)?;
    let org_unit = values.org_unit.or(common.org_unit);
    let definition = &catalogue.indicators[indicator];
    let year = values.year.or(common.year).unwrap_or(row.context.year);
    Some(About {
        period: period(row, definition, year, None).ok(),
        indicator: definition.code.clone(),
        org_unit: org_unit.map_or(row.context.org_unit.to_owned(), |at| {
            catalogue.org_units.all()[at].code.clone()
        }),
    })
}

/// The issue of a figure that stands already.
pub fn repeated(figure: &Figure, before: &Figure, context: &Context<'_>, sheets: &[String]) -> Issue {
    let shown = |figure: &Figure| {
        figure
            .value
            .map_or("—".to_owned(), |value| value.number().to_string())
    };
    let at = before.place.among(sheets);
    let is_same = (figure.value, figure.status, figure.denominator)
        == (before.value, before.status, before.denominator);
    let problem = match is_same {
        true => Problem::Repeated { at },
        false => Problem::Disagrees {
            found: shown(figure),
            other: shown(before),
            at,
        },
    };
    Issue {
        place: figure.place,
        about: Some(About {
            indicator: context.catalogue.indicators[figure.indicator].code.clone(),
            org_unit: context.catalogue.org_units.all()[figure.org_unit].code.clone(),
            period: Some(figure.period),
        }),
        problem,
    }
}
