//! What a picture of the timeline costs while panning over a run of a million segments: the engine's answer, and
//! turning it into rectangles and names. Putting those on the canvas is the browser's part; `npm run measure` in
//! `web/tests` measures it there.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use kernelscope_session::timeline::{LaneTrack, Track, What, tile};
use kernelscope_session::view::{Activity, Lane};
use kernelscope_sim::ids::{CpuId, TaskId};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_web::timeline::lanes::{Layout, slots};
use kernelscope_web::timeline::scene::{Camera, Scene};
use kernelscope_web::timeline::window::Window;

const SEGMENTS: u64 = 1_000_000;
const TASKS: u32 = 11;
const WIDTH: f64 = 1_200.0;
const PICTURES: u32 = 240;

fn main() {
    let (lanes, tracks, end) = run();
    let slots = slots([lanes.as_slice()].into_iter());
    let layout = Layout::new(&slots, 1.0);
    let mut scene = Scene::default();
    let (mut answering, mut setting) = (Duration::ZERO, Duration::ZERO);
    let (mut worst_answer, mut worst_set, mut most) = (Duration::ZERO, Duration::ZERO, 0);
    for picture in 0..PICTURES {
        // Every zoom in turn, a little further along each time.
        let span = end.0 as f64 / f64::from(1 << (picture % 12));
        let from = (end.0 as f64 - span) * f64::from(picture) / f64::from(PICTURES);
        let window = Window { from, span };
        let wide = (Time((from - span).max(0.0) as u64), Time(((from + 2.0 * span) as u64).min(end.0)));
        let began = Instant::now();
        let tile = tile(tracks.iter(), wide, 3 * WIDTH as u32);
        let answered = began.elapsed();
        let camera = Camera { window, width: WIDTH, height: 600.0, scrolled: 0.0, density: 2.0 };
        let began = Instant::now();
        let stage = (slots.as_slice(), &layout, &camera);
        scene.set(stage, None, |_| Some(&tile), |_, _| "task", |text| 12.0 * text.len() as f64);
        let set = began.elapsed();
        most = most.max(black_box(&scene).len());
        (answering, setting) = (answering + answered, setting + set);
        (worst_answer, worst_set) = (worst_answer.max(answered), worst_set.max(set));
    }
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "mean of {PICTURES}: {:.2} ms and {:.2} ms, at most {most} rectangles",
        millis(answering / PICTURES),
        millis(setting / PICTURES)
    );
    println!("timeline of 1,000,000 segments, answer a window\t{:.1} ms\t≤ 16 ms", millis(worst_answer));
    println!(
        "timeline of 1,000,000 segments, set the scene\t{:.1} ms\t≤ 8 ms with drawing",
        millis(worst_set)
    );
}

/// One CPU and some tasks that take turns on it every microsecond or so.
fn run() -> (Vec<Lane>, Vec<LaneTrack>, Time) {
    let what = |activity, task| Some(What { activity, task: Some(TaskId::new(task)) });
    let mut cpu = Track::default();
    let mut tasks: Vec<Track> = (0..TASKS).map(|_| Track::default()).collect();
    let mut at = Time::ZERO;
    for turn in 0..SEGMENTS / 2 {
        let task = (turn % u64::from(TASKS)) as u32;
        let runs = tasks.get_mut(task as usize).expect("every task has a lane");
        cpu.change(at, what(Activity::Switch, task));
        at = at + Nanos(100);
        cpu.change(at, what(Activity::User, task));
        runs.change(at, what(Activity::User, task));
        at = at + Nanos(700 + turn * 7_919 % 900);
        runs.change(at, what(Activity::Ready, task));
    }
    cpu.finish(at);
    tasks.iter_mut().for_each(|task| task.finish(at));
    let lanes =
        std::iter::once(Lane::Cpu(CpuId::new(0))).chain((0..TASKS).map(|task| Lane::Task(TaskId::new(task))));
    let tracks = std::iter::once(cpu).chain(tasks).map(LaneTrack::new);
    (lanes.collect(), tracks.collect(), at)
}
