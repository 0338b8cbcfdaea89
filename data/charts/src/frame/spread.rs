/// The upper sides of boxes that want their middles at given heights, moved as little as keeps them apart.
///
/// `wanted` holds the middle and the height of each, in pixels, in any order; the answer is in the same order. All stay
/// between `top` and `bottom` where they fit in there; where they do not, they start at `top` and run over.
pub(crate) fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let order = crate::order::ascending(wanted.iter().map(|(middle, _)| *middle));
    let mut stacks: Vec<Stack> = Vec::new();
    for index in order {
        let (middle, height) = wanted[index];
        let mut stack = Stack {
            top: middle - height / 2.0,
            height,
            members: vec![index],
        };
        stack.keep_between(top, bottom);
        while let Some(above) = stacks.pop_if(|above| above.top + above.height > stack.top) {
            stack = above.with(stack);
            stack.keep_between(top, bottom);
        }
        stacks.push(stack);
    }
    let mut tops = vec![0.0; wanted.len()];
    for stack in stacks {
        let mut y = stack.top;
        for member in stack.members {
            tops[member] = y;
            y += wanted[member].1;
        }
    }
    tops
}

/// Boxes that touch, moved as one.
struct Stack {
    top: f64,
    height: f64,
    members: Vec<usize>,
}

impl Stack {
    fn keep_between(&mut self, top: f64, bottom: f64) {
        self.top = self.top.min(bottom - self.height).max(top);
    }

    /// Both as one stack, each member as near to its own wish as the mean allows.
    fn with(mut self, below: Stack) -> Stack {
        let (ours, theirs) = (self.members.len() as f64, below.members.len() as f64);
        self.top = (self.top * ours + (below.top - self.height) * theirs) / (ours + theirs);
        self.height += below.height;
        self.members.extend(below.members);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn boxes_that_do_not_touch_stay_where_they_are() {
        assert_eq!(spread(&[(50.0, 10.0), (20.0, 10.0)], 0.0, 100.0), [45.0, 15.0]);
    }

    #[test]
    fn boxes_at_one_height_share_the_move() {
        assert_eq!(spread(&[(50.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [40.0, 50.0]);
        assert_eq!(spread(&[(98.0, 10.0), (99.0, 10.0)], 0.0, 100.0), [80.0, 90.0]);
    }

    proptest! {
        #[test]
        fn spread_boxes_never_overlap(wanted in proptest::collection::vec((-20.0..220.0f64, 5.0..30.0f64), 0..12)) {
            let tops = spread(&wanted, 0.0, 200.0);
            let mut boxes: Vec<(f64, f64)> = tops.iter().zip(&wanted).map(|(y, (_, h))| (*y, *h)).collect();
            boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in boxes.windows(2) {
                prop_assert!(pair[0].0 + pair[0].1 <= pair[1].0 + 1e-6);
            }
        }
    }
}
