use std::sync::Arc;

use data::Dataset;
use sha2::{Digest, Sha256};

use super::assets::Assets;
use super::cache::Cache;

/// Everything that answers are made from, immutable: a new state is swapped in whole, with an empty cache.
#[derive(Debug)]
pub struct Published {
    /// The observations.
    pub dataset: Arc<Dataset>,
    /// The app.
    pub assets: Arc<Assets>,
    /// The answers made so far.
    pub cache: Cache,
    /// In every entity tag: the version of the dataset, and a short name for the definitions, the program and the app.
    pub tag: String,
}

impl Published {
    /// A state that nobody has asked yet.
    pub fn new(dataset: Arc<Dataset>, definitions: &str, assets: Arc<Assets>) -> Published {
        let mut made_by = Sha256::new();
        for part in [env!("BUILD_FINGERPRINT"), definitions, &assets.fingerprint] {
            made_by.update(part);
            made_by.update([0]);
        }
        let made_by: String = made_by
            .finalize()
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Published {
            tag: format!("{}-{made_by}", dataset.version),
            dataset,
            assets,
            cache: Cache::default(),
        }
    }
}
