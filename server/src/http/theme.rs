use hyper::header::{COOKIE, HeaderMap};

/// The theme that a reader chose, which the app keeps in a cookie: the page is drawn in it, so that nothing flashes, and no
/// script stands before the first frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// The theme of a request; none where the reader chose none and the system's holds.
    pub fn of(headers: &HeaderMap) -> Option<Theme> {
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().strip_prefix("theme="))
            .find_map(|name| {
                [Theme::Light, Theme::Dark]
                    .into_iter()
                    .find(|theme| theme.name() == name)
            })
    }

    /// What the style sheet calls it.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn only_a_known_theme_among_the_cookies_counts() {
        let check = |cookies: &'static str, expected| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookies))]);
            assert_eq!(Theme::of(&headers), expected, "{cookies}");
        };
        check("a=b; theme=dark", Some(Theme::Dark));
        check("theme=light;a=b", Some(Theme::Light));
        check("theme=\"><script>", None);
        check("mytheme=dark", None);
        check("", None);
    }
}
