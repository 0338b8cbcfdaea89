//! One sort for every use: each instance of the standard library's costs every visitor some 4 KB of Wasm.

/// The places of these keys in ascending order; equal keys keep theirs.
pub(crate) fn ascending(keys: impl Iterator<Item = f64>) -> Vec<usize> {
    let mut keyed: Vec<(f64, usize)> = keys.enumerate().map(|(at, key)| (key, at)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// The items in ascending order of a key; equal keys keep their order.
pub(crate) fn sorted<T: Clone>(items: &[T], key: impl Fn(&T) -> f64) -> Vec<T> {
    ascending(items.iter().map(key))
        .into_iter()
        .map(|at| items[at].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        assert_eq!(ascending([2.0, 1.0, 2.0, -1.0].into_iter()), [3, 1, 0, 2]);
        assert_eq!(
            sorted(&["bb", "a", "cc"], |word| word.len() as f64),
            ["a", "bb", "cc"]
        );
    }
}
