//! The texts of the transport, of the find box and of the keys.

crate::messages! {
    /// The name of the group of buttons.
    title: "Transport", "재생 조작";
    /// A button.
    to_start: "To the start", "처음으로";
    /// A button.
    to_end: "To the end", "끝으로";
    /// A button.
    step_back: "One step back", "한 단계 뒤로";
    /// A button.
    step_forward: "One step forward", "한 단계 앞으로";
    /// A button, while time rests.
    play: "Play", "재생";
    /// The same button, while time runs.
    pause: "Pause", "멈춤";
    /// The name of a list of choices.
    speed: "Speed", "빠르기";
    /// What a speed means.
    speed_means(share: &str, amount: &str): "×{share}: {amount} in a second", "×{share}: 1초에 {amount}";
    /// The name of a list of choices.
    next_kind: "Next", "다음";
    /// A button.
    jump_back: "To the previous one", "이전 것으로";
    /// A button.
    jump_forward: "To the next one", "다음 것으로";
    /// The counter.
    step_of(step: u64, steps: u64): "step {step} of {steps}", "{steps}단계 중 {step}단계";
    /// A hint beside the counter.
    hint_step: "step", "단계";
    /// A hint beside the counter.
    hint_keys: "keys", "키";

    /// A kind of event.
    kind_stage: "stage of a trap", "트랩 단계";
    /// A kind of event.
    kind_any: "any event", "모든 사건";
    /// A kind of event.
    kind_dispatch: "dispatch", "디스패치";
    /// A kind of event.
    kind_preemption: "descheduling", "CPU 반납";
    /// A kind of event.
    kind_block: "block", "대기";
    /// A kind of event.
    kind_wake: "wake-up", "깨어남";
    /// A kind of event.
    kind_arrival: "arrival", "도착";
    /// A kind of event.
    kind_exit: "exit", "종료";
    /// A kind of event.
    kind_level: "change of level", "단계 변화";
    /// A kind of event.
    kind_kernel_entry: "kernel entry", "커널 진입";
    /// A kind of event.
    kind_context_switch: "context switch", "문맥 교환";
    /// A kind of event.
    kind_demotion: "demotion", "강등";
    /// A kind of event.
    kind_boost: "boost", "부스트";
    /// A kind of event.
    kind_slice_end: "end of a slice", "타임 슬라이스 만료";
    /// A kind of event.
    kind_preempted: "preemption", "선점";
    /// A kind of event.
    kind_idle: "idle", "유휴";
    /// A kind of event.
    kind_aging: "aging", "에이징";
    /// A kind of event.
    kind_kill: "kill", "강제 종료";
    /// A kind of event.
    kind_timer: "timer interrupt", "타이머 인터럽트";
    /// A kind of event.
    kind_syscall: "system call", "시스템 호출";
    /// A kind of event.
    kind_exception: "exception", "예외";
    /// A kind of event.
    kind_reap: "reaping", "회수";
    /// A kind of event.
    kind_estimate: "new estimate", "예측값 갱신";
    /// A kind of event.
    kind_yield: "yield", "양보";
    /// A kind of event.
    kind_return: "return from trap", "트랩 복귀";
    /// A page fault.
    kind_fault: "page fault", "페이지 폴트";
    /// A page leaves its frame.
    kind_eviction: "eviction", "페이지 내보내기";
    /// A reference is done.
    kind_access: "memory access", "메모리 접근";
    /// A translation is not in the TLB.
    kind_tlb_miss: "TLB miss", "TLB 미스";
    /// A fault that waits for the disk.
    kind_major_fault: "major fault", "주 페이지 폴트";
    /// A page is there.
    kind_page_arrival: "page arrival", "페이지 도착";
    /// The page daemon has work.
    kind_daemon_wake: "daemon wakes", "데몬 깨어남";
    /// The page daemon has no more work.
    kind_daemon_sleep: "daemon sleeps", "데몬 잠듦";
    /// A reference that may not be.
    kind_violation: "memory violation", "메모리 위반";

    /// After a jump that led nowhere.
    nothing_there: "none further on", "더 없음";

    /// The name of the find box.
    find: "Find a task, an event or a time", "태스크, 사건, 시각 찾기";
    /// What stands in the empty find box.
    find_hint: "Find: A, exit, 205", "찾기: A, 종료, 205";
    /// Nothing was found.
    find_none: "Nothing of that name", "그런 이름은 없다";
    /// Something that was found.
    found_task(name: &str): "{name}: its next event", "{name}: 다음 사건";
    /// Something that was found.
    found_kind(kind: &str): "next {kind}", "다음 {kind}";
    /// Something that was found.
    found_task_kind(name: &str, kind: &str): "{name}: next {kind}", "{name}: 다음 {kind}";
    /// Something that was found.
    found_time(time: &str): "at {time}", "시각 {time}";
    /// Something that was found.
    found_step(step: u64): "step {step}", "{step}단계";
    /// Said after looking.
    found_count(n: usize): "{n} {n:place|places}; Enter goes to the first", "{n}곳; Enter로 첫째로 간다";

    /// The heading of the sheet of keys.
    keys: "Keys", "키";
    /// A button of the sheet.
    close: "Close", "닫기";
    /// A heading on the sheet.
    topic_time: "In time", "시간";
    /// A heading on the sheet.
    topic_view: "The view", "보기";
    /// A heading on the sheet.
    topic_page: "The page", "페이지";
    /// A switch on the sheet.
    character_keys: "Letters and signs act", "글자와 기호 키를 쓴다";
    /// What the switch is for.
    character_keys_why: "Switch them off if you speak to the computer, or press keys by mistake.",
        "음성으로 입력하거나 키를 잘못 누르는 일이 잦으면 끈다.";
    /// A note on the sheet.
    keys_by_place: "Keys go by their place on the keyboard, so they are the same on every layout.",
        "키는 자판의 위치로 정해지므로 어떤 자판 배열에서도 같다.";
    /// A note on the sheet.
    keys_of_hands: "Drag the timeline to pan, Ctrl and the wheel to zoom, double click to see all; drag on the axis to scrub.",
        "타임라인을 끌면 이동, Ctrl과 휠로 확대·축소, 두 번 누르면 전체 보기, 축을 끌면 커서 이동.";
    /// What a key does.
    key_play: "Play or pause", "재생하거나 멈춘다";
    /// What a key does.
    key_forward: "One step on", "한 단계 앞으로 간다";
    /// What a key does.
    key_back: "One step back", "한 단계 뒤로 간다";
    /// What a key does.
    key_jump_forward: "To the next event of the chosen kind", "고른 종류의 다음 사건으로 간다";
    /// What a key does.
    key_jump_back: "To the previous event of the chosen kind", "고른 종류의 이전 사건으로 간다";
    /// What a key does.
    key_own_forward: "To the next event of the chosen task", "고른 태스크의 다음 사건으로 간다";
    /// What a key does.
    key_own_back: "To the previous event of the chosen task", "고른 태스크의 이전 사건으로 간다";
    /// What a key does.
    key_faster: "Faster", "더 빠르게";
    /// What a key does.
    key_slower: "Slower", "더 느리게";
    /// What a key does.
    key_zoom_in: "Zoom in", "확대한다";
    /// What a key does.
    key_zoom_out: "Zoom out", "축소한다";
    /// What a key does.
    key_pan_left: "Earlier", "이전 구간을 본다";
    /// What a key does.
    key_pan_right: "Later", "다음 구간을 본다";
    /// What a key does.
    key_fit: "See the whole run", "실행 전체를 본다";
    /// What a key does.
    key_table: "Timeline as a table, or as a picture", "타임라인을 표나 그림으로 본다";
    /// What a key does.
    key_find: "Find a task, an event or a time", "태스크, 사건, 시각을 찾는다";
    /// What a key does.
    key_undo: "Take back the last change", "마지막 변경을 되돌린다";
    /// What a key does.
    key_redo: "Make it again", "되돌린 변경을 다시 한다";
    /// What a key does.
    key_help: "These keys", "이 키 목록";
    /// What stands before or after a number that is typed into the find box and means a step.
    step_word: "step", "단계";
}
