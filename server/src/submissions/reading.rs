//! The bytes of a file to what a submission holds, and back.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::atomic::Ordering;
use std::thread;

use chrono::NaiveDate;
use data::definitions::Catalogue;
use data::report::check::{Checked, found};
use data::report::{Context, Issue, Reader, Reading, Unmapped, usual_source};
use data::sheet::Cell;
use data::{Dataset, Observation, Source, sheet, write};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::sheets::{self, Sink, Unreadable};
use crate::store::Content;
use crate::uploads::Progress;

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

/// What was read of a file: what there is to say of it, what is stored, and its figures.
#[derive(Debug)]
pub struct Found {
    /// What is wrong or worth a question.
    pub findings: Findings,
    /// What is stored.
    pub content: Content,
    /// The figures.
    pub reading: Reading,
}

/// Reads a file of any kind and checks it against what is published.
pub fn read(
    file: &File,
    report: &Report,
    published: &Dataset,
    progress: &Progress,
) -> Result<Found, Unreadable> {
    let source = report.source(published);
    let context = report.context(published, &source);
    let mut reader = Counting {
        reader: Reader::new(context),
        progress,
    };
    sheets::read(file, &mut reader)?;
    let mut reading = reader.reader.finish();
    progress.is_read.store(true, Ordering::Relaxed);
    // The figures are written out beside the rules that look at them: either takes as long as the other.
    let (figures, issues) = thread::scope(|scope| {
        let writing = scope.spawn(|| written(&reading, &published.catalogue));
        let issues = found(&Checked {
            context: &context,
            reading: &reading,
            published,
            today: report.today,
        });
        (writing.join(), issues)
    });
    reading.issues.clear();
    let findings = Findings {
        sheets: std::mem::take(&mut reading.sheets),
        issues,
        unmapped: std::mem::take(&mut reading.unmapped),
    };
    let figures = figures.map_err(|_| Unreadable::NoReader)?;
    let content = content(figures, &findings, reading.figures.len()).map_err(|error| {
        tracing::error!(%error, "what was read cannot be written");
        Unreadable::NoReader
    })?;
    Ok(Found {
        findings,
        content,
        reading,
    })
}

/// Counts the rows that go by.
struct Counting<'a> {
    reader: Reader<'a>,
    progress: &'a Progress,
}

impl Sink for Counting<'_> {
    fn sheet(&mut self, name: &str) {
        self.reader.sheet(name);
    }

    fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        self.progress.rows.fetch_add(1, Ordering::Relaxed);
        self.reader.row(number, cells);
    }
}

/// How many figures are written at once: their texts are of their own while that takes.
const CHUNK: usize = 2048;

/// The figures as CSV, compressed as they are written.
fn written(reading: &Reading, catalogue: &Catalogue) -> io::Result<Vec<u8>> {
    let mut figures = GzEncoder::new(Vec::new(), Compression::fast());
    figures.write_all(&write::csv_header())?;
    for chunk in reading.figures.chunks(CHUNK) {
        let chunk: Vec<Observation> = chunk
            .iter()
            .map(|figure| reading.observation(figure, catalogue))
            .collect();
        figures.write_all(&write::csv_rows(&chunk, catalogue))?;
    }
    figures.finish()
}

fn content(figures: io::Result<Vec<u8>>, findings: &Findings, count: usize) -> Result<Content, Spoilt> {
    let findings = serde_json::to_vec(findings).map_err(|error| Spoilt(error.to_string()))?;
    Ok(Content {
        figures: figures.map_err(|error| Spoilt(error.to_string()))?,
        findings: compressed(&findings)?,
        figure_count: count as i64,
    })
}

/// The figures of a stored content. It is in the columns of an export, and what people said of headers since has no part in
/// it: a revision never changes.
pub fn figures(content: &Content, report: &Report, published: &Dataset) -> Result<Reading, Spoilt> {
    let csv =
        String::from_utf8(decompressed(&content.figures)?).map_err(|error| Spoilt(error.to_string()))?;
    let source = report.source(published);
    let mut reader = Reader::of_written(Context {
        mapping: &[],
        ..report.context(published, &source)
    });
    reader.sheet("");
    sheet::text::rows(&csv, |line, cells| reader.row(line, cells));
    let reading = reader.finish();
    let count = reading.figures.len();
    if count as i64 != content.figure_count {
        return Err(Spoilt(format!("{count} of {} figures", content.figure_count)));
    }
    Ok(reading)
}

/// The findings of a stored content.
pub fn findings(content: &Content) -> Result<Findings, Spoilt> {
    serde_json::from_slice(&decompressed(&content.findings)?).map_err(|error| Spoilt(error.to_string()))
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
    use crate::uploads::Upload;

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

    fn found(bytes: &[u8]) -> Found {
        let upload = Upload::of_bytes(bytes).unwrap();
        read(&upload.file, &report(), &published(), &Progress::default()).unwrap()
    }

    #[test]
    fn what_is_stored_of_a_file_comes_back_whole() {
        let found = found(SAMPLE);
        let back = figures(&found.content, &report(), &published()).unwrap();
        let mut back = back.observations(&catalogue());
        crate::store::sort(&mut back);
        assert_eq!(back, sample());
        assert_eq!(findings(&found.content).unwrap(), found.findings);
    }

    #[test]
    fn what_is_wrong_is_named_at_its_cell() {
        let text = "指标,数值\n培训场次,很多\n统战大讲堂期数,8\n";
        let found = found(text.as_bytes());
        let issues: Vec<String> = found
            .findings
            .issues
            .iter()
            .map(|issue| format!("{} {}", issue.place, issue.problem.code()))
            .collect();
        assert_eq!(
            (issues, found.content.figure_count),
            (vec!["B2 not_a_number".to_owned()], 1)
        );
    }

    #[test]
    fn a_content_that_lost_a_figure_is_not_taken_for_the_whole() {
        let mut content = found(SAMPLE).content;
        content.figure_count += 1;
        assert!(figures(&content, &report(), &published()).is_err());
    }
}
