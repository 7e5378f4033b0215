//! `kernelscope trace`: what happens, event by event, in words.

mod memory;
mod words;

use std::io::Write;
use std::sync::Arc;

use kernelscope_share::file::Decoded;
use kernelscope_sim::event::{Detail, Event};
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::sink::Micro;

use crate::Failure;
use crate::args::Trace;
use crate::table::{columns_of, in_units};
use words::Words;

/// Runs a scenario and writes a line for each event.
pub(crate) fn trace(args: &Trace, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    let decoded = source.decode()?;
    if let Some(task) = args.task.as_deref().filter(|task| !decoded.task_names().contains(task)) {
        return Err(Failure::Usage(format!("{}: there is no task {task}", source.name)));
    }
    let scenario = Arc::new(decoded.scenario.clone());
    let mut machine =
        Machine::new(scenario).map_err(|problems| Failure::Scenario(source.report(&problems)))?;
    let mut tracer = Tracer::new(&decoded, args);
    let mut events = Micro::default();
    loop {
        let progress = machine.step(&mut events);
        tracer.words.learn(&machine);
        for event in events.0.drain(..).filter(|event| tracer.wants(event)) {
            writeln!(out, "{}", tracer.line(&event))?;
        }
        if let Progress::Ended(_) = progress {
            return Ok(());
        }
    }
}

struct Tracer<'a> {
    decoded: &'a Decoded,
    words: Words<'a>,
    detail: Detail,
    task: Option<usize>,
    /// The columns of the widest name.
    margin: usize,
}

impl<'a> Tracer<'a> {
    fn new(decoded: &'a Decoded, args: &Trace) -> Tracer<'a> {
        let names = decoded.task_names();
        let task = args.task.as_deref().and_then(|task| names.iter().position(|name| *name == task));
        let margin = names.iter().map(|name| columns_of(name)).max().unwrap_or(0);
        let detail = if args.all { Detail::Micro } else { Detail::Story };
        Tracer { decoded, words: Words::new(decoded), detail, task, margin }
    }

    fn wants(&self, event: &Event) -> bool {
        let is_about = |task| event.task.is_some_and(|about| about.index() == task);
        event.kind.detail() <= self.detail && self.task.is_none_or(is_about)
    }

    /// Time, CPU, task, and what happened.
    fn line(&self, event: &Event) -> String {
        let at = in_units(event.at.0, 1, self.decoded.unit);
        let cpu = event.cpu.map_or_else(String::new, |cpu| cpu.get().to_string());
        let name = event.task.map_or("", |task| self.words.name(task));
        let pad = " ".repeat(self.margin.saturating_sub(columns_of(name)));
        format!("{at:>10}  {cpu:>2}  {name}{pad}  {}", self.words.of(&event.kind))
    }
}
