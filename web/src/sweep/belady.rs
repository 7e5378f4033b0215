//! Belady's anomaly (Belady, Nelson and Shedler 1969; OSTEP 22.3): more frames, and more faults.

use kernelscope_session::sweep::SweepPoint;

use super::plan::{FRAMES, Prepared};

/// A step to more frames that gave more faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// Which curve.
    pub curve: usize,
    /// Which of its points has more faults than the one before.
    pub point: usize,
    /// The frames before and then.
    pub frames: (u64, u64),
    /// The faults before and then.
    pub faults: (u64, u64),
}

/// Every one in a sweep over the number of frames; none in any other.
pub fn anomalies(prepared: &Prepared, points: &[SweepPoint]) -> Vec<Anomaly> {
    if prepared.plan.parameter.as_deref() != Some(FRAMES) {
        return Vec::new();
    }
    let faults = |curve, point| {
        let counts = prepared.at(points, curve, point)?.memory?;
        Some(counts.minor_faults + counts.major_faults)
    };
    let steps = (0..prepared.curves.len())
        .flat_map(|curve| (1..prepared.values.len()).map(move |point| (curve, point)));
    let anomaly = |(curve, point): (usize, usize)| {
        let faults = (faults(curve, point - 1)?, faults(curve, point)?);
        let frames = (prepared.values[point - 1], prepared.values[point]);
        (faults.0 < faults.1).then_some(Anomaly { curve, point, frames, faults })
    };
    steps.filter_map(anomaly).collect()
}

#[cfg(test)]
mod tests {
    use kernelscope_session::engine::Engine;
    use kernelscope_session::protocol::{Generation, Reply, Request};
    use serde_json::json;

    use super::super::plan::Plan;
    use super::*;

    #[test]
    fn beladys_string_has_it_under_fifo_and_the_clock_and_under_no_stack_policy() {
        let document = json!({
            "version": 1,
            "machine": { "memory": { "frames": 3 } },
            "processes": [{ "name": "A", "program": "refs 1 2 3 4 1 2 5 1 2 3 4 5" }]
        });
        let prepared = Plan::suggest(&document).prepare(&document).expect("a plan that can be run");
        let mut engine = Engine::new();
        engine.ask(Request::Sweep { generation: Generation(1), spec: prepared.spec.clone() });
        let (mut points, mut replies) = (Vec::new(), Vec::new());
        while engine.busy() {
            engine.work(1 << 20, &mut replies);
        }
        for reply in replies {
            if let Reply::Swept { points: more, .. } = reply {
                points.extend(more);
            }
        }
        let found = anomalies(&prepared, &points);
        let at = |curve| Anomaly { curve, point: 3, frames: (3, 4), faults: (9, 10) };
        // The curves are FIFO, LRU, the clock and OPT.
        assert_eq!(found, [at(0), at(2)]);
    }
}
