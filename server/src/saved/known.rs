use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::{SavedChart, address};
use crate::http::failure::Problem;
use crate::http::shelf::Shelf;
use crate::store::Store;

/// How many charts are remembered, in each of two halves: some 10 MB.
const HALF: usize = 10_000;

/// How many questions for what is not known stand before the database at once: whoever tries ids without end waits, and
/// leaves most of its connections to others.
const MOST_QUESTIONS: usize = 4;

/// How long an id that nobody has is not asked for again; another server may save it meanwhile.
const UNKNOWN_FOR: Duration = Duration::from_secs(5);

/// The saved charts that were asked for lately, and the ids that nobody has.
#[derive(Debug)]
pub struct Known {
    charts: Shelf<Arc<SavedChart>>,
    unknown: Shelf<Instant>,
    questions: Semaphore,
}

impl Default for Known {
    fn default() -> Known {
        Known {
            charts: Shelf::new(HALF),
            unknown: Shelf::new(HALF),
            questions: Semaphore::new(MOST_QUESTIONS),
        }
    }
}

impl Known {
    /// The chart of an id that could be one; none where nobody has it.
    pub async fn chart(&self, store: &Store, id: &str) -> Result<Option<Arc<SavedChart>>, Problem> {
        if let Some(answer) = self.remembered(id, Instant::now()) {
            return Ok(answer);
        }
        let _turn = self.questions.acquire().await.map_err(|_| Problem::Internal)?;
        let Some(stored) = store.saved_chart(id).await? else {
            self.unknown.insert(id, Instant::now(), 1);
            return Ok(None);
        };
        let chart = address::stored(stored).map(Arc::new);
        let chart = chart.ok_or_else(|| {
            tracing::error!(id, "the address of a saved chart cannot be read");
            Problem::Internal
        })?;
        self.insert(chart.clone());
        Ok(Some(chart))
    }

    /// Remembers a chart.
    pub fn insert(&self, chart: Arc<SavedChart>) {
        self.charts.insert(&chart.id.clone(), chart, 1);
    }

    fn remembered(&self, id: &str, now: Instant) -> Option<Option<Arc<SavedChart>>> {
        if let Some(chart) = self.charts.get(id) {
            return Some(Some(chart));
        }
        let since = self.unknown.get(id)?;
        (now.saturating_duration_since(since) < UNKNOWN_FOR).then_some(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_nobody_has_is_asked_for_again_after_a_while() {
        let (known, now) = (Known::default(), Instant::now());
        known.unknown.insert("0123456789", now, 1);
        assert_eq!(known.remembered("0123456789", now), Some(None));
        assert_eq!(known.remembered("0123456789", now + UNKNOWN_FOR), None);
    }
}
