//! The life of a submission on both databases, as its reporter and its reviewer see it.

mod conflicts;
mod steps;
mod typing;
mod undo;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use data::api::{Submission, SubmissionState, Verb};
use data::{Dataset, Observation};

use super::desk::{Desk, Sent};
use super::life::Steps;
use super::trouble::Trouble;
use crate::accounts::refusals::Refusals;
use crate::rights::{Account, Authority, Person, Role};
use crate::state;
use crate::store::tests::{catalogue, noted, on_both, publish, sample};
use crate::store::{NewAccount, Seals, Seen, Store, Wanted};
use crate::uploads::Upload;

mod form;

const COUNTY: &str = "371482";
const PREFECTURE: &str = "371400";
const GOOD: &str = "指标,数值\n统战大讲堂期数,8\n培训场次,230余\n";
const BETTER: &str = "指标,数值\n统战大讲堂期数,9\n培训场次,230余\n";

static REFUSALS: LazyLock<Refusals> = LazyLock::new(Refusals::default);

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

/// The number of what was published last.
async fn newest(store: &Store) -> i64 {
    store.newest_vintage().await.unwrap().unwrap().id
}

/// A clerk of the county, another of a neighbour, two reviewers of their prefecture, and one of the province.
struct People {
    clerk: Person,
    neighbour: Person,
    reviewer: Person,
    second: Person,
    province: Person,
}

async fn people(store: &Store) -> People {
    let people = People {
        clerk: person("clerk", COUNTY, Role::Reporter),
        neighbour: person("neighbour", "371425", Role::Reporter),
        reviewer: person("reviewer", PREFECTURE, Role::Reviewer),
        second: person("second", PREFECTURE, Role::Reviewer),
        province: person("province", "370000", Role::Reviewer),
    };
    let mut writing = store.begin_writing().await.unwrap();
    let all = [
        &people.clerk,
        &people.neighbour,
        &people.reviewer,
        &people.second,
        &people.province,
    ];
    for who in all {
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
        steps: Steps::One,
        refusals: &REFUSALS,
        recent: Box::leak(Box::default()),
        turns: Box::leak(Box::default()),
    }
}

fn sent(text: &str) -> Sent {
    Sent {
        name: "报表.csv".into(),
        upload: Upload::of_bytes(text.as_bytes()).unwrap(),
        beside: None,
        progress: Arc::default(),
    }
}

/// A draft, its warnings confirmed and sent.
async fn submitted(store: &Store, clerk: &Person, text: &str) -> String {
    let desk = desk(store, clerk).await;
    let (id, is_new) = desk.create(COUNTY, 2022, sent(text)).await.unwrap();
    assert!(is_new);
    let seen = Seen { id: &id, revision: 1 };
    for warning in desk.show(&id).await.unwrap().issues {
        desk.confirm(seen, &warning.key(), "已核实").await.unwrap();
    }
    desk.submit(seen).await.unwrap();
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
        let at_desk = desk(&store, &reviewer).await;
        at_desk.accept(third, "", 0).await.unwrap();
        assert_eq!(newest(&store).await, 1);
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

/// On a machine in Greenwich it is still the old year then.
#[tokio::test]
async fn a_report_comes_in_on_the_day_that_it_is_in_china() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let at_desk = Desk {
            now: "2025-12-31T23:00:00Z".parse().unwrap(),
            ..desk(&store, &clerk).await
        };
        let report = at_desk.report(COUNTY, 2026).await.unwrap();
        assert_eq!(report.today.to_string(), "2026-01-01");
        let (id, _) = at_desk.create(COUNTY, 2026, sent(GOOD)).await.unwrap();
        let issues = at_desk.show(&id).await.unwrap().issues;
        assert_eq!(issues, [], "the year has begun");
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

/// Each of those who wait for the lock holds one of a few connections.
#[tokio::test]
async fn many_who_upload_at_once_do_not_wait_for_a_connection() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let desk = desk(&store, &clerk).await;
        let upload = async |number: u32| {
            let text = format!("指标,数值\n统战大讲堂期数,{number}\n");
            desk.create(COUNTY, 2022, sent(&text)).await.map(drop)
        };
        let holder = store.begin_writing().await.unwrap();
        let release = async {
            // By then all of them wait.
            tokio::time::sleep(Duration::from_millis(500)).await;
            drop(holder);
            Ok(())
        };
        let (a, b, c, d) = (upload(1), upload(2), upload(3), upload(4));
        let (e, f, g, h) = (upload(5), upload(6), upload(7), upload(8));
        let all = async { tokio::try_join!(release, a, b, c, d, e, f, g, h) };
        let done = tokio::time::timeout(Duration::from_secs(20), all).await;
        done.expect("somebody waits for a connection").unwrap();
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
        let refusals = Refusals::default();
        let foreign = desk(&store, &neighbour)
            .await
            .create(COUNTY, 2022, sent(GOOD))
            .await;
        assert!(matches!(foreign, Err(Trouble::Refused(_))));
        let at_desk = Desk {
            refusals: &refusals,
            ..desk(&store, &clerk).await
        };
        let named = sent("地区,指标,数值\n齐河县,统战大讲堂期数,8\n临邑县,统战大讲堂期数,8\n");
        let (id, _) = at_desk.create(COUNTY, 2022, named).await.unwrap();
        let seen = Seen { id: &id, revision: 1 };
        assert!(matches!(
            at_desk.submit(seen).await,
            Err(Trouble::Unfinished { .. })
        ));
        let above = Desk {
            refusals: &refusals,
            ..desk(&store, &reviewer).await
        };
        assert!(matches!(above.show(&id).await, Err(Trouble::NotFound)));
        let id = submitted(&store, &clerk, GOOD).await;
        let seen = Seen { id: &id, revision: 1 };
        assert!(matches!(
            at_desk.accept(seen, "", 0).await,
            Err(Trouble::Refused(_))
        ));
        let looking = Desk {
            refusals: &refusals,
            ..desk(&store, &neighbour).await
        };
        assert!(matches!(looking.show(&id).await, Err(Trouble::NotFound)));
        let noted = noted(&store, "access.refuse").await;
        let noted: Vec<String> = noted
            .into_iter()
            .map(|(account, unit, subject, detail)| {
                let what = subject.split(' ').next().unwrap_or_default();
                format!("{} {}: {what}: {detail}", account.unwrap(), unit.unwrap())
            })
            .collect();
        assert_eq!(
            noted,
            [
                "clerk 371482: file: a right to 临邑县, 齐河县, which the file names",
                "reviewer 371482: submission: a right to see it",
                "neighbour 371482: submission: a right to see it"
            ]
        );
        assert!(store.audit_faults().await.unwrap().broken.is_empty());
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
        let Err(Trouble::Conflicts { shown: conflicts, .. }) = at_desk.accept(seen(&second), "", 0).await
        else {
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
        at_desk.accept(seen(&second), "", old.vintage).await.unwrap();
        assert_eq!(newest(&store).await, 2);
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
            let seen = Seen { id: &id, revision: 1 };
            for issue in at_desk.show(&id).await.unwrap().issues {
                at_desk.confirm(seen, &issue.key(), "属实").await.unwrap();
            }
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
async fn what_the_report_does_not_hold_any_more_is_withdrawn_with_a_reason() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let first = submitted(&store, &clerk, GOOD).await;
        let seen = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(seen(&first), "", 0)
            .await
            .unwrap();
        let at_desk = desk(&store, &clerk).await;
        let shorter = sent("指标,数值\n培训场次,240余\n商会党建主题活动次数,3\n");
        let (shorter, _) = at_desk.create(COUNTY, 2022, shorter).await.unwrap();
        let silent = at_desk.submit(seen(&shorter)).await;
        assert!(
            matches!(
                silent,
                Err(Trouble::Unfinished {
                    errors: 0,
                    warnings: 1
                })
            ),
            "{silent:?}"
        );
        let key = "withdrawn.united_front_lectures.371482.2022";
        at_desk
            .confirm(seen(&shorter), key, "统计口径有误，撤销")
            .await
            .unwrap();
        at_desk.submit(seen(&shorter)).await.unwrap();
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
        let counted = async || {
            let entry = at_desk.list(Wanted::default()).await.unwrap().remove(0);
            (entry.errors, entry.warnings)
        };
        assert_eq!(counted().await, (0, 1));
        let key = at_desk.show(&id).await.unwrap().issues[0].key();
        assert!(matches!(
            at_desk.confirm(seen, "no.such", "x").await,
            Err(Trouble::NoSuchWarning(_))
        ));
        at_desk.confirm(seen, &key, "两处相同").await.unwrap();
        assert_eq!(counted().await, (0, 0), "the list counts what is open");
        at_desk
            .replace(seen, sent(&doubtful.replace(",8\n", ",9\n")))
            .await
            .unwrap();
        assert_eq!(counted().await, (0, 0), "the reason holds for the corrected file");
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
async fn a_reason_for_one_number_is_none_for_the_next() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let first = submitted(&store, &clerk, GOOD).await;
        let seen = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(seen(&first), "", 0)
            .await
            .unwrap();
        let at_desk = desk(&store, &clerk).await;
        let many = |number: &str| sent(&format!("指标,数值\n统战大讲堂期数,8\n培训场次,{number}\n"));
        let (id, _) = at_desk.create(COUNTY, 2023, many("30000")).await.unwrap();
        let shown = at_desk.show(&id).await.unwrap();
        assert_eq!((shown.issues.len(), shown.entry.warnings), (1, 1));
        at_desk
            .confirm(seen(&id), &shown.issues[0].key(), "新增园区")
            .await
            .unwrap();
        at_desk.replace(seen(&id), many("30000场次")).await.unwrap();
        assert_eq!(at_desk.show(&id).await.unwrap().entry.warnings, 0);
        let second = Seen {
            revision: 2,
            ..seen(&id)
        };
        at_desk.replace(second, many("3000000")).await.unwrap();
        assert_eq!(at_desk.show(&id).await.unwrap().entry.warnings, 1);
    })
    .await;
}

/// Who asked before it was sent may arrive after.
#[tokio::test]
async fn what_was_sent_keeps_the_reasons_that_it_was_sent_with() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let doubtful = sent("指标,数值\n统战大讲堂期数,8\n统战大讲堂期数,8\n");
        let (id, _) = at_desk.create(COUNTY, 2022, doubtful).await.unwrap();
        let seen = Seen { id: &id, revision: 1 };
        let key = at_desk.show(&id).await.unwrap().issues[0].key();
        let right = at_desk.reporter(COUNTY).unwrap();
        let confirmed = async |seen: Seen<'_>, reason| {
            let mut writing = store.begin_writing().await.unwrap();
            let keys = std::slice::from_ref(&key);
            let done = writing.confirm(seen, &key, keys, reason, &right, now()).await;
            writing.commit().await.unwrap();
            done.unwrap()
        };
        assert!(!confirmed(Seen { revision: 2, ..seen }, "别稿").await);
        assert!(confirmed(seen, "两处相同").await);
        at_desk.submit(seen).await.unwrap();
        assert!(!confirmed(seen, "改口").await);
        let given = store.confirmations(&id).await.unwrap();
        assert_eq!((given.len(), given[0].reason.as_str()), (1, "两处相同"));
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

/// What a unit says of headers, whoever says it, changes nothing in a report that is already there.
#[tokio::test]
async fn no_explanation_changes_what_a_stored_report_says() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let sent_id = submitted(&store, &clerk, GOOD).await;
        let at_desk = desk(&store, &clerk).await;
        let (draft, _) = at_desk.create(COUNTY, 2021, sent(BETTER)).await.unwrap();
        let seen = Seen {
            id: &draft,
            revision: 1,
        };
        for header in [
            "training_sessions",
            "培训场次（次）",
            "统战大讲堂期",
            "数值",
            "备注",
            "禹城市",
        ] {
            let mapped = at_desk.map(seen, header, "united_front_lectures").await;
            assert!(
                matches!(mapped, Err(Trouble::HeaderKnown(_))),
                "{header}: {mapped:?}"
            );
        }
        // Even where the table of explanations was written by another hand.
        let tree = &at_desk.published.catalogue.org_units;
        let right = clerk.reporter(COUNTY, tree).unwrap();
        let mut writing = store.begin_writing().await.unwrap();
        for (header, indicator) in [
            ("training_sessions", "united_front_lectures"),
            ("united_front_lectures", "training_sessions"),
        ] {
            writing
                .map_column(header, indicator, &right, now())
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        // Another server, which read nothing of it yet.
        let seen = Seen {
            id: &sent_id,
            revision: 1,
        };
        desk(&store, &reviewer).await.accept(seen, "", 0).await.unwrap();
        assert_eq!(
            lectures(&desk(&store, &clerk).await.published).as_deref(),
            Some("8")
        );
    })
    .await;
}

const THREE: &str = "指标,数值\n统战大讲堂期数,8\n培训场次,230余\n助企活动场次,17\n";

#[tokio::test]
async fn one_reason_is_given_for_all_warnings_of_a_kind_that_are_there_and_for_no_later_one() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let first = submitted(&store, &clerk, THREE).await;
        let seen = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(seen(&first), "", 0)
            .await
            .unwrap();
        let at_desk = desk(&store, &clerk).await;
        let one = sent("指标,数值\n统战大讲堂期数,9\n");
        let (id, _) = at_desk.create(COUNTY, 2022, one).await.unwrap();
        let own = "withdrawn.training_sessions.371482.2022";
        at_desk.confirm(seen(&id), own, "并入其他项目").await.unwrap();
        at_desk
            .confirm(seen(&id), "withdrawn.*", "只更正一项")
            .await
            .unwrap();
        let none = at_desk.confirm(seen(&id), "unusual_change.*", "x").await;
        assert!(matches!(none, Err(Trouble::NoSuchWarning(_))), "{none:?}");
        let told: Vec<(String, String)> = at_desk
            .show(&id)
            .await
            .unwrap()
            .confirmations
            .into_iter()
            .map(|given| (given.issue, given.reason))
            .collect();
        let other = "withdrawn.firm_support_activities.371482.2022";
        assert_eq!(
            told,
            [(other, "只更正一项"), (own, "并入其他项目")]
                .map(|(key, reason)| (key.to_owned(), reason.to_owned()))
        );
        let another = sent("指标,数值\n助企活动场次,17\n培训场次,240\n");
        at_desk.replace(seen(&id), another).await.unwrap();
        let second = Seen {
            revision: 2,
            ..seen(&id)
        };
        assert!(matches!(
            at_desk.confirm(seen(&id), "withdrawn.*", "旧稿").await,
            Err(Trouble::Changed { revision: 2 })
        ));
        assert!(matches!(
            at_desk.submit(second).await,
            Err(Trouble::Unfinished {
                errors: 0,
                warnings: 1
            })
        ));
        assert!(store.audit_faults().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_is_checked_beside_what_is_published_by_then() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let seen = |id| Seen { id, revision: 1 };
        let at_desk = desk(&store, &clerk).await;
        let one = sent("指标,数值\n统战大讲堂期数,9\n");
        let (draft, _) = at_desk.create(COUNTY, 2022, one).await.unwrap();
        assert!(at_desk.show(&draft).await.unwrap().issues.is_empty());
        let other = submitted(&store, &clerk, THREE).await;
        desk(&store, &reviewer)
            .await
            .accept(seen(&other), "", 0)
            .await
            .unwrap();
        let later = desk(&store, &clerk).await;
        let refused = later.submit(seen(&draft)).await;
        assert!(
            matches!(
                refused,
                Err(Trouble::Unfinished {
                    errors: 0,
                    warnings: 2
                })
            ),
            "{refused:?}"
        );
        let shown = later.show(&draft).await.unwrap();
        let kinds: Vec<String> = shown.issues.iter().map(|issue| issue.kind_key()).collect();
        assert_eq!(
            (kinds, shown.entry.revision),
            (vec!["withdrawn.*".to_owned(); 2], 1)
        );
        later
            .confirm(seen(&draft), "withdrawn.*", "只更正一项")
            .await
            .unwrap();
        later.submit(seen(&draft)).await.unwrap();
        // The clerk saw it, but made the report before it: the reviewer decides with both in sight.
        let accepted = desk(&store, &reviewer).await.accept(seen(&draft), "", 0).await;
        let Err(Trouble::Conflicts { shown: conflicts, .. }) = accepted else {
            panic!("{accepted:?}");
        };
        assert_eq!(conflicts.len(), 3);
        assert_eq!(store.seals().await.unwrap(), Seals::default());
        assert!(store.audit_faults().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_header_explained_since_makes_another_revision_of_what_is_sent() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let table = "县区,大讲堂开了几回,培训场次\n禹城市,8,230余\n";
        let (draft, _) = at_desk.create(COUNTY, 2022, sent(table)).await.unwrap();
        let (other, _) = at_desk.create(COUNTY, 2021, sent(table)).await.unwrap();
        let first = Seen {
            id: &other,
            revision: 1,
        };
        at_desk
            .map(first, "大讲堂开了几回", "united_front_lectures")
            .await
            .unwrap();
        let second = Seen { revision: 2, ..first };
        at_desk.submit(second).await.unwrap();
        desk(&store, &reviewer).await.accept(second, "", 0).await.unwrap();
        let later = desk(&store, &clerk).await;
        let seen = Seen {
            id: &draft,
            revision: 1,
        };
        let sent = later.submit(seen).await;
        assert!(matches!(sent, Err(Trouble::ReadAnew { revision: 2 })), "{sent:?}");
        assert_eq!(later.show(&draft).await.unwrap().entry.figures, 2);
        assert_eq!(later.filed(&draft).await.unwrap().base_vintage, 0);
    })
    .await;
}

#[tokio::test]
async fn a_remark_keeps_the_year_of_the_figure_that_it_is_about() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let at_desk = desk(&store, &clerk).await;
        let (id, _) = at_desk.create(COUNTY, 2022, sent(GOOD)).await.unwrap();
        for period in [None, Some("2022".parse().unwrap())] {
            let about = data::report::About {
                indicator: "united_front_lectures".into(),
                org_unit: COUNTY.into(),
                period,
            };
            at_desk.remark(&id, Some(&about), "请核实").await.unwrap();
            let remarks = at_desk.show(&id).await.unwrap().remarks;
            assert!(remarks.iter().any(|remark| remark.about.as_ref() == Some(&about)));
        }
    })
    .await;
}
