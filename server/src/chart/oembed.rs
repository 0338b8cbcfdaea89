//! oEmbed (<https://oembed.com>): what a portal's editor makes of a link to a chart.

use charts::html::escaped;
use data::chart::{ChartFormat, ChartRequest, Look, WIDTHS};
use data::{Lang, Phrase};
use hyper::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Chart, codes, embed};
use crate::api::json;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::saved::address;

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
    /// Left out where it would be larger than what the consumer allows.
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Thumbnail {
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
    let width = most_width
        .unwrap_or(USUAL_WIDTH)
        .clamp(*WIDTHS.start(), *WIDTHS.end());
    let chart = chart(published, asked, url, width)?;
    let figure = chart.figure();
    let src = codes::whole(published, &chart.embed_href());
    // Where less is allowed than it needs, its picture is shown smaller.
    let height = embed::height(published, &chart).min(most_height.unwrap_or(u32::MAX));
    let thumbnail = chart.file_href(ChartFormat::Png, THUMBNAIL);
    let has_room = most_width.is_none_or(|most| most >= THUMBNAIL_SIZE.0)
        && most_height.is_none_or(|most| most >= THUMBNAIL_SIZE.1);
    let answer = OEmbed {
        version: "1.0",
        r#type: "rich",
        title: &figure.title,
        provider_name: chart.request.lang.words().site,
        provider_url: &published.origin,
        cache_age: 3600,
        html: codes::frame(&figure, &src, height),
        width: width.min(most_width.unwrap_or(width)),
        height,
        thumbnail: has_room.then(|| Thumbnail {
            thumbnail_url: codes::whole(published, &thumbnail),
            thumbnail_width: THUMBNAIL_SIZE.0,
            thumbnail_height: THUMBNAIL_SIZE.1,
        }),
    };
    let content = json(&answer)?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::OEmbed,
        keep: Keep::Briefly,
        ..content
    })
}

/// The chart that a link names, for a frame of this width.
fn chart(published: &Published, asked: &Asked, url: &str, width: u32) -> Result<Chart, Problem> {
    let request = match &asked.named {
        Some(named) => named.chart.whole_request(),
        None => {
            let ours = [published.origin.to_string()];
            let (request, as_of) = address::read(url, &ours).map_err(|_| no_chart(url))?;
            ChartRequest { as_of, ..request }
        }
    };
    let chosen = asked.pairs().find(|(key, _)| *key == "lang");
    let lang = chosen
        .and_then(|(_, code)| Lang::from_code(code))
        .unwrap_or(request.lang);
    let look = Look {
        width,
        ..Look::default()
    };
    let request = ChartRequest {
        lang,
        look,
        ..request
    };
    Ok(Chart::select(&published.dataset, request)?.named_as(asked))
}

/// The size of the file of [`THUMBNAIL`], in pixels.
const THUMBNAIL_SIZE: (u32, u32) = (1200, 630);

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

/// The element by which a consumer finds the answer for the page at a whole address.
pub fn discovery(published: &Published, page: &str) -> String {
    let url: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
    format!(
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}/oembed?url={url}\">",
        escaped(&published.origin)
    )
}
