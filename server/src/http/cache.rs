use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::answer::Answer;

/// How much finished answers may take, in each of two halves.
///
/// A page is some 100 kB with its compressed forms, so a half holds the 500 that are looked at most; anything else is made
/// again in milliseconds.
const HALF: usize = 64 << 20;

/// What is larger is not kept: it would drive out dozens of others.
const LARGEST: usize = HALF / 8;

/// Finished answers of one dataset, by address.
///
/// When the young half is full it becomes the old one, and what was in the old one and not asked for since is dropped:
/// least-recently-used at the price of a map.
#[derive(Debug, Default)]
pub struct Cache {
    halves: RwLock<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<Box<str>, Arc<Answer>>,
    old: HashMap<Box<str>, Arc<Answer>>,
    weight: usize,
}

impl Cache {
    /// The answer kept for an address.
    pub fn get(&self, address: &str) -> Option<Arc<Answer>> {
        // A panic while the lock was held cannot leave a map half-changed in a way that matters here.
        let halves = self.halves.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = halves.young.get(address) {
            return Some(answer.clone());
        }
        let answer = halves.old.get(address)?.clone();
        drop(halves);
        self.insert(address, answer.clone());
        Some(answer)
    }

    /// Keeps an answer.
    pub fn insert(&self, address: &str, answer: Arc<Answer>) {
        let weight = answer.weight() + address.len();
        if weight > LARGEST {
            return;
        }
        let mut halves = self.halves.write().unwrap_or_else(PoisonError::into_inner);
        if halves.weight + weight > HALF {
            halves.old = std::mem::take(&mut halves.young);
            halves.weight = 0;
        }
        halves.weight += weight;
        halves.young.insert(address.into(), answer);
    }
}

#[cfg(test)]
mod tests {
    use hyper::StatusCode;

    use super::super::answer::{Content, Kind};
    use super::*;

    fn answer(size: usize) -> Arc<Answer> {
        let content = Content {
            status: StatusCode::OK,
            kind: Kind::Json,
            body: vec![b'x'; size],
            file_name: None,
            policies: None,
        };
        Arc::new(Answer::new(content, "1"))
    }

    #[test]
    fn what_is_asked_for_stays_while_the_rest_is_dropped() {
        let cache = Cache::default();
        cache.insert("/hot", answer(10));
        for at in 0..40 {
            cache.insert(&format!("/{at}"), answer(4 << 20));
            assert!(cache.get("/hot").is_some(), "after {at}");
        }
        assert!(cache.get("/0").is_none());
        assert!(cache.get("/39").is_some());
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let cache = Cache::default();
        cache.insert("/large", answer(LARGEST));
        assert!(cache.get("/large").is_none());
    }
}
