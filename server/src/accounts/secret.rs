//! What only its holder knows: random bits in hexadecimal. They cannot be guessed, so one round of SHA-256 keeps them.

use sha2::{Digest, Sha256};

use crate::http::failure::Problem;

/// The token of a session, a link or an API token: 256 random bits.
pub fn token() -> Result<String, Problem> {
    random::<32>()
}

/// A name for something: 128 random bits.
pub fn id() -> Result<String, Problem> {
    random::<16>()
}

/// What is stored of a token.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

fn random<const BYTES: usize>() -> Result<String, Problem> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random bits");
        Problem::Internal
    })?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_each_is_long() {
        let (one, two) = (token().unwrap(), token().unwrap());
        assert_ne!(one, two);
        assert_eq!((one.len(), id().unwrap().len()), (64, 32));
        assert_ne!(hash(&one), one);
    }
}
