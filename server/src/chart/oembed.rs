//! oEmbed (<https://oembed.com>): what a portal's editor makes of a link to a chart.

use charts::html::escaped;
use data::Phrase;
use data::chart::{ChartFormat, ChartRequest, Look, WIDTHS};
use hyper::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Chart, codes, embed};
use crate::api::json;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::saved::{SavedChart, address};

/// A frame of an embed, as version 1.0 of the specification has it (type `rich`).
#[derive(Debug, Serialize, JsonSchema)]
pub struct OEmbed<'a> {
    version: &'static str,
    r#type: &'static str,
    title: &'a str,
    provider_name: &'a str,
    provider_url: &'a str,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

const WIDTH_EXPECTED: Phrase = Phrase::new("大于 0 的整数", "a whole number above 0");

/// How wide a frame is where the consumer has not said how wide it may be, in pixels.
const USUAL_WIDTH: u32 = 640;

/// The answer for the address of a chart: its page's or its embed's.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let parameters = Parameters::take(asked, &["url", "maxwidth", "maxheight", "format", "lang"])?;
    check_format(&parameters)?;
    let size = |name| {
        let read = |text: &str| text.parse::<u32>().ok().filter(|pixels| *pixels > 0);
        parameters.parsed(name, WIDTH_EXPECTED, read)
    };
    let (most_width, most_height) = (size("maxwidth")?, size("maxheight")?);
    let url = parameters.required("url")?;
    let ours = [published.origin.to_string()];
    let saved = asked.named.as_ref().map(|named| named.chart.as_ref());
    let request = match saved {
        Some(saved) => saved.whole_request(),
        None => {
            let (request, as_of) = address::read(url, &ours).map_err(|_| no_chart(url))?;
            ChartRequest { as_of, ..request }
        }
    };
    let width = most_width
        .unwrap_or(USUAL_WIDTH)
        .clamp(*WIDTHS.start(), *WIDTHS.end());
    let request = request.with_look(Look {
        width,
        ..Look::default()
    });
    let chart = Chart::select(&published.dataset, request)?;
    let figure = chart.figure();
    let src = codes::embed_address(published, &chart.request, saved);
    let height = embed::height(published, &chart, saved).min(most_height.unwrap_or(u32::MAX));
    let thumbnail = chart.request.with_look(THUMBNAIL);
    let answer = OEmbed {
        version: "1.0",
        r#type: "rich",
        title: &figure.title,
        provider_name: chart.request.lang.words().site,
        provider_url: &published.origin,
        cache_age: 3600,
        html: codes::frame(&figure, &src, height),
        width,
        height,
        thumbnail_url: codes::file_address(published, &thumbnail, saved, ChartFormat::Png),
        thumbnail_width: THUMBNAIL.width * THUMBNAIL.scale,
        thumbnail_height: THUMBNAIL.height.unwrap_or_default() * THUMBNAIL.scale,
    };
    let content = json(&answer)?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::OEmbed,
        keep: Keep::Briefly,
        ..content
    })
}

/// The picture of a link: 1200 × 630 pixels, which those who show links ask for, with words large enough to be read small.
pub const THUMBNAIL: Look = Look {
    width: 600,
    height: Some(315),
    scale: 2,
    theme: None,
};

/// The specification's answer to a format that is not offered is 501.
fn check_format(parameters: &Parameters<'_>) -> Result<(), Problem> {
    match parameters.get("format") {
        None | Some("json") => Ok(()),
        Some(_) => Err(Problem::Told {
            status: StatusCode::NOT_IMPLEMENTED,
            code: "format_not_offered",
            words: data::Names {
                zh: "只提供 format=json。".into(),
                en: "Only format=json is offered.".into(),
            },
        }),
    }
}

/// And to an address that is none of ours, 404.
fn no_chart(url: &str) -> Problem {
    Problem::NoSuchAddress(url.chars().take(200).collect())
}

/// The element by which a consumer finds the answer for a page.
pub fn discovery(published: &Published, request: &ChartRequest, saved: Option<&SavedChart>) -> String {
    let page = embed::page_address(published, request, saved);
    let url: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
    format!(
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}/oembed?url={url}\">",
        escaped(&published.origin)
    )
}
