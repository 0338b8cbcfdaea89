use std::fmt::Write as _;

use data::Lang;
use plotters::style::RGBColor;

use super::group::grouped;
use super::{Extra, tenths};
use crate::frame::{Anchor, MarkBox, TextBox};
use crate::palette;
use crate::text;

/// What stands around and upon the drawn elements.
pub(crate) struct Outside<'a> {
    /// The language of its words.
    pub(crate) lang: Lang,
    /// Its accessible name.
    pub(crate) description: &'a str,
    /// The part of the plane that is shown.
    pub(crate) view: View,
    /// Where it is a document of its own: a fragment takes its size and its paper from the page.
    pub(crate) alone: Option<Alone>,
    /// Lines around what is drawn: plotters moves into its own area whatever stands outside of it.
    pub(crate) texts: &'a [TextBox],
    /// Where a pointer means which row.
    pub(crate) hits: &'a [MarkBox],
}

/// A part of the plane in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The size of a document in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alone {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The fonts of a picture that stands alone, outside of our page: what Chinese desktops have.
///
/// No `system-ui`: it may be a font much wider than those the widths were taken from (DejaVu Sans on a bare Linux).
const FAMILY: &str = "Noto Sans CJK SC,Source Han Sans SC,PingFang SC,Microsoft YaHei,Arial,sans-serif";

/// The size most words have, in pixels: said once at the root.
const FONT_SIZE: f64 = text::NOTE.size;

/// The picture from what the backend wrote: tenths become pixels, extras and pointer targets are added, defaults and
/// what our style sheet says are left out.
pub(crate) fn finish(raw: &str, extras: &[(usize, Extra)], outside: &Outside) -> String {
    let mut body = String::with_capacity(raw.len());
    let defs = Defs::of(extras, raw);
    let mut extras = extras.iter().peekable();
    // The first element is the root, which is written below.
    for (index, element) in raw
        .split('<')
        .skip(2)
        .filter(|tag| !tag.starts_with('/'))
        .enumerate()
    {
        write_element(&mut body, element, |body| {
            while let Some((_, extra)) = extras.next_if(|(at, _)| *at == index) {
                defs.wear(body, *extra);
            }
        });
    }
    let mut svg = String::with_capacity(body.len() + 600 + outside.hits.len() * 72);
    open(&mut svg, outside);
    defs.write(&mut svg);
    match outside.alone {
        // A page compresses its pictures together with all else, and its style sheet reaches for their elements.
        None => svg.push_str(&body),
        Some(_) => grouped(&mut svg, &body),
    }
    for text in outside.texts {
        write_text(&mut svg, text);
    }
    write_hits(&mut svg, outside.hits);
    svg.push_str("</svg>");
    svg
}

fn open(svg: &mut String, outside: &Outside) {
    let View { x, y, width, height } = outside.view;
    svg.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\"");
    if let Some(alone) = outside.alone {
        let _ = write!(svg, " width=\"{}\" height=\"{}\"", alone.width, alone.height);
    }
    let _ = write!(
        svg,
        " viewBox=\"{x} {y} {width} {height}\" lang=\"{}\" \
         role=\"img\" font-family=\"{FAMILY}\" font-size=\"{FONT_SIZE}\" font-variant=\"tabular-nums\" stroke-linejoin=\"round\" aria-label=\"",
        outside.lang.tag()
    );
    escape(svg, &text::strip(outside.description));
    svg.push_str("\">");
    if outside.alone.is_some() {
        let paper = palette::hex(palette::PAPER);
        let _ = write!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        );
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// Writes `rect x="10" …/>` or `text …>words` as the backend left it, with `wear` called among the attributes.
fn write_element(out: &mut String, element: &str, wear: impl FnOnce(&mut String)) {
    // The backend escapes `>` in attributes and words, so the first one ends the tag.
    let Some((tag, words)) = element.split_once('>') else {
        return;
    };
    let name = tag.split([' ', '/']).next().unwrap_or_default();
    out.push('<');
    out.push_str(name);
    let mark = out.len();
    wear(out);
    let worn_fill = out.len() > mark && out[mark..].contains(" fill=");
    let mut parts = tag[name.len()..].split('"');
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        let key = key.trim_start_matches(' ').trim_end_matches('=');
        if !(is_default(name, key, value) || worn_fill && key == "fill") {
            write_attribute(out, key, value);
        }
    }
    if name == "text" {
        out.push('>');
        out.push_str(words.trim_end_matches('\n').trim_start_matches('\n'));
        out.push_str("</text>");
    } else {
        out.push_str("/>");
    }
}

/// What SVG assumes anyway, and what the root says for all.
fn is_default(element: &str, key: &str, value: &str) -> bool {
    match key {
        "opacity" => value == "1",
        "dy" | "font-family" => true,
        "text-anchor" => value == "start",
        "font-size" => value
            .parse::<f64>()
            .is_ok_and(|tenths| (tenths / 10.0 - FONT_SIZE).abs() < 0.01),
        "stroke" => value == "none",
        "stroke-width" => value == "10" || value == "0",
        "fill" => value == "none" && element == "line",
        _ => false,
    }
}

fn write_attribute(out: &mut String, key: &str, value: &str) {
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
    match key {
        "points" => write_points(out, value),
        "font-size" => write_tenths(out, value.parse::<f64>().map_or(0, |size| size.round() as i64)),
        _ => match value.parse::<i64>() {
            Ok(number) => write_tenths(out, number),
            Err(_) => out.push_str(value),
        },
    }
    out.push('"');
}

fn write_points(out: &mut String, points: &str) {
    for (index, number) in points
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .enumerate()
    {
        if index > 0 {
            out.push(if index % 2 == 1 { ',' } else { ' ' });
        }
        write_tenths(out, number.parse().unwrap_or(0));
    }
}

/// 1234 as `123.4`, 1230 as `123`.
fn write_tenths(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    write_whole(out, number.unsigned_abs() / 10);
    let tenth = number.unsigned_abs() % 10;
    if tenth > 0 {
        out.push('.');
        write_whole(out, tenth);
    }
}

/// Digits without the formatter of the standard library, which takes most of the time of a picture full of numbers.
fn write_whole(out: &mut String, number: u64) {
    if number >= 10 {
        write_whole(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A line of text as plotters' backend and [`write_element`] would have left it.
fn write_text(out: &mut String, text: &TextBox) {
    out.push_str("<text");
    write_attribute(out, "x", &tenths(text.x).to_string());
    write_attribute(out, "y", &tenths(text.baseline.round()).to_string());
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if text.font.bold {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let _ = write!(out, "{anchor}{weight}");
    if (text.font.size - FONT_SIZE).abs() > 0.01 {
        write_attribute(out, "font-size", &tenths(text.font.size).to_string());
    }
    let _ = write!(out, " fill=\"{}\">", palette::hex(text.color));
    escape(out, &text.text);
    out.push_str("</text>");
}

fn write_hits(out: &mut String, hits: &[MarkBox]) {
    if hits.is_empty() {
        return;
    }
    out.push_str("<g class=\"hits\" fill=\"none\" pointer-events=\"all\">");
    for hit in hits {
        out.push_str("<rect class=\"hit\" data-row=\"");
        write_whole(out, hit.row as u64);
        // Targets stay within the picture, so no side is negative.
        let sides = [
            (hit.x.max(0) as u32, "x"),
            (hit.y.max(0) as u32, "y"),
            (hit.width, "width"),
            (hit.height, "height"),
        ];
        for (length, name) in sides {
            out.push_str("\" ");
            out.push_str(name);
            out.push_str("=\"");
            write_whole(out, length.into());
        }
        out.push_str("\"/>");
    }
    out.push_str("</g>");
}

/// The gradients and hatchings that elements refer to.
struct Defs {
    /// Before every id: pictures in one page must not answer to each other's names.
    prefix: u64,
    worn: Vec<Extra>,
}

impl Defs {
    fn of(extras: &[(usize, Extra)], raw: &str) -> Defs {
        let mut worn = Vec::new();
        for (_, extra) in extras {
            let painted = matches!(
                extra,
                Extra::FadeRight(_) | Extra::FadeLeft(_) | Extra::Hatched(_)
            );
            if painted && !worn.contains(extra) {
                worn.push(*extra);
            }
        }
        let prefix = if worn.is_empty() { 0 } else { fnv(raw) & 0xFF_FFFF };
        Defs { prefix, worn }
    }

    fn wear(&self, out: &mut String, extra: Extra) {
        let paper = palette::hex(palette::PAPER);
        let _ = match extra {
            Extra::Dashed => write!(out, " stroke-dasharray=\"4 3\""),
            Extra::Dotted => write!(out, " stroke-dasharray=\"1 3\""),
            Extra::Hollow => write!(out, " fill=\"{paper}\""),
            Extra::Halo => write!(
                out,
                " stroke=\"{paper}\" stroke-width=\"4\" paint-order=\"stroke\""
            ),
            Extra::FadeRight(_) | Extra::FadeLeft(_) | Extra::Hatched(_) => {
                let id = self.worn.iter().position(|worn| *worn == extra).unwrap_or(0);
                write!(out, " fill=\"url(#c{:06x}-{id})\"", self.prefix)
            }
        };
    }

    fn write(&self, out: &mut String) {
        if self.worn.is_empty() {
            return;
        }
        out.push_str("<defs>");
        for (index, extra) in self.worn.iter().enumerate() {
            let id = format!("c{:06x}-{index}", self.prefix);
            match extra {
                Extra::FadeRight(color) => write_fade(out, &id, "", *color),
                Extra::FadeLeft(color) => write_fade(out, &id, " x1=\"1\" x2=\"0\"", *color),
                Extra::Hatched(color) => write_hatching(out, &id, *color),
                _ => {}
            }
        }
        out.push_str("</defs>");
    }
}

fn write_fade(out: &mut String, id: &str, direction: &str, color: RGBColor) {
    let color = palette::hex(color);
    let _ = write!(
        out,
        "<linearGradient id=\"{id}\"{direction}><stop stop-color=\"{color}\"/>\
         <stop offset=\"1\" stop-color=\"{color}\" stop-opacity=\"0\"/></linearGradient>"
    );
}

fn write_hatching(out: &mut String, id: &str, color: RGBColor) {
    let (color, paper) = (palette::hex(color), palette::hex(palette::PAPER));
    let _ = write!(
        out,
        "<pattern id=\"{id}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"{paper}\"/>\
         <path d=\"M1 0V5\" stroke=\"{color}\" stroke-width=\"2\"/></pattern>"
    );
}

/// Fowler, Noll and Vo's hash, variant 1a with 64 bits: the same on every machine, unlike the standard library's.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
