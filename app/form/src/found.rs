//! What the worker found, shown beside the lines.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::bar::Counts;
use crate::checker::{Findings, Told};
use crate::grid::At;
use crate::page::{COLUMNS, Page};

impl Page {
    /// Shows what was found in the form as it is now.
    pub fn show_findings(&self, findings: Findings) {
        let typed = self.typed();
        let line_of = |told: &Told| {
            let of_line = usize::try_from(told.place.row)
                .ok()
                .and_then(|row| row.checked_sub(2));
            let about = told.about.as_ref().map(|about| &about.indicator);
            let code = about.or_else(|| {
                of_line
                    .and_then(|at| typed.figures.get(at))
                    .map(|line| &line.indicator)
            });
            code.and_then(|code| self.codes.iter().position(|known| known == code))
        };
        let mut lines: Vec<Vec<&Told>> = vec![Vec::new(); self.codes.len()];
        let mut counts = Counts {
            filled: typed.figures.len(),
            lines: self.codes.len(),
            ..Counts::default()
        };
        for told in &findings.issues {
            let Some(line) = line_of(told) else {
                continue;
            };
            match told.class.as_str() {
                "missing" => counts.missing += 1,
                "error" => counts.errors += 1,
                _ => counts.warnings += 1,
            }
            lines[line].push(told);
        }
        for (row, told) in lines.iter().enumerate() {
            self.show_line(row, told);
        }
        self.bar.counts.set(Some(counts));
        self.bar.is_checked.set(true);
        *self.findings.borrow_mut() = findings;
    }

    fn show_line(&self, row: usize, told: &[&Told]) {
        let cell = &self.found[row];
        let words: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        if cell.text_content().unwrap_or_default() == words.concat() && !words.is_empty() {
            return;
        }
        cell.set_text_content(None);
        for told in told {
            let Ok(line) = document().create_element("p") else {
                continue;
            };
            line.set_class_name(&told.class);
            line.set_text_content(Some(&told.message));
            let _ = cell.append_child(&line);
        }
        let input = &self.inputs[row * COLUMNS];
        let _ = match told.iter().any(|told| told.is_error) {
            true => input.set_attribute("aria-invalid", "true"),
            false => input.remove_attribute("aria-invalid"),
        };
    }

    /// What stands beside a line, for who cannot see it.
    pub fn say(&self, row: usize) {
        let words = self
            .found
            .get(row)
            .and_then(|cell| cell.text_content())
            .unwrap_or_default();
        let is_typed = !self.grid.borrow().text(At { row, column: 0 }).is_empty();
        self.bar.said.set(if is_typed { words } else { String::new() });
    }

    /// Moves to the first cell with an error; false where there is none.
    pub fn go_to_error(&self) -> bool {
        let is_wrong = |input: &HtmlInputElement| input.has_attribute("aria-invalid");
        let Some(input) = self.inputs.iter().find(|input| is_wrong(input)) else {
            return false;
        };
        if let Some(at) = self.at(input) {
            self.grid.borrow_mut().go(at);
            self.draw();
            self.focus();
        }
        true
    }
}
