//! Every address that changes something or is for one person, asked by everybody, for their own part of the tree and for
//! another: one table.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use tests::{Person, Program, Serving};

/// Whom an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Anybody,
    /// By session or token.
    SignedIn,
    /// By session alone.
    Session,
    /// An administrator of something.
    Administrators,
    /// An administrator of the unit that it is about.
    AdministratorOfUnit,
    /// An administrator of the unit above all, who is not among those who ask.
    AdministratorOfAll,
    /// A reporter of the unit that it is about.
    ReporterOfUnit,
    /// Whoever holds any role at the unit that it is about or above it.
    RoleAtUnit,
}
use For::*;

/// Method, address, body, whom it answers, and with what. In address and body `{unit}` is the unit it is about, `{account}`
/// somebody with a role there, `{new}` a name that nobody has, `{me}` who asks.
type Row = (&'static str, &'static str, &'static str, For, u16);

const TABLE: &[Row] = &[
    (
        "POST",
        "/api/v1/sessions",
        r#"{"name":"{me}","password":"a good password"}"#,
        Anybody,
        204,
    ),
    ("GET", "/api/v1/links/{token}", "", Anybody, 404),
    (
        "POST",
        "/api/v1/links/{token}",
        r#"{"password":"another password"}"#,
        Anybody,
        404,
    ),
    ("DELETE", "/api/v1/sessions/current", "", Anybody, 204),
    ("POST", "/api/v1/charts", r#"{"address":"/"}"#, Anybody, 400),
    ("GET", "/api/v1/me", "", SignedIn, 200),
    ("DELETE", "/api/v1/sessions", "", Session, 204),
    ("GET", "/api/v1/tokens", "", Session, 200),
    (
        "POST",
        "/api/v1/tokens",
        r#"{"name":"script","scope":"report"}"#,
        Session,
        201,
    ),
    ("DELETE", "/api/v1/tokens/{id}", "", Session, 404),
    ("GET", "/api/v1/accounts", "", Administrators, 200),
    (
        "POST",
        "/api/v1/accounts",
        r#"{"name":"{new}","display_name":"新","org_unit":"{unit}","role":"reporter"}"#,
        AdministratorOfUnit,
        201,
    ),
    (
        "POST",
        "/api/v1/accounts/{id}/assignments",
        r#"{"org_unit":"{unit}","role":"reviewer"}"#,
        AdministratorOfUnit,
        204,
    ),
    (
        "DELETE",
        "/api/v1/accounts/{id}/assignments",
        "",
        AdministratorOfUnit,
        204,
    ),
    (
        "POST",
        "/api/v1/accounts/{id}/links",
        "",
        AdministratorOfUnit,
        201,
    ),
    (
        "POST",
        "/api/v1/accounts/{id}/disable",
        "",
        AdministratorOfUnit,
        204,
    ),
    (
        "DELETE",
        "/api/v1/accounts/{id}/sessions",
        "",
        AdministratorOfUnit,
        204,
    ),
    (
        "PUT",
        "/api/v1/deadlines",
        r#"{"org_unit":"{unit}","year":2022,"due":"2023-03-31"}"#,
        AdministratorOfUnit,
        200,
    ),
    ("GET", "/api/v1/embedding-hosts", "", AdministratorOfAll, 200),
    (
        "PUT",
        "/api/v1/embedding-hosts",
        r#"{"hosts":["a.cn"]}"#,
        AdministratorOfAll,
        200,
    ),
    ("GET", "/api/v1/deadlines", "", SignedIn, 200),
    ("GET", "/api/v1/reporting", "", RoleAtUnit, 200),
    ("GET", "/api/v1/reporting.csv", "", RoleAtUnit, 200),
    ("GET", "/api/v1/history", "", Anybody, 400),
    ("GET", "/api/v1/vintages", "", Anybody, 200),
    // The ids of the table name no vintage; `vintages.rs` has a table of those that do.
    ("GET", "/api/v1/vintages/{id}", "", SignedIn, 404),
    (
        "POST",
        "/api/v1/vintages/{id}/undo",
        r#"{"reason":"a"}"#,
        SignedIn,
        404,
    ),
    // Of submissions that are not theirs people are told nothing.
    ("GET", "/api/v1/submissions", "", SignedIn, 200),
    (
        "POST",
        "/api/v1/submissions",
        r#"{"figures":[{"indicator":"training_sessions","value":"230余"}]}"#,
        ReporterOfUnit,
        201,
    ),
    ("GET", "/api/v1/forms/{org-unit}/{year}", "", ReporterOfUnit, 200),
    ("GET", "/api/v1/submissions/{id}", "", SignedIn, 404),
    ("GET", "/api/v1/submissions/{id}/form", "", SignedIn, 404),
    ("GET", "/api/v1/submissions/{id}/file", "", SignedIn, 404),
    ("GET", "/api/v1/submissions/{id}/repaired", "", SignedIn, 404),
    // Of uploads that are not theirs neither.
    ("GET", "/api/v1/uploads/{id}", "", SignedIn, 204),
    (
        "PUT",
        "/api/v1/submissions/{id}/content",
        r#"{"figures":[]}"#,
        SignedIn,
        404,
    ),
    (
        "PUT",
        "/api/v1/submissions/{id}/mapping",
        r#"{"header":"a","indicator":"training_sessions"}"#,
        SignedIn,
        404,
    ),
    (
        "PUT",
        "/api/v1/submissions/{id}/confirmations/{key}",
        r#"{"reason":"a"}"#,
        SignedIn,
        404,
    ),
    (
        "POST",
        "/api/v1/submissions/{id}/remarks",
        r#"{"text":"a"}"#,
        SignedIn,
        404,
    ),
    ("POST", "/api/v1/submissions/{id}/submit", "", SignedIn, 404),
    ("POST", "/api/v1/submissions/{id}/withdraw", "", SignedIn, 404),
    ("POST", "/api/v1/submissions/{id}/endorse", "{}", SignedIn, 404),
    (
        "POST",
        "/api/v1/submissions/{id}/return",
        r#"{"note":"a"}"#,
        SignedIn,
        404,
    ),
    ("POST", "/api/v1/submissions/{id}/accept", r#"{}"#, SignedIn, 404),
];

const PASSWORD: &str = "a good password";

/// The unit of those who ask, one below it, and one that is neither.
const HERE: &str = "371400";
const BELOW: &str = "371482";
const ELSEWHERE: &str = "370102";

const ROLES: [&str; 3] = ["reporter", "reviewer", "administrator"];

/// A server with somebody of each role, and somebody in either unit, whose ids are answered.
fn peopled(program: &Program) -> (Serving, [(&'static str, String); 2]) {
    let serving = program.serve();
    for role in ROLES {
        program.add_user(&serving, role, PASSWORD, (HERE, role));
    }
    program.add_user(&serving, "top", PASSWORD, ("100000", "administrator"));
    for (name, unit) in [("below", BELOW), ("elsewhere", ELSEWHERE)] {
        program.add_user(&serving, name, PASSWORD, (unit, "reporter"));
    }
    let top = serving.sign_in("top", PASSWORD);
    let accounts = serving.send_as(&top, "GET", "/api/v1/accounts", "").json();
    let id = |name: &str| {
        let mut accounts = accounts.as_array().unwrap().iter();
        let found = accounts.find(|found| found["account"]["name"] == name).unwrap();
        found["account"]["id"].as_str().unwrap().to_owned()
    };
    let ids = [(BELOW, id("below")), (ELSEWHERE, id("elsewhere"))];
    (serving, ids)
}

/// Who asks: nobody, each role by session, and the administrator by each kind of token.
fn visitors(serving: &Serving) -> Vec<(String, &'static str, Person)> {
    let mut visitors = vec![("nobody".to_owned(), "administrator", Person::Nobody)];
    let sessions = ROLES.map(|role| (role.to_owned(), role, serving.sign_in(role, PASSWORD)));
    visitors.extend(sessions);
    let administrator = serving.sign_in("administrator", PASSWORD);
    for scope in ["read", "report", "review"] {
        let body = format!(r#"{{"name":"t","scope":"{scope}"}}"#);
        let made = serving
            .send_as(&administrator, "POST", "/api/v1/tokens", &body)
            .json();
        let token = Person::Token(made["token"].as_str().unwrap().to_owned());
        visitors.push((format!("token to {scope}"), "administrator", token));
    }
    visitors
}

fn expected((_, _, _, whom, status): Row, who: &str, unit: &str) -> u16 {
    let is_administrator = who == "administrator";
    match (whom, who) {
        (Anybody, _) => status,
        (_, "nobody") => 401,
        (SignedIn, _) => status,
        (ReporterOfUnit, "reporter") if unit == BELOW => status,
        (ReporterOfUnit, _) => 403,
        // A token never has the role of an administrator, whose tokens these are.
        (RoleAtUnit, who) if unit == BELOW && !who.starts_with("token") => status,
        (RoleAtUnit, _) => 403,
        (_, who) if who.starts_with("token") => 403,
        (Session, _) => status,
        (Administrators, _) if is_administrator => status,
        (AdministratorOfUnit, _) if is_administrator && unit == BELOW => status,
        _ => 403,
    }
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let program = Program::new();
    let (serving, units) = peopled(&program);
    let mut names = 0;
    for row in TABLE {
        for (unit, account) in &units {
            for (who, me, person) in visitors(&serving) {
                names += 1;
                let fill = |text: &str| {
                    let text = text.replace("{unit}", unit).replace("{me}", me);
                    let text = text.replace("{org-unit}", unit).replace("{year}", "2023");
                    text.replace("{id}", account)
                        .replace("{new}", &format!("new{names}"))
                };
                let mut address = fill(row.1);
                if (row.0, row.1) == ("DELETE", "/api/v1/accounts/{id}/assignments") {
                    address.push_str(&format!("?org-unit={unit}&role=reviewer"));
                }
                let names_unit =
                    ["/api/v1/deadlines", "/api/v1/reporting", "/api/v1/reporting.csv"].contains(&row.1);
                if (row.0, row.1) == ("POST", "/api/v1/submissions") || (row.0 == "GET" && names_unit) {
                    address.push_str(&format!("?org-unit={unit}&year=2022"));
                }
                let answer = serving.send_as(&person, row.0, &address, &fill(row.2));
                let expected = expected(*row, &who, unit);
                assert_eq!(
                    answer.status,
                    expected,
                    "{who}: {} {address}: {}",
                    row.0,
                    answer.text()
                );
                assert_eq!(answer.header("cache-control"), "no-store", "{} {address}", row.0);
            }
        }
    }
    let log = serving.end_cleanly();
    assert!(log.contains("reporter has no right to this at 370102"), "{log}");
}

#[test]
fn every_address_for_one_person_is_in_the_table() {
    let readme = include_str!("../../README.md");
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let quoted = readme.split('`').filter(|text| {
        let method = text.split_once(' ').map(|(method, _)| method);
        method.is_some_and(|method| methods.contains(&method))
    });
    let documented: BTreeSet<String> = quoted.map(ToOwned::to_owned).collect();
    let tested: BTreeSet<String> = TABLE.iter().map(|row| format!("{} {}", row.0, row.1)).collect();
    assert_eq!(documented, tested);
}
