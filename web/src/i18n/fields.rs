//! What the fields of a scenario and the words in them are called in a form: one row for each row of the table of
//! parameters, which a test checks.

use super::{Lang, rules};
use kernelscope_sim::rules::{RULES, Rule, RuleKind};

macro_rules! names {
    ($($key:literal: $en:literal, $ko:literal;)+) => {
        &[$(($key, $en, $ko)),+]
    };
}

type Names = &'static [(&'static str, &'static str, &'static str)];

const FIELDS: Names = names! {
    "title": "title", "제목";
    "seed": "seed", "시드";
    "profile": "profile", "프로필";
    "unit": "unit", "단위";
    "machine.preset": "costs as on", "비용 기준";
    "machine.cpus": "CPUs", "CPU 수";
    "machine.timer": "timer", "타이머";
    "machine.overlap": "others run during I/O", "I/O 중 다른 태스크 실행";
    "machine.nested_interrupts": "nested interrupts", "중첩 인터럽트";
    "machine.reap_after": "reaped after", "회수까지";
    "machine.first_pid": "first pid", "첫 pid";
    "machine.max_processes": "most processes", "최대 프로세스 수";
    "machine.copy_on_write": "fork copies on write", "fork는 쓸 때 복사";
    "machine.costs.mode_switch": "mode switch", "모드 전환";
    "machine.costs.timer_handler": "timer handler", "타이머 처리기";
    "machine.costs.process_switch": "process switch", "프로세스 전환";
    "machine.costs.thread_switch": "thread switch", "스레드 전환";
    "machine.costs.memory": "memory access", "메모리 접근";
    "machine.costs.tlb": "TLB look-up", "TLB 조회";
    "machine.costs.fault": "page fault’s trap", "페이지 폴트 트랩";
    "machine.costs.zero": "zeroing a page", "페이지 0으로 채우기";
    "machine.costs.shootdown": "TLB shootdown", "TLB 무효화 알림";
    "machine.costs.seek": "disk seek", "디스크 탐색";
    "machine.costs.transfer": "page transfer", "페이지 전송";
    "machine.costs.fork": "fork", "fork";
    "machine.costs.fork_table": "copying a page table", "페이지 테이블 복사";
    "machine.costs.fork_entry": "copying an entry", "항목 복사";
    "machine.costs.fork_flush": "TLB flush of a fork", "fork의 TLB 비우기";
    "machine.costs.copy": "copying a page", "페이지 복사";
    "machine.policy.sjf.estimate": "estimate lengths", "길이 추정";
    "machine.policy.sjf.estimate.initial": "first guess", "첫 추정";
    "machine.policy.sjf.estimate.alpha": "weight of the last burst", "마지막 버스트의 비중";
    "machine.policy.stcf.estimate": "estimate lengths", "길이 추정";
    "machine.policy.stcf.estimate.initial": "first guess", "첫 추정";
    "machine.policy.stcf.estimate.alpha": "weight of the last burst", "마지막 버스트의 비중";
    "machine.policy.rr.quantum": "quantum", "퀀텀";
    "machine.policy.priority.preemptive": "preemptive", "선점형";
    "machine.policy.priority.quantum": "quantum among equals", "같은 순위끼리의 퀀텀";
    "machine.policy.priority.age_every": "ageing every", "에이징 주기";
    "machine.policy.priority.age_step": "ageing step", "에이징 폭";
    "machine.policy.mlfq.levels": "levels", "단계 수";
    "machine.policy.mlfq.quantum": "quantum", "퀀텀";
    "machine.policy.mlfq.allotment": "allotment", "할당량";
    "machine.policy.mlfq.boost": "boost every", "부스트 주기";
    "machine.policy.mlfq.preempt_on_higher": "a better level preempts", "높은 단계가 선점";
    "machine.policy.mlfq.reserved_top": "levels closed to users", "사용자에게 닫힌 단계";
    "machine.policy.mlfq.nice_advice": "nice tasks start lower", "nice한 태스크는 아래에서 시작";
    "machine.policy.next_in_ring.on_io": "on I/O", "I/O를 시작하면";
    "machine.policy.next_in_ring.on_io_done": "when I/O is done", "I/O가 끝나면";
    "machine.devices.*.servers": "requests at a time", "동시 요청 수";
    "machine.memory": "memory", "메모리";
    "machine.memory.frames": "frames", "프레임 수";
    "machine.memory.address_bits": "bits of an address", "주소 비트 수";
    "machine.memory.page_size": "bytes in a page", "페이지 바이트 수";
    "machine.memory.levels": "bits of each table level", "테이블 단계별 비트 수";
    "machine.memory.pte_size": "bytes in an entry", "항목의 바이트 수";
    "machine.memory.swap_slots": "swap slots", "스왑 슬롯 수";
    "machine.memory.disk": "swap is on", "스왑이 있는 장치";
    "machine.memory.tlb": "TLB", "TLB";
    "machine.memory.tlb.entries": "entries", "항목 수";
    "machine.memory.tlb.ways": "ways", "웨이 수";
    "machine.memory.tlb.policy": "who gives way", "교체 방식";
    "machine.memory.tlb.asid_bits": "bits of an ASID", "ASID 비트 수";
    "machine.memory.tlb.refill": "misses are filled by", "미스를 채우는 쪽";
    "machine.memory.daemon": "page daemon", "페이지 데몬";
    "machine.memory.daemon.watermarks": "watermarks as in", "워터마크 방식";
    "machine.memory.daemon.min": "min", "min";
    "machine.memory.daemon.low": "low", "low";
    "machine.memory.daemon.high": "high", "high";
    "machine.memory.daemon.cluster": "pages in one write", "한 번에 쓰는 페이지 수";
    "machine.memory.daemon.cpu": "CPU time a page", "페이지마다 드는 CPU 시간";
    "machine.memory.daemon.direct_batch": "pages a fault reclaims", "폴트가 스스로 회수하는 페이지 수";
    "machine.memory.mmu.base_bounds.base": "base", "베이스";
    "machine.memory.mmu.base_bounds.limit": "bounds", "바운드";
    "machine.memory.mmu.base_bounds.physical": "bytes of physical memory", "물리 메모리 바이트 수";
    "machine.memory.mmu.segments.up_base": "segment 0: base", "세그먼트 0 베이스";
    "machine.memory.mmu.segments.up_limit": "segment 0: bounds", "세그먼트 0 바운드";
    "machine.memory.mmu.segments.down_base": "segment 1, grows down: base", "아래로 자라는 세그먼트 1 베이스";
    "machine.memory.mmu.segments.down_limit": "segment 1, grows down: bounds", "아래로 자라는 세그먼트 1 바운드";
    "machine.memory.mmu.segments.physical": "bytes of physical memory", "물리 메모리 바이트 수";
    "machine.memory.mmu.page_table.frames": "frame of each page (-1: none)", "페이지마다 프레임(없으면 -1)";
    "machine.memory.mmu.image.bytes": "its bytes, hexadecimal", "바이트(16진수)";
    "machine.memory.mmu.image.pdbr": "frame of the page directory", "페이지 디렉터리의 프레임";
    "machine.memory.mmu.image.entry_size": "bytes in an entry", "항목의 바이트 수";
    "machine.memory.mmu.image.valid_mask": "mask of the valid bit", "유효 비트 마스크";
    "machine.memory.mmu.image.frame_mask": "mask of the frame number", "프레임 번호 마스크";
    "machine.memory.on_violation": "after a violation", "위반이 일어나면";
    "machine.memory.lazy_tables": "entries made on first touch", "처음 쓸 때 항목 생성";
    "machine.memory.scope": "whose pages may leave", "내보낼 수 있는 페이지";
    "machine.memory.fault_fills_tlb": "a fault fills the TLB", "폴트가 TLB도 채움";
    "machine.memory.lazy_a": "cleared A bits stay in the TLB", "지운 A 비트가 TLB에 남음";
    "machine.memory.keep_slot": "swap cache", "스왑 캐시";
    "machine.memory.next_fit": "slots in turn", "슬롯을 차례로 사용";
    "machine.memory.overcommit": "overcommit", "오버커밋";
    "machine.memory.overcommit_ratio": "per cent of the frames that count", "약속에 치는 프레임(%)";
    "machine.memory.random_stream": "random replacement draws from", "무작위 교체의 난수 상태";
    "machine.memory.tau": "references of a working set", "워킹 셋의 참조 수";
    "machine.memory.admission_control": "admission control", "수용 제어";
    "machine.memory.thrashing_window": "thrashing judged over", "스래싱 판정 기간";
    "machine.memory.free_empty_pt": "empty tables are freed", "빈 테이블 반납";
    "machine.memory.replacement.random.index": "a draw counts", "추첨 번호의 기준";
    "machine.memory.replacement.enhanced_clock.start_clean": "dirty pages are written, not taken", "더티 페이지는 먼저 씀";
    "machine.memory.replacement.nru.period": "bits cleared every (references)", "비트를 지우는 주기(참조 수)";
    "machine.memory.replacement.lfu.decay": "counts halved every (references)", "횟수를 반으로 줄이는 주기(참조 수)";
    "machine.memory.replacement.aging.period": "period (references)", "주기(참조 수)";
    "machine.memory.replacement.working_set.tau": "window τ (references)", "창 τ(참조 수)";
    "machine.memory.replacement.ws_clock.tau": "window τ (references)", "창 τ(참조 수)";
    "machine.memory.replacement.two_list.ratio": "active : inactive at most", "활성 : 비활성의 최대 비";
    "machine.memory.replacement.two_list.refault": "refaults go active", "곧 돌아온 페이지는 활성으로";
    "machine.memory.replacement.two_q.kin": "newcomers kept", "새 페이지 큐의 길이";
    "machine.memory.replacement.two_q.kout": "leavers remembered", "기억하는 나간 페이지 수";
    "machine.memory.replacement.ostep_clock.cap": "counter’s cap", "카운터의 최댓값";
    "processes[].name": "name", "이름";
    "processes[].count": "copies", "개수";
    "processes[].at": "arrives", "도착";
    "processes[].every": "one every", "도착 간격";
    "processes[].nice": "nice", "nice";
    "processes[].priority": "priority", "우선순위";
    "processes[].kind": "kind", "종류";
    "processes[].program": "program", "프로그램";
    "processes[].quota": "frames of its own", "자기 프레임 수";
    "processes[].oom_score_adj": "OOM score adjustment", "OOM 점수 조정";
    "processes[].regions[].name": "region", "영역 이름";
    "processes[].regions[].start": "first page", "첫 페이지";
    "processes[].regions[].pages": "pages", "페이지 수";
    "processes[].regions[].prot": "protection", "보호";
    "processes[].regions[].file": "from a file", "파일에서 읽음";
    "limits.until": "ends at", "끝나는 때";
    "limits.steps": "steps at most", "최대 걸음 수";
    "limits.zero_time_ops": "operations in one instant", "한 순간의 연산 수";
};

/// Words that stand in fields, and the names of the policies of scheduling and of replacement.
const WORDS: Names = names! {
    "textbook": "textbook", "교과서";
    "ostep": "OSTEP’s programs", "OSTEP 프로그램";
    "linux": "Linux", "Linux";
    "free": "free", "모두 무료";
    "modern": "a present-day PC", "요즘 PC";
    "firefly_1991": "DEC Firefly, 1991", "DEC Firefly, 1991";
    "exact": "exact", "정확히";
    "off": "off", "끔";
    "user": "user process", "사용자 프로세스";
    "kernel_thread": "kernel thread", "커널 스레드";
    "switch": "run another task", "다른 태스크 실행";
    "hold": "hold the CPU", "CPU를 잡고 기다림";
    "later": "it waits its turn", "차례를 기다림";
    "now": "it runs at once", "바로 실행";
    "fifo": "FIFO: first in, first out", "FIFO: 선입선출";
    "sjf": "SJF: shortest job first", "SJF: 최단 작업 우선";
    "stcf": "STCF: shortest to completion", "STCF: 최소 잔여 시간 우선";
    "rr": "RR: round robin", "RR: 라운드 로빈";
    "priority": "Static priority", "고정 우선순위";
    "mlfq": "MLFQ: feedback queues", "MLFQ: 다단계 피드백 큐";
    "next_in_ring": "Next in ring (process-run)", "다음 번호 (process-run)";
    "lru": "LRU: least recently used", "LRU: 최근에 가장 덜 쓰인 것";
    "opt": "OPT: farthest next use", "OPT: 다음 사용이 가장 먼 것";
    "random": "Random", "무작위";
    "clock": "Clock", "시계";
    "second_chance": "Second chance", "2차 기회";
    "enhanced_clock": "Enhanced clock: A and D bits", "개선된 시계: A·D 비트";
    "nru": "NRU: not recently used", "NRU: 최근에 쓰이지 않은 것";
    "lfu": "LFU: least frequently used", "LFU: 가장 적게 쓰인 것";
    "aging": "Ageing: a record of uses", "에이징: 사용 기록";
    "working_set": "Working set", "워킹 셋";
    "ws_clock": "WSClock", "WSClock";
    "two_list": "Two lists, as in Linux", "Linux식 두 목록";
    "two_q": "2Q", "2Q";
    "arc": "ARC: adaptive", "ARC: 적응형";
    "mru": "MRU: most recently used", "MRU: 가장 최근에 쓰인 것";
    "unopt": "UNOPT: nearest next use", "UNOPT: 다음 사용이 가장 가까운 것";
    "ostep_clock": "CLOCK of paging-policy.py", "paging-policy.py의 CLOCK";
    "pseudo_lru": "Tree pseudo-LRU", "트리 유사 LRU";
    "plru": "tree pseudo-LRU", "트리 유사 LRU";
    "paged": "Paging", "페이징";
    "base_bounds": "Base and bounds", "베이스와 바운드";
    "segments": "Two segments", "세그먼트 두 개";
    "page_table": "A given page table", "주어진 페이지 테이블";
    "image": "Given physical memory", "주어진 물리 메모리";
    "always": "as much as is asked for", "달라는 대로";
    "heuristic": "no single mapping beyond all", "한 번에 전체를 넘지 않게";
    "strict": "no more than a limit in all", "모두 합쳐 한도까지";
    "kill": "the task is killed", "태스크를 강제 종료";
    "go_on": "the task goes on", "태스크가 계속 실행";
    "global": "anybody’s", "누구의 것이든";
    "local": "a process’s own", "그 프로세스의 것만";
    "hardware": "the hardware", "하드웨어";
    "software": "the kernel", "커널";
    "frame_order": "by frame", "프레임 순";
    "load_order": "by loading", "적재 순";
    "r": "r: read", "r: 읽기";
    "w": "w: write", "w: 쓰기";
    "x": "x: execute", "x: 실행";
    "rw": "rw: read, write", "rw: 읽기, 쓰기";
    "rx": "rx: read, execute", "rx: 읽기, 실행";
    "wx": "wx: write, execute", "wx: 쓰기, 실행";
    "rwx": "rwx: everything", "rwx: 모두";
};

fn find(table: Names, key: &str, lang: Lang) -> Option<&'static str> {
    table.iter().find(|(known, _, _)| *known == key).map(|(_, en, ko)| lang.pick(*en, *ko))
}

/// What a field is called, by its pattern in the table of parameters.
pub fn name(lang: Lang, pattern: &str) -> Option<&'static str> {
    find(FIELDS, pattern, lang).or_else(|| {
        let field = pattern.strip_prefix("rules.")?;
        let is_it = |rule: &&Rule| matches!(rule.kind, RuleKind::Convention(name) if name == field);
        Some(rules::text(RULES.iter().find(is_it)?.id, lang).name)
    })
}

/// A word that stands in a field, or the name of a policy; as it is if it needs no translation.
pub fn word(lang: Lang, word: &str) -> &str {
    find(WORDS, word, lang).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernelscope_share::params::{self, Kind, TABLE};

    #[test]
    fn every_field_has_a_name() {
        let nameless: Vec<&str> = TABLE
            .iter()
            .map(|field| field.pattern.as_str())
            .filter(|pattern| name(Lang::Ko, pattern).is_none())
            .collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }

    #[test]
    fn every_policy_and_every_word_outside_the_rules_has_a_name() {
        let fields = TABLE.iter().filter(|field| !field.pattern.starts_with("rules."));
        let words = fields.filter_map(|field| match &field.kind {
            Kind::Choice(words) => Some(words.iter().copied()),
            _ => None,
        });
        for word in
            words.flatten().chain(params::policies()).chain(params::replacements()).chain(params::mmu_modes())
        {
            assert!(find(WORDS, word, Lang::En).is_some(), "{word}");
        }
    }

    #[test]
    fn no_row_is_about_a_field_that_does_not_exist() {
        for (pattern, _, _) in FIELDS {
            assert!(TABLE.iter().any(|field| field.pattern == *pattern), "{pattern}");
        }
    }
}
