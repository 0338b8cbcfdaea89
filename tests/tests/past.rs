//! What was published before: every state can be asked for, and is told from the newest.

use tests::{Program, Serving};

const SAMPLE: &str = include_str!("../../data/samples/yucheng-2022.csv");
const QUERY: &str = "/api/v1/observations?indicator=taxpaying_firms&org-unit=371482";

/// A server whose second vintage corrects 6989 to 6990.
fn corrected(program: &Program) -> Serving {
    let file = program.write("yucheng-2022.csv", SAMPLE);
    program.run(["import".as_ref(), file.as_os_str()]).success();
    let file = program.write("corrected.csv", SAMPLE.replace(",6989,", ",6990,"));
    program.run(["import".as_ref(), file.as_os_str()]).success();
    program.serve()
}

#[test]
fn a_vintage_or_a_day_names_the_state_that_is_answered() {
    let program = Program::new();
    let serving = corrected(&program);
    let value =
        |as_of: &str| serving.get(&format!("{QUERY}{as_of}")).json()["observations"][1]["value"].clone();
    assert_eq!(value(""), "6990");
    assert_eq!(value("&as-of=1"), "6989");
    assert_eq!(value("&as-of=2"), "6990");
    assert_eq!(value("&as-of=2100-01-01"), "6990");
    let tag = |as_of: &str| serving.get(&format!("{QUERY}{as_of}")).header("etag").to_owned();
    assert_ne!(tag("&as-of=1"), tag(""));
    let known = serving.get_with(
        &format!("{QUERY}&as-of=1"),
        &[("if-none-match", &tag("&as-of=1"))],
    );
    assert_eq!(known.status, 304);
    serving.end_cleanly();
}

#[test]
fn a_state_that_never_was_is_an_error_of_the_api_and_a_notice_of_a_page() {
    let program = Program::new();
    let serving = corrected(&program);
    for (as_of, status, code) in [
        ("3", 404, "nothing_as_of"),
        ("1999-01-01", 404, "nothing_as_of"),
        ("soon", 400, "bad_parameter"),
        ("1&as-of=2", 400, "repeated_parameter"),
    ] {
        let answer = serving.get(&format!("{QUERY}&as-of={as_of}"));
        assert_eq!(
            (answer.status, answer.json()["error"]["code"].as_str()),
            (status, Some(code)),
            "{as_of}"
        );
    }
    for as_of in ["3", "soon"] {
        let page = serving.get(&format!("/?as-of={as_of}")).text();
        assert!(
            page.contains("6,990") && page.contains("已忽略：as-of"),
            "{as_of}"
        );
    }
    serving.end_cleanly();
}

#[test]
fn a_page_of_the_past_says_so_and_its_links_stay_there() {
    let program = Program::new();
    let serving = corrected(&program);
    let page = serving.get("/org-units/371482?as-of=1").text();
    assert!(page.contains("6,989") && !page.contains("6,990"), "{page}");
    assert!(page.contains("这里显示的是过去的版本：版本 1") && page.contains("查看最新数据"));
    assert!(page.contains("/indicators/taxpaying_firms?org-unit=371482&amp;as-of=1"));
    serving.end_cleanly();
}

#[test]
fn a_past_page_is_another_answer_once_an_area_has_another_name() {
    let program = Program::new();
    let serving = corrected(&program);
    let header = "code,name_zh,name_en,level,parent,opened,closed\n";
    let import = |name: &str, number: &str| {
        program.write("units.csv", format!("{header}T1,{name},Town,township,371482,,\n"));
        program.write("figures.csv", SAMPLE.replace(",6989,", number));
        program
            .run(["import", "figures.csv", "--org-units", "units.csv"])
            .success();
    };
    import("甲镇", ",6991,");
    let address = "/org-units/T1?as-of=1";
    let wait = |name: &str| {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !serving.get(address).text().contains(name) {
            assert!(std::time::Instant::now() < deadline);
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    };
    wait("甲镇");
    let before = serving.get(address).header("etag").to_owned();
    import("乙镇", ",6992,");
    wait("乙镇");
    assert_eq!(
        serving.get_with(address, &[("if-none-match", &before)]).status,
        200
    );
    serving.end_cleanly();
}
