//! Files that people send, of any kind, to rows of cells.
//!
//! What a file is, its bytes say and not its name. Text is read here; a workbook is read by a child process of the same
//! program ([`child`]) whose memory and time are bounded, because a workbook of a thousand bytes can ask its reader for
//! gigabytes. Whoever reads a file says what to do with its rows ([`Sink`]): a [`Reader`] makes figures of them.

pub mod bounds;
mod child;
mod content;
mod directory;
pub mod download;
mod frames;
mod limits;
pub mod repaired;
mod style;
pub mod template;
mod text;
mod unreadable;
mod workbook;

use std::fs::File;
use std::io;

use data::report::Reader;
use data::sheet::Cell;

use bounds::Bounded;
use content::{Content, Workbook};

pub use child::{ARGUMENT as CHILD_ARGUMENT, run as run_child};
pub use unreadable::Unreadable;

/// What is done with the rows of a file.
pub trait Sink {
    /// A sheet begins; a text is one without a name.
    fn sheet(&mut self, name: &str);
    /// Takes the next row with anything in it, under the number that a spreadsheet shows beside it.
    fn row(&mut self, number: u32, cells: &[Cell<'_>]);
}

impl Sink for Reader<'_> {
    fn sheet(&mut self, name: &str) {
        Reader::sheet(self, name);
    }

    fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        Reader::row(self, number, cells);
    }
}

/// Reads a file into a sink: `read(&file, &mut reader)` and then `reader.finish()` is all there is to it.
///
/// What the file is its bytes say; its name is not asked. Blocks for as long as the file takes, at most [`bounds::DEADLINE`], so a handler calls it by `spawn_blocking`. What the
/// sink was given before a failure is worth nothing.
pub fn read(file: &File, sink: &mut dyn Sink) -> Result<(), Unreadable> {
    let mut bounded = Bounded::new(sink);
    match content::tell(file)? {
        Content::Text => text::read(file, &mut bounded),
        Content::Workbook(kind) => {
            if matches!(kind, Workbook::Xlsx | Workbook::Ods) {
                directory::check(file)?;
            }
            child::read(file, kind, &mut bounded)
        }
    }
}

/// The system does not give what it holds of a file: a fault of the machine, which the log names.
fn lost(error: io::Error) -> Unreadable {
    tracing::error!(%error, "cannot read a file that was kept");
    Unreadable::NoReader
}
