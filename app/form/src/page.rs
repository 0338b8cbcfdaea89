//! The page that the server has drawn, taken over: its fields are the cells of a [`Grid`], and what changes in the one is
//! shown in the other.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use data::api::{Form, FormFigure};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlFormElement, HtmlInputElement};

use crate::bar::Bar;
use crate::checker::Findings;
use crate::checks::{Checks, Heard};
use crate::draft::{Kept, Place, Unanswered};
use crate::grid::{At, Grid};

/// The number and the remark.
pub const COLUMNS: usize = 2;

/// The page.
#[derive(Debug)]
pub struct Page {
    /// The form that the server has drawn.
    pub form: HtmlFormElement,
    /// What stands above it.
    pub bar: Bar,
    /// The grid.
    pub grid: RefCell<Grid>,
    /// Which unit and year.
    pub org_unit: String,
    /// The year.
    pub year: i32,
    /// The newest vintage of what is published in the columns beside what is typed.
    pub vintage: Option<u32>,
    /// The draft on the server and its revision, once there is one.
    pub draft: RefCell<Option<(String, u32)>>,
    /// What may be on the server without this page having heard of it.
    pub unanswered: RefCell<Unanswered>,
    /// Where the browser keeps what the server does not have.
    pub place: Place,
    /// Whether something is on its way to the server.
    pub is_saving: Cell<bool>,
    /// Whether the next page comes once all is saved.
    pub is_leaving: Cell<bool>,
    /// Whether the server lacks something.
    pub is_dirty: Cell<bool>,
    /// Counts up with every change: what waits for a pause knows by it whether there was one.
    pub changes: Cell<u32>,
    /// The worker.
    pub checks: OnceCell<Checks>,
    /// What was found last.
    pub findings: RefCell<Findings>,
    /// The fields, row by row.
    pub inputs: Vec<HtmlInputElement>,
    /// The cell of each line for what was found.
    pub found: Vec<Element>,
    /// The indicator of each line.
    pub codes: Vec<String>,
    /// The lines above which a heading stands.
    pub headings: Vec<usize>,
}

impl Page {
    /// The form of this document; none on another page.
    pub fn of_document(bar: Bar) -> Option<Rc<Page>> {
        let form: HtmlFormElement = document().get_element_by_id("grid")?.dyn_into().ok()?;
        let rows = all(&form, "tr[data-indicator]");
        let inputs: Vec<HtmlInputElement> = rows
            .iter()
            .flat_map(|row| all(row, "td.cell input"))
            .filter_map(|input| input.dyn_into().ok())
            .collect();
        let found: Vec<Element> = rows.iter().flat_map(|row| all(row, "td.found")).collect();
        let codes: Vec<String> = rows
            .iter()
            .filter_map(|row| row.get_attribute("data-indicator"))
            .collect();
        let has_heading = |row: &Element| {
            let before = row.previous_element_sibling();
            before.is_some_and(|before| before.class_list().contains("group"))
        };
        let headings = (0..rows.len()).filter(|at| has_heading(&rows[*at])).collect();
        if inputs.len() != codes.len() * COLUMNS || found.len() != codes.len() {
            return None;
        }
        let data = form.dataset();
        let (org_unit, year) = (data.get("orgUnit")?, data.get("year")?.parse().ok()?);
        let draft = data
            .get("submission")
            .zip(data.get("revision").and_then(|text| text.parse().ok()));
        let texts = inputs.iter().map(HtmlInputElement::value).collect();
        Some(Rc::new(Page {
            bar,
            grid: RefCell::new(Grid::new(COLUMNS, texts)),
            place: Place::new(&data.get("account")?, &org_unit, year),
            org_unit,
            year,
            vintage: data.get("vintage").and_then(|text| text.parse().ok()),
            draft: RefCell::new(draft),
            unanswered: RefCell::default(),
            is_saving: Cell::new(false),
            is_leaving: Cell::new(false),
            is_dirty: Cell::new(false),
            changes: Cell::new(0),
            checks: OnceCell::new(),
            findings: RefCell::default(),
            form,
            inputs,
            found,
            codes,
            headings,
        }))
    }

    /// The cell of a field.
    pub fn at(&self, field: &HtmlInputElement) -> Option<At> {
        let place = self.inputs.iter().position(|input| input == field)?;
        Some(At {
            row: place / COLUMNS,
            column: place % COLUMNS,
        })
    }

    /// What was typed, line by line; lines with nothing in them are not there.
    pub fn typed(&self) -> Form {
        let grid = self.grid.borrow();
        let text = |row, column| grid.text(At { row, column }).trim().to_owned();
        let lines = self.codes.iter().enumerate().map(|(row, code)| FormFigure {
            indicator: code.clone(),
            value: text(row, 0),
            comment: text(row, 1),
            ..FormFigure::default()
        });
        Form {
            vintage: self.vintage,
            figures: lines
                .filter(|line| !line.value.is_empty() || !line.comment.is_empty())
                .collect(),
        }
    }

    /// Cells that say what these lines say, for the whole grid.
    pub fn cells_of(&self, figures: &[FormFigure]) -> Vec<(At, String)> {
        let line = |code: &String| figures.iter().find(|figure| figure.indicator == *code);
        let mut cells = Vec::with_capacity(self.inputs.len());
        for (row, code) in self.codes.iter().enumerate() {
            let (value, comment) = line(code).map_or((String::new(), String::new()), |line| {
                (format!("{}{}", line.value, line.qualifier), line.comment.clone())
            });
            cells.push((At { row, column: 0 }, value));
            cells.push((At { row, column: 1 }, comment));
        }
        cells
    }

    /// Draws what the grid says: texts, selection and focus. A text that is being typed is where it is already.
    pub fn draw(&self) {
        let grid = self.grid.borrow();
        let selected: Vec<At> = match grid.is_block() {
            true => grid.selected().collect(),
            false => Vec::new(),
        };
        for (place, input) in self.inputs.iter().enumerate() {
            let at = At {
                row: place / COLUMNS,
                column: place % COLUMNS,
            };
            if input.value() != grid.text(at) {
                input.set_value(grid.text(at));
            }
            let _ = input
                .class_list()
                .toggle_with_force("selected", selected.contains(&at));
        }
        self.bar.steps.set((grid.can_undo(), grid.can_redo()));
    }

    /// Puts the focus where the cursor is, with all of the text selected, so that what is typed takes its place.
    pub fn focus(&self) {
        let (at, is_editing) = {
            let grid = self.grid.borrow();
            (grid.cursor, grid.is_editing)
        };
        let Some(input) = self.inputs.get(at.row * COLUMNS + at.column) else {
            return;
        };
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = input.focus_with_options(&options);
        self.show(input);
        match is_editing {
            true => {
                let end = u32::try_from(input.value().encode_utf16().count()).ok();
                let _ = input.set_selection_range(end.unwrap_or_default(), end.unwrap_or_default());
            }
            false => input.select(),
        }
    }

    /// Scrolls a cell into view, which the bar must not cover.
    fn show(&self, input: &HtmlInputElement) {
        let place = input.get_bounding_client_rect();
        let bar = document().get_element_by_id("bar");
        let top = bar
            .map_or(0.0, |bar| bar.get_bounding_client_rect().bottom())
            .max(0.0)
            + 8.0;
        let bottom = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or(f64::MAX)
            - 8.0;
        let by = match () {
            () if place.top() < top => place.top() - top,
            () if place.bottom() > bottom => place.bottom() - bottom,
            () => return,
        };
        window().scroll_by_with_x_and_y(0.0, by);
    }

    /// Something in the grid changed: it is kept here at once, checked, and saved when there is a pause.
    pub fn changed(self: &Rc<Page>) {
        self.is_dirty.set(true);
        self.bar.begin_saving();
        self.keep();
        self.check();
        let now = self.changes.get().wrapping_add(1);
        self.changes.set(now);
        let page = self.clone();
        set_timeout(
            move || {
                if page.changes.get() == now {
                    page.save();
                }
            },
            PAUSE,
        );
    }

    /// Keeps in the browser what the server does not have.
    fn keep(&self) {
        let (submission, revision) = self.draft.borrow().clone().unzip();
        self.place.keep(&Kept {
            submission,
            revision,
            at: js_sys::Date::now(),
            figures: self.typed().figures,
        });
    }

    /// Asks the worker about the form as it is now.
    pub fn check(&self) {
        if let Some(checks) = self.checks.get() {
            checks.ask(self.typed());
        }
    }

    /// What the worker answers.
    pub fn hear(self: &Rc<Page>, heard: Heard) {
        match heard {
            Heard::Findings(findings) => self.show_findings(findings),
            Heard::Pasted(pasted) => self.take_pasted(pasted),
            Heard::Unable => self.bar.is_checked.set(false),
        }
    }

    /// Puts texts into cells, as one step that can be undone.
    pub fn put(self: &Rc<Page>, cells: Vec<(At, String)>) {
        // A field holds one line, and a browser would take the others away without a space between them.
        let line = |text: String| text.replace(char::is_control, " ");
        let cells = cells.into_iter().map(|(at, text)| (at, line(text)));
        self.grid.borrow_mut().set(cells);
        self.draw();
        self.changed();
    }
}

/// How long nothing is typed before it is saved.
const PAUSE: Duration = Duration::from_millis(1000);

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let found = within.query_selector_all(selector);
    let found = found.map(|nodes| {
        (0..nodes.length())
            .filter_map(|at| nodes.get(at))
            .collect::<Vec<_>>()
    });
    found
        .unwrap_or_default()
        .into_iter()
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}
