//! HTML as text: the few pieces that every fragment is made of.

use std::borrow::Cow;

/// The text with what HTML would take for markup escaped; for element content and for quoted attributes.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A link; its words and address are escaped.
pub fn link(href: &str, words: &str) -> String {
    format!(r#"<a href="{}">{}</a>"#, escaped(href), escaped(words))
}

/// An element with a class around finished HTML.
pub fn element(name: &str, class: &str, inner: &str) -> String {
    format!(r#"<{name} class="{class}">{inner}</{name}>"#)
}

/// An element around a text, which is escaped.
pub fn text(name: &str, words: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(words))
}

/// The items of a list, each finished HTML.
pub fn items(inner: impl IntoIterator<Item = String>) -> String {
    inner.into_iter().map(|item| format!("<li>{item}</li>")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_or_an_address_holds_never_becomes_markup() {
        let hostile = r#"<script>alert("1")</script>"#;
        assert!(!text("p", hostile).contains("<script"));
        assert!(!link(r#"" onload="x"#, "a").contains(r#"" onload"#));
        assert_eq!(escaped("禹城市"), "禹城市");
    }
}
