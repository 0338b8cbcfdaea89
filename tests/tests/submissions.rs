//! A report's way from its file to what everybody sees, over the API.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;
use tests::{Person, Program, Serving, well};

const PASSWORD: &str = "a good password";
const NEW: &str = "/api/v1/submissions?org-unit=371482&year=2023";
const QUERY: &str = "/api/v1/observations?indicator=united_front_lectures&org-unit=371482&start-period=2023";

/// A server with a clerk of the county and two reviewers of its prefecture.
fn peopled(program: &Program) -> (Serving, [Person; 3]) {
    let serving = program.serve();
    program.add_user(&serving, "clerk", PASSWORD, ("371482", "reporter"));
    program.add_user(&serving, "reviewer", PASSWORD, ("371400", "reviewer"));
    program.add_user(&serving, "second", PASSWORD, ("371400", "reviewer"));
    let people = ["clerk", "reviewer", "second"].map(|name| serving.sign_in(name, PASSWORD));
    (serving, people)
}

/// A form with one figure that is worth no question.
fn lectures(value: &str) -> String {
    format!(r#"{{"figures":[{{"indicator":"united_front_lectures","value":"{value}"}}]}}"#)
}

fn address(submission: &Value, rest: &str) -> String {
    format!("/api/v1/submissions/{}{rest}", submission["id"].as_str().unwrap())
}

/// Gives every warning a reason.
fn confirm(serving: &Serving, clerk: &Person, submission: &Value) {
    for issue in submission["issues"].as_array().unwrap() {
        let key = format!("/confirmations/{}", issue["key"].as_str().unwrap());
        let reason = r#"{"reason":"今年不再统计"}"#;
        well(serving.send_as(clerk, "PUT", &address(submission, &key), reason));
    }
}

fn sent(serving: &Serving, clerk: &Person, value: &str) -> Value {
    let draft = well(serving.send_as(clerk, "POST", NEW, &lectures(value)));
    confirm(serving, clerk, &draft);
    well(serving.send_as(clerk, "POST", &address(&draft, "/submit"), ""))
}

/// Sends a request and does not wait for its answer.
fn begin(serving: &Serving, who: &Person, address: &str, body: &str) -> TcpStream {
    begin_with(serving, who, address, body, body.len())
}

/// The same, with a length of its own.
fn begin_with(serving: &Serving, who: &Person, address: &str, body: &str, length: usize) -> TcpStream {
    let Person::Session(cookie) = who else {
        unreachable!()
    };
    let host = serving.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {address} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

#[test]
fn a_report_is_corrected_sent_returned_answered_and_published() {
    let program = Program::new();
    let (serving, [clerk, reviewer, _]) = peopled(&program);
    let draft = well(serving.send_as(&clerk, "POST", NEW, &lectures("很多")));
    let step =
        |who: &Person, step: &str, body: &str| serving.send_as(who, "POST", &address(&draft, step), body);
    let issues = draft["issues"].as_array().unwrap();
    let wrong = issues
        .iter()
        .find(|issue| issue["problem"] == "not_a_number")
        .unwrap();
    assert_eq!(
        (&wrong["place"]["row"], &wrong["place"]["column"]),
        (&2.into(), &2.into())
    );
    let refused = step(&clerk, "/submit", "");
    assert_eq!(
        (refused.status, &refused.json()["error"]["code"]),
        (422, &"unfinished".into())
    );
    let content = address(&draft, "/content");
    let mended = well(serving.send_as(&clerk, "PUT", &content, &lectures("8")));
    confirm(&serving, &clerk, &mended);
    well(step(&clerk, "/submit", ""));
    well(step(&reviewer, "/return", r#"{"note":"请核实期数"}"#));
    let returned = well(serving.send_as(&clerk, "GET", &address(&draft, ""), ""));
    assert_eq!(
        (&returned["state"], &returned["remarks"][0]["text"]),
        (&"returned".into(), &"请核实期数".into())
    );
    well(serving.send_as(&clerk, "PUT", &content, &lectures("9")));
    well(step(&clerk, "/submit", ""));
    let accepted = well(step(&reviewer, "/accept", "{}"));
    assert_eq!(
        (&accepted["state"], &accepted["vintage"]),
        (&"accepted".into(), &2.into())
    );
    assert_eq!(serving.get(QUERY).json()["observations"][0]["value"], "9");
    let before = serving.get(&format!("{QUERY}&as-of=1")).json();
    let history = "/api/v1/history?indicator=united_front_lectures&org-unit=371482";
    let told = serving.get(history).json();
    assert_eq!(
        (&told[0]["observation"]["value"], &told[0]["sent_by"]),
        (&"9".into(), &Value::Null)
    );
    assert_eq!(
        well(serving.send_as(&reviewer, "GET", history, ""))[0]["sent_by"],
        "clerk"
    );
    assert_eq!(before["observations"].as_array().unwrap().len(), 0);
    serving.end_cleanly();
    program.run(["check"]).success();
}

#[test]
fn one_reason_does_for_all_warnings_of_a_kind() {
    let program = Program::new();
    let (serving, [clerk, ..]) = peopled(&program);
    let draft = well(serving.send_as(&clerk, "POST", NEW, &lectures("8")));
    let of_kind = |kind: &str| {
        let issues = draft["issues"].as_array().unwrap();
        issues.iter().filter(|issue| issue["problem"] == kind).count()
    };
    assert!(of_kind("missing_now") > 10 && of_kind("repeated") == 0, "{draft}");
    let put = |kind: &str| {
        let address = address(&draft, &format!("/confirmations/{kind}.*"));
        serving.send_as(&clerk, "PUT", &address, r#"{"reason":"首次按年填报"}"#)
    };
    assert_eq!(put("repeated").status, 404);
    let confirmed = well(put("missing_now"));
    assert_eq!(
        confirmed["confirmations"].as_array().unwrap().len(),
        of_kind("missing_now")
    );
    assert_eq!(confirmed["warnings"], 0);
    let sent = well(serving.send_as(&clerk, "POST", &address(&draft, "/submit"), ""));
    assert_eq!(sent["state"], "submitted");
    serving.end_cleanly();
}

#[test]
fn of_two_reviewers_who_accept_at_once_one_publishes() {
    let program = Program::new();
    let (serving, [clerk, reviewer, second]) = peopled(&program);
    let submission = sent(&serving, &clerk, "8");
    let accept = address(&submission, "/accept");
    let both = [&reviewer, &second].map(|who| begin(&serving, who, &accept, "{}"));
    let statuses = both.map(|mut stream| {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.get(9..12).unwrap().parse::<u16>().unwrap()
    });
    assert!(matches!(statuses, [200, 409] | [409, 200]), "{statuses:?}");
    assert!(serving.get("/healthz").text().contains("\"2-"));
    serving.end_cleanly();
}

#[test]
fn what_was_published_meanwhile_comes_back_with_both_figures() {
    let program = Program::new();
    let (serving, [clerk, reviewer, _]) = peopled(&program);
    let (first, second) = (sent(&serving, &clerk, "8"), sent(&serving, &clerk, "9"));
    well(serving.send_as(&reviewer, "POST", &address(&first, "/accept"), "{}"));
    let refused = serving.send_as(&reviewer, "POST", &address(&second, "/accept"), "{}");
    let conflict = &refused.json()["conflicts"][0];
    assert_eq!(
        (
            refused.status,
            &conflict["old"]["value"],
            &conflict["new"]["value"]
        ),
        (409, &"8".into(), &"9".into())
    );
    let over = format!(r#"{{"over":{}}}"#, conflict["old"]["vintage"]);
    well(serving.send_as(&reviewer, "POST", &address(&second, "/accept"), &over));
    assert_eq!(serving.get(QUERY).json()["observations"][0]["value"], "9");
    serving.end_cleanly();
}

#[test]
fn a_file_is_known_again_and_comes_back_as_it_was_sent() {
    let program = Program::new();
    let (serving, [clerk, ..]) = peopled(&program);
    let Person::Session(cookie) = &clerk else {
        unreachable!()
    };
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("x-file-name", "%E8%A1%A8.csv"),
    ];
    let file = "指标,数值\n统战大讲堂期数,8\n";
    let first = serving.send_with("POST", NEW, &headers, file);
    let again = serving.send_with("POST", NEW, &headers, file);
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(first.json()["file"], "表.csv");
    let back = serving.send_as(&clerk, "GET", &address(&first.json(), "/file"), "");
    assert_eq!(back.text(), file);
    serving.end_cleanly();
}

#[test]
fn a_connection_that_drops_leaves_nothing_behind() {
    let program = Program::new();
    let (serving, [clerk, ..]) = peopled(&program);
    for body in ["", "指", "指标,数值\n统战大讲堂期数,8\n"] {
        drop(begin_with(&serving, &clerk, NEW, body, 500));
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    let list = well(serving.send_as(&clerk, "GET", "/api/v1/submissions", ""));
    assert_eq!(list.as_array().unwrap().len(), 0);
    serving.end_cleanly();
}
