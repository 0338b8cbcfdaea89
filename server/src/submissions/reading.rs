//! The bytes of a file to what a submission holds, and back.

use std::io::{Read, Write};

use chrono::NaiveDate;
use data::report::check::{Checked, found};
use data::report::{Context, Issue, Reader, Unmapped, usual_source};
use data::{Dataset, Observation, Source, sheet, write};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::sheets::{self, Unreadable};
use crate::store::{Content, SentFile};

/// Which report a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The unit whose report it is.
    pub org_unit: String,
    /// The year.
    pub year: i32,
    /// What people said that headers mean.
    pub mapping: Vec<(String, String)>,
    /// The day it came in.
    pub today: NaiveDate,
}

/// What was found in a file, beside its figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// The names of the sheets.
    pub sheets: Vec<String>,
    /// What is wrong or worth a question.
    pub issues: Vec<Issue>,
    /// Columns that nobody knows.
    pub unmapped: Vec<Unmapped>,
}

/// A report that came back from the store and cannot be read, which is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the stored content of a submission cannot be read: {0}")]
pub struct Spoilt(String);

/// Reads a file of any kind and checks it against what is published.
pub fn read(bytes: &[u8], report: &Report, published: &Dataset) -> Result<(Findings, Content), Unreadable> {
    let source = report.source(published);
    let context = report.context(published, &source);
    let mut reader = Reader::new(context);
    sheets::read(bytes, &mut reader)?;
    let reading = reader.finish();
    let issues = found(&Checked {
        context: &context,
        reading: &reading,
        published,
        today: report.today,
    });
    let figures = reading.observations(&published.catalogue);
    let findings = Findings {
        sheets: reading.sheets,
        issues,
        unmapped: reading.unmapped,
    };
    let content = content(&figures, &findings, published).map_err(|_| Unreadable::NoReader)?;
    Ok((findings, content))
}

fn content(figures: &[Observation], findings: &Findings, published: &Dataset) -> Result<Content, Spoilt> {
    let findings = serde_json::to_vec(findings).map_err(|error| Spoilt(error.to_string()))?;
    Ok(Content {
        figures: compressed(&write::csv(figures, &published.catalogue))?,
        findings: compressed(&findings)?,
        figure_count: figures.len() as i64,
    })
}

/// The figures of a stored content.
pub fn figures(content: &Content, report: &Report, published: &Dataset) -> Result<Vec<Observation>, Spoilt> {
    let csv =
        String::from_utf8(decompressed(&content.figures)?).map_err(|error| Spoilt(error.to_string()))?;
    let source = report.source(published);
    let mut reader = Reader::new(report.context(published, &source));
    reader.sheet("");
    sheet::text::rows(&csv, |line, cells| reader.row(line, cells));
    let figures = reader.finish().observations(&published.catalogue);
    if figures.len() as i64 != content.figure_count {
        return Err(Spoilt(format!(
            "{} of {} figures",
            figures.len(),
            content.figure_count
        )));
    }
    Ok(figures)
}

/// The findings of a stored content.
pub fn findings(content: &Content) -> Result<Findings, Spoilt> {
    serde_json::from_slice(&decompressed(&content.findings)?).map_err(|error| Spoilt(error.to_string()))
}

/// A file with the hash by which it is known again.
pub fn sent_file(name: String, content: Vec<u8>) -> SentFile {
    let hash = Sha256::digest(&content);
    SentFile {
        name,
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        content,
    }
}

impl Report {
    /// The source of figures that name none.
    pub fn source(&self, published: &Dataset) -> Source {
        usual_source(&published.catalogue, &self.org_unit, self.year, self.today)
    }

    /// What a reader or a comparison must know of it.
    pub fn context<'a>(&'a self, published: &'a Dataset, source: &'a Source) -> Context<'a> {
        Context {
            catalogue: &published.catalogue,
            org_unit: &self.org_unit,
            year: self.year,
            source,
            mapping: &self.mapping,
        }
    }
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>, Spoilt> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_err(|error| Spoilt(error.to_string()))
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, Spoilt> {
    let mut whole = Vec::new();
    let read = GzDecoder::new(bytes).read_to_end(&mut whole);
    read.map(|_| whole).map_err(|error| Spoilt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use data::definitions::SAMPLE;

    use super::*;
    use crate::store::tests::{catalogue, sample};

    fn report() -> Report {
        Report {
            org_unit: "371482".into(),
            year: 2022,
            mapping: Vec::new(),
            today: NaiveDate::from_ymd_opt(2023, 1, 15).unwrap(),
        }
    }

    fn published() -> Dataset {
        Dataset::new("0".into(), catalogue(), Vec::new())
    }

    #[test]
    fn what_is_stored_of_a_file_comes_back_whole() {
        let (findings_read, content) = read(SAMPLE, &report(), &published()).unwrap();
        let mut back = figures(&content, &report(), &published()).unwrap();
        crate::store::sort(&mut back);
        assert_eq!(back, sample());
        assert_eq!(findings(&content).unwrap(), findings_read);
    }

    #[test]
    fn what_is_wrong_is_named_at_its_cell() {
        let text = "指标,数值\n培训场次,很多\n统战大讲堂期数,8\n";
        let (found, content) = read(text.as_bytes(), &report(), &published()).unwrap();
        let issues: Vec<String> = found
            .issues
            .iter()
            .map(|issue| format!("{} {}", issue.place, issue.problem.code()))
            .collect();
        assert_eq!(
            (issues, content.figure_count),
            (vec!["B2 not_a_number".to_owned()], 1)
        );
    }

    #[test]
    fn a_content_that_lost_a_figure_is_not_taken_for_the_whole() {
        let (_, mut content) = read(SAMPLE, &report(), &published()).unwrap();
        content.figure_count += 1;
        assert!(figures(&content, &report(), &published()).is_err());
    }
}
