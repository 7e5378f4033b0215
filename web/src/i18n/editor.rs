//! The texts of the scenario editor.

use crate::messages;

messages! {
    /// Title of the task table.
    tasks: "Tasks", "태스크";
    /// Title of the policy and its parameters.
    scheduler: "Scheduler", "스케줄러";
    /// Title of the conventions.
    rules: "Rules", "규칙";
    /// Title of the memory.
    memory: "Memory", "메모리";
    /// A machine gets memory.
    add_memory: "Add memory", "메모리 추가";
    /// It loses it again.
    remove_memory: "Remove memory", "메모리 삭제";
    /// What memory is like beyond its size and its policy.
    memory_more: "Addresses, tables, swap", "주소, 테이블, 스왑";
    /// What the use of memory costs.
    memory_costs: "Costs of memory", "메모리 비용";
    /// Choice of what translates addresses.
    translation: "Address translation", "주소 변환";
    /// Choice of the policy of replacement.
    replacement: "page replacement", "페이지 교체";
    /// Title of a task's regions.
    regions(name: &str): "Regions of {name}", "{name}의 영역";
    /// What a task without regions has.
    no_regions: "None: it has the whole address space.", "없음. 주소 공간 전체를 쓴다.";
    /// One more region.
    add_region: "Add a region", "영역 추가";
    /// What a field that follows from others stands for.
    by_the_sizes: "by the sizes", "크기에 따라";
    /// A TLB that is fully associative.
    as_entries: "as many as entries", "항목 수만큼";
    /// Title of machine and costs.
    machine: "Machine and costs", "기계와 비용";
    /// Title of the devices.
    devices: "Shared devices", "공유 장치";
    /// Title of the limits.
    limits: "Units and limits", "단위와 한계";
    /// Title of the inputs.
    inputs: "Done at a moment", "도중에 한 일";
    /// Name of the scenario's title field.
    title: "Title", "제목";
    /// Choice of the policy.
    policy: "policy", "정책";
    /// Adds a task.
    add_task: "Add a task", "태스크 추가";
    /// Adds a device.
    add_device: "Add a device", "장치 추가";
    /// Takes the last change back.
    undo: "Undo", "실행 취소";
    /// Makes it again.
    redo: "Redo", "다시 실행";
    /// A fresh sheet.
    new: "New", "새로 만들기";
    /// More about a task.
    more(name: &str): "More about {name}", "{name} 더 보기";
    /// Selects a task everywhere.
    select(name: &str): "Select {name}", "{name} 선택";
    /// A second one like it.
    duplicate: "Duplicate", "복제";
    /// Away with it.
    remove: "Remove", "삭제";
    /// Away with it, named.
    remove_that(name: &str): "Remove {name}", "{name} 삭제";
    /// One place up.
    move_up: "Move up", "위로";
    /// One place down.
    move_down: "Move down", "아래로";
    /// A task's field, named for those who do not see the table.
    field_of(field: &str, name: &str): "{name}: {field}", "{name}: {field}";
    /// There are no tasks.
    no_tasks: "No task yet: add one, or start from a lesson.", "아직 태스크가 없습니다. 하나 추가하거나 수업에서 시작하세요.";
    /// A long list goes on.
    more_tasks(n: usize): "{n} more {n:task|tasks}", "태스크 {n}개 더";
    /// Something is wrong; the picture is older.
    problems(n: usize): "{n} {n:problem|problems}. The run shown is the last one without.", "문제 {n}개. 화면의 실행은 문제가 없던 마지막 것입니다.";
    /// Something is wrong with what was opened.
    problems_unrun(n: usize): "{n} {n:problem|problems} to mend before this can run.", "실행하려면 문제 {n}개를 고쳐야 합니다.";
    /// How programs are written.
    program_help: "cpu 30; io 10; sleep 5; yield; repeat 3 { cpu 5; io disk 5 }; exit", "cpu 30; io 10; sleep 5; yield; repeat 3 { cpu 5; io disk 5 }; exit";
    /// How programs are written that use memory.
    program_help_memory: "cpu 5; read p0; write p0..p8; refs 0 1 2 0; read p0..p64 hot 100; mmap heap 16; write heap+p1; munmap heap", "cpu 5; read p0; write p0..p8; refs 0 1 2 0; read p0..p64 hot 100; mmap heap 16; write heap+p1; munmap heap";
    /// Opens all conventions.
    all_rules: "All rules", "모든 규칙";
    /// Which conventions are chosen by name.
    by_default: "The profile’s own conventions.", "프로필의 규약 그대로.";
    /// Rules that depart from the profile.
    departs(n: usize): "{n} {n:rule departs|rules depart} from the profile:", "프로필과 다른 규칙 {n}개:";
    /// A heading: do something at the cursor.
    at_cursor(time: &str): "At the cursor ({time})", "커서 위치에서 ({time})";
    /// Ends a task.
    kill: "End a task", "태스크 끝내기";
    /// Changes a parameter.
    set: "Change a parameter", "매개변수 바꾸기";
    /// Adds a task.
    add: "Add a task", "태스크 추가";
    /// Does it.
    do_it: "Do it now", "지금 하기";
    /// Which task.
    task: "task", "태스크";
    /// Which parameter.
    parameter: "parameter", "매개변수";
    /// Which value.
    value: "value", "값";
    /// A task was ended.
    killed(name: &str): "{name} is ended", "{name:을} 끝냄";
    /// A parameter was changed.
    changed(field: &str, value: &str): "{field} becomes {value}", "{field}: {value:으로} 바꿈";
    /// A task was added.
    added(name: &str): "{name} is added", "{name:을} 추가함";
    /// A part cannot be understood.
    unclear: "unclear", "알 수 없음";
    /// For a field that is off.
    off: "off", "끔";
    /// For a field that follows another.
    default_value(value: &str): "default: {value}", "기본값: {value}";
    /// An allotment that is not said.
    as_quantum: "as the quantum", "퀀텀만큼";
    /// A number of levels that is not said.
    as_listed: "as many as listed", "적은 수만큼";
}
