//! Pages of the sample and of made-up series: what they say, and what they refuse to draw.

// Helpers of tests fail by panicking, as the tests themselves do.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use charts::page::{Page, render};
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::page::{PageRequest, page_data};
use data::{Dataset, Observation, ObservationStatus, ObservationValue, Origin, Period, Qualifier, read};

fn catalogue() -> Catalogue {
    Catalogue::read(BUILT_IN).0
}

fn sample() -> Vec<Observation> {
    let read = read::observations("yucheng-2022.csv", SAMPLE, &catalogue());
    read.observations
        .into_iter()
        .map(|(_, observation)| observation)
        .collect()
}

fn page_of(observations: Vec<Observation>, address: &str) -> Page {
    page_from(catalogue(), observations, address)
}

fn page_from(catalogue: Catalogue, observations: Vec<Observation>, address: &str) -> Page {
    let dataset = Dataset::new("1".into(), Arc::new(catalogue), observations);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let request = PageRequest::parse(path, query.split('&').filter_map(|pair| pair.split_once('=')));
    render(&request, &page_data(&dataset, &request))
}

/// A page where the definition of tax-paying firms is another from 2019 on.
fn page_with_change(observations: Vec<Observation>, address: &str) -> Page {
    let mut catalogue = catalogue();
    for indicator in &mut catalogue.indicators {
        if indicator.code == "taxpaying_firms" {
            indicator.definition_version = 2;
            indicator.definition_since = vec!["2019".parse().unwrap()];
        }
    }
    page_from(catalogue, observations, address)
}

fn page(address: &str) -> Page {
    page_of(sample(), address)
}

/// One indicator of Yucheng over the years: a value, or `None` for not reported.
fn years(indicator: &str, org_unit: &str, values: &[(i32, Option<i64>)]) -> Vec<Observation> {
    let template = sample().remove(0);
    let of = |(year, value): &(i32, Option<i64>)| {
        let mut observation = template.clone();
        observation.key.indicator = indicator.into();
        observation.key.org_unit = org_unit.into();
        observation.key.period = Period::Year { year: *year };
        observation.value = value.map(ObservationValue::exact);
        observation.status = if value.is_some() {
            ObservationStatus::A
        } else {
            ObservationStatus::O
        };
        observation
    };
    values.iter().map(of).collect()
}

#[test]
fn the_overview_says_in_one_sentence_what_changed_most() {
    assert!(page("/").main.contains("<h1>禹城市：五年纳税企业数增至三倍</h1>"));
    assert!(
        page("/?lang=en")
            .main
            .contains("<h1>Yucheng: tax-paying firms tripled in five years</h1>")
    );
}

#[test]
fn the_lead_has_the_numbers_and_never_says_that_it_grew_threefold_more() {
    let main = page("/").main;
    assert!(
        main.contains("纳税企业数由2,330增至<b>6,989家</b>，为5年前的3.00倍（+199.96%）。"),
        "{main}"
    );
    assert!(!main.contains("增长3倍") && !main.contains("增长三倍"));
}

#[test]
fn every_indicator_of_the_sample_is_on_the_overview_with_its_qualifier() {
    let main = page("/").main;
    for indicator in catalogue().indicators {
        assert!(main.contains(indicator.name.zh.as_str()), "{}", indicator.name.zh);
    }
    assert_eq!(main.matches("<article class=\"headline\">").count(), 51 + 3);
    assert!(main.contains(r#"<b>2000</b><span class="q">余</span>"#));
    assert!(main.contains(r#"<b>900</b><span class="q">多</span><span class="unit">万元</span>"#));
}

#[test]
fn figures_counted_from_lists_and_ambiguous_periods_are_marked() {
    let main = page("/").main;
    assert_eq!(main.matches("<span>据原文列名计数</span>").count(), 4);
    assert!(main.matches("<span>期间原文两可</span>").count() >= 7);
}

#[test]
fn what_has_another_period_stands_beside_the_axis_with_the_reason() {
    let main = page("/").main;
    assert!(main.contains("38期，近5年"), "{main}");
    assert!(main.contains("灰色各项期间不同或原文未注明，不与上列同轴。"));
}

#[test]
fn an_unstated_opening_is_a_from_to_chart_and_never_a_line() {
    let main = page("/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(main.contains(r#"id="from-to""#) && !main.contains(r#"id="over-time""#));
    assert!(main.contains("2,330") && main.contains("6,989家") && main.contains("<svg"));
    assert!(main.contains("起点日期原文未注明"));
}

#[test]
fn a_gap_is_a_gap_in_the_picture_and_a_reason_in_the_table() {
    let series = years(
        "taxpaying_firms",
        "371482",
        &[
            (2013, Some(310)),
            (2014, Some(350)),
            (2015, None),
            (2016, Some(500)),
            (2022, Some(890)),
        ],
    );
    let main = page_of(series, "/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(main.contains("<h1>禹城市九年纳税企业数增至近三倍</h1>"), "{main}");
    assert!(main.contains("断开处未报送，不等于零。"));
    assert!(main.contains(r#"<td class="v">未报送</td>"#));
}

#[test]
fn a_year_that_a_yearly_series_leaves_out_is_a_gap_too() {
    let series = years(
        "taxpaying_firms",
        "371482",
        &[(2013, Some(310)), (2014, Some(350)), (2016, Some(500))],
    );
    let main = page_of(series, "/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(
        main.contains(r#"<td class="v">未报送</td><td>2015年</td>"#),
        "{main}"
    );
    assert!(main.contains("2015 未报送"));
}

#[test]
fn a_sparkline_has_the_gap_that_the_line_chart_has() {
    let all = [
        (2013, Some(310)),
        (2014, Some(350)),
        (2015, Some(420)),
        (2016, Some(500)),
    ];
    let paths = |values: &[(i32, Option<i64>)]| {
        let main = page_of(years("taxpaying_firms", "371482", values), "/org-units/371482").main;
        main.matches("<polyline").count() + main.matches("<circle").count()
    };
    // Left out, 2015 leaves a point on its own behind the line, and its end is one more.
    let without = [all[0], all[1], all[3]];
    assert_eq!((paths(&all), paths(&without)), (2, 3));
}

#[test]
fn a_window_among_years_is_left_off_the_line_and_said() {
    let mut series = years(
        "taxpaying_firms",
        "371482",
        &[(2020, Some(10)), (2021, Some(20)), (2022, Some(30))],
    );
    let mut window = series[0].clone();
    window.key.period = "P5Y/2022-10-31".parse().unwrap();
    series.push(window);
    let main = page_of(series, "/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(main.contains("另有 1 项数据的期间不同，不能连成一线，见表格。"));
}

const FIVE_YEARS: [(i32, Option<i64>); 5] = [
    (2017, Some(300)),
    (2018, Some(310)),
    (2019, Some(620)),
    (2020, Some(640)),
    (2021, Some(680)),
];

#[test]
fn the_page_of_a_part_names_its_whole() {
    let html = page("/indicators/firms_tax_over_50m").main;
    assert!(html.contains("<dt>包含于</dt><dd>纳税企业数</dd>"), "{html}");
    assert!(!page("/indicators/taxpaying_firms").main.contains("包含于"));
}

#[test]
fn no_change_is_told_across_a_definition_and_picture_words_and_table_say_so() {
    let series = || years("taxpaying_firms", "371482", &FIVE_YEARS);
    let address = "/indicators/taxpaying_firms?org-unit=371482";
    let main = page_with_change(series(), address).main;
    assert!(main.contains("<h1>禹城市两年纳税企业数增长9.7%</h1>"), "{main}");
    assert!(main.contains("<p>2019年起定义变更，前后数字不可比。</p>"));
    assert!(main.contains(">2019年定义变更</text>"));
    assert!(main.contains("<small>第1版定义</small>") && main.contains("<small>第2版定义</small>"));
    assert!(main.contains("<dt>定义版本</dt><dd>第2版定义，2019年起</dd>"));
    let english = page_with_change(series(), &format!("{address}&lang=en")).main;
    assert!(
        english.contains("The definition changed from 2019 on: figures before and after are not comparable.")
    );
    assert!(english.contains(">definition changed 2019</text>"));
    assert!(
        page_of(series(), address).main.contains("纳税企业数增至"),
        "without a change it is one series"
    );
}

#[test]
fn a_figure_marked_as_a_break_breaks_the_series_too() {
    let mut series = years("taxpaying_firms", "371482", &FIVE_YEARS);
    series[2].status = ObservationStatus::B;
    let main = page_of(series, "/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(main.contains("<h1>禹城市两年纳税企业数增长9.7%</h1>"), "{main}");
    assert!(main.contains("2019年起序列中断，前后数字不可比。") && main.contains(">2019年序列中断</text>"));
    assert!(main.contains("<small>序列中断，与此前不可比</small>"));
}

#[test]
fn every_status_that_is_shown_has_its_word_beside_the_figure() {
    let check = |status: ObservationStatus, zh: &str, en: &str| {
        let mut series = years("taxpaying_firms", "371482", &[(2022, Some(5))]);
        series[0].status = status;
        for (address, word) in [("/org-units/371482", zh), ("/org-units/371482?lang=en", en)] {
            let main = page_of(series.clone(), address).main;
            assert!(main.contains(&format!("<small>{word}</small>")), "{main}");
        }
    };
    check(ObservationStatus::D, "口径不同", "another definition");
    check(ObservationStatus::U, "可靠性较低", "low reliability");
    check(
        ObservationStatus::B,
        "序列中断，与此前不可比",
        "break in series: not comparable with earlier figures",
    );
    check(ObservationStatus::V, "未经审核", "not yet validated");
}

/// Tax-paying firms of two neighbours in one year.
fn two_counties(neighbour: &str) -> Vec<Observation> {
    let of = |org_unit: &str, firms: i64| years("taxpaying_firms", org_unit, &[(2022, Some(firms))]);
    [of("371482", 700), of(neighbour, 300)].concat()
}

#[test]
fn the_page_of_an_indicator_says_its_title_once_and_what_is_drawn_below_it() {
    let series = years(
        "taxpaying_firms",
        "371482",
        &[(2020, Some(310)), (2021, Some(620))],
    );
    let lines = page_of(series, "/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(lines.contains("<h1>禹城市一年纳税企业数增至两倍</h1>"), "{lines}");
    assert!(lines.contains(">纳税企业数，2020–2021</h2><p class=\"sub\">单位：家</p>"));
    let from_to = page("/indicators/taxpaying_firms?org-unit=371482").main;
    assert!(
        from_to.contains(">纳税企业数，5年前 → 截至2022-10</h2>"),
        "{from_to}"
    );
    assert!(from_to.contains("单位：家；起点日期原文未注明"));
}

#[test]
fn a_single_figure_is_said_once_and_its_table_is_open() {
    let main = page("/indicators/party_members_covered?org-unit=371482").main;
    assert!(main.contains("<h1>禹城市民营企业党组织覆盖党员数2000余名</h1>"));
    assert_eq!(main.matches("2000余名").count(), 2, "{main}");
    assert!(main.contains("截至2022年10月31日；据中华工商时报，2022-10-31。"));
    assert!(!main.contains("<details class=\"data\">"));
}

#[test]
fn a_ranking_of_one_is_said_in_words_and_not_drawn() {
    let main = page("/indicators/taxpaying_firms?org-unit=371482").main;
    let ranking = main.split_once(r#"id="ranking""#).unwrap().1;
    assert!(
        ranking.contains("德州市下辖 12 个地区中只有禹城市报送此数，其余 11 个未报送。"),
        "{ranking}"
    );
    assert!(!ranking.contains("<svg") && ranking.contains("/org-units/371400"));
}

#[test]
fn a_ranking_says_how_many_have_not_reported() {
    let main = page_of(
        two_counties("371481"),
        "/indicators/taxpaying_firms?org-unit=371482",
    )
    .main;
    assert!(main.contains("禹城市在德州市居首，700家"), "{main}");
    assert!(main.contains("德州市下辖 12 个地区中 2 个有此数，其余未报送。"));
}

#[test]
fn a_ranking_names_a_leader_only_where_nobody_may_be_ahead() {
    let of = |unit: &str, number: i64, qualifier: Qualifier| {
        let mut figure = years("taxpaying_firms", unit, &[(2022, Some(number))]).remove(0);
        figure.value = ObservationValue::new(number.into(), qualifier).ok();
        figure
    };
    let check = |figures: [Observation; 3], title: &str| {
        let main = page_of(figures.into(), "/indicators/taxpaying_firms?org-unit=371482").main;
        assert!(main.contains(title), "{main}");
    };
    let (exact, about) = (Qualifier::Exact, Qualifier::About);
    check(
        [
            of("371482", 215, exact),
            of("371481", 200, about),
            of("371422", 185, exact),
        ],
        "德州市有2个地区并列第一，难分先后",
    );
    check(
        [
            of("371482", 240, exact),
            of("371481", 200, about),
            of("371422", 185, exact),
        ],
        "禹城市在德州市居首，240家",
    );
}

#[test]
fn a_unit_of_another_level_in_the_address_is_named_and_not_compared() {
    let series = [
        years(
            "taxpaying_firms",
            "371482",
            &[(2021, Some(300)), (2022, Some(310))],
        ),
        years(
            "taxpaying_firms",
            "371400",
            &[(2021, Some(3000)), (2022, Some(3100))],
        ),
    ];
    let address = "/indicators/taxpaying_firms?org-unit=371482&org-unit=371400";
    let main = page_of(series.concat(), address).main;
    assert!(
        main.contains("德州市与禹城市不是同一级地区，不能相比，未列入。"),
        "{main}"
    );
    assert!(!main.contains("3,100"), "{main}");
}

#[test]
fn a_prefecture_shows_who_has_reported_and_of_how_many_a_sum_is() {
    let page = page("/?org-unit=371400");
    assert!(page.main.contains("<h1>德州市：12 个下辖地区中 1 个已报送</h1>"));
    assert!(page.main.contains("<span>下级 12 个地区中 1 个合计</span>"));
    assert!(page.main.contains("只有禹城市报送") && page.main.contains("其余 11 个未报送，不等于零。"));
    assert!(
        page.main
            .contains(r#"<a href="/?org-unit=371482">禹城市的一年概览 →</a>"#)
    );
}

#[test]
fn a_prefecture_opens_with_its_most_prominent_figure_by_county() {
    let main = page_of(two_counties("371481"), "/?org-unit=371400").main;
    let below = main.split_once(r#"id="below""#).unwrap().1;
    assert!(
        below.contains("已报送的 2 个地区中，禹城市纳税企业数最多，700家"),
        "{main}"
    );
    assert!(below.contains("<svg") && below.contains("德州市 12 个地区中 2 个有此数，合计1,000家"));
    assert!(below.contains(r#"<a href="/?org-unit=371481">乐陵市</a>"#) && !below.contains("斜纹"));
}

#[test]
fn a_province_says_beside_each_bar_of_how_many_counties_it_is() {
    // Yucheng is in Dezhou; Lixia is in Jinan.
    let main = page_of(two_counties("370102"), "/?org-unit=370000").main;
    assert!(main.contains("700 · 1/12"), "{main}");
    assert!(main.contains("斜纹：下辖地区尚未报齐；1/12 即 12 个中 1 个。"));
}

#[test]
fn no_area_leads_where_the_figures_do_not_say_so_for_certain() {
    let mut figures = two_counties("371481");
    figures[1].value = ObservationValue::new(300.into(), data::Qualifier::MoreThan).ok();
    let main = page_of(figures, "/?org-unit=371400").main;
    assert!(
        main.contains("2 个地区报送了纳税企业数") && !main.contains("最多"),
        "{main}"
    );
}

#[test]
fn an_area_leads_only_before_every_other_and_not_just_before_the_next() {
    let mut figures = two_counties("371481");
    let mut third = figures[1].clone();
    figures[1].value = Some(ObservationValue::exact(650));
    third.key.org_unit = "371425".into();
    third.value = ObservationValue::new(600.into(), data::Qualifier::MoreThan).ok();
    figures.push(third);
    let main = page_of(figures, "/?org-unit=371400").main;
    assert!(
        main.contains("3 个地区报送了纳税企业数") && !main.contains("最多"),
        "{main}"
    );
}

#[test]
fn a_sum_says_how_many_documents_it_is_from_and_names_them_where_they_are_few() {
    let page = |documents: usize| {
        let units = ["371482", "371481", "371422", "371423"];
        let figures = units.iter().take(documents).map(|unit| {
            let mut figure = years("taxpaying_firms", unit, &[(2022, Some(5))]).remove(0);
            figure.source.document = format!("{unit}年报");
            figure
        });
        page_of(figures.collect(), "/?org-unit=371400").main
    };
    assert!(page(4).contains("<p>4份文件<br>"), "{}", page(4));
    assert!(page(2).contains("《371481年报》") && page(2).contains("《371482年报》"));
}

#[test]
fn the_heading_of_a_group_stands_in_the_cell_of_its_first_card() {
    let main = page("/").main;
    assert_eq!(main.matches(r#"<div class="first"><h2>"#).count(), 12, "{main}");
    assert_eq!(main.matches(r#"</h2><article class="headline">"#).count(), 12);
}

#[test]
fn a_missing_figure_has_no_change() {
    let series = years(
        "taxpaying_firms",
        "371482",
        &[(2020, Some(10)), (2021, Some(20)), (2022, None)],
    );
    let main = page_of(series, "/").main;
    let card = main.split_once(r#"<article class="headline">"#).unwrap().1;
    assert!(
        card.contains("未报送") && !card.contains(r#"class="change""#),
        "{card}"
    );
}

#[test]
fn an_empty_unit_and_an_unknown_one_have_pages_of_their_own() {
    for address in ["/?org-unit=371481", "/org-units/371481"] {
        let empty = page(address).main;
        assert!(empty.contains("<h1>乐陵市：尚未报送任何数据</h1>"), "{empty}");
        assert!(empty.contains("乐陵市的数据由乐陵市工商联每年报送。"));
        assert!(empty.contains("禹城市</a> <small>同级地区，53项数据</small>"));
    }
    let of_indicator = page("/indicators/taxpaying_firms?org-unit=371481").main;
    assert!(of_indicator.contains("<h1>乐陵市尚未报送纳税企业数</h1>"));
    assert!(page("/?org-unit=999999").main.contains("没有这个页面"));
    assert!(page("/indicators/nothing").main.contains("没有这个页面"));
}

#[test]
fn made_up_figures_are_marked_wherever_they_show() {
    let synthetic = |mut observation: Observation| {
        observation.origin = Origin::Synthetic;
        observation
    };
    let observations: Vec<Observation> = sample().into_iter().map(synthetic).collect();
    for address in [
        "/",
        "/?org-unit=371400",
        "/indicators/taxpaying_firms",
        "/org-units/371482",
    ] {
        let main = page_of(observations.clone(), address).main;
        assert!(main.contains("<span>合成数据，仅作示例</span>"), "{address}");
    }
}

#[test]
fn an_english_page_says_of_the_words_of_a_source_that_they_are_chinese() {
    let mut observations = sample();
    observations
        .iter_mut()
        .for_each(|o| o.comment = Some("含预计数".into()));
    let page = |address: &str| page_of(observations.clone(), address).main;
    let english = page("/?lang=en");
    // In the details of a headline with its comment, in the table and in the foot.
    assert!(english.contains(r#"<p><span lang="zh">《"#), "{english}");
    assert!(english.contains(r#"<br><span lang="zh">含预计数</span>"#));
    assert!(english.contains(r#"<td lang="zh">《"#));
    assert!(english.contains(r#"Source: <span lang="zh">中华工商时报, 2022-10-31</span>"#));
    assert!(page("/org-units/371482?lang=en").contains(r#"<td lang="zh">中华工商时报"#));
    assert!(!page("/").contains(r#"lang="zh""#) && !page("/org-units/371482").contains(r#"lang="zh""#));
}

#[test]
fn hostile_words_in_an_address_or_a_file_never_become_markup() {
    let mut observations = sample();
    for observation in &mut observations {
        observation.source.document = "<script>alert(1)</script>".into();
        observation.comment = Some("\"onload=\"x".into());
    }
    for address in [
        "/",
        "/org-units?q=<script>",
        "/indicators/taxpaying_firms?org-unit=<script>",
        "/<script>?<script>=1",
    ] {
        let page = page_of(observations.clone(), address);
        let html = page.header + &page.main + &page.footer;
        assert!(!html.contains("<script"), "{address}");
        assert!(!html.contains("\"onload"), "{address}");
    }
}

#[test]
fn the_style_sheet_turns_every_colour_of_a_picture_into_a_token() {
    let sheet = include_str!("../../../style/main.css");
    for color in charts::palette::ALL {
        let hex = charts::palette::hex(color);
        for attribute in ["fill", "stroke"] {
            assert!(
                sheet.contains(&format!(".chart [{attribute}=\"{hex}\"]")),
                "{attribute} {hex}"
            );
        }
    }
}
