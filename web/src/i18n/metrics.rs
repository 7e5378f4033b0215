//! The figures in words: what each is called and how it is counted.

use super::Lang;
use crate::messages;
use crate::panels::figures::{Figure, MemoryFigure, TaskFigure};

messages! {
    /// The figures of the run.
    run: "The run", "실행 전체";
    /// The figures of the tasks.
    tasks: "The tasks", "태스크별";
    /// The figures of the tasks, as a region of the page.
    task_table: "Figures of the tasks", "태스크별 지표 표";
    /// What a row is about.
    figure: "Figure", "지표";
    /// At the cursor.
    so_far: "So far", "지금까지";
    /// At the end of the run.
    at_end: "At the end", "끝에서";
    /// Shares of the CPU.
    shares: "CPU time", "CPU 시간";
    /// Mode switches beside process switches.
    two_switches: "Mode switches and process switches", "모드 전환과 프로세스 전환";
    /// Entries into the kernel.
    mode_switches: "Mode switches", "모드 전환";
    /// From process to process.
    process_switches: "Process switches", "프로세스 전환";
    /// How many.
    count: "Count", "횟수";
    /// What one costs.
    each: "Each", "하나";
    /// What they cost together.
    together: "Together", "모두";
    /// Why there are two counts.
    two_switches_why:
        "Every process switch happens in the kernel, so mode switches are more frequent; but one of them is cheaper.",
        "프로세스 전환은 커널 안에서만 일어나므로 모드 전환이 더 잦다. 그러나 하나하나는 모드 전환이 더 싸다.";
    /// Nothing costs anything.
    free: "This machine's kernel works for nothing: choose a preset with costs to see bars.", "이 기계의 커널은 공짜로 일한다. 비용이 있는 프리셋을 고르면 막대가 나타난다.";
    /// Which waiting time is meant; the option's name follows.
    counted_as: "counted as", "세는 법:";
    /// The better end.
    best: "best", "최고";
    /// The worse end.
    worst: "worst", "최저";
}

/// What a figure is called.
pub const fn name(figure: Figure, lang: Lang) -> &'static str {
    match figure {
        Figure::Turnaround => lang.pick("Mean turnaround", "평균 반환 시간"),
        Figure::Response => lang.pick("Mean response", "평균 응답 시간"),
        Figure::Waiting => lang.pick("Mean waiting", "평균 대기 시간"),
        Figure::Throughput => lang.pick("Throughput", "처리량"),
        Figure::Makespan => lang.pick("Makespan", "총 소요 시간"),
        Figure::Utilisation => lang.pick("CPU utilisation", "CPU 이용률"),
        Figure::Busy => lang.pick("CPU busy", "CPU 가동률"),
        Figure::Overhead => lang.pick("Overhead", "오버헤드"),
        Figure::ContextSwitches => lang.pick("Process switches", "프로세스 전환"),
        Figure::ModeSwitches => lang.pick("Mode switches", "모드 전환"),
        Figure::Slices => lang.pick("Slices granted", "받은 슬라이스"),
        Figure::Latency => lang.pick("Mean latency", "평균 지연"),
        Figure::LatencyP95 => lang.pick("Latency, 95th percentile", "지연, 95백분위"),
        Figure::Starvation => lang.pick("Longest wait", "가장 긴 기다림"),
        Figure::Fairness => lang.pick("Fairness (Jain)", "공평성 (Jain)"),
        Figure::Memory(figure) => match figure {
            MemoryFigure::TlbHitRate => lang.pick("TLB hit rate", "TLB 적중률"),
            MemoryFigure::AccessTime => lang.pick("Mean access time", "평균 메모리 접근 시간"),
            MemoryFigure::FaultRate => lang.pick("Fault rate", "페이지 폴트율"),
            MemoryFigure::MinorFaults => lang.pick("Minor faults", "부 페이지 폴트"),
            MemoryFigure::MajorFaults => lang.pick("Major faults", "주 페이지 폴트"),
            MemoryFigure::Evictions => lang.pick("Evictions", "내보낸 페이지"),
            MemoryFigure::DirtyEvictions => lang.pick("Dirty evictions", "더티 페이지 내보내기"),
            MemoryFigure::SwapTraffic => lang.pick("Swap traffic", "스왑 입출력"),
            MemoryFigure::WriteRequests => lang.pick("Write requests", "쓰기 요청"),
        },
    }
}

/// How a figure is counted.
pub const fn formula(figure: Figure, lang: Lang) -> &'static str {
    match figure {
        Figure::Turnaround => lang.pick("mean of completion − arrival", "완료 − 도착의 평균"),
        Figure::Response => lang.pick("mean of first run − arrival", "첫 실행 − 도착의 평균"),
        Figure::Waiting => {
            lang.pick("mean waiting time of the tasks that ended", "끝난 태스크의 대기 시간 평균")
        }
        Figure::Throughput => lang.pick("tasks that ended ÷ makespan", "끝난 태스크 수 ÷ 총 소요 시간"),
        Figure::Makespan => lang.pick("last completion − first arrival", "마지막 완료 − 첫 도착"),
        Figure::Utilisation => {
            lang.pick("user time ÷ (CPUs × makespan)", "사용자 시간 ÷ (CPU 수 × 총 소요 시간)")
        }
        Figure::Busy => lang.pick(
            "user, kernel and switch time ÷ (CPUs × makespan)",
            "사용자·커널·전환 시간 ÷ (CPU 수 × 총 소요 시간)",
        ),
        Figure::Overhead => lang.pick("kernel and switch time ÷ busy time", "커널·전환 시간 ÷ 가동 시간"),
        Figure::ContextSwitches => {
            lang.pick("dispatches of another task than the last", "직전과 다른 태스크의 디스패치 횟수")
        }
        Figure::ModeSwitches => lang.pick("entries into the kernel", "커널에 들어간 횟수"),
        Figure::Slices => lang.pick("quantum grants, renewals included", "갱신을 포함해 받은 퀀텀 수"),
        Figure::Latency => lang.pick("mean of dispatch − becoming ready", "디스패치 − 준비된 순간의 평균"),
        Figure::LatencyP95 => {
            lang.pick("dispatch − becoming ready, nearest rank", "디스패치 − 준비된 순간, 최근접 순위")
        }
        Figure::Starvation => {
            lang.pick("longest unbroken time in the ready queue", "쉬지 않고 준비 큐에 있던 가장 긴 시간")
        }
        Figure::Fairness => lang.pick("(Σ CPU)² ÷ (n · Σ CPU²)", "(Σ CPU)² ÷ (n · Σ CPU²)"),
        Figure::Memory(figure) => match figure {
            MemoryFigure::TlbHitRate => {
                lang.pick("first lookups that hit ÷ references", "첫 조회에서 적중한 수 ÷ 참조 수")
            }
            MemoryFigure::AccessTime => lang.pick(
                "from the first lookup to the end, faults and waiting included (AMAT)",
                "첫 조회부터 끝까지, 폴트와 기다림 포함 (AMAT)",
            ),
            MemoryFigure::FaultRate => lang.pick("faults ÷ references", "페이지 폴트 ÷ 참조 수"),
            MemoryFigure::MinorFaults => {
                lang.pick("faults without a read of the disk", "디스크를 읽지 않는 페이지 폴트")
            }
            MemoryFigure::MajorFaults => lang.pick("faults that read the disk", "디스크를 읽는 페이지 폴트"),
            MemoryFigure::Evictions => lang
                .pick("pages that left their frames to make room", "자리를 내려고 프레임을 떠난 페이지 수"),
            MemoryFigure::DirtyEvictions => {
                lang.pick("of those, pages written first", "그중 먼저 써야 했던 페이지 수")
            }
            MemoryFigure::SwapTraffic => {
                lang.pick("pages read from swap + written to it", "스왑에서 읽은 페이지 + 쓴 페이지")
            }
            MemoryFigure::WriteRequests => lang.pick(
                "requests that wrote pages, alone or clustered",
                "페이지를 하나 또는 여러 개 묶어 쓴 요청 수",
            ),
        },
    }
}

/// What a figure of a task is called.
pub const fn task_name(figure: TaskFigure, lang: Lang) -> &'static str {
    match figure {
        TaskFigure::Arrival => lang.pick("Arrival", "도착"),
        TaskFigure::FirstRun => lang.pick("First run", "첫 실행"),
        TaskFigure::Completion => lang.pick("Completion", "완료"),
        TaskFigure::Turnaround => lang.pick("Turnaround", "반환"),
        TaskFigure::Response => lang.pick("Response", "응답"),
        TaskFigure::Waiting => lang.pick("Waiting", "대기 시간"),
        TaskFigure::Cpu => lang.pick("CPU", "CPU"),
        TaskFigure::Blocked => lang.pick("Blocked", "대기 상태"),
        TaskFigure::Kernel => lang.pick("Kernel", "커널"),
        TaskFigure::Slices => lang.pick("Slices", "슬라이스"),
        TaskFigure::LongestReady => lang.pick("Longest wait", "최장 기다림"),
        TaskFigure::Voluntary => lang.pick("Gave up", "자발 전환"),
        TaskFigure::Involuntary => lang.pick("Lost", "비자발 전환"),
        TaskFigure::Slowdown => lang.pick("Slowdown", "지연 배수"),
    }
}

/// How a figure of a task is counted.
pub const fn task_formula(figure: TaskFigure, lang: Lang) -> &'static str {
    match figure {
        TaskFigure::Arrival => lang.pick("when it arrived", "도착한 시각"),
        TaskFigure::FirstRun => lang.pick("when it first ran", "처음 실행된 시각"),
        TaskFigure::Completion => lang.pick("when it ended", "끝난 시각"),
        TaskFigure::Turnaround => lang.pick("completion − arrival", "완료 − 도착"),
        TaskFigure::Response => lang.pick("first run − arrival", "첫 실행 − 도착"),
        TaskFigure::Waiting => lang.pick("by the convention of the scenario", "시나리오의 규약에 따라"),
        TaskFigure::Cpu => lang.pick("time in user mode", "사용자 모드에 있던 시간"),
        TaskFigure::Blocked => lang.pick("time blocked", "대기 상태였던 시간"),
        TaskFigure::Kernel => lang.pick("kernel time on its account", "그 몫의 커널 시간"),
        TaskFigure::Slices => lang.pick("quantum grants, renewals included", "갱신을 포함해 받은 퀀텀 수"),
        TaskFigure::LongestReady => {
            lang.pick("longest unbroken time in the ready queue", "쉬지 않고 준비 큐에 있던 가장 긴 시간")
        }
        TaskFigure::Voluntary => {
            lang.pick("switches away by blocking, yielding, ending", "대기, 양보, 종료로 인한 전환")
        }
        TaskFigure::Involuntary => {
            lang.pick("switches away by preemption or slice end", "선점이나 슬라이스 만료로 인한 전환")
        }
        TaskFigure::Slowdown => lang.pick("turnaround ÷ (CPU + I/O time)", "반환 ÷ (CPU + I/O 시간)"),
    }
}
