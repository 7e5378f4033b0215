//! The page, cut into what is always there and the wings that are fetched (see [`kernelscope_web::rooms`]).

use kernelscope_web::rooms::{self, Desk, Fetch, Lobby, Room, Study, Vault, View};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(desk, fallible)]
fn desk(room: Desk) -> Result<View, SplitLoaderError> {
    Ok(rooms::desk(room))
}

#[wasm_split(study, fallible)]
fn study(room: Study) -> Result<View, SplitLoaderError> {
    Ok(rooms::study(room))
}

#[wasm_split(vault, fallible)]
fn vault(room: Vault) -> Result<View, SplitLoaderError> {
    Ok(rooms::vault(room))
}

#[wasm_split(lobby, fallible)]
fn lobby(room: Lobby) -> Result<View, SplitLoaderError> {
    Ok(rooms::lobby(room))
}

const FETCH: Fetch = |room| {
    Box::pin(async move {
        let view = match room {
            Room::Desk(room) => desk(room).await,
            Room::Study(room) => study(room).await,
            Room::Vault(room) => vault(room).await,
            Room::Lobby(room) => lobby(room).await,
        };
        view.ok()
    })
};

fn main() {
    kernelscope_web::app::start(FETCH);
}
