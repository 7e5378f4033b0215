use std::num::NonZeroU32;

use proptest::prelude::*;

use super::*;
use crate::program::{Privileged, arbitrary};

fn cpu(time: u64) -> Op {
    Op::Cpu(Nanos(time))
}

fn io(time: u64) -> Op {
    Op::Io { device: None, time: Nanos(time) }
}

fn repeat(times: u32, body: Vec<Op>) -> Op {
    Op::Repeat { times: NonZeroU32::new(times), body }
}

fn forever(body: Vec<Op>) -> Op {
    Op::Repeat { times: None, body }
}

fn compile(ops: Vec<Op>) -> Code {
    Code::compile(&Program(ops), Nanos(2))
}

/// The ordinals of the first operations that a program carries out.
fn walk(code: &Code, most: usize) -> Vec<u32> {
    let mut cursor = Cursor::START;
    std::iter::from_fn(|| code.next(&mut cursor).map(|_| cursor.position())).take(most).collect()
}

#[test]
fn repetitions_are_followed_and_counted_in_the_order_of_the_text() {
    let code = compile(vec![cpu(1), repeat(2, vec![repeat(2, vec![cpu(2), io(1)]), cpu(3)]), io(4)]);
    assert_eq!(walk(&code, 99), [0, 1, 2, 1, 2, 3, 1, 2, 1, 2, 3, 4]);
    let endless = compile(vec![forever(vec![cpu(1), repeat(2, vec![cpu(2)])])]);
    assert_eq!(walk(&endless, 7), [0, 1, 1, 0, 1, 1, 0]);
}

#[test]
fn a_program_that_is_over_stays_over() {
    let code = compile(vec![cpu(1)]);
    let mut cursor = Cursor::START;
    assert_eq!(code.next(&mut cursor), Some(&cpu(1)));
    assert_eq!(code.next(&mut cursor), None);
    let end = cursor;
    assert_eq!(code.next(&mut cursor), None);
    assert_eq!((cursor, cursor.position()), (end, 1));
    assert_eq!(code.burst_from(end), Nanos::ZERO);
    assert_eq!(compile(vec![]).next(&mut Cursor::default()), None);
}

#[test]
fn a_burst_goes_through_repetitions_up_to_what_blocks() {
    let code = compile(vec![cpu(1), repeat(4_000_000_000, vec![cpu(3)]), cpu(5), io(7), cpu(9)]);
    assert_eq!(code.burst_from(Cursor::START), Nanos(12_000_000_006));
    assert_eq!(code.total_cpu(), Nanos(12_000_000_015));
    let mut cursor = Cursor::START;
    for expected in [12_000_000_005, 12_000_000_002, 11_999_999_999] {
        code.next(&mut cursor);
        assert_eq!(code.burst_from(cursor), Nanos(expected));
    }
}

#[test]
fn a_burst_spans_the_seam_between_two_passes() {
    let code = compile(vec![repeat(2, vec![cpu(1), io(1), cpu(2)]), cpu(4)]);
    let mut cursor = Cursor::START;
    let bursts: Vec<u64> =
        std::iter::from_fn(|| code.next(&mut cursor).map(|_| code.burst_from(cursor).0)).collect();
    assert_eq!(bursts, [0, 3, 1, 0, 6, 4, 0]);
}

#[test]
fn what_never_ends_is_longer_than_anything_and_what_never_computes_is_not() {
    assert_eq!(compile(vec![cpu(1), forever(vec![cpu(1)])]).burst_from(Cursor::START), Nanos::FOREVER);
    let gamer = compile(vec![forever(vec![cpu(9), io(1)])]);
    assert_eq!((gamer.burst_from(Cursor::START), gamer.total_cpu()), (Nanos(9), Nanos::FOREVER));
    assert_eq!(compile(vec![cpu(2), forever(vec![Op::Yield]), cpu(3)]).total_cpu(), Nanos(2));
    let huge = compile(vec![repeat(u32::MAX, vec![repeat(u32::MAX, vec![cpu(9)])])]);
    assert_eq!(huge.total_cpu(), Nanos::FOREVER);
}

#[test]
fn nothing_counts_after_the_end_of_the_task() {
    for end in [Op::Exit(0), Op::Syscall(60), Op::Privileged(Privileged::Halt)] {
        assert_eq!(compile(vec![repeat(3, vec![cpu(5), end]), cpu(7)]).total_cpu(), Nanos(5));
    }
}

fn fork(body: Vec<Op>) -> Op {
    Op::Fork(Some(body))
}

/// The ordinals of what the child carries out that the first fork of a program makes.
fn walk_child(code: &Code) -> Vec<u32> {
    let mut cursor = Cursor::START;
    while !matches!(code.next(&mut cursor), Some(Op::Fork(_))) {}
    let mut child = code.child(cursor);
    assert_eq!((child.position(), code.at(child)), (cursor.position(), code.at(cursor)));
    std::iter::from_fn(|| code.next(&mut child).map(|_| child.position())).collect()
}

#[test]
fn a_child_ends_with_its_block_and_the_parent_passes_it_by() {
    let inner = fork(vec![cpu(4)]);
    let code = compile(vec![repeat(2, vec![fork(vec![repeat(2, vec![cpu(1)]), inner]), cpu(8)]), cpu(16)]);
    // 0 fork, 1 cpu 1, 2 fork, 3 cpu 4, 4 cpu 8, 5 cpu 16.
    assert_eq!(walk(&code, 99), [0, 4, 0, 4, 5]);
    assert_eq!(walk_child(&code), [1, 1, 2]);
    assert_eq!(code.total_cpu(), Nanos(32));
    let mut cursor = Cursor::START;
    code.next(&mut cursor);
    assert_eq!(code.cpu_from(cursor), Nanos(32));
    let mut child = code.child(cursor);
    assert_eq!(code.burst_from(child), Nanos(2));
    code.next(&mut child);
    assert_eq!(code.cpu_from(child), Nanos(1));
    let ends = compile(vec![repeat(3, vec![cpu(1), fork(vec![cpu(2)])])]);
    assert_eq!((walk(&ends, 99), walk_child(&ends)), (vec![0, 1, 0, 1, 0, 1], vec![2]));
}

#[test]
fn a_child_without_a_block_goes_on_where_its_parent_does() {
    let code = compile(vec![repeat(2, vec![Op::Fork(None), cpu(1)]), cpu(2)]);
    assert_eq!(walk_child(&code), [1, 0, 1, 2]);
}

#[test]
fn a_cursor_is_small_enough_to_be_copied_freely() {
    assert_eq!(size_of::<Cursor>(), 36);
}

/// What a program does, one operation after the other, by taking the tree apart; at most `most`.
fn expand(body: &[Op], most: usize, done: &mut Vec<Op>) {
    for op in body {
        let Op::Repeat { times, body } = op else {
            if done.len() < most {
                done.push(op.clone());
            }
            continue;
        };
        for _ in 0..times.map_or(u32::MAX, NonZeroU32::get) {
            if done.len() >= most {
                return;
            }
            expand(body, most, done);
        }
    }
}

fn sum_until(ops: &[Op], end: impl Fn(&Op) -> bool) -> Option<u64> {
    let end = ops.iter().position(end)?;
    Some(ops[..end].iter().map(|op| op.cpu(Nanos(2)).0).sum())
}

proptest! {
    #[test]
    fn stepping_agrees_with_a_model_that_expands(program in arbitrary::tame()) {
        const MOST: usize = 400;
        let mut expanded = Vec::new();
        expand(&program.0, MOST, &mut expanded);
        let code = Code::compile(&program, Nanos(2));
        let complete = expanded.len() < MOST;
        let mut cursor = Cursor::START;
        for done in 0..=expanded.len() {
            let ahead = &expanded[done..];
            let whole: u64 = ahead.iter().map(|op| op.cpu(Nanos(2)).0).sum();
            let sums = [
                (code.burst_from(cursor), sum_until(ahead, Op::ends_burst)),
                (code.cpu_from(cursor), sum_until(ahead, Op::ends_task)),
            ];
            for (sum, model) in sums {
                match model {
                    Some(model) => prop_assert_eq!(sum, Nanos(model)),
                    None if complete => prop_assert_eq!(sum, Nanos(whole)),
                    None => prop_assert!(sum >= Nanos(whole)),
                }
            }
            if done < expanded.len() {
                prop_assert_eq!(code.next(&mut cursor), Some(&expanded[done]));
            } else if complete {
                prop_assert_eq!(code.next(&mut cursor), None);
            }
        }
    }

    #[test]
    fn no_program_is_too_wild(program in arbitrary::wild()) {
        let code = Code::compile(&program, Nanos(2));
        let mut cursor = Cursor::START;
        let mut steps = 0;
        while let Some(op) = code.next(&mut cursor).filter(|_| steps < 200) {
            prop_assert!((cursor.position() as usize) < code.len());
            prop_assert!(op.ends_burst() || code.burst_from(cursor) <= code.cpu_from(cursor));
            steps += 1;
        }
    }
}
