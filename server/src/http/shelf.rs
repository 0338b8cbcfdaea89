use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// What was asked for lately, by key, up to twice a weight: that of what it holds, in whatever unit its owner weighs.
///
/// When the young half is full it becomes the old one, and what was in the old one and not asked for since is dropped:
/// least-recently-used at the price of a map.
#[derive(Debug)]
pub struct Shelf<V> {
    half: usize,
    halves: RwLock<Halves<V>>,
}

#[derive(Debug)]
struct Halves<V> {
    young: HashMap<Box<str>, Weighed<V>>,
    old: HashMap<Box<str>, Weighed<V>>,
    weight: usize,
}

#[derive(Debug, Clone)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<V: Clone> Shelf<V> {
    /// An empty one; a half holds this weight.
    pub fn new(half: usize) -> Shelf<V> {
        Shelf {
            half,
            halves: RwLock::new(Halves {
                young: HashMap::new(),
                old: HashMap::new(),
                weight: 0,
            }),
        }
    }

    /// What is kept under a key.
    pub fn get(&self, key: &str) -> Option<V> {
        // A panic while the lock was held cannot leave a map half-changed in a way that matters here.
        let halves = self.halves.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = halves.young.get(key) {
            return Some(found.value.clone());
        }
        let Weighed { value, weight } = halves.old.get(key)?.clone();
        drop(halves);
        self.insert(key, value.clone(), weight);
        Some(value)
    }

    /// Keeps a value, unless it would drive out dozens of others.
    pub fn insert(&self, key: &str, value: V, weight: usize) {
        if weight > self.half / 8 {
            return;
        }
        let mut halves = self.halves.write().unwrap_or_else(PoisonError::into_inner);
        if halves.weight + weight > self.half {
            halves.old = std::mem::take(&mut halves.young);
            halves.weight = 0;
        }
        let before = halves.young.insert(key.into(), Weighed { value, weight });
        halves.weight = halves.weight + weight - before.map_or(0, |before| before.weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(shelf: &Shelf<usize>) -> usize {
        let halves = shelf.halves.read().unwrap();
        let all = halves.young.values().chain(halves.old.values());
        all.map(|kept| kept.weight).sum()
    }

    #[test]
    fn what_is_asked_for_stays_and_the_memory_is_bounded() {
        let shelf = Shelf::new(100);
        shelf.insert("hot", 0, 1);
        for at in 1..500 {
            shelf.insert(&at.to_string(), at, 7);
            assert_eq!(shelf.get("hot"), Some(0), "after {at}");
        }
        assert_eq!((shelf.get("1"), shelf.get("499")), (None, Some(499)));
        let weight = weight(&shelf);
        assert!(weight <= 200, "{weight}");
        assert!(weight > 100, "it holds what there is room for: {weight}");
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let shelf = Shelf::new(80);
        shelf.insert("10", 10, 10);
        shelf.insert("11", 11, 11);
        assert_eq!((shelf.get("10"), shelf.get("11")), (Some(10), None));
    }

    #[test]
    fn what_is_kept_again_weighs_once() {
        let shelf = Shelf::new(80);
        shelf.insert("other", 0, 10);
        for at in 0..1000 {
            shelf.insert("same", at, 10);
        }
        assert_eq!((shelf.get("other"), shelf.get("same")), (Some(0), Some(999)));
        assert_eq!(weight(&shelf), 20);
    }
}
