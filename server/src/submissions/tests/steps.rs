//! Two steps of review.

use super::*;

async fn in_two<'a>(store: &'a Store, person: &'a Person) -> Desk<'a> {
    Desk {
        steps: Steps::Two,
        ..desk(store, person).await
    }
}

#[tokio::test]
async fn one_endorses_and_another_who_stands_above_accepts() {
    on_both(async |store: Store| {
        let People {
            clerk,
            reviewer,
            second,
            province,
            ..
        } = people(&store).await;
        let id = submitted(&store, &clerk, GOOD).await;
        let seen = Seen { id: &id, revision: 1 };
        let (first, beside) = (in_two(&store, &reviewer).await, in_two(&store, &second).await);
        let above = in_two(&store, &province).await;
        assert_eq!(first.show(&id).await.unwrap().can, [Verb::Endorse, Verb::Return]);
        for person in [&first, &above] {
            let early = person.accept(seen, "", 0).await;
            assert!(matches!(early, Err(Trouble::NotEndorsed)));
        }
        let own = in_two(&store, &clerk).await.endorse(seen, "").await;
        assert!(matches!(own, Err(Trouble::Refused(_))));
        first.endorse(seen, "").await.unwrap();
        let again = beside.endorse(seen, "").await.unwrap_err();
        assert!(
            matches!(again, Trouble::NotNow(SubmissionState::Endorsed)),
            "{again}"
        );
        for same in [&first, &beside] {
            let refused = same.accept(seen, "", 0).await;
            assert!(matches!(refused, Err(Trouble::Refused(_))));
            assert_eq!(same.show(&id).await.unwrap().can, [Verb::Return]);
        }
        let shown = above.show(&id).await.unwrap();
        assert_eq!(
            (shown.entry.state, shown.endorsed_by.as_deref(), shown.can),
            (
                SubmissionState::Endorsed,
                Some("reviewer"),
                vec![Verb::Accept, Verb::Return]
            )
        );
        let wanted = Wanted {
            state: Some(SubmissionState::Endorsed),
            ..Wanted::default()
        };
        assert_eq!(above.list(wanted).await.unwrap().len(), 1);
        above.accept(seen, "", 0).await.unwrap();
        assert_eq!(newest(&store).await, 1);
        let entry = store.vintage(1).await.unwrap().unwrap();
        assert_eq!(
            [entry.sent_by, entry.endorsed_by, entry.accepted_by].map(Option::unwrap),
            ["clerk", "reviewer", "province"]
        );
        assert!(store.audit_faults().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_came_back_from_the_second_step_starts_again_from_the_first() {
    on_both(async |store: Store| {
        let People {
            clerk,
            reviewer,
            province,
            ..
        } = people(&store).await;
        let id = submitted(&store, &clerk, GOOD).await;
        let seen = Seen { id: &id, revision: 1 };
        in_two(&store, &reviewer).await.endorse(seen, "").await.unwrap();
        let above = in_two(&store, &province).await;
        above.give_back(seen, "请核实").await.unwrap();
        desk(&store, &clerk).await.submit(seen).await.unwrap();
        let shown = above.show(&id).await.unwrap();
        assert_eq!(
            (shown.entry.state, shown.endorsed_by),
            (SubmissionState::Submitted, None)
        );
        // The province sees the same revision as before, but nobody stands behind it any more.
        assert!(matches!(
            above.accept(seen, "", 0).await,
            Err(Trouble::NotEndorsed)
        ));
    })
    .await;
}

#[tokio::test]
async fn no_report_is_stranded_where_the_number_of_steps_changes() {
    on_both(async |store: Store| {
        let People {
            clerk,
            reviewer,
            second,
            province,
            ..
        } = people(&store).await;
        // From two to one: what was endorsed is accepted by any reviewer, who may be the same.
        let id = submitted(&store, &clerk, GOOD).await;
        let seen = Seen { id: &id, revision: 1 };
        in_two(&store, &reviewer).await.endorse(seen, "").await.unwrap();
        for who in [&reviewer, &second, &province] {
            assert_eq!(shown(&store, who, &id).await.can, [Verb::Accept, Verb::Return]);
        }
        let at_desk = desk(&store, &reviewer).await;
        let no_step = at_desk.endorse(seen, "").await;
        assert!(matches!(no_step, Err(Trouble::NotNow(_))));
        at_desk.accept(seen, "", 0).await.unwrap();
        // From one to two: what was sent waits for the first step, and its clerk can still take it back.
        let id = submitted(&store, &clerk, BETTER).await;
        let seen = Seen { id: &id, revision: 1 };
        in_two(&store, &second).await.endorse(seen, "").await.unwrap();
        assert_eq!(shown(&store, &clerk, &id).await.can, [Verb::Withdraw]);
        in_two(&store, &province).await.accept(seen, "", 0).await.unwrap();
    })
    .await;
}
