//! Which engine the page asks for, and what becomes of what is on the screen.

use super::*;

/// Two tasks on a machine without memory, and what the page asked for so far forgotten.
fn on_a_lean_engine() -> Page {
    let mut page = Page::open(&two_tasks());
    page.act(Action::Engine(Report::Ready(Kind::Lean)));
    page.act(Action::Seek(RunId(0), Target::End));
    page.settle();
    page.effects.clear();
    page
}

fn memory() -> Edit {
    Edit::Set("machine.memory".into(), Some(json!({ "frames": 4 })))
}

fn fetched(page: &Page) -> Vec<Kind> {
    let kind = |effect: &Effect| match effect {
        Effect::FetchEngine(kind) => Some(*kind),
        _ => None,
    };
    page.effects.iter().filter_map(kind).collect()
}

fn has_memory(page: &Page) -> bool {
    page.state.runs[0].scenario.machine.memory.is_some()
}

#[test]
fn memory_is_run_as_soon_as_the_engine_that_can_have_it_is_here_and_the_cursor_stays() {
    let mut page = on_a_lean_engine();
    let moment = page.state.moment();
    page.act(Action::Edit(memory()));
    page.set("title", json!("Still on its way"));
    assert_eq!(fetched(&page), [Kind::Full], "once");
    assert!(!has_memory(&page) && !page.state.settled(), "the last good run is on the screen until then");
    page.host = Host::default();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.settle();
    assert!(has_memory(&page) && page.state.settled());
    assert_eq!(page.state.moment(), moment);
    assert_eq!(page.state.notices, [], "nothing died");
}

#[test]
fn the_full_engine_stays_for_what_has_no_memory() {
    let mut page = on_a_lean_engine();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.act(Action::Edit(memory()));
    page.act(Action::Undo);
    page.settle();
    page.act(Action::Edit(memory()));
    page.settle();
    assert!(has_memory(&page));
    assert_eq!(fetched(&page), []);
}

#[test]
fn what_takes_no_memory_goes_on_while_the_full_engine_is_on_its_way() {
    let mut page = on_a_lean_engine();
    page.act(Action::Edit(memory()));
    page.act(Action::Undo);
    page.settle();
    assert!(page.state.settled());
    page.act(Action::Seek(RunId(0), Target::Time(millis(10))));
    page.settle();
    let step = page.step();
    page.host = Host::default();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.settle();
    assert_eq!(page.step(), step, "it shows the same moment");
}

#[test]
fn an_engine_that_does_not_come_leaves_the_last_good_run_to_the_one_that_is_here() {
    let mut page = on_a_lean_engine();
    let step = page.step();
    page.act(Action::Edit(memory()));
    page.act(Action::Engine(Report::Missing("offline".into())));
    page.settle();
    assert_eq!(page.state.notices, [Notice::MemoryMissing]);
    assert!(page.state.settled() && !has_memory(&page));
    assert_eq!(page.step(), step);
    page.act(Action::Seek(RunId(0), Target::Start));
    page.settle();
    assert_eq!(page.step(), 0, "it can be played");

    page.act(Action::FetchAgain);
    assert_eq!(fetched(&page), [Kind::Full, Kind::Full]);
    assert_eq!(page.state.notices, []);
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.settle();
    assert!(has_memory(&page));
}

#[test]
fn a_page_whose_first_engine_does_not_come_says_so() {
    let mut page = Page::open(&two_tasks());
    page.state = State::default();
    page.act(Action::Engine(Report::Missing("offline".into())));
    assert_eq!(page.state.engine.phase, Phase::Failed);
    assert_eq!(page.state.notices, [Notice::EngineFailed("offline".into())]);
}

#[test]
fn a_sweep_begins_again_in_the_engine_that_takes_over() {
    let mut page = on_a_lean_engine();
    let plan = crate::sweep::plan::Plan::suggest(page.state.work.document());
    let prepared = plan.prepare(page.state.work.document()).expect("it can be swept");
    let points: usize = prepared.spec.curves.iter().map(Vec::len).sum();
    page.act(Action::Sweep(Shared::new(prepared)));
    page.host = Host::default();
    page.act(Action::Engine(Report::Ready(Kind::Full)));
    page.settle();
    assert!(!page.state.sweep.running);
    assert_eq!(page.state.sweep.points.len(), points);
}

#[test]
fn the_page_begins_with_the_engine_that_its_address_takes() {
    let kind = |address: &[(&str, &str)], fragment: &str| {
        let address = crate::sharing::address::Address::read(address.iter().copied(), fragment);
        Opening { address, ..Opening::default() }.begin().0.engine.kind
    };
    let with_memory = || {
        let mut document = two_tasks();
        document["machine"] = json!({ "memory": { "frames": 4 } });
        sharing::fragment(&Saved { document, ..Saved::default() })
    };
    assert_eq!(kind(&[], ""), Kind::Lean, "a first visit");
    assert_eq!(kind(&[("lesson", "convoy")], ""), Kind::Lean);
    assert_eq!(kind(&[("lesson", "belady")], ""), Kind::Full);
    assert_eq!(kind(&[], &with_memory()), Kind::Full);
}
