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
    /// How many more there are, in words; empty where all are shown.
    pub rest: String,
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
        rest: rest(findings.issues.len(), checker.lang()),
        issues: findings.issues.into_iter().take(SHOWN).collect(),
    })
}

fn rest(issues: usize, lang: Lang) -> String {
    match (issues.saturating_sub(SHOWN), lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => format!("另有{more}处没有列出"),
        (more, Lang::En) => format!("and {more} more"),
    }
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
    let changes = findings.changes.unwrap_or_default();
    let figures = match lang {
        Lang::Zh => format!("读出{}项数据", findings.figures),
        Lang::En => format!("{} figures", findings.figures),
    };
    let parts = [
        (changes.added, "新增{}项", "{} new"),
        (changes.changed, "更改{}项", "{} changed"),
        (changes.unchanged, "与已公布相同{}项", "{} published already"),
        (errors, "必须改正{}处", "{} to correct"),
        (warnings, "请核实{}处", "{} to confirm"),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    let mut told: Vec<String> = parts
        .map(|(count, zh, en)| lang.pick(zh, en).replace("{}", &count.to_string()))
        .collect();
    told.insert(0, figures);
    if errors + warnings == 0 {
        told.push(lang.pick("没有发现问题", "nothing is wrong").to_owned());
    }
    if findings.changes.is_none() {
        let later = lang.pick(
            "下级单位已公布的数据要到上传后才比较",
            "what is published of the units below is compared when it was uploaded",
        );
        told.push(later.to_owned());
    }
    told.join(lang.pick("，", ", ")) + lang.pick("。", ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Changes;

    #[test]
    fn the_sentence_says_what_is_left_to_do() {
        let findings = Findings {
            figures: 3,
            changes: Some(Changes::default()),
            ..Findings::default()
        };
        assert_eq!(summary(&findings, Lang::Zh), "读出3项数据，没有发现问题。");
        assert_eq!(summary(&findings, Lang::En), "3 figures, nothing is wrong.");
        let findings = Findings {
            changes: None,
            ..findings
        };
        assert_eq!(
            summary(&findings, Lang::Zh),
            "读出3项数据，没有发现问题，下级单位已公布的数据要到上传后才比较。"
        );
    }

    #[test]
    fn what_a_list_leaves_out_is_counted_and_nothing_else() {
        assert_eq!(rest(SHOWN, Lang::Zh), "");
        assert_eq!(rest(SHOWN + 712, Lang::Zh), "另有712处没有列出");
        assert_eq!(rest(SHOWN + 712, Lang::En), "and 712 more");
    }
}
