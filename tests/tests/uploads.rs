//! Files on their way in and out: as large as the operator allows, in pieces, and whole or not at all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Person, Program, Serving, write_spreadsheets};

const PASSWORD: &str = "a good password";
const NEW: &str = "/api/v1/submissions?org-unit=371482&year=2023";

fn clerk(program: &Program, serving: &Serving) -> Person {
    program.add_user(serving, "clerk", PASSWORD, ("371482", "reporter"));
    serving.sign_in("clerk", PASSWORD)
}

/// Begins to send a file that says it is this long, or by chunks where it says nothing.
fn begin(serving: &Serving, who: &Person, address: &str, length: Option<usize>, body: &[u8]) -> TcpStream {
    let Person::Session(cookie) = who else {
        unreachable!()
    };
    let host = serving.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = length.map_or("transfer-encoding: chunked".to_owned(), |length| {
        format!("content-length: {length}")
    });
    let (method, address) = address.split_once(' ').unwrap();
    let head = format!(
        "{method} {address} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/octet-stream\r\nconnection: close\r\naccept-language: en\r\n{length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    stream
}

fn answer(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

/// A table with a remark as long as it takes to make the file this large.
fn table(bytes: usize) -> Vec<u8> {
    let mut file = "指标,数值,备注\n统战大讲堂期数,8,".to_owned().into_bytes();
    file.resize(bytes, b'x');
    file
}

#[test]
fn the_limit_is_told_before_and_after_and_is_the_operators() {
    let program = Program::new();
    let serving = program.serve_with(&["--upload-limit", "600KB"]);
    let who = clerk(&program, &serving);
    let Person::Session(cookie) = &who else {
        unreachable!()
    };
    let page = serving.get_with("/report?lang=en", &[("cookie", cookie)]).text();
    assert!(
        page.contains("at most 600 KB") && page.contains(r#"data-limit="614400""#),
        "{page}"
    );
    // Not a byte of it is there, and the answer is.
    let told = answer(begin(
        &serving,
        &who,
        &format!("POST {NEW}"),
        Some(700 << 10),
        b"",
    ));
    assert!(
        told.starts_with("HTTP/1.1 413") && told.contains("700 KB, and at most 600 KB are taken"),
        "{told}"
    );
    let mut chunked = format!("{:x}\r\n", 700 << 10).into_bytes();
    chunked.extend(table(700 << 10));
    chunked.extend(b"\r\n0\r\n\r\n");
    let told = answer(begin(&serving, &who, &format!("POST {NEW}"), None, &chunked));
    assert!(
        told.starts_with("HTTP/1.1 413") && told.contains("at most 600 KB are taken"),
        "{told}"
    );
    let largest = table(600 << 10);
    let sent = serving.send_file(&who, ("POST", NEW), ("a.csv", &largest), "zh");
    assert_eq!(sent.status, 201);
    let file = format!("/api/v1/submissions/{}/file", sent.json()["id"].as_str().unwrap());
    let back = serving.send_as(&who, "GET", &file, "");
    assert_eq!(back.header("content-length"), largest.len().to_string());
    assert!(back.bytes() == largest);
    serving.end_cleanly();
}

#[test]
fn a_connection_that_drops_at_any_byte_leaves_nothing() {
    let program = Program::new();
    let temporary = program.path("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let serving = program.serve_in(&temporary, &[]);
    let who = clerk(&program, &serving);
    let draft = serving
        .send_file(&who, ("POST", NEW), ("a.csv", &table(100)), "zh")
        .json();
    let address = format!("/api/v1/submissions/{}", draft["id"].as_str().unwrap());
    let whole = table(700 << 10);
    let cuts = (0..60)
        .chain((0..whole.len()).step_by(37_117))
        .chain([whole.len() - 1]);
    for cut in cuts {
        for to in [format!("POST {NEW}"), format!("PUT {address}/content")] {
            drop(begin(&serving, &who, &to, Some(whole.len()), &whole[..cut]));
        }
    }
    let begun = Instant::now();
    while serving.nameless_files() > 0 && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(serving.nameless_files(), 0);
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
    assert_eq!(serving.send_as(&who, "GET", &address, "").json(), draft);
    let all = serving.send_as(&who, "GET", "/api/v1/submissions", "").json();
    assert_eq!(all.as_array().unwrap().len(), 1);
    serving.end_cleanly();
}

#[test]
fn of_those_who_send_the_same_file_at_once_one_makes_the_draft() {
    let program = Program::new();
    let serving = program.serve();
    let who = clerk(&program, &serving);
    let file = table(300 << 10);
    let streams = [(); 4].map(|()| begin(&serving, &who, &format!("POST {NEW}"), Some(file.len()), &file));
    let mut statuses = streams.map(|stream| answer(stream)[9..12].to_owned());
    statuses.sort();
    assert_eq!(statuses, ["200", "200", "200", "201"]);
    let all = serving.send_as(&who, "GET", "/api/v1/submissions", "").json();
    assert_eq!(all.as_array().unwrap().len(), 1);
    serving.end_cleanly();
}

#[test]
fn a_folder_that_takes_nothing_is_named_as_the_fault_that_it_is() {
    let program = Program::new();
    let serving = program.serve_in(&program.path("not-there"), &[]);
    let who = clerk(&program, &serving);
    for (lang, words) in [
        ("zh", "临时文件夹已满或无法写入"),
        ("en", "folder for temporary files is full"),
    ] {
        let refused = serving.send_file(&who, ("POST", NEW), ("a.csv", &table(100)), lang);
        assert_eq!(
            (refused.status, &refused.json()["error"]["code"]),
            (507, &"no_room".into())
        );
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    let (code, log) = serving.end("TERM");
    assert!(
        code == 0 && log.contains("cannot keep a file that is being sent"),
        "{log}"
    );
}

#[test]
fn who_sends_a_file_is_told_how_far_it_is_and_nobody_else() {
    let program = Program::new();
    let serving = program.serve();
    let who = clerk(&program, &serving);
    program.add_user(&serving, "other", PASSWORD, ("371482", "reporter"));
    let other = serving.sign_in("other", PASSWORD);
    let file = table(400 << 10);
    let to = format!("POST {NEW}");
    let mut named = begin(&serving, &who, &to, Some(file.len()), b"");
    drop(named);
    let Person::Session(cookie) = &who else {
        unreachable!()
    };
    let host = serving.url.strip_prefix("http://").unwrap();
    named = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {NEW} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\nx-upload: a1\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        file.len()
    );
    named.write_all(head.as_bytes()).unwrap();
    named.write_all(&file[..300 << 10]).unwrap();
    let progress = |who: &Person| serving.send_as(who, "GET", "/api/v1/uploads/a1", "");
    let begun = Instant::now();
    let seen = loop {
        let seen = progress(&who);
        if seen.status == 200 && seen.json()["received"] == 300 << 10 {
            break seen.json();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", seen.text());
    };
    assert_eq!(
        (&seen["announced"], &seen["rows"]),
        (&file.len().into(), &0.into())
    );
    assert_eq!(progress(&other).status, 204);
    named.write_all(&file[300 << 10..]).unwrap();
    assert!(answer(named).starts_with("HTTP/1.1 201"));
    assert_eq!(progress(&who).status, 204);
    serving.end_cleanly();
}

/// What is wrong, by its cell, without what is asked of the file as a whole.
fn issues(draft: &Value) -> Vec<String> {
    let issues = draft["issues"].as_array().unwrap().iter();
    issues
        .map(|issue| format!("{} {} {}", issue["place"], issue["problem"], issue["found"]))
        .collect()
}

#[test]
fn the_copy_with_issues_beside_its_cells_reads_as_the_file_does() {
    let program = Program::new();
    let folder = program.path("bad");
    std::fs::create_dir(&folder).unwrap();
    write_spreadsheets("bad.py", &[&folder]);
    let serving = program.serve();
    let people = [
        ("clerk", "371400", "reporter"),
        ("reviewer", "370000", "reviewer"),
        ("neighbour", "370100", "reporter"),
    ];
    let [clerk, reviewer, neighbour] = people.map(|(name, unit, role)| {
        program.add_user(&serving, name, PASSWORD, (unit, role));
        serving.sign_in(name, PASSWORD)
    });
    let new = "/api/v1/submissions?org-unit=371400&year=2022";
    let table = "县区,纳税企业数,培训场次\n禹城市,五百,12\n齐河县,6989,12.5\n朝阳区,3,4\n";
    let odd = std::fs::read(folder.join("odd-cells.xlsx")).unwrap();
    for (name, file) in [("a.csv", table.as_bytes()), ("odd.xlsx", &odd)] {
        let draft = serving
            .send_file(&clerk, ("POST", new), (name, file), "zh")
            .json();
        let address = format!("/api/v1/submissions/{}/repaired", draft["id"].as_str().unwrap());
        let copy = serving.send_as(&clerk, "GET", &address, "");
        assert_eq!(copy.status, 200);
        assert!(copy.header("content-disposition").ends_with("%2Exlsx"));
        let copied = copy.bytes();
        let path = program.write("copy.xlsx", &copied);
        let comments = write_spreadsheets("comments.py", &[&path]);
        let noted = comments
            .lines()
            .filter(|line| line.contains(" FFFFC7CE "))
            .count();
        assert!(noted >= 3, "{comments}");
        let again = serving
            .send_file(&clerk, ("POST", new), ("copy.xlsx", &copied), "zh")
            .json();
        assert_eq!(issues(&again), issues(&draft), "{name}");
        assert_eq!(again["figures"], draft["figures"]);
        // A draft is its reporters' own.
        for stranger in [&reviewer, &neighbour] {
            assert_eq!(serving.send_as(stranger, "GET", &address, "").status, 404);
        }
    }
    serving.end_cleanly();
}
