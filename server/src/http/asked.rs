use std::borrow::Cow;

use data::chart::ChartFormat;
use data::{AS_OF_EXPECTED, AsOf, Lang, Phrase};
use hyper::header::ACCEPT_LANGUAGE;
use hyper::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

use super::accept::Form;
use super::encoding::weighted;
use super::failure::Problem;
use super::theme::Theme;
use crate::saved::resolve::Named;

/// What an address asks for, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The path.
    pub path: String,
    /// The parameters in their order.
    pub pairs: Vec<(String, String)>,
    /// The theme that the reader chose, for pages.
    pub theme: Option<Theme>,
    /// The saved chart that this is, where it was asked for by its short address.
    pub named: Option<Named>,
    /// The form that the client accepts most, where the address has several.
    pub form: Option<Form>,
    /// The published state that data is asked of, where the address names one.
    pub as_of: Option<AsOf>,
}

impl Asked {
    /// Decodes an address. Strictly: bytes that are no UTF-8 are an error, because what they were meant to be is anyone's
    /// guess.
    pub fn parse(uri: &Uri) -> Result<Asked, Problem> {
        let query = uri.query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((
                decoded(&key.replace('+', " "))?,
                decoded(&value.replace('+', " "))?,
            ))
        });
        let pairs: Result<Vec<(String, String)>, Problem> = pairs.collect();
        Ok(Asked {
            path: decoded(uri.path())?,
            pairs: pairs?,
            theme: None,
            named: None,
            form: None,
            as_of: None,
        })
    }

    /// The last segment of the path: the code in `/indicators/{code}`.
    pub fn code(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The parameters as pairs of texts.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// What is asked for apart from the state it is asked of, and that state.
    ///
    /// A page or chart reads the parameter itself, because its links keep it, and says where it makes no sense.
    pub fn of_state(mut self) -> Result<(Asked, Option<AsOf>), Problem> {
        let named: Vec<&str> = self
            .pairs()
            .filter(|(key, value)| *key == AsOf::PARAMETER && !value.is_empty())
            .map(|(_, value)| value)
            .collect();
        let as_of = match *named.as_slice() {
            [] => {
                let is_kept = is_page(&self.path) || self.path.starts_with("/api/v1/pages/");
                self.pairs.retain(|(key, _)| is_kept || key != AsOf::PARAMETER);
                return Ok((self, None));
            }
            [value] => value.parse().map_err(|_| Problem::BadParameter {
                parameter: AsOf::PARAMETER.to_owned(),
                found: value.to_owned(),
                expected: AS_OF_EXPECTED,
            }),
            _ => Err(Problem::RepeatedParameter(AsOf::PARAMETER.to_owned())),
        };
        if is_page(&self.path) || self.path.starts_with("/api/v1/pages/") || is_of_chart(&self.path) {
            return Ok((self, as_of.ok()));
        }
        self.pairs.retain(|(key, _)| key != AsOf::PARAMETER);
        self.as_of = Some(as_of?);
        let as_of = self.as_of;
        Ok((self, as_of))
    }

    /// The same page of a state that never was: the parameter makes no sense, and the page says that it is ignored.
    pub fn of_no_state(mut self) -> Asked {
        let named = self.pairs.iter_mut().filter(|(key, _)| key == AsOf::PARAMETER);
        named.for_each(|(_, value)| value.clear());
        self
    }

    /// The same, drawn in the theme of this reader; what is no page looks alike in any.
    pub fn in_theme_of(self, headers: &HeaderMap) -> Asked {
        let theme = Some(())
            .filter(|()| is_page(&self.path))
            .and_then(|()| Theme::of(headers));
        Asked { theme, ..self }
    }

    /// The same in the form that the client accepts most.
    pub fn in_form_of(self, headers: &HeaderMap) -> Result<Asked, Problem> {
        let form = Form::of(&self.path, headers)?;
        Ok(Asked { form, ..self })
    }

    /// One address for all that ask the same: parameters sorted by name, those of one name in their order.
    pub fn canonical(&self) -> String {
        let mut pairs: Vec<&(String, String)> = self.pairs.iter().collect();
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        let form = self
            .form
            .map_or(String::new(), |form| format!(" {}", form.name()));
        format!("{}?{}{form}", self.path, query.finish())
    }
}

/// Parameters in their order.
pub type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// What may stand in `lang`.
pub const LANG_EXPECTED: Phrase = Phrase::new("zh 或 en", "zh or en");

/// The language that an address names, Chinese where it names none, and its other parameters: for what is kept under the
/// address, and so cannot depend on the reader's browser.
pub fn apart_from_lang(asked: &Asked) -> Result<(Lang, Pairs<'_>), Problem> {
    let (named, others): (Vec<_>, Vec<_>) = asked.pairs().partition(|(key, _)| *key == "lang");
    let lang = match *named.as_slice() {
        [] => Lang::Zh,
        [(_, code)] => Lang::from_code(code).ok_or_else(|| Problem::BadParameter {
            parameter: "lang".to_owned(),
            found: code.to_owned(),
            expected: LANG_EXPECTED,
        })?,
        _ => return Err(Problem::RepeatedParameter("lang".to_owned())),
    };
    Ok((lang, others))
}

/// Whether the answer at this address is a page, which is drawn in the theme that its reader chose. An embed is not, nor is
/// a chart's file: they look the same whoever asks.
pub fn is_page(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    if is_of_chart(path) {
        let segment = path.rsplit('/').next().unwrap_or_default();
        return !path.starts_with("/embed/") && ChartFormat::split(segment).1 == ChartFormat::Page;
    }
    let others = ["/api/", "/assets/", "/oembed", "/embed.js", "/sdmx/"];
    !others.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether the answer at this path is a chart, in whichever form.
pub fn is_of_chart(path: &str) -> bool {
    ["/charts/", "/c/", "/embed/"]
        .iter()
        .any(|folder| path.starts_with(folder))
}

/// What an answer is kept under: its address, and the theme it is drawn in. No other key ends so: what follows the last `?` is
/// form-encoded, and a space in it is a plus.
pub fn key(address: &str, theme: Option<Theme>) -> Cow<'_, str> {
    match theme {
        None => Cow::Borrowed(address),
        Some(theme) => Cow::Owned(format!("{address} {}", theme.name())),
    }
}

/// The parameters of an address that allows only these, each at most once; an empty one counts as not given.
#[derive(Debug)]
pub struct Parameters<'a> {
    values: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Parameters<'a> {
    /// Takes the parameters; one that is not among `names` is an error.
    pub fn take(asked: &'a Asked, names: &[&'static str]) -> Result<Parameters<'a>, Problem> {
        let mut values: Vec<(&str, Option<&str>)> = names.iter().map(|name| (*name, None)).collect();
        for (key, value) in asked.pairs() {
            match values.iter_mut().find(|(name, _)| *name == key) {
                None => return Err(Problem::UnknownParameter(key.to_owned())),
                Some((_, Some(_))) => return Err(Problem::RepeatedParameter(key.to_owned())),
                Some((_, slot)) => *slot = Some(value).filter(|value| !value.is_empty()),
            }
        }
        Ok(Parameters { values })
    }

    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.values
            .iter()
            .find(|(known, _)| *known == name)
            .and_then(|(_, value)| *value)
    }

    /// A parameter that must be there.
    pub fn required(&self, name: &'static str) -> Result<&'a str, Problem> {
        self.get(name).ok_or(Problem::MissingParameter(name))
    }

    /// A parameter that is read by `read`; `expected` says what it may hold.
    pub fn parsed<T>(
        &self,
        name: &str,
        expected: Phrase,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(found) = self.get(name) else {
            return Ok(None);
        };
        let bad = || Problem::BadParameter {
            parameter: name.to_owned(),
            found: found.to_owned(),
            expected,
        };
        read(found).map(Some).ok_or_else(bad)
    }
}

/// The language of an error message: `lang`, or else what the browser prefers, or else Chinese.
pub fn lang(uri: &Uri, headers: &HeaderMap) -> Lang {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let asked = pairs
        .filter(|(key, _)| key == "lang")
        .find_map(|(_, value)| Lang::from_code(&value));
    let accepted = || {
        let text = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        let known = weighted(text).filter_map(|(tag, weight)| {
            let primary = tag.split('-').next().unwrap_or_default();
            Some((Lang::from_code(primary)?, weight))
        });
        known.fold(None, |best: Option<(Lang, f32)>, found| match best {
            Some(best) if best.1 >= found.1 => Some(best),
            _ => Some(found),
        })
    };
    asked
        .or_else(|| accepted().map(|(lang, _)| lang))
        .unwrap_or_default()
}

/// The same, of an address that is decoded already.
pub fn lang_of(asked: &Asked, headers: &HeaderMap) -> Lang {
    let chosen = asked.pairs().find(|(key, _)| *key == "lang");
    let chosen = chosen.and_then(|(_, code)| Lang::from_code(code));
    chosen.unwrap_or_else(|| lang(&Uri::default(), headers))
}

fn decoded(text: &str) -> Result<String, Problem> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(|text| text.into_owned())
        .map_err(|_| Problem::BadEncoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &'static str) -> Result<Asked, Problem> {
        Asked::parse(&Uri::from_static(address))
    }

    #[test]
    fn an_address_is_decoded_once_and_strictly() {
        let asked_for = asked("/org-units?q=%E7%A6%B9+%E5%9F%8E&a=%2526").unwrap();
        assert_eq!(
            asked_for.pairs,
            [("q".into(), "禹 城".into()), ("a".into(), "%26".into())]
        );
        assert_eq!(asked("/org-units?q=%ff"), Err(Problem::BadEncoding));
        assert_eq!(asked("/%e7%a6"), Err(Problem::BadEncoding));
    }

    #[test]
    fn the_same_question_has_one_address() {
        let canonical = |address| asked(address).unwrap().canonical();
        assert_eq!(canonical("/o?b=2&a=1&b=1"), canonical("/o?a=1&b=2&b=1"));
        assert_ne!(canonical("/o?b=2&b=1"), canonical("/o?b=1&b=2"));
        assert_eq!(canonical("/o?a=%61"), canonical("/o?a=a"));
        assert_ne!(canonical("/o?a=%261"), canonical("/o?a=&1"));
    }

    #[test]
    fn the_language_is_the_readers() {
        let lang_of = |address: &'static str, accepted: &'static str| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
            lang(&Uri::from_static(address), &headers)
        };
        assert_eq!(lang_of("/", "en-GB,en;q=0.9,zh;q=0.8"), Lang::En);
        assert_eq!(lang_of("/", "fr, en;q=0.5, zh-TW;q=0.7"), Lang::Zh);
        assert_eq!(lang_of("/?lang=zh", "en"), Lang::Zh);
        assert_eq!(lang_of("/", "fr"), Lang::Zh);
    }
}
