use crate::{Dataset, Period, RowIndex};

/// The latest published figure before a period that a line may join with one of it, where it has a value: what a reader holds
/// the new figure against. The indicator and the org unit are given by their places in the catalogue.
pub fn before(
    published: &Dataset,
    (indicator, org_unit): (usize, usize),
    period: &Period,
) -> Option<RowIndex> {
    let definition = &published.catalogue.indicators[indicator];
    let version = definition.version_at(period);
    let day = period.order_day();
    let rows = published.unit_rows(indicator, org_unit);
    rows.rev()
        .filter(|row| published.period(*row).joins(period).is_ok())
        // What was counted by another definition is no measure of this figure.
        .filter(|row| definition.version_at(published.period(*row)) == version)
        .filter(|row| published.period(*row).order_day() < day)
        .find(|row| published.value(*row).is_some())
}
