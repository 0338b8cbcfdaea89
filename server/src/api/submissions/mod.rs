pub mod accept;
pub mod confirmations;
pub mod content;
pub mod create;
pub mod file;
pub mod form;
pub mod get;
pub mod list;
pub mod mapping;
pub mod remarks;
pub mod repaired;
pub mod steps;

use axum::response::Response;
use chrono::Utc;
use data::Names;
use data::api::Form;
use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue, IF_MATCH};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::Person;
use crate::submissions::desk::{Desk, Sent as SentFile};
use crate::uploads::{self, Under, Upload};

/// A note, a reason or a remark is no longer than this.
const LONGEST_TEXT: usize = 2_000;

/// The desk of somebody before what is published now.
pub fn desk<'a>(app: &'a App, person: &'a Person) -> Desk<'a> {
    Desk {
        store: &app.store,
        published: app.published.load().dataset.clone(),
        person,
        now: Utc::now(),
        steps: app.steps,
        refusals: &app.accounts.refusals,
        recent: &app.recent,
        turns: &app.turns,
    }
}

/// A submission as it is now, for who looks at it.
async fn shown(app: &App, sent: &Sent, id: &str, status: StatusCode) -> Result<Response, Problem> {
    let person = accounts::reading(app, &sent.headers).await?;
    writes::json(status, &desk(app, &person).show(id).await?)
}

/// The revision that whoever asks has before them, from `If-Match`; the present one where none is named.
async fn revision(desk: &Desk<'_>, sent: &Sent, id: &str) -> Result<i64, Problem> {
    let Some(named) = sent.headers.get(IF_MATCH) else {
        return Ok(desk.filed(id).await?.revision);
    };
    let number = named.to_str().ok().map(|text| text.trim_matches('"'));
    let number = number.and_then(|text| text.parse().ok());
    number.ok_or_else(|| Problem::BadField {
        field: "If-Match",
        expected: Names {
            zh: "稿次，如 3".into(),
            en: "a revision such as 3".into(),
        },
    })
}

/// An upload begins, under the name that whoever sends it may have given it.
fn begin(app: &App, person: &Person, sent: &Sent) -> Result<Under, Problem> {
    let name = sent.headers.get(uploads::NAME);
    let name = name.map(|name| name.to_str().unwrap_or_default());
    if name.is_some_and(|name| !uploads::is_name(name)) {
        return Err(Problem::BadField {
            field: "X-Upload",
            expected: Names {
                zh: format!("1 至 {} 个字母或数字", uploads::LONGEST_NAME),
                en: format!("1 to {} letters and digits", uploads::LONGEST_NAME),
            },
        });
    }
    Ok(app.uploads.begin(&person.account.id, name))
}

/// The file of a request: as it came, or the rows of a form as a text.
async fn sent_file(sent: &mut Sent, under: &Under) -> Result<SentFile, Problem> {
    let media_type = sent
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if media_type.is_some_and(|media_type| media_type.starts_with("application/json")) {
        let form: Form = sent.json().await?;
        return Ok(SentFile {
            name: String::new(),
            upload: Upload::of_bytes(form.csv().as_bytes()).map_err(writes::no_room)?,
            beside: form.vintage.map(i64::from),
            progress: under.progress.clone(),
        });
    }
    let name = sent
        .headers
        .get("x-file-name")
        .and_then(|name| name.to_str().ok());
    Ok(SentFile {
        name: file_name(name.unwrap_or_default()),
        upload: sent.upload(&under.progress).await?,
        beside: None,
        progress: under.progress.clone(),
    })
}

/// The name of a file as a header has it. It is never empty: a file without a name is a form.
fn file_name(header: &str) -> String {
    let name = percent_decode_str(header).decode_utf8_lossy();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    match name.trim().is_empty() {
        true => "file".to_owned(),
        false => name,
    }
}

/// Makes an answer a file to be saved under a name.
fn attachment(headers: &mut HeaderMap, name: &str) {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename*=UTF-8''{name}")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
}

/// A text that a person wrote, neither empty nor endless.
pub fn text(field: &'static str, text: String) -> Result<String, Problem> {
    let length = text.trim().chars().count();
    if (1..=LONGEST_TEXT).contains(&length) {
        return Ok(text.trim().to_owned());
    }
    Err(Problem::BadField {
        field,
        expected: Names {
            zh: format!("1 至 {LONGEST_TEXT} 个字"),
            en: format!("1 to {LONGEST_TEXT} characters"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_whatever_its_sender_says() {
        let check = |header: &str, expected: &str| assert_eq!(file_name(header), expected, "{header}");
        check("%E5%B9%B4%E6%8A%A5.xlsx", "年报.xlsx");
        check("a%0Ab.csv", "ab.csv");
        for nothing in ["", "%20", "%00%0D%0A", "%E3%80%80"] {
            check(nothing, "file");
        }
    }
}
