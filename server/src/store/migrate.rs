use sqlx::{PgConnection, SqliteConnection};

use super::StoreError;

/// A step of the schema; its number counts from 1 without gaps.
struct Migration {
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: [Migration; 8] = [
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0001_observations.sql"),
        postgres: include_str!("../../migrations/postgres/0001_observations.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0002_accounts.sql"),
        postgres: include_str!("../../migrations/postgres/0002_accounts.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0003_submissions.sql"),
        postgres: include_str!("../../migrations/postgres/0003_submissions.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0004_remark_period.sql"),
        postgres: include_str!("../../migrations/postgres/0004_remark_period.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0005_review.sql"),
        postgres: include_str!("../../migrations/postgres/0005_review.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0006_file_pieces.sql"),
        postgres: include_str!("../../migrations/postgres/0006_file_pieces.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0007_first_submitted.sql"),
        postgres: include_str!("../../migrations/postgres/0007_first_submitted.sql"),
    },
    Migration {
        sqlite: include_str!("../../migrations/sqlite/0008_embedding.sql"),
        postgres: include_str!("../../migrations/postgres/0008_embedding.sql"),
    },
];

const CREATE: &str = "create table if not exists migration (number bigint not null primary key)";
const NEWEST: &str = "select coalesce(max(number), 0) from migration";
const RECORD: &str = "insert into migration (number) values ($1)";

/// Any number that no other program on the same server locks: "FDSH" again.
const POSTGRES_LOCK: i64 = 1_178_882_888;

/// Brings an SQLite database to the newest schema. All steps are one transaction that excludes every other writer,
/// which is our lock: sqlx's own does nothing on SQLite.
pub async fn sqlite(name: &str, connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let failed = |error| StoreError::from_sql(name, error);
    sqlx::raw_sql("begin exclusive")
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    sqlx::query(CREATE)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    let newest: i64 = sqlx::query_scalar(NEWEST)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    for (number, migration) in missing(name, newest)? {
        sqlx::raw_sql(migration.sqlite)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
        sqlx::query(RECORD)
            .bind(number)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    sqlx::raw_sql("commit")
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Brings a PostgreSQL database to the newest schema, in one transaction behind an advisory lock, so that replicas that
/// start together do it once.
pub async fn postgres(name: &str, connection: &mut PgConnection) -> Result<(), StoreError> {
    let failed = |error| StoreError::from_sql(name, error);
    sqlx::raw_sql("begin")
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(POSTGRES_LOCK);
    lock.execute(&mut *connection).await.map_err(failed)?;
    refuse_foreign(name, connection).await?;
    sqlx::query(CREATE)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    let newest: i64 = sqlx::query_scalar(NEWEST)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    for (number, migration) in missing(name, newest)? {
        sqlx::raw_sql(migration.postgres)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
        sqlx::query(RECORD)
            .bind(number)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    sqlx::raw_sql("commit")
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// A database with tables but without ours belongs to another program.
async fn refuse_foreign(name: &str, connection: &mut PgConnection) -> Result<(), StoreError> {
    let sql = "select table_name::text from information_schema.tables where table_schema = current_schema() order by 1";
    let tables: Vec<String> = sqlx::query_scalar(sql)
        .fetch_all(connection)
        .await
        .map_err(|error| StoreError::from_sql(name, error))?;
    if tables.is_empty() || (tables.iter().any(|t| t == "program") && tables.iter().any(|t| t == "migration"))
    {
        return Ok(());
    }
    Err(StoreError::Foreign {
        name: name.to_owned(),
        found: format!("it holds the tables {}", tables.join(", ")),
    })
}

fn missing(name: &str, newest: i64) -> Result<impl Iterator<Item = (i64, &'static Migration)>, StoreError> {
    let known = MIGRATIONS.len() as i64;
    if newest > known {
        return Err(StoreError::Newer {
            name: name.to_owned(),
            found: newest,
            known,
        });
    }
    Ok((1..).zip(MIGRATIONS.iter()).skip(newest as usize))
}
