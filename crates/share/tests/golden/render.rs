//! A run as a file that a person can read: one line a CPU, one a task.
//!
//! `A:0-10` runs, `+A:10-11` is being switched in, `!A:3-4` is in the kernel, `~A:10-20` keeps the CPU waiting with it. After an `@`
//! stands the level of a feedback queue.

use std::fmt::Write;

use kernelscope_sim::scenario::PolicySpec;
use kernelscope_sim::time::{Nanos, Time, format};
use serde_json::json;

use super::trace::{Doing, Segment};
use super::{Run, memory};

/// Everything that is blessed.
pub(crate) fn run(run: &Run) -> String {
    let mut text = String::from("{\n");
    let mut line =
        |name: &str, value: &str| writeln!(text, "  {}: {value},", json!(name)).expect("a String takes it");
    let end = json!({
        "why": format!("{:?}", run.why),
        "at": duration(run, run.machine.now().0),
        "steps": run.machine.steps(),
        "events": run.trace.events.len(),
    });
    line("end", &end.to_string());
    for cpu in 0..run.decoded.scenario.machine.cpus {
        line(&format!("cpu{cpu}"), &json!(lane(run, cpu)).to_string());
    }
    line("tasks", &block(&tasks(run)));
    line("totals", &serde_json::to_string(run.machine.totals()).expect("plain numbers"));
    if let Some(memory) = run.machine.memory() {
        line("references", &block(&references(run)));
        line("memory", &serde_json::to_string(memory.counts()).expect("plain numbers"));
    }
    let fingerprint = |(step, state, log): &(u64, u64, u64)| {
        json!([step, format!("{state:016x}"), format!("{log:016x}")]).to_string()
    };
    let fingerprints: Vec<String> = run.fingerprints.iter().map(fingerprint).collect();
    writeln!(text, "  \"fingerprints\": [\n    {}\n  ]\n}}", fingerprints.join(",\n    "))
        .expect("a String takes it");
    text
}

/// What a CPU did, idle time left out.
pub(crate) fn lane(run: &Run, cpu: u16) -> String {
    let mut segments: Vec<&Segment> = run.trace.segments.iter().filter(|it| it.cpu == cpu).collect();
    segments.sort_by_key(|segment| segment.start);
    let names = run.decoded.task_names();
    let shown = segments.iter().filter(|segment| segment.doing != Doing::Idle).map(|segment| {
        let sign = match segment.doing {
            Doing::Switch => "+",
            Doing::Kernel => "!",
            Doing::Hold => "~",
            Doing::Run | Doing::Idle => "",
        };
        let name = segment.task.map_or("", |task| names[task as usize]);
        format!("{sign}{name}:{}", span(run, segment))
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// From when to when, and at which level where there are levels.
pub(crate) fn span(run: &Run, segment: &Segment) -> String {
    let [from, to] = [segment.start, segment.start + segment.length].map(|at| duration(run, at));
    match (&run.decoded.scenario.machine.policy, segment.doing) {
        (PolicySpec::Mlfq(_), Doing::Run) => format!("{from}-{to}@{}", segment.level),
        _ => format!("{from}-{to}"),
    }
}

fn duration(run: &Run, nanos: u64) -> String {
    format::duration(Nanos(nanos), run.decoded.unit.nanos())
}

fn tasks(run: &Run) -> Vec<String> {
    let row = |task: &kernelscope_sim::task::Task| {
        let name = run.machine.name_of(task.id);
        let account = &task.account;
        let instant = |at: Option<Time>| at.map(|at| duration(run, at.0));
        let since = |at: Option<Time>| Some(duration(run, at?.since(account.arrival?).0));
        let row = json!({
            "arrival": instant(account.arrival),
            "first_run": instant(account.first_run),
            "completion": instant(account.completion),
            "turnaround": since(account.completion),
            "response": since(account.first_run),
            "ready": duration(run, account.ready.0),
            "blocked": duration(run, account.blocked.0),
            "cpu": duration(run, account.cpu.0),
        });
        format!("{}: {row}", json!(name))
    };
    run.machine.tasks().iter().map(row).collect()
}

/// The marks of each task that refers to memory, where they fit a line.
fn references(run: &Run) -> Vec<String> {
    const LONGEST: usize = 300;
    let all = memory::references(run);
    let named = all.iter().zip(run.decoded.task_names()).filter(|(it, _)| !it.looks.is_empty());
    let short = |marks: &str| match marks.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{} …", &marks[..cut]),
        None => marks.to_owned(),
    };
    named
        .map(|(it, name)| {
            let row = json!({"strip": short(&it.strip), "tlb": short(&it.looks)});
            format!("{}: {row}", json!(name))
        })
        .collect()
}

fn block(lines: &[String]) -> String {
    format!("{{\n    {}\n  }}", lines.join(",\n    "))
}
