//! Where the cursor is while it glides from step to step: drawn sixty times a second, and therefore kept out of
//! the state and of the component tree. Whoever draws it watches it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

/// A handle of the page's playhead. All handles are of the one playhead and equal.
#[derive(Clone, Default)]
pub struct Playhead(Rc<Inner>);

#[derive(Default)]
struct Inner {
    at: Cell<Option<f64>>,
    watchers: RefCell<Vec<Watcher>>,
}

/// Who watches, by the number of the watch.
type Watcher = (u64, Rc<dyn Fn()>);

impl PartialEq for Playhead {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Playhead {
    /// Where it is, in nanoseconds; none while it rests on the cursor of the machine.
    pub fn at(&self) -> Option<f64> {
        self.0.at.get()
    }

    /// Moves it and tells whoever watches.
    pub fn put(&self, at: Option<f64>) {
        if self.0.at.replace(at) != at {
            let watchers: Vec<_> =
                self.0.watchers.borrow().iter().map(|(_, watcher)| Rc::clone(watcher)).collect();
            watchers.iter().for_each(|watcher| watcher());
        }
    }

    /// Calls `watcher` whenever it moves, until [`Self::leave`].
    pub fn watch(&self, watcher: impl Fn() + 'static) -> u64 {
        let mut watchers = self.0.watchers.borrow_mut();
        let id = watchers.last().map_or(0, |(id, _)| id + 1);
        watchers.push((id, Rc::new(watcher)));
        id
    }

    /// Ends a watch.
    pub fn leave(&self, id: u64) {
        self.0.watchers.borrow_mut().retain(|(other, _)| *other != id);
    }
}

/// The page's playhead.
#[hook]
pub fn use_playhead() -> Playhead {
    use_context().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watcher_hears_of_every_move_until_it_leaves() {
        let playhead = Playhead::default();
        let heard = Rc::new(Cell::new(0));
        let watch = playhead.watch({
            let heard = Rc::clone(&heard);
            move || heard.set(heard.get() + 1)
        });
        playhead.put(Some(1.0));
        playhead.put(Some(1.0));
        playhead.put(Some(2.0));
        assert_eq!(heard.get(), 2);
        playhead.leave(watch);
        playhead.put(None);
        assert_eq!(heard.get(), 2);
    }
}
