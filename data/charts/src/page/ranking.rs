//! The units beside the first one compared, in order for a year.

use data::api::Ranking;
use data::page::{IndicatorData, PageRequest, Place};

use super::downloads;
use crate::build;
use crate::context::Context;
use crate::figure::Figure;
use crate::html::{link, text};

/// The ranking, or why there is none; nothing where no unit has the figure.
pub(crate) fn html(request: &PageRequest, context: &Context<'_>, data: &IndicatorData) -> String {
    let Some(ranking) = &data.ranking else {
        return String::new();
    };
    if let Some(words) = build::only_one(context, ranking) {
        return no_ranking(request, data, ranking, &words);
    }
    let chosen: Vec<String> = data
        .compared
        .first()
        .into_iter()
        .map(|unit| unit.code.clone())
        .collect();
    let href = |code: &str| Some(unit_href(request, code));
    let figure = build::ranking(
        context,
        "ranking",
        &data.detail.indicator.code,
        ranking,
        &chosen,
        &href,
    );
    let Some(figure) = figure else {
        return String::new();
    };
    let figure = Figure {
        downloads: files(request, data, ranking),
        actions: years(request, data),
        ..figure
    };
    let query = downloads::query([data.detail.indicator.code.as_str()], &chosen);
    let year = ranking
        .period
        .and_then(|period| period.end())
        .map(data::PartialDate::year);
    downloads::with_chart(request, "ranking", (&query, year), figure).html(context)
}

/// The figures that are ranked, of the year and the units ranked.
fn files(request: &PageRequest, data: &IndicatorData, ranking: &Ranking) -> Vec<(String, String)> {
    let year = ranking.period.and_then(|period| period.end());
    let year = year.and_then(|end| data::PartialDate::year_only(end.year()));
    let ranked = ranking.ranked.iter().map(|ranked| &ranked.observation);
    let units = ranked.chain(&ranking.not_comparable).map(|o| &o.key.org_unit);
    let query = downloads::query([data.detail.indicator.code.as_str()], units);
    let query = data::query::ObservationQuery {
        start_period: year,
        end_period: year,
        ..query
    };
    downloads::of(request, &query)
}

fn unit_href(request: &PageRequest, code: &str) -> String {
    let code = code.to_owned();
    request.at(Place::OrgUnit { code }).href()
}

/// One bar says nothing, so where one unit alone has the figure that is said in words, with the way to the others.
fn no_ranking(request: &PageRequest, data: &IndicatorData, ranking: &Ranking, words: &str) -> String {
    let who = link(
        &unit_href(request, &ranking.parent.code),
        request.lang.words().who_has_reported,
    );
    let years: String = years(request, data)
        .iter()
        .map(|(words, href)| link(href, words))
        .collect();
    format!(
        r#"<section class="figure" id="ranking">{}{}<div class="foot"><span class="actions">{who}{years}</span></div></section>"#,
        text("h2", request.lang.words().no_ranking),
        text("p", words),
    )
}

/// Links to the ranking of the year before and after the one shown.
fn years(request: &PageRequest, data: &IndicatorData) -> Vec<(String, String)> {
    let Place::Indicator { code, org_units, .. } = &request.place else {
        return Vec::new();
    };
    let shown = data
        .ranking
        .as_ref()
        .and_then(|ranking| ranking.period?.end())
        .map(data::PartialDate::year);
    let Some(at) = data.detail.years.iter().position(|year| Some(*year) == shown) else {
        return Vec::new();
    };
    let to = |year: i32| {
        let place = Place::Indicator {
            code: code.clone(),
            org_units: org_units.clone(),
            year: Some(year),
        };
        request.at(place).href()
    };
    let before = at
        .checked_sub(1)
        .map(|at| data.detail.years[at])
        .map(|year| (format!("◀ {year}"), to(year)));
    let after = data
        .detail
        .years
        .get(at + 1)
        .map(|year| (format!("{year} ▶"), to(*year)));
    before.into_iter().chain(after).collect()
}
