use crate::{AsOf, Lang};

/// An address of the app: a place and the choices in its query string.
///
/// Everything on screen that a reader chose is here, so that a copied address reopens it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRequest {
    /// Which page.
    pub place: Place,
    /// The language of the page.
    pub lang: Lang,
    /// `as-of`: the published state shown; none for the newest.
    pub as_of: Option<AsOf>,
    /// Parameters that no page knows; the page names them in a notice.
    pub unknown: Vec<String>,
}

/// The pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `/`: the year of a unit at a glance; without a unit, the one that everything reported has in common.
    Overview {
        /// `org-unit`.
        org_unit: Option<String>,
    },
    /// `/indicators`: all indicators.
    Indicators,
    /// `/indicators/{code}`: an indicator over time and ranked.
    Indicator {
        /// The code.
        code: String,
        /// `org-unit`, repeated: the units compared, the chosen one first.
        org_units: Vec<String>,
        /// `year`: the year of the ranking.
        year: Option<i32>,
    },
    /// `/org-units`: the search, and the tree from the top.
    OrgUnits {
        /// `q`: what is searched for.
        words: String,
    },
    /// `/org-units/{code}`: a unit, all its indicators, its neighbours.
    OrgUnit {
        /// The code.
        code: String,
    },
    /// Anything else.
    Unknown {
        /// The path.
        path: String,
    },
}

impl Default for Place {
    fn default() -> Place {
        Place::Overview { org_unit: None }
    }
}

impl Place {
    /// Whether two addresses are of one page, with other choices on it: the reader is not led away.
    pub fn is_same_page(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Indicator { code: one, .. }, Place::Indicator { code: other, .. }) => one == other,
            (Place::OrgUnits { .. }, Place::OrgUnits { .. }) => true,
            _ => self == other,
        }
    }
}

/// The most units one indicator page compares; the palette has eight colours that a reader can tell apart.
pub const MOST_COMPARED: usize = 8;

impl PageRequest {
    /// Reads a path and the pairs of its query string, both percent-decoded. Never fails: an unknown path is a page
    /// that says so, an unknown parameter a notice.
    pub fn parse<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> PageRequest {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let place = match *segments.as_slice() {
            [] => Place::Overview { org_unit: None },
            ["indicators"] => Place::Indicators,
            ["indicators", code] => Place::Indicator {
                code: code.to_owned(),
                org_units: Vec::new(),
                year: None,
            },
            ["org-units"] => Place::OrgUnits { words: String::new() },
            ["org-units", code] => Place::OrgUnit {
                code: code.to_owned(),
            },
            _ => Place::Unknown {
                path: path.to_owned(),
            },
        };
        let mut request = PageRequest {
            place,
            ..PageRequest::default()
        };
        for (key, value) in pairs {
            if !request.take(key, value) {
                request.unknown.push(key.to_owned());
            }
        }
        request
    }

    fn take(&mut self, key: &str, value: &str) -> bool {
        if key == "lang" {
            self.lang = Lang::from_code(value).unwrap_or(self.lang);
            return Lang::from_code(value).is_some();
        }
        if key == AsOf::PARAMETER {
            self.as_of = value.parse().ok();
            return self.as_of.is_some();
        }
        match (&mut self.place, key) {
            (Place::Overview { org_unit }, "org-unit") => *org_unit = Some(value.to_owned()),
            (Place::Indicator { org_units, .. }, "org-unit") => {
                if org_units.len() >= MOST_COMPARED {
                    return false;
                }
                if !org_units.iter().any(|code| code == value) {
                    org_units.push(value.to_owned());
                }
            }
            (Place::Indicator { year, .. }, "year") => match value.parse() {
                Ok(number) => *year = Some(number),
                Err(_) => return false,
            },
            (Place::OrgUnits { words }, "q") => words.push_str(value),
            _ => return false,
        }
        true
    }

    /// The address, canonical: Chinese, the first language, is not written.
    pub fn href(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let path = match &self.place {
            Place::Overview { org_unit } => {
                pairs.extend(org_unit.iter().map(|code| ("org-unit", code.clone())));
                "/".to_owned()
            }
            Place::Indicators => "/indicators".to_owned(),
            Place::Indicator {
                code,
                org_units,
                year,
            } => {
                pairs.extend(org_units.iter().map(|code| ("org-unit", code.clone())));
                pairs.extend(year.iter().map(|year| ("year", year.to_string())));
                format!("/indicators/{}", encoded(code))
            }
            Place::OrgUnits { words } => {
                pairs.extend(
                    Some(words.clone())
                        .filter(|words| !words.is_empty())
                        .map(|words| ("q", words)),
                );
                "/org-units".to_owned()
            }
            Place::OrgUnit { code } => format!("/org-units/{}", encoded(code)),
            Place::Unknown { path } => encoded_path(path),
        };
        pairs.extend(
            self.as_of
                .iter()
                .map(|as_of| (AsOf::PARAMETER, as_of.to_string())),
        );
        if self.lang != Lang::default() {
            pairs.push(("lang", self.lang.code().to_owned()));
        }
        let query: Vec<String> = pairs
            .iter()
            .map(|(key, value)| format!("{key}={}", encoded(value)))
            .collect();
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }

    /// The address under `/api/v1` that answers the data of this page.
    pub fn data_href(&self) -> String {
        format!("/api/v1/pages{}", self.href())
    }

    /// The same page in another language.
    pub fn in_lang(&self, lang: Lang) -> PageRequest {
        PageRequest {
            lang,
            unknown: Vec::new(),
            ..self.clone()
        }
    }

    /// Another page in the same language, as of the same state.
    pub fn at(&self, place: Place) -> PageRequest {
        PageRequest {
            place,
            lang: self.lang,
            as_of: self.as_of,
            unknown: Vec::new(),
        }
    }

    /// The same page as of the newest state.
    pub fn newest(&self) -> PageRequest {
        PageRequest {
            as_of: None,
            unknown: Vec::new(),
            ..self.clone()
        }
    }
}

fn encoded_path(path: &str) -> String {
    // Two slashes at the start would name another host.
    let path = path.trim_start_matches('/');
    format!("/{}", path.split('/').map(encoded).collect::<Vec<_>>().join("/"))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(address: &str) -> PageRequest {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        PageRequest::parse(path, query.split('&').filter_map(|pair| pair.split_once('=')))
    }

    #[test]
    fn every_state_of_a_page_is_in_its_address() {
        for address in [
            "/",
            "/?org-unit=371482&lang=en",
            "/org-units/371482?as-of=3",
            "/indicators/taxpaying_firms?org-unit=371482&as-of=2022-10-31&lang=en",
            "/indicators",
            "/indicators/taxpaying_firms?org-unit=371482&org-unit=371481&year=2022&lang=en",
            "/org-units",
            "/org-units/371482",
            "/nowhere/at/all",
        ] {
            assert_eq!(parse(address).href(), address);
        }
    }

    #[test]
    fn another_choice_is_the_same_page_and_another_subject_is_not() {
        let same = |one: &str, other: &str| parse(one).place.is_same_page(&parse(other).place);
        assert!(same(
            "/indicators/a?year=2021",
            "/indicators/a?org-unit=371482&lang=en"
        ));
        assert!(same("/org-units/371482", "/org-units/371482?lang=en"));
        assert!(same("/org-units", "/org-units?q=a"));
        assert!(!same("/indicators/a", "/indicators/b"));
        assert!(!same("/?org-unit=371482", "/?org-unit=371400"));
    }

    #[test]
    fn unknown_parameters_are_named_and_left_out_of_the_address() {
        let request = parse("/indicators/a?colour=red&year=soon&lang=fr");
        assert_eq!(request.unknown, ["colour", "year", "lang"]);
        assert_eq!(request.href(), "/indicators/a");
    }

    #[test]
    fn what_is_typed_into_the_address_is_encoded_again() {
        let request = PageRequest::parse("/org-units", [("q", "禹城 &<>")]);
        assert_eq!(request.href(), "/org-units?q=%E7%A6%B9%E5%9F%8E%20%26%3C%3E");
    }
}
