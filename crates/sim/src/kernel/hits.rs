//! References that hit the TLB, one after the other, without the rounds between them.
//!
//! Most references of a program find their page in the TLB, and nothing else happens until they are done. While
//! nobody else has anything due, the machine makes such references in a loop of their own. Each is still a step and
//! tells what it tells; after every one of them the machine is in exactly the state in which single steps leave it.
//! The first reference that does not simply hit is left untouched, for the usual way.
//!
//! Only a machine with one CPU and a TLB is quicker by this, and not one that looks at every reference (`load.rs`).

use super::Turn;
use super::reference::{Plan, plan, stream, tell};
use crate::cpu::Doing;
use crate::event::MemoryEvent;
use crate::ids::TaskId;
use crate::machine::Machine;
use crate::mem::Memory;
use crate::mem::replace::NextUse;
use crate::program::memory::Access;
use crate::scenario::Timer;
use crate::sink::Sink;
use crate::time::{Nanos, Time};

/// How far references may go without asking anybody.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// So many of them.
    most: u64,
    /// They take so long each.
    cost: Nanos,
    /// The first begins then …
    from: Time,
    /// … and none begins at or after this.
    before: Time,
}

impl Machine {
    /// Goes on while references hit and nothing else is due, up to a step and up to an instant.
    #[inline]
    pub(crate) fn run_hits(&mut self, until: u64, horizon: Time, sink: &mut impl Sink) {
        // Every step of every machine comes by here, and most have nobody who refers.
        if self.is_referring(0) {
            self.hit_on(until, horizon, sink);
        }
    }

    #[inline(never)]
    fn hit_on(&mut self, until: u64, horizon: Time, sink: &mut impl Sink) {
        let Some((task, bounds)) = self.bounds(until, horizon) else { return };
        let plan = plan(&self.fixed, &self.state.family, task, self.state.tasks[task.index()].cursor);
        let id = self.state.cpus[0].id;
        let memory = self.state.memory.get();
        let made = memory.hits(plan, bounds, |at, whose, event| {
            tell(sink, at, whose.unwrap_or(task), Some(id), event);
        });
        self.state.steps += made;
        if made == 0 || bounds.cost.is_zero() {
            return;
        }
        // The last one is under way.
        let last = bounds.from + bounds.cost.saturating_mul(made - 1);
        let passed = last.since(self.state.clock);
        self.state.clock = last;
        self.book(0, passed);
        self.state.cpus[0].doing = Doing::Reference { until: last + bounds.cost };
    }

    /// The task that refers to memory, and how far it may go on.
    fn bounds(&self, until: u64, horizon: Time) -> Option<(TaskId, Bounds)> {
        let (state, scenario) = (&self.state, &self.fixed.scenario);
        let ([cpu], Some(memory)) = (&state.cpus[..], state.memory.as_ref()) else { return None };
        let task = cpu.task.filter(|_| state.ended.is_none() && memory.admission().is_none())?;
        let costs = &memory.spec.costs;
        let cost = costs.tlb + costs.access;
        // It stands where the next step is a reference.
        let from = match (cpu.doing, state.agenda.turn) {
            (Doing::User, Turn::Cpus) if self.refers_at_once(0) => state.clock,
            (Doing::User, Turn::Decide) if state.agenda.busy && cost.is_zero() => state.clock,
            (Doing::Reference { until }, Turn::Decide) if state.agenda.busy && !cost.is_zero() => until,
            _ => return None,
        };
        let end = scenario.limits.until.unwrap_or(Time::NEVER).min(horizon);
        let ticks = scenario.machine.timer != Timer::Off;
        let slice = if ticks { cpu.slice_end.min(cpu.next_tick) } else { Time::NEVER };
        let input = scenario.inputs.get(state.inputs_done).map_or(Time::NEVER, |input| input.at);
        let first = |due: Option<(TaskId, (u64, u64))>| due.map_or(Time::NEVER, |(_, (at, _))| Time(at));
        // At zero cost the instant does not end before the references do.
        let due = [state.devices.next_completion(), state.sched.next_periodic(), input, slice]
            .into_iter()
            .chain([first(state.alarms.first()), first(state.reaps.first())])
            .fold(Time(end.0.saturating_add(1)), Time::min);
        let before = if cost.is_zero() { Time::NEVER } else { due };
        let best = state.sched.first();
        if from >= before
            || best.is_some_and(|best| state.sched.should_preempt(&self.ctx(), task, best).is_some())
        {
            return None;
        }
        let most = until.min(scenario.limits.steps.saturating_sub(1)).saturating_sub(state.steps);
        Some((task, Bounds { most, cost, from, before }))
    }
}

impl Memory {
    /// Makes references of a task's operation while they hit; says how many.
    fn hits(
        &mut self,
        plan: Plan<'_>,
        bounds: Bounds,
        mut tell: impl FnMut(Time, Option<TaskId>, MemoryEvent),
    ) -> u64 {
        let Plan { task, code, cursor, future, seed, owner } = plan;
        let thread = &self.threads[task.index()];
        let (Some(done), None, Some(space), [tlb]) =
            (thread.done, thread.pending, thread.space, &self.store.tlbs[..])
        else {
            return 0;
        };
        if tlb.space() != Some(space) {
            return 0;
        }
        let Some(op) = code.at(cursor) else { return 0 };
        let (position, made) = (cursor.position(), thread.made);
        let own = thread.streams.iter().find(|(at, _)| *at == position);
        let mut stream = own.map_or_else(|| stream(seed, owner, position), |(_, own)| *own);
        let (start, law) = (self.start_of(task, op), code.law(position));
        let left = op.references().saturating_sub(done).min(bounds.most);
        let (mut at, mut count) = (bounds.from, 0);
        let mut memo = None;
        while count < left && at < bounds.before {
            let mut drawn = stream;
            let (access, va) = self.address(op, start, done + count, &mut drawn, law);
            let vpn = self.page(space, va).vpn;
            let tlb = &mut self.store.tlbs[0];
            let place = match memo {
                Some((page, place)) if page == vpn => Some(place),
                _ => tlb.place(vpn),
            };
            let Some((place, entry)) = place.and_then(|place| tlb.places()[place].map(|it| (place, it)))
            else {
                break;
            };
            if !entry.prot.allows(access) || (access == Access::Write && !entry.dirty) {
                break;
            }
            tlb.use_place(place);
            (memo, stream) = (Some((vpn, place)), drawn);
            tell(at, None, MemoryEvent::Lookup { vpn, hit: true });
            tell(at, None, MemoryEvent::Reference { va, access, frame: entry.frame, hit: true });
            let next = future.get(made as usize + count as usize).copied().unwrap_or(NextUse::NEVER);
            if self.replacement.touched(entry.frame, next) {
                self.due(&mut |whose, event| tell(at, whose, event));
                memo = None;
            }
            count += 1;
            at = at + bounds.cost;
        }
        if count == 0 {
            return 0;
        }
        let thread = &mut self.threads[task.index()];
        thread.made = made.wrapping_add(count as u32);
        thread.done = Some(done + count).filter(|done| *done < op.references());
        if let Some(own) = thread.stream_of(op, position, || stream) {
            thread.streams[own].1 = stream;
        }
        self.count(space, |counts| {
            counts.references += count;
            counts.tlb_hits += count;
            counts.lookups += count;
            counts.time += bounds.cost.saturating_mul(count);
        });
        count
    }
}
