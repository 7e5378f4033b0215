//! A sentence of the narration on the screen, its tasks as chips.

use kernelscope_sim::event::Event;
use kernelscope_sim::ids::TaskId;
use yew::prelude::*;

use crate::chip::task_chip;
use crate::i18n::Lang;
use crate::i18n::narrate::Narration;
use crate::i18n::voice::{Piece, Voice};
use crate::state::Run;

/// A sentence about a run, its tasks as chips.
pub(super) fn told(run: &Run, lang: Lang, narration: &Narration) -> Html {
    let pieces = Voice::of(run, lang).pieces(narration);
    let drawn = pieces.into_iter().enumerate().map(|(place, piece)| match piece {
        Piece::Text(text) => html! { <span key={place}>{ text }</span> },
        Piece::Task(task) => html! { <span key={place} class="told-task">{ chip(run, task) }</span> },
    });
    drawn.collect()
}

/// A task of a run as its chip.
pub(super) fn chip(run: &Run, task: TaskId) -> Html {
    task_chip(task.index(), run.name(task).to_owned().into())
}

/// The event of a step that says most: the decision, else what a lecturer would tell, else its only stage.
pub(super) fn headline(events: &[Event]) -> Option<&Event> {
    use kernelscope_sim::event::Detail;
    let story = |event: &&Event| event.kind.detail() <= Detail::Story;
    events
        .iter()
        .find(|event| event.kind.rule().is_some())
        .or_else(|| events.iter().find(story))
        .or_else(|| events.first())
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::{EventKind, Place, Why};
    use kernelscope_sim::rules::RuleId;
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    fn event(kind: EventKind) -> Event {
        Event { at: Time::ZERO, kind, task: None, cpu: None }
    }

    #[test]
    fn the_decision_is_the_headline_and_a_stage_only_if_there_is_nothing_else() {
        let queued = event(EventKind::Enqueue { level: 0, place: Place::Tail, why: Why::Expired });
        let entry = event(EventKind::Yield);
        let ended = event(EventKind::SliceEnd { rule: RuleId::RrSlice, slice: Nanos(1) });
        assert_eq!(headline(&[queued, entry, ended]), Some(&ended));
        assert_eq!(headline(&[queued, entry]), Some(&entry));
        assert_eq!(headline(&[queued]), Some(&queued));
        assert_eq!(headline(&[]), None);
    }
}
