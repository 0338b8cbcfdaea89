use plotters::style::RGBColor;

use super::{END, GAP, REACH, WHEN};
use crate::chart::EndPoint;
use crate::frame::place::between;
use crate::frame::{Anchor, Scene, TextBox};
use crate::palette;
use crate::text::{self, Font};

/// Words above an end, moved as one.
pub(super) struct Block {
    value: String,
    when: String,
    font: Font,
    wanted: f64,
    width: f64,
}

/// The words above an end that stands at `wanted`, cut to the track.
pub(super) fn block(end: &EndPoint, font: Font, wanted: f64, ends: (f64, f64)) -> Block {
    let room = ends.1 - ends.0;
    let value = text::fit(&text::clean(&end.value_label), font, room);
    let when = text::fit(&text::clean(&end.when_label), WHEN, room);
    let width = text::width(&value, font).max(text::width(&when, WHEN));
    Block {
        value,
        when,
        font,
        wanted,
        width,
    }
}

/// Adds the words above the two ends; answers with the height of the track and the space free between the words.
pub(super) fn add_blocks(
    blocks: &[Block; 2],
    ends: (f64, f64),
    y: f64,
    scene: &mut Scene,
) -> (f64, Option<(f64, f64)>) {
    let when_height = |block: &Block| {
        if block.when.is_empty() {
            0.0
        } else {
            WHEN.line_height()
        }
    };
    let height = when_height(&blocks[0]).max(when_height(&blocks[1])) + END.line_height();
    let color = |index: usize| {
        if index == 0 {
            palette::GREY
        } else {
            palette::ACCENT
        }
    };
    let Some(middles) = apart(blocks, ends) else {
        // No room side by side: the start stands above the end.
        for (index, block) in blocks.iter().enumerate() {
            let half = block.width / 2.0;
            let middle = between(block.wanted, ends.0 + half, ends.1 - half);
            add_block(
                block,
                middle,
                y + height * (index + 1) as f64 - 4.0,
                color(index),
                scene,
            );
        }
        return (y + 2.0 * height - 4.0 + REACH.0, None);
    };
    let baseline = y + height - 4.0;
    for (index, block) in blocks.iter().enumerate() {
        add_block(block, middles[index], baseline, color(index), scene);
    }
    let first = usize::from(middles[0] > middles[1]);
    let free = (
        middles[first] + blocks[first].width / 2.0 + GAP,
        middles[1 - first] - blocks[1 - first].width / 2.0 - GAP,
    );
    (baseline + REACH.0, Some(free))
}

fn add_block(block: &Block, middle: f64, baseline: f64, color: RGBColor, scene: &mut Scene) {
    let value = TextBox::new(block.value.clone(), (middle, baseline), block.font, color);
    scene.texts.push(value.anchored(Anchor::Middle));
    if !block.when.is_empty() {
        let at = (middle, baseline - END.size * 0.95 - WHEN.descent() - 1.0);
        let when = TextBox::new(block.when.clone(), at, WHEN, palette::GREY);
        scene.texts.push(when.anchored(Anchor::Middle));
    }
}

/// The middles of the two blocks, moved apart as little as they must be; nothing where both do not fit.
fn apart(blocks: &[Block; 2], (left, right): (f64, f64)) -> Option<[f64; 2]> {
    let first = usize::from(blocks[0].wanted > blocks[1].wanted);
    let (a, b) = (&blocks[first], &blocks[1 - first]);
    if a.width + b.width + GAP > right - left {
        return None;
    }
    let least = (a.width + b.width) / 2.0 + GAP;
    let missing = (least - (b.wanted - a.wanted)).max(0.0);
    let low = left + a.width / 2.0;
    let mut at = between(a.wanted - missing / 2.0, low, right - a.width / 2.0);
    let mut other = between(
        at.max(a.wanted - missing / 2.0) + least.max(b.wanted - a.wanted),
        low,
        right - b.width / 2.0,
    );
    if other - at < least {
        at = (other - least).max(low);
        other = other.max(at + least);
    }
    let mut middles = [at, other];
    if first == 1 {
        middles.swap(0, 1);
    }
    Some(middles)
}
