//! What a first course on processes, scheduling and memory wants to have shown, and what shows it: a lesson, or a part of
//! the page. The gallery is searched by these names, and a test holds the list against the lessons.

use crate::i18n::Lang;
use crate::state::Panel;

/// Something to be shown.
#[derive(Debug)]
pub struct Topic {
    /// What lessons call it.
    pub id: &'static str,
    name: (&'static str, &'static str),
    /// The panel in which it is to be seen, in the lesson and in any scenario.
    pub panel: Panel,
}

impl Topic {
    /// What it is called.
    pub const fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.name.0, self.name.1)
    }
}

/// The topic of that id.
pub fn topic(id: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.id == id)
}

macro_rules! topics {
    ($($id:literal $panel:ident: $en:literal, $ko:literal;)+) => {
        /// Every topic.
        pub const TOPICS: &[Topic] = &[$(Topic { id: $id, name: ($en, $ko), panel: Panel::$panel }),+];
    };
}

topics! {
    "modes" Kernel: "user mode and kernel mode", "사용자 모드와 커널 모드";
    "three-causes" Kernel: "the three causes of a change of mode", "모드가 바뀌는 세 가지 원인";
    "system-call-interface" Kernel: "the system-call interface", "시스템 콜 인터페이스";
    "process-context" Tasks: "process context: registers and kernel data", "프로세스 문맥: 레지스터와 커널 자료";
    "pcb" Tasks: "the process control block", "프로세스 제어 블록";
    "life-cycle" Tasks: "the life cycle of a process", "프로세스의 생명 주기";
    "mode-and-process-switch" Metrics: "mode switches against process switches", "모드 전환과 프로세스 전환";
    "state-vector" Kernel: "dispatch as saving and loading registers", "레지스터 저장과 적재로 보는 디스패치";

    "time-sharing" Kernel: "time sharing: performance and control", "시분할: 성능과 제어";
    "direct-execution" Kernel: "direct execution", "직접 실행";
    "restricted-operations" Kernel: "restricted operations: trap and return-from-trap", "제한된 연산: 트랩과 트랩 복귀";
    "kernel-stack" Kernel: "the kernel stack", "커널 스택";
    "trap-table" Kernel: "the trap table, set at boot", "부팅 때 설정하는 트랩 테이블";
    "syscall-numbers" Kernel: "system-call numbers as protection", "보호 수단인 시스템 콜 번호";
    "cooperative" Kernel: "the cooperative approach", "협조 방식";
    "timer-interrupt" Kernel: "the timer interrupt", "타이머 인터럽트";
    "two-saves" Kernel: "two kinds of register save", "두 가지 레지스터 저장";
    "nested-interrupts" Kernel: "an interrupt during an interrupt", "인터럽트 도중의 인터럽트";

    "assumptions" Metrics: "the five workload assumptions", "워크로드에 대한 다섯 가지 가정";
    "metrics" Metrics: "turnaround and response time", "반환 시간과 응답 시간";
    "fifo-convoy" Queues: "FIFO and the convoy effect", "FIFO와 호위 효과";
    "sjf" Queues: "shortest job first and late arrivals", "최단 작업 우선과 늦은 도착";
    "stcf" Events: "shortest time to completion first", "최소 잔여 시간 우선";
    "rr" Queues: "round robin", "라운드 로빈";
    "switch-cost" Metrics: "the cost of a context switch", "문맥 교환의 비용";
    "trade-off" Sweep: "the trade-off of response and turnaround", "응답 시간과 반환 시간의 절충";
    "io" Tasks: "I/O and overlap", "I/O와 중첩";
    "no-oracle" Tasks: "no more oracle: estimating the length", "길이의 추정";
    "priority" Queues: "priorities and ageing", "우선순위와 에이징";

    "mlfq-goals" Compare: "the goals of MLFQ", "MLFQ의 목표";
    "mlfq-rules-1-2" Queues: "MLFQ rules 1 and 2", "MLFQ 규칙 1과 2";
    "mlfq-rules-3-4" Queues: "MLFQ rules 3, 4a and 4b", "MLFQ 규칙 3, 4a, 4b";
    "mlfq-starvation" Queues: "starvation by interactive jobs", "대화형 작업에 의한 기아";
    "mlfq-gaming" Metrics: "gaming the scheduler", "스케줄러 속이기";
    "mlfq-changing" Queues: "a change of behaviour", "행동의 변화";
    "mlfq-boost" Queues: "the priority boost", "우선순위 부스트";
    "mlfq-accounting" Queues: "better accounting", "사용 시간 집계";
    "mlfq-tuning" Sweep: "tuning MLFQ", "MLFQ 조율";

    "address-space" Memory: "the address space: code, heap, stack", "주소 공간: 코드, 힙, 스택";
    "relocation" Memory: "dynamic relocation: base and bounds", "동적 재배치: 베이스와 바운드";
    "segmentation" Access: "segmentation, and a stack that grows down", "세그멘테이션과 아래로 자라는 스택";
    "kernel-tables" Memory: "the kernel's tables: frames and page tables", "커널의 표: 프레임과 페이지 테이블";
    "demand-paging" Memory: "demand paging", "요구 페이징";
    "translation" Access: "address translation: TLB, page table, retry", "주소 변환: TLB, 페이지 테이블, 재시도";
    "spatial-locality" References: "spatial and temporal locality in the TLB", "TLB의 공간 지역성과 시간 지역성";
    "tlb-switch" Memory: "the TLB and context switches", "TLB와 문맥 교환";
    "multi-level-table" Memory: "multi-level page tables", "다단계 페이지 테이블";
    "given-memory" Memory: "translation by hand, through the bytes of memory", "메모리의 바이트를 따라 손으로 하는 변환";
    "present-bit" Memory: "the present bit", "존재 비트";
    "page-fault-handler" Events: "the page-fault handler", "페이지 폴트 처리기";
    "three-cases" Access: "the three cases of an access", "메모리 접근의 세 경우";
    "free-frame" Swap: "finding a frame: free, or evict first", "프레임 찾기: 빈 프레임이 없으면 내보내기";
    "segmentation-fault" Access: "the segmentation fault", "세그멘테이션 폴트";
    "swap-space" Swap: "swap space", "스왑 공간";
    "access-time" Metrics: "the mean access time and the cost of a bad choice", "평균 접근 시간과 잘못된 선택의 값";
    "fault-overlap" Tasks: "a page fault while others run", "남이 실행되는 동안의 페이지 폴트";
    "watermarks" Swap: "watermarks and the page daemon", "워터마크와 페이지 데몬";
    "clustering" Compare: "clustering of page-outs", "페이지 묶어 쓰기";
    "waiting-for-frames" Swap: "faults that wait for the daemon", "데몬을 기다리는 폴트";
    "background-work" Metrics: "work in the background", "뒤에서 하는 일";
    "replacement" References: "replacement policies: OPT, FIFO, LRU, random", "교체 정책: OPT, FIFO, LRU, 무작위";
    "belady" References: "Belady's anomaly", "Belady의 역설";
    "lru-worst-case" Metrics: "looping access, LRU's worst case", "반복 순회, LRU의 최악의 경우";
    "locality" Sweep: "the 80–20 workload", "80–20 워크로드";
    "clock" Memory: "the clock algorithm", "클록 알고리즘";
    "dirty-pages" Memory: "dirty pages", "더티 페이지";
    "thrashing" Metrics: "thrashing and its cure", "스래싱과 그 처방";
    "allocation" Metrics: "local quotas and global replacement", "지역 할당과 전역 교체";
    "multiprogramming" Metrics: "the degree of multiprogramming", "다중 프로그래밍의 정도";
}
