//! Blocks from a spreadsheet, put into the cells.

use std::rc::Rc;

use data::Lang;
use leptos::prelude::*;

use crate::grid::At;
use crate::page::{COLUMNS, Page};
use crate::paste::{self, Shape};
use crate::worker::Pasted;

impl Page {
    /// Takes a block from a spreadsheet. One without names goes where the cursor is; what may be names the worker knows.
    pub fn paste(self: &Rc<Page>, cells: Vec<Vec<String>>) {
        match self.checks.get() {
            Some(checks) if !paste::is_bare(&cells) && self.bar.is_checked.get_untracked() => {
                checks.ask_block(cells)
            }
            _ => self.paste_bare(&cells),
        }
    }

    /// Takes what the worker made of a block.
    pub fn take_pasted(self: &Rc<Page>, pasted: Pasted) {
        if let Some(cells) = pasted.bare {
            return self.paste_bare(&cells);
        }
        if let Some(refused) = pasted.refused {
            return self.bar.notice.set(refused);
        }
        let row_of = |code: &String| self.codes.iter().position(|known| known == code);
        let mut cells = Vec::new();
        for (code, value, comment) in &pasted.lines {
            let Some(row) = row_of(code) else {
                continue;
            };
            cells.push((At { row, column: 0 }, value.clone()));
            cells.extend(comment.clone().map(|comment| (At { row, column: 1 }, comment)));
        }
        self.put(cells);
        let (lang, taken) = (self.bar.lang, pasted.lines.len());
        let words = match lang {
            Lang::Zh => format!("已按指标名称粘贴 {taken} 行。"),
            Lang::En => format!("{taken} lines were pasted by their names."),
        };
        self.bar.notice.set(words + &left(&pasted.unknown, lang));
    }

    fn paste_bare(self: &Rc<Page>, cells: &[Vec<String>]) {
        let from = self.grid.borrow().selected().next().unwrap_or_default();
        let shape = Shape {
            rows: self.codes.len(),
            columns: COLUMNS,
            headings: &self.headings,
        };
        let placed = paste::place(cells, from, shape);
        self.put(placed.cells);
        self.bar.notice.set(left(&placed.left, self.bar.lang));
    }
}

/// What found no place, by its text: the first few of many.
fn left(texts: &[String], lang: Lang) -> String {
    const SHOWN: usize = 5;
    if texts.is_empty() {
        return String::new();
    }
    let (count, shown) = (texts.len(), texts.len().min(SHOWN));
    let shown = texts[..shown].join(lang.pick("、", ", "));
    match lang {
        Lang::Zh if count > SHOWN => format!("有 {count} 项放不进表格：{shown} 等。"),
        Lang::Zh => format!("有 {count} 项放不进表格：{shown}。"),
        Lang::En if count > SHOWN => format!(" {count} found no place: {shown} and others."),
        Lang::En => format!(" {count} found no place: {shown}."),
    }
}
