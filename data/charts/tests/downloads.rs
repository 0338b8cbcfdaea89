//! From every chart and table of a page its figures can be had as files.

// Helpers of tests fail by panicking, as the tests themselves do.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use charts::build::{asked, context};
use charts::page::render;
use data::Dataset;
use data::chart::{ChartFormat, ChartKind, ChartRequest, chart_data};
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::page::{PageRequest, page_data};

/// The sample, which is also that of a neighbour.
fn dataset() -> Dataset {
    let (catalogue, _) = Catalogue::read(BUILT_IN);
    let read = data::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
    let own: Vec<_> = read.observations.into_iter().map(|(_, o)| o).collect();
    let mut beside = own.clone();
    for observation in &mut beside {
        observation.key.org_unit = "371425".into();
    }
    Dataset::new("1".into(), Arc::new(catalogue), [own, beside].concat())
}

fn pairs(address: &str) -> (&str, impl Iterator<Item = (&str, &str)>) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    (path, query.split('&').filter_map(|pair| pair.split_once('=')))
}

/// The page at an address over them.
fn page(address: &str) -> String {
    let (path, pairs) = pairs(address);
    let request = PageRequest::parse(path, pairs);
    render(&request, &page_data(&dataset(), &request)).main
}

/// The addresses of files on a page, menu by menu.
fn files(address: &str) -> Vec<Vec<String>> {
    let page = page(address);
    let menus = page.split(r#"<details class="menu">"#).skip(1);
    let of_menu = |menu: &str| {
        let menu = menu.split("</details>").next().unwrap().to_owned();
        let links = menu
            .split(r#"href=""#)
            .skip(1)
            .map(|link| link.split('"').next().unwrap().to_owned());
        links
            .map(|link| link.replace("&amp;", "&").replace("/api/v1/", ""))
            .collect()
    };
    menus.map(of_menu).collect()
}

fn check(address: &str, menu: usize, expected: &[&str]) {
    assert_eq!(files(address)[menu], expected, "{address}");
}

#[test]
fn every_figure_of_a_page_has_its_files() {
    for address in [
        "/",
        "/?org-unit=371482",
        "/?org-unit=371400",
        "/indicators/taxpaying_firms?org-unit=371482",
        "/org-units/371482",
    ] {
        let page = page(address);
        let figures = page.matches("<figure").count() + page.matches("small-multiples").count();
        let menus = files(address);
        assert!(
            figures > 0 && menus.len() >= figures,
            "{address}: {figures} {menus:?}"
        );
        let has_json = menus.iter().filter(|menu| {
            menu.iter()
                .any(|link| link.contains("observations.json") || link.contains("roll-ups"))
        });
        assert!(has_json.count() >= figures, "{address}: {menus:?}");
    }
}

#[test]
fn files_are_of_the_units_the_state_and_the_language_of_the_page() {
    check(
        "/indicators/taxpaying_firms?org-unit=371482&org-unit=371425&as-of=3&lang=en",
        0,
        &[
            "/charts/from-to.png?indicator=taxpaying_firms&org-unit=371482&org-unit=371425&as-of=3&lang=en&scale=2",
            "/charts/from-to.svg?indicator=taxpaying_firms&org-unit=371482&org-unit=371425&as-of=3&lang=en",
            "observations.csv?indicator=taxpaying_firms&org-unit=371482&org-unit=371425&as-of=3",
            "observations.xlsx?indicator=taxpaying_firms&org-unit=371482&org-unit=371425&as-of=3&lang=en",
            "observations.json?indicator=taxpaying_firms&org-unit=371482&org-unit=371425&as-of=3",
        ],
    );
}

#[test]
fn a_unit_offers_its_years_whole() {
    let own = files("/org-units/371482");
    assert_eq!(
        own[0][..3],
        [
            "observations.csv?org-unit=371482",
            "observations.xlsx?org-unit=371482",
            "observations.json?org-unit=371482"
        ]
    );
    assert!(
        own[0].contains(&"org-units/371482/2022.zip".to_owned()),
        "{own:?}"
    );
    let prefecture = files("/?org-unit=371400&as-of=2");
    let last = prefecture.last().unwrap();
    assert!(
        last.contains(&"org-units/371400/2022.xlsx?as-of=2".to_owned()),
        "{prefecture:?}"
    );
}

#[test]
fn a_ranking_is_handed_out_with_the_units_and_the_year_it_ranks() {
    let ranking = &files("/indicators/taxpaying_firms?org-unit=371482")[1][2];
    assert!(
        ranking.ends_with("&start-period=2022&end-period=2022"),
        "{ranking}"
    );
    assert!(
        ranking.contains("org-unit=371425") && ranking.contains("org-unit=371482"),
        "{ranking}"
    );
}

#[test]
fn the_chart_of_every_figure_is_drawn_at_its_own_address() {
    for address in [
        "/?org-unit=371482",
        "/?org-unit=371400&lang=en",
        "/indicators/taxpaying_firms?org-unit=371482&org-unit=371425",
    ] {
        let charts: Vec<String> = files(address)
            .into_iter()
            .flatten()
            .filter(|link| link.contains(".svg?"))
            .collect();
        assert!(!charts.is_empty(), "{address}");
        for chart in charts {
            let (path, pairs) = pairs(chart.trim_start_matches("/charts/"));
            let kind = ChartKind::from_name(ChartFormat::split(path).0).unwrap();
            let request = ChartRequest::parse(kind, pairs).unwrap();
            let data = chart_data(&dataset(), &request).unwrap();
            let figure = asked(&context(&request, &data), &request, &data);
            assert!(figure.chart.is_some(), "{chart}");
        }
    }
}
