use super::Pasted;
use crate::embedding::csp::{Delivery, Load, Policy, Source, WebAddress};
use crate::embedding::{EmbeddingHosts, WebScheme};

/// A way to place a chart in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An `<iframe>` of `/embed/…`.
    Frame,
    /// `<federation-chart>` with the frame inside it: a script of ours follows its height.
    Component,
    /// An `<img>` of the picture.
    Picture,
    /// The finished HTML, pasted.
    Fragment,
}

impl Way {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Way; 4] = [Way::Frame, Way::Component, Way::Picture, Way::Fragment];
}

/// Whether a way works in a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should.
    Works,
    /// The chart is there, and something about it is not.
    Partly,
    /// The chart is not there.
    Blocked,
}

/// What a portal says of one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayReport {
    /// Which way.
    pub way: Way,
    /// Whether it works.
    pub verdict: Verdict,
    /// Why not, or not quite.
    pub reasons: Vec<Reason>,
    /// What the portal would send instead of the policies that stand in the way.
    pub fixes: Vec<Fix>,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A page by https loads nothing by http.
    Mixed,
    /// A policy makes https of our http.
    Upgraded,
    /// The portal is not among the hosts that an administrator lists.
    NotListed,
    /// A policy does not allow it.
    Policy {
        /// What is not loaded.
        load: Load,
        /// Which policy, from 1.
        number: usize,
        /// The directive that decides in it.
        directive: String,
        /// Whether hosts do not count in it.
        is_strict: bool,
    },
    /// A policy lets no script run in the page and its frames.
    Sandbox {
        /// Which policy, from 1.
        number: usize,
    },
}

/// A policy to be sent instead of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Which, from 1.
    pub number: usize,
    /// How the page has it.
    pub delivery: Delivery,
    /// The whole policy.
    pub text: String,
}

/// What is good to know beside the verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Nothing was pasted.
    NothingPasted,
    /// Something was pasted, and nothing of it is a header or a policy that matters.
    NothingFound,
    /// This many policies only report.
    ReportOnly(usize),
    /// The portal has `X-Frame-Options`, which is about who frames the portal.
    FrameOptions,
    /// It has `Permissions-Policy`: a chart asks for no device.
    Permissions,
    /// It isolates itself from others, and our answers allow for that.
    Isolated(String),
    /// It wants trusted types: our script makes no HTML of texts.
    TrustedTypes,
    /// A word of a policy that lacks its quotes, so that browsers take it for a host.
    Unquoted(String),
    /// A word of a policy that browsers pass over.
    Unreadable(String),
    /// The dashboard is in an intranet and the portal is not.
    Intranet,
    /// None is listed: any site may frame charts.
    AnyMayFrame,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Each way.
    pub ways: Vec<WayReport>,
    /// What is good to know.
    pub hints: Vec<Hint>,
}

/// What stands in the way of charts of `ours`, framed by `hosts`, in a page of `portal` with these headers. Neither address
/// is fetched.
pub fn check(portal: &WebAddress, ours: &WebAddress, hosts: &EmbeddingHosts, pasted: &Pasted) -> Check {
    let setting = Setting {
        portal,
        ours,
        hosts,
        pasted,
    };
    Check {
        ways: Way::ALL.into_iter().map(|way| setting.report(way)).collect(),
        hints: setting.hints(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Setting<'a> {
    portal: &'a WebAddress,
    ours: &'a WebAddress,
    hosts: &'a EmbeddingHosts,
    pasted: &'a Pasted,
}

impl Setting<'_> {
    fn report(&self, way: Way) -> WayReport {
        let (blocking, spoiling) = match way {
            Way::Frame => (self.frame(), self.sandbox()),
            Way::Component => (self.frame(), self.component()),
            Way::Picture => (self.loading(Load::Picture), Vec::new()),
            // It is part of the page, and has no style and no script.
            Way::Fragment => (Vec::new(), Vec::new()),
        };
        let verdict = match (blocking.is_empty(), spoiling.is_empty()) {
            (false, _) => Verdict::Blocked,
            (true, false) => Verdict::Partly,
            (true, true) => Verdict::Works,
        };
        let mut reasons = blocking;
        let further = spoiling.into_iter().filter(|reason| !reasons.contains(reason));
        let further: Vec<Reason> = further.collect();
        reasons.extend(further);
        WayReport {
            way,
            verdict,
            reasons,
            fixes: self.fixes(way),
        }
    }

    fn frame(&self) -> Vec<Reason> {
        let mut reasons = self.loading(Load::Frame);
        reasons.extend((!self.is_listed()).then_some(Reason::NotListed));
        reasons
    }

    fn component(&self) -> Vec<Reason> {
        let mut reasons = self.loading(Load::Script);
        reasons.extend(self.sandbox());
        reasons
    }

    /// Why something is not loaded.
    fn loading(&self, load: Load) -> Vec<Reason> {
        let (url, mut reasons) = (self.url(load), Vec::new());
        if url.scheme == WebScheme::Http && !url.is_this_machine() {
            let is_upgraded = self
                .enforced()
                .any(|(_, policy)| policy.directive("upgrade-insecure-requests").is_some());
            match (is_upgraded, self.portal.scheme) {
                (true, _) => reasons.push(Reason::Upgraded),
                (false, WebScheme::Https) => reasons.push(Reason::Mixed),
                (false, WebScheme::Http) => {}
            }
        }
        reasons.extend(self.enforced().filter_map(|(number, policy)| {
            let refusal = policy.refusal(load, &url, self.portal)?;
            Some(Reason::Policy {
                load,
                number,
                directive: refusal.directive,
                is_strict: refusal.is_strict,
            })
        }));
        reasons
    }

    fn sandbox(&self) -> Vec<Reason> {
        let closed = self.enforced().filter(|(_, policy)| is_without_scripts(policy));
        closed.map(|(number, _)| Reason::Sandbox { number }).collect()
    }

    /// The policies with what a way lacks; those in whose way nothing stands are not repeated.
    fn fixes(&self, way: Way) -> Vec<Fix> {
        let loads: &[Load] = match way {
            Way::Frame => &[Load::Frame],
            Way::Component => &[Load::Frame, Load::Script],
            Way::Picture => &[Load::Picture],
            Way::Fragment => &[],
        };
        let loads: Vec<(Load, WebAddress)> = loads.iter().map(|load| (*load, self.url(*load))).collect();
        let runs = matches!(way, Way::Frame | Way::Component);
        let fixes = self.enforced().filter_map(|(number, policy)| {
            let mut mended = policy.allowing(&loads, self.portal);
            if runs && is_without_scripts(policy) {
                mended.add_values("sandbox", &["allow-scripts", "allow-popups"]);
            }
            (mended != *policy).then(|| Fix {
                number,
                delivery: policy.delivery,
                text: mended.text(),
            })
        });
        fixes.collect()
    }

    fn is_listed(&self) -> bool {
        let mut sources = self.hosts.iter().map(|host| Source::parse(&host.source()));
        self.hosts.is_any()
            || self.portal.origin() == self.ours.origin()
            || sources.any(|source| source.matches(self.portal, self.ours))
    }

    fn hints(&self) -> Vec<Hint> {
        let pasted = self.pasted;
        let reporting = pasted
            .policies
            .iter()
            .filter(|policy| !policy.is_enforced())
            .count();
        let wants_types = self
            .enforced()
            .any(|(_, policy)| policy.directive("require-trusted-types-for").is_some());
        let mut hints = Vec::new();
        hints.extend(match (pasted.is_empty, pasted.is_understood) {
            (true, _) => Some(Hint::NothingPasted),
            (false, false) => Some(Hint::NothingFound),
            (false, true) => None,
        });
        hints.extend((reporting > 0).then_some(Hint::ReportOnly(reporting)));
        hints.extend(pasted.has_frame_options.then_some(Hint::FrameOptions));
        hints.extend(pasted.has_permissions.then_some(Hint::Permissions));
        hints.extend(pasted.isolation.clone().map(Hint::Isolated));
        hints.extend(wants_types.then_some(Hint::TrustedTypes));
        hints.extend(self.strange_words());
        let is_away = self.ours.is_in_intranet() && !self.portal.is_in_intranet();
        hints.extend(is_away.then_some(Hint::Intranet));
        hints.extend(self.hosts.is_any().then_some(Hint::AnyMayFrame));
        hints
    }

    /// Words that do not say what they seem to, each once and not without end.
    fn strange_words(&self) -> Vec<Hint> {
        const MOST: usize = 5;
        let directives = self.enforced().flat_map(|(_, policy)| &policy.directives);
        let lists = directives.filter(|directive| directive.name.ends_with("-src"));
        let mut strange: Vec<Hint> = Vec::new();
        for source in lists.flat_map(|directive| directive.sources()) {
            let hint = match source {
                Source::Unquoted(word) => Hint::Unquoted(word),
                Source::Unreadable(word) => Hint::Unreadable(word.chars().take(60).collect()),
                _ => continue,
            };
            if !strange.contains(&hint) && strange.len() < MOST {
                strange.push(hint);
            }
        }
        strange
    }

    /// The policies that block, with their numbers.
    fn enforced(&self) -> impl Iterator<Item = (usize, &Policy)> {
        let numbered = (1..).zip(&self.pasted.policies);
        numbered.filter(|(_, policy)| policy.is_enforced())
    }

    fn url(&self, load: Load) -> WebAddress {
        self.ours.at(match load {
            Load::Frame => "/embed/line",
            Load::Picture => "/charts/line.png",
            Load::Script => "/embed.js",
        })
    }
}

fn is_without_scripts(policy: &Policy) -> bool {
    let sandbox = policy.directive("sandbox");
    sandbox.is_some_and(|sandbox| {
        let mut values = sandbox.values.iter();
        !values.any(|value| value.eq_ignore_ascii_case("allow-scripts"))
    })
}
