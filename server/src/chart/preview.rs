//! What a link to a page shows where it is pasted into a chat: title, sentence, and the page's first chart (Open Graph).

use charts::html::escaped;
use charts::page::Page;
use data::chart::{ChartFormat, ChartKind, ChartRequest};
use data::page::{PageData, PageRequest, home_unit};
use data::{Dataset, Lang};

use super::{Chart, codes, oembed};
use crate::http::published::Published;

/// The elements of the head for a page of the app; of a page that is not there none.
pub fn of_page(published: &Published, request: &PageRequest, page: &Page, data: &PageData) -> String {
    if data.is_not_found() {
        return String::new();
    }
    let chart = chart_of(&published.dataset, request, data);
    let picture = chart.with_look(oembed::THUMBNAIL).href(ChartFormat::Png);
    let whole = |local: &str| codes::whole(published, local);
    let discovery = match data {
        PageData::Indicator(_) => oembed::discovery(published, &whole(&chart.href(ChartFormat::Page))),
        _ => String::new(),
    };
    elements(request.lang, page, (&whole(&request.href()), &whole(&picture))) + &discovery
}

/// The same for a page at an address, with the address of its picture; both whole.
pub fn elements(lang: Lang, page: &Page, (address, picture): (&str, &str)) -> String {
    let locale = lang.pick("zh_CN", "en_US");
    let pairs = [
        ("og:type", "website".to_owned()),
        ("og:site_name", lang.words().site.to_owned()),
        ("og:locale", locale.to_owned()),
        ("og:title", page.title.clone()),
        ("og:description", page.description.clone()),
        ("og:url", address.to_owned()),
        ("og:image", picture.to_owned()),
        ("og:image:width", "1200".to_owned()),
        ("og:image:height", "630".to_owned()),
        ("og:image:alt", page.title.clone()),
    ];
    let element =
        |(name, value): &(&str, String)| format!("<meta property=\"{name}\" content=\"{}\">", escaped(value));
    let all: String = pairs.iter().map(element).collect();
    all + "<meta name=\"twitter:card\" content=\"summary_large_image\">"
}

/// The chart that a page is about: of those it could open with, the first that may be drawn.
fn chart_of(dataset: &Dataset, request: &PageRequest, data: &PageData) -> ChartRequest {
    let mut candidates = candidates(dataset, request, data);
    // One that the page has drawn need not be tried, which would take a whole tree together once more.
    if candidates.len() == 1
        && let Some(only) = candidates.pop()
    {
        return only;
    }
    let is_drawn = |request: &&ChartRequest| {
        Chart::select(dataset, (*request).clone()).is_ok_and(|chart| chart.figure().chart.is_some())
    };
    let drawn = candidates.iter().find(is_drawn).or(candidates.first());
    drawn
        .cloned()
        .unwrap_or(ChartRequest::new(ChartKind::FromTo, request.lang))
}

fn candidates(dataset: &Dataset, request: &PageRequest, data: &PageData) -> Vec<ChartRequest> {
    let chart = |kind, indicator: Option<&str>, units: Vec<String>| ChartRequest {
        indicators: indicator.map(ToOwned::to_owned).into_iter().collect(),
        org_units: units,
        as_of: request.as_of,
        ..ChartRequest::new(kind, request.lang)
    };
    let of_unit =
        |code: &str| [ChartKind::FromTo, ChartKind::Bar].map(|kind| chart(kind, None, vec![code.to_owned()]));
    match data {
        PageData::Indicator(page) => {
            let code = Some(page.detail.indicator.code.as_str());
            let units: Vec<String> = page.compared.iter().map(|unit| unit.code.clone()).collect();
            [ChartKind::Line, ChartKind::FromTo, ChartKind::Ranking]
                .map(|kind| chart(kind, code, units.clone()))
                .into()
        }
        PageData::Overview(page) => match page.below.first() {
            Some(part) => {
                let indicator = part.observation.key.indicator.as_str();
                let unit = page.unit.org_unit.code.clone();
                vec![chart(ChartKind::Below, Some(indicator), vec![unit])]
            }
            None => of_unit(&page.unit.org_unit.code).into(),
        },
        PageData::OrgUnit(page) => of_unit(&page.unit.org_unit.code).into(),
        _ => of_unit(&home_unit(dataset)).into(),
    }
}
