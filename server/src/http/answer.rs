use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, LINK, VARY,
};
use hyper::{Response, StatusCode};

use super::accept::Form;
use super::cors;
use super::encoding::Encoding;
use super::security::{self, Policies};

/// What a handler has to say, before it is turned into bytes on the wire.
#[derive(Debug)]
pub struct Content {
    /// 200, or 404 for a page that says so.
    pub status: StatusCode,
    /// What the body is.
    pub kind: Kind,
    /// The body.
    pub body: Vec<u8>,
    /// The name under which a browser saves it, where it is to be saved.
    pub file_name: Option<String>,
    /// What it may load, where it is a page.
    pub policies: Option<Arc<Policies>>,
    /// Whether others will ask for it.
    pub keep: Keep,
}

/// How long an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// As long as there is room.
    Long,
    /// Among few of its kind, because its address holds what anyone can make up: without end, and mostly asked for once.
    Briefly,
}

/// What a body is, and so which headers go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Data of the API.
    Json,
    /// The same as a table.
    Csv,
    /// A workbook.
    Xlsx,
    /// An archive.
    Zip,
    /// A picture of lines and letters.
    Svg,
    /// A picture of pixels.
    Png,
    /// Data in an open format, by its media type.
    Data(&'static str),
    /// Data in the form that was asked for.
    Chosen(Form),
    /// A page.
    Html,
    /// A page that portals frame: alike for whoever asks.
    Embed,
    /// What portals are told about an embed.
    OEmbed,
    /// A script that portals load, under one address for ever.
    Script,
    /// A file of the app, by its media type; its name changes with its content.
    Asset(&'static str),
}

/// The media type of metadata of a table: CSV on the Web.
pub const CSVW: &str = "application/csvm+json";

impl Kind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Json | Kind::OEmbed => "application/json",
            Kind::Csv => "text/csv; charset=utf-8; header=present",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Zip => "application/zip",
            Kind::Script => "text/javascript; charset=utf-8",
            Kind::Svg => "image/svg+xml",
            Kind::Png => "image/png",
            Kind::Html | Kind::Embed => "text/html; charset=utf-8",
            Kind::Data(media_type) | Kind::Asset(media_type) => media_type,
            Kind::Chosen(form) => form.media_type(),
        }
    }

    /// Whether it is made to stand in pages of others, who may keep it for a while and so show what was true a minute ago.
    pub fn is_for_portals(self) -> bool {
        matches!(
            self,
            Kind::Embed | Kind::OEmbed | Kind::Script | Kind::Svg | Kind::Png
        )
    }

    /// Whether it is compressed as it is, so that to compress it again takes time and saves nothing.
    fn is_compressed(self) -> bool {
        matches!(self, Kind::Png | Kind::Xlsx | Kind::Zip)
    }

    fn cache_control(self, status: StatusCode) -> &'static str {
        match self {
            Kind::Asset(_) => "public, max-age=31536000, immutable",
            // What is not there now may be there when somebody looks again.
            _ if self.is_for_portals() && status == StatusCode::OK => FOR_PORTALS,
            _ => "no-cache",
        }
    }
}

/// A new figure is on every portal within two minutes: one until it is asked for again, and one until that is answered,
/// beside which nobody waits. A portal whose readers come while this server is away shows what it had for a day.
const FOR_PORTALS: &str = "public, max-age=60, stale-while-revalidate=86400, stale-if-error=86400";

/// A finished answer, kept and sent many times. Each encoding is made when it is first asked for.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// How long it is kept.
    pub keep: Keep,
    kind: Kind,
    disposition: Option<HeaderValue>,
    policies: Option<Arc<Policies>>,
    link: Option<HeaderValue>,
    identity: Variant,
    br: OnceLock<Option<Variant>>,
    gzip: OnceLock<Option<Variant>>,
    tag: String,
}

#[derive(Debug)]
struct Variant {
    body: Bytes,
    tag: HeaderValue,
}

impl Variant {
    /// A strong entity tag names the bytes, so each encoding has its own (RFC 9110, 8.8.3.3).
    fn new(body: Bytes, tag: &str, encoding: Encoding) -> Variant {
        let suffix = encoding.name().map(|name| format!("-{name}")).unwrap_or_default();
        let tag = HeaderValue::try_from(format!("\"{tag}{suffix}\""));
        Variant {
            body,
            tag: tag.unwrap_or(HeaderValue::from_static("\"\"")),
        }
    }
}

impl Answer {
    /// The answer of a content; `tag` names the state of everything it was made from.
    pub fn new(content: Content, tag: &str) -> Answer {
        let disposition = content.file_name.and_then(|name| {
            let encoded = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
            HeaderValue::try_from(format!("attachment; filename*=UTF-8''{encoded}")).ok()
        });
        Answer {
            status: content.status,
            keep: content.keep,
            kind: content.kind,
            disposition,
            policies: content.policies,
            link: None,
            identity: Variant::new(Bytes::from(content.body), tag, Encoding::Identity),
            br: OnceLock::new(),
            gzip: OnceLock::new(),
            tag: tag.to_owned(),
        }
    }

    /// The same with a link to what describes it.
    pub fn described_by(self, address: Option<String>) -> Answer {
        let link = address.map(|address| format!("<{address}>; rel=\"describedby\"; type=\"{CSVW}\""));
        Answer {
            link: link.and_then(|link| HeaderValue::try_from(link).ok()),
            ..self
        }
    }

    /// The answer of a file that was compressed when it was built.
    pub fn of_asset(media_type: &'static str, tag: &str, [plain, br, gzip]: [Bytes; 3]) -> Answer {
        let content = Content {
            status: StatusCode::OK,
            kind: Kind::Asset(media_type),
            body: Vec::new(),
            file_name: None,
            policies: None,
            keep: Keep::Long,
        };
        let smaller = |body: Bytes, encoding| {
            let is_smaller = !body.is_empty() && body.len() < plain.len();
            OnceLock::from(is_smaller.then(|| Variant::new(body, tag, encoding)))
        };
        Answer {
            br: smaller(br, Encoding::Br),
            gzip: smaller(gzip, Encoding::Gzip),
            identity: Variant::new(plain.clone(), tag, Encoding::Identity),
            ..Answer::new(content, tag)
        }
    }

    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        self.identity.body.len() * 3 / 2 + 512
    }

    /// Makes an encoding, where it is not made yet. Takes milliseconds.
    pub fn prepare(&self, encoding: Encoding) {
        if let Some(slot) = self.slot(encoding) {
            let encode = || encoding.encode(&self.identity.body);
            slot.get_or_init(|| encode().map(|body| Variant::new(body, &self.tag, encoding)));
        }
    }

    /// Whether [`Self::response`] has nothing left to make.
    pub fn is_prepared(&self, encoding: Encoding) -> bool {
        self.slot(encoding).is_none_or(|slot| slot.get().is_some())
    }

    /// The response: the body in this encoding, or 304 where the request has it already.
    pub fn response(&self, request: &HeaderMap, encoding: Encoding) -> Response<Full<Bytes>> {
        let compressed = self
            .slot(encoding)
            .and_then(OnceLock::get)
            .and_then(Option::as_ref);
        let (variant, encoding) = match compressed {
            Some(variant) => (variant, encoding),
            None => (&self.identity, Encoding::Identity),
        };
        let is_known = self.status == StatusCode::OK && is_known(request, &variant.tag);
        let (status, body) = match is_known {
            true => (StatusCode::NOT_MODIFIED, Bytes::new()),
            false => (self.status, variant.body.clone()),
        };
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.reserve(14);
        headers.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(self.kind.cache_control(self.status)),
        );
        headers.insert(VARY, HeaderValue::from_static(security::vary(self.kind)));
        if self.status == StatusCode::OK {
            headers.insert(ETAG, variant.tag.clone());
        }
        security::protect(headers, self.kind, self.policies.as_deref(), request);
        if !matches!(self.kind, Kind::Html | Kind::Embed | Kind::Asset(_)) {
            cors::open(headers);
        }
        if let Some(link) = &self.link {
            headers.insert(LINK, link.clone());
        }
        if is_known {
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind.media_type()));
        if let Some(name) = encoding.name() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if let Some(disposition) = &self.disposition {
            headers.insert(CONTENT_DISPOSITION, disposition.clone());
        }
        response
    }

    fn slot(&self, encoding: Encoding) -> Option<&OnceLock<Option<Variant>>> {
        match encoding {
            _ if self.kind.is_compressed() => None,
            Encoding::Identity => None,
            Encoding::Br => Some(&self.br),
            Encoding::Gzip => Some(&self.gzip),
        }
    }
}

/// Whether `If-None-Match` names this tag, by the weak comparison that RFC 9110 (13.1.2) prescribes for it.
fn is_known(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let (Ok(tag), mut lists) = (tag.to_str(), request.get_all(IF_NONE_MATCH).iter()) else {
        return false;
    };
    lists.any(|list| {
        let tags = list.to_str().unwrap_or_default().split(',').map(str::trim);
        tags.into_iter()
            .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let body = "工商联 ".repeat(1000).into_bytes();
        let content = Content {
            status: StatusCode::OK,
            kind: Kind::Json,
            body,
            file_name: None,
            policies: None,
            keep: Keep::Long,
        };
        Answer::new(content, "1-abc")
    }

    fn status(known: &'static str, encoding: Encoding) -> StatusCode {
        let answer = answer();
        answer.prepare(encoding);
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(known))]);
        answer.response(&headers, encoding).status()
    }

    #[test]
    fn each_encoding_has_a_strong_tag_of_its_own() {
        let tag = |encoding| {
            let answer = answer();
            answer.prepare(encoding);
            answer.response(&HeaderMap::new(), encoding).headers()[ETAG].clone()
        };
        assert_eq!(tag(Encoding::Identity), "\"1-abc\"");
        assert_eq!(tag(Encoding::Br), "\"1-abc-br\"");
        assert_eq!(tag(Encoding::Gzip), "\"1-abc-gzip\"");
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        assert_eq!(status("\"1-abc\"", Encoding::Identity), StatusCode::NOT_MODIFIED);
        assert_eq!(
            status("\"0\", W/\"1-abc-br\"", Encoding::Br),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(status("*", Encoding::Gzip), StatusCode::NOT_MODIFIED);
        assert_eq!(status("\"1-abc\"", Encoding::Br), StatusCode::OK);
        assert_eq!(status("\"1-ab\"", Encoding::Identity), StatusCode::OK);
    }
}
