use super::List;
use crate::definitions::Catalogue;
use crate::period::Period;
use crate::read::observations as own;
use crate::write;
use crate::{Observation, OtherSources, Phrase};

/// Who maintains the structures: this program, and no authority that it could be taken for.
pub const AGENCY: &str = "FEDERATION_DASHBOARD";

/// The version of the structures (SDMX 3.0 counts as software does); data that it describes stays readable by a later one.
pub const VERSION: &str = "1.0.0";

/// The id of the one dataflow.
pub const DATAFLOW: &str = "OBSERVATIONS";

/// The id of its data structure definition.
pub const STRUCTURE: &str = "OBSERVATIONS";

/// The id of the concept scheme.
pub const CONCEPT_SCHEME: &str = "CONCEPTS";

/// What SDMX says where a dimension does not apply.
pub(super) const NOT_APPLICABLE: &str = "_Z";

/// What it says where something is there and not known: the first day of a window whose bounds the source leaves unstated.
pub(super) const UNKNOWN: &str = "_U";

/// A component of the data structure: a dimension, the measure or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// Its id in SDMX.
    pub id: &'static str,
    /// Its name.
    pub name: Phrase,
    /// The part it plays.
    pub part: Part,
    /// What its values are.
    pub form: Form,
    /// The column of our own files that says the same, by its place there.
    pub column: Option<usize>,
}

/// The part of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A dimension.
    Dimension,
    /// The dimension of time.
    Time,
    /// The measure.
    Measure,
    /// An attribute that follows from the indicator.
    OfIndicator,
    /// An attribute of the observation.
    OfObservation,
}

/// What the values of a component are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Codes of a list.
    Codes(List),
    /// Values of a data type of SDMX.
    Type(&'static str),
}

/// The components in the order of the data structure: what follows the sixth is no part of a key.
pub const CONCEPTS: [Concept; 24] = {
    use Form::{Codes, Type};
    use Part::{Dimension, Measure, OfIndicator, OfObservation, Time};
    const fn concept(
        id: &'static str,
        name: Phrase,
        part: Part,
        form: Form,
        column: Option<usize>,
    ) -> Concept {
        Concept {
            id,
            name,
            part,
            form,
            column,
        }
    }
    const fn name(zh: &'static str, en: &'static str) -> Phrase {
        Phrase::new(zh, en)
    }
    const TEXT: Form = Type("String");
    const DECIMAL: Form = Type("Decimal");
    [
        concept(
            "INDICATOR",
            name("指标", "Indicator"),
            Dimension,
            Codes(List::Indicator),
            Some(own::INDICATOR),
        ),
        concept(
            "REF_AREA",
            name("地区", "Reference area"),
            Dimension,
            Codes(List::RefArea),
            Some(own::ORG_UNIT),
        ),
        concept(
            "PERIOD_KIND",
            name("期间类型", "Kind of period"),
            Dimension,
            Codes(List::PeriodKind),
            Some(own::PERIOD_KIND),
        ),
        concept(
            "PERIOD_YEARS",
            name("年数", "Years in the period"),
            Dimension,
            TEXT,
            Some(own::PERIOD_YEARS),
        ),
        concept(
            "PERIOD_START",
            name("期间起", "Start of the window"),
            Dimension,
            TEXT,
            Some(own::PERIOD_START),
        ),
        concept(
            "TIME_PERIOD",
            name("期间止", "Time period"),
            Time,
            Type("ObservationalTimePeriod"),
            Some(own::PERIOD_END),
        ),
        concept(
            "OBS_VALUE",
            name("数值", "Observation value"),
            Measure,
            DECIMAL,
            Some(own::VALUE),
        ),
        concept(
            "OBS_STATUS",
            name("状态", "Observation status"),
            OfObservation,
            Codes(List::ObsStatus),
            Some(own::STATUS),
        ),
        concept(
            "QUALIFIER",
            name("限定", "Qualifier"),
            OfObservation,
            Codes(List::Qualifier),
            Some(own::QUALIFIER),
        ),
        concept(
            "SLACK",
            name("误差", "Slack"),
            OfObservation,
            DECIMAL,
            Some(own::SLACK),
        ),
        concept(
            "DENOMINATOR",
            name("总数", "Denominator"),
            OfObservation,
            DECIMAL,
            Some(own::DENOMINATOR),
        ),
        concept(
            "UNIT_MEASURE",
            name("单位", "Unit of measure"),
            OfIndicator,
            Codes(List::UnitMeasure),
            Some(own::UNIT),
        ),
        concept(
            "UNIT_MULT",
            name("数量级", "Unit multiplier"),
            OfObservation,
            Codes(List::UnitMult),
            Some(own::MULTIPLIER),
        ),
        concept(
            "DECIMALS",
            name("小数位数", "Decimals"),
            OfIndicator,
            Type("Integer"),
            None,
        ),
        concept(
            "PERIOD_BASIS",
            name("期间依据", "Basis of the period"),
            OfObservation,
            Codes(List::PeriodBasis),
            Some(own::PERIOD_BASIS),
        ),
        concept(
            "ORIGIN",
            name("取得方式", "Origin of the value"),
            OfObservation,
            Codes(List::Origin),
            Some(own::ORIGIN),
        ),
        concept(
            "SOURCE_DOCUMENT",
            name("来源文件", "Source document"),
            OfObservation,
            TEXT,
            Some(own::DOCUMENT),
        ),
        concept(
            "SOURCE_PUBLISHER",
            name("发布者", "Publisher of the source"),
            OfObservation,
            TEXT,
            Some(own::PUBLISHER),
        ),
        concept(
            "SOURCE_DATE",
            name("发布日期", "Date of the source"),
            OfObservation,
            Type("GregorianDay"),
            Some(own::PUBLISHED),
        ),
        concept(
            "SOURCE_PLACE",
            name("位置", "Place in the source"),
            OfObservation,
            TEXT,
            Some(own::PLACE),
        ),
        concept(
            "OTHER_SOURCES",
            name("其他来源", "Other sources, as JSON"),
            OfObservation,
            TEXT,
            None,
        ),
        concept(
            "SOURCE_COUNT",
            name("来源文件数", "Number of documents"),
            OfObservation,
            Type("Integer"),
            None,
        ),
        concept(
            "COMMENT_OBS",
            name("备注", "Comment"),
            OfObservation,
            TEXT,
            Some(own::COMMENT),
        ),
        concept(
            "VINTAGE",
            name("版本", "Vintage"),
            OfObservation,
            Type("Integer"),
            None,
        ),
    ]
};

impl Concept {
    /// Whether every observation has it.
    pub fn is_mandatory(&self) -> bool {
        const ALWAYS: [&str; 9] = [
            "OBS_STATUS",
            "UNIT_MEASURE",
            "UNIT_MULT",
            "DECIMALS",
            "PERIOD_BASIS",
            "ORIGIN",
            "SOURCE_DOCUMENT",
            "SOURCE_PUBLISHER",
            "SOURCE_DATE",
        ];
        matches!(self.part, Part::Dimension | Part::Time) || ALWAYS.contains(&self.id)
    }
}

/// An observation as a value of each of [`CONCEPTS`]; empty where there is nothing to say.
///
/// Free texts that a spreadsheet would take for a formula have an apostrophe before them, as in our own files.
pub fn cells(observation: &Observation, catalogue: &Catalogue) -> Vec<String> {
    let own = write::cells(observation, catalogue);
    let cell = |concept: &Concept| match (concept.id, concept.column) {
        ("PERIOD_YEARS", Some(column)) => or(&own[column], NOT_APPLICABLE),
        ("PERIOD_START", _) => start(&observation.key.period),
        ("UNIT_MULT", Some(column)) => or(&own[column], "0"),
        ("SOURCE_DOCUMENT", _) => write::safe(&observation.source.document),
        ("SOURCE_PUBLISHER", _) => write::safe(&observation.source.publisher),
        ("DECIMALS", _) => decimals(observation, catalogue),
        ("OTHER_SOURCES", _) => other_sources(&observation.other_sources),
        ("SOURCE_COUNT", _) => count(&observation.other_sources),
        ("VINTAGE", _) => observation.vintage.to_string(),
        (_, Some(column)) => own[column].clone(),
        (_, None) => String::new(),
    };
    CONCEPTS.iter().map(cell).collect()
}

/// A period as the values of its four dimensions: kind, years, start and end.
pub fn period_key(period: &Period) -> [String; 4] {
    let (kind, _, end, years) = write::period_cells(period);
    [kind.to_owned(), or(&years, NOT_APPLICABLE), start(period), end]
}

fn or(text: &str, otherwise: &str) -> String {
    match text {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    }
}

/// The first day of a window. That of a year or of its part follows from the time period.
fn start(period: &Period) -> String {
    match period {
        Period::Window { start, .. } => start.map_or(UNKNOWN.to_owned(), |start| start.to_string()),
        _ => NOT_APPLICABLE.to_owned(),
    }
}

fn decimals(observation: &Observation, catalogue: &Catalogue) -> String {
    let indicator = catalogue.indicator(&observation.key.indicator);
    indicator.map_or_else(String::new, |indicator| indicator.decimals.to_string())
}

fn other_sources(others: &OtherSources) -> String {
    match others.named() {
        [] => String::new(),
        named => serde_json::to_string(named).unwrap_or_default(),
    }
}

fn count(others: &OtherSources) -> String {
    others.count().map(|count| count.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::COLUMNS;

    #[test]
    fn every_column_of_our_own_files_has_a_concept() {
        let missing: Vec<&str> = (0..COLUMNS.len())
            .filter(|column| CONCEPTS.iter().all(|concept| concept.column != Some(*column)))
            .map(|column| COLUMNS[column].names[0])
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
