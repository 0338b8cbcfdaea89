use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::{SavedChart, address};
use crate::http::failure::Problem;
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
    charts: Halves<Arc<str>, Arc<SavedChart>>,
    unknown: Halves<Arc<str>, Instant>,
    questions: Semaphore,
}

impl Default for Known {
    fn default() -> Known {
        Known {
            charts: Halves::default(),
            unknown: Halves::default(),
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
            self.unknown.insert(id.into(), Instant::now());
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
        self.charts.insert(chart.id.as_str().into(), chart);
    }

    fn remembered(&self, id: &str, now: Instant) -> Option<Option<Arc<SavedChart>>> {
        if let Some(chart) = self.charts.get(id) {
            return Some(Some(chart));
        }
        let since = self.unknown.get(id)?;
        (now.saturating_duration_since(since) < UNKNOWN_FOR).then_some(None)
    }
}

/// Least-recently-used at the price of a map: when the young half is full it becomes the old one.
#[derive(Debug)]
struct Halves<K, V>(RwLock<[HashMap<K, V>; 2]>);

impl<K, V> Default for Halves<K, V> {
    fn default() -> Self {
        Halves(RwLock::default())
    }
}

impl<V: Clone> Halves<Arc<str>, V> {
    fn get(&self, key: &str) -> Option<V> {
        let halves = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &*halves;
        if let Some(value) = young.get(key) {
            return Some(value.clone());
        }
        let value = old.get(key)?.clone();
        drop(halves);
        self.insert(key.into(), value.clone());
        Some(value)
    }
}

impl<K: Eq + Hash, V> Halves<K, V> {
    fn insert(&self, key: K, value: V) {
        let mut halves = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &mut *halves;
        if young.len() >= HALF {
            *old = std::mem::take(young);
        }
        young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_memory_is_bounded() {
        let halves: Halves<Arc<str>, usize> = Halves::default();
        halves.insert("hot".into(), 0);
        for at in 1..50_000 {
            halves.insert(at.to_string().into(), at);
            assert_eq!(halves.get("hot"), Some(0), "after {at}");
        }
        assert_eq!((halves.get("1"), halves.get("49999")), (None, Some(49_999)));
        let kept: usize = halves.0.read().unwrap().iter().map(HashMap::len).sum();
        assert!(kept <= 2 * HALF, "{kept}");
    }

    #[test]
    fn an_id_that_nobody_has_is_asked_for_again_after_a_while() {
        let (known, now) = (Known::default(), Instant::now());
        known.unknown.insert("0123456789".into(), now);
        assert_eq!(known.remembered("0123456789", now), Some(None));
        assert_eq!(known.remembered("0123456789", now + UNKNOWN_FOR), None);
    }
}
