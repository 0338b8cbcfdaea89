use charts::poster::{Poster, poster};
use hyper::StatusCode;

use super::{Chart, stamp};
use crate::http::answer::{Content, Keep, Kind};
use crate::http::published::Published;

/// The picture of a chart with its title and its source.
pub fn draw(published: &Published, chart: &Chart) -> Poster {
    let context = chart.context();
    poster(
        &context,
        &chart.figure(),
        &chart.request.look,
        &stamp(published, chart),
    )
}

/// The same as a file of lines and letters.
pub fn svg(published: &Published, chart: &Chart) -> Content {
    Content {
        status: StatusCode::OK,
        kind: Kind::Svg,
        body: draw(published, chart).svg.into_bytes(),
        file_name: None,
        policies: None,
        keep: Keep::Briefly,
    }
}
