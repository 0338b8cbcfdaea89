//! A report that was sent, and everybody who might do something with it: of the unit, above it, and from elsewhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use tests::{Person, Program, Serving};

const PASSWORD: &str = "a good password";

/// Who asks, and their role and unit; the report is 371482's, which is below 371400 and beside 370102.
const PEOPLE: [(&str, &str, &str); 8] = [
    ("clerk", "371482", "reporter"),
    ("county_reviewer", "371482", "reviewer"),
    ("county_administrator", "371482", "administrator"),
    ("reviewer", "371400", "reviewer"),
    ("administrator", "371400", "administrator"),
    ("clerk_elsewhere", "370102", "reporter"),
    ("reviewer_elsewhere", "370100", "reviewer"),
    ("administrator_elsewhere", "370100", "administrator"),
];

/// What changes it, and who of them may.
const VERBS: [(&str, &str, &str, &str); 5] = [
    ("PUT", "/content", r#"{"figures":[]}"#, "clerk"),
    ("POST", "/accept", "{}", "reviewer"),
    ("POST", "/return", r#"{"note":"请核实"}"#, "reviewer"),
    // There is one step, and so nobody endorses; that they may not is said to who might.
    ("POST", "/endorse", "{}", "reviewer"),
    ("POST", "/withdraw", "", "clerk"),
];

/// A server with all of them, who are signed in, and the address of the report.
fn sent(program: &Program) -> (Serving, Vec<(&'static str, Person)>, String) {
    let serving = program.serve();
    let mut people = Vec::new();
    for (name, unit, role) in PEOPLE {
        program.add_user(&serving, name, PASSWORD, (unit, role));
        people.push((name, serving.sign_in(name, PASSWORD)));
    }
    let form = r#"{"figures":[{"indicator":"united_front_lectures","value":"8"}]}"#;
    let new = "/api/v1/submissions?org-unit=371482&year=2023";
    let draft = serving.send_as(&people[0].1, "POST", new, form).json();
    let address = format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap());
    for issue in draft["issues"].as_array().unwrap() {
        let key = format!("{address}/confirmations/{}", issue["key"].as_str().unwrap());
        serving.send_as(&people[0].1, "PUT", &key, r#"{"reason":"不再统计"}"#);
    }
    let submitted = serving.send_as(&people[0].1, "POST", &format!("{address}/submit"), "");
    assert_eq!(submitted.json()["state"], "submitted");
    (serving, people, address)
}

#[test]
fn those_who_have_no_right_to_a_report_change_nothing_of_it() {
    let program = Program::new();
    let (serving, people, address) = sent(&program);
    for (method, path, body, allowed) in VERBS {
        for (name, person) in people.iter().filter(|(name, _)| *name != allowed) {
            let answer = serving.send_as(person, method, &format!("{address}{path}"), body);
            assert!(
                matches!(answer.status, 403 | 404),
                "{name} {path}: {}",
                answer.status
            );
        }
    }
    let kept = serving.send_as(&people[0].1, "GET", &address, "").json();
    assert_eq!(kept["state"], "submitted");
    assert_eq!(
        serving.get("/healthz").json()["dataset"]
            .as_str()
            .unwrap()
            .get(..2),
        Some("1-")
    );
    serving.end_cleanly();
}

#[test]
fn a_reviewer_above_returns_and_accepts_it_and_its_clerk_takes_it_back() {
    for (who, path, body, state) in [
        ("reviewer", "/return", r#"{"note":"请核实"}"#, "returned"),
        ("reviewer", "/accept", "{}", "accepted"),
        ("clerk", "/withdraw", "", "withdrawn"),
    ] {
        let program = Program::new();
        let (serving, people, address) = sent(&program);
        let (_, person) = people.iter().find(|(name, _)| *name == who).unwrap();
        let answer = serving.send_as(person, "POST", &format!("{address}{path}"), body);
        assert_eq!(answer.json()["state"], state, "{who} {path}");
        serving.end_cleanly();
    }
}
