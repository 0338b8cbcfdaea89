//! The life of a submission on both databases, as its reporter and its reviewer see it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use data::api::{Submission, SubmissionState, Verb};
use data::{Dataset, Observation};
use tokio::sync::Semaphore;

use super::desk::{Desk, Sent};
use super::trouble::Trouble;
use crate::rights::{Account, Authority, Person, Role};
use crate::state;
use crate::store::tests::{catalogue, on_both, publish, sample};
use crate::store::{NewAccount, Seals, Seen, Store, Wanted};
use crate::uploads::Upload;

const COUNTY: &str = "371482";
const PREFECTURE: &str = "371400";
const GOOD: &str = "指标,数值\n统战大讲堂期数,8\n培训场次,230余\n";
const BETTER: &str = "指标,数值\n统战大讲堂期数,9\n培训场次,230余\n";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

fn person(name: &str, org_unit: &str, role: Role) -> Person {
    Person {
        account: Account {
            id: name.into(),
            name: name.into(),
            display_name: name.into(),
        },
        assignments: vec![(org_unit.into(), role)],
    }
}

/// A clerk of the county, another of a neighbour, and two reviewers of their prefecture.
struct People {
    clerk: Person,
    neighbour: Person,
    reviewer: Person,
    second: Person,
}

async fn people(store: &Store) -> People {
    let people = People {
        clerk: person("clerk", COUNTY, Role::Reporter),
        neighbour: person("neighbour", "371425", Role::Reporter),
        reviewer: person("reviewer", PREFECTURE, Role::Reviewer),
        second: person("second", PREFECTURE, Role::Reviewer),
    };
    let mut writing = store.begin_writing().await.unwrap();
    for who in [&people.clerk, &people.neighbour, &people.reviewer, &people.second] {
        let Account {
            id,
            name,
            display_name,
        } = &who.account;
        let new = NewAccount {
            id,
            name,
            display_name,
        };
        let made = writing.create_account(new, Authority::Operator, now()).await;
        assert!(made.unwrap());
    }
    writing.commit().await.unwrap();
    people
}

async fn desk<'a>(store: &'a Store, person: &'a Person) -> Desk<'a> {
    let newest = store.newest_vintage().await.unwrap();
    let state = state::load(store, newest.as_ref(), catalogue()).await.unwrap();
    Desk {
        store,
        published: Arc::new(state.dataset),
        person,
        now: now(),
        recent: Box::leak(Box::default()),
        copying: Box::leak(Box::new(Semaphore::new(1))),
    }
}

fn sent(text: &str) -> Sent {
    Sent {
        name: "报表.csv".into(),
        upload: Upload::of_bytes(text.as_bytes()).unwrap(),
        progress: Arc::default(),
    }
}

/// A draft, its warnings confirmed and sent.
async fn submitted(store: &Store, clerk: &Person, text: &str) -> String {
    let desk = desk(store, clerk).await;
    let (id, is_new) = desk.create(COUNTY, 2022, sent(text)).await.unwrap();
    assert!(is_new);
    desk.submit(Seen { id: &id, revision: 1 }).await.unwrap();
    id
}

fn lectures(dataset: &Dataset) -> Option<String> {
    let mut all = (0..dataset.len()).map(|row| dataset.observation(row));
    let found: Option<Observation> = all.find(|one| one.key.indicator == "united_front_lectures");
    found
        .and_then(|one| one.value)
        .map(|value| value.number().to_string())
}

async fn shown(store: &Store, person: &Person, id: &str) -> Submission {
    desk(store, person).await.show(id).await.unwrap()
}

#[tokio::test]
async fn a_report_is_corrected_returned_answered_and_accepted() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let wrong = sent("指标,数值\n统战大讲堂期数,很多\n培训场次,230余\n");
        let (id, _) = at_desk.create(COUNTY, 2022, wrong).await.unwrap();
        let first = Seen { id: &id, revision: 1 };
        assert_eq!(at_desk.show(&id).await.unwrap().issues[0].place.to_string(), "B2");
        let refused = at_desk.submit(first).await.unwrap_err();
        assert!(
            matches!(
                refused,
                Trouble::Unfinished {
                    errors: 1,
                    warnings: 0
                }
            ),
            "{refused}"
        );
        at_desk.replace(first, sent(GOOD)).await.unwrap();
        let second = Seen { revision: 2, ..first };
        at_desk.submit(second).await.unwrap();
        desk(&store, &reviewer)
            .await
            .give_back(second, "请核实")
            .await
            .unwrap();
        let returned = shown(&store, &clerk, &id).await;
        assert_eq!(
            (returned.entry.state, returned.remarks[0].text.as_str()),
            (SubmissionState::Returned, "请核实")
        );
        at_desk.replace(second, sent(BETTER)).await.unwrap();
        let third = Seen { revision: 3, ..first };
        at_desk.submit(third).await.unwrap();
        assert_eq!(
            desk(&store, &reviewer)
                .await
                .accept(third, "", 0)
                .await
                .unwrap()
                .vintage,
            1
        );
        assert_eq!(
            lectures(&desk(&store, &clerk).await.published).as_deref(),
            Some("9")
        );
        let accepted = shown(&store, &clerk, &id).await;
        assert_eq!(
            (accepted.entry.state, accepted.vintage, accepted.can),
            (SubmissionState::Accepted, Some(1), vec![])
        );
        assert_eq!(store.seals().await.unwrap(), Seals::default());
        assert!(store.audit_faults().await.unwrap().broken.is_empty());
        assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_is_the_same_submission() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let desk = desk(&store, &clerk).await;
        let (id, _) = desk.create(COUNTY, 2022, sent(GOOD)).await.unwrap();
        assert_eq!(
            desk.create(COUNTY, 2022, sent(GOOD)).await.unwrap(),
            (id.clone(), false)
        );
        assert_ne!(desk.create(COUNTY, 2021, sent(GOOD)).await.unwrap().0, id);
        assert_eq!(desk.list(Wanted::default()).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_edit_or_accept_at_once_one_does() {
    on_both(async |store: Store| {
        let People {
            clerk,
            reviewer,
            second,
            ..
        } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let (id, _) = at_desk.create(COUNTY, 2022, sent(GOOD)).await.unwrap();
        let seen = Seen { id: &id, revision: 1 };
        at_desk.replace(seen, sent(BETTER)).await.unwrap();
        let late = at_desk.replace(seen, sent(GOOD)).await.unwrap_err();
        assert!(matches!(late, Trouble::Changed { revision: 2 }), "{late}");
        let seen = Seen { revision: 2, ..seen };
        at_desk.submit(seen).await.unwrap();
        let (one, two) = (desk(&store, &reviewer).await, desk(&store, &second).await);
        let (first, other) = tokio::join!(one.accept(seen, "", 0), two.accept(seen, "", 0));
        assert_eq!(
            [&first, &other].into_iter().filter(|done| done.is_ok()).count(),
            1
        );
        assert_eq!(store.vintages().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_beyond_their_rights() {
    on_both(async |store: Store| {
        let People {
            clerk,
            neighbour,
            reviewer,
            ..
        } = people(&store).await;
        let foreign = desk(&store, &neighbour)
            .await
            .create(COUNTY, 2022, sent(GOOD))
            .await;
        assert!(matches!(foreign, Err(Trouble::Refused(_))));
        let at_desk = desk(&store, &clerk).await;
        let named = sent("地区,指标,数值\n齐河县,统战大讲堂期数,8\n");
        let (id, _) = at_desk.create(COUNTY, 2022, named).await.unwrap();
        let seen = Seen { id: &id, revision: 1 };
        assert!(matches!(
            at_desk.submit(seen).await,
            Err(Trouble::Unfinished { .. })
        ));
        assert!(matches!(
            desk(&store, &reviewer).await.show(&id).await,
            Err(Trouble::NotFound)
        ));
        let id = submitted(&store, &clerk, GOOD).await;
        let seen = Seen { id: &id, revision: 1 };
        assert!(matches!(
            at_desk.accept(seen, "", 0).await,
            Err(Trouble::Refused(_))
        ));
        assert!(matches!(
            desk(&store, &neighbour).await.show(&id).await,
            Err(Trouble::NotFound)
        ));
        assert_eq!(
            shown(&store, &reviewer, &id).await.can,
            [Verb::Accept, Verb::Return]
        );
        assert!(store.vintages().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_published_meanwhile_is_a_conflict_until_a_reviewer_has_seen_both() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let first = submitted(&store, &clerk, GOOD).await;
        let second = submitted(&store, &clerk, BETTER).await;
        let seen = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(seen(&first), "", 0)
            .await
            .unwrap();
        let at_desk = desk(&store, &reviewer).await;
        let Err(Trouble::Conflicts(conflicts)) = at_desk.accept(seen(&second), "", 0).await else {
            panic!("accepted unseen");
        };
        let [old, new] = [&conflicts[0].old, &conflicts[0].new].map(|one| one.as_ref().unwrap());
        assert_eq!(
            (
                old.value.unwrap().number().to_string(),
                new.value.unwrap().number().to_string()
            ),
            ("8".into(), "9".into())
        );
        let published = at_desk.accept(seen(&second), "", old.vintage).await.unwrap();
        assert_eq!(published.vintage, 2);
    })
    .await;
}

/// Adds, changes, withdraws and derives, over figures with remarks, qualifiers and denominators.
#[tokio::test]
async fn the_state_made_on_acceptance_is_the_one_that_would_be_loaded() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        publish(&store, &sample()).await;
        let texts = [
            "指标,数值,备注\n统战大讲堂期数,8,共8期\n培训场次,230余,\n纳税企业数,7000,口径同上年\n",
            "指标,数值,备注\n培训场次,240余,\n纳税企业数,7001,\n暖企活动场次,3,\n",
        ];
        for (text, year) in texts.into_iter().zip([2023, 2023]) {
            let at_desk = desk(&store, &clerk).await;
            let (id, _) = at_desk.create(COUNTY, year, sent(text)).await.unwrap();
            for issue in at_desk.show(&id).await.unwrap().issues {
                at_desk.confirm(&id, &issue.key(), "属实").await.unwrap();
            }
            let seen = Seen { id: &id, revision: 1 };
            at_desk.submit(seen).await.unwrap();
            let made = desk(&store, &reviewer)
                .await
                .accept(seen, "", u32::MAX)
                .await
                .unwrap();
            let loaded = desk(&store, &reviewer).await.published;
            assert_eq!(
                (made.dataset.len(), &made.dataset.version),
                (loaded.len(), &loaded.version)
            );
            for row in 0..loaded.len() {
                assert_eq!(made.dataset.observation(row), loaded.observation(row));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_report_does_not_hold_any_more_is_withdrawn() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let first = submitted(&store, &clerk, GOOD).await;
        let seen = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(seen(&first), "", 0)
            .await
            .unwrap();
        let shorter = submitted(
            &store,
            &clerk,
            "指标,数值\n培训场次,240余\n商会党建主题活动次数,3\n",
        )
        .await;
        desk(&store, &reviewer)
            .await
            .accept(seen(&shorter), "", 0)
            .await
            .unwrap();
        let published = desk(&store, &clerk).await.published;
        assert_eq!((published.len(), lectures(&published)), (2, None));
        assert_eq!(store.seals().await.unwrap(), Seals::default());
    })
    .await;
}

#[tokio::test]
async fn a_warning_needs_a_reason_and_keeps_it_when_the_file_is_corrected() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let doubtful = "指标,数值\n统战大讲堂期数,8\n统战大讲堂期数,8\n";
        let (id, _) = at_desk.create(COUNTY, 2022, sent(doubtful)).await.unwrap();
        let seen = Seen { id: &id, revision: 1 };
        assert!(matches!(
            at_desk.submit(seen).await,
            Err(Trouble::Unfinished {
                errors: 0,
                warnings: 1
            })
        ));
        let key = at_desk.show(&id).await.unwrap().issues[0].key();
        assert!(matches!(
            at_desk.confirm(&id, "no.such", "x").await,
            Err(Trouble::NoSuchWarning(_))
        ));
        at_desk.confirm(&id, &key, "两处相同").await.unwrap();
        at_desk
            .replace(seen, sent(&doubtful.replace(",8\n", ",9\n")))
            .await
            .unwrap();
        let seen = Seen { revision: 2, ..seen };
        at_desk.submit(seen).await.unwrap();
        assert_eq!(
            at_desk.show(&id).await.unwrap().confirmations[0].reason,
            "两处相同"
        );
    })
    .await;
}

#[tokio::test]
async fn a_header_that_somebody_explained_is_known_from_then_on() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        publish(&store, &[]).await;
        let at_desk = desk(&store, &clerk).await;
        let table = "县区,大讲堂开了几回,培训场次\n禹城市,8,230余\n";
        let (id, _) = at_desk.create(COUNTY, 2022, sent(table)).await.unwrap();
        let before = at_desk.show(&id).await.unwrap();
        assert_eq!(
            (before.unmapped[0].header.as_str(), before.entry.figures),
            ("大讲堂开了几回", 1)
        );
        let seen = Seen { id: &id, revision: 1 };
        at_desk
            .map(seen, &before.unmapped[0].header, "united_front_lectures")
            .await
            .unwrap();
        assert_eq!(at_desk.show(&id).await.unwrap().entry.figures, 2);
        let (next, _) = at_desk.create(COUNTY, 2023, sent(table)).await.unwrap();
        assert!(at_desk.show(&next).await.unwrap().unmapped.is_empty());
    })
    .await;
}
