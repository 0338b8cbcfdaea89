use data::Phrase;
use data::exchange::sdmx_csv::{self, Labels};
use hyper::StatusCode;

use super::list::selected;
use crate::http::accept::Form;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;

const LABELS: Phrase = Phrase::new("id 或 both", "id or both");

/// What a query selects as SDMX-CSV; `labels=both` writes the names of the codes beside them, in `lang`.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, pairs) = apart_from_lang(asked)?;
    let (labels, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| *key == "labels");
    let (labels, form) = match labels.as_slice() {
        [] | [(_, "id")] => (Labels::Id, Form::Csv),
        [(_, "both")] => (Labels::Both(lang), Form::LabelledCsv),
        [(parameter, found)] => {
            return Err(Problem::BadParameter {
                parameter: (*parameter).to_owned(),
                found: (*found).to_owned(),
                expected: LABELS,
            });
        }
        _ => return Err(Problem::RepeatedParameter("labels".to_owned())),
    };
    let observations = selected(&published.dataset, pairs)?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Data(form.media_type()),
        body: sdmx_csv::write(&observations, &published.dataset.catalogue, labels),
        file_name: None,
        policies: None,
        keep: Keep::Long,
    })
}
