//! Figures as a workbook: for a person to read and to chart, and for the reader of reports to take back without loss.
//!
//! The first sheet is the figures, and what is uploaded again is read from it alone. The others say it in other forms: a
//! native chart over a small table of its own, and what the codes mean.

mod about;
mod archive;
mod bars;
mod chart;
mod figures;
mod line;
mod plan;

use data::definitions::Catalogue;
use data::write::NOT_READ;
use data::{Indicator, Lang, Names, Observation, OrgUnit, UnitMeasure, format};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::style;

pub use archive::archive;

/// What is handed out.
#[derive(Debug, Clone)]
pub struct Download<'a> {
    /// What it is, for its title.
    pub title: Names,
    /// The language of everything that is for people.
    pub lang: Lang,
    /// What the codes mean.
    pub catalogue: &'a Catalogue,
    /// The published state, as entity tags name it.
    pub version: &'a str,
    /// The figures.
    pub observations: &'a [Observation],
    /// What a reader has to know of the selection, a sentence each.
    pub notes: Vec<Names>,
}

/// The workbook of a download. The same download is the same bytes, whenever it is made.
pub fn workbook(download: &Download<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(download.name(&download.title))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    figures::write(workbook.add_worksheet(), download)?;
    let (plans, reasons) = plan::plans(download);
    if !plans.is_empty() {
        chart::write(workbook.add_worksheet(), download, &plans)?;
    }
    about::write(&mut workbook, download, &reasons)?;
    workbook.save_to_buffer()
}

/// The names of the sheets.
const FIGURES: [&str; 2] = ["数据", "Data"];
const CHARTS: [&str; 2] = ["图表", "Charts"];
const ABOUT: [&str; 2] = ["说明", "About"];
const INDICATORS: [&str; 2] = ["指标定义", "Indicators"];
const UNITS: [&str; 2] = ["计量单位", "Units of measure"];
const SOURCES: [&str; 2] = ["来源", "Sources"];

impl<'a> Download<'a> {
    fn pick(&self, words: [&'a str; 2]) -> &'a str {
        self.lang.pick(words[0], words[1])
    }

    fn name<'n>(&self, names: &'n Names) -> &'n str {
        names.get(self.lang)
    }

    fn indicator(&self, observation: &Observation) -> Option<&'a Indicator> {
        self.catalogue.indicator(&observation.key.indicator)
    }

    fn unit_of(&self, indicator: &Indicator) -> Option<&'a UnitMeasure> {
        self.catalogue.unit(&indicator.unit)
    }

    fn org_unit(&self, observation: &Observation) -> Option<&'a OrgUnit> {
        self.catalogue.org_units.get(&observation.key.org_unit)
    }

    /// A value in words with its qualifier, without its unit: what a mark of a chart is labelled with.
    fn label(&self, observation: &Observation) -> String {
        let measured = self.indicator(observation).and_then(|indicator| {
            let unit = self.unit_of(indicator)?;
            Some(format::short_value(
                observation.value.as_ref()?,
                unit,
                indicator.decimals,
                self.lang,
            ))
        });
        measured.unwrap_or_default()
    }
}

/// A sheet that is for people alone: it says so in its first cell, by which the reader of uploads knows it.
fn for_people(sheet: &mut Worksheet, name: &str, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, NOT_READ.get(lang), &style::aside())?;
    Ok(())
}

/// Writes a text as a text, whatever it begins with: nothing that somebody wrote into a report becomes a formula, not even
/// where a person goes into the cell and out of it again.
fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    let text = shortened(text);
    match data::write::safe(&text) == text {
        true => sheet.write_string_with_format(row, column, text, format)?,
        false => sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?,
    };
    Ok(())
}

/// A cell holds 32,767 units of UTF-16; a text beyond that ends with a word that says so.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    const MOST: usize = 32_767;
    const REST: &str = "…（太长，全文见 CSV；too long, whole in the CSV）";
    // No text has more units than bytes, and hardly any is as long.
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return text.into();
    }
    let mut room = MOST - REST.encode_utf16().count();
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = text.chars().take_while(fits).collect();
    (kept + REST).into()
}

#[cfg(test)]
mod tests;
