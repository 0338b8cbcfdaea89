use std::collections::HashMap;

use resvg::tiny_skia::Pixmap;

/// The most colours that one byte names.
const MOST_NAMED: usize = 256;

/// The most colours that are counted before a picture is taken for one of many: so many edges of letters and lines have.
const MOST_COUNTED: usize = 1024;

/// What of a channel tells colours apart, where there are too many otherwise. The last of them takes colours for one whose
/// channels differ by up to 3 of 255, which no eye tells apart at the edge of a line.
const TOLD_APART: [u32; 3] = [0xFF_FF_FF, 0xFE_FE_FE, 0xFC_FC_FC];

/// A picture of few colours.
pub(in super::super) struct Indexed {
    /// Which colour each pixel has.
    pub(in super::super) pixels: Vec<u8>,
    /// Red, green and blue of each colour.
    pub(in super::super) palette: Vec<u8>,
}

impl Indexed {
    /// None where there are too many colours. Of those taken for one the most frequent is drawn: flat colours stay exact.
    pub(in super::super) fn of(canvas: &Pixmap) -> Option<Indexed> {
        let (seen, runs) = counted(canvas)?;
        let (names, colors) = TOLD_APART
            .iter()
            .map(|mask| seen.named(*mask))
            .find(|(_, colors)| colors.len() <= MOST_NAMED)?;
        let mut pixels = Vec::with_capacity(canvas.data().len() / 4);
        for (index, length) in runs {
            pixels.resize(pixels.len() + length, names[index]);
        }
        Some(Indexed {
            pixels,
            palette: colors
                .iter()
                .flat_map(|color| color.to_le_bytes().into_iter().take(3))
                .collect(),
        })
    }
}

/// The colours of a picture, and its pixels as runs of one colour: which, and how many. None where there are too many.
fn counted(canvas: &Pixmap) -> Option<(Colors, Vec<(usize, usize)>)> {
    let mut seen = Colors::default();
    let mut runs = Vec::with_capacity(canvas.data().len() / 64);
    let mut rest = canvas.data();
    while let Some(first) = rest.first_chunk::<4>() {
        let length = rest.chunks_exact(4).take_while(|pixel| pixel == first).count();
        let index = seen.index(u32::from_le_bytes(*first), length)?;
        runs.push((index, length));
        rest = &rest[length * 4..];
    }
    Some((seen, runs))
}

/// The colours met so far, in a table four times as large as what it holds at most, so that nearly each is found at once.
struct Colors {
    table: Vec<(u32, usize)>,
    colors: Vec<u32>,
    /// How many pixels have each of them.
    counts: Vec<usize>,
}

impl Default for Colors {
    fn default() -> Colors {
        Colors {
            // No opaque colour is 0.
            table: vec![(0, 0); MOST_COUNTED * 4],
            colors: Vec::with_capacity(MOST_NAMED),
            counts: Vec::with_capacity(MOST_NAMED),
        }
    }
}

impl Colors {
    /// The number of a colour that so many pixels have; it is taken in where it is new and there is room.
    fn index(&mut self, color: u32, pixels: usize) -> Option<usize> {
        // Fibonacci hashing: the upper bits of a product with 2^32 over the golden ratio, as many as the table has.
        let mut at = (color.wrapping_mul(0x9E37_79B9) >> 20) as usize;
        loop {
            match self.table[at] {
                (found, index) if found == color => {
                    self.counts[index] += pixels;
                    return Some(index);
                }
                (0, _) => break,
                _ => at = (at + 1) % self.table.len(),
            }
        }
        let index = self.colors.len();
        if index == MOST_COUNTED {
            return None;
        }
        self.table[at] = (color, index);
        self.colors.push(color);
        self.counts.push(pixels);
        Some(index)
    }

    /// The name of each colour, and which is drawn for each name, where colours that are equal under a mask are one.
    fn named(&self, mask: u32) -> (Vec<u8>, Vec<u32>) {
        let mut groups: HashMap<u32, usize> = HashMap::new();
        let (mut names, mut drawn) = (Vec::with_capacity(self.colors.len()), Vec::<usize>::new());
        for (index, color) in self.colors.iter().enumerate() {
            let name = *groups.entry(color & mask).or_insert(drawn.len());
            match drawn.get_mut(name) {
                None => drawn.push(index),
                Some(other) if self.counts[*other] < self.counts[index] => *other = index,
                Some(_) => {}
            }
            // Where there are more names than a byte has, they are not used.
            names.push(name as u8);
        }
        (names, drawn.iter().map(|index| self.colors[*index]).collect())
    }
}
