//! Files that cannot be read: each says why in words, soon, and costs little memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use tests::{Program, write_spreadsheets};

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
    let path = program.path("bad").join(name);
    let begun = Instant::now();
    let output = program.run([
        "read",
        "--org-unit",
        "371400",
        "--year",
        "2022",
        path.to_str().unwrap(),
    ]);
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
        ("large.csv", "the file has more than 20 MB"),
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

#[test]
fn a_good_file_beside_them_is_read() {
    let program = bad_files();
    let path = program.path("bad/good.xlsx");
    let output = program.run([
        "read",
        "--org-unit",
        "371400",
        "--year",
        "2022",
        path.to_str().unwrap(),
    ]);
    assert!(output.success().contains(",6989,"));
}
