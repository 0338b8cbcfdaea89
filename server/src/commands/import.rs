use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use chrono::Utc;
use data::OrgUnit;
use data::definitions::Catalogue;

use crate::cli::Import;
use crate::counted;
use crate::definitions::{self, Faults};
use crate::publication::{Comparison, compare, mixes_synthetic};
use crate::state;
use crate::store::{self, Address, Store, StoreError};
use crate::text;

/// How often a file is compared, where others publish between its reading and its writing. That takes seconds even for a
/// country, so whoever loses five times in a row fights a program that publishes without end, and should know.
const TRIES: usize = 5;

/// A file as text in UTF-8.
struct File {
    name: String,
    text: Vec<u8>,
}

/// What is to be published, and why.
struct HandedIn {
    observations: File,
    org_units: Option<File>,
    reason: String,
}

/// Reads, verifies and compares the whole file before the first row is written; then publishes it in one transaction.
pub async fn run(args: Import) -> anyhow::Result<()> {
    let file_name = args.file.file_name().unwrap_or(args.file.as_os_str());
    let reason = format!("Import of {}", file_name.to_string_lossy());
    let handed_in = HandedIn {
        observations: read(&args.file)?,
        org_units: args.org_units.as_deref().map(read).transpose()?,
        reason: args.reason.unwrap_or(reason),
    };
    let definitions = definitions::load(args.definitions.definitions.as_deref())?.catalogue;
    let store = Store::open(&Address::parse(&args.database.database_url)?).await?;
    let done = until_undisturbed(async || publish(&store, &definitions, &handed_in).await).await;
    store.close().await;
    println!("{}", done?);
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<File> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let text = text::utf8(bytes);
    Ok(File { name, text })
}

/// Tries again where somebody published meanwhile: what was compared was compared with a state that is gone.
async fn until_undisturbed<T>(mut attempt: impl AsyncFnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let mut tries = 1;
    loop {
        let done = attempt().await;
        let disturbed = done.as_ref().err().and_then(|error| error.downcast_ref());
        if tries == TRIES || !matches!(disturbed, Some(StoreError::Superseded { .. })) {
            return done;
        }
        tries += 1;
    }
}

/// Compares with the newest state and publishes on top of it; answers what was done.
async fn publish(store: &Store, definitions: &Catalogue, handed_in: &HandedIn) -> anyhow::Result<String> {
    let newest = store.newest_vintage().await?;
    let stored = store.org_units().await?;
    let mut units = match &handed_in.org_units {
        Some(file) => read_org_units(file, definitions, &stored)?,
        None => Vec::new(),
    };
    let catalogue = Arc::new(
        definitions
            .clone()
            .with_org_units(merged(definitions, &stored, &units)),
    );
    let File { name, text } = &handed_in.observations;
    let read = data::exchange::read(name, text, &catalogue);
    if !read.issues.is_empty() {
        return Err(Faults::of(&read.issues).into());
    }
    let state = state::load(store, newest.as_ref(), catalogue).await?;
    let comparison = compare(&state.dataset, read.observations);
    refuse_conflicts(&comparison, &handed_in.observations)?;
    ensure!(
        !mixes_synthetic(&state.dataset, &comparison),
        "{} and {name} would mix real figures with made-up ones; choose another database with --database-url",
        store.name
    );
    units.retain(|unit| !stored.contains(unit));
    let vintage = write(store, state.vintage, &handed_in.reason, &units, &comparison).await?;
    Ok(summary(&comparison, units.len(), vintage))
}

fn read_org_units(file: &File, catalogue: &Catalogue, stored: &[OrgUnit]) -> anyhow::Result<Vec<OrgUnit>> {
    let (units, issues) = catalogue.read_org_units(&file.name, &file.text, stored);
    if issues.is_empty() {
        Ok(units)
    } else {
        Err(Faults::of(&issues).into())
    }
}

/// The units of the database and those of the file, which replace the former where both have a code; those of the
/// definitions are in neither.
fn merged(definitions: &Catalogue, stored: &[OrgUnit], further: &[OrgUnit]) -> Vec<OrgUnit> {
    let is_kept = |unit: &&OrgUnit| {
        definitions.org_units.get(&unit.code).is_none() && further.iter().all(|other| other.code != unit.code)
    };
    stored.iter().filter(is_kept).chain(further).cloned().collect()
}

fn refuse_conflicts(comparison: &Comparison, file: &File) -> Result<(), Faults> {
    if comparison.conflicts.is_empty() {
        return Ok(());
    }
    let column = value_column(&file.text);
    let lines = comparison
        .conflicts
        .iter()
        .map(|conflict| conflict.message(&file.name, column));
    Err(Faults(lines.collect()))
}

/// Nothing where there is nothing new, so that an import repeated leaves no empty vintage behind.
async fn write(
    store: &Store,
    built_on: i64,
    reason: &str,
    units: &[OrgUnit],
    comparison: &Comparison,
) -> Result<Option<i64>, StoreError> {
    let new = comparison.added.iter().chain(&comparison.revised);
    let mut new: Vec<_> = new.cloned().collect();
    if new.is_empty() && units.is_empty() {
        return Ok(None);
    }
    store::sort(&mut new);
    let mut publishing = store.begin_publishing(built_on, reason, Utc::now()).await?;
    publishing.add_org_units(units).await?;
    publishing.add(&new).await?;
    Ok(Some(publishing.finish().await?))
}

fn summary(comparison: &Comparison, units: usize, published: Option<i64>) -> String {
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
    if units > 0 {
        parts.push(counted(units, "org unit") + " added or changed");
    }
    let state = match published {
        Some(vintage) => format!("published as vintage {vintage}"),
        None => "nothing new to publish".to_owned(),
    };
    format!("{}: {state}", parts.join(", "))
}

/// Where the values stand in the file, from 1, for the place of a conflict.
fn value_column(text: &[u8]) -> usize {
    let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    let names = data::read::COLUMNS[2].names;
    let is_value = |cell: &str| {
        let name = cell.trim_start_matches('\u{feff}').trim();
        names.contains(&name) || name.starts_with("OBS_VALUE")
    };
    header.split(',').position(is_value).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{on_both_addresses, publish as publish_observations, sample};

    fn superseded() -> anyhow::Error {
        let name = "a database".to_owned();
        StoreError::Superseded {
            name,
            built_on: 0,
            newest: 1,
        }
        .into()
    }

    #[tokio::test]
    async fn an_attempt_is_made_again_while_others_publish_but_not_for_ever() {
        let attempts = async |disturbed: usize| {
            let mut made = 0;
            let done = until_undisturbed(async || {
                made += 1;
                if made > disturbed {
                    Ok(())
                } else {
                    Err(superseded())
                }
            });
            let is_done = done.await.is_ok();
            (is_done, made)
        };
        assert_eq!(attempts(0).await, (true, 1));
        assert_eq!(attempts(4).await, (true, 5));
        assert_eq!(attempts(100).await, (false, 5));
    }

    #[tokio::test]
    async fn what_was_published_meanwhile_is_compared_with_and_a_conflict_is_shown() {
        on_both_addresses(async |address| {
            let store = Store::open(&address).await.unwrap();
            let definitions = Arc::unwrap_or_clone(crate::store::tests::catalogue());
            let text = String::from_utf8_lossy(data::definitions::SAMPLE);
            let text = text
                .replace("中华工商时报", "另一家报纸")
                .replace(",6989,", ",7000,");
            let handed_in = HandedIn {
                observations: File {
                    name: "other.csv".into(),
                    text: text.into_bytes(),
                },
                org_units: None,
                reason: "a test".into(),
            };
            let mut made = 0;
            let refused = until_undisturbed(async || {
                made += 1;
                if made == 1 {
                    publish_observations(&store, &sample()).await;
                    return Err(superseded());
                }
                publish(&store, &definitions, &handed_in).await
            });
            let refused = refused.await.unwrap_err().to_string();
            assert!(
                refused.contains("found 7000 from") && refused.contains("vintage 1 publishes 6989"),
                "{refused}"
            );
        })
        .await;
    }
}
