//! The process that reads a workbook: the same program, started with [`ARGUMENT`], the workbook as its standard input and
//! frames of rows on its standard output.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek};
use std::os::fd::AsFd;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::bounds::{Bounded, DEADLINE};
use super::content::Workbook;
use super::frames::{Frame, FrameReader, FrameWriter};
use super::{Unreadable, limits, workbook};

/// The first argument of a child, before the kind of workbook. No command: nobody but the program itself says it.
pub const ARGUMENT: &str = "read-workbook";

/// How a Rust program ends that panics, as a parser may over what it does not expect.
const PANICKED: i32 = 101;

/// How much is gathered before it is written or read.
const BUFFER: usize = 64 << 10;

/// Reads a workbook in a child of its own, which gets the file itself as its standard input.
pub fn read(file: &File, kind: Workbook, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    let mut child = start(file, kind).map_err(|error| {
        tracing::error!(%error, "cannot start the reader of workbooks");
        Unreadable::NoReader
    })?;
    let stdout = child.stdout.take();
    let watch = Watch::new(child);
    let stdout = stdout.ok_or(Unreadable::NoReader)?;
    let read = FrameReader::new(BufReader::with_capacity(BUFFER, stdout)).read(|frame, cells| match frame {
        Frame::Row(number) => sink.row(number, cells),
        Frame::Sheet(name) => {
            sink.sheet(name);
            Ok(())
        }
        Frame::End | Frame::Failed(_) => Ok(()),
    });
    let end = watch.end();
    read.unwrap_or(Err(end))
}

/// The program as it runs, even where its file was replaced meanwhile by a newer one.
fn start(mut file: &File, kind: Workbook) -> io::Result<Child> {
    file.rewind()?;
    let program = match cfg!(target_os = "linux") {
        true => "/proc/self/exe".into(),
        false => std::env::current_exe()?,
    };
    Command::new(program)
        .args([ARGUMENT, kind.name()])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(file.try_clone()?))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Ends a child that takes too long.
struct Watch {
    child: Arc<Mutex<Child>>,
    done: Sender<()>,
    watcher: JoinHandle<bool>,
}

impl Watch {
    fn new(child: Child) -> Watch {
        let child = Arc::new(Mutex::new(child));
        let (done, is_done) = channel();
        let watched = child.clone();
        let watcher = thread::spawn(move || {
            let is_late = is_done.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout);
            if is_late {
                end(&watched);
            }
            is_late
        });
        Watch { child, done, watcher }
    }

    /// Ends the child, done or not, and says what ended it before it was done.
    fn end(self) -> Unreadable {
        drop(self.done);
        let is_late = self.watcher.join().unwrap_or(false);
        let status = end(&self.child);
        match status {
            _ if is_late => Unreadable::TookTooLong,
            Some(status) if is_cpu_limit(&status) => Unreadable::TookTooLong,
            Some(status) if status.code() == Some(PANICKED) => {
                Unreadable::Damaged("its reader gave up".into())
            }
            _ => Unreadable::TooMuchMemory,
        }
    }
}

/// Ends a child if it runs still, and takes its status, so that nothing is left of it.
fn end(child: &Mutex<Child>) -> Option<ExitStatus> {
    let mut child = child.lock().ok()?;
    let _ = child.kill();
    child.wait().ok()
}

/// Whether the system ended a process for its processor time: by SIGXCPU, which is 24 on Linux, or by SIGKILL (9) where the
/// hard limit, the same one here, comes first.
fn is_cpu_limit(status: &ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    matches!(status.signal(), Some(9 | 24))
}

/// The child: reads the workbook on standard input and writes frames. Answers how the process is to end.
pub fn run(kind: Option<String>) -> ExitCode {
    match kind.as_deref().and_then(Workbook::from_name) {
        Some(kind) if read_standard_input(kind).is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn read_standard_input(kind: Workbook) -> io::Result<()> {
    limits::bound_this_process()?;
    let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut frames = FrameWriter::new(BufWriter::with_capacity(BUFFER, io::stdout().lock()));
    let result = workbook::read(
        BufReader::with_capacity(BUFFER, file),
        kind,
        &mut Bounded::new(&mut frames),
    );
    frames.end(&result)
}

impl Workbook {
    fn name(self) -> &'static str {
        match self {
            Workbook::Xlsx => "xlsx",
            Workbook::Xls => "xls",
            Workbook::Ods => "ods",
        }
    }

    fn from_name(name: &str) -> Option<Workbook> {
        [Workbook::Xlsx, Workbook::Xls, Workbook::Ods]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}
