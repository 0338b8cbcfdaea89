//! A report as the rows of a form.

use data::api::Form;

use super::*;

/// The rows of the form of what was sent, as `indicator=value (remark)`; `None` where there is no form of it.
async fn rows(store: &Store, clerk: &Person, year: i32, sent: Sent) -> Option<Vec<String>> {
    let desk = desk(store, clerk).await;
    let (id, _) = desk.create(COUNTY, year, sent).await.unwrap();
    let filed = desk.filed(&id).await.unwrap();
    let content = desk.form(&filed).await.unwrap()?;
    assert_eq!(content.revision, 1);
    let told = content.figures.iter().map(|figure| {
        let comment = Some(&figure.comment).filter(|comment| !comment.is_empty());
        let comment = comment.map_or(String::new(), |comment| format!(" ({comment})"));
        format!(
            "{}={}{}{comment}",
            figure.indicator, figure.value, figure.qualifier
        )
    });
    Some(told.collect())
}

/// Rows that were typed, here or by a program over the API.
fn typed(rows: &str) -> Sent {
    let form: Form = serde_json::from_str(&format!(r#"{{"figures":[{rows}]}}"#)).unwrap();
    Sent {
        name: String::new(),
        upload: Upload::of_bytes(form.csv().as_bytes()).unwrap(),
        progress: Arc::default(),
        beside: None,
    }
}

#[tokio::test]
async fn what_was_typed_is_kept_as_it_was_typed_right_or_wrong() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let typed = typed(
            r#"{"indicator":"training_sessions","value":"很多","comment":"待核"},
            {"indicator":"donations_total","value":"1.7亿"},{"indicator":"taxpaying_firms","comment":"不再统计"}"#,
        );
        let expected = ["training_sessions=很多 (待核)", "donations_total=1.7亿", "taxpaying_firms= (不再统计)"];
        let expected = expected.map(str::to_owned).to_vec();
        assert_eq!(rows(&store, &clerk, 2022, typed).await, Some(expected));
    })
    .await;
}

#[tokio::test]
async fn a_file_becomes_a_form_only_where_the_form_says_all_of_it() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let own = "指标,数值,备注\n捐款捐物总额,17000万元,含物资\n培训场次,230余场次,\n新增市场主体数,2.69万个,\n统战大讲堂期数,—,未办\n";
        let expected = [
            "donations_total=17,000万 (含物资)",
            "training_sessions=230余",
            "new_market_entities=2.69万",
            "united_front_lectures=— (未办)",
        ];
        let expected = expected.map(str::to_owned).to_vec();
        assert_eq!(rows(&store, &clerk, 2021, sent(own)).await, Some(expected));
        // What cannot be read, another source, and a period of its own have no place in a form.
        for more in [
            "指标,数值\n培训场次,很多\n",
            "指标,数值,文件\n培训场次,8,中华工商时报\n",
            "指标,数值,期间类型,期间起,期间止,年数\n培训场次,8,年初至今,,2022-10-31,\n",
        ] {
            assert_eq!(rows(&store, &clerk, 2022, sent(more)).await, None, "{more}");
        }
    })
    .await;
}

/// What somebody publishes while a form is open its person has not seen, however often the form is saved.
#[tokio::test]
async fn saving_a_form_takes_nothing_for_seen_that_was_published_after_it_was_drawn() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let form = |text: &str, beside| Sent {
            name: String::new(),
            beside,
            ..sent(text)
        };
        let at_desk = desk(&store, &clerk).await;
        let (id, _) = at_desk.create(COUNTY, 2022, form(BETTER, Some(0))).await.unwrap();
        let other = submitted(&store, &clerk, GOOD).await;
        let first = |id| Seen { id, revision: 1 };
        desk(&store, &reviewer)
            .await
            .accept(first(&other), "", 0)
            .await
            .unwrap();
        let later = desk(&store, &clerk).await;
        let base = async || later.filed(&id).await.unwrap().base_vintage;
        let seen = |revision| Seen { id: &id, revision };
        let more = "指标,数值\n统战大讲堂期数,9\n培训场次,230余\n大讲堂,7\n";
        let saves = [(Some(0), 0), (None, 0), (Some(99), 1), (Some(0), 0)];
        for (revision, (beside, expected)) in (1..).zip(saves) {
            later.replace(seen(revision), form(more, beside)).await.unwrap();
            assert_eq!(base().await, expected, "{beside:?}");
        }
        later
            .map(seen(5), "大讲堂开了几回", "united_front_lectures")
            .await
            .unwrap();
        assert_eq!(base().await, 0, "an explanation is no look at what is published");
        later.replace(seen(6), form(BETTER, Some(0))).await.unwrap();
        later.submit(seen(7)).await.unwrap();
        let accepted = desk(&store, &reviewer).await.accept(seen(7), "", 0).await;
        assert!(matches!(accepted, Err(Trouble::Conflicts { .. })), "{accepted:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_program_typed_is_no_form_where_the_page_would_lose_some_of_it() {
    on_both(async |store: Store| {
        let People { clerk, .. } = people(&store).await;
        let own = r#"{"indicator":"training_sessions","org_unit":"371482","value":"8"}"#;
        let expected = vec!["training_sessions=8".to_owned()];
        assert_eq!(rows(&store, &clerk, 2022, typed(own)).await, Some(expected));
        // Another unit's figure, one that nobody reports, a name in the place of a code, and two of one indicator.
        for more in [
            r#"{"indicator":"donations_total","org_unit":"371425","value":"8"}"#,
            r#"{"indicator":"industry_chamber_share","value":"8"}"#,
            r#"{"indicator":"捐款捐物总额","value":"8"}"#,
            r#"{"indicator":"training_sessions","value":"9"}"#,
        ] {
            let more = typed(&format!("{own},{more}"));
            assert_eq!(rows(&store, &clerk, 2021, more).await, None);
        }
    })
    .await;
}
