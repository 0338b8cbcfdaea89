//! The contract of the API.

use serde_json::{Value, json};
use tests::{Program, Serving};

fn error(serving: &Serving, address: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let answer = serving.get_with(address, headers);
    let error = answer.json()["error"].clone();
    assert_eq!(answer.header("content-type"), "application/json", "{address}");
    assert_eq!(error["request_id"], answer.header("x-request-id"), "{address}");
    (answer.status, error)
}

#[test]
fn the_tax_paying_firms_of_yucheng_are_2330_and_6989() {
    let serving = Program::new().serve();
    let answer = serving
        .get("/api/v1/observations?indicator=taxpaying_firms&org-unit=371482")
        .json();
    let values: Vec<&Value> = answer["observations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| &o["value"])
        .collect();
    assert_eq!(values, ["2330", "6989"]);
    let mut last = answer["observations"][1].clone();
    let source = last.as_object_mut().unwrap().remove("source").unwrap();
    let expected = json!({
        "indicator": "taxpaying_firms", "org_unit": "371482", "period": {"kind": "instant", "end": "2022-10-31"},
        "value": "6989", "qualifier": "exact", "status": "A", "vintage": 1,
    });
    assert_eq!(last, expected);
    assert_eq!(
        (&source["publisher"], &source["published"]),
        (&json!("中华工商时报"), &json!("2022-10-31"))
    );
    serving.end_cleanly();
}

#[test]
fn an_answer_explains_itself() {
    let serving = Program::new().serve();
    let answer = serving
        .get("/api/v1/observations?org-unit=371482&start-period=2022&end-period=2022-12")
        .json();
    let observations = answer["observations"].as_array().unwrap();
    assert!(observations.len() > 40);
    let codes = |list: &str| {
        answer[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["code"].clone())
            .collect::<Vec<Value>>()
    };
    let (indicators, units, org_units) = (codes("indicators"), codes("units"), codes("org_units"));
    assert!(
        observations
            .iter()
            .all(|o| indicators.contains(&o["indicator"]) && org_units.contains(&o["org_unit"]))
    );
    assert!(
        answer["indicators"]
            .as_array()
            .unwrap()
            .iter()
            .all(|i| units.contains(&i["unit"]))
    );
}

#[test]
fn the_extension_chooses_the_form() {
    let serving = Program::new().serve();
    let query = "?indicator=taxpaying_firms&org-unit=371482";
    let json = serving.get(&format!("/api/v1/observations.json{query}"));
    assert_eq!(
        json.text(),
        serving.get(&format!("/api/v1/observations{query}")).text()
    );
    let csv = serving.get(&format!("/api/v1/observations.csv{query}"));
    assert_eq!(
        csv.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert!(
        csv.header("content-disposition")
            .ends_with("%E7%A6%B9%E5%9F%8E%E5%B8%82%2Ecsv"),
        "{csv:?}"
    );
    let text = csv.text();
    assert!(
        text.starts_with('\u{feff}') && text.contains(",6989,") && text.lines().count() == 3,
        "{text}"
    );
}

#[test]
fn units_are_listed_by_parent_level_and_words_a_page_at_a_time() {
    let serving = Program::new().serve();
    let found = |query: &str| {
        let list = serving.get(&format!("/api/v1/org-units?{query}")).json();
        let codes = list["org_units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unit| unit["org_unit"]["code"].as_str().unwrap().to_owned());
        (list["total"].as_u64().unwrap(), codes.collect::<Vec<String>>())
    };
    for words in ["%E7%A6%B9%E5%9F%8E", "yucheng", "371482"] {
        assert!(
            found(&format!("q={words}")).1.contains(&"371482".to_owned()),
            "{words}"
        );
    }
    assert_eq!(found("level=province&limit=500").0, 34);
    assert!(found("parent=371400").1.contains(&"371482".to_owned()));
    assert_eq!(found("parent=371400&q=yucheng&level=county").1, ["371482"]);
    let (total, first) = found("level=county&limit=2");
    let (_, second) = found("level=county&limit=2&offset=2");
    assert!(total > 2970 && first.len() == 2 && first != second);
    assert_eq!(found("parent=&level=&q=").1.len(), 50);
}

#[test]
fn the_catalogue_rankings_roll_ups_and_page_data_are_answered() {
    let serving = Program::new().serve();
    let json = |address: &str| serving.get(address).json();
    assert!(json("/api/v1/indicators")["indicators"].as_array().unwrap().len() >= 50);
    assert_eq!(json("/api/v1/indicators/taxpaying_firms")["years"], json!([2022]));
    assert_eq!(json("/api/v1/org-units/371482")["ancestors"][1]["code"], "370000");
    let ranking = json("/api/v1/rankings?indicator=taxpaying_firms&parent=371400&year=2022");
    assert_eq!(ranking["ranked"][0]["observation"]["value"], "6989");
    assert_eq!(json("/api/v1/roll-ups?org-unit=371400")["reported"], 1);
    assert_eq!(
        json("/api/v1/pages/org-units/371482?lang=en")["org_unit"]["unit"]["org_unit"]["code"],
        "371482"
    );
    assert!(json("/api/v1/pages/")["overview"].is_object());
    assert_eq!(serving.get("/api/v1/pages/nowhere").status, 404);
    assert_eq!(json("/api/v1/pages/nowhere"), "not_found");
    serving.end_cleanly();
}

#[test]
fn health_names_the_dataset_and_what_it_holds() {
    let serving = Program::new().serve();
    let health = serving.get("/healthz").json();
    assert_eq!(
        (&health["status"], &health["database"], &health["synthetic"]),
        (&json!("ok"), &json!("ok"), &json!(false))
    );
    let dataset = serving.get("/api/v1/observations?org-unit=371482").json()["dataset"].clone();
    assert_eq!(health["dataset"], dataset);
    assert!(health["observations"].as_u64().unwrap() >= 52);
}

#[test]
fn what_is_wrong_comes_in_the_one_envelope() {
    let serving = Program::new().serve();
    let check = |address: &str, status: u16, code: &str, field: Option<&str>| {
        let (found, error) = error(&serving, address, &[]);
        let expected = (status, Some(code), field);
        assert_eq!(
            (found, error["code"].as_str(), error["field"].as_str()),
            expected,
            "{address}"
        );
        assert!(!error["message"].as_str().unwrap().is_empty(), "{address}");
    };
    check(
        "/api/v1/observations?indicators=a",
        400,
        "unknown_parameter",
        Some("indicators"),
    );
    check(
        "/api/v1/observations?indicator=nope",
        404,
        "unknown_indicator",
        Some("indicator"),
    );
    check(
        "/api/v1/observations?org-unit=999999",
        404,
        "unknown_org_unit",
        Some("org-unit"),
    );
    check(
        "/api/v1/observations?org-unit=",
        404,
        "unknown_org_unit",
        Some("org-unit"),
    );
    check(
        "/api/v1/observations?start-period=soon",
        400,
        "bad_parameter",
        Some("start-period"),
    );
    check(
        "/api/v1/observations?end-period=2022-02-30",
        400,
        "bad_parameter",
        Some("end-period"),
    );
    check(
        "/api/v1/observations?end-period=2022&end-period=2023",
        400,
        "repeated_parameter",
        Some("end-period"),
    );
    check("/api/v1/observations?org-unit=%ff", 400, "bad_encoding", None);
    check(
        "/api/v1/observations.csv?org-unit=999999",
        404,
        "unknown_org_unit",
        Some("org-unit"),
    );
    check(
        "/api/v1/indicators?lang=en",
        400,
        "unknown_parameter",
        Some("lang"),
    );
    check(
        "/api/v1/indicators/nope",
        404,
        "unknown_indicator",
        Some("indicator"),
    );
    check(
        "/api/v1/org-units/nope",
        404,
        "unknown_org_unit",
        Some("org-unit"),
    );
    check(
        "/api/v1/org-units?level=village",
        400,
        "bad_parameter",
        Some("level"),
    );
    check("/api/v1/org-units?limit=0", 400, "bad_parameter", Some("limit"));
    check(
        "/api/v1/org-units?parent=999999",
        404,
        "unknown_org_unit",
        Some("org-unit"),
    );
    check(
        "/api/v1/rankings?parent=371400",
        400,
        "missing_parameter",
        Some("indicator"),
    );
    check(
        "/api/v1/rankings?indicator=taxpaying_firms&parent=371400&year=22",
        400,
        "bad_parameter",
        Some("year"),
    );
    check("/api/v1/roll-ups", 400, "missing_parameter", Some("org-unit"));
    check(
        "/api/v1/pages/indicators?colour=red",
        400,
        "unknown_parameter",
        Some("colour"),
    );
    check("/api/v1/nothing", 404, "no_such_address", None);
    check("/api/v2/observations", 404, "no_such_address", None);
    check("/assets/app-0000000000000000.js", 404, "no_such_address", None);
    serving.end_cleanly();
}

#[test]
fn the_message_is_in_the_readers_language_and_the_log_has_its_id() {
    let serving = Program::new().serve();
    let address = "/api/v1/indicators/nope";
    let (_, english) = error(&serving, address, &[("accept-language", "en-GB,en;q=0.9")]);
    assert_eq!(english["message"], "no indicator has the code `nope`");
    let (_, chinese) = error(&serving, address, &[("accept-language", "zh-CN")]);
    assert_eq!(chinese["message"], "没有代码为“nope”的指标");
    let log = serving.end_cleanly();
    assert!(log.contains(english["request_id"].as_str().unwrap()), "{log}");
}

#[test]
fn only_reading_is_allowed() {
    let serving = Program::new().serve();
    for (method, address, allowed) in [
        ("POST", "/api/v1/observations", "GET, HEAD, OPTIONS"),
        ("DELETE", "/", "GET, HEAD"),
        ("PUT", "/nowhere", "GET, HEAD"),
        ("POST", "/api/v1/no", "GET, HEAD"),
    ] {
        let answer = serving.send(method, address);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, allowed),
            "{method} {address}"
        );
        assert_eq!(answer.json()["error"]["code"], "method_not_allowed");
    }
    let head = serving.send("HEAD", "/api/v1/indicators");
    assert_eq!((head.status, head.sent()), (200, 0));
}

#[test]
fn more_observations_than_an_answer_holds_are_refused_with_their_number() {
    let program = Program::new();
    let size = [
        "--org-units",
        "600",
        "--indicators",
        "10",
        "--years",
        "10",
        "--seed",
        "1",
    ];
    program.run([&["synth"], &size[..]].concat()).success();
    let serving = program.serve();
    let (status, error) = error(&serving, "/api/v1/observations", &[("accept-language", "en")]);
    assert_eq!(
        (status, error["code"].as_str()),
        (400, Some("too_many_observations"))
    );
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("one answer holds 50000"),
        "{error}"
    );
    let answer = serving
        .get("/api/v1/observations?indicator=chambers_with_party_org&start-period=2020")
        .json();
    let observations = answer["observations"].as_array().unwrap();
    assert!(observations.len() > 3000);
    assert!(
        observations
            .iter()
            .all(|observation| observation["origin"] == "synthetic")
    );
    serving.end_cleanly();
}
