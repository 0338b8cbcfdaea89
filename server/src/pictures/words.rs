use resvg::usvg::roxmltree::{Document, Node};

use super::PictureError;

/// The largest em that is drawn, in pixels of the PNG: a title of 64 at four times its size, and twice that.
const MOST_SIZE: f32 = 512.0;

/// The farthest that words may stand from the corner, in pixels of the PNG: beyond any picture, and within any number.
const FARTHEST: f32 = 1e6;

/// A line of words, in pixels of the PNG.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The words.
    pub(super) words: String,
    /// Where the line starts, has its middle or ends.
    pub(super) x: f32,
    /// The baseline.
    pub(super) y: f32,
    /// What it wears.
    pub(super) style: Style,
}

/// What words wear; what stands around them hands it down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The em.
    pub(super) size: f32,
    /// Bold or regular.
    pub(super) bold: bool,
    /// Which part of the line stands at its place.
    pub(super) anchor: Anchor,
    /// The colour of the letters; none for none.
    pub(super) fill: Option<[u8; 3]>,
    /// The colour of the rim below the letters.
    pub(super) rim: Option<[u8; 3]>,
    /// The width of the rim's stroke, half of which lies outside of the letter.
    pub(super) rim_width: f32,
}

/// Which part of a line stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// Where the coordinates of an element lie in the picture.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f32,
    y: f32,
    scale: f32,
}

impl Place {
    fn moved(self, x: f32, y: f32) -> Place {
        Place {
            x: self.x + x * self.scale,
            y: self.y + y * self.scale,
            ..self
        }
    }

    /// Inside of an `svg` element of this size whose `viewBox` says how its content counts: as large as fits, in the middle.
    fn inside(self, node: Node, size: Option<(f32, f32)>) -> Result<Place, PictureError> {
        let Some(view) = node.attribute("viewBox") else {
            return Ok(self);
        };
        let numbers: Vec<f32> = view
            .split([' ', ','])
            .filter_map(|number| number.parse().ok())
            .collect();
        let [left, top, across, down] = numbers[..] else {
            return Err(PictureError::NotOurs(format!("the viewBox {view:?}")));
        };
        let (width, height) = size.unwrap_or((across, down));
        let scale = (width / across).min(height / down);
        let (right, below) = ((width - across * scale) / 2.0, (height - down * scale) / 2.0);
        let place = self.moved(right, below);
        Ok(Place {
            scale: place.scale * scale,
            ..place
        }
        .moved(-left, -top))
    }
}

/// Every line of words in an SVG of this size, drawn `scale` times as large.
pub(super) fn of(document: &Document, size: (f32, f32), scale: f32) -> Result<Vec<Line>, PictureError> {
    let root = document.root_element();
    let page = Place {
        x: 0.0,
        y: 0.0,
        scale,
    };
    // What SVG assumes where nothing is said.
    let plain = Style {
        size: 16.0,
        bold: false,
        anchor: Anchor::Start,
        fill: Some([0, 0, 0]),
        rim: None,
        rim_width: 1.0,
    };
    let mut lines = Vec::new();
    let style = styled(root, plain)?;
    visit_children(root, page.inside(root, Some(size))?, style, &mut lines)?;
    Ok(lines)
}

fn visit_children(node: Node, place: Place, style: Style, lines: &mut Vec<Line>) -> Result<(), PictureError> {
    node.children()
        .filter(Node::is_element)
        .try_for_each(|child| visit(child, place, style, lines))
}

fn visit(node: Node, place: Place, style: Style, lines: &mut Vec<Line>) -> Result<(), PictureError> {
    match node.tag_name().name() {
        "g" | "a" => {
            let (x, y) = translation(node)?;
            visit_children(node, place.moved(x, y), styled(node, style)?, lines)
        }
        "svg" => {
            let [x, y] = ["x", "y"].map(|name| number(node, name));
            let place = place.moved(x?.unwrap_or(0.0), y?.unwrap_or(0.0));
            let [width, height] = ["width", "height"].map(|name| number(node, name));
            let inside = place.inside(node, width?.zip(height?))?;
            visit_children(node, inside, styled(node, style)?, lines)
        }
        "text" => {
            lines.extend(line(node, place, styled(node, style)?)?);
            Ok(())
        }
        "style" => Err(PictureError::NotOurs("a style sheet".into())),
        _ => Ok(()),
    }
}

fn line(node: Node, place: Place, style: Style) -> Result<Option<Line>, PictureError> {
    if let Some(child) = node.children().find(Node::is_element) {
        let name = child.tag_name().name();
        return Err(PictureError::NotOurs(format!("a {name} within words")));
    }
    let (across, down) = translation(node)?;
    let place = place.moved(across, down);
    let [x, y] = ["x", "y"].map(|name| number(node, name));
    let at = place.moved(x?.unwrap_or(0.0), y?.unwrap_or(0.0));
    let style = Style {
        size: style.size * place.scale,
        rim_width: style.rim_width * place.scale,
        ..style
    };
    if !(0.0..=MOST_SIZE).contains(&style.size) || !(0.0..=MOST_SIZE).contains(&style.rim_width) {
        return Err(PictureError::NotOurs(format!("words of {} pixels", style.size)));
    }
    // A comparison with what is no number is false, and so it is not near.
    let is_near = |number: f32| number.abs() <= FARTHEST;
    if !(is_near(at.x) && is_near(at.y)) {
        return Err(PictureError::NotOurs(format!("words at {} {}", at.x, at.y)));
    }
    let words = node.text().unwrap_or_default().trim();
    Ok((!words.is_empty()).then(|| Line {
        words: words.to_owned(),
        x: at.x,
        y: at.y,
        style,
    }))
}

/// What an element wears itself, over what it was handed down.
fn styled(node: Node, style: Style) -> Result<Style, PictureError> {
    if let Some(sheet) = node.attribute("style") {
        return Err(PictureError::NotOurs(format!("the style {sheet:?}")));
    }
    Ok(Style {
        size: number(node, "font-size")?.unwrap_or(style.size),
        bold: match node.attribute("font-weight") {
            Some(weight) => weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600),
            None => style.bold,
        },
        anchor: match node.attribute("text-anchor") {
            Some("start") => Anchor::Start,
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => style.anchor,
        },
        fill: color(node, "fill", style.fill)?,
        rim: color(node, "stroke", style.rim)?,
        rim_width: number(node, "stroke-width")?.unwrap_or(style.rim_width),
    })
}

fn number(node: Node, name: &str) -> Result<Option<f32>, PictureError> {
    let Some(value) = node.attribute(name) else {
        return Ok(None);
    };
    match value.trim_end_matches("px").parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(PictureError::NotOurs(format!("{name}={value:?}"))),
    }
}

/// `#1F4E79`, as our palette is written; paint by reference is only for shapes, and counts as none for words within.
fn color(node: Node, name: &str, inherited: Option<[u8; 3]>) -> Result<Option<[u8; 3]>, PictureError> {
    let Some(value) = node.attribute(name) else {
        return Ok(inherited);
    };
    if value == "none" || value.starts_with("url(") {
        return Ok(None);
    }
    let digits = value.strip_prefix('#').filter(|digits| digits.len() == 6);
    let rgb = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match rgb {
        Some(rgb) => Ok(Some([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8])),
        None => Err(PictureError::NotOurs(format!("{name}={value:?}"))),
    }
}

/// How far an element is moved; turned or stretched words are none of ours.
fn translation(node: Node) -> Result<(f32, f32), PictureError> {
    let Some(transform) = node.attribute("transform") else {
        return Ok((0.0, 0.0));
    };
    let inside = transform
        .trim()
        .strip_prefix("translate(")
        .and_then(|rest| rest.strip_suffix(')'));
    let numbers: Vec<f32> = inside
        .unwrap_or_default()
        .split([' ', ','])
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers[..] {
        [x] => Ok((x, 0.0)),
        [x, y] => Ok((x, y)),
        _ => Err(PictureError::NotOurs(format!("the transform {transform:?}"))),
    }
}
