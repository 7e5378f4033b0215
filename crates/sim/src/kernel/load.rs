//! The load on memory (OSTEP 22.11; OSC 3.2.2, 10.6): which processes are let in, and who is swapped out as a whole.
//!
//! When the working sets of all processes that are ready, running or blocked have more pages than there are frames, the
//! one of the lowest priority is suspended, the largest of those, the one with the highest pid of several. Its pages are
//! the first to leave. It is swapped out when it is ready, at once or once what it waits for has come; a reference that
//! is under way is finished. Whoever has been out longest comes back as soon as its working set fits, or nobody else
//! wants memory.

use crate::conventions::PriorityBest;
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, MemoryEvent, Why};
use crate::ids::{CpuId, SpaceId, TaskId};
use crate::machine::Machine;
use crate::sink::Sink;
use crate::task::{Departure, State};

impl Machine {
    /// In the turn of the decisions, before anybody gets a CPU: one process is suspended, swapped out or resumed.
    pub(super) fn balance_load(&mut self, sink: &mut impl Sink) -> bool {
        let is_controlled = self.state.memory.as_ref().is_some_and(|memory| memory.admission().is_some());
        is_controlled && (self.suspend_one(sink) || self.swap_one_out(sink) || self.resume_one(sink))
    }

    /// While too much is wanted, and it is not a single process that wants it.
    fn suspend_one(&mut self, sink: &mut impl Sink) -> bool {
        let memory = self.state.memory.get();
        let frames = memory.spec().frames;
        let Some(admission) = memory.admission().filter(|it| it.wanted() > frames) else { return false };
        let wanted = admission.wanted();
        let active: Vec<(SpaceId, u32)> =
            admission.active().map(|space| (space, admission.size(space))).collect();
        if active.len() < 2 {
            return false;
        }
        let best = self.fixed.scenario.rules.priority_best;
        let owners: Vec<TaskId> = memory.spaces().iter().map(|space| space.owner).collect();
        let rank = |(space, size): &(SpaceId, u32)| {
            let task = &self.state.tasks[owners[space.index()].index()];
            let lowest = match best {
                PriorityBest::Lowest => task.priority,
                PriorityBest::Highest => u32::MAX - task.priority,
            };
            (lowest, *size, task.pid)
        };
        let Some((space, _)) = active.into_iter().max_by_key(rank) else { return false };
        let task = owners[space.index()];
        if let Some(admission) = self.state.memory.get().admission.as_mut() {
            admission.suspend(task, space);
        }
        self.tell_memory(MemoryEvent::Suspend { wanted, frames }, Some(task), None, sink);
        true
    }

    /// A suspended process that is ready, or runs its program, goes to where it cannot be chosen.
    fn swap_one_out(&mut self, sink: &mut impl Sink) -> bool {
        let suspended: Vec<TaskId> =
            self.state.memory.get().admission().into_iter().flat_map(|it| it.suspended()).collect();
        suspended.into_iter().any(|task| match self.state.tasks[task.index()].state {
            State::Ready => {
                self.state.sched.take(task);
                self.swap_out(task, None, sink);
                true
            }
            State::Running(id) => self.swap_running_out(task, id, sink),
            _ => false,
        })
    }

    fn swap_running_out(&mut self, task: TaskId, id: CpuId, sink: &mut impl Sink) -> bool {
        let (cpu, now) = (id.index(), self.state.clock);
        let it = &self.state.cpus[cpu];
        match (it.doing, it.due_stage(now)) {
            (Doing::User, _) => self.interrupt(cpu, Cause::Reschedule, sink),
            (_, Some(Stage::Return | Stage::Resume)) => {
                self.leave_cpu(cpu, Departure::Involuntary);
                self.swap_out(task, Some(cpu), sink);
            }
            _ => return false,
        }
        true
    }

    fn swap_out(&mut self, task: TaskId, cpu: Option<usize>, sink: &mut impl Sink) {
        self.state.tasks[task.index()].enter(State::SwappedOut, self.state.clock);
        self.tell_memory(MemoryEvent::SwapOut, Some(task), cpu, sink);
        self.release_held(task, sink);
    }

    /// The one that has been out longest, if it fits or nobody else wants memory.
    fn resume_one(&mut self, sink: &mut impl Sink) -> bool {
        let memory = self.state.memory.get();
        let frames = memory.spec().frames;
        let Some(admission) = memory.admission.as_mut() else { return false };
        let (Some((task, size)), wanted) = (admission.first(), admission.wanted()) else { return false };
        if wanted > 0 && wanted.saturating_add(size) > frames {
            return false;
        }
        admission.resume();
        let wanted = admission.wanted();
        self.tell_memory(MemoryEvent::Resume { wanted, frames }, Some(task), None, sink);
        let it = &mut self.state.tasks[task.index()];
        if it.state == State::SwappedOut {
            it.enter(State::Ready, self.state.clock);
            self.enqueue(task, Why::Resumed, sink);
        }
        true
    }
}
