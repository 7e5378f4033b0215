//! Words that sentences and panels share: states, causes, parameters, places.

use crate::messages;

messages! {
    /// A device that belongs to one task alone.
    own_device: "its own device", "자기 장치";
    /// The ready queue where there is one only.
    ready_queue: "the ready queue", "준비 큐";
    /// A number that the kernel's table of system calls does not know.
    unknown_call(number: u32): "unknown call {number}", "모르는 {number}번 콜";
    /// Behind the others.
    at_tail: "at the tail", "맨 뒤에";
    /// Before the others.
    at_head: "at the head", "맨 앞에";
    /// Where its key belongs.
    by_key: "in the place of its key", "키에 맞는 자리에";
    /// It is new.
    why_arrived: "it is new", "새로 옴";
    /// Its I/O is done.
    why_io: "its I/O is done", "I/O가 끝남";
    /// Its sleep is over.
    why_slept: "its sleep is over", "잠이 끝남";
    /// Its page has been read.
    why_page_in: "its page is there", "페이지가 들어옴";
    /// Pages have been written.
    why_page_out: "the write is done", "쓰기가 끝남";
    /// A frame is free.
    why_frame: "a frame is free", "빈 프레임이 생김";
    /// Frames run short.
    why_work: "frames run short", "프레임이 모자람";
    /// A child has ended.
    why_child: "a child has ended", "자식이 끝남";
    /// Its slice is used up.
    why_expired: "its slice is used up", "타임 슬라이스를 다 씀";
    /// It was preempted.
    why_preempted: "it was preempted", "선점당함";
    /// It yielded.
    why_yielded: "it yielded", "양보함";
    /// A boost moved it.
    why_boosted: "the boost moved it", "부스트로 옮겨짐";
    /// A page, by its number.
    page(number: u64): "page {number}", "페이지 {number}";
    /// A frame, by its number.
    frame(number: u32): "frame {number}", "프레임 {number}";
    /// A load.
    read: "read", "읽기";
    /// A store.
    write: "write", "쓰기";
    /// The fetch of an instruction.
    fetch: "instruction fetch", "명령어 가져오기";
    /// Not at all.
    never: "never", "없음";

    /// The longest time on the CPU in one go.
    quantum: "the quantum", "타임 퀀텀";
    /// The quantum of one level.
    level_quantum(level: u8): "the quantum of Q{level}", "Q{level}의 퀀텀";
    /// The allotment of one level.
    level_allotment(level: u8): "the allotment of Q{level}", "Q{level}의 할당량";
    /// How often everybody returns to the top.
    boost_period: "the boost period", "부스트 주기";
    /// The waiting time that improves a priority.
    aging_every: "the ageing period", "에이징 주기";
    /// By how much waiting improves a priority.
    aging_step: "the ageing step", "에이징 폭";
    /// The static priority of a task.
    priority_of(task: &str): "the priority of {task}", "{task}의 우선순위";
    /// The cost of a change of mode.
    mode_switch_cost: "the cost of a mode switch", "모드 전환 비용";
    /// The cost of the timer's handler.
    timer_handler_cost: "the cost of the timer handler", "타이머 처리기 비용";
    /// The cost of a switch between processes.
    process_switch_cost: "the cost of a process switch", "프로세스 전환 비용";
    /// The cost of a switch between threads.
    thread_switch_cost: "the cost of a thread switch", "스레드 전환 비용";

    /// It has not arrived.
    state_new: "new", "생성";
    /// It could run.
    state_ready: "ready", "준비";
    /// It is being switched in.
    state_switching: "switching in", "전환 중";
    /// It has a CPU.
    state_running: "running", "실행";
    /// It waits.
    state_blocked: "blocked", "대기";
    /// It waits for a device.
    state_blocked_on(device: &str): "blocked on {device}", "{device} 대기";
    /// It waits for the clock.
    state_sleeping: "asleep", "수면";
    /// It waits for a page.
    state_page_in: "blocked on a page", "페이지 대기";
    /// It waits for pages to be written.
    state_page_out: "blocked on a write", "쓰기 대기";
    /// It waits for a frame.
    state_frame: "blocked on a frame", "프레임 대기";
    /// It waits for a child.
    state_child: "waits for a child", "자식 대기";
    /// It has ended and was not reaped.
    state_zombie: "zombie", "좀비";
    /// It is gone.
    state_reaped: "reaped", "회수됨";
    /// It is kept out.
    state_swapped_out: "swapped out", "스왑 아웃됨";
    /// Why it is ready.
    why_resumed: "its working set fits again", "워킹 셋이 다시 들어간다";
}

/// A policy of page replacement by its name in files, in short.
pub fn replacement(name: &str, lang: super::Lang) -> &str {
    super::fields::word(lang, name).split(':').next().unwrap_or(name)
}

/// A policy by its name in files.
pub fn policy(name: &str, lang: super::Lang) -> &str {
    match name {
        "fifo" => "FIFO",
        "sjf" => "SJF",
        "stcf" => "STCF",
        "rr" => lang.pick("Round robin", "라운드 로빈"),
        "priority" => lang.pick("Priority", "우선순위"),
        "mlfq" => "MLFQ",
        "next_in_ring" => lang.pick("Next in the ring", "고리의 다음"),
        other => other,
    }
}
