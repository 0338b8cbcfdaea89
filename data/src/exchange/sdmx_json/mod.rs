//! SDMX-JSON 2.0: messages of structures and of data.

mod data;
mod structure;

pub use data::data;
pub use structure::structure;

use serde_json::{Value, json};

use super::{AGENCY, About, CONCEPT_SCHEME, DATAFLOW, List, STRUCTURE, VERSION};
use crate::Phrase;

/// A maintained part of the structures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artefact {
    /// The flow of all observations.
    Dataflow,
    /// What their dimensions, measure and attributes are.
    DataStructure,
    /// What these mean.
    ConceptScheme,
    /// What codes stand for.
    Codelist(List),
}

/// How much of an artefact is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Full,
    /// That it exists, and its name.
    Stub,
}

impl Artefact {
    /// Every artefact, each before what it refers to.
    pub fn all() -> impl Iterator<Item = Artefact> {
        let first = [
            Artefact::Dataflow,
            Artefact::DataStructure,
            Artefact::ConceptScheme,
        ];
        first.into_iter().chain(List::ALL.map(Artefact::Codelist))
    }

    /// Its type in an address.
    pub fn kind(self) -> &'static str {
        match self {
            Artefact::Dataflow => "dataflow",
            Artefact::DataStructure => "datastructure",
            Artefact::ConceptScheme => "conceptscheme",
            Artefact::Codelist(_) => "codelist",
        }
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Artefact::Dataflow => DATAFLOW,
            Artefact::DataStructure => STRUCTURE,
            Artefact::ConceptScheme => CONCEPT_SCHEME,
            Artefact::Codelist(list) => list.id(),
        }
    }

    /// Its name.
    pub fn name(self) -> Phrase {
        match self {
            Artefact::Dataflow => {
                Phrase::new("县级工商联报送的数据", "Figures reported by county federations")
            }
            Artefact::DataStructure => Phrase::new("数据的结构", "Structure of the figures"),
            Artefact::ConceptScheme => Phrase::new("数据的概念", "Concepts of the figures"),
            Artefact::Codelist(list) => list.name(),
        }
    }

    /// The artefacts that it refers to.
    pub fn children(self) -> Vec<Artefact> {
        match self {
            Artefact::Dataflow => vec![Artefact::DataStructure],
            Artefact::DataStructure => {
                let lists = List::ALL.into_iter().map(Artefact::Codelist);
                std::iter::once(Artefact::ConceptScheme).chain(lists).collect()
            }
            Artefact::ConceptScheme | Artefact::Codelist(_) => Vec::new(),
        }
    }

    /// The artefacts that refer to it.
    pub fn parents(self) -> Vec<Artefact> {
        Artefact::all()
            .filter(|other| other.children().contains(&self))
            .collect()
    }

    /// Its name among all artefacts of SDMX.
    pub fn urn(self) -> String {
        let class = match self {
            Artefact::Dataflow => "datastructure.Dataflow",
            Artefact::DataStructure => "datastructure.DataStructure",
            Artefact::ConceptScheme => "conceptscheme.ConceptScheme",
            Artefact::Codelist(_) => "codelist.Codelist",
        };
        format!(
            "urn:sdmx:org.sdmx.infomodel.{class}={AGENCY}:{}({VERSION})",
            self.id()
        )
    }
}

/// The beginning of a message. A reader tells the format by the address of the schema, which has to come first.
fn message(kind: &str, data: &str, about: About<'_>) -> Vec<u8> {
    let meta = json!({
        "contentLanguages": ["zh", "en"],
        "id": format!("{AGENCY}-{}", about.version),
        // When what is said was published: the same state is the same message, whenever it is asked for.
        "prepared": about.published_at.unwrap_or("1970-01-01T00:00:00Z"),
        "schema": format!(
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json"
        ),
        "sender": {"id": AGENCY},
        "test": false,
    });
    format!("{{\"meta\":{meta},\"data\":{data}}}\n").into_bytes()
}

/// `name` in the language asked for, and both.
fn named(mut object: Value, zh: &str, en: &str, about: About<'_>) -> Value {
    object["name"] = about.lang.pick(zh, en).into();
    object["names"] = json!({"zh": zh, "en": en});
    object
}
