//! Saving: one request at a time, each over the revision of the one before; what the server does not take the browser keeps.

use std::rc::Rc;
use std::time::Duration;

use data::api::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Failure, Saved};
use crate::bar::State;
use crate::draft::{Kept, Return, returned};
use crate::page::Page;

/// After a server that could not be reached it is asked again.
const AGAIN: Duration = Duration::from_secs(5);

impl Page {
    /// Saves what the server lacks, unless that is under way: then it is saved after it.
    pub fn save(self: &Rc<Page>) {
        let waits_for_choice = self.bar.state.get_untracked() == State::Changed;
        if self.is_saving.get() || !self.is_dirty.get() || waits_for_choice {
            return;
        }
        self.is_saving.set(true);
        let page = self.clone();
        spawn_local(async move {
            while page.is_dirty.get() && page.save_once().await {}
            page.is_saving.set(false);
            page.go_on();
        });
    }

    /// Saves, and goes on to the page that sends the report.
    pub fn leave(self: &Rc<Page>) {
        self.is_leaving.set(true);
        match self.is_saving.get() || self.is_dirty.get() {
            true => self.save(),
            false => self.go_on(),
        }
    }

    fn go_on(&self) {
        if !self.is_leaving.take() || self.is_dirty.get() {
            return;
        }
        let lang = self.bar.lang;
        match &*self.draft.borrow() {
            Some((id, _)) => {
                let language = lang.pick("", "?lang=en");
                let _ = window().location().assign(&format!("/report/{id}{language}"));
            }
            None => {
                let words = lang.pick("还没有填写任何数字。", "Nothing has been filled in yet.");
                self.bar.notice.set(words.to_owned());
            }
        }
    }

    /// Whether it was saved.
    async fn save_once(self: &Rc<Page>) -> bool {
        self.is_dirty.set(false);
        self.bar.state.set(State::Saving);
        let form = self.typed();
        let draft = self.draft.borrow().clone();
        let saved = match &draft {
            Some((id, revision)) => self.replace(id, *revision, &form).await,
            None => self.create(&form).await,
        };
        match saved {
            Ok(saved) => {
                self.unanswered.borrow_mut().forget();
                self.settle(saved, draft.is_none());
                true
            }
            Err(failure) => {
                if failure == Failure::Away {
                    self.unanswered.borrow_mut().note(&form);
                }
                self.is_dirty.set(true);
                self.fail(failure);
                false
            }
        }
    }

    /// Over the revision that this page knows; or over a later one that is this page's own, whose answer was lost.
    async fn replace(&self, id: &str, revision: u32, form: &Form) -> Result<Saved, Failure> {
        let saved = api::replace(id, revision, form).await;
        if saved != Err(Failure::Changed) {
            return saved;
        }
        let theirs = api::form(id).await?;
        let is_own = self.unanswered.borrow().holds(&theirs.figures);
        match is_own {
            true => api::replace(id, theirs.revision, form).await,
            false => saved,
        }
    }

    /// A new draft, unless another window began one since this page was drawn: then one of both must be chosen. It may be
    /// this page's own, too, where the answer to it was lost.
    async fn create(&self, form: &Form) -> Result<Saved, Failure> {
        let Some((begun, content)) = api::begun(&self.org_unit, self.year).await else {
            return api::create(&self.org_unit, self.year, form).await;
        };
        let is_own = self.unanswered.borrow().holds(&content.figures);
        if is_own {
            return api::replace(&begun, content.revision, form).await;
        }
        self.name_page(&begun);
        // No draft has this revision: it is that of the other window that counts.
        *self.draft.borrow_mut() = Some((begun, 0));
        Err(Failure::Changed)
    }

    fn settle(&self, saved: Saved, is_new: bool) {
        if is_new {
            self.name_page(&saved.id);
        }
        self.name_revision(saved.revision);
        *self.draft.borrow_mut() = Some((saved.id, saved.revision));
        self.bar.state.set(State::Saved(time_of_day(js_sys::Date::now())));
        if !self.is_dirty.get() {
            self.place.forget();
        }
    }

    /// The page is that of the draft from now on: reloading it, or sending it without this program, finds the draft.
    fn name_page(&self, id: &str) {
        let language = self.bar.lang.pick("", "?lang=en");
        let address = format!("/report/{id}/form{language}");
        self.form.set_action(&address);
        let history = window().history();
        let state = leptos::wasm_bindgen::JsValue::NULL;
        let _ = history.and_then(|history| history.replace_state_with_url(&state, "", Some(&address)));
    }

    fn name_revision(&self, revision: u32) {
        let found = self.form.query_selector("input[name=revision]").ok().flatten();
        if let Some(field) = found {
            let _ = field.set_attribute("value", &revision.to_string());
        }
    }

    fn fail(self: &Rc<Page>, failure: Failure) {
        let state = match failure {
            Failure::Away => State::Away,
            Failure::SignedOut => State::SignedOut,
            Failure::Changed => State::Changed,
            Failure::Refused(why) => State::Refused(why),
        };
        let is_away = state == State::Away;
        self.bar.state.set(state);
        if is_away {
            let page = self.clone();
            set_timeout(move || page.save(), AGAIN);
        }
    }

    /// Saves over what somebody else saved.
    pub fn keep_mine(self: &Rc<Page>) {
        let page = self.clone();
        spawn_local(async move {
            if let Some(theirs) = page.theirs().await {
                page.name_theirs(theirs.revision);
                page.is_dirty.set(true);
                page.bar.state.set(State::Saving);
                page.save();
            }
        });
    }

    /// Puts what somebody else saved into the form; undoing brings back what was there.
    pub fn take_theirs(self: &Rc<Page>) {
        let page = self.clone();
        spawn_local(async move {
            if let Some(theirs) = page.theirs().await {
                page.name_theirs(theirs.revision);
                page.grid.borrow_mut().set(page.cells_of(&theirs.figures));
                page.draw();
                page.is_dirty.set(false);
                page.place.forget();
                page.check();
                page.bar.state.set(State::Saved(time_of_day(js_sys::Date::now())));
            }
        });
    }

    async fn theirs(self: &Rc<Page>) -> Option<data::api::FormContent> {
        let id = self.draft.borrow().clone().map(|(id, _)| id)?;
        match api::form(&id).await {
            Ok(theirs) => Some(theirs),
            Err(failure) => {
                self.fail(failure);
                None
            }
        }
    }

    fn name_theirs(&self, revision: u32) {
        self.name_revision(revision);
        if let Some((_, known)) = self.draft.borrow_mut().as_mut() {
            *known = revision;
        }
    }

    /// What a tab left that was closed before it could save: put into the form where it continues the server's draft, and
    /// offered where that was changed since.
    pub fn take_up(self: &Rc<Page>) {
        let Some((key, kept)) = self.place.left() else {
            return;
        };
        let (id, revision) = self.draft.borrow().clone().unzip();
        match returned(&kept, id.as_deref(), revision, &self.typed().figures) {
            Return::Same => self.place.drop_left(&key),
            Return::Newer => {
                self.take_left(&key, &kept);
                let at = time_of_day(kept.at);
                self.bar.notice.set(match self.bar.lang {
                    data::Lang::Zh => format!("已恢复 {at} 填写而没有来得及保存的内容；不要的话按“撤销”。"),
                    data::Lang::En => {
                        format!("What was typed at {at} and not saved is back; Undo takes it out again.")
                    }
                });
            }
            Return::Both => self.bar.offer.set(Some(time_of_day(kept.at))),
        }
    }

    /// Puts what a tab left into the form.
    fn take_left(self: &Rc<Page>, key: &str, kept: &Kept) {
        self.put(self.cells_of(&kept.figures));
        // Only now that this tab keeps it.
        self.place.drop_left(key);
    }

    /// The answer to an offer.
    pub fn answer_offer(self: &Rc<Page>, takes_it: bool) {
        self.bar.offer.set(None);
        match self.place.left() {
            Some((key, kept)) if takes_it => self.take_left(&key, &kept),
            Some((key, _)) => self.place.drop_left(&key),
            None => {}
        }
    }
}

/// A moment on the reader's clock, as `10:32`; with the date where it was not today.
fn time_of_day(milliseconds: f64) -> String {
    let date = js_sys::Date::new(&milliseconds.into());
    let today = js_sys::Date::new_0();
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    match date.to_date_string() == today.to_date_string() {
        true => clock,
        false => format!("{}-{} {clock}", date.get_month() + 1, date.get_date()),
    }
}
