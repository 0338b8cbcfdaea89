//! What the workbooks that we write look like.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Note};

/// WPS and Excel both have it, on every Chinese desktop.
const FONT: &str = "宋体";

const LINES: Color = Color::RGB(0xBF_BFBF);
const HEADING: Color = Color::RGB(0xF2_F2F2);
const TO_FILL: Color = Color::RGB(0xFF_FBE6);
const QUIET: Color = Color::RGB(0x59_5959);

/// A text as it is.
pub fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11)
}

/// The title of a table.
pub fn title() -> Format {
    plain().set_bold().set_font_size(14)
}

/// A line that is not of the table.
pub fn aside() -> Format {
    plain().set_font_color(QUIET)
}

/// A sentence or several in a cell.
pub fn wrapped() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::Top)
}

/// A cell of a table.
pub fn cell() -> Format {
    plain()
        .set_border(FormatBorder::Thin)
        .set_border_color(LINES)
        .set_align(FormatAlign::VerticalCenter)
}

/// The head of a column, and the name of a group.
pub fn heading() -> Format {
    cell().set_bold().set_background_color(HEADING).set_text_wrap()
}

/// What was there before.
pub fn quiet() -> Format {
    cell().set_font_color(QUIET).set_num_format("#,##0.######")
}

/// A cell that waits for a figure.
pub fn to_fill() -> Format {
    cell()
        .set_background_color(TO_FILL)
        .set_num_format("#,##0.######")
}

/// A cell with an error.
pub fn error() -> Format {
    plain().set_background_color(Color::RGB(0xFF_C7CE))
}

/// A cell with a question.
pub fn warning() -> Format {
    plain().set_background_color(Color::RGB(0xFF_EB9C))
}

/// The same format for a date.
pub fn date(format: &Format) -> Format {
    format.clone().set_num_format("yyyy-mm-dd")
}

/// A comment, large enough for its text: some fourteen characters a line.
pub fn note(text: &str) -> Note {
    const PER_LINE: usize = 14;
    const LINE_HEIGHT: u32 = 18;
    let lines: usize = text.lines().map(|line| line.chars().count() / PER_LINE + 1).sum();
    Note::new(text)
        .add_author_prefix(false)
        .set_font_name(FONT)
        .set_font_size(9)
        .set_width(200)
        .set_height(LINE_HEIGHT * (lines.min(20) as u32 + 1))
}

/// A date as a workbook keeps it; none before 1900, which no workbook can hold.
pub fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}
