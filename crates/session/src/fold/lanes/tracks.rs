//! The lanes as they are being recorded.

use kernelscope_sim::ids::{CpuId, DeviceId, TaskId};
use kernelscope_sim::time::Time;

use crate::timeline::Track;
use crate::view::Lane;

/// One track a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    pub(super) cpus: Vec<Track>,
    pub(super) levels: Vec<Track>,
    pub(super) tasks: Vec<Track>,
    pub(super) devices: Vec<Track>,
    pub(super) own_devices: Track,
}

impl Tracks {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Track> {
        let several = [&self.cpus, &self.levels, &self.tasks, &self.devices];
        several.into_iter().flatten().chain([&self.own_devices])
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Track> {
        let several = [&mut self.cpus, &mut self.levels, &mut self.tasks, &mut self.devices];
        several.into_iter().flatten().chain([&mut self.own_devices])
    }

    /// The longest lane.
    pub(super) fn longest(&mut self) -> Option<&mut Track> {
        self.all_mut().max_by_key(|track| track.stretches().len())
    }

    /// The finished lanes from top to bottom: processors, levels, tasks, and the devices that somebody used.
    pub(super) fn finish(mut self, end: Time) -> Vec<(Lane, Track)> {
        self.all_mut().for_each(|track| track.finish(end));
        let Tracks { cpus, levels, tasks, devices, own_devices } = self;
        let cpus = cpus.into_iter().enumerate().map(|(n, track)| (Lane::Cpu(CpuId::from_index(n)), track));
        let levels = levels.into_iter().enumerate().map(|(n, track)| (Lane::Level(n as u8), track));
        let tasks =
            tasks.into_iter().enumerate().map(|(n, track)| (Lane::Task(TaskId::from_index(n)), track));
        let shared = devices.into_iter().enumerate();
        let devices = shared
            .map(|(n, track)| (Lane::Device(DeviceId::from_index(n)), track))
            .chain([(Lane::OwnDevices, own_devices)])
            .filter(|(_, track)| !track.is_empty());
        cpus.chain(levels).chain(tasks).chain(devices).collect()
    }
}
