use charts::table;
use data::api::{self, RolledUp};
use data::chart::{ChartFormat, Shown};
use data::{Lang, Names, Observation, Origin, write};
use hyper::StatusCode;

use super::Chart;
use crate::api::observations::list;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::sheets::download::Download;

/// The figures of a chart in the columns that are imported.
pub fn csv(published: &Published, chart: &Chart) -> Content {
    let observations = observations(chart);
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
    let observations = observations(chart);
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
        roll_ups: match &chart.data.shown {
            Shown::Below(Some(below)) => {
                let parts = below.parts.iter().cloned();
                std::iter::once(below.whole.clone()).chain(parts).collect()
            }
            _ => Vec::new(),
        },
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

/// The figures as a file has them: of what was taken together the remark says of how many, and of how many documents.
fn observations(chart: &Chart) -> Vec<Observation> {
    let Shown::Below(Some(below)) = &chart.data.shown else {
        return chart.observations().into_iter().cloned().collect();
    };
    let lang = chart.request.lang;
    below.parts.iter().map(|part| with_coverage(part, lang)).collect()
}

fn with_coverage(part: &RolledUp, lang: Lang) -> Observation {
    let observation = part.observation.clone();
    if observation.origin != Origin::RolledUp {
        return observation;
    }
    let covered = charts::build::covered_words(lang, part.contributors, part.of);
    let documents = observation
        .other_sources
        .count()
        .map(|number| table::documents(lang, number));
    let remarks: Vec<String> = observation
        .comment
        .iter()
        .cloned()
        .chain([covered])
        .chain(documents)
        .collect();
    Observation {
        comment: Some(remarks.join(lang.pick("；", "; "))),
        ..observation
    }
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
