pub mod get;
pub mod list;
pub mod undo;

use crate::http::writes::Sent;
use crate::submissions::trouble::Trouble;

/// The number of the vintage that an address names.
fn number(sent: &Sent) -> Result<i64, Trouble> {
    let named = sent.after("vintages");
    let number = named.parse::<u32>().ok().filter(|number| *number > 0);
    let number = number.map(i64::from);
    number.ok_or_else(|| Trouble::NoSuchVintage(named.chars().take(20).collect()))
}
