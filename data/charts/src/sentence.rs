//! What a chart shows, in a sentence: its title, and its description in words.

mod compared;

use std::cmp::Ordering;

use data::{
    BreakCause, Change, Decimal, Indicator, Lang, Multiple, Observation, Period, PeriodBasis, SeriesBreak,
    UnitKind, format, label,
};

use crate::context::Context;
use crate::table;

pub use compared::compared;

/// Two figures of one indicator and unit, and what changed between them.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The earlier figure.
    pub from: &'a Observation,
    /// The later figure.
    pub to: &'a Observation,
    /// The change.
    pub change: Change,
}

/// The first and the last of these figures that may be compared, where they differ in time.
///
/// `observations` are of one indicator and one unit, in order of time. The pair is the opening and the close of a
/// window where there is one; else the first and the last figure that a line may join, both of a period that the
/// source states, and both after the last break in the series.
pub fn pair<'a>(indicators: &[Indicator], observations: &[&'a Observation]) -> Option<Pair<'a>> {
    let code = &observations.first()?.key.indicator;
    let indicator = indicators.iter().find(|indicator| indicator.code == *code)?;
    let is_broken = |pair: &[&Observation]| indicator.break_between(pair[0], pair[1]).is_some();
    let last_break = observations.windows(2).rposition(is_broken);
    let observations = &observations[last_break.map_or(0, |before| before + 1)..];
    let to = *observations
        .iter()
        .rev()
        .find(|o| o.value.is_some() && !o.key.period.is_opening())?;
    let stated = |o: &Observation| o.period_basis == PeriodBasis::Stated;
    let opening = observations
        .iter()
        .find(|from| from.value.is_some() && to.key.period.closes(&from.key.period));
    let joined = || {
        observations.iter().find(|from| {
            from.key.period != to.key.period
                && from.value.is_some()
                && stated(from)
                && stated(to)
                && from.key.period.joins(&to.key.period).is_ok()
        })
    };
    let from = *opening.or_else(joined)?;
    let change = Change::between(indicator, from, to).ok()?;
    Some(Pair { from, to, change })
}

/// The change as it may be told: a place in an order, a calendar year and a run of years have no ratio.
pub fn told(context: &Context<'_>, pair: &Pair<'_>) -> Change {
    let kind = context.measure(&pair.to.key.indicator).map(|(unit, _)| unit.kind);
    let streak = matches!(pair.to.key.period, Period::Streak { .. });
    match kind {
        Some(UnitKind::Rank | UnitKind::Year) => Change {
            ratio: None,
            ..pair.change
        },
        _ if streak => Change {
            ratio: None,
            ..pair.change
        },
        _ => pair.change,
    }
}

const CHINESE: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
const ENGLISH: [&str; 11] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// What happened, without the numbers: 增至三倍, 增长12.3%, 持平; tripled, rose 12.3%, unchanged.
///
/// A rise to three times is never 增长3倍, which would be to four times. Qualified figures have no percentage.
pub fn change_phrase(change: &Change, lang: Lang) -> String {
    match (change.multiple(), lang) {
        (Some(Multiple::Times(times)), Lang::Zh) => return format!("增至{}倍", CHINESE[usize::from(times)]),
        (Some(Multiple::Nearly(times)), Lang::Zh) => {
            return format!("增至近{}倍", CHINESE[usize::from(times)]);
        }
        (Some(Multiple::Times(2)), Lang::En) => return "doubled".into(),
        (Some(Multiple::Times(3)), Lang::En) => return "tripled".into(),
        (Some(Multiple::Nearly(2)), Lang::En) => return "nearly doubled".into(),
        (Some(Multiple::Nearly(3)), Lang::En) => return "nearly tripled".into(),
        (Some(Multiple::Times(times)), Lang::En) => {
            return format!("rose to {} times", ENGLISH[usize::from(times)]);
        }
        (Some(Multiple::Nearly(times)), Lang::En) => {
            return format!("rose to nearly {} times", ENGLISH[usize::from(times)]);
        }
        (None, _) => {}
    }
    match change.growth() {
        Some(growth) if growth.is_zero() => lang.pick("持平", "unchanged").into(),
        Some(growth) if growth > Decimal::ONE => {
            let times = growth.checked_add(Decimal::ONE).unwrap_or(growth).round(2);
            match lang {
                Lang::Zh => format!("增至{}倍", format::number(times, 2)),
                Lang::En => format!("rose to {} times", format::number(times, 2)),
            }
        }
        Some(growth) => percent_phrase(growth, lang),
        None => match change.direction {
            Some(Ordering::Greater) => lang.pick("增加", "rose"),
            Some(Ordering::Less) => lang.pick("减少", "fell"),
            Some(Ordering::Equal) => lang.pick("持平", "unchanged"),
            None => lang.pick("增减不明", "may have risen or fallen"),
        }
        .into(),
    }
}

fn percent_phrase(growth: Decimal, lang: Lang) -> String {
    let percent = growth.checked_mul(100.into()).unwrap_or(growth).round(1);
    let size = if percent.is_negative() {
        Decimal::ZERO.checked_sub(percent)
    } else {
        Some(percent)
    };
    let size = format::number(size.unwrap_or(percent), 1);
    match (percent.is_zero(), percent.is_negative(), lang) {
        (true, _, Lang::Zh) => "基本持平".into(),
        (true, _, Lang::En) => "hardly changed".into(),
        (_, false, Lang::Zh) => format!("增长{size}%"),
        (_, true, Lang::Zh) => format!("减少{size}%"),
        (_, false, Lang::En) => format!("rose {size}%"),
        (_, true, Lang::En) => format!("fell {size}%"),
    }
}

/// How long the change took: 五年, 10年; in five years. Nothing where it is less than a year.
pub fn span_phrase(pair: &Pair<'_>, lang: Lang) -> String {
    let years = match pair.from.key.period {
        Period::Instant {
            years_before: years @ 1..,
            ..
        } => i32::from(years),
        _ => {
            let year = |o: &Observation| o.key.period.end().map_or(0, data::PartialDate::year);
            year(pair.to) - year(pair.from)
        }
    };
    match (years, lang) {
        (2..=10, Lang::Zh) => format!("{}年", CHINESE[years as usize]),
        (1, Lang::Zh) => "一年".into(),
        (11.., Lang::Zh) => format!("{years}年"),
        (1, Lang::En) => "in one year".into(),
        (2..=10, Lang::En) => format!("in {} years", ENGLISH[years as usize]),
        (11.., Lang::En) => format!("in {years} years"),
        _ => String::new(),
    }
}

/// A title: 五年纳税企业数增至三倍; Tax-paying firms tripled in five years.
pub fn change_title(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let name = context.indicator_name(&pair.to.key.indicator);
    let (span, what) = (
        span_phrase(pair, context.lang),
        change_phrase(&told(context, pair), context.lang),
    );
    match context.lang {
        Lang::Zh => format!("{span}{name}{what}"),
        Lang::En if span.is_empty() => format!("{name} {what}"),
        Lang::En => format!("{name} {what} {span}"),
    }
}

/// The change in numbers: +4,659，3.00倍; where a figure is qualified, only what is certain of it.
pub fn change_numbers(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let indicator = &pair.to.key.indicator;
    let number = pair.change.difference.number();
    let plus = if number > Decimal::ZERO && pair.change.difference.qualifier() == data::Qualifier::Exact {
        "+"
    } else {
        ""
    };
    let difference = format!(
        "{plus}{}",
        context.short_value(indicator, &pair.change.difference)
    );
    let Some(growth) = told(context, pair).growth() else {
        return difference;
    };
    let ratio = growth.checked_add(Decimal::ONE).unwrap_or(growth);
    let more = if growth >= "0.5".parse().unwrap_or(Decimal::ONE) {
        let ratio = format::number(ratio.round(2), 2);
        if context.lang == Lang::Zh {
            format!("{ratio}倍")
        } else {
            format!("×{ratio}")
        }
    } else {
        format::signed_percent(growth, 1)
    };
    format!("{difference}{}{more}", context.lang.pick("，", ", "))
}

/// The whole change in a sentence: 纳税企业数由2,330家增至6,989家，为5年前的3.00倍（+199.96%）。
pub fn change_sentence(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let indicator = &pair.to.key.indicator;
    let name = context.indicator_name(indicator);
    let from = pair
        .from
        .value
        .map(|v| context.short_value(indicator, &v))
        .unwrap_or_default();
    let to = pair
        .to
        .value
        .map(|v| context.value(indicator, &v))
        .unwrap_or_default();
    let tail = ratio_tail(context, pair);
    match (pair.change.direction, context.lang) {
        (Some(Ordering::Less), Lang::Zh) => format!("{name}由{from}减至{to}{tail}。"),
        (Some(Ordering::Less), Lang::En) => format!("{name} fell from {from} to {to}{tail}."),
        (Some(Ordering::Greater), Lang::Zh) => format!("{name}由{from}增至{to}{tail}。"),
        (Some(Ordering::Greater), Lang::En) => format!("{name} rose from {from} to {to}{tail}."),
        (Some(Ordering::Equal), Lang::Zh) => format!("{name}保持{to}。"),
        (Some(Ordering::Equal), Lang::En) => format!("{name} stayed at {to}."),
        (None, Lang::Zh) => format!("{name}先为{from}，后为{to}，增减不明。"),
        (None, Lang::En) => format!("{name}: {from}, then {to}; it may have risen or fallen."),
    }
}

fn ratio_tail(context: &Context<'_>, pair: &Pair<'_>) -> String {
    let lang = context.lang;
    let Some(growth) = told(context, pair).growth() else {
        return String::new();
    };
    let percent = format::signed_percent(growth, 2);
    if growth < "0.5".parse().unwrap_or(Decimal::ONE) {
        return match lang {
            Lang::Zh => format!("（{percent}）"),
            Lang::En => format!(" ({percent})"),
        };
    }
    let ratio = growth.checked_add(Decimal::ONE).unwrap_or(growth).round(2);
    let ratio = format::number(ratio, 2);
    let earlier = label::moment(&pair.from.key.period, lang);
    match lang {
        Lang::Zh => format!("，为{earlier}的{ratio}倍（{percent}）"),
        Lang::En if pair.from.key.period.is_opening() => {
            format!(", {ratio} times the level {earlier} ({percent})")
        }
        Lang::En => format!(", {ratio} times the level of {earlier} ({percent})"),
    }
}

/// When a figure is of and who published it: 截至2022年10月31日，据中华工商时报，2022-10-31。
pub fn period_sentence(context: &Context<'_>, observation: &Observation) -> String {
    let period = label::period(&observation.key.period, observation.period_basis, context.lang);
    let source = table::short_source(context, &observation.source);
    match context.lang {
        Lang::Zh => format!("{period}；据{source}。"),
        Lang::En => format!("{}; from {source}.", capitalised(&period)),
    }
}

/// The breaks in a series, in order of time; `observations` are of one indicator and unit.
pub fn breaks(indicators: &[Indicator], observations: &[&Observation]) -> Vec<SeriesBreak> {
    let code = observations.first().map(|o| o.key.indicator.as_str());
    let Some(indicator) = indicators
        .iter()
        .find(|indicator| Some(indicator.code.as_str()) == code)
    else {
        return Vec::new();
    };
    let of_pair = |pair: &[&Observation]| indicator.break_between(pair[0], pair[1]);
    observations.windows(2).filter_map(of_pair).collect()
}

/// What the breaks in several series mean, each sentence once; a break that was reported is of one unit only, which is
/// named where there are several. `units` are codes with the figures of one indicator.
pub fn break_sentences(context: &Context<'_>, units: &[(&str, Vec<&Observation>)]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for (unit, observations) in units {
        for found in breaks(context.indicators, observations) {
            let mut sentence = label::break_sentence(&found, context.lang);
            if found.cause == BreakCause::Reported && units.len() > 1 {
                let colon = context.lang.pick("：", ": ");
                sentence = format!("{}{colon}{sentence}", context.org_unit_name(unit));
            }
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    sentences
}

fn capitalised(words: &str) -> String {
    let mut words = words.to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Sentences one after the other, as each language sets them.
pub fn joined(sentences: &[String], lang: Lang) -> String {
    sentences.join(lang.pick("", " "))
}
