//! What the description says of the program is what the program does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use serde_json::Value;
use tests::{Described, Person, Program, Serving, ask_what_is_described, validate_openapi, well};

const PASSWORD: &str = "a good password";
const NEW: &str = "/api/v1/submissions?org-unit=371482&year=2023";
const FORM: &str = r#"{"figures":[{"indicator":"united_front_lectures","value":"8"}]}"#;

const REASON: &str = r#"{"reason":"今年不再统计"}"#;

/// Operations that this file does not see answered well, and why.
const NOT_SEEN: [(&str, &str); 1] = [(
    "get_uploads_id",
    "a file is under way for so short a time that only a slow line shows it; tests/uploads.rs has one",
)];

/// A server with two steps of review, and those who take part.
struct Federation {
    serving: Serving,
    clerk: Person,
    reviewer: Person,
    second: Person,
    administrator: Person,
}

impl Federation {
    fn new(program: &Program) -> Federation {
        let serving = program.serve_with(&["--review-steps", "2"]);
        let people = [
            ("clerk", "371482", "reporter"),
            ("reviewer", "371400", "reviewer"),
            ("second", "370000", "reviewer"),
            ("administrator", "100000", "administrator"),
        ];
        let [clerk, reviewer, second, administrator] = people.map(|(name, unit, role)| {
            program.add_user(&serving, name, PASSWORD, (unit, role));
            serving.sign_in(name, PASSWORD)
        });
        Federation {
            serving,
            clerk,
            reviewer,
            second,
            administrator,
        }
    }
}

/// Signs in and out, and makes and revokes a token.
fn come_and_go(told: &mut Described, program: &Program, federation: &Federation) {
    let link = program.run(["user", "add", "li", "--org-unit", "371482", "--role", "reporter"]);
    let link = link.success();
    let token = link.trim().rsplit('/').next().unwrap();
    let (nobody, clerk) = (&Person::Nobody, &federation.clerk);
    let link = format!("/api/v1/links/{token}");
    told.see(nobody, "GET", &link, "");
    let password = format!(r#"{{"password":"{PASSWORD}"}}"#);
    told.see(nobody, "POST", &link, &password);
    let sign_in = format!(r#"{{"name":"li","password":"{PASSWORD}"}}"#);
    told.see(nobody, "POST", "/api/v1/sessions", &sign_in);
    let li = federation.serving.sign_in("li", PASSWORD);
    told.see(&li, "DELETE", "/api/v1/sessions/current", "");
    let li = federation.serving.sign_in("li", PASSWORD);
    told.see(&li, "DELETE", "/api/v1/sessions", "");
    told.see(clerk, "GET", "/api/v1/me", "");
    let token = told.see(
        clerk,
        "POST",
        "/api/v1/tokens",
        r#"{"name":"statistics","scope":"read"}"#,
    );
    told.see(clerk, "GET", "/api/v1/tokens", "");
    told.see(clerk, "DELETE", &format!("/api/v1/tokens/{}", id(&token)), "");
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// Makes an account and takes it away again, and sets a deadline.
fn administer(told: &mut Described, federation: &Federation) {
    let administrator = &federation.administrator;
    let new = r#"{"name":"wang","display_name":"王强","org_unit":"371482","role":"reporter"}"#;
    let made = told.see(administrator, "POST", "/api/v1/accounts", new);
    let account = format!("/api/v1/accounts/{}", made["account"].as_str().unwrap());
    told.see(administrator, "GET", "/api/v1/accounts", "");
    let role = r#"{"org_unit":"371482","role":"reviewer"}"#;
    told.see(administrator, "POST", &format!("{account}/assignments"), role);
    let taken = format!("{account}/assignments?org-unit=371482&role=reviewer");
    told.see(administrator, "DELETE", &taken, "");
    told.see(administrator, "POST", &format!("{account}/links"), "");
    told.see(administrator, "DELETE", &format!("{account}/sessions"), "");
    told.see(administrator, "POST", &format!("{account}/disable"), "");
    let deadline = r#"{"org_unit":"371482","year":2023,"due":"2024-03-31"}"#;
    told.see(administrator, "PUT", "/api/v1/deadlines", deadline);
    let hosts = r#"{"hosts":["https://www.example.gov.cn"]}"#;
    told.see(administrator, "PUT", "/api/v1/embedding-hosts", hosts);
    told.see(administrator, "GET", "/api/v1/embedding-hosts", "");
}

/// Saves a chart, and asks for it by its short address.
fn save_a_chart(told: &mut Described) {
    let address = "/charts/from-to?indicator=taxpaying_firms&org-unit=371482";
    let chart = format!(r#"{{"address":"{address}"}}"#);
    let saved = told.see(&Person::Nobody, "POST", "/api/v1/charts", &chart);
    let saved = format!("/c/{}", id(&saved));
    told.see(&Person::Nobody, "GET", &saved, "");
    told.see(&Person::Nobody, "GET", &format!("{saved}.json"), "");
}

/// Makes a report of a form, and another of a file; answers the address of the first, explained.
fn report(told: &mut Described, federation: &Federation) -> String {
    let clerk = &federation.clerk;
    told.see(clerk, "GET", "/api/v1/forms/371482/2023", "");
    let draft = told.see(clerk, "POST", NEW, FORM);
    let at = format!("/api/v1/submissions/{}", id(&draft));
    told.see(clerk, "GET", &format!("{at}/form"), "");
    told.see(clerk, "PUT", &format!("{at}/content"), FORM);
    told.see(clerk, "PUT", &format!("{at}/confirmations/missing_now.*"), REASON);
    told.see(
        clerk,
        "POST",
        &format!("{at}/remarks"),
        r#"{"text":"请核实期数"}"#,
    );
    told.see(clerk, "GET", "/api/v1/submissions", "");
    told.see(clerk, "GET", &at, "");
    for address in ["deadlines", "reporting", "reporting.csv"] {
        told.see(
            clerk,
            "GET",
            &format!("/api/v1/{address}?org-unit=371482&year=2023"),
            "",
        );
    }
    told.see(clerk, "GET", "/api/v1/uploads/a1", "");
    let file = ("report.csv", "指标,讲堂\n纳税企业数,7000\n".as_bytes());
    let other = told.see_file(clerk, ("POST", NEW), file);
    let other = format!("/api/v1/submissions/{}", id(&other));
    told.see(clerk, "GET", &format!("{other}/file"), "");
    told.see(clerk, "GET", &format!("{other}/repaired"), "");
    at
}

/// Says what a column means whose header says nothing.
fn explain(told: &mut Described, federation: &Federation) {
    let table = "县区,纳税企业数,讲堂期数\n禹城市,7000,8\n".as_bytes();
    let draft = told.see_file(&federation.clerk, ("POST", NEW), ("table.csv", table));
    let mapping = format!("/api/v1/submissions/{}/mapping", id(&draft));
    let meaning = r#"{"header":"讲堂期数","indicator":"united_front_lectures"}"#;
    told.see(&federation.clerk, "PUT", &mapping, meaning);
}

/// Sends a report and takes it back.
fn withdraw(told: &mut Described, clerk: &Person) {
    let draft = told.see(clerk, "POST", NEW, &FORM.replace('8', "9"));
    let at = format!("/api/v1/submissions/{}", id(&draft));
    told.see(clerk, "PUT", &format!("{at}/confirmations/missing_now.*"), REASON);
    told.see(clerk, "POST", &format!("{at}/submit"), "");
    told.see(clerk, "POST", &format!("{at}/withdraw"), "");
}

/// Sends a report, and reviews it to its publication and back.
fn decide(told: &mut Described, federation: &Federation, at: &str) {
    let Federation {
        clerk,
        reviewer,
        second,
        ..
    } = federation;
    let mut step =
        |who: &Person, verb: &str, body: &str| told.see(who, "POST", &format!("{at}/{verb}"), body);
    step(clerk, "submit", "");
    step(reviewer, "return", r#"{"note":"请核实期数"}"#);
    step(clerk, "submit", "");
    step(reviewer, "endorse", "{}");
    step(second, "accept", "{}");
    told.see(second, "GET", "/api/v1/vintages/2", "");
    told.see(
        second,
        "POST",
        "/api/v1/vintages/2/undo",
        r#"{"reason":"口径有误"}"#,
    );
}

#[test]
fn every_answer_is_as_it_is_described() {
    let program = Program::new();
    let federation = Federation::new(&program);
    let mut told = Described::of(&federation.serving);
    told.see_what_everybody_reads();
    told.see_an_error("/api/v1/observations?indicator=taxes");
    come_and_go(&mut told, &program, &federation);
    administer(&mut told, &federation);
    save_a_chart(&mut told);
    let at = report(&mut told, &federation);
    explain(&mut told, &federation);
    withdraw(&mut told, &federation.clerk);
    decide(&mut told, &federation, &at);
    let excused: BTreeSet<&str> = NOT_SEEN.iter().map(|(id, _)| *id).collect();
    told.assert_all_seen_but(&excused);
    told.assert_examples();
    federation.serving.end_cleanly();
}

#[test]
fn the_description_is_valid_openapi() {
    let program = Program::new();
    let serving = program.serve();
    for lang in ["en", "zh"] {
        let document = serving.get(&format!("/api/v1/openapi.json?lang={lang}")).text();
        validate_openapi(&program.write("openapi.json", document));
    }
    serving.end_cleanly();
}

/// Whoever holds every role of the nation, a report that they have made, and the person of the examples.
fn almighty(program: &Program, serving: &Serving) -> Person {
    program.add_user(serving, "li", PASSWORD, ("371482", "reporter"));
    let log = serving.log_at_start();
    let (_, link) = log.split_once("choose the password of `admin` at ").unwrap();
    let chosen = serving.choose_password(link.lines().next().unwrap(), PASSWORD);
    assert_eq!(chosen.status, 204);
    let admin = serving.sign_in("admin", PASSWORD);
    let me = well(serving.send_as(&admin, "GET", "/api/v1/me", ""));
    let roles = format!("/api/v1/accounts/{}/assignments", id(&me["account"]));
    for role in ["reporter", "reviewer"] {
        let role = format!(r#"{{"org_unit":"100000","role":"{role}"}}"#);
        assert_eq!(serving.send_as(&admin, "POST", &roles, &role).status, 204);
    }
    well(serving.send_as(&admin, "POST", NEW, FORM));
    admin
}

#[test]
fn whatever_is_asked_gets_an_answer_that_is_described() {
    let program = Program::new();
    let serving = program.serve();
    let admin = almighty(&program, &serving);
    ask_what_is_described(&serving, &admin);
    serving.end_cleanly();
}
