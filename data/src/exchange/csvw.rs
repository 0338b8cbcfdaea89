//! CSV on the Web (W3C): what the columns of our own files are, for programs.

use serde_json::{Value, json};

use super::{About, CONCEPTS, List};
use crate::definitions::Catalogue;
use crate::read::{COLUMNS, observations as own};

/// The metadata of the file of observations at an address, which may be relative to that of the metadata.
pub fn metadata(url: &str, catalogue: &Catalogue, about: About<'_>) -> Vec<u8> {
    let columns: Vec<Value> = (0..COLUMNS.len())
        .map(|at| column(at, catalogue, about))
        .collect();
    let key = [
        own::INDICATOR,
        own::ORG_UNIT,
        own::PERIOD_KIND,
        own::PERIOD_START,
        own::PERIOD_END,
        own::PERIOD_YEARS,
    ];
    let mut table = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about.lang.code()}],
        "@type": "Table",
        "url": url,
        "dc:title": {"zh": "工商联年报数据", "en": "Figures of federations of industry and commerce"},
        "dc:identifier": about.version,
        "dialect": {"encoding": "utf-8", "header": true, "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {
            "columns": columns,
            "primaryKey": key.map(|at| COLUMNS[at].names[0]),
        },
    });
    if let Some(published_at) = about.published_at {
        table["dc:modified"] = json!({"@value": published_at, "@type": "xsd:dateTime"});
    }
    format!("{table:#}\n").into_bytes()
}

fn column(at: usize, catalogue: &Catalogue, about: About<'_>) -> Value {
    let name = COLUMNS[at].names[0];
    let concept = CONCEPTS.iter().find(|concept| concept.column == Some(at));
    let mut body = json!({
        "name": name,
        "titles": name,
        "datatype": datatype(at, catalogue),
        "required": ALWAYS.contains(&at),
    });
    if let Some(concept) = concept {
        body["dc:description"] = concept.name.get(about.lang).into();
    }
    if let Some(property) = PROPERTIES.iter().find(|(column, _)| *column == at) {
        body["propertyUrl"] = format!("http://purl.org/linked-data/sdmx/2009/{}", property.1).into();
    }
    body
}

/// Columns that are filled in every row that we write.
const ALWAYS: [usize; 11] = [
    own::INDICATOR,
    own::ORG_UNIT,
    own::UNIT,
    own::PERIOD_KIND,
    own::PERIOD_END,
    own::PERIOD_BASIS,
    own::STATUS,
    own::ORIGIN,
    own::DOCUMENT,
    own::PUBLISHER,
    own::PUBLISHED,
];

/// What SDMX calls the same, in its vocabulary for linked data.
const PROPERTIES: [(usize, &str); 6] = [
    (own::ORG_UNIT, "dimension#refArea"),
    (own::PERIOD_END, "dimension#timePeriod"),
    (own::VALUE, "measure#obsValue"),
    (own::UNIT, "attribute#unitMeasure"),
    (own::MULTIPLIER, "attribute#unitMult"),
    (own::STATUS, "attribute#obsStatus"),
];

fn datatype(at: usize, catalogue: &Catalogue) -> Value {
    match at {
        own::VALUE | own::DENOMINATOR | own::SLACK => json!("decimal"),
        own::PERIOD_YEARS => json!({"base": "integer", "minimum": 1, "maximum": 255}),
        own::PUBLISHED => json!({"base": "date", "format": "yyyy-MM-dd"}),
        own::PERIOD_START | own::PERIOD_END => {
            json!({"base": "string", "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"})
        }
        own::QUALIFIER => codes(List::Qualifier, catalogue),
        own::PERIOD_KIND => codes(List::PeriodKind, catalogue),
        own::PERIOD_BASIS => codes(List::PeriodBasis, catalogue),
        own::STATUS => codes(List::ObsStatus, catalogue),
        own::ORIGIN => codes(List::Origin, catalogue),
        own::UNIT => codes(List::UnitMeasure, catalogue),
        _ => json!("string"),
    }
}

/// The codes of a list that is short and closed, as the pattern that CSVW knows for them.
fn codes(list: List, catalogue: &Catalogue) -> Value {
    let codes: Vec<String> = list
        .codelist(catalogue)
        .codes
        .into_iter()
        .map(|code| code.id)
        .collect();
    json!({"base": "string", "format": codes.join("|")})
}
