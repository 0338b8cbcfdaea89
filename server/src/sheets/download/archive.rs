//! Figures as an archive of files that any program reads, with what makes them true beside them.

use std::io::{self, Cursor, Write};

use data::exchange::{About, csvw};
use data::{Indicator, IndicatorGroup, Lang, OrgUnit, UnitMeasure, write};
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::about::{lines, occurring};
use super::{Download, plan};

/// What the figures refer to.
#[derive(Serialize)]
struct Metadata<'a> {
    title: &'a data::Names,
    dataset: &'a str,
    groups: Vec<&'a IndicatorGroup>,
    indicators: Vec<&'a Indicator>,
    units: Vec<&'a UnitMeasure>,
    org_units: Vec<&'a OrgUnit>,
}

/// The archive of a download: a readme in both languages, the figures as they are imported, what they count, and all that
/// their codes mean. The same download is the same bytes: the files are of no day.
pub fn archive(download: &Download<'_>) -> io::Result<Vec<u8>> {
    let files = [
        ("README.txt", readme(download)),
        ("data.csv", write::csv(download.observations, download.catalogue)),
        ("definitions.csv", definitions(download)),
        ("data.csv-metadata.json", columns(download)),
        ("metadata.json", serde_json::to_vec_pretty(&metadata(download))?),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in files {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What the columns of the figures are, where CSV on the Web looks for it.
fn columns(download: &Download<'_>) -> Vec<u8> {
    let about = About {
        lang: download.lang,
        version: download.version,
        published_at: None,
    };
    csvw::metadata("data.csv", download.catalogue, about)
}

/// With a byte order mark, by which the editors of Windows know UTF-8, and its ends of lines.
fn readme(download: &Download<'_>) -> Vec<u8> {
    let mut text = "\u{feff}".to_owned();
    for lang in [Lang::Zh, Lang::En] {
        let download = Download {
            lang,
            ..download.clone()
        };
        let title = download.name(&download.title).to_owned();
        let lines = lines(&download).into_iter().chain([files(lang)]);
        for line in [title, String::new()]
            .into_iter()
            .chain(lines)
            .chain([String::new()])
        {
            text += &line;
            text += "\r\n";
        }
    }
    text.into_bytes()
}

fn files(lang: Lang) -> String {
    lang.pick(
        "data.csv：数据，可原样上传；data.csv-metadata.json：各列的说明（CSVW）；definitions.csv：所含指标的定义；metadata.json：指标、计量单位、地区的全部说明。",
        "data.csv: the figures, to be uploaded as they are; data.csv-metadata.json: what its columns are (CSVW); definitions.csv: what the indicators count; metadata.json: all there is to say of indicators, units of measure and areas.",
    )
    .to_owned()
}

fn definitions(download: &Download<'_>) -> Vec<u8> {
    const HEADER: [&str; 8] = [
        "code",
        "name_zh",
        "name_en",
        "unit_zh",
        "unit_en",
        "definition_zh",
        "definition_en",
        "definition_version",
    ];
    let mut out = b"\xEF\xBB\xBF".to_vec();
    write::push_row(&mut out, HEADER.iter().map(|name| (*name).to_owned()));
    for indicator in occurring(download) {
        let unit = |lang| {
            let download = Download {
                lang,
                ..download.clone()
            };
            plan::unit_words(&download, indicator)
        };
        let cells = [
            indicator.code.clone(),
            indicator.name.zh.clone(),
            indicator.name.en.clone(),
            unit(Lang::Zh),
            unit(Lang::En),
            indicator.definition.zh.clone(),
            indicator.definition.en.clone(),
            indicator.definition_version.to_string(),
        ];
        write::push_row(&mut out, cells.iter().map(|cell| write::safe(cell)));
    }
    out
}

fn metadata<'a>(download: &'a Download<'a>) -> Metadata<'a> {
    let indicators = occurring(download);
    let catalogue = download.catalogue;
    let has = |is: &dyn Fn(&Indicator) -> bool| indicators.iter().any(|indicator| is(indicator));
    let mut places: Vec<usize> = download
        .observations
        .iter()
        .filter_map(|o| catalogue.org_units.index(&o.key.org_unit))
        .collect();
    places.sort_unstable();
    places.dedup();
    Metadata {
        title: &download.title,
        dataset: download.version,
        groups: catalogue
            .groups
            .iter()
            .filter(|group| has(&|it| it.group == group.code))
            .collect(),
        units: catalogue
            .units
            .iter()
            .filter(|unit| has(&|it| it.unit == unit.code))
            .collect(),
        org_units: places
            .into_iter()
            .map(|place| &catalogue.org_units.all()[place])
            .collect(),
        indicators,
    }
}
