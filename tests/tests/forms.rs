//! What a browser checks a report with, and reports as the rows of a form, over the API.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use tests::{Person, Program, Serving};

const PASSWORD: &str = "a good password";
const NEW: &str = "/api/v1/submissions?org-unit=371482&year=2023";

/// A server with a clerk of the county.
fn peopled(program: &Program) -> (Serving, Person) {
    let serving = program.serve();
    program.add_user(&serving, "clerk", PASSWORD, ("371482", "reporter"));
    let clerk = serving.sign_in("clerk", PASSWORD);
    (serving, clerk)
}

fn length(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[test]
fn the_definitions_are_all_that_figures_refer_to() {
    let serving = Program::new().serve();
    let definitions = serving.get("/api/v1/definitions").json();
    let indicators = serving.get("/api/v1/indicators").json();
    assert_eq!(definitions["indicators"], indicators["indicators"]);
    assert_eq!(definitions["groups"], indicators["groups"]);
    let units = serving.get("/api/v1/org-units").json();
    assert_eq!(
        length(&definitions["org_units"]) as u64,
        units["total"].as_u64().unwrap()
    );
    serving.end_cleanly();
}

#[test]
fn a_report_is_checked_with_what_is_published_of_its_unit_and_what_its_headers_mean() {
    let program = Program::new();
    let (serving, clerk) = peopled(&program);
    let file = serving.send_as(
        &clerk,
        "POST",
        NEW,
        r#"{"figures":[{"indicator":"training_sessions","value":"8"}]}"#,
    );
    let mapping = format!(
        "/api/v1/submissions/{}/mapping",
        file.json()["id"].as_str().unwrap()
    );
    let meaning = r#"{"header":"交税的企业","indicator":"taxpaying_firms"}"#;
    assert_eq!(serving.send_as(&clerk, "PUT", &mapping, meaning).status, 200);
    let basis = serving
        .send_as(&clerk, "GET", "/api/v1/forms/371482/2023", "")
        .json();
    assert_eq!(basis["mapping"][0][1], "taxpaying_firms");
    assert_eq!(basis["is_whole"], true);
    assert_eq!(basis["vintage"], 1);
    let published = serving.get("/api/v1/observations?org-unit=371482").json();
    let reported = published["observations"].as_array().unwrap().iter();
    let reported = reported.filter(|one| one["origin"] != "derived").count();
    assert_eq!(length(&basis["figures"]), reported);
    for (address, status) in [
        ("/api/v1/forms/371482/1", 404),
        ("/api/v1/forms/371482/this", 404),
        ("/api/v1/forms/nowhere/2023", 404),
        ("/api/v1/forms/370102/2023", 403),
    ] {
        let answer = serving.send_as(&clerk, "GET", address, "");
        assert_eq!(answer.status, status, "{address}: {}", answer.text());
    }
    serving.end_cleanly();
}

#[test]
fn a_form_comes_back_as_it_was_typed_with_the_revision_that_it_replaces() {
    let program = Program::new();
    let (serving, clerk) = peopled(&program);
    let typed = r#"{"figures":[{"indicator":"training_sessions","value":"很多","comment":"待核"}]}"#;
    let draft = serving.send_as(&clerk, "POST", NEW, typed).json();
    let address = format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap());
    let form = serving
        .send_as(&clerk, "GET", &format!("{address}/form"), "")
        .json();
    assert_eq!(form["revision"], 1);
    assert_eq!(form["vintage"], 1, "it was made beside what is published");
    let page = serving.send_as(
        &clerk,
        "GET",
        &format!("{}/form", address.replace("/api/v1/submissions", "/report")),
        "",
    );
    assert!(page.text().contains("data-vintage=\"1\""), "{}", page.text());
    let older = typed.replacen('{', r#"{"vintage":0,"#, 1);
    assert_eq!(
        serving
            .send_as(&clerk, "PUT", &format!("{address}/content"), &older)
            .status,
        200
    );
    let form = serving
        .send_as(&clerk, "GET", &format!("{address}/form"), "")
        .json();
    assert_eq!(form["vintage"], 0, "it was drawn before that was published");
    assert_eq!(form["figures"][0]["value"], "很多");
    assert_eq!(form["figures"][0]["comment"], "待核");
    serving.end_cleanly();
}
