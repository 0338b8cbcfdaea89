//! In which form an SDMX address answers: what the client accepts. No other address asks.

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
        let mut best: Option<(Form, f32)> = None;
        for range in accepted.split(',').map(Range::parse) {
            let form = forms.iter().copied().find(|form| range.includes(*form));
            let is_better = best.is_none_or(|(_, weight)| range.weight > weight);
            if let Some(form) = form.filter(|_| is_better && range.weight > 0.0) {
                best = Some((form, range.weight));
            }
        }
        best.map(|(form, _)| Some(form)).ok_or_else(|| refused(forms))
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
                "q" => range.weight = value.parse().unwrap_or(1.0),
                "version" => range.version = Some(value),
                "labels" => range.labels = Some(value),
                _ => {}
            }
        }
        range
    }

    fn includes(&self, form: Form) -> bool {
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
        let is_any = ["*/*", "application/*"].contains(&self.name) && form != Form::LabelledCsv;
        is_version && is_labelled && (is_any || names.iter().any(|name| name.eq_ignore_ascii_case(self.name)))
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
