//! Turns for what takes much memory: it begins when one is free, and keeps it until it has ended, whether or not anybody
//! still waits for what it makes. A visitor who goes away does not end a thread that works.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::trouble::Trouble;

/// The most files that are read at once. The process that reads a workbook may take half a gigabyte.
const MOST_READERS: usize = 4;

/// Who may begin.
#[derive(Debug)]
pub struct Turns {
    reading: Arc<Semaphore>,
    copying: Arc<Semaphore>,
}

impl Default for Turns {
    /// As many read as there are cores, up to [`MOST_READERS`]; a copy is made in memory as a whole, so one at a time.
    fn default() -> Turns {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Turns {
            reading: Arc::new(Semaphore::new(cores.min(MOST_READERS))),
            copying: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Turns {
    /// Reads a file beside the threads that serve.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        in_turn(&self.reading, work).await
    }

    /// Makes a copy of a file beside the threads that serve.
    pub async fn copy<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        in_turn(&self.copying, work).await
    }
}

async fn in_turn<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    // Nobody closes it.
    let turn = turns.clone().acquire_owned().await.ok();
    let working = tokio::task::spawn_blocking(move || {
        let made = work();
        drop(turn);
        made
    });
    working.await.map_err(|error| Trouble::Machine(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_the_work_though_who_asked_has_gone() {
        let turns = Arc::new(Turns::default());
        let (begun, has_begun) = channel();
        let (end, ends) = channel::<()>();
        let asking = turns.clone();
        let first = tokio::spawn(async move {
            asking
                .copy(move || {
                    begun.send(()).unwrap();
                    let _ = ends.recv();
                })
                .await
        });
        tokio::task::spawn_blocking(move || has_begun.recv().unwrap())
            .await
            .unwrap();
        first.abort();
        assert!(first.await.is_err());
        let second = turns.copy(|| 2);
        let waits = tokio::time::timeout(Duration::from_millis(100), second).await;
        assert!(waits.is_err(), "it began beside the first");
        drop(end);
        assert_eq!(turns.copy(|| 3).await.unwrap(), 3);
    }
}
