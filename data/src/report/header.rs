//! Which row of a sheet is its header, and what each column under it holds.

mod own;
mod words;

pub use words::Field;
use words::{VALUE, field};

use super::names::{Named, Names, named, plain};
use crate::definitions::Catalogue;
use crate::sheet::Cell;
use crate::sheet::number::{Printed, printed};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Nothing above it and nothing to do with it.
    Empty,
    /// Known, and of no use: a running number, last year's value, a rate of change.
    Ignored,
    /// A field of the row.
    Field(Field),
    /// Figures.
    Values(Values),
    /// A header that names nothing known.
    Unknown(String),
}

/// What the header says of the figures of a column; the row says the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    /// The indicator's place in the catalogue.
    pub indicator: Option<usize>,
    /// The org unit's place in the catalogue.
    pub org_unit: Option<usize>,
    /// The year.
    pub year: Option<i32>,
    /// The unit of measure, such as 万元; empty where the header names none.
    pub unit: String,
}

/// The header of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Where the last of its rows stands among those looked at.
    pub last: usize,
    /// What each column holds.
    pub roles: Vec<Role>,
    /// What stands above each column, its rows joined.
    pub titles: Vec<String>,
    /// Whether it is the header of a file of ours, below which every row is one figure.
    pub is_own: bool,
}

impl Header {
    /// The column of a field, the first where there are several.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.roles.iter().position(|role| *role == Role::Field(field))
    }

    /// The columns of figures.
    pub fn values(&self) -> impl Iterator<Item = (usize, &Values)> {
        self.roles.iter().enumerate().filter_map(|(at, role)| match role {
            Role::Values(values) => Some((at, values)),
            _ => None,
        })
    }
}

/// How many rows a header may have: a group, an indicator, a unit of measure.
const DEEPEST: usize = 3;

/// Finds the header among the first rows of a sheet: the rows whose cells name the most things that are known. `None` where
/// no row names two, one of which must be a column of figures.
pub fn find(rows: &[Vec<Cell<'_>>], names: &Names<'_>) -> Option<Header> {
    if let Some(own) = own::find(rows) {
        return Some(own);
    }
    let mut best: Option<(usize, Header)> = None;
    for last in 0..rows.len() {
        // Rows of a header stand together, so what has a row of figures in it has none above it.
        let deepest = rows[..=last]
            .iter()
            .rev()
            .take(DEEPEST)
            .take_while(|row| may_be_header(row));
        for depth in 1..=deepest.count() {
            let header = header(&rows[last + 1 - depth..=last], last, names);
            let known = known(&header);
            if best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, header));
            }
        }
    }
    let (known, mut header) = best?;
    if known < 2 || header.values().next().is_none() {
        return None;
    }
    settle_unit_column(&mut header, rows, names);
    take_unit_row(&mut header, rows);
    Some(header)
}

/// Whether a row holds no number, years aside: 2000 in a row of figures is no year.
fn may_be_header(row: &[Cell<'_>]) -> bool {
    let is_figure = |cell: &Cell<'_>| {
        let text = cell.text();
        leading_year(&text).0.is_none() && matches!(printed(&text), Ok(Printed::Number(_)))
    };
    !row.iter().any(is_figure)
}

/// A row of units of measure below the header belongs to it.
fn take_unit_row(header: &mut Header, rows: &[Vec<Cell<'_>>]) {
    let Some(row) = rows.get(header.last + 1).filter(|row| may_be_header(row)) else {
        return;
    };
    let columns: Vec<usize> = header.values().map(|(column, _)| column).collect();
    let is_value = |(column, cell): (usize, &Cell<'_>)| cell.is_empty() || columns.contains(&column);
    let is_word = |cell: &Cell<'_>| cell.text().chars().count() <= LONGEST_UNIT && !cell.is_empty();
    let is_unit_row = row.iter().enumerate().all(is_value) && row.iter().any(is_word);
    let is_absent = |cell: &Cell<'_>| matches!(printed(&cell.text()), Ok(Printed::Absent(_)));
    if !is_unit_row || row.iter().filter(|cell| !cell.is_empty()).any(is_absent) {
        return;
    }
    for column in columns {
        let unit = row
            .get(column)
            .map(|cell| named(&cell.text()).name)
            .unwrap_or_default();
        if let Some(Role::Values(values)) = header.roles.get_mut(column)
            && values.unit.is_empty()
        {
            values.unit = unit;
        }
    }
    header.last += 1;
}

/// The longest unit of measure, 平方公里 with a multiplier before it.
const LONGEST_UNIT: usize = 6;

fn known(header: &Header) -> usize {
    let is_known = |role: &&Role| !matches!(role, Role::Empty | Role::Unknown(_));
    header.roles.iter().filter(is_known).count()
}

fn header(rows: &[Vec<Cell<'_>>], last: usize, names: &Names<'_>) -> Header {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); width];
    for (at, row) in rows.iter().enumerate() {
        // The cells of a merge but the first are empty: above the last row they take the text to their left.
        let mut left = String::new();
        for (column, parts) in columns.iter_mut().enumerate() {
            let text = row.get(column).map(Cell::text).unwrap_or_default();
            if !text.is_empty() {
                left = text.into_owned();
                parts.push(left.clone());
            } else if at + 1 < rows.len() && !left.is_empty() {
                parts.push(left.clone());
            }
        }
    }
    let has_own = |column: usize| {
        rows.iter()
            .any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
    };
    let role = |(column, parts): (usize, &Vec<String>)| match has_own(column) {
        true => role(parts, names),
        false => Role::Empty,
    };
    Header {
        last,
        roles: columns.iter().enumerate().map(role).collect(),
        titles: columns.iter().map(|parts| parts.join(" ")).collect(),
        is_own: false,
    }
}

/// What a column holds by the texts above it, from the top. What one of them does not say another may.
fn role(parts: &[String], names: &Names<'_>) -> Role {
    let mut values = Values::default();
    let mut is_known = false;
    for part in parts.iter().rev() {
        let named = named(part);
        // 县（市、区） is one name and no name with a unit.
        if let Some(role) = field(&plain(part)).or_else(|| field(&named.name)) {
            return role;
        }
        is_known |= take(&mut values, named, names);
    }
    let joined = named(&parts.concat());
    if is_known || parts.len() > 1 && take(&mut values, joined, names) {
        return Role::Values(values);
    }
    Role::Unknown(parts.join(" "))
}

/// Whether a header says something in a report of this unit without anybody having explained it.
pub fn is_known(header: &str, catalogue: &Catalogue, org_unit: &str) -> bool {
    let names = Names::new(catalogue, org_unit, &[]);
    !matches!(role(&[header.to_owned()], &names), Role::Unknown(_))
}

fn take(values: &mut Values, part: Named, names: &Names<'_>) -> bool {
    let (year, rest) = leading_year(&part.name);
    let indicator = names.indicator(rest).or_else(|| names.indicator(&part.name));
    let org_unit = indicator.is_none().then(|| names.org_unit(rest)).flatten();
    let bracketed_year = leading_year(&part.unit).0;
    let is_value = VALUE.contains(&rest) || rest.is_empty() && year.is_some();
    values.indicator = values.indicator.or(indicator);
    values.org_unit = values.org_unit.or(org_unit);
    let is_known = is_value || indicator.is_some() || org_unit.is_some();
    if is_known {
        values.year = values.year.or(year).or(bracketed_year);
        if values.unit.is_empty() && bracketed_year.is_none() {
            values.unit = part.unit;
        }
    }
    is_known
}

/// `2022`, `2022年`, `2022年度` at the beginning, and what follows.
pub fn leading_year(text: &str) -> (Option<i32>, &str) {
    let Some((digits, rest)) = text.split_at_checked(4) else {
        return (None, text);
    };
    let year = digits
        .parse()
        .ok()
        .filter(|year| crate::period::YEARS.contains(year));
    let rest = match rest {
        "" => rest,
        _ => match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
            Some(rest) => rest,
            None => return (None, text),
        },
    };
    match year {
        Some(_) => (year, rest),
        None => (None, text),
    }
}

/// 单位 is the unit of measure, and in the mouth of an office the office: where the cells under it name org units and no other
/// column does, it is that.
fn settle_unit_column(header: &mut Header, rows: &[Vec<Cell<'_>>], names: &Names<'_>) {
    let (None, Some(column)) = (header.column(Field::OrgUnit), header.column(Field::Unit)) else {
        return;
    };
    let below = rows
        .iter()
        .skip(header.last + 1)
        .filter_map(|row| row.get(column));
    if below
        .filter(|cell| !cell.is_empty())
        .any(|cell| names.org_unit(&named(&cell.text()).name).is_some())
    {
        header.roles[column] = Role::Field(Field::OrgUnit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, Catalogue};

    fn check(text: &str, expected: &str) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let names = Names::new(&catalogue, "371400", &[]);
        let mut rows: Vec<Vec<Cell<'static>>> = Vec::new();
        crate::sheet::text::rows(text, |_, cells| {
            rows.push(cells.iter().map(|cell| cell.clone().into_owned()).collect())
        });
        let described = find(&rows, &names).map_or("none".to_owned(), |header| {
            let roles: Vec<String> = header
                .roles
                .iter()
                .map(|role| describe(role, &catalogue))
                .collect();
            format!("{}: {}", header.last, roles.join(" | "))
        });
        assert_eq!(described, expected, "{text}");
    }

    fn describe(role: &Role, catalogue: &Catalogue) -> String {
        match role {
            Role::Values(values) => {
                let indicator = values.indicator.map(|at| catalogue.indicators[at].code.clone());
                let org_unit = values
                    .org_unit
                    .map(|at| catalogue.org_units.all()[at].code.clone());
                let unit = Some(values.unit.clone()).filter(|unit| !unit.is_empty());
                let parts = [
                    indicator,
                    org_unit,
                    values.year.map(|year| year.to_string()),
                    unit,
                ];
                format!("[{}]", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_template_has_fields_and_this_years_values() {
        check(
            "禹城市工商联2022年度报表,,,\n指标,单位,上年数（2021年）,本年数（2022年）,限定词\n纳税企业数,家,6500,6989,\n",
            "1: Field(Indicator) | Field(Unit) | Ignored | [2022] | Field(Qualifier)",
        );
    }

    #[test]
    fn a_wide_table_has_an_indicator_or_a_year_or_a_unit_for_each_column() {
        check(
            "地区,纳税企业数（家）,捐款捐物总额(万元)\n禹城市,6989,17000\n",
            "0: Field(OrgUnit) | [taxpaying_firms 家] | [donations_total 万元]",
        );
        check(
            "指标,2021年,2022年\n纳税企业数,1,2\n",
            "0: Field(Indicator) | [2021] | [2022]",
        );
        check(
            "指标,禹城市,齐河县\n纳税企业数,1,2\n",
            "0: Field(Indicator) | [371482] | [371425]",
        );
    }

    #[test]
    fn a_merged_header_joins_what_stands_above() {
        check(
            "县区,纳税企业数,,培训场次,\n,2021年,2022年,2021年,2022年\n禹城市,1,2,3,4\n",
            "1: Field(OrgUnit) | [taxpaying_firms 2021] | [taxpaying_firms 2022] | [training_sessions 2021] | [training_sessions 2022]",
        );
        check(
            "单位,融资服务,,荣誉\n,银企对接融资额（亿元）,银企对接活动期数,未知\n禹城市,60,38,1\n",
            "1: Field(OrgUnit) | [financing_matched 亿元] | [bank_firm_events] | Unknown(\"荣誉 未知\")",
        );
    }

    #[test]
    fn a_text_without_a_header_has_none() {
        check("第一章,总则\n第二章,附则\n", "none");
    }
}
