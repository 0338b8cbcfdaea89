//! All indicators by group.

use data::page::{IndicatorListData, PageRequest, Place};
use data::{Indicator, Lang};

use super::{Body, chrome};
use crate::build;
use crate::html::{escaped, link};

pub(crate) fn body(request: &PageRequest, data: &IndicatorListData) -> Body {
    let words = request.lang.words();
    let crumbs = chrome::breadcrumb(request, &[], words.indicators);
    let count = build::count(data.catalogue.indicators.len());
    let lead = match request.lang {
        Lang::Zh => format!("{count} 项指标，按工商联工作分类；每项有定义、单位与汇总方式。"),
        Lang::En => format!(
            "{count} indicators by the federation's fields of work, each with definition, unit and roll-up."
        ),
    };
    let mut html = chrome::lead(&crumbs, &[], words.all_indicators, &escaped(&lead));
    for group in &data.catalogue.groups {
        let mine = data.catalogue.indicators.iter().zip(&data.reporting_units);
        let entries: Vec<String> = mine
            .filter(|(indicator, _)| indicator.group == group.code)
            .map(|(indicator, units)| entry(request, indicator, *units))
            .collect();
        if !entries.is_empty() {
            let list = format!(r#"<ul class="index">{}</ul>"#, crate::html::items(entries));
            html.push_str(&chrome::section("group", group.name.get(request.lang), &list));
        }
    }
    Body {
        title: words.all_indicators.to_owned(),
        description: lead,
        html,
    }
}

fn entry(request: &PageRequest, indicator: &Indicator, units: usize) -> String {
    let place = Place::Indicator {
        code: indicator.code.clone(),
        org_units: Vec::new(),
        year: None,
    };
    let name = link(&request.at(place).href(), indicator.name.get(request.lang));
    let count = match (units, request.lang) {
        (0, _) => request.lang.words().not_reported.to_owned(),
        (_, Lang::Zh) => format!("{}个地区", build::count(units)),
        (1, Lang::En) => "1 area".to_owned(),
        (_, Lang::En) => format!("{} areas", build::count(units)),
    };
    let definition = indicator.definition.get(request.lang);
    format!(
        "{name} <small>{}</small><p>{}</p>",
        escaped(&count),
        escaped(definition)
    )
}
