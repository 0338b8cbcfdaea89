use super::MarkBox;

/// The least side of a pointer target, in pixels: WCAG 2.2, success criterion 2.5.8.
const SIDE: i32 = 24;

/// A pointer target for every mark: at least 24 by 24 pixels where there is room, and halved where two would overlap.
pub(crate) fn targets(marks: &[MarkBox], size: (u32, u32)) -> Vec<MarkBox> {
    let mut sides: Vec<Sides> = marks.iter().map(|mark| Sides::of(mark, size)).collect();
    let order = crate::order::ascending(sides.iter().map(|sides| f64::from(sides.left)));
    for (at, &first) in order.iter().enumerate() {
        for &second in &order[at + 1..] {
            if sides[second].left >= sides[first].right {
                // Cutting only moves sides inwards, and those further on start further right still.
                if marks[second].x - SIDE >= sides[first].right {
                    break;
                }
                continue;
            }
            part(&mut sides, marks, first, second);
        }
    }
    sides
        .iter()
        .zip(marks)
        .map(|(sides, mark)| sides.target(mark.row))
        .collect()
}

#[derive(Clone, Copy)]
struct Sides {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Sides {
    fn of(mark: &MarkBox, (width, height): (u32, u32)) -> Sides {
        let grown = |start: i32, length: u32, end: u32| {
            let missing = (SIDE - length as i32).max(0);
            let from = (start - missing / 2).min(end as i32 - SIDE).max(0);
            (from, (from + SIDE.max(length as i32)).min(end as i32))
        };
        let (left, right) = grown(mark.x, mark.width, width);
        let (top, bottom) = grown(mark.y, mark.height, height);
        Sides {
            left,
            top,
            right,
            bottom,
        }
    }

    fn target(&self, row: usize) -> MarkBox {
        let length = |from: i32, to: i32| (to - from).max(1) as u32;
        MarkBox {
            row,
            x: self.left,
            y: self.top,
            width: length(self.left, self.right),
            height: length(self.top, self.bottom),
        }
    }
}

/// Cuts two overlapping targets apart half-way between their marks, along the axis on which these are further apart.
fn part(sides: &mut [Sides], marks: &[MarkBox], a: usize, b: usize) {
    let (first, second) = (sides[a], sides[b]);
    if first.top >= second.bottom || second.top >= first.bottom {
        return;
    }
    let middle = |mark: &MarkBox| (mark.x + mark.width as i32 / 2, mark.y + mark.height as i32 / 2);
    let ((x, y), (other_x, other_y)) = (middle(&marks[a]), middle(&marks[b]));
    if x == other_x && y == other_y {
        return;
    }
    if (x - other_x).abs() >= (y - other_y).abs() {
        let cut = (x + other_x) / 2;
        let (left, right) = if x < other_x { (a, b) } else { (b, a) };
        sides[left].right = sides[left].right.min(cut);
        sides[right].left = sides[right].left.max(cut);
    } else {
        let cut = (y + other_y) / 2;
        let (upper, lower) = if y < other_y { (a, b) } else { (b, a) };
        sides[upper].bottom = sides[upper].bottom.min(cut);
        sides[lower].top = sides[lower].top.max(cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(row: usize, x: i32, y: i32) -> MarkBox {
        MarkBox {
            row,
            x,
            y,
            width: 8,
            height: 8,
        }
    }

    #[test]
    fn a_lonely_target_is_24_pixels_wide_and_high() {
        let target = targets(&[mark(3, 100, 50)], (300, 200))[0];
        assert_eq!(
            target,
            MarkBox {
                row: 3,
                x: 92,
                y: 42,
                width: 24,
                height: 24
            }
        );
    }

    #[test]
    fn two_near_targets_meet_half_way() {
        let targets = targets(&[mark(0, 100, 50), mark(1, 100, 60)], (300, 200));
        assert_eq!(targets[0].y + targets[0].height as i32, targets[1].y);
    }

    #[test]
    fn a_target_stays_within_the_picture() {
        let target = targets(&[mark(0, 296, -4)], (300, 200))[0];
        assert_eq!((target.x, target.y, target.width), (276, 0, 24));
    }
}
