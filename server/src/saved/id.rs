use std::num::NonZeroU32;

use sha2::{Digest, Sha256};

/// Letters and digits that nobody takes for each other when they read them out (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 50 bits: of the most charts that are kept two share an id with a chance of 1 in 50,000, and then the next attempt is taken.
const LENGTH: usize = 10;

/// The id of a chart: the same for the same canonical address and vintage. `attempt` counts from 0 and is raised where
/// another chart has the id.
pub fn id(address: &str, vintage: Option<NonZeroU32>, attempt: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(address);
    let vintage = vintage.map_or(0, NonZeroU32::get);
    for number in [vintage, attempt] {
        hash.update([0]);
        hash.update(number.to_be_bytes());
    }
    let first = hash.finalize().into_iter().take(8);
    let bits = first.fold(0_u64, |bits, byte| bits << 8 | u64::from(byte));
    let letter = |at: usize| LETTERS[(bits >> (5 * at) & 31) as usize];
    (0..LENGTH).map(|at| char::from(letter(at))).collect()
}

/// Whether a text could be an id; no kind of chart could.
pub fn is_id(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte))
}

#[cfg(test)]
mod tests {
    use data::chart::ChartKind;

    use super::*;

    #[test]
    fn the_same_chart_has_the_same_id_and_another_state_of_it_another() {
        let pinned = NonZeroU32::new(3);
        let first = id("/charts/line?indicator=a", None, 0);
        assert!(is_id(&first), "{first}");
        assert_eq!(first, id("/charts/line?indicator=a", None, 0));
        let others = [
            id("/charts/line?indicator=b", None, 0),
            id("/charts/line?indicator=a", pinned, 0),
            id("/charts/line?indicator=a", None, 1),
            id("/charts/line?indicator=a", None, 3),
        ];
        for (at, other) in others.iter().enumerate() {
            assert!(
                is_id(other) && *other != first && !others[..at].contains(other),
                "{other}"
            );
        }
    }

    #[test]
    fn no_kind_and_no_misread_letter_is_an_id() {
        assert!(ChartKind::ALL.iter().all(|kind| !is_id(kind.name())));
        for text in [
            "",
            "0123456789a",
            "012345678",
            "012345678i",
            "012345678L",
            "01234567é",
        ] {
            assert!(!is_id(text), "{text}");
        }
    }
}
