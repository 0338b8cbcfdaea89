use serde_json::{Value, json};

use super::{Artefact, Detail, message, named};
use crate::definitions::Catalogue;
use crate::exchange::{AGENCY, About, CONCEPT_SCHEME, CONCEPTS, Code, Concept, Form, Part, VERSION};

/// A message of these artefacts.
pub fn structure(artefacts: &[(Artefact, Detail)], catalogue: &Catalogue, about: About<'_>) -> Vec<u8> {
    let mut data = json!({});
    for (artefact, detail) in artefacts {
        let list = match artefact {
            Artefact::Dataflow => "dataflows",
            Artefact::DataStructure => "dataStructures",
            Artefact::ConceptScheme => "conceptSchemes",
            Artefact::Codelist(_) => "codelists",
        };
        let mut body = maintained(*artefact, about);
        match detail {
            Detail::Full => fill(&mut body, *artefact, catalogue, about),
            Detail::Stub => body["isExternalReference"] = true.into(),
        }
        match data[list].as_array_mut() {
            Some(others) => others.push(body),
            None => data[list] = json!([body]),
        }
    }
    message("structure", &data.to_string(), about)
}

fn maintained(artefact: Artefact, about: About<'_>) -> Value {
    let name = artefact.name();
    let body = json!({
        "id": artefact.id(),
        "agencyID": AGENCY,
        "version": VERSION,
        "links": [{"rel": "self", "type": artefact.kind(), "urn": artefact.urn()}],
    });
    named(body, name.zh, name.en, about)
}

fn fill(body: &mut Value, artefact: Artefact, catalogue: &Catalogue, about: About<'_>) {
    match artefact {
        Artefact::Dataflow => body["structure"] = Artefact::DataStructure.urn().into(),
        Artefact::DataStructure => body["dataStructureComponents"] = components(),
        Artefact::ConceptScheme => {
            let concepts = CONCEPTS.iter().map(|concept| {
                let body = json!({"id": concept.id, "coreRepresentation": representation(concept)});
                named(body, concept.name.zh, concept.name.en, about)
            });
            body["concepts"] = concepts.collect();
        }
        Artefact::Codelist(list) => {
            let codes = list.codelist(catalogue).codes;
            body["codes"] = codes.iter().map(|one| code(one, about)).collect();
        }
    }
}

fn code(code: &Code, about: About<'_>) -> Value {
    let mut body = named(json!({"id": code.id}), &code.name.zh, &code.name.en, about);
    if let Some(description) = &code.description {
        body["description"] = description.get(about.lang).into();
        body["descriptions"] = json!({"zh": description.zh, "en": description.en});
    }
    if let Some(parent) = &code.parent {
        body["parent"] = parent.as_str().into();
    }
    body
}

fn components() -> Value {
    let of = |part: &[Part]| -> Vec<Value> {
        let concepts = CONCEPTS.iter().filter(|concept| part.contains(&concept.part));
        concepts.map(component).collect()
    };
    json!({
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": of(&[Part::Dimension]),
            "timeDimension": of(&[Part::Time]).pop(),
        },
        "measureList": {"id": "MeasureDescriptor", "measures": of(&[Part::Measure])},
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": of(&[Part::OfIndicator, Part::OfObservation]),
        },
    })
}

fn component(concept: &Concept) -> Value {
    let mut body = json!({
        "id": concept.id,
        "conceptIdentity": format!(
            "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{CONCEPT_SCHEME}({VERSION}).{}",
            concept.id
        ),
        "localRepresentation": representation(concept),
    });
    if let Some(relationship) = relationship(concept) {
        body["attributeRelationship"] = relationship;
        let usage = if concept.is_mandatory() {
            "mandatory"
        } else {
            "optional"
        };
        body["usage"] = usage.into();
    }
    match concept.part {
        // A figure that is missing has none.
        Part::Measure => body["usage"] = "optional".into(),
        Part::OfObservation => body["measureRelationship"] = json!(["OBS_VALUE"]),
        Part::OfIndicator | Part::Dimension | Part::Time => {}
    }
    body
}

/// What the value of an attribute depends on; none for what is no attribute.
pub(super) fn relationship(concept: &Concept) -> Option<Value> {
    match concept.part {
        Part::OfIndicator => Some(json!({"dimensions": ["INDICATOR"]})),
        Part::OfObservation => Some(json!({"observation": {}})),
        Part::Dimension | Part::Time | Part::Measure => None,
    }
}

fn representation(concept: &Concept) -> Value {
    match concept.form {
        Form::Codes(list) => json!({
            "enumeration": Artefact::Codelist(list).urn(),
            "enumerationFormat": {"dataType": "String"},
        }),
        Form::Type(name) => json!({"format": {"dataType": name}}),
    }
}
