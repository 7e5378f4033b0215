//! What a program does with memory: references to addresses and pages, regions that it maps.
//!
//! | text | means |
//! |---|---|
//! | `read 0x1f00` · `write p7` · `exec heap+p1` | one reference: to an address, a page, a page of a region |
//! | `read 0x64..0x8c step 4` · `write p0..p64` | every place of a half-open range, in order |
//! | `read p0..p100 uniform 1000` | so many references, each place as likely as another |
//! | `read p0..p100 zipf 1000` | the same by Zipf's law: the first place most often |
//! | `read p0..p100 hot 1000` | four of five references go to the first fifth of the places (the 80–20 workload) |
//! | `read p0..p100 phases 1000 window 10 stay 200` | uniform within a working set of 10 places that moves on after 200 |
//! | `refs 0 1 2 0 1 3` | a reference string: reads of pages by number |
//! | `mmap heap 64 rw at p16` · `munmap heap` | a region of anonymous memory, by a name; pages of zeroes until written |
//! | `mmap text 16 rx file` | a private mapping of a file: the first touch of a page reads it from the disk |
//!
//! Nothing is expanded: a range is three numbers and the machine asks for the n-th reference. A region's name
//! alone is its first page, `heap+0x10` a byte in it, `heap+p3` a page of it.

use serde::{Deserialize, Serialize};

use crate::rng::{SplitMix64, Zipf};

/// What a reference does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Access {
    /// It loads.
    Read,
    /// It stores.
    Write,
    /// It fetches an instruction.
    Fetch,
}

impl Access {
    /// Every one with its word in programs.
    pub const ALL: [(&'static str, Access); 3] =
        [("read", Access::Read), ("write", Access::Write), ("exec", Access::Fetch)];
}

/// What may be done with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Prot {
    /// Loads.
    pub read: bool,
    /// Stores.
    pub write: bool,
    /// Instruction fetches.
    pub fetch: bool,
}

impl Prot {
    /// Everything.
    pub const ALL: Prot = Prot { read: true, write: true, fetch: true };
    /// Loads and stores: what `mmap` gives if it is not told.
    pub const RW: Prot = Prot { read: true, write: true, fetch: false };
    /// Every combination with its word in programs.
    pub const WORDS: [(&'static str, Prot); 7] = [
        ("r", Prot { read: true, write: false, fetch: false }),
        ("w", Prot { read: false, write: true, fetch: false }),
        ("x", Prot { read: false, write: false, fetch: true }),
        ("rw", Prot::RW),
        ("rx", Prot { read: true, write: false, fetch: true }),
        ("wx", Prot { read: false, write: true, fetch: true }),
        ("rwx", Prot::ALL),
    ];

    /// Whether an access is allowed.
    pub const fn allows(self, access: Access) -> bool {
        match access {
            Access::Read => self.read,
            Access::Write => self.write,
            Access::Fetch => self.fetch,
        }
    }
}

/// What the numbers of a [`Stretch`] count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Grain {
    /// Bytes: addresses.
    Byte,
    /// Pages; a reference goes to the first byte of its page.
    Page,
}

/// A half-open range of places, counted from the start of the address space or of a region.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stretch {
    /// The region that it is counted from; none for the address space itself.
    pub region: Option<String>,
    /// What is counted.
    pub grain: Grain,
    /// The first place.
    pub start: u64,
    /// Behind the last; larger than the start.
    pub end: u64,
    /// From one place to the next, at least 1.
    pub step: u64,
}

impl Stretch {
    /// One place of the address space.
    pub const fn one(grain: Grain, at: u64) -> Stretch {
        Stretch { region: None, grain, start: at, end: at + 1, step: 1 }
    }

    /// How many places it has.
    pub const fn places(&self) -> u64 {
        let length = self.end.saturating_sub(self.start);
        if self.step > 1 { length.div_ceil(self.step) } else { length }
    }
}

/// In which order the places of a stretch are referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pattern {
    /// Each once, from the first to the last.
    InOrder,
    /// So many, each place as likely as another.
    Uniform(u32),
    /// So many, the place of rank r in proportion to 1/r.
    Zipf(u32),
    /// So many, four of five to the first fifth of the places.
    Hot(u32),
    /// So many, in phases: uniform within a window of the stretch that moves on by its own length.
    Phases {
        /// How many.
        times: u32,
        /// The places of a window.
        window: u32,
        /// References before the window moves.
        stay: u32,
    },
}

/// References of one kind to a stretch.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct References {
    /// What they do.
    pub access: Access,
    /// Where.
    pub to: Stretch,
    /// In which order.
    pub pattern: Pattern,
}

impl References {
    /// How many there are.
    pub const fn count(&self) -> u64 {
        match self.pattern {
            Pattern::InOrder => self.to.places(),
            Pattern::Uniform(times)
            | Pattern::Zipf(times)
            | Pattern::Hot(times)
            | Pattern::Phases { times, .. } => times as u64,
        }
    }

    /// The place of the `nth` reference. Patterns draw from `stream`, in the order of the references; `zipf` is
    /// the law over the stretch's places, for the one pattern that follows it.
    pub fn place(&self, nth: u64, stream: &mut SplitMix64, zipf: Option<&Zipf>) -> u64 {
        // Counting the places divides: a reference in order should not have to.
        let places = || self.to.places();
        let which = match self.pattern {
            Pattern::InOrder => nth,
            Pattern::Uniform(_) => stream.bounded(places()),
            Pattern::Zipf(_) => zipf.map_or(0, |zipf| zipf.draw(stream)),
            Pattern::Hot(_) => {
                let places = places();
                let hot = places.div_ceil(5);
                match stream.bounded(5) {
                    4 if hot < places => hot + stream.bounded(places - hot),
                    _ => stream.bounded(hot),
                }
            }
            Pattern::Phases { window, stay, .. } => {
                let phase = nth / u64::from(stay.max(1));
                let window = u64::from(window);
                (phase.wrapping_mul(window) + stream.bounded(window)) % places().max(1)
            }
        };
        self.to.start + which * self.to.step
    }
}

/// A region that a program maps.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mapping {
    /// What the program calls it.
    pub region: String,
    /// How many pages.
    pub pages: u32,
    /// What may be done with them.
    pub prot: Prot,
    /// The first page; none lets the kernel choose the lowest gap that is large enough.
    pub at: Option<u64>,
    /// Whether it is a private mapping of a file: its pages are read from the disk, not filled with zeroes.
    pub file: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(to: Stretch, pattern: Pattern) -> Vec<u64> {
        let references = References { access: Access::Read, to, pattern };
        let zipf = matches!(pattern, Pattern::Zipf(_)).then(|| Zipf::new(references.to.places() as u32));
        let mut stream = SplitMix64::new(42);
        (0..references.count()).map(|nth| references.place(nth, &mut stream, zipf.as_ref())).collect()
    }

    fn pages(start: u64, end: u64, step: u64) -> Stretch {
        Stretch { region: None, grain: Grain::Page, start, end, step }
    }

    #[test]
    fn a_range_is_half_open_and_goes_by_steps() {
        assert_eq!(places(pages(3, 10, 3), Pattern::InOrder), [3, 6, 9]);
        assert_eq!(places(pages(3, 9, 3), Pattern::InOrder), [3, 6]);
        assert_eq!(places(Stretch::one(Grain::Byte, 7), Pattern::InOrder), [7]);
    }

    #[test]
    fn patterns_draw_the_vectors_of_their_distributions() {
        assert_eq!(
            places(pages(10, 13, 1), Pattern::Uniform(12)),
            [12, 10, 10, 11, 10, 12, 10, 12, 11, 11, 10, 11]
        );
        assert_eq!(places(pages(0, 20, 2), Pattern::Zipf(12)), [8, 0, 0, 2, 0, 12, 0, 10, 0, 4, 0, 2]);
    }

    #[test]
    fn eighty_percent_of_the_references_go_to_the_hot_fifth() {
        let places = places(pages(0, 100, 1), Pattern::Hot(10_000));
        let hot = places.iter().filter(|place| **place < 20).count();
        assert!((7_800..=8_200).contains(&hot), "{hot}");
        assert!(places.contains(&99));
    }

    #[test]
    fn a_phase_stays_in_its_window_and_the_next_takes_the_next() {
        let phases = Pattern::Phases { times: 500, window: 4, stay: 100 };
        let places = places(pages(0, 10, 1), phases);
        for (nth, place) in places.iter().enumerate() {
            let window = nth as u64 / 100 * 4;
            assert!((window..window + 4).any(|it| it % 10 == *place), "{nth}: {place}");
        }
    }
}
