use std::fmt;

use data::Lang;
use data::read::Issue;
use serde::{Deserialize, Serialize};

use super::bounds::{DEADLINE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS};

/// Why a file was not read at all, in words for the person who sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// Protected by a password.
    Encrypted,
    /// Of a kind that holds no table.
    NotATable(Found),
    /// Begins as a workbook and does not end as one.
    Truncated,
    /// Not what a workbook must be; the words are the parser's.
    Damaged(String),
    /// Small, and inflates beyond all use.
    ZipBomb,
    /// More rows than are read.
    TooManyRows,
    /// More columns than are read.
    TooManyColumns,
    /// More cells than are read.
    TooManyCells,
    /// More text than is read.
    TooMuchText,
    /// Did not come to an end in time.
    TookTooLong,
    /// Its reader ended over it, mostly because it wanted more memory than it may have.
    TooMuchMemory,
    /// In an open format, and wrong in it; with the place.
    NotOfFormat(Box<Issue>),
    /// Text whose encoding cannot be told.
    UnknownEncoding,
    /// The program could not start its reader.
    NoReader,
}

/// What a file is that is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Word, WPS text.
    Document,
    /// PowerPoint.
    Slides,
    /// A zip, rar or 7z archive.
    Archive,
    /// A page of the web, which some programs name .xls.
    WebPage,
    /// Excel's binary workbook, .xlsb.
    BinaryWorkbook,
    /// A program, a database, anything else.
    Other,
}

impl Found {
    fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Found::Pdf => ("PDF 文件", "a PDF file"),
            Found::Picture => ("图片", "a picture"),
            Found::Document => ("文字文档", "a text document"),
            Found::Slides => ("演示文稿", "a presentation"),
            Found::Archive => ("压缩包", "an archive"),
            Found::WebPage => ("网页", "a web page"),
            Found::BinaryWorkbook => ("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"),
            Found::Other => ("其他类型的文件", "a file of another kind"),
        };
        lang.pick(zh, en)
    }
}

impl Unreadable {
    /// A code that programs may rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty_file",
            Unreadable::Encrypted => "encrypted",
            Unreadable::NotATable(_) => "not_a_table",
            Unreadable::Truncated => "truncated",
            Unreadable::Damaged(_) => "damaged",
            Unreadable::ZipBomb => "zip_bomb",
            Unreadable::TooManyRows => "too_many_rows",
            Unreadable::TooManyColumns => "too_many_columns",
            Unreadable::TooManyCells => "too_many_cells",
            Unreadable::TooMuchText => "too_much_text",
            Unreadable::TookTooLong => "took_too_long",
            Unreadable::TooMuchMemory => "too_much_memory",
            Unreadable::NotOfFormat(_) => "not_of_format",
            Unreadable::UnknownEncoding => "unknown_encoding",
            Unreadable::NoReader => "no_reader",
        }
    }

    /// What is wrong and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Unreadable::Empty => "文件是空的".into(),
            Unreadable::Encrypted => "文件有密码，请取消密码后另存再上传".into(),
            Unreadable::NotATable(found) => {
                let found = found.word(Lang::Zh);
                format!("这是{found}，不是表格：请另存为 XLSX、XLS、ODS 或 CSV")
            }
            Unreadable::Truncated => "文件不完整，可能没有传完或没有保存完：请重新保存后再上传".into(),
            Unreadable::Damaged(why) => format!("工作簿已损坏（{why}）：请用 WPS 或 Excel 打开后另存再上传"),
            Unreadable::ZipBomb => "文件解压后过大，不予读取".into(),
            Unreadable::TooManyRows => format!("有内容的行超过{MOST_ROWS}行，请分成几个文件报送"),
            Unreadable::TooManyColumns => format!("列数超过{MOST_COLUMNS}列，请删去表格以外的内容"),
            Unreadable::TooManyCells => format!("单元格超过{MOST_CELLS}个，请分成几个文件报送"),
            Unreadable::TooMuchText => "单元格中的文字过多，请删去表格以外的内容".into(),
            Unreadable::TookTooLong => {
                let limit = DEADLINE.as_secs();
                format!("{limit}秒内没有读完：请只保留数据所在的工作表，或另存为 CSV")
            }
            Unreadable::TooMuchMemory => {
                "读取所需的内存过多：请把表格复制到新的工作簿中，或另存为 CSV".into()
            }
            Unreadable::NotOfFormat(issue) => {
                format!("第{}行：{}", issue.line, issue.problem.message(Lang::Zh))
            }
            Unreadable::UnknownEncoding => "不认识文件的编码，应为 UTF-8、UTF-16 或 GB18030（GBK）".into(),
            Unreadable::NoReader => "暂时无法读取工作簿，请稍后再试，或另存为 CSV".into(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Unreadable::Empty => "the file is empty".into(),
            Unreadable::Encrypted => "the file is protected by a password; save it without one".into(),
            Unreadable::NotATable(found) => {
                let found = found.word(Lang::En);
                format!("this is {found} and no table; save it as XLSX, XLS, ODS or CSV")
            }
            Unreadable::Truncated => {
                "the file is not complete: it was not sent or not saved to its end; save it again".into()
            }
            Unreadable::Damaged(why) => {
                format!("the workbook is damaged ({why}); open it in WPS or Excel and save it anew")
            }
            Unreadable::ZipBomb => "the file inflates beyond what is read".into(),
            Unreadable::TooManyRows => format!("more than {MOST_ROWS} filled rows; send the file in parts"),
            Unreadable::TooManyColumns => {
                format!("more than {MOST_COLUMNS} columns; take away what does not belong to the table")
            }
            Unreadable::TooManyCells => format!("more than {MOST_CELLS} cells; send the file in parts"),
            Unreadable::TooMuchText => {
                "too much text in the cells; take away what is not of the table".into()
            }
            Unreadable::TookTooLong => {
                let limit = DEADLINE.as_secs();
                format!(
                    "not read within {limit} seconds; keep only the sheet with the figures, or save as CSV"
                )
            }
            Unreadable::TooMuchMemory => {
                "reading it takes too much memory; copy the table into a new workbook, or save as CSV".into()
            }
            Unreadable::NotOfFormat(issue) => {
                format!("line {}: {}", issue.line, issue.problem.message(Lang::En))
            }
            Unreadable::UnknownEncoding => {
                "the text is in no encoding known here; expected UTF-8, UTF-16 or GB18030 (GBK)".into()
            }
            Unreadable::NoReader => {
                "workbooks cannot be read at the moment; try later, or save as CSV".into()
            }
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.in_english())
    }
}

impl std::error::Error for Unreadable {}
