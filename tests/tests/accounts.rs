//! People: how they come in, and who does not.

use tests::{Person, Program, Serving};

const PASSWORD: &str = "a good password";

/// A server with a reporter.
fn with_li(program: &Program, arguments: &[&str]) -> Serving {
    let serving = program.serve_with(arguments);
    program.add_user(&serving, "li", PASSWORD, ("371482", "reporter"));
    serving
}

fn sign_in_with(serving: &Serving, name: &str, password: &str) -> tests::Answer {
    let body = format!(r#"{{"name":"{name}","password":"{password}"}}"#);
    serving.send_as(&Person::Nobody, "POST", "/api/v1/sessions", &body)
}

fn me(serving: &Serving, who: &Person) -> u16 {
    serving.send_as(who, "GET", "/api/v1/me", "").status
}

#[test]
fn the_first_administrator_comes_by_a_link_in_the_log_that_is_good_once() {
    let program = Program::new();
    let serving = program.serve();
    let log = serving.log_at_start();
    let (_, link) = log.split_once("choose the password of `admin` at ").unwrap();
    let link = link.lines().next().unwrap();
    assert!(link.starts_with(&format!("{}/links/", serving.url)), "{link}");
    assert_eq!(serving.choose_password(link, "short").status, 400);
    assert_eq!(serving.choose_password(link, PASSWORD).status, 204);
    assert_eq!(serving.choose_password(link, "another password").status, 404);
    let admin = serving.sign_in("admin", PASSWORD);
    let roles = serving.send_as(&admin, "GET", "/api/v1/me", "").json()["roles"].clone();
    let expected = serde_json::json!([{"org_unit": "100000", "role": "administrator"}]);
    assert_eq!(roles, expected);
    let log = serving.end_cleanly();
    assert!(
        !log.contains("/api/v1/links/") || log.contains("/api/v1/links/…"),
        "{log}"
    );
    assert!(!program.serve().log_at_start().contains("/links/"));
}

#[test]
fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    let answers = [("li", "a wrong password"), ("nobody", PASSWORD)].map(|(name, password)| {
        let answer = sign_in_with(&serving, name, password);
        (
            answer.status,
            answer.json()["error"]["message"].clone(),
            answer.header("set-cookie").to_owned(),
        )
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!((answers[0].0, answers[0].2.as_str()), (401, ""));
    serving.end_cleanly();
}

#[test]
fn whoever_guesses_waits_whether_there_is_such_a_name_or_not() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    for name in ["li", "nobody"] {
        let guess = || sign_in_with(&serving, name, "a wrong password");
        let statuses: Vec<u16> = (0..6).map(|_| guess().status).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429], "{name}");
        let seconds: u64 = guess().header("retry-after").parse().unwrap();
        assert!((1..=3).contains(&seconds), "{seconds}");
    }
    serving.end_cleanly();
}

#[test]
fn a_session_is_new_at_each_sign_in_and_ends_here_or_everywhere() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    let (one, two) = (serving.sign_in("li", PASSWORD), serving.sign_in("li", PASSWORD));
    assert_ne!(one, two);
    let body = format!(r#"{{"name":"li","password":"{PASSWORD}"}}"#);
    let again = serving.send_as(&one, "POST", "/api/v1/sessions", &body);
    assert_eq!(
        (again.status, me(&serving, &one), me(&serving, &two)),
        (204, 401, 200)
    );
    serving.send_as(&two, "DELETE", "/api/v1/sessions/current", "");
    assert_eq!(me(&serving, &two), 401);
    let (three, four) = (serving.sign_in("li", PASSWORD), serving.sign_in("li", PASSWORD));
    assert_eq!(
        serving.send_as(&three, "DELETE", "/api/v1/sessions", "").status,
        204
    );
    assert_eq!((me(&serving, &three), me(&serving, &four)), (401, 401));
    serving.end_cleanly();
}

#[test]
fn a_new_password_ends_the_sessions_of_the_old_one() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    let old = serving.sign_in("li", PASSWORD);
    let link = program.run(["user", "link", "li"]).success();
    assert_eq!(me(&serving, &old), 200);
    assert_eq!(serving.choose_password(&link, "another password").status, 204);
    assert_eq!(me(&serving, &old), 401);
    assert_eq!(sign_in_with(&serving, "li", PASSWORD).status, 401);
    serving.sign_in("li", "another password");
    serving.end_cleanly();
}

#[test]
fn a_page_of_another_site_changes_nothing() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    let Person::Session(cookie) = serving.sign_in("li", PASSWORD) else {
        unreachable!("signing in makes a session")
    };
    let out = |further: (&str, &str)| {
        let headers = [("cookie", cookie.as_str()), further];
        let answer = serving.send_with("DELETE", "/api/v1/sessions/current", &headers, "");
        answer.status
    };
    assert_eq!(out(("sec-fetch-site", "cross-site")), 403);
    assert_eq!(out(("origin", "http://elsewhere.example")), 403);
    assert_eq!(out(("x-nothing", "")), 403);
    assert_eq!(out(("origin", &serving.url)), 204);
    serving.end_cleanly();
}

#[test]
fn a_body_is_json_of_the_right_shape_and_size() {
    let serving = Program::new().serve();
    let status = |media_type: &str, body: &str| {
        let headers = [("content-type", media_type)];
        let answer = serving.send_with("POST", "/api/v1/sessions", &headers, body);
        (
            answer.status,
            answer.json()["error"]["code"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(status("text/plain", "{}"), (415, "unsupported_media_type".into()));
    assert_eq!(status("application/json", "{}"), (400, "bad_body".into()));
    let large = "x".repeat(70_000);
    assert_eq!(status("application/json", &large), (413, "too_large".into()));
    let refused = serving.send("PUT", "/api/v1/sessions");
    assert_eq!((refused.status, refused.header("allow")), (405, "POST, DELETE"));
    assert_eq!(serving.send("POST", "/api/v1/me").header("allow"), "GET, HEAD");
    serving.end_cleanly();
}

#[test]
fn by_https_the_cookie_is_for_https_alone() {
    let program = Program::new();
    let serving = with_li(&program, &["--public-url", "https://figures.example.cn/"]);
    assert!(
        serving
            .log_at_start()
            .contains("https://figures.example.cn/links/")
    );
    let cookie = sign_in_with(&serving, "li", PASSWORD)
        .header("set-cookie")
        .to_owned();
    assert!(
        cookie.starts_with("__Host-session=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    serving.end_cleanly();
}

#[test]
fn people_are_added_and_listed_by_command_and_check_verifies_the_log() {
    let program = Program::new();
    let add = |name: &str, org_unit: &str, role: &str| {
        program.run(["user", "add", name, "--org-unit", org_unit, "--role", role])
    };
    let link = add("li", "371482", "reporter").success();
    assert!(link.starts_with("http://127.0.0.1:8080/links/"), "{link}");
    add("li", "371400", "reviewer").success();
    assert!(
        add("wang", "999999", "reporter")
            .failure()
            .contains("no org unit has the code `999999`")
    );
    let listed = program.run(["user", "list"]).success();
    assert_eq!(listed, "li\tli\t371400:reviewer,371482:reporter\tinvited\n");
    assert!(program.run(["check"]).success().contains("audit log: 4 entries"));
}

#[test]
fn a_disabled_account_is_out_at_once_with_its_sessions_and_tokens() {
    let program = Program::new();
    let serving = with_li(&program, &[]);
    program.add_user(&serving, "top", PASSWORD, ("100000", "administrator"));
    let (li, top) = (serving.sign_in("li", PASSWORD), serving.sign_in("top", PASSWORD));
    let made = serving
        .send_as(&li, "POST", "/api/v1/tokens", r#"{"name":"t","scope":"read"}"#)
        .json();
    let token = Person::Token(made["token"].as_str().unwrap().to_owned());
    assert_eq!((me(&serving, &li), me(&serving, &token)), (200, 200));
    let id = serving.send_as(&li, "GET", "/api/v1/me", "").json()["account"]["id"].clone();
    let address = format!("/api/v1/accounts/{}/disable", id.as_str().unwrap());
    assert_eq!(serving.send_as(&top, "POST", &address, "").status, 204);
    assert_eq!((me(&serving, &li), me(&serving, &token)), (401, 401));
    assert_eq!(sign_in_with(&serving, "li", PASSWORD).status, 401);
    serving.end_cleanly();
}
