//! Which mark is meant: arithmetic on boxes, in the CSS pixels of the window.

/// The box of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HitBox {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// How far from a mark the pointer may be and still mean it.
const REACH: f64 = 48.0;

impl HitBox {
    fn distance(&self, x: f64, y: f64) -> f64 {
        let off = |at: f64, from: f64, size: f64| (from - at).max(at - from - size).max(0.0);
        off(x, self.x, self.width).hypot(off(y, self.y, self.height))
    }

    fn distance_of_centre(&self, x: f64, y: f64) -> f64 {
        (self.x + self.width / 2.0 - x).hypot(self.y + self.height / 2.0 - y)
    }
}

/// The mark nearest to a point, the one whose centre is nearer where two boxes hold it; none beyond reach.
pub fn nearest(boxes: &[HitBox], x: f64, y: f64) -> Option<usize> {
    let key = |hit: &HitBox| (hit.distance(x, y), hit.distance_of_centre(x, y));
    let (at, hit) = boxes.iter().enumerate().min_by(|(_, a), (_, b)| {
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    })?;
    (hit.distance(x, y) <= REACH).then_some(at)
}

/// Where a key leads from a mark, given how many there are; none for a key that does not walk.
pub fn walk(key: &str, at: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match (key, at) {
        ("Home", _) | ("ArrowRight" | "ArrowDown", None) => Some(0),
        ("End", _) | ("ArrowLeft" | "ArrowUp", None) => Some(last),
        ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
        ("ArrowLeft" | "ArrowUp", Some(at)) => Some(at.saturating_sub(1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes() -> Vec<HitBox> {
        let hit = |x| HitBox {
            x,
            y: 10.0,
            width: 20.0,
            height: 20.0,
        };
        vec![hit(0.0), hit(30.0), hit(200.0)]
    }

    #[test]
    fn the_nearest_mark_within_reach_is_meant() {
        assert_eq!(nearest(&boxes(), 22.0, 20.0), Some(0));
        assert_eq!(nearest(&boxes(), 28.0, 20.0), Some(1));
        assert_eq!(nearest(&boxes(), 120.0, 20.0), None);
    }

    #[test]
    fn arrow_keys_walk_and_stop_at_the_ends() {
        assert_eq!(walk("ArrowRight", None, 3), Some(0));
        assert_eq!(walk("ArrowRight", Some(2), 3), Some(2));
        assert_eq!(walk("ArrowLeft", Some(0), 3), Some(0));
        assert_eq!(walk("End", Some(0), 3), Some(2));
        assert_eq!(walk("Tab", Some(0), 3), None);
        assert_eq!(walk("Home", None, 0), None);
    }
}
