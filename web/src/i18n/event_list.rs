//! The list of events, in words.

use crate::messages;

messages! {
    /// The list.
    events: "Events", "이벤트";
    /// The list itself, as a region of the page.
    list: "List of events", "이벤트 목록";
    /// What is let through.
    filter: "Which events", "볼 이벤트";
    /// Everything.
    all: "All", "모두";
    /// Who gets and who loses the CPU.
    decisions: "Dispatch and switch", "디스패치와 전환";
    /// Blocking and waking.
    waiting: "Block and wake", "대기와 깨어남";
    /// Arrivals and ends.
    lives: "Arrive and exit", "도착과 종료";
    /// Levels, priorities, estimates.
    levels: "Level and priority", "단계와 우선순위";
    /// Traps by request.
    syscalls: "System calls", "시스템 콜";
    /// Timer and devices.
    interrupts: "Interrupts", "인터럽트";
    /// What user mode may not do.
    exceptions: "Exceptions", "예외";
    /// References, faults, evictions, the page daemon.
    memory: "Memory", "메모리";
    /// Every stage of every trap.
    stages: "every stage", "모든 단계";
    /// About one task only.
    only(task: &str): "only {task}", "{task}만";
    /// The page before.
    earlier: "Earlier", "이전";
    /// The page after.
    later: "Later", "이후";
    /// The run has nothing of the kind.
    none_at_all: "No such event in this run.", "이 실행에는 이런 이벤트가 없다.";
}
