use std::borrow::Cow;

/// The longest label that is laid out, in characters: three lines of the widest column hold fewer than 300.
const MAX_CHARS: usize = 300;

/// Marks stacked on one letter beyond this are dropped: no living language writes three.
const MAX_MARKS: usize = 2;

/// The label with everything taken out that is not ink: control characters (an XML parser refuses some of them),
/// characters that turn the direction of what follows, and towers of combining marks.
pub fn clean(label: &str) -> Cow<'_, str> {
    kept(label, MAX_CHARS)
}

/// The same for a description, however long.
pub fn strip(description: &str) -> Cow<'_, str> {
    kept(description, usize::MAX)
}

fn kept(label: &str, max_chars: usize) -> Cow<'_, str> {
    let ordinary = |c: char| !is_dropped(c) && !is_mark(c) && !is_blank(c);
    if label.chars().all(ordinary) && (label.len() <= max_chars || label.chars().nth(max_chars).is_none()) {
        return Cow::Borrowed(label);
    }
    let mut kept = String::new();
    let mut marks = 0;
    for c in label.chars().filter(|c| !is_dropped(*c)).take(max_chars) {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if is_blank(c) {
            kept.push(' ');
        } else if marks <= MAX_MARKS {
            kept.push(c);
        }
    }
    Cow::Owned(kept)
}

/// Control characters other than blanks, marks of direction, characters without width, and noncharacters.
fn is_dropped(c: char) -> bool {
    if is_blank(c) {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
        || c as u32 & 0xFFFE == 0xFFFE
}

fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{A0}' | '\u{2028}' | '\u{2029}')
}

/// Characters drawn upon the one before, without a width of their own.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{064B}'..='\u{065F}'
        | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302D}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ink_is_taken_out_of_a_label() {
        let check = |input: &str, expected: &str| assert_eq!(clean(input), expected, "{input:?}");
        check("禹城市", "禹城市");
        check("a\u{0}b\u{202E}c\u{200B}", "abc");
        check("a\nb\tc", "a b c");
        check("e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}");
        check("\u{FFFF}x", "x");
    }

    #[test]
    fn a_label_of_a_novel_is_cut() {
        assert_eq!(clean(&"县".repeat(5000)).chars().count(), MAX_CHARS);
    }
}
