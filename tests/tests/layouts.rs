//! One table in the forms that clerks send, each written by another program than ours: one reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use tests::{Program, write_spreadsheets};

/// The forms in the folder, by name.
fn forms(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut forms: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    forms.sort();
    forms
}

/// What a form says. Money printed in yuan claims every digit, and so has no slack where 万元 has one.
fn reading(program: &Program, form: &Path, slack: bool) -> Vec<String> {
    let output = program.run([
        "read",
        "--org-unit",
        "371400",
        "--year",
        "2022",
        form.to_str().unwrap(),
    ]);
    assert_eq!(output.err, "", "{}", form.display());
    let mut lines: Vec<String> = output.out.lines().map(str::to_owned).collect();
    let at = lines[0].split(',').position(|column| column == "slack").unwrap();
    for line in lines.iter_mut().filter(|_| !slack) {
        let kept = line.split(',').enumerate().filter(|(column, _)| *column != at);
        *line = kept.map(|(_, cell)| cell).collect::<Vec<_>>().join(",");
    }
    lines
}

#[test]
fn one_table_in_thirty_forms_is_one_reading() {
    let program = Program::new();
    let folder = program.path("forms");
    std::fs::create_dir(&folder).unwrap();
    write_spreadsheets("write.py", &[&folder]);
    let forms = forms(&folder);
    assert!(forms.len() >= 30, "{forms:?}");
    let first = folder.join("utf-8.csv");
    let expected = [false, true].map(|slack| reading(&program, &first, slack));
    assert_eq!(expected[1].len(), 1 + 12);
    for form in &forms {
        let slack = !form.file_name().unwrap().to_str().unwrap().starts_with("yuan");
        let found = reading(&program, form, slack);
        assert_eq!(found, expected[usize::from(slack)], "{}", form.display());
    }
}

#[test]
fn what_is_wrong_is_told_at_its_cell_and_ends_with_1() {
    let program = Program::new();
    let report = program.write(
        "report.csv",
        "县区,纳税企业数,捐款捐物总额（万元）\n禹城市,五百,17000\n朝阳区,1,1\n",
    );
    let report = report.to_str().unwrap();
    let output = program.run(["read", report, "--org-unit", "371400", "--year", "2022"]);
    assert_eq!(output.out.lines().count(), 2);
    let told = output.failure();
    assert!(
        told.contains("report.csv: B2: error: `五百` is no number"),
        "{told}"
    );
    assert!(
        told.contains("report.csv: A3: error: `朝阳区` is no name or code"),
        "{told}"
    );
}
