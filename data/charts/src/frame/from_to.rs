mod blocks;

use self::blocks::{add_blocks, block};
use super::place::{Anchor, TextBox, between, crisp, paragraph};
use super::{NARROW, Point, Rect, Scene, Shapes};
use crate::chart::{FromTo, FromToChart};
use crate::palette;
use crate::scale;
use crate::text::{self, Font};

const NAME: Font = text::STRONG_LABEL;
const WHEN: Font = text::NOTE;
const START: Font = text::LABEL;
const END: Font = text::HEADLINE;
const CHANGE: Font = text::NOTE;
const TICK: Font = text::NOTE;

/// The share of the width that names may take beside the tracks.
const NAME_SHARE: f64 = 0.26;
/// Between two blocks of words, in pixels.
const GAP: f64 = 12.0;
/// Between a value and its circle's middle, and between that and the ticks' baseline, in pixels.
const REACH: (f64, f64) = (16.0, 24.0);
/// Between two pairs, in pixels.
const BETWEEN: f64 = 30.0;
/// How much longer a track is than its values, so that the last stands clear of its end.
const ROOM: f64 = 1.1;

/// The shapes of from–to pairs, in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FromToFrame {
    /// One per pair, from top to bottom.
    pub tracks: Vec<Track>,
}

/// One pair on its own axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// The height of the track.
    pub y: f64,
    /// The left and the right end of the track.
    pub ends: (f64, f64),
    /// Where ticks stand.
    pub ticks: Vec<f64>,
    /// Where the start stands.
    pub from: f64,
    /// Where the end stands.
    pub to: f64,
    /// Whether the source leaves the date of the start and of the end unstated.
    pub unstated: (bool, bool),
    /// Whether the true start and end may lie lower (−1) or higher (1); each up to twice.
    pub opens: Vec<(f64, f64)>,
}

pub(super) fn layout(chart: &FromToChart, width: u32) -> Scene {
    let full = f64::from(width);
    let mut scene = Scene {
        width,
        height: 0,
        texts: Vec::new(),
        marks: Vec::new(),
        shapes: Shapes::FromTo(FromToFrame::default()),
    };
    let names = chart
        .pairs
        .iter()
        .map(|pair| text::width(&text::clean(&pair.label), NAME));
    let beside = full >= NARROW;
    let name = names
        .fold(0.0, f64::max)
        .ceil()
        .min(if beside { full * NAME_SHARE } else { full });
    let mut frame = FromToFrame::default();
    let mut y = 0.0;
    for pair in &chart.pairs {
        let left = if beside { name + 24.0 } else { 8.0 };
        let top = if beside {
            y
        } else {
            add_name(pair, name, y, &mut scene)
        };
        let (track, below) = add_pair(pair, chart, (left, full - 4.0), top, &mut scene);
        if beside {
            // The name stands level with the values, whose baseline is above the track.
            let name_top = (track.y - REACH.0 - NAME.ascent() - 2.0).max(top);
            y = add_name(pair, name, name_top, &mut scene).max(below);
        } else {
            y = below;
        }
        y += BETWEEN;
        frame.tracks.push(track);
    }
    scene.height = (y - BETWEEN + 4.0).max(1.0).ceil() as u32;
    scene.shapes = Shapes::FromTo(frame);
    scene
}

/// Adds the name below `y` and answers with where what follows may start.
fn add_name(pair: &FromTo, width: f64, y: f64, scene: &mut Scene) -> f64 {
    let lines = text::wrap(&text::clean(&pair.label), NAME, width, 3);
    let below = y + lines.len() as f64 * NAME.line_height();
    scene.texts.extend(paragraph(
        lines,
        (0.0, y + NAME.ascent() + 2.0),
        NAME,
        palette::INK,
    ));
    below + 6.0
}

fn add_pair(pair: &FromTo, chart: &FromToChart, ends: (f64, f64), y: f64, scene: &mut Scene) -> (Track, f64) {
    let values = [&pair.from, &pair.to].map(|end| scale::to_f64(end.value.number()));
    let (low, high) = (
        values[0].min(values[1]).min(0.0) * ROOM,
        values[0].max(values[1]).max(0.0) * ROOM,
    );
    let place = |value: f64| {
        let share = if high > low {
            (value - low) / (high - low)
        } else {
            0.0
        };
        ends.0 + share * (ends.1 - ends.0)
    };
    let (from, to) = (place(values[0]), place(values[1]));
    let blocks = [
        block(&pair.from, START, from, ends),
        block(&pair.to, END, to, ends),
    ];
    let (track_y, free) = add_blocks(&blocks, ends, y, scene);
    let ticks = add_ticks(chart, (low, high), &place, ends, track_y, scene);
    let mut below = track_y + REACH.1 + TICK.descent();
    below = add_change(pair, free, ((from + to) / 2.0, track_y), ends, below, scene);
    for (at, end) in [(from, &pair.from), (to, &pair.to)] {
        scene
            .marks
            .push(Rect::around((at, track_y), 16.0, 16.0).mark(end.row));
    }
    let unstated = (pair.from.date_unstated, pair.to.date_unstated);
    let opens = opens(pair, from, to);
    (
        Track {
            y: crisp(track_y),
            ends,
            ticks,
            from,
            to,
            unstated,
            opens,
        },
        below,
    )
}

fn opens(pair: &FromTo, from: f64, to: f64) -> Vec<(f64, f64)> {
    let mut opens = Vec::new();
    for (end, at) in [(&pair.from, from), (&pair.to, to)] {
        let qualifier = end.value.qualifier();
        opens.extend(qualifier.opens_downwards().then_some((at, -1.0)));
        opens.extend(qualifier.opens_upwards().then_some((at, 1.0)));
    }
    opens
}

fn add_ticks(
    chart: &FromToChart,
    (low, high): (f64, f64),
    place: &impl Fn(f64) -> f64,
    ends: (f64, f64),
    y: f64,
    scene: &mut Scene,
) -> Vec<f64> {
    let room = ((ends.1 - ends.0) / 68.0).max(1.0) as usize;
    let mut free = f64::MIN;
    let mut places = Vec::new();
    for tick in scale::inner_ticks(low, high, chart.axis.decimals, room.min(4)) {
        let label = data::format::axis(tick, chart.axis.decimals, chart.axis.lang);
        let (at, half) = (place(scale::to_f64(tick)), text::width(&label, TICK) / 2.0);
        places.push(at);
        let middle = between(at, ends.0 - 8.0 + half, ends.1 + 4.0 - half);
        if middle - half >= free {
            free = middle + half + 8.0;
            let text = TextBox::new(label, (middle, y + REACH.1), TICK, palette::GREY);
            scene.texts.push(text.anchored(Anchor::Middle));
        }
    }
    places
}

/// Adds the change between the values where it fits, else below the ticks; answers with the lower side of the pair.
fn add_change(
    pair: &FromTo,
    free: Option<(f64, f64)>,
    (middle, y): Point,
    ends: (f64, f64),
    below: f64,
    scene: &mut Scene,
) -> f64 {
    let change = text::clean(&pair.change_label);
    let width = text::width(&change, CHANGE);
    if change.is_empty() {
        return below;
    }
    if let Some((left, right)) = free.filter(|(left, right)| right - left >= width) {
        let at = (between(middle, left + width / 2.0, right - width / 2.0), y - 10.0);
        let text = TextBox::new(change.into_owned(), at, CHANGE, palette::GREY);
        scene.texts.push(text.anchored(Anchor::Middle));
        return below;
    }
    let lines = text::wrap(&change, CHANGE, ends.1 - ends.0, 2);
    let widest = lines
        .iter()
        .map(|line| text::width(line, CHANGE))
        .fold(0.0, f64::max);
    let at = (
        between(middle, ends.0 + widest / 2.0, ends.1 - widest / 2.0),
        below + 4.0 + CHANGE.ascent(),
    );
    let height = lines.len() as f64 * CHANGE.line_height();
    let texts = paragraph(lines, at, CHANGE, palette::GREY);
    scene
        .texts
        .extend(texts.map(|text| text.anchored(Anchor::Middle)));
    below + 4.0 + height
}
