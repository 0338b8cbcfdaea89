use std::collections::HashMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::structure::relationship;
use super::{Artefact, message, named};
use crate::Observation;
use crate::definitions::Catalogue;
use crate::exchange::{About, CONCEPTS, Code, Concept, Form, Part, cells};

/// A message of these observations, flat: each under the places of its dimensions' values, with its attributes beside it.
pub fn data(observations: &[Observation], catalogue: &Catalogue, about: About<'_>) -> Vec<u8> {
    let mut components: Vec<Component> = CONCEPTS
        .iter()
        .map(|one| Component::new(one, catalogue))
        .collect();
    let mut all = String::new();
    for observation in observations {
        let cells = cells(observation, catalogue);
        let (mut key, mut values) = (Vec::new(), Vec::new());
        for (component, cell) in components.iter_mut().zip(&cells) {
            let value = component.value(cell);
            if component.is_dimension() {
                key.push(value);
            } else {
                values.push(value);
            }
        }
        let comma = if all.is_empty() { "" } else { "," };
        let _ = write!(all, "{comma}\n\"{}\":[{}]", key.join(":"), values.join(","));
    }
    let of = |part: &[Part]| -> Vec<Value> {
        let of_part = components.iter().enumerate();
        let of_part = of_part.filter(|(_, one)| part.contains(&one.concept.part));
        of_part.map(|(at, one)| one.json(at, about)).collect()
    };
    let links = json!([{"rel": "dataflow", "urn": Artefact::Dataflow.urn()}]);
    let structure = json!({
        "links": links,
        "dataSets": [0],
        "dimensions": {"observation": of(&[Part::Dimension, Part::Time])},
        "measures": {"observation": of(&[Part::Measure])},
        "attributes": {"observation": of(&[Part::OfIndicator, Part::OfObservation])},
    });
    let data = format!(
        "{{\"dataSets\":[{{\"structure\":0,\"action\":\"Information\",\"links\":{links},\"observations\":{{{all}}}}}],\
         \"structures\":[{structure}]}}"
    );
    message("data", &data, about)
}

/// A component with the values that occurred, in the order in which they did.
struct Component {
    concept: &'static Concept,
    codes: HashMap<String, Code>,
    places: HashMap<String, usize>,
    values: Vec<String>,
}

impl Component {
    fn new(concept: &'static Concept, catalogue: &Catalogue) -> Component {
        let codes = match concept.form {
            Form::Codes(list) => list.codelist(catalogue).codes,
            Form::Type(_) => Vec::new(),
        };
        Component {
            concept,
            codes: codes.into_iter().map(|code| (code.id.clone(), code)).collect(),
            places: HashMap::new(),
            values: Vec::new(),
        }
    }

    fn is_dimension(&self) -> bool {
        matches!(self.concept.part, Part::Dimension | Part::Time)
    }

    /// The place of a value where it is listed, else the value itself: numbers to their last digit.
    fn value(&mut self, cell: &str) -> String {
        if !self.is_dimension() && cell.is_empty() {
            return "null".to_owned();
        }
        match self.concept.form {
            Form::Type("Decimal" | "Integer") if !self.is_dimension() => cell.to_owned(),
            Form::Type(_) if !self.is_dimension() => Value::from(cell).to_string(),
            _ => self.place(cell).to_string(),
        }
    }

    fn place(&mut self, cell: &str) -> usize {
        if let Some(place) = self.places.get(cell) {
            return *place;
        }
        self.places.insert(cell.to_owned(), self.values.len());
        self.values.push(cell.to_owned());
        self.values.len() - 1
    }

    fn json(&self, at: usize, about: About<'_>) -> Value {
        let name = self.concept.name;
        let mut body = named(json!({"id": self.concept.id}), name.zh, name.en, about);
        match relationship(self.concept) {
            Some(relationship) => body["relationship"] = relationship,
            None if self.is_dimension() => body["keyPosition"] = at.into(),
            None => {}
        }
        if !self.values.is_empty() {
            body["values"] = self
                .values
                .iter()
                .map(|value| self.listed(value, about))
                .collect();
        }
        body
    }

    fn listed(&self, value: &str, about: About<'_>) -> Value {
        match self.codes.get(value) {
            Some(code) => named(json!({"id": value}), &code.name.zh, &code.name.en, about),
            None => json!({"value": value}),
        }
    }
}
