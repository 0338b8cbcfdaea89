//! A PostgreSQL of the tests' own, in a temporary folder, which ends with the last test that uses it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sqlx::{Connection, Executor, PgConnection};

use super::super::{Address, Database, Store, StoreError};

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
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
        let server = Server {
            folder,
            programs,
            port: free_port(),
        };
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
        server.make_certificates();
        let (folder, port) = (server.folder.display(), server.port);
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{folder}' -c fsync=off \
             -c ssl=on -c ssl_cert_file='{folder}/localhost.crt' -c ssl_key_file='{folder}/localhost.key'"
        );
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

    /// An authority and a certificate that it signed for localhost; another authority that signed nothing. Debian's
    /// PostgreSQL brings openssl along.
    fn make_certificates(&self) {
        let file = |name: &str| self.folder.join(name).display().to_string();
        let make = |name: &str, further: &[&str]| {
            let (key, crt, subject) = (
                file(&format!("{name}.key")),
                file(&format!("{name}.crt")),
                format!("/CN={name}"),
            );
            let new_key = [
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
            ];
            let names = ["-nodes", "-keyout", &key, "-out", &crt, "-subj", &subject];
            run("openssl", &[&new_key[..], &names, further].concat());
        };
        make("authority", &[]);
        make("other-authority", &[]);
        let (crt, key) = (file("authority.crt"), file("authority.key"));
        let for_localhost = [
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ];
        make(
            "localhost",
            &[&["-CA", &crt, "-CAkey", &key][..], &for_localhost].concat(),
        );
    }

    fn address(&self, database: &str) -> String {
        format!(
            "postgres://dashboard@localhost:{}/{database}?host={}",
            self.port,
            self.folder.display()
        )
    }

    /// The same database through the network, by TLS as `sslmode` says.
    fn address_by_tls(&self, host: &str, sslmode: &str, authority: &str) -> String {
        format!(
            "postgres://dashboard@{host}:{}/postgres?sslmode={sslmode}&sslrootcert={}",
            self.port,
            self.folder.join(authority).display()
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

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

async fn open_by_tls(
    server: &Server,
    host: &str,
    sslmode: &str,
    authority: &str,
) -> Result<Store, StoreError> {
    let address = server.address_by_tls(host, sslmode, authority);
    Store::open(&Address::Postgres(address)).await
}

#[tokio::test]
async fn a_server_with_a_certificate_is_reached_by_tls() {
    let server = server();
    for sslmode in ["require", "verify-ca", "verify-full"] {
        let store = open_by_tls(&server, "localhost", sslmode, "authority.crt")
            .await
            .unwrap();
        let Database::Postgres(pool) = &store.database else {
            panic!("not PostgreSQL")
        };
        let sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
        let is_encrypted: bool = sqlx::query_scalar(sql).fetch_one(pool).await.unwrap();
        assert!(is_encrypted, "{sslmode}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_server_that_nobody_trusted_vouches_for_is_refused_with_what_to_do() {
    let server = server();
    let refused = open_by_tls(&server, "localhost", "verify-full", "other-authority.crt")
        .await
        .unwrap_err();
    let message = refused.to_string();
    assert!(matches!(refused, StoreError::Untrusted { .. }), "{message}");
    assert!(
        message.contains("UnknownIssuer") && message.contains("sslrootcert=FILE"),
        "{message}"
    );
    let refused = open_by_tls(&server, "127.0.0.1", "verify-full", "authority.crt")
        .await
        .unwrap_err();
    assert!(matches!(refused, StoreError::Untrusted { .. }), "{refused}");
    // By its authority alone it is trusted under any name.
    open_by_tls(&server, "127.0.0.1", "verify-ca", "authority.crt")
        .await
        .unwrap()
        .close()
        .await;
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
