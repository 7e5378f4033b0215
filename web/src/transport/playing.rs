//! Playing, picture by picture: moves the playhead and asks the machine to follow.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use kernelscope_session::protocol::{RunId, Target};
use yew::prelude::*;

use super::pace::{Glide, Pace, Stand, Wish};
use super::playhead::{Playhead, use_playhead};
use crate::state::{Action, State};
use crate::store::{Store, use_select, use_store};

/// Plays while the state says so.
#[hook]
pub fn use_playing() {
    let store = use_store();
    let playhead = use_playhead();
    let playing = use_select(|state: &State| state.playback.playing);
    use_effect_with((store, playhead, *playing), |(store, playhead, playing)| {
        let player = playing.then(|| Player::start(store.clone(), playhead.clone()));
        let playhead = playhead.clone();
        move || {
            if let Some(player) = player {
                player.borrow_mut().frame = None;
                playhead.put(None);
            }
        }
    });
}

struct Player {
    store: Store,
    playhead: Playhead,
    glide: Option<Glide>,
    last: Option<f64>,
    /// Whether it began at the end of the run and is on its way back to the start.
    rewinding: bool,
    /// The next picture; nothing once it is over.
    frame: Option<AnimationFrame>,
}

impl Player {
    fn start(store: Store, playhead: Playhead) -> Rc<RefCell<Player>> {
        let player = Rc::new(RefCell::new(Player {
            store,
            playhead,
            glide: None,
            last: None,
            rewinding: false,
            frame: None,
        }));
        Player::schedule(&player);
        player
    }

    fn schedule(player: &Rc<RefCell<Player>>) {
        let weak = Rc::downgrade(player);
        let frame = request_animation_frame(move |now| {
            let Some(player) = weak.upgrade() else { return };
            let (actions, goes_on) = player.borrow_mut().picture(now);
            if goes_on {
                Player::schedule(&player);
            }
            let store = player.borrow().store.clone();
            actions.into_iter().for_each(|action| store.dispatch(action));
        });
        player.borrow_mut().frame = Some(frame);
    }

    /// What a picture at `now` (milliseconds) leads to, and whether there will be another.
    fn picture(&mut self, now: f64) -> (Vec<Action>, bool) {
        let state = self.store.state();
        let elapsed = now - self.last.replace(now).unwrap_or(now);
        let Some(run) = state.runs.get(usize::from(state.selection.run)).or(state.runs.first()) else {
            return (vec![Action::Play(false)], false);
        };
        let snapshot = &run.snapshot;
        let next = snapshot.next.first().map(|next| next.event.at);
        let stand = Stand { step: snapshot.step, now: snapshot.now, next };
        let pace = Pace::new(run.overview.end, run.overview.steps, run.ruler.unit, state.playback.speed);
        if self.rewinding && snapshot.step > 0 {
            return (Vec::new(), true);
        }
        // Play at the end begins again from the start.
        self.rewinding = self.glide.is_none() && next.is_none() && snapshot.step > 0;
        if self.rewinding {
            return (vec![Action::Seek(RunId(state.selection.run), Target::Start)], true);
        }
        let glide = self.glide.get_or_insert_with(|| Glide::from(stand));
        let wish = glide.picture(elapsed, pace, stand);
        // Where nothing is to move that need not, the cursor hops from step to step.
        self.playhead.put(Some(glide.at).filter(|_| !state.system.still));
        let seek = |target| vec![Action::Seek(RunId(state.selection.run), target)];
        match wish {
            Wish::Nothing => (Vec::new(), true),
            Wish::Step(step) => (seek(Target::Step(step)), true),
            Wish::Time(at) => (seek(Target::Time(at)), true),
            Wish::Stop => (vec![Action::Play(false)], false),
        }
    }
}
