//! The page against the real engine, without a browser: actions in, effects carried out natively.

mod kinds;

use kernelscope_session::protocol::{Generation, Jump, JumpKind, Reply, Request, RunId, Target};
use kernelscope_session::topic::Choice;
use kernelscope_sim::time::Time;
use serde_json::{Value, json};

use super::*;
use crate::engine::{FromEngine, Host, Kind, Report, to_bytes};
use crate::sharing::{self, Saved};

/// A page with an engine behind it.
struct Page {
    state: State,
    host: Host,
    effects: Vec<Effect>,
    now: Millis,
}

impl Page {
    fn open(document: &Value) -> Page {
        let mut page = Page { state: State::default(), host: Host::default(), effects: Vec::new(), now: 0 };
        page.act(Action::Engine(Report::Ready(Kind::Full)));
        let saved = Saved { document: document.clone(), ..Saved::default() };
        page.act(Action::Open(Origin::New, Box::new(saved)));
        page.settle();
        page
    }

    /// Something happens; what the engine is asked lies with it until it works.
    fn act(&mut self, action: Action) {
        let (state, effects) = update(std::mem::take(&mut self.state), action, self.now);
        self.state = state;
        for effect in &effects {
            if let Effect::Ask(requests) = effect {
                self.host.ask(&to_bytes(requests));
            }
        }
        self.effects.extend(effects);
    }

    /// The engine works until it has nothing left to do.
    fn settle(&mut self) {
        loop {
            let FromEngine::Slice { busy, replies } = self.host.work() else { continue };
            let idle = !busy && replies.is_empty();
            for reply in replies {
                self.hear(reply);
            }
            if idle {
                return;
            }
        }
    }

    fn hear(&mut self, reply: Reply) {
        self.act(Action::Engine(Report::Reply(Box::new(reply))));
    }

    fn set(&mut self, path: &str, value: Value) {
        self.act(Action::Edit(Edit::Set(path.into(), Some(value))));
        self.settle();
    }

    fn end(&self) -> Time {
        self.state.runs[0].overview.end
    }

    fn step(&self) -> u64 {
        self.state.runs[0].snapshot.step
    }
}

fn two_tasks() -> Value {
    json!({ "version": 1, "processes": [{ "name": "A", "program": "cpu 30" }, { "name": "B", "program": "cpu 10" }] })
}

fn millis(n: u64) -> Time {
    Time(n * 1_000_000)
}

#[test]
fn a_first_visit_plays_as_soon_as_there_is_a_run_and_until_somebody_does_something() {
    let mut page = Page::open(&two_tasks());
    let (state, _) = Opening::default().begin();
    page.state = state;
    page.act(crate::lessons::library::delivery(crate::lessons::library::FIRST));
    page.host = Host::default();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    assert!(!page.state.playback.playing);
    page.settle();
    assert!(page.state.playback.playing);
    assert_eq!(page.step(), 0);
    page.act(Action::Play(false));
    page.set("title", json!("Mine"));
    assert!(!page.state.playback.playing, "it is not begun a second time");
}

#[test]
fn an_edit_is_run_at_once_and_undo_brings_the_old_run_back() {
    let mut page = Page::open(&two_tasks());
    assert_eq!(page.end(), millis(40));
    page.set("processes[0].program", json!("cpu 5"));
    assert_eq!(page.end(), millis(15));
    assert!(page.state.work.edited && page.effects.contains(&Effect::Keep));
    page.act(Action::Undo);
    page.settle();
    assert_eq!(page.end(), millis(40));
    page.act(Action::Redo);
    page.settle();
    assert_eq!(page.end(), millis(15));
}

#[test]
fn a_mistake_leaves_the_last_good_run_and_its_own_text() {
    let mut page = Page::open(&two_tasks());
    page.set("processes[0].program", json!("cpu 5; oi 3"));
    assert_eq!(page.state.work.problems[0].path, "processes[0].program");
    assert_eq!(page.state.work.problems[0].span, Some((7, 9)));
    assert_eq!(page.end(), millis(40), "the last good run stays");
    assert_eq!(page.state.work.document()["processes"][0]["program"], "cpu 5; oi 3");
    page.set("processes[0].program", json!("cpu 5; io 3"));
    assert!(page.state.work.problems.is_empty());
    assert_eq!(page.end(), millis(15));
}

#[test]
fn a_document_that_never_ran_shows_no_other_documents_run() {
    let mut page = Page::open(&two_tasks());
    let document = json!({ "version": 1, "processes": [{ "name": "A", "program": "" }] });
    page.act(Action::Open(Origin::File("a.json".into()), Box::new(Saved { document, ..Saved::default() })));
    page.settle();
    assert!(page.state.runs.is_empty() && !page.state.work.problems.is_empty());
    page.set("processes[0].program", json!("cpu 3"));
    assert_eq!(page.end(), millis(3));
}

#[test]
fn the_cursor_stays_at_its_moment_through_an_edit() {
    let mut page = Page::open(&two_tasks());
    page.act(Action::Seek(RunId(0), Target::Time(millis(30))));
    page.settle();
    let before = page.state.moment();
    page.set("processes[1].program", json!("cpu 12"));
    assert_eq!(page.state.moment(), before);
}

#[test]
fn presses_of_a_jump_add_up_and_the_latest_absolute_seek_wins() {
    let mut page = Page::open(&two_tasks());
    let next = || {
        let jump = Jump { kind: JumpKind::Stage, task: None, back: false };
        Action::Seek(RunId(0), Target::Next(jump))
    };
    for _ in 0..3 {
        page.act(next());
    }
    page.settle();
    assert_eq!(page.step(), 3);
    let asked = page.effects.len();
    for at in 11..=30 {
        page.act(Action::Seek(RunId(0), Target::Time(millis(at))));
    }
    assert!(page.state.engine.seeking.is_some() && !page.state.settled());
    page.settle();
    assert_eq!(page.state.runs[0].snapshot.now, millis(30));
    let seeks = page.effects[asked..].iter().filter(|effect| matches!(effect, Effect::Ask(_))).count();
    assert_eq!(seeks, 2, "the first, which was under way, and the last");
}

#[test]
fn a_long_seek_says_how_far_it_is_until_it_arrives() {
    let mut page = Page::open(&two_tasks());
    let generation = page.state.engine.generation;
    page.act(Action::Seek(RunId(0), Target::End));
    page.hear(Reply::Moving { generation, permille: 400 });
    assert_eq!(page.state.engine.seeking, Some(400));
    page.settle();
    assert_eq!(page.state.engine.seeking, None);
    page.hear(Reply::Moving { generation, permille: 700 });
    assert_eq!(page.state.engine.seeking, None, "it has arrived");
}

#[test]
fn an_answer_to_an_older_load_is_dropped() {
    let mut page = Page::open(&two_tasks());
    let old = page.state.engine.generation;
    page.act(Action::Edit(Edit::Set("processes[0].program".into(), Some(json!("cpu 5")))));
    page.hear(Reply::Refused { generation: old, run: RunId(0), problems: Vec::new() });
    page.hear(Reply::Progress { generation: Generation(old.0 + 7), steps: 1, permille: 999 });
    assert_eq!(page.state.engine.loading, Some(0));
    page.settle();
    assert_eq!(page.end(), millis(15));
}

#[test]
fn the_list_on_the_screen_comes_with_the_run_after_an_edit_and_is_asked_for_once() {
    let mut page = Page::open(&two_tasks());
    let want = Want::Events { run: RunId(0), around: 0, count: 40, choice: Choice::default() };
    page.act(Action::Want(want));
    page.settle();
    let listed = |page: &Page| page.state.pages[0].events.as_ref().unwrap().rows.last().unwrap().event.at;
    assert_eq!(listed(&page), millis(40));
    page.effects.clear();
    page.set("processes[0].program", json!("cpu 5"));
    page.act(Action::Want(want));
    assert_eq!(listed(&page), millis(15));
    let asked: Vec<_> = page.effects.iter().filter(|effect| matches!(effect, Effect::Ask(_))).collect();
    assert!(
        matches!(asked[..], [Effect::Ask(both)] if matches!(both[..], [Request::Load { .. }, Request::Events { .. }]))
    );
}

#[test]
fn a_dead_engine_is_replaced_and_the_cursor_is_where_it_was() {
    let mut page = Page::open(&two_tasks());
    page.act(Action::Seek(RunId(0), Target::End));
    page.settle();
    let step = page.step();
    page.act(Action::Engine(Report::Died("gone".into())));
    assert!(!page.state.settled());
    page.host = Host::default();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.settle();
    assert!(page.state.settled());
    assert_eq!(page.step(), step);
    assert_eq!(page.state.notices, [Notice::EngineRestarted]);
}

#[test]
fn an_engine_that_keeps_dying_is_given_up() {
    let mut page = Page::open(&two_tasks());
    for _ in 0..4 {
        page.act(Action::Engine(Report::Died("again".into())));
    }
    assert_eq!(page.state.engine.phase, Phase::Failed);
    assert!(page.state.notices.contains(&Notice::EngineFailed("again".into())));
}

#[test]
fn what_is_compared_runs_beside_it_and_follows_its_edits() {
    let mut page = Page::open(&two_tasks());
    let overrides = json!({ "machine.policy": "sjf" });
    page.act(Action::Compare(overrides.as_object().cloned().into_iter().collect()));
    page.settle();
    assert_eq!(page.state.runs.len(), 2);
    page.set("processes[0].program", json!("cpu 50"));
    assert!(page.state.runs.iter().all(|run| run.overview.end == millis(60)));
    assert_eq!(page.state.runs[1].overrides["machine.policy"], "sjf");
}

#[test]
fn opening_something_else_keeps_what_was_edited() {
    let mut page = Page::open(&two_tasks());
    page.set("title", json!("Mine"));
    let other = Saved { document: sharing::blank(), ..Saved::default() };
    page.act(Action::Open(Origin::Lesson("convoy".into()), Box::new(other)));
    assert_eq!(page.state.work.shelf[0].title, "Mine");
    page.act(Action::Restore(0));
    page.settle();
    assert_eq!(page.state.work.title(), "Mine");
    assert!(page.state.work.shelf.is_empty(), "a lesson that nobody touched is not kept");
}

#[test]
fn a_read_only_page_is_not_edited() {
    let mut page = Page::open(&two_tasks());
    page.state.embed = Some(crate::sharing::address::Embed { read_only: true, ..Default::default() });
    page.set("processes[0].program", json!("cpu 5"));
    assert_eq!(page.end(), millis(40));
    assert!(!page.state.work.edited);
}

#[test]
fn what_was_copied_is_said_in_the_open_and_not_for_ever() {
    let mut page = Page::open(&two_tasks());
    page.act(Action::Overlay(Some(Overlay::Share)));
    page.act(Action::Notify(Notice::Copied));
    assert_eq!((page.state.overlay, page.state.notices.as_slice()), (None, [Notice::Copied].as_slice()));
    page.set("title", json!("On"));
    assert!(page.state.notices.is_empty());
}

#[test]
fn the_state_is_cheap_to_compare_while_nothing_changes() {
    let page = Page::open(&two_tasks());
    assert_eq!(page.state.clone(), page.state);
}
