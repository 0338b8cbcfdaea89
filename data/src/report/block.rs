//! A block of cells copied from a spreadsheet, put to the lines of a form by the names that stand in it.

use super::header::{self, Field, Header, Values};
use super::names::{Names, named, plain};
use super::reader::{is_note, is_total};
use super::{Context, column_name};
use crate::sheet::Cell;
use crate::sheet::number::{Printed, PrintedNumber, printed};
use crate::{Indicator, IndicatorKind, Phrase, Qualifier, UnitMultiplier};

/// What a block says of the lines of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// The lines it names, in its order.
    pub lines: Vec<Line>,
    /// Names with something beside them that are no line of the form.
    pub unknown: Vec<String>,
}

/// A line of a form as a block says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The indicator's code.
    pub indicator: String,
    /// What a clerk would type: the number with the unit and the word that stood in other columns.
    pub value: String,
    /// The remark; none where the block has no column for it.
    pub comment: Option<String>,
}

/// Why a block with names in it cannot be put to the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// No column holds numbers.
    NoNumbers,
    /// Several do, and no header says which are this year's.
    ManyColumns,
    /// A row for each of several units.
    ManyRows,
}

impl Unclear {
    /// What to copy instead.
    pub fn advice(self) -> Phrase {
        match self {
            Unclear::NoNumbers => Phrase::new(
                "粘贴的内容里没有本年的数字。",
                "What was pasted holds no figures of this year.",
            ),
            Unclear::ManyColumns => Phrase::new(
                "粘贴的内容有几列数字，分不清哪一列是本年数：请连表头一起复制，或只复制指标和本年数。",
                "What was pasted has several columns of numbers: copy the header too, or only the names and this year's numbers.",
            ),
            Unclear::ManyRows => Phrase::new(
                "粘贴的内容有几行数据，分不清哪一行是本单位的：请只复制表头和本单位的一行。",
                "What was pasted has several rows: copy the header and the row of this unit alone.",
            ),
        }
    }
}

/// What a block says of the lines of a form; `None` where it names no indicator and so goes where the cursor is.
pub fn block(rows: &[Vec<Cell<'_>>], context: &Context<'_>) -> Option<Result<Block, Unclear>> {
    let names = Names::new(context.catalogue, context.org_unit, context.mapping);
    let reading = Reading {
        context,
        names: &names,
    };
    if let Some(header) = header::find(rows, &names) {
        let below = rows.get(header.last + 1..).unwrap_or_default();
        return match header.column(Field::Indicator) {
            Some(column) => Some(reading.long(below, column, &header)),
            None if header.values().any(|(_, values)| values.indicator.is_some()) => {
                Some(reading.wide(below, &header))
            }
            None => reading.without_header(rows),
        };
    }
    reading.without_header(rows)
}

struct Reading<'a> {
    context: &'a Context<'a>,
    names: &'a Names<'a>,
}

/// Where in a row stands what.
#[derive(Debug, Default)]
struct Columns<'a> {
    name: usize,
    value: usize,
    header_unit: &'a str,
    unit: Option<usize>,
    multiplier: Option<usize>,
    qualifier: Option<usize>,
    comment: Option<usize>,
}

impl Reading<'_> {
    fn indicator(&self, text: &str) -> Option<&Indicator> {
        let at = self.names.indicator(&named(text).name)?;
        let indicator = self.context.catalogue.indicators.get(at)?;
        (indicator.kind == IndicatorKind::Reported).then_some(indicator)
    }

    /// A row for each indicator, below a header.
    fn long(&self, rows: &[Vec<Cell<'_>>], name: usize, header: &Header) -> Result<Block, Unclear> {
        let is_general = |values: &Values| values.indicator.is_none() && values.org_unit.is_none();
        let of_year = |values: &Values| values.year == Some(self.context.year);
        let candidates: Vec<(usize, &Values)> =
            header.values().filter(|(_, values)| is_general(values)).collect();
        let this_year: Vec<&(usize, &Values)> =
            candidates.iter().filter(|(_, values)| of_year(values)).collect();
        let without: Vec<&(usize, &Values)> = candidates
            .iter()
            .filter(|(_, values)| values.year.is_none())
            .collect();
        let (value, values) = match (this_year.as_slice(), without.as_slice()) {
            ([one], _) | ([], [one]) => **one,
            ([], []) => return Err(Unclear::NoNumbers),
            _ => return Err(Unclear::ManyColumns),
        };
        let columns = Columns {
            name,
            value,
            header_unit: &values.unit,
            unit: header.column(Field::Unit),
            multiplier: header.column(Field::Multiplier),
            qualifier: header.column(Field::Qualifier),
            comment: header.column(Field::Remark),
        };
        Ok(self.lines(rows, &columns))
    }

    /// A column for each indicator, and one row.
    fn wide(&self, rows: &[Vec<Cell<'_>>], header: &Header) -> Result<Block, Unclear> {
        let mut filled = rows.iter().filter(|row| !row.iter().all(Cell::is_empty));
        let (Some(row), None) = (filled.next(), filled.next()) else {
            return Err(Unclear::ManyRows);
        };
        let of_year = |values: &Values| values.year.is_none_or(|year| year == self.context.year);
        let lines = header.values().filter(|(_, values)| of_year(values));
        let lines = lines.filter_map(|(column, values)| {
            let indicator = self.context.catalogue.indicators.get(values.indicator?)?;
            let cell = row.get(column).filter(|cell| !cell.is_empty())?;
            Some(Line {
                indicator: indicator.code.clone(),
                value: self.typed(&cell.text(), indicator, &values.unit, "", ""),
                comment: None,
            })
        });
        Ok(Block {
            lines: lines.collect(),
            unknown: Vec::new(),
        })
    }

    /// Names and numbers, and nothing above them.
    fn without_header(&self, rows: &[Vec<Cell<'_>>]) -> Option<Result<Block, Unclear>> {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let names_in = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .filter(|cell| self.indicator(&cell.text()).is_some())
                .count()
        };
        let name = (0..width).max_by_key(|column| (names_in(*column), width - column))?;
        if names_in(name) == 0 {
            return None;
        }
        let is_number = |cell: &Cell<'_>| matches!(printed(&cell.text()), Ok(Printed::Number(_)));
        let is_named = |row: &&Vec<Cell<'_>>| {
            row.get(name)
                .is_some_and(|cell| self.indicator(&cell.text()).is_some())
        };
        let numbers: Vec<usize> = (name + 1..width)
            .filter(|column| {
                rows.iter()
                    .filter(is_named)
                    .any(|row| row.get(*column).is_some_and(is_number))
            })
            .collect();
        let value = match numbers.as_slice() {
            [value] => *value,
            [] => return Some(Err(Unclear::NoNumbers)),
            _ => return Some(Err(Unclear::ManyColumns)),
        };
        let between = (name + 1 == value - 1).then_some(name + 1);
        let columns = Columns {
            name,
            value,
            unit: between,
            ..Columns::default()
        };
        Some(Ok(self.lines(rows, &columns)))
    }

    fn lines(&self, rows: &[Vec<Cell<'_>>], columns: &Columns<'_>) -> Block {
        let mut block = Block::default();
        for row in rows
            .iter()
            .filter(|row| !is_note(row) && !is_total(row, self.names))
        {
            let text = |column: usize| row.get(column).map(Cell::text).unwrap_or_default();
            let of = |column: Option<usize>| column.map(text).unwrap_or_default();
            let (name, value) = (text(columns.name), text(columns.value));
            let comment = columns.comment.map(|column| text(column).into_owned());
            let is_empty = value.is_empty() && comment.as_ref().is_none_or(String::is_empty);
            if is_empty {
                continue;
            }
            let Some(indicator) = self.indicator(&name) else {
                block.unknown.push(match name.is_empty() {
                    true => format!("{}: {value}", column_name(columns.value as u16)),
                    false => name.into_owned(),
                });
                continue;
            };
            let unit = Some(of(columns.unit)).filter(|unit| !unit.is_empty());
            let unit = unit.as_deref().unwrap_or(columns.header_unit);
            let (multiplier, qualifier) = (of(columns.multiplier), of(columns.qualifier));
            block.lines.push(Line {
                indicator: indicator.code.clone(),
                value: self.typed(&value, indicator, unit, &multiplier, &qualifier),
                comment,
            });
        }
        block
    }

    /// A number with all that its row and header say of it, in one text; what is no number stays as it is.
    fn typed(
        &self,
        text: &str,
        indicator: &Indicator,
        unit: &str,
        multiplier: &str,
        qualifier: &str,
    ) -> String {
        let Ok(Printed::Number(number)) = printed(text) else {
            return text.to_owned();
        };
        let own = self.context.catalogue.unit(&indicator.unit);
        let is_own = own.is_some_and(|own| plain(&own.zh) == plain(unit));
        let scale = match (says_scale(&number), multiplier.is_empty()) {
            (true, _) => "",
            (false, false) => multiplier,
            (false, true) if is_own => "",
            (false, true) => unit,
        };
        let word = Some(qualifier)
            .filter(|_| number.qualifier == Qualifier::Exact)
            .unwrap_or_default();
        match Qualifier::from_word(word) {
            Some(Qualifier::Nearly | Qualifier::About | Qualifier::MoreThan) => {
                format!("{word}{text}{scale}")
            }
            _ => format!("{text}{word}{scale}"),
        }
    }
}

/// Whether a number says itself how much one of it is: the nearest word is right.
fn says_scale(number: &PrintedNumber) -> bool {
    number.multiplier != UnitMultiplier::Ones || !number.unit.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, Catalogue};
    use crate::report::usual_source;

    fn check(text: &str, expected: &str) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let source = usual_source(&catalogue, "371482", 2025, chrono::NaiveDate::MIN);
        let context = Context {
            catalogue: &catalogue,
            org_unit: "371482",
            year: 2025,
            source: &source,
            mapping: &[],
        };
        let rows: Vec<Vec<Cell<'_>>> = text
            .lines()
            .map(|line| line.split('\t').map(Cell::of_text).collect())
            .collect();
        let told = match block(&rows, &context) {
            None => "bare".to_owned(),
            Some(Err(unclear)) => format!("{unclear:?}"),
            Some(Ok(block)) => told(&block),
        };
        assert_eq!(told, expected, "{text}");
    }

    fn told(block: &Block) -> String {
        let line = |line: &Line| {
            let comment = line.comment.as_ref().filter(|comment| !comment.is_empty());
            let comment = comment.map_or(String::new(), |comment| format!(" ({comment})"));
            format!("{}={}{comment}", line.indicator, line.value)
        };
        let lines: Vec<String> = block.lines.iter().map(line).collect();
        let unknown: String = block.unknown.iter().map(|name| format!(" ?{name}")).collect();
        format!("{}{unknown}", lines.join(" "))
    }

    #[test]
    fn numbers_alone_go_where_the_cursor_is() {
        check("6989\n240余\n", "bare");
        check("6989\t已核\n240余\t\n", "bare");
    }

    #[test]
    fn names_find_their_lines_in_any_order() {
        check(
            "培训场次\t240余\n纳税企业数\t6989\n",
            "training_sessions=240余 taxpaying_firms=6989",
        );
        check("1\t纳税企业数（家）\t家\t6989\n", "taxpaying_firms=6989");
        check(
            "纳税企业数\t6989\n不认识的\t3\n融资服务\t\n",
            "taxpaying_firms=6989 ?不认识的",
        );
    }

    #[test]
    fn the_template_is_taken_with_its_header() {
        check(
            "指标\t指标代码\t单位\t上年数（2024年）\t本年数（2025年）\t限定词\t备注\n\
             纳税企业数\ttaxpaying_firms\t家\t6,500\t6989\t余\t新口径\n培训场次\ttraining_sessions\t场次\t8\t\t\t\n",
            "taxpaying_firms=6989余 (新口径)",
        );
        check("指标\t2024年\t2025年\n纳税企业数\t1\t2\n", "taxpaying_firms=2");
    }

    #[test]
    fn a_unit_of_another_size_goes_along() {
        check(
            "指标\t单位\t数值\n捐款捐物总额\t万元\t17000\n纳税企业数\t家\t6989\n",
            "donations_total=17000万元 taxpaying_firms=6989",
        );
        check(
            "指标\t数值（万元）\n捐款捐物总额\t1.7亿\n",
            "donations_total=1.7亿",
        );
        check("捐款捐物总额\t万元\t17000\n", "donations_total=17000万元");
        check(
            "指标\t数值（万元）\t限定词\n捐款捐物总额\t900\t近\n",
            "donations_total=近900万元",
        );
    }

    #[test]
    fn a_row_of_a_wide_table_is_one_report() {
        check(
            "地区\t纳税企业数（家）\t捐款捐物总额(万元)\n禹城市\t6989\t17000\n",
            "taxpaying_firms=6989 donations_total=17000万元",
        );
        check("地区\t纳税企业数\n禹城市\t6989\n齐河县\t3\n", "ManyRows");
    }

    #[test]
    fn what_is_not_clear_is_asked_about() {
        check("纳税企业数\t6500\t6989\n", "ManyColumns");
        check("纳税企业数\t很多\n", "NoNumbers");
    }
}
