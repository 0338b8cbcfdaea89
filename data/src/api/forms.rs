//! What a browser needs to check a report by the code that the server checks it with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::definitions::Catalogue;
use crate::{Indicator, IndicatorGroup, Observation, OrgUnit, OrgUnits, UnitMeasure};

/// `GET /definitions`: everything that figures refer to, in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Definitions {
    /// The groups, in the order in which they are shown.
    pub groups: Vec<IndicatorGroup>,
    /// The units of measure.
    pub units: Vec<UnitMeasure>,
    /// The indicators, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
    /// The org units, in the order of the code list.
    pub org_units: Vec<OrgUnit>,
}

impl From<Definitions> for Catalogue {
    fn from(definitions: Definitions) -> Catalogue {
        let org_units = OrgUnits::new(definitions.org_units);
        Catalogue::new(
            definitions.groups,
            definitions.units,
            definitions.indicators,
            org_units,
        )
    }
}

/// `GET /forms/{org-unit}/{year}`: what a report of a unit and year is checked with, beside the definitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormBasis {
    /// The code of the unit.
    pub org_unit: String,
    /// The year reported.
    pub year: i32,
    /// The newest vintage of what is published: a form that is drawn beside it sends it back.
    pub vintage: u32,
    /// The day on the server's calendar: a browser's clock may be wrong.
    #[serde(with = "crate::period::day")]
    #[cfg_attr(feature = "schema", schemars(with = "chrono::NaiveDate"))]
    pub today: NaiveDate,
    /// What people of the unit said that headers mean: a header and the code of an indicator.
    pub mapping: Vec<(String, String)>,
    /// What is published of the unit, and of those below it where `is_whole`.
    pub figures: Vec<Observation>,
    /// Whether `figures` has those of the units below: where they are too many to be sent, a table of theirs is compared
    /// with what is published when it was uploaded.
    pub is_whole: bool,
}

/// `GET /submissions/{id}/form`: a report as the rows of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormContent {
    /// The revision that this is: what `If-Match` names when it is replaced.
    pub revision: u32,
    /// The newest vintage when it was made: what was published since whoever made it has not seen.
    pub vintage: u32,
    /// Row by row.
    pub figures: Vec<super::FormFigure>,
}
