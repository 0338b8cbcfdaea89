use data::Phrase;
use data::exchange::sdmx_csv::{self, Labels};
use hyper::StatusCode;

use super::list::selected;
use crate::http::accept::Form;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;

const LABELS: Phrase = Phrase::new("id 或 both", "id or both");

/// What a query selects as SDMX-CSV; `labels=both` writes the names of the codes beside them, in `lang`.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let mut asked = asked.clone();
    let lang = asked.take_lang()?;
    let (labels, form) = match asked.take("labels")?.as_deref() {
        None | Some("id") => (Labels::Id, Form::Csv),
        Some("both") => (Labels::Both(lang), Form::LabelledCsv),
        Some(other) => {
            return Err(Problem::BadParameter {
                parameter: "labels".to_owned(),
                found: other.to_owned(),
                expected: LABELS,
            });
        }
    };
    let observations = selected(&published.dataset, &asked)?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Data(form.media_type()),
        body: sdmx_csv::write(&observations, &published.dataset.catalogue, labels),
        file_name: None,
        policies: None,
        keep: Keep::Long,
    })
}
