//! What is sent and what comes back.

use data::Phrase;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// The media type of what most operations exchange.
pub const JSON: &str = "application/json";

/// What a body holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A type of ours in JSON.
    Of(fn(&mut SchemaGenerator) -> Schema),
    /// Text that is no JSON.
    Text,
    /// A file.
    Bytes,
    /// JSON of a shape that others define.
    Document,
}

/// A type of ours in JSON.
pub const fn of<T: JsonSchema>() -> Shape {
    Shape::Of(|generator| generator.subschema_for::<T>())
}

/// An answer when all is well.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// When it comes.
    pub says: Phrase,
    /// Its body by media type; nothing where it has none.
    pub contents: Vec<(&'static str, Shape)>,
    /// The headers that a client may rely on beside those of every answer.
    pub headers: Vec<(&'static str, Phrase)>,
}

impl Answer {
    /// The same under another status.
    pub fn under(self, status: u16, zh: &'static str, en: &'static str) -> Answer {
        Answer {
            status,
            says: Phrase::new(zh, en),
            ..self
        }
    }
}

/// JSON of a type of ours.
pub fn json<T: JsonSchema>() -> Answer {
    file(JSON, of::<T>())
}

/// A body of another media type.
pub fn file(media_type: &'static str, shape: Shape) -> Answer {
    Answer {
        status: 200,
        says: Phrase::new("成功", "All is well"),
        contents: vec![(media_type, shape)],
        headers: Vec::new(),
    }
}

/// Done, and there is nothing to say.
pub fn nothing() -> Answer {
    Answer {
        status: 204,
        says: Phrase::new("已完成，没有内容", "Done; there is no body"),
        contents: Vec::new(),
        headers: Vec::new(),
    }
}

/// The client has it already.
pub fn not_modified() -> Answer {
    nothing().under(
        304,
        "与 If-None-Match 中的一样，不再发送",
        "It is what `If-None-Match` names, and is not sent again",
    )
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Body {
    /// By media type.
    pub contents: Vec<(&'static str, Shape)>,
    /// An example, in JSON.
    pub example: &'static str,
}

impl Body {
    /// Whether anything but JSON is refused.
    pub fn is_json_alone(&self) -> bool {
        matches!(self.contents.as_slice(), [(JSON, _)])
    }
}

/// JSON of a type of ours.
pub fn body<T: JsonSchema>(example: &'static str) -> Body {
    Body {
        contents: vec![(JSON, of::<T>())],
        example,
    }
}
