use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use log::LevelFilter;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::look::{Found, look};
use super::{Address, Database, Store, StoreError, migrate};

/// Files up to this size are checked whole at every start; SQLite reads some 500 MB a second, so it takes at most
/// about an eighth of one. Larger ones are checked by `check`, and by being loaded.
const CHECKED_AT_START: u64 = 64 << 20;

/// Reading happens at start and for history, so a few connections serve everybody.
const READERS: u32 = 4;

/// Parts the unfinished files of one process.
static CREATED: AtomicU32 = AtomicU32::new(0);

impl Store {
    /// Opens a database, or creates it where there is none, and brings it to the newest schema.
    pub async fn open(address: &Address) -> Result<Store, StoreError> {
        let name = address.name();
        let database = match address {
            Address::Sqlite(path) => sqlite(path).await?,
            Address::Postgres(address) => postgres(&name, address).await?,
        };
        Ok(Store { name, database })
    }

    /// Opens a database that must be there already, without changing anything in it.
    pub async fn open_existing(address: &Address) -> Result<Store, StoreError> {
        if let Address::Sqlite(path) = address
            && look(path)? == Found::Nothing
        {
            let missing = std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such database");
            return Err(StoreError::file(path, missing));
        }
        Store::open(address).await
    }
}

async fn sqlite(path: &Path) -> Result<Database, StoreError> {
    if look(path)? == Found::Nothing {
        create(path).await?;
    }
    let name = path.display().to_string();
    let failed = |error| StoreError::from_sql(&name, error);
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        // Loading a country takes seconds and is no trouble; who looks for one sets the level to debug.
        .log_slow_statements(LevelFilter::Debug, Duration::from_secs(1))
        .synchronous(SqliteSynchronous::Full);
    quick_check(path, &options).await?;
    let mut connection = options.connect().await.map_err(failed)?;
    migrate::sqlite(&name, &mut connection).await?;
    connection.close().await.map_err(failed)?;
    let options = options.journal_mode(SqliteJournalMode::Wal);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone());
    let writer = writer.await.map_err(failed)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.pragma("query_only", "on"));
    Ok(Database::Sqlite {
        readers: readers.await.map_err(failed)?,
        writer,
    })
}

/// Creates a database beside its place and moves it there when it is whole, so that a program that is ended meanwhile
/// leaves no half-made file under the name.
async fn create(path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::file(path, error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut unfinished = path.as_os_str().to_owned();
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    unfinished.push(format!(".new-{}-{number}", std::process::id()));
    let unfinished = PathBuf::from(unfinished);
    let _ = std::fs::remove_file(&unfinished);
    let name = unfinished.display().to_string();
    let options = SqliteConnectOptions::new()
        .filename(&unfinished)
        .create_if_missing(true);
    let mut connection = options
        .connect()
        .await
        .map_err(|error| StoreError::from_sql(&name, error))?;
    migrate::sqlite(&name, &mut connection).await?;
    connection
        .close()
        .await
        .map_err(|error| StoreError::from_sql(&name, error))?;
    // An empty file at the place gives way; another program that was faster does not, and its database is as good.
    if std::fs::metadata(path).is_ok_and(|found| found.len() == 0) {
        std::fs::remove_file(path).map_err(failed)?;
    }
    let placed = std::fs::hard_link(&unfinished, path);
    match placed {
        Ok(()) => std::fs::remove_file(&unfinished).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            std::fs::remove_file(&unfinished).map_err(failed)
        }
        // Some file systems have no hard links.
        Err(_) => std::fs::rename(&unfinished, path).map_err(failed),
    }
}

async fn quick_check(path: &Path, options: &SqliteConnectOptions) -> Result<(), StoreError> {
    let length = std::fs::metadata(path)
        .map_err(|error| StoreError::file(path, error))?
        .len();
    if length > CHECKED_AT_START {
        return Ok(());
    }
    let name = path.display().to_string();
    let failed = |error| StoreError::from_sql(&name, error);
    let options = options.clone().pragma("query_only", "on");
    let mut connection = options.connect().await.map_err(failed)?;
    let found: String = sqlx::query_scalar("pragma quick_check(1)")
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)?;
    if found == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged { name, found })
    }
}

async fn postgres(name: &str, address: &str) -> Result<Database, StoreError> {
    let failed = |error| StoreError::from_sql(name, error);
    let options = PgConnectOptions::from_str(address)
        .map_err(failed)?
        .application_name("federation-dashboard")
        .log_slow_statements(LevelFilter::Debug, Duration::from_secs(1));
    let mut connection = options.connect().await.map_err(failed)?;
    migrate::postgres(name, &mut connection).await?;
    connection.close().await.map_err(failed)?;
    let pool = PgPoolOptions::new()
        .max_connections(READERS + 1)
        .test_before_acquire(false)
        // After a failover the old primary still answers, but refuses to write (25006): such a connection is no good.
        .before_acquire(|connection, _| {
            Box::pin(async move {
                let read_only: String = sqlx::query_scalar("show transaction_read_only")
                    .fetch_one(connection)
                    .await?;
                Ok(read_only == "off")
            })
        });
    Ok(Database::Postgres(
        pool.connect_with(options).await.map_err(failed)?,
    ))
}
