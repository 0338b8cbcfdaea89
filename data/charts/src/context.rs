//! The language, and what the codes stand for.

use data::{Indicator, Lang, Names, Observation, ObservationValue, OrgUnit, UnitMeasure, format, label};

/// What the words of a chart need beside its observations: the language and what the codes stand for.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// The indicators that occur.
    pub indicators: &'a [Indicator],
    /// Their units of measure.
    pub units: &'a [UnitMeasure],
    /// The org units that occur.
    pub org_units: &'a [OrgUnit],
}

impl<'a> Context<'a> {
    /// The indicator with this code.
    pub fn indicator(&self, code: &str) -> Option<&'a Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// The unit of measure of an indicator.
    pub fn unit(&self, indicator: &Indicator) -> Option<&'a UnitMeasure> {
        self.units.iter().find(|unit| unit.code == indicator.unit)
    }

    /// The name of an indicator; its code where it is not known.
    pub fn indicator_name<'b>(&self, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.indicator(code)
            .map_or(code, |indicator| self.name(&indicator.name))
    }

    /// The name of an org unit; its code where it is not known.
    pub fn org_unit_name<'b>(&self, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let unit = self.org_units.iter().find(|unit| unit.code == code);
        unit.map_or(code, |unit| self.name(&unit.name))
    }

    /// A name in the reader's language.
    pub fn name<'b>(&self, names: &'b Names) -> &'b str {
        names.get(self.lang)
    }

    /// A value of an indicator with its unit in words.
    pub fn value(&self, indicator: &str, value: &ObservationValue) -> String {
        self.written(indicator, value).text()
    }

    /// A value of an indicator without its unit, as short as it can be true.
    pub fn short_value(&self, indicator: &str, value: &ObservationValue) -> String {
        let Some((unit, decimals)) = self.measure(indicator) else {
            return value.number().to_string();
        };
        format::short_value(value, unit, decimals, self.lang)
    }

    /// A value of an indicator taken apart for a headline.
    pub fn written(&self, indicator: &str, value: &ObservationValue) -> format::Written {
        match self.measure(indicator) {
            Some((unit, decimals)) => format::written(value, unit, decimals, self.lang),
            None => format::Written {
                number: value.number().to_string(),
                ..format::Written::default()
            },
        }
    }

    /// The value of an observation in words, or why there is none.
    pub fn value_or_reason(&self, observation: &Observation) -> String {
        match &observation.value {
            Some(value) => self.value(&observation.key.indicator, value),
            None => {
                let words = self.lang.words();
                label::status(observation.status, self.lang)
                    .unwrap_or(words.not_reported)
                    .to_owned()
            }
        }
    }

    /// The word for the unit of an indicator, for many of it.
    pub fn unit_word(&self, indicator: &str) -> &'a str {
        self.measure(indicator)
            .map_or("", |(unit, _)| self.lang.pick(&unit.zh, &unit.en_many))
    }

    /// The unit of an indicator on a line of its own, below a title: 单位：家; Unit: firms.
    pub fn unit_line(&self, indicator: &str) -> String {
        let colon = self.lang.pick("：", ": ");
        format!("{}{colon}{}", self.lang.words().unit, self.unit_word(indicator))
    }

    /// The digits after the point of an indicator; 0 where it is not known.
    pub fn decimals(&self, indicator: &str) -> u8 {
        self.indicator(indicator)
            .map_or(0, |indicator| indicator.decimals)
    }

    /// The unit of measure and the digits after the point of an indicator.
    pub fn measure(&self, indicator: &str) -> Option<(&'a UnitMeasure, u8)> {
        let indicator = self.indicator(indicator)?;
        Some((self.unit(indicator)?, indicator.decimals))
    }
}
