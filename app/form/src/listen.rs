//! What the page hears: keys, typing, the clipboard, clicks.

use std::rc::Rc;

use leptos::prelude::{GetUntracked, document, window};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use web_sys::{ClipboardEvent, Event, EventTarget, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};

use crate::bar::Press;
use crate::grid::{At, Done, Key, Way};
use crate::page::Page;
use crate::paste;

/// Begins to listen.
pub fn begin(page: &Rc<Page>) {
    let form: EventTarget = page.form.clone().into();
    on(&form, "keydown", page, |page, event: &KeyboardEvent| {
        press_key(page, event)
    });
    on(&form, "input", page, |page, event: &Event| typed(page, event));
    on(&form, "compositionend", page, |page, event: &Event| {
        typed(page, event)
    });
    on(&form, "mouseover", page, |page, event: &MouseEvent| {
        dragged(page, event)
    });
    on(&form, "focusin", page, |page, event: &Event| focused(page, event));
    on(&form, "mousedown", page, |page, event: &MouseEvent| {
        clicked(page, event)
    });
    on(&form, "paste", page, |page, event: &ClipboardEvent| {
        pasted(page, event)
    });
    on(&form, "copy", page, |page, event: &ClipboardEvent| {
        copied(page, event);
    });
    on(&form, "cut", page, |page, event: &ClipboardEvent| {
        if copied(page, event) {
            keyed(page, Key::Delete);
        }
    });
    on(&form, "submit", page, |page, event: &Event| {
        submitted(page, event)
    });
    on(&window().into(), "online", page, |page, _: &Event| page.save());
    // A tab that is put away may never come back; one that comes back may find the server again, or a new session.
    on(&document().into(), "visibilitychange", page, |page, _: &Event| {
        page.save()
    });
}

/// Listens as long as the page is there.
fn on<E: JsCast + 'static>(
    target: &EventTarget,
    kind: &str,
    page: &Rc<Page>,
    heard: impl Fn(&Rc<Page>, &E) + 'static,
) {
    let page = page.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| heard(&page, event.unchecked_ref()));
    let _ = target.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// The field that an event is about, where it is a cell.
fn field(page: &Page, event: &Event) -> Option<(At, HtmlInputElement)> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some((page.at(&field)?, field))
}

fn press_key(page: &Rc<Page>, event: &KeyboardEvent) {
    // What is being composed of several keys belongs to the input method, Enter and arrows included.
    const COMPOSING: u32 = 229;
    if field(page, event).is_none() || event.is_composing() || event.key_code() == COMPOSING {
        return;
    }
    if let Some(key) = key(event)
        && keyed(page, key) == Done::Here
    {
        event.prevent_default();
    }
}

/// Does what a key does, and draws it.
fn keyed(page: &Rc<Page>, key: Key) -> Done {
    let (before, row) = (page.typed(), page.grid.borrow().cursor.row);
    let done = page.grid.borrow_mut().key(key);
    let is_moved = page.grid.borrow().cursor.row != row;
    page.draw();
    if is_moved {
        page.say(row);
    }
    if done == Done::Here {
        page.focus();
    }
    if page.typed() != before {
        page.changed();
    }
    done
}

fn key(event: &KeyboardEvent) -> Option<Key> {
    let (shift, control) = (event.shift_key(), event.ctrl_key() || event.meta_key());
    if event.alt_key() {
        return None;
    }
    let name = event.key();
    let way = match name.as_str() {
        "ArrowUp" => Some(Way::Up),
        "ArrowDown" => Some(Way::Down),
        "ArrowLeft" => Some(Way::Left),
        "ArrowRight" => Some(Way::Right),
        _ => None,
    };
    Some(match (name.as_str(), control, shift) {
        (_, false, false) if way.is_some() => Key::Move(way?),
        (_, false, true) if way.is_some() => Key::Extend(way?),
        ("Tab", false, false) => Key::Next,
        ("Tab", false, true) => Key::Previous,
        ("Enter", false, false) => Key::Enter,
        ("Enter", false, true) => Key::EnterUp,
        ("F2", false, false) => Key::Edit,
        ("Escape", false, false) => Key::Escape,
        ("Delete" | "Backspace", false, false) => Key::Delete,
        ("z", true, false) => Key::Undo,
        ("y", true, false) | ("z" | "Z", true, true) => Key::Redo,
        ("Home", false, false) => Key::RowStart,
        ("End", false, false) => Key::RowEnd,
        ("Home", true, false) => Key::First,
        ("End", true, false) => Key::Last,
        _ => return None,
    })
}

fn typed(page: &Rc<Page>, event: &Event) {
    let Some((at, field)) = field(page, event) else {
        return;
    };
    {
        let mut grid = page.grid.borrow_mut();
        if grid.cursor != at {
            grid.go(at);
        }
        grid.type_in(&field.value());
    }
    page.draw();
    // What an input method is composing is nobody's number yet.
    let typing = event.dyn_ref::<InputEvent>();
    if !typing.is_some_and(InputEvent::is_composing) {
        page.changed();
    }
}

/// Focus that came by no key of the grid: from outside, or by a reader of the screen.
fn focused(page: &Rc<Page>, event: &Event) {
    let Some((at, field)) = field(page, event) else {
        return;
    };
    if page.grid.borrow().cursor != at {
        page.grid.borrow_mut().go(at);
        page.draw();
        field.select();
    }
}

/// The first click goes to a cell, and what is typed then takes the place of its text; the next one goes into the text.
fn clicked(page: &Rc<Page>, event: &MouseEvent) {
    let Some((at, field)) = field(page, event).filter(|_| event.button() == 0) else {
        return;
    };
    let is_there = document()
        .active_element()
        .is_some_and(|active| active == *field.as_ref());
    if event.shift_key() {
        event.prevent_default();
        page.grid.borrow_mut().extend(at);
        page.draw();
    } else if is_there && !page.grid.borrow().is_block() {
        page.grid.borrow_mut().key(Key::Edit);
    } else {
        event.prevent_default();
        page.grid.borrow_mut().go(at);
        page.draw();
        page.focus();
    }
}

/// With the button held down the selection grows to where the pointer is.
fn dragged(page: &Rc<Page>, event: &MouseEvent) {
    const LEFT: u16 = 1;
    let Some((at, _)) = field(page, event).filter(|_| event.buttons() == LEFT) else {
        return;
    };
    let is_in_grid = document()
        .active_element()
        .is_some_and(|active| active.matches(".cell input").unwrap_or(false));
    if is_in_grid && page.grid.borrow().anchor != at {
        page.grid.borrow_mut().extend(at);
        page.draw();
    }
}

fn pasted(page: &Rc<Page>, event: &ClipboardEvent) {
    let text = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok());
    let Some(text) = text.filter(|_| field(page, event).is_some()) else {
        return;
    };
    let cells = paste::cells(&text);
    let is_one = cells.len() == 1 && cells[0].len() == 1;
    let (is_editing, is_block) = {
        let grid = page.grid.borrow();
        (grid.is_editing, grid.is_block())
    };
    if is_one && is_block {
        event.prevent_default();
        let one = cells[0][0].trim().to_owned();
        let all: Vec<At> = page.grid.borrow().selected().collect();
        page.put(all.into_iter().map(|at| (at, one.clone())).collect());
    } else if !(is_one && is_editing) {
        event.prevent_default();
        match is_one {
            // One cell goes where the cursor is, be it a name or not.
            true => page.put(vec![(page.grid.borrow().cursor, cells[0][0].trim().to_owned())]),
            false => page.paste(cells),
        }
    }
}

/// A block, or a cell that is not being typed into, is copied whole.
fn copied(page: &Rc<Page>, event: &ClipboardEvent) -> bool {
    let grid = page.grid.borrow();
    if grid.is_editing || field(page, event).is_none() {
        return false;
    }
    event.prevent_default();
    let data = event.clipboard_data();
    data.is_some_and(|data| data.set_data("text/plain", &grid.copied()).is_ok())
}

/// Saves, and goes on to the page that sends the report; with something to correct it goes there instead.
fn submitted(page: &Rc<Page>, event: &Event) {
    event.prevent_default();
    page.grid.borrow_mut().settle();
    let is_checked = page.bar.is_checked.get_untracked();
    if !(is_checked && page.go_to_error()) {
        page.leave();
    }
}

/// What the buttons of the bar do.
pub fn press(page: &Rc<Page>, press: Press) {
    match press {
        Press::Undo => _ = keyed(page, Key::Undo),
        Press::Redo => _ = keyed(page, Key::Redo),
        Press::KeepMine => page.keep_mine(),
        Press::TakeTheirs => page.take_theirs(),
        Press::TakeLeft => page.answer_offer(true),
        Press::DropLeft => page.answer_offer(false),
    }
}
