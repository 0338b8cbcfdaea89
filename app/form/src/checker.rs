//! A report checked by the code that the server checks it with: what this finds, the server finds.

use std::sync::Arc;

use data::api::{Definitions, Form, FormBasis};
use data::definitions::Catalogue;
use data::report::block::block;
use data::report::check::{Checked, found};
use data::report::compare::Differences;
use data::report::{About, Context, Issue, Place, Reader, Severity, Unmapped, usual_source};
use data::sheet::{Cell, text};
use data::{Dataset, Lang, Source};
use serde::{Deserialize, Serialize};

use crate::worker::Pasted;

/// What reports of a unit and year are checked with.
#[derive(Debug)]
pub struct Checker {
    published: Dataset,
    basis: FormBasis,
    lang: Lang,
}

/// What was found in a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// How many figures could be read.
    pub figures: usize,
    /// How many rows with anything in them there are.
    pub rows: u32,
    /// What is wrong or worth a question, in the order of the report.
    pub issues: Vec<Told>,
    /// Columns that a person must say the meaning of.
    pub unmapped: Vec<Unmapped>,
    /// What it would change; none where not all is known that it is compared with.
    pub changes: Option<Changes>,
}

/// How many figures would change what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Published for the first time.
    pub added: usize,
    /// Published otherwise.
    pub changed: usize,
    /// Published exactly so.
    pub unchanged: usize,
}

/// An issue in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Where.
    pub place: Place,
    /// The same as spreadsheets name it.
    pub cell: String,
    /// The figure it is about.
    pub about: Option<About>,
    /// Which kind of problem.
    pub code: String,
    /// How it stands out: the class in HTML.
    pub class: String,
    /// Whether it keeps the report from being sent.
    pub is_error: bool,
    /// What was found, and what would be right.
    pub message: String,
}

impl Checker {
    /// A checker that speaks a language.
    pub fn new(definitions: Definitions, mut basis: FormBasis, lang: Lang) -> Checker {
        let catalogue = Arc::new(Catalogue::from(definitions));
        let figures = std::mem::take(&mut basis.figures);
        Checker {
            published: Dataset::new(String::new(), catalogue, figures),
            basis,
            lang,
        }
    }

    /// The language that it speaks.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Checks a form. Row 0 of it is line 2 of the file that the server makes of it.
    pub fn form(&self, form: &Form) -> Findings {
        let org_unit = &self.basis.org_unit;
        self.read(&form.csv(), |issue| issue.in_line(org_unit, self.lang))
    }

    /// Which lines of the form a pasted block names.
    pub fn pasted(&self, cells: Vec<Vec<String>>) -> Pasted {
        let source = self.source();
        let rows = cells
            .iter()
            .map(|row| row.iter().map(|cell| Cell::of_text(cell)).collect());
        let rows: Vec<Vec<Cell<'_>>> = rows.collect();
        match block(&rows, &self.context(&source)) {
            None => Pasted {
                bare: Some(cells),
                ..Pasted::default()
            },
            Some(Err(unclear)) => Pasted {
                refused: Some(unclear.advice().get(self.lang).to_owned()),
                ..Pasted::default()
            },
            Some(Ok(block)) => Pasted {
                lines: block
                    .lines
                    .into_iter()
                    .map(|line| (line.indicator, line.value, line.comment))
                    .collect(),
                unknown: block.unknown,
                ..Pasted::default()
            },
        }
    }

    fn source(&self) -> Source {
        let basis = &self.basis;
        let catalogue = &self.published.catalogue;
        usual_source(catalogue, &basis.org_unit, basis.year, basis.today)
    }

    fn context<'a>(&'a self, source: &'a Source) -> Context<'a> {
        Context {
            catalogue: &self.published.catalogue,
            org_unit: &self.basis.org_unit,
            year: self.basis.year,
            source,
            mapping: &self.basis.mapping,
        }
    }

    /// Checks the text of a file.
    pub fn text(&self, text: &str) -> Findings {
        self.read(text, |issue| issue.problem.message(self.lang))
    }

    fn read(&self, text: &str, words: impl Fn(&Issue) -> String) -> Findings {
        let (basis, source) = (&self.basis, self.source());
        let context = self.context(&source);
        let mut reader = Reader::new(context);
        reader.sheet("");
        text::rows(text, |line, cells| reader.row(line, cells));
        let reading = reader.finish();
        let issues = found(&Checked {
            context: &context,
            reading: &reading,
            published: &self.published,
            today: basis.today,
        });
        let changes = basis
            .is_whole
            .then(|| Changes::of(&Differences::of(&context, &reading, &self.published, u32::MAX)));
        Findings {
            figures: reading.figures.len(),
            rows: reading.rows,
            issues: issues.iter().map(|issue| told(issue, words(issue))).collect(),
            unmapped: reading.unmapped,
            changes,
        }
    }
}

impl Changes {
    fn of(differences: &Differences) -> Changes {
        let counts = differences.counts();
        Changes {
            added: counts.added,
            changed: counts.changed,
            unchanged: differences.unchanged,
        }
    }
}

fn told(issue: &Issue, message: String) -> Told {
    Told {
        place: issue.place,
        cell: issue.place.to_string(),
        about: issue.about.clone(),
        code: issue.problem.code().to_owned(),
        class: issue.mark().class().to_owned(),
        is_error: issue.severity() == Severity::Error,
        message,
    }
}

#[cfg(test)]
mod tests {
    use data::api::FormFigure;
    use data::definitions::BUILT_IN;

    use super::*;

    fn checker() -> Checker {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let definitions = Definitions {
            org_units: catalogue.org_units.all().to_vec(),
            groups: catalogue.groups,
            units: catalogue.units,
            indicators: catalogue.indicators,
        };
        let basis = r#"{"org_unit":"371482","year":2023,"vintage":1,"today":"2024-01-05","mapping":[["交税的企业","taxpaying_firms"]],
            "figures":[],"is_whole":true}"#;
        Checker::new(definitions, serde_json::from_str(basis).unwrap(), Lang::Zh)
    }

    fn check(findings: &Findings, figures: usize, expected: &[&str]) {
        let told = findings
            .issues
            .iter()
            .map(|told| format!("{} {}", told.cell, told.code));
        assert_eq!(
            (findings.figures, told.collect::<Vec<_>>()),
            (figures, expected.iter().map(|one| (*one).to_owned()).collect())
        );
    }

    #[test]
    fn line_0_of_a_form_is_line_2_of_its_file() {
        let line = |indicator: &str, value: &str| FormFigure {
            indicator: indicator.into(),
            value: value.into(),
            ..FormFigure::default()
        };
        let figures = vec![
            line("taxpaying_firms", "五百"),
            line("training_sessions", "230余"),
        ];
        let findings = checker().form(&Form {
            vintage: None,
            figures,
        });
        check(&findings, 1, &["C2 not_a_number"]);
        assert_eq!(findings.changes.map(|changes| changes.added), Some(1));
    }

    #[test]
    fn what_people_said_of_headers_is_known_here_too() {
        check(&checker().text("指标,数值\n交税的企业,7200\n"), 1, &[]);
        check(
            &checker().text("指标,数值\n别的企业,7200\n"),
            0,
            &["A2 unknown_indicator"],
        );
    }
}
