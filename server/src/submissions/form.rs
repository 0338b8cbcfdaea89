//! A report as the rows of a form.

use std::collections::HashSet;

use data::api::{Form, FormContent, FormFigure};
use data::definitions::Catalogue;
use data::report::{Reader, Severity};
use data::sheet::number::{Printed, printed};
use data::sheet::text;
use data::{
    Dataset, Decimal, IndicatorKind, Lang, Observation, ObservationStatus, ObservationValue, UnitMultiplier,
    format,
};

use super::desk::{Desk, year};
use super::left::blocking;
use super::reading::{self, Report, Spoilt};
use super::trouble::Trouble;
use crate::store::Filed;

impl Desk<'_> {
    /// A report as the rows of a form; `None` where a form would lose some of it.
    pub async fn form(&self, filed: &Filed) -> Result<Option<FormContent>, Trouble> {
        let revision = u32::try_from(filed.revision).unwrap_or_default();
        let form = match filed.file.is_empty() {
            true => self.typed(filed).await?,
            false => self.of_file(filed).await?,
        };
        Ok(form.map(|form| FormContent {
            revision,
            vintage: u32::try_from(filed.base_vintage).unwrap_or_default(),
            figures: form.figures,
        }))
    }

    /// What came as a form is kept as it was typed, right or wrong; nothing where a program typed what the page has no
    /// line for, as its next autosave would drop that.
    async fn typed(&self, filed: &Filed) -> Result<Option<Form>, Trouble> {
        let mut csv = Vec::new();
        for number in 0.. {
            let piece = self.store.file_piece(&filed.id, filed.revision, number).await?;
            let Some(piece) = piece else { break };
            csv.extend(piece);
        }
        let csv = String::from_utf8(csv).ok();
        let form = csv.and_then(|csv| Form::of_csv(&csv));
        Ok(form.filter(|form| fits(form, &filed.org_unit, &self.published.catalogue)))
    }

    /// What came as a file, written as a clerk would type it; nothing where that would not be the same report.
    async fn of_file(&self, filed: &Filed) -> Result<Option<Form>, Trouble> {
        let findings = self.findings(filed).await?;
        if findings
            .issues
            .iter()
            .any(|issue| issue.severity() == Severity::Error)
        {
            return Ok(None);
        }
        let report = self.report(&filed.org_unit, year(filed)).await?;
        let content = self.store.submission_content(&filed.id, filed.revision).await?;
        let content = content.ok_or(Trouble::NotFound)?;
        let published = self.published.clone();
        let making = move || {
            let figures = reading::figures(&content, &report, &published)?.observations(&published.catalogue);
            let form = written(&figures, &report, &published.catalogue);
            Ok::<_, Spoilt>(form.filter(|form| is_same(form, &figures, &report, &published)))
        };
        Ok(blocking(making).await??)
    }
}

/// Whether the page has a line for each row: one for each reported indicator of the unit itself.
fn fits(form: &Form, org_unit: &str, catalogue: &Catalogue) -> bool {
    let mut seen = HashSet::new();
    form.figures.iter().all(|figure| {
        let is_own = figure.org_unit.is_empty() || figure.org_unit == org_unit;
        let indicator = catalogue.indicator(&figure.indicator);
        let has_line = indicator.is_some_and(|indicator| indicator.kind == IndicatorKind::Reported);
        is_own && has_line && seen.insert(figure.indicator.as_str())
    })
}

/// Figures as the rows of a form, where all of them are the unit's own.
fn written(figures: &[Observation], report: &Report, catalogue: &Catalogue) -> Option<Form> {
    let rows = figures.iter().map(|figure| {
        let is_own = figure.key.org_unit == report.org_unit;
        is_own.then(|| FormFigure {
            indicator: figure.key.indicator.clone(),
            value: typed(figure, catalogue),
            comment: figure.comment.clone().unwrap_or_default(),
            ..FormFigure::default()
        })
    });
    let figures: Option<Vec<FormFigure>> = rows.collect();
    figures.map(|figures| Form {
        vintage: None,
        figures,
    })
}

/// A figure as a clerk would type it.
fn typed(figure: &Observation, catalogue: &Catalogue) -> String {
    let Some(value) = &figure.value else {
        return match figure.status {
            ObservationStatus::M => "不适用".to_owned(),
            ObservationStatus::L => "未统计".to_owned(),
            _ => "—".to_owned(),
        };
    };
    let indicator = catalogue.indicator(&figure.key.indicator);
    let unit = indicator.and_then(|indicator| catalogue.unit(&indicator.unit));
    let usual = indicator
        .zip(unit)
        .map(|(indicator, unit)| format::written(value, unit, indicator.decimals, Lang::Zh).without_unit());
    let digits = value.number().to_string();
    let candidates = std::iter::once(digits.clone()).chain(usual).chain(rounded(value));
    candidates
        .into_iter()
        .find(|text| reads_as(text, value))
        .unwrap_or(digits)
}

/// A number in 万 and 亿 with as many digits as may have been printed: 2.69万 and 2.690万 do not claim the same.
fn rounded(value: &ObservationValue) -> impl Iterator<Item = String> {
    let number = value.number();
    [("万", 4), ("亿", 8)].into_iter().flat_map(move |(word, zeros)| {
        let scaled = Decimal::new(number.mantissa(), number.scale() + zeros);
        (0..=zeros).filter_map(move |decimals| Some(format!("{}{word}", format::number(scaled?, decimals))))
    })
}

fn reads_as(text: &str, value: &ObservationValue) -> bool {
    match printed(text) {
        Ok(Printed::Number(read)) => read.value(UnitMultiplier::Ones).as_ref() == Ok(value),
        _ => false,
    }
}

/// Whether the form says what the figures say, all of it and no more: it is read as the server would read it.
fn is_same(form: &Form, figures: &[Observation], report: &Report, published: &Dataset) -> bool {
    let source = report.source(published);
    let mut reader = Reader::new(report.context(published, &source));
    reader.sheet("");
    text::rows(&form.csv(), |line, cells| reader.row(line, cells));
    let read = reader.finish().observations(&published.catalogue);
    let told = |figure: &Observation| {
        let mut figure = figure.clone();
        // The report is of another day then, and itself all the same.
        figure.source.published = report.today;
        figure
    };
    read.len() == figures.len() && figures.iter().zip(&read).all(|(a, b)| told(a) == told(b))
}
