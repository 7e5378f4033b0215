//! The texts of the panels: now, queues, tasks, the chosen task. Those of the other panels have tables of their
//! own.

use crate::messages;

messages! {
    /// Title of the ready queues.
    queues: "Queues", "큐";
    /// Title of the task table.
    tasks: "Tasks", "태스크";
    /// Title of the event list.
    events: "Events", "이벤트";
    /// Title of the figures.
    metrics: "Metrics", "지표";
    /// Title of the kernel entry panel.
    kernel: "Kernel entry", "커널 진입";
    /// Title of the rules.
    rules: "Rules", "규칙";
    /// Title of what just happened.
    now: "Now", "지금";
    /// Title of the chosen task.
    inspector: "Selected", "선택";

    /// Where the cursor is.
    step_of(step: u64, steps: u64): "step {step} of {steps}", "{steps}단계 중 {step}";
    /// Before the first step.
    beginning:
        "Nothing has happened yet. The next step starts the machine.",
        "아직 아무 일도 없었다. 다음 단계에서 기계가 켜진다.";
    /// What comes.
    next: "Next", "다음";
    /// After the last step.
    nothing_next: "Nothing comes after this.", "이 뒤로는 아무 일도 없다.";
    /// Asks for the reason against a task; its name and a question mark follow.
    why_not: "Why not", "왜 아닌가:";
    /// Candidates that are not listed.
    and_more(number: usize): "and {number} more", "그 밖에 {number}개";
    /// A rule's name follows.
    rule: "Rule", "규칙";

    /// The ready queue where there is one only.
    ready: "Ready", "준비 큐";
    /// The tasks at the cursor, as a region of the page.
    task_table: "Tasks at the cursor", "커서에서 본 태스크";
    /// Nobody is here.
    empty: "empty", "비어 있음";
    /// Has the CPU.
    running: "running", "실행 중";
    /// The kernel's own threads.
    kernel_queue: "Kernel", "커널";
    /// Devices that belong to one task each.
    own_devices: "Own I/O", "자기 I/O";
    /// Waiting for the clock.
    sleeping: "Asleep", "수면";
    /// Who is kept out of memory.
    swapped_out: "Swapped out", "스왑 아웃됨";
    /// Not here so far.
    to_come: "To come", "올 태스크";
    /// Ended, not reaped.
    zombies: "Zombies", "좀비";
    /// Ended and reaped.
    gone: "Reaped", "회수됨";
    /// The length of a slice.
    quantum(quantum: &str): "quantum {quantum}", "퀀텀 {quantum}";
    /// The length of a slice and of an allotment.
    quantum_allotment(quantum: &str, allotment: &str):
        "quantum {quantum}, allotment {allotment}",
        "퀀텀 {quantum}, 할당량 {allotment}";
    /// The end of the slice.
    slice_until(at: &str): "slice until {at}", "슬라이스 {at}까지";
    /// Nothing ends the turn.
    no_slice: "no slice", "슬라이스 없음";
    /// The end of a service.
    until(at: &str): "until {at}", "{at}까지";
    /// Requests in a queue.
    queued(number: usize): "{number} waiting", "{number}개 기다림";
    /// What counts against an allotment.
    used_of(used: &str, whole: &str): "{used} of {whole} used", "{whole} 중 {used} 사용";
    /// When everybody returns to the top.
    next_boost(at: &str): "Next boost at {at}", "다음 부스트: {at}";

    /// A task.
    task: "Task", "태스크";
    /// Its number for people.
    pid: "PID", "PID";
    /// Its state.
    state: "State", "상태";
    /// Since when.
    since: "Since", "시작 시각";
    /// CPU time so far.
    cpu_used: "CPU used", "쓴 CPU";
    /// CPU time to come.
    cpu_left: "CPU left", "남은 CPU";
    /// Waiting time so far.
    waited: "Waited", "대기 시간";
    /// Nobody is chosen.
    choose_task: "Choose a task to see what the kernel keeps of it.", "태스크를 고르면 커널이 지닌 정보를 볼 수 있다.";
    /// The states of a task; its chip follows.
    states_of: "States of", "상태 전이:";

    /// The process control block; the chip of its task follows.
    pcb_of: "Process control block of", "프로세스 제어 블록:";
    /// The parent's number.
    parent: "Parent", "부모";
    /// The first process.
    init: "1 (init)", "1 (init)";
    /// A state and since when.
    state_since(state: &str, at: &str): "{state}, since {at}", "{state}, {at}부터";
    /// The processor.
    cpu: "CPU", "CPU";
    /// The static priority.
    priority: "Priority", "우선순위";
    /// The static priority and what waiting made of it.
    priority_aged(base: u32, now: u32): "{base}, aged to {now}", "{base}, 에이징으로 {now}";
    /// How far it stands back.
    nice: "Nice", "nice 값";
    /// Its queue.
    level: "Queue", "큐";
    /// What counts against its allotment.
    level_used: "Used at this level", "이 단계에서 쓴 시간";
    /// The rest of its slice.
    slice_left: "Slice left", "남은 슬라이스";
    /// The guess at its next burst.
    estimate: "Estimated burst", "추정 버스트";
    /// The rest of its burst.
    burst_left: "Burst left", "남은 버스트";
    /// The number of its operation.
    program_counter: "Program counter", "프로그램 카운터";
    /// Its program.
    program: "Program", "프로그램";
    /// What the hardware saves.
    user_registers: "User registers", "사용자 레지스터";
    /// What switch() saves.
    kernel_registers: "Kernel registers", "커널 레지스터";
    /// Where the hardware saves them.
    on_kernel_stack: "saved on its kernel stack", "커널 스택에 저장됨";
    /// Where switch() saves them.
    in_process_structure: "saved here", "여기에 저장됨";
    /// In the register file.
    in_cpu: "in the CPU", "CPU 안";
    /// Nowhere: the task has none, or is gone.
    not_saved: "not saved", "저장되지 않음";
    /// What its parent learns.
    exit_status: "Exit status", "종료 상태";
    /// What ended it.
    signal: "Ended by signal", "끝낸 시그널";

    /// The diagram in a sentence.
    diagram(state: &str, times: &str): "State: {state}. Transitions so far: {times}.", "상태: {state}. 지금까지의 전이: {times}.";
    /// New to ready.
    admitted: "admitted", "입장";
    /// Ready to running.
    dispatched: "dispatched", "디스패치";
    /// Running to ready.
    descheduled: "preempted", "선점";
    /// Running to blocked.
    blocked: "blocks", "대기";
    /// Blocked to ready.
    woken: "wakes", "깨어남";
    /// To zombie.
    exited: "exits", "종료";
    /// Zombie to reaped.
    reaped_by_parent: "wait()", "wait()";
}
