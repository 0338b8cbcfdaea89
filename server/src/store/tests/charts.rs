//! Charts under short addresses.

use super::super::{Saving, Store, StoredChart};
use super::{now, on_both, publish, sample};

fn chart(id: &str, address: &str, vintage: Option<i64>) -> StoredChart {
    StoredChart {
        id: id.into(),
        address: address.into(),
        vintage,
    }
}

#[tokio::test]
async fn a_chart_is_saved_once_and_comes_back_as_it_was() {
    on_both(async |store: Store| {
        publish(&store, &sample()).await;
        let save_among =
            async |most, chart: &StoredChart| store.save_chart(chart, most, now()).await.unwrap();
        let save = async |chart: &StoredChart| save_among(2, chart).await;
        let (following, pinned) = (
            chart("1", "/charts/line?a", None),
            chart("2", "/charts/line?a", Some(1)),
        );
        assert_eq!(store.saved_chart("1").await.unwrap(), None);
        assert_eq!(save(&following).await, Saving::New);
        assert_eq!(save(&following).await, Saving::Known);
        assert_eq!(save(&chart("1", "/charts/line?b", None)).await, Saving::Taken);
        assert_eq!(save(&chart("1", "/charts/line?a", Some(1))).await, Saving::Taken);
        assert_eq!(save(&pinned).await, Saving::New);
        assert_eq!(save(&chart("3", "/charts/line?c", None)).await, Saving::Full);
        assert_eq!(save(&pinned).await, Saving::Known, "what is there needs no room");
        let reserved = chart("3", "/charts/line?c", None);
        assert_eq!(
            save_among(3, &reserved).await,
            Saving::New,
            "there is room for others"
        );
        assert_eq!(save(&chart("4", "/charts/line?d", None)).await, Saving::Full);
        assert_eq!(
            save_among(3, &chart("4", "/charts/line?d", None)).await,
            Saving::Full
        );
        for saved in [following, pinned, reserved] {
            assert_eq!(store.saved_chart(&saved.id).await.unwrap(), Some(saved));
        }
    })
    .await;
}
