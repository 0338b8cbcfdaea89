use chrono::Datelike;
use data::{Decimal, Lang};
use plotters::style::RGBColor;

use super::NARROW;
use super::line::{LineFrame, Plot, Stroke};
use super::place::{TextBox, paragraph};
use super::spread::spread;
use crate::chart::LineSeries;
use crate::text::{self, Font};

/// The share of the picture's width that is left to the lines.
const PLOT_SHARE: f64 = 0.55;
/// From a line's end to its label, in pixels.
const GUTTER: f64 = 10.0;
/// The same where labels had to move and are led back to their lines.
const LEADER: f64 = 26.0;
/// How far a label may move, in pixels, before it needs a leader.
const NEAR: f64 = 7.0;
/// The sample of a line in the legend, and the space after it, in pixels.
const SWATCH: (f64, f64) = (18.0, 7.0);

/// What is written at the ends of lines: name and value where the picture is wide enough, else the value, and the
/// names in a legend below.
pub(super) struct EndLabels {
    labels: Vec<Label>,
    legend: Vec<Item>,
    gutter: f64,
    full: f64,
}

struct Label {
    lines: Vec<String>,
    font: Font,
    color: RGBColor,
    /// The value the line ends at, and whether it ends where the plot does; nothing for a line without a value.
    end: Option<(Decimal, bool)>,
    /// The upper side, once settled.
    top: f64,
    /// The middle of the line's end.
    wanted: f64,
}

struct Item {
    lines: Vec<String>,
    font: Font,
    color: RGBColor,
}

impl Label {
    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.font.line_height()
    }

    fn width(&self) -> f64 {
        self.lines
            .iter()
            .map(|line| text::width(line, self.font))
            .fold(0.0, f64::max)
    }

    fn is_led(&self) -> bool {
        let moved = (self.top + self.height() / 2.0 - self.wanted).abs();
        moved > NEAR && self.end.is_some_and(|(_, at_the_end)| at_the_end)
    }
}

impl EndLabels {
    /// The labels of these series in a picture `full` pixels wide whose plot starts at `left`.
    pub(super) fn new(
        series: &[LineSeries],
        colors: &[RGBColor],
        full: f64,
        left: f64,
        lang: Lang,
    ) -> EndLabels {
        let limit = (full * (1.0 - PLOT_SHARE) - left - LEADER).max(40.0);
        let last_day = series
            .iter()
            .flat_map(|series| &series.points)
            .map(|point| point.day)
            .max();
        let words: Vec<(String, String, Font)> = series
            .iter()
            .map(|series| {
                let font = if series.accent {
                    text::STRONG_LABEL
                } else {
                    text::LABEL
                };
                let value = last_words(series, last_day.map_or(0, |day| day.year()), lang);
                (text::clean(&series.label).into_owned(), value, font)
            })
            .collect();
        let one_line = |(name, value, font): &(String, String, Font)| {
            text::width(name, *font) + text::width(value, *font) + 4.0
        };
        let beside = full >= NARROW || words.iter().all(|words| one_line(words) <= limit);
        let limit = if full >= NARROW {
            limit.min(full * 0.3)
        } else {
            limit
        };
        let mut labels = Vec::new();
        let mut legend = Vec::new();
        for ((series, color), (name, value, font)) in series.iter().zip(colors).zip(words) {
            let (color, end) = (*color, end(series, last_day));
            let ends_early = end.is_none_or(|(_, at_the_end)| !at_the_end);
            let lines = match (beside, ends_early) {
                (true, _) => name_and_value(&name, &value, font, limit),
                (false, false) => text::wrap(&value, font, limit, 1),
                // Its value would stand where the others end: it goes into the legend.
                (false, true) => Vec::new(),
            };
            labels.push(Label {
                lines,
                font,
                color,
                end,
                top: 0.0,
                wanted: 0.0,
            });
            if !beside {
                let words = if ends_early {
                    format!("{name} {value}")
                } else {
                    name
                };
                let lines = text::wrap(&words, font, full - SWATCH.0 - SWATCH.1, 2);
                legend.push(Item { lines, font, color });
            }
        }
        EndLabels {
            labels,
            legend,
            gutter: GUTTER,
            full,
        }
    }

    /// The height of all labels upon one another, in pixels: the least of a plot.
    pub(super) fn height(&self) -> f64 {
        self.labels.iter().map(Label::height).sum()
    }

    /// Moves labels apart beside a plot from `top` down, `height` pixels high, in which `y` places a value.
    pub(super) fn settle(&mut self, top: f64, height: f64, y: impl Fn(Decimal) -> f64) {
        for label in &mut self.labels {
            label.wanted = label.end.map_or(top + height, |(value, _)| y(value));
        }
        let wanted: Vec<(f64, f64)> = self
            .labels
            .iter()
            .map(|label| (label.wanted, label.height()))
            .collect();
        // A label may reach over the plot by half a line, but not down to the dates.
        for (label, y) in self
            .labels
            .iter_mut()
            .zip(spread(&wanted, top - 8.0, top + height + 7.0))
        {
            label.top = y;
        }
        if self.labels.iter().any(Label::is_led) {
            self.gutter = LEADER;
        }
    }

    /// The width of the labels and the space before them, in pixels.
    pub(super) fn column(&self) -> f64 {
        let widest = self.labels.iter().map(Label::width).fold(0.0, f64::max).ceil();
        if widest > 0.0 { widest + self.gutter } else { 5.0 }
    }

    /// Adds labels, leaders and legend; answers with the height of the picture, which without them is `below`.
    pub(super) fn place(
        self,
        plot: &Plot,
        frame: &mut LineFrame,
        texts: &mut Vec<TextBox>,
        below: f64,
    ) -> f64 {
        let right = plot.area.right();
        for label in self.labels {
            if label.is_led() {
                frame.strokes.push(leader(&label, right));
            }
            let font = label.font;
            let baseline = label.top + font.line_height() / 2.0 + font.middle();
            texts.extend(paragraph(
                label.lines,
                (right + self.gutter, baseline),
                font,
                label.color,
            ));
        }
        place_legend(self.legend, self.full, frame, texts, below)
    }
}

/// From a line's end to its label.
fn leader(label: &Label, right: f64) -> Stroke {
    let middle = label.top + label.height() / 2.0;
    let points = vec![(right + 6.0, label.wanted), (right + LEADER - 4.0, middle)];
    Stroke {
        points,
        color: label.color,
        width: 0.7,
        dashed: false,
    }
}

/// Names below the plot, each after a sample of its line, as many in a row as fit.
fn place_legend(
    legend: Vec<Item>,
    full: f64,
    frame: &mut LineFrame,
    texts: &mut Vec<TextBox>,
    below: f64,
) -> f64 {
    let (mut x, mut baseline) = (0.0, below + 24.0);
    let Some(font) = legend.first().map(|item| item.font) else {
        return below + 2.0;
    };
    for Item { lines, font, color } in legend {
        let words = lines
            .iter()
            .map(|line| text::width(line, font))
            .fold(0.0, f64::max);
        let width = SWATCH.0 + SWATCH.1 + words;
        if x > 0.0 && x + width > full {
            (x, baseline) = (0.0, baseline + 22.0);
        }
        let y = baseline - font.middle();
        let points = vec![(x, y), (x + SWATCH.0, y)];
        let stroke = if font.bold { 2.5 } else { 1.5 };
        frame.strokes.push(Stroke {
            points,
            color,
            width: stroke,
            dashed: false,
        });
        let more = lines.len().saturating_sub(1) as f64 * font.line_height();
        texts.extend(paragraph(lines, (x + SWATCH.0 + SWATCH.1, baseline), font, color));
        x += width + 18.0;
        if more > 0.0 {
            // A name of two lines fills its row.
            (x, baseline) = (full, baseline + more);
        }
    }
    baseline + font.descent() + 2.0
}

fn end(series: &LineSeries, last_day: Option<chrono::NaiveDate>) -> Option<(Decimal, bool)> {
    let last = series.points.iter().rev().find(|point| point.value.is_ok())?;
    let value = last.value.as_ref().ok()?;
    Some((value.number(), Some(last.day) == last_day))
}

/// The last value in words, with its year where the line ends before the others; else why there is none.
fn last_words(series: &LineSeries, last_year: i32, lang: Lang) -> String {
    let Some(last) = series.points.iter().rev().find(|point| point.value.is_ok()) else {
        let word = series.points.last().and_then(|point| point.value.as_ref().err());
        return word
            .map(|word| text::clean(word).into_owned())
            .unwrap_or_default();
    };
    let value = text::clean(&last.value_label);
    match (last.day.year() == last_year, lang) {
        (true, _) => value.into_owned(),
        (false, Lang::Zh) => format!("{value}（{}）", last.day.year()),
        (false, Lang::En) => format!("{value} ({})", last.day.year()),
    }
}

/// The name in at most two lines, the value behind it or below.
fn name_and_value(name: &str, value: &str, font: Font, limit: f64) -> Vec<String> {
    let mut lines = text::wrap(name, font, limit, 2);
    let value = text::fit(value, font, limit);
    match lines.last_mut() {
        Some(line) if !value.is_empty() => {
            let joined = format!("{line} {value}");
            if text::width(&joined, font) <= limit {
                *line = joined;
            } else {
                lines.push(value);
            }
        }
        _ if !value.is_empty() => lines.push(value),
        _ => {}
    }
    lines
}
