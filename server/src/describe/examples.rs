//! Example answers: what the program answered about its sample, shortened to the first entry of each list. A test asks again
//! and compares.

use std::sync::OnceLock;

use serde_json::{Map, Value};

/// The example of an operation, by its id.
pub fn of(id: &str) -> Option<Value> {
    static EXAMPLES: OnceLock<Map<String, Value>> = OnceLock::new();
    let read = || serde_json::from_str(include_str!("examples.json")).unwrap_or_default();
    EXAMPLES.get_or_init(read).get(id).cloned()
}
