//! A cell to a value in the base unit of its indicator.

use super::Problem;
use super::names::{plain, unit_multiplier};
use crate::definitions::Catalogue;
use crate::sheet::Cell;
use crate::sheet::number::{Absent, NotANumber, Printed, PrintedNumber, printed};
use crate::{Indicator, Names, ObservationValue, Qualifier, UnitMultiplier};

/// What a cell of figures says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// A value.
    Value(ObservationValue),
    /// That there is none.
    Absent(Absent),
}

/// What the row and the header say of the cell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// The unit in the header, such as 万元.
    pub header_unit: &'a str,
    /// The unit in the row.
    pub row_unit: &'a str,
    /// 万 or 亿 in a column of its own.
    pub multiplier: UnitMultiplier,
    /// The word in a column of its own.
    pub qualifier: Qualifier,
}

/// What a formula that fails leaves in a text that was saved from a spreadsheet.
const FAILED: [&str; 7] = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];

/// Reads a cell of an indicator.
pub fn read(
    cell: &Cell<'_>,
    indicator: &Indicator,
    said: Said<'_>,
    catalogue: &Catalogue,
) -> Result<Read, Problem> {
    let found = || cell.text().into_owned();
    let printed = match cell {
        Cell::Error(found) => {
            let found = found.to_string();
            return Err(Problem::FormulaError { found });
        }
        Cell::Text(text) if FAILED.contains(&text.trim()) => {
            return Err(Problem::FormulaError { found: found() });
        }
        Cell::Date(_) => {
            return Err(Problem::NotANumber {
                found: found(),
                why: NotANumber::Date,
            });
        }
        _ => printed(&cell.text()).map_err(|why| Problem::NotANumber { found: found(), why })?,
    };
    match printed {
        Printed::Absent(absent) => Ok(Read::Absent(absent)),
        Printed::Number(number) => value(number, &found, indicator, said, catalogue).map(Read::Value),
    }
}

fn value(
    mut number: PrintedNumber,
    found: &dyn Fn() -> String,
    indicator: &Indicator,
    said: Said<'_>,
    catalogue: &Catalogue,
) -> Result<ObservationValue, Problem> {
    let multiplier = multiplier(&number, indicator, said, catalogue)?;
    number.qualifier = match (number.qualifier, said.qualifier) {
        (Qualifier::Exact, other) | (other, Qualifier::Exact) => other,
        (one, other) if one == other => one,
        _ => {
            return Err(Problem::NotANumber {
                found: found(),
                why: NotANumber::TwoQualifiers,
            });
        }
    };
    let value = number.value(multiplier).map_err(|_| Problem::NotANumber {
        found: found(),
        why: NotANumber::TooLong,
    })?;
    if value.number().scale() > indicator.decimals {
        return Err(Problem::TooManyDecimals {
            found: value.number().to_string(),
            most: indicator.decimals,
        });
    }
    let contradicts = value.number().is_zero()
        && matches!(
            value.qualifier(),
            Qualifier::Nearly | Qualifier::About | Qualifier::SomewhatMore
        );
    if contradicts {
        return Err(Problem::QualifierContradicts { found: found() });
    }
    Ok(value)
}

/// The multiplier of a number that says none itself: what the nearest says of it, the column for it, the row's unit, the
/// header's. 元 says one as well: that the number is in yuan, whatever stands above.
///
/// Each unit that is named must be the indicator's. 万 in the cell and 万元 in the header are one 万: both say the unit of
/// the number, and nobody means ten thousand of ten thousands. But 5万亿元 in one cell would be two.
fn multiplier(
    number: &PrintedNumber,
    indicator: &Indicator,
    said: Said<'_>,
    catalogue: &Catalogue,
) -> Result<UnitMultiplier, Problem> {
    let column = Some(said.multiplier).filter(|multiplier| *multiplier != UnitMultiplier::Ones);
    let Some(unit) = catalogue.unit(&indicator.unit) else {
        return Ok(column.unwrap_or_default());
    };
    let wrong = |words: &str| Problem::WrongUnit {
        found: words.to_owned(),
        expected: Box::new(Names {
            zh: unit.zh.clone(),
            en: unit.en_many.clone(),
        }),
    };
    let of = |words: &str| match words {
        "" => Ok(None),
        word if word == unit.zh => Ok(Some(UnitMultiplier::Ones)),
        words => unit_multiplier(&plain(words), unit, &catalogue.units)
            .map(Some)
            .ok_or_else(|| wrong(words)),
    };
    let (header, row, cell) = (of(said.header_unit)?, of(said.row_unit)?, of(&number.unit)?);
    let is_twice =
        number.multiplier != UnitMultiplier::Ones && cell.is_some_and(|cell| cell != UnitMultiplier::Ones);
    if is_twice {
        return Err(wrong(&number.unit));
    }
    Ok(cell.or(column).or(row).or(header).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::BUILT_IN;

    fn check(cell: Cell<'_>, indicator: &str, header_unit: &str, expected: &str) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let indicator = catalogue.indicator(indicator).unwrap();
        let said = Said {
            header_unit,
            ..Said::default()
        };
        let shown = match read(&cell, indicator, said, &catalogue) {
            Ok(Read::Value(value)) => format!("{} {}", value.number(), value.qualifier().code()),
            Ok(Read::Absent(absent)) => format!("{absent:?}"),
            Err(problem) => problem.code().to_owned(),
        };
        assert_eq!(shown, expected, "{cell:?}");
    }

    #[test]
    fn numbers_take_the_multiplier_of_the_cell_or_else_of_the_header() {
        check(
            Cell::Number(17_000.0),
            "donations_total",
            "万元",
            "170000000 exact",
        );
        check(Cell::of_text("1.7亿"), "donations_total", "", "170000000 exact");
        check(
            Cell::of_text("1.7亿元"),
            "donations_total",
            "万元",
            "170000000 exact",
        );
        check(
            Cell::of_text("900多万"),
            "donations_epidemic",
            "",
            "9000000 somewhat_more",
        );
        check(Cell::Number(6989.0), "taxpaying_firms", "家", "6989 exact");
        check(
            Cell::of_text("170000000元"),
            "donations_total",
            "万元",
            "170000000 exact",
        );
        check(Cell::of_text("1.7亿"), "donations_total", "元", "170000000 exact");
    }

    #[test]
    fn what_is_no_value_of_the_indicator_says_why() {
        check(Cell::of_text("5家"), "donations_total", "", "wrong_unit");
        check(Cell::of_text("5万亿元"), "donations_total", "", "wrong_unit");
        check(Cell::Number(12.5), "taxpaying_firms", "", "too_many_decimals");
        check(Cell::Number(1e308), "taxpaying_firms", "", "not_a_number");
        check(
            Cell::Error("#REF!".into()),
            "taxpaying_firms",
            "",
            "formula_error",
        );
        check(
            Cell::of_text("近0"),
            "taxpaying_firms",
            "",
            "qualifier_contradicts",
        );
        check(Cell::of_text("—"), "taxpaying_firms", "", "Dash");
        check(Cell::Number(0.0), "taxpaying_firms", "", "0 exact");
    }
}
