use super::{EmbeddingHost, HostError};
use crate::Lang;

/// The hosts that may frame charts, each once, in the order in which they were listed; where there is none any may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmbeddingHosts(Vec<EmbeddingHost>);

/// How many hosts a list may have.
pub const MOST_HOSTS: usize = 200;

/// How long a list may be in the header, in bytes: a proxy such as nginx keeps 4 KB for all headers of an answer unless it
/// is told otherwise, and answers with an error of its own where they do not fit.
pub const LONGEST_POLICY: usize = 3000;

/// Why a text is no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// These lines are no hosts.
    Lines(Vec<LineError>),
    /// There are this many hosts.
    TooMany(usize),
    /// They take this many bytes.
    TooLong(usize),
}

/// A line that is no host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Which, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What is wrong with it.
    pub why: HostError,
}

impl EmbeddingHosts {
    /// Reads a host a line, passing over empty lines. Fails with every line that is none, or where the whole does not fit
    /// into a header.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<EmbeddingHosts, ListError> {
        let (mut hosts, mut wrong) = (Vec::new(), Vec::new());
        for (at, line) in lines.into_iter().enumerate() {
            match line.parse() {
                Ok(host) if hosts.contains(&host) => {}
                Ok(host) => hosts.push(host),
                Err(HostError::Empty) => {}
                Err(why) => wrong.push(LineError {
                    line: at + 1,
                    found: line.trim().chars().take(80).collect(),
                    why,
                }),
            }
            // Whoever pastes a book is told about its beginning.
            if hosts.len() > MOST_HOSTS || wrong.len() >= MOST_HOSTS {
                break;
            }
        }
        if !wrong.is_empty() {
            return Err(ListError::Lines(wrong));
        }
        if hosts.len() > MOST_HOSTS {
            return Err(ListError::TooMany(hosts.len()));
        }
        let hosts = EmbeddingHosts(hosts);
        match hosts.frame_ancestors().len() {
            length if length > LONGEST_POLICY => Err(ListError::TooLong(length)),
            _ => Ok(hosts),
        }
    }

    /// The hosts.
    pub fn iter(&self) -> impl Iterator<Item = &EmbeddingHost> {
        self.0.iter()
    }

    /// Whether none is listed, so that any site may frame charts.
    pub fn is_any(&self) -> bool {
        self.0.is_empty()
    }

    /// The hosts as lines, as they are stored and shown.
    pub fn lines(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// The directive of a content security policy by which a browser keeps to the list.
    pub fn frame_ancestors(&self) -> String {
        if self.is_any() {
            return "frame-ancestors *".to_owned();
        }
        let sources: Vec<String> = self.0.iter().map(EmbeddingHost::source).collect();
        // Our own pages frame charts as well: the preview of what one is about to embed.
        format!("frame-ancestors 'self' {}", sources.join(" "))
    }
}

impl ListError {
    /// What is wrong, a sentence for each line or for the whole.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        match self {
            ListError::Lines(lines) => lines.iter().map(|line| line.words(lang)).collect(),
            _ => vec![self.words(lang)],
        }
    }

    /// The same as one text.
    pub fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (ListError::Lines(_), _) => self.sentences(lang).join(lang.pick("；", "; ")),
            (ListError::TooMany(_), Lang::Zh) => {
                format!("最多 {MOST_HOSTS} 个主机，请用 *.example.gov.cn 合并")
            }
            (ListError::TooMany(_), Lang::En) => {
                format!("at most {MOST_HOSTS} hosts; take some together as *.example.gov.cn")
            }
            (ListError::TooLong(found), Lang::Zh) => format!(
                "名单共 {found} 字节，响应头最多容纳 {LONGEST_POLICY} 字节，请用 *.example.gov.cn 合并"
            ),
            (ListError::TooLong(found), Lang::En) => format!(
                "the list takes {found} bytes, and a header has room for {LONGEST_POLICY}; take some together as *.example.gov.cn"
            ),
        }
    }
}

impl LineError {
    /// Which line, what stands there, and why it is no host.
    pub fn words(&self, lang: Lang) -> String {
        let why = self.why.words(lang);
        match lang {
            Lang::Zh => format!("第{}行“{}”：{why}", self.line, self.found),
            Lang::En => format!("line {}, `{}`: {why}", self.line, self.found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<EmbeddingHosts, ListError> {
        EmbeddingHosts::read(text.split('\n'))
    }

    #[test]
    fn a_list_is_the_directive_of_a_header() {
        let check = |text, expected: &str| {
            assert_eq!(
                read(text).map(|hosts| hosts.frame_ancestors()).as_deref(),
                Ok(expected)
            )
        };
        check("", "frame-ancestors *");
        check(" \n\r\n", "frame-ancestors *");
        check(
            "https://a.cn\r\n\n*.b.cn\nA.cn/x\na.cn",
            "frame-ancestors 'self' https://a.cn http://*.b.cn http://a.cn",
        );
    }

    #[test]
    fn every_wrong_line_is_named() {
        let Err(ListError::Lines(wrong)) = read("a.cn\n*\nb.cn\nc d") else {
            panic!("two lines are no hosts");
        };
        let told: Vec<String> = wrong.iter().map(|line| line.words(Lang::En)).collect();
        assert_eq!(told[0], "line 2, `*`: to allow any site leave the list empty");
        assert!(told[1].starts_with("line 4, `c d`: it holds a space"), "{told:?}");
    }

    #[test]
    fn a_list_that_does_not_fit_into_a_header_is_refused() {
        let many = |count: usize, name: &str| {
            let lines: Vec<String> = (0..count).map(|at| format!("{name}{at}.cn")).collect();
            read(&lines.join("\n")).map(drop)
        };
        assert_eq!(many(160, "a"), Ok(()));
        assert_eq!(many(201, "a"), Err(ListError::TooMany(201)));
        assert!(matches!(many(100, &"a".repeat(40)), Err(ListError::TooLong(_))));
    }
}
