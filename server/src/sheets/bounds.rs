//! How much of a file is read before it is refused.

use std::time::Duration;

use data::sheet::{Cell, text};

use super::{Sink, Unreadable};

/// The largest file. A hundred thousand rows, a country's figures of a year, are some 6 MB as CSV and 4 MB as XLSX.
/// The operator may allow others (`--upload-limit`).
pub const MOST_BYTES: u64 = 20 << 20;

/// The most rows with anything in them. The same hundred thousand, twice.
pub const MOST_ROWS: u32 = 200_000;

/// The most columns: a table of all 2,978 counties, one a column, has room.
pub const MOST_COLUMNS: usize = text::MOST_COLUMNS;

/// The most cells, empty ones before the last filled one of a row with them: 200,000 rows of the 20 columns that an export
/// has.
pub const MOST_CELLS: u64 = 4_000_000;

/// The most bytes of text in all cells: ten for each byte of the largest file, as a workbook names its texts by number.
pub const MOST_TEXT: u64 = 10 * MOST_BYTES;

/// The most that the entries of a workbook may inflate to: sheets come down to a twentieth, some hardly at all.
pub const MOST_INFLATED: u64 = 20 * MOST_BYTES;

/// How many entries a workbook may have. A sheet is one and has few beside it; pictures are one each.
pub const MOST_ENTRIES: usize = 10_000;

/// An entry that inflates to more than this many times its size, and to more than [`SUSPECT_FROM`], was made to. The sheets
/// that spreadsheets write stay below a hundred; deflate's own limit is 1,032.
pub const MOST_RATIO: u64 = 300;

/// An entry below this is read whatever its ratio: it costs nothing.
pub const SUSPECT_FROM: u64 = 16 << 20;

/// The address space of the child. The largest allowed file takes its bytes, its texts and a buffer; the program itself is
/// mapped some 60 MB large.
pub const CHILD_MEMORY: u64 = 512 << 20;

/// The processor time of the child, in seconds. [`MOST_INFLATED`] takes six on an old machine.
pub const CHILD_CPU_SECONDS: u64 = 20;

/// After this the child is ended, whatever it waits for.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Counts what goes into a sink and refuses what is too much.
pub struct Bounded<'a> {
    sink: &'a mut dyn Sink,
    rows: u32,
    cells: u64,
    text: u64,
}

impl<'a> Bounded<'a> {
    /// Nothing was counted yet.
    pub fn new(sink: &'a mut dyn Sink) -> Bounded<'a> {
        Bounded {
            sink,
            rows: 0,
            cells: 0,
            text: 0,
        }
    }

    /// Begins a sheet.
    pub fn sheet(&mut self, name: &str) {
        self.sink.sheet(name);
    }

    /// Counts a row and hands it on.
    pub fn row(&mut self, number: u32, cells: &[Cell<'_>]) -> Result<(), Unreadable> {
        let bytes = |cell: &Cell<'_>| match cell {
            Cell::Text(text) | Cell::Error(text) => text.len() as u64,
            _ => 0,
        };
        self.rows += 1;
        self.cells += cells.len() as u64;
        self.text += cells.iter().map(bytes).sum::<u64>();
        if cells.len() > MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        if self.rows > MOST_ROWS {
            return Err(Unreadable::TooManyRows);
        }
        if self.cells > MOST_CELLS {
            return Err(Unreadable::TooManyCells);
        }
        if self.text > MOST_TEXT {
            return Err(Unreadable::TooMuchText);
        }
        self.sink.row(number, cells);
        Ok(())
    }
}
