//! Published states of the past: the one thing that is read from the database when somebody asks.

use std::sync::Arc;

use data::AsOf;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use super::app::App;
use super::failure::Problem;
use super::published::Published;
use crate::state;
use crate::store::Vintage;

/// How many past states are kept: a country's takes some 250 MB, and a reader compares two.
const MOST_KEPT: usize = 2;

/// The past states that were asked for last, the latest at the end.
///
/// They are loaded one at a time: who asks for many waits, and the newest state is served meanwhile.
#[derive(Debug, Default)]
pub struct Past {
    kept: Arc<Mutex<Vec<Arc<Published>>>>,
}

impl Past {
    /// The state that an address names.
    pub async fn as_of(&self, app: &Arc<App>, as_of: AsOf) -> Result<Arc<Published>, Problem> {
        let vintage = app.store.vintage_as_of(as_of).await.map_err(failed)?;
        let vintage = vintage.ok_or(Problem::NothingAsOf(as_of))?;
        let newest = app.published.load_full();
        if newest.dataset.version == vintage.version() {
            return Ok(newest);
        }
        let kept = timeout(app.patience, self.kept.clone().lock_owned()).await;
        let kept = kept.map_err(|_| Problem::Busy)?;
        // The lock is held by the work and not by who waits for it: a client that goes away does not begin another load.
        let found = tokio::spawn(find(app.clone(), kept, newest, vintage));
        found.await.map_err(failed)?
    }
}

type Kept = OwnedMutexGuard<Vec<Arc<Published>>>;

async fn find(
    app: Arc<App>,
    mut kept: Kept,
    newest: Arc<Published>,
    vintage: Vintage,
) -> Result<Arc<Published>, Problem> {
    // A state of another app than the one that is served now would name files that are gone, one of other org units would
    // call them by their old names, and one of another list would let others frame it.
    kept.retain(|state| {
        Arc::ptr_eq(&state.assets, &newest.assets)
            && Arc::ptr_eq(&state.hosts, &newest.hosts)
            && Arc::ptr_eq(&state.dataset.catalogue, &newest.dataset.catalogue)
    });
    if let Some(at) = kept
        .iter()
        .position(|state| state.dataset.version == vintage.version())
    {
        let state = kept.remove(at);
        kept.push(state.clone());
        return Ok(state);
    }
    let state = Arc::new(load(&app, &newest, vintage).await?);
    if kept.len() == MOST_KEPT {
        kept.remove(0);
    }
    kept.push(state.clone());
    Ok(state)
}

/// Loads a state on a thread of its own, over the org units that are known now, which its entity tags therefore name too.
async fn load(app: &App, newest: &Published, vintage: Vintage) -> Result<Published, Problem> {
    let (store, runtime) = (app.store.clone(), Handle::current());
    let catalogue = newest.dataset.catalogue.clone();
    let loading = move || runtime.block_on(state::load(&store, Some(&vintage), catalogue));
    let state = tokio::task::spawn_blocking(loading).await;
    let state = state.map_err(failed)?.map_err(failed)?;
    let past = app.of_dataset(state.dataset);
    Ok(Published {
        tag: format!("{}-{}", past.tag, newest.dataset.version),
        ..past
    })
}

fn failed(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "cannot load a past state");
    Problem::Internal
}
