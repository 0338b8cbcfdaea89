//! What is published while the program runs.

use std::time::{Duration, Instant};

use tests::{Answer, Program, Serving};

const SAMPLE: &str = include_str!("../../data/samples/yucheng-2022.csv");
const QUERY: &str = "/api/v1/observations?indicator=taxpaying_firms&org-unit=371482";

/// Generous, because CI has two busy cores; it is about a second where they are idle.
const DEADLINE: Duration = Duration::from_secs(20);

/// Asks until the answer is as wanted.
fn wait_for(serving: &Serving, address: &str, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let answer = serving.get(address);
        if is_wanted(&answer) {
            return answer;
        }
        assert!(Instant::now() < deadline, "{address} stayed: {}", answer.text());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_imported_figure_is_served_by_the_running_program_under_a_new_tag() {
    let program = Program::new();
    let serving = program.serve();
    let before = serving.get(QUERY).header("etag").to_owned();
    assert!(serving.get("/").text().contains("6,989"));
    program.write("corrected.csv", SAMPLE.replace(",6989,", ",6990,"));
    program.run(["import", "corrected.csv"]).success();
    let after = wait_for(&serving, QUERY, |answer| answer.header("etag") != before);
    assert_eq!(after.json()["observations"][1]["value"], "6990");
    assert_eq!(serving.get_with(QUERY, &[("if-none-match", &before)]).status, 200);
    assert!(serving.get("/").text().contains("6,990"));
    let version = after.json()["dataset"].as_str().unwrap().to_owned();
    assert!(version.starts_with("2-"), "{version}");
    assert!(serving.end_cleanly().contains(&format!("dataset=\"{version}\"")));
}

#[test]
fn an_imported_org_unit_appears_in_the_running_program() {
    let program = Program::new();
    let serving = program.serve();
    let unit = "/api/v1/org-units/C1";
    assert_eq!(serving.get(unit).status, 404);
    let chambers = "code,name_zh,name_en,level,parent,opened,closed\nC1,甲商会,Chamber A,chamber,371482,,\n";
    program.write("chambers.csv", chambers);
    program.write("figures.csv", SAMPLE.replace(",371482,", ",C1,"));
    program
        .run(["import", "figures.csv", "--org-units", "chambers.csv"])
        .success();
    wait_for(&serving, unit, |answer| answer.status == 200);
    assert!(serving.get("/org-units/C1").text().contains("甲商会"));
    serving.end_cleanly();
}

#[test]
fn who_listens_is_told_each_version_and_let_go_when_the_program_ends() {
    let program = Program::new();
    let serving = program.serve();
    let mut events = serving.listen("/api/v1/events");
    let first = events.next_of("data: ");
    assert!(first.starts_with("1-"), "{first}");
    program.write("corrected.csv", SAMPLE.replace(",6989,", ",6990,"));
    program.run(["import", "corrected.csv"]).success();
    let second = events.next_of("data: ");
    assert!(second.starts_with("2-"), "{second}");
    let ending = Instant::now();
    serving.end_cleanly();
    assert!(events.is_over() && ending.elapsed() < Duration::from_secs(8));
}
