//! The page, cut into what is always there and the wings that are fetched (see [`kernelscope_web::rooms`]).

use kernelscope_web::rooms::{self, Fetch, Room, View};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(desk, fallible)]
fn desk(room: Room) -> Result<View, SplitLoaderError> {
    Ok(rooms::desk(room))
}

#[wasm_split(study, fallible)]
fn study(room: Room) -> Result<View, SplitLoaderError> {
    Ok(rooms::study(room))
}

#[wasm_split(lobby, fallible)]
fn lobby(room: Room) -> Result<View, SplitLoaderError> {
    Ok(rooms::lobby(room))
}

const FETCH: Fetch = |room| {
    Box::pin(async move {
        let view = match room {
            Room::Scenario | Room::Now | Room::Queues | Room::Events => desk(room).await,
            Room::Tasks
            | Room::Metrics
            | Room::Kernel
            | Room::Rules
            | Room::Table
            | Room::Compare
            | Room::Sweep => study(room).await,
            Room::Lessons | Room::Keys | Room::Share => lobby(room).await,
        };
        view.ok()
    })
};

fn main() {
    kernelscope_web::app::start(FETCH);
}
