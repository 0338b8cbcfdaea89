use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::lines::{Fault, Lines};
use crate::exchange::read::MOST_FIGURES;
use crate::read::Problem;

/// The most cells of a list, most of which may be empty: a file of a few megabytes must not become gigabytes.
pub const MOST_CELLS: usize = 1_000_000;

/// What stands in a list or an object, with the key of each.
type Entries<'a, K> = Vec<(K, &'a RawValue)>;

/// The entries of a list or of an object by their number, in the order of the file, so that a cell which stands twice is
/// seen. Anything else has none; more than `most` are a fault.
pub fn numbered<'a>(
    raw: Option<&'a RawValue>,
    most: usize,
    lines: &Lines<'_>,
) -> Result<Entries<'a, u64>, Fault> {
    entries(raw, most, lines, |place| place as u64)
}

/// The entries of an object by their name.
pub fn named<'a>(
    raw: Option<&'a RawValue>,
    most: usize,
    lines: &Lines<'_>,
) -> Result<Entries<'a, String>, Fault> {
    entries(raw, most, lines, |place| place.to_string())
}

fn entries<'a, K: Deserialize<'a>>(
    raw: Option<&'a RawValue>,
    most: usize,
    lines: &Lines<'_>,
    of_place: fn(usize) -> K,
) -> Result<Entries<'a, K>, Fault> {
    let Some(raw) = raw.filter(|raw| raw.get().starts_with(['[', '{'])) else {
        return Ok(Vec::new());
    };
    let are_more = Cell::new(false);
    let visitor = InOrder {
        most,
        are_more: &are_more,
        of_place,
        key: PhantomData,
    };
    let read = serde_json::Deserializer::from_str(raw.get()).deserialize_any(visitor);
    read.map_err(|error| {
        let problem = match are_more.get() {
            true => Problem::TooManyFigures { most: MOST_FIGURES },
            false => Problem::NotJsonStat,
        };
        lines.fault(raw.get(), &error, problem)
    })
}

struct InOrder<'m, K> {
    most: usize,
    are_more: &'m Cell<bool>,
    of_place: fn(usize) -> K,
    key: PhantomData<K>,
}

impl<K> InOrder<'_, K> {
    fn push<T, E: Error>(&self, entries: &mut Vec<T>, entry: T) -> Result<(), E> {
        if entries.len() == self.most {
            self.are_more.set(true);
            return Err(E::custom("too many entries"));
        }
        entries.push(entry);
        Ok(())
    }
}

impl<'de, K: Deserialize<'de>> Visitor<'de> for InOrder<'_, K> {
    type Value = Entries<'de, K>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list or an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            self.push(&mut entries, entry)?;
        }
        Ok(entries)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            let key = (self.of_place)(entries.len());
            self.push(&mut entries, (key, entry))?;
        }
        Ok(entries)
    }
}

/// Cells by their number.
#[derive(Default)]
pub struct Cells<'a>(Vec<(u64, &'a RawValue)>);

impl<'a> Cells<'a> {
    /// Those of a list or an object; the last one of a number counts.
    pub fn of(raw: Option<&'a RawValue>, most: usize, lines: &Lines<'_>) -> Result<Cells<'a>, Fault> {
        let mut cells = numbered(raw, most, lines)?;
        cells.sort_by_key(|(place, _)| *place);
        Ok(Cells(cells))
    }

    /// What stands in a cell.
    pub fn get(&self, place: u64) -> Option<&'a RawValue> {
        let after = self.0.partition_point(|(other, _)| *other <= place);
        let (found, raw) = self.0.get(after.checked_sub(1)?)?;
        (*found == place).then_some(*raw)
    }
}

/// What a cell holds: a number as it is written, a text without its marks, nothing for `null`.
pub fn plain(raw: &RawValue) -> String {
    match raw.get() {
        "null" => String::new(),
        text if text.starts_with('"') => serde_json::from_str(text).unwrap_or_default(),
        other => other.to_owned(),
    }
}
