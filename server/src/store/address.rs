use std::path::PathBuf;

use super::StoreError;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its whole address.
    Postgres(String),
}

impl Address {
    /// Reads `sqlite://var/dashboard.db`, `sqlite:///var/lib/dashboard.db` or `postgres://…`.
    pub fn parse(text: &str) -> Result<Address, StoreError> {
        let bad = || StoreError::BadAddress(without_password(text));
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Address::Postgres(text.to_owned()));
        }
        let file = text.strip_prefix("sqlite://").ok_or_else(bad)?;
        // A database in memory would be empty at every start, and parameters would promise what is not done.
        if file.is_empty() || file.contains(['?', '#']) || file.starts_with(':') {
            return Err(bad());
        }
        Ok(Address::Sqlite(PathBuf::from(file)))
    }

    /// How people call it, fit for a log: without a password.
    pub fn name(&self) -> String {
        match self {
            Address::Sqlite(path) => path.display().to_string(),
            Address::Postgres(address) => without_password(address),
        }
    }
}

fn without_password(address: &str) -> String {
    let (address, _) = address.split_once('?').unwrap_or((address, ""));
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_servers_are_told_apart() {
        let sqlite = |path: &str| Address::Sqlite(PathBuf::from(path));
        assert_eq!(
            Address::parse("sqlite://var/dashboard.db").unwrap(),
            sqlite("var/dashboard.db")
        );
        assert_eq!(Address::parse("sqlite:///srv/d.db").unwrap(), sqlite("/srv/d.db"));
        assert!(matches!(
            Address::parse("postgresql://host/d"),
            Ok(Address::Postgres(_))
        ));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "var/dashboard.db",
            "mysql://host/d",
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://d.db?mode=ro",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_is_in_no_name() {
        let address = Address::parse("postgres://user:se@cret@host:5432/d?password=secret").unwrap();
        assert_eq!(address.name(), "postgres://user@host:5432/d");
    }
}
