//! Text without fonts: how wide it is, where it breaks, what it may hold.
//!
//! Widths come from a table and never from a font, so that the same chart is the same bytes on every machine.

mod clean;
mod table;

pub use clean::{clean, strip};

/// A size and a weight; the family is the page's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// The em, in pixels.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
}

impl Font {
    /// Regular weight, `size` in pixels.
    pub const fn regular(size: f64) -> Font {
        Font { size, bold: false }
    }

    /// Bold weight, `size` in pixels.
    pub const fn bold(size: f64) -> Font {
        Font { size, bold: true }
    }

    /// From one baseline to the next, in pixels: room for a Chinese line of the size.
    pub fn line_height(self) -> f64 {
        (self.size * 1.3).ceil()
    }

    /// How far ink reaches above the baseline, in pixels.
    pub fn ascent(self) -> f64 {
        self.size * 0.9
    }

    /// How far ink reaches below the baseline, in pixels.
    pub fn descent(self) -> f64 {
        self.size * 0.25
    }

    /// From the middle of a line of digits or Chinese down to its baseline, in pixels.
    pub fn middle(self) -> f64 {
        self.size * 0.36
    }
}

/// Ticks, remarks and dates.
///
/// The sizes of pictures are few, and the style sheet's are the same where it can: a browser loads each size and weight of a
/// Chinese font for itself, which takes a slow machine some milliseconds before the first chart.
pub const NOTE: Font = Font::regular(12.0);
/// Names of things.
pub const LABEL: Font = Font::regular(13.0);
/// Values, and the name of what was chosen.
pub const STRONG_LABEL: Font = Font::bold(13.0);
/// The figure a picture is about.
pub const HEADLINE: Font = Font::bold(16.0);

/// The width of one line of text, in pixels; never less than what a usual desktop font takes.
pub fn width(text: &str, font: Font) -> f64 {
    text.chars()
        .map(|c| f64::from(advance(c, font.bold)))
        .sum::<f64>()
        * font.size
        / 1000.0
}

/// The advance of a character in 1/1000 em: Chinese characters and full-width forms take one em.
fn advance(c: char, bold: bool) -> u16 {
    let code = c as u32;
    if let Some(index) = code.checked_sub(0x20).filter(|index| *index < 95) {
        let table = if bold { &table::BOLD } else { &table::REGULAR };
        return table[index as usize];
    }
    if clean::is_mark(c) {
        return 0;
    }
    match code {
        0x2013 | 0x2212 => 600,
        0x00B0 | 0x2032 => 410,
        // A ligature of a whole sentence, dashes of two and three ems, and cuneiform.
        0xFDFD => 12_000,
        0x2E3A | 0x2E3B | 0x12000..=0x1254F => 4_000,
        0x00A0..=0x02FF | 0x2010..=0x2027 | 0x2150..=0x22FF | 0x2460..=0x25FF => 1_000,
        0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF => 1_000,
        // Nothing in the two fonts of the table; the widest of DejaVu Sans outside of ligatures is 1.43 em.
        _ => 1_430,
    }
}

/// The text on one line no wider than `max_width` pixels, ending in … where it was cut.
pub fn fit(text: &str, font: Font, max_width: f64) -> String {
    wrap(text, font, max_width, 1).pop().unwrap_or_default()
}

/// The text in at most `max_lines` lines no wider than `max_width` pixels, the last ending in … where it was cut.
///
/// Chinese breaks between characters, but never before 、，。） or after （, nor between a number and its classifier;
/// Latin breaks at spaces and after hyphens. A word wider than the line is broken. A single character wider than the
/// line overflows it: a column narrower than two ems is no column.
pub fn wrap(text: &str, font: Font, max_width: f64, max_lines: usize) -> Vec<String> {
    let mut rest = text.trim();
    let mut lines = Vec::new();
    while !rest.is_empty() && lines.len() < max_lines {
        let end = line_end(rest, font, max_width);
        let last = lines.len() + 1 == max_lines;
        if last && end < rest.len() {
            lines.push(cut(rest, font, max_width));
            break;
        }
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the first line of the text ends, in bytes; at least one character is on it.
fn line_end(text: &str, font: Font, max_width: f64) -> usize {
    let room = max_width * 1000.0 / font.size;
    let (mut used, mut last_break, mut before) = (0.0, None, None);
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            last_break = Some(at);
        }
        used += f64::from(advance(c, font.bold));
        if used > room && at > 0 && c != ' ' {
            return last_break.unwrap_or(at);
        }
        before = Some(c);
    }
    text.len()
}

/// As much of the text as fits with an ellipsis behind it.
fn cut(text: &str, font: Font, max_width: f64) -> String {
    let room = max_width * 1000.0 / font.size - f64::from(advance('…', font.bold));
    let mut used = 0.0;
    let fits = |(_, c): &(usize, char)| {
        used += f64::from(advance(*c, font.bold));
        used <= room
    };
    let end = text
        .char_indices()
        .take_while(fits)
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    format!(
        "{}…",
        text[..end].trim_end_matches([' ', '，', '、', '。', '（', '(', '-'])
    )
}

fn may_break(before: char, after: char) -> bool {
    const NEVER_FIRST: &str = "、，。）」』】》；：！？…·,.)]};:!?%％’”〉";
    const NEVER_LAST: &str = "（「『【《([{‘“〈";
    if after == ' ' || NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || clean::is_mark(after) {
        return false;
    }
    if before == ' ' || matches!(before, '-' | '/') && after.is_alphabetic() {
        return true;
    }
    let number_and_classifier = before.is_ascii_digit() && is_wide(after);
    (is_wide(before) || is_wide(after)) && !number_and_classifier
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FONT: Font = Font::regular(10.0);

    #[test]
    fn a_chinese_character_is_one_em_and_a_digit_a_little_over_half() {
        assert_eq!(width("禹城市", FONT), 30.0);
        assert_eq!(width("1,355", FONT), 25.02);
        assert!(width("890", Font::bold(10.0)) > width("890", FONT));
        assert_eq!(width("e\u{301}", FONT), width("e", FONT));
    }

    fn check(text: &str, max_width: f64, max_lines: usize, expected: &[&str]) {
        assert_eq!(wrap(text, FONT, max_width, max_lines), expected, "{text}");
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_a_comma() {
        check("企业家座谈会", 30.0, 3, &["企业家", "座谈会"]);
        check("企业家，座谈会", 30.0, 3, &["企业", "家，座", "谈会"]);
        check("企业（家）", 30.0, 3, &["企业", "（家）"]);
        check("共计10场次", 35.0, 3, &["共计", "10场次"]);
    }

    #[test]
    fn latin_breaks_at_spaces_and_a_word_too_long_is_broken() {
        check(
            "Bonan and Salar County",
            60.0,
            3,
            &["Bonan and", "Salar", "County"],
        );
        check("abcdefghij", 30.0, 9, &["abcde", "fghij"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        check("企业家座谈会", 40.0, 1, &["企业家…"]);
        check("企业家座谈会企业家", 40.0, 2, &["企业家座", "谈会企…"]);
        check("", 40.0, 2, &[]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_column(text in "\\PC{0,80}", column in 40.0..300.0f64, lines in 1usize..5) {
            let wrapped = wrap(&clean(&text), FONT, column, lines);
            prop_assert!(wrapped.len() <= lines);
            // One ligature alone is wider than a column; it is no word of ours.
            prop_assume!(!text.contains('\u{FDFD}'));
            for line in wrapped {
                prop_assert!(width(&line, FONT) <= column + 0.001, "{line:?}");
            }
        }
    }
}
