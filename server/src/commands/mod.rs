//! What the program can do, a file each.

pub mod check;
pub mod export;
pub mod import;
pub mod serve;
pub mod synth;

use std::sync::Arc;

use chrono::Utc;
use data::definitions::{Catalogue, SAMPLE};
use data::{Dataset, Observation};

use crate::definitions::Faults;
use crate::store::{self, Store, StoreError};

/// The catalogue with the org units that the database has beyond the definitions. Where both have a code, the
/// definitions are right.
async fn with_stored_units(catalogue: Catalogue, store: &Store) -> Result<Arc<Catalogue>, StoreError> {
    let mut stored = store.org_units().await?;
    stored.retain(|unit| catalogue.org_units.get(&unit.code).is_none());
    Ok(Arc::new(catalogue.with_org_units(stored)))
}

/// The newest published state. What the catalogue no longer knows is left out and returned as lines.
async fn load(store: &Store, catalogue: Arc<Catalogue>) -> anyhow::Result<(Dataset, Vec<String>)> {
    let newest = store.vintages().await?.pop();
    let version = newest.map_or("0".to_owned(), |vintage| {
        let short = vintage.hash.get(..12).unwrap_or(&vintage.hash);
        format!("{}-{short}", vintage.id)
    });
    let loaded = store.load(catalogue, i64::MAX).await?;
    if !loaded.faults.is_empty() {
        let found = loaded.faults.join("\n");
        return Err(StoreError::Damaged {
            name: store.name.clone(),
            found,
        }
        .into());
    }
    Ok((loaded.builder.build(version), loaded.unknown))
}

/// Fills a database without any vintage with the sample, and says whether it did.
async fn fill_with_sample(store: &Store, catalogue: &Catalogue) -> anyhow::Result<bool> {
    if !store.vintages().await?.is_empty() {
        return Ok(false);
    }
    let read = data::read::observations("yucheng-2022.csv", SAMPLE, catalogue);
    if !read.issues.is_empty() {
        return Err(Faults::of(&read.issues).into());
    }
    let observations = read
        .observations
        .into_iter()
        .map(|(_, observation)| observation)
        .collect();
    publish(store, "The sample that comes with the program", observations).await?;
    Ok(true)
}

/// Publishes observations as one vintage.
async fn publish(
    database: &Store,
    reason: &str,
    mut observations: Vec<Observation>,
) -> Result<i64, StoreError> {
    store::sort(&mut observations);
    let mut publishing = database.begin_publishing(reason, Utc::now()).await?;
    publishing.add(&observations).await?;
    publishing.finish().await
}
