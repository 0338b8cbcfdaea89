use std::sync::Arc;

use super::answer::{Answer, Keep};
use super::shelf::Shelf;

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
    long: Shelf<Arc<Answer>>,
    brief: Shelf<Arc<Answer>>,
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
        insert(&self.brief, address, answer);
    }

    /// Keeps an answer.
    pub fn insert(&self, address: &str, answer: Arc<Answer>) {
        match answer.keep {
            Keep::Long => insert(&self.long, address, answer),
            Keep::Briefly => insert(&self.brief, address, answer),
        }
    }
}

/// A kept answer weighs its bytes and those of its address, which is as long as whoever asks likes.
fn insert(shelf: &Shelf<Arc<Answer>>, address: &str, answer: Arc<Answer>) {
    let weight = answer.weight() + address.len();
    shelf.insert(address, answer, weight);
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
    fn a_long_address_weighs_too() {
        let cache = Cache::default();
        cache.insert(&"x".repeat(HALF / 8), answer(1));
        assert!(cache.get(&"x".repeat(HALF / 8)).is_none());
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
