//! What the browser keeps of a draft until the server has it, so that a closed tab, a crash or a lost line loses nothing.

use data::api::{Form, FormFigure};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

/// A draft on this computer that the server does not have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The draft that it changes; none where it was not saved at all yet.
    pub submission: Option<String>,
    /// The revision that it changes.
    pub revision: Option<u32>,
    /// When it was typed, in milliseconds since 1970.
    pub at: f64,
    /// What was typed.
    pub figures: Vec<FormFigure>,
}

/// Where drafts of a person, unit and year are kept. Each tab has its own place there: of two that are open at once none
/// writes over the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: String,
    own: String,
}

impl Place {
    /// The place of this tab.
    pub fn new(account: &str, org_unit: &str, year: i32) -> Place {
        let folder = format!("form/{account}/{org_unit}/{year}/");
        let tab = (js_sys::Math::random() * 1e9) as u32;
        Place {
            own: format!("{folder}{tab}"),
            folder,
        }
    }

    /// Keeps a draft. A browser that keeps nothing still saves on the server.
    pub fn keep(&self, kept: &Kept) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(kept)) {
            let _ = storage.set_item(&self.own, &text);
        }
    }

    /// Forgets what the server has by now.
    pub fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.own);
        }
    }

    /// The newest draft that a tab left here, and its key.
    pub fn left(&self) -> Option<(String, Kept)> {
        let storage = storage()?;
        let keys = (0..storage.length().ok()?).filter_map(|at| storage.key(at).ok().flatten());
        let keys = keys.filter(|key| key.starts_with(&self.folder) && *key != self.own);
        let found = keys.filter_map(|key| {
            let text = storage.get_item(&key).ok().flatten()?;
            Some((key, serde_json::from_str::<Kept>(&text).ok()?))
        });
        found.max_by(|(_, a), (_, b)| a.at.total_cmp(&b.at))
    }

    /// Forgets a draft that another tab left.
    pub fn drop_left(&self, key: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(key);
        }
    }
}

/// None where the browser keeps nothing, as in some private windows.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is to be done with a draft that a tab left, before the one that the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// It says the same.
    Same,
    /// It continues what the server has: it is put into the form.
    Newer,
    /// The server's was saved since: somebody must choose.
    Both,
}

/// How a draft that a tab left stands to that of the server.
pub fn returned(
    kept: &Kept,
    submission: Option<&str>,
    revision: Option<u32>,
    figures: &[FormFigure],
) -> Return {
    if kept.figures == figures {
        return Return::Same;
    }
    let is_base = kept.submission.as_deref() == submission && kept.revision == revision;
    match is_base {
        true => Return::Newer,
        false => Return::Both,
    }
}

/// What was sent and not answered: the server may have it all the same, and what it says then is nobody else's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unanswered(Vec<String>);

impl Unanswered {
    /// No answer came to this.
    pub fn note(&mut self, form: &Form) {
        let csv = form.csv();
        if !self.0.contains(&csv) {
            self.0.push(csv);
        }
    }

    /// Whether the draft on the server is one of these, as it keeps them.
    pub fn holds(&self, figures: &[FormFigure]) -> bool {
        let figures = figures.to_vec();
        self.0.contains(
            &Form {
                figures,
                vintage: None,
            }
            .csv(),
        )
    }

    /// An answer came: what was sent before it is settled.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: &str) -> FormFigure {
        FormFigure {
            indicator: "training_sessions".into(),
            value: value.into(),
            ..FormFigure::default()
        }
    }

    #[test]
    fn what_was_left_continues_the_revision_it_began_from_and_no_other() {
        let kept = Kept {
            submission: Some("a".into()),
            revision: Some(2),
            at: 0.0,
            figures: vec![figure("2")],
        };
        let check = |submission, revision, value: &str, expected| {
            assert_eq!(returned(&kept, submission, revision, &[figure(value)]), expected);
        };
        check(Some("a"), Some(2), "1", Return::Newer);
        check(Some("a"), Some(3), "1", Return::Both);
        check(Some("a"), Some(3), "2", Return::Same);
        check(Some("b"), Some(2), "1", Return::Both);
        check(None, None, "1", Return::Both);
    }

    #[test]
    fn what_was_sent_without_an_answer_is_known_again_as_the_server_keeps_it() {
        let without = FormFigure {
            value: "—".into(),
            comment: "未开展".into(),
            ..figure("")
        };
        let (sent, later) = (vec![without], vec![figure("2")]);
        let mut unanswered = Unanswered::default();
        for figures in [&sent, &later] {
            unanswered.note(&Form {
                figures: figures.clone(),
                vintage: None,
            });
        }
        let kept = Form {
            figures: sent,
            vintage: None,
        }
        .csv();
        assert!(unanswered.holds(&Form::of_csv(&kept).unwrap().figures));
        assert!(unanswered.holds(&later));
        assert!(!unanswered.holds(&[figure("3")]));
        unanswered.forget();
        assert!(!unanswered.holds(&later));
    }
}
