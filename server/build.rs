//! Puts the built app into the program, and names this build by everything that can change what it answers.

use std::error::Error;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What answers are made from, beside the data: a change here is a change of every entity tag.
const SOURCES: [&str; 10] = [
    "../data/src",
    "../data/charts/src",
    "src",
    "../Cargo.lock",
    "../dist/assets.json",
    "../app/embed.js",
    "../app/component.js",
    "../app/chart.js",
    "../style/embed.css",
    "../style/chart.css",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let dist = fs::canonicalize("../dist").ok();
    fs::write(out.join("assets.rs"), assets(dist.as_deref())?)?;
    for script in ["embed.js", "component.js", "chart.js"] {
        let source = Path::new("../app").join(script);
        fs::write(out.join(script), squeezed(&fs::read_to_string(source)?))?;
    }
    let mut hash = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        hash_all(Path::new(source), &mut hash)?;
    }
    println!("cargo:rustc-env=BUILD_FINGERPRINT={:016x}", hash.finish());
    Ok(())
}

/// The app's files as Rust. Without dist/ the program has no app: its pages are whole, and nothing moves in them.
fn assets(dist: Option<&Path>) -> Result<String, Box<dyn Error>> {
    let Some(dist) = dist.filter(|dist| dist.join("assets.json").exists()) else {
        return Ok("pub const MANIFEST: &str = \"\";\npub const FILES: &[File] = &[];\n".into());
    };
    let mut code = format!(
        "pub const MANIFEST: &str = include_str!({:?});\n",
        dist.join("assets.json")
    );
    let manifest = fs::read_to_string(dist.join("assets.json"))?;
    code.push_str("pub const FILES: &[File] = &[\n");
    // Every second text in quotation marks is a value: a file's name. The rest of dist/ is for work without the server.
    for name in manifest.split('"').skip(3).step_by(4) {
        let file = dist.join(name);
        let compressed = |extension: &str| dist.join(format!("{name}.{extension}"));
        writeln!(
            code,
            "    ({name:?}, [{}, {}, {}]),",
            include(&file),
            include(&compressed("br")),
            include(&compressed("gz"))
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}

/// A script of ours without its comments and its indentation: it stands in every embed, and is counted there. No string in
/// these scripts goes over several lines.
fn squeezed(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**");
    lines.filter(is_code).collect::<Vec<_>>().join("\n")
}

fn include(file: &Path) -> String {
    if file.exists() {
        format!("include_bytes!({file:?})")
    } else {
        "&[]".into()
    }
}

fn hash_all(path: &Path, hash: &mut DefaultHasher) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| hash_all(entry, hash));
    }
    if path.exists() {
        hash.write(&fs::read(path)?);
    }
    Ok(())
}
