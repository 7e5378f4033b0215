//! Pseudo-random numbers, the same on every target and in every version: a link must replay for ever.
//!
//! The generator is SplitMix64 (Steele, Lea and Flood, 2014), written down here rather than taken from a crate
//! because crates change theirs. Every use has a stream of its own, so that a draw added in one place disturbs
//! no other. The distributions are made of whole numbers: nothing here depends on how a target rounds.

/// A stream of pseudo-random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SplitMix64 {
    state: u64,
}

/// What a stream is for. The numbers are part of what a scenario means and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The lottery scheduler's tickets.
    Lottery = 1,
    /// The victim of random page replacement.
    PageRandom = 2,
    /// The victim of random TLB replacement.
    TlbRandom = 3,
    /// The pattern of a program's references.
    Workload = 4,
    /// Whom an idle CPU steals from.
    StealVictim = 5,
    /// Which thread goes on.
    Interleaving = 6,
}

impl SplitMix64 {
    /// The stream that begins in this state.
    pub const fn new(state: u64) -> SplitMix64 {
        SplitMix64 { state }
    }

    /// A scenario's stream for one use; `owner` is the CPU, task or operation, 0 where there is one only.
    pub fn stream(seed: u64, purpose: Use, owner: u64) -> SplitMix64 {
        SplitMix64::new(SplitMix64::new(seed ^ ((purpose as u64) << 32) ^ owner).draw())
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n` (0 if there is none), with exactly one draw.
    pub fn bounded(&mut self, n: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(n)) >> 64) as u64
    }

    /// The smallest of `k` draws below `n`: the larger `k`, the nearer to 0.
    pub fn skewed(&mut self, n: u64, k: u32) -> u64 {
        (0..k.max(1)).map(|_| self.bounded(n)).min().unwrap_or(0)
    }

    /// A length of exponential distribution with about this mean (0.13 % less, since the table is finite).
    pub fn exponential(&mut self, mean: u64) -> u64 {
        let quantile = EXPONENTIAL[self.bounded(EXPONENTIAL.len() as u64) as usize];
        ((u128::from(mean) * u128::from(quantile)) >> 16) as u64
    }
}

/// Zipf's law over a number of values: the value of rank r comes up in proportion to 1/r.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zipf {
    /// For each rank, the weights up to and including its own.
    sums: Vec<u64>,
}

impl Zipf {
    /// Over `n` values.
    pub fn new(n: u32) -> Zipf {
        let mut sum = 0;
        let sums = (1..=u64::from(n)).map(|rank| {
            sum += (1 << 32) / rank;
            sum
        });
        Zipf { sums: sums.collect() }
    }

    /// A value, the most frequent being 0, with one draw.
    pub fn draw(&self, stream: &mut SplitMix64) -> u64 {
        let x = stream.bounded(self.sums.last().copied().unwrap_or(0));
        self.sums.partition_point(|sum| *sum <= x) as u64
    }
}

/// −ln((2k + 1) / 512) · 2^16, rounded: the quantiles of the exponential distribution with mean 2^16.
#[rustfmt::skip]
const EXPONENTIAL: [u32; 256] = [
    408835, 336836, 303359, 281308, 264838, 251686, 240738, 231360, 223157, 215868, 209309, 203347, 197883,
    192839, 188156, 183785, 179688, 175832, 172190, 168740, 165462, 162341, 159361, 156512, 153781, 151159,
    148638, 146210, 143869, 141609, 139425, 137310, 135262, 133276, 131348, 129476, 127655, 125884, 124159,
    122479, 120840, 119242, 117681, 116157, 114668, 113211, 111786, 110392, 109027, 107689, 106378, 105093,
    103833, 102596, 101383, 100191, 99021, 97871, 96741, 95630, 94538, 93464, 92406, 91366, 90342, 89334,
    88341, 87363, 86399, 85449, 84513, 83590, 82680, 81782, 80896, 80022, 79160, 78309, 77469, 76639, 75820,
    75011, 74212, 73422, 72642, 71871, 71109, 70355, 69611, 68874, 68146, 67426, 66714, 66009, 65312, 64622,
    63939, 63264, 62595, 61933, 61277, 60629, 59986, 59350, 58720, 58095, 57477, 56865, 56258, 55657, 55061,
    54470, 53885, 53305, 52730, 52161, 51596, 51035, 50480, 49929, 49383, 48842, 48304, 47772, 47243, 46719,
    46199, 45683, 45171, 44663, 44158, 43658, 43162, 42669, 42180, 41694, 41212, 40734, 40259, 39788, 39320,
    38855, 38393, 37935, 37480, 37028, 36579, 36133, 35690, 35251, 34814, 34380, 33948, 33520, 33095, 32672,
    32252, 31834, 31419, 31007, 30598, 30191, 29786, 29384, 28984, 28587, 28192, 27800, 27410, 27022, 26637,
    26253, 25872, 25493, 25117, 24742, 24370, 24000, 23632, 23265, 22901, 22539, 22179, 21821, 21465, 21111,
    20758, 20408, 20059, 19712, 19368, 19024, 18683, 18344, 18006, 17670, 17335, 17003, 16672, 16342, 16015,
    15689, 15364, 15041, 14720, 14400, 14082, 13766, 13451, 13137, 12825, 12514, 12205, 11897, 11591, 11286,
    10983, 10681, 10380, 10081, 9783, 9487, 9191, 8898, 8605, 8314, 8024, 7735, 7448, 7161, 6876, 6593,
    6310, 6029, 5749, 5470, 5192, 4916, 4640, 4366, 4093, 3821, 3550, 3281, 3012, 2745, 2478, 2213, 1949,
    1685, 1423, 1162, 902, 643, 385, 128,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn draws<T>(state: u64, n: usize, mut draw: impl FnMut(&mut SplitMix64) -> T) -> Vec<T> {
        let mut stream = SplitMix64::new(state);
        (0..n).map(|_| draw(&mut stream)).collect()
    }

    #[test]
    fn the_generator_gives_its_published_numbers() {
        let expected =
            [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec];
        assert_eq!(draws(0, 4, SplitMix64::draw), expected);
        let expected =
            [0xbdd7_3226_2feb_6e95, 0x28ef_e333_b266_f103, 0x4752_6757_130f_9f52, 0x581c_e1ff_0e4a_e394];
        assert_eq!(draws(42, 4, SplitMix64::draw), expected);
    }

    #[test]
    fn numbers_below_a_bound_follow_the_vectors() {
        assert_eq!(draws(42, 12, |s| s.bounded(3)), [2, 0, 0, 1, 0, 2, 0, 2, 1, 1, 0, 1]);
        let expected = [296, 63, 111, 137, 15, 347, 87, 320, 135, 247, 81, 197];
        assert_eq!(draws(42, 12, |s| s.bounded(400)), expected);
        assert_eq!(draws(42, 1, |s| s.bounded(0)), [0]);
    }

    #[test]
    fn a_scenarios_stream_is_derived_from_seed_use_and_owner() {
        let mut stream = SplitMix64::stream(7, Use::Lottery, 0);
        assert_eq!(stream, SplitMix64::new(0x27cf_1707_c6e1_d01f));
        let tickets: Vec<u64> = (0..6).map(|_| stream.bounded(400)).collect();
        assert_eq!(tickets, [312, 9, 359, 189, 108, 327]);
        assert_ne!(SplitMix64::stream(7, Use::Lottery, 1), SplitMix64::stream(7, Use::Lottery, 0));
        assert_ne!(SplitMix64::stream(7, Use::Workload, 0), SplitMix64::stream(7, Use::Lottery, 0));
    }

    #[test]
    fn distributions_follow_the_vectors() {
        let zipf = Zipf::new(10);
        assert_eq!(draws(42, 12, |s| zipf.draw(s)), [4, 0, 0, 1, 0, 6, 0, 5, 0, 2, 0, 1]);
        assert_eq!(draws(42, 8, |s| s.skewed(10, 3)), [1, 0, 2, 2, 5, 1, 0, 0]);
        let expected = [300_781, 1_843_872, 1_275_482, 1_062_179, 3_293_884, 140_243, 1_528_793, 224_609];
        assert_eq!(draws(42, 8, |s| s.exponential(1_000_000)), expected);
    }

    #[test]
    fn the_exponential_table_is_the_one_that_is_written_down() {
        assert_eq!([0, 1, 127, 128, 255].map(|k| EXPONENTIAL[k]), [408_835, 336_836, 45_683, 45_171, 128]);
        assert_eq!(EXPONENTIAL.iter().sum::<u32>(), 16_754_513);
    }
}
