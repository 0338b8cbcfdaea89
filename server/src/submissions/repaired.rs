use data::Lang;

use super::desk::Desk;
use super::trouble::Trouble;
use crate::sheets::repaired::{self, RepairedError};
use crate::store::Filed;
use crate::uploads::{Receiving, Upload};

impl Desk<'_> {
    /// The present file of a submission with what was found in it written beside the cells, and a name for it.
    pub async fn repaired(&self, id: &str, lang: Lang) -> Result<(String, Vec<u8>), Trouble> {
        let filed = self.filed(id).await?;
        if filed.file.is_empty() {
            return Err(Trouble::NotFound);
        }
        let issues = self.findings(&filed).await?.issues;
        let upload = self.file(&filed).await?;
        let copying = move || repaired::copy(&upload.file, &issues, lang);
        let copy = self.turns.copy(copying).await?.map_err(|error| match error {
            RepairedError::Unreadable(why) => Trouble::Unreadable(why),
            RepairedError::TooManyCells => Trouble::TooLargeToCopy,
            RepairedError::Unwritable(error) => Trouble::Machine(error.to_string()),
        })?;
        Ok((name(&filed.file, lang), copy))
    }

    /// The file of a submission, out of the database and into a temporary one.
    pub(super) async fn file(&self, filed: &Filed) -> Result<Upload, Trouble> {
        let machine = |error: std::io::Error| Trouble::Machine(error.to_string());
        let mut receiving = Receiving::begin().await.map_err(machine)?;
        for number in 0.. {
            let piece = self.store.file_piece(&filed.id, filed.revision, number).await?;
            let Some(piece) = piece else { break };
            receiving.push(&piece).await.map_err(machine)?;
        }
        receiving.finish().await.map_err(machine)
    }
}

/// `年报.csv` becomes `年报-问题.xlsx`.
fn name(file: &str, lang: Lang) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}-{}.xlsx", lang.pick("问题", "issues"))
}
