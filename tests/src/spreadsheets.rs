use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs one of the scripts of tests/layouts, which write spreadsheets by other programs than ours, with these arguments,
/// and answers what it printed.
pub fn write_spreadsheets(script: &str, arguments: &[&Path]) -> String {
    let arguments: Vec<&OsStr> = arguments.iter().map(|path| path.as_os_str()).collect();
    run(("spreadsheets", "layouts"), script, &arguments)
}

/// The same of tests/standards, which read open formats by other programs than ours.
pub fn read_standard(script: &str, arguments: &[&OsStr]) -> String {
    run(("standards", "standards"), script, arguments)
}

fn run((environment, folder): (&str, &str), script: &str, arguments: &[&OsStr]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(script);
    let output = Command::new(python(environment))
        .arg(script)
        .args(arguments)
        .output();
    let output = output.expect("`.ci/setup test` installs Python's libraries");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The Python that .ci/setup gave those libraries.
fn python(environment: &str) -> PathBuf {
    tools().join(environment).join("bin/python")
}

/// Where .ci/setup puts what tests use.
pub(crate) fn tools() -> PathBuf {
    let tools = std::env::var_os("TOOLS").map(PathBuf::from);
    tools.unwrap_or_else(|| {
        let home = std::env::var_os("HOME").unwrap_or_default();
        Path::new(&home).join(".cache/federation-dashboard/tools")
    })
}
