//! What stands in the way of a chart in a portal.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use data::embedding::EmbeddingHosts;
use data::embedding::check::{Check, Hint, Pasted, Reason, Verdict, Way, check};
use data::embedding::csp::WebAddress;

use Verdict::{Blocked, Partly, Works};

const OURS: &str = "https://figures.cn";
const PORTAL: &str = "https://www.yucheng.gov.cn/gsl/index.html";

fn checked(portal: &str, ours: &str, hosts: &[&str], pasted: &str) -> Check {
    let address = |text| WebAddress::parse(text).unwrap();
    let hosts = EmbeddingHosts::read(hosts.iter().copied()).unwrap();
    check(
        &address(portal),
        &address(ours),
        &hosts,
        &Pasted::read(pasted).unwrap(),
    )
}

/// The verdicts on frame, component, picture and fragment under these headers.
fn verdicts(pasted: &str, expected: [Verdict; 4]) -> Check {
    let check = checked(PORTAL, OURS, &[], pasted);
    let found: Vec<Verdict> = check.ways.iter().map(|report| report.verdict).collect();
    assert_eq!(found, expected, "{pasted}");
    check
}

fn fix(check: &Check, way: Way) -> Option<String> {
    let report = check.ways.iter().find(|report| report.way == way)?;
    report.fixes.first().map(|fix| fix.text.clone())
}

#[test]
fn without_policies_everything_works() {
    verdicts("", [Works; 4]);
    verdicts(
        "X-Frame-Options: DENY\nCross-Origin-Embedder-Policy: require-corp",
        [Works; 4],
    );
}

#[test]
fn a_portal_that_trusts_itself_alone_takes_the_fragment_alone() {
    let check = verdicts(
        "Content-Security-Policy: default-src 'self' 'unsafe-inline'",
        [Blocked, Blocked, Blocked, Works],
    );
    let expected = |directive: &str| format!("default-src 'self' 'unsafe-inline'; {directive}");
    assert_eq!(
        fix(&check, Way::Frame),
        Some(expected("frame-src 'self' https://figures.cn"))
    );
    assert_eq!(
        fix(&check, Way::Picture),
        Some(expected("img-src 'self' https://figures.cn"))
    );
    assert_eq!(
        fix(&check, Way::Component),
        Some(expected(
            "frame-src 'self' https://figures.cn; script-src 'self' 'unsafe-inline' https://figures.cn"
        ))
    );
    assert_eq!(fix(&check, Way::Fragment), None);
}

#[test]
fn what_a_fix_says_lets_the_chart_in() {
    for policy in [
        "default-src 'none'",
        "default-src 'self'; img-src data:; script-src 'self'; child-src a.cn",
        "sandbox; frame-src 'none'; script-src-elem b.cn",
        "frame-src http://figures.cn:8080; img-src figures.cn/other/",
    ] {
        let check = checked(PORTAL, OURS, &[], policy);
        for report in check.ways.iter().filter(|report| report.way != Way::Fragment) {
            let mended = report.fixes.first().map_or(policy, |fix| &fix.text);
            let again = checked(PORTAL, OURS, &[], mended);
            let again = again.ways.iter().find(|again| again.way == report.way).unwrap();
            assert_eq!(again.verdict, Works, "{:?} under {mended}", report.way);
        }
    }
}

#[test]
fn every_policy_must_allow_it_and_one_that_reports_does_not_count() {
    let check = verdicts(
        "Content-Security-Policy: frame-src *, frame-src 'none'\nContent-Security-Policy: img-src *",
        [Blocked, Blocked, Works, Works],
    );
    let numbers: Vec<usize> = check.ways[0].fixes.iter().map(|fix| fix.number).collect();
    assert_eq!(numbers, [2]);
    let check = verdicts(
        "Content-Security-Policy-Report-Only: default-src 'none'",
        [Works; 4],
    );
    assert!(check.hints.contains(&Hint::ReportOnly(1)));
}

#[test]
fn without_its_script_the_component_is_its_frame() {
    verdicts(
        "Content-Security-Policy: script-src 'self'",
        [Works, Partly, Works, Works],
    );
    let check = verdicts(
        "Content-Security-Policy: script-src 'nonce-a' 'strict-dynamic'",
        [Works, Partly, Works, Works],
    );
    let reason = &check.ways[1].reasons[0];
    assert!(
        matches!(reason, Reason::Policy { is_strict: true, .. }),
        "{reason:?}"
    );
    assert_eq!(fix(&check, Way::Component), None, "a host would not help");
}

#[test]
fn a_sandbox_takes_what_moves() {
    let check = verdicts(
        "Content-Security-Policy: sandbox allow-forms",
        [Partly, Partly, Works, Works],
    );
    let expected = "sandbox allow-forms allow-scripts allow-popups";
    assert_eq!(fix(&check, Way::Frame).as_deref(), Some(expected));
    verdicts(
        "<meta http-equiv=content-security-policy content=sandbox>",
        [Works; 4],
    );
}

#[test]
fn a_portal_by_https_loads_nothing_by_http() {
    let check = |portal, ours, pasted, expected: Option<Reason>| {
        let check = checked(portal, ours, &[], pasted);
        let verdict = if expected.is_some() { Blocked } else { Works };
        for report in &check.ways[..3] {
            assert_eq!(
                (report.verdict, report.reasons.first()),
                (verdict, expected.as_ref()),
                "{portal} {ours}"
            );
        }
        assert_eq!(check.ways[3].verdict, Works);
    };
    check("https://a.cn", "http://figures.cn", "", Some(Reason::Mixed));
    check("http://a.cn", "http://figures.cn", "", None);
    check("http://a.cn", "https://figures.cn", "", None);
    check("https://a.cn", "http://127.0.0.1:8080", "", None);
    check(
        "http://a.cn",
        "http://figures.cn",
        "Content-Security-Policy: upgrade-insecure-requests",
        Some(Reason::Upgraded),
    );
}

#[test]
fn who_is_not_listed_may_place_pictures_and_no_frames() {
    let check = |portal, hosts: &[&str], expected| {
        let check = checked(portal, OURS, hosts, "");
        let found: Vec<Verdict> = check.ways.iter().map(|report| report.verdict).collect();
        assert_eq!(found, [expected, expected, Works, Works], "{portal} of {hosts:?}");
        assert_eq!(check.hints.contains(&Hint::AnyMayFrame), hosts.is_empty());
    };
    check(PORTAL, &[], Works);
    check(PORTAL, &["www.yucheng.gov.cn"], Works);
    check(PORTAL, &["*.yucheng.gov.cn"], Works);
    check(PORTAL, &["yucheng.gov.cn"], Blocked);
    check(PORTAL, &["http://www.yucheng.gov.cn"], Works);
    check(
        "http://www.yucheng.gov.cn",
        &["https://www.yucheng.gov.cn"],
        Blocked,
    );
    check("http://www.yucheng.gov.cn", &["www.yucheng.gov.cn"], Works);
    check(
        "https://www.yucheng.gov.cn:8443",
        &["www.yucheng.gov.cn"],
        Blocked,
    );
    check("https://figures.cn/preview", &["a.cn"], Works);
}

#[test]
fn what_does_not_matter_and_what_was_meant_otherwise_is_said() {
    let pasted = "X-Frame-Options: SAMEORIGIN\nPermissions-Policy: fullscreen=()\n\
         Cross-Origin-Embedder-Policy: credentialless\n\
         Content-Security-Policy: frame-src *; img-src * self; require-trusted-types-for 'script'; style-src 'self";
    let hints = checked(PORTAL, "http://10.0.0.8", &["a.cn"], pasted).hints;
    let expected = [
        Hint::FrameOptions,
        Hint::Permissions,
        Hint::Isolated("credentialless".into()),
        Hint::TrustedTypes,
        Hint::Unquoted("self".into()),
        Hint::Unreadable("'self".into()),
        Hint::Intranet,
    ];
    assert_eq!(hints, expected);
}
