//! The same tests on both databases.

mod files;
mod postgres;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::{Dataset, Level, Names, Observation, ObservationValue, OrgUnit};

use super::publish::sort;
use super::{Address, Store};

fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::read(BUILT_IN).0)
}

fn sample() -> Vec<Observation> {
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

async fn publish(store: &Store, observations: &[Observation]) -> i64 {
    let mut publishing = store.begin_publishing("a test", now()).await.unwrap();
    publishing.add(observations).await.unwrap();
    publishing.finish().await.unwrap()
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
async fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Address::Sqlite(folder.path().join("dashboard.db"));
    test(Store::open(&sqlite).await.unwrap()).await;
    let server = postgres::server();
    let postgres = Address::Postgres(server.new_database().await);
    test(Store::open(&postgres).await.unwrap()).await;
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
        let mut publishing = store.begin_publishing("wrong", now()).await.unwrap();
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
        let mut publishing = store.begin_publishing("dropped", now()).await.unwrap();
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
        assert_eq!(store.broken_seals().await.unwrap(), Vec::<i64>::new());
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
        let mut publishing = store.begin_publishing("synthetic", now()).await.unwrap();
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
        assert_eq!(store.broken_seals().await.unwrap(), Vec::<i64>::new());
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
            let mut publishing = store.begin_publishing("chambers", now()).await.unwrap();
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
