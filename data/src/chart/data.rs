use crate::api::{Ranking, RolledUp};
use crate::{Indicator, Observation, OrgUnit, UnitMeasure};

/// The figures that a chart is drawn from, with what their codes stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartData {
    /// The figures, as the kind of chart takes them.
    pub shown: Shown,
    /// The indicators they are of, and those that were asked for.
    pub indicators: Vec<Indicator>,
    /// The units of measure of those.
    pub units: Vec<UnitMeasure>,
    /// The org units they are of.
    pub org_units: Vec<OrgUnit>,
    /// Units that were asked for and stand on another level than the first, and so are not compared with it.
    pub of_other_levels: Vec<OrgUnit>,
    /// Where nothing is shown, how many figures there are of these all the same, outside of what was asked for.
    pub outside: usize,
}

/// The figures of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Of one indicator: each unit's in order of time, the chosen unit first.
    ByUnit(Vec<(String, Vec<Observation>)>),
    /// Of one unit, by indicator in the order asked for, each in order of time.
    ByIndicator(Vec<Observation>),
    /// The units beside the first one in order; none where no unit has a figure.
    Ranking {
        /// The ranking.
        ranking: Option<Box<Ranking>>,
        /// The codes of the units that were chosen.
        chosen: Vec<String>,
    },
    /// The units below one; none where no two of them have the figure.
    Below(Option<Box<Below>>),
}

/// One indicator by the units below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// The code of the unit they are below.
    pub parent: String,
    /// All of them together.
    pub whole: RolledUp,
    /// Each of them, the greatest first.
    pub parts: Vec<RolledUp>,
}

impl ChartData {
    /// Every figure the chart is drawn from, in the order of its table.
    pub fn observations(&self) -> Vec<&Observation> {
        match &self.shown {
            Shown::ByUnit(units) => units.iter().flat_map(|(_, figures)| figures).collect(),
            Shown::ByIndicator(figures) => figures.iter().collect(),
            Shown::Ranking { ranking, .. } => {
                ranking.iter().flat_map(|ranking| of_ranking(ranking)).collect()
            }
            Shown::Below(below) => below.iter().flat_map(|below| below.observations()).collect(),
        }
    }
}

fn of_ranking(ranking: &Ranking) -> impl Iterator<Item = &Observation> {
    let ranked = ranking.ranked.iter().map(|ranked| &ranked.observation);
    ranked.chain(&ranking.not_comparable)
}

impl Below {
    fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.parts.iter().map(|part| &part.observation)
    }
}
