//! The texts of the timeline: lanes, activities, legend, table.

crate::messages! {
    /// The name of the whole.
    title: "Timeline", "타임라인";
    /// What a screen reader says of the picture.
    picture(lanes: usize, end: &str): "Timeline of {lanes} {lanes:lane|lanes} from 0 to {end}. T shows the same as a table; arrows up and down walk the lanes.",
        "0부터 {end}까지 레인 {lanes}개의 타임라인. T를 누르면 같은 내용을 표로 보여 준다. 위아래 화살표로 레인을 옮겨 다닌다.";
    /// What kind of thing it is, for a screen reader.
    role: "timeline", "타임라인";
    /// A button.
    show_table: "Table", "표";
    /// A button.
    show_picture: "Picture", "그림";
    /// A button that closes and opens the legend.
    legend: "Legend", "범례";
    /// A button.
    fit: "See all", "전체 보기";
    /// A button.
    zoom_in: "Zoom in", "확대";
    /// A button.
    zoom_out: "Zoom out", "축소";
    /// Before the first run.
    empty: "No run yet. Add a task, or open a lesson.", "아직 실행이 없다. 태스크를 더하거나 수업을 연다.";
    /// A run in which no task ever comes.
    nobody: "Nothing happens here: add a task on the left, or open a lesson.",
        "여기서는 아무 일도 일어나지 않는다. 왼쪽에서 태스크를 더하거나 수업을 연다.";

    /// A lane.
    cpu(n: u16): "CPU {n}", "CPU {n}";
    /// A lane.
    level(n: u8): "Q{n}", "Q{n}";
    /// A lane.
    own_devices: "I/O", "I/O";
    /// A lane of a shared device that the scenario does not name.
    device(n: u16): "device {n}", "장치 {n}";

    /// What goes on.
    user(task: &str): "{task} runs", "{task:이} 실행된다";
    /// What goes on.
    kernel(task: &str): "the kernel works for {task}", "커널이 {task}의 일을 한다";
    /// What goes on.
    kernel_alone: "the kernel works", "커널이 일한다";
    /// What goes on.
    switch_to(task: &str): "switch to {task}", "{task:으로} 문맥 교환";
    /// What goes on.
    switch_alone: "switch", "문맥 교환";
    /// What goes on.
    io_wait(task: &str): "the CPU is held while {task} waits for I/O", "{task:이} I/O를 기다리는 동안 CPU가 잡혀 있다";
    /// What goes on.
    idle: "idle", "유휴";
    /// What goes on.
    ready(task: &str): "{task} is ready and waits for a CPU", "{task:은} 준비되어 CPU를 기다린다";
    /// What goes on.
    blocked_io(task: &str): "{task} is blocked on I/O", "{task:은} I/O를 대기한다";
    /// What goes on.
    blocked_queue(task: &str): "{task} waits in the queue of the device", "{task:은} 장치의 대기열에서 기다린다";
    /// What goes on.
    sleeping(task: &str): "{task} sleeps", "{task:은} 잠들어 있다";
    /// A stretch of a lane.
    swapped_out(task: &str): "{task} is swapped out", "{task:은} 스왑 아웃되어 있다";
    /// What goes on.
    zombie(task: &str): "{task} has ended and waits to be reaped", "{task:은} 끝났고 회수를 기다린다";
    /// What goes on.
    works_for(task: &str): "works for {task}", "{task}의 요청을 처리한다";
    /// At a place of a lane.
    nothing: "nothing", "없음";

    /// A key of the legend.
    key_user: "running", "실행";
    /// A key of the legend.
    key_ready: "ready", "준비";
    /// A key of the legend.
    key_kernel: "kernel", "커널";
    /// A key of the legend.
    key_switch: "switch", "문맥 교환";
    /// A key of the legend.
    key_idle: "idle", "유휴";
    /// A key of the legend.
    key_io_wait: "CPU held for I/O", "I/O 동안 CPU 점유";
    /// A key of the legend.
    key_blocked_io: "blocked on I/O", "I/O 대기";
    /// A key of the legend.
    key_blocked_queue: "in a device's queue", "장치 대기열";
    /// A key of the legend.
    key_sleeping: "asleep", "수면";
    /// A weave of the legend.
    key_swapped_out: "swapped out", "스왑 아웃됨";
    /// A key of the legend.
    key_zombie: "zombie", "좀비";
    /// A key of the legend.
    key_device: "device at work", "장치 작업";
    /// A key of the legend.
    key_boost: "boost", "부스트";
    /// A key of the legend.
    key_input: "input from outside", "외부 입력";

    /// From when to when, and how long.
    span(from: &str, to: &str, length: &str): "{from} to {to}, {length}", "{from}부터 {to}까지, {length}";
    /// Of many segments drawn as one.
    mostly(percent: u32): "and other things: this took {percent} % of the time", "다른 일도 섞여 있다: 이것이 시간의 {percent}%";
    /// Said when the cursor reaches a place.
    reached(time: &str, step: u64, what: &str): "{time}, step {step}: {what}", "{time}, {step}단계: {what}";
    /// Said of a lane.
    in_lane(lane: &str, what: &str): "{lane}: {what}", "{lane}: {what}";
    /// A mark.
    mark_boost(time: &str): "boost at {time}: everybody returns to Q0", "{time}에 부스트: 모두 Q0로 돌아간다";
    /// A mark.
    mark_input(n: u32, time: &str): "input {n} at {time}", "{time}에 외부 입력 {n}";
    /// A mark.
    mark_stopped(time: &str): "stopped at {time}", "{time}에 멈춤";

    /// The caption of the table.
    table_caption(from: &str, to: &str): "What happened from {from} to {to}", "{from}부터 {to}까지 일어난 일";
    /// A heading.
    column_from: "from", "부터";
    /// A heading.
    column_to: "to", "까지";
    /// A heading.
    column_length: "length", "길이";
    /// A heading.
    column_lane: "lane", "레인";
    /// A heading.
    column_what: "what", "상태";
    /// A heading, where several runs are side by side.
    column_run: "run", "실행";
    /// A choice of the filter.
    all_lanes: "all lanes", "모든 레인";
    /// The name of the filter.
    filter: "Lane", "레인";
    /// A button.
    page_back: "Previous rows", "이전 행";
    /// A button.
    page_on: "Next rows", "다음 행";
    /// Which rows are shown.
    rows(from: usize, to: usize, of: usize): "rows {from} to {to} of {of}", "{of}행 가운데 {from}–{to}행";
    /// While the table is being asked for.
    waiting: "Just a moment", "잠시만";
}
