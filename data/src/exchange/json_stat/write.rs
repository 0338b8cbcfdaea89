use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::DIMENSIONS;
use crate::definitions::Catalogue;
use crate::exchange::{About, List};
use crate::{
    Lang, Observation, ObservationStatus, Origin, Period, PeriodBasis, Qualifier, Source, label, write as own,
};

/// A dataset of these observations.
pub fn write(observations: &[Observation], catalogue: &Catalogue, about: About<'_>) -> Vec<u8> {
    let cube = Cube::of(observations, catalogue);
    let mut cells: Vec<(u64, &Observation)> = observations.iter().map(|one| (cube.place(one), one)).collect();
    cells.sort_by_key(|(place, _)| *place);
    let mut out = Object::new();
    out.field("version", &json!("2.0"));
    out.field("class", &json!("dataset"));
    out.field("label", &json!(about.lang.words().site));
    let publishers: BTreeSet<&str> = observations
        .iter()
        .map(|one| one.source.publisher.as_str())
        .collect();
    out.field(
        "source",
        &json!(
            publishers
                .into_iter()
                .collect::<Vec<_>>()
                .join(about.lang.pick("；", "; "))
        ),
    );
    if let Some(published_at) = about.published_at {
        out.field("updated", &json!(published_at));
    }
    out.field("id", &json!(DIMENSIONS));
    out.field("size", &json!(cube.size()));
    out.field(
        "role",
        &json!({"metric": ["indicator"], "geo": ["org_unit"], "time": ["period"]}),
    );
    out.field("dimension", &cube.dimensions(catalogue, about.lang));
    let values = cells
        .iter()
        .filter_map(|(place, one)| Some((*place, one.value?.number().to_string())));
    out.sparse("value", values);
    let marked = cells.iter().filter(|(_, one)| one.status != ObservationStatus::A);
    out.sparse(
        "status",
        marked.map(|(place, one)| (*place, text(one.status.code()))),
    );
    out.raw("extension", &extension(&cells, &cube, catalogue, about));
    out.finish().into_bytes()
}

/// A JSON object that is written field by field: values are exact decimals, which no number in memory would keep.
struct Object(String);

impl Object {
    fn new() -> Object {
        Object("{".to_owned())
    }

    fn raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push_str(",\n");
        }
        let _ = write!(self.0, "{}:{json}", text(name));
    }

    fn field(&mut self, name: &str, value: &Value) {
        self.raw(name, &value.to_string());
    }

    /// An object of cells by their number, each on a line of its own.
    fn sparse(&mut self, name: &str, cells: impl Iterator<Item = (u64, String)>) {
        let mut json = "{".to_owned();
        for (place, value) in cells {
            let comma = if json.len() > 1 { "," } else { "" };
            let _ = write!(json, "{comma}\n\"{place}\":{value}");
        }
        json.push('}');
        self.raw(name, &json);
    }

    fn finish(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// The categories of the dimensions that occur.
struct Cube {
    indicators: Vec<usize>,
    org_units: Vec<usize>,
    periods: Vec<Period>,
    codes: [std::collections::HashMap<String, usize>; 2],
}

impl Cube {
    fn of(observations: &[Observation], catalogue: &Catalogue) -> Cube {
        let distinct = |of: &dyn Fn(&Observation) -> Option<usize>| -> Vec<usize> {
            observations
                .iter()
                .filter_map(of)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        let indicators = distinct(&|one| catalogue.indicator_index(&one.key.indicator));
        let org_units = distinct(&|one| catalogue.org_units.index(&one.key.org_unit));
        let periods: BTreeSet<Period> = observations.iter().map(|one| one.key.period).collect();
        let mut periods: Vec<Period> = periods.into_iter().collect();
        periods.sort_by_key(|period| (period.order_day(), *period));
        let places = |codes: Vec<&String>| codes.into_iter().cloned().zip(0..).collect();
        let codes = [
            places(
                indicators
                    .iter()
                    .map(|at| &catalogue.indicators[*at].code)
                    .collect(),
            ),
            places(
                org_units
                    .iter()
                    .map(|at| &catalogue.org_units.all()[*at].code)
                    .collect(),
            ),
        ];
        Cube {
            indicators,
            org_units,
            periods,
            codes,
        }
    }

    fn size(&self) -> [usize; 3] {
        [self.indicators.len(), self.org_units.len(), self.periods.len()]
    }

    /// The number of an observation's cell: the last dimension changes fastest.
    fn place(&self, observation: &Observation) -> u64 {
        let key = &observation.key;
        let indicator = self.codes[0].get(&key.indicator).copied().unwrap_or_default();
        let org_unit = self.codes[1].get(&key.org_unit).copied().unwrap_or_default();
        let by_time = |period: &Period| (period.order_day(), *period);
        let period = self.periods.binary_search_by_key(&by_time(&key.period), by_time);
        let place = (indicator * self.org_units.len() + org_unit) * self.periods.len();
        (place + period.unwrap_or_default()) as u64
    }

    fn dimensions(&self, catalogue: &Catalogue, lang: Lang) -> Value {
        let words = lang.words();
        json!({
            "indicator": {"label": lang.pick("指标", "Indicator"), "category": self.indicators(catalogue, lang)},
            "org_unit": {"label": lang.pick("地区", "Area"), "category": self.org_units(catalogue, lang)},
            "period": {"label": words.period, "category": self.periods(lang)},
        })
    }

    fn indicators(&self, catalogue: &Catalogue, lang: Lang) -> Value {
        let (mut codes, mut labels, mut units) = (Vec::new(), Map::new(), Map::new());
        for indicator in self.indicators.iter().map(|at| &catalogue.indicators[*at]) {
            let unit = catalogue.unit(&indicator.unit);
            let word = unit.map_or("", |unit| lang.pick(&unit.zh, &unit.en_many));
            let unit = json!({"label": word, "decimals": indicator.decimals, "code": indicator.unit});
            codes.push(indicator.code.as_str());
            labels.insert(indicator.code.clone(), indicator.name.get(lang).into());
            units.insert(indicator.code.clone(), unit);
        }
        json!({"index": codes, "label": labels, "unit": units})
    }

    /// The org units, with those below a unit as its children where both are there.
    fn org_units(&self, catalogue: &Catalogue, lang: Lang) -> Value {
        let (mut codes, mut labels, mut children) = (Vec::new(), Map::new(), Map::new());
        for unit in self.org_units.iter().map(|at| &catalogue.org_units.all()[*at]) {
            codes.push(unit.code.as_str());
            labels.insert(unit.code.clone(), unit.name.get(lang).into());
            if let Some(parent) = unit
                .parent
                .as_ref()
                .filter(|parent| self.codes[1].contains_key(*parent))
            {
                let below = children.entry(parent.clone()).or_insert_with(|| json!([]));
                if let Some(below) = below.as_array_mut() {
                    below.push(unit.code.as_str().into());
                }
            }
        }
        let mut category = json!({"index": codes, "label": labels});
        if !children.is_empty() {
            category["child"] = children.into();
        }
        category
    }

    fn periods(&self, lang: Lang) -> Value {
        let codes: Vec<String> = self.periods.iter().map(ToString::to_string).collect();
        let names = self
            .periods
            .iter()
            .map(|period| label::period(period, PeriodBasis::Stated, lang));
        let labels: Map<String, Value> = codes.iter().cloned().zip(names.map(Value::from)).collect();
        json!({"index": codes, "label": labels})
    }
}

type Cells<'a> = [(u64, &'a Observation)];

/// What makes the values true and has no place of its own. Each attribute lists the cells in which it is not as usual.
fn extension(cells: &Cells<'_>, cube: &Cube, catalogue: &Catalogue, about: About<'_>) -> String {
    let mut out = Object::new();
    out.field("dataset", &json!(about.version));
    let labels = |list: List| -> Map<String, Value> {
        let codes = list.codelist(catalogue).codes.into_iter();
        codes
            .map(|code| (code.id, code.name.get(about.lang).into()))
            .collect()
    };
    out.field("status", &json!({"label": labels(List::ObsStatus)}));
    let codes = json!({
        "qualifier": labels(List::Qualifier),
        "period_basis": labels(List::PeriodBasis),
        "origin": labels(List::Origin),
        "period_kind": labels(List::PeriodKind),
    });
    out.field("codes", &codes);
    let periods = cube
        .periods
        .iter()
        .map(|period| (period.to_string(), json!(period)));
    out.field("period", &Value::Object(periods.collect()));
    let sources: BTreeSet<&Source> = cells.iter().flat_map(|(_, one)| sources_of(one)).collect();
    let sources: Vec<&Source> = sources.into_iter().collect();
    out.field("sources", &json!(sources));
    out.raw("observation", &attributes(cells, &sources));
    out.finish().trim_end().to_owned()
}

fn sources_of(observation: &Observation) -> impl Iterator<Item = &Source> {
    std::iter::once(&observation.source).chain(observation.other_sources.named())
}

fn attributes(cells: &Cells<'_>, sources: &[&Source]) -> String {
    let mut out = Object::new();
    let mut each = |name: &str, of: &dyn Fn(&Observation) -> Option<String>| {
        out.sparse(
            name,
            cells.iter().filter_map(|(place, one)| Some((*place, of(one)?))),
        );
    };
    let number = |source: &Source| sources.binary_search(&source).unwrap_or_default();
    each("qualifier", &|one| {
        let qualifier = one.value?.qualifier();
        (qualifier != Qualifier::Exact).then(|| text(qualifier.code()))
    });
    each("slack", &|one| Some(own::stated_slack(one.value?)?.to_string()));
    each("denominator", &|one| {
        one.denominator.map(|denominator| denominator.to_string())
    });
    each("period_basis", &|one| {
        (one.period_basis != PeriodBasis::Stated).then(|| text(one.period_basis.code()))
    });
    each("origin", &|one| {
        (one.origin != Origin::Printed).then(|| text(one.origin.code()))
    });
    each("source", &|one| Some(number(&one.source).to_string()));
    each("other_sources", &|one| match one.other_sources.named() {
        [] => None,
        named => Some(json!(named.iter().map(number).collect::<Vec<_>>()).to_string()),
    });
    each("documents", &|one| {
        one.other_sources.count().map(|count| count.to_string())
    });
    each("comment", &|one| one.comment.as_deref().map(text));
    each("vintage", &|one| Some(one.vintage.to_string()));
    out.finish().trim_end().to_owned()
}
