//! What is handed in beside what is published: what is new, what corrects, what disagrees.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::before::before;
use super::{Context, Figure, Reading};
use crate::api::{Difference, DifferenceCounts};
use crate::{
    Change, Dataset, DatasetBuilder, Decimal, IndicatorKind, NewRow, Observation, ObservationKey,
    ObservationStatus, ObservationValue, Origin, OtherSources, Period, PeriodBasis, RowIndex, Source, format,
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
    let Some(row) = row_under(published, &found.key) else {
        return Standing::Added;
    };
    let told = Told {
        value: found.value,
        denominator: found.denominator,
        status: found.status,
        origin: found.origin,
        period_basis: found.period_basis,
        source: &found.source,
        other_sources: &found.other_sources,
        comment: found.comment.as_deref(),
    };
    let old = || Box::new(published.observation(row));
    match Beside::of(&told, &Told::published(published, row)) {
        Beside::Identical => Standing::Identical,
        Beside::Corrects => Standing::Revised(old()),
        Beside::Confirms => Standing::Confirmed,
        Beside::Disagrees => Standing::Conflict(old()),
    }
}

/// What is told under one key, borrowed from wherever it stands: a hundred thousand comparisons make no copies.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Told<'a> {
    value: Option<ObservationValue>,
    denominator: Option<Decimal>,
    status: ObservationStatus,
    origin: Origin,
    period_basis: PeriodBasis,
    source: &'a Source,
    other_sources: &'a OtherSources,
    comment: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn published(published: &'a Dataset, row: RowIndex) -> Told<'a> {
        Told {
            value: published.value(row),
            denominator: published.denominator(row),
            status: published.status(row),
            origin: published.origin(row),
            period_basis: published.basis(row),
            source: published.source(row),
            other_sources: published.other_sources(row),
            comment: published.comment(row),
        }
    }

    fn in_report(reading: &'a Reading, figure: usize) -> Told<'a> {
        let figure = &reading.figures[figure];
        Told {
            value: figure.value,
            denominator: figure.denominator,
            status: figure.status,
            origin: figure.origin,
            period_basis: figure.period_basis,
            source: &reading.sources[figure.source],
            other_sources: &OtherSources::None,
            comment: figure.comment.as_deref(),
        }
    }
}

/// How what is found stands to what is published under the same key.
enum Beside {
    Identical,
    Corrects,
    Confirms,
    Disagrees,
}

impl Beside {
    fn of(found: &Told<'_>, old: &Told<'_>) -> Beside {
        let figure = |told: &Told<'_>| (told.value, told.denominator, told.status);
        if found == old {
            Beside::Identical
        } else if corrects(old, found) {
            Beside::Corrects
        } else if figure(found) == figure(old) {
            Beside::Confirms
        } else {
            Beside::Disagrees
        }
    }
}

/// Whether publishing figures of these origins would put made-up ones beside real ones. A derived figure is as real as its
/// parts.
pub fn mixes_synthetic(published: &Dataset, new: impl IntoIterator<Item = Origin>) -> bool {
    let old = (0..published.len()).map(|row| published.origin(row));
    let (mut real, mut synthetic) = (false, false);
    for origin in old.chain(new) {
        real |= !matches!(origin, Origin::Derived | Origin::Synthetic);
        synthetic |= origin == Origin::Synthetic;
    }
    real && synthetic
}

/// What a report would change. Figures and rows are given by place: those of a country's year are many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Figure by figure: those of the report in its order, then those it withdraws.
    pub changes: Vec<Differing>,
    /// How many of its figures are published already, from its source or another.
    pub unchanged: usize,
}

/// A figure that differs from what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Differing {
    /// Its place among the figures of the report; none where it is withdrawn.
    pub new: Option<usize>,
    /// The row that is published; none where it is new.
    pub old: Option<RowIndex>,
    /// Whether a person must decide; see [`Difference::conflict`].
    pub conflict: bool,
}

impl Differences {
    /// The differences of a report from what is published. A figure that was published after the vintage `base`, in
    /// whose sight the report was made, is a conflict whatever its source: nobody saw it who sent the report.
    pub fn of(context: &Context<'_>, reading: &Reading, published: &Dataset, base: u32) -> Differences {
        let mut differences = Differences::default();
        let is_newer = |row: RowIndex| published.vintage(row) > base;
        let mut rows = Rows::of(published);
        for (new, figure) in reading.figures.iter().enumerate() {
            let indicator = &published.catalogue.indicators[figure.indicator];
            if indicator.kind != IndicatorKind::Reported {
                differences.unchanged += 1;
                continue;
            }
            let old = rows.under(figure.indicator, figure.org_unit, &figure.period);
            let disagrees = match old {
                None => false,
                Some(row) => {
                    match Beside::of(&Told::in_report(reading, new), &Told::published(published, row)) {
                        Beside::Corrects => false,
                        // A report sent again is of another day, and corrects itself all the same.
                        Beside::Disagrees => !is_own(context, published.source(row)),
                        Beside::Identical | Beside::Confirms => {
                            differences.unchanged += 1;
                            continue;
                        }
                    }
                }
            };
            differences.changes.push(Differing {
                new: Some(new),
                old,
                conflict: disagrees || old.is_some_and(is_newer),
            });
        }
        let figures = reading.figures.iter();
        let said: LazyCell<HashSet<(usize, usize, Period)>, _> = LazyCell::new(|| {
            let place = |figure: &Figure| (figure.indicator, figure.org_unit, figure.period);
            reading.figures.iter().map(place).collect()
        });
        let units = figures.map(|figure| figure.org_unit);
        let gone = withdrawn(context, units, published, |indicator, unit, period| {
            said.contains(&(indicator, unit, *period))
        });
        differences.changes.extend(gone.into_iter().map(|row| Differing {
            new: None,
            old: Some(row),
            conflict: is_newer(row),
        }));
        differences
    }

    /// Those that a person must decide.
    pub fn conflicts(&self) -> impl Iterator<Item = &Differing> {
        self.changes.iter().filter(|differing| differing.conflict)
    }

    /// How many there are of each kind.
    pub fn counts(&self) -> DifferenceCounts {
        let count = |is: fn(&Differing) -> bool| self.changes.iter().filter(|one| is(one)).count();
        let added = count(|one| one.old.is_none());
        let withdrawn = count(|one| one.new.is_none());
        DifferenceCounts {
            added,
            changed: self.changes.len() - added - withdrawn,
            withdrawn,
            conflicts: count(|one| one.conflict),
        }
    }
}

/// The dataset after a report was published over the one that it was compared with: the same as would be loaded anew, and
/// a country's year sooner. Its version is for who published to say.
pub fn published_after(
    differences: &Differences,
    reading: &Reading,
    before: &Dataset,
    vintage: u32,
) -> Dataset {
    let gone = differences.changes.iter().filter_map(|one| one.old).collect();
    let mut builder = DatasetBuilder::after(before, &gone);
    let sources: Vec<u32> = reading
        .sources
        .iter()
        .map(|source| builder.source(source.clone()))
        .collect();
    for figure in differences.changes.iter().filter_map(|one| one.new) {
        let figure = &reading.figures[figure];
        let period = builder.period(figure.period);
        builder.push(NewRow {
            indicator: figure.indicator,
            org_unit: figure.org_unit,
            period,
            value: figure.value,
            denominator: figure.denominator,
            status: figure.status,
            origin: figure.origin,
            period_basis: figure.period_basis,
            source: sources[figure.source],
            comment: figure.comment.as_deref().map(str::to_owned),
            vintage,
        });
    }
    builder.build(String::new())
}

impl Differing {
    /// The same with all that a reader is shown.
    pub fn told(&self, reading: &Reading, published: &Dataset) -> Difference {
        let new = self
            .new
            .map(|new| reading.observation(&reading.figures[new], &published.catalogue));
        let old = self.old.map(|row| published.observation(row));
        let figure = self.new.map(|new| &reading.figures[new]);
        let previous = figure.filter(|_| old.is_none()).and_then(|figure| {
            let place = (figure.indicator, figure.org_unit);
            before(published, place, &figure.period).map(|row| published.observation(row))
        });
        Difference {
            percent: old
                .as_ref()
                .zip(new.as_ref())
                .or(previous.as_ref().zip(new.as_ref()))
                .and_then(|(old, new)| percent(old, new)),
            new,
            old,
            previous,
            conflict: self.conflict,
        }
    }
}

/// Finds rows for figures one after the other: a report mostly names one indicator, or one unit, many times in a row.
struct Rows<'a> {
    published: &'a Dataset,
    of_indicators: Vec<std::ops::Range<RowIndex>>,
}

impl<'a> Rows<'a> {
    fn of(published: &'a Dataset) -> Rows<'a> {
        let indicators = 0..published.catalogue.indicators.len();
        Rows {
            published,
            of_indicators: indicators.map(|at| published.indicator_rows(at)).collect(),
        }
    }

    fn under(&mut self, indicator: usize, org_unit: usize, period: &Period) -> Option<RowIndex> {
        let rows = self.of_indicators.get(indicator)?.clone();
        let mut rows = self.published.unit_rows_within(rows, org_unit);
        rows.find(|row| self.published.period(*row) == period)
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
    let own = published.rows_of_sources(|source| is_own(context, source));
    let rows: Vec<RowIndex> = own
        .filter(|row| {
            published.origin(*row) != Origin::Derived && is_of_year(published.period(*row), context.year)
        })
        .collect();
    // Most reports are the first of their year, and nobody asks.
    if rows.is_empty() {
        return rows;
    }
    let units: HashSet<usize> = units.into_iter().chain([unit]).collect();
    let is_gone = |row: &RowIndex| {
        let (indicator, unit) = (published.indicator_index(*row), published.org_unit_index(*row));
        units.contains(&unit) && !is_said(indicator, unit, published.period(*row))
    };
    rows.into_iter().filter(is_gone).collect()
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

/// What is published under a key.
pub fn published_under(published: &Dataset, key: &ObservationKey) -> Option<Observation> {
    row_under(published, key).map(|row| published.observation(row))
}

fn row_under(published: &Dataset, key: &ObservationKey) -> Option<RowIndex> {
    let indicator = published.catalogue.indicator_index(&key.indicator)?;
    let org_unit = published.catalogue.org_units.index(&key.org_unit)?;
    let mut rows = published.unit_rows(indicator, org_unit);
    rows.find(|row| *published.period(*row) == key.period)
}

/// The same document, read again; or the final figure that a provisional one announced.
fn corrects(published: &Told<'_>, found: &Told<'_>) -> bool {
    let (old, new) = (published.source, found.source);
    let is_same =
        (&old.document, &old.publisher, old.published) == (&new.document, &new.publisher, new.published);
    let is_final =
        published.status.is_preliminary() && old.publisher == new.publisher && old.published <= new.published;
    is_same || is_final
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
    use crate::definitions::{BUILT_IN, Catalogue};
    use crate::report::{Figure, Place, usual_source};

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

    fn context<'a>(catalogue: &'a Catalogue, source: &'a Source) -> Context<'a> {
        Context {
            catalogue,
            org_unit: "371482",
            year: 2022,
            source,
            mapping: &[],
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
        let source = source(&catalogue, "own");
        let context = context(&catalogue, &source);
        let reading = reading(&catalogue, report, &source);
        let found = Differences::of(&context, &reading, &dataset, base);
        let told: Vec<String> = found
            .changes
            .iter()
            .map(|one| told(&one.told(&reading, &dataset)))
            .collect();
        assert_eq!(told, expected, "{report:?}");
    }

    fn reading(catalogue: &Catalogue, report: &[(&str, i64)], source: &Source) -> Reading {
        let figures = report.iter().map(|(indicator, value)| Figure {
            place: Place {
                sheet: 0,
                row: 1,
                column: None,
            },
            indicator: catalogue.indicator_index(indicator).unwrap(),
            org_unit: catalogue.org_units.index("371482").unwrap(),
            period: Period::Year { year: 2022 },
            value: Some(ObservationValue::exact(*value)),
            denominator: None,
            status: ObservationStatus::default(),
            origin: Origin::Printed,
            period_basis: PeriodBasis::Stated,
            source: 0,
            comment: None,
        });
        Reading {
            figures: figures.collect(),
            sources: vec![source.clone()],
            ..Reading::default()
        }
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
    fn a_new_figure_stands_beside_the_one_that_it_follows() {
        let catalogue = Arc::new(Catalogue::read(BUILT_IN).0);
        let mut earlier = figure(&catalogue, (LECTURES, 8, "a newspaper"));
        earlier.key.period = Period::Year { year: 2020 };
        let dataset = Dataset::new("1".into(), catalogue.clone(), vec![earlier.clone()]);
        let own = source(&catalogue, "own");
        let reading = reading(&catalogue, &[(LECTURES, 10)], &own);
        let context = context(&catalogue, &own);
        let differences = Differences::of(&context, &reading, &dataset, 1);
        let told = differences.changes[0].told(&reading, &dataset);
        assert_eq!(told.previous.map(|previous| previous.key), Some(earlier.key));
        assert_eq!(told.percent.as_deref(), Some("+25.00%"));
    }

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
