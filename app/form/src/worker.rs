//! The half that runs in a worker: it gets what a report is checked with, and then answers every report sent to it.

use std::cell::RefCell;
use std::rc::Rc;

use data::Lang;
use data::api::{Definitions, Form, FormBasis};
use gloo_net::http::Request;
use js_sys::{Reflect, Uint8Array};
use leptos::wasm_bindgen::prelude::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::checker::{Checker, Findings};
use crate::preview::{Preview, preview};

/// What the page says to the worker, in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Which report it will be asked about; the first thing that is said.
    Open {
        /// The code of the unit.
        org_unit: String,
        /// The year.
        year: i32,
        /// The language of its answers.
        lang: Lang,
    },
    /// Check this form.
    Form {
        /// The answer has the same; an answer to an older question is worth nothing.
        number: u32,
        /// The form.
        form: Form,
    },
    /// Which lines of the form does this block name?
    Block {
        /// Its cells.
        cells: Vec<Vec<String>>,
    },
}

/// What the worker answers, in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// It has started and listens: what was said before, nobody heard.
    Ready,
    /// What was found in a form.
    Findings {
        /// That of the question.
        number: u32,
        /// What was found.
        findings: Findings,
    },
    /// What a block says of the lines.
    Pasted(Pasted),
    /// What a file says; none where it is not read here.
    Previewed {
        /// That of the question.
        number: u32,
        /// What is shown of it.
        preview: Option<Preview>,
    },
    /// It cannot check: the server does not answer, or the session has ended.
    Unable,
}

/// What a pasted block says of the lines of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pasted {
    /// Indicator, number and remark of each line.
    pub lines: Vec<(String, String, Option<String>)>,
    /// Names that are no line of the form.
    pub unknown: Vec<String>,
    /// The block itself, where it names no line and so goes where the cursor is.
    pub bare: Option<Vec<Vec<String>>>,
    /// Why nothing was taken of it.
    pub refused: Option<String>,
}

/// What can be asked: in JSON, or a file with its number as `{number, bytes}`.
#[derive(Debug)]
enum Question {
    Asked(Asked),
    File(u32, Vec<u8>),
}

/// What the worker knows.
#[derive(Debug, Default)]
struct State {
    checker: Option<Checker>,
    /// What was asked before it could be answered.
    waiting: Vec<Question>,
}

/// Answers what the page asks.
pub fn listen(scope: DedicatedWorkerGlobalScope) {
    let state = Rc::new(RefCell::new(State::default()));
    let to_page = scope.clone();
    let on_message =
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| match question(&event.data()) {
            Some(Question::Asked(Asked::Open { org_unit, year, lang })) => {
                let (state, to_page) = (state.clone(), to_page.clone());
                spawn_local(async move { open(&state, &to_page, &org_unit, year, lang).await });
            }
            Some(question) => answer(&state, &to_page, question),
            None => web_sys::console::error_1(&event.data()),
        });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&scope, &Answered::Ready);
}

fn question(message: &JsValue) -> Option<Question> {
    if let Some(text) = message.as_string() {
        return serde_json::from_str(&text).ok().map(Question::Asked);
    }
    let part = |name: &str| Reflect::get(message, &name.into()).ok();
    let number = part("number")?.as_f64()? as u32;
    Some(Question::File(number, Uint8Array::new(&part("bytes")?).to_vec()))
}

async fn open(
    state: &RefCell<State>,
    to_page: &DedicatedWorkerGlobalScope,
    org_unit: &str,
    year: i32,
    lang: Lang,
) {
    let definitions = get::<Definitions>("/api/v1/definitions").await;
    let unit = String::from(js_sys::encode_uri_component(org_unit));
    let basis = get::<FormBasis>(&format!("/api/v1/forms/{unit}/{year}")).await;
    let (Some(definitions), Some(basis)) = (definitions, basis) else {
        return say(to_page, &Answered::Unable);
    };
    let waiting = {
        let mut state = state.borrow_mut();
        state.checker = Some(Checker::new(definitions, basis, lang));
        std::mem::take(&mut state.waiting)
    };
    for asked in waiting {
        answer(state, to_page, asked);
    }
}

async fn get<T: DeserializeOwned>(address: &str) -> Option<T> {
    let response = Request::get(address).send().await.ok()?;
    let text = response.text().await.ok().filter(|_| response.ok())?;
    serde_json::from_str(&text).ok()
}

fn answer(state: &RefCell<State>, to_page: &DedicatedWorkerGlobalScope, question: Question) {
    let mut state = state.borrow_mut();
    let Some(checker) = &state.checker else {
        state.waiting.push(question);
        return;
    };
    let answered = match question {
        Question::Asked(Asked::Form { number, form }) => Answered::Findings {
            number,
            findings: checker.form(&form),
        },
        Question::Asked(Asked::Block { cells }) => Answered::Pasted(checker.pasted(cells)),
        Question::Asked(Asked::Open { .. }) => return,
        Question::File(number, bytes) => Answered::Previewed {
            number,
            preview: preview(checker, &bytes),
        },
    };
    say(to_page, &answered);
}

fn say(to_page: &DedicatedWorkerGlobalScope, answered: &Answered) {
    if let Ok(text) = serde_json::to_string(answered) {
        let _ = to_page.post_message(&text.into());
    }
}
