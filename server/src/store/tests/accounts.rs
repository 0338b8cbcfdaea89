//! People, their sessions, links and tokens, and the log of what they did.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::{Link, NewAccount, Purpose, Scope, Store};
use super::{now, on_both};
use crate::rights::{Authority, Role};

const BY: Authority<'static> = Authority::Operator;

fn later(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

/// A store with a reporter, whose id is her name.
async fn with_li(store: &Store) {
    let mut writing = store.begin_writing().await.unwrap();
    let new = NewAccount {
        id: "li",
        name: "li",
        display_name: "李",
    };
    assert!(writing.create_account(new, BY, now()).await.unwrap());
    let assigned = writing.assign("li", "371482", Role::Reporter, BY, now()).await;
    assert!(assigned.unwrap());
    writing.commit().await.unwrap();
}

async fn with_session(store: &Store) {
    let mut writing = store.begin_writing().await.unwrap();
    let begun = writing.begin_session("li", "hash", later(24), now()).await;
    begun.unwrap();
    writing.commit().await.unwrap();
}

#[tokio::test]
async fn an_account_comes_back_with_its_roles_and_its_name_is_its_own() {
    on_both(async |store: Store| {
        with_li(&store).await;
        let li = store.account("li").await.unwrap().unwrap();
        assert_eq!(li.assignments, [("371482".to_owned(), Role::Reporter)]);
        assert_eq!((li.has_password, &li.disabled_at), (false, &None));
        assert_eq!(store.accounts().await.unwrap(), [li]);
        let mut writing = store.begin_writing().await.unwrap();
        let taken = NewAccount {
            id: "2",
            name: "li",
            display_name: "another",
        };
        assert!(!writing.create_account(taken, BY, now()).await.unwrap());
        let held = writing.assign("li", "371482", Role::Reporter, BY, now()).await;
        assert!(!held.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_idleness_by_age_by_its_person_and_with_the_account() {
    on_both(async |store: Store| {
        with_li(&store).await;
        with_session(&store).await;
        let is_good = async |idle_since: i64, at: i64| {
            let found = store.session("hash", later(idle_since), later(at)).await;
            found.unwrap().is_some()
        };
        assert!(is_good(-1, 23).await);
        assert!(!is_good(-1, 24).await, "too old");
        assert!(!is_good(0, 1).await, "idle");
        store.see_session("hash", later(2)).await.unwrap();
        assert!(is_good(1, 3).await);
        let mut writing = store.begin_writing().await.unwrap();
        assert!(writing.disable("li", BY, now()).await.unwrap());
        writing.commit().await.unwrap();
        assert!(!is_good(-1, 1).await);
    })
    .await;
}

#[tokio::test]
async fn a_password_is_current_until_another_is_set_or_the_account_disabled() {
    on_both(async |store: Store| {
        with_li(&store).await;
        let mut writing = store.begin_writing().await.unwrap();
        writing.set_password("li", "old", now()).await.unwrap();
        assert!(writing.is_current("li", "old").await.unwrap());
        writing.set_password("li", "new", now()).await.unwrap();
        assert!(!writing.is_current("li", "old").await.unwrap());
        assert!(writing.is_current("li", "new").await.unwrap());
        writing.disable("li", BY, now()).await.unwrap();
        assert!(!writing.is_current("li", "new").await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_link_is_used_once_in_its_time_and_only_the_newest() {
    on_both(async |store: Store| {
        with_li(&store).await;
        let create = async |token_hash: &str| {
            let link = Link {
                token_hash,
                purpose: Purpose::Invitation,
                account: "li",
                expires_at: later(24),
            };
            let mut writing = store.begin_writing().await.unwrap();
            writing.create_link(link, BY, now()).await.unwrap();
            writing.commit().await.unwrap();
        };
        let used = async |token_hash: &str, at: i64| {
            let mut writing = store.begin_writing().await.unwrap();
            let account = writing.use_link(token_hash, later(at)).await.unwrap();
            writing.commit().await.unwrap();
            account.is_some()
        };
        create("old").await;
        create("new").await;
        assert!(!used("old", 1).await);
        assert!(!used("new", 24).await, "too late");
        assert!(store.link("new", later(1)).await.unwrap().is_some());
        assert!(used("new", 1).await);
        assert!(!used("new", 1).await, "a second time");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_is_gone_and_only_its_person_revokes_it() {
    on_both(async |store: Store| {
        with_li(&store).await;
        let mut writing = store.begin_writing().await.unwrap();
        let made = writing.create_token("li", ("t", "hash"), ("script", Scope::Report), now());
        made.await.unwrap();
        writing.commit().await.unwrap();
        store.see_token("t", later(1)).await.unwrap();
        assert_eq!(store.token("hash").await.unwrap().unwrap().scope, "report");
        assert_eq!(store.tokens("li").await.unwrap().len(), 1);
        let mut writing = store.begin_writing().await.unwrap();
        assert!(!writing.revoke_token("other", "t", now()).await.unwrap());
        assert!(writing.revoke_token("li", "t", now()).await.unwrap());
        writing.commit().await.unwrap();
        assert_eq!(store.token("hash").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_is_in_no_log() {
    on_both(async |store: Store| {
        let mut writing = store.begin_writing().await.unwrap();
        let new = NewAccount {
            id: "1",
            name: "li",
            display_name: "李",
        };
        writing.create_account(new, BY, now()).await.unwrap();
        drop(writing);
        assert!(store.accounts().await.unwrap().is_empty());
        assert_eq!(store.audit_faults().await.unwrap().entries, 0);
    })
    .await;
}

/// Writes four entries, changes the log behind our back, and compares what is found.
async fn check_log(change: &'static str, broken: &[i64], missing: &[i64]) {
    on_both(async |store: Store| {
        with_li(&store).await;
        with_session(&store).await;
        let mut writing = store.begin_writing().await.unwrap();
        assert!(writing.end_session("hash", now()).await.unwrap().is_some());
        writing.commit().await.unwrap();
        store.execute(change).await;
        let found = store.audit_faults().await.unwrap();
        assert_eq!(
            (&found.broken[..], &found.missing[..]),
            (broken, missing),
            "{change}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_changed_removed_or_added_entry_of_the_log_is_found() {
    check_log("update session set expires_at = ''", &[], &[]).await;
    check_log("update audit set detail = 'reviewer' where id = 2", &[2], &[]).await;
    check_log("update audit set account = '' where id = 2", &[2], &[]).await;
    check_log("delete from audit where id = 2", &[3], &[2]).await;
    let forged = "insert into audit (id, at, action, subject, detail, hash) values (5, '', '', '', '', '')";
    check_log(forged, &[5], &[]).await;
}

#[tokio::test]
async fn two_who_write_at_once_make_one_chain() {
    on_both(async |store: Store| {
        with_li(&store).await;
        let begin = async |hash: String| {
            let mut writing = store.begin_writing().await.unwrap();
            let begun = writing.begin_session("li", &hash, later(24), now()).await;
            begun.unwrap();
            writing.commit().await.unwrap();
        };
        let all = (0..8).map(|number| begin(number.to_string()));
        futures_util::future::join_all(all).await;
        let found = store.audit_faults().await.unwrap();
        assert_eq!((found.entries, found.broken, found.missing), (10, vec![], vec![]));
    })
    .await;
}
