//! The figure under the pointer or the arrow keys: shown beside its mark and announced.
//!
//! Every mark names a row of the table behind its chart, and that row already says in words what the mark means; so
//! the layer needs no data of its own and works the same on the server's page and on the app's.

use data::page::PageRequest;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use crate::nearest::{HitBox, nearest, walk};

/// What the tip says, and where its mark is on the page in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
struct Tip {
    subject: String,
    lines: Vec<Line>,
    x: i32,
    y: i32,
    below: bool,
}

/// What one cell says, and its language where it is not that of the page: a source is as it is.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    lang: Option<String>,
}

/// The mark in focus: its picture and its place among the marks.
type Active = StoredValue<Option<(Element, usize)>, LocalStorage>;

#[derive(Clone, Copy)]
struct Layer {
    tip: RwSignal<Option<Tip>>,
    active: Active,
}

/// The tip over a page; a new page has no mark in focus.
#[component]
pub fn MarkLayer(page: RwSignal<Option<PageRequest>>) -> impl IntoView {
    let layer = Layer {
        tip: RwSignal::new(None),
        active: StoredValue::new_local(None),
    };
    Effect::new(move |_| {
        page.track();
        layer.clear();
    });
    let listeners = [
        window_event_listener(ev::pointermove, move |event| layer.point(&event)),
        window_event_listener(ev::pointerdown, move |event| layer.point(&event)),
    ];
    let keys = window_event_listener(ev::keydown, move |event| layer.key(&event));
    let focus = window_event_listener(ev::focusout, move |_| layer.clear());
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
        keys.remove();
        focus.remove();
    });
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">{move || layer.announcement()}</div>
        {move || layer.tip.get().map(tip_view)}
    }
}

fn tip_view(tip: Tip) -> impl IntoView {
    let place = if tip.below { "tip below" } else { "tip" };
    let lines = tip
        .lines
        .into_iter()
        .map(|line| view! { <small lang=line.lang>{line.text}</small> })
        .collect_view();
    view! {
        <div class=place aria-hidden="true" style:left=format!("{}px", tip.x) style:top=format!("{}px", tip.y)>
            <b>{tip.subject}</b>
            {lines}
        </div>
    }
}

impl Layer {
    fn announcement(self) -> impl IntoView {
        let line = |line: Line| view! { <span lang=line.lang>{line.text}"; "</span> };
        self.tip.get().map(|tip| {
            let lines = tip.lines.into_iter().map(line).collect_view();
            view! { {tip.subject}": "{lines} }
        })
    }

    fn point(self, event: &ev::PointerEvent) {
        let Some(plot) = target(event).and_then(|element| element.closest(".plot").ok().flatten()) else {
            return self.clear();
        };
        let found = pointed(&plot, f64::from(event.client_x()), f64::from(event.client_y()));
        match found {
            Some(at) => self.show(&plot, at),
            None => self.clear(),
        }
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.key() == "Escape" {
            return self.clear();
        }
        let Some(plot) = target(event).filter(|element| element.class_list().contains("plot")) else {
            return;
        };
        if event.key() == "t" && !event.ctrl_key() && !event.meta_key() {
            return toggle_table(&plot);
        }
        let at = self.active.with_value(|active| {
            active
                .as_ref()
                .filter(|(shown, _)| *shown == plot)
                .map(|(_, at)| *at)
        });
        if let Some(next) = walk(&event.key(), at, hits(&plot).len()) {
            event.prevent_default();
            self.show(&plot, next);
        }
    }

    fn show(self, plot: &Element, at: usize) {
        if self
            .active
            .with_value(|active| active.as_ref() == Some(&(plot.clone(), at)))
        {
            return;
        }
        self.unmark();
        let Some(hit) = hits(plot).into_iter().nth(at) else {
            return;
        };
        let Some(tip) = tip(plot, &hit) else { return };
        let _ = hit.class_list().add_1("on");
        self.active.set_value(Some((plot.clone(), at)));
        self.tip.set(Some(tip));
    }

    fn clear(self) {
        if self.active.with_value(Option::is_some) {
            self.unmark();
            self.active.set_value(None);
            self.tip.set(None);
        }
    }

    fn unmark(self) {
        let hit = self.active.with_value(|active| {
            active
                .as_ref()
                .and_then(|(plot, at)| hits(plot).into_iter().nth(*at))
        });
        if let Some(hit) = hit {
            let _ = hit.class_list().remove_1("on");
        }
    }
}

fn target(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The marks of a picture in the order of their rows, which is the order in which keys walk them.
fn hits(plot: &Element) -> Vec<Element> {
    let Ok(list) = plot.query_selector_all(".hit") else {
        return Vec::new();
    };
    let mut hits: Vec<Element> = (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect();
    hits.sort_by_key(row);
    hits
}

fn row(hit: &Element) -> u32 {
    hit.get_attribute("data-row")
        .and_then(|row| row.parse().ok())
        .unwrap_or_default()
}

/// The box of a mark on screen.
fn hit_box(hit: &Element) -> HitBox {
    let on_screen = hit.get_bounding_client_rect();
    HitBox {
        x: on_screen.left(),
        y: on_screen.top(),
        width: on_screen.width(),
        height: on_screen.height(),
    }
}

/// The mark nearest to a point of the window.
fn pointed(plot: &Element, client_x: f64, client_y: f64) -> Option<usize> {
    let boxes: Vec<HitBox> = hits(plot).iter().map(hit_box).collect();
    nearest(&boxes, client_x, client_y)
}

/// Half the width a tip may take, in CSS pixels: it keeps the tip inside the window.
const HALF_TIP: f64 = 170.0;
/// Above this many pixels from the top of the window a tip would be cut, so it goes below its mark.
const TIP_HEIGHT: f64 = 130.0;

fn tip(plot: &Element, hit: &Element) -> Option<Tip> {
    let id = format!("{}-r{}", plot.get_attribute("data-marks")?, row(hit));
    let table_row = document().get_element_by_id(&id)?;
    let cells = table_row.query_selector_all("th, td").ok()?;
    let mut lines =
        (0..cells.length()).filter_map(|at| Some(line(&cells.item(at)?.dyn_into::<Element>().ok()?)));
    let subject = lines.next()?.text;
    let on_screen = hit.get_bounding_client_rect();
    let below = on_screen.top() < TIP_HEIGHT;
    let edge = if below {
        on_screen.bottom()
    } else {
        on_screen.top()
    };
    let window_width = document()
        .document_element()
        .map_or(0.0, |root| f64::from(root.client_width()));
    let centre = on_screen.left() + on_screen.width() / 2.0;
    let half = HALF_TIP.min(window_width / 2.0);
    let scrolled = |offset: Result<f64, _>| offset.unwrap_or_default();
    Some(Tip {
        subject,
        lines: lines.filter(|line| !line.text.is_empty()).collect(),
        x: (centre.clamp(half, window_width - half) + scrolled(window().page_x_offset())) as i32,
        y: (edge + scrolled(window().page_y_offset())) as i32,
        below,
    })
}

fn line(cell: &Element) -> Line {
    Line {
        text: text(cell),
        lang: cell.get_attribute("lang"),
    }
}

/// The text of a cell, its remarks set off by commas.
fn text(cell: &Element) -> String {
    let nodes = cell.child_nodes();
    let parts = (0..nodes.length()).filter_map(|at| nodes.item(at)?.text_content());
    parts
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn toggle_table(plot: &Element) {
    let details = plot
        .closest(".figure")
        .ok()
        .flatten()
        .and_then(|figure| figure.query_selector("details.data").ok()?);
    if let Some(details) = details {
        let _ = details.toggle_attribute("open");
    }
}
