//! The sentences about processes that make one another. They join the table of [`super`]; the same rules hold for them.

/// Adds them to the sentences that are given to `$next`, with those that are given to `$then`.
macro_rules! with_processes {
    ($next:ident; $then:ident; $($others:tt)*) => {
        $next! { $then;
            $($others)*

    Fork:
        "{task} forks: {child} is its child, and both return from the call",
        "{task:이} fork한다: {child:이} 자식이 되고 둘 다 호출에서 돌아온다";
    Waited:
        "wait() returns to {task}: {child} had ended with status {number}",
        "wait()가 {task:으로} 돌아온다: {child:은} 상태 {number:으로} 끝나 있었다";
    SignalSent:
        "{task} sends {signal} to {other}",
        "{task:이} {other}에 {signal:을} 보낸다";
    Adopted:
        "{task} is an orphan: {by} is its parent from now on",
        "{task:은} 고아가 되었다: 이제 {by:이} 부모다";
    AdoptedByInit:
        "{task} is an orphan: init is its parent from now on",
        "{task:은} 고아가 되었다: 이제 init이 부모다";
    FailedEsrch:
        "{call} fails: {task} has nobody there to send it to (ESRCH)",
        "{call} 실패: {task:이} 시그널을 보낼 대상이 없다 (ESRCH)";
    FailedEchild:
        "{call} fails: {task} has no such child (ECHILD)",
        "{call} 실패: {task:은} 그런 자식이 없다 (ECHILD)";
    FailedEagain:
        "{call} fails: the process table is full, and {task} goes on without a child (EAGAIN)",
        "{call} 실패: 프로세스 테이블이 꽉 차서 {task:은} 자식 없이 계속한다 (EAGAIN)";
    FailedEnomem:
        "{call} fails: there is not enough memory for what {task} asked for (ENOMEM)",
        "{call} 실패: {task:이} 요청한 만큼 메모리가 없다 (ENOMEM)";
    FailedEbusy:
        "{call} fails: {task} has children and may not end (EBUSY)",
        "{call} 실패: {task:은} 자식이 있어 끝날 수 없다 (EBUSY)";
    BlockChild:
        "{task} blocks until a child ends",
        "{task:이} 자식이 끝날 때까지 대기한다";
    WakeChild:
        "{task} wakes after {waited}: a child has ended",
        "{task:이} {waited} 만에 깨어난다: 자식이 끝났다";
        }
    };
}

pub(super) use with_processes;
