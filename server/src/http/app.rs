use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use bytes::Bytes;
use data::Dataset;
use data::embedding::EmbeddingHosts;
use http_body_util::Full;
use hyper::{Method, Request, Response};
use tokio::sync::{Semaphore, watch};

use super::accept;
use super::asked::{is_page, key};
use super::assets::Assets;
use super::encoding::Encoding;
use super::heavy::{self, Heavy};
use super::past::Past;
use super::published::Published;
use super::theme::Theme;
use crate::accounts::Accounts;
use crate::accounts::public::Public;
use crate::saved::Saved;
use crate::sheets::bounds::MOST_BYTES;
use crate::store::Store;
use crate::submissions::life::Steps;
use crate::submissions::recent::Recent;
use crate::submissions::turns::Turns;
use crate::uploads::Uploads;

/// Two thirds of all connections (see the listener): the rest stay free for answers that end.
const MOST_LISTENERS: usize = 640;

/// How long a request waits for what others asked for before it: a past state of a country takes some five seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// What every request is answered from.
#[derive(Debug)]
pub struct App {
    /// The published state; readers take it without waiting.
    pub published: ArcSwap<Published>,
    /// The database, which reads never touch.
    pub store: Store,
    /// What was published before.
    pub past: Past,
    /// As many answers are made at once as there are cores; the rest wait and do not slow these down.
    pub makers: Arc<Semaphore>,
    /// How long a request waits for a maker or for a past state.
    pub patience: Duration,
    /// The turns to make what is heavy, who are makers, too.
    pub heavy: Heavy,
    /// People, and how they sign in.
    pub accounts: Accounts,
    /// How many review a report.
    pub steps: Steps,
    /// Files on their way in.
    pub uploads: Uploads,
    /// What was read of reports a moment ago.
    pub recent: Recent,
    /// The turn to publish or to look for what was published: between a commit and the state that it makes nobody loads that
    /// state a second time.
    pub publishing: tokio::sync::Mutex<()>,
    /// The turn to take in who may frame embeds.
    pub listing: tokio::sync::Mutex<()>,
    /// Charts under short addresses.
    pub saved: Saved,
    /// The turns to read somebody's file and to make a copy of one.
    pub turns: Turns,
    /// A short name for the definitions, which is in every entity tag.
    definitions: String,
    watched: Option<Watched>,
    versions: watch::Sender<String>,
    ending: watch::Sender<bool>,
    /// Places for those who wait for events, each of whom holds a connection.
    pub listeners: Arc<Semaphore>,
    run: u64,
    requests: AtomicU64,
}

/// A folder with the app that may change while the program runs.
#[derive(Debug)]
pub struct Watched {
    folder: PathBuf,
    changed: Mutex<Option<SystemTime>>,
}

impl Watched {
    /// A folder that was not looked at yet; it need not even be there.
    pub fn new(folder: PathBuf) -> Watched {
        Watched {
            folder,
            changed: Mutex::new(None),
        }
    }
}

impl App {
    /// An app with a first published state; `definitions` is their short name.
    pub fn new(published: Published, definitions: String, store: Store, watched: Option<Watched>) -> App {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        App {
            versions: watch::Sender::new(published.dataset.version.clone()),
            ending: watch::Sender::new(false),
            listeners: Arc::new(Semaphore::new(MOST_LISTENERS)),
            published: ArcSwap::from_pointee(published),
            store,
            past: Past::default(),
            makers: Arc::new(Semaphore::new(cores)),
            patience: PATIENCE,
            heavy: Heavy::on(cores, heavy::PATIENCE),
            accounts: Accounts::new(Public::default()),
            steps: Steps::default(),
            uploads: Uploads::new(MOST_BYTES),
            recent: Recent::default(),
            publishing: tokio::sync::Mutex::default(),
            listing: tokio::sync::Mutex::default(),
            saved: Saved::default(),
            turns: Turns::default(),
            definitions,
            watched,
            run: RandomState::new().hash_one(0) & 0xffff_ffff,
            requests: AtomicU64::new(0),
        }
    }

    /// The same, reached from outside as its operator says.
    pub fn reached_by(self, public: Public) -> App {
        App {
            accounts: Accounts::new(public),
            ..self
        }
    }

    /// The same, where this many review a report.
    pub fn reviewed_in(self, steps: Steps) -> App {
        App { steps, ..self }
    }

    /// The same, which takes files of at most this many bytes.
    pub fn taking_at_most(self, bytes: u64) -> App {
        App {
            uploads: Uploads::new(bytes),
            ..self
        }
    }

    /// Swaps in a new published state whole, and tells its version to all who wait for it. Answers under way are finished
    /// from the state before.
    pub fn publish(&self, dataset: Dataset) {
        let dataset = Arc::new(dataset);
        self.swap(|current| self.state(dataset.clone(), current.assets.clone(), current.hosts.clone()));
        self.versions.send_replace(dataset.version.clone());
    }

    /// Lets these hosts frame embeds from now on, and no others.
    pub fn frame_by(&self, hosts: EmbeddingHosts) {
        let hosts = Arc::new(hosts);
        self.swap(|current| self.state(current.dataset.clone(), current.assets.clone(), hosts.clone()));
    }

    /// The same for a dataset that was made from the one before; where another is served meanwhile, it is left.
    pub fn publish_over(&self, before: &str, dataset: Dataset) {
        let dataset = Arc::new(dataset);
        let previous = self
            .published
            .rcu(|current| match current.dataset.version == before {
                true => Arc::new(self.state(dataset.clone(), current.assets.clone(), current.hosts.clone())),
                false => current.clone(),
            });
        if previous.dataset.version == before {
            self.versions.send_replace(dataset.version.clone());
        }
    }

    /// An answer's state of another dataset, with the same app and definitions.
    pub fn of_dataset(&self, dataset: Dataset) -> Published {
        let current = self.published.load();
        self.state(Arc::new(dataset), current.assets.clone(), current.hosts.clone())
    }

    /// The version of the published state: as it is, and as it changes.
    pub fn versions(&self) -> watch::Receiver<String> {
        self.versions.subscribe()
    }

    /// Whether the program is about to end: what never ends by itself does then.
    pub fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Ends the answers that would never end.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// The data, the app and the list of hosts change independently of each other, and no change may undo another.
    fn swap(&self, next: impl Fn(&Published) -> Published) {
        self.published.rcu(|current| next(current));
    }

    fn state(&self, dataset: Arc<Dataset>, assets: Arc<Assets>, hosts: Arc<EmbeddingHosts>) -> Published {
        let origin = self.published.load().origin.clone();
        Published::new(dataset, &self.definitions, assets)
            .framed_by(hosts)
            .reached_at(origin)
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
        // What these answer is told by more than their address.
        if address.starts_with(accept::ROOT) {
            return None;
        }
        let published = self.published.load();
        // While the app's folder is watched, a page may name files that are gone: those who make it look first.
        let page = if self.watched.is_none() {
            let theme = is_page(address).then(|| Theme::of(request.headers())).flatten();
            published.cache.get(&key(address, theme))
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
            let assets = Arc::new(assets);
            self.swap(|current| self.state(current.dataset.clone(), assets.clone(), current.hosts.clone()));
        }
    }
}

fn modified(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder.join("assets.json"))
        .and_then(|data| data.modified())
        .ok()
}
