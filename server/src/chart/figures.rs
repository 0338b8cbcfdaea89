use data::api;
use data::chart::ChartFormat;
use data::{Lang, Names, Observation, write};
use hyper::StatusCode;

use super::Chart;
use crate::api::observations::list;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::sheets::download::Download;

/// The figures of a chart in the columns that are imported.
pub fn csv(published: &Published, chart: &Chart) -> Content {
    let observations: Vec<Observation> = chart.observations().into_iter().cloned().collect();
    Content {
        status: StatusCode::OK,
        kind: Kind::Csv,
        body: write::csv(&observations, &published.dataset.catalogue),
        file_name: Some(file_name(chart, ChartFormat::Csv)),
        policies: None,
        keep: Keep::Briefly,
    }
}

/// The same as a workbook with a chart of its own, where one may be drawn.
pub fn xlsx(published: &Published, chart: &Chart) -> Result<Content, Problem> {
    let observations: Vec<Observation> = chart.observations().into_iter().cloned().collect();
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| chart.in_lang(lang).figure());
    let notes = zh.notes.into_iter().zip(en.notes);
    let body = list::workbook(&Download {
        title: Names {
            zh: zh.title,
            en: en.title,
        },
        lang: chart.request.lang,
        catalogue: &published.dataset.catalogue,
        version: &published.dataset.version,
        observations: &observations,
        notes: notes.map(|(zh, en)| Names { zh, en }).collect(),
    })?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Xlsx,
        body,
        file_name: Some(file_name(chart, ChartFormat::Xlsx)),
        policies: None,
        keep: Keep::Briefly,
    })
}

/// The same with the words of the chart, for programs.
pub fn json(published: &Published, chart: &Chart) -> Result<Content, Problem> {
    let figure = chart.figure();
    let description = figure.chart.as_ref().map(|chart| chart.description.clone());
    let answer = api::Chart {
        kind: chart.request.kind.name().to_owned(),
        address: chart.request.href(ChartFormat::Page),
        title: figure.title,
        subtitle: figure.subtitle,
        is_drawn: figure.chart.is_some(),
        description: description.unwrap_or_default(),
        notes: figure.notes,
        sources: figure.source,
        vintage: crate::state::vintage(&published.dataset),
        figures: api::Observations {
            dataset: published.dataset.version.clone(),
            observations: chart.observations().into_iter().cloned().collect(),
            indicators: chart.data.indicators.clone(),
            units: chart.data.units.clone(),
            org_units: chart.data.org_units.clone(),
        },
    };
    let content = crate::api::json(&answer)?;
    Ok(Content {
        keep: Keep::Briefly,
        ..content
    })
}

/// The name under which a file of a chart is saved: 纳税企业数_禹城市_2018-2022.csv.
pub fn file_name(chart: &Chart, format: ChartFormat) -> String {
    let (request, data) = (&chart.request, &chart.data);
    let indicator = match data.indicators.as_slice() {
        [one] => one.name.get(request.lang),
        _ => request.lang.words().indicators,
    };
    let unit = data.org_units.first().map(|unit| unit.name.get(request.lang));
    let ends = chart
        .observations()
        .into_iter()
        .filter_map(|o| o.key.period.end());
    let years: Vec<i32> = ends.map(data::PartialDate::year).collect();
    let years = match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first == last => Some(first.to_string()),
        (Some(first), Some(last)) => Some(format!("{first}-{last}")),
        _ => None,
    };
    let parts = [Some(indicator), unit, years.as_deref()];
    let name: Vec<&str> = parts.into_iter().flatten().collect();
    format!("{}{}", name.join("_"), format.ending())
}
