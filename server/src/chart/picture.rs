use charts::poster::{Poster, poster};
use data::Phrase;
use data::chart::ChartFormat;
use hyper::StatusCode;

use super::{Chart, stamp};
use crate::http::answer::{Content, Keep, Kind};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::pictures::{self, PictureError};

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

/// The same as a file of pixels.
pub fn png(published: &Published, chart: &Chart) -> Result<Content, Problem> {
    let svg = draw(published, chart).svg;
    let body = pictures::png(&svg, chart.request.look.scale as f32).map_err(|error| failed(&error, chart))?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Png,
        body,
        file_name: None,
        policies: None,
        keep: Keep::Briefly,
    })
}

/// A picture that is too large is one asked for with too large a scale; anything else is a fault of ours.
fn failed(error: &PictureError, chart: &Chart) -> Problem {
    const EXPECTED: Phrase = Phrase::new(
        "较小的倍数：宽 × 高 × 倍数的平方不超过 1600 万像素",
        "less: width × height × scale × scale is at most 16 million pixels",
    );
    match error {
        PictureError::Size { .. } => Problem::BadParameter {
            parameter: "scale".to_owned(),
            found: chart.request.look.scale.to_string(),
            expected: EXPECTED,
        },
        _ => {
            tracing::error!(%error, address = chart.request.href(ChartFormat::Png), "cannot draw a picture");
            Problem::Internal
        }
    }
}
