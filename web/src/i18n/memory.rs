//! The texts of the panels about memory.

use kernelscope_session::view::{FrameStateView, ListView, Outcome};
use kernelscope_sim::event::FaultKind;

use super::Lang;
use crate::messages;

messages! {
    /// Title of the page table, the TLBs and the frames.
    memory: "Memory", "메모리";
    /// Title of the path of an access.
    access: "Access path", "접근 경로";
    /// Title of the accesses in a row.
    references: "References", "참조열";
    /// Title of swap and free frames.
    swap: "Swap and free frames", "스왑과 빈 프레임";
    /// Nothing has come yet.
    looking: "Looking at memory…", "메모리를 살펴보는 중…";
    /// No process has an address space.
    no_process: "No process has an address space at this moment.", "지금은 주소 공간을 가진 프로세스가 없다.";

    /// The page table; the chip of its process follows.
    page_table_of: "Page table of", "페이지 테이블:";
    /// The page table, as a region of the page.
    page_table(task: &str): "Page table of {task}", "{task}의 페이지 테이블";
    /// The rows of the page table, as a region of the page.
    entries: "Entries", "항목";
    /// Whose table is shown.
    process: "Process", "프로세스";
    /// Which entries are listed.
    which_entries: "Which entries", "보일 항목";
    /// Every page of the address space.
    every_page: "all pages", "모든 페이지";
    /// Only entries that have been made.
    made_only: "entries made", "만들어진 항목";
    /// What it takes.
    table_cost(bytes: &str, entries: u64): "{bytes} of tables, {entries} {entries:entry|entries}", "테이블 {bytes}, 항목 {entries}개";
    /// What a linear one would take.
    linear_cost(bytes: &str): "a linear table would take {bytes}", "선형 테이블이라면 {bytes}";
    /// Pages in frames and in swap.
    sizes(resident: u32, swapped: u32): "{resident} in frames, {swapped} in swap", "프레임에 {resident}, 스왑에 {swapped}";
    /// A page number.
    page: "Page", "페이지";
    /// The bits of an entry.
    bits: "Bits", "비트";
    /// Where the page is.
    place: "Where", "위치";
    /// What the letters of the bits mean.
    bits_legend:
        "V valid · P present · R W X may be read, written, executed · A accessed · D dirty · in italics: no entry yet, its region speaks for it",
        "V 유효 · P 존재 · R W X 읽기·쓰기·실행 가능 · A 접근됨 · D 더티 · 기울임꼴: 아직 항목이 없어 영역에 따름";
    /// A bit that is set.
    valid: "valid", "유효";
    /// A bit that is not set.
    not_valid: "not valid", "무효";
    /// A bit that is set.
    present: "present", "존재";
    /// A bit that is not set.
    not_present: "not present", "부재";
    /// A bit that is set.
    readable: "readable", "읽기 가능";
    /// A bit that is set.
    writable: "writable", "쓰기 가능";
    /// A bit that is set.
    executable: "executable", "실행 가능";
    /// A bit that is set.
    accessed: "accessed", "접근됨";
    /// A bit that is set.
    dirty: "dirty", "더티";
    /// A page in a frame.
    in_frame(frame: u32): "frame {frame}", "프레임 {frame}";
    /// A page between a frame and a slot.
    in_transit(frame: u32, slot: u32): "frame {frame} ⇄ slot {slot}", "프레임 {frame} ⇄ 슬롯 {slot}";
    /// A page in swap.
    in_slot(slot: u32): "swap slot {slot}", "스왑 슬롯 {slot}";
    /// A page in its file.
    in_file: "in its file", "파일에";
    /// A page that is nowhere yet.
    zero_fill: "zero fill", "0으로 채울 것";
    /// A page that is not valid.
    nowhere: "–", "–";
    /// An entry that has not been made: its region speaks for it.
    not_made: "no entry", "항목 없음";
    /// The tables of a page table with several levels.
    tables: "Tables", "테이블";
    /// The top table.
    directory: "directory", "디렉터리";
    /// A table of a level.
    table_of_level(level: u8): "level {level}", "{level}단계";
    /// How full a table is.
    used_entries(used: u32, all: u64): "{used} of {all} entries", "항목 {all}개 중 {used}개";
    /// From which page on.
    from_page(page: u64): "from page {page}", "페이지 {page}부터";
    /// More than are listed.
    more_tables(number: u32): "and {number} more tables", "그 밖에 테이블 {number}개";

    /// A TLB; its CPU follows.
    tlb: "TLB", "TLB";
    /// Whose translations are found.
    tlb_of: "looks up", "찾는 주소 공간:";
    /// The machine has no TLB.
    no_tlb: "This machine has no TLB: every access walks the page table.", "이 기계에는 TLB가 없다. 접근마다 페이지 테이블을 걷는다.";
    /// A row of places that compete.
    set: "Set", "세트";
    /// A place in a set.
    way: "Way", "웨이";
    /// Its frame.
    frame: "Frame", "프레임";
    /// When it was used.
    last_use: "Last use", "마지막 사용";
    /// The latest of its set.
    latest: "latest", "가장 최근";
    /// So many others have been used since.
    uses_ago(number: u16): "{number} ago", "{number}개 전";
    /// Its identifier.
    asid: "ASID", "ASID";
    /// A place without a translation.
    empty_place: "empty", "비어 있음";
    /// How many places are filled.
    filled(used: usize, all: usize): "{used} of {all} filled", "{all}칸 중 {used}칸 참";
    /// More than are listed.
    more_places(number: usize): "and {number} more places", "그 밖에 {number}칸";

    /// The frames.
    frames: "Frames", "프레임";
    /// How many are free.
    free_of(free: u32, total: u32): "{free} free of {total}", "{total}개 중 빈 프레임 {free}개";
    /// Nobody's.
    free: "free", "빈 프레임";
    /// The next to leave; its page follows.
    next_out: "Next to leave:", "다음에 나갈 페이지:";
    /// Against the second.
    next_against(key: u64, second: u32, other: u64): "key {key}; then frame {second} with {other}", "키 {key}. 그다음은 프레임 {second}, 키 {other}";
    /// Nobody can leave.
    none_can_leave: "No page can leave at this moment.", "지금 나갈 수 있는 페이지가 없다.";
    /// The hand of a clock.
    hand: "clock hand", "시곗바늘";
    /// The frame that leaves next.
    leaves_next: "leaves next", "다음에 나감";
    /// The whole order as a table.
    as_table: "As a table", "표로 보기";
    /// Whose page.
    owner: "Page of", "페이지 주인";
    /// What it is used for.
    state: "State", "상태";
    /// Its turn to leave.
    turn: "Turn to leave", "나갈 차례";
    /// The list that the policy keeps it in.
    list: "List", "리스트";
    /// What the policy counts.
    counter: "Counter", "카운터";
    /// The slot that holds the same.
    copy: "Copy in slot", "사본 슬롯";
    /// More than are listed.
    more_frames(number: u32): "and {number} more frames", "그 밖에 프레임 {number}개";

    /// The swap area.
    swap_area: "Swap area", "스왑 영역";
    /// How many slots are in use.
    slots_used(used: u32, total: u32): "{used} of {total} slots in use", "슬롯 {total}개 중 {used}개 사용";
    /// A slot that nobody holds.
    free_slot: "free", "비어 있음";
    /// A frame holds the same.
    same_as_frame(frame: u32): "the same is in frame {frame}", "프레임 {frame}과 내용이 같음";
    /// More than are listed.
    more_slots(number: u32): "and {number} more slots", "그 밖에 슬롯 {number}개";
    /// The chart.
    free_frames: "Free frames over time", "시간에 따른 빈 프레임";
    /// The chart for those who cannot see it.
    free_chart(now: u32, least: u32): "Free frames over time: {now} now, {least} at the least", "시간에 따른 빈 프레임: 지금 {now}개, 가장 적을 때 {least}개";
    /// A watermark.
    low_mark(frames: u32): "low {frames}", "하한 {frames}";
    /// A watermark.
    high_mark(frames: u32): "high {frames}", "상한 {frames}";
    /// A watermark.
    min_mark(frames: u32): "min {frames}", "최소 {frames}";
    /// While the daemon has work.
    daemon_awake: "daemon awake", "데몬 깨어 있음";
    /// The daemon at the cursor.
    daemon: "Page daemon", "페이지 데몬";
    /// It has work.
    awake: "awake", "깨어 있음";
    /// It has none.
    asleep: "asleep", "잠듦";
    /// Faults reclaim themselves.
    no_daemon: "This machine has no page daemon: a fault that finds no frame makes room itself.", "이 기계에는 페이지 데몬이 없다. 빈 프레임을 찾지 못한 페이지 폴트가 직접 자리를 만든다.";
    /// Who waits; chips follow.
    waits_for_frame: "Waiting for a frame:", "프레임을 기다림:";
    /// Nobody waits.
    nobody_waits: "nobody", "없음";
    /// Resident pages.
    resident_over_time: "Pages in frames, by process", "프로세스별 상주 페이지";
    /// The fewest and the most of a span.
    from_to(least: u32, most: u32): "{least} to {most}", "{least}~{most}";
    /// An instant.
    time: "Time", "시각";
    /// Free frames.
    free_column: "Free frames", "빈 프레임";
    /// Faults.
    minor_column: "Minor faults", "부 페이지 폴트";
    /// Faults.
    major_column: "Major faults", "주 페이지 폴트";

    /// The accesses in a row, for those who cannot see them.
    strip: "Accesses around the cursor", "커서 앞뒤의 메모리 접근";
    /// No access yet.
    no_access: "No access to memory here. Step on to the first.", "여기에는 메모리 접근이 없다. 첫 접근까지 나아가 보자.";
    /// What happened.
    outcome: "Result", "결과";
    /// Which page gave way.
    victim: "Leaves", "나감";
    /// Which page was wanted.
    wanted: "Access", "접근";
    /// A frame's row.
    frame_row(frame: usize): "frame {frame}", "프레임 {frame}";
    /// How to read it.
    strip_legend(hits: u64, faults: u64): "so far {hits} without a fault, {faults} with one", "지금까지 폴트 없이 {hits}번, 폴트 {faults}번";

    /// The access; chips and the address follow.
    reads: "reads", "읽기";
    /// The access.
    writes: "writes", "쓰기";
    /// The access.
    fetches: "fetches", "명령어 가져오기";
    /// The address, split.
    split: "The address, split", "주소 나누기";
    /// A virtual address.
    virtual_address: "virtual address", "가상 주소";
    /// A physical address.
    physical_address: "physical address", "물리 주소";
    /// The page number.
    vpn: "page number (VPN)", "페이지 번호(VPN)";
    /// The index into the table of a level.
    index(level: usize): "index {level}", "인덱스 {level}";
    /// The place in the page.
    offset: "offset", "오프셋";
    /// The frame number.
    pfn: "frame number (PFN)", "프레임 번호(PFN)";
    /// Not translated.
    no_physical: "no physical address yet", "물리 주소 아직 없음";
    /// The control flow.
    flow: "Control flow", "제어 흐름";
    /// The control flow for those who cannot see it; the names of the boxes passed follow.
    flow_passed(path: &str): "Control flow of this access. Passed: {path}.", "이 접근의 제어 흐름. 지나온 곳: {path}.";
    /// The stages.
    stages: "Stage by stage", "단계별로";
    /// Before the cursor.
    stage_past: "done", "지남";
    /// At the cursor.
    stage_now: "now", "지금";
    /// Behind the cursor.
    stage_to_come: "to come", "앞으로";
    /// Where the access began.
    to_cause: "To its cause", "원인으로";
    /// Where the access ends.
    to_completion: "To its completion", "완료로";
    /// The fault after this.
    to_next_fault: "To the next fault", "다음 페이지 폴트로";
    /// The fault before this.
    to_previous_fault: "To the fault before", "이전 페이지 폴트로";

    /// A box of the diagram.
    box_reference: "Access", "접근";
    /// A box of the diagram.
    box_lookup: "TLB lookup", "TLB 조회";
    /// A box of the diagram.
    box_done: "Data in frame", "프레임의 데이터";
    /// A box of the diagram.
    box_walk: "Page-table walk", "페이지 테이블 걷기";
    /// A box of the diagram.
    box_fill: "TLB entry", "TLB 항목";
    /// A box of the diagram.
    box_violation: "Violation", "위반: 종료";
    /// A box of the diagram.
    box_fault: "Page fault", "페이지 폴트";
    /// A box of the diagram.
    box_frame: "Find a frame", "프레임 찾기";
    /// A box of the diagram.
    box_evict: "Evict a page", "페이지 내보내기";
    /// A box of the diagram.
    box_wait: "Wait for frames", "프레임 기다리기";
    /// A box of the diagram.
    box_bring: "Bring page in", "페이지 들여오기";
    /// A box of the diagram.
    box_map: "Mark present", "존재 표시";
    /// A way of the diagram.
    way_hit: "hit", "히트";
    /// A way of the diagram.
    way_miss: "miss", "미스";
    /// A way of the diagram.
    way_present: "present", "존재";
    /// A way of the diagram.
    way_invalid: "invalid", "무효";
    /// A way of the diagram.
    way_absent: "not present", "부재";
    /// A way of the diagram.
    way_none: "none free", "없음";
    /// A way of the diagram.
    way_retry: "retry", "다시 시도";
    /// The first case of the textbook.
    case_present: "Case 1: valid and present", "첫째 경우: 유효하고 존재함";
    /// The second case of the textbook.
    case_absent: "Case 2: valid, not present", "둘째 경우: 유효하지만 부재";
    /// The third case of the textbook.
    case_invalid: "Case 3: not valid", "셋째 경우: 무효";
    /// The TLB knew it.
    case_hit: "TLB hit", "TLB 히트";
}

/// How an access went, in a word.
pub const fn went(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Hit => lang.pick("hit", "히트"),
        Outcome::Walk => lang.pick("present", "존재"),
        Outcome::Fault(kind) if kind.is_major() => lang.pick("major fault", "주 폴트"),
        Outcome::Fault(FaultKind::Leaving) => lang.pick("rescued", "되찾음"),
        Outcome::Fault(FaultKind::Shared) => lang.pick("shared", "공유"),
        Outcome::Fault(_) => lang.pick("fault", "폴트"),
        Outcome::Invalid => lang.pick("invalid", "무효"),
        Outcome::Forbidden => lang.pick("forbidden", "금지"),
    }
}

/// What a frame is used for.
pub const fn frame_state(state: FrameStateView, lang: Lang) -> &'static str {
    match state {
        FrameStateView::Free => free(lang),
        FrameStateView::InUse => lang.pick("in use", "사용 중"),
        FrameStateView::ReadIn => lang.pick("being read in", "읽어 오는 중"),
        FrameStateView::WriteBack => lang.pick("being written out", "써 내는 중"),
    }
}

/// A list of a policy.
pub const fn list_name(list: ListView, lang: Lang) -> &'static str {
    match list {
        ListView::Active => lang.pick("active", "활성"),
        ListView::Inactive => lang.pick("inactive", "비활성"),
        ListView::Once => lang.pick("seen once", "한 번 본 것"),
        ListView::Again => lang.pick("seen again", "다시 본 것"),
    }
}

/// A number of bytes, in the largest unit that it is a whole number of.
pub fn bytes(bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let fits = (bytes.trailing_zeros() / 10) as usize;
    let unit = if bytes == 0 { 0 } else { fits.min(units.len() - 1) };
    format!("{}\u{a0}{}", bytes >> (10 * unit), units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_in_the_largest_unit_that_fits() {
        let told = [0, 64, 1024, 1536, 4 << 20, 212 << 10, 1 << 39].map(bytes);
        let expected = ["0 B", "64 B", "1 KiB", "1536 B", "4 MiB", "212 KiB", "512 GiB"];
        assert_eq!(told.map(|text| text.replace('\u{a0}', " ")), expected);
    }
}
