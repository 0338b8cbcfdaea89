//! What stands in an address or a header: the words that several operations share.

use data::{AS_OF_EXPECTED, AsOf, Level, Phrase};
use serde_json::{Value, json};

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name, which is the same in both languages.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there.
    pub is_required: bool,
    /// Whether it may stand several times.
    pub is_repeatable: bool,
    /// What it means.
    pub says: Phrase,
    /// What it may hold, as a JSON Schema.
    pub schema: Value,
    /// A value that means something in the sample.
    pub example: &'static str,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path.
    Path,
    /// Behind the question mark.
    Query,
    /// In the head of the request.
    Header,
}

impl Place {
    /// The word of OpenAPI.
    pub fn word(self) -> &'static str {
        match self {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        }
    }
}

impl Parameter {
    /// The same, which must be there.
    pub fn required(self) -> Parameter {
        Parameter {
            is_required: true,
            ..self
        }
    }

    /// The same, which may stand several times.
    pub fn repeatable(self) -> Parameter {
        Parameter {
            is_repeatable: true,
            ..self
        }
    }

    /// The same under another name and in other words.
    pub fn named(self, name: &'static str, zh: &'static str, en: &'static str) -> Parameter {
        Parameter {
            name,
            says: Phrase::new(zh, en),
            ..self
        }
    }

    /// The same as a part of the path.
    pub fn in_path(self) -> Parameter {
        Parameter {
            place: Place::Path,
            is_required: true,
            ..self
        }
    }
}

/// A text behind the question mark.
pub fn query(name: &'static str, zh: &'static str, en: &'static str, example: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        is_required: false,
        is_repeatable: false,
        says: Phrase::new(zh, en),
        schema: json!({ "type": "string" }),
        example,
    }
}

/// The code of an indicator.
pub fn indicator() -> Parameter {
    query(
        "indicator",
        "指标代码",
        "The code of an indicator",
        "taxpaying_firms",
    )
}

/// The code of an org unit.
pub fn org_unit() -> Parameter {
    query("org-unit", "地区或单位代码", "The code of an org unit", "371482")
}

/// From when on figures are asked for.
pub fn start_period() -> Parameter {
    date(
        "start-period",
        "从何时起：年、月或日",
        "From when on: a year, month or day",
        "2018",
    )
}

/// Until when they are.
pub fn end_period() -> Parameter {
    date(
        "end-period",
        "到何时止：年、月或日",
        "Until when: a year, month or day",
        "2022-10-31",
    )
}

/// A past state.
pub fn as_of() -> Parameter {
    Parameter {
        says: Phrase::new(
            "当时已公布的数据：版本号或日期",
            "What had been published by then: a vintage or a day",
        ),
        schema: json!({
            "type": "string",
            "pattern": "^([1-9][0-9]{0,8}|[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
            "description": AS_OF_EXPECTED.en,
        }),
        ..query(AsOf::PARAMETER, "", "", "1")
    }
}

/// A date known to the day, the month or the year.
pub fn date(name: &'static str, zh: &'static str, en: &'static str, example: &'static str) -> Parameter {
    Parameter {
        schema: json!({ "type": "string", "pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$" }),
        ..query(name, zh, en, example)
    }
}

/// A calendar year.
pub fn year(zh: &'static str, en: &'static str) -> Parameter {
    Parameter {
        schema: json!({ "type": "integer", "minimum": 1900, "maximum": 2100 }),
        ..query("year", zh, en, "2022")
    }
}

/// One of a few words.
pub fn one_of(name: &'static str, zh: &'static str, en: &'static str, words: &[&'static str]) -> Parameter {
    Parameter {
        schema: json!({ "type": "string", "enum": words }),
        ..query(name, zh, en, words.first().copied().unwrap_or_default())
    }
}

/// The level of an org unit.
pub fn level() -> Parameter {
    let levels = Level::ALL.map(Level::code);
    Parameter {
        example: "county",
        ..one_of("level", "层级", "The level", &levels)
    }
}

/// How many entries of a list, and from which on.
pub fn page() -> [Parameter; 2] {
    [
        Parameter {
            schema: json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 50 }),
            ..query("limit", "最多列出多少项", "How many entries at most", "2")
        },
        Parameter {
            schema: json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX, "default": 0 }),
            ..query("offset", "跳过前多少项", "How many entries to pass over", "0")
        },
    ]
}

/// The language of words in the answer.
pub fn lang() -> Parameter {
    one_of(
        "lang",
        "语言；不写则为中文",
        "The language; Chinese where it is left out",
        &["zh", "en"],
    )
}

/// What names an account, a submission or a token.
pub fn id(zh: &'static str, en: &'static str) -> Parameter {
    Parameter {
        schema: json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$" }),
        ..query("id", zh, en, "ID").in_path()
    }
}

/// The number of a vintage, as a part of the path.
pub fn vintage() -> Parameter {
    Parameter {
        schema: json!({ "type": "integer", "minimum": 1, "maximum": 4_294_967_295_u32 }),
        ..query("id", "版本号", "The number of the vintage", "1").in_path()
    }
}

/// A header.
pub fn header(name: &'static str, zh: &'static str, en: &'static str, example: &'static str) -> Parameter {
    Parameter {
        place: Place::Header,
        ..query(name, zh, en, example)
    }
}

/// The revision that whoever asks has before them.
pub fn if_match() -> Parameter {
    Parameter {
        schema: json!({ "type": "string", "pattern": "^(\"[0-9]{1,9}\"|[0-9]{1,9})$" }),
        ..header(
            "If-Match",
            "所见的稿次；他人已修改则答 412",
            "The revision that was seen: 412 where somebody changed it since",
            "\"1\"",
        )
    }
}
