//! More conflicts than anybody is shown.

use data::Period;
use data::api::MOST_DIFFERENCES;

use super::*;

/// A figure of the county for each of so many years, as many as that makes of the indicators of the sample.
fn figures(most: usize, number: i64) -> Vec<Observation> {
    let catalogue = catalogue();
    let any = sample()
        .into_iter()
        .find(|one| one.key.org_unit == COUNTY)
        .unwrap();
    let value = data::ObservationValue::exact(number);
    let counted = catalogue.indicators.iter();
    let counted = counted.filter(|indicator| {
        indicator.kind == data::IndicatorKind::Reported
            && indicator.maximum.is_none()
            && !indicator.code.ends_with("_year")
    });
    let all = counted.flat_map(|indicator| (1980..2023).map(move |year| (indicator.code.clone(), year)));
    let all = all.map(|(indicator, year)| {
        let mut one = any.clone();
        one.key.indicator = indicator;
        one.key.period = Period::Year { year };
        one.value = Some(value);
        one.denominator = None;
        one
    });
    let mut all: Vec<Observation> = all.take(most).collect();
    assert_eq!(all.len(), most);
    crate::store::sort(&mut all);
    all
}

#[tokio::test]
async fn more_conflicts_than_are_shown_are_returned_and_counted_whole() {
    on_both(async |store: Store| {
        let People { clerk, reviewer, .. } = people(&store).await;
        let count = MOST_DIFFERENCES + 1;
        let csv = data::write::csv(&figures(count, 8), &catalogue());
        let csv = String::from_utf8(csv).unwrap();
        let id = submitted(&store, &clerk, &csv).await;
        publish(&store, &figures(count, 9)).await;
        let report = shown(&store, &reviewer, &id).await;
        assert_eq!(
            (report.counts.conflicts, report.differences.len()),
            (count, MOST_DIFFERENCES)
        );
        let seen = Seen { id: &id, revision: 1 };
        let at_desk = desk(&store, &reviewer).await;
        let refused = at_desk.accept(seen, "", 9).await.unwrap_err();
        assert!(matches!(refused, Trouble::TooManyConflicts(501)), "{refused}");
        assert_eq!(lectures(&at_desk.published), Some("9".into()));
        at_desk.give_back(seen, "请核对").await.unwrap();
    })
    .await;
}
