//! The engine behind bytes: what runs in the worker, and on the page where no worker can start.

use kernelscope_session::engine::Engine;

use super::FromEngine;

/// Steps of the machine in one slice of work: a few milliseconds, so that a new question is heard soon.
const SLICE: u64 = 20_000;

/// The engine, asked and answering in bytes.
#[derive(Default)]
pub struct Host {
    engine: Engine,
}

impl Host {
    /// Takes in a message of requests. What cannot be read comes from no page of this build and is left alone.
    pub fn ask(&mut self, message: &[u8]) {
        let mut rest = message;
        while let Ok((request, after)) = postcard::take_from_bytes(rest) {
            self.engine.ask(request);
            rest = after;
        }
    }

    /// Does a slice of what there is to do.
    pub fn work(&mut self) -> FromEngine {
        let mut replies = Vec::new();
        self.engine.work(SLICE, &mut replies);
        FromEngine::Slice { busy: self.engine.busy(), replies }
    }

    /// The same through one function, for a page without a worker: requests are taken in, and nothing answered;
    /// an empty message asks for a slice of work.
    pub fn handle(&mut self, message: &[u8]) -> Vec<u8> {
        if message.is_empty() {
            return self.work().to_bytes();
        }
        self.ask(message);
        Vec::new()
    }
}
