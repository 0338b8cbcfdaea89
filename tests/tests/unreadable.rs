//! Files that cannot be read: each says why in words, soon, and costs little memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use tests::{Output, Program, write_spreadsheets};

/// Longer than any of them takes; far below what an unbounded reading would.
const SOON: Duration = Duration::from_secs(12);

fn bad_files() -> Program {
    let program = Program::new();
    let folder = program.path("bad");
    std::fs::create_dir(&folder).unwrap();
    write_spreadsheets("bad.py", &[&folder]);
    program
}

fn told(program: &Program, name: &str) -> String {
    let begun = Instant::now();
    let output = read(program, name);
    assert!(begun.elapsed() < SOON, "{name} took {:?}", begun.elapsed());
    output.failure()
}

#[test]
fn each_file_that_cannot_be_read_says_why() {
    let program = bad_files();
    for (name, expected) in [
        ("empty.xlsx", "the file is empty"),
        ("truncated.xlsx", "the file is not complete"),
        ("truncated.xls", "the file is not complete"),
        ("picture.xlsx", "this is a picture and no table"),
        ("program.csv", "this is a file of another kind and no table"),
        ("page.xls", "this is a web page and no table"),
        ("document.xlsx", "this is a text document and no table"),
        ("archive.xlsx", "this is an archive and no table"),
        ("latin.csv", "the text is in no encoding known here"),
        ("large.csv", "24 MB, and at most 20 MB are taken"),
        ("wide.csv", "more than 4096 columns"),
        ("long.csv", "more than 200000 filled rows"),
        ("bomb.xlsx", "the file inflates beyond what is read"),
        ("lying.xlsx", "the file inflates beyond what is read"),
        ("damaged.xlsx", "the workbook is damaged"),
        ("encrypted.xlsx", "the file is protected by a password"),
        ("two-far-cells.xlsx", "more than 4096 columns"),
        ("far-down.xlsx", "no header found"),
        ("far.xls", "reading it takes too much memory"),
    ] {
        let told = told(&program, name);
        assert!(told.contains(expected), "{name}: {told}");
    }
}

fn read(program: &Program, name: &str) -> Output {
    let path = program.path("bad").join(name);
    program.run([
        "read",
        "--org-unit",
        "371400",
        "--year",
        "2022",
        path.to_str().unwrap(),
    ])
}

#[test]
fn a_good_file_beside_them_is_read_and_so_is_one_with_macros() {
    let program = bad_files();
    for name in ["good.xlsx", "macro.xlsm"] {
        assert!(read(&program, name).success().contains(",6989,"), "{name}");
    }
}

#[test]
fn a_cell_that_holds_no_figure_is_told_and_the_others_are_read() {
    let program = bad_files();
    let output = read(&program, "odd-cells.xlsx");
    assert_eq!(output.out.lines().count(), 1 + 4, "{}", output.out);
    let told = output.failure();
    for expected in [
        "Sheet!B2: error: `2022-06-09` is no number: it is a date",
        "Sheet!C2: error: `TRUE` is no number",
        "Sheet!D2: error: the formula fails (#REF!)",
        "Sheet!E2: error: `1e308` is no number",
    ] {
        assert!(told.contains(expected), "{told}");
    }
}
