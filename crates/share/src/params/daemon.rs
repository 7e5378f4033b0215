//! The page daemon of `machine.memory`: its watermarks, and what goes without saying about them.

use kernelscope_sim::mem::spec::{MemorySpec, Watermarks};
use kernelscope_sim::time::Nanos;
use kernelscope_sim::validate::bounds::memory::FRAMES;

use super::memory::MemoryForm;
use crate::lens::{Lens, Row, Suffix};

/// The page daemon as files have it: what is left out follows from the size of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct DaemonForm {
    linux: bool,
    min: Option<u32>,
    low: Option<u32>,
    high: Option<u32>,
    cluster: Option<u32>,
    cpu: Nanos,
    direct_batch: Option<u32>,
}

/// A number of the daemon; one that is left out is below `$least`.
macro_rules! mark {
    ($name:ident, $glossary:literal, $least:literal) => {
        Row::<MemoryForm>::new(
            stringify!($name),
            $glossary,
            Lens::Number {
                least: $least,
                most: FRAMES as i64,
                get: |it| it.daemon.as_ref().and_then(|it| it.$name).map_or($least - 1, i64::from),
                set: |it, number| {
                    if let Some(daemon) = &mut it.daemon {
                        daemon.$name = u32::try_from(number).ok();
                    }
                },
            },
        )
        .sweep()
    };
}

pub(super) static DAEMON: &[Row<MemoryForm>] = &[
    Row::<MemoryForm>::new(
        "watermarks",
        "watermark",
        Lens::Choice {
            words: || vec!["ostep", "linux"],
            get: |it| if it.daemon.as_ref().is_some_and(|it| it.linux) { "linux" } else { "ostep" },
            set: |it, word| {
                if let Some(daemon) = &mut it.daemon {
                    daemon.linux = word == "linux";
                }
            },
        },
    ),
    mark!(min, "watermark", 0),
    mark!(low, "watermark", 1),
    mark!(high, "watermark", 1),
    mark!(cluster, "clustering", 1),
    Row::<MemoryForm>::new(
        "cpu",
        "page_daemon",
        Lens::Duration {
            least: Nanos::ZERO,
            suffix: Suffix::Optional,
            get: |it| it.daemon.as_ref().map_or(Nanos::ZERO, |it| it.cpu),
            set: |it, cpu| {
                if let Some(daemon) = &mut it.daemon {
                    daemon.cpu = cpu;
                }
            },
        },
    )
    .sweep(),
    mark!(direct_batch, "direct_reclaim", 1),
];

impl DaemonForm {
    /// The watermarks where nothing is said about them: an eighth and a quarter of the frames, or Linux's for
    /// as much memory.
    fn usual(linux: bool, frames: u32, page_shift: u8) -> Watermarks {
        if !linux {
            let low = (frames / 8).max(1);
            let high = (frames / 4).max(low + 1);
            return Watermarks { min: 0, low, high, cluster: 8, cpu: Nanos::ZERO, direct_batch: 1 };
        }
        let (min, low, high) = Watermarks::linux(frames.into(), 1 << page_shift.min(63));
        let [min, low, high] = [min, low, high].map(|mark| u32::try_from(mark).unwrap_or(u32::MAX));
        Watermarks { min, low, high, cluster: 32, cpu: Nanos::ZERO, direct_batch: 32 }
    }

    pub(super) fn watermarks(&self, frames: u32, page_shift: u8) -> Watermarks {
        let usual = DaemonForm::usual(self.linux, frames, page_shift);
        Watermarks {
            min: self.min.unwrap_or(usual.min),
            low: self.low.unwrap_or(usual.low),
            high: self.high.unwrap_or(usual.high),
            cluster: self.cluster.unwrap_or(usual.cluster),
            cpu: self.cpu,
            direct_batch: self.direct_batch.unwrap_or(usual.direct_batch),
        }
    }

    /// The shortest form: as Linux has them, where all three are as Linux has them.
    pub(super) fn of(marks: &Watermarks, spec: &MemorySpec) -> DaemonForm {
        let usual = |linux| DaemonForm::usual(linux, spec.frames, spec.address.page_shift);
        let three = |marks: &Watermarks| (marks.min, marks.low, marks.high);
        let linux = three(marks) == three(&usual(true));
        let usual = usual(linux);
        let unless = |own: u32, usual: u32| (own != usual).then_some(own);
        DaemonForm {
            linux,
            min: unless(marks.min, usual.min),
            low: unless(marks.low, usual.low),
            high: unless(marks.high, usual.high),
            cluster: unless(marks.cluster, usual.cluster),
            cpu: marks.cpu,
            direct_batch: unless(marks.direct_batch, usual.direct_batch),
        }
    }
}
