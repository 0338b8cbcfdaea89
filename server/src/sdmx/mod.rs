//! An address of SDMX 3.0 for the data, and one for the structures that describe it (the REST API of the SDMX Technical
//! Working Group, 2.0). What it does not do it says, with 501.

pub mod data;
mod filter;
mod key;
mod select;
pub mod structure;

use ::data::exchange::{AGENCY, VERSION};
use ::data::{Dataset, Lang, Names};
use hyper::StatusCode;

use crate::http::accept::Form;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use ::data::exchange::About;

/// The segments of a path below an address; what is left out at its end means anything.
fn segments<'a>(asked: &'a Asked, address: &str) -> Vec<&'a str> {
    let rest = asked.path.strip_prefix(address).unwrap_or_default();
    rest.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// Whether a segment names this: `*`, or a list with it.
fn names(segment: Option<&&str>, ours: &str) -> bool {
    segment.is_none_or(|list| list.split(',').any(|name| name == "*" || name == ours))
}

/// Whether agency and version, where they are given, are ours.
fn is_ours(agency: Option<&&str>, version: Option<&&str>) -> bool {
    let is_version = |list: &&str| list.split(',').any(is_our_version);
    names(agency, AGENCY) && version.is_none_or(is_version)
}

/// There is one version, which is stable: the latest of whatever kind, or one that a plus allows to be newer.
fn is_our_version(version: &str) -> bool {
    matches!(version, "*" | "+" | "~" | "latest") || version.replace('+', "") == VERSION
}

fn about(dataset: &Dataset, lang: Lang) -> About<'_> {
    About {
        lang,
        version: &dataset.version,
        published_at: dataset.published_at.as_deref(),
    }
}

fn content(form: Form, body: Vec<u8>, keep: Keep) -> Content {
    Content {
        status: StatusCode::OK,
        kind: Kind::Chosen(form),
        body,
        file_name: None,
        policies: None,
        keep,
    }
}

/// Nothing is selected, which SDMX answers with 404.
fn no_results() -> Problem {
    Problem::Told {
        status: StatusCode::NOT_FOUND,
        code: "no_results",
        words: Names {
            zh: "没有符合此查询的内容".into(),
            en: "nothing matches this query".into(),
        },
    }
}

/// A part of the standard that this program does not have.
fn not_implemented(what: &str) -> Problem {
    Problem::Told {
        status: StatusCode::NOT_IMPLEMENTED,
        code: "not_implemented",
        words: Names {
            zh: format!("本系统不支持“{what}”"),
            en: format!("this program does not support `{what}`"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_version_is_the_latest_and_the_stable_one() {
        for version in ["1.0.0", "*", "+", "~", "latest", "1.0+.0", "1+.0.0", "1.0.0+"] {
            assert!(is_our_version(version), "{version}");
        }
        for version in ["", "2.0.0", "1.0", "1.0.1"] {
            assert!(!is_our_version(version), "{version}");
        }
    }
}
