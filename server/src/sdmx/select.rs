//! The rows that keys and filters select.
//!
//! Anybody may ask, so the worst that one address can cost is bounded: each key and each condition on a dimension is asked
//! of every indicator, unit and distinct period once, and never of a row, which costs one look into a table.

use data::exchange::{CONCEPTS, Part, period_key};
use data::{Dataset, Period, RowIndex};

use super::filter::Filter;
use super::key::{Key, MOST_KEYS};
use crate::api::observations::list::MOST_OBSERVATIONS;
use crate::http::failure::Problem;

/// The rows that one of the keys allows and of whose dimensions every filter holds, in the order of the dataset. They are
/// counted to the end, which costs as much as finding none of them, but no more are kept than an answer holds.
pub fn rows(dataset: &Dataset, keys: &[Key], filters: &[Filter]) -> Result<Vec<RowIndex>, Problem> {
    let allowed = |dimension, value: &str| allowed(keys, filters, dimension, value);
    let units = dataset.catalogue.org_units.all().iter().enumerate();
    let units = units.map(|(at, unit)| (at, allowed(1, &unit.code)));
    let units: Vec<(usize, Keys)> = units.filter(|(_, keys)| *keys != 0).collect();
    let of_period = |period: &Period| {
        let values = period_key(period).into_iter().zip(2..);
        values.fold(Keys::MAX, |keys, (value, dimension)| {
            keys & allowed(dimension, &value)
        })
    };
    let periods: Vec<Keys> = dataset.periods().iter().map(of_period).collect();
    let (mut selected, mut found) = (Vec::new(), 0);
    for (at, indicator) in dataset.catalogue.indicators.iter().enumerate() {
        let of_indicator = allowed(0, &indicator.code);
        let within = dataset.indicator_rows(at);
        for (unit, keys) in units.iter().map(|(unit, keys)| (*unit, keys & of_indicator)) {
            if keys == 0 || within.is_empty() {
                continue;
            }
            let rows = dataset.unit_rows_within(within.clone(), unit);
            for row in rows.filter(|row| keys & periods[dataset.period_index(*row)] != 0) {
                found += 1;
                if found <= MOST_OBSERVATIONS {
                    selected.push(row);
                }
            }
        }
    }
    match found > MOST_OBSERVATIONS {
        true => Err(Problem::TooMany {
            found,
            most: MOST_OBSERVATIONS,
        }),
        false => Ok(selected),
    }
}

/// Whether a component, by its place, is a dimension.
pub fn is_of_key(at: usize) -> bool {
    matches!(CONCEPTS[at].part, Part::Dimension | Part::Time)
}

/// Which of the keys allow something, a bit each.
type Keys = u128;

const _: () = assert!(MOST_KEYS <= Keys::BITS as usize, "each key has its bit");

/// The keys that allow a value of a dimension; none where a filter refuses it.
fn allowed(keys: &[Key], filters: &[Filter], dimension: usize, value: &str) -> Keys {
    let mut of_dimension = filters.iter().filter(|filter| filter.at == dimension);
    if !of_dimension.all(|filter| filter.holds(value)) {
        return 0;
    }
    let allows = |(_, key): &(usize, &Key)| key.allows(dimension, value);
    let allowing = keys.iter().enumerate().filter(allows);
    allowing.fold(0, |keys, (at, _)| keys | 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{catalogue, sample};

    /// Some rows of the sample, and not all, are selected: those that asking everything of every row selects.
    fn check(key: &str, filters: &[(&str, &str)]) {
        let dataset = Dataset::new("1".into(), catalogue(), sample());
        let keys = Key::parse_all(key).unwrap();
        let filters: Vec<Filter> = filters
            .iter()
            .map(|(at, text)| Filter::parse(at, text).unwrap().unwrap())
            .collect();
        let found = rows(&dataset, &keys, &filters).unwrap();
        assert_eq!(found, one_by_one(&dataset, &keys, &filters), "{key}");
        assert!(!found.is_empty() && found.len() < dataset.len(), "{key}");
    }

    fn one_by_one(dataset: &Dataset, keys: &[Key], filters: &[Filter]) -> Vec<RowIndex> {
        let is_selected = |row: &RowIndex| {
            let cells = data::exchange::cells(&dataset.observation(*row), &dataset.catalogue);
            keys.iter().any(|key| (0..5).all(|at| key.allows(at, &cells[at])))
                && filters.iter().all(|filter| filter.holds(&cells[filter.at]))
        };
        (0..dataset.len()).filter(is_selected).collect()
    }

    #[test]
    fn a_row_is_selected_where_one_key_allows_all_of_it() {
        check("taxpaying_firms.371482", &[]);
        check("taxpaying_firms+firms_per_commissioner", &[]);
        check("taxpaying_firms.371400,*.371482.opening", &[]);
        check("*.*.*.5", &[]);
        check("*.*.window.*._U,taxpaying_firms", &[]);
    }

    #[test]
    fn every_filter_of_a_dimension_has_to_hold() {
        check("*", &[("c[TIME_PERIOD]", "lt:2022")]);
        check(
            "*.371482",
            &[("c[INDICATOR]", "sw:taxpaying"), ("c[PERIOD_KIND]", "ne:opening")],
        );
        check(
            "taxpaying_firms,*.*.opening",
            &[("c[PERIOD_YEARS]", "5"), ("c[TIME_PERIOD]", "ge:2017")],
        );
    }
}
