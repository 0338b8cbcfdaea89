//! What is sent once need not be sent again.

use tests::{Answer, Program, Serving};

const QUERY: &str = "/api/v1/observations?org-unit=371482";

fn encoded(serving: &Serving, address: &str, encoding: &str) -> Answer {
    serving.get_with(address, &[("accept-encoding", encoding)])
}

#[test]
fn every_encoding_holds_the_same_bytes_under_a_strong_tag_of_its_own() {
    let serving = Program::new().serve();
    for address in [
        QUERY,
        "/",
        "/indicators/taxpaying_firms?org-unit=371482",
        "/api/v1/observations.csv?org-unit=371482",
    ] {
        let plain = encoded(&serving, address, "identity");
        assert_eq!(plain.header("content-encoding"), "");
        let mut tags = vec![plain.header("etag").to_owned()];
        for encoding in ["br", "gzip"] {
            let answer = encoded(&serving, address, encoding);
            assert_eq!(answer.header("content-encoding"), encoding, "{address}");
            assert_eq!(answer.bytes(), plain.bytes(), "{address}");
            assert!(
                answer.sent() < plain.sent() / 2,
                "{address} {encoding}: {} of {}",
                answer.sent(),
                plain.sent()
            );
            tags.push(answer.header("etag").to_owned());
        }
        tags.dedup();
        assert_eq!(tags.len(), 3, "{tags:?}");
        assert!(
            tags.iter().all(|tag| tag.starts_with('"') && tag.ends_with('"')),
            "{tags:?}"
        );
        assert!(plain.header("vary").contains("accept-encoding"));
        assert_eq!(plain.header("cache-control"), "no-cache");
    }
    serving.end_cleanly();
}

#[test]
fn the_tag_carries_the_version_of_the_dataset_and_a_known_one_is_answered_with_304() {
    let serving = Program::new().serve();
    for encoding in ["identity", "br", "gzip"] {
        let first = encoded(&serving, QUERY, encoding);
        let tag = first.header("etag").to_owned();
        assert!(
            tag[1..].starts_with(first.json()["dataset"].as_str().unwrap()),
            "{tag}"
        );
        let again = serving.get_with(QUERY, &[("accept-encoding", encoding), ("if-none-match", &tag)]);
        assert_eq!(
            (again.status, again.sent(), again.header("etag")),
            (304, 0, tag.as_str())
        );
        let other = serving.get_with(
            QUERY,
            &[("accept-encoding", encoding), ("if-none-match", "\"other\"")],
        );
        assert_eq!(other.status, 200);
    }
}

#[test]
fn the_tag_outlives_a_restart_and_changes_with_the_data() {
    // Its own address stands in what it answers, so that it has to be the same after a restart.
    let program = Program::new();
    let serve = || program.serve_with(&["--public-url", "https://figures.example.cn"]);
    let tag = |serving: Serving| {
        let tag = serving.get(QUERY).header("etag").to_owned();
        serving.end_cleanly();
        tag
    };
    let first = tag(serve());
    assert_eq!(tag(serve()), first);
    let sample = include_str!("../../data/samples/yucheng-2022.csv");
    program.write("corrected.csv", sample.replace(",6989,", ",6990,"));
    program.run(["import", "corrected.csv"]).success();
    assert_ne!(tag(serve()), first);
}

#[test]
fn the_app_may_be_kept_for_ever() {
    let serving = Program::new().serve();
    let page = serving.get("/").text();
    let names: Vec<&str> = page
        .split('"')
        .filter(|text| text.starts_with("/assets/"))
        .collect();
    assert_eq!(names.len(), 3, "icon, glue and Wasm: {names:?}");
    for name in names {
        let answer = encoded(&serving, name, "br");
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let wasm = name.ends_with(".wasm");
        assert!(
            !wasm
                || answer.header("content-type") == "application/wasm"
                    && answer.header("content-encoding") == "br"
        );
    }
    serving.end_cleanly();
}

#[test]
fn a_head_is_the_get_without_its_body() {
    let serving = Program::new().serve();
    let headers = [
        "content-length",
        "content-type",
        "etag",
        "vary",
        "content-security-policy",
    ];
    // The first time it is made, the second time it is kept.
    for _ in 0..2 {
        for address in ["/", "/?from=timeline", "/nowhere", QUERY, "/healthz"] {
            let head = serving.send("HEAD", address);
            let get = serving.get(address);
            assert_eq!((head.status, head.sent()), (get.status, 0), "{address}");
            for header in headers {
                assert_eq!(head.header(header), get.header(header), "{header} of {address}");
            }
        }
    }
    serving.end_cleanly();
}

#[test]
fn addresses_without_end_are_answered_and_named_in_a_notice() {
    let serving = Program::new().serve();
    let first = serving.get("/").header("etag").to_owned();
    for number in 0..300 {
        let answer = serving.get(&format!("/?x{number}={number}"));
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains(&format!("已忽略：x{number}")));
    }
    assert_eq!(serving.get("/").header("etag"), first);
    serving.end_cleanly();
}

#[test]
fn a_page_in_the_theme_that_was_chosen_is_an_answer_of_its_own() {
    let serving = Program::new().serve();
    let dark = serving.get_with("/", &[("cookie", "theme=dark")]);
    let plain = serving.get("/");
    assert!(dark.text().contains(" data-theme=\"dark\">") && !plain.text().contains(" data-theme="));
    assert_ne!(dark.header("etag"), plain.header("etag"));
    let again = serving.get_with("/", &[("cookie", "theme=dark")]);
    assert_eq!(again.text(), dark.text());
    let data = |cookie| {
        serving
            .get_with("/api/v1/indicators", &[("cookie", cookie)])
            .header("etag")
            .to_owned()
    };
    assert_eq!(data("theme=dark"), data("theme=light"));
    serving.end_cleanly();
}
