//! HTML as text: the few pieces that every fragment is made of.

use std::borrow::Cow;

use data::Lang;

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

/// The attribute that says that words of a source are Chinese on a page that is not, so that they are read aloud and
/// set as Chinese; empty where there is nothing to say. A source is shown as it is, never translated.
pub fn lang_of_source(page: Lang, words: &str) -> &'static str {
    let is_han =
        |c: char| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    if page != Lang::Zh && words.contains(is_han) {
        r#" lang="zh""#
    } else {
        ""
    }
}

/// Words of a source inside others, with their language where it is not that of the page.
pub fn of_source(page: Lang, words: &str) -> String {
    match lang_of_source(page, words) {
        "" => escaped(words).into_owned(),
        lang => format!("<span{lang}>{}</span>", escaped(words)),
    }
}

/// The items of a list, each finished HTML.
pub fn items(inner: impl IntoIterator<Item = String>) -> String {
    inner.into_iter().map(|item| format!("<li>{item}</li>")).collect()
}

/// Links that unfold from a word, without script as well; nothing where there is none.
pub fn menu(words: &str, links: &[(String, String)]) -> String {
    if links.is_empty() {
        return String::new();
    }
    let links = items(links.iter().map(|(words, href)| link(href, words)));
    format!(
        r#"<details class="menu"><summary>{}</summary><ul>{links}</ul></details>"#,
        escaped(words)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_source_say_that_they_are_chinese_where_the_page_is_not() {
        let check = |page, words, expected: &str| assert_eq!(of_source(page, words), expected);
        check(
            Lang::En,
            "中华工商时报, 2022-10-31",
            r#"<span lang="zh">中华工商时报, 2022-10-31</span>"#,
        );
        check(Lang::En, "and 3 more", "and 3 more");
        check(Lang::Zh, "中华工商时报", "中华工商时报");
        check(Lang::En, "<中>", r#"<span lang="zh">&lt;中&gt;</span>"#);
    }

    #[test]
    fn what_a_file_or_an_address_holds_never_becomes_markup() {
        let hostile = r#"<script>alert("1")</script>"#;
        assert!(!text("p", hostile).contains("<script"));
        assert!(!link(r#"" onload="x"#, "a").contains(r#"" onload"#));
        assert_eq!(escaped("禹城市"), "禹城市");
    }
}
