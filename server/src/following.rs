//! A server follows its database: what anyone publishes, this program or another on any machine, every server serves about
//! a second later.

use std::sync::Arc;
use std::time::{Duration, Instant};

use data::definitions::Catalogue;
use tokio::runtime::Handle;

use crate::http::app::App;
use crate::state::{self, State};
use crate::store::{Store, StoreError};

/// How long a publication may stay unseen. A look costs the database microseconds, and is the same for SQLite and
/// PostgreSQL; notifications would be for one of them, and would need the look as well after every lost connection.
const PAUSE: Duration = Duration::from_secs(1);

/// Each failure doubles the pause up to this, so that a database that is away for a night fills no log, and is found again
/// soon enough.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Looks for new vintages as long as it is polled: the one place that changes what is served.
pub async fn follow(app: Arc<App>, definitions: Catalogue) {
    let mut pause = PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        pause = match look(&app, &definitions).await {
            Ok(()) => PAUSE,
            Err(error) => {
                let error = format!("{error:#}");
                tracing::warn!(error, "cannot load what is published; trying again");
                (pause * 2).min(LONGEST_PAUSE)
            }
        };
    }
}

async fn look(app: &Arc<App>, definitions: &Catalogue) -> anyhow::Result<()> {
    // Neither keeps the other from being taken in.
    let hosts = look_for_hosts(app).await;
    look_for_vintage(app, definitions).await?;
    Ok(hosts?)
}

async fn look_for_vintage(app: &Arc<App>, definitions: &Catalogue) -> anyhow::Result<()> {
    let _turn = app.publishing.lock().await;
    let newest = app.store.newest_vintage().await?;
    if state::version(newest.as_ref()) == app.published.load().dataset.version {
        return Ok(());
    }
    let state = load(&app.store, definitions.clone()).await?;
    app.publish(state.dataset);
    Ok(())
}

/// Takes in who may frame embeds, where that has changed; a list of a few lines is asked for as a whole.
pub async fn look_for_hosts(app: &App) -> Result<(), StoreError> {
    // One look at a time: of two the later to end could have begun, and read, before the other.
    let _turn = app.listing.lock().await;
    let hosts = app.store.embedding_hosts().await?;
    if hosts != *app.published.load().hosts {
        app.frame_by(hosts);
    }
    Ok(())
}

/// The newest state, loaded on a thread of its own: a country takes seconds, in which the threads that serve go on.
pub async fn load(store: &Store, definitions: Catalogue) -> anyhow::Result<State> {
    let started = Instant::now();
    let (store, runtime) = (store.clone(), Handle::current());
    let name = store.name.clone();
    let loading =
        tokio::task::spawn_blocking(move || runtime.block_on(state::load_newest(&store, definitions)));
    let state = loading.await??;
    if let Some(first) = state.unknown.first() {
        let series = state.unknown.len();
        tracing::warn!(series, first, "left out what the definitions do not know");
    }
    tracing::info!(
        database = name,
        dataset = state.dataset.version,
        observations = state.dataset.len(),
        milliseconds = started.elapsed().as_millis() as u64,
        "loaded"
    );
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::answer::Kind;
    use crate::http::assets::Assets;
    use crate::http::published::Published;
    use crate::store::Address;
    use crate::store::tests::{catalogue, on_both_addresses, publish, sample};

    /// A server of its own on a database: what it serves, kept as new as the database by a task.
    async fn replica(address: &Address) -> Arc<App> {
        let store = Store::open(address).await.unwrap();
        let definitions = Arc::unwrap_or_clone(catalogue());
        let state = load(&store, definitions.clone()).await.unwrap();
        let published = Published::new(Arc::new(state.dataset), "", Arc::new(Assets::none()));
        let app = Arc::new(App::new(published, String::new(), store, None));
        tokio::spawn(follow(app.clone(), definitions));
        app
    }

    #[tokio::test]
    async fn every_replica_swaps_in_what_is_published_and_tells_its_version() {
        on_both_addresses(async |address| {
            let replicas = [replica(&address).await, replica(&address).await];
            let mut waiting = replicas.each_ref().map(|app| app.versions());
            let store = Store::open(&address).await.unwrap();
            publish(&store, &sample()).await;
            let expected = store.newest_vintage().await.unwrap().unwrap().version();
            for (app, versions) in replicas.iter().zip(&mut waiting) {
                let told = tokio::time::timeout(Duration::from_secs(20), versions.changed()).await;
                told.unwrap().unwrap();
                assert_eq!(*versions.borrow(), expected);
                let published = app.published.load();
                assert_eq!(
                    (published.dataset.len(), &published.dataset.version),
                    (53, &expected)
                );
            }
        })
        .await;
    }

    #[tokio::test]
    async fn every_replica_takes_in_who_may_frame_embeds_and_their_tags_change() {
        on_both_addresses(async |address| {
            let replicas = [replica(&address).await, replica(&address).await];
            let tags = |kind| replicas.each_ref().map(|app| app.published.load().tag_of(kind));
            let before = [tags(Kind::Embed), tags(Kind::Html)];
            let store = Store::open(&address).await.unwrap();
            store
                .execute("insert into embedding_host (position, host) values (1, '*.a.cn')")
                .await;
            let deadline = Instant::now() + Duration::from_secs(20);
            for app in &replicas {
                while app.published.load().hosts.is_any() {
                    assert!(Instant::now() < deadline, "the list was not taken in");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                assert_eq!(app.published.load().hosts.lines(), ["*.a.cn"]);
            }
            let after = [tags(Kind::Embed), tags(Kind::Html)];
            assert_ne!(after[0], before[0]);
            assert_eq!(after[0][0], after[0][1], "of one list there is one tag");
            assert_eq!(after[1], before[1]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_failure_leaves_what_is_served_and_is_over_when_the_database_is_whole_again() {
        on_both_addresses(async |address| {
            let app = replica(&address).await;
            let (mut versions, store) = (app.versions(), Store::open(&address).await.unwrap());
            publish(&store, &sample()).await;
            store
                .execute("update observation set status = '?' where value = '6989'")
                .await;
            let definitions = Arc::unwrap_or_clone(catalogue());
            assert!(look(&app, &definitions).await.is_err());
            assert_eq!(app.published.load().dataset.len(), 0);
            store
                .execute("update observation set status = 'A' where value = '6989'")
                .await;
            let told = tokio::time::timeout(Duration::from_secs(20), versions.changed()).await;
            told.unwrap().unwrap();
            assert_eq!(app.published.load().dataset.len(), 53);
        })
        .await;
    }
}
