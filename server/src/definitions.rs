//! The definitions as bytes: those in the program, or those of a folder.

use std::fmt;
use std::path::Path;

use anyhow::Context;
use data::definitions::{BUILT_IN, Catalogue, DefinitionFiles};
use data::read::Issue;
use sha2::{Digest, Sha256};

/// A catalogue and a short name for exactly these definitions.
#[derive(Debug)]
pub struct Definitions {
    /// What observations refer to.
    pub catalogue: Catalogue,
    /// Changes whenever a byte of the files changes.
    pub fingerprint: String,
}

/// Everything that is wrong in files, one line each.
#[derive(Debug)]
pub struct Faults(pub Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Faults {}

impl Faults {
    /// The lines of these issues; the files are named as the person named them.
    pub fn of(issues: &[Issue]) -> Faults {
        Faults(issues.iter().map(ToString::to_string).collect())
    }
}

/// Reads the definitions of a folder, or the built-in ones.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Definitions> {
    let Some(folder) = folder else {
        return read(BUILT_IN, "");
    };
    let file = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (groups, units) = (file("groups.csv")?, file("unit_measures.csv")?);
    let (indicators, org_units) = (file("indicators.csv")?, file("org_units.csv")?);
    let files = DefinitionFiles {
        groups: &groups,
        unit_measures: &units,
        indicators: &indicators,
        org_units: &org_units,
    };
    read(files, &format!("{}/", folder.display()))
}

fn read(files: DefinitionFiles<'_>, prefix: &str) -> anyhow::Result<Definitions> {
    let (catalogue, mut issues) = Catalogue::read(files);
    if !issues.is_empty() {
        for issue in &mut issues {
            issue.file.insert_str(0, prefix);
        }
        return Err(Faults::of(&issues).into());
    }
    let mut hash = Sha256::new();
    for file in [
        files.groups,
        files.unit_measures,
        files.indicators,
        files.org_units,
    ] {
        hash.update((file.len() as u64).to_le_bytes());
        hash.update(file);
    }
    let fingerprint = hash
        .finalize()
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(Definitions {
        catalogue,
        fingerprint,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_folder_are_named_with_its_path_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("groups.csv", b"code,name_zh,name_en\nchambers,,Chambers\n");
        let units = String::from_utf8_lossy(BUILT_IN.unit_measures).replacen(",count", ",heap", 1);
        write("unit_measures.csv", units.as_bytes());
        write("indicators.csv", BUILT_IN.indicators);
        write("org_units.csv", BUILT_IN.org_units);
        let faults = load(Some(folder.path())).unwrap_err().to_string();
        let prefix = folder.path().display();
        assert!(
            faults.contains(&format!("{prefix}/groups.csv:2:2: name_zh: ")),
            "{faults}"
        );
        assert!(
            faults.contains(&format!("{prefix}/unit_measures.csv:2:5: kind: found `heap`")),
            "{faults}"
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = load(Some(folder.path())).unwrap_err();
        assert!(error.to_string().contains("groups.csv"), "{error}");
    }
}
