//! Devices: who is being served, who waits, and when each request is done.
//!
//! A request that names no device has one of the task's own and starts at once. A shared device has a number of
//! servers and a queue in the order of the requests; the time in the queue counts as blocked time.

use std::collections::VecDeque;

use crate::ids::{DeviceId, Seq, TaskId};
use crate::scenario::DeviceSpec;
use crate::sched::queue::Heap;
use crate::time::{Nanos, Time};

/// All requests that are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Devices {
    shared: Vec<Device>,
    /// Requests being served, by the time they are done and then by the order in which they were made.
    serving: Heap,
    /// The device of each task's request, where it is a shared one.
    at: Vec<Option<DeviceId>>,
    next_request: Seq,
}

/// A shared device.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Device {
    servers: u16,
    busy: u16,
    waiting: VecDeque<Request>,
}

/// A request in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// Whose.
    pub task: TaskId,
    /// How long the device will work on it.
    pub time: Nanos,
    seq: Seq,
}

/// A shared device takes a request from its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Started {
    pub(crate) task: TaskId,
    pub(crate) until: Time,
}

impl Devices {
    pub(crate) fn new(specs: &[DeviceSpec]) -> Devices {
        let idle = |spec: &DeviceSpec| Device { servers: spec.servers, busy: 0, waiting: VecDeque::new() };
        Devices { shared: specs.iter().map(idle).collect(), ..Devices::default() }
    }

    pub(crate) fn admit(&mut self, task: TaskId) {
        self.serving.admit(task);
        if self.at.len() <= task.index() {
            self.at.resize(task.index() + 1, None);
        }
    }

    /// Makes a request. Says when it will be done, unless it has to wait in the device's queue.
    pub(crate) fn request(
        &mut self,
        now: Time,
        task: TaskId,
        device: Option<DeviceId>,
        time: Nanos,
    ) -> Option<Time> {
        let seq = self.next_request.take();
        self.at[task.index()] = device;
        if let Some(id) = device {
            let shared = &mut self.shared[id.index()];
            if shared.busy == shared.servers {
                shared.waiting.push_back(Request { task, time, seq });
                return None;
            }
            shared.busy += 1;
        }
        let until = now + time;
        self.serving.push(task, (until.0, seq.0));
        Some(until)
    }

    /// When the next request is done.
    pub fn next_completion(&self) -> Time {
        self.serving.first().map_or(Time::NEVER, |(_, (at, _))| Time(at))
    }

    /// Takes the request that is done first, if it is done by now, with the device that it was at.
    pub(crate) fn complete(&mut self, now: Time) -> Option<(TaskId, Option<DeviceId>)> {
        let (task, _) = self.serving.first().filter(|(_, (at, _))| *at <= now.0)?;
        self.serving.pop();
        Some((task, self.at[task.index()].take()))
    }

    /// A server of a shared device is free: it takes the next request from the queue.
    pub(crate) fn release(&mut self, now: Time, device: DeviceId) -> Option<Started> {
        let shared = &mut self.shared[device.index()];
        let Some(Request { task, time, seq }) = shared.waiting.pop_front() else {
            shared.busy -= 1;
            return None;
        };
        let until = now + time;
        self.serving.push(task, (until.0, seq.0));
        Some(Started { task, until })
    }

    /// Forgets a killed task's request. Says which shared device has a free server because of it.
    pub(crate) fn cancel(&mut self, task: TaskId) -> Option<DeviceId> {
        let device = self.at[task.index()].take();
        let served = self.serving.remove(task);
        let id = device?;
        self.shared[id.index()].waiting.retain(|request| request.task != task);
        served.then_some(id)
    }

    /// The requests being served, with the time they are done, in that order.
    pub fn serving(&self) -> impl Iterator<Item = (TaskId, Option<DeviceId>, Time)> + '_ {
        self.serving.sorted().map(|(task, (at, _))| (task, self.at[task.index()], Time(at)))
    }

    /// The requests in the queue of a shared device, the next first.
    pub fn waiting(&self, device: DeviceId) -> impl Iterator<Item = &Request> + '_ {
        self.shared[device.index()].waiting.iter()
    }

    /// Roughly the memory it takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        let waiting: usize = self.shared.iter().map(|device| device.waiting.len()).sum();
        self.serving.footprint()
            + self.at.len() * size_of::<Option<DeviceId>>()
            + waiting * size_of::<Request>()
    }
}
