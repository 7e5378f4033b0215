//! What the machine says to a lesson: each of its scenarios is run once, with everything that happened kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::fold::lanes::Lanes;
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::query::{self, Query};
use kernelscope_session::timeline::tile;
use kernelscope_session::view::{Activity, Lane};
use kernelscope_share::file;
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::{CpuId, TaskId};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::{Nanos, Time, parse};

use super::Figured;
use super::claim::Measure;
use super::memory;
use crate::lessons::model::{BASE, Lesson};
use crate::lessons::picture::STRETCHES;

/// A lesson before the machine.
pub(super) struct Witness<'a> {
    lesson: &'a Lesson,
    runs: BTreeMap<String, Recorded>,
}

/// A run of one scenario, to its end.
struct Recorded {
    machine: Machine,
    events: Vec<Event>,
    names: Vec<String>,
    lanes: Lanes,
}

impl Recorded {
    fn new(lesson: &Lesson, variant: &str) -> Recorded {
        let document = lesson.document(Some(variant));
        let decoded = file::decode(&document)
            .unwrap_or_else(|problems| panic!("{} ({variant}) is no scenario: {problems:?}", lesson.id));
        let names = decoded.task_names().into_iter().map(str::to_owned).collect();
        let scenario = Arc::new(decoded.scenario);
        let mut lanes = Lanes::new(&scenario);
        let mut machine = Machine::new(scenario)
            .unwrap_or_else(|problems| panic!("{} ({variant}) cannot run: {problems:?}", lesson.id));
        let mut everything = Micro::default();
        machine.run(Stop::End, &mut everything);
        everything.0.iter().for_each(|event| lanes.event(event));
        Recorded { machine, events: everything.0, names, lanes }
    }

    fn task(&self, name: &str) -> Option<TaskId> {
        self.names.iter().position(|known| known == name).map(TaskId::from_index)
    }

    /// When a moment is, and how many events there were by then.
    fn moment(&self, target: &Target) -> Option<(Time, usize)> {
        match target {
            Target::Start => Some((Time::ZERO, 0)),
            Target::End => Some((self.machine.now(), self.events.len())),
            Target::Time(at) => {
                let count = self.events.partition_point(|event| event.at <= *at);
                (*at <= self.machine.now()).then_some((*at, count))
            }
            Target::Query(Query { ordinal, kind, task, from }) => {
                let task = match task {
                    Some(name) => Some(self.task(name)?),
                    None => None,
                };
                let fits = |event: &Event| event.at >= *from && kind.fits(task, event);
                let found = self.events.iter().enumerate().filter(|(_, event)| fits(event));
                let (place, event) =
                    found.into_iter().nth(usize::try_from(*ordinal).ok()?.checked_sub(1)?)?;
                Some((event.at, place + 1))
            }
            Target::Step(_) | Target::Moment { .. } | Target::Next(_) => None,
        }
    }

    /// The CPU time of a task within a stretch, added up from the timeline.
    fn cpu_in(&self, task: TaskId, from: Time, to: Time) -> Nanos {
        let tracks = self.lanes.clone().finish(self.machine.now());
        let cpus: Vec<_> =
            tracks.iter().filter(|(lane, _)| matches!(lane, Lane::Cpu(_))).map(|(_, track)| track).collect();
        let columns = u32::try_from(self.events.len() * 4).unwrap_or(u32::MAX);
        let tile = tile(cpus.into_iter(), (from, to), columns);
        let own = tile
            .lanes
            .iter()
            .flatten()
            .filter(|segment| segment.task == Some(task) && segment.activity == Activity::User);
        let lengths = own.map(|segment| {
            let end = (segment.start + segment.length).min(to);
            end.since(segment.start.max(from).min(end))
        });
        lengths.fold(Nanos::ZERO, |sum, length| sum + length)
    }

    /// Who has the first CPU, from the beginning: as many stretches as fit a picture.
    fn picture(&self, unit: Nanos) -> String {
        let tracks = self.lanes.clone().finish(self.machine.now());
        let first = tracks.iter().find(|(lane, _)| *lane == Lane::Cpu(CpuId::new(0))).map(|(_, track)| track);
        let columns = u32::try_from(self.events.len() * 4).unwrap_or(u32::MAX);
        let tile = tile(first.into_iter(), (Time::ZERO, self.machine.now()), columns);
        let mut stretches: Vec<(Option<TaskId>, Nanos)> = Vec::new();
        for segment in tile.lanes.iter().flatten() {
            let task = segment.task.filter(|_| segment.activity == Activity::User);
            match stretches.last_mut() {
                Some((last, length)) if *last == task => *length += segment.length,
                _ => stretches.push((task, segment.length)),
            }
        }
        let written = stretches.iter().take(STRETCHES).map(|(task, length)| {
            let task = task.map_or_else(|| "-".to_owned(), |task| task.get().to_string());
            let length = Figured::Duration(length.0, 1).shown_like("1.0", unit);
            format!("{task}:{}", length.trim_end_matches(".0"))
        });
        written.collect::<Vec<_>>().join(" ")
    }

    /// The machine as it stood at a moment.
    fn machine_at(&self, target: &Target) -> Option<Machine> {
        let (_, told) = self.moment(target)?;
        let mut machine = Machine::new(Arc::clone(self.machine.scenario())).ok()?;
        let mut events = Micro::default();
        while events.0.len() < told && machine.step(&mut events) == Progress::Going {}
        Some(machine)
    }

    /// How many of the events fit a question.
    fn number(&self, query: &Query) -> Option<u64> {
        let task = match &query.task {
            Some(name) => Some(self.task(name)?),
            None => None,
        };
        let fits = |event: &&Event| event.at >= query.from && query.kind.fits(task, event);
        Some(self.events.iter().filter(fits).count() as u64)
    }

    fn run_figure(&self, figure: &str) -> Option<Figured> {
        let totals = self.machine.totals();
        let over = |sum: u64, count: u32| Figured::Duration(sum, u64::from(count));
        let makespan = totals.last_completion?.since(totals.first_arrival?);
        let kernel = totals.kernel.0 + totals.switching.0;
        Some(match figure {
            "mean turnaround" => over(totals.turnaround_sum, totals.finished),
            "mean response" => over(totals.response_sum, totals.started),
            "mean waiting" => over(totals.waiting_sum, totals.finished),
            "makespan" => Figured::Duration(makespan.0, 1),
            "utilisation" => Figured::Share(totals.user.0, makespan.0 * self.machine.cpus().len() as u64),
            "overhead" => Figured::Share(kernel, totals.user.0 + kernel),
            "switches" => Figured::Count(totals.context_switches),
            "mode switches" => Figured::Count(totals.mode_switches),
            "syscalls" => Figured::Count(totals.syscalls),
            "interrupts" => Figured::Count(totals.interrupts),
            "exceptions" => Figured::Count(totals.exceptions),
            _ => return None,
        })
    }

    fn task_figure(&self, figure: &str, name: &str) -> Option<Figured> {
        let account = &self.machine.tasks()[self.task(name)?.index()].account;
        let arrival = account.arrival?;
        let nanos = match figure {
            "arrival" => arrival.0,
            "first run" => account.first_run?.0,
            "completion" => account.completion?.0,
            "turnaround" => account.completion?.since(arrival).0,
            "response" => account.first_run?.since(arrival).0,
            "waiting" => account.ready.0,
            "cpu" => account.cpu.0,
            "blocked" => account.blocked.0,
            _ => return None,
        };
        Some(Figured::Duration(nanos, 1))
    }
}

impl<'a> Witness<'a> {
    pub(super) fn new(lesson: &'a Lesson) -> Witness<'a> {
        Witness { lesson, runs: BTreeMap::new() }
    }

    /// The unit of the lesson's scenario.
    pub(super) fn unit(&self) -> Nanos {
        file::unit_of(&self.lesson.document).nanos()
    }

    /// The picture of the lesson's own scenario.
    pub(super) fn picture(&mut self) -> String {
        let unit = self.unit();
        self.run(None).picture(unit)
    }

    /// When a moment is.
    pub(super) fn moment(&mut self, variant: Option<&str>, target: &Target) -> Option<Time> {
        self.run(variant).moment(target).map(|(at, _)| at)
    }

    /// When a moment is, as the engine behind the page finds it.
    pub(super) fn sought(&mut self, variant: Option<&str>, to: Target) -> Option<Time> {
        let scenario = Arc::clone(self.run(variant).machine.scenario());
        let (generation, run) = (Generation(1), RunId(0));
        let mut engine = Engine::new();
        engine.ask(Request::Load { generation, runs: vec![scenario], at: Target::Start });
        let mut replies = Vec::new();
        while engine.busy() {
            engine.work(100_000, &mut replies);
        }
        engine.ask(Request::Seek { generation, run, to });
        while engine.busy() {
            engine.work(100_000, &mut replies);
        }
        replies.into_iter().find_map(|reply| match reply {
            Reply::Moved { found: true, snapshots, .. } => snapshots.first().map(|snapshot| snapshot.now),
            _ => None,
        })
    }

    /// What a claim speaks of, as the machine has it.
    pub(super) fn measure(&mut self, variant: Option<&str>, measure: &Measure<'_>) -> Option<Figured> {
        let unit = self.unit();
        let read = |moment: &str| query::parse(moment, unit).ok();
        let run = self.run(variant);
        match *measure {
            Measure::Run(figure) => run.run_figure(figure),
            Measure::Task(figure, task) => run.task_figure(figure, task),
            Measure::CpuIn(task, from, to) => {
                let instant = |text| parse::duration(text, unit).ok().map(|since| Time::ZERO + since);
                Some(Figured::Duration(run.cpu_in(run.task(task)?, instant(from)?, instant(to)?).0, 1))
            }
            Measure::EstimateAt(task, moment) => {
                let (_, count) = run.moment(&read(moment)?)?;
                let task = run.task(task)?;
                let next = run.events[..count].iter().rev().find_map(|event| match event.kind {
                    EventKind::Estimate { next, .. } if event.task == Some(task) => Some(next),
                    _ => None,
                });
                Some(Figured::Duration(next?.0, 1))
            }
            Measure::Time(moment) => Some(Figured::Duration(run.moment(&read(moment)?)?.0.0, 1)),
            Measure::Number(moments) => match read(moments)? {
                Target::Query(query) => run.number(&query).map(Figured::Count),
                _ => None,
            },
            Measure::Memory(figure) => memory::of_run(&run.machine, figure),
            Measure::Access(figure, moment) => {
                let (_, count) = run.moment(&read(moment)?)?;
                memory::of_access(run.machine.memory()?.spec(), &run.events[..count], figure)
            }
            Measure::MemoryAt(figure, task, moment) => {
                let task = match task {
                    Some(name) => Some(run.task(name)?),
                    None => None,
                };
                memory::now(&run.machine_at(&read(moment)?)?, figure, task)
            }
            Measure::Between(from, to) => {
                let (from, to) = (run.moment(&read(from)?)?.0, run.moment(&read(to)?)?.0);
                Some(Figured::Duration(to.since(from).0, 1))
            }
        }
    }

    fn run(&mut self, variant: Option<&str>) -> &Recorded {
        let name = variant.unwrap_or(BASE);
        self.runs.entry(name.to_owned()).or_insert_with(|| Recorded::new(self.lesson, name))
    }
}
