//! Whatever is shown, no words overlap, none leaves the picture, and every mark is in it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "the pictures use what this does not")]
mod samples;

use charts::chart::*;
use charts::frame::{self, Scene};
use data::Lang::{self, En, Zh};
use data::{Decimal, ObservationValue, Qualifier};
use proptest::prelude::*;
use samples::*;

/// Fails where two texts overlap, one leaves the picture, or a mark does.
fn check(body: Body, lang: Lang, width: u32) -> Result<Scene, TestCaseError> {
    let scene = frame::layout(&chart(lang, "", body), width);
    let (right, bottom) = (f64::from(scene.width) + 0.01, f64::from(scene.height) + 0.01);
    let boxes: Vec<_> = scene
        .texts
        .iter()
        .map(|text| (text.bounds(), &text.text))
        .collect();
    for (index, (bounds, text)) in boxes.iter().enumerate() {
        let inside =
            bounds.x >= -0.01 && bounds.y >= -0.01 && bounds.right() <= right && bounds.bottom() <= bottom;
        prop_assert!(inside, "{text:?} leaves {width} × {}: {bounds:?}", scene.height);
        for (other, words) in &boxes[index + 1..] {
            prop_assert!(
                !bounds.overlaps(other),
                "{text:?} {bounds:?} overlaps {words:?} {other:?}"
            );
        }
    }
    for mark in &scene.marks {
        let (far, low) = (mark.x + mark.width as i32, mark.y + mark.height as i32);
        // A point on the edge of the plot reaches over it by its own radius.
        let inside =
            mark.x >= -8 && mark.y >= -8 && far <= width as i32 + 8 && low <= scene.height as i32 + 8;
        prop_assert!(inside, "{mark:?} leaves {width} × {}", scene.height);
    }
    Ok(scene)
}

/// The longest values of a column of a definitions file, in both languages.
fn longest(file: &str) -> Vec<(String, String)> {
    let path = format!("{}/../definitions/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut names: Vec<(String, String)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line
                .split(',')
                .skip(1)
                .map(|cell| cell.trim_matches('"').to_owned());
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    names.sort_by_key(|(zh, en)| std::cmp::Reverse(zh.chars().count() * 2 + en.len()));
    names.truncate(8);
    names
}

fn every_kind(names: &[String], lang: Lang) -> Vec<Body> {
    let values = [Some(12_345), None, Some(23_456), Some(99_999)];
    let lines = names.iter().map(|name| LineSeries {
        label: name.clone(),
        ..series(lang, "", 2019, &values)
    });
    let bars = names.iter().enumerate().map(|(row, name)| Bar {
        rank: Some(row as u32 + 98),
        ..exact_bar(name, 1_234_567 * (row as i64 + 1), row)
    });
    let aside = names.iter().map(|name| Aside {
        label: name.clone(),
        text: name.repeat(3),
        row: 9,
    });
    let pairs = names.iter().map(|name| {
        let unit = lang.pick("123,456,789 万元", "1,234,567,890 thousand yuan");
        pair(name, end("5", unit, name, 0), end("6", unit, "2022", 1), name)
    });
    vec![
        line(lang, lines.collect()),
        Body::Bar(BarChart {
            bars: bars.collect(),
            aside: aside.take(2).collect(),
        }),
        Body::FromTo(FromToChart {
            pairs: pairs.collect(),
            axis: axis(lang, 0),
        }),
    ]
}

#[test]
fn the_longest_names_fit_at_every_width() {
    for file in ["org_units.csv", "indicators.csv"] {
        let names = longest(file);
        let zh: Vec<String> = names.iter().map(|(zh, _)| zh.clone()).collect();
        let mut en: Vec<String> = names.into_iter().map(|(_, en)| en).collect();
        en.push("Jishishan Bonan, Dongxiang and Salar Autonomous County".to_owned());
        for width in [200, 280, 320, 479, 480, 720, 1200] {
            for (names, lang) in [(&zh, Zh), (&en, En)] {
                for body in every_kind(names, lang) {
                    check(body, lang, width).unwrap();
                }
            }
        }
    }
}

#[test]
fn a_chart_of_nothing_is_an_empty_picture() {
    let empty = [
        line(Zh, Vec::new()),
        Body::Bar(BarChart {
            bars: Vec::new(),
            aside: Vec::new(),
        }),
        Body::FromTo(FromToChart {
            pairs: Vec::new(),
            axis: axis(Zh, 0),
        }),
        spark(&[]),
        spark(&[None, None]),
    ];
    for body in empty {
        assert!(check(body, Zh, 320).unwrap().marks.is_empty());
    }
}

#[test]
fn a_ten_year_line_is_under_seven_kilobytes() {
    let drawing = frame::draw(
        &chart(Zh, "甲县十年增至近三倍。", line(Zh, five_counties(Zh))),
        720,
    );
    assert!(drawing.svg.len() < 7 * 1024, "{}", drawing.svg.len());
    assert_eq!(drawing.marks.len(), 50);
}

#[test]
fn a_value_is_whole_on_a_telephone_because_a_part_of_it_would_be_another() {
    let value = "just under 621 · 11/12";
    let Body::Bar(chart) = ranking(En, false) else {
        unreachable!()
    };
    let bars = chart.bars.into_iter().map(|bar| Bar {
        value_label: value.to_owned(),
        ..bar
    });
    let body = Body::Bar(BarChart {
        bars: bars.collect(),
        ..chart
    });
    let scene = check(body, En, 292).unwrap();
    assert_eq!(scene.texts.iter().filter(|text| text.text == value).count(), 5);
}

#[test]
fn hostile_labels_stay_words() {
    let hostile = bar(
        "</text><script>alert(1)</script>\u{0}\u{202E}",
        ObservationValue::exact(1),
        "\u{1}1",
        0,
    );
    let body = Body::Bar(BarChart {
        bars: vec![hostile],
        aside: Vec::new(),
    });
    let svg = frame::draw(&chart(En, "\"><script>\u{0}", body), 720).svg;
    assert!(
        !svg.contains("<script>") && !svg.contains(['\u{0}', '\u{1}', '\u{202E}']),
        "{svg}"
    );
}

#[test]
fn every_colour_in_a_picture_is_of_the_palette() {
    let palette: Vec<String> = charts::palette::ALL
        .into_iter()
        .map(charts::palette::hex)
        .collect();
    for body in [
        line(Zh, oddities(Zh)),
        every_qualifier(Zh),
        ranking(Zh, true),
        taxpayers(Zh),
        spark(&[Some(1)]),
    ] {
        let svg = frame::draw(&chart(Zh, "", body), 720).svg;
        for color in svg.split('"').filter(|value| value.starts_with('#')) {
            assert!(palette.contains(&color.to_owned()), "{color}");
        }
    }
}

fn any_value() -> impl Strategy<Value = ObservationValue> {
    let qualifier = proptest::sample::select(Qualifier::ALL.to_vec());
    let mantissa = prop_oneof![any::<i64>(), -100i64..100_000, Just(0)];
    (mantissa, 0u8..=18, qualifier).prop_map(|(mantissa, scale, qualifier)| {
        let number = Decimal::new(mantissa, scale).unwrap();
        ObservationValue::new(number, qualifier).unwrap_or(ObservationValue::exact(mantissa % 1000))
    })
}

fn any_label() -> impl Strategy<Value = String> {
    // A ligature of twelve ems alone is wider than a column; it is no word of ours.
    prop_oneof![
        "[a-zA-Z ,.-]{0,60}",
        "[一-龥，（）]{0,30}",
        "\\PC{0,40}",
        "[\\x00-\\x1f\u{202A}-\u{202E}\u{300}-\u{320}<&\"]{0,9}"
    ]
    .prop_map(|label| label.replace('\u{FDFD}', ""))
}

/// Whether a point may still change, and what breaks before it.
type Odd = (bool, Option<String>);

fn any_series() -> impl Strategy<Value = LineSeries> {
    let point = (
        0i32..4000,
        proptest::result::maybe_ok(any_value(), any_label()),
        any_label(),
        (any::<bool>(), proptest::option::of(any_label())),
    );
    (any_label(), any::<bool>(), proptest::collection::vec(point, 0..8)).prop_map(
        |(label, accent, mut points)| {
            points.sort_by_key(|point| point.0);
            let start = chrono::NaiveDate::from_ymd_opt(2012, 2, 29).unwrap();
            let point = |(row, (day, value, value_label, odd)): (usize, (i32, _, String, Odd))| LinePoint {
                day: start + chrono::Days::new(day as u64),
                value,
                value_label,
                row,
                preliminary: odd.0,
                break_before: odd.1,
            };
            LineSeries {
                label,
                accent,
                points: points.into_iter().enumerate().map(point).collect(),
            }
        },
    )
}

fn any_bar() -> impl Strategy<Value = Bar> {
    (
        any_label(),
        any_value(),
        any_label(),
        any::<Option<u16>>(),
        any::<(bool, bool)>(),
    )
        .prop_map(|(label, value, value_label, rank, flags)| Bar {
            rank: rank.map(u32::from),
            accent: flags.0,
            preliminary: flags.1,
            ..bar(&label, value, &value_label, 0)
        })
}

fn any_end() -> impl Strategy<Value = EndPoint> {
    (any_value(), any_label(), any_label(), any::<bool>()).prop_map(
        |(value, value_label, when_label, unstated)| EndPoint {
            value,
            value_label,
            when_label,
            row: 0,
            date_unstated: unstated,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn lines_of_anything(series in proptest::collection::vec(any_series(), 0..9), zero_based: bool, width in 200u32..1200) {
        let body = Body::Line(LineChart { series, zero_based, axis: axis(En, 2) });
        check(body.clone(), En, width)?;
        frame::draw(&chart(En, "", body), width);
    }

    #[test]
    fn bars_of_anything(bars in proptest::collection::vec(any_bar(), 0..20), text in any_label(), width in 200u32..1200) {
        let aside = vec![Aside { label: text.clone(), text, row: 1 }];
        let body = Body::Bar(BarChart { bars, aside });
        check(body.clone(), Zh, width)?;
        frame::draw(&chart(Zh, "", body), width);
    }

    #[test]
    fn pairs_of_anything(from in any_end(), to in any_end(), label in any_label(), change in any_label(), width in 200u32..1200) {
        let pairs = vec![pair(&label, from, to, &change); 2];
        let body = Body::FromTo(FromToChart { pairs, axis: axis(Zh, 0) });
        check(body.clone(), Zh, width)?;
        frame::draw(&chart(Zh, "", body), width);
    }
}
