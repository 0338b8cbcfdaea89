//! What is downloaded can be uploaded again and reads identical: as text, as a workbook, and saved by another program.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{Person, Program, Serving, write_spreadsheets};
use zip::ZipArchive;

const PASSWORD: &str = "a good password";

/// Downloads into a file of the program's folder.
fn download(program: &Program, serving: &Serving, address: &str, name: &str) -> PathBuf {
    let answer = serving.get(&format!("/api/v1/{address}"));
    assert_eq!(answer.status, 200, "{address}: {}", answer.text());
    program.write(name, answer.bytes())
}

/// The figures of a file as `read` prints them, in order; a unit's name is printed as its code.
fn read(program: &Program, file: &Path, org_unit: &str) -> Vec<String> {
    let file = file.to_str().unwrap();
    let output = program.run(["read", file, "--org-unit", org_unit, "--year", "2022"]);
    assert_eq!(output.err, "", "{file}");
    sorted(&output.out)
}

fn sorted(csv: &str) -> Vec<String> {
    let mut lines: Vec<String> = csv
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}').to_owned())
        .collect();
    lines.sort();
    lines
}

/// The lines that one has and the other has not, which are none.
fn assert_same(found: &[String], expected: &[String], name: &str) {
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|line| !other.contains(line)).cloned().collect()
    };
    assert_eq!(only(found, expected), only(expected, found), "{name}");
    assert_eq!(found.len(), expected.len(), "{name}");
}

/// Those of a year that ends in 2022, with the header.
fn of_2022(lines: &[String]) -> Vec<String> {
    let is_of_year = |line: &&String| {
        let end = line.split(',').nth(9).unwrap();
        end.starts_with("2022") || end == "period_end"
    };
    lines.iter().filter(is_of_year).cloned().collect()
}

/// What is published, without what is computed.
fn reported(csv: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(csv).unwrap();
    let mut lines = sorted(&text);
    lines.retain(|line| !line.contains(",derived,"));
    lines
}

/// Sends a file as a report and answers what the server finds in it.
fn sent(serving: &Serving, who: &Person, (org_unit, year): (&str, i32), file: &Path) -> Value {
    let bytes = std::fs::read(file).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let address = format!("/api/v1/submissions?org-unit={org_unit}&year={year}");
    let answer = serving.send_file(who, ("POST", &address), (name, &bytes), "en");
    assert!(answer.status == 201 || answer.status == 200, "{}", answer.text());
    let draft = answer.json();
    let seen = serving.send_as(
        who,
        "GET",
        &format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap()),
        "",
    );
    seen.json()
}

fn assert_no_difference(found: &Value, unchanged: usize) {
    assert_all_unchanged(found, unchanged);
    let issues = found["issues"].as_array().unwrap();
    let errors: Vec<&Value> = issues
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

fn assert_all_unchanged(found: &Value, unchanged: usize) {
    let counts = &found["counts"];
    assert_eq!(counts["added"], 0, "{found}");
    assert_eq!(counts["changed"], 0, "{found}");
    assert_eq!(counts["withdrawn"], 0, "{found}");
    assert_eq!(found["unchanged"], unchanged, "{found}");
}

#[test]
fn every_value_of_the_sample_comes_back_from_every_download() {
    let program = Program::new();
    let serving = program.serve();
    let query = "org-unit=371482";
    let csv = download(
        &program,
        &serving,
        &format!("observations.csv?{query}"),
        "sample.csv",
    );
    let files = [
        csv.clone(),
        download(
            &program,
            &serving,
            &format!("observations.xlsx?{query}"),
            "zh.xlsx",
        ),
        download(
            &program,
            &serving,
            &format!("observations.xlsx?{query}&lang=en"),
            "en.xlsx",
        ),
    ];
    let year = download(&program, &serving, "org-units/371400/2022.xlsx", "year.xlsx");
    program.add_user(&serving, "clerk", PASSWORD, ("371482", "reporter"));
    let who = serving.sign_in("clerk", PASSWORD);
    let expected = reported(&csv);
    assert_eq!(
        expected.len(),
        1 + 51 + 1,
        "the header, the sample's figures and what they say twice"
    );
    for file in &files {
        assert_same(&read(&program, file, "371482"), &expected, file.to_str().unwrap());
        assert_no_difference(&sent(&serving, &who, ("371482", 2022), file), expected.len() - 1);
    }
    let of_year = of_2022(&expected);
    assert_same(&read(&program, &year, "371482"), &of_year, "year.xlsx");
    assert_no_difference(&sent(&serving, &who, ("371482", 2022), &year), of_year.len() - 1);
    let imported = program.run(["import", csv.to_str().unwrap()]).success();
    assert!(imported.contains("0 observations added"), "{imported}");
    serving.end_cleanly();
}

#[test]
fn other_programs_open_a_workbook_and_save_it_without_loss() {
    let program = Program::new();
    let serving = program.serve();
    let year = download(&program, &serving, "org-units/371482/2022.xlsx", "year.xlsx");
    let csv = download(
        &program,
        &serving,
        "observations.csv?org-unit=371482",
        "sample.csv",
    );
    serving.end_cleanly();
    let told = write_spreadsheets("download.py", &[&year]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "sheets 数据 图表 说明 指标定义 计量单位 来源");
    assert!(
        lines[1].strip_prefix("charts ").unwrap().parse::<u32>().unwrap() > 0,
        "{told}"
    );
    assert_eq!(lines[2].trim(), "formulas");
    for kind in ["xlsx", "ods", "csv"] {
        let again = program.path(&format!("again/year.{kind}"));
        assert_same(&read(&program, &again, "371482"), &of_2022(&reported(&csv)), kind);
    }
}

#[test]
fn two_thousand_made_up_figures_come_back() {
    let program = Program::new();
    let size = [
        "synth",
        "--org-units",
        "4",
        "--indicators",
        "50",
        "--years",
        "10",
        "--seed",
        "7",
    ];
    program.run(size).success();
    let serving = program.serve();
    let csv = download(&program, &serving, "observations.csv", "all.csv");
    let xlsx = download(&program, &serving, "observations.xlsx", "all.xlsx");
    let text = std::fs::read_to_string(&csv).unwrap();
    let is_computed = |line: &&str| line.starts_with("firms_per_commissioner,");
    let expected = text.lines().skip(1).filter(|line| !is_computed(line)).count();
    assert!(expected > 1_900, "{expected}");
    let all = serving.get("/api/v1/observations?start-period=2024").json();
    let unit = all["org_units"][0]["parent"].as_str().unwrap();
    program.add_user(&serving, "clerk", PASSWORD, (unit, "reporter"));
    let who = serving.sign_in("clerk", PASSWORD);
    for file in [&csv, &xlsx] {
        let found = sent(&serving, &who, (unit, 2024), file);
        assert_all_unchanged(&found, expected);
        assert_eq!(found["figures"], expected);
    }
    serving.end_cleanly();
}

/// Figures whose texts somebody wrote to break what opens them.
const HOSTILE: &str = "indicator,org_unit,value,unit,qualifier,period_kind,period_end,document,publisher,published,place,comment\n\
    taxpaying_firms,371482,6990,firm,,instant,2023-12-31,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",'@SUM(A1),2024-01-31,'+1,'-2+3|cmd\n\
    training_sessions,371482,12,session,,year,2023,''=1,a,2024-01-31,,\"注：两行\n第二行 _x0041_ <b>&\"\n";

#[test]
fn hostile_words_are_texts_everywhere_and_come_back() {
    let program = Program::new();
    let hostile = program.write("hostile.csv", HOSTILE);
    program.run(["import", hostile.to_str().unwrap()]).success();
    let serving = program.serve();
    let query = "org-unit=371482&start-period=2023";
    let csv = download(&program, &serving, &format!("observations.csv?{query}"), "a.csv");
    let xlsx = download(
        &program,
        &serving,
        &format!("observations.xlsx?{query}"),
        "a.xlsx",
    );
    let zip = download(&program, &serving, "org-units/371482/2023.zip", "a.zip");
    serving.end_cleanly();
    let text = std::fs::read_to_string(&csv).unwrap();
    assert!(
        text.contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",'@SUM(A1),"),
        "{text}"
    );
    assert!(text.contains(",''=1,"), "{text}");
    let told = write_spreadsheets("download.py", &[&xlsx]);
    assert_eq!(told.lines().nth(2).unwrap().trim(), "formulas");
    let expected = reported(&csv);
    assert_same(&read(&program, &xlsx, "371482"), &expected, "a.xlsx");
    let again = program.path("again/a.xlsx");
    assert_same(&read(&program, &again, "371482"), &expected, "saved again");
    let mut archive = ZipArchive::new(Cursor::new(std::fs::read(zip).unwrap())).unwrap();
    let mut data = String::new();
    archive
        .by_name("data.csv")
        .unwrap()
        .read_to_string(&mut data)
        .unwrap();
    assert_eq!(data, text);
}

#[test]
fn a_whole_year_is_the_same_bytes_wherever_it_is_made() {
    let made = |file: &str| {
        let program = Program::new();
        let serving = program.serve();
        let answer = serving.get(&format!("/api/v1/org-units/371400/{file}"));
        let tag = answer.header("etag").to_owned();
        let bytes = answer.bytes();
        let again = serving.get_with(
            &format!("/api/v1/org-units/371400/{file}"),
            &[("if-none-match", &tag)],
        );
        assert_eq!(again.status, 304);
        serving.end_cleanly();
        bytes
    };
    assert!(made("2022.zip") == made("2022.zip"));
    assert!(made("2022.xlsx?lang=en") == made("2022.xlsx?lang=en"));
}

#[test]
fn an_archive_says_in_both_languages_what_it_holds() {
    let program = Program::new();
    let serving = program.serve();
    let answer = serving.get("/api/v1/org-units/371400/2022.zip");
    assert_eq!(answer.header("content-type"), "application/zip");
    assert!(answer.header("content-disposition").contains("2022%2Ezip"));
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes())).unwrap();
    let mut file = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let readme = file("README.txt");
    assert!(readme.starts_with("\u{feff}德州市2022年全部指标\r\n"), "{readme}");
    assert!(readme.contains("Dezhou: all indicators of 2022\r\n"), "{readme}");
    assert!(file("definitions.csv").contains("\r\ntaxpaying_firms,纳税企业数,"));
    let metadata: Value = serde_json::from_str(&file("metadata.json")).unwrap();
    assert_eq!(metadata["org_units"][0]["code"], "371482");
    let columns: Value = serde_json::from_str(&file("data.csv-metadata.json")).unwrap();
    assert_eq!(columns["url"], "data.csv");
    assert_eq!(columns["tableSchema"]["columns"].as_array().unwrap().len(), 20);
    serving.end_cleanly();
}

#[test]
fn what_is_no_year_of_a_unit_is_told() {
    let program = Program::new();
    let serving = program.serve();
    let check = |address: &str, status: u16, code: &str| {
        let answer = serving.get(&format!("/api/v1/{address}"));
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(answer.json()["error"]["code"], code, "{address}");
    };
    check("org-units/371482/2022.pdf", 404, "no_such_address");
    check("org-units/371482/02022.xlsx", 404, "no_such_address");
    check("org-units/371482/99999.xlsx", 404, "no_such_address");
    check("org-units/371482/2022", 404, "no_such_address");
    check("org-units/1/2022.xlsx", 404, "unknown_org_unit");
    check("org-units/371482/2022.xlsx?lang=fr", 400, "bad_parameter");
    check("org-units/371482/2022.xlsx?year=1", 400, "unknown_parameter");
    check("observations.xlsx?lang=en&lang=zh", 400, "repeated_parameter");
    check("observations.xlsx?indicator=no", 404, "unknown_indicator");
    serving.end_cleanly();
}
