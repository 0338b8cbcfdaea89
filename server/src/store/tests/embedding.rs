//! Who may frame charts.

use data::definitions::{BUILT_IN, Catalogue};
use data::embedding::EmbeddingHosts;

use super::super::{Store, StoreError};
use super::{noted, now, on_both};
use crate::rights::{Account, Person, Role, TopAdministrator};

fn right() -> TopAdministrator {
    let account = Account {
        id: "wang".into(),
        name: "wang".into(),
        display_name: "王".into(),
    };
    let person = Person {
        account,
        assignments: vec![("100000".into(), Role::Administrator)],
    };
    let tree = Catalogue::read(BUILT_IN).0.org_units;
    person.top_administrator(&tree).unwrap()
}

fn hosts(lines: &[&str]) -> EmbeddingHosts {
    EmbeddingHosts::read(lines.iter().copied()).unwrap()
}

async fn set(store: &Store, hosts: &EmbeddingHosts) {
    let mut writing = store.begin_writing().await.unwrap();
    writing.set_embedding_hosts(hosts, &right(), now()).await.unwrap();
    writing.commit().await.unwrap();
}

#[tokio::test]
async fn the_hosts_come_back_in_their_order_and_each_change_is_in_the_log_with_who_made_it() {
    on_both(async |store: Store| {
        assert!(store.embedding_hosts().await.unwrap().is_any());
        let lists = [
            hosts(&["https://b.cn", "*.a.cn:8080"]),
            hosts(&["*.a.cn:8080", "10.0.0.8"]),
            hosts(&[]),
        ];
        for list in &lists {
            // The second time nothing changes.
            set(&store, list).await;
            set(&store, list).await;
            assert_eq!(store.embedding_hosts().await.unwrap(), *list);
        }
        let told: Vec<_> = noted(&store, "embedding_hosts.set").await;
        let details: Vec<&str> = told.iter().map(|entry| entry.3.as_str()).collect();
        assert_eq!(
            details,
            ["https://b.cn *.a.cn:8080", "*.a.cn:8080 10.0.0.8", "any"]
        );
        assert!(
            told.iter()
                .all(|entry| entry.0.as_deref() == Some("wang") && entry.1.as_deref() == Some("100000"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_that_was_spoilt_lets_nobody_in_but_is_a_fault() {
    on_both(async |store: Store| {
        set(&store, &hosts(&["a.cn"])).await;
        store
            .execute("update embedding_host set host = 'a.cn; script-src *'")
            .await;
        let found = store.embedding_hosts().await;
        assert!(matches!(found, Err(StoreError::Damaged { .. })), "{found:?}");
    })
    .await;
}
