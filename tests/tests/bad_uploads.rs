//! Files that cannot be taken, sent over the API: each is refused with a reason in either language, nothing is kept of it,
//! the draft it was to replace stays as it was, and the server goes on with little memory.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::PathBuf;

use serde_json::Value;
use tests::{Person, Program, Serving, write_spreadsheets};

const PASSWORD: &str = "a good password";
const NEW: &str = "/api/v1/submissions?org-unit=371400&year=2022";

/// How much memory the server may have had in the end, in MB: one of text and its reading, and what it has from the start.
const MOST_MEMORY: u64 = 256;

/// The file, the status and code that it is answered with, and words of the reason in either language.
const BAD: [(&str, u16, &str, &str, &str); 18] = [
    ("empty.xlsx", 422, "empty_file", "文件是空的", "the file is empty"),
    (
        "truncated.xlsx",
        422,
        "truncated",
        "文件不完整",
        "the file is not complete",
    ),
    (
        "truncated.xls",
        422,
        "truncated",
        "文件不完整",
        "the file is not complete",
    ),
    (
        "picture.xlsx",
        422,
        "not_a_table",
        "这是图片",
        "this is a picture",
    ),
    (
        "program.csv",
        422,
        "not_a_table",
        "这是其他类型的文件",
        "this is a file of another kind",
    ),
    ("page.xls", 422, "not_a_table", "这是网页", "this is a web page"),
    (
        "document.xlsx",
        422,
        "not_a_table",
        "这是文字文档",
        "this is a text document",
    ),
    (
        "archive.xlsx",
        422,
        "not_a_table",
        "这是压缩包",
        "this is an archive",
    ),
    (
        "latin.csv",
        422,
        "unknown_encoding",
        "不认识文件的编码",
        "in no encoding known here",
    ),
    (
        "large.csv",
        413,
        "too_large",
        "有 24 MB，最多 20 MB",
        "24 MB, and at most 20 MB are taken",
    ),
    (
        "wide.csv",
        422,
        "too_many_columns",
        "列数超过4096列",
        "more than 4096 columns",
    ),
    (
        "long.csv",
        422,
        "too_many_rows",
        "超过200000行",
        "more than 200000 filled rows",
    ),
    (
        "bomb.xlsx",
        422,
        "zip_bomb",
        "解压后过大",
        "inflates beyond what is read",
    ),
    (
        "lying.xlsx",
        422,
        "zip_bomb",
        "解压后过大",
        "inflates beyond what is read",
    ),
    (
        "damaged.xlsx",
        422,
        "damaged",
        "工作簿已损坏",
        "the workbook is damaged",
    ),
    (
        "encrypted.xlsx",
        422,
        "encrypted",
        "文件有密码",
        "protected by a password",
    ),
    (
        "two-far-cells.xlsx",
        422,
        "too_many_columns",
        "列数超过4096列",
        "more than 4096 columns",
    ),
    (
        "far.xls",
        422,
        "too_much_memory",
        "内存过多",
        "takes too much memory",
    ),
];

struct Bad {
    program: Program,
    serving: Serving,
    clerk: Person,
}

impl Bad {
    fn new() -> Bad {
        let program = Program::new();
        let folder = program.path("bad");
        std::fs::create_dir(&folder).unwrap();
        write_spreadsheets("bad.py", &[&folder]);
        let serving = program.serve();
        program.add_user(&serving, "clerk", PASSWORD, ("371400", "reporter"));
        let clerk = serving.sign_in("clerk", PASSWORD);
        Bad {
            program,
            serving,
            clerk,
        }
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        let path: PathBuf = self.program.path("bad").join(name);
        std::fs::read(path).unwrap()
    }

    fn send(&self, method: &str, address: &str, name: &str, lang: &str) -> (u16, Value) {
        let file = (name, &*self.bytes(name));
        let answer = self.serving.send_file(&self.clerk, (method, address), file, lang);
        (answer.status, answer.json())
    }

    fn get(&self, address: &str) -> Value {
        self.serving.send_as(&self.clerk, "GET", address, "").json()
    }
}

#[test]
fn each_file_that_cannot_be_taken_says_why_and_changes_nothing() {
    let bad = Bad::new();
    let (status, draft) = bad.send("POST", NEW, "good.xlsx", "zh");
    assert_eq!(status, 201);
    let address = format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap());
    for (name, expected, code, zh, en) in BAD {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (status, answer) = bad.send("POST", NEW, name, lang);
            let error = &answer["error"];
            assert_eq!(
                (status, &error["code"]),
                (expected, &code.into()),
                "{name}: {error}"
            );
            assert!(
                error["message"].as_str().unwrap().contains(words),
                "{name}: {error}"
            );
        }
        let (status, _) = bad.send("PUT", &format!("{address}/content"), name, "zh");
        assert_eq!(status, expected, "{name}");
    }
    assert_eq!(bad.get(&address), draft);
    assert_eq!(bad.get("/api/v1/submissions").as_array().unwrap().len(), 1);
    assert_eq!(bad.serving.nameless_files(), 0);
    let memory = bad.serving.most_memory();
    assert!(memory <= MOST_MEMORY, "{memory} MB");
    bad.serving.end_cleanly();
}

#[test]
fn a_file_with_cells_that_hold_no_figure_is_taken_and_each_is_named() {
    let bad = Bad::new();
    let (status, draft) = bad.send("POST", NEW, "odd-cells.xlsx", "zh");
    assert_eq!((status, &draft["errors"]), (201, &4.into()), "{draft}");
    let places = draft["issues"].as_array().unwrap().iter();
    let places = places.filter(|issue| issue["place"]["row"] == 2);
    let columns: Vec<u64> = places
        .filter_map(|issue| issue["place"]["column"].as_u64())
        .collect();
    assert_eq!(columns, [1, 2, 3, 4]);
    for name in ["macro.xlsm", "far-down.xlsx"] {
        let (status, draft) = bad.send("POST", NEW, name, "zh");
        assert_eq!(status, 201, "{name}: {draft}");
    }
    bad.serving.end_cleanly();
}
