//! Turns to make what is heavy, pictures of pixels, workbooks and archives: they take a hundred times as long as a page may,
//! and memory by the megabyte. However many are asked for, half of the makers stay free for everything else, and most
//! connections, too.

use std::sync::Arc;
use std::time::Duration;

use data::chart::{ChartFormat, ChartKind};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::failure::Problem;

/// The most that are made at once, on however many cores: the largest picture takes some 130 MB, the largest workbook 180.
const MOST_AT_ONCE: usize = 4;

/// How many may wait: the rest are told at once, and do not hold connections that pages could have.
const MOST_WAITING: usize = 64;

/// How long one waits: as many of the largest pictures are drawn in this time.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Who may make what is heavy, and who may wait for it.
#[derive(Debug)]
pub struct Heavy {
    turns: Arc<Semaphore>,
    places: Semaphore,
    patience: Duration,
}

impl Heavy {
    /// Turns on a machine with so many cores: half of them, one at least. Who waits longer than this for one is refused.
    pub fn on(cores: usize, patience: Duration) -> Heavy {
        Heavy {
            turns: Arc::new(Semaphore::new((cores / 2).clamp(1, MOST_AT_ONCE))),
            places: Semaphore::new(MOST_WAITING),
            patience,
        }
    }

    /// A turn, which lasts as long as it is held; `Busy` where too many wait for one, or for too long.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let _place = self.places.try_acquire().map_err(|_| Problem::Busy)?;
        let turn = timeout(self.patience, self.turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Problem::Busy)
    }
}

/// Whether the answer at a path is heavy: a chart's picture of pixels, or a workbook or archive of figures. What is only
/// called so, and answers that there is no such thing, needs no turn.
pub fn is_heavy(path: &str) -> bool {
    if let Some(segment) = path.strip_prefix("/charts/") {
        let (kind, format) = ChartFormat::split(segment);
        let is_large = matches!(format, ChartFormat::Png | ChartFormat::Xlsx);
        return is_large && ChartKind::from_name(kind).is_some();
    }
    let Some(rest) = path.strip_prefix("/api/v1/") else {
        return false;
    };
    let is_year = rest.starts_with("org-units/") && (rest.ends_with(".xlsx") || rest.ends_with(".zip"));
    is_year || rest == "observations.xlsx"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_made_at_great_cost_needs_a_turn() {
        for path in [
            "/charts/line.png",
            "/charts/from-to.xlsx",
            "/api/v1/observations.xlsx",
            "/api/v1/org-units/371482/2022.zip",
            "/api/v1/org-units/371482/2022.xlsx",
        ] {
            assert!(is_heavy(path), "{path}");
        }
        for path in [
            "/",
            "/charts/line",
            "/charts/line.svg",
            "/charts/pie.png",
            "/nothing.png",
            "/indicators/x.png",
            "/api/v1/observations.csv",
            "/api/v1/org-units/371482",
            "/archive.zip",
        ] {
            assert!(!is_heavy(path), "{path}");
        }
    }

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_so() {
        let heavy = Heavy::on(2, Duration::from_millis(1));
        let first = heavy.turn().await.unwrap();
        assert_eq!(heavy.turn().await.unwrap_err(), Problem::Busy);
        drop(first);
        assert!(heavy.turn().await.is_ok());
    }

    #[tokio::test]
    async fn one_more_than_may_wait_is_told_at_once() {
        let heavy = Arc::new(Heavy::on(1, PATIENCE));
        let _first = heavy.turn().await.unwrap();
        let waiting: Vec<_> = (0..MOST_WAITING)
            .map(|_| {
                let heavy = heavy.clone();
                tokio::spawn(async move { heavy.turn().await.map(drop) })
            })
            .collect();
        while heavy.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(heavy.turn().await.unwrap_err(), Problem::Busy);
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[test]
    fn half_of_the_cores_make_what_is_heavy_and_never_more_than_memory_allows() {
        let turns = |cores| Heavy::on(cores, PATIENCE).turns.available_permits();
        assert_eq!([1, 2, 4, 64].map(turns), [1, 1, 2, 4]);
    }
}
