use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use futures_util::stream;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};

use super::{attachment, desk};
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;
use crate::store::Store;
use crate::submissions::trouble::Trouble;

/// The file as it came, to be saved and never shown: what is in it nobody here wrote.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    let filed = desk(&app, &person).filed(sent.after("submissions")).await?;
    let file = app.store.submission_file(&filed.id, filed.revision).await?;
    let file = file
        .filter(|file| !file.name.is_empty())
        .ok_or(Trouble::NotFound)?;
    let mut response = Response::new(pieces(app.store.clone(), filed.id, filed.revision));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(file.size));
    attachment(headers, &file.name);
    Ok(response)
}

/// A file as it comes out of the database. Where a piece cannot be read the answer breaks off, and whoever gets it sees that
/// it is shorter than was said.
fn pieces(store: Store, id: String, revision: i64) -> Body {
    let pieces = stream::try_unfold((store, id, 0), move |(store, id, number)| async move {
        let piece = store.file_piece(&id, revision, number).await?;
        Ok::<_, crate::store::StoreError>(piece.map(|piece| (piece, (store, id, number + 1))))
    });
    Body::from_stream(pieces)
}
