use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use arc_swap::ArcSwap;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response};
use tokio::sync::Semaphore;

use super::assets::Assets;
use super::encoding::Encoding;
use super::published::Published;
use crate::store::Store;

/// What every request is answered from.
#[derive(Debug)]
pub struct App {
    /// The published state; readers take it without waiting.
    pub published: ArcSwap<Published>,
    /// The database, which reads never touch.
    pub store: Store,
    /// As many answers are made at once as there are cores; the rest wait and do not slow these down.
    pub makers: Arc<Semaphore>,
    watched: Option<Watched>,
    run: u64,
    requests: AtomicU64,
}

/// A folder with the app that may change while the program runs.
#[derive(Debug)]
pub struct Watched {
    folder: PathBuf,
    definitions: String,
    changed: Mutex<Option<SystemTime>>,
}

impl Watched {
    /// A folder that was not looked at yet; it need not even be there.
    pub fn new(folder: PathBuf, definitions: String) -> Watched {
        Watched {
            folder,
            definitions,
            changed: Mutex::new(None),
        }
    }
}

impl App {
    /// An app with a first published state.
    pub fn new(published: Published, store: Store, watched: Option<Watched>) -> App {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        App {
            published: ArcSwap::from_pointee(published),
            store,
            makers: Arc::new(Semaphore::new(cores)),
            watched,
            run: RandomState::new().hash_one(0) & 0xffff_ffff,
            requests: AtomicU64::new(0),
        }
    }

    /// A name for an answer: unlike any other of this run, and most likely of any run.
    pub fn request_id(&self) -> String {
        format!(
            "{:08x}-{:x}",
            self.run,
            self.requests.fetch_add(1, Ordering::Relaxed)
        )
    }

    /// The answer to a request where it is kept in the encoding wanted: one look into a map, and the path of nearly all
    /// requests.
    pub fn kept<B>(&self, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let address = request.uri().path_and_query()?.as_str();
        let published = self.published.load();
        // While the app's folder is watched, a page may name files that are gone: those who make it look first.
        let page = if self.watched.is_none() {
            published.cache.get(address)
        } else {
            None
        };
        let answer = page.or_else(|| published.assets.get(address).cloned())?;
        let encoding = Encoding::accepted(request.headers());
        answer
            .is_prepared(encoding)
            .then(|| answer.response(request.headers(), encoding))
    }

    /// Takes in the app anew where its folder has changed: for work on the app, where the program runs on.
    pub fn refresh(&self) {
        let Some(watched) = &self.watched else { return };
        let now = modified(&watched.folder);
        let mut changed = watched.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if *changed == now {
            return;
        }
        // While Trunk replaces the folder there are moments without files; the next request looks again.
        if let Ok(assets) = Assets::from_folder(&watched.folder) {
            *changed = now;
            let dataset = self.published.load().dataset.clone();
            self.published.store(Arc::new(Published::new(
                dataset,
                &watched.definitions,
                Arc::new(assets),
            )));
        }
    }
}

fn modified(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder.join("assets.json"))
        .and_then(|data| data.modified())
        .ok()
}
