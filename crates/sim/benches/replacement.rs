//! How many references a second the replacement policies take, alone: on a string after Zipf's law, where most
//! pages are there, and on a loop over a little more than fits.
//!
//! Beside each figure stands what libCacheSim does with the same string on the same machine, if its Python
//! package is installed (`pip install libcachesim`; nothing else here needs it), and both must count the same
//! faults. The target is twice its speed. The best of several runs counts on both sides.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_types, reason = "a benchmark measures by the clock on the wall")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::ids::{FrameId, PageId, SpaceId, Vpn};
use kernelscope_sim::mem::replace::{Bits, Draws, NextUse, Replacement, ReplacementSpec, Setting, next_uses};
use kernelscope_sim::rng::{SplitMix64, Zipf};

const RUNS: u32 = 3;
const REFERENCES: usize = 5_000_000;
const PAGES: u32 = 100_000;
const FRAMES: u32 = 20_000;
/// Pages of the loop: a twentieth more than fit.
const LOOP: u32 = FRAMES + FRAMES / 20;

/// What libCacheSim calls each policy.
const POLICIES: &[(&str, ReplacementSpec, &str)] = &[
    ("LRU", ReplacementSpec::Lru, "LRU"),
    ("FIFO", ReplacementSpec::Fifo, "FIFO"),
    ("clock", ReplacementSpec::Clock, "Clock"),
    ("OPT", ReplacementSpec::Opt, "Belady"),
];

/// Reads a trace with each policy in turn; says the faults and the seconds of the fastest run. Its table of pages has
/// as many places as the string has pages, which serves it better than the default of 2^24.
const THEIR_SIDE: &str = "
import sys, time, libcachesim as lcs
path, frames, references, runs = sys.argv[1], *map(int, sys.argv[2:5])
for name in sys.argv[5:]:
    best = None
    for _ in range(runs):
        reader = lcs.TraceReader(path, lcs.TraceType.ORACLE_GENERAL_TRACE, lcs.ReaderInitParam(ignore_obj_size=True))
        cache = getattr(lcs, name)(cache_size=frames, hashpower=17)
        start = time.perf_counter()
        ratio, _ = cache.process_trace(reader)
        spent = time.perf_counter() - start
        best = spent if best is None else min(best, spent)
    print(name, round(ratio * references), best)
";

fn main() {
    let mut stream = SplitMix64::new(42);
    let zipf = Zipf::new(PAGES);
    // The ranks are scattered over the pages, as nobody numbers pages by their popularity.
    let scattered = |rank: u64| (rank * 7919 % u64::from(PAGES)) as u32;
    let zipf: Vec<u32> = (0..REFERENCES).map(|_| scattered(zipf.draw(&mut stream))).collect();
    let around: Vec<u32> = (0..LOOP).cycle().take(REFERENCES).collect();
    for (shape, string) in [("Zipf", zipf), ("a loop", around)] {
        let next = next_uses(string.iter().copied());
        let theirs = theirs(&string, &next);
        for (place, (name, spec, _)) in POLICIES.iter().enumerate() {
            let runs = (0..RUNS).map(|_| ours(spec, &string, &next));
            let best = runs.reduce(|best, run| if run.seconds < best.seconds { run } else { best });
            let Some(ours) = best else { return };
            let target = match theirs.as_ref().and_then(|theirs| theirs.get(place)) {
                Some(theirs) => {
                    let agree = ours.faults == theirs.faults;
                    let faults = if agree { "the same faults" } else { "OTHER FAULTS" };
                    format!("≥ {:.1} M/s, twice libCacheSim; {faults}", 2.0 * theirs.rate())
                }
                None => "≥ twice libCacheSim, whose Python package is not installed".to_owned(),
            };
            println!("references, {name}, {shape}\t{:.1} M/s\t{target}", ours.rate());
        }
    }
}

/// A string read from start to end.
#[derive(Clone, Copy)]
struct Run {
    faults: u64,
    seconds: f64,
}

impl Run {
    /// Millions of references a second.
    fn rate(self) -> f64 {
        REFERENCES as f64 / self.seconds / 1e6
    }
}

/// Which page is in a frame, and its bits. Nothing is pinned and nothing is written.
struct Frames {
    pages: Vec<u32>,
    accessed: Vec<bool>,
}

impl Bits for Frames {
    fn is_candidate(&self, frame: FrameId) -> bool {
        frame.index() < self.pages.len()
    }

    fn accessed(&self, frame: FrameId) -> bool {
        self.accessed[frame.index()]
    }

    fn dirty(&self, _: FrameId) -> bool {
        false
    }

    fn clear_accessed(&mut self, frame: FrameId) {
        self.accessed[frame.index()] = false;
    }

    fn write(&mut self, _: FrameId) {}
}

/// Reads a string under a policy of ours: a page table of one entry a page, and the frames. As in libCacheSim, a
/// page comes in with its accessed bit clear.
fn ours(spec: &ReplacementSpec, string: &[u32], next: &[NextUse]) -> Run {
    let draws = Draws::Stream(SplitMix64::new(42));
    let setting = Setting { frames: FRAMES, opt_tie: OptTie::LastLoaded, draws };
    let mut policy = Replacement::new(spec, setting);
    let page = |number: u32| PageId { space: SpaceId::new(0), vpn: Vpn(u64::from(number)) };
    let mut table: Vec<Option<FrameId>> = vec![None; PAGES as usize];
    let mut frames = Frames { pages: Vec::new(), accessed: Vec::new() };
    let mut faults = 0;
    let start = Instant::now();
    for (number, next) in string.iter().zip(next) {
        let due = match table[*number as usize] {
            Some(frame) => {
                frames.accessed[frame.index()] = true;
                policy.touched(frame, *next)
            }
            None => {
                faults += 1;
                policy.missed(page(*number));
                let frame = if frames.pages.len() < FRAMES as usize {
                    frames.pages.push(*number);
                    frames.accessed.push(false);
                    FrameId::from_index(frames.pages.len() - 1)
                } else {
                    let Some(choice) = policy.victim(None, &mut frames) else {
                        unreachable!("nothing is pinned")
                    };
                    let old = std::mem::replace(&mut frames.pages[choice.frame.index()], *number);
                    table[old as usize] = None;
                    policy.evicted(choice.frame, page(old));
                    frames.accessed[choice.frame.index()] = false;
                    choice.frame
                };
                table[*number as usize] = Some(frame);
                policy.loaded(frame, page(*number), *next)
            }
        };
        if due {
            policy.periodic(&mut frames);
        }
    }
    Run { faults, seconds: start.elapsed().as_secs_f64() }
}

/// What libCacheSim does with a string, if it is there.
fn theirs(string: &[u32], next: &[NextUse]) -> Option<Vec<Run>> {
    let path = std::env::temp_dir().join(format!("kernelscope-replacement-{}.bin", std::process::id()));
    let runs = write_trace(&path, string, next).ok().and_then(|()| ask(&path));
    // A trace that cannot be removed lies where such things are swept up.
    let _ = std::fs::remove_file(&path);
    runs
}

fn ask(path: &PathBuf) -> Option<Vec<Run>> {
    let mut python = Command::new("python3");
    python.args(["-c", THEIR_SIDE]).arg(path);
    python.args([FRAMES.to_string(), REFERENCES.to_string(), RUNS.to_string()]);
    python.args(POLICIES.iter().map(|(_, _, name)| *name));
    let output = python.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let run = |line: &str| {
        let mut words = line.split(' ').skip(1);
        Some(Run { faults: words.next()?.parse().ok()?, seconds: words.next()?.parse().ok()? })
    };
    text.lines().map(run).collect()
}

/// The trace in libCacheSim's own format: time, page, size, and the number of the reference that uses the page
/// next, −1 for none.
fn write_trace(path: &Path, string: &[u32], next: &[NextUse]) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for (at, (page, next)) in (1_u32..).zip(string.iter().zip(next)) {
        let next = if *next == NextUse::NEVER { -1 } else { i64::from(next.0) + 1 };
        file.write_all(&at.to_le_bytes())?;
        file.write_all(&u64::from(page + 1).to_le_bytes())?;
        file.write_all(&1_u32.to_le_bytes())?;
        file.write_all(&next.to_le_bytes())?;
    }
    file.flush()
}
