use std::path::Path;

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An address that names no database we know.
    #[error(
        "`{0}` is no database address; expected sqlite://FILE, such as sqlite://var/dashboard.db, or postgres://USER@HOST/NAME"
    )]
    BadAddress(String),
    /// A file or database that is not this program's.
    #[error("{name} is not a database of federation-dashboard: {found}. It was left untouched")]
    Foreign {
        /// The file or address.
        name: String,
        /// What was found in it.
        found: String,
    },
    /// Ours, but damaged.
    #[error("{name} is damaged: {found}. It was left untouched; restore it from a copy")]
    Damaged {
        /// The file or address.
        name: String,
        /// What was found in it.
        found: String,
    },
    /// Ours, but of a later program.
    #[error("{name} was written by a newer version of this program (schema {found}; this one knows {known})")]
    Newer {
        /// The file or address.
        name: String,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// Somebody published after the state that was compared with.
    #[error(
        "{name}: vintage {newest} was published meanwhile, and what is to be published was compared with {}",
        compared_with(.built_on)
    )]
    Superseded {
        /// The file or address.
        name: String,
        /// The vintage that was compared with; 0 where nothing was published.
        built_on: i64,
        /// The newest vintage.
        newest: i64,
    },
    /// The file cannot be read or its folder cannot be made.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// A server whose certificate was asked for, and is not trusted.
    #[error(
        "{name}: the server's certificate is not trusted: {found}. The host must be the one that the certificate names; an \
         authority that this machine does not know is named by sslrootcert=FILE in the address"
    )]
    Untrusted {
        /// The address.
        name: String,
        /// What is wrong with the certificate.
        found: String,
    },
    /// Anything else the database says.
    #[error("{name}: {source}")]
    Sql {
        /// The file or address.
        name: String,
        /// What it says.
        source: sqlx::Error,
    },
}

fn compared_with(vintage: &i64) -> String {
    match vintage {
        0 => "an empty database".to_owned(),
        vintage => format!("vintage {vintage}"),
    }
}

impl StoreError {
    /// What SQLite calls corrupt (11) or no database (26) is damage; what rustls calls an invalid certificate, and sqlx
    /// passes on as a broken connection, is a lack of trust; the rest is passed on as it is said.
    pub fn from_sql(name: &str, source: sqlx::Error) -> StoreError {
        let name = name.to_owned();
        let said = source.to_string();
        if let Some((_, found)) = said.split_once("invalid peer certificate: ") {
            let found = found.to_owned();
            return StoreError::Untrusted { name, found };
        }
        let code = source.as_database_error().and_then(|error| error.code());
        let primary = code
            .and_then(|code| code.parse::<u32>().ok())
            .map(|code| code & 0xff);
        match primary {
            Some(11 | 26) => StoreError::Damaged {
                name,
                found: source.to_string(),
            },
            _ => StoreError::Sql { name, source },
        }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, source: std::io::Error) -> StoreError {
        StoreError::File {
            name: path.display().to_string(),
            source,
        }
    }
}
