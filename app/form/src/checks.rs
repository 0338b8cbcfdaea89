//! The page's end of the worker: questions go out with a number, and only the answer to the last one counts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use data::Lang;
use data::api::Form;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions};

use crate::checker::Findings;
use crate::worker::{Answered, Asked, Pasted};

/// The worker that checks.
#[derive(Debug, Clone)]
pub struct Checks {
    worker: Option<Worker>,
    last: Rc<Cell<u32>>,
    /// What was asked before the worker listened; none from then on.
    waiting: Rc<RefCell<Option<Vec<Asked>>>>,
}

/// Which report is checked, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The code of the unit.
    pub org_unit: String,
    /// The year.
    pub year: i32,
    /// The language.
    pub lang: Lang,
}

/// What comes of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// What was found in the form as it is now.
    Findings(Findings),
    /// What a pasted block says.
    Pasted(Pasted),
    /// Nothing is checked here: the server checks what is saved.
    Unable,
}

impl Checks {
    /// Starts the worker: the script that runs in this page, with the address of its Wasm for a name.
    pub fn start(script: &str, wasm: &str, report: Report, heard: impl Fn(Heard) + 'static) -> Checks {
        let options = WorkerOptions::new();
        options.set_name(wasm);
        let worker = Worker::new_with_options(script, &options).ok();
        let checks = Checks {
            worker,
            last: Rc::new(Cell::new(0)),
            waiting: Rc::new(RefCell::new(Some(Vec::new()))),
        };
        checks.listen(report, Rc::new(heard));
        checks
    }

    fn listen(&self, report: Report, heard: Rc<dyn Fn(Heard)>) {
        let Some(worker) = &self.worker else {
            return heard(Heard::Unable);
        };
        let (checks, on_error) = (self.clone(), heard.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(Answered::Ready) => checks.open(&report),
                Ok(Answered::Findings { number, findings }) if number == checks.last.get() => {
                    heard(Heard::Findings(findings))
                }
                // The form was changed since it was asked about.
                Ok(Answered::Findings { .. } | Answered::Previewed { .. }) => {}
                Ok(Answered::Pasted(pasted)) => heard(Heard::Pasted(pasted)),
                Ok(Answered::Unable) | Err(_) => heard(Heard::Unable),
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let on_error = Closure::<dyn Fn()>::new(move || on_error(Heard::Unable));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
    }

    /// Asks about the form as it is now.
    pub fn ask(&self, form: Form) {
        let number = self.last.get().wrapping_add(1);
        self.last.set(number);
        self.say(Asked::Form { number, form });
    }

    /// Asks which lines a block names.
    pub fn ask_block(&self, cells: Vec<Vec<String>>) {
        self.say(Asked::Block { cells });
    }

    /// Tells the worker, which listens from now on, what it will be asked about, and then what was asked already.
    fn open(&self, report: &Report) {
        let waiting = self.waiting.take();
        self.say(Asked::Open {
            org_unit: report.org_unit.clone(),
            year: report.year,
            lang: report.lang,
        });
        for asked in waiting.into_iter().flatten() {
            self.say(asked);
        }
    }

    fn say(&self, asked: Asked) {
        if let Some(waiting) = self.waiting.borrow_mut().as_mut() {
            return waiting.push(asked);
        }
        if let (Some(worker), Ok(text)) = (&self.worker, serde_json::to_string(&asked)) {
            let _ = worker.post_message(&text.into());
        }
    }
}
