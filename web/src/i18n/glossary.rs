//! The glossary: every technical term with its one translation and its one definition, in both languages.
//!
//! Texts of lessons link to terms by their id; the fields of a scenario name the term that explains them. To add
//! a term: one row, among those of its topic; those of memory stand in `glossary/memory.rs`.

use super::Lang;

/// A term.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// What texts and fields refer to it by.
    pub id: &'static str,
    name: (&'static str, &'static str),
    meaning: (&'static str, &'static str),
}

impl Term {
    /// What it is called.
    pub const fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.name.0, self.name.1)
    }

    /// What it means, in a sentence or two.
    pub const fn meaning(&self, lang: Lang) -> &'static str {
        lang.pick(self.meaning.0, self.meaning.1)
    }
}

/// The term of that id.
pub fn term(id: &str) -> Option<&'static Term> {
    terms().find(|term| term.id == id)
}

/// Every term, topic by topic.
fn terms() -> impl Iterator<Item = &'static Term> {
    TERMS.iter().chain(memory::TERMS)
}

macro_rules! terms {
    ($($id:literal: $en:literal, $ko:literal; $en_meaning:literal, $ko_meaning:literal;)+) => {
        pub(super) const TERMS: &[Term] = &[$(
            Term { id: $id, name: ($en, $ko), meaning: ($en_meaning, $ko_meaning) },
        )+];
    };
}

mod memory;

terms! {
    // The scenario.
    "title": "title", "제목";
        "What the scenario is called.", "시나리오의 이름.";
    "unit": "unit", "시간 단위";
        "What a number without a suffix counts, such as 1 ms.", "단위 없이 쓴 수가 세는 시간. 예: 1 ms.";
    "seed": "seed", "시드";
        "The number from which all pseudo-random numbers of a run are made. The same seed gives the same run.",
        "실행의 모든 의사 난수가 만들어지는 수. 시드가 같으면 실행도 같다.";
    "profile": "profile", "프로필";
        "A set of conventions under one name.", "이름을 붙인 규약의 묶음.";
    "preset": "preset", "프리셋";
        "A machine whose costs are known under one name.", "비용이 정해진, 이름 있는 기계.";
    "convention": "convention", "규약";
        "A rule about which textbooks differ. The scenario says which one it plays by.",
        "교재마다 다른 규칙. 시나리오가 어느 것을 따를지 정한다.";
    "limits": "limits", "한계";
        "Where a run ends at the latest.", "실행이 늦어도 끝나는 지점.";
    "livelock": "livelock", "라이브락";
        "A task carries out operation after operation and no time passes; nothing ever comes of it.",
        "태스크가 연산을 끝없이 수행하지만 시간이 흐르지 않고 아무것도 진척되지 않는 상태.";
    "input": "input", "입력";
        "Something done to the running machine from outside, such as ending a task.",
        "실행 중인 기계에 밖에서 가하는 일. 예: 태스크 종료.";
    "program": "program", "프로그램";
        "What a task does: a list of operations.", "태스크가 하는 일. 연산의 목록.";
    "workload": "workload", "워크로드";
        "The tasks of a run: when they arrive and what they do.", "실행되는 태스크들. 언제 도착하여 무엇을 하는지.";

    // Processes.
    "process": "process", "프로세스";
        "A program in execution, with its address space and everything else that it has.",
        "실행 중인 프로그램. 주소 공간을 비롯하여 그것이 가진 모든 것을 포함한다.";
    "task": "task", "태스크";
        "What the scheduler runs: here a process with one thread, or a thread of the kernel.",
        "스케줄러가 실행하는 단위. 여기서는 스레드가 하나인 프로세스 또는 커널 스레드.";
    "kernel_thread": "kernel thread", "커널 스레드";
        "A task of the kernel, without a user address space. It goes before every user task.",
        "사용자 주소 공간이 없는 커널의 태스크. 모든 사용자 태스크보다 먼저이다.";
    "pid": "pid", "pid";
        "The number by which a process is known to others.", "다른 프로세스가 그 프로세스를 가리키는 번호.";
    "pcb": "process control block", "프로세스 제어 블록(PCB)";
        "The record that the kernel keeps of a process: pid, parent, state, program counter, saved registers, accounts.",
        "커널이 프로세스마다 유지하는 기록. pid, 부모, 상태, 프로그램 카운터, 저장된 레지스터, 사용량 따위.";
    "state": "process state", "프로세스 상태";
        "New, ready, running, blocked or zombie.", "생성, 준비, 실행, 대기, 좀비 가운데 하나.";
    "ready": "ready", "준비";
        "The state of a task that could run and waits to be chosen.", "실행할 수 있으며 선택되기를 기다리는 상태.";
    "running": "running", "실행";
        "The state of a task that has a CPU.", "CPU를 가진 태스크의 상태.";
    "blocked": "blocked", "대기";
        "The state of a task that waits for something other than a CPU, such as its I/O.",
        "CPU가 아닌 다른 것, 예컨대 I/O의 완료를 기다리는 상태.";
    "zombie": "zombie", "좀비";
        "A process that has ended and whose exit status nobody has read yet. Only its process control block remains.",
        "종료되었으나 아직 아무도 종료 상태를 읽지 않은 프로세스. 프로세스 제어 블록만 남아 있다.";
    "reap": "reap", "회수";
        "To read the exit status of a zombie with wait(), so that its process control block can be freed.",
        "wait()로 좀비의 종료 상태를 읽어 프로세스 제어 블록을 해제할 수 있게 하는 일.";
    "fork": "fork", "fork";
        "The system call by which a process makes a copy of itself: the child. It returns 0 in the child and the child's pid in the parent.",
        "프로세스가 자신을 복사해 자식을 만드는 시스템 콜. 자식에게는 0을, 부모에게는 자식의 pid를 돌려준다.";
    "process_limit": "process limit", "프로세스 수의 한도";
        "The most processes that there can be at one time, zombies included. One more fork fails with EAGAIN.",
        "한때에 있을 수 있는 프로세스의 최대 수. 좀비도 센다. 꽉 차면 fork가 EAGAIN으로 실패한다.";
    "orphans": "orphans", "고아 프로세스";
        "Children whose parent has ended before them. Somebody else becomes their parent: in Unix it is init.",
        "부모가 먼저 끝난 자식들. 다른 프로세스가 새 부모가 된다. Unix에서는 init이다.";
    "exit_with_children": "ending with children", "자식이 있을 때의 종료";
        "Whether a process may end that has living children.", "살아 있는 자식이 있는 프로세스가 끝날 수 있는지.";
    "fork_order": "who runs after a fork", "fork 뒤에 실행되는 쪽";
        "Whether parent or child has the CPU after a fork.", "fork 뒤에 부모와 자식 가운데 누가 CPU를 쓰는지.";
    "copy_on_write": "copy-on-write", "쓸 때 복사";
        "After a fork parent and child share their pages, read-only. Only who writes to one gets a copy of it.",
        "fork 뒤에 부모와 자식이 페이지를 읽기 전용으로 함께 쓰다가, 쓰는 쪽만 그 페이지의 사본을 받는 방식.";
    "nice": "nice", "nice 값";
        "How far a process stands back for others, from −20 (not at all) to 19.",
        "프로세스가 남에게 양보하는 정도. −20(양보하지 않음)부터 19까지.";
    "signal": "signal", "시그널";
        "A message of the kernel to a process. Signal 9 ends it.", "커널이 프로세스에 보내는 알림. 9번은 종료시킨다.";

    // Into the kernel and back.
    "cpu": "CPU", "CPU";
        "The processor: it executes one task at a time.", "프로세서. 한 번에 한 태스크를 실행한다.";
    "lde": "limited direct execution", "제한적 직접 실행";
        "Run the program directly on the CPU, but let the hardware refuse what it may not do and bring the kernel back in time.",
        "프로그램을 CPU에서 직접 실행하되, 허용되지 않은 일은 하드웨어가 거부하고 때가 되면 커널로 되돌아오게 하는 방식.";
    "user_mode": "user mode", "사용자 모드";
        "The mode of the CPU in which programs run: privileged instructions are refused.",
        "프로그램이 실행되는 CPU의 모드. 특권 명령이 거부된다.";
    "kernel_mode": "kernel mode", "커널 모드";
        "The mode of the CPU in which the kernel runs: every instruction is allowed.",
        "커널이 실행되는 CPU의 모드. 모든 명령이 허용된다.";
    "trap": "trap", "트랩";
        "The instruction that enters the kernel: the hardware saves the registers, changes to kernel mode and jumps to a handler.",
        "커널로 들어가는 명령. 하드웨어가 레지스터를 저장하고, 커널 모드로 바꾸고, 처리기로 점프한다.";
    "return_from_trap": "return-from-trap", "트랩 복귀";
        "The instruction that leaves the kernel: the hardware restores the registers and changes to user mode.",
        "커널에서 나가는 명령. 하드웨어가 레지스터를 복원하고 사용자 모드로 바꾼다.";
    "trap_table": "trap table", "트랩 테이블";
        "The table that tells the hardware where the kernel's handlers are. Only the kernel can set it, at boot.",
        "커널의 처리기들이 어디 있는지 하드웨어에 알려 주는 표. 부팅할 때 커널만 설정할 수 있다.";
    "kernel_stack": "kernel stack", "커널 스택";
        "The stack of a process that is used while the kernel works on its behalf. A trap saves the user registers on it.",
        "커널이 프로세스를 위해 일하는 동안 쓰는 그 프로세스의 스택. 트랩은 사용자 레지스터를 여기에 저장한다.";
    "registers": "registers", "레지스터";
        "The CPU's own few memory cells, the program counter among them.", "프로그램 카운터를 포함한 CPU 안의 작은 기억 장소.";
    "system_call": "system call", "시스템 콜";
        "A request of a program to the kernel, made by a trap.", "프로그램이 트랩을 통해 커널에 하는 요청.";
    "syscall_number": "system-call number", "시스템 콜 번호";
        "The number by which a program names a system call. The kernel looks it up; a program never names an address.",
        "프로그램이 시스템 콜을 가리키는 번호. 커널이 표에서 찾으며, 프로그램이 주소를 지정하는 일은 없다.";
    "interrupt": "interrupt", "인터럽트";
        "A signal of the hardware that enters the kernel, whatever the CPU is doing.",
        "CPU가 무엇을 하고 있든 커널로 들어가게 하는 하드웨어의 신호.";
    "timer_interrupt": "timer interrupt", "타이머 인터럽트";
        "The interrupt of a clock, by which the kernel gets the CPU back from a program that does not call it.",
        "시계의 인터럽트. 커널을 부르지 않는 프로그램에게서도 CPU를 되찾게 해 준다.";
    "timer": "timer", "타이머";
        "When the timer interrupts: just when a slice ends, with a period, or never.",
        "타이머가 울리는 때. 타임 슬라이스가 끝날 때, 일정한 주기마다, 또는 울리지 않음.";
    "exception": "exception", "예외";
        "An entry into the kernel caused by the running instruction itself, such as a forbidden one.",
        "금지된 명령처럼, 실행 중인 명령 자체가 일으키는 커널 진입.";
    "privileged": "privileged instruction", "특권 명령";
        "An instruction that only kernel mode may execute, such as setting the trap table.",
        "트랩 테이블 설정처럼 커널 모드에서만 실행할 수 있는 명령.";
    "cooperative": "cooperative approach", "협조 방식";
        "The kernel waits until a program calls it. A program that never does keeps the CPU.",
        "프로그램이 부를 때까지 커널이 기다리는 방식. 부르지 않는 프로그램은 CPU를 놓지 않는다.";
    "mode_switch": "mode switch", "모드 전환";
        "Entering the kernel from user mode and returning. The process stays the same.",
        "사용자 모드에서 커널에 들어갔다 돌아오는 것. 프로세스는 바뀌지 않는다.";
    "process_switch": "process switch", "프로세스 전환";
        "A context switch to another process: kernel registers, kernel stack and address space change.",
        "다른 프로세스로의 문맥 교환. 커널 레지스터, 커널 스택, 주소 공간이 바뀐다.";
    "context_switch": "context switch", "문맥 교환";
        "The kernel saves the registers of one task, restores those of another, and so passes the CPU on.",
        "커널이 한 태스크의 레지스터를 저장하고 다른 태스크의 레지스터를 복원하여 CPU를 넘기는 일.";
    "switch_charged_to": "switch charged to", "문맥 교환의 부담";
        "Whose account pays for a context switch: the incoming task, the outgoing one, or nobody.",
        "문맥 교환의 비용을 누구에게 물릴지. 들어오는 태스크, 나가는 태스크, 또는 아무에게도.";

    // Scheduling.
    "scheduler": "scheduler", "스케줄러";
        "The part of the kernel that chooses who runs next.", "다음에 실행될 태스크를 고르는 커널의 부분.";
    "policy": "scheduling policy", "스케줄링 정책";
        "The rule by which the scheduler chooses.", "스케줄러가 고르는 규칙.";
    "ready_queue": "ready queue", "준비 큐";
        "The tasks that are ready, in the order of the policy.", "준비 상태인 태스크들을 정책의 순서대로 늘어놓은 것.";
    "dispatch": "dispatch", "디스패치";
        "Giving a CPU to the task that was chosen.", "선택된 태스크에 CPU를 주는 일.";
    "preemption": "preemption", "선점";
        "Taking the CPU from a task that could still use it.", "아직 CPU를 쓸 수 있는 태스크에게서 CPU를 빼앗는 일.";
    "arrival": "arrival", "도착";
        "When a task enters the system.", "태스크가 시스템에 들어오는 시각.";
    "burst": "CPU burst", "CPU 버스트";
        "A stretch of computing between two waits.", "기다림과 기다림 사이의 한 차례 계산.";
    "interactive": "interactive", "대화형";
        "Of a task: it computes for short times and waits for a person or a device in between.",
        "짧게 계산하고 그 사이에는 사람이나 장치를 기다리는 태스크의 성질.";
    "fifo": "FIFO", "FIFO";
        "First in, first out, also first come, first served: the order of arrival, without preemption.",
        "선입 선출. 도착한 순서대로 실행하며 선점하지 않는다. FCFS라고도 한다.";
    "convoy": "convoy effect", "호위 효과";
        "Short tasks wait behind a long one that came before them.", "짧은 태스크들이 먼저 온 긴 태스크 뒤에서 기다리는 현상.";
    "sjf": "shortest job first", "최단 작업 우선(SJF)";
        "The task with the shortest next burst runs first, without preemption.",
        "다음 버스트가 가장 짧은 태스크를 먼저 실행한다. 선점하지 않는다.";
    "stcf": "shortest time to completion first", "최소 잔여 시간 우선(STCF)";
        "The task that needs least from now on runs, and takes the CPU from one that needs more. Also called SRTF or preemptive SJF.",
        "지금부터 가장 적게 남은 태스크를 실행하며, 더 많이 남은 태스크에게서 CPU를 빼앗는다. SRTF, 선점형 SJF라고도 한다.";
    "rr": "round robin", "라운드 로빈(RR)";
        "Everybody in turn gets the CPU for a time slice.", "모두가 차례로 타임 슬라이스만큼 CPU를 얻는다.";
    "time_slice": "time slice", "타임 슬라이스";
        "The longest time for which a task has the CPU in one go.", "태스크가 한 번에 CPU를 가질 수 있는 가장 긴 시간.";
    "quantum": "quantum", "퀀텀";
        "The length of a time slice, as a parameter of a policy.", "정책의 매개변수로 정하는 타임 슬라이스의 길이.";
    "next_in_ring": "next in the ring", "고리의 다음";
        "The policy of process-run.py: the next ready task by number after the last one run.",
        "process-run.py의 정책. 마지막으로 실행한 태스크 다음 번호의 준비된 태스크를 실행한다.";
    "priority_scheduling": "priority scheduling", "우선순위 스케줄링";
        "The task with the best priority runs.", "우선순위가 가장 높은 태스크를 실행한다.";
    "priority": "priority", "우선순위";
        "A number that says how important a task is. Which end of the numbers is the best is a convention.",
        "태스크의 중요도를 나타내는 수. 어느 쪽이 높은지는 규약이다.";
    "aging": "ageing", "에이징";
        "Waiting improves the priority of a task, so that its turn comes in the end.",
        "기다릴수록 우선순위가 좋아져 결국 차례가 오게 하는 방법.";
    "starvation": "starvation", "기아";
        "A task is ready and is never chosen.", "준비 상태인데도 끝내 선택되지 못하는 현상.";
    "estimate": "estimate", "추정값";
        "A guess at the length of the next burst: the exponential average of the past ones.",
        "다음 버스트 길이의 추정. 지난 버스트들의 지수 평균.";

    // Multi-level feedback queue.
    "mlfq": "multi-level feedback queue", "다단계 피드백 큐(MLFQ)";
        "Several ready queues, one above the other. A task falls when it uses much CPU time: the past stands for the future.",
        "위아래로 놓인 여러 준비 큐. CPU 시간을 많이 쓴 태스크는 내려간다. 과거로 미래를 짐작한다.";
    "level": "level", "단계";
        "One of the queues of a multi-level feedback queue. Q0 is the top.", "다단계 피드백 큐의 큐 하나. Q0가 맨 위이다.";
    "allotment": "allotment", "할당량";
        "The CPU time that a task may use at a level before it falls.", "한 단계에서 내려가기 전까지 쓸 수 있는 CPU 시간.";
    "demotion": "demotion", "강등";
        "Falling to the next level (rule 4).", "한 단계 내려가는 것(규칙 4).";
    "boost": "priority boost", "부스트";
        "Every so often all tasks return to the top level (rule 5).", "일정 시간마다 모든 태스크를 맨 위 단계로 올리는 것(규칙 5).";
    "accounting": "better accounting", "사용 시간 집계";
        "All CPU time at a level counts against the allotment, in however many pieces it was used (the new rule 4).",
        "몇 번에 나누어 쓰든 그 단계에서 쓴 CPU 시간을 모두 할당량에서 제하는 것(새 규칙 4).";
    "gaming": "gaming the scheduler", "스케줄러 속이기";
        "Writing a program so that the scheduler takes it for something else, and gives it more than its share.",
        "스케줄러가 다른 종류로 착각하여 제 몫보다 많이 주도록 프로그램을 작성하는 것.";

    // Devices.
    "device": "device", "장치";
        "What carries out I/O, such as a disk. A shared one serves requests in the order they come.",
        "디스크처럼 I/O를 수행하는 것. 공유 장치는 요청을 온 순서대로 처리한다.";
    "io": "I/O", "I/O";
        "Input and output: work of a device, during which the task that asked for it is blocked.",
        "입출력. 장치가 하는 일이며, 그동안 요청한 태스크는 대기한다.";
    "overlap": "overlap", "중첩";
        "One task computes while another waits for its I/O.", "한 태스크가 I/O를 기다리는 동안 다른 태스크가 계산하는 것.";

    // Figures.
    "turnaround": "turnaround time", "반환 시간";
        "Completion less arrival.", "완료 시각에서 도착 시각을 뺀 시간.";
    "response": "response time", "응답 시간";
        "First run less arrival.", "처음 실행된 시각에서 도착 시각을 뺀 시간.";
    "waiting": "waiting time", "대기 시간";
        "The time that a task is ready and does not run. Some books count the time that it is blocked as well.",
        "준비 상태로 실행되지 못한 시간. 대기(blocked) 상태였던 시간까지 세는 교재도 있다.";
    "waiting_counts": "what counts as waiting", "대기 시간에 세는 것";
        "The time in the ready queue only, or all of the turnaround time that is not CPU time.",
        "준비 큐에 있던 시간만 셀지, 반환 시간에서 CPU 시간을 뺀 전부를 셀지.";
    "makespan": "makespan", "총 소요 시간";
        "From the first arrival to the last completion.", "첫 도착부터 마지막 완료까지의 시간.";
    "throughput": "throughput", "처리량";
        "Completed tasks per unit of time.", "단위 시간에 완료된 태스크의 수.";
    "utilisation": "CPU utilisation", "CPU 이용률";
        "The share of the time in which the CPU does users' work.", "CPU가 사용자 작업을 한 시간의 비율.";
    "overhead": "overhead", "오버헤드";
        "Time that the kernel needs for itself: switches, traps, handlers.", "교환, 트랩, 처리기처럼 커널이 스스로 쓰는 시간.";
    "fairness": "fairness", "공평성";
        "How evenly the CPU time is spread, as Jain's index: 1 when all have the same.",
        "CPU 시간이 얼마나 고르게 나뉘었는지. Jain 지수로 나타내며 모두 같으면 1이다.";
    "slowdown": "slowdown", "지연 배수";
        "Turnaround time over the time that the task would take alone.", "반환 시간을 혼자 실행될 때 걸릴 시간으로 나눈 값.";
    "latency": "scheduling latency", "스케줄링 지연";
        "The time from becoming ready to running.", "준비 상태가 된 때부터 실행되기까지의 시간.";

    // Conventions.
    "instant_order": "order within an instant", "한 순간 안의 순서";
        "What comes first when several things are due at the same instant: completions, arrivals, ends of slices, periodic work.",
        "같은 순간에 여러 일이 겹칠 때의 순서. 완료, 도착, 타임 슬라이스 만료, 주기적인 일.";
    "tie": "equal keys", "동률";
        "Which of two equal tasks goes first: by the order of queueing, of the list, or of their names.",
        "똑같은 두 태스크 가운데 누가 먼저인지. 큐에 든 순서, 목록 순서, 이름 순서.";
    "priority_best": "best priority", "높은 우선순위의 방향";
        "Whether the lowest or the highest number is the best.", "작은 수와 큰 수 가운데 어느 쪽이 높은 우선순위인지.";
    "wakeup_preempts": "wake-up preempts", "깨어날 때의 선점";
        "Whether a task that wakes up may take the CPU at once.", "깨어난 태스크가 곧바로 CPU를 빼앗을 수 있는지.";
    "io_return": "return from I/O", "I/O에서 돌아오는 자리";
        "Whether a task comes back from I/O to the tail of its queue or to the head.",
        "I/O를 마친 태스크가 큐의 뒤로 돌아오는지 앞으로 돌아오는지.";
    "io_return_preempts_equal": "a return displaces an equal", "돌아온 태스크의 동급 선점";
        "Whether a task that comes back to the head displaces a running task of its own level.",
        "큐의 앞으로 돌아온 태스크가 같은 단계의 실행 중인 태스크를 밀어내는지.";
    "mlfq_rule4": "rule 4", "규칙 4";
        "When a task has used up its time at a level: all its CPU time counts, or only whole slices (rules 4a and 4b).",
        "한 단계의 시간을 다 쓴 것으로 보는 때. CPU 시간을 모두 세거나, 온전한 타임 슬라이스만 센다(규칙 4a, 4b).";
    "boost_gather": "how a boost gathers", "부스트가 모으는 순서";
        "From the second level down, or from the lowest up.", "둘째 단계부터 아래로, 또는 맨 아래부터 위로.";
    "boost_running": "a boost and the running task", "부스트와 실행 중인 태스크";
        "Whether the running task keeps the CPU at a boost or is gathered with the others.",
        "부스트 때 실행 중인 태스크가 CPU를 유지하는지, 다른 태스크와 함께 모이는지.";
    "stcf_tie": "equal remaining times", "남은 시간이 같을 때";
        "Who runs when a newcomer needs exactly as long as the running task still does.",
        "새로 온 태스크의 길이가 실행 중인 태스크의 남은 길이와 같을 때 누가 실행되는지.";
    "sjf_length": "the length of a job", "작업의 길이";
        "Whether the shortest job means the next burst or all the CPU time that is left.",
        "가장 짧은 작업을 다음 버스트로 잴지, 남은 CPU 시간 전부로 잴지.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_term_has_one_row_one_name_and_one_translation() {
        let mut seen = BTreeSet::new();
        for term in terms() {
            assert!(seen.insert(("id", term.id)), "{}", term.id);
            assert!(seen.insert(("English", term.name.0)), "{}", term.name.0);
            let korean = term.name.1;
            // A few Korean names are the English ones.
            assert!(korean == term.name.0 || seen.insert(("Korean", korean)), "{korean}");
        }
    }

    #[test]
    fn a_meaning_is_a_sentence() {
        for term in terms() {
            for lang in [Lang::En, Lang::Ko] {
                assert!(term.meaning(lang).ends_with('.'), "{}", term.id);
            }
        }
    }
}
