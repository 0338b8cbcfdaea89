use super::{Source, WebAddress};

/// One policy of a page. Several hold all at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// How the page has it.
    pub delivery: Delivery,
    /// The directives in their order, each the first of its name: browsers pass over another.
    pub directives: Vec<Directive>,
}

/// How a page has a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// In a header of its response.
    Header,
    /// In a header that only reports and blocks nothing.
    ReportOnly,
    /// In a `<meta>` of its HTML.
    Meta,
}

/// One directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name in lower case.
    pub name: String,
    /// What it says, as it was written.
    pub values: Vec<String>,
}

/// What a page loads, and by which directives it may: the first that a policy has decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// A page in a frame.
    Frame,
    /// A picture.
    Picture,
    /// A script in a file of its own.
    Script,
}

impl Load {
    /// The directives that decide, the narrowest first; the one to write is the first that every browser knows.
    pub fn directives(self) -> &'static [&'static str] {
        match self {
            Load::Frame => &["frame-src", "child-src", "default-src"],
            Load::Picture => &["img-src", "default-src"],
            Load::Script => &["script-src-elem", "script-src", "default-src"],
        }
    }
}

/// Why a policy does not allow something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The directive that decides.
    pub directive: String,
    /// Whether hosts do not count in it, because only scripts with a nonce or a hash are trusted.
    pub is_strict: bool,
    /// The policy with what is missing.
    pub mended: Policy,
}

impl Policy {
    /// Reads the value of one header or `<meta>`: several policies where it has commas (CSP 3, 4.1).
    pub fn parse_all(text: &str, delivery: Delivery) -> Vec<Policy> {
        // A comma in a `<meta>` is part of the one policy there.
        let texts: Vec<&str> = match delivery {
            Delivery::Meta => vec![text],
            Delivery::Header | Delivery::ReportOnly => text.split(',').collect(),
        };
        let policies = texts.into_iter().map(|text| Policy::parse(text, delivery));
        policies.filter(|policy| !policy.directives.is_empty()).collect()
    }

    fn parse(text: &str, delivery: Delivery) -> Policy {
        // What a `<meta>` may not say (CSP 3, 3.3).
        const NOT_IN_META: [&str; 3] = ["frame-ancestors", "sandbox", "report-uri"];
        let mut directives: Vec<Directive> = Vec::new();
        for part in text.split(';') {
            let mut words = part.split_ascii_whitespace();
            let Some(name) = words.next().map(str::to_ascii_lowercase) else {
                continue;
            };
            let is_void = delivery == Delivery::Meta && NOT_IN_META.contains(&name.as_str());
            if is_void || directives.iter().any(|known| known.name == name) {
                continue;
            }
            let values = words.map(ToOwned::to_owned).collect();
            directives.push(Directive { name, values });
        }
        Policy { delivery, directives }
    }

    /// Whether it blocks anything at all.
    pub fn is_enforced(&self) -> bool {
        self.delivery != Delivery::ReportOnly
    }

    /// The directive of a name.
    pub fn directive(&self, name: &str) -> Option<&Directive> {
        self.directives.iter().find(|directive| directive.name == name)
    }

    /// Why it does not let a page load an address; none where it does.
    pub fn refusal(&self, load: Load, url: &WebAddress, page: &WebAddress) -> Option<Refusal> {
        let deciding = load.directives().iter().find_map(|name| self.directive(name))?;
        let sources = deciding.sources();
        let is_strict = load == Load::Script && sources.contains(&Source::StrictDynamic);
        if !is_strict && sources.iter().any(|source| source.matches(url, page)) {
            return None;
        }
        Some(Refusal {
            directive: deciding.name.clone(),
            is_strict,
            mended: self.mended(load, deciding, url),
        })
    }

    /// The policy with what these loads lack; what only a nonce could let in stays as it is.
    pub fn allowing(&self, loads: &[(Load, WebAddress)], page: &WebAddress) -> Policy {
        let mut policy = self.clone();
        for (load, url) in loads {
            if let Some(refusal) = policy
                .refusal(*load, url, page)
                .filter(|refusal| !refusal.is_strict)
            {
                policy = refusal.mended;
            }
        }
        policy
    }

    /// Adds values to a directive that it has, each once.
    pub fn add_values(&mut self, name: &str, values: &[&str]) {
        let known = self
            .directives
            .iter_mut()
            .find(|directive| directive.name == name);
        if let Some(directive) = known {
            for value in values {
                if !directive
                    .values
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(value))
                {
                    directive.values.push((*value).to_owned());
                }
            }
        }
    }

    /// The whole as text.
    pub fn text(&self) -> String {
        let directives: Vec<String> = self.directives.iter().map(Directive::text).collect();
        directives.join("; ")
    }

    /// The policy with an origin added where it decides; a directive of its own where a wider one decided, so that nothing
    /// else is let in.
    fn mended(&self, load: Load, deciding: &Directive, url: &WebAddress) -> Policy {
        let mut values: Vec<String> = deciding.values.clone();
        values.retain(|value| match Source::parse(value) {
            Source::None => false,
            Source::UnsafeInline | Source::StrictDynamic | Source::NonceOrHash(_) | Source::Keyword(_) => {
                load == Load::Script
            }
            _ => true,
        });
        values.push(url.origin());
        let wide = ["default-src", "child-src"];
        let name = match wide.contains(&deciding.name.as_str()) {
            true if load == Load::Script => "script-src",
            true => load.directives()[0],
            false => &deciding.name,
        };
        let mut mended = self.clone();
        let directive = Directive {
            name: name.to_owned(),
            values,
        };
        match mended.directives.iter().position(|known| known.name == name) {
            Some(at) => mended.directives[at] = directive,
            None => mended.directives.push(directive),
        }
        mended
    }
}

impl Directive {
    /// What it allows. An empty list, and `'none'` alone, allow nothing.
    pub fn sources(&self) -> Vec<Source> {
        self.values.iter().map(|value| Source::parse(value)).collect()
    }

    fn text(&self) -> String {
        let mut words = vec![self.name.as_str()];
        words.extend(self.values.iter().map(String::as_str));
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> Policy {
        Policy::parse_all(text, Delivery::Header).remove(0)
    }

    /// Which directive refuses our embed, script or picture to a page of https://portal.cn, and the policy that would not.
    fn refused(text: &str, load: Load) -> Option<(String, String)> {
        let url = WebAddress::parse("https://figures.cn/embed/line").unwrap();
        let page = WebAddress::parse("https://portal.cn").unwrap();
        let refusal = policy(text).refusal(load, &url, &page)?;
        Some((refusal.directive, refusal.mended.text()))
    }

    fn check(text: &str, load: Load, directive: &str, mended: &str) {
        let expected = Some((directive.to_owned(), mended.to_owned()));
        assert_eq!(refused(text, load), expected, "{text}");
    }

    #[test]
    fn the_narrowest_directive_decides() {
        use Load::{Frame, Picture, Script};
        for text in [
            "frame-src figures.cn; default-src 'none'",
            "child-src https:; default-src 'none'",
            "img-src 'none'; script-src 'none'",
            "default-src *",
        ] {
            assert_eq!(refused(text, Frame), None, "{text}");
        }
        check(
            "default-src 'self'; child-src 'none'",
            Frame,
            "child-src",
            "default-src 'self'; child-src 'none'; frame-src https://figures.cn",
        );
        check(
            "frame-src 'self' a.cn",
            Frame,
            "frame-src",
            "frame-src 'self' a.cn https://figures.cn",
        );
        check(
            "default-src 'self'",
            Picture,
            "default-src",
            "default-src 'self'; img-src 'self' https://figures.cn",
        );
        check(
            "default-src",
            Script,
            "default-src",
            "default-src; script-src https://figures.cn",
        );
        check(
            "script-src-elem 'none'",
            Script,
            "script-src-elem",
            "script-src-elem https://figures.cn",
        );
    }

    #[test]
    fn a_script_that_only_a_nonce_lets_in_needs_one() {
        let text = "script-src 'nonce-a' 'strict-dynamic' https:";
        let url = WebAddress::parse("https://figures.cn/embed.js").unwrap();
        let refusal = policy(text).refusal(Load::Script, &url, &url.at("/")).unwrap();
        assert!(refusal.is_strict);
        assert_eq!(refused("script-src 'nonce-a' https:", Load::Script), None);
    }

    #[test]
    fn a_header_holds_several_policies_and_the_first_of_a_name_counts() {
        let policies = Policy::parse_all(
            "frame-src a.cn; frame-src *, img-src 'none',, ;",
            Delivery::Header,
        );
        let texts: Vec<String> = policies.iter().map(Policy::text).collect();
        assert_eq!(texts, ["frame-src a.cn", "img-src 'none'"]);
        let meta = Policy::parse_all("sandbox; img-src a.cn, b.cn", Delivery::Meta);
        assert_eq!(meta[0].text(), "img-src a.cn, b.cn");
    }

    #[test]
    fn names_are_read_in_any_case_and_between_any_spaces() {
        assert_eq!(
            policy("  Frame-Src\t'Self'  A.cn ;").text(),
            "frame-src 'Self' A.cn"
        );
    }
}
