//! The figures are folds over events, and the machine counts for itself: the two must agree.

use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::fold::lanes::Lanes;
use kernelscope_session::protocol::Target;
use kernelscope_session::timeline::tile;
use kernelscope_session::view::{Activity, Lane};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::{Micro, Totals};
use kernelscope_sim::task::State;
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

use crate::common::load;
use crate::fold::Figures;

proptest! {
    #![proptest_config(crate::common::cases(150))]

    #[test]
    fn folding_the_events_gives_the_machines_own_counters(scenario in crate::common::scenarios(), stop in 0_u64..200) {
        let mut machine = Machine::new(Arc::clone(&scenario)).expect("it runs");
        let mut events = Micro::default();
        let mut figures = Figures::new(&scenario);
        // At the end of an instant, and at the end of the run.
        for stop in [Stop::Time(Time(stop)), Stop::End] {
            machine.run(stop, &mut events);
            events.0.drain(..).for_each(|event| { figures.event(&event); });
            prop_assert_eq!(figures.totals(), machine.totals());
            for (task, figure) in machine.tasks().iter().zip(figures.tasks()) {
                prop_assert_eq!(&figure.account, &task.account, "task {:?}", task.id);
                let since = |is: bool| Some(task.since).filter(|_| is);
                prop_assert_eq!(figure.ready_since, since(task.state == State::Ready));
                prop_assert_eq!(figure.blocked_since, since(matches!(task.state, State::Blocked(_))));
            }
        }
    }

    #[test]
    fn what_only_events_tell_is_written_down_while_loading(scenario in crate::common::scenarios()) {
        let mut machine = Machine::new(Arc::clone(&scenario)).expect("it runs");
        let mut events = Micro::default();
        machine.run(Stop::End, &mut events);
        let mut figures = Figures::new(&scenario);
        let mut waited: Vec<Nanos> = events.0.iter().filter_map(|event| figures.event(event)).collect();
        waited.sort_unstable();
        let nearest_rank = (waited.len() * 95).div_ceil(100).checked_sub(1);

        let mut engine = Engine::new();
        let (overviews, _) = load(&mut engine, &[scenario], Target::Start);
        prop_assert_eq!(overviews[0].metrics.latency_p95, nearest_rank.map(|place| waited[place]));
        for (shown, figure) in overviews[0].tasks_metrics.iter().zip(figures.tasks()) {
            let alone = figure.account.cpu + figure.served;
            let slowdown = shown.turnaround.filter(|_| !alone.is_zero()).map(|all| (all.0, alone.0));
            prop_assert_eq!(shown.slowdown, slowdown);
        }
    }

    #[test]
    fn counting_alone_gives_the_same_as_telling_everything(scenario in crate::common::scenarios()) {
        let mut told = Machine::new(Arc::clone(&scenario)).expect("it runs");
        let mut counted = told.clone();
        told.run(Stop::End, &mut Micro::default());
        counted.run(Stop::End, &mut Totals);
        prop_assert_eq!(told.fingerprint(), counted.fingerprint());
    }

    #[test]
    fn the_lanes_account_for_every_nanosecond(scenario in crate::common::scenarios()) {
        let mut machine = Machine::new(Arc::clone(&scenario)).expect("it runs");
        let mut events = Micro::default();
        let Progress::Ended(_) = machine.run(Stop::End, &mut events) else { panic!("it goes on") };
        let mut lanes = Lanes::new(&scenario);
        events.0.iter().for_each(|event| lanes.event(event));
        let end = machine.now();
        let lanes = lanes.finish(end);
        let shown = tile(lanes.iter().map(|(_, track)| track), (Time::ZERO, end), 8192);
        let named = || lanes.iter().map(|(lane, _)| *lane).zip(&shown.lanes);

        let mut user = 0;
        for (lane, runs) in named() {
            for pair in runs.windows(2) {
                prop_assert!(pair[0].start + pair[0].length <= pair[1].start, "runs overlap in {:?}", lane);
            }
            prop_assert!(runs.iter().all(|run| !run.length.is_zero()));
            let time = |wanted: fn(Activity) -> bool| -> u64 {
                runs.iter().filter(|run| wanted(run.activity)).map(|run| run.length.0).sum()
            };
            match lane {
                Lane::Cpu(_) => {
                    prop_assert_eq!(time(|_| true), end.0, "a CPU always does something");
                    user += time(|activity| activity == Activity::User);
                }
                Lane::Task(task) => {
                    let Some(task) = machine.tasks().get(task.index()) else { continue };
                    let open = |state: bool| if state { end.since(task.since).0 } else { 0 };
                    let ready = task.account.ready.0 + open(task.state == State::Ready);
                    prop_assert_eq!(time(|activity| activity == Activity::Ready), ready);
                    let blocked = task.account.blocked.0 + open(matches!(task.state, State::Blocked(_)));
                    let waits = [Activity::BlockedIo, Activity::BlockedQueue, Activity::Sleeping];
                    let waited: u64 =
                        runs.iter().filter(|run| waits.contains(&run.activity)).map(|run| run.length.0).sum();
                    prop_assert_eq!(waited, blocked);
                }
                Lane::Level(_) | Lane::Device(_) | Lane::OwnDevices => {}
            }
        }
        prop_assert_eq!(user, machine.totals().user.0);
    }
}
