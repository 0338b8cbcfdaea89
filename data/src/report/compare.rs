//! What is handed in beside what is published: what is new, what corrects, what disagrees.

use std::collections::{BTreeSet, HashSet};

use super::Context;
use crate::api::Difference;
use crate::{
    Change, Dataset, IndicatorKind, Observation, ObservationKey, Origin, Period, RowIndex, Source, format,
};

/// How one figure stands to what is published under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody published it yet.
    Added,
    /// It takes the place of this one: the same document read again, or the final figure after a provisional one.
    Revised(Box<Observation>),
    /// It is published exactly so.
    Identical,
    /// It is published with the same value from another source, which stays.
    Confirmed,
    /// Its indicator is computed and never stored.
    Computed,
    /// Another source publishes it otherwise.
    Conflict(Box<Observation>),
}

/// How a figure stands to what is published.
pub fn standing(published: &Dataset, found: &Observation) -> Standing {
    let indicator = published.catalogue.indicator(&found.key.indicator);
    if indicator.is_some_and(|indicator| indicator.kind != IndicatorKind::Reported) {
        return Standing::Computed;
    }
    let Some(old) = published_under(published, &found.key) else {
        return Standing::Added;
    };
    let as_published = Observation {
        vintage: old.vintage,
        ..found.clone()
    };
    if as_published == old {
        Standing::Identical
    } else if corrects(&old, found) {
        Standing::Revised(Box::new(old))
    } else if same_figure(&old, found) {
        Standing::Confirmed
    } else {
        Standing::Conflict(Box::new(old))
    }
}

/// Whether publishing these would put made-up figures beside real ones. A derived figure is as real as its parts.
pub fn mixes_synthetic<'a>(published: &Dataset, new: impl IntoIterator<Item = &'a Observation>) -> bool {
    let old = (0..published.len()).map(|row| published.origin(row));
    let (mut real, mut synthetic) = (false, false);
    for origin in old.chain(new.into_iter().map(|observation| observation.origin)) {
        real |= !matches!(origin, Origin::Derived | Origin::Synthetic);
        synthetic |= origin == Origin::Synthetic;
    }
    real && synthetic
}

/// What a report would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Figure by figure: those of the report in its order, then those it withdraws.
    pub changes: Vec<Difference>,
    /// How many of its figures are published already, from its source or another.
    pub unchanged: usize,
}

impl Differences {
    /// The differences of a report from what is published. A figure that was published after the vintage `base`, in
    /// whose sight the report was made, is a conflict whatever its source: nobody saw it who sent the report.
    pub fn of(context: &Context<'_>, figures: &[Observation], published: &Dataset, base: u32) -> Differences {
        let mut differences = Differences::default();
        for new in figures {
            let (old, disagrees) = match standing(published, new) {
                Standing::Added => (None, false),
                Standing::Revised(old) => (Some(*old), false),
                Standing::Conflict(old) => (Some(*old), true),
                Standing::Identical | Standing::Confirmed | Standing::Computed => {
                    differences.unchanged += 1;
                    continue;
                }
            };
            let is_newer = old.as_ref().is_some_and(|old| old.vintage > base);
            // A report sent again is of another day, and corrects itself all the same.
            let is_own = old.as_ref().is_some_and(|old| is_own(context, &old.source));
            differences.changes.push(Difference {
                percent: old.as_ref().and_then(|old| percent(old, new)),
                new: Some(new.clone()),
                old,
                conflict: disagrees && !is_own || is_newer,
            });
        }
        let said: HashSet<(usize, usize, Period)> = figures
            .iter()
            .filter_map(|figure| place(published, &figure.key))
            .collect();
        let units = said.iter().map(|(_, unit, _)| *unit);
        let withdrawn = withdrawn(context, units, published, |indicator, unit, period| {
            said.contains(&(indicator, unit, *period))
        });
        let withdrawn = withdrawn.into_iter().map(|row| published.observation(row));
        differences.changes.extend(withdrawn.map(|old| Difference {
            conflict: old.vintage > base,
            new: None,
            percent: None,
            old: Some(old),
        }));
        differences
    }

    /// Those that a person must decide.
    pub fn conflicts(&self) -> impl Iterator<Item = &Difference> {
        self.changes.iter().filter(|difference| difference.conflict)
    }
}

/// The published rows of a report's own document and year, of its own unit and these, that it does not say any more:
/// `is_said` is asked for the indicator and the org unit, by their places in the catalogue, and the period.
pub fn withdrawn(
    context: &Context<'_>,
    units: impl IntoIterator<Item = usize>,
    published: &Dataset,
    is_said: impl Fn(usize, usize, &Period) -> bool,
) -> Vec<RowIndex> {
    let Some(unit) = context.catalogue.org_units.index(context.org_unit) else {
        return Vec::new();
    };
    let units: BTreeSet<usize> = units.into_iter().chain([unit]).collect();
    let mut found = Vec::new();
    for indicator in 0..context.catalogue.indicators.len() {
        for unit in &units {
            let rows = published.unit_rows(indicator, *unit);
            found.extend(rows.filter(|row| {
                let period = published.period(*row);
                published.origin(*row) != Origin::Derived
                    && is_of_year(period, context.year)
                    && is_own(context, published.source(*row))
                    && !is_said(indicator, *unit, period)
            }));
        }
    }
    found
}

/// Whether a source is the report itself, on whatever day it came in.
fn is_own(context: &Context<'_>, source: &Source) -> bool {
    (&source.document, &source.publisher) == (&context.source.document, &context.source.publisher)
}

/// Whether a period is or ends in a year.
pub fn is_of_year(period: &Period, year: i32) -> bool {
    match period {
        Period::Year { year: of } => *of == year,
        other => other.end().is_some_and(|end| end.year() == year),
    }
}

/// A key by the places of its indicator and its org unit in the catalogue.
fn place(published: &Dataset, key: &ObservationKey) -> Option<(usize, usize, Period)> {
    let indicator = published.catalogue.indicator_index(&key.indicator)?;
    let org_unit = published.catalogue.org_units.index(&key.org_unit)?;
    Some((indicator, org_unit, key.period))
}

/// What is published under a key.
pub fn published_under(published: &Dataset, key: &ObservationKey) -> Option<Observation> {
    let (indicator, org_unit, period) = place(published, key)?;
    let mut rows = published.unit_rows(indicator, org_unit);
    let row = rows.find(|row| *published.period(*row) == period)?;
    Some(published.observation(row))
}

/// The same document, read again; or the final figure that a provisional one announced.
fn corrects(published: &Observation, found: &Observation) -> bool {
    let document = |source: &Source| {
        (
            source.document.clone(),
            source.publisher.clone(),
            source.published,
        )
    };
    let is_final = published.status.is_preliminary()
        && published.source.publisher == found.source.publisher
        && published.source.published <= found.source.published;
    document(&published.source) == document(&found.source) || is_final
}

fn same_figure(a: &Observation, b: &Observation) -> bool {
    (a.value, a.denominator, a.status) == (b.value, b.denominator, b.status)
}

/// The change in per cent, where neither figure leaves it open.
pub fn percent(old: &Observation, new: &Observation) -> Option<String> {
    let growth = Change::of(&old.value?, &new.value?).ok()?.growth()?;
    Some(format::signed_percent(growth, 2))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ObservationValue;
    use crate::definitions::{BUILT_IN, Catalogue};
    use crate::report::usual_source;

    const DAY: chrono::NaiveDate = chrono::NaiveDate::MIN;

    fn source(catalogue: &Catalogue, document: &str) -> Source {
        let own = usual_source(catalogue, "371482", 2022, DAY);
        match document {
            "own" => own,
            other => Source {
                document: other.into(),
                ..own
            },
        }
    }

    fn figure(catalogue: &Catalogue, (indicator, value, document): (&str, i64, &str)) -> Observation {
        Observation {
            key: ObservationKey {
                indicator: indicator.into(),
                org_unit: "371482".into(),
                period: Period::Year { year: 2022 },
            },
            value: Some(ObservationValue::exact(value)),
            denominator: None,
            status: crate::ObservationStatus::default(),
            origin: Origin::Printed,
            period_basis: crate::PeriodBasis::Stated,
            source: source(catalogue, document),
            other_sources: crate::OtherSources::default(),
            comment: None,
            vintage: 0,
        }
    }

    /// The differences of a report whose figures are compared with published ones of vintage 3.
    fn check(published: &[(&str, i64, &str)], report: &[(&str, i64)], base: u32, expected: &[&str]) {
        let catalogue = Arc::new(Catalogue::read(BUILT_IN).0);
        let published = published.iter().map(|of| Observation {
            vintage: 3,
            ..figure(&catalogue, *of)
        });
        let dataset = Dataset::new("3".into(), catalogue.clone(), published.collect());
        let figures: Vec<Observation> = report
            .iter()
            .map(|(indicator, value)| figure(&catalogue, (indicator, *value, "own")))
            .collect();
        let source = source(&catalogue, "own");
        let context = Context {
            catalogue: &catalogue,
            org_unit: "371482",
            year: 2022,
            source: &source,
            mapping: &[],
        };
        let found = Differences::of(&context, &figures, &dataset, base);
        let told: Vec<String> = found.changes.iter().map(told).collect();
        assert_eq!(told, expected, "{report:?}");
    }

    fn told(difference: &Difference) -> String {
        let number = |of: &Option<Observation>| {
            let value = of.as_ref().and_then(|of| of.value);
            value.map_or("-".to_owned(), |value| value.number().to_string())
        };
        let percent = difference.percent.clone().unwrap_or_default();
        let conflict = if difference.conflict { " !" } else { "" };
        let (old, new) = (number(&difference.old), number(&difference.new));
        format!("{old} → {new} {percent}{conflict}")
    }

    const LECTURES: &str = "united_front_lectures";

    #[test]
    fn a_new_figure_is_added_and_its_own_document_corrects_itself() {
        check(&[], &[(LECTURES, 8)], 0, &["- → 8 "]);
        check(&[(LECTURES, 8, "own")], &[(LECTURES, 10)], 3, &["8 → 10 +25.00%"]);
        check(&[(LECTURES, 8, "own")], &[(LECTURES, 8)], 3, &[]);
    }

    #[test]
    fn another_source_that_disagrees_is_a_conflict_and_one_that_agrees_is_none() {
        check(
            &[(LECTURES, 8, "a newspaper")],
            &[(LECTURES, 9)],
            3,
            &["8 → 9 +12.50% !"],
        );
        check(&[(LECTURES, 8, "a newspaper")], &[(LECTURES, 8)], 3, &[]);
    }

    #[test]
    fn what_was_published_since_the_report_was_made_is_a_conflict_whatever_its_source() {
        check(&[(LECTURES, 8, "own")], &[(LECTURES, 9)], 2, &["8 → 9 +12.50% !"]);
    }

    #[test]
    fn what_its_own_document_does_not_say_any_more_is_withdrawn_and_nothing_else() {
        let published = [
            (LECTURES, 8, "own"),
            ("training_sessions", 9, "own"),
            ("firm_support_activities", 7, "a newspaper"),
        ];
        check(&published, &[(LECTURES, 8)], 3, &["9 → - "]);
    }
}
