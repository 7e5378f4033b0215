//! Where events go. A run that wants only totals pays nothing for events: the choice is made by type, and the
//! compiler drops what is not wanted.

use crate::event::{Detail, Event};

/// Takes the machine's events.
pub trait Sink {
    /// The detail that is wanted. Events above it are not made.
    const DETAIL: Detail;

    /// Takes one event, in the order in which things happen.
    fn event(&mut self, event: Event);
}

/// Wants no events. The machine's own counters hold the totals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals;

impl Sink for Totals {
    const DETAIL: Detail = Detail::Totals;
    fn event(&mut self, _: Event) {}
}

/// Keeps what a lecturer would tell.
impl Sink for Vec<Event> {
    const DETAIL: Detail = Detail::Story;
    fn event(&mut self, event: Event) {
        self.push(event);
    }
}

/// Keeps everything, every stage of every trap and switch.
#[derive(Clone, Debug, Default)]
pub struct Micro(pub Vec<Event>);

impl Sink for Micro {
    const DETAIL: Detail = Detail::Micro;
    fn event(&mut self, event: Event) {
        self.0.push(event);
    }
}
