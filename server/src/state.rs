//! What is published, taken from the database as a whole.

use std::sync::Arc;

use data::Dataset;
use data::definitions::Catalogue;

use crate::store::{Store, StoreError, Vintage};

/// A published state.
#[derive(Debug)]
pub struct State {
    /// The observations, under the version of the state.
    pub dataset: Dataset,
    /// The number of the newest vintage in it; 0 where nothing was published.
    pub vintage: i64,
    /// Observations whose indicator or org unit the catalogue no longer knows, each series in a line; they are left out.
    pub unknown: Vec<String>,
}

/// The version of a state: that of its newest vintage.
pub fn version(newest: Option<&Vintage>) -> String {
    newest.map_or("0".to_owned(), Vintage::version)
}

/// The number of the newest vintage of a state, from its version; 0 where nothing is published.
pub fn vintage(published: &Dataset) -> u32 {
    let number = published.version.split('-').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

/// The newest state over the definitions and the org units that the database has beyond them.
pub async fn load_newest(store: &Store, definitions: Catalogue) -> anyhow::Result<State> {
    let newest = store.newest_vintage().await?;
    let catalogue = with_stored_units(definitions, store).await?;
    load(store, newest.as_ref(), catalogue).await
}

/// The state of a vintage that was the newest. Whoever loads asks for the vintage first, and only then for anything else:
/// what comes later in the database is at least as new as the vintage, and never lacks a unit that it needs.
pub async fn load(
    store: &Store,
    newest: Option<&Vintage>,
    catalogue: Arc<Catalogue>,
) -> anyhow::Result<State> {
    let vintage = newest.map_or(0, |newest| newest.id);
    let loaded = store.load(catalogue, vintage).await?;
    if !loaded.faults.is_empty() {
        let found = loaded.faults.join("\n");
        let name = store.name.clone();
        return Err(StoreError::Damaged { name, found }.into());
    }
    let mut dataset = loaded.builder.build(version(newest));
    dataset.published_at = newest.map(|newest| newest.published_at.clone());
    Ok(State {
        dataset,
        vintage,
        unknown: loaded.unknown,
    })
}

/// The catalogue with the org units that the database has beyond the definitions. Where both have a code, the
/// definitions are right.
pub async fn with_stored_units(catalogue: Catalogue, store: &Store) -> Result<Arc<Catalogue>, StoreError> {
    let mut stored = store.org_units().await?;
    stored.retain(|unit| catalogue.org_units.get(&unit.code).is_none());
    Ok(Arc::new(catalogue.with_org_units(stored)))
}
