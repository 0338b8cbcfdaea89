use data::{Lang, Observation, label};

use super::{change_title, pair};
use crate::context::Context;

/// What the first of these units that has figures shows: how it changed or, where there is no change to tell, its latest.
pub fn compared(context: &Context<'_>, name: &str, compared: &[(&str, Vec<&Observation>)]) -> String {
    let Some((unit, observations)) = compared.iter().find(|(_, observations)| !observations.is_empty())
    else {
        return not_reported(context, name, compared);
    };
    let unit = context.org_unit_name(unit);
    let pair = pair(context.indicators, observations);
    let last = observations.iter().rev().find(|o| !o.key.period.is_opening());
    match (pair, last, context.lang) {
        (Some(pair), _, Lang::Zh) => format!("{unit}{}", change_title(context, &pair)),
        (Some(pair), _, Lang::En) => {
            format!(
                "{unit}: {}",
                label::within_sentence(&change_title(context, &pair), context.lang)
            )
        }
        (None, Some(last), Lang::Zh) => format!("{unit}{name}{}", context.value_or_reason(last)),
        (None, Some(last), Lang::En) => {
            format!(
                "{unit}: {}, {}",
                label::within_sentence(name, context.lang),
                context.value_or_reason(last)
            )
        }
        (None, None, _) => name.to_owned(),
    }
}

/// Where none of the units has a figure: whose it would be.
fn not_reported(context: &Context<'_>, name: &str, compared: &[(&str, Vec<&Observation>)]) -> String {
    let [(unit, _)] = compared else {
        return name.to_owned();
    };
    let unit = context.org_unit_name(unit);
    match context.lang {
        Lang::Zh => format!("{unit}尚未报送{name}"),
        Lang::En => format!(
            "{unit} has not reported {}",
            label::within_sentence(name, context.lang)
        ),
    }
}
