//! A chart of which there is no figure: why there is none, which is not always that nothing was reported.

use data::chart::{ChartData, ChartKind, ChartRequest};
use data::{Lang, label};

use crate::context::Context;
use crate::figure::Figure;
use crate::table::Table;

/// The figure of a chart without figures.
pub(super) fn absent(context: &Context<'_>, request: &ChartRequest, data: &ChartData) -> Figure {
    let lang = context.lang;
    let unit = data.org_units.first().map(|unit| unit.name.get(lang));
    let name = match data.indicators.as_slice() {
        [indicator] => Some(indicator.name.get(lang)),
        _ => None,
    };
    let what: Vec<&str> = unit.into_iter().chain(name).collect();
    let (verdict, why) = match why(request, data, lang) {
        Some(why) => (lang.pick("没有图", "No chart"), why),
        None => (
            lang.words().not_reported,
            lang.words().not_reported_is_not_zero.to_owned(),
        ),
    };
    let (what, colon) = (what.join(lang.pick("", ", ")), lang.pick("：", ": "));
    Figure {
        id: "chart".into(),
        title: format!("{what}{colon}{}", label::within_sentence(verdict, lang)),
        subtitle: String::new(),
        notes: vec![why],
        chart: None,
        table: Table {
            subject: lang.words().indicator.to_owned(),
            rows: Vec::new(),
        },
        source: Vec::new(),
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    }
}

/// What stands against the chart; nothing where the figure was not reported.
fn why(request: &ChartRequest, data: &ChartData, lang: Lang) -> Option<String> {
    let is_bounded = request.year.is_some() || request.start_period.is_some() || request.end_period.is_some();
    let (unit, outside) = (data.org_units.first()?, data.outside);
    let name = unit.name.get(lang);
    match (request.kind, lang) {
        (_, Lang::Zh) if is_bounded && outside > 0 => {
            Some(format!("所选的时间里没有数据；另有 {outside} 项在此之外。"))
        }
        (_, Lang::En) if is_bounded && outside > 0 => Some(format!(
            "No figure is of the time that was asked for; {outside} are of other times."
        )),
        (ChartKind::Ranking, Lang::Zh) if unit.parent.is_none() => {
            Some(format!("{name}没有可与之相比的同级地区。"))
        }
        (ChartKind::Ranking, Lang::En) if unit.parent.is_none() => {
            Some(format!("There is no area beside {name} to compare it with."))
        }
        (ChartKind::Below, Lang::Zh) if data.org_units.len() == 1 => Some(format!("{name}没有下级地区。")),
        (ChartKind::Below, Lang::En) if data.org_units.len() == 1 => {
            Some(format!("There is no area below {name}."))
        }
        (ChartKind::Below, Lang::Zh) => Some(format!("{name}的下级地区中有此数的不足两个，无从比较。")),
        (ChartKind::Below, Lang::En) => Some(format!(
            "Fewer than two of the areas below {name} have this figure, so there is nothing to compare."
        )),
        _ => None,
    }
}
