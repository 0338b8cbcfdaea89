//! Every picture is in git, and a changed byte fails: `UPDATE_PICTURES=1 cargo test -p charts` accepts what is new.
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "the layout tests use what this does not")]
mod samples;

use std::fs;
use std::path::PathBuf;

use charts::chart::{Body, LineSeries};
use charts::frame;
use data::Lang::{self, En, Zh};
use samples::*;

/// Compares with the picture in git, at one width; leaves the new one beside it where they differ.
fn check(name: &str, lang: Lang, body: Body, width: u32) {
    let description = lang.pick("测试图：<甲> & \"乙\"", "A test picture: <A> & \"B\"");
    let drawing = frame::draw(&chart(lang, description, body), width);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let path = folder.join(format!("{name}.svg"));
    let actual = folder.join(format!("{name}.actual.svg"));
    let svg = drawing.svg.replace("><", ">\n<") + "\n";
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        fs::write(&path, svg).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected != svg {
        fs::write(&actual, svg).unwrap();
        panic!(
            "{name} has changed: look at {} beside the old one",
            actual.display()
        );
    }
    let _ = fs::remove_file(actual);
}

/// In both languages, wide and narrow.
fn check_all(name: &str, body: impl Fn(Lang) -> Body) {
    for lang in [Zh, En] {
        for width in [720, 320] {
            check(
                &format!("{name}_{}_{width}", lang.code()),
                lang,
                body(lang),
                width,
            );
        }
    }
}

#[test]
fn five_lines_have_their_names_at_their_ends_and_a_gap_says_why() {
    check_all("line_five", |lang| line(lang, five_counties(lang)));
}

#[test]
fn eight_lines_that_end_close_together_are_led_to_their_names() {
    check_all("line_eight", |lang| line(lang, eight_crowded(lang)));
}

#[test]
fn qualified_preliminary_and_broken_points_look_different() {
    check_all("line_odd", |lang| line(lang, oddities(lang)));
}

#[test]
fn a_changed_definition_breaks_every_line_at_one_mark_with_words() {
    check_all("line_break", changed_definition);
}

#[test]
fn one_line_with_a_long_name_and_one_with_a_single_point() {
    let long = |lang: Lang| LineSeries {
        label: lang
            .pick(
                "积石山保安族东乡族撒拉族自治县",
                "Jishishan Bonan, Dongxiang and Salar Autonomous County",
            )
            .to_owned(),
        ..one_line(lang, &[Some(12_000), Some(15_000), Some(21_000)])
    };
    check_all("line_long_name", |lang| line(lang, vec![long(lang)]));
    check(
        "line_single_point",
        Zh,
        line(Zh, vec![one_line(Zh, &[Some(42)])]),
        320,
    );
}

#[test]
fn lines_below_zero_keep_zero_dark() {
    let values = [Some(-120), Some(-40), Some(60), Some(150)];
    check("line_negative", Zh, line(Zh, vec![one_line(Zh, &values)]), 720);
}

#[test]
fn events_of_a_year_open_where_the_report_says_more() {
    check_all("bar_events", events);
}

#[test]
fn a_ranking_has_its_names_beside_or_above_the_bars() {
    check_all("bar_ranking", |lang| ranking(lang, false));
    check_all("bar_long_names", |lang| ranking(lang, true));
}

#[test]
fn every_qualifier_ends_its_bar_in_its_own_way() {
    check_all("bar_qualifiers", every_qualifier);
}

#[test]
fn negative_bars_grow_to_the_left_of_zero() {
    check_all("bar_negative", changes);
}

#[test]
fn from_five_years_ago_to_now() {
    check_all("from_to_taxpayers", taxpayers);
}

#[test]
fn pairs_that_touch_fall_or_start_at_zero_keep_their_words_apart() {
    check_all("from_to_awkward", awkward_pairs);
}

#[test]
fn a_sparkline_ends_in_a_dot_and_keeps_its_gap() {
    let values = [
        Some(3),
        Some(5),
        Some(4),
        None,
        Some(6),
        Some(8),
        Some(7),
        Some(11),
    ];
    check("spark_gap", Zh, spark(&values), 120);
    check("spark_flat", Zh, spark(&[Some(5), Some(5), Some(5)]), 120);
}
