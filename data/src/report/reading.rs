use chrono::NaiveDate;

use super::{Issue, Place};
use crate::definitions::Catalogue;
use crate::{
    Decimal, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, Period, PeriodBasis,
    Source,
};

/// Which report is read.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The indicators and org units.
    pub catalogue: &'a Catalogue,
    /// The code of the unit that reports; its report speaks of it and of what is below it.
    pub org_unit: &'a str,
    /// The year reported.
    pub year: i32,
    /// The source of figures that name none.
    pub source: &'a Source,
    /// What people said of headers before: the header and the code of an indicator.
    pub mapping: &'a [(String, String)],
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The names of the sheets, by the numbers that [`Place::sheet`] has; a text's one is empty.
    pub sheets: Vec<String>,
    /// The figures, in the order of the file.
    pub figures: Vec<Figure>,
    /// What is wrong or worth a question.
    pub issues: Vec<Issue>,
    /// Columns whose header names nothing known though there are figures under it.
    pub unmapped: Vec<Unmapped>,
    /// How many rows with anything in them were read.
    pub rows: u32,
    /// The sources of the figures.
    pub sources: Vec<Source>,
}

/// One figure of a report: an [`Observation`] whose codes and source are given by place, some 150 bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Where it stands.
    pub place: Place,
    /// The indicator's place in the catalogue.
    pub indicator: usize,
    /// The org unit's place in the catalogue.
    pub org_unit: usize,
    /// The period.
    pub period: Period,
    /// The value; none where the status says that it is missing.
    pub value: Option<ObservationValue>,
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// The status.
    pub status: ObservationStatus,
    /// How the value came out of its source.
    pub origin: Origin,
    /// Whether the source states the period.
    pub period_basis: PeriodBasis,
    /// Its place in [`Reading::sources`].
    pub source: usize,
    /// A remark for the reader.
    pub comment: Option<Box<str>>,
}

/// A column that a person must say the meaning of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unmapped {
    /// Where its first figure stands.
    pub place: Place,
    /// Its header.
    pub header: String,
}

impl Reading {
    /// A figure as an observation that is not published yet.
    pub fn observation(&self, figure: &Figure, catalogue: &Catalogue) -> Observation {
        Observation {
            key: ObservationKey {
                indicator: catalogue.indicators[figure.indicator].code.clone(),
                org_unit: catalogue.org_units.all()[figure.org_unit].code.clone(),
                period: figure.period,
            },
            value: figure.value,
            denominator: figure.denominator,
            status: figure.status,
            origin: figure.origin,
            period_basis: figure.period_basis,
            source: self.sources[figure.source].clone(),
            other_sources: crate::OtherSources::default(),
            comment: figure.comment.as_deref().map(str::to_owned),
            vintage: 0,
        }
    }

    /// All figures as observations.
    pub fn observations(&self, catalogue: &Catalogue) -> Vec<Observation> {
        self.figures
            .iter()
            .map(|figure| self.observation(figure, catalogue))
            .collect()
    }
}

/// The source of a report that names none: its own title, its unit's federation, and the day it came in.
pub fn usual_source(catalogue: &Catalogue, org_unit: &str, year: i32, day: NaiveDate) -> Source {
    let name = catalogue
        .org_units
        .get(org_unit)
        .map_or(org_unit, |unit| &unit.name.zh);
    Source {
        document: format!("{name}工商联{year}年度报表"),
        publisher: format!("{name}工商联"),
        published: day,
        place: String::new(),
    }
}
