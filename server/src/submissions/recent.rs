use std::sync::{Arc, Mutex, PoisonError};

use data::definitions::Catalogue;
use data::report::Reading;

/// What was read of a report: its figures, by their places in the catalogue that they were read with.
#[derive(Debug, Clone)]
pub struct Read {
    /// The catalogue.
    pub catalogue: Arc<Catalogue>,
    /// The figures and their sources; what was found wrong is stored beside them.
    pub reading: Arc<Reading>,
}

/// The reports that were read last: who sends one sees it, confirms, sends, and often it is accepted, all within minutes,
/// and each of these would read its figures out of the database anew.
#[derive(Debug, Default)]
pub struct Recent {
    kept: Mutex<Vec<(Revision, Read)>>,
}

/// A submission and its revision: what is in it never changes.
type Revision = (String, i64);

/// The most figures that are kept, some 150 bytes each.
const MOST_FIGURES: usize = 120_000;

/// The most reports.
const MOST_REPORTS: usize = 64;

impl Recent {
    /// What was read of a revision, if it is kept and its catalogue is still this one.
    pub fn get(&self, id: &str, revision: i64, catalogue: &Arc<Catalogue>) -> Option<Arc<Reading>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept
            .iter()
            .find(|((of, number), _)| of == id && *number == revision);
        let (_, read) = found?;
        Arc::ptr_eq(&read.catalogue, catalogue).then(|| read.reading.clone())
    }

    /// Keeps what was read, and lets go of what was kept longest.
    pub fn keep(&self, id: &str, revision: i64, read: Read) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|((of, _), _)| of != id);
        kept.push(((id.to_owned(), revision), read));
        let figures = |kept: &[(Revision, Read)]| -> usize {
            kept.iter().map(|(_, read)| read.reading.figures.len()).sum()
        };
        while kept.len() > MOST_REPORTS || figures(&kept) > MOST_FIGURES {
            kept.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use data::report::{Figure, Place};

    use super::*;

    fn read(catalogue: &Arc<Catalogue>, figures: usize) -> Read {
        let figure = Figure {
            place: Place {
                sheet: 0,
                row: 1,
                column: None,
            },
            indicator: 0,
            org_unit: 0,
            period: data::Period::Year { year: 2022 },
            value: None,
            denominator: None,
            status: data::ObservationStatus::default(),
            origin: data::Origin::Printed,
            period_basis: data::PeriodBasis::Stated,
            source: 0,
            comment: None,
        };
        Read {
            catalogue: catalogue.clone(),
            reading: Arc::new(Reading {
                figures: vec![figure; figures],
                ..Reading::default()
            }),
        }
    }

    #[test]
    fn the_newest_revision_is_kept_under_its_catalogue_and_the_oldest_report_goes_first() {
        let (recent, catalogue) = (Recent::default(), crate::store::tests::catalogue());
        let is_there = |id: &str, revision| recent.get(id, revision, &catalogue).is_some();
        recent.keep("a", 1, read(&catalogue, 1));
        recent.keep("a", 2, read(&catalogue, 1));
        assert_eq!([is_there("a", 1), is_there("a", 2)], [false, true]);
        assert!(recent.get("a", 2, &crate::store::tests::catalogue()).is_none());
        recent.keep("b", 1, read(&catalogue, MOST_FIGURES));
        assert_eq!([is_there("a", 2), is_there("b", 1)], [false, true]);
        recent.keep("c", 1, read(&catalogue, MOST_FIGURES + 1));
        assert_eq!([is_there("b", 1), is_there("c", 1)], [false, false]);
    }
}
