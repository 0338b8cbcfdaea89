//! A PostgreSQL of the tests' own, in a temporary folder, which ends with the last test that uses it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sqlx::{Connection, Executor, PgConnection};

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
}

/// The server, started where it does not run yet.
pub fn server() -> Arc<Server> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start());
        *running = Arc::downgrade(&server);
        server
    })
}

impl Server {
    fn start() -> Server {
        let programs = programs();
        // It refuses to run as root, so the folder is made by whoever is to own it.
        let made = run("mktemp", &["--directory", "/tmp/dashboard-postgres-XXXXXXXX"]);
        let folder = PathBuf::from(String::from_utf8(made.stdout).unwrap().trim());
        let server = Server { folder, programs };
        let data = server.data();
        let initdb = server.programs.join("initdb");
        // Sorting by language would order codes otherwise than SQLite does, and tests should see it.
        let arguments = [
            "--pgdata",
            &data,
            "--username=dashboard",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        ];
        run(
            &initdb.display().to_string(),
            &[&arguments[..], &["--locale=C.UTF-8"]].concat(),
        );
        let folder = server.folder.display();
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off");
        let log = format!("{folder}/log");
        server.pg_ctl(&[
            "--pgdata",
            &data,
            "--wait",
            "--log",
            &log,
            "--options",
            &options,
            "start",
        ]);
        server
    }

    /// The address of a new, empty database.
    pub async fn new_database(&self) -> String {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let mut connection = PgConnection::connect(&self.address("postgres")).await.unwrap();
        let create = "select format('create database test_%s', $1::int)";
        let create: String = sqlx::query_scalar(create)
            .bind(number as i32)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.execute(sqlx::AssertSqlSafe(create)).await.unwrap();
        connection.close().await.unwrap();
        self.address(&format!("test_{number}"))
    }

    fn address(&self, database: &str) -> String {
        format!(
            "postgres://dashboard@localhost/{database}?host={}",
            self.folder.display()
        )
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn pg_ctl(&self, arguments: &[&str]) {
        run(&self.programs.join("pg_ctl").display().to_string(), arguments);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.pg_ctl(&["--pgdata", &self.data(), "--mode=immediate", "stop"]);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The newest of Debian's versions.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let newest = folders.into_iter().rfind(|folder| folder.join("initdb").exists());
    newest.expect("there is no PostgreSQL in /usr/lib/postgresql; run .ci/setup test, which installs it")
}

/// Runs a program as a user who is not root.
fn run(program: &str, arguments: &[&str]) -> Output {
    let mut command = match is_root() {
        true => {
            let mut command = Command::new("runuser");
            command.args(["--user", "nobody", "--", program]);
            command
        }
        false => Command::new(program),
    };
    let output = command.args(arguments).current_dir("/tmp").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    output
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().unwrap().uid() == 0
}
