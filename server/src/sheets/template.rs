//! The form that a unit fills in for a year, with last year's figures beside the empty cells. What is handed out here is
//! read back like any other report.

use std::sync::Arc;

use chrono::Datelike;
use data::definitions::Catalogue;
use data::write::{push_row, safe};
use data::{Dataset, Indicator, IndicatorKind, Lang, ObservationValue, Qualifier, UnitMeasure, format};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::style;

/// A form, before it is a file.
pub struct Template {
    /// `禹城市工商联2022年度报表`.
    pub title: String,
    year: i32,
    catalogue: Arc<Catalogue>,
    lines: Vec<Line>,
}

/// A line of the form.
enum Line {
    /// The name of a group of indicators.
    Group(String),
    /// An indicator by its place in the catalogue, and last year's figure.
    Indicator(usize, Option<ObservationValue>),
}

/// What stands above the table.
const ADVICE: &str = "请填“本年数”一列，可写 2330、2000余、近100万、2.69万；零填“0”，没有统计填“—”，不适用填“不适用”。指标定义见批注。";

/// The words that a clerk chooses from; each is one that the reader knows.
const QUALIFIERS: [&str; 6] = ["余", "超", "以上", "近", "约", "以内"];

/// The widths of the columns, in characters.
const WIDTHS: [u8; 7] = [40, 30, 9, 18, 18, 9, 30];

/// Where this year's figures go, the qualifiers, and the last column.
const THIS_YEAR: u16 = 4;
const QUALIFIER: u16 = 5;
const REMARK: u16 = 6;

/// The row of the header, from 0, below the title and the advice.
const HEADER_ROW: u32 = 2;

impl Template {
    /// The form of a unit and a year; none where there is no such unit.
    pub fn new(dataset: &Dataset, org_unit: &str, year: i32) -> Option<Template> {
        let catalogue = &dataset.catalogue;
        let unit = catalogue.org_units.index(org_unit)?;
        let name = &catalogue.org_units.get(org_unit)?.name.zh;
        let mut lines = Vec::new();
        for group in &catalogue.groups {
            let is_asked = |(_, indicator): &(usize, &Indicator)| {
                indicator.group == group.code && indicator.kind == IndicatorKind::Reported
            };
            let mut asked = catalogue
                .indicators
                .iter()
                .enumerate()
                .filter(is_asked)
                .peekable();
            if asked.peek().is_some() {
                lines.push(Line::Group(group.name.zh.clone()));
            }
            lines.extend(asked.map(|(at, _)| Line::Indicator(at, last_year(dataset, at, unit, year))));
        }
        Some(Template {
            title: format!("{name}工商联{year}年度报表"),
            year,
            catalogue: catalogue.clone(),
            lines,
        })
    }

    fn header(&self) -> [String; 7] {
        let year = self.year;
        [
            "指标".into(),
            "指标代码".into(),
            "单位".into(),
            format!("上年数（{}年）", year - 1),
            format!("本年数（{year}年）"),
            "限定词".into(),
            "备注".into(),
        ]
    }

    fn unit(&self, indicator: &Indicator) -> Option<&UnitMeasure> {
        self.catalogue.unit(&indicator.unit)
    }

    /// The form as text.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut row = |cells: Vec<String>| push_row(&mut out, cells.into_iter());
        row(vec![safe(&self.title)]);
        row(vec![ADVICE.to_owned()]);
        row(self.header().to_vec());
        for line in &self.lines {
            match line {
                Line::Group(name) => row(vec![safe(name)]),
                Line::Indicator(at, last) => {
                    let indicator = &self.catalogue.indicators[*at];
                    let unit = self.unit(indicator);
                    let mut cells = vec![
                        safe(&indicator.name.zh),
                        indicator.code.clone(),
                        unit.map_or(String::new(), |unit| unit.zh.clone()),
                        last.map_or(String::new(), |last| in_words(&last, indicator, unit)),
                    ];
                    cells.resize(usize::from(REMARK) + 1, String::new());
                    row(cells);
                }
            }
        }
        out
    }

    /// The form as a workbook.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // The same form is the same bytes, whenever it is made.
        let properties = DocProperties::new()
            .set_title(&self.title)
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        workbook.set_properties(&properties);
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("{}年度报表", self.year))?;
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        sheet.write_string_with_format(0, 0, &self.title, &style::title())?;
        sheet.write_string_with_format(1, 0, ADVICE, &style::plain())?;
        for (column, name) in (0..).zip(self.header()) {
            sheet.write_string_with_format(HEADER_ROW, column, name, &style::heading())?;
        }
        for (row, line) in (HEADER_ROW + 1..).zip(&self.lines) {
            self.write_line(sheet, row, line)?;
        }
        self.finish(sheet)?;
        workbook.save_to_buffer()
    }

    fn write_line(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Result<(), XlsxError> {
        let (at, last) = match line {
            Line::Indicator(at, last) => (*at, last),
            Line::Group(name) => {
                for column in 1..=REMARK {
                    sheet.write_blank(row, column, &style::heading())?;
                }
                sheet.write_string_with_format(row, 0, name, &style::heading())?;
                return Ok(());
            }
        };
        let indicator = &self.catalogue.indicators[at];
        let unit = self.unit(indicator);
        let word = unit.map_or("", |unit| &unit.zh);
        sheet.write_string_with_format(row, 0, &indicator.name.zh, &style::cell())?;
        let about = format!("{}（{word}）\n{}", indicator.name.zh, indicator.definition.zh);
        sheet.insert_note(row, 0, &style::note(&about))?;
        sheet.write_string_with_format(row, 1, &indicator.code, &style::quiet())?;
        sheet.write_string_with_format(row, 2, word, &style::cell())?;
        match last {
            Some(last) if last.qualifier() == Qualifier::Exact => {
                sheet.write_number_with_format(row, 3, last.number().to_f64(), &style::quiet())?
            }
            Some(last) => {
                sheet.write_string_with_format(row, 3, in_words(last, indicator, unit), &style::quiet())?
            }
            None => sheet.write_blank(row, 3, &style::quiet())?,
        };
        sheet.write_blank(row, THIS_YEAR, &style::to_fill())?;
        sheet.write_blank(row, QUALIFIER, &style::to_fill())?;
        sheet.write_blank(row, REMARK, &style::cell())?;
        Ok(())
    }

    /// What belongs to the sheet as a whole: the list of words, the header that stays, and how it is printed.
    fn finish(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        const A4: u8 = 9;
        let last = HEADER_ROW + self.lines.len() as u32;
        let words = DataValidation::new().allow_list_strings(&QUALIFIERS)?;
        let words = words.set_error_title("限定词")?;
        let words = words.set_error_message("请从列表中选择，或留空")?;
        sheet.add_data_validation(HEADER_ROW + 1, QUALIFIER, last, QUALIFIER, &words)?;
        let about = "数字不是准确数时选：2000余选“余”，近100万选“近”。也可以直接写在数字旁。";
        sheet.insert_note(HEADER_ROW, QUALIFIER, &style::note(about))?;
        sheet.set_freeze_panes(HEADER_ROW + 1, 1)?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        Ok(())
    }
}

/// The published figure of the year before.
pub fn last_year(dataset: &Dataset, indicator: usize, unit: usize, year: i32) -> Option<ObservationValue> {
    let is_of_last_year = |row: &usize| dataset.period(*row).order_day().year() == year - 1;
    dataset
        .unit_rows(indicator, unit)
        .rev()
        .filter(is_of_last_year)
        .find_map(|row| dataset.value(row))
}

fn in_words(value: &ObservationValue, indicator: &Indicator, unit: Option<&UnitMeasure>) -> String {
    match unit {
        Some(unit) => format::written(value, unit, indicator.decimals, Lang::Zh).without_unit(),
        None => value.number().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::sheets::{self, Sink};
    use crate::uploads::Upload;
    use data::report::{Context, Reader, usual_source};
    use data::sheet::Cell;

    /// The sample's figures are of October 2022; the form asks for the year after.
    fn template() -> (Template, Arc<Catalogue>) {
        let catalogue = crate::store::tests::catalogue();
        let dataset = Dataset::new("1".into(), catalogue.clone(), crate::store::tests::sample());
        (Template::new(&dataset, "371482", 2023).unwrap(), catalogue)
    }

    #[test]
    fn every_reported_indicator_is_asked_for_once_below_its_group() {
        let (template, catalogue) = template();
        let csv = String::from_utf8(template.csv()).unwrap();
        let is_reported = |indicator: &&Indicator| indicator.kind == IndicatorKind::Reported;
        for indicator in catalogue.indicators.iter().filter(is_reported) {
            let cell = format!(",{},", indicator.code);
            assert_eq!(csv.matches(&cell).count(), 1, "{}", indicator.code);
        }
        assert!(
            csv.contains("纳税企业数,taxpaying_firms,家,\"6,989\",,,\r\n"),
            "{csv}"
        );
        assert!(csv.contains("上年数（2022年）,本年数（2023年）"), "{csv}");
    }

    #[test]
    fn the_words_to_choose_from_are_known_to_the_reader() {
        for word in QUALIFIERS {
            assert!(Qualifier::from_word(word).is_some(), "{word}");
        }
    }

    /// A sink that fills the form in: 1 for every indicator.
    struct Filled<'a>(Reader<'a>);

    impl Sink for Filled<'_> {
        fn sheet(&mut self, name: &str) {
            self.0.sheet(name);
        }

        fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
            let mut cells = cells.to_vec();
            if cells.len() > usize::from(QUALIFIER) && number > HEADER_ROW + 1 {
                cells[usize::from(THIS_YEAR)] = Cell::of_text("2100");
            }
            self.0.row(number, &cells);
        }
    }

    #[test]
    fn what_is_handed_out_reads_back_without_an_issue() {
        let (template, catalogue) = template();
        let source = usual_source(&catalogue, "371482", 2023, chrono::NaiveDate::default());
        let mut filled = Filled(Reader::new(Context {
            catalogue: &catalogue,
            org_unit: "371482",
            year: 2023,
            source: &source,
            mapping: &[],
        }));
        let upload = Upload::of_bytes(&template.csv()).unwrap();
        sheets::read(&upload.file, &mut filled).unwrap();
        let reading = filled.0.finish();
        assert!(reading.issues.is_empty(), "{:?}", reading.issues);
        let mut seen: HashMap<usize, i32> = HashMap::new();
        for figure in &reading.figures {
            *seen.entry(figure.indicator).or_default() += 1;
        }
        let asked = template
            .lines
            .iter()
            .filter(|line| matches!(line, Line::Indicator(..)));
        assert_eq!(seen.len(), asked.count());
    }
}
