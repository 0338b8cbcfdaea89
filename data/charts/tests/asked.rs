//! Charts as their addresses ask for them, from the figures of the sample.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use charts::build::{asked, context};
use charts::embed::embed;
use charts::figure::Figure;
use charts::poster::{Poster, poster};
use data::chart::{ChartKind, ChartRequest, chart_data};
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::{Dataset, DatasetBuilder};

fn sample() -> Dataset {
    let (catalogue, _) = Catalogue::read(BUILT_IN);
    let read = data::read::observations("sample", SAMPLE, &catalogue);
    let mut builder = DatasetBuilder::new(Arc::new(catalogue));
    for (_, observation) in read.observations {
        builder.push_observation(observation);
    }
    builder.build("1-sample".to_owned())
}

fn request(address: &str) -> ChartRequest {
    let (kind, query) = address.split_once('?').unwrap();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    ChartRequest::parse(ChartKind::from_name(kind).unwrap(), pairs).unwrap()
}

fn figure(address: &str) -> Figure {
    let request = request(address);
    let data = chart_data(&sample(), &request).unwrap();
    asked(&context(&request, &data), &request, &data)
}

fn picture(address: &str) -> Poster {
    let request = request(address);
    let data = chart_data(&sample(), &request).unwrap();
    let context = context(&request, &data);
    let figure = asked(&context, &request, &data);
    poster(&context, &figure, &request.look, "工商联·年报")
}

#[test]
fn a_chart_says_in_its_title_what_it_shows() {
    let check = |address: &str, expected: &str| assert_eq!(figure(address).title, expected, "{address}");
    check(
        "from-to?indicator=taxpaying_firms&org-unit=371482",
        "禹城市五年纳税企业数增至三倍",
    );
    check(
        "from-to?org-unit=371482&lang=en",
        "Yucheng: tax-paying firms tripled; firms paying over CNY 50 million in tax doubled",
    );
    check("bar?org-unit=371482", "禹城市：暖企活动场次最多，30余场次");
}

#[test]
fn what_may_not_stand_on_one_axis_is_shown_as_figures_with_the_reason() {
    let check = |address: &str, expected: &str| {
        let figure = figure(address);
        assert!(figure.chart.is_none(), "{address}");
        assert_eq!(figure.notes[0], expected, "{address}");
        assert!(!figure.table.rows.is_empty(), "{address}");
    };
    check(
        "line?indicator=taxpaying_firms&org-unit=371482",
        "期初的日期原文未注明，在时间轴上没有位置，不能连成线。",
    );
    check(
        "bar?org-unit=371482&indicator=taxpaying_firms&indicator=donations_total",
        "单位不同（家、元），不能画在一条轴上。",
    );
    check(
        "bar?org-unit=371482&indicator=donations_total&indicator=donations_epidemic",
        "期间不同（近5年、2022年1–10月），不能画在一条轴上。",
    );
}

#[test]
fn a_chart_of_nothing_says_that_nothing_was_reported() {
    let figure = figure("line?indicator=taxpaying_firms&org-unit=371481");
    assert!(figure.title.contains("未报送"), "{}", figure.title);
    assert!(figure.chart.is_none());
}

#[test]
fn what_is_not_there_is_not_always_unreported() {
    let check = |address: &str, expected: &str| {
        let figure = figure(address);
        assert!(
            figure.chart.is_none() && !figure.title.contains("未报送"),
            "{}",
            figure.title
        );
        assert_eq!(figure.notes[0], expected, "{address}");
    };
    check(
        "below?indicator=taxpaying_firms&org-unit=371482",
        "禹城市没有下级地区。",
    );
    check(
        "below?indicator=taxpaying_firms&org-unit=371400",
        "德州市的下级地区中有此数的不足两个，无从比较。",
    );
    check(
        "ranking?indicator=taxpaying_firms&org-unit=100000",
        "中国没有可与之相比的同级地区。",
    );
    check(
        "from-to?indicator=taxpaying_firms&org-unit=371482&year=1990",
        "所选的时间里没有数据；另有 2 项在此之外。",
    );
}

#[test]
fn a_picture_is_as_large_as_it_was_asked_for() {
    let check = |look: &str| {
        for chart in [
            "from-to?org-unit=371482",
            "bar?org-unit=371482",
            "line?indicator=taxpaying_firms&org-unit=371482",
        ] {
            let request = request(&format!("{chart}&{look}"));
            let made = picture(&format!("{chart}&{look}"));
            assert_eq!(made.width, request.look.width, "{chart} {look}");
            assert_eq!(
                made.height,
                request.look.height.unwrap_or(made.height),
                "{chart} {look}"
            );
        }
    };
    for look in [
        "width=800",
        "width=240",
        "width=800&height=450",
        "width=3840&height=160",
        "width=240&height=3840",
    ] {
        check(look);
    }
}

#[test]
fn dark_pictures_have_the_colours_of_the_dark_sheet() {
    let sheet = include_str!("../../../style/main.css");
    let dark = &sheet[sheet.find(":root[data-theme=\"dark\"]").unwrap()..];
    for (light, dark_color) in charts::palette::ALL.iter().zip(charts::palette::DARK) {
        let rule = format!("[fill=\"{}\"] {{ fill: var(--", charts::palette::hex(*light));
        let at = sheet.find(&rule).unwrap() + rule.len();
        let token = sheet[at..].split(')').next().unwrap();
        let value = dark.split(&format!("--{token}: ")).nth(1).unwrap();
        let expected = charts::palette::hex(dark_color).to_lowercase();
        assert!(value.starts_with(&expected), "{token}");
    }
}

#[test]
fn only_colours_of_the_light_theme_turn_dark() {
    let dark = charts::palette::darkened("<a fill=\"#FFFFFF\" b=\"#FFFFF\" c=\"url(#FFFFFF)\">#FFFFFF \"#");
    assert_eq!(
        dark,
        "<a fill=\"#1A1F28\" b=\"#FFFFF\" c=\"url(#FFFFFF)\">#FFFFFF \"#"
    );
}

/// The embed and the picture of a chart of the sample whose unit is called otherwise.
fn renamed(name: &str, query: &str) -> (String, String) {
    let request = request(&format!("bar?org-unit=371482&{query}"));
    let mut data = chart_data(&sample(), &request).unwrap();
    data.org_units[0].name.zh = name.to_owned();
    data.indicators[0].name.zh = name.to_owned();
    let context = context(&request, &data);
    let figure = asked(&context, &request, &data);
    let made = poster(&context, &figure, &request.look, name);
    (made.svg, embed(&context, &figure, request.look.width, None).html)
}

#[test]
fn no_name_leaves_its_place_in_a_picture_or_an_embed() {
    let long = "县".repeat(2000);
    let zalgo = "h\u{300}\u{301}\u{302}\u{303}".repeat(200);
    for name in [
        "<script>alert(1)</script>",
        "\"onload=\"alert(1)",
        "']]>--><svg onload=alert(1)>",
        "\u{202E}\u{2066}禹城\u{0}\u{8}\u{FFFF}",
        "&amp;&#0;",
        "",
        &long,
        &zalgo,
    ] {
        for query in [
            "width=240",
            "width=800&height=450&theme=dark",
            "width=3840&height=160",
        ] {
            let (svg, html) = renamed(name, query);
            let parsed = roxmltree::Document::parse(&svg).unwrap();
            let names = parsed.descendants().filter(roxmltree::Node::is_element);
            assert!(names.into_iter().all(|node| {
                node.tag_name().name() != "script" && node.attributes().all(|a| !a.name().starts_with("on"))
            }));
            assert!(!html.contains("<script") && !html.contains("\"onload"), "{name}");
            assert!(svg.len() < 20_000, "{name} {query}: {}", svg.len());
        }
    }
}
