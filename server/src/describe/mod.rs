//! What the program answers, said once: `/api/v1/openapi.json` and the page `/api` are both made of these operations.
//!
//! The shapes are derived from the types that are sent (`data`, feature `schema`), so that they cannot drift; a test holds
//! the operations against the router, and another the answers of a running program against what is said of them here.

pub mod answer;
mod chinese;
pub mod document;
mod examples;
pub mod get;
mod operations;
mod page;
pub mod parameter;
mod refusal;
mod schemas;

use data::{AsOf, Phrase};
use hyper::Method;

pub use answer::{Answer, Body, Shape};
pub use operations::GROUPS;
pub use parameter::Parameter;

/// A method of an address, for whoever calls it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The address as a reader writes it, its variable parts in braces.
    pub path: &'static str,
    /// The same address in the table of the router, where that is another.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds it against the router"))]
    pub route: &'static str,
    /// What it does, in a few words.
    pub summary: Phrase,
    /// What else is to be known; may be empty.
    pub detail: Phrase,
    /// Who may ask.
    pub who: Who,
    /// What stands in the address and in the headers.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back when all is well.
    pub answers: Vec<Answer>,
    /// With which status it is refused; the body is the one envelope.
    pub refusals: Vec<u16>,
    /// The query of the example, without the question mark.
    pub query: &'static str,
}

/// Who may ask, and by what they show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anybody,
    /// Anybody, and who is signed in is told more.
    AnybodyOrMore,
    /// Who is signed in: a session, or a token of any scope.
    SignedIn,
    /// A session, or a token of the scope `report`.
    Reporter,
    /// A session, or a token of the scope `review`.
    Reviewer,
    /// A session alone.
    Session,
}

impl Who {
    /// Whether nobody at all is asked who they are.
    pub fn is_anybody(self) -> bool {
        matches!(self, Who::Anybody | Who::AnybodyOrMore)
    }
}

/// What holds for every address, a paragraph each.
pub const CONVENTIONS: [Phrase; 6] = [
    Phrase::new(
        "查阅数据不须登录。能用 `GET` 查阅的地址也答 `HEAD`。答复的 `ETag` 是数据的版本；请求带上 `If-None-Match`，没有变化就只答 304。\
         答复按 `Accept-Encoding` 用 Brotli 或 gzip 压缩。任何网站的脚本都可以读取对所有人开放的数据（CORS）。",
        "Whoever reads figures need not sign in. What answers `GET` answers `HEAD`. The `ETag` of an answer is the version of the data; \
         with `If-None-Match`, what has not changed is answered by 304 alone. Answers are compressed by Brotli or gzip, as \
         `Accept-Encoding` says. Scripts of any site may read what everybody may (CORS).",
    ),
    Phrase::new(
        "数值是十进制文本，以指标的基本单位计，不经浮点数。`qualifier` 是“余”“超”“近”等字样；`slack` 是四舍五入的数与实际相差的上限；\
         `status` 是 SDMX CL_OBS_STATUS 的代码：缺失不是零，也不是不适用。`period.kind` 不同的数据不可相减，不可连线。",
        "Values are decimals as text in the base unit of the indicator, and never pass through floating point. `qualifier` is the word \
         beside the number; `slack` is how far the true number may lie from a rounded one; `status` is a code of SDMX CL_OBS_STATUS: \
         missing is neither zero nor not applicable. Figures of another `period.kind` are neither subtracted nor joined by a line.",
    ),
    Phrase::new(
        "参数 `as-of` 是一个版本（`as-of=3`）或一天（`as-of=2022-10-31`，北京时间当日结束时）：答复当时已公布的数据，以便引用。",
        "`as-of` names a vintage (`as-of=3`) or a day (`as-of=2022-10-31`, at its end in China): the answer is what had been published \
         then, so that it can be cited.",
    ),
    Phrase::new(
        "地址没有的参数、重复的参数和不可用的值都会被拒绝，不会被忽略。空的参数视为没有写。",
        "A parameter that an address does not have, one that stands twice and may not, and a value that means nothing are refused and \
         never passed over. An empty parameter counts as not given.",
    ),
    Phrase::new(
        "改变数据的请求，浏览器只能从本站网页发出。程序用令牌，写在 `Authorization: Bearer …` 中，不要带 Cookie。",
        "What changes something, a browser can only send from our own pages. Programs use a token, in `Authorization: Bearer …`, and \
         send no cookie.",
    ),
    Phrase::new(
        "被拒绝的请求都得到同一种答复：`code` 供程序判断，`message` 供人阅读（语言按 `Accept-Language`），`field` 是所指的参数或字段，\
         `request_id` 可在服务器日志中查到。",
        "Whatever is refused is answered in one way: `code` is for programs, `message` for people, in the language of `Accept-Language`, \
         `field` is the parameter or field meant, and `request_id` names the answer in the server's log.",
    ),
];

/// What everybody reads, kept in caches by its version.
fn read(path: &'static str, summary: Phrase, answer: Answer) -> Operation {
    Operation {
        method: Method::GET,
        path,
        route: path,
        summary,
        detail: Phrase::new("", ""),
        who: Who::Anybody,
        parameters: vec![parameter::as_of()],
        body: None,
        answers: vec![answer, answer::not_modified()],
        // Past states are loaded one after the other, and few may wait for one.
        refusals: vec![400, 404, 503],
        query: "",
    }
}

/// What is asked or done by one person; no cache keeps it.
fn personal(method: Method, path: &'static str, who: Who, summary: Phrase, answer: Answer) -> Operation {
    let mut refusals = vec![400];
    refusals.extend((!who.is_anybody()).then_some(401));
    // Whoever asks may have too few rights, and what changes something is refused to pages of other sites.
    refusals.extend((!who.is_anybody() || method != Method::GET).then_some(403));
    Operation {
        method,
        who,
        answers: vec![answer],
        refusals,
        parameters: Vec::new(),
        ..read(path, summary, answer::nothing())
    }
}

impl Operation {
    /// The same with further parameters.
    fn takes(mut self, parameters: impl IntoIterator<Item = Parameter>) -> Operation {
        self.parameters.extend(parameters);
        // As they stand in a request; a past state can be asked for nearly everywhere, so it comes after what is of this address.
        self.parameters
            .sort_by_key(|parameter| (parameter.place, parameter.name == AsOf::PARAMETER));
        self
    }

    /// The same with a body, and what is refused of one.
    fn sends(mut self, body: Body) -> Operation {
        self.refusals.extend([408, 413]);
        self.refusals.extend(body.is_json_alone().then_some(415));
        self.body = Some(body);
        self
    }

    /// The same with another answer when all is well.
    fn and_answers(mut self, answer: Answer) -> Operation {
        self.answers.push(answer);
        self
    }

    /// The same with further refusals.
    fn refuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Operation {
        self.refusals.extend(statuses);
        self
    }

    /// The same with more to be known.
    fn with(mut self, zh: &'static str, en: &'static str) -> Operation {
        self.detail = Phrase::new(zh, en);
        self
    }

    /// The same with the query of its example.
    fn such_as(mut self, query: &'static str) -> Operation {
        self.query = query;
        self
    }

    /// Names it in the document, in links and among the examples: `get_org_units_org_unit`.
    pub fn id(&self) -> String {
        let path = self.path.strip_prefix("/api/v1").unwrap_or(self.path);
        let words = path.split(|c: char| !c.is_ascii_alphanumeric());
        let method = self.method.as_str().to_ascii_lowercase();
        // A page has the address of what it shows.
        let is_page = self
            .answers
            .iter()
            .any(|answer| answer.contents.iter().any(|(kind, _)| *kind == "text/html"));
        let verb = if is_page { "show" } else { &method };
        let words = std::iter::once(verb).chain(words.filter(|word| !word.is_empty()));
        words.collect::<Vec<&str>>().join("_")
    }

    /// Its example's address.
    pub fn example_address(&self) -> String {
        let filled = self
            .parameters
            .iter()
            .fold(self.path.to_owned(), |path, parameter| {
                path.replace(&format!("{{{}}}", parameter.name), parameter.example)
            });
        match self.query {
            "" => filled,
            query => format!("{filled}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::router::{OTHERS, PERSONAL, ROUTES};

    fn operations() -> Vec<Operation> {
        GROUPS.iter().flat_map(|group| (group.operations)()).collect()
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let read = ROUTES.iter().map(|route| format!("GET {}", route.path));
        let others = OTHERS.iter().map(|path| format!("GET {path}"));
        let personal = PERSONAL
            .iter()
            .map(|route| format!("{} {}", route.method, route.path));
        let routes: BTreeSet<String> = read.chain(others).chain(personal).collect();
        let described: BTreeSet<String> = operations()
            .iter()
            .map(|operation| format!("{} {}", operation.method, operation.route))
            .collect();
        let missing: Vec<&String> = routes.difference(&described).collect();
        let invented: Vec<&String> = described.difference(&routes).collect();
        assert!(
            missing.is_empty() && invented.is_empty(),
            "server/src/describe/operations does not say what these answer: {missing:?}; there is no such route: {invented:?}"
        );
    }

    #[test]
    fn every_part_of_an_address_is_a_parameter_and_no_name_stands_twice() {
        let mut ids = BTreeSet::new();
        for operation in operations() {
            let id = operation.id();
            let in_path = |parameter: &&Parameter| parameter.place == parameter::Place::Path;
            let named = operation.parameters.iter().filter(in_path);
            let described: BTreeSet<&str> = named.map(|parameter| parameter.name).collect();
            let parts = operation.path.split('{').skip(1);
            let written: BTreeSet<&str> = parts.filter_map(|part| part.split('}').next()).collect();
            assert_eq!(described, written, "{id}");
            assert!(ids.insert(id.clone()), "two operations are {id}");
        }
    }
}
