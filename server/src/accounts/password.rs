//! Passwords: what one must be, and argon2id.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use data::Names;
use tokio::sync::Semaphore;

use crate::http::failure::Problem;

/// OWASP's least for argon2id: 19 MiB, two passes, one lane. On one core of 2020 it takes some 30 ms, which a person does
/// not notice and who tries a dictionary does.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// NIST SP 800-63B asks for 8; names and years of offices are guessed, so a little more.
const SHORTEST: usize = 10;

/// No person types more, and hashing what is longer would be work for nothing.
const LONGEST_BYTES: usize = 512;

/// The one place where passwords are hashed: as many at once as there are cores, so that their memory is bounded
/// (19 MiB each) and a flood of attempts waits in line.
#[derive(Debug)]
pub struct Hashing {
    turns: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Hashing {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Hashing {
            turns: Arc::new(Semaphore::new(cores)),
        }
    }
}

impl Hashing {
    /// The hash of a password with its salt and parameters.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        let salt = super::secret::id()?;
        self.beside(move || hashed(&password, &salt)).await?
    }

    /// Whether a password is the one of this hash. Without a hash it takes as long, and is false: how long an answer takes
    /// does not tell whether there is an account.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Problem> {
        self.beside(move || match hash {
            Some(hash) => is_of(&password, &hash),
            None => {
                is_of(&password, nobody());
                false
            }
        })
        .await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turns.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Problem::Internal)?;
        // The turn is held by the work: a client that goes away makes no room for another.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(|_| Problem::Internal)
    }
}

fn argon2() -> Result<Argon2<'static>, Problem> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None);
    let params = params.map_err(|error| failed(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hashed(password: &str, salt: &str) -> Result<String, Problem> {
    let salt = SaltString::encode_b64(salt.as_bytes()).map_err(|error| failed(&error))?;
    let hash = argon2()?.hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| failed(&error))?.to_string())
}

fn is_of(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        tracing::error!("a stored password hash cannot be read");
        return false;
    };
    // The parameters are those in the hash, so that those above can be raised.
    Argon2::default()
        .verify_password(password.as_bytes(), &hash)
        .is_ok()
}

/// The hash that an unknown name is compared with, made with the parameters of all others.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hashed("nobody", "0123456789abcdef").unwrap_or_default())
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a password cannot be hashed");
    Problem::Internal
}

/// Refuses a password that is too short, too long, or the name.
pub fn check(password: &str, name: &str) -> Result<(), Problem> {
    let is_fit = password.chars().count() >= SHORTEST
        && password.len() <= LONGEST_BYTES
        && !password.eq_ignore_ascii_case(name);
    if is_fit {
        return Ok(());
    }
    Err(Problem::BadField {
        field: "password",
        expected: Names {
            zh: format!("至少 {SHORTEST} 个字符，且不同于用户名"),
            en: format!("at least {SHORTEST} characters, and not the name"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let hashing = Hashing::default();
        let hash = hashing.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let fits = async |password: &str, hash: Option<&String>| {
            let verified = hashing.verify(password.into(), hash.cloned()).await;
            verified.unwrap()
        };
        assert!(fits("correct horse", Some(&hash)).await);
        assert!(!fits("correct horses", Some(&hash)).await);
        assert!(!fits("nobody", None).await);
        assert_ne!(hash, hashing.hash("correct horse".into()).await.unwrap());
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        assert!(check("correct horse", "li").is_ok());
        assert!(check("一二三四五六七八九十", "li").is_ok());
        for bad in ["", "short", "Administrator", &"x".repeat(600)] {
            assert!(check(bad, "administrator").is_err(), "{bad}");
        }
    }
}
