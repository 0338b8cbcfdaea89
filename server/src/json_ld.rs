//! What the figures of a page are, for search engines: a `Dataset` of schema.org, small, inside the page.
//!
//! It says no licence: those who report their figures have not named one.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use data::definitions::Catalogue;
use data::page::{PageData, PageRequest, Place};
use data::{AsOf, Indicator, Lang, MOST_NAMED, Observation, OrgUnit, PartialDate, Period};
use serde_json::{Value, json};

use crate::http::published::Published;

/// The element that describes the figures of a page; nothing where a page has none.
pub fn element(request: &PageRequest, page: &PageData, published: &Published) -> String {
    // JSON that is opened inside a page ends at `</script`, whatever it stands in.
    let text = described(request, page, published).map(|value| value.to_string().replace('<', "\\u003c"));
    text.map(|text| format!("<script type=\"application/ld+json\">{text}</script>"))
        .unwrap_or_default()
}

fn described(request: &PageRequest, page: &PageData, published: &Published) -> Option<Value> {
    let (lang, dataset) = (request.lang, &published.dataset);
    let (figures, name, description) = match page {
        PageData::Overview(data) => (&data.observations, of_unit(&data.unit.org_unit, lang), None),
        PageData::OrgUnit(data) => (&data.observations, of_unit(&data.unit.org_unit, lang), None),
        PageData::Indicator(data) => {
            let indicator = &data.detail.indicator;
            let name = indicator.name.get(lang).to_owned();
            (&data.observations, name, Some(indicator.definition.get(lang)))
        }
        _ => return None,
    };
    let all = figures.observations.as_slice();
    if all.is_empty() {
        return None;
    }
    let words = lang.words();
    let name = match dataset.is_synthetic() {
        true => match lang {
            Lang::Zh => format!("{name}（{}）", words.synthetic),
            Lang::En => format!("{name} ({})", words.synthetic),
        },
        false => name,
    };
    let about = || format!("{name}{}{}", lang.pick("。", ". "), words.about_data);
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description.map_or_else(about, str::to_owned),
        "url": format!("{}{}", published.origin, request.href()),
        "inLanguage": lang.tag(),
        "version": dataset.version,
        "isAccessibleForFree": true,
        "variableMeasured": variables(all, &dataset.catalogue, lang),
        "spatialCoverage": places(all, &dataset.catalogue, lang),
        "isBasedOn": sources(all),
        "distribution": distribution(request, page, &published.origin),
    });
    if let Some(day) = dataset
        .published_at
        .as_deref()
        .and_then(|at| at.split('T').next())
    {
        value["dateModified"] = day.into();
    }
    if let Some(coverage) = coverage(all) {
        value["temporalCoverage"] = coverage.into();
    }
    Some(value)
}

fn of_unit(unit: &OrgUnit, lang: Lang) -> String {
    let name = unit.name.get(lang);
    match lang {
        Lang::Zh => format!("{name}工商联年报数据"),
        Lang::En => format!("Figures reported by the federation of industry and commerce of {name}"),
    }
}

/// The indicators, each with its unit. Most pages have the catalogue as a whole and leave it out beside their figures.
fn variables(all: &[Observation], catalogue: &Catalogue, lang: Lang) -> Vec<Value> {
    let codes: BTreeSet<&str> = all.iter().map(|one| one.key.indicator.as_str()).collect();
    let indicators = catalogue.indicators.iter();
    let indicators = indicators.filter(|indicator| codes.contains(indicator.code.as_str()));
    let variable = |indicator: &Indicator| {
        let unit = catalogue.unit(&indicator.unit);
        let unit = unit.map_or("", |unit| lang.pick(&unit.zh, &unit.en_many));
        json!({"@type": "PropertyValue", "name": indicator.name.get(lang), "unitText": unit})
    };
    indicators.map(variable).collect()
}

fn places(all: &[Observation], catalogue: &Catalogue, lang: Lang) -> Vec<Value> {
    let codes: BTreeSet<&str> = all.iter().map(|one| one.key.org_unit.as_str()).collect();
    let units = codes.iter().filter_map(|code| catalogue.org_units.get(code));
    let place = |unit: &OrgUnit| json!({"@type": "AdministrativeArea", "name": unit.name.get(lang), "identifier": unit.code});
    units.map(place).collect()
}

/// The documents that the figures are from, the first few: the downloads name all.
fn sources(all: &[Observation]) -> Vec<Value> {
    let documents: BTreeSet<_> = all
        .iter()
        .map(|one| (&one.source.document, &one.source.publisher, one.source.published))
        .collect();
    let documents = documents.into_iter().take(MOST_NAMED);
    documents
        .map(|(document, publisher, published)| {
            json!({
                "@type": "CreativeWork",
                "name": document,
                "publisher": {"@type": "Organization", "name": publisher},
                "datePublished": published.to_string(),
            })
        })
        .collect()
}

/// From the first day that a figure speaks of to the last, as far as the sources state them.
fn coverage(all: &[Observation]) -> Option<String> {
    let bounds = all.iter().filter_map(|one| {
        let end = one.key.period.position()?;
        let begin = match one.key.period {
            Period::Year { .. } | Period::YearToDate { .. } => first_of_year(end),
            Period::Window { start, .. } => start.map(PartialDate::first_day),
            // A month is as good as its first day.
            period => period.end().map(PartialDate::first_day),
        };
        Some((begin.unwrap_or(end), end))
    });
    let (begins, ends): (Vec<_>, Vec<_>) = bounds.unzip();
    let (begin, end) = (begins.into_iter().min()?, ends.into_iter().max()?);
    Some(match begin == end {
        true => end.to_string(),
        false => format!("{begin}/{end}"),
    })
}

fn first_of_year(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), 1, 1)
}

/// The same figures in each format.
fn distribution(request: &PageRequest, page: &PageData, origin: &str) -> Vec<Value> {
    let mut asks: Vec<String> = Vec::new();
    match (&request.place, page) {
        (Place::Indicator { code, .. }, PageData::Indicator(data)) => {
            asks.push(format!("indicator={code}"));
            asks.extend(data.compared.iter().map(|unit| format!("org-unit={}", unit.code)));
        }
        (_, PageData::Overview(data)) => asks.push(format!("org-unit={}", data.unit.org_unit.code)),
        (_, PageData::OrgUnit(data)) => asks.push(format!("org-unit={}", data.unit.org_unit.code)),
        _ => {}
    }
    asks.extend(request.as_of.map(|as_of| format!("{}={as_of}", AsOf::PARAMETER)));
    let asks = asks.join("&");
    let formats = [
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("json-stat", "application/json"),
        ("sdmx.csv", "application/vnd.sdmx.data+csv"),
    ];
    let each = formats.map(|(ending, media_type)| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": media_type,
            "contentUrl": format!("{origin}/api/v1/observations.{ending}?{asks}"),
        })
    });
    each.into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use data::Dataset;
    use data::page::page_data;

    use super::*;
    use crate::http::assets::Assets;
    use crate::store::tests::{catalogue, sample};

    fn shown(dataset: Dataset, path: &str) -> Option<Value> {
        let published = Published::new(Arc::new(dataset), "", Arc::new(Assets::embedded().unwrap()));
        let published = published.reached_at("https://figures.example".into());
        let request = PageRequest::parse(path, [("lang", "en")]);
        let element = element(&request, &page_data(&published.dataset, &request), &published);
        let inside = element.strip_prefix("<script type=\"application/ld+json\">")?;
        let inside = inside.strip_suffix("</script>")?;
        assert!(!inside.contains('<'), "{inside}");
        serde_json::from_str(inside).ok()
    }

    fn dataset() -> Dataset {
        let mut dataset = Dataset::new("1-a".into(), catalogue(), sample());
        dataset.published_at = Some("2022-11-01T08:00:00Z".into());
        dataset
    }

    #[test]
    fn a_page_with_figures_says_what_they_are() {
        let value = shown(dataset(), "/indicators/taxpaying_firms").unwrap();
        assert_eq!(value["name"], "Tax-paying firms");
        assert_eq!(value["variableMeasured"][0]["unitText"], "firms");
        assert_eq!(value["spatialCoverage"][0]["identifier"], "371482");
        assert_eq!(value["dateModified"], "2022-11-01");
        assert_eq!(value["temporalCoverage"], "2022-10-31");
        assert_eq!(value["isBasedOn"][0]["datePublished"], "2022-10-31");
        let address =
            "https://figures.example/api/v1/observations.csv?indicator=taxpaying_firms&org-unit=371482";
        assert_eq!(value["distribution"][0]["contentUrl"], address);
        let unit = shown(dataset(), "/org-units/371482").unwrap();
        let variables = unit["variableMeasured"].as_array().unwrap();
        let is_whole = |one: &Value| one["name"] != "" && one["unitText"] != "";
        assert!(
            variables.len() > 40 && variables.iter().all(is_whole),
            "{variables:?}"
        );
        assert_eq!(unit["temporalCoverage"], "2021-04-01/2022-12-31");
    }

    #[test]
    fn made_up_figures_are_called_so_in_the_marks_of_the_language() {
        let mut figures = sample();
        figures[0].origin = data::Origin::Synthetic;
        let dataset = Dataset::new("1".into(), catalogue(), figures);
        let value = shown(dataset, "/indicators/taxpaying_firms").unwrap();
        let expected = format!("Tax-paying firms ({})", Lang::En.words().synthetic);
        assert_eq!(value["name"], expected);
    }

    #[test]
    fn a_page_without_figures_says_nothing() {
        for path in ["/org-units", "/org-units/110000", "/nowhere", "/indicators"] {
            assert_eq!(shown(dataset(), path), None, "{path}");
        }
    }

    #[test]
    fn no_text_of_a_source_leaves_its_place() {
        let mut figures = sample();
        for figure in &mut figures {
            figure.source.document = "</script><script>alert(1)</script><!--".into();
        }
        let dataset = Dataset::new("1".into(), catalogue(), figures);
        let value = shown(dataset, "/org-units/371482").unwrap();
        assert_eq!(
            value["isBasedOn"][0]["name"],
            "</script><script>alert(1)</script><!--"
        );
    }
}
