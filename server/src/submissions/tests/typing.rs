//! A form that is saved at every pause.

use chrono::TimeDelta;

use super::*;

/// A form that says how many lectures there were.
fn typed(number: usize) -> Sent {
    let text = format!("指标,数值\n统战大讲堂期数,{number}\n");
    Sent {
        name: String::new(),
        upload: Upload::of_bytes(text.as_bytes()).unwrap(),
        progress: Arc::default(),
        beside: None,
    }
}

/// Saves a form over this revision and the next ones, so many minutes after the beginning.
async fn save(store: &Store, who: &Person, id: &str, revisions: std::ops::Range<i64>, minutes: i64) {
    for revision in revisions {
        let at_desk = Desk {
            now: now() + TimeDelta::minutes(minutes),
            ..desk(store, who).await
        };
        let seen = Seen { id, revision };
        at_desk.replace(seen, typed(revision as usize + 1)).await.unwrap();
    }
}

/// The revisions up to the tenth of which there is a content.
async fn kept(store: &Store, id: &str) -> Vec<i64> {
    let mut kept = Vec::new();
    for revision in 1..=10 {
        let content = store.submission_content(id, revision).await.unwrap();
        let file = store.submission_file(id, revision).await.unwrap();
        assert_eq!(content.is_some(), file.is_some());
        kept.extend(content.map(|_| revision));
    }
    kept
}

#[tokio::test]
async fn of_each_hour_of_typing_the_log_has_the_first_save_and_the_last_two_are_kept() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let (id, _) = at_desk.create(COUNTY, 2022, typed(1)).await.unwrap();
        save(&store, &clerk, &id, 1..5, 0).await;
        assert_eq!(kept(&store, &id).await, [4, 5]);
        assert_eq!(noted(&store, "submission.edit").await.len(), 0);
        save(&store, &clerk, &id, 5..8, 60).await;
        assert_eq!(kept(&store, &id).await, [4, 5, 7, 8]);
        assert_eq!(noted(&store, "submission.edit").await.len(), 1);
        let report = shown(&store, &clerk, &id).await;
        assert_eq!((report.entry.revision, report.entry.figures), (8, 1));
        let faults = store.audit_faults().await.unwrap();
        assert_eq!((faults.broken, faults.missing), (vec![], vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_another_typed_was_sent_or_talked_about_stays() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let (id, _) = at_desk.create(COUNTY, 2022, typed(1)).await.unwrap();
        save(&store, &person("second", COUNTY, Role::Reporter), &id, 1..2, 0).await;
        at_desk.remark(&id, None, "请看").await.unwrap();
        save(&store, &clerk, &id, 2..4, 0).await;
        assert_eq!(kept(&store, &id).await, [1, 2, 3, 4]);
        let seen = Seen { id: &id, revision: 4 };
        for warning in at_desk.show(&id).await.unwrap().issues {
            at_desk.confirm(seen, &warning.key(), "已核实").await.unwrap();
        }
        at_desk.submit(seen).await.unwrap();
        desk(&store, &reviewer)
            .await
            .give_back(seen, "请核对")
            .await
            .unwrap();
        save(&store, &clerk, &id, 4..8, 1).await;
        assert_eq!(kept(&store, &id).await, [1, 2, 3, 4, 7, 8]);
    })
    .await;
}
