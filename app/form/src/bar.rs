//! What stands above the grid: whether it is saved, what is left to do, what was just pasted.

use data::Lang;
use leptos::prelude::*;

/// Whether the draft is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    /// Nothing was changed yet.
    #[default]
    Untouched,
    /// On its way.
    Saving,
    /// The server has it since this time of day.
    Saved(String),
    /// The server cannot be reached; the browser keeps it.
    Away,
    /// The session has ended; the browser keeps it.
    SignedOut,
    /// Somebody else saved meanwhile; the browser keeps it.
    Changed,
    /// The server refuses it, and says why.
    Refused(String),
}

/// What is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Lines with a number or a reason.
    pub filled: usize,
    /// All lines.
    pub lines: usize,
    /// Cells to correct.
    pub errors: usize,
    /// Cells to look at again.
    pub warnings: usize,
    /// Figures that were there last year.
    pub missing: usize,
}

/// What the bar shows.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// The language.
    pub lang: Lang,
    /// Whether the draft is saved.
    pub state: RwSignal<State>,
    /// What is left to do; none before the first check.
    pub counts: RwSignal<Option<Counts>>,
    /// What happened that the person must know: a block that did not fit, a draft that came back.
    pub notice: RwSignal<String>,
    /// A draft that a tab left and that the server's went past: when it was typed.
    pub offer: RwSignal<Option<String>>,
    /// Whether anything can be undone, and done again.
    pub steps: RwSignal<(bool, bool)>,
    /// What is read aloud: the issue of the cell one has left.
    pub said: RwSignal<String>,
    /// Whether the worker checks.
    pub is_checked: RwSignal<bool>,
}

/// What can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Save mine over what somebody else saved.
    KeepMine,
    /// Take what somebody else saved.
    TakeTheirs,
    /// Put the draft that a tab left into the form.
    TakeLeft,
    /// Forget it.
    DropLeft,
}

impl Bar {
    /// A bar with nothing to say.
    pub fn new(lang: Lang) -> Bar {
        Bar {
            lang,
            state: RwSignal::default(),
            counts: RwSignal::default(),
            notice: RwSignal::default(),
            offer: RwSignal::default(),
            steps: RwSignal::default(),
            said: RwSignal::default(),
            is_checked: RwSignal::new(true),
        }
    }

    /// Something was changed: it is not called saved from then on, though saving waits for a pause.
    pub fn begin_saving(self) {
        if !is_trouble(&self.state.read_untracked()) {
            self.state.set(State::Saving);
        }
    }

    /// The bar on the page; `press` does what its buttons say.
    pub fn view(self, press: impl Fn(Press) + Copy + Send + 'static) -> impl IntoView {
        let lang = self.lang;
        let (undo, redo) = (lang.pick("撤销", "Undo"), lang.pick("重做", "Redo"));
        view! {
            <div class="line">
                <p class="kept" class:trouble=move || is_trouble(&self.state.read())>{move || in_words(&self.state.read(), lang)}</p>
                <p class="left">{move || self.left_to_do()}</p>
                <span class="undo">
                    <button type="button" title="Ctrl+Z" prop:disabled=move || !self.steps.get().0 on:click=move |_| press(Press::Undo)>{undo}</button>
                    <button type="button" title="Ctrl+Y" prop:disabled=move || !self.steps.get().1 on:click=move |_| press(Press::Redo)>{redo}</button>
                </span>
            </div>
            {move || (*self.state.read() == State::Changed).then(|| changed(lang, press))}
            {move || self.offer.get().map(|at| offer(lang, at, press))}
            {move || said(self.notice.get())}
            <p class="visually-hidden" role="status">{move || self.said.get()}</p>
        }
    }

    fn left_to_do(self) -> String {
        let lang = self.lang;
        if !self.is_checked.get() {
            return lang
                .pick(
                    "这里不能边填边检查，保存后由服务器检查",
                    "Not checked here; the server checks what is saved",
                )
                .to_owned();
        }
        let Some(counts) = self.counts.get() else {
            return String::new();
        };
        let Counts {
            filled,
            lines,
            errors,
            warnings,
            missing,
        } = counts;
        let mut parts = vec![match lang {
            Lang::Zh => format!("已填 {filled}/{lines}"),
            Lang::En => format!("{filled} of {lines} filled in"),
        }];
        let others = [
            (errors, lang.pick("必须改正", "to correct")),
            (warnings, lang.pick("请核实", "to check")),
            (missing, lang.pick("上年有而今年未填", "missing since last year")),
        ];
        let others = others.iter().filter(|(count, _)| *count > 0);
        parts.extend(others.map(|(count, words)| match lang {
            Lang::Zh => format!("{words} {count}"),
            Lang::En => format!("{count} {words}"),
        }));
        parts.join(" · ")
    }
}

fn is_trouble(state: &State) -> bool {
    !matches!(state, State::Untouched | State::Saving | State::Saved(_))
}

/// Where the draft is, in words.
fn in_words(state: &State, lang: Lang) -> String {
    let kept = lang.pick("内容已存在这台电脑上", "it is kept on this computer");
    match state {
        State::Untouched => lang
            .pick("填写的内容会自动保存", "What you type is saved by itself")
            .to_owned(),
        State::Saving => lang.pick("正在保存…", "Saving…").to_owned(),
        State::Saved(at) => format!("{} {at}", lang.pick("已保存", "Saved at")),
        State::Away => match lang {
            Lang::Zh => format!("没有保存：连不上服务器。{kept}，连上后自动保存。"),
            Lang::En => format!("Not saved: the server cannot be reached; {kept} and saved when it can."),
        },
        State::SignedOut => match lang {
            Lang::Zh => format!("没有保存：登录已过期。{kept}，请在新窗口重新登录后继续。"),
            Lang::En => {
                format!("Not saved: your session has ended; {kept}. Sign in again in a new window and go on.")
            }
        },
        State::Changed => match lang {
            Lang::Zh => format!("没有保存：这份草稿刚在别处保存过。{kept}。"),
            Lang::En => format!("Not saved: this draft was saved elsewhere just now; {kept}."),
        },
        State::Refused(why) => match lang {
            Lang::Zh => format!("没有保存：{why}（{kept}）"),
            Lang::En => format!("Not saved: {why} ({kept})"),
        },
    }
}

fn said(words: String) -> Option<impl IntoView> {
    (!words.is_empty()).then(|| view! { <p class="told" role="status">{words}</p> })
}

fn changed(lang: Lang, press: impl Fn(Press) + Copy + Send + 'static) -> impl IntoView {
    let words = lang.pick(
        "这份草稿也在另一个窗口或由别人打开，并刚刚保存。用哪一份？选定后仍可撤销。",
        "This draft is open in another window, or by somebody else, and was saved just now. Which one shall it be? Either can be undone.",
    );
    let (mine, theirs) = (
        lang.pick("用我这里的", "Mine"),
        lang.pick("用刚保存的", "The one just saved"),
    );
    view! {
        <div class="notice" role="alert">
            <p>{words}</p>
            <button type="button" on:click=move |_| press(Press::KeepMine)>{mine}</button>
            " "
            <button type="button" on:click=move |_| press(Press::TakeTheirs)>{theirs}</button>
        </div>
    }
}

fn offer(lang: Lang, at: String, press: impl Fn(Press) + Copy + Send + 'static) -> impl IntoView {
    let words = match lang {
        Lang::Zh => format!("这台电脑上有 {at} 填写而没有保存的内容；服务器上的草稿后来又改过。"),
        Lang::En => format!(
            "This computer has what was typed at {at} and never saved; the draft on the server was changed since."
        ),
    };
    let (take, leave) = (
        lang.pick("放进表格", "Put it into the form"),
        lang.pick("不要", "Discard it"),
    );
    view! {
        <div class="notice" role="alert">
            <p>{words}</p>
            <button type="button" on:click=move |_| press(Press::TakeLeft)>{take}</button>
            " "
            <button type="button" on:click=move |_| press(Press::DropLeft)>{leave}</button>
        </div>
    }
}
