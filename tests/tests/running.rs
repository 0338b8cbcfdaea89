//! Starting and ending.

use std::net::TcpListener;

use tests::Program;

#[test]
fn an_empty_database_is_filled_with_the_sample_unless_it_is_to_stay_empty() {
    let observations = |program: &Program, arguments: &[&str]| {
        let serving = program.serve_with(arguments);
        let health = serving.get("/healthz").json();
        serving.end_cleanly();
        health["observations"].as_u64().unwrap()
    };
    let program = Program::new();
    assert_eq!(observations(&program, &["--empty"]), 0);
    assert_eq!(observations(&program, &[]), 53);
    assert_eq!(observations(&program, &["--empty"]), 53);
    assert!(program.path("var/dashboard.db").exists());
}

#[test]
fn an_empty_database_has_pages_too() {
    let serving = Program::new().serve_with(&["--empty"]);
    for address in [
        "/",
        "/indicators",
        "/indicators/taxpaying_firms",
        "/org-units",
        "/org-units/371482",
    ] {
        assert_eq!(serving.get(address).status, 200, "{address}");
    }
    serving.end_cleanly();
}

#[test]
fn a_taken_port_is_named_before_anything_else_happens() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let program = Program::new();
    let err = program.run(["serve", "--listen", &address]).failure();
    assert!(
        err.contains(&format!(
            "cannot listen on {address}; choose another address with --listen"
        )),
        "{err}"
    );
    assert!(err.contains("in use"), "{err}");
    assert!(!program.path("var").exists());
}

#[test]
fn a_file_that_is_no_database_of_ours_is_refused_by_name_and_left_untouched() {
    let program = Program::new();
    let mut other = b"SQLite format 3\0".to_vec();
    other.resize(8192, 7);
    for bytes in [b"dear diary".to_vec(), other] {
        let path = program.write("var/dashboard.db", &bytes);
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["export"], &["check"]] {
            let err = program.run(command).failure();
            assert!(
                err.contains("var/dashboard.db is not a database of federation-dashboard"),
                "{err}"
            );
            assert!(std::fs::read(&path).unwrap() == bytes, "the file was changed");
        }
        let beside: Vec<_> = std::fs::read_dir(program.path("var")).unwrap().collect();
        assert_eq!(beside.len(), 1, "{beside:?}");
    }
}

#[test]
fn a_bad_address_of_a_database_says_what_a_good_one_is() {
    let err = Program::new()
        .run(["export", "--database-url", "mysql://root:secret@host/d"])
        .failure();
    assert!(
        err.contains("expected sqlite://FILE") && !err.contains("secret"),
        "{err}"
    );
}

#[test]
fn it_ends_when_asked_and_leaves_one_file() {
    let program = Program::new();
    for signal in ["TERM", "INT"] {
        let serving = program.serve();
        serving.get("/");
        let (code, log) = serving.end(signal);
        assert_eq!(code, 0, "{log}");
    }
    let files: Vec<_> = std::fs::read_dir(program.path("var"))
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(files, ["dashboard.db"]);
}

#[test]
fn it_starts_again_after_it_was_killed() {
    let program = Program::new();
    let (code, _) = program.serve().end("KILL");
    assert_eq!(code, -1);
    let serving = program.serve();
    assert_eq!(serving.get("/healthz").json()["observations"], 53);
    serving.end_cleanly();
}

#[test]
fn the_log_can_be_read_by_programs() {
    let serving = Program::new().serve_with(&["--log-format", "json", "--log-level", "debug"]);
    serving.get("/nowhere");
    serving.get("/api/v1/nothing");
    let log = serving.end_cleanly();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let refused = lines.iter().find(|line| line["message"] == "refused").unwrap();
    assert_eq!(
        (&refused["code"], &refused["address"]),
        (&"no_such_address".into(), &"/api/v1/nothing".into())
    );
    assert!(refused["request_id"].is_string() && refused["timestamp"].is_string());
}

#[test]
fn the_app_can_be_served_from_a_folder_that_comes_later() {
    let program = Program::new();
    let serving = program.serve_with(&["--dist", "dist"]);
    assert!(!serving.get("/").text().contains("/assets/"));
    let names = [
        "l.js", "g.js", "w.wasm", "c.css", "i.svg", "d.css", "d.js", "f.js", "f.wasm",
    ];
    for name in names {
        program.write(&format!("dist/{name}"), name);
    }
    let manifest = r#"{"loader":"l.js","glue":"g.js","wasm":"w.wasm","css":"c.css","icon":"i.svg","desk_css":"d.css","desk":"d.js","form":"f.js","form_wasm":"f.wasm"}"#;
    program.write("dist/assets.json", manifest);
    let page = serving.get("/").text();
    assert!(
        page.contains("/assets/g.js") && page.contains(">l.js</script>"),
        "no app in the page"
    );
    assert_eq!(serving.get("/assets/c.css").text(), "c.css");
    serving.end_cleanly();
}
