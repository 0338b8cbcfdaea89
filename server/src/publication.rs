//! What is handed in beside what is published: what is new, what corrects, what disagrees.

use data::report::compare::{self, Standing, standing};
use data::{Dataset, Observation, ObservationValue};

/// How a file of observations relates to what is published.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Figures that nobody published yet.
    pub added: Vec<Observation>,
    /// Figures that take the place of published ones.
    pub revised: Vec<Observation>,
    /// How many are published exactly so.
    pub identical: usize,
    /// How many are published with the same value from another source, which stays.
    pub confirmed: usize,
    /// How many are of indicators that are computed and never stored.
    pub computed: usize,
    /// Figures that another source publishes otherwise.
    pub conflicts: Vec<Conflict>,
}

/// Two sources that disagree.
#[derive(Debug)]
pub struct Conflict {
    /// The line of the file.
    pub line: u64,
    /// What is published.
    pub published: Observation,
    /// What the file says.
    pub found: Observation,
}

impl Conflict {
    /// Both figures side by side, at their place in the file.
    pub fn message(&self, file: &str, column: usize) -> String {
        let key = &self.found.key;
        format!(
            "{file}:{}:{column}: value: {} {} {}: found {}, but vintage {} publishes {}",
            self.line,
            key.indicator,
            key.org_unit,
            key.period,
            with_source(&self.found),
            self.published.vintage,
            with_source(&self.published),
        )
    }
}

/// Sorts the observations of a file by what is published under the same keys.
pub fn compare(dataset: &Dataset, observations: Vec<(u64, Observation)>) -> Comparison {
    let mut comparison = Comparison::default();
    for (line, found) in observations {
        match standing(dataset, &found) {
            Standing::Added => comparison.added.push(found),
            Standing::Revised(_) => comparison.revised.push(found),
            Standing::Identical => comparison.identical += 1,
            Standing::Confirmed => comparison.confirmed += 1,
            Standing::Computed => comparison.computed += 1,
            Standing::Conflict(published) => comparison.conflicts.push(Conflict {
                line,
                published: *published,
                found,
            }),
        }
    }
    comparison
}

/// Whether publishing this would put made-up figures beside real ones.
pub fn mixes_synthetic(dataset: &Dataset, comparison: &Comparison) -> bool {
    let new = comparison.added.iter().chain(&comparison.revised);
    compare::mixes_synthetic(dataset, new.map(|observation| observation.origin))
}

fn with_source(observation: &Observation) -> String {
    let number = |value: ObservationValue| match value.qualifier() {
        data::Qualifier::Exact => value.number().to_string(),
        qualifier => format!("{} ({})", value.number(), qualifier.code()),
    };
    let value = observation
        .value
        .map_or(format!("no value ({})", observation.status.code()), number);
    let source = &observation.source;
    format!(
        "{value} from {}, {} {}",
        source.document, source.publisher, source.published
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use data::Origin;
    use data::definitions::{BUILT_IN, Catalogue, SAMPLE};

    use super::*;

    fn sample() -> (Dataset, Vec<(u64, Observation)>) {
        let (catalogue, _) = Catalogue::read(BUILT_IN);
        let read = data::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
        let published = read.observations.iter().map(|(_, observation)| Observation {
            vintage: 1,
            ..observation.clone()
        });
        let dataset = Dataset::new("1".into(), Arc::new(catalogue), published.collect());
        (dataset, read.observations)
    }

    fn compared(change: impl FnOnce(&mut Observation)) -> Comparison {
        let (dataset, mut observations) = sample();
        change(&mut observations[0].1);
        compare(&dataset, observations)
    }

    #[test]
    fn what_is_published_already_is_skipped() {
        let comparison = compared(|_| {});
        assert_eq!(comparison.identical, 52);
        assert!(comparison.added.is_empty() && comparison.conflicts.is_empty());
    }

    #[test]
    fn the_same_document_corrects_itself() {
        let comparison = compared(|first| first.value = Some(ObservationValue::exact(7)));
        assert_eq!((comparison.revised.len(), comparison.conflicts.len()), (1, 0));
    }

    #[test]
    fn made_up_figures_do_not_mix_with_real_ones() {
        let (dataset, _) = sample();
        let one_more = |origin| {
            compared(|first| {
                first.key.org_unit = "371481".into();
                first.origin = origin;
            })
        };
        assert!(mixes_synthetic(&dataset, &one_more(Origin::Synthetic)));
        assert!(!mixes_synthetic(&dataset, &one_more(Origin::Printed)));
        let empty = Dataset::new("0".into(), dataset.catalogue.clone(), Vec::new());
        assert!(!mixes_synthetic(&empty, &one_more(Origin::Synthetic)));
    }

    #[test]
    fn another_source_that_agrees_confirms() {
        let comparison = compared(|first| first.source.document = "another".into());
        assert_eq!((comparison.confirmed, comparison.identical), (1, 51));
    }

    #[test]
    fn another_source_that_disagrees_is_a_conflict_shown_with_both_figures() {
        let comparison = compared(|first| {
            first.source.document = "another".into();
            first.value = Some(ObservationValue::exact(7));
        });
        let message = comparison.conflicts[0].message("f.csv", 3);
        assert!(
            message.starts_with("f.csv:2:3: value: five_good_streak_years 371482"),
            "{message}"
        );
        assert!(
            message.contains("found 7 from another") && message.contains("vintage 1 publishes 5 from"),
            "{message}"
        );
    }
}
