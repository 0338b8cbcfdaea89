use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use data::api::UploadProgress;
use hyper::header::HeaderName;

/// The header in which whoever sends a file names its upload, to ask how far it is.
pub const NAME: HeaderName = HeaderName::from_static("x-upload");

/// The longest such name; 128 bits in hexadecimal are 32.
pub const LONGEST_NAME: usize = 64;

/// The uploads under way, and how large they may be.
#[derive(Debug)]
pub struct Uploads {
    /// The most bytes that are taken.
    pub limit: u64,
    under_way: Arc<Mutex<UnderWay>>,
}

/// By the account that sends and the name that it gave.
type UnderWay = HashMap<(String, String), Arc<Progress>>;

impl Uploads {
    /// None yet.
    pub fn new(limit: u64) -> Uploads {
        Uploads {
            limit,
            under_way: Arc::default(),
        }
    }

    /// An upload begins, under a name that [`is_name`] where it has one. Of two that an account gives the same name at once the second is not seen.
    pub fn begin(&self, account: &str, name: Option<&str>) -> Under {
        let progress = Arc::new(Progress::default());
        let key = name.map(|name| (account.to_owned(), name.to_owned()));
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key.filter(|key| match under_way.entry(key.clone()) {
            Entry::Vacant(place) => {
                place.insert(progress.clone());
                true
            }
            Entry::Occupied(_) => false,
        });
        Under {
            progress,
            key,
            under_way: self.under_way.clone(),
        }
    }

    /// How far an upload of this account is; none where it has ended, or never began.
    pub fn progress(&self, account: &str, name: &str) -> Option<UploadProgress> {
        let under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let progress = under_way.get(&(account.to_owned(), name.to_owned()))?;
        Some(progress.now())
    }
}

/// Whether an upload can be asked for under this name.
pub fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// An upload under way; with it goes what was known of it.
#[derive(Debug)]
pub struct Under {
    /// How far it is.
    pub progress: Arc<Progress>,
    key: Option<(String, String)>,
    under_way: Arc<Mutex<UnderWay>>,
}

impl Drop for Under {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
            under_way.remove(key);
        }
    }
}

/// How far an upload is; counted by whoever has it in hand, asked by whoever waits.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many bytes have come.
    pub received: AtomicU64,
    /// How many were announced.
    pub announced: AtomicU64,
    /// How many rows were read.
    pub rows: AtomicU32,
    /// Whether all were read.
    pub is_read: AtomicBool,
}

impl Progress {
    fn now(&self) -> UploadProgress {
        UploadProgress {
            received: self.received.load(Relaxed),
            announced: self.announced.load(Relaxed),
            rows: self.rows.load(Relaxed),
            is_read: self.is_read.load(Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_seen_by_who_sends_it_for_as_long_as_it_takes() {
        let uploads = Uploads::new(1);
        let under = uploads.begin("li", Some("a1"));
        under.progress.rows.store(7, Relaxed);
        assert_eq!(uploads.progress("li", "a1").map(|seen| seen.rows), Some(7));
        assert_eq!(uploads.progress("wang", "a1"), None);
        let second = uploads.begin("li", Some("a1"));
        drop(second);
        assert!(uploads.progress("li", "a1").is_some());
        drop(under);
        assert_eq!(uploads.progress("li", "a1"), None);
        assert!(uploads.begin("li", None).key.is_none());
    }

    #[test]
    fn the_name_of_an_upload_is_letters_and_digits() {
        let check = |name: &str, expected: bool| assert_eq!(is_name(name), expected, "{name}");
        check("a1", true);
        check(&"a".repeat(LONGEST_NAME), true);
        check(&"a".repeat(LONGEST_NAME + 1), false);
        check("", false);
        check("../a", false);
    }
}
