//! Every colour a chart uses, as fixed hexes of the light theme.
//!
//! The SVG holds them literally in `fill`, `stroke` and `stop-color`, in upper case, and nothing else: the page's CSS
//! turns them into the dark theme by attribute (`.chart [fill="#1F2937"]`), so [`ALL`] is what it has to cover.
//! Ratios are contrasts with white.

pub use plotters::style::RGBColor;

/// The paper: inside of hollow marks and the halo of a word upon lines.
pub const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Names, values and the zero line (14.7:1).
pub const INK: RGBColor = RGBColor(0x1F, 0x29, 0x37);
/// Ranks, tick labels, asides, dates (5.7:1).
pub const GREY: RGBColor = RGBColor(0x5F, 0x67, 0x74);
/// The ring at the start of a from–to pair and the rule at a break in series (3.3:1, for lines alone).
pub const MUTED: RGBColor = RGBColor(0x84, 0x8F, 0xA0);
/// Grid lines and tracks: there to be overlooked.
pub const HAIRLINE: RGBColor = RGBColor(0xE3, 0xE5, 0xE9);
/// The one unit that was chosen (6.5:1).
pub const ACCENT: RGBColor = RGBColor(0xB3, 0x26, 0x1E);
/// Bars where none was chosen, and the first line (8.7:1).
pub const NAVY: RGBColor = RGBColor(0x1F, 0x4E, 0x79);

/// Bars beside the chosen one, so that it stands out (4.3:1).
pub const QUIET: RGBColor = RGBColor(0x5A, 0x7A, 0x9B);

/// Lines that are not the chosen one, in order of use: navy, teal, ochre, violet, warm grey, moss, brown, slate.
///
/// All keep 4.5:1 on white, because the name at a line's end wears the line's colour. Found by search: any two of them
/// and the accent are at least 11 apart in CIELAB, for normal sight and as protanopia, deuteranopia and tritanopia
/// (Machado's matrices) see them.
pub const SERIES: [RGBColor; 8] = [
    NAVY,
    RGBColor(0x2D, 0x78, 0x87),
    RGBColor(0x96, 0x69, 0x4B),
    RGBColor(0x78, 0x69, 0xB4),
    RGBColor(0x69, 0x5A, 0x5A),
    RGBColor(0x3C, 0x5A, 0x0F),
    RGBColor(0x5A, 0x3C, 0x2D),
    RGBColor(0x2D, 0x3C, 0x4B),
];

/// Every colour that can occur in a picture; each has to have its dark counterpart in the style sheet.
pub const ALL: [RGBColor; 15] = [
    PAPER, INK, GREY, MUTED, HAIRLINE, ACCENT, NAVY, QUIET, SERIES[1], SERIES[2], SERIES[3], SERIES[4],
    SERIES[5], SERIES[6], SERIES[7],
];

/// The same colours in the order of [`ALL`] on dark paper, as the style sheet has them (a test compares): for pictures that
/// stand alone, which no sheet reaches.
pub const DARK: [RGBColor; 15] = [
    RGBColor(0x1A, 0x1F, 0x28),
    RGBColor(0xE8, 0xEA, 0xED),
    RGBColor(0x9A, 0xA3, 0xB0),
    RGBColor(0x8B, 0x95, 0xA5),
    RGBColor(0x32, 0x39, 0x45),
    RGBColor(0xFF, 0x8A, 0x7A),
    RGBColor(0x7F, 0xB2, 0xE0),
    RGBColor(0x6F, 0x93, 0xB8),
    RGBColor(0x5F, 0xB6, 0xC6),
    RGBColor(0xD2, 0xA2, 0x7F),
    RGBColor(0xAA, 0x9C, 0xE6),
    RGBColor(0xB9, 0xA8, 0xA8),
    RGBColor(0x9C, 0xC0, 0x61),
    RGBColor(0xCF, 0x9F, 0x86),
    RGBColor(0x9F, 0xB3, 0xC8),
];

/// A picture in light colours, in dark ones. Only whole attributes are exchanged; words have no quotation marks in them.
pub fn darkened(svg: &str) -> String {
    let (light, dark_of) = (ALL.map(hex), DARK.map(hex));
    let mut dark = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("\"#") {
        let (before, found) = rest.split_at(at);
        dark.push_str(before);
        let is_whole = |hex: &String| found[1..].starts_with(hex) && found[1 + hex.len()..].starts_with('"');
        match light.iter().position(is_whole) {
            Some(index) => {
                dark.push('"');
                dark.push_str(&dark_of[index]);
                rest = &found[8..];
            }
            None => {
                dark.push_str("\"#");
                rest = &found[2..];
            }
        }
    }
    dark + rest
}

/// The rules by which a sheet turns the colours that stand in these pictures into dark ones.
pub fn dark_rules(html: &str) -> String {
    let mut rules = String::new();
    for (light, dark) in ALL.iter().zip(DARK) {
        let (light, dark) = (hex(*light), hex(dark));
        for attribute in ["fill", "stroke", "stop-color"] {
            let worn = format!("{attribute}=\"{light}\"");
            if html.contains(&worn) {
                rules += &format!("[{worn}]{{{attribute}:{dark}}}");
            }
        }
    }
    rules
}

/// The colour as the SVG writes it: `#1F4E79`.
pub fn hex(color: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}
