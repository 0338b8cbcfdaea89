//! Bars: of one indicator for the units of a level, or of several indicators of one unit, in one period.

use std::cmp::Reverse;

use data::{Indicator, Lang, Level, Observation, Period, PeriodBasis, PeriodKind, UnitKind, label};

use super::Download;
use super::plan::{Kind, Plan, RowName, Series, point, unit_words};

/// The most bars whose names can be read.
const MOST: usize = 40;

/// Figures that share an axis.
struct Group<'a, K> {
    of: K,
    period: Period,
    bars: Vec<&'a Observation>,
}

/// Puts figures to those that they share an axis with.
fn grouped<'a, K: PartialEq>(
    observations: impl IntoIterator<Item = (K, &'a Observation)>,
) -> Vec<Group<'a, K>> {
    let mut groups: Vec<Group<'a, K>> = Vec::new();
    for (of, observation) in observations {
        let period = observation.key.period;
        let mine = groups
            .iter_mut()
            .find(|group| group.of == of && group.period.shares_axis(&period).is_ok());
        match mine {
            Some(group) => group.bars.push(observation),
            None => groups.push(Group {
                of,
                period,
                bars: vec![observation],
            }),
        }
    }
    groups
}

/// One indicator for the units of the level and in the period that most have; none where that is one unit.
pub(super) fn of_units(
    download: &Download<'_>,
    indicator: &Indicator,
    observations: &[&Observation],
) -> Option<Plan> {
    let valued = observations.iter().filter(|o| o.value.is_some());
    let leveled = valued.filter_map(|o| Some((download.org_unit(o)?.level, *o)));
    let groups: Vec<Group<'_, Level>> = grouped(leveled);
    let is_clear = |group: &&Group<'_, Level>| is_each_once(&group.bars, |o| &o.key.org_unit);
    let best = groups
        .iter()
        .filter(is_clear)
        .max_by_key(|group| (group.bars.len(), group.period.order_day()))
        .filter(|group| group.bars.len() > 1)?;
    let left_out = observations.len() - best.bars.len();
    let mut plan = plan(download, best, |o| {
        download.org_unit(o).map_or("", |unit| download.name(&unit.name))
    });
    plan.title = format!(
        "{}{}{}",
        download.name(&indicator.name),
        download.lang.pick("，", ", "),
        plan.title
    );
    plan.unit = unit_words(download, indicator);
    if left_out > 0 {
        plan.notes.push(match download.lang {
            Lang::Zh => format!("另有 {left_out} 项数据的期间或地区级别不同，或没有数值，见数据表。"),
            Lang::En => format!(
                "{left_out} more figures are of another period or level of area, or have no value; see the sheet of figures."
            ),
        });
    }
    Some(plan)
}

/// Several indicators of one unit that count the same kind of thing in one period, where the download is of one unit.
pub(super) fn of_indicators(download: &Download<'_>) -> Vec<Plan> {
    let mut units = download.observations.iter().map(|o| &o.key.org_unit);
    let first = units.next();
    if units.any(|unit| Some(unit) != first) {
        return Vec::new();
    }
    let measured = |o: &'_ Observation| {
        let unit = download.unit_of(download.indicator(o)?)?;
        matches!(unit.kind, UnitKind::Count | UnitKind::Money).then_some(unit.dimension.as_str())
    };
    let drawn = download
        .observations
        .iter()
        .filter(|o| o.value.is_some() && o.period_basis == PeriodBasis::Stated)
        .filter(|o| !o.key.period.is_opening() && o.key.period.kind() != PeriodKind::Streak)
        .filter_map(|o| Some((measured(o)?, o)));
    let name = |o: &Observation| {
        let indicator = download.catalogue.indicator(&o.key.indicator);
        indicator.map_or("", |indicator| download.name(&indicator.name))
    };
    grouped(drawn)
        .iter()
        .filter(|group| group.bars.len() > 1 && is_each_once(&group.bars, |o| &o.key.indicator))
        .filter_map(|group| {
            let indicator = download.indicator(group.bars.first()?)?;
            let owner = download.org_unit(group.bars.first()?)?;
            let comma = download.lang.pick("，", ", ");
            let plan = plan(download, group, name);
            Some(Plan {
                title: format!("{}{comma}{}", download.name(&owner.name), plan.title),
                unit: unit_words(download, indicator),
                ..plan
            })
        })
        .collect()
}

fn is_each_once<'a>(bars: &[&'a Observation], of: impl Fn(&'a Observation) -> &'a String) -> bool {
    let mut seen: Vec<&String> = bars.iter().map(|o| of(o)).collect();
    seen.sort_unstable();
    seen.windows(2).all(|pair| pair[0] != pair[1])
}

fn plan<'n, K>(
    download: &Download<'_>,
    group: &Group<'_, K>,
    name: impl Fn(&Observation) -> &'n str,
) -> Plan {
    let mut bars = group.bars.clone();
    bars.sort_by_key(|o| Reverse(o.value.map(|value| value.number())));
    let left_out = bars.len().saturating_sub(MOST);
    bars.truncate(MOST);
    let period = label::period(&group.period, PeriodBasis::Stated, download.lang);
    let notes = (left_out > 0).then(|| match download.lang {
        Lang::Zh => format!("只画前 {MOST} 个，另有 {left_out} 个见数据表。"),
        Lang::En => format!("The first {MOST} are drawn; {left_out} more are in the sheet of figures."),
    });
    Plan {
        title: period.clone(),
        unit: String::new(),
        kind: Kind::Bars,
        rows: bars.iter().map(|o| RowName::Text(name(o).to_owned())).collect(),
        series: vec![Series {
            name: period,
            points: bars.iter().map(|o| point(download, o)).collect(),
        }],
        notes: notes.into_iter().collect(),
    }
}
