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

#[test]
fn a_copy_of_the_file_names_each_issue_beside_its_cell() {
    let program = Program::new();
    let folder = program.path("forms");
    let report = program.write(
        "report.csv",
        "县区,纳税企业数,捐款捐物总额（万元）\n禹城市,五百,17000\n朝阳区,1,1\n",
    );
    std::fs::create_dir(&folder).unwrap();
    let copy = folder.join("repaired.xlsx");
    let arguments = [
        "read",
        "--org-unit",
        "371400",
        "--year",
        "2022",
        "--lang",
        "zh",
        "--repaired",
    ];
    let arguments = arguments
        .map(Path::new)
        .into_iter()
        .chain([copy.as_path(), report.as_path()]);
    program.run(arguments).failure();
    let told = write_spreadsheets("comments.py", &[&copy]);
    let expected = "数据 B2 FFFFC7CE “五百”不是数：应为如 2330、2000余 或 2.69万 的数字\n\
        数据 A3 FFFFC7CE “朝阳区”不是本地区或其下辖地区的名称或代码\n\
        问题 A2 #'数据'!B2\n问题 A3 #'数据'!A3\n";
    assert_eq!(told, expected);
}

#[test]
fn the_template_filled_in_by_others_reads_without_an_issue() {
    let program = Program::new();
    let serving = program.serve();
    let template = serving.get("/api/v1/templates/371482/2023.xlsx");
    assert_eq!(template.status, 200);
    let folder = program.path("forms");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("template.xlsx"), template.bytes()).unwrap();
    serving.end_cleanly();
    write_spreadsheets("fill.py", &[&folder]);
    std::fs::remove_file(folder.join("template.xlsx")).unwrap();
    let filled = forms(&folder);
    let names: Vec<_> = filled
        .iter()
        .map(|path| path.extension().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(names, ["xlsx", "ods", "xls", "xlsx"]);
    let read = |form: &PathBuf| {
        let output = program.run([
            "read",
            "--org-unit",
            "371482",
            "--year",
            "2023",
            form.to_str().unwrap(),
        ]);
        assert_eq!(output.err, "", "{}", form.display());
        output.out
    };
    let expected = read(&filled[0]);
    assert!(expected.lines().count() > 40, "{expected}");
    for form in &filled {
        assert_eq!(read(form), expected, "{}", form.display());
    }
}
