//! What is particular to a file: what is not ours stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions, Connection};

use super::super::{Address, Store, StoreError};
use super::{load, publish, sample};

async fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(&Address::Sqlite(path.to_owned())).await
}

/// A database with the sample, closed.
async fn filled(folder: &Path) -> PathBuf {
    let path = folder.join("dashboard.db");
    let store = open(&path).await.unwrap();
    publish(&store, &sample()).await;
    store.close().await;
    path
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Fails unless opening these bytes is refused with this text, and leaves them and the folder as they were.
async fn check_refused(bytes: &[u8], expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dashboard.db");
    fs::write(&path, bytes).unwrap();
    let error = open(&path).await.unwrap_err().to_string();
    assert!(
        error.contains(expected) && error.contains(path.to_str().unwrap()),
        "{error}"
    );
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
    assert_eq!(files(folder.path()), ["dashboard.db"]);
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_and_left_untouched() {
    check_refused(b"indicator,org_unit\n", "it is not an SQLite file").await;
    check_refused(&[0; 4096], "it is not an SQLite file").await;
}

#[tokio::test]
async fn the_database_of_another_program_is_refused_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql("create table invoice (id integer)")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    check_refused(&fs::read(&path).unwrap(), "its application_id is 0").await;
}

#[tokio::test]
async fn a_truncated_database_is_refused_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = fs::read(filled(folder.path()).await).unwrap();
    check_refused(&bytes[..bytes.len() / 2], "is damaged").await;
}

#[tokio::test]
async fn a_damaged_database_is_refused_by_name_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = fs::read(filled(folder.path()).await).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096 * 2..middle].fill(0xa5);
    let path = folder.path().join("dashboard.db");
    fs::write(&path, &bytes).unwrap();
    let error = open(&path).await.unwrap_err().to_string();
    assert!(
        error.contains("is damaged") && error.contains(path.to_str().unwrap()),
        "{error}"
    );
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
}

#[tokio::test]
async fn the_database_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path()).await;
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .connect()
        .await
        .unwrap();
    sqlx::raw_sql("insert into migration (number) values (99)")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let error = open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
}

#[tokio::test]
async fn a_missing_folder_is_made_and_nothing_is_left_beside_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/dashboard.db");
    let store = open(&path).await.unwrap();
    store.close().await;
    assert_eq!(files(path.parent().unwrap()), ["dashboard.db"]);
}

#[tokio::test]
async fn an_empty_file_becomes_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dashboard.db");
    fs::write(&path, b"").unwrap();
    open(&path).await.unwrap().close().await;
    assert_eq!(files(folder.path()), ["dashboard.db"]);
}

#[tokio::test]
async fn programs_that_start_together_share_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dashboard.db");
    let (first, second) = tokio::join!(open(&path), open(&path));
    let (first, second) = (first.unwrap(), second.unwrap());
    publish(&first, &sample()).await;
    assert_eq!(load(&second, i64::MAX).await.len(), 53);
}

#[tokio::test]
async fn the_sqlite_inside_is_one_without_the_fault_in_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("dashboard.db")).await.unwrap();
    let super::super::Database::Sqlite { writer, .. } = &store.database else {
        panic!("not SQLite");
    };
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(writer)
        .await
        .unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version}");
    let mode: String = sqlx::query_scalar("pragma journal_mode")
        .fetch_one(writer)
        .await
        .unwrap();
    let synchronous: i64 = sqlx::query_scalar("pragma synchronous")
        .fetch_one(writer)
        .await
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[tokio::test]
async fn a_vintage_removed_without_its_observations_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path()).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql("delete from vintage")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let store = open(&path).await.unwrap();
    assert_eq!(store.seals().await.unwrap().missing, [1]);
    assert!(!store.integrity().await.unwrap().is_empty());
    assert!(load(&store, 0).await.is_empty());
}
