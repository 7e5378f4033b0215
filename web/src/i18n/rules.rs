//! The rules of the machine in words: one entry for each row of [`kernelscope_sim::rules::RULES`].
//!
//! A rule without words does not compile; those of page replacement stand in `rules/replacement.rs`. The options of
//! the conventions stand below, and a test walks them.

mod replacement;

use kernelscope_sim::rules::RuleId;

use super::Lang;

/// A rule in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// What it is called.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
}

macro_rules! rules {
    ($($id:ident: $en_name:literal, $en:literal, $ko_name:literal, $ko:literal;)+) => {
        /// A rule's name and what it says.
        pub const fn text(rule: RuleId, lang: Lang) -> RuleText {
            match rule {
                $(RuleId::$id => lang.pick(
                    RuleText { name: $en_name, says: $en },
                    RuleText { name: $ko_name, says: $ko },
                ),)+
            }
        }
    };
}

replacement::with_replacement! { rules! {
    InstantOrder:
        "Order inside an instant",
        "Things due at the same instant are done in this order. A task that ends or blocks by itself always comes first, and the decision who runs always last.",
        "한 순간 안의 순서",
        "같은 순간에 일어날 일들을 이 순서로 처리한다. 스스로 끝나거나 대기하는 것이 늘 맨 처음이고, 누가 실행될지는 늘 마지막에 정한다.";
    Tie:
        "Ties",
        "Two tasks with equal keys: this says who goes first; after it, the lower number.",
        "동률",
        "키가 같은 두 태스크 가운데 누가 먼저인지 정한다. 그래도 같으면 번호가 작은 쪽이다.";
    WaitingCounts:
        "What counts as waiting",
        "Either the time in the ready queue, or all the time since arrival in which the task did not run, I/O included.",
        "대기 시간에 넣는 것",
        "준비 큐에 있던 시간만 세거나, 도착한 뒤 실행되지 않은 시간을 I/O까지 모두 센다.";
    SwitchChargedTo:
        "Who pays for a switch",
        "The account on which the time of a context switch is booked.",
        "전환 비용을 내는 쪽",
        "문맥 교환에 든 시간을 누구의 몫으로 적을지 정한다.";
    PriorityBest:
        "Best priority",
        "Which end of the numbers is the best.",
        "가장 좋은 우선순위",
        "숫자의 어느 쪽이 가장 좋은지 정한다.";
    WakeupPreempts:
        "Preemption on waking",
        "Whether a task that wakes up may take the CPU at once.",
        "깨어날 때의 선점",
        "깨어난 태스크가 곧바로 CPU를 가져가도 되는지 정한다.";
    IoReturn:
        "Return from I/O",
        "The end of its queue that a task joins when its I/O is done.",
        "I/O에서 돌아오는 자리",
        "I/O가 끝난 태스크가 큐의 어느 쪽 끝으로 돌아오는지 정한다.";
    IoReturnPreemptsEqual:
        "Return from I/O displaces an equal",
        "Whether a task that comes back to the head of its queue takes the CPU from a task of the same level.",
        "I/O에서 돌아와 동급을 밀어냄",
        "큐의 맨 앞으로 돌아온 태스크가 같은 단계의 태스크에게서 CPU를 빼앗는지 정한다.";
    MlfqAccounting:
        "Rule 4: better accounting",
        "Once a task has used up its allotment at a level, in however many pieces, it falls to the next.",
        "규칙 4: 더 나은 계산",
        "한 단계의 할당량을 다 쓰면, 몇 번에 나누어 썼든 다음 단계로 내려간다.";
    MlfqPerSlice:
        "Rules 4a and 4b",
        "A task that uses up its slice falls a level (4a); one that gives the CPU up before that stays, with a fresh slice (4b).",
        "규칙 4a와 4b",
        "타임 슬라이스를 다 쓴 태스크는 한 단계 내려가고(4a), 그 전에 CPU를 내놓으면 새 슬라이스로 그 단계에 남는다(4b).";
    BoostGather:
        "How a boost gathers",
        "In which order a boost appends the lower queues to the topmost one.",
        "부스트가 모으는 순서",
        "부스트가 아래 큐들을 어떤 순서로 맨 위 큐에 잇는지 정한다.";
    BoostRunning:
        "A boost and the running task",
        "Whether the running task keeps the CPU through a boost or is gathered with the others.",
        "부스트와 실행 중인 태스크",
        "실행 중인 태스크가 부스트 때 CPU를 지키는지, 다른 태스크와 함께 모이는지 정한다.";
    StcfTie:
        "Equal remaining times",
        "Who runs when a newcomer needs exactly as long as the running task still does.",
        "남은 시간이 같을 때",
        "새로 온 태스크와 실행 중인 태스크에 남은 시간이 똑같을 때 누가 실행되는지 정한다.";
    SjfLength:
        "What the shortest job measures",
        "The next CPU burst, each burst counting as a job of its own, or all the CPU time still needed.",
        "가장 짧은 작업의 잣대",
        "버스트마다 따로 작업으로 보고 다음 CPU 버스트를 재거나, 앞으로 필요한 CPU 시간을 모두 잰다.";
    OnlyOne:
        "Only one is ready",
        "If nobody else is ready there is nothing to compare.",
        "하나만 준비됨",
        "준비된 다른 태스크가 없으면 견줄 것도 없다.";
    KernelFirst:
        "Kernel threads first",
        "A thread of the kernel goes before every user task, first come, first served among themselves.",
        "커널 스레드 먼저",
        "커널 스레드는 모든 사용자 태스크보다 먼저이고, 저희끼리는 온 순서대로다.";
    IdleFirst:
        "Idle CPUs first",
        "An idle CPU is used before anybody is preempted.",
        "노는 CPU 먼저",
        "누군가를 선점하기 전에 노는 CPU부터 쓴다.";
    FifoOrder:
        "First in, first out",
        "Whoever came first to the queue runs first and keeps the CPU until it ends or blocks.",
        "선입선출",
        "큐에 먼저 온 태스크가 먼저 실행되고, 끝나거나 대기할 때까지 CPU를 지킨다.";
    SjfShortest:
        "Shortest job first",
        "Whoever needs the CPU for the shortest time runs next, and keeps it until it ends or blocks.",
        "최단 작업 우선",
        "CPU가 가장 짧게 필요한 태스크가 다음에 실행되고, 끝나거나 대기할 때까지 CPU를 지킨다.";
    StcfShortest:
        "Shortest time to completion first",
        "Whoever has the least left runs, and takes the CPU from a task that has strictly more left.",
        "최소 잔여 시간 우선",
        "남은 시간이 가장 적은 태스크가 실행되며, 더 많이 남은 태스크에게서 CPU를 빼앗는다.";
    EstimateAverage:
        "Guessing the next burst",
        "The guess after each burst is the weighted mean of that burst and of the guess before it.",
        "다음 버스트의 추정",
        "버스트가 끝날 때마다 그 버스트와 이전 추정의 가중 평균을 다음 추정으로 삼는다.";
    RrOrder:
        "Round robin: turns",
        "The head of the queue runs; whose slice is over goes to its tail.",
        "라운드 로빈: 차례",
        "큐의 맨 앞이 실행되고, 슬라이스가 끝난 태스크는 맨 뒤로 간다.";
    RrSlice:
        "Round robin: the slice",
        "Nobody keeps the CPU for longer than a quantum in one go. If nobody else is ready the task goes on with a fresh one.",
        "라운드 로빈: 타임 슬라이스",
        "한 번에 퀀텀보다 오래 CPU를 가질 수 없다. 준비된 다른 태스크가 없으면 새 슬라이스로 이어 간다.";
    PriorityOrder:
        "Priority",
        "The ready task with the best priority runs.",
        "우선순위",
        "준비된 태스크 가운데 우선순위가 가장 좋은 것이 실행된다.";
    PriorityAging:
        "Ageing",
        "Waiting without a break improves the effective priority step by step, until the task has had the CPU.",
        "에이징",
        "쉬지 않고 기다리면 실효 우선순위가 조금씩 좋아지고, CPU를 얻었다 놓으면 원래대로 돌아간다.";
    MlfqLevel:
        "Rule 1: the higher queue",
        "If A is in a higher queue than B, A runs and B does not.",
        "규칙 1: 더 높은 큐",
        "A의 큐가 B의 큐보다 높으면 A가 실행되고 B는 실행되지 않는다.";
    MlfqTurns:
        "Rule 2: turns",
        "Tasks in the same queue take turns, with the slice of that queue.",
        "규칙 2: 차례",
        "같은 큐의 태스크는 그 큐의 타임 슬라이스로 차례를 돈다.";
    MlfqNew:
        "Rule 3: newcomers",
        "A task that enters the system starts in the topmost queue.",
        "규칙 3: 새 태스크",
        "시스템에 들어온 태스크는 맨 위 큐에서 시작한다.";
    MlfqBoost:
        "Rule 5: the boost",
        "After every boost period all tasks move to the topmost queue.",
        "규칙 5: 부스트",
        "부스트 주기가 지날 때마다 모든 태스크를 맨 위 큐로 옮긴다.";
    RingOrder:
        "The next in the ring",
        "The next ready task by number after the last one run, starting again from the first.",
        "고리의 다음",
        "마지막으로 실행된 태스크 다음 번호의 준비된 태스크가 실행되고, 끝에 이르면 처음으로 돌아간다.";
    RingNow:
        "Run on completion",
        "A task whose I/O is done takes the CPU at once.",
        "완료 즉시 실행",
        "I/O가 끝난 태스크가 곧바로 CPU를 가져간다.";
    Held:
        "The CPU is held",
        "The CPU waits with the task that started I/O instead of running another.",
        "붙들린 CPU",
        "다른 태스크를 실행하지 않고, I/O를 시작한 태스크와 함께 CPU가 기다린다.";
    TimerInterrupt:
        "The timer interrupt",
        "A timer set at boot interrupts whatever runs, so that the kernel gets the CPU back.",
        "타이머 인터럽트",
        "부팅 때 켠 타이머가 무엇이 실행되든 가로채어 커널이 CPU를 되찾게 한다.";
    Cooperative:
        "Without a timer",
        "The kernel runs only when a task calls it or does what it may not; an endless loop keeps the CPU.",
        "타이머 없이",
        "태스크가 커널을 부르거나 금지된 일을 할 때만 커널이 실행된다. 무한 루프는 CPU를 놓지 않는다.";
    Privileged:
        "Privileged instructions",
        "Only kernel mode may touch devices, the timer, the trap table, the mode bit and the page table. User mode that tries raises an exception and is ended.",
        "특권 명령",
        "장치, 타이머, 트랩 테이블, 모드 비트, 페이지 표는 커널 모드만 다룬다. 사용자 모드가 시도하면 예외가 일어나고 종료된다.";
    SyscallNumber:
        "System-call numbers",
        "A task names a system call by number, never by address; the kernel looks it up and refuses what it does not know.",
        "시스템 콜 번호",
        "태스크는 주소가 아니라 번호로 시스템 콜을 가리킨다. 커널은 표에서 찾고 모르는 번호는 거절한다.";
    TwoSaves:
        "Two kinds of saved registers",
        "On a trap the hardware saves the user registers on the kernel stack; on a process switch the kernel saves its own registers in the process structure.",
        "두 가지 레지스터 저장",
        "트랩 때는 하드웨어가 사용자 레지스터를 커널 스택에, 프로세스 전환 때는 커널이 자기 레지스터를 프로세스 구조체에 저장한다.";
    NoNesting:
        "No interrupts in a handler",
        "While a handler works interrupts are disabled; one that comes waits for the handler's end.",
        "처리기 안에서는 인터럽트 금지",
        "처리기가 일하는 동안 인터럽트가 금지되고, 그사이 온 것은 처리기가 끝날 때까지 기다린다.";
    Zombie:
        "Zombies",
        "A task that has ended keeps its process structure and exit status until its parent has read it.",
        "좀비",
        "끝난 태스크는 부모가 읽을 때까지 프로세스 구조체와 종료 상태를 지닌다.";
    NoCaches:
        "Cold caches",
        "After a switch real caches, TLBs and branch predictors are cold. Only the direct cost of a switch is modelled.",
        "식은 캐시",
        "실제로는 전환 뒤에 캐시, TLB, 분기 예측기가 식어 있다. 여기서는 전환의 직접 비용만 다룬다.";
    FirstCpuInterrupts:
        "Routing of interrupts",
        "Real machines spread device interrupts over their CPUs; here they all go to the first.",
        "인터럽트 배분",
        "실제 기계는 장치 인터럽트를 여러 CPU에 나누지만, 여기서는 모두 첫 CPU로 간다.";
    NoPickCost:
        "The scheduler's own time",
        "Real schedulers take longer the more tasks they look at; here a decision costs nothing.",
        "스케줄러 자신의 시간",
        "실제 스케줄러는 살펴볼 태스크가 많을수록 오래 걸리지만, 여기서는 결정에 비용이 들지 않는다.";
    Orphans:
        "Orphans",
        "Who becomes the parent of the children of a process that ends before them.",
        "고아의 새 부모",
        "자식보다 먼저 끝난 프로세스의 자식을 누가 맡을지 정한다.";
    ExitWithChildren:
        "Ending with children",
        "Whether a process may end that has living children.",
        "자식이 있을 때의 종료",
        "살아 있는 자식이 있는 프로세스가 끝날 수 있는지 정한다.";
    ForkOrder:
        "Who runs after a fork",
        "After a fork parent and child are both ready to go on; this says which of them has the CPU.",
        "fork 뒤에 실행되는 쪽",
        "fork가 끝나면 부모와 자식이 모두 실행될 수 있다. 둘 가운데 누가 CPU를 쓸지 정한다.";
    WaitLowest:
        "wait()",
        "wait() reads the status of a child that has ended, the one with the lowest pid of several, and frees its process structure.",
        "wait()",
        "wait()는 끝난 자식의 종료 상태를 읽고 프로세스 구조체를 해제한다. 여럿이면 pid가 가장 작은 자식이다.";
} }

/// An option of a convention, by the names that files use. A list of phases has no text of its own.
pub fn option(rule: RuleId, name: &str, lang: Lang) -> Option<&'static str> {
    use RuleId as R;
    let (english, korean) = match (rule, name) {
        (R::InstantOrder, "arrivals_first") => {
            ("arrivals before ended slices", "도착이 끝난 슬라이스보다 먼저")
        }
        (R::InstantOrder, "preempted_first") => {
            ("ended slices before arrivals", "끝난 슬라이스가 도착보다 먼저")
        }
        (R::InstantOrder, "ostep_mlfq") => ("as in mlfq.py", "mlfq.py처럼"),
        (R::Tie, "seq") => ("who queued first", "큐에 먼저 선 쪽"),
        (R::Tie, "list") => ("who stands first in the scenario", "시나리오에서 앞선 쪽"),
        (R::Tie, "name") => ("by name", "이름 순"),
        (R::WaitingCounts, "ready") => ("time in the ready queue", "준비 큐에 있던 시간"),
        (R::WaitingCounts, "not_running") => ("all time not running", "실행되지 않은 모든 시간"),
        (R::SwitchChargedTo, "incoming") => ("the task switched in", "들어오는 태스크"),
        (R::SwitchChargedTo, "outgoing") => ("the task switched out", "나가는 태스크"),
        (R::SwitchChargedTo, "nobody") => ("nobody", "아무도"),
        (R::PriorityBest, "lowest") => ("the lowest number", "가장 작은 수"),
        (R::PriorityBest, "highest") => ("the highest number", "가장 큰 수"),
        (R::WakeupPreempts, "policy") => ("as the policy has it", "정책을 따름"),
        (R::WakeupPreempts, "never") => ("never", "선점하지 않음"),
        (R::WakeupPreempts, "always_checks") => ("always looked at", "언제나 살펴봄"),
        (R::IoReturn, "tail") => ("behind the others", "맨 뒤로"),
        (R::IoReturn, "head") => ("before the others", "맨 앞으로"),
        (R::IoReturnPreemptsEqual, "false") => ("it waits", "기다림"),
        (R::IoReturnPreemptsEqual, "true") => ("it takes the CPU", "CPU를 가져감"),
        (R::MlfqAccounting | R::MlfqPerSlice, "accounting") => ("all time counts", "모든 시간을 셈"),
        (R::MlfqAccounting | R::MlfqPerSlice, "per_slice") => {
            ("only whole slices count", "온전한 슬라이스만 셈")
        }
        (R::BoostGather, "top_down") => ("from the second queue down", "둘째 큐부터 아래로"),
        (R::BoostGather, "bottom_up") => ("from the lowest queue up", "맨 아래 큐부터 위로"),
        (R::BoostRunning, "keeps_cpu") => ("it keeps the CPU", "CPU를 지킴"),
        (R::BoostRunning, "requeued") => ("it is gathered too", "함께 모임"),
        (R::StcfTie, "running") => ("the running task", "실행 중인 태스크"),
        (R::StcfTie, "newcomer") => ("the newcomer", "새로 온 태스크"),
        (R::SjfLength, "burst") => ("the next burst", "다음 버스트"),
        (R::SjfLength, "job") => ("all that is left", "남은 전부"),
        (R::RefOnLoad, "set") => ("loading is a use", "적재도 사용"),
        (R::RefOnLoad, "clear") => ("the next access is the first use", "다음 접근이 첫 사용"),
        (R::OptTie, "last_loaded") => ("the one loaded last", "가장 나중에 들어온 쪽"),
        (R::OptTie, "first_loaded") => ("the one loaded first", "가장 먼저 들어온 쪽"),
        (R::OptTie, "smallest_page") => ("the smallest number", "번호가 가장 작은 쪽"),
        (R::Orphans, "to_init") => ("init", "init"),
        (R::Orphans, "to_grandparent") => ("the parent of the one that ended", "끝난 프로세스의 부모"),
        (R::Orphans, "flatten_to_root") => {
            ("the first of the family, for all descendants", "집안의 첫 프로세스(모든 자손을 맡음)")
        }
        (R::ExitWithChildren, "orphans") => ("it may, and leaves orphans", "끝나고 고아를 남김"),
        (R::ExitWithChildren, "refused") => ("exit() fails", "exit()가 실패함"),
        (R::ForkOrder, "parent_first") => ("the parent", "부모"),
        (R::ForkOrder, "child_first") => ("the child", "자식"),
        _ => return None,
    };
    Some(lang.pick(english, korean))
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::rules::{RULES, RuleKind};

    use super::*;
    use crate::panels::conventions;

    #[test]
    fn every_rule_has_its_own_words_in_both_languages() {
        for lang in [Lang::En, Lang::Ko] {
            for rule in RULES {
                let RuleText { name, says } = text(rule.id, lang);
                assert!(!name.is_empty() && says.ends_with('.'), "{}", rule.name);
                assert_eq!(
                    RULES.iter().filter(|other| text(other.id, lang).name == name).count(),
                    1,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn every_option_of_every_convention_has_words() {
        for rule in RULES {
            let RuleKind::Convention(field) = rule.kind else { continue };
            let options = conventions::options(field);
            assert!(options.len() > 1, "{field} has nothing to choose");
            for name in options {
                for lang in [Lang::En, Lang::Ko] {
                    assert!(option(rule.id, name, lang).is_some(), "{field}: {name} in {lang:?}");
                }
            }
        }
    }
}
