//! Charts by address: whatever is asked for is a picture, a page, figures, or an error that says where it is wrong.

use tests::{Answer, Program};

const KINDS: [&str; 5] = ["line", "from-to", "bar", "ranking", "below"];
const ENDINGS: [(&str, &str); 6] = [
    ("", "text/html; charset=utf-8"),
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".csv", "text/csv; charset=utf-8; header=present"),
    (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (".json", "application/json"),
];
const WHOLE: &str = "indicator=taxpaying_firms&org-unit=371482";

#[test]
fn every_kind_of_chart_is_answered_in_every_form() {
    let serving = Program::new().serve();
    for kind in KINDS {
        for (ending, media_type) in ENDINGS {
            let address = format!("/charts/{kind}{ending}?{WHOLE}");
            let answer = serving.get(&address);
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, media_type),
                "{address}"
            );
        }
        assert_eq!(
            serving.get(&format!("/embed/{kind}?{WHOLE}")).status,
            200,
            "{kind}"
        );
    }
    serving.end_cleanly();
}

fn field(answer: &Answer) -> String {
    let error = &answer.json()["error"];
    assert!(error["message"].as_str().is_some_and(|words| !words.is_empty()));
    error["field"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn what_is_no_chart_is_an_error_at_its_parameter() {
    let many: String = (0..2000).map(|at| format!("&org-unit={at}")).collect();
    let long = "县".repeat(2000);
    let long: String = form_urlencoded::byte_serialize(long.as_bytes()).collect();
    let serving = Program::new().serve();
    let check = |query: &str, expected: &str| {
        // A page and an embed pass over what they do not know.
        let is_passed_over = expected == "colour";
        for ending in [".svg", ".png", ".csv", ".xlsx", ".json", ""] {
            if ending.is_empty() && is_passed_over {
                continue;
            }
            let answer = serving.get(&format!("/charts/line{ending}?{query}"));
            assert!((400..500).contains(&answer.status), "{ending} {}", answer.status);
            assert_eq!(field(&answer), expected, "{ending}?{:.60}", query);
        }
        if is_passed_over {
            return;
        }
        let embed = serving.get(&format!("/embed/line?{query}"));
        assert!((400..500).contains(&embed.status), "{:.60}", query);
        assert!(embed.text().contains("<h2>没有这张图</h2>"));
        assert_eq!(embed.header("cache-control"), "no-cache");
    };
    check("", "indicator");
    check("indicator=taxpaying_firms&org-unit=999999", "org-unit");
    check("indicator=%3Cscript%3Ealert(1)%3C/script%3E", "indicator");
    check(&format!("indicator={long}"), "indicator");
    check(&format!("indicator=taxpaying_firms{many}"), "org-unit");
    check(&format!("{WHOLE}&start-period=NaN"), "start-period");
    check(&format!("{WHOLE}&year=NaN"), "year");
    check(&format!("{WHOLE}&width=1e9"), "width");
    check(&format!("{WHOLE}&height=-1"), "height");
    check(&format!("{WHOLE}&theme=%22onload="), "theme");
    check(&format!("{WHOLE}&colour=red"), "colour");
    serving.end_cleanly();
}

#[test]
fn what_messengers_and_forms_add_to_a_link_does_no_harm() {
    let program = Program::new();
    let serving = program.serve();
    let more = "&from=singlemessage&isappinstalled=0&theme=&as-of=&width=";
    let page = serving.get(&format!("/charts/from-to?{WHOLE}{more}"));
    assert_eq!(page.status, 200);
    assert!(page.text().contains("已忽略：from, isappinstalled"));
    assert_eq!(serving.get(&format!("/embed/from-to?{WHOLE}{more}")).status, 200);
    assert_eq!(
        serving
            .get(&format!("/charts/from-to.svg?{WHOLE}&theme=&as-of="))
            .status,
        200
    );
    let never = serving.get(&format!("/charts/from-to?{WHOLE}&as-of=9999"));
    assert_eq!(never.status, 404);
    assert!(never.text().contains("9999"));
    serving.end_cleanly();
}

/// The texts of the `<script>` elements of a page.
fn scripts(page: &str) -> usize {
    let scripts = page.split("<script>").skip(1);
    scripts
        .map(|rest| rest.split("</script>").next().unwrap_or_default().len())
        .sum()
}

#[test]
fn an_embed_is_small_and_needs_nothing_else() {
    let serving = Program::new().serve();
    for kind in KINDS {
        let address = format!("/embed/{kind}?{WHOLE}&width=1280");
        let answer = serving.get_with(&address, &[("accept-encoding", "br")]);
        assert!(answer.sent() < 20_000, "{kind}: {}", answer.sent());
        let page = serving.get(&address).text();
        assert!(scripts(&page) <= 3_000, "{kind}: {}", scripts(&page));
        for element in ["src=", "@import", "url(http", "rel=\"stylesheet\""] {
            assert!(!page.contains(element), "{kind} fetches {element}");
        }
    }
    serving.end_cleanly();
}

#[test]
fn lines_rankings_and_sums_of_ten_years_are_drawn_and_small() {
    let program = Program::new();
    let shape = [
        "--org-units",
        "24",
        "--indicators",
        "50",
        "--years",
        "10",
        "--seed",
        "1",
    ];
    program.run([&["synth"], &shape[..]].concat()).success();
    let serving = program.serve();
    for chart in [
        "line?indicator=industry_chambers&org-unit=S010101",
        "line?indicator=industry_chambers",
        "ranking?indicator=industry_chambers&org-unit=S010102",
        "below?org-unit=S01",
    ] {
        let (kind, query) = chart.split_once('?').unwrap();
        let json = serving.get(&format!("/charts/{kind}.json?{query}")).json();
        assert_eq!(json["is_drawn"], true, "{chart}");
        let embed = serving.get_with(
            &format!("/embed/{chart}&width=1280"),
            &[("accept-encoding", "br")],
        );
        assert!(embed.sent() < 20_000, "{chart}: {}", embed.sent());
        let svg = serving.get(&format!("/charts/{kind}.svg?{query}")).text();
        assert!(
            svg.matches("<text").count() + svg.matches("<path").count() > 5,
            "{chart}"
        );
    }
    serving.end_cleanly();
}

#[test]
fn the_frame_of_a_link_is_found_and_only_for_charts_of_ours() {
    let serving = Program::new().serve();
    let ask = |url: &str, more: &str| {
        let url: String = form_urlencoded::byte_serialize(url.as_bytes()).collect();
        serving.get(&format!("/oembed?url={url}{more}"))
    };
    let chart = format!("{}/charts/from-to?{WHOLE}", serving.url);
    let answer = ask(&chart, "&maxwidth=480&format=json").json();
    assert_eq!(
        (&answer["type"], &answer["version"], &answer["width"]),
        (&"rich".into(), &"1.0".into(), &480.into())
    );
    let html = answer["html"].as_str().unwrap();
    assert!(
        html.contains(&format!("{}/embed/from-to?", serving.url)),
        "{html}"
    );
    assert!(
        html.contains(&format!("height=\"{}\"", answer["height"])),
        "{html}"
    );
    let page = serving.get(&format!("/charts/from-to?{WHOLE}")).text();
    assert!(page.contains("application/json+oembed"));
    for elsewhere in [
        "https://elsewhere.cn/charts/line?indicator=a",
        "javascript:alert(1)",
        "",
    ] {
        assert!((400..500).contains(&ask(elsewhere, "").status), "{elsewhere}");
    }
    assert_eq!(ask(&chart, "&format=xml").status, 501);
    serving.end_cleanly();
}
