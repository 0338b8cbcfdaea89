//! The sheets behind the figures: what they are, what they count, and where they are from.

use std::collections::{BTreeMap, BTreeSet};

use data::{Formula, Indicator, IndicatorKind, Lang, Observation, Phrase, Source};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{ABOUT, Download, INDICATORS, SOURCES, UNITS, for_people, write_text};
use crate::sheets::style;

pub(super) fn write(
    workbook: &mut Workbook,
    download: &Download<'_>,
    reasons: &[String],
) -> Result<(), XlsxError> {
    about(workbook.add_worksheet(), download, reasons)?;
    indicators(workbook.add_worksheet(), download)?;
    units(workbook.add_worksheet(), download)?;
    sources(workbook.add_worksheet(), download)
}

/// The width of the sheet that is text alone, in characters: that of a page.
const WIDTH: u8 = 78;

/// The height of a row in which a text breaks into lines: not every program finds it by itself. A Chinese character is as
/// wide as two others.
fn height(text: &str, width: u8) -> f64 {
    const LINE: f64 = 15.0;
    const TALLEST: f64 = 400.0;
    let wide: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    // A word that does not fit goes to the next line whole, and the font is not ours: a line holds some tenth less.
    let lines = wide.div_ceil((usize::from(width) * 9 / 10).max(1)).max(1);
    (LINE * lines as f64).min(TALLEST)
}

/// What is true of every workbook of ours.
const HOW: [Phrase; 5] = [
    Phrase::new(
        "“数据”表一行一个数字，数值为基本单位的准确数（万、亿已折算）；超过15位的数以文本保存，一位不少。",
        "The sheet of figures has one figure a row, exact and in the base unit; a number of more than 15 digits is a text with all of them.",
    ),
    Phrase::new(
        "“余”“超”“近”等限定词说明真实数在哪一侧，不可当作准确数相加。期间不同类的数字不能相减，也不能连线。",
        "A qualifier such as “more than” says on which side the truth lies; do not add such numbers as if they were exact. Figures of different kinds of period are never subtracted or joined.",
    ),
    Phrase::new(
        "没有数值的行说明为何没有（未报送、不适用等）；未报送不等于零。",
        "A row without a value says why there is none; not reported is not zero.",
    ),
    Phrase::new(
        "本文件可以原样或修改后在“报送”页上传，读入的内容与下载时相同；由系统推算的指标（取得方式 derived）不读，由系统重新推算。",
        "This file can be uploaded again on the report page, as it is or changed, and reads as what was downloaded. Indicators that the system derives (origin derived) are passed over and derived again.",
    ),
    Phrase::new(
        "左边十列供阅读，右边各列与 CSV 文件相同，供程序和上传使用。",
        "The ten columns on the left are for reading; those on the right are the columns of the CSV, for programs and uploads.",
    ),
];

fn about(sheet: &mut Worksheet, download: &Download<'_>, reasons: &[String]) -> Result<(), XlsxError> {
    for_people(sheet, download.pick(ABOUT), download.lang)?;
    sheet.set_column_width(0, WIDTH)?;
    write_text(sheet, (1, 0), download.name(&download.title), &style::title())?;
    let lines = lines(download);
    let lines = lines.iter().chain(reasons);
    for (row, line) in (2..).zip(lines) {
        write_text(sheet, (row, 0), line, &style::wrapped())?;
        sheet.set_row_height(row, height(line, WIDTH))?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What a reader has to know of a download, a line each; the readme of an archive has them too.
pub(super) fn lines(download: &Download<'_>) -> Vec<String> {
    let distinct = |of: fn(&Observation) -> &String| {
        let codes: BTreeSet<&String> = download.observations.iter().map(of).collect();
        codes.len()
    };
    let (units, indicators) = (distinct(|o| &o.key.org_unit), distinct(|o| &o.key.indicator));
    let (all, version) = (download.observations.len(), download.version);
    let count = match download.lang {
        Lang::Zh => format!("{all} 项数据，{units} 个地区，{indicators} 项指标；数据版本 {version}。"),
        Lang::En => format!(
            "{all} figures of {units} areas and {indicators} indicators; version of the data: {version}."
        ),
    };
    std::iter::once(count)
        .chain(download.notes.iter().map(|note| download.name(note).to_owned()))
        .chain(HOW.map(|phrase| phrase.get(download.lang).to_owned()))
        .collect()
}

/// A table below the line that says the sheet is not read.
fn table(
    sheet: &mut Worksheet,
    heads: &[(Phrase, u8)],
    lang: Lang,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), XlsxError> {
    const HEADER: u32 = 1;
    for (column, (head, width)) in (0..).zip(heads) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEADER, column, head.get(lang), &style::heading())?;
    }
    for (row, cells) in (HEADER + 1..).zip(rows) {
        for (column, cell) in (0..).zip(&cells) {
            write_text(sheet, (row, column), cell, &style::wrapped())?;
        }
        let heights = cells
            .iter()
            .zip(heads)
            .map(|(cell, (_, width))| height(cell, *width));
        sheet.set_row_height(row, heights.fold(0.0, f64::max))?;
    }
    sheet.set_freeze_panes(HEADER + 1, 0)?;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The indicators that occur, in the order of the catalogue.
pub(super) fn occurring<'a>(download: &Download<'a>) -> Vec<&'a Indicator> {
    let codes: BTreeSet<&str> = download
        .observations
        .iter()
        .map(|o| o.key.indicator.as_str())
        .collect();
    let occurs = |indicator: &&Indicator| codes.contains(indicator.code.as_str());
    download.catalogue.indicators.iter().filter(occurs).collect()
}

fn indicators(sheet: &mut Worksheet, download: &Download<'_>) -> Result<(), XlsxError> {
    for_people(sheet, download.pick(INDICATORS), download.lang)?;
    let heads = [
        (Phrase::new("代码", "Code"), 30),
        (Phrase::new("名称", "Name"), 30),
        (Phrase::new("计量单位", "Unit"), 10),
        (Phrase::new("定义", "Definition"), 80),
        (Phrase::new("定义版本", "Version"), 10),
        (Phrase::new("推算公式", "Formula"), 40),
    ];
    let rows = occurring(download).into_iter().map(|indicator| {
        let formula = match &indicator.kind {
            IndicatorKind::Derived(formula) => in_words(formula, download),
            IndicatorKind::Reported => String::new(),
        };
        vec![
            indicator.code.clone(),
            download.name(&indicator.name).to_owned(),
            super::plan::unit_words(download, indicator),
            download.name(&indicator.definition).to_owned(),
            indicator.definition_version.to_string(),
            formula,
        ]
    });
    table(sheet, &heads, download.lang, rows)
}

/// 甲 ÷ 乙.
fn in_words(formula: &Formula, download: &Download<'_>) -> String {
    let sign = match formula {
        Formula::Ratio(..) => "÷",
        Formula::Sum(..) => "+",
        Formula::Difference(..) => "−",
    };
    let name = |code: &str| {
        let indicator = download.catalogue.indicator(code);
        indicator.map_or_else(|| code.to_owned(), |it| download.name(&it.name).to_owned())
    };
    let [one, other] = formula.parts().map(name);
    format!("{one} {sign} {other}")
}

fn units(sheet: &mut Worksheet, download: &Download<'_>) -> Result<(), XlsxError> {
    for_people(sheet, download.pick(UNITS), download.lang)?;
    let heads = [
        (Phrase::new("代码", "Code"), 24),
        (Phrase::new("中文", "Chinese"), 12),
        (Phrase::new("英文", "English"), 24),
        (Phrase::new("量纲", "Dimension"), 24),
    ];
    let used: BTreeSet<&str> = occurring(download).iter().map(|it| it.unit.as_str()).collect();
    let units = download.catalogue.units.iter();
    let rows = units
        .filter(|unit| used.contains(unit.code.as_str()))
        .map(|unit| {
            vec![
                unit.code.clone(),
                unit.zh.clone(),
                unit.en_many.clone(),
                unit.dimension.clone(),
            ]
        });
    table(sheet, &heads, download.lang, rows)
}

fn sources(sheet: &mut Worksheet, download: &Download<'_>) -> Result<(), XlsxError> {
    for_people(sheet, download.pick(SOURCES), download.lang)?;
    let heads = [
        (Phrase::new("文件", "Document"), 70),
        (Phrase::new("发布者", "Publisher"), 30),
        (Phrase::new("发布日期", "Published"), 14),
        (Phrase::new("数据项数", "Figures"), 10),
    ];
    let mut documents: BTreeMap<(&str, &str, String), usize> = BTreeMap::new();
    for observation in download.observations {
        let sources = std::iter::once(&observation.source).chain(observation.other_sources.named());
        for Source {
            document,
            publisher,
            published,
            ..
        } in sources
        {
            *documents
                .entry((document, publisher, published.to_string()))
                .or_default() += 1;
        }
    }
    let rows = documents
        .into_iter()
        .map(|((document, publisher, published), count)| {
            vec![
                document.to_owned(),
                publisher.to_owned(),
                published,
                count.to_string(),
            ]
        });
    table(sheet, &heads, download.lang, rows)
}
