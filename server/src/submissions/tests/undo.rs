//! Publications that were wrong.

use data::api::HistoryEntry;

use super::*;
use crate::rights::Refused;

const SHORTER: &str = "指标,数值\n统战大讲堂期数,9\n商会党建主题活动次数,3\n";

/// A report that was sent and accepted; its id and vintage.
async fn accepted(store: &Store, people: &People, text: &str) -> (String, i64) {
    let id = submitted(store, &people.clerk, text).await;
    let at_desk = desk(store, &people.reviewer).await;
    let over = at_desk.vintage() as u32;
    let seen = Seen { id: &id, revision: 1 };
    at_desk.accept(seen, "", over).await.unwrap();
    (id, newest(store).await)
}

/// Everything that is published, but for the vintage it came in.
async fn published(store: &Store) -> Vec<Observation> {
    let dataset = desk(store, &person("nobody", COUNTY, Role::Reporter))
        .await
        .published;
    let all = (0..dataset.len()).map(|row| dataset.observation(row));
    all.map(|one| Observation { vintage: 0, ..one }).collect()
}

async fn undo(store: &Store, who: &Person, vintage: i64) -> Result<i64, Trouble> {
    desk(store, who).await.undo(vintage, "口径有误").await
}

async fn is_whole(store: &Store) {
    assert_eq!(store.seals().await.unwrap(), Seals::default());
    let faults = store.audit_faults().await.unwrap();
    assert_eq!((faults.broken, faults.missing), (vec![], vec![]));
    assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn every_figure_of_an_undone_vintage_is_as_it_was_before_and_undoing_that_brings_it_back() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        accepted(&store, &people, GOOD).await;
        let before = published(&store).await;
        // It changes one figure, withdraws one, and adds one.
        let (id, second) = accepted(&store, &people, SHORTER).await;
        let after = published(&store).await;
        assert_ne!(before, after);
        let preview = desk(&store, &people.reviewer)
            .await
            .show_vintage(second)
            .await
            .unwrap();
        assert_eq!((preview.differences.len(), preview.can_undo), (3, true));
        assert_eq!((preview.entry.added, preview.entry.withdrawn), (2, 1));

        assert_eq!(undo(&store, &people.reviewer, second).await.unwrap(), 3);
        assert_eq!(published(&store).await, before);
        let report = shown(&store, &people.clerk, &id).await;
        let undone = report.undone.unwrap();
        assert_eq!(report.entry.state, SubmissionState::Undone);
        assert_eq!((undone.vintage, undone.reason.as_str()), (3, "口径有误"));
        assert_eq!(undone.accepted_by.as_deref(), Some("reviewer"));
        let refused = undo(&store, &people.second, second).await.unwrap_err();
        assert!(matches!(refused, Trouble::Undone(3)), "{refused}");

        assert_eq!(undo(&store, &people.second, 3).await.unwrap(), 4);
        assert_eq!(published(&store).await, after);
        let report = shown(&store, &people.clerk, &id).await;
        assert_eq!(report.entry.state, SubmissionState::Accepted);
        assert_eq!(undo(&store, &people.reviewer, 4).await.unwrap(), 5);
        assert_eq!(published(&store).await, before);
        let wanted = Wanted {
            state: Some(SubmissionState::Undone),
            ..Wanted::default()
        };
        let at_desk = desk(&store, &people.clerk).await;
        assert_eq!(at_desk.list(wanted).await.unwrap().len(), 1);
        is_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_file_is_a_new_report_once_its_publication_was_undone() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        let (id, vintage) = accepted(&store, &people, GOOD).await;
        let again = async || {
            let at_desk = desk(&store, &people.clerk).await;
            at_desk.create(COUNTY, 2022, sent(GOOD)).await.unwrap()
        };
        assert_eq!(again().await, (id.clone(), false));
        assert_eq!(store.sendings(2022).await.unwrap()[0].state, "accepted");
        undo(&store, &people.reviewer, vintage).await.unwrap();
        assert_eq!(published(&store).await, []);
        assert_eq!(store.sendings(2022).await.unwrap()[0].state, "undone");
        let (new, is_new) = again().await;
        assert!(is_new && new != id);
        let seen = Seen {
            id: &new,
            revision: 1,
        };
        desk(&store, &people.clerk).await.submit(seen).await.unwrap();
        let at_desk = desk(&store, &people.reviewer).await;
        at_desk.accept(seen, "", 0).await.unwrap();
        assert_eq!(published(&store).await.len(), 2);
        is_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_later_vintage_changed_is_a_conflict_and_nothing_is_undone() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        let (_, first) = accepted(&store, &people, GOOD).await;
        accepted(&store, &people, BETTER).await;
        let before = published(&store).await;
        let refused = undo(&store, &people.reviewer, first).await.unwrap_err();
        let Trouble::ChangedSince { shown: conflicts, .. } = refused else {
            panic!("{refused}");
        };
        let [conflict] = conflicts.as_slice() else {
            panic!("{conflicts:?}");
        };
        // Published now is 9; before the first vintage there was nothing.
        let now = conflict.old.as_ref().and_then(|old| old.value).unwrap();
        assert_eq!((now.number().to_string(), &conflict.new), ("9".into(), &None));
        let preview = desk(&store, &people.reviewer)
            .await
            .show_vintage(first)
            .await
            .unwrap();
        assert!(!preview.can_undo);
        assert_eq!(store.vintages().await.unwrap().len(), 2);
        assert_eq!(published(&store).await, before);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_right_over_all_of_it_undoes_nothing_and_nobody_brings_back_their_own() {
    on_both(async |store: Store| {
        let mut people = people(&store).await;
        let (_, vintage) = accepted(&store, &people, GOOD).await;
        let administrator = person("second", COUNTY, Role::Administrator);
        for who in [&people.clerk, &people.neighbour] {
            let refused = undo(&store, who, vintage).await;
            assert!(matches!(refused, Err(Trouble::Refused(_))));
        }
        undo(&store, &administrator, vintage).await.unwrap();
        // The clerk has become a reviewer above the county, and would accept what they sent.
        let above = (PREFECTURE.to_owned(), Role::Reviewer);
        people.clerk.assignments.push(above);
        let own = undo(&store, &people.clerk, 2).await;
        assert!(matches!(own, Err(Trouble::Refused(_))));
        let none = undo(&store, &people.reviewer, 9).await;
        assert!(matches!(none, Err(Trouble::NoSuchVintage(_))));
        assert_eq!(undo(&store, &people.reviewer, 2).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_undo_at_once_one_does() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        let (_, vintage) = accepted(&store, &people, GOOD).await;
        let (one, two) = (
            desk(&store, &people.reviewer).await,
            desk(&store, &people.second).await,
        );
        let (first, second) = tokio::join!(one.undo(vintage, "甲"), two.undo(vintage, "乙"));
        let done = [&first, &second].into_iter().filter(|done| done.is_ok());
        assert_eq!(done.count(), 1, "{first:?} {second:?}");
        assert_eq!(store.vintages().await.unwrap().len(), 2);
        is_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn the_past_of_a_figure_says_who_why_and_from_which_file() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        let (id, vintage) = accepted(&store, &people, GOOD).await;
        undo(&store, &people.second, vintage).await.unwrap();
        let history = store.history("united_front_lectures", COUNTY).await.unwrap();
        let [undone, first]: [HistoryEntry; 2] = history.try_into().unwrap();
        assert_eq!(
            first.observation.unwrap().value.unwrap().number().to_string(),
            "8"
        );
        assert_eq!(first.file.as_deref(), Some("报表.csv"));
        let published = first.published;
        assert_eq!(
            (published.sent_by.as_deref(), published.accepted_by.as_deref()),
            (Some("clerk"), Some("reviewer"))
        );
        assert_eq!((published.submission, published.undone_by), (Some(id), Some(2)));
        let report = published.report.unwrap();
        assert_eq!((report.org_unit.as_str(), report.year), (COUNTY, 2022));
        assert_eq!(published.reason, "禹城市2022年度报表");
        assert_eq!((undone.observation, undone.file), (None, None));
        assert_eq!(
            (undone.published.undoes, undone.published.reason.as_str()),
            (Some(1), "口径有误")
        );
    })
    .await;
}

/// An import has no report and no account; undoing all of it leaves nothing, and takes a right over every unit.
#[tokio::test]
async fn an_import_is_undone_by_who_stands_above_all_of_its_units() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        let sample = crate::store::tests::sample();
        publish(&store, &sample).await;
        undo(&store, &people.reviewer, 1).await.unwrap();
        assert_eq!(published(&store).await, []);
        undo(&store, &people.province, 2).await.unwrap();
        assert_eq!(published(&store).await.len(), 53, "with the one that is computed");
        let (total, page) = store.vintage_page(2, 1).await.unwrap();
        let told: Vec<_> = page
            .iter()
            .map(|entry| (entry.vintage, entry.added, entry.withdrawn, entry.undone_by))
            .collect();
        assert_eq!((total, told), (3, vec![(2, 0, 52, Some(3)), (1, 52, 0, Some(2))]));
        is_whole(&store).await;
    })
    .await;
}

/// The clerk sent a report, a colleague corrected it, and the clerk has become a reviewer above the county.
async fn corrected(store: &Store) -> (People, Person, i64) {
    let mut people = people(store).await;
    accepted(store, &people, GOOD).await;
    let colleague = person("second", COUNTY, Role::Reporter);
    let id = submitted(store, &colleague, BETTER).await;
    let at_desk = desk(store, &people.reviewer).await;
    let seen = Seen { id: &id, revision: 1 };
    at_desk.accept(seen, "", 1).await.unwrap();
    let vintage = newest(store).await;
    let above = (PREFECTURE.to_owned(), Role::Reviewer);
    people.clerk.assignments.push(above);
    (people, colleague, vintage)
}

#[tokio::test]
async fn who_sent_what_a_correction_replaced_does_not_bring_it_back_however_long_the_way() {
    on_both(async |store: Store| {
        let (people, colleague, vintage) = corrected(&store).await;
        let own = async |vintage| {
            let refused = undo(&store, &people.clerk, vintage).await;
            assert!(
                matches!(refused, Err(Trouble::Refused(Refused::OwnSubmission { .. }))),
                "{refused:?}"
            );
        };
        own(vintage).await;
        undo(&store, &people.reviewer, vintage).await.unwrap();
        // The clerk's figures are published by an undoing now; the correction comes again and replaces them.
        let id = submitted(&store, &colleague, BETTER).await;
        let at_desk = desk(&store, &people.reviewer).await;
        let seen = Seen { id: &id, revision: 1 };
        at_desk.accept(seen, "", 3).await.unwrap();
        let again = newest(&store).await;
        own(again).await;
        undo(&store, &people.reviewer, again).await.unwrap();
        is_whole(&store).await;
    })
    .await;
}

#[tokio::test]
async fn where_two_review_nobody_publishes_again_what_they_undid() {
    on_both(async |store: Store| {
        let (people, _, vintage) = corrected(&store).await;
        let of_two = async |who: &Person, vintage| {
            let at_desk = Desk {
                steps: Steps::Two,
                ..desk(&store, who).await
            };
            at_desk.undo(vintage, "口径有误").await
        };
        let undone = of_two(&people.reviewer, vintage).await.unwrap();
        let own = of_two(&people.reviewer, undone).await;
        assert!(
            matches!(own, Err(Trouble::Refused(Refused::OwnUndoing { .. }))),
            "{own:?}"
        );
        of_two(&people.province, undone).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_a_large_vintage_some_figures_are_listed_and_none_to_who_may_not_undo_it() {
    on_both(async |store: Store| {
        let people = people(&store).await;
        publish(&store, &sample()).await;
        let counts = store.undoing_counts(1).await.unwrap();
        assert_eq!((counts.changes, counts.conflicts), (52, 0));
        assert_eq!(store.undoing(1, 10).await.unwrap().len(), 10);
        let preview = async |who| desk(&store, who).await.show_vintage(1).await.unwrap();
        let may = preview(&people.province).await;
        assert_eq!(
            (may.differences.len(), may.changes, may.may_undo, may.can_undo),
            (52, 52, true, true)
        );
        let may_not = preview(&people.clerk).await;
        assert_eq!(
            (may_not.differences.len(), may_not.changes, may_not.may_undo),
            (0, 0, false)
        );
        // What a later vintage changed is listed first, and all of it is counted.
        let mut changed = sample()[20].clone();
        changed.comment = Some("更正".into());
        publish(&store, &[changed]).await;
        let counts = store.undoing_counts(1).await.unwrap();
        assert_eq!((counts.changes, counts.conflicts), (52, 1));
        assert_eq!(store.undoing(1, 1).await.unwrap()[0].now_vintage, 2);
        assert!(!preview(&people.province).await.can_undo);
    })
    .await;
}
