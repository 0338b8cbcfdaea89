//! Checking a report again before it is sent: what is published may not be what it was read beside.

use std::sync::Arc;

use data::Dataset;
use data::report::Figure;

use super::desk::{Desk, Sent, seen, year};
use super::left::blocking;
use super::reading::{self, Report, Spoilt};
use super::trouble::Trouble;
use crate::rights::Reporter;
use crate::store::{Content, Filed};

impl Desk<'_> {
    /// Reads the file of a draft again where more is published by now, and keeps what is found.
    ///
    /// `base_vintage` stays: that the reporter made the report before something was published is what makes it a conflict,
    /// and no reading by a machine changes it. Where the file says something else than it did, because a header was
    /// explained meanwhile, it becomes another revision, and whoever sends it must look at that first.
    pub(super) async fn check_again(&self, filed: &Filed, right: &Reporter) -> Result<(), Trouble> {
        if filed.base_vintage >= self.vintage() {
            return Ok(());
        }
        let seen = seen(filed);
        let before = self.store.submission_content(seen.id, seen.revision).await?;
        let before = before.ok_or(Trouble::NotFound)?;
        let sent = Sent {
            name: filed.file.clone(),
            upload: self.file(filed).await?,
            beside: Some(filed.base_vintage),
            progress: Arc::default(),
        };
        let report = self.report(&filed.org_unit, year(filed)).await?;
        let new = self.read(report.clone(), sent).await?;
        let (content, published) = (new.content.content.clone(), self.published.clone());
        let is_same = move || says_the_same([&before, &content], &report, &published);
        if !blocking(is_same).await?? {
            self.put(seen, new, right).await?;
            return Err(Trouble::ReadAnew {
                revision: seen.revision + 1,
            });
        }
        let mut writing = self.store.begin_writing().await?;
        let done = writing
            .replace_findings(seen, &new.content.content.findings, right, self.now)
            .await?;
        new.left.note(&mut writing, seen).await?;
        self.finish(writing, done, seen).await
    }
}

/// Whether two readings of a file have the same figures; the day on which it was read is no part of one.
fn says_the_same(two: [&Content; 2], report: &Report, published: &Dataset) -> Result<bool, Spoilt> {
    let [one, other] = two.map(|content| reading::figures(content, report, published));
    let (one, other) = (one?, other?);
    let is_same = |(one, other): (&Figure, &Figure)| {
        let key = |figure: &Figure| (figure.indicator, figure.org_unit, figure.period);
        (key(one), one.value, one.denominator, one.status, &one.comment)
            == (
                key(other),
                other.value,
                other.denominator,
                other.status,
                &other.comment,
            )
    };
    let (one, other) = (one.figures, other.figures);
    Ok(one.len() == other.len() && one.iter().zip(&other).all(is_same))
}
