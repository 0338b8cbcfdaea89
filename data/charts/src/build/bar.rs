use data::api::Ranking;
use data::{Lang, Observation, PeriodBasis, PeriodMismatch, label};

use super::refusal;
use crate::chart::{Aside, Bar, BarChart, Body, Chart};
use crate::context::Context;
use crate::figure::Figure;
use crate::table::{Table, TableRow};

/// Bars of several indicators of one org unit in one period, the longest first.
///
/// Those whose period or dimension is not that of the first stand aside, with the reason.
/// `None` where fewer than two may stand on one axis. `href` gives the page of an indicator.
pub fn same_axis(
    context: &Context<'_>,
    id: &str,
    observations: &[&Observation],
    href: &dyn Fn(&str) -> Option<String>,
) -> Option<Figure> {
    let first = observations.first()?;
    let on_axis = |o: &&&Observation| {
        let both_stated = o.period_basis == PeriodBasis::Stated && first.period_basis == PeriodBasis::Stated;
        let is_alike = refusal::other_measure(context, o, first).is_none();
        o.value.is_some() && both_stated && is_alike && o.key.period.shares_axis(&first.key.period).is_ok()
    };
    let (mut bars, others): (Vec<&Observation>, Vec<&Observation>) =
        observations.iter().partition(|o| on_axis(o));
    if bars.len() < 2 {
        return None;
    }
    bars.sort_by_key(|o| std::cmp::Reverse(o.value.map(|value| value.number())));
    let mut rows = Vec::new();
    let mut row = |observation: &Observation| {
        let name = context.indicator_name(&observation.key.indicator);
        rows.push(TableRow::new(
            context,
            name,
            href(&observation.key.indicator),
            observation,
        ));
        rows.len() - 1
    };
    let drawn = bars
        .iter()
        .enumerate()
        .filter_map(|(at, o)| bar(context, o, at == 0, row(o)))
        .collect();
    let aside = others.iter().map(|o| aside(context, o, first, row(o))).collect();
    let longest = bars.first()?;
    let period = label::period(&first.key.period, first.period_basis, context.lang);
    let name = context.indicator_name(&longest.key.indicator);
    let value = context.value_or_reason(longest);
    let title = match (context.lang, is_certainly_longest(longest, &bars)) {
        (Lang::Zh, true) => format!("{name}最多，{value}"),
        (Lang::En, true) => format!("{name} lead with {value}"),
        (Lang::Zh, false) => format!("{name}{value}"),
        (Lang::En, false) => format!("{name}: {value}"),
    };
    Some(Figure {
        id: id.to_owned(),
        subtitle: match context.lang {
            Lang::Zh => format!("{}，{period}", context.unit_word(&longest.key.indicator)),
            Lang::En => format!(
                "number of {}, {period}",
                context.unit_word(&longest.key.indicator)
            ),
        },
        notes: aside_note(context, others.len()),
        chart: Some(Chart {
            lang: context.lang,
            description: description(context, &period, &bars),
            body: Body::Bar(BarChart { bars: drawn, aside }),
        }),
        source: super::sources(context, observations.iter().copied()),
        table: Table {
            subject: context.lang.words().indicator.to_owned(),
            rows,
        },
        title,
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: true,
    })
}

/// Whether no other bar may be as long: 超30 may be more than 35.
pub(super) fn is_certainly_longest(longest: &Observation, bars: &[&Observation]) -> bool {
    let bounds = |o: &Observation| o.value.map(|value| value.bounds());
    let Some(most) = bounds(longest) else { return false };
    let others = bars.iter().filter(|o| o.key != longest.key);
    others
        .filter_map(|o| bounds(o))
        .all(|other| other.order(&most) == Some(std::cmp::Ordering::Less))
}

fn aside_note(context: &Context<'_>, asides: usize) -> Vec<String> {
    if asides == 0 {
        Vec::new()
    } else {
        vec![context.lang.words().not_on_this_axis.to_owned()]
    }
}

fn description(context: &Context<'_>, period: &str, bars: &[&Observation]) -> String {
    let each: Vec<String> = bars
        .iter()
        .map(|o| {
            let space = context.lang.pick("", " ");
            format!(
                "{}{space}{}",
                context.indicator_name(&o.key.indicator),
                context.value_or_reason(o)
            )
        })
        .collect();
    let list = each.join(context.lang.pick("，", ", "));
    match context.lang {
        Lang::Zh => format!("{period}：{list}。"),
        Lang::En => format!("{period}: {list}."),
    }
}

fn bar(context: &Context<'_>, observation: &Observation, accent: bool, row: usize) -> Option<Bar> {
    let value = observation.value?;
    Some(Bar {
        rank: None,
        label: context.indicator_name(&observation.key.indicator).to_owned(),
        value,
        value_label: context.short_value(&observation.key.indicator, &value),
        row,
        accent,
        preliminary: observation.status.is_preliminary(),
    })
}

fn aside(context: &Context<'_>, observation: &Observation, first: &Observation, row: usize) -> Aside {
    let words = context.lang.words();
    let value = context.value_or_reason(observation);
    let reason = match (
        observation.period_basis,
        observation.key.period.shares_axis(&first.key.period),
    ) {
        (PeriodBasis::Stated, Ok(())) if observation.value.is_some() => words.another_unit.to_owned(),
        (PeriodBasis::Unstated, _) => words.period_unstated.to_owned(),
        (PeriodBasis::Ambiguous, _) => words.period_ambiguous.to_owned(),
        (_, Err(PeriodMismatch::UnstatedDate)) => words.start_unstated.to_owned(),
        _ => label::short_period(&observation.key.period, observation.period_basis, context.lang),
    };
    let comma = context.lang.pick("，", ", ");
    Aside {
        label: context.indicator_name(&observation.key.indicator).to_owned(),
        text: format!("{value}{comma}{reason}"),
        row,
    }
}

/// The units below a parent in order; `chosen` in the accent colour. `href` gives the page of an org unit.
pub fn ranking(
    context: &Context<'_>,
    id: &str,
    indicator: &str,
    ranking: &Ranking,
    chosen: &[String],
    href: &dyn Fn(&str) -> Option<String>,
) -> Option<Figure> {
    let period = ranking.period?;
    let leader = &ranking.ranked.first()?.observation;
    let mut rows = Vec::new();
    let mut row = |observation: &Observation| {
        let name = context.org_unit_name(&observation.key.org_unit);
        rows.push(TableRow::new(
            context,
            name,
            href(&observation.key.org_unit),
            observation,
        ));
        rows.len() - 1
    };
    let all: Vec<Bar> = ranking
        .ranked
        .iter()
        .filter_map(|ranked| {
            let at = row(&ranked.observation);
            let drawn = bar(
                context,
                &ranked.observation,
                chosen.contains(&ranked.observation.key.org_unit),
                at,
            )?;
            let label = context.org_unit_name(&ranked.observation.key.org_unit).to_owned();
            Some(Bar {
                rank: Some(ranked.rank),
                label,
                ..drawn
            })
        })
        .collect();
    let aside = ranking
        .not_comparable
        .iter()
        .map(|o| {
            let aside = aside(context, o, leader, row(o));
            Aside {
                label: context.org_unit_name(&o.key.org_unit).to_owned(),
                ..aside
            }
        })
        .collect();
    let bars = shown(all);
    let parent = ranking.parent.name.get(context.lang);
    let note = coverage(context, parent, covered(ranking).len(), ranking);
    let title = ranking_title(context, ranking, parent);
    let basis = ranking
        .ranked
        .iter()
        .map(|ranked| ranked.observation.period_basis)
        .max()
        .unwrap_or_default();
    let period = label::period(&period, basis, context.lang);
    let name = context.indicator_name(indicator);
    let comma = context.lang.pick("，", ", ");
    Some(Figure {
        id: id.to_owned(),
        subtitle: format!("{name}{comma}{}{comma}{period}", context.unit_word(indicator)),
        chart: Some(Chart {
            lang: context.lang,
            description: format!("{title}{}{note}", context.lang.pick("。", ". ")),
            body: Body::Bar(BarChart { bars, aside }),
        }),
        notes: std::iter::once(note)
            .chain(aside_note(context, ranking.not_comparable.len()))
            .collect(),
        source: super::sources(context, ranking.ranked.iter().map(|ranked| &ranked.observation)),
        table: Table {
            subject: context.lang.words().area.to_owned(),
            rows,
        },
        title,
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: true,
    })
}

/// The units that have a value, each once, whether or not it may stand in the order.
fn covered(ranking: &Ranking) -> Vec<&str> {
    let ranked = ranking.ranked.iter().map(|ranked| &ranked.observation);
    let mut units: Vec<&str> = Vec::new();
    for observation in ranked.chain(&ranking.not_comparable) {
        let unit = observation.key.org_unit.as_str();
        if observation.value.is_some() && !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// What is to be said instead of a ranking where one unit alone has the figure; `None` where there is a ranking, or
/// nothing at all.
pub fn only_one(context: &Context<'_>, ranking: &Ranking) -> Option<String> {
    let [unit] = covered(ranking)[..] else {
        return None;
    };
    let (unit, parent) = (context.org_unit_name(unit), ranking.parent.name.get(context.lang));
    let (total, others) = (ranking.total, ranking.total.saturating_sub(1));
    let same = same_level(context.lang, ranking);
    Some(match (context.lang, others) {
        (Lang::Zh, 0) => format!("{parent}下辖只有{unit}一个{same}地区。"),
        (Lang::En, 0) => format!("{unit} is the only {same}area of {parent}."),
        (Lang::Zh, _) => {
            format!("{parent}下辖 {total} 个{same}地区中只有{unit}报送此数，其余 {others} 个未报送。")
        }
        (Lang::En, _) => format!(
            "Of the {total} {same}areas of {parent} only {unit} has reported this figure; the other {others} have not."
        ),
    })
}

fn ranking_title(context: &Context<'_>, ranking: &Ranking, parent: &str) -> String {
    let Some(leader) = ranking.ranked.first().map(|ranked| &ranked.observation) else {
        return parent.to_owned();
    };
    let (name, value) = (
        context.org_unit_name(&leader.key.org_unit),
        context.value_or_reason(leader),
    );
    let shared = ranking.ranked.iter().filter(|ranked| ranked.rank == 1).count();
    match (context.lang, shared) {
        (Lang::Zh, 1) => format!("{name}在{parent}居首，{value}"),
        (Lang::En, 1) => format!("{name} leads in {parent} with {value}"),
        (Lang::Zh, many) => format!("{parent}有{many}个地区并列第一，难分先后"),
        (Lang::En, many) => format!("{many} areas share the first place in {parent}"),
    }
}

/// How many of the units below a parent a ranking covers, and how many stand on another level.
fn coverage(context: &Context<'_>, parent: &str, covered: usize, ranking: &Ranking) -> String {
    let (total, others) = (ranking.total, ranking.of_other_levels);
    let same = same_level(context.lang, ranking);
    let note = match (context.lang, covered == total) {
        (Lang::Zh, true) => format!("{parent}下辖 {total} 个{same}地区都有此数。"),
        (Lang::Zh, false) => format!("{parent}下辖 {total} 个{same}地区中 {covered} 个有此数，其余未报送。"),
        (Lang::En, true) => format!("All {total} {same}areas of {parent} have this figure."),
        (Lang::En, false) => format!(
            "{covered} of the {total} {same}areas of {parent} have this figure; the others have not reported it."
        ),
    };
    match (context.lang, others) {
        (_, 0) => note,
        (Lang::Zh, _) => format!("{note}另有 {others} 个地区不在同一级，不参与排名。"),
        (Lang::En, 1) => format!("{note} 1 area stands on another level and is not ranked with them."),
        (Lang::En, _) => {
            format!("{note} {others} areas stand on another level and are not ranked with them.")
        }
    }
}

/// Which of the areas below are meant, where some stand on another level.
fn same_level(lang: Lang, ranking: &Ranking) -> &'static str {
    match (ranking.of_other_levels, lang) {
        (0, _) => "",
        (_, Lang::Zh) => "同级",
        (_, Lang::En) => "same-level ",
    }
}

/// The most bars a ranking draws; the table has all of them.
const MOST_BARS: usize = 16;

/// The first bars and, behind them, the chosen ones wherever they stand.
fn shown(all: Vec<Bar>) -> Vec<Bar> {
    let most = MOST_BARS;
    all.into_iter()
        .enumerate()
        .filter(|(at, bar)| *at < most || bar.accent)
        .map(|(_, bar)| bar)
        .collect()
}
