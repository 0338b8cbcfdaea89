use std::sync::Arc;

use data::AsOf;
use data::chart::ChartFormat;

use super::SavedChart;
use super::id::is_id;
use crate::http::app::App;
use crate::http::asked::Asked;
use crate::http::failure::Problem;

/// What a handler sees of a chart that was asked for by its short address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The chart: its id, and whether it is pinned to a vintage or follows the newest.
    pub chart: Arc<SavedChart>,
    /// Parameters that were passed over: what is shown was saved. Messengers add their own to links.
    pub ignored: Vec<String>,
}

/// What a reader of a saved chart still chooses.
const CHOSEN: [&str; 5] = ["lang", "width", "height", "scale", "theme"];

/// A short address as the address that was saved under it; any other stays as it is, and so does one of a page that nobody
/// saved, whose handler says so.
pub async fn resolve(app: &App, asked: Asked) -> Result<Asked, Problem> {
    if asked.path == "/oembed" {
        return of_link(app, asked).await;
    }
    let Some(short) = Short::of(&asked.path) else {
        return Ok(asked);
    };
    let found = match is_id(short.id) {
        true => app.saved.known.chart(&app.store, short.id).await?,
        false => None,
    };
    match found {
        Some(chart) => instead(&asked, short, chart),
        None if short.format == ChartFormat::Page => Ok(asked),
        None => Err(Problem::NoSuchAddress(asked.path)),
    }
}

/// A question about a link, with the saved chart that the link names and the state of that.
async fn of_link(app: &App, asked: Asked) -> Result<Asked, Problem> {
    let Some(link) = link(&asked, &app.published.load().origin) else {
        return Ok(asked);
    };
    let id = Short::of(&link.path).map(|short| short.id);
    let Some(id) = id.filter(|id| is_id(id)) else {
        return Ok(asked);
    };
    match app.saved.known.chart(&app.store, id).await? {
        Some(chart) => Ok(about(asked, &link, chart)),
        None => Ok(asked),
    }
}

/// The address in a question about a link, where it is one of ours.
fn link(asked: &Asked, origin: &str) -> Option<Asked> {
    let (_, url) = asked.pairs().find(|(key, _)| *key == "url")?;
    let url = url.split('#').next().unwrap_or_default();
    let local = url.strip_prefix(origin).unwrap_or(url);
    let uri = local.parse().ok().filter(|_| local.starts_with('/'))?;
    Asked::parse(&uri).ok()
}

/// The question with what its link names: the chart, its state, and the language that the link asks for.
fn about(asked: Asked, link: &Asked, chart: Arc<SavedChart>) -> Asked {
    let Asked { path, mut pairs, .. } = asked;
    if !pairs.iter().any(|(key, _)| key == "lang") {
        let lang = link.pairs.iter().find(|(key, _)| key == "lang");
        pairs.extend(lang.cloned());
    }
    let vintage = chart.whole_request().as_of;
    pairs.extend(vintage.map(|as_of| (AsOf::PARAMETER.to_owned(), as_of.to_string())));
    Asked {
        path,
        pairs,
        theme: None,
        named: Some(Named {
            chart,
            ignored: Vec::new(),
        }),
        form: None,
        as_of: None,
    }
}

/// A short address taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Short<'a> {
    id: &'a str,
    format: ChartFormat,
    is_embed: bool,
}

impl Short<'_> {
    fn of(path: &str) -> Option<Short<'_>> {
        if let Some(segment) = path.strip_prefix("/c/") {
            let (id, format) = ChartFormat::split(segment);
            return Some(Short {
                id,
                format,
                is_embed: false,
            });
        }
        // What is no id there is the name of a kind.
        let id = path.strip_prefix("/embed/").filter(|id| is_id(id))?;
        Some(Short {
            id,
            format: ChartFormat::Page,
            is_embed: true,
        })
    }
}

fn instead(asked: &Asked, short: Short<'_>, chart: Arc<SavedChart>) -> Result<Asked, Problem> {
    let (chosen, other): (Vec<_>, Vec<_>) = asked
        .pairs
        .iter()
        .cloned()
        .partition(|(key, _)| CHOSEN.contains(&key.as_str()));
    if let Some((key, _)) = other.first().filter(|_| short.format != ChartFormat::Page) {
        return Err(Problem::UnknownParameter(key.clone()));
    }
    let request = chart.whole_request();
    let address = match short.is_embed {
        true => request.embed_href(),
        false => request.href(short.format),
    };
    let uri = address.parse().map_err(|_| Problem::Internal)?;
    let Asked { path, mut pairs, .. } = Asked::parse(&uri)?;
    pairs.retain(|(key, _)| !chosen.iter().any(|(chosen, _)| chosen == key));
    pairs.extend(chosen);
    let ignored = other.into_iter().map(|(key, _)| key).collect();
    Ok(Asked {
        path,
        pairs,
        theme: asked.theme,
        named: Some(Named { chart, ignored }),
        form: None,
        as_of: None,
    })
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use hyper::Uri;

    use super::*;
    use crate::saved::address;

    const ID: &str = "0123456789";

    fn resolved(address: &'static str, vintage: Option<u32>) -> Result<Asked, Problem> {
        let saved = "/charts/line?indicator=a&org-unit=1&org-unit=2&lang=en";
        let chart = SavedChart {
            id: ID.into(),
            request: address::read(saved, &[]).unwrap().0,
            vintage: vintage.and_then(NonZeroU32::new),
        };
        let asked = Asked::parse(&Uri::from_static(address)).unwrap();
        instead(&asked, Short::of(&asked.path).unwrap(), Arc::new(chart))
    }

    #[test]
    fn a_short_address_is_the_one_that_was_saved_in_the_format_and_look_asked_for() {
        let check = |address, vintage, expected: &str| {
            let asked = resolved(address, vintage).unwrap();
            assert_eq!(asked.canonical(), expected, "{address}");
            assert_eq!(
                asked.named.map(|named| named.chart.id.clone()).as_deref(),
                Some(ID)
            );
        };
        check(
            "/c/0123456789",
            None,
            "/charts/line?indicator=a&lang=en&org-unit=1&org-unit=2",
        );
        check(
            "/c/0123456789",
            Some(3),
            "/charts/line?as-of=3&indicator=a&lang=en&org-unit=1&org-unit=2",
        );
        check(
            "/embed/0123456789?lang=zh&theme=dark",
            None,
            "/embed/line?indicator=a&lang=zh&org-unit=1&org-unit=2&theme=dark",
        );
        check(
            "/c/0123456789.png?width=600&scale=2",
            Some(3),
            "/charts/line.png?as-of=3&indicator=a&lang=en&org-unit=1&org-unit=2&scale=2&width=600",
        );
    }

    #[test]
    fn nothing_changes_what_was_saved() {
        let asked = resolved("/c/0123456789?indicator=b&as-of=9&from=timeline", Some(3)).unwrap();
        assert_eq!(
            asked.canonical(),
            "/charts/line?as-of=3&indicator=a&lang=en&org-unit=1&org-unit=2"
        );
        assert_eq!(asked.named.unwrap().ignored, ["indicator", "as-of", "from"]);
        let file = resolved("/c/0123456789.csv?year=2022", None);
        assert_eq!(file, Err(Problem::UnknownParameter("year".into())));
    }

    fn question(url: &str, more: &str) -> Asked {
        let url: String = form_urlencoded::byte_serialize(url.as_bytes()).collect();
        let address = format!("/oembed?url={url}{more}");
        Asked::parse(&address.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_link_is_ours_where_it_begins_with_our_origin_or_has_none() {
        let of = |url| link(&question(url, ""), "https://figures.cn").map(|link| link.path);
        for url in ["/c/0123456789?lang=en#x", "https://figures.cn/c/0123456789"] {
            assert_eq!(of(url).as_deref(), Some("/c/0123456789"), "{url}");
        }
        for url in [
            "https://elsewhere.cn/c/0123456789",
            "https://figures.cn.elsewhere.cn/c/0123456789",
            "http://figures.cn/c/0123456789",
            "https://elsewhere.cn/https://figures.cn/c/0123456789",
            "c/0123456789",
            "",
        ] {
            assert_eq!(of(url), None, "{url}");
        }
        let other = of("//elsewhere.cn/c/0123456789").unwrap_or_default();
        assert!(Short::of(&other).is_none(), "{other}");
    }

    #[test]
    fn a_question_about_a_link_has_the_language_of_the_link_unless_it_names_one() {
        let check = |url: &str, more: &str, expected: &str| {
            let asked = question(url, more);
            let link = link(&asked, "").unwrap();
            let chart = resolved("/c/0123456789", Some(3)).unwrap().named.unwrap().chart;
            let about = about(asked, &link, chart);
            let more: Vec<_> = about.pairs().filter(|(key, _)| *key != "url").collect();
            let more: Vec<String> = more.iter().map(|(key, value)| format!("{key}={value}")).collect();
            assert_eq!(more.join("&"), expected, "{url}");
        };
        check("/c/0123456789", "", "as-of=3");
        check("/c/0123456789?lang=zh&theme=dark", "", "lang=zh&as-of=3");
        check("/c/0123456789?lang=zh", "&lang=en", "lang=en&as-of=3");
    }

    #[test]
    fn only_an_address_that_names_one_is_looked_up() {
        let of = |path| Short::of(path).map(|short| (short.id, short.format, short.is_embed));
        assert_eq!(of("/c/0123456789.svg"), Some((ID, ChartFormat::Svg, false)));
        assert_eq!(of("/embed/0123456789"), Some((ID, ChartFormat::Page, true)));
        for path in [
            "/",
            "/charts/line",
            "/embed/line",
            "/embed/from-to",
            "/embed/0123456789.svg",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
