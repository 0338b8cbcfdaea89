use std::path::Path;
use std::process::Command;

use crate::spreadsheets::tools;
use crate::{Person, Serving};

/// Fails unless a file is a valid OpenAPI document.
pub fn validate_openapi(document: &Path) {
    run(reader("openapi-spec-validator").arg(document));
}

/// Asks a running program what its description says, by requests made up from that, as tests/openapi/schemathesis.toml has
/// it; fails where an answer is a fault of the server or none that is described.
pub fn ask_what_is_described(serving: &Serving, who: &Person) {
    let Person::Session(cookie) = who else {
        panic!("most of it is answered to a session alone")
    };
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/schemathesis.toml");
    let document = format!("{}/api/v1/openapi.json", serving.url);
    let (_, session) = cookie.split_once('=').unwrap();
    let mut schemathesis = reader("schemathesis");
    schemathesis
        .env("SESSION", session)
        .arg("--config-file")
        .arg(settings);
    // Where it keeps what it has found it is to begin anew.
    let folder = tempfile::tempdir().unwrap();
    schemathesis.current_dir(folder.path());
    run(schemathesis.arg("run").arg(document));
}

/// What `.ci/setup test` put beside other tools.
fn reader(program: &str) -> Command {
    Command::new(tools().join("openapi/bin").join(program))
}

fn run(command: &mut Command) {
    let output = command.output();
    let output = output.expect("`.ci/setup test` installs what reads OpenAPI");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
