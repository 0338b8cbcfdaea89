//! Why figures may not stand in one picture, in a sentence for who asked for it.

use data::{Lang, Observation, PeriodBasis, PeriodMismatch, label};

use crate::context::Context;

/// Why no line joins any two of these figures of one indicator.
pub(crate) fn no_line(context: &Context<'_>, observations: &[&Observation]) -> String {
    let lang = context.lang;
    let mut valued = observations.iter().filter(|o| o.value.is_some());
    let (Some(first), Some(second)) = (valued.next(), valued.next()) else {
        return few(lang, observations.iter().any(|o| o.value.is_some()));
    };
    why_apart(
        context,
        first,
        second,
        first.key.period.joins(&second.key.period).err(),
    )
}

/// Why no two of these figures of one unit may stand on one axis.
pub(crate) fn no_bars(context: &Context<'_>, observations: &[&Observation]) -> String {
    let mut valued = observations.iter().filter(|o| o.value.is_some());
    let (Some(first), Some(second)) = (valued.next(), valued.next()) else {
        return few(context.lang, observations.iter().any(|o| o.value.is_some()));
    };
    if let Some(words) = other_measure(context, first, second) {
        return words;
    }
    let mismatch = first.key.period.shares_axis(&second.key.period).err();
    why_apart(context, first, second, mismatch)
}

/// That two figures count different things, where they do: 家 and 元 have no axis in common.
pub(crate) fn other_measure(context: &Context<'_>, one: &Observation, other: &Observation) -> Option<String> {
    let dimension = |o: &Observation| Some(&context.measure(&o.key.indicator)?.0.dimension);
    if dimension(one)? == dimension(other)? {
        return None;
    }
    let word = |o: &Observation| context.unit_word(&o.key.indicator);
    let (one, other) = (word(one), word(other));
    Some(match context.lang {
        // 家 of firms and 家 of federations are one word and two things.
        Lang::Zh if one == other => "所计的对象不同，不能画在一条轴上。".to_owned(),
        Lang::En if one == other => "They count different things and have no axis in common.".to_owned(),
        Lang::Zh => format!("单位不同（{one}、{other}），不能画在一条轴上。"),
        Lang::En => {
            format!("They are counted in different units ({one}, {other}) and have no axis in common.")
        }
    })
}

fn few(lang: Lang, is_one: bool) -> String {
    if is_one {
        return lang
            .pick(
                "只有一个数，画不成图。",
                "There is one figure alone, which makes no picture.",
            )
            .to_owned();
    }
    lang.words().not_reported_is_not_zero.to_owned()
}

fn why_apart(
    context: &Context<'_>,
    first: &Observation,
    second: &Observation,
    mismatch: Option<PeriodMismatch>,
) -> String {
    let lang = context.lang;
    let short = |o: &Observation| label::short_period(&o.key.period, o.period_basis, lang);
    let is_stated = |o: &Observation| o.period_basis == PeriodBasis::Stated;
    let (one, other) = (short(first), short(second));
    match (mismatch, lang) {
        _ if !(is_stated(first) && is_stated(second)) => lang
            .pick(
                "期间原文未注明或有两种读法，在轴上没有确定的位置。",
                "The source does not state their periods plainly, so they have no certain place on an axis.",
            )
            .to_owned(),
        (Some(PeriodMismatch::UnstatedDate), Lang::Zh) => {
            "期初的日期原文未注明，在时间轴上没有位置，不能连成线。".to_owned()
        }
        (Some(PeriodMismatch::UnstatedDate), Lang::En) => {
            "The opening date is not stated in the source, so it has no place on an axis of time.".to_owned()
        }
        (_, Lang::Zh) => format!("期间不同（{one}、{other}），不能画在一条轴上。"),
        (_, Lang::En) => format!("Their periods differ ({one}; {other}) and have no axis in common."),
    }
}
