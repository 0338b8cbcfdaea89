//! Charts under short addresses.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use serde_json::Value;
use tests::{Answer, Person, Program, Serving};

const SAMPLE: &str = include_str!("../../data/samples/yucheng-2022.csv");
const CHART: &str = "/charts/from-to?indicator=taxpaying_firms&org-unit=371482";

fn save(serving: &Serving, address: &str, pinned: bool) -> Answer {
    let body = serde_json::json!({ "address": address, "pinned": pinned }).to_string();
    serving.send_as(&Person::Nobody, "POST", "/api/v1/charts", &body)
}

fn saved(serving: &Serving, address: &str, pinned: bool) -> Value {
    let answer = save(serving, address, pinned);
    assert!([200, 201].contains(&answer.status), "{}", answer.text());
    answer.json()
}

#[test]
fn the_same_chart_is_saved_once_under_one_short_address() {
    let serving = Program::new().serve();
    let first = save(&serving, CHART, false);
    assert_eq!((first.status, first.header("cache-control")), (201, "no-store"));
    let chart = first.json();
    let (id, href) = (chart["id"].as_str().unwrap(), chart["href"].as_str().unwrap());
    assert_eq!(
        (id.len(), href, first.header("location")),
        (10, format!("/c/{id}").as_str(), href)
    );
    assert_eq!(
        (&chart["address"], &chart["vintage"]),
        (&Value::from(CHART), &Value::Null)
    );
    let other_look = format!("{}{CHART}&width=600", serving.url).replace("/from-to?", "/from-to.svg?");
    for same in [CHART, other_look.as_str()] {
        let again = save(&serving, same, false);
        assert_eq!((again.status, again.json()), (200, chart.clone()), "{same}");
    }
    let pinned = saved(&serving, CHART, true);
    assert_ne!(pinned["id"], chart["id"]);
    assert_eq!(pinned["vintage"], 1);
    assert_eq!(saved(&serving, &format!("{CHART}&as-of=1"), true), pinned);
    serving.end_cleanly();
}

#[test]
fn a_pinned_chart_stays_and_another_follows_the_newest_figures() {
    let program = Program::new();
    let serving = program.serve();
    let [following, pinned] = [false, true].map(|pinned| saved(&serving, CHART, pinned));
    let [following, pinned] = [following, pinned].map(|chart| chart["id"].as_str().unwrap().to_owned());
    program.write("corrected.csv", SAMPLE.replace(",6989,", ",7989,"));
    program.run(["import", "corrected.csv"]).success();
    serving.end_cleanly();
    // Another server has never heard of them, and has them from the database.
    let serving = program.serve();
    for ending in ["", ".svg", ".csv", ".json"] {
        for (id, expected, other) in [(&following, "7989", "6989"), (&pinned, "6989", "7989")] {
            let answer = serving.get(&format!("/c/{id}{ending}"));
            let text = answer
                .text()
                .replace(',', "")
                .replace("6 989", "6989")
                .replace("7 989", "7989");
            assert_eq!(answer.status, 200, "{id}{ending}");
            assert!(text.contains(expected) && !text.contains(other), "{id}{ending}");
        }
    }
    let embed = serving.get(&format!("/embed/{pinned}?theme=dark"));
    assert_eq!((embed.status, embed.header("x-frame-options")), (200, ""));
    assert!(embed.text().contains("6,989") && !embed.text().contains("7,989"));
    assert_eq!(
        embed.text(),
        serving.get(&format!("/embed/{pinned}?theme=dark")).text()
    );
    serving.end_cleanly();
}

#[test]
fn a_reader_chooses_the_look_and_changes_nothing_else() {
    let serving = Program::new().serve();
    let chart = saved(&serving, CHART, false);
    let href = chart["href"].as_str().unwrap();
    let plain = serving.get(&format!("{href}.csv"));
    let english = serving.get(&format!("{href}?lang=en"));
    assert!(english.text().contains("<html lang=\"en\""));
    let passed_on = serving.get(&format!("{href}?from=timeline&org-unit=370000"));
    assert!(passed_on.status == 200 && passed_on.text().contains("6,989"));
    assert_eq!(serving.get(&format!("{href}.csv?org-unit=370000")).status, 400);
    assert_eq!(serving.get(&format!("{href}.csv?as-of=1")).status, 400);
    assert_eq!(serving.get(&format!("{href}.csv")).text(), plain.text());
    serving.end_cleanly();
}

#[test]
fn only_charts_of_ours_are_saved_and_what_nobody_saved_is_not_there() {
    let serving = Program::new().serve();
    let check = |address: &str, status: u16, field: Option<&str>| {
        let answer = save(&serving, address, false);
        assert_eq!(
            (answer.status, answer.json()["error"]["field"].as_str()),
            (status, field),
            "{address}"
        );
    };
    check(
        "https://elsewhere.cn/charts/line?indicator=taxpaying_firms",
        400,
        Some("address"),
    );
    check("/charts/pie?indicator=taxpaying_firms", 400, Some("address"));
    check("/charts/line?indicator=nothing", 404, Some("indicator"));
    check(
        "/charts/line?indicator=taxpaying_firms&org-unit=999999",
        404,
        Some("org-unit"),
    );
    check("/charts/line", 400, Some("indicator"));
    check(
        "/charts/line?indicator=taxpaying_firms&colour=red",
        400,
        Some("colour"),
    );
    check(&format!("{CHART}&as-of=1"), 400, Some("pinned"));
    assert_eq!(save(&serving, &format!("{CHART}&as-of=9"), true).status, 404);
    for address in [
        "/c/0123456789",
        "/c/0123456789.svg",
        "/c/x",
        "/c/%00",
        "/embed/0123456789",
        "/c/line",
    ] {
        assert_eq!(serving.get(address).status, 404, "{address}");
    }
    for number in 0..300 {
        assert_eq!(serving.get(&format!("/c/{number:010}")).status, 404);
    }
    serving.end_cleanly();
}

#[test]
fn a_saved_chart_is_embedded_by_a_link_to_us_and_to_nobody_else() {
    let serving = Program::new().serve();
    let id = saved(&serving, CHART, false)["id"].as_str().unwrap().to_owned();
    let ask = |url: String| {
        let url: String = form_urlencoded::byte_serialize(url.as_bytes()).collect();
        serving.get(&format!("/oembed?url={url}"))
    };
    for ours in [
        format!("{}/c/{id}", serving.url),
        format!("{}/embed/{id}?lang=en", serving.url),
        format!("/c/{id}"),
    ] {
        let answer = ask(ours.clone());
        assert_eq!(answer.status, 200, "{ours}");
        let html = answer.json()["html"].as_str().unwrap().to_owned();
        assert!(html.contains(&format!("{}/embed/{id}", serving.url)), "{html}");
    }
    let html = ask(format!("/c/{id}?lang=en")).json()["html"].to_string();
    assert!(
        html.contains(&format!("/embed/{id}?")) && html.contains("lang=en"),
        "{html}"
    );
    for other in [
        format!("https://elsewhere.cn/c/{id}"),
        format!("{}.elsewhere.cn/c/{id}", serving.url),
        format!("//elsewhere.cn/embed/{id}"),
    ] {
        assert_eq!(ask(other.clone()).status, 404, "{other}");
    }
    serving.end_cleanly();
}

#[test]
fn one_client_saves_so_many_charts_an_hour() {
    let serving = Program::new().serve();
    let address = |number: usize| {
        let kind = ["from-to", "bar"][number % 2];
        let year = 1900 + number / 2;
        format!("/charts/{kind}?indicator=taxpaying_firms&org-unit=371482&year={year}")
    };
    // The hour may end in between, once: two hours take 240.
    let statuses: Vec<u16> = (0..241)
        .map(|number| save(&serving, &address(number), false).status)
        .collect();
    let refused = statuses.iter().position(|status| *status == 429);
    assert!(refused.is_some_and(|at| at >= 120), "{statuses:?}");
    assert!(
        statuses.iter().all(|status| [201, 429].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(
        save(&serving, &address(0), false).status,
        200,
        "what is there is not counted"
    );
    serving.end_cleanly();
}
