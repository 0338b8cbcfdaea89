//! What the program can do, a file each.

pub mod check;
pub mod draw;
pub mod export;
pub mod import;
pub mod read;
pub mod serve;
pub mod synth;
pub mod user;

use chrono::Utc;
use data::definitions::{Catalogue, SAMPLE};

use crate::definitions::Faults;
use crate::store::{self, Store, StoreError};

/// Why the sample is published; pages say it in their own language.
pub const SAMPLE_REASON: &str = "The sample that comes with the program";

/// Fills a database without any vintage with the sample, and says whether it did. Of replicas that start together on an
/// empty database one does.
pub async fn fill_with_sample(store: &Store, catalogue: &Catalogue) -> anyhow::Result<bool> {
    if store.newest_vintage().await?.is_some() {
        return Ok(false);
    }
    let read = data::read::observations("yucheng-2022.csv", SAMPLE, catalogue);
    if !read.issues.is_empty() {
        return Err(Faults::of(&read.issues).into());
    }
    let mut observations: Vec<_> = read.observations.into_iter().map(|(_, found)| found).collect();
    store::sort(&mut observations);
    let mut publishing = match store.begin_publishing(0, SAMPLE_REASON, Utc::now()).await {
        Err(StoreError::Superseded { .. }) => return Ok(false),
        begun => begun?,
    };
    publishing.add(&observations).await?;
    publishing.finish().await?;
    Ok(true)
}
