//! Where the time goes: every nanosecond of every CPU and of every task's life is booked once, and the counters are what
//! one would count from the events.

use std::sync::Arc;

use kernelscope_sim::conventions::{SwitchChargedTo, WaitingCounts};
use kernelscope_sim::event::{Cause, EndReason, Event, EventKind};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::program::code::Code;
use kernelscope_sim::scenario::{Scenario, TaskKind};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::task::{Ending, State};
use kernelscope_sim::time::Nanos;
use proptest::prelude::*;

use crate::random;
use crate::trace::{Doing, Segment, Trace};
use crate::watch;

fn run(scenario: &Scenario) -> (Machine, Trace, EndReason) {
    let mut machine = Machine::new(Arc::new(scenario.clone())).expect("the scenario is valid");
    let mut sink = Micro::default();
    let Progress::Ended(reason) = machine.run(Stop::End, &mut sink) else { panic!("a run to the end ends") };
    let trace = Trace::fold(scenario, sink.0, machine.now().0);
    (machine, trace, reason)
}

fn length<'a>(segments: impl Iterator<Item = &'a Segment>) -> u64 {
    segments.map(|segment| segment.length).sum()
}

proptest! {
    #[test]
    fn the_counters_are_what_the_events_add_up_to(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        let totals = machine.totals();
        let count = |is: fn(&EventKind) -> bool| trace.events.iter().filter(|event| is(&event.kind)).count() as u64;
        let instants = |of: fn(&crate::trace::Times) -> Option<u64>| trace.tasks.iter().filter_map(of);

        prop_assert_eq!(u64::from(totals.arrived), count(|kind| matches!(kind, EventKind::Arrive)));
        prop_assert_eq!(totals.first_arrival.map(|at| at.0), instants(|it| it.arrival).min());
        prop_assert_eq!(totals.last_completion.map(|at| at.0), instants(|it| it.completion).max());
        prop_assert_eq!(u64::from(totals.finished), instants(|it| it.completion).count() as u64);
        prop_assert_eq!(u64::from(totals.started), instants(|it| it.first_run).count() as u64);
        let turnaround = |it: &crate::trace::Times| Some(it.completion? - it.arrival?);
        prop_assert_eq!(totals.turnaround_sum, trace.tasks.iter().filter_map(turnaround).sum::<u64>());
        let response = |it: &crate::trace::Times| Some(it.first_run? - it.arrival?);
        prop_assert_eq!(totals.response_sum, trace.tasks.iter().filter_map(response).sum::<u64>());

        prop_assert_eq!(totals.dispatches, count(|kind| matches!(kind, EventKind::Dispatch { .. })));
        prop_assert_eq!(totals.slices, totals.dispatches);
        let switches = count(|kind| matches!(kind, EventKind::ContextSwitch { .. }));
        prop_assert_eq!(totals.context_switches, switches);
        prop_assert_eq!(totals.voluntary + totals.involuntary, totals.context_switches);
        let entries = |is: fn(Cause) -> bool| {
            let is_one = |kind: EventKind| matches!(kind, EventKind::KernelEntry { cause, .. } if is(cause));
            trace.events.iter().filter(|event| is_one(event.kind)).count() as u64
        };
        prop_assert_eq!(totals.syscalls, entries(|cause| matches!(cause, Cause::Syscall(_))));
        prop_assert_eq!(totals.exceptions, entries(|cause| matches!(cause, Cause::Exception)));
        prop_assert_eq!(totals.interrupts, entries(|cause| matches!(cause, Cause::Timer | Cause::Device(_) | Cause::Reschedule)));
        prop_assert!(totals.mode_switches >= totals.syscalls + totals.exceptions);
    }

    #[test]
    fn waiting_and_latency_are_what_the_events_say(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        let totals = machine.totals();
        let waiting = machine.tasks().iter().filter_map(|task| {
            let turnaround = task.account.completion?.since(task.account.arrival?);
            Some(match scenario.rules.waiting_counts {
                WaitingCounts::Ready => task.account.ready.0,
                WaitingCounts::NotRunning => turnaround.0 - task.account.cpu.0,
            })
        });
        prop_assert_eq!(totals.waiting_sum, waiting.sum::<u64>());

        let mut ready_since = vec![0; machine.tasks().len()];
        let mut latencies = Vec::new();
        for event in &trace.events {
            let Some(task) = event.task else { continue };
            match event.kind {
                EventKind::Enqueue { .. } => ready_since[task.index()] = event.at.0,
                EventKind::Dispatch { .. } => latencies.push(event.at.0 - ready_since[task.index()]),
                _ => {}
            }
        }
        prop_assert_eq!(totals.latency_sum, latencies.iter().sum::<u64>());
        prop_assert_eq!(totals.latency_max.0, latencies.into_iter().max().unwrap_or(0));
    }

    #[test]
    fn modes_change_when_user_mode_is_left(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        let mut user_mode = vec![false; machine.cpus().len()];
        let mut entries = 0;
        for event in &trace.events {
            let (Some(cpu), Some(task)) = (event.cpu, event.task) else { continue };
            let is_user = machine.tasks()[task.index()].kind == TaskKind::User;
            match event.kind {
                EventKind::Run => user_mode[cpu.index()] = is_user,
                EventKind::KernelEntry { .. } => entries += u64::from(std::mem::take(&mut user_mode[cpu.index()])),
                EventKind::Killed { .. } => user_mode[cpu.index()] = false,
                _ => {}
            }
        }
        prop_assert_eq!(machine.totals().mode_switches, entries);
        prop_assert!(entries >= machine.totals().context_switches.saturating_sub(machine.totals().dispatches));
    }

    #[test]
    fn the_kernel_charges_whom_the_convention_names(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        let mut charged = vec![0; machine.tasks().len()];
        for segment in trace.segments.iter().filter(|segment| segment.doing == Doing::Kernel) {
            if let Some(task) = segment.task {
                charged[task as usize] += segment.length;
            }
        }
        for switch in trace.segments.iter().filter(|segment| segment.doing == Doing::Switch) {
            let began = |event: &&Event| {
                let is_switch = matches!(event.kind, EventKind::ContextSwitch { .. });
                is_switch && event.at.0 == switch.start && event.cpu.is_some_and(|cpu| cpu.get() == switch.cpu)
            };
            let Some(EventKind::ContextSwitch { from, .. }) = trace.events.iter().rfind(began).map(|event| event.kind)
            else {
                return Err(TestCaseError::fail("a switch without its event"));
            };
            let payer = match scenario.rules.switch_charged_to {
                SwitchChargedTo::Incoming => switch.task,
                SwitchChargedTo::Outgoing => from.map(|task| task.get()),
                SwitchChargedTo::Nobody => None,
            };
            if let Some(task) = payer {
                charged[task as usize] += switch.length;
            }
        }
        let accounts: Vec<u64> = machine.tasks().iter().map(|task| task.account.kernel.0).collect();
        prop_assert_eq!(accounts, charged);
    }

    #[test]
    fn every_nanosecond_of_every_cpu_is_booked_once(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        for cpu in 0..scenario.machine.cpus {
            let mut own: Vec<&Segment> = trace.segments.iter().filter(|segment| segment.cpu == cpu).collect();
            own.sort_by_key(|segment| segment.start);
            let seamless = own.windows(2).all(|pair| pair[0].start + pair[0].length == pair[1].start);
            prop_assert!(seamless, "cpu {} has a gap or does two things at once: {:?}", cpu, own);
            prop_assert_eq!(length(own.into_iter()), trace.end);
        }
        let is_kernel_thread = |task: Option<u32>| {
            task.is_some_and(|task| machine.tasks()[task as usize].kind == TaskKind::KernelThread)
        };
        let sum = |is: &dyn Fn(&Segment) -> bool| length(trace.segments.iter().filter(|segment| is(segment)));
        let totals = machine.totals();
        prop_assert_eq!(totals.user.0, sum(&|it| it.doing == Doing::Run && !is_kernel_thread(it.task)));
        prop_assert_eq!(totals.switching.0, sum(&|it| it.doing == Doing::Switch));
        prop_assert_eq!(totals.iowait.0, sum(&|it| it.doing == Doing::Hold));
        let kernel = |it: &Segment| it.doing == Doing::Kernel || (it.doing == Doing::Run && is_kernel_thread(it.task));
        prop_assert_eq!(totals.kernel.0, sum(&kernel));
    }

    #[test]
    fn nobody_is_on_two_cpus_at_once(scenario in random::scenarios()) {
        let trace = watch(&scenario);
        for task in 0..trace.tasks.len() as u32 {
            let mut own: Vec<&Segment> = (trace.segments.iter())
                .filter(|it| it.task == Some(task) && it.doing != Doing::Hold)
                .collect();
            own.sort_by_key(|segment| segment.start);
            prop_assert!(own.windows(2).all(|pair| pair[0].start + pair[0].length <= pair[1].start), "{:?}", own);
        }
    }

    #[test]
    fn a_finished_task_has_done_all_its_work_and_its_life_adds_up(scenario in random::scenarios()) {
        let (machine, trace, _) = run(&scenario);
        for task in machine.tasks() {
            let account = &task.account;
            let on_cpu = |doing| {
                length(trace.segments.iter().filter(|it| it.doing == doing && it.task == Some(task.id.get())))
            };
            prop_assert_eq!(account.cpu.0, on_cpu(Doing::Run));
            let (Some(arrival), Some(completion)) = (account.arrival, account.completion) else { continue };
            let life = on_cpu(Doing::Run) + on_cpu(Doing::Kernel) + account.switching.0;
            prop_assert_eq!(completion.since(arrival).0, life + account.ready.0 + account.blocked.0, "{:?}", task.id);
            let listed = scenario.processes.get(task.id.index());
            if let (Some(process), Some(Ending::Exited(_))) = (listed, task.ending) {
                prop_assert_eq!(account.cpu, Code::compile(&process.program, Nanos::ZERO).total_cpu());
            }
        }
    }

    #[test]
    fn a_run_says_truly_why_it_ended(scenario in random::scenarios()) {
        let (machine, trace, reason) = run(&scenario);
        let all_gone = machine.tasks().iter().all(|task| task.state == State::Reaped);
        prop_assert_eq!(reason == EndReason::Done, all_gone || (reason == EndReason::Done));
        prop_assert_eq!(trace.events.last().map(|event| event.kind), Some(EventKind::End(reason)));
        match reason {
            EndReason::Done => prop_assert!(all_gone),
            EndReason::TimeLimit => prop_assert_eq!(Some(machine.now()), scenario.limits.until),
            EndReason::StepLimit => prop_assert_eq!(machine.steps(), scenario.limits.steps),
            EndReason::Livelock => {
                let told = |kind: EventKind| matches!(kind, EventKind::Livelock { .. });
                prop_assert!(trace.events.iter().any(|event| told(event.kind)));
            }
            EndReason::Stuck => prop_assert!(!all_gone),
        }
    }
}
