//! Programs as text: one line, the shortest exact form of everything, one way to write each.

use std::fmt::Write;
use std::ops::Range;

use super::memory::{Access, Grain, Mapping, Pattern, Prot, References, Stretch};
use super::process::{PARENT, Relative, TERM, signal_name};
use super::{Names, Op, Privileged, Program};
use crate::time::{Nanos, format};

/// Writes a program so that [`super::parse::parse`] reads the same program back.
///
/// A device that `names` does not know is written as `?`, which no parser takes for a device.
pub fn print(program: &Program, names: &Names<'_>) -> String {
    spans(program, names).0
}

/// Writes a program as [`print`] does and gives the bytes of each operation that is not a repetition, in order:
/// the place in the list is what [`super::code::Cursor::position`] counts.
pub fn spans(program: &Program, names: &Names<'_>) -> (String, Vec<Range<u32>>) {
    let mut printer = Printer { names, text: String::new(), spans: Vec::new() };
    printer.body(&program.0);
    (printer.text, printer.spans)
}

struct Printer<'a> {
    names: &'a Names<'a>,
    text: String,
    spans: Vec<Range<u32>>,
}

impl Printer<'_> {
    fn body(&mut self, body: &[Op]) {
        for (place, op) in body.iter().enumerate() {
            if place > 0 {
                self.text.push_str("; ");
            }
            self.op(op);
        }
    }

    fn op(&mut self, op: &Op) {
        let start = self.end();
        match op {
            Op::Fork(child) => return self.fork(child.as_deref(), start),
            Op::Repeat { times, body } => {
                self.text.push_str("repeat ");
                if let Some(times) = times {
                    self.word(times);
                    self.text.push(' ');
                }
                self.text.push_str("{ ");
                self.body(body);
                return self.text.push_str(" }");
            }
            Op::Cpu(time) => self.timed("cpu", *time),
            Op::Io { device: None, time } => self.timed("io", *time),
            Op::Io { device: Some(device), time } => {
                let device = self.names.devices.get(device.index()).map_or("?", String::as_str);
                self.text.push_str("io ");
                self.timed(device, *time);
            }
            Op::Sleep(time) => self.timed("sleep", *time),
            Op::SleepUntil(time) => self.timed("sleep until", Nanos(time.0)),
            Op::Yield => self.text.push_str("yield"),
            Op::Exit(0) => self.text.push_str("exit"),
            Op::Exit(status) => self.word(format_args!("exit {status}")),
            Op::Syscall(number) => self.word(format_args!("syscall {number}")),
            Op::Privileged(instruction) => self.word(format_args!("privileged {}", name(*instruction))),
            Op::Access(references) => self.references(references),
            Op::Refs(pages) => {
                self.text.push_str("refs");
                pages.iter().for_each(|page| self.word(format_args!(" {page}")));
            }
            Op::Mmap(mapping) => self.mapping(mapping),
            Op::Munmap(region) => self.word(format_args!("munmap {region}")),
            Op::Reclaim => self.text.push_str("reclaim"),
            Op::Wait(None) => self.text.push_str("wait"),
            Op::Wait(Some(child)) => self.word(format_args!("wait {child}")),
            Op::Kill { whom, signal } => self.kill(*whom, *signal),
        }
        self.spans.push(start..self.end());
    }

    /// The bytes of a fork are its word alone: the child's program has operations of its own.
    fn fork(&mut self, child: Option<&[Op]>, start: u32) {
        self.text.push_str("fork");
        self.spans.push(start..self.end());
        if let Some(child) = child {
            self.text.push_str(" { ");
            self.body(child);
            self.text.push_str(" }");
        }
    }

    fn kill(&mut self, whom: Relative, signal: u8) {
        match whom {
            Relative::Child(child) => self.word(format_args!("kill {child}")),
            Relative::Parent => self.word(format_args!("kill {PARENT}")),
        }
        if signal != TERM {
            self.word(format_args!(" {}", signal_name(signal).unwrap_or("?")));
        }
    }

    fn references(&mut self, References { access, to, pattern }: &References) {
        let word = Access::ALL.iter().find(|(_, known)| known == access).map_or("?", |(word, _)| word);
        self.word(format_args!("{word} "));
        self.place(to, to.start);
        if to.end - to.start > 1 {
            self.text.push_str("..");
            self.place(to, to.end);
        }
        if to.step != 1 {
            self.word(format_args!(" step {}", to.step));
        }
        match pattern {
            Pattern::InOrder => {}
            Pattern::Uniform(times) => self.word(format_args!(" uniform {times}")),
            Pattern::Zipf(times) => self.word(format_args!(" zipf {times}")),
            Pattern::Hot(times) => self.word(format_args!(" hot {times}")),
            Pattern::Phases { times, window, stay } => {
                self.word(format_args!(" phases {times} window {window} stay {stay}"));
            }
        }
    }

    /// A place: a region's name alone is its first page.
    fn place(&mut self, of: &Stretch, at: u64) {
        match (&of.region, of.grain) {
            (Some(region), Grain::Page) if at == 0 => self.word(region),
            (region, grain) => {
                if let Some(region) = region {
                    self.word(format_args!("{region}+"));
                }
                match grain {
                    Grain::Page => self.word(format_args!("p{at}")),
                    Grain::Byte => self.word(format_args!("{at:#x}")),
                }
            }
        }
    }

    fn mapping(&mut self, Mapping { region, pages, prot, at, file }: &Mapping) {
        self.word(format_args!("mmap {region} {pages}"));
        if *prot != Prot::RW {
            let word = Prot::WORDS.iter().find(|(_, known)| known == prot).map_or("?", |(word, _)| word);
            self.word(format_args!(" {word}"));
        }
        if let Some(at) = at {
            self.word(format_args!(" at p{at}"));
        }
        if *file {
            self.text.push_str(" file");
        }
    }

    fn timed(&mut self, word: &str, time: Nanos) {
        let time = format::duration(time, self.names.unit);
        self.word(format_args!("{word} {time}"));
    }

    fn word(&mut self, word: impl std::fmt::Display) {
        let Ok(()) = write!(self.text, "{word}") else { unreachable!("a String takes any text") };
    }

    /// Where the text ends, in bytes.
    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

fn name(instruction: Privileged) -> &'static str {
    Privileged::ALL.iter().find(|(_, known)| *known == instruction).map_or("?", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::ids::DeviceId;
    use crate::time::Time;

    fn ms(n: u64) -> Nanos {
        Nanos::from_millis(n)
    }

    #[test]
    fn every_operation_has_one_way_to_be_written() {
        let devices = ["disk".to_owned()];
        let names = Names { unit: ms(1), devices: &devices };
        let program = Program(vec![
            Op::Cpu(ms(30)),
            Op::Io { device: Some(DeviceId::new(0)), time: ms(10) },
            Op::Repeat {
                times: NonZeroU32::new(3),
                body: vec![Op::Cpu(Nanos(500)), Op::Io { device: None, time: ms(5) }],
            },
            Op::Repeat { times: None, body: vec![Op::Yield, Op::SleepUntil(Time(1)), Op::Sleep(ms(2))] },
            Op::Syscall(39),
            Op::Privileged(Privileged::SetTimer),
            Op::Exit(2),
            Op::Exit(0),
            Op::Io { device: Some(DeviceId::new(7)), time: ms(1) },
        ]);
        let (text, spans) = spans(&program, &names);
        assert_eq!(
            text,
            "cpu 30; io disk 10; repeat 3 { cpu 500ns; io 5 }; repeat { yield; sleep until 1ns; sleep 2 }; \
             syscall 39; privileged set_timer; exit 2; exit; io ? 1"
        );
        let leaves: Vec<&str> =
            spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect();
        assert_eq!(leaves[..4], ["cpu 30", "io disk 10", "cpu 500ns", "io 5"]);
        assert_eq!(leaves.last(), Some(&"io ? 1"));
    }
}
