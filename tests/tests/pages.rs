//! The pages as they come, before any script.

use tests::{Program, Serving};

const INDICATOR: &str = "/indicators/taxpaying_firms?org-unit=371482";

fn page(serving: &Serving, address: &str) -> String {
    let answer = serving.get(address);
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "text/html; charset=utf-8"),
        "{address}"
    );
    answer.text()
}

#[test]
fn the_page_of_an_indicator_holds_the_finished_chart_and_both_numbers() {
    let serving = Program::new().serve();
    let chinese = page(&serving, INDICATOR);
    for text in [
        "<svg",
        "2,330",
        "6,989",
        "禹城市",
        "中华工商时报",
        "lang=\"zh-CN\"",
    ] {
        assert!(chinese.contains(text), "{text} is not in {chinese}");
    }
    let english = page(&serving, &format!("{INDICATOR}&lang=en"));
    for text in ["<svg", "2,330", "6,989", "Yucheng", "<html lang=\"en\">"] {
        assert!(english.contains(text), "{text} is not in {english}");
    }
    serving.end_cleanly();
}

#[test]
fn every_page_has_a_title_a_description_and_its_data() {
    let serving = Program::new().serve();
    let addresses = [
        "/",
        INDICATOR,
        "/indicators",
        "/org-units",
        "/org-units?q=%E7%A6%B9%E5%9F%8E",
        "/org-units/371482",
    ];
    for address in addresses {
        let page = page(&serving, address);
        let between = |before: &str, after: &str| {
            let (_, rest) = page
                .split_once(before)
                .unwrap_or_else(|| panic!("no {before} in {address}"));
            rest.split_once(after).unwrap().0.to_owned()
        };
        assert!(!between("<title>", "</title>").is_empty(), "{address}");
        assert!(
            !between("<meta name=\"description\" content=\"", "\"").is_empty(),
            "{address}"
        );
        assert!(!between("<main id=\"main\">", "</main>").is_empty(), "{address}");
        // The sheet stands inside the page, and the policy allows it by its hash and no other.
        assert!(between("<style>", "</style>").contains("--accent"), "{address}");
    }
    serving.end_cleanly();
}

#[test]
fn a_page_that_is_not_there_says_so_with_404() {
    let serving = Program::new().serve();
    for address in ["/nowhere", "/indicators/nope", "/org-units/999999", "/a/b/c"] {
        let answer = serving.get(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(answer.text().contains("<main id=\"main\">"), "{address}");
    }
    serving.end_cleanly();
}

#[test]
fn what_is_typed_into_an_address_stays_text() {
    let serving = Program::new().serve();
    let page = page(
        &serving,
        "/org-units?q=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Cimg%20src=x%3E",
    );
    assert!(
        !page.contains("<script>alert") && !page.contains("<img"),
        "{page}"
    );
    let page = serving.get("/%3Cimg%20src=x%20onerror=alert(1)%3E").text();
    assert!(!page.contains("<img"), "{page}");
}

#[test]
fn a_page_may_load_nothing_from_elsewhere_and_be_framed_by_nobody() {
    let serving = Program::new().serve();
    let policy = |agent: &str| {
        serving
            .get_with("/", &[("user-agent", agent)])
            .header("content-security-policy")
            .to_owned()
    };
    let new = policy("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0");
    assert!(
        new.starts_with("default-src 'none'; script-src 'self' 'sha256-")
            && new.contains(" 'wasm-unsafe-eval';"),
        "{new}"
    );
    assert!(
        new.contains("frame-ancestors 'none'") && !new.contains("unsafe-inline"),
        "{new}"
    );
    let old = policy("Mozilla/5.0 (X11; Linux x86_64) Chrome/86.0.4240.198");
    assert!(old.contains(" 'unsafe-eval';"), "{old}");
    let page = serving.get("/");
    assert_eq!(page.header("vary"), "accept-encoding, cookie, user-agent");
    assert_eq!(
        (
            page.header("x-content-type-options"),
            page.header("referrer-policy")
        ),
        ("nosniff", "same-origin")
    );
    let text = page.text();
    assert_eq!(
        text.matches("<style").count(),
        1,
        "the one sheet, which the policy allows by its hash"
    );
    assert!(!text.contains(" style="), "the policy forbids style attributes");
}
