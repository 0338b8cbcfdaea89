//! A file before it is uploaded: what the server will say of it.

use data::Lang;
use data::sheet::decode::{Encoding, decode};
use data::sheet::text;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use web_sys::{TextDecoder, TextDecoderOptions};

use crate::checker::{Checker, Findings, Told};

/// What is shown of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preview {
    /// One sentence: how many figures, how many of them new, how many cells to correct.
    pub summary: String,
    /// The first of the issues: nobody reads a thousand.
    pub issues: Vec<Told>,
    /// How many there are in all.
    pub total: usize,
}

/// More than these a list does not show.
const SHOWN: usize = 100;

/// The preview of a file; `None` where it is no text that is read here: the server will say what it is.
pub fn preview(checker: &Checker, bytes: &[u8]) -> Option<Preview> {
    let (_, text) = decode(bytes, decoded).ok()?;
    if text::widest(&text) > text::MOST_COLUMNS {
        return None;
    }
    let findings = checker.text(&text);
    Some(Preview {
        summary: summary(&findings, checker.lang()),
        total: findings.issues.len(),
        issues: findings.issues.into_iter().take(SHOWN).collect(),
    })
}

/// The browser's own tables, told to refuse what does not fit.
fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let label = match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16Le => "utf-16le",
        Encoding::Utf16Be => "utf-16be",
        Encoding::Gb18030 => "gb18030",
    };
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    let bytes = Uint8Array::from(bytes);
    decoder.decode_with_buffer_source(&bytes).ok()
}

fn summary(findings: &Findings, lang: Lang) -> String {
    let errors = findings.issues.iter().filter(|told| told.is_error).count();
    let warnings = findings.issues.len() - errors;
    let figures = findings.figures;
    let changes = findings.changes.map(|changes| match lang {
        Lang::Zh => format!(
            "：新增{}项，更改{}项，与已公布相同{}项",
            changes.added, changes.changed, changes.unchanged
        ),
        Lang::En => format!(
            ": {} new, {} changed, {} published already",
            changes.added, changes.changed, changes.unchanged
        ),
    });
    let changes = changes.unwrap_or_default();
    match lang {
        Lang::Zh if errors + warnings == 0 => format!("读出{figures}项数据{changes}；没有发现问题。"),
        Lang::Zh => format!("读出{figures}项数据{changes}；必须改正{errors}处，请核实{warnings}处。"),
        Lang::En if errors + warnings == 0 => format!("{figures} figures{changes}; nothing is wrong."),
        Lang::En => format!("{figures} figures{changes}; {errors} to correct, {warnings} to confirm."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_what_is_left_to_do() {
        let findings = Findings {
            figures: 3,
            ..Findings::default()
        };
        assert_eq!(summary(&findings, Lang::Zh), "读出3项数据；没有发现问题。");
        assert_eq!(summary(&findings, Lang::En), "3 figures; nothing is wrong.");
    }
}
