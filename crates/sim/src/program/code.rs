//! A program as the machine steps through it: flat, and with every sum that a scheduler asks for ready made.
//!
//! A [`Program`] is a tree of repetitions. [`Code`] lists the operations at its leaves in the order of the text
//! and notes for each the repetition around it; a [`Cursor`] is a place in that list with the passes that every open
//! repetition still owes. Nothing is ever expanded: a million passes are one number, and the CPU time ahead of
//! any cursor ([`Code::burst_from`], [`Code::cpu_from`]) takes at most one addition per level of nesting, because each
//! operation and each repetition carries the sum over the rest of its body.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::limits::NESTING;
use super::memory::{Pattern, References};
use super::{Op, Program};
use crate::rng::Zipf;
use crate::time::Nanos;

/// A compiled program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    leaves: Vec<Leaf>,
    loops: Vec<Loop>,
    /// The whole program, then those of children in the order of their forks in the text.
    blocks: Vec<Block>,
    /// The time of a reference that misses nothing.
    reference: Nanos,
    /// Zipf's law for the operations that refer by it, in their order.
    laws: Vec<(u32, Zipf)>,
}

/// An operation in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Leaf {
    op: Op,
    /// The innermost repetition around it.
    within: Option<LoopNo>,
    /// From behind it to the end of that repetition's body.
    after: Ahead,
    /// Which block it belongs to.
    block: u32,
    /// The block of the child that it makes, which stands right behind it.
    child: Option<u32>,
}

/// A repetition, by its place in the order of the text.
type LoopNo = u32;

/// What one process carries out from its start to its end: a program, or the part of it that a fork gives to a child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Block {
    /// Behind its last operation.
    end: u32,
    /// All of it.
    whole: Ahead,
}

/// A repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Loop {
    first: u32,
    last: u32,
    /// None means for ever.
    times: Option<u32>,
    /// The repetition around it, and how many there are.
    within: Option<LoopNo>,
    depth: usize,
    /// One pass through the body.
    body: Ahead,
    /// From behind it to the end of the body around it.
    after: Ahead,
}

/// The CPU time on a stretch of program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ahead {
    /// Up to the end of the burst.
    burst: Stretch,
    /// Up to the end of the task.
    total: Stretch,
}

/// A stretch of program that either runs through to what follows or is the end of what is being summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stretch {
    cpu: Nanos,
    ends: bool,
}

/// A place in a program: the operation being carried out, and the passes that the repetitions around it owe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// One more than the ordinal of the operation; 0 before the first. With [`CHILD`], behind the fork that made the
    /// task, and before the first operation of its own.
    at: u32,
    /// By depth, the passes still to come after the present one; [`ENDLESS`], or 0 where none is open.
    left: [u32; NESTING],
}

/// The mark of a child that has not begun its own block.
const CHILD: u32 = 1 << 31;

/// Passes of a repetition without a number. A finite one owes at most 2^32 − 2 after its first pass.
const ENDLESS: u32 = u32::MAX;

impl Cursor {
    /// Before the first operation.
    pub const START: Cursor = Cursor { at: 0, left: [0; NESTING] };

    /// The ordinal, in the order of the text, of the operation being carried out: the last one that
    /// [`Code::next`] gave. Before the first it is 0 as well; at the end, the number of operations.
    pub const fn position(&self) -> u32 {
        (self.at & !CHILD).saturating_sub(1)
    }

    /// The same fork as the child returns from it, whose program is the block behind it.
    fn of_child(self) -> Cursor {
        Cursor { at: self.at | CHILD, left: [0; NESTING] }
    }

    /// The passes of the repetition at this depth after the present one; none means for ever.
    fn owed(&self, depth: usize) -> Option<u32> {
        Some(self.left[depth]).filter(|left| *left != ENDLESS)
    }
}

impl Code {
    /// Flattens a program for a machine on which a reference to memory that misses nothing takes so long.
    ///
    /// # Panics
    /// When repetitions nest deeper than [`NESTING`], which neither the parser nor validation lets pass.
    pub fn compile(program: &Program, reference: Nanos) -> Code {
        let blocks = vec![Block::default()];
        let mut code = Code { leaves: Vec::new(), loops: Vec::new(), blocks, reference, laws: Vec::new() };
        code.push_block(0, &program.0);
        code
    }

    /// The operation after the cursor's, following repetitions, and the cursor moves there; none at the end.
    pub fn next(&self, cursor: &mut Cursor) -> Option<&Op> {
        let (target, around) = match cursor.at.checked_sub(1) {
            None => (0, None),
            Some(fork) if fork & CHILD != 0 => (self.begin_child(fork & !CHILD, cursor), None),
            Some(done) => self.successor(done, cursor)?,
        };
        cursor.at = target + 1;
        let leaf = self.leaves.get(target as usize)?;
        let mut entered = leaf.within;
        while entered != around {
            let Some(repeat) = self.repeat(entered) else { break };
            cursor.left[repeat.depth] = repeat.times.map_or(ENDLESS, |times| times - 1);
            entered = repeat.within;
        }
        Some(&leaf.op)
    }

    /// The operation that the cursor stands at: the last one that [`Self::next`] gave; none before the first and
    /// past the last.
    pub fn at(&self, cursor: Cursor) -> Option<&Op> {
        self.leaves.get(Self::place(cursor)?).map(|leaf| &leaf.op)
    }

    /// Where a child begins that is made by the operation at which the cursor stands.
    pub fn child(&self, cursor: Cursor) -> Cursor {
        let fork = Self::place(cursor).and_then(|place| self.leaves.get(place));
        if fork.is_some_and(|leaf| leaf.child.is_some()) { cursor.of_child() } else { cursor }
    }

    /// Zipf's law over the places of the operation at this position, if it refers by it.
    pub fn law(&self, position: u32) -> Option<&Zipf> {
        let place = self.laws.binary_search_by_key(&position, |(at, _)| *at).ok()?;
        Some(&self.laws[place].1)
    }

    /// The CPU time behind the cursor's operation up to the end of the burst: the next operation that blocks or
    /// ends the task. [`Nanos::FOREVER`] if there is none.
    pub fn burst_from(&self, cursor: Cursor) -> Nanos {
        self.ahead(cursor, |ahead| ahead.burst)
    }

    /// The CPU time behind the cursor's operation up to the end of the task; [`Nanos::FOREVER`] if it has none.
    pub fn cpu_from(&self, cursor: Cursor) -> Nanos {
        self.ahead(cursor, |ahead| ahead.total)
    }

    /// The CPU time of the whole program; [`Nanos::FOREVER`] if it has no end.
    pub fn total_cpu(&self) -> Nanos {
        self.blocks[0].whole.total.cpu
    }

    /// Whether it is the page daemon's: it begins to keep frames free and never ends.
    pub fn is_daemon(&self) -> bool {
        self.leaves.first().is_some_and(|leaf| leaf.op == Op::Reclaim)
    }

    /// Whether it maps regions of its own.
    pub fn maps(&self) -> bool {
        self.leaves.iter().any(|leaf| matches!(leaf.op, Op::Mmap(_)))
    }

    /// How many operations are written down, at any depth, repetitions not counted.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// Which operation follows `done`, and the innermost repetition that goes on around both. Passes are paid off
    /// on the way. None if the cursor already stood at the end.
    fn successor(&self, done: u32, cursor: &mut Cursor) -> Option<(u32, Option<LoopNo>)> {
        let leaf = self.leaves.get(done as usize)?;
        let mut around = leaf.within;
        // A child's block stands in the text behind its fork and is none of the parent's.
        let next = leaf.child.map_or(done + 1, |child| self.blocks[child as usize].end);
        while let Some(repeat) = self.repeat(around).filter(|repeat| repeat.last + 1 == next) {
            match &mut cursor.left[repeat.depth] {
                0 => around = repeat.within,
                &mut ENDLESS => return Some((repeat.first, around)),
                left => {
                    *left -= 1;
                    return Some((repeat.first, around));
                }
            }
        }
        let is_last = next >= self.blocks[leaf.block as usize].end;
        Some((if is_last { ordinal(self.leaves.len()) } else { next }, around))
    }

    /// The first operation of the block behind a fork; past the last if there is none.
    fn begin_child(&self, fork: u32, cursor: &mut Cursor) -> u32 {
        cursor.left = [0; NESTING];
        let child = self.leaves[fork as usize].child.map(|child| self.blocks[child as usize]);
        let has_any = child.is_some_and(|block| block.end > fork + 1);
        if has_any { fork + 1 } else { ordinal(self.leaves.len()) }
    }

    /// The place among the operations of the one at which a cursor stands.
    fn place(cursor: Cursor) -> Option<usize> {
        Some((cursor.at & !CHILD).checked_sub(1)? as usize)
    }

    fn ahead(&self, cursor: Cursor, which: impl Fn(&Ahead) -> Stretch) -> Nanos {
        let Some(done) = Self::place(cursor) else { return which(&self.blocks[0].whole).cpu };
        let Some(leaf) = self.leaves.get(done) else { return Nanos::ZERO };
        if let Some(child) = leaf.child.filter(|_| cursor.at & CHILD != 0) {
            return which(&self.blocks[child as usize].whole).cpu;
        }
        let mut sum = which(&leaf.after);
        let mut around = leaf.within;
        while let Some(repeat) = self.repeat(around) {
            sum = sum.then(which(&repeat.body).times(cursor.owed(repeat.depth))).then(which(&repeat.after));
            around = repeat.within;
        }
        sum.cpu
    }

    fn repeat(&self, number: Option<LoopNo>) -> Option<&Loop> {
        number.map(|number| &self.loops[number as usize])
    }

    /// Appends what one process carries out.
    fn push_block(&mut self, block: u32, body: &[Op]) {
        let whole = self.push_body(body, Within { block, repeat: None, depth: 0 });
        self.blocks[block as usize] = Block { end: ordinal(self.leaves.len()), whole };
    }

    /// Appends a body and gives the sums over one pass of it.
    fn push_body(&mut self, body: &[Op], within: Within) -> Ahead {
        let parts: Vec<Part> = body.iter().filter_map(|op| self.push(op, within)).collect();
        let mut after = Ahead::default();
        for part in parts.into_iter().rev() {
            after = match part {
                Part::Leaf(number) => {
                    let leaf = &mut self.leaves[number];
                    leaf.after = after;
                    Ahead::of(&leaf.op, self.reference).then(after)
                }
                Part::Loop(number) => {
                    let repeat = &mut self.loops[number];
                    repeat.after = after;
                    repeat.body.times(repeat.times).then(after)
                }
            };
        }
        after
    }

    /// Appends an operation; a repetition of nothing is none.
    fn push(&mut self, op: &Op, within: Within) -> Option<Part> {
        if let Op::Repeat { times, body } = op {
            return self.push_loop(times.map(|n| n.get()), body, within);
        }
        if let Op::Access(References { pattern: Pattern::Zipf(_), to, .. }) = op {
            let places = u32::try_from(to.places()).unwrap_or(u32::MAX);
            self.laws.push((ordinal(self.leaves.len()), Zipf::new(places)));
        }
        let place = self.leaves.len();
        let Within { block, repeat, .. } = within;
        let child = match op {
            Op::Fork(Some(_)) => Some(ordinal(self.blocks.len())),
            _ => None,
        };
        self.leaves.push(Leaf { op: op.clone(), within: repeat, after: Ahead::default(), block, child });
        if let (Op::Fork(Some(body)), Some(child)) = (op, child) {
            self.blocks.push(Block::default());
            self.push_block(child, body);
        }
        Some(Part::Leaf(place))
    }

    fn push_loop(&mut self, times: Option<u32>, body: &[Op], within: Within) -> Option<Part> {
        let Within { repeat, depth, .. } = within;
        assert!(depth < NESTING, "a program nests deeper than validation allows");
        let number = self.loops.len();
        let first = ordinal(self.leaves.len());
        let unknown = Ahead::default();
        self.loops.push(Loop {
            first,
            last: first,
            times,
            within: repeat,
            depth,
            body: unknown,
            after: unknown,
        });
        let inside = Within { repeat: Some(ordinal(number)), depth: depth + 1, ..within };
        let sums = self.push_body(body, inside);
        let Some(last) = ordinal(self.leaves.len()).checked_sub(1).filter(|last| *last >= first) else {
            self.loops.truncate(number);
            return None;
        };
        self.loops[number].last = last;
        self.loops[number].body = sums;
        Some(Part::Loop(number))
    }
}

/// Where a body stands: in which block, in which repetition of it, and how deep.
#[derive(Clone, Copy)]
struct Within {
    block: u32,
    repeat: Option<LoopNo>,
    depth: usize,
}

/// What a body is made of, by place in its table.
enum Part {
    Leaf(usize),
    Loop(usize),
}

fn ordinal(count: usize) -> u32 {
    let Ok(count) = u32::try_from(count) else { panic!("a program is longer than validation allows") };
    count
}

impl Ahead {
    fn of(op: &Op, reference: Nanos) -> Ahead {
        let cpu = op.cpu(reference);
        Ahead { burst: Stretch { cpu, ends: op.ends_burst() }, total: Stretch { cpu, ends: op.ends_task() } }
    }

    fn then(self, next: Ahead) -> Ahead {
        Ahead { burst: self.burst.then(next.burst), total: self.total.then(next.total) }
    }

    fn times(self, times: Option<u32>) -> Ahead {
        Ahead { burst: self.burst.times(times), total: self.total.times(times) }
    }
}

impl Stretch {
    /// This and, unless it is the end, what follows.
    fn then(self, next: Stretch) -> Stretch {
        if self.ends {
            return self;
        }
        Stretch { cpu: self.cpu.saturating_add(next.cpu), ends: next.ends }
    }

    /// This so many times, or for ever, or until it is the end: at the first pass or never.
    fn times(self, times: Option<u32>) -> Stretch {
        match times {
            Some(0) => Stretch::default(),
            _ if self.ends => self,
            Some(times) => Stretch { cpu: self.cpu.saturating_mul(times.into()), ends: false },
            None if self.cpu.is_zero() => Stretch { cpu: Nanos::ZERO, ends: true },
            None => Stretch { cpu: Nanos::FOREVER, ends: true },
        }
    }
}
