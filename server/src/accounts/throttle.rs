//! Slows down whoever guesses passwords.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::public::network;

/// Failures that cost nothing, and the longest wait after many: for what is counted under one key.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    free: u32,
    longest: Duration,
}

/// A person from their own place: five slips, then waits that double up to five minutes, some 300 guesses a day.
const PERSON: Allowance = allowance(5, 300);

/// A name from anywhere: more slips and shorter waits, because whoever keeps failing in a person's name makes them wait.
const NAME: Allowance = allowance(20, 30);

/// A place, whatever the names: an office behind one address has many people, and a guesser goes through many names.
const PLACE: Allowance = allowance(50, 300);

const fn allowance(free: u32, seconds: u64) -> Allowance {
    Allowance {
        free,
        longest: Duration::from_secs(seconds),
    }
}

/// After this time without a failure those before are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// Some 100 bytes each, so about a megabyte. Whoever fills it with names to be forgotten is slowed by their place.
const MOST_KEYS: usize = 10_000;

/// Failures to sign in, by what they have in common. Each server counts its own.
#[derive(Debug, Default)]
pub struct Throttle {
    hasher: RandomState,
    failures: Mutex<HashMap<u64, Failures>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Throttle {
    /// Begins an attempt, which counts as failed until [`Self::succeeded`] says otherwise: so attempts at the same time
    /// count as well. Too soon after failures it is refused, with the seconds to wait. Whether there is an account of
    /// that name makes no difference.
    pub fn begin(&self, name: &str, peer: IpAddr, now: Instant) -> Result<(), u64> {
        let keys = self.keys(name, peer);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys
            .iter()
            .filter_map(|(key, allowance)| wait(failures.get(key)?, *allowance, now))
            .max();
        if let Some(wait) = wait {
            return Err(wait.as_secs() + 1);
        }
        if failures.len() + keys.len() > MOST_KEYS {
            make_room(&mut failures, now);
        }
        for (key, _) in keys {
            let entry = failures.entry(key).or_insert(Failures { count: 0, last: now });
            let is_forgotten = now.saturating_duration_since(entry.last) > FORGOTTEN;
            entry.count = if is_forgotten {
                1
            } else {
                entry.count.saturating_add(1)
            };
            entry.last = now;
        }
        Ok(())
    }

    /// The person was who they said: their own failures are forgotten, and the attempt is taken from those of the place.
    pub fn succeeded(&self, name: &str, peer: IpAddr) {
        let [person, name, place] = self.keys(name, peer).map(|(key, _)| key);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&person);
        failures.remove(&name);
        if let Some(place) = failures.get_mut(&place) {
            place.count = place.count.saturating_sub(1);
        }
    }

    fn keys(&self, name: &str, peer: IpAddr) -> [(u64, Allowance); 3] {
        let place = network(peer);
        [
            (self.hasher.hash_one((0, name, place)), PERSON),
            (self.hasher.hash_one((1, name)), NAME),
            (self.hasher.hash_one((2, place)), PLACE),
        ]
    }
}

fn wait(failures: &Failures, allowance: Allowance, now: Instant) -> Option<Duration> {
    let beyond = failures.count.checked_sub(allowance.free)?;
    let pause = Duration::from_secs(1 << beyond.min(16)).min(allowance.longest);
    let left = pause.checked_sub(now.saturating_duration_since(failures.last))?;
    (!left.is_zero()).then_some(left)
}

fn make_room(failures: &mut HashMap<u64, Failures>, now: Instant) {
    failures.retain(|_, failures| now.saturating_duration_since(failures.last) <= FORGOTTEN);
    if failures.len() < MOST_KEYS / 2 {
        return;
    }
    // The half that failed least lately.
    let mut times: Vec<Instant> = failures.values().map(|failures| failures.last).collect();
    times.sort_unstable();
    let middle = times[times.len() / 2];
    failures.retain(|_, failures| failures.last > middle);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn after_some_failures_each_further_one_costs_twice_the_wait() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for _ in 0..5 {
            throttle.begin("li", HERE, now).unwrap();
        }
        assert_eq!(throttle.begin("li", HERE, now), Err(2));
        let later = now + Duration::from_secs(2);
        throttle.begin("li", HERE, later).unwrap();
        assert_eq!(throttle.begin("li", HERE, later), Err(3));
        throttle.begin("li", ELSEWHERE, later).unwrap();
        throttle.begin("wang", HERE, later).unwrap();
    }

    #[test]
    fn success_and_time_forget() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for _ in 0..100 {
            throttle.begin("li", HERE, now).unwrap();
            throttle.succeeded("li", HERE);
        }
        for _ in 0..5 {
            throttle.begin("li", HERE, now).unwrap();
        }
        let much_later = now + FORGOTTEN * 2;
        for _ in 0..5 {
            throttle.begin("li", HERE, much_later).unwrap();
        }
        assert!(throttle.begin("li", HERE, much_later).is_err());
    }

    #[test]
    fn one_place_cannot_go_through_names_without_end_nor_fill_the_memory() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let tried = |name: usize| throttle.begin(&name.to_string(), HERE, now);
        assert_eq!((0..1000).filter(|name| tried(*name).is_ok()).count(), 50);
        for number in 0..20_000_u32 {
            let place = IpAddr::from(number.to_be_bytes());
            let _ = throttle.begin(&number.to_string(), place, now);
        }
        assert!(throttle.failures.lock().unwrap().len() <= MOST_KEYS);
    }
}
