use crate::{Indicator, Observation, ObservationStatus, PartialDate, Period};

/// Where a series breaks: figures before it and from it on are not comparable, so no line joins them and no change is
/// computed between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesBreak {
    /// From when on the figures are others: the date of the new definition, or the end of the first figure marked.
    pub since: PartialDate,
    /// Why.
    pub cause: BreakCause,
}

/// Why a series breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakCause {
    /// The catalogue has another version of the definition from then on.
    Definition,
    /// Whoever reported marked the figure so: SDMX CL_OBS_STATUS B.
    Reported,
}

impl Indicator {
    /// The version of the definition, from 1, by which a figure of a period was counted: the one in force at its end.
    pub fn version_at(&self, period: &Period) -> u16 {
        let day = period.order_day();
        let changes = self
            .definition_since
            .iter()
            .filter(|since| since.first_day() <= day);
        changes.count() as u16 + 1
    }

    /// The break between two figures of this indicator and one unit, where there is one between just these two: a
    /// figure marked B breaks with all before it, so every neighbouring pair on the way has to be asked.
    pub fn break_between(&self, earlier: &Observation, later: &Observation) -> Option<SeriesBreak> {
        let version = self.version_at(&later.key.period);
        if version > self.version_at(&earlier.key.period) {
            return Some(SeriesBreak {
                since: *self.definition_since.get(usize::from(version).checked_sub(2)?)?,
                cause: BreakCause::Definition,
            });
        }
        (later.status == ObservationStatus::B).then_some(SeriesBreak {
            since: later.key.period.end()?,
            cause: BreakCause::Reported,
        })
    }
}
