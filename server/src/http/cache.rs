use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::answer::{Answer, Keep};

/// How many bytes finished answers may take, in each of two halves.
///
/// A page is some 100 kB with its compressed forms, in each theme that somebody chose, so a half holds some 500; anything else
/// is made again in milliseconds.
const HALF: usize = 64 << 20;

/// The same for those that are kept briefly: some 60 pages, so that a link which a messenger passes on with parameters of
/// its own is made once, while whoever makes up addresses without end drives out nothing but the like.
const BRIEF_HALF: usize = 4 << 20;

/// Finished answers of one dataset, by address.
#[derive(Debug)]
pub struct Cache {
    long: Shelf,
    brief: Shelf,
}

impl Default for Cache {
    fn default() -> Cache {
        Cache {
            long: Shelf::new(HALF),
            brief: Shelf::new(BRIEF_HALF),
        }
    }
}

impl Cache {
    /// The answer kept for an address.
    pub fn get(&self, address: &str) -> Option<Arc<Answer>> {
        self.long.get(address).or_else(|| self.brief.get(address))
    }

    /// Keeps an answer of a past state: few ask for it.
    pub fn insert_briefly(&self, address: &str, answer: Arc<Answer>) {
        self.brief.insert(address, answer);
    }

    /// Keeps an answer.
    pub fn insert(&self, address: &str, answer: Arc<Answer>) {
        match answer.keep {
            Keep::Long => self.long.insert(address, answer),
            Keep::Briefly => self.brief.insert(address, answer),
        }
    }
}

/// Answers up to twice a number of bytes.
///
/// When the young half is full it becomes the old one, and what was in the old one and not asked for since is dropped:
/// least-recently-used at the price of a map.
#[derive(Debug)]
struct Shelf {
    half: usize,
    halves: RwLock<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<Box<str>, Arc<Answer>>,
    old: HashMap<Box<str>, Arc<Answer>>,
    weight: usize,
}

impl Shelf {
    fn new(half: usize) -> Shelf {
        Shelf {
            half,
            halves: RwLock::default(),
        }
    }

    fn get(&self, address: &str) -> Option<Arc<Answer>> {
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

    fn insert(&self, address: &str, answer: Arc<Answer>) {
        let weight = answer.weight() + address.len();
        // What is larger would drive out dozens of others.
        if weight > self.half / 8 {
            return;
        }
        let mut halves = self.halves.write().unwrap_or_else(PoisonError::into_inner);
        if halves.weight + weight > self.half {
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
        answer_for(Keep::Long, size)
    }

    fn answer_for(keep: Keep, size: usize) -> Arc<Answer> {
        let content = Content {
            status: StatusCode::OK,
            kind: Kind::Json,
            body: vec![b'x'; size],
            file_name: None,
            policies: None,
            keep,
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
        cache.insert("/large", answer(HALF / 8));
        assert!(cache.get("/large").is_none());
    }

    #[test]
    fn however_many_addresses_are_asked_for_the_memory_is_bounded() {
        let shelf = Shelf::new(1 << 20);
        let address = |at: usize| format!("/{at}?{}", "x".repeat(30_000));
        for at in 0..200 {
            shelf.insert(&address(at), answer(1000));
        }
        let halves = shelf.halves.read().unwrap();
        let all = halves.young.iter().chain(&halves.old);
        let weight: usize = all.map(|(address, answer)| address.len() + answer.weight()).sum();
        assert!(weight <= 2 << 20, "{weight}");
        assert!(weight > 1 << 20, "it holds what there is room for: {weight}");
    }

    #[test]
    fn what_is_kept_briefly_drives_out_nothing_else() {
        let cache = Cache::default();
        cache.insert("/", answer(1000));
        for at in 0..4000 {
            cache.insert(&format!("/?x={at}"), answer_for(Keep::Briefly, 100_000));
        }
        assert!(cache.get("/").is_some() && cache.get("/?x=3999").is_some());
        assert!(cache.get("/?x=0").is_none());
    }
}
