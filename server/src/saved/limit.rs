use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::accounts::public::network;

/// How many new charts one client saves in an hour: a webmaster at work saves a few, and an office behind one address many.
const MOST_PER_HOUR: u32 = 120;

/// Some 30 bytes each. Whoever comes from more networks than that within an hour fills the table of charts and not the
/// memory.
const MOST_CLIENTS: usize = 20_000;

/// Who saved how many charts in this hour. Each server counts its own.
#[derive(Debug, Default)]
pub struct Limit {
    hour: Mutex<Hour>,
}

#[derive(Debug, Default)]
struct Hour {
    number: i64,
    saved: HashMap<IpAddr, u32>,
}

impl Limit {
    /// Counts a chart that a client is about to save; where these are too many, how many seconds there are to wait.
    pub fn take(&self, client: IpAddr, now: DateTime<Utc>) -> Result<(), u64> {
        const HOUR: i64 = 3600;
        let (number, second) = (now.timestamp().div_euclid(HOUR), now.timestamp().rem_euclid(HOUR));
        let wait = u64::try_from(HOUR - second).unwrap_or_default();
        let mut hour = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        if hour.number != number {
            *hour = Hour {
                number,
                saved: HashMap::new(),
            };
        }
        let is_full = hour.saved.len() >= MOST_CLIENTS;
        let place = network(client);
        if is_full && !hour.saved.contains_key(&place) {
            return Err(wait);
        }
        let saved = hour.saved.entry(place).or_default();
        if *saved >= MOST_PER_HOUR {
            return Err(wait);
        }
        *saved += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(3_600_000 + seconds, 0).unwrap()
    }

    #[test]
    fn one_client_saves_so_many_an_hour_and_another_goes_on() {
        let (limit, [here, elsewhere]) = (Limit::default(), [[10, 0, 0, 1], [10, 0, 0, 2]].map(IpAddr::from));
        for _ in 0..MOST_PER_HOUR {
            assert_eq!(limit.take(here, at(0)), Ok(()));
        }
        assert_eq!(limit.take(here, at(10)), Err(3590));
        assert_eq!(limit.take(elsewhere, at(10)), Ok(()));
        assert_eq!(limit.take(here, at(3600)), Ok(()));
    }

    #[test]
    fn clients_without_end_do_not_fill_the_memory() {
        let limit = Limit::default();
        let taken =
            (0..30_000_u32).filter(|number| limit.take(IpAddr::from(number.to_be_bytes()), at(0)).is_ok());
        assert_eq!(taken.count(), MOST_CLIENTS);
    }
}
