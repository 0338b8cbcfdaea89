use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use chrono::Utc;
use data::OrgUnit;
use data::definitions::Catalogue;

use crate::cli::Import;
use crate::counted;
use crate::definitions::{self, Faults};
use crate::publication::{Comparison, compare};
use crate::store::{self, Address, Store};

/// Reads, verifies and compares the whole file before the first row is written; then publishes it in one transaction.
pub async fn run(args: Import) -> anyhow::Result<()> {
    let name = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {name}"))?;
    let catalogue = definitions::load(args.definitions.definitions.as_deref())?.catalogue;
    let store = Store::open(&Address::parse(&args.database.database_url)?).await?;
    let known = store.org_units().await?;
    let further = match &args.org_units {
        Some(file) => read_org_units(file, &catalogue, &known)?,
        None => Vec::new(),
    };
    let catalogue = Arc::new(catalogue.with_org_units(merged(known, &further)));
    let read = data::read::observations(&name, &bytes, &catalogue);
    if !read.issues.is_empty() {
        return Err(Faults::of(&read.issues).into());
    }
    let (dataset, _) = super::load(&store, catalogue).await?;
    let comparison = compare(&dataset, read.observations);
    if !comparison.conflicts.is_empty() {
        let column = value_column(&bytes);
        let lines = comparison
            .conflicts
            .iter()
            .map(|conflict| conflict.message(&name, column));
        return Err(Faults(lines.collect()).into());
    }
    let reason = args
        .reason
        .unwrap_or_else(|| format!("Import of {}", file_name(&args.file)));
    let published = publish(&store, &reason, &further, &comparison).await?;
    store.close().await;
    println!("{}", summary(&comparison, published));
    Ok(())
}

fn read_org_units(file: &Path, catalogue: &Catalogue, stored: &[OrgUnit]) -> anyhow::Result<Vec<OrgUnit>> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
    let (units, issues) = catalogue.read_org_units(&name, &bytes, stored);
    if issues.is_empty() {
        Ok(units)
    } else {
        Err(Faults::of(&issues).into())
    }
}

/// The units of the database and those of the file, which replace the former where both have a code.
fn merged(known: Vec<OrgUnit>, further: &[OrgUnit]) -> Vec<OrgUnit> {
    let is_kept = |unit: &OrgUnit| further.iter().all(|other| other.code != unit.code);
    known
        .into_iter()
        .filter(is_kept)
        .chain(further.iter().cloned())
        .collect()
}

/// Nothing where there is nothing new, so that an import repeated leaves no empty vintage behind.
async fn publish(
    store: &Store,
    reason: &str,
    further: &[OrgUnit],
    comparison: &Comparison,
) -> anyhow::Result<Option<i64>> {
    let mut new: Vec<_> = comparison
        .added
        .iter()
        .chain(&comparison.revised)
        .cloned()
        .collect();
    if new.is_empty() {
        return Ok(None);
    }
    store::sort(&mut new);
    let mut publishing = store.begin_publishing(reason, Utc::now()).await?;
    publishing.add_org_units(further).await?;
    publishing.add(&new).await?;
    Ok(Some(publishing.finish().await?))
}

fn summary(comparison: &Comparison, published: Option<i64>) -> String {
    let mut parts = vec![counted(comparison.added.len(), "observation") + " added"];
    let mut tell = |number: usize, what: &str| {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    };
    tell(comparison.revised.len(), "corrected");
    tell(comparison.identical, "published already");
    tell(
        comparison.confirmed,
        "confirmed by another source and left as published",
    );
    tell(comparison.computed, "of computed indicators left out");
    let state = match published {
        Some(vintage) => format!("published as vintage {vintage}"),
        None => "nothing new to publish".to_owned(),
    };
    format!("{}: {state}", parts.join(", "))
}

/// Where the values stand in the file, from 1, for the place of a conflict.
fn value_column(bytes: &[u8]) -> usize {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    let names = data::read::COLUMNS[2].names;
    let is_value = |cell: &str| names.contains(&cell.trim_start_matches('\u{feff}').trim());
    header.split(',').position(is_value).map_or(1, |at| at + 1)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
