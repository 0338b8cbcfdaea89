//! Charts by address: the page of one, its picture and its figures, each a pure function of the published state.

mod addresses;
mod codes;
pub mod component;
mod dialog;
pub mod embed;
mod figures;
pub mod oembed;
mod page;
mod picture;
pub mod preview;

use std::sync::Arc;

use charts::context::Context;
use charts::figure::Figure;
use data::chart::{ChartData, ChartError, ChartFormat, ChartKind, ChartRequest, chart_data};
use data::{Dataset, Lang, Observation};

use crate::http::answer::Content;
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::pages;
use crate::saved::SavedChart;

/// What a chart's address answers: its page or, by its ending, a picture or its figures.
pub fn show(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    // A short address under which nobody saved a chart.
    if asked.path.starts_with("/c/") {
        return pages::show(published, asked);
    }
    let (name, format) = ChartFormat::split(asked.code());
    let request = match format {
        ChartFormat::Page => request(asked, name)?,
        _ => strictly(asked, name)?,
    };
    let chart = Chart::select(&published.dataset, request)?.named_as(asked);
    match format {
        ChartFormat::Page => page::html(published, asked, &chart),
        ChartFormat::Svg => Ok(picture::svg(published, &chart)),
        ChartFormat::Csv => Ok(figures::csv(published, &chart)),
        ChartFormat::Json => figures::json(published, &chart),
        ChartFormat::Xlsx => figures::xlsx(published, &chart),
        ChartFormat::Png => picture::png(published, &chart),
    }
}

/// The chart that the last part of an address and its parameters ask for. Messengers add parameters of their own to links, which
/// a page and an embed pass over.
pub fn request(asked: &Asked, name: &str) -> Result<ChartRequest, Problem> {
    parsed(
        asked,
        name,
        asked.pairs().filter(|(key, _)| ChartRequest::knows(key)),
    )
}

/// The same where an unknown parameter is an error: in a file nobody reads a notice.
fn strictly(asked: &Asked, name: &str) -> Result<ChartRequest, Problem> {
    parsed(asked, name, asked.pairs())
}

fn parsed<'a>(
    asked: &Asked,
    name: &str,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<ChartRequest, Problem> {
    let kind = ChartKind::from_name(name).ok_or_else(|| Problem::NoSuchAddress(asked.path.clone()))?;
    Ok(ChartRequest::parse(kind, pairs)?)
}

/// The parameters of an address that its page passes over.
pub fn ignored(asked: &Asked) -> Vec<String> {
    let unknown = asked.pairs().filter(|(key, _)| !ChartRequest::knows(key));
    let named = asked.named.iter().flat_map(|named| named.ignored.iter().cloned());
    unknown.map(|(key, _)| key.to_owned()).chain(named).collect()
}

/// A chart with its figures.
#[derive(Debug)]
pub struct Chart {
    /// What was asked for.
    pub request: ChartRequest,
    /// The figures.
    pub data: ChartData,
    /// What was saved, where it was asked for by its short address.
    pub saved: Option<Arc<SavedChart>>,
}

impl Chart {
    /// Takes the figures from a published state.
    pub fn select(dataset: &Dataset, request: ChartRequest) -> Result<Chart, Problem> {
        let data = chart_data(dataset, &request)?;
        Ok(Chart {
            request,
            data,
            saved: None,
        })
    }

    /// The same, as it was saved where the address is a short one.
    pub fn named_as(self, asked: &Asked) -> Chart {
        let saved = asked.named.as_ref().map(|named| named.chart.clone());
        Chart { saved, ..self }
    }

    /// The same chart in a language.
    pub fn in_lang(&self, lang: Lang) -> Chart {
        Chart {
            request: ChartRequest {
                lang,
                ..self.request.clone()
            },
            data: self.data.clone(),
            saved: self.saved.clone(),
        }
    }

    /// What its words need.
    pub fn context(&self) -> Context<'_> {
        charts::build::context(&self.request, &self.data)
    }

    /// The figures that it shows.
    pub fn observations(&self) -> Vec<&Observation> {
        charts::build::shown(&self.context(), &self.request, &self.data)
    }

    /// The figure as it is drawn, or why it is not.
    pub fn figure(&self) -> Figure {
        charts::build::asked(&self.context(), &self.request, &self.data)
    }
}

impl From<ChartError> for Problem {
    fn from(error: ChartError) -> Problem {
        match error {
            ChartError::UnknownIndicator(code) => Problem::UnknownIndicator(code),
            ChartError::UnknownOrgUnit(code) => Problem::UnknownOrgUnit(code),
            ChartError::Query(error) => error.into(),
        }
    }
}

/// Whose a picture is and which published state it shows: 工商联·年报 · 版本 3. One that was saved says whether it follows or stays,
/// and so does one that stays; any other is a file of its moment.
pub fn stamp(published: &Published, chart: &Chart) -> String {
    let words = chart.request.lang.words();
    let vintage = crate::state::vintage(&published.dataset);
    match chart.saved.is_some() || chart.request.as_of.is_some() {
        true => format!("{} · {}", words.site, state_words(published, &chart.request)),
        false => format!("{} · {} {vintage}", words.site, words.vintage_number),
    }
}

/// Whether a chart follows the newest figures or stays at a vintage, and which that is.
pub fn state_words(published: &Published, request: &ChartRequest) -> String {
    let vintage = crate::state::vintage(&published.dataset);
    match (request.as_of, request.lang) {
        (None, Lang::Zh) => format!("随最新数据更新，现为版本 {vintage}"),
        (None, Lang::En) => format!("newest figures, now vintage {vintage}"),
        (Some(_), Lang::Zh) => format!("固定在版本 {vintage}"),
        (Some(_), Lang::En) => format!("fixed at vintage {vintage}"),
    }
}
