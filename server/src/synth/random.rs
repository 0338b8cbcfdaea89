/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and the same on every machine and in every release.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each seed and each text, so that no series depends on which others are made.
    pub fn new(seed: u64, texts: [&str; 2]) -> Random {
        // FNV-1a over the texts; a byte that stands in no text parts them.
        let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Random(hash)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whole numbers from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low + (self.next() % span) as i64
    }

    /// True in so many of a thousand cases.
    pub fn happens(&mut self, per_thousand: i64) -> bool {
        self.between(1, 1000) <= per_thousand
    }
}
