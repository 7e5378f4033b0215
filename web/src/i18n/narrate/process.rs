//! What happens between processes.

use kernelscope_sim::event::{Errno, Event, ProcessEvent};

use super::super::events::Sentence;
use super::{Narration, Value};

pub(super) fn narrate(event: &Event, process: ProcessEvent) -> Narration {
    let say = |sentence| Narration::of(sentence).task(event.task);
    match process {
        ProcessEvent::Fork { child } => say(Sentence::Fork).with("child", Value::Task(child)),
        ProcessEvent::Waited { child, status } => say(Sentence::Waited)
            .with("child", Value::Task(child))
            .with("number", Value::Number(status.into())),
        ProcessEvent::Signal { to, signal } => {
            say(Sentence::SignalSent).with("other", Value::Task(to)).with("signal", Value::Signal(signal))
        }
        ProcessEvent::Adopted { by: None } => say(Sentence::AdoptedByInit),
        ProcessEvent::Adopted { by: Some(by) } => say(Sentence::Adopted).with("by", Value::Task(by)),
        ProcessEvent::Failed { call, errno } => say(failure(errno)).with("call", Value::Call(call)),
    }
}

fn failure(errno: Errno) -> Sentence {
    match errno {
        Errno::Esrch => Sentence::FailedEsrch,
        Errno::Echild => Sentence::FailedEchild,
        Errno::Eagain => Sentence::FailedEagain,
        Errno::Enomem => Sentence::FailedEnomem,
        Errno::Ebusy => Sentence::FailedEbusy,
    }
}
