//! In which form an SDMX address answers: what the client accepts. No other address asks.

use std::cmp::Ordering;

use data::Names;
use hyper::header::ACCEPT;
use hyper::{HeaderMap, StatusCode};

use super::failure::Problem;

/// A form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Data as SDMX-CSV.
    Csv,
    /// The same with the names of the codes.
    LabelledCsv,
    /// Data as SDMX-JSON.
    Json,
    /// Structures as SDMX-JSON.
    Structure,
}

/// Where everything of SDMX is.
pub const ROOT: &str = "/sdmx/";

/// Data is read under this address, structures under the other.
pub const DATA: &str = "/sdmx/3.0/data";

/// Where structures are read.
pub const STRUCTURE: &str = "/sdmx/3.0/structure";

impl Form {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Csv => "application/vnd.sdmx.data+csv;version=2.0.0",
            Form::LabelledCsv => "application/vnd.sdmx.data+csv;version=2.0.0;labels=both",
            Form::Json => "application/vnd.sdmx.data+json;version=2.0.0",
            Form::Structure => "application/vnd.sdmx.structure+json;version=2.0.0",
        }
    }

    /// In entity tags and in what an answer is kept under.
    pub fn name(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::LabelledCsv => "labelled-csv",
            Form::Json => "json",
            Form::Structure => "structure",
        }
    }

    /// The form that a request accepts most; none for an address that has but one.
    pub fn of(path: &str, headers: &HeaderMap) -> Result<Option<Form>, Problem> {
        let forms: &[Form] = match path {
            path if path.starts_with(DATA) => &[Form::Csv, Form::LabelledCsv, Form::Json],
            path if path.starts_with(STRUCTURE) => &[Form::Structure],
            _ => return Ok(None),
        };
        let lines = headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let accepted = lines.collect::<Vec<_>>().join(",");
        if accepted.trim().is_empty() {
            return Ok(forms.first().copied());
        }
        let ranges: Vec<Range<'_>> = accepted.split(',').map(Range::parse).collect();
        // Of two that are wanted equally the last is the greatest, and the first of ours is meant.
        let wanted = forms
            .iter()
            .rev()
            .filter_map(|form| Some((Wanted::of(*form, &ranges)?, *form)));
        let best = wanted.max_by(|(one, _), (other, _)| one.cmp(other));
        best.map(|(_, form)| Some(form)).ok_or_else(|| refused(forms))
    }
}

/// How much a request wants a form: by the range that names it most closely, whatever a broader one says (RFC 9110,
/// 12.5.1). That leaves open which of two with one weight is meant: here it is the one that is named more closely, and then
/// the one that is named first.
struct Wanted {
    weight: f32,
    closeness: Closeness,
    at: usize,
}

/// `*/*`, a type, another name of the form or its own; and how many parameters say more.
type Closeness = (u8, u8);

impl Wanted {
    /// None where the form is not accepted.
    fn of(form: Form, ranges: &[Range<'_>]) -> Option<Wanted> {
        let fitting = ranges.iter().enumerate().filter_map(|(at, range)| {
            Some(Wanted {
                weight: range.weight,
                closeness: range.closeness(form)?,
                at,
            })
        });
        let by_closeness = |one: &Wanted, other: &Wanted| {
            let by_weight = one.weight.total_cmp(&other.weight);
            one.closeness.cmp(&other.closeness).then(by_weight)
        };
        fitting.max_by(by_closeness).filter(|wanted| wanted.weight > 0.0)
    }

    fn cmp(&self, other: &Wanted) -> Ordering {
        let by_weight = self.weight.total_cmp(&other.weight);
        let by_closeness = self.closeness.cmp(&other.closeness);
        by_weight.then(by_closeness).then(other.at.cmp(&self.at))
    }
}

/// A member of `Accept`.
struct Range<'a> {
    name: &'a str,
    version: Option<&'a str>,
    labels: Option<&'a str>,
    weight: f32,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Range<'a> {
        let mut parts = text.split(';').map(str::trim);
        let mut range = Range {
            name: parts.next().unwrap_or_default(),
            version: None,
            labels: None,
            weight: 1.0,
        };
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match key.trim().to_ascii_lowercase().as_str() {
                "q" => {
                    let weight = value.parse().ok().filter(|weight| (0.0..=1.0).contains(weight));
                    range.weight = weight.unwrap_or(1.0);
                }
                "version" => range.version = Some(value),
                "labels" => range.labels = Some(value),
                _ => {}
            }
        }
        range
    }

    /// How closely it names a form; none where it does not include it.
    fn closeness(&self, form: Form) -> Option<Closeness> {
        let names: &[&str] = match form {
            Form::Csv | Form::LabelledCsv => &["application/vnd.sdmx.data+csv", "text/csv", "text/*"],
            Form::Json => &["application/vnd.sdmx.data+json", "application/json"],
            Form::Structure => &["application/vnd.sdmx.structure+json", "application/json"],
        };
        let is_version = self
            .version
            .is_none_or(|version| version == "2.0.0" || version == "2.0");
        let is_labelled = match form {
            Form::LabelledCsv => self.labels == Some("both"),
            _ => self.labels.is_none_or(|labels| labels == "id"),
        };
        let name = names.iter().position(|name| name.eq_ignore_ascii_case(self.name));
        let how = match (self.name, name) {
            ("*/*", _) if form != Form::LabelledCsv => 0,
            ("application/*", _) if form != Form::LabelledCsv => 1,
            (name, Some(_)) if name.ends_with("/*") => 1,
            (_, Some(0)) => 3,
            (_, Some(_)) => 2,
            (_, None) => return None,
        };
        let parameters = u8::from(self.version.is_some()) + u8::from(self.labels.is_some());
        (is_version && is_labelled).then_some((how, parameters))
    }
}

fn refused(forms: &[Form]) -> Problem {
    let known: Vec<&str> = forms.iter().map(|form| form.media_type()).collect();
    Problem::Told {
        status: StatusCode::NOT_ACCEPTABLE,
        code: "not_acceptable",
        words: Names {
            zh: format!("此地址不提供 Accept 所列的格式，只有：{}", known.join("、")),
            en: format!(
                "this address has none of the forms that `Accept` names, only {}",
                known.join(", ")
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, accept: &'static str, expected: Option<Form>) {
        let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
        assert_eq!(Form::of(path, &headers).ok().flatten(), expected, "{accept}");
    }

    #[test]
    fn data_comes_in_the_form_that_is_accepted_most() {
        let data = |accept, expected| check("/sdmx/3.0/data/dataflow", accept, expected);
        data("*/*", Some(Form::Csv));
        data("", Some(Form::Csv));
        data("text/html,application/xhtml+xml,*/*;q=0.8", Some(Form::Csv));
        data("application/vnd.sdmx.data+json;version=2.0.0", Some(Form::Json));
        data(
            "application/vnd.sdmx.data+csv;version=2.0.0;labels=both",
            Some(Form::LabelledCsv),
        );
        data(
            "application/vnd.sdmx.data+csv;q=0.5, application/json",
            Some(Form::Json),
        );
        data("application/vnd.sdmx.data+xml;version=3.0.0", None);
        data("application/vnd.sdmx.data+csv;version=1.0.0", None);
        data("*/*;q=0", None);
    }

    #[test]
    fn what_names_a_form_more_closely_says_how_much_it_is_wanted() {
        let data = |accept, expected| check("/sdmx/3.0/data/dataflow", accept, expected);
        data("text/csv;q=0, */*", Some(Form::Json));
        data("*/*, text/csv;q=0", Some(Form::Json));
        data("text/csv;q=0, text/*;q=1", None);
        data(
            "application/*;q=0.2, application/json;q=0.1, */*",
            Some(Form::Csv),
        );
        data("application/vnd.sdmx.data+csv, text/csv;q=0", Some(Form::Csv));
        data("application/vnd.sdmx.data+csv;q=0, text/csv", None);
        data("*/*;q=0.9, application/vnd.sdmx.data+csv;q=0.1", Some(Form::Json));
        data("text/csv, text/csv;labels=both;q=0.5", Some(Form::Csv));
        data("text/csv;q=0.5, text/csv;labels=both", Some(Form::LabelledCsv));
        data("application/json, text/plain, */*", Some(Form::Json));
        data("application/json, text/csv", Some(Form::Json));
        data("text/csv;q=none", Some(Form::Csv));
    }

    #[test]
    fn structures_come_in_one_form_and_other_addresses_do_not_ask() {
        check(
            "/sdmx/3.0/structure/codelist",
            "application/json",
            Some(Form::Structure),
        );
        check("/sdmx/3.0/structure/codelist", "application/xml", None);
        check("/api/v1/observations", "application/xml", None);
    }
}
