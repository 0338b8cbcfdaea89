use std::io::{Cursor, Read};

use data::{
    Decimal, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, PeriodBasis,
    Qualifier, Source,
};
use zip::ZipArchive;

use super::plan::{Kind, RowName, plans};
use super::*;
use crate::store::tests::catalogue;

fn observation(indicator: &str, org_unit: &str, period: &str, value: Option<i64>) -> Observation {
    Observation {
        key: ObservationKey {
            indicator: indicator.into(),
            org_unit: org_unit.into(),
            period: period.parse().unwrap(),
        },
        value: value.map(ObservationValue::exact),
        denominator: None,
        status: value.map_or(ObservationStatus::O, |_| ObservationStatus::A),
        origin: Origin::Synthetic,
        period_basis: PeriodBasis::Stated,
        source: Source {
            document: "合成数据".into(),
            publisher: "测试".into(),
            published: "2026-01-31".parse().unwrap(),
            place: String::new(),
        },
        other_sources: OtherSources::None,
        comment: None,
        vintage: 1,
    }
}

fn firms(org_unit: &str, period: &str, value: i64) -> Observation {
    observation("taxpaying_firms", org_unit, period, Some(value))
}

fn download<'a>(catalogue: &'a Catalogue, observations: &'a [Observation]) -> Download<'a> {
    Download {
        title: Names::default(),
        lang: Lang::Zh,
        catalogue,
        version: "1",
        observations,
        notes: Vec::new(),
    }
}

/// The charts of figures, each as its kind, its rows and its series; or else the reasons.
fn check(observations: &[Observation], expected: &str) {
    let catalogue = catalogue();
    let (plans, reasons) = plans(&download(&catalogue, observations));
    let row = |row: &RowName| match row {
        RowName::Text(text) => text.clone(),
        RowName::Day(day) => day.to_string(),
    };
    let told: Vec<String> = plans
        .iter()
        .map(|plan| {
            let rows: Vec<String> = plan.rows.iter().map(row).collect();
            let series = plan.series.iter().map(|series| {
                let points = series.points.iter().map(|point| match point {
                    Some(point) => point.label.clone(),
                    None => "-".to_owned(),
                });
                format!("{} {}", series.name, points.collect::<Vec<_>>().join(" "))
            });
            let series: Vec<String> = series.collect();
            format!("{:?} {} | {}", plan.kind, rows.join(" "), series.join(" | "))
        })
        .collect();
    let told = if told.is_empty() { reasons } else { told };
    assert_eq!(told.join("\n"), expected);
}

#[test]
fn a_year_without_a_figure_is_a_gap() {
    let years = [("2019", 4), ("2020", 5), ("2022", 7)];
    check(
        &years.map(|(year, value)| firms("371482", year, value)),
        "Years 2019 2020 2021 2022 | 禹城市 4 5 - 7",
    );
}

#[test]
fn days_stand_where_they_lie_in_time() {
    let days = [("@2019-12-31", 4), ("@2022-10-31", 7)];
    check(
        &days.map(|(day, value)| firms("371482", day, value)),
        "Days 2019-12-31 2022-10-31 | 禹城市 4 7",
    );
}

#[test]
fn what_may_not_be_joined_is_in_no_chart() {
    let reason = |words: &str| format!("没有图的指标（{words}）：纳税企业数。");
    check(
        &[firms("371482", "2022", 4), firms("371482", "P5Y/2022", 7)],
        &reason("期间不是一类，不能连线，也不能放在同一坐标轴上"),
    );
    check(
        &[
            firms("371482", "@2022-10-31-P5Y", 4),
            firms("371482", "@2022-10-31", 7),
        ],
        &reason("期初数没有注明日期，不能连线"),
    );
    check(&[firms("371482", "2022", 4)], &reason("只有一个数字或没有数字"));
    let unstated = Observation {
        period_basis: PeriodBasis::Unstated,
        ..firms("371482", "2021", 4)
    };
    check(
        &[unstated, firms("371482", "2022", 4)],
        &reason("有数字没有注明期间"),
    );
    check(
        &[firms("371482", "2022", 4), firms("371400", "2022", 9)],
        &reason("序列中断或地区不是同一级，不能相比"),
    );
}

#[test]
fn a_line_ends_where_its_series_breaks() {
    let mut years = [2019, 2020, 2021, 2022].map(|year| firms("371482", &year.to_string(), 4));
    years[2].status = ObservationStatus::B;
    check(
        &years,
        "Years 2019 2020 2021 2022 | 禹城市 4 4 - - | 禹城市（2021年序列中断） - - 4 4",
    );
}

#[test]
fn units_of_one_level_in_one_period_are_bars() {
    check(
        &[
            firms("371482", "2022", 4),
            firms("371425", "2022", 5),
            firms("371400", "2022", 9),
            firms("371426", "2021", 9),
        ],
        "Bars 齐河县 禹城市 | 2022年 5 4",
    );
}

#[test]
fn indicators_that_count_one_kind_of_thing_are_bars_of_one_unit() {
    check(
        &[
            observation("training_sessions", "371482", "2022", Some(4)),
            observation("firm_support_activities", "371482", "2022", Some(5)),
            observation("donations_total", "371482", "2022", Some(6)),
        ],
        "Bars 助企活动场次 培训场次 | 2022年 5 4",
    );
}

/// A file inside a workbook or an archive.
fn file(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn hostile() -> Observation {
    let text = "=HYPERLINK(\"http://evil\")";
    Observation {
        value: ObservationValue::new("-12345.5".parse().unwrap(), Qualifier::Exact).ok(),
        comment: Some(text.into()),
        source: Source {
            document: text.into(),
            publisher: "@SUM(A1)".into(),
            place: "+1".into(),
            ..firms("371482", "2022", 1).source
        },
        ..observation("donations_total", "371482", "2022", Some(1))
    }
}

#[test]
fn no_text_becomes_a_formula_and_a_negative_number_stays_one() {
    let catalogue = catalogue();
    let observations = [hostile()];
    let download = download(&catalogue, &observations);
    let written = workbook(&download).unwrap();
    let sheet = file(&written, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
    assert!(sheet.contains("<v>-12345.5</v>"), "{sheet}");
    let csv = file(&archive(&download).unwrap(), "data.csv");
    for cell in [",-12345.5,", ",\"'=HYPERLINK(", ",'@SUM(A1),", ",'+1,"] {
        assert!(csv.contains(cell), "{cell}: {csv}");
    }
}

#[test]
fn a_number_that_no_double_holds_is_a_text_with_every_digit() {
    let catalogue = catalogue();
    let exact = Decimal::from(1_234_567_890_123_456_789);
    let value = ObservationValue::new(exact, Qualifier::Exact).ok();
    let observations = [Observation {
        value,
        ..observation("donations_total", "371482", "2022", Some(1))
    }];
    let written = workbook(&download(&catalogue, &observations)).unwrap();
    let texts = file(&written, "xl/sharedStrings.xml");
    assert!(texts.contains("<t>1234567890123456789</t>"), "{texts}");
}

#[test]
fn the_same_download_is_the_same_bytes() {
    let catalogue = catalogue();
    let observations = [firms("371482", "2021", 3), firms("371482", "2022", 4), hostile()];
    let download = download(&catalogue, &observations);
    assert!(workbook(&download).unwrap() == workbook(&download).unwrap());
    assert!(archive(&download).unwrap() == archive(&download).unwrap());
}

#[test]
fn a_text_that_no_cell_holds_says_that_it_goes_on() {
    let long = "长".repeat(40_000);
    let kept = shortened(&long);
    assert_eq!(kept.encode_utf16().count(), 32_767);
    assert!(kept.ends_with("CSV）"), "{}", &kept[kept.len() - 60..]);
    assert_eq!(shortened("短"), "短");
}

#[test]
fn every_kind_of_chart_has_an_axis_that_is_its_own() {
    let kinds = [Kind::Years, Kind::Days, Kind::Bars];
    let catalogue = catalogue();
    for (kind, periods) in
        kinds
            .into_iter()
            .zip([["2021", "2022"], ["@2019-12-31", "@2022-10-31"], ["2022", "2022"]])
    {
        let units = if kind == Kind::Bars {
            ["371482", "371425"]
        } else {
            ["371482", "371482"]
        };
        let observations: Vec<Observation> = units
            .iter()
            .zip(periods)
            .map(|(unit, period)| firms(unit, period, 4))
            .collect();
        let written = workbook(&download(&catalogue, &observations)).unwrap();
        let chart = file(&written, "xl/charts/chart1.xml");
        let axis = match kind {
            Kind::Days => "<c:dateAx>",
            _ => "<c:catAx>",
        };
        assert!(chart.contains(axis), "{kind:?}: {chart}");
        assert!(
            chart.contains(r#"<c:dispBlanksAs val="gap"/>"#),
            "{kind:?}: {chart}"
        );
    }
}
