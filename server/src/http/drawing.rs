//! Turns to draw pictures of pixels: they take a hundred times as long as a page may, and memory by the megabyte. However
//! many are asked for, half of the makers stay free for everything else, and most connections, too.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::failure::Problem;

/// The most pictures that are drawn at once, on however many cores: the largest takes some 130 MB.
const MOST_AT_ONCE: usize = 4;

/// How many may wait: the rest are told at once, and do not hold connections that pages could have.
const MOST_WAITING: usize = 64;

/// How long one waits: as many of the largest are drawn in this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who may draw, and who may wait for it.
#[derive(Debug)]
pub struct Drawing {
    turns: Arc<Semaphore>,
    places: Semaphore,
    patience: Duration,
}

impl Drawing {
    /// Turns on a machine with so many cores: half of them, one at least.
    pub fn on(cores: usize) -> Drawing {
        Drawing {
            turns: Arc::new(Semaphore::new((cores / 2).clamp(1, MOST_AT_ONCE))),
            places: Semaphore::new(MOST_WAITING),
            patience: PATIENCE,
        }
    }

    /// A turn, which lasts as long as it is held; `Busy` where too many wait for one, or for too long.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let _place = self.places.try_acquire().map_err(|_| Problem::Busy)?;
        let turn = timeout(self.patience, self.turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Problem::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_so() {
        let drawing = Drawing {
            patience: Duration::from_millis(1),
            ..Drawing::on(2)
        };
        let first = drawing.turn().await.unwrap();
        assert_eq!(drawing.turn().await.unwrap_err(), Problem::Busy);
        drop(first);
        assert!(drawing.turn().await.is_ok());
    }

    #[tokio::test]
    async fn one_more_than_may_wait_is_told_at_once() {
        let drawing = Arc::new(Drawing::on(1));
        let _first = drawing.turn().await.unwrap();
        let waiting: Vec<_> = (0..MOST_WAITING)
            .map(|_| {
                let drawing = drawing.clone();
                tokio::spawn(async move { drawing.turn().await.map(drop) })
            })
            .collect();
        while drawing.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(drawing.turn().await.unwrap_err(), Problem::Busy);
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[test]
    fn half_of_the_cores_draw_and_never_more_than_memory_allows() {
        let turns = |cores| Drawing::on(cores).turns.available_permits();
        assert_eq!([1, 2, 4, 64].map(turns), [1, 1, 2, 4]);
    }
}
