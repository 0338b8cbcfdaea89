//! What the child says to its parent: frames of bytes, each with its length before it.
//!
//! `S` name: a sheet. `R` number, cells: a row. `E`: the end. `F` JSON: why it could not be read. Numbers are little end
//! first. A cell is a byte for its kind and what it holds; a text has its length before it.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use chrono::{Datelike, NaiveDate};
use data::sheet::Cell;

use super::{Sink, Unreadable};

/// No frame is longer: a row of the most columns with long texts stays below.
const LONGEST: usize = 32 << 20;

/// Writes frames; what it was not able to write the parent does not miss, because it lacks the end then.
pub struct FrameWriter<W: Write> {
    out: W,
    frame: Vec<u8>,
    failed: bool,
}

impl<W: Write> FrameWriter<W> {
    /// A writer to here.
    pub fn new(out: W) -> FrameWriter<W> {
        FrameWriter {
            out,
            frame: Vec::new(),
            failed: false,
        }
    }

    /// Writes how the reading ended, as the last frame.
    pub fn end(&mut self, result: &Result<(), Unreadable>) -> io::Result<()> {
        self.frame.clear();
        match result {
            Ok(()) => self.frame.push(b'E'),
            Err(why) => {
                self.frame.push(b'F');
                serde_json::to_writer(&mut self.frame, why)?;
            }
        }
        self.send();
        self.out.flush()
    }

    fn send(&mut self) {
        let length = (self.frame.len() as u32).to_le_bytes();
        let sent = self
            .out
            .write_all(&length)
            .and_then(|()| self.out.write_all(&self.frame));
        self.failed |= sent.is_err();
    }

    fn put_text(&mut self, kind: u8, text: &str) {
        self.frame.push(kind);
        self.frame.extend((text.len() as u32).to_le_bytes());
        self.frame.extend(text.as_bytes());
    }

    fn put(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty => self.frame.push(b'_'),
            Cell::Text(text) => self.put_text(b't', text),
            Cell::Error(text) => self.put_text(b'e', text),
            Cell::Boolean(truth) => self.frame.extend([b'b', u8::from(*truth)]),
            Cell::Number(number) => {
                self.frame.push(b'n');
                self.frame.extend(number.to_le_bytes());
            }
            Cell::Date(date) => {
                self.frame.push(b'd');
                self.frame.extend(date.num_days_from_ce().to_le_bytes());
            }
        }
    }
}

impl<W: Write> Sink for FrameWriter<W> {
    fn sheet(&mut self, name: &str) {
        self.frame.clear();
        self.frame.push(b'S');
        self.frame.extend(name.as_bytes());
        self.send();
    }

    fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        if self.failed {
            return;
        }
        self.frame.clear();
        self.frame.push(b'R');
        self.frame.extend(number.to_le_bytes());
        for cell in cells {
            self.put(cell);
        }
        self.send();
    }
}

/// What a frame says.
#[derive(Debug, PartialEq)]
pub enum Frame<'a> {
    /// A sheet begins.
    Sheet(&'a str),
    /// A row, its cells in the vector.
    Row(u32),
    /// Everything was read.
    End,
    /// It could not be read.
    Failed(Unreadable),
}

/// Reads frames into one buffer.
pub struct FrameReader<R: Read> {
    from: R,
    frame: Vec<u8>,
}

impl<R: Read> FrameReader<R> {
    /// A reader from here.
    pub fn new(from: R) -> FrameReader<R> {
        FrameReader {
            from,
            frame: Vec::new(),
        }
    }

    /// Calls `each` with every frame to the last. `None` where there was no last one, or a frame that is none.
    pub fn read(
        &mut self,
        mut each: impl FnMut(Frame<'_>, &[Cell<'_>]) -> Result<(), Unreadable>,
    ) -> Option<Result<(), Unreadable>> {
        loop {
            let mut length = [0; 4];
            self.from.read_exact(&mut length).ok()?;
            let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
            if length > LONGEST {
                return None;
            }
            self.frame.resize(length, 0);
            self.from.read_exact(&mut self.frame).ok()?;
            // The cells borrow from the frame, so there is a new vector for each row.
            let mut cells = Vec::new();
            match parse(&self.frame, &mut cells)? {
                Frame::End => return Some(Ok(())),
                Frame::Failed(why) => return Some(Err(why)),
                frame => {
                    if let Err(why) = each(frame, &cells) {
                        return Some(Err(why));
                    }
                }
            }
        }
    }
}

fn parse<'a>(frame: &'a [u8], cells: &mut Vec<Cell<'a>>) -> Option<Frame<'a>> {
    let (kind, rest) = frame.split_first()?;
    Some(match kind {
        b'S' => Frame::Sheet(std::str::from_utf8(rest).ok()?),
        b'E' => Frame::End,
        b'F' => Frame::Failed(serde_json::from_slice(rest).ok()?),
        b'R' => {
            let (number, mut rest) = rest.split_first_chunk()?;
            while !rest.is_empty() {
                let (cell, after) = cell(rest)?;
                cells.push(cell);
                rest = after;
            }
            Frame::Row(u32::from_le_bytes(*number))
        }
        _ => return None,
    })
}

fn cell(bytes: &[u8]) -> Option<(Cell<'_>, &[u8])> {
    let (kind, rest) = bytes.split_first()?;
    Some(match kind {
        b'_' => (Cell::Empty, rest),
        b't' | b'e' => {
            let (length, rest) = rest.split_first_chunk()?;
            let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            let text = Cow::Borrowed(std::str::from_utf8(text).ok()?);
            match kind {
                b't' => (Cell::Text(text), rest),
                _ => (Cell::Error(text), rest),
            }
        }
        b'b' => (Cell::Boolean(*rest.first()? != 0), &rest[1..]),
        b'n' => {
            let (number, rest) = rest.split_first_chunk()?;
            (Cell::Number(f64::from_le_bytes(*number)), rest)
        }
        b'd' => {
            let (days, rest) = rest.split_first_chunk()?;
            (
                Cell::Date(NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(*days))?),
                rest,
            )
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = FrameWriter::new(&mut bytes);
        writer.sheet("乡镇");
        let date = NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
        writer.row(
            7,
            &[
                Cell::of_text("近100万"),
                Cell::Empty,
                Cell::Number(1.5),
                Cell::Date(date),
                Cell::Boolean(true),
                Cell::Error("#REF!".into()),
            ],
        );
        writer.end(&Ok(())).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> (Option<Result<(), Unreadable>>, Vec<String>) {
        let mut told = Vec::new();
        let result = FrameReader::new(bytes).read(|frame, cells| {
            told.push(format!("{frame:?}"));
            told.extend(cells.iter().map(|cell| format!("{cell:?}")));
            Ok(())
        });
        (result, told)
    }

    #[test]
    fn what_is_written_is_read() {
        let (result, told) = read(&written());
        assert_eq!(result, Some(Ok(())));
        let expected = "Sheet(\"乡镇\") Row(7) Text(\"近100万\") Empty Number(1.5) Date(2022-12-31) Boolean(true) Error(\"#REF!\")";
        assert_eq!(told.join(" "), expected);
    }

    #[test]
    fn a_stream_that_ends_anywhere_before_its_end_has_none() {
        let bytes = written();
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]).0, None, "{length}");
        }
    }

    #[test]
    fn a_failure_comes_over_whole() {
        let mut bytes = Vec::new();
        let why = Unreadable::Damaged("no sheet".into());
        FrameWriter::new(&mut bytes).end(&Err(why.clone())).unwrap();
        assert_eq!(read(&bytes).0, Some(Err(why)));
    }
}
