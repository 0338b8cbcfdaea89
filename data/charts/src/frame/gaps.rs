use data::Lang;
use plotters::style::RGBColor;

use super::line::{LineFrame, Plot, TICK};
use super::place::{between, paragraph};
use super::{Anchor, MarkBox, Point, Rect, TextBox};
use crate::chart::{LineChart, LinePoint, LineSeries};
use crate::palette;
use crate::text;

/// How far a word may move from its gap, in pixels: nearest first.
const SHIFTS: [f64; 9] = [0.0, -10.0, 10.0, -20.0, 20.0, -30.0, 30.0, -40.0, 40.0];

/// From a rule at a break to its words, in pixels.
const BESIDE: f64 = 5.0;

/// Writes beside every rule at a break what changed there, and answers with the words that found no place.
pub(super) fn place_breaks(
    breaks: &[(f64, &str)],
    plot: &Plot,
    frame: &LineFrame,
    texts: &mut Vec<TextBox>,
) -> Vec<String> {
    let mut homeless = Vec::new();
    for (x, word) in breaks {
        let word = text::clean(word).into_owned();
        match beside(&word, *x, plot, frame, texts) {
            Some(text) => texts.push(text),
            None => homeless.push(word),
        }
    }
    homeless
}

/// The words to the right or else to the left of a rule, as high as they meet nothing.
fn beside(word: &str, x: f64, plot: &Plot, frame: &LineFrame, texts: &[TextBox]) -> Option<TextBox> {
    let sides = [(x + BESIDE, Anchor::Start), (x - BESIDE, Anchor::End)];
    let step = TICK.line_height();
    let lines = (plot.area.height / step) as usize;
    let heights = (0..lines).map(|line| plot.area.y + TICK.ascent() + line as f64 * step);
    let boxes = heights.flat_map(|height| {
        sides.map(|(x, anchor)| {
            let text = TextBox::new(word.to_owned(), (x, height), TICK, palette::GREY).anchored(anchor);
            TextBox { halo: true, ..text }
        })
    });
    let inside = |bounds: &Rect| bounds.x >= plot.area.x && bounds.right() <= plot.area.right();
    let mut fitting = boxes.filter(|text| {
        let bounds = text.bounds();
        inside(&bounds)
            && is_free(&bounds, texts)
            && !meets_line(&bounds, frame)
            && !meets_rule(&bounds, frame)
    });
    fitting.next()
}

fn meets_rule(bounds: &Rect, frame: &LineFrame) -> bool {
    frame
        .breaks
        .iter()
        .any(|x| (bounds.x - 2.0..bounds.right() + 2.0).contains(x))
}

/// Writes beside every gap why it is one, and answers with the words that found no place clear of other words and
/// lines, a note for each series.
pub(super) fn place(
    chart: &LineChart,
    colors: &[RGBColor],
    (plot, frame): (&Plot, &LineFrame),
    lang: Lang,
    texts: &mut Vec<TextBox>,
) -> Vec<String> {
    let mut homeless = Vec::new();
    // A series without any value says so at the right, once.
    let has_value = |series: &LineSeries| series.points.iter().any(|point| point.value.is_ok());
    for (series, color) in chart
        .series
        .iter()
        .zip(colors)
        .filter(|(series, _)| has_value(series))
    {
        let mut words = Vec::new();
        for run in gaps(series) {
            let word = word(run);
            let at = middle(run, &series.points, plot);
            match settled(label(&word, at, *color, plot), plot, frame, texts) {
                Some(text) => texts.push(text),
                None => words.push(word),
            }
        }
        if !words.is_empty() {
            let list = words.join(lang.pick("、", ", "));
            homeless.push(format!(
                "{}{}{list}",
                text::clean(&series.label),
                lang.pick("：", ": ")
            ));
        }
    }
    homeless
}

/// Writes below the picture what found no place in it; answers with the height of the picture.
pub(super) fn place_notes(notes: &[String], full: f64, texts: &mut Vec<TextBox>, below: f64) -> f64 {
    let mut bottom = below;
    for note in notes {
        let lines = text::wrap(note, TICK, full, 3);
        let height = lines.len() as f64 * TICK.line_height();
        texts.extend(paragraph(
            lines,
            (0.0, bottom + 8.0 + TICK.ascent()),
            TICK,
            palette::GREY,
        ));
        bottom += 8.0 + height;
    }
    bottom
}

/// A mark for every gap, so that a pointer can ask.
pub(super) fn marks(chart: &LineChart, plot: &Plot) -> Vec<MarkBox> {
    let of_series = |series: &'_ LineSeries| -> Vec<MarkBox> {
        let gaps = series.points.iter().filter(|point| point.value.is_err());
        let place = |point: &LinePoint| (plot.x(point.day), height(&series.points, point, plot));
        gaps.map(|point| Rect::around(place(point), 8.0, 8.0).mark(point.row))
            .collect()
    };
    chart.series.iter().flat_map(of_series).collect()
}

/// Points without a value that follow one another for the same reason.
fn gaps(series: &LineSeries) -> impl Iterator<Item = &[LinePoint]> {
    let same = |a: &LinePoint, b: &LinePoint| match (&a.value, &b.value) {
        (Err(a), Err(b)) => dated(a).1 == dated(b).1,
        _ => false,
    };
    series
        .points
        .chunk_by(same)
        .filter(|run| run.first().is_some_and(|point| point.value.is_err()))
}

/// The reason of a run of gaps: `2016 未报送`, or `2016–2018 未报送` for several years.
fn word(run: &[LinePoint]) -> String {
    let reason = |point: Option<&LinePoint>| {
        point
            .and_then(|point| point.value.clone().err())
            .unwrap_or_default()
    };
    let (first, last) = (reason(run.first()), reason(run.last()));
    let word = match (dated(&first), dated(&last)) {
        ((Some(from), reason), (Some(to), _)) if from != to => format!("{from}–{to} {reason}"),
        _ => first,
    };
    text::clean(&word).into_owned()
}

/// The year and the reason of `2016 未报送`.
fn dated(word: &str) -> (Option<&str>, &str) {
    match word.split_once(' ') {
        Some((year, reason)) if year.bytes().all(|byte| byte.is_ascii_digit()) => (Some(year), reason),
        _ => (None, word),
    }
}

fn middle(run: &[LinePoint], points: &[LinePoint], plot: &Plot) -> Point {
    let ends = run.first().zip(run.last());
    ends.map_or((plot.area.x, plot.area.bottom()), |(first, last)| {
        let heights = height(points, first, plot) + height(points, last, plot);
        ((plot.x(first.day) + plot.x(last.day)) / 2.0, heights / 2.0)
    })
}

/// Where the line would have been: between its neighbours, at the level of the only one, or just above the dates.
fn height(points: &[LinePoint], gap: &LinePoint, plot: &Plot) -> f64 {
    let before = points
        .iter()
        .rev()
        .filter(|point| point.day < gap.day)
        .find_map(|point| plot.point(point));
    let after = points
        .iter()
        .filter(|point| point.day > gap.day)
        .find_map(|point| plot.point(point));
    match (before, after) {
        (Some((x0, y0)), Some((x1, y1))) if x1 > x0 => y0 + (y1 - y0) * (plot.x(gap.day) - x0) / (x1 - x0),
        (Some((_, y)), _) | (None, Some((_, y))) => y,
        (None, None) => plot.area.bottom() - 10.0,
    }
}

fn label(word: &str, (x, y): Point, color: RGBColor, plot: &Plot) -> TextBox {
    let word = text::fit(&text::clean(word), TICK, plot.area.width);
    let half = text::width(&word, TICK) / 2.0;
    let x = between(x, plot.area.x + half, plot.area.right() - half);
    let label = TextBox::new(word, (x, y + TICK.middle()), TICK, color).anchored(Anchor::Middle);
    TextBox { halo: true, ..label }
}

/// The word at the nearest height where it meets no word and no line, or else no word.
fn settled(label: TextBox, plot: &Plot, frame: &LineFrame, texts: &[TextBox]) -> Option<TextBox> {
    if label.text.is_empty() {
        return None;
    }
    let inside = |bounds: &Rect| bounds.y >= plot.area.y - 6.0 && bounds.bottom() <= plot.area.bottom() - 2.0;
    let candidates = || {
        SHIFTS
            .iter()
            .map(|shift| TextBox {
                baseline: label.baseline + shift,
                ..label.clone()
            })
            .filter(|moved| inside(&moved.bounds()) && is_free(&moved.bounds(), texts))
    };
    candidates().find(|moved| !meets_line(&moved.bounds(), frame))
}

fn is_free(bounds: &Rect, texts: &[TextBox]) -> bool {
    let padded = Rect::around(
        (bounds.x + bounds.width / 2.0, bounds.y + bounds.height / 2.0),
        bounds.width + 6.0,
        bounds.height + 2.0,
    );
    !texts.iter().any(|text| text.bounds().overlaps(&padded))
}

fn meets_line(bounds: &Rect, frame: &LineFrame) -> bool {
    let pairs = frame.strokes.iter().flat_map(|stroke| stroke.points.windows(2));
    pairs
        .into_iter()
        .any(|pair| segment_meets(bounds, pair[0], pair[1]))
}

/// Whether a segment that runs from left to right passes through the box.
fn segment_meets(bounds: &Rect, (x0, y0): Point, (x1, y1): Point) -> bool {
    let (from, to) = (x0.max(bounds.x), x1.min(bounds.right()));
    if from > to {
        return false;
    }
    let y = |x: f64| {
        if x1 > x0 {
            y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        } else {
            y0
        }
    };
    let (high, low) = (y(from).min(y(to)), y(from).max(y(to)));
    low >= bounds.y - 2.0 && high <= bounds.bottom() + 2.0
}
