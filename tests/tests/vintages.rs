//! Publications and how they are undone, reports reviewed in two steps, and the log of who was refused.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use tests::{Answer, Person, Program, Serving, well};

const PASSWORD: &str = "a good password";
const QUERY: &str = "/api/v1/observations?indicator=united_front_lectures&org-unit=371482&start-period=2023";

/// Who asks, and their role and unit; the report is 371482's, which is below 371400 and beside 370102.
const PEOPLE: [(&str, &str, &str); 9] = [
    ("clerk", "371482", "reporter"),
    ("county_reviewer", "371482", "reviewer"),
    ("county_administrator", "371482", "administrator"),
    ("reviewer", "371400", "reviewer"),
    ("administrator", "371400", "administrator"),
    ("province", "370000", "reviewer"),
    ("clerk_elsewhere", "370102", "reporter"),
    ("reviewer_elsewhere", "370100", "reviewer"),
    ("administrator_elsewhere", "370100", "administrator"),
];

struct People(Vec<(&'static str, Person)>);

impl People {
    fn all(program: &Program, serving: &Serving) -> People {
        let arrive = |(name, unit, role): (&'static str, &str, &str)| {
            program.add_user(serving, name, PASSWORD, (unit, role));
            (name, serving.sign_in(name, PASSWORD))
        };
        People(PEOPLE.into_iter().map(arrive).collect())
    }

    fn of(&self, name: &str) -> &Person {
        &self.0.iter().find(|(known, _)| *known == name).unwrap().1
    }
}

/// A report that the clerk sent, its every warning explained; answers its address.
fn sent(serving: &Serving, clerk: &Person, value: &str) -> String {
    let form = format!(r#"{{"figures":[{{"indicator":"united_front_lectures","value":"{value}"}}]}}"#);
    let new = "/api/v1/submissions?org-unit=371482&year=2023";
    let draft = well(serving.send_as(clerk, "POST", new, &form));
    let address = format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap());
    for issue in draft["issues"].as_array().unwrap() {
        let key = format!("{address}/confirmations/{}", issue["key"].as_str().unwrap());
        well(serving.send_as(clerk, "PUT", &key, r#"{"reason":"不再统计"}"#));
    }
    well(serving.send_as(clerk, "POST", &format!("{address}/submit"), ""));
    address
}

fn accept(serving: &Serving, people: &People, address: &str) {
    let accept = format!("{address}/accept");
    well(serving.send_as(people.of("reviewer"), "POST", &accept, r#"{"over":9}"#));
}

fn undo(serving: &Serving, who: &Person, vintage: u64) -> Answer {
    let address = format!("/api/v1/vintages/{vintage}/undo");
    serving.send_as(who, "POST", &address, r#"{"reason":"口径有误"}"#)
}

#[test]
fn a_publication_is_undone_by_those_above_all_of_it_and_by_nobody_else() {
    let program = Program::new();
    let serving = program.serve();
    let people = People::all(&program, &serving);
    accept(&serving, &people, &sent(&serving, people.of("clerk"), "8"));
    assert_eq!(undo(&serving, &Person::Nobody, 2).status, 401);
    let token = |who: &str, scope: &str| {
        let body = format!(r#"{{"name":"t","scope":"{scope}"}}"#);
        let made = well(serving.send_as(people.of(who), "POST", "/api/v1/tokens", &body));
        Person::Token(made["token"].as_str().unwrap().to_owned())
    };
    let (may, may_not): (Vec<&str>, Vec<&str>) = PEOPLE
        .map(|(name, ..)| name)
        .into_iter()
        .partition(|name| ["county_administrator", "reviewer", "administrator", "province"].contains(name));
    for name in may_not {
        assert_eq!(undo(&serving, people.of(name), 2).status, 403, "{name}");
        let shown = well(serving.send_as(people.of(name), "GET", "/api/v1/vintages/2", ""));
        assert_eq!(shown["can_undo"], false, "{name}");
    }
    for scope in ["read", "report"] {
        assert_eq!(
            undo(&serving, &token("reviewer", scope), 2).status,
            403,
            "{scope}"
        );
    }
    // Each undoes what the one before did.
    let mut vintage = 2;
    for name in may {
        let shown = format!("/api/v1/vintages/{vintage}");
        let shown = well(serving.send_as(people.of(name), "GET", &shown, ""));
        assert_eq!(shown["can_undo"], true, "{name}");
        let undone = well(undo(&serving, people.of(name), vintage));
        assert_eq!(
            (&undone["undoes"], &undone["accepted_by"]),
            (&vintage.into(), &name.into())
        );
        vintage = undone["vintage"].as_u64().unwrap();
    }
    well(undo(&serving, &token("reviewer", "review"), vintage));
    serving.end_cleanly();
    program.run(["check"]).success();
}

#[test]
fn what_is_undone_is_gone_for_everybody_and_the_list_says_why() {
    let program = Program::new();
    let serving = program.serve();
    let people = People::all(&program, &serving);
    let (clerk, reviewer) = (people.of("clerk"), people.of("reviewer"));
    let report = sent(&serving, clerk, "8");
    accept(&serving, &people, &report);
    assert_eq!(serving.get(QUERY).json()["observations"][0]["value"], "8");
    let empty = serving.send_as(reviewer, "POST", "/api/v1/vintages/2/undo", r#"{"reason":" "}"#);
    assert_eq!(
        (empty.status, &empty.json()["error"]["field"]),
        (400, &"reason".into())
    );
    well(undo(&serving, reviewer, 2));
    assert_eq!(
        serving.get(QUERY).json()["observations"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let list = serving.get("/api/v1/vintages").json();
    let [newest, second, first] = [0, 1, 2].map(|at| &list["vintages"][at]);
    assert_eq!((&list["total"], &newest["undoes"]), (&3.into(), &2.into()));
    assert_eq!(
        (&newest["reason"], &newest["withdrawn"]),
        (&"口径有误".into(), &1.into())
    );
    assert_eq!(
        (&second["undone_by"], &second["report"]["org_unit"]),
        (&3.into(), &"371482".into())
    );
    assert_eq!(first["added"], 52);
    for hidden in ["sent_by", "accepted_by", "submission"] {
        assert_eq!(second[hidden], Value::Null, "{hidden} is shown to everybody");
    }
    let page = well(serving.send_as(reviewer, "GET", "/api/v1/vintages?limit=1&offset=1", ""));
    let only = &page["vintages"][0];
    assert_eq!(
        (&only["vintage"], &only["sent_by"], &only["accepted_by"]),
        (&2.into(), &"clerk".into(), &"reviewer".into())
    );
    let elsewhere = well(serving.send_as(people.of("clerk_elsewhere"), "GET", "/api/v1/vintages", ""));
    assert_eq!(elsewhere["vintages"][1]["submission"], Value::Null);
    assert_eq!(
        well(serving.send_as(clerk, "GET", &report, ""))["state"],
        "undone"
    );
    // The same form again is a report of its own.
    let again = sent(&serving, clerk, "8");
    assert_ne!(again, report);
    accept(&serving, &people, &again);
    assert_eq!(serving.get(QUERY).json()["observations"][0]["value"], "8");
    // It is as it was before vintage 3 took it back, so there is nothing to undo of that.
    let late = undo(&serving, reviewer, 3).json();
    assert_eq!(late["error"]["code"], "nothing_to_undo");
    // And what a later vintage changed is told with both figures.
    accept(&serving, &people, &sent(&serving, clerk, "9"));
    let late = undo(&serving, reviewer, 4);
    let conflict = &late.json()["conflicts"][0];
    assert_eq!((late.status, &conflict["old"]["value"]), (409, &"9".into()));
    serving.end_cleanly();
    program.run(["check"]).success();
}

/// Who may do what with a report in two steps; `endorsed` says whether the reviewer of the prefecture endorsed it.
fn check_steps(verb: &str, endorsed: bool, allowed: &[&str]) {
    let program = Program::new();
    let serving = program.serve_with(&["--review-steps", "2"]);
    let people = People::all(&program, &serving);
    for (value, (name, person)) in (10..).zip(&people.0) {
        let report = sent(&serving, people.of("clerk"), &value.to_string());
        if endorsed {
            let address = format!("{report}/endorse");
            well(serving.send_as(people.of("reviewer"), "POST", &address, "{}"));
        }
        let body = r#"{"note":"请核实","over":9}"#;
        let answer = serving.send_as(person, "POST", &format!("{report}/{verb}"), body);
        let is_done = answer.status == 200;
        assert_eq!(
            is_done,
            allowed.contains(name),
            "{name} {verb}: {}",
            answer.text()
        );
        assert!(
            is_done || [403, 404, 409].contains(&answer.status),
            "{}",
            answer.status
        );
    }
    serving.end_cleanly();
}

#[test]
fn in_two_steps_each_is_taken_by_who_stands_where_it_says() {
    check_steps("endorse", false, &["reviewer", "province"]);
    check_steps("accept", false, &[]);
    check_steps("accept", true, &["province"]);
    check_steps("return", true, &["reviewer", "province"]);
}

/// How many entries the audit log has; `check` fails where its chain does not hold.
fn entries(program: &Program) -> usize {
    let checked = program.run(["check"]).success();
    let line = checked
        .lines()
        .find_map(|line| line.strip_prefix("audit log: "))
        .unwrap();
    line.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn who_names_another_county_is_refused_and_it_stands_in_the_audit_log() {
    let program = Program::new();
    let serving = program.serve();
    let people = People::all(&program, &serving);
    let report = sent(&serving, people.of("clerk"), "8");
    let other = people.of("clerk_elsewhere");
    let mut before = entries(&program);
    let mut is_logged = |what: &str, number: usize| {
        let now = entries(&program);
        assert_eq!(now - before, number, "{what}");
        before = now;
    };
    let new = "/api/v1/submissions?org-unit=371482&year=2023";
    let form = r#"{"figures":[{"indicator":"training_sessions","value":"1"}]}"#;
    for _ in 0..30 {
        assert_eq!(serving.send_as(other, "POST", new, form).status, 403);
    }
    is_logged("an address of the API, thirty times", 1);
    assert_eq!(serving.send_as(other, "GET", &report, "").status, 404);
    is_logged("the report of another county", 1);
    let own = "/api/v1/submissions?org-unit=370102&year=2023";
    let named = r#"{"figures":[{"indicator":"training_sessions","org_unit":"371482","value":"1"}]}"#;
    let draft = well(serving.send_as(other, "POST", own, named));
    assert_eq!(draft["issues"][0]["problem"], "foreign_org_unit");
    is_logged("a form, and the draft made of it", 2);
    let Person::Session(cookie) = other else {
        unreachable!()
    };
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    let file = "地区,指标,数值\n齐河县,培训场次,8\n";
    let part = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--x--\r\n"
    );
    let page = "/report?org-unit=370102&year=2022";
    assert!(serving.send_with("POST", page, &headers, &part).status < 400);
    is_logged("a file by the page, and the draft made of it", 2);
    serving.end_cleanly();
}
