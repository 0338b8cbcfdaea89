use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Answer;

/// Generous, because CI has two busy cores.
const START_DEADLINE: Duration = Duration::from_secs(30);

/// The built program, with a folder and a database of its own.
#[derive(Debug)]
pub struct Program {
    folder: Arc<TempDir>,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Output {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Output {
    /// Its standard output; fails unless the command ended well.
    pub fn success(self) -> String {
        assert_eq!(self.code, 0, "{}", self.err);
        self.out
    }

    /// Its standard error; fails unless the command ended with 1, as it does where something is wrong.
    pub fn failure(self) -> String {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        self.err
    }
}

impl Default for Program {
    fn default() -> Program {
        Program::new()
    }
}

impl Program {
    /// A program whose database is not there yet.
    pub fn new() -> Program {
        Program {
            folder: Arc::new(tempfile::tempdir().unwrap()),
        }
    }

    /// A path in the program's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the program's folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs a command to its end, in the program's folder, where the database is var/dashboard.db unless it says otherwise.
    pub fn run<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        let output = self.command().args(arguments).output().unwrap();
        Output {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Adds a person, who chooses this password on the running server.
    pub fn add_user(&self, serving: &Serving, name: &str, password: &str, (org_unit, role): (&str, &str)) {
        let arguments = ["user", "add", name, "--org-unit", org_unit, "--role", role];
        let link = self.run(arguments).success();
        let answer = serving.choose_password(&link, password);
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    /// Serves on a free port.
    pub fn serve(&self) -> Serving {
        self.serve_with(&[])
    }

    /// Serves on a free port with further arguments.
    pub fn serve_with(&self, arguments: &[&str]) -> Serving {
        self.serve_in(&std::env::temp_dir(), arguments)
    }

    /// The same with a folder of its own for temporary files.
    pub fn serve_in(&self, temporary: &Path, arguments: &[&str]) -> Serving {
        let mut command = self.command();
        command.env("TMPDIR", temporary);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, lines) = channel();
        let log = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            log.lines()
                .map_while(Result::ok)
                .try_for_each(|line| send.send(line))
        });
        let mut serving = Serving {
            child,
            lines: Mutex::new(lines),
            log: Vec::new(),
            url: String::new(),
            agent: agent(),
            _folder: self.folder.clone(),
        };
        serving.url = serving.wait_for_address();
        serving
    }

    fn command(&self) -> Command {
        let program = std::env::var_os("FEDERATION_DASHBOARD");
        let program = program
            .expect("FEDERATION_DASHBOARD must be the path of the built program, as `make test` sets it");
        let program = Path::new(&program);
        assert!(
            program.is_absolute() && program.exists(),
            "{} is not there; run make build",
            program.display()
        );
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env("NO_COLOR", "1");
        for setting in [
            "DATABASE_URL",
            "LISTEN",
            "DEFINITIONS",
            "DIST",
            "LOG_FORMAT",
            "LOG_LEVEL",
            "PUBLIC_URL",
            "REVIEW_STEPS",
            "TRUSTED_PROXY",
            "UPLOAD_LIMIT",
        ] {
            command
                .env_remove(setting)
                .env_remove(format!("FEDERATION_DASHBOARD_{setting}"));
        }
        command
    }
}

/// Somebody who asks, by what they show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Nothing.
    Nobody,
    /// A cookie.
    Session(String),
    /// An API token.
    Token(String),
}

/// The lines of an answer that does not end.
#[derive(Debug)]
pub struct Lines(BufReader<TcpStream>);

impl Lines {
    /// The rest of the next line that begins so; fails where none comes.
    pub fn next_of(&mut self, beginning: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the answer ended");
            if let Some(rest) = line.strip_prefix(beginning) {
                return rest.trim_end().to_owned();
            }
        }
    }

    /// Whether the server has ended it.
    pub fn is_over(&mut self) -> bool {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).is_ok()
    }
}

/// A running server.
#[derive(Debug)]
pub struct Serving {
    child: Child,
    /// Behind a lock, so that threads may share the server and ask it at once.
    lines: Mutex<Receiver<String>>,
    log: Vec<String>,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    agent: ureq::Agent,
    /// It has its database there for as long as it runs.
    _folder: Arc<TempDir>,
}

impl Serving {
    /// Asks for an address.
    pub fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[])
    }

    /// Asks for an address with these headers.
    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{address}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::new(request.call().unwrap())
    }

    /// Asks for an address whose answer does not end, and reads it line by line.
    pub fn listen(&self, address: &str) -> Lines {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(START_DEADLINE)).unwrap();
        write!(stream, "GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        Lines(BufReader::new(stream))
    }

    /// Sends a request of another method, without a body.
    pub fn send(&self, method: &str, address: &str) -> Answer {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{address}", self.url));
        Answer::new(self.agent.run(request.body(()).unwrap()).unwrap())
    }

    /// Sends a request of any method with these headers and a body.
    pub fn send_with(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{address}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.as_ref().to_vec();
        Answer::new(self.agent.run(request.body(body).unwrap()).unwrap())
    }

    /// Sends a file as somebody who is signed in, from a page of ours; the messages come in this language.
    pub fn send_file(
        &self,
        who: &Person,
        (method, address): (&str, &str),
        (name, bytes): (&str, &[u8]),
        lang: &str,
    ) -> Answer {
        let Person::Session(cookie) = who else {
            panic!("only who is signed in sends files here")
        };
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/octet-stream"),
            ("x-file-name", name),
            ("accept-language", lang),
        ];
        self.send_with(method, address, &headers, bytes)
    }

    /// How many files it has open that have no name any more: temporary ones.
    pub fn nameless_files(&self) -> usize {
        let open = std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap();
        let targets = open.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok());
        targets
            .filter(|target| {
                let target = target.to_string_lossy();
                target.starts_with('/') && target.ends_with(" (deleted)")
            })
            .count()
    }

    /// The most memory that it has had, in MB.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() >> 10
    }

    /// Sends JSON as somebody: `who` is a cookie or an `Authorization`, as [`Person`] has it, from a page of ours.
    pub fn send_as(&self, who: &Person, method: &str, address: &str, body: &str) -> Answer {
        let json = ("content-type", "application/json");
        match who {
            Person::Nobody => self.send_with(method, address, &[json], body),
            Person::Session(cookie) => {
                let headers = [json, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
                self.send_with(method, address, &headers, body)
            }
            Person::Token(token) => {
                let token = format!("Bearer {token}");
                self.send_with(method, address, &[json, ("authorization", &token)], body)
            }
        }
    }

    /// Signs in; fails unless that works.
    pub fn sign_in(&self, name: &str, password: &str) -> Person {
        let body = format!(r#"{{"name":"{name}","password":"{password}"}}"#);
        let answer = self.send_as(&Person::Nobody, "POST", "/api/v1/sessions", &body);
        assert_eq!(answer.status, 204, "{name}: {}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
        Person::Session(cookie.to_owned())
    }

    /// Sets a password by a one-time link, whose path or address this is.
    pub fn choose_password(&self, link: &str, password: &str) -> Answer {
        let (_, token) = link.trim().rsplit_once('/').unwrap();
        let body = format!(r#"{{"password":"{password}"}}"#);
        self.send_as(&Person::Nobody, "POST", &format!("/api/v1/links/{token}"), &body)
    }

    /// What the log said until the program listened.
    pub fn log_at_start(&self) -> String {
        self.log.join("\n")
    }

    /// Sends a signal and waits for the end; answers the exit code and the whole log.
    pub fn end(mut self, signal: &str) -> (i32, String) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        let status = self.child.wait().unwrap();
        self.log.extend(self.lines.get_mut().unwrap().iter());
        (status.code().unwrap_or(-1), self.log.join("\n"))
    }

    /// Ends the program and fails unless it ended well and its log has no warning and no error.
    pub fn end_cleanly(self) -> String {
        let (code, log) = self.end("TERM");
        assert_eq!(code, 0, "{log}");
        let troubles: Vec<&str> = log
            .lines()
            .filter(|line| {
                ["WARN", "ERROR", "panicked"]
                    .iter()
                    .any(|word| line.contains(word))
            })
            .collect();
        assert!(troubles.is_empty(), "{troubles:#?}");
        log
    }

    fn wait_for_address(&mut self) -> String {
        let deadline = Instant::now() + START_DEADLINE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.get_mut().unwrap().recv_timeout(left) else {
                panic!("the program does not listen:\n{}", self.log.join("\n"));
            };
            let address = line
                .split_once("listening on ")
                .map(|(_, address)| address.split('"').next().unwrap_or_default());
            let address = address.map(ToOwned::to_owned);
            self.log.push(line);
            if let Some(address) = address {
                return address;
            }
        }
    }
}

/// A test that fails leaves no program behind.
impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .accept_encoding("identity")
        .allow_non_standard_methods(true);
    config.build().into()
}
