//! The same tests on both databases.

mod accounts;
mod charts;
mod deadlines;
mod embedding;
mod files;
mod postgres;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::{Dataset, Level, Names, Observation, ObservationValue, OrgUnit};

use super::publish::{Publishing, sort};
use super::{Address, Database, Seals, Store, StoreError};

pub fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::read(BUILT_IN).0)
}

pub fn sample() -> Vec<Observation> {
    let read = data::read::observations("sample.csv", SAMPLE, &catalogue());
    let mut observations: Vec<Observation> = read
        .observations
        .into_iter()
        .map(|(_, observation)| observation)
        .collect();
    sort(&mut observations);
    observations
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

/// Publishes on top of whatever there is.
pub async fn publish(store: &Store, observations: &[Observation]) -> i64 {
    let mut publishing = begin(store, "a test").await;
    publishing.add(observations).await.unwrap();
    publishing.finish().await.unwrap()
}

async fn begin(store: &Store, reason: &str) -> Publishing {
    let newest = store.newest_vintage().await.unwrap();
    let built_on = newest.map_or(0, |newest| newest.id);
    store.begin_publishing(built_on, reason, now()).await.unwrap()
}

impl Store {
    /// Changes the database behind our back.
    pub async fn execute(&self, sql: &'static str) {
        let done = match &self.database {
            Database::Sqlite { writer, .. } => sqlx::raw_sql(sql).execute(writer).await.map(drop),
            Database::Postgres(pool) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        };
        done.unwrap();
    }
}

/// An entry of the log as a test looks at it: account, unit, subject, detail.
pub type Noted = (Option<String>, Option<String>, String, String);

/// What the log says of an action, the oldest first.
pub async fn noted(store: &Store, action: &str) -> Vec<Noted> {
    let sql = "select account, org_unit, subject, detail from audit where action = $1 order by id";
    let found = match &store.database {
        Database::Sqlite { readers, .. } => sqlx::query_as(sql).bind(action).fetch_all(readers).await,
        Database::Postgres(pool) => sqlx::query_as(sql).bind(action).fetch_all(pool).await,
    };
    found.unwrap()
}

async fn load(store: &Store, as_of: i64) -> Dataset {
    let loaded = store.load(catalogue(), as_of).await.unwrap();
    assert_eq!((loaded.faults, loaded.unknown), (vec![], vec![]));
    loaded.builder.build("1".into())
}

/// The reported observations of a dataset, as a store takes them.
fn observations(dataset: &Dataset) -> Vec<Observation> {
    let all = (0..dataset.len()).map(|row| dataset.observation(row));
    let mut reported: Vec<Observation> = all
        .filter(|observation| observation.origin != data::Origin::Derived)
        .collect();
    sort(&mut reported);
    reported
}

/// Runs a test on an empty store of each kind.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    on_both_addresses(async |address| test(Store::open(&address).await.unwrap()).await).await;
}

/// Runs a test on the address of an empty database of each kind.
pub async fn on_both_addresses(test: impl AsyncFn(Address)) {
    let folder = tempfile::tempdir().unwrap();
    test(Address::Sqlite(folder.path().join("dashboard.db"))).await;
    let server = postgres::server();
    test(Address::Postgres(server.new_database().await)).await;
}

#[tokio::test]
async fn every_figure_comes_back_as_it_was_published() {
    on_both(async |store: Store| {
        assert_eq!(publish(&store, &sample()).await, 1);
        let expected: Vec<Observation> = sample()
            .into_iter()
            .map(|o| Observation { vintage: 1, ..o })
            .collect();
        assert_eq!(observations(&load(&store, i64::MAX).await), expected);
    })
    .await;
}

#[tokio::test]
async fn a_later_vintage_supersedes_and_the_earlier_state_can_still_be_seen() {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        let mut corrected = sample()[..1].to_vec();
        corrected[0].value = Some(ObservationValue::exact(123_456));
        assert_eq!(publish(&store, &corrected).await, 2);
        let first = |dataset: Dataset| observations(&dataset)[0].clone();
        let newest = first(load(&store, i64::MAX).await);
        assert_eq!(
            (newest.value, newest.vintage),
            (Some(ObservationValue::exact(123_456)), 2)
        );
        assert_eq!(first(load(&store, 1).await).value, sample()[0].value);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_figure_is_gone_from_then_on_and_can_be_published_again() {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        let mut publishing = begin(&store, "wrong").await;
        publishing.withdraw(&sample()[..1]).await.unwrap();
        publishing.finish().await.unwrap();
        assert_eq!(observations(&load(&store, i64::MAX).await).len(), 51);
        assert_eq!(observations(&load(&store, 1).await).len(), 52);
        publish(&store, &sample()[..1]).await;
        assert_eq!(observations(&load(&store, i64::MAX).await).len(), 52);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_finished_is_not_there() {
    on_both(async |store: Store| {
        let mut publishing = begin(&store, "dropped").await;
        publishing.add(&sample()).await.unwrap();
        drop(publishing);
        assert!(store.vintages().await.unwrap().is_empty());
        assert!(load(&store, i64::MAX).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn both_databases_seal_a_vintage_with_the_same_hash() {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        publish(&store, &sample()[..1]).await;
        let vintages = store.vintages().await.unwrap();
        assert!(
            vintages[0].hash.starts_with(SEAL_OF_THE_SAMPLE),
            "{}",
            vintages[0].hash
        );
        assert_eq!(
            (vintages[0].id, vintages[0].published_at.as_str()),
            (1, "2023-11-14T22:13:20Z")
        );
        assert_ne!(vintages[0].hash, vintages[1].hash);
        assert_eq!(store.seals().await.unwrap(), Seals::default());
        assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
        assert!(store.is_well().await);
    })
    .await;
}

/// Whoever changes how a vintage is hashed makes every published hash wrong; this is here to be noticed.
const SEAL_OF_THE_SAMPLE: &str = "c2ca351abec6";

#[tokio::test]
async fn many_rows_are_stored_as_one_by_one() {
    on_both(async |store: Store| {
        let units = crate::synth::org_units(30);
        let size = crate::synth::Size {
            indicators: 5,
            years: 7,
            seed: 1,
        };
        let made: Vec<Observation> = crate::synth::observations(&catalogue(), &units, size)
            .flatten()
            .collect();
        let mut publishing = begin(&store, "synthetic").await;
        publishing.add_org_units(&units).await.unwrap();
        publishing.add(&made).await.unwrap();
        publishing.finish().await.unwrap();
        assert_eq!(store.org_units().await.unwrap(), units);
        let catalogue = Arc::new(Catalogue::read(BUILT_IN).0.with_org_units(units));
        let loaded = store.load(catalogue, i64::MAX).await.unwrap();
        let expected: Vec<Observation> = made
            .into_iter()
            .map(|o| Observation { vintage: 1, ..o })
            .collect();
        assert_eq!(observations(&loaded.builder.build("1".into())), expected);
        assert_eq!(store.seals().await.unwrap(), Seals::default());
    })
    .await;
}

#[tokio::test]
async fn an_org_unit_added_again_takes_its_new_name_and_keeps_its_place() {
    on_both(async |store: Store| {
        let unit = |code: &str, zh: &str| OrgUnit {
            code: code.into(),
            name: Names {
                zh: zh.into(),
                en: "Chamber".into(),
            },
            level: Level::Chamber,
            parent: Some("371482".into()),
            opened: Some("2019-05-01".parse().unwrap()),
            closed: None,
        };
        for units in [
            vec![unit("C1", "甲商会"), unit("C2", "乙商会")],
            vec![unit("C1", "丙商会")],
        ] {
            let mut publishing = begin(&store, "chambers").await;
            publishing.add_org_units(&units).await.unwrap();
            publishing.finish().await.unwrap();
        }
        assert_eq!(
            store.org_units().await.unwrap(),
            [unit("C1", "丙商会"), unit("C2", "乙商会")]
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_definitions_do_not_know_is_named_and_left_out() {
    on_both(async |store: Store| {
        let mut foreign = sample()[..1].to_vec();
        foreign[0].key.org_unit = "999999".into();
        publish(&store, &foreign).await;
        let loaded = store.load(catalogue(), i64::MAX).await.unwrap();
        assert!(
            loaded.unknown[0].contains("`999999` is not defined"),
            "{:?}",
            loaded.unknown
        );
        assert!(loaded.builder.build("1".into()).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_compared_with_a_state_that_is_gone_is_refused() {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        let refused = store.begin_publishing(0, "late", now()).await.err().unwrap();
        assert!(
            matches!(
                refused,
                StoreError::Superseded {
                    built_on: 0,
                    newest: 1,
                    ..
                }
            ),
            "{refused}"
        );
        let message = refused.to_string();
        assert!(message.contains("vintage 1 was published meanwhile"), "{message}");
        assert_eq!(store.vintages().await.unwrap().len(), 1);
        assert_eq!(publish(&store, &sample()[..1]).await, 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_that_compared_with_the_same_state_one_publishes() {
    on_both_addresses(async |address| {
        let (one, two) = (
            Store::open(&address).await.unwrap(),
            Store::open(&address).await.unwrap(),
        );
        let publish = async |store: &Store, reason: &str| {
            let mut publishing = store.begin_publishing(0, reason, now()).await?;
            publishing.add(&sample()).await?;
            publishing.finish().await
        };
        let (first, second) = tokio::join!(publish(&one, "one"), publish(&two, "two"));
        assert_eq!(
            [&first, &second]
                .map(|done| done.is_ok())
                .into_iter()
                .filter(|done| *done)
                .count(),
            1
        );
        let refused = first.and(second).unwrap_err();
        assert!(matches!(refused, StoreError::Superseded { .. }), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn replicas_that_start_together_on_an_empty_database_publish_the_sample_once() {
    on_both_addresses(async |address| {
        let (one, two) = (
            Store::open(&address).await.unwrap(),
            Store::open(&address).await.unwrap(),
        );
        let catalogue = catalogue();
        let (first, second) = tokio::join!(
            crate::commands::fill_with_sample(&one, &catalogue),
            crate::commands::fill_with_sample(&two, &catalogue)
        );
        assert!(first.unwrap() != second.unwrap(), "one of them, and one only");
        assert_eq!(one.vintages().await.unwrap().len(), 1);
        assert_eq!(load(&two, i64::MAX).await.len(), 53);
    })
    .await;
}

/// Publishes three vintages, changes the database behind our back, and compares what is found.
async fn check_seals(change: &'static str, broken: &[i64], missing: &[i64]) {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        publish(&store, &sample()[..1]).await;
        publish(&store, &sample()[1..2]).await;
        store.execute(change).await;
        let expected = Seals {
            broken: broken.to_vec(),
            missing: missing.to_vec(),
        };
        assert_eq!(store.seals().await.unwrap(), expected, "{change}");
    })
    .await;
}

#[tokio::test]
async fn a_changed_removed_or_added_observation_breaks_the_seal_of_its_vintage() {
    check_seals(
        "update observation set value = '9999' where value = '6989'",
        &[1],
        &[],
    )
    .await;
    check_seals("update source set publisher = 'another'", &[1, 2, 3], &[]).await;
    check_seals("delete from observation where vintage = 2", &[2], &[]).await;
    let back_dated = "update observation set vintage = 2 where vintage = 3";
    check_seals(back_dated, &[2, 3], &[]).await;
}

#[tokio::test]
async fn a_vintage_removed_from_the_middle_is_missing_and_breaks_the_seal_of_the_next() {
    let removed = "delete from observation where vintage = 2; delete from vintage where id = 2";
    check_seals(removed, &[3], &[2]).await;
    let and_renumbered = "delete from observation where vintage = 2; delete from vintage where id = 2; \
        insert into vintage (id, published_at, reason, hash) select 2, published_at, reason, hash from vintage where id = 3; \
        update observation set vintage = 2 where vintage = 3; delete from vintage where id = 3";
    check_seals(and_renumbered, &[2], &[]).await;
}

/// What is left is a whole chain; only a version noted elsewhere tells that there was more.
#[tokio::test]
async fn a_newest_vintage_removed_with_its_observations_leaves_no_trace() {
    let removed = "delete from observation where vintage = 3; delete from vintage where id = 3";
    check_seals(removed, &[], &[]).await;
}
