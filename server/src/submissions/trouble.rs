use data::api::{Difference, SubmissionState};
use data::{Lang, Names};
use hyper::StatusCode;

use super::reading::Spoilt;
use crate::http::failure::Problem;
use crate::rights::Refused;
use crate::sheets::Unreadable;
use crate::store::StoreError;

/// Why something cannot be done with a submission.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is none of this id, or none that the person may know of.
    #[error("there is no such submission")]
    NotFound,
    /// No right to it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A file that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A file with more cells than a copy is made of.
    #[error(
        "the file has too many cells for a copy; the page of the report lists the first 500 issues, and the rest when \
         those are corrected; or send it in parts"
    )]
    TooLargeToCopy,
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile: its revision is {revision}")]
    Changed {
        /// The revision that it has now.
        revision: i64,
    },
    /// Its file says something else than it did, as a header was explained since: what was sent is not what was seen.
    #[error(
        "its file says something else since a header was explained: look at revision {revision} and send it again"
    )]
    ReadAnew {
        /// The revision that it has now.
        revision: i64,
    },
    /// It is not in a state in which this is done.
    #[error("it is {} and this cannot be done with it now", .0.code())]
    NotNow(SubmissionState),
    /// There are two steps of review, and nobody took the first.
    #[error("it must be endorsed first: reports are reviewed in two steps here")]
    NotEndorsed,
    /// No vintage has this number.
    #[error("there is no vintage {0}")]
    NoSuchVintage(String),
    /// A vintage that was undone before.
    #[error("it was undone already, by vintage {0}")]
    Undone(u32),
    /// A vintage whose every figure is as it was before it.
    #[error("it has no figure that could go back to what it was before")]
    NothingToUndo,
    /// A vintage of which later ones changed figures.
    #[error("{count} of its figures were changed by later vintages; undo those first")]
    ChangedSince {
        /// As many of them as an answer lists.
        shown: Vec<Difference>,
        /// How many there are.
        count: usize,
    },
    /// It has errors, or warnings without a reason.
    #[error("{errors} errors are left and {warnings} warnings have no reason")]
    Unfinished {
        /// How many errors are left.
        errors: usize,
        /// How many warnings are not confirmed.
        warnings: usize,
    },
    /// A header that is known without an explanation.
    #[error("the header `{0}` is known already and cannot mean something else")]
    HeaderKnown(String),
    /// A key that none of its warnings has.
    #[error("it has no warning `{0}`")]
    NoSuchWarning(String),
    /// Figures that another source publishes otherwise, or that were published since it was made.
    #[error("{count} of its figures disagree with what is published")]
    Conflicts {
        /// As many of them as an answer lists.
        shown: Vec<Difference>,
        /// How many there are.
        count: usize,
    },
    /// More conflicts than anybody is shown, so that nobody can have decided them.
    #[error(
        "{0} of its figures disagree with what is published, more than can be decided one by one; return it to its sender"
    )]
    TooManyConflicts(usize),
    /// It would mix figures that were made up with real ones.
    #[error("it would mix real figures with made-up ones")]
    Synthetic,
    /// Somebody published this moment; what is served is not that new yet.
    #[error("somebody published this moment; try again")]
    Behind,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of ours.
    #[error(transparent)]
    Spoilt(#[from] Spoilt),
    /// A fault of the machine.
    #[error("{0}")]
    Machine(String),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        let (status, code) = match &trouble {
            Trouble::Refused(refused) => return Problem::Forbidden(refused.clone()),
            Trouble::Store(_) | Trouble::Spoilt(_) | Trouble::Machine(_) => {
                tracing::error!(error = %trouble, "a submission failed");
                return Problem::Internal;
            }
            Trouble::NotFound => (StatusCode::NOT_FOUND, "no_such_submission"),
            Trouble::Unreadable(why) => (StatusCode::UNPROCESSABLE_ENTITY, why.code()),
            Trouble::TooLargeToCopy => (StatusCode::UNPROCESSABLE_ENTITY, "too_large_to_copy"),
            Trouble::Changed { .. } => (StatusCode::PRECONDITION_FAILED, "changed"),
            Trouble::ReadAnew { .. } => (StatusCode::PRECONDITION_FAILED, "read_anew"),
            Trouble::NotNow(_) => (StatusCode::CONFLICT, "not_now"),
            Trouble::NotEndorsed => (StatusCode::CONFLICT, "not_endorsed"),
            Trouble::NoSuchVintage(_) => (StatusCode::NOT_FOUND, "no_such_vintage"),
            Trouble::Undone(_) => (StatusCode::CONFLICT, "undone"),
            Trouble::NothingToUndo => (StatusCode::CONFLICT, "nothing_to_undo"),
            Trouble::ChangedSince { .. } => (StatusCode::CONFLICT, "conflicts"),
            Trouble::Unfinished { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "unfinished"),
            Trouble::HeaderKnown(_) => (StatusCode::CONFLICT, "header_known"),
            Trouble::NoSuchWarning(_) => (StatusCode::NOT_FOUND, "no_such_warning"),
            Trouble::Conflicts { .. } => (StatusCode::CONFLICT, "conflicts"),
            Trouble::TooManyConflicts(_) => (StatusCode::CONFLICT, "too_many_conflicts"),
            Trouble::Synthetic => (StatusCode::CONFLICT, "synthetic"),
            Trouble::Behind => (StatusCode::SERVICE_UNAVAILABLE, "behind"),
        };
        Problem::Told {
            status,
            code,
            words: trouble.words(),
        }
    }
}

impl Trouble {
    /// What the person is told.
    pub fn words(&self) -> Names {
        let en = match self {
            Trouble::Unreadable(why) => why.message(Lang::En),
            other => other.to_string(),
        };
        let zh = self.in_chinese();
        Names { zh, en }
    }

    fn in_chinese(&self) -> String {
        match self {
            Trouble::NotFound => "没有这份报送".into(),
            Trouble::Unreadable(why) => why.message(Lang::Zh),
            Trouble::TooLargeToCopy => "文件的单元格过多，无法制作副本；报表页面列有前500处问题，改正后会列出其余的，也可分成几个文件报送".into(),
            Trouble::Changed { revision } => format!("已被他人修改（现为第{revision}稿），请重新打开"),
            Trouble::ReadAnew { revision } => {
                format!(
                    "有表头已另行说明含义，文件读出的数据与原先不同（现为第{revision}稿），请核对后再报送"
                )
            }
            Trouble::NotNow(state) => {
                let state = match state {
                    SubmissionState::Draft => "草稿",
                    SubmissionState::Submitted => "已报送",
                    SubmissionState::Endorsed => "已初审",
                    SubmissionState::Returned => "已退回",
                    SubmissionState::Accepted => "已通过",
                    SubmissionState::Undone => "的公布已撤销",
                    SubmissionState::Withdrawn => "已撤回",
                };
                format!("这份报送{state}，现在不能这样做")
            }
            Trouble::NotEndorsed => "须先初审：本系统实行两级审核".into(),
            Trouble::NoSuchVintage(found) => format!("没有版本{found}"),
            Trouble::Undone(by) => format!("已由版本{by}撤销"),
            Trouble::NothingToUndo => "没有可以恢复的数据".into(),
            Trouble::ChangedSince { count, .. } => {
                format!("其中{count}个数据已被后来的版本更改，请先撤销后来的版本")
            }
            Trouble::Unfinished { errors, warnings } => {
                format!("还有{errors}处错误，{warnings}处疑问没有说明")
            }
            Trouble::HeaderKnown(header) => format!("表头“{header}”已有含义，不能另行指定"),
            Trouble::NoSuchWarning(key) => format!("没有疑问“{key}”"),
            Trouble::Conflicts { count, .. } => format!("有{count}个数据与已发布的不一致"),
            Trouble::TooManyConflicts(count) => {
                format!("有{count}个数据与已发布的不一致，无法逐个决定，请退回")
            }
            Trouble::Synthetic => "不能将真实数据与合成数据混在一起".into(),
            Trouble::Behind => "刚刚有新的发布，请重试".into(),
            Trouble::Refused(_) | Trouble::Store(_) | Trouble::Spoilt(_) | Trouble::Machine(_) => {
                "服务器出错，请稍后再试".into()
            }
        }
    }
}
