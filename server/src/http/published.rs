use std::sync::Arc;

use data::Dataset;
use data::embedding::EmbeddingHosts;
use sha2::{Digest, Sha256};

use super::answer::Kind;
use super::assets::Assets;
use super::cache::Cache;
use super::security::{InlineText, Policies};

/// Everything that answers are made from, immutable: a new state is swapped in whole, with an empty cache.
#[derive(Debug)]
pub struct Published {
    /// The observations.
    pub dataset: Arc<Dataset>,
    /// The app.
    pub assets: Arc<Assets>,
    /// Who may frame embeds.
    pub hosts: Arc<EmbeddingHosts>,
    /// Where others reach us, such as `https://figures.example.cn`: what is pasted elsewhere needs whole addresses.
    pub origin: Arc<str>,
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
        Published {
            tag: format!("{}-{}", dataset.version, short(made_by)),
            dataset,
            assets,
            hosts: Arc::default(),
            origin: Arc::default(),
            cache: Cache::default(),
        }
    }

    /// The same, framed by these hosts.
    pub fn framed_by(self, hosts: Arc<EmbeddingHosts>) -> Published {
        Published { hosts, ..self }
    }

    /// The same, reached at this origin.
    pub fn reached_at(self, origin: Arc<str>) -> Published {
        Published { origin, ..self }
    }

    /// What an embed with these texts inside it may do, and who may frame it.
    pub fn embed_policies(&self, inline: &[InlineText<'_>]) -> Option<Arc<Policies>> {
        Some(Arc::new(Policies::of_embed(inline, &self.hosts)))
    }

    /// The entity tag of an answer of a kind. Who may frame an embed stands in its headers, which caches keep with it: a
    /// changed list must make another answer of it.
    pub fn tag_of(&self, kind: Kind) -> String {
        match kind {
            Kind::Embed => {
                let list = Sha256::new_with_prefix(self.hosts.frame_ancestors());
                format!("{}-{}", self.tag, short(list))
            }
            _ => self.tag.clone(),
        }
    }
}

/// Enough of a hash to tell one list or program from the next.
fn short(hash: Sha256) -> String {
    let hash = hash.finalize();
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
