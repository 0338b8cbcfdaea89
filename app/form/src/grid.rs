//! The grid as plain data: what is in its cells, where the cursor stands, and what each key does. No browser.

use std::collections::BTreeMap;

/// A cell by its row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct At {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

/// Cells of text, as many columns in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    rows: usize,
    columns: usize,
    cells: Vec<String>,
    /// The cell that takes what is typed.
    pub cursor: At,
    /// The other corner of what is selected; the cursor itself where it is one cell.
    pub anchor: At,
    /// Whether keys move within the cell's text: it is being typed into.
    pub is_editing: bool,
    /// What the cell held when typing into it began.
    before: Option<String>,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One thing that can be undone: cells with what they held before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    cells: BTreeMap<At, (String, String)>,
    cursor: At,
}

/// A key that the grid knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// An arrow.
    Move(Way),
    /// An arrow with Shift: the selection grows.
    Extend(Way),
    /// Tab; with Shift `Previous`.
    Next,
    /// Shift and Tab.
    Previous,
    /// Enter: down.
    Enter,
    /// Shift and Enter: up.
    EnterUp,
    /// F2: type into the cell, behind what is there.
    Edit,
    /// Escape: what was typed is taken back.
    Escape,
    /// Delete or Backspace on cells that are not being typed into.
    Delete,
    /// Ctrl and Z.
    Undo,
    /// Ctrl and Y.
    Redo,
    /// Home: the first column.
    RowStart,
    /// End: the last column.
    RowEnd,
    /// Ctrl and Home.
    First,
    /// Ctrl and End.
    Last,
}

/// Where an arrow leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// What the page has to do about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The grid did it: the browser does nothing, and what moved or changed is drawn.
    Here,
    /// The browser does what it does with this key: it moves within the text, or out of the grid.
    Browser,
}

/// How much can be undone: a form is filled in with some hundred steps.
const MOST_STEPS: usize = 500;

impl Grid {
    /// A grid of these cells, row by row, with the cursor in the first.
    pub fn new(columns: usize, cells: Vec<String>) -> Grid {
        Grid {
            rows: cells.len().checked_div(columns).unwrap_or(0),
            columns,
            cells,
            cursor: At::default(),
            anchor: At::default(),
            is_editing: false,
            before: None,
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// What a cell holds; nothing outside the grid.
    pub fn text(&self, at: At) -> &str {
        let is_inside = at.row < self.rows && at.column < self.columns;
        let text = is_inside.then(|| self.cells.get(at.row * self.columns + at.column));
        text.flatten().map_or("", String::as_str)
    }

    /// Whether anything can be undone.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty() || self.is_changed()
    }

    /// Whether anything that was undone can be done again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The cells that are selected, in the order of reading.
    pub fn selected(&self) -> impl Iterator<Item = At> {
        let rows = self.cursor.row.min(self.anchor.row)..=self.cursor.row.max(self.anchor.row);
        let columns = self.cursor.column.min(self.anchor.column)..=self.cursor.column.max(self.anchor.column);
        rows.flat_map(move |row| columns.clone().map(move |column| At { row, column }))
    }

    /// Whether more than one cell is selected.
    pub fn is_block(&self) -> bool {
        self.cursor != self.anchor
    }

    /// What is selected, as a spreadsheet takes it.
    pub fn copied(&self) -> String {
        let mut text = String::new();
        let mut row = None;
        for at in self.selected() {
            match row {
                Some(before) if before == at.row => text.push('\t'),
                Some(_) => text.push('\n'),
                None => {}
            }
            row = Some(at.row);
            text += self.text(at);
        }
        text
    }

    /// Goes to a cell, as a click does.
    pub fn go(&mut self, to: At) {
        self.settle();
        self.cursor = At {
            row: to.row.min(self.rows.saturating_sub(1)),
            column: to.column.min(self.columns.saturating_sub(1)),
        };
        self.anchor = self.cursor;
    }

    /// Grows the selection to a cell, as a click with Shift does.
    pub fn extend(&mut self, to: At) {
        self.settle();
        self.anchor = At {
            row: to.row.min(self.rows.saturating_sub(1)),
            column: to.column.min(self.columns.saturating_sub(1)),
        };
    }

    /// Takes what is typed into the cell at the cursor.
    pub fn type_in(&mut self, text: &str) {
        let at = self.cursor;
        if self.before.is_none() {
            self.before = Some(self.text(at).to_owned());
        }
        self.anchor = at;
        self.is_editing = true;
        self.put(at, text.to_owned());
    }

    /// Puts texts into cells, as one thing that can be undone.
    pub fn set(&mut self, texts: impl IntoIterator<Item = (At, String)>) {
        self.settle();
        let mut cells = BTreeMap::new();
        for (at, text) in texts {
            let before = self.text(at).to_owned();
            let is_inside = at.row < self.rows && at.column < self.columns;
            if is_inside && before != text {
                self.put(at, text.clone());
                cells.insert(at, (before, text));
            }
        }
        self.note(cells);
    }

    /// Does what a key does.
    pub fn key(&mut self, key: Key) -> Done {
        match key {
            Key::Move(Way::Left | Way::Right) | Key::RowStart | Key::RowEnd | Key::First | Key::Last
                if self.is_editing =>
            {
                return Done::Browser;
            }
            Key::Extend(_) | Key::Delete if self.is_editing => return Done::Browser,
            Key::Move(way) => self.go(self.beside(self.cursor, way)),
            Key::Extend(way) => self.anchor = self.beside(self.anchor, way),
            Key::Next => return self.along(1),
            Key::Previous => return self.along(-1),
            Key::Enter => self.go(self.beside(self.cursor, Way::Down)),
            Key::EnterUp => self.go(self.beside(self.cursor, Way::Up)),
            Key::Edit => {
                self.anchor = self.cursor;
                self.is_editing = true;
            }
            Key::Escape => self.take_back(),
            Key::Delete => {
                let empty: Vec<(At, String)> = self.selected().map(|at| (at, String::new())).collect();
                self.set(empty);
            }
            Key::Undo => self.undo(),
            Key::Redo => self.redo(),
            Key::RowStart => self.go(At {
                column: 0,
                ..self.cursor
            }),
            Key::RowEnd => self.go(At {
                column: usize::MAX,
                ..self.cursor
            }),
            Key::First => self.go(At::default()),
            Key::Last => self.go(At {
                row: usize::MAX,
                column: usize::MAX,
            }),
        }
        Done::Here
    }

    /// The cell beside one; itself at the edge.
    fn beside(&self, at: At, way: Way) -> At {
        let (row, column) = (at.row, at.column);
        match way {
            Way::Up => At {
                row: row.saturating_sub(1),
                column,
            },
            Way::Down => At {
                row: (row + 1).min(self.rows.saturating_sub(1)),
                column,
            },
            Way::Left => At {
                row,
                column: column.saturating_sub(1),
            },
            Way::Right => At {
                row,
                column: (column + 1).min(self.columns.saturating_sub(1)),
            },
        }
    }

    /// Tab goes through all cells, and out of the grid at its ends: nobody is caught in it.
    fn along(&mut self, step: isize) -> Done {
        let place = self.cursor.row * self.columns + self.cursor.column;
        let next = place
            .checked_add_signed(step)
            .filter(|next| *next < self.cells.len());
        let Some(next) = next else {
            self.settle();
            return Done::Browser;
        };
        self.go(At {
            row: next / self.columns,
            column: next % self.columns,
        });
        Done::Here
    }

    fn put(&mut self, at: At, text: String) {
        let place = at.row * self.columns + at.column;
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = text;
        }
    }

    fn is_changed(&self) -> bool {
        let before = self.before.as_ref();
        before.is_some_and(|before| before != self.text(self.cursor))
    }

    /// Ends typing: what was typed is one step.
    pub fn settle(&mut self) {
        self.is_editing = false;
        let at = self.cursor;
        let Some(before) = self.before.take() else {
            return;
        };
        let after = self.text(at).to_owned();
        if before != after {
            self.note(BTreeMap::from([(at, (before, after))]));
        }
    }

    fn take_back(&mut self) {
        self.is_editing = false;
        self.anchor = self.cursor;
        if let Some(before) = self.before.take() {
            self.put(self.cursor, before);
        }
    }

    fn note(&mut self, cells: BTreeMap<At, (String, String)>) {
        if cells.is_empty() {
            return;
        }
        let cursor = self.cursor;
        self.done.push(Step { cells, cursor });
        self.undone.clear();
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    fn undo(&mut self) {
        self.settle();
        if let Some(step) = self.done.pop() {
            for (at, (before, _)) in &step.cells {
                self.put(*at, before.clone());
            }
            self.show(&step);
            self.undone.push(step);
        }
    }

    fn redo(&mut self) {
        self.settle();
        if let Some(step) = self.undone.pop() {
            for (at, (_, after)) in &step.cells {
                self.put(*at, after.clone());
            }
            self.show(&step);
            self.done.push(step);
        }
    }

    /// The cursor goes where something changed.
    fn show(&mut self, step: &Step) {
        let cursor = step.cells.keys().next().copied().unwrap_or(step.cursor);
        self.cursor = cursor;
        self.anchor = cursor;
    }
}

#[cfg(test)]
mod tests;
