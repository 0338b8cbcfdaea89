use bytes::Bytes;
use data::api::{ApiError, ErrorEnvelope};
use data::query::QueryError;
use data::{AsOf, Lang, Names, Phrase};
use http_body_util::Full;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, VARY,
    WWW_AUTHENTICATE,
};
use hyper::{Response, StatusCode};

use super::answer::Kind;
use super::security;
use crate::rights::Refused;
use crate::store::StoreError;

/// Names an answer in the log; in the envelope as well.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// After how many seconds to ask again what is busy: what is in front takes about as long.
const SECONDS_WHILE_BUSY: u64 = 10;

/// What can be wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A parameter that the address does not have.
    UnknownParameter(String),
    /// A parameter that stands twice and may not.
    RepeatedParameter(String),
    /// A parameter that is needed.
    MissingParameter(&'static str),
    /// A parameter whose value is wrong.
    BadParameter {
        /// The parameter.
        parameter: String,
        /// What it held.
        found: String,
        /// What it may hold.
        expected: Phrase,
    },
    /// Percent-encoding that gives no UTF-8.
    BadEncoding,
    /// No indicator has this code.
    UnknownIndicator(String),
    /// No org unit has this code.
    UnknownOrgUnit(String),
    /// Nothing was published by then, or there is no such vintage yet.
    NothingAsOf(AsOf),
    /// More observations than one answer holds.
    TooMany {
        /// How many were asked for.
        found: usize,
        /// How many one answer holds.
        most: usize,
    },
    /// There is nothing at this address.
    NoSuchAddress(String),
    /// The address answers other methods.
    MethodNotAllowed {
        /// The one that was used.
        method: String,
        /// Those that it answers, as `Allow` names them.
        allow: String,
    },
    /// The body is not what the address takes.
    BadBody(String),
    /// A field of the body holds what it may not; what it held is not repeated, as it may be a secret.
    BadField {
        /// The field.
        field: &'static str,
        /// What it may hold.
        expected: Names,
    },
    /// The body is not in JSON.
    UnsupportedMediaType,
    /// The body is larger than what is taken.
    TooLarge {
        /// How many bytes it has, where it said so.
        found: Option<u64>,
        /// How many are taken.
        most: u64,
    },
    /// The body did not come in time.
    TooSlow,
    /// Nobody is signed in, and somebody must be.
    Unauthorized,
    /// The name or the password is wrong; which of them is not said.
    BadCredentials,
    /// A one-time link that was used, has expired or never was.
    LinkUsed,
    /// Whoever asks has no right to it.
    Forbidden(Refused),
    /// A token was shown where only a session will do.
    SessionNeeded,
    /// The request was made by a page of another site.
    CrossSite,
    /// It cannot be done as things are, in words of the handler.
    Conflict(Names),
    /// What a part of the program cannot do, under a code and in words of its own.
    Told {
        /// The status.
        status: StatusCode,
        /// The code.
        code: &'static str,
        /// The words.
        words: Names,
    },
    /// Too many attempts that failed.
    TooManyRequests {
        /// How long to wait.
        seconds: u64,
    },
    /// As many wait for it as may, or one waited too long.
    Busy,
    /// A fault of ours.
    Internal,
}

/// What the database says is for the log; the client can only try again.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        tracing::error!(%error, "the database failed");
        Problem::Internal
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        Problem::Forbidden(refused)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Problem {
        match error {
            QueryError::UnknownParameter(parameter) => Problem::UnknownParameter(parameter),
            QueryError::Repeated(parameter) => Problem::RepeatedParameter(parameter),
            QueryError::Missing(parameter) => Problem::MissingParameter(parameter),
            QueryError::BadValue {
                parameter,
                found,
                expected,
            } => Problem::BadParameter {
                parameter,
                found,
                expected,
            },
        }
    }
}

impl Problem {
    /// The status.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::UnknownIndicator(_)
            | Problem::UnknownOrgUnit(_)
            | Problem::NothingAsOf(_)
            | Problem::NoSuchAddress(_)
            | Problem::LinkUsed => StatusCode::NOT_FOUND,
            Problem::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Unauthorized | Problem::BadCredentials => StatusCode::UNAUTHORIZED,
            Problem::Forbidden(_) | Problem::SessionNeeded | Problem::CrossSite => StatusCode::FORBIDDEN,
            Problem::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Problem::Conflict(_) => StatusCode::CONFLICT,
            Problem::Told { status, .. } => *status,
            Problem::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The code that programs may rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::UnknownParameter(_) => "unknown_parameter",
            Problem::RepeatedParameter(_) => "repeated_parameter",
            Problem::MissingParameter(_) => "missing_parameter",
            Problem::BadParameter { .. } => "bad_parameter",
            Problem::BadEncoding => "bad_encoding",
            Problem::UnknownIndicator(_) => "unknown_indicator",
            Problem::UnknownOrgUnit(_) => "unknown_org_unit",
            Problem::NothingAsOf(_) => "nothing_as_of",
            Problem::TooMany { .. } => "too_many_observations",
            Problem::NoSuchAddress(_) => "no_such_address",
            Problem::MethodNotAllowed { .. } => "method_not_allowed",
            Problem::BadBody(_) => "bad_body",
            Problem::BadField { .. } => "bad_field",
            Problem::UnsupportedMediaType => "unsupported_media_type",
            Problem::TooLarge { .. } => "too_large",
            Problem::TooSlow => "too_slow",
            Problem::Unauthorized => "unauthorized",
            Problem::BadCredentials => "bad_credentials",
            Problem::LinkUsed => "link_used",
            Problem::Forbidden(_) => "forbidden",
            Problem::SessionNeeded => "session_needed",
            Problem::CrossSite => "cross_site",
            Problem::Conflict(_) => "conflict",
            Problem::Told { code, .. } => code,
            Problem::TooManyRequests { .. } => "too_many_requests",
            Problem::Busy => "busy",
            Problem::Internal => "internal",
        }
    }

    /// The parameter meant.
    fn field(&self) -> Option<String> {
        match self {
            Problem::UnknownParameter(parameter) | Problem::RepeatedParameter(parameter) => {
                Some(parameter.clone())
            }
            Problem::MissingParameter(parameter) => Some((*parameter).to_owned()),
            Problem::BadParameter { parameter, .. } => Some(parameter.clone()),
            Problem::BadField { field, .. } => Some((*field).to_owned()),
            Problem::UnknownIndicator(_) => Some("indicator".to_owned()),
            Problem::UnknownOrgUnit(_) => Some("org-unit".to_owned()),
            Problem::NothingAsOf(_) => Some(AsOf::PARAMETER.to_owned()),
            _ => None,
        }
    }

    /// The message for the person who asked.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Problem::UnknownParameter(parameter) => format!("此地址没有参数“{parameter}”"),
            Problem::RepeatedParameter(parameter) => format!("参数“{parameter}”只能出现一次"),
            Problem::MissingParameter(parameter) => format!("缺少参数“{parameter}”"),
            Problem::BadParameter {
                parameter,
                found,
                expected,
            } => {
                format!("参数“{parameter}”的值“{found}”不可用，应为：{}", expected.zh)
            }
            Problem::BadEncoding => "地址中的百分号编码不是 UTF-8 文本".into(),
            Problem::UnknownIndicator(code) => format!("没有代码为“{code}”的指标"),
            Problem::UnknownOrgUnit(code) => format!("没有代码为“{code}”的地区或单位"),
            Problem::NothingAsOf(AsOf::Vintage(vintage)) => format!("没有版本 {vintage}"),
            Problem::NothingAsOf(AsOf::Day(day)) => format!("截至 {day} 尚未发布任何数据"),
            Problem::TooMany { found, most } => {
                format!(
                    "共有 {found} 条数据，一次最多 {most} 条；请用 indicator、org-unit、start-period 或 end-period 缩小范围，整年数据请按下级地区下载"
                )
            }
            Problem::NoSuchAddress(path) => format!("没有“{path}”这个地址"),
            Problem::MethodNotAllowed { method, allow } => {
                format!("此地址不接受 {method} 请求，只接受 {allow}")
            }
            Problem::BadBody(found) => format!("请求内容无法读取：{found}"),
            Problem::BadField { field, expected } => format!("“{field}”不可用，应为：{}", expected.zh),
            Problem::UnsupportedMediaType => "请求内容应为 JSON（Content-Type: application/json）".into(),
            Problem::TooLarge { found: None, most } => format!("文件太大，最多 {}", size(*most)),
            Problem::TooLarge {
                found: Some(found),
                most,
            } => {
                format!("文件太大：有 {}，最多 {}", size(*found), size(*most))
            }
            Problem::TooSlow => "内容没有及时传完，请重试".into(),
            Problem::Unauthorized => "请先登录".into(),
            Problem::BadCredentials => "用户名或密码不正确".into(),
            Problem::LinkUsed => "此链接已使用或已过期，请向管理员索取新的链接".into(),
            Problem::Forbidden(Refused::OutOfReach { org_unit, .. }) => {
                format!("您在“{org_unit}”没有这项权限")
            }
            Problem::Forbidden(Refused::OwnSubmission { .. }) => "不能审核自己报送的内容".into(),
            Problem::Forbidden(Refused::OwnUndoing { .. }) => {
                "这是您撤销的；本系统实行两级审核，须由另一人恢复公布".into()
            }
            Problem::Forbidden(Refused::SameStep { above, .. }) => {
                format!("复审应由“{above}”以上的另一位审核人进行")
            }
            Problem::SessionNeeded => "令牌不能用于此操作，请登录".into(),
            Problem::CrossSite => "请求来自其他网站，已拒绝".into(),
            Problem::Conflict(words) | Problem::Told { words, .. } => words.zh.clone(),
            Problem::TooManyRequests { seconds } => format!("尝试次数过多，请在 {seconds} 秒后再试"),
            Problem::Busy => "服务器正忙，请稍后再试".into(),
            Problem::Internal => "服务器出错，请稍后再试；如需帮助，请提供请求编号".into(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Problem::UnknownParameter(parameter) => format!("this address has no parameter `{parameter}`"),
            Problem::RepeatedParameter(parameter) => {
                format!("the parameter `{parameter}` may stand only once")
            }
            Problem::MissingParameter(parameter) => format!("the parameter `{parameter}` is missing"),
            Problem::BadParameter {
                parameter,
                found,
                expected,
            } => {
                format!(
                    "the parameter `{parameter}` holds `{found}`; expected {}",
                    expected.en
                )
            }
            Problem::BadEncoding => "the percent-encoding in the address gives no text in UTF-8".into(),
            Problem::UnknownIndicator(code) => format!("no indicator has the code `{code}`"),
            Problem::UnknownOrgUnit(code) => format!("no org unit has the code `{code}`"),
            Problem::NothingAsOf(AsOf::Vintage(vintage)) => format!("there is no vintage {vintage}"),
            Problem::NothingAsOf(AsOf::Day(day)) => format!("nothing had been published by {day}"),
            Problem::TooMany { found, most } => format!(
                "these are {found} observations, and one answer holds {most}; narrow them by indicator, org-unit, start-period or end-period, and take a whole year by the areas below"
            ),
            Problem::NoSuchAddress(path) => format!("there is nothing at `{path}`"),
            Problem::MethodNotAllowed { method, allow } => {
                format!("this address does not take {method}, only {allow}")
            }
            Problem::BadBody(found) => format!("the body cannot be read: {found}"),
            Problem::BadField { field, expected } => {
                format!("`{field}` cannot be taken; expected {}", expected.en)
            }
            Problem::UnsupportedMediaType => "the body must be JSON (Content-Type: application/json)".into(),
            Problem::TooLarge { found: None, most } => {
                format!("this is too large; at most {} are taken", size(*most))
            }
            Problem::TooLarge {
                found: Some(found),
                most,
            } => {
                format!(
                    "this is too large: {}, and at most {} are taken",
                    size(*found),
                    size(*most)
                )
            }
            Problem::TooSlow => "the body did not come in time; please try again".into(),
            Problem::Unauthorized => "please sign in first".into(),
            Problem::BadCredentials => "the name or the password is wrong".into(),
            Problem::LinkUsed => "this link was used or has expired; ask an administrator for another".into(),
            Problem::Forbidden(Refused::OutOfReach { org_unit, .. }) => {
                format!("you have no right to this at `{org_unit}`")
            }
            Problem::Forbidden(Refused::OwnSubmission { .. }) => {
                "you sent this yourself and cannot decide on it".into()
            }
            Problem::Forbidden(Refused::OwnUndoing { .. }) => {
                "you undid this; two review here, so it is another person who publishes it again".into()
            }
            Problem::Forbidden(Refused::SameStep { above, .. }) => {
                format!("the second review is another person's, of a unit above `{above}`")
            }
            Problem::SessionNeeded => "a token cannot do this; please sign in".into(),
            Problem::CrossSite => "the request came from another site and was refused".into(),
            Problem::Conflict(words) | Problem::Told { words, .. } => words.en.clone(),
            Problem::TooManyRequests { seconds } => {
                format!("too many attempts; please try again in {seconds} s")
            }
            Problem::Busy => "the server is busy; please try again later".into(),
            Problem::Internal => {
                "the server failed; please try again later, and name the request id if you ask for help"
                    .into()
            }
        }
    }

    /// The answer in the one envelope, which no cache keeps.
    pub fn response(&self, lang: Lang, request_id: &str) -> Response<Full<Bytes>> {
        let envelope = ErrorEnvelope {
            error: ApiError {
                code: self.code().to_owned(),
                message: self.message(lang),
                field: self.field(),
                request_id: request_id.to_owned(),
            },
        };
        let body = serde_json::to_vec(&envelope).unwrap_or_default();
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Kind::Json.media_type()));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("accept-language"));
        self.add_headers(headers, request_id);
        security::protect(headers, Kind::Json, None, &HeaderMap::new());
        response
    }

    /// Adds what an answer to it says in its headers, in the envelope or in a page.
    pub fn add_headers(&self, headers: &mut HeaderMap, request_id: &str) {
        let further = match self {
            Problem::MethodNotAllowed { allow, .. } => Some((ALLOW, allow.clone())),
            Problem::Unauthorized => Some((WWW_AUTHENTICATE, "Bearer".to_owned())),
            Problem::TooManyRequests { seconds } => Some((RETRY_AFTER, seconds.to_string())),
            _ if self.status() == StatusCode::SERVICE_UNAVAILABLE => {
                Some((RETRY_AFTER, SECONDS_WHILE_BUSY.to_string()))
            }
            _ => None,
        };
        if let Some((name, Ok(value))) = further.map(|(name, text)| (name, HeaderValue::try_from(text))) {
            headers.insert(name, value);
        }
        if let Ok(id) = HeaderValue::try_from(request_id) {
            headers.insert(REQUEST_ID, id);
        }
    }
}

/// `64 KB`, `20 MB`, `20.1 MB`: never so rounded that what is too large seems to be as large as allowed. `app/desk.js` says
/// it in the same words before a file is sent.
pub fn size(bytes: u64) -> String {
    if bytes < 1 << 20 {
        return format!("{} KB", bytes.div_ceil(1 << 10));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} MB"),
        (whole, tenth) => format!("{whole}.{tenth} MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_rounded_up_to_a_tenth_and_no_further() {
        const TENTHS: u64 = 201;
        let told = [1, 20 << 20, (20 << 20) + 1, TENTHS * (1 << 20) / 10].map(size);
        assert_eq!(told, ["1 KB", "20 MB", "20.1 MB", "20.1 MB"]);
    }

    #[test]
    fn the_message_is_in_the_language_of_the_reader_and_names_what_was_found() {
        let problem = Problem::UnknownIndicator("taxes".into());
        assert_eq!(problem.message(Lang::En), "no indicator has the code `taxes`");
        assert_eq!(problem.message(Lang::Zh), "没有代码为“taxes”的指标");
    }
}
