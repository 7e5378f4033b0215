//! How much there is in a program, for its bounds.

use crate::program::Op;
use crate::time::Nanos;

/// How much there is in a piece of program.
#[derive(Default)]
pub(super) struct Extent {
    /// Its operations, at any depth.
    pub(super) operations: usize,
    /// Bodies within bodies.
    pub(super) nesting: usize,
    /// The last device that it uses.
    pub(super) device: Option<usize>,
    /// Whether it computes for no time at all, which is not an operation.
    pub(super) has_nothing_to_compute: bool,
    /// The longest time of one operation.
    pub(super) longest: Nanos,
    /// All its times; none if it has no end.
    pub(super) total: Option<Nanos>,
}

impl Extent {
    pub(super) fn of(ops: &[Op]) -> Extent {
        let empty = Extent { total: Some(Nanos::ZERO), ..Extent::default() };
        ops.iter().map(Extent::of_one).fold(empty, |sum, one| Extent {
            operations: sum.operations + one.operations,
            nesting: sum.nesting.max(one.nesting),
            device: sum.device.max(one.device),
            has_nothing_to_compute: sum.has_nothing_to_compute || one.has_nothing_to_compute,
            longest: sum.longest.max(one.longest),
            total: sum.total.zip(one.total).map(|(sum, one)| sum.saturating_add(one)),
        })
    }

    fn of_one(op: &Op) -> Extent {
        let time = match op {
            Op::Cpu(time) | Op::Io { time, .. } | Op::Sleep(time) => *time,
            Op::SleepUntil(at) => Nanos(at.0),
            // What a child does takes none of its parent's time.
            Op::Fork(Some(body)) => {
                let body = Extent::of(body);
                return Extent {
                    operations: body.operations + 1,
                    nesting: body.nesting + 1,
                    total: body.total.map(|_| Nanos::ZERO),
                    ..body
                };
            }
            Op::Repeat { times, body } => {
                let body = Extent::of(body);
                return Extent {
                    operations: body.operations + 1,
                    nesting: body.nesting + 1,
                    total: body
                        .total
                        .zip(*times)
                        .map(|(once, times)| once.saturating_mul(times.get().into())),
                    ..body
                };
            }
            _ => Nanos::ZERO,
        };
        let device = match op {
            Op::Io { device, .. } => device.map(|device| device.index()),
            _ => None,
        };
        let has_nothing_to_compute = *op == Op::Cpu(Nanos::ZERO);
        Extent { operations: 1, nesting: 0, device, has_nothing_to_compute, longest: time, total: Some(time) }
    }
}
