//! Deadlines, and when a report was first sent.

use chrono::{NaiveDate, TimeDelta};

use super::super::{Content, NewAccount, NewContent, NewFile, NewSubmission, Seen, Store, Writing};
use super::{now, on_both};
use crate::rights::{Account, Authority, Person, Role};
use crate::uploads::Upload;
use data::definitions::{BUILT_IN, Catalogue};

fn person(role: Role) -> Person {
    let account = Account {
        id: "li".into(),
        name: "li".into(),
        display_name: "李".into(),
    };
    Person {
        account,
        assignments: vec![("371400".into(), role)],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_deadline_is_set_replaced_and_taken_away_and_each_is_in_the_log() {
    on_both(async |store: Store| {
        let tree = Catalogue::read(BUILT_IN).0.org_units;
        let right = person(Role::Administrator)
            .administrator("371482", &tree)
            .unwrap();
        let dates = [Some(day("2026-03-31")), Some(day("2026-04-15")), None];
        for due in dates {
            let mut writing = store.begin_writing().await.unwrap();
            writing.set_deadline(2025, due, &right, now()).await.unwrap();
            writing.commit().await.unwrap();
            let expected: Vec<(String, NaiveDate)> =
                due.map(|due| ("371482".to_owned(), due)).into_iter().collect();
            assert_eq!(store.deadlines(2025).await.unwrap(), expected);
            assert_eq!(store.deadlines(2024).await.unwrap(), []);
        }
        let faults = store.audit_faults().await.unwrap();
        assert_eq!((faults.entries, faults.broken.len()), (3, 0));
    })
    .await;
}

async fn account(writing: &mut Writing) {
    let new = NewAccount {
        id: "li",
        name: "li",
        display_name: "李",
    };
    assert!(
        writing
            .create_account(new, Authority::Operator, now())
            .await
            .unwrap()
    );
}

/// The statement of the migration that fills the column; it is the same text for both databases.
fn filling() -> &'static str {
    let [sqlite, postgres] = [
        include_str!("../../../migrations/sqlite/0007_first_submitted.sql"),
        include_str!("../../../migrations/postgres/0007_first_submitted.sql"),
    ];
    assert_eq!(sqlite, postgres);
    sqlite.split_once("first_submitted_at text;").unwrap().1
}

#[tokio::test]
async fn a_report_that_came_back_was_first_sent_when_it_was_first_sent() {
    on_both(async |store: Store| {
        let tree = Catalogue::read(BUILT_IN).0.org_units;
        let clerk = person(Role::Reporter).reporter("371482", &tree).unwrap();
        let reviewer = person(Role::Reviewer).reviewer("371482", "", &tree).unwrap();
        let content = NewContent {
            content: Content {
                figures: vec![1],
                findings: vec![1],
                figure_count: 1,
            },
            file: NewFile {
                name: "a.csv".into(),
                upload: Upload::of_bytes(b"1").unwrap(),
            },
            base_vintage: 0,
        };
        let seen = Seen { id: "s", revision: 1 };
        let mut writing = store.begin_writing().await.unwrap();
        account(&mut writing).await;
        let new = NewSubmission { id: "s", year: 2025 };
        writing
            .create_submission(new, &content, &clerk, now())
            .await
            .unwrap();
        writing.commit().await.unwrap();
        assert_eq!(store.sendings(2025).await.unwrap()[0].first_sent, None);
        assert!(store.senders().await.unwrap().is_empty());

        let mut writing = store.begin_writing().await.unwrap();
        assert!(writing.submit(seen, &clerk, now()).await.unwrap());
        assert!(writing.give_back(seen, "?", &reviewer, now()).await.unwrap());
        assert!(
            writing
                .submit(seen, &clerk, now() + TimeDelta::days(9))
                .await
                .unwrap()
        );
        writing.commit().await.unwrap();
        let sendings = store.sendings(2025).await.unwrap();
        assert_eq!(sendings[0].first_sent, Some(super::super::time(now())));
        // What was sent before there was a column for it has it from the log.
        store
            .execute("update submission set first_submitted_at = null")
            .await;
        store.execute(filling()).await;
        assert_eq!(store.sendings(2025).await.unwrap(), sendings);
        assert_eq!(store.senders().await.unwrap(), ["371482"]);
        assert_eq!(store.sendings(2024).await.unwrap(), []);
    })
    .await;
}
