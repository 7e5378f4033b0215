//! The texts around the lessons; the lessons' own stand in their files.

use kernelscope_session::protocol::{JumpKind, Target};
use kernelscope_session::query::{Query, QueryKind};

use super::Lang;
use crate::lessons::model::Group;
use crate::messages;
use crate::ruler::Ruler;

messages! {
    /// Title of the gallery.
    title: "Lessons", "수업";
    /// What the gallery is for.
    subtitle: "Each is a scenario and a few steps. Everything in it can be changed.", "수업마다 시나리오 하나와 몇 단계의 설명이 있다. 무엇이든 바꿔 볼 수 있다.";
    /// The gallery's search field.
    search: "Search lessons and topics", "수업과 주제 검색";
    /// How many lessons a search has found.
    found(n: usize): "{n} {n:lesson|lessons}", "수업 {n}개";
    /// Nothing was found.
    nothing: "No lesson speaks of that. Try “boost”, “convoy” or “trap”.", "그런 말이 나오는 수업이 없다. “부스트”, “호위 효과”, “트랩” 같은 말로 찾아보자.";
    /// Closes the gallery.
    close: "Close", "닫기";
    /// A lesson was taken to its end.
    done: "done", "마침";
    /// A lesson was begun.
    begun(step: usize, of: usize): "step {step} of {of}", "{of}단계 중 {step}단계";
    /// How long a lesson is.
    length(n: usize): "{n} {n:step|steps}", "{n}단계";
    /// A lesson is open.
    current: "open now", "열려 있음";

    /// A lesson is on its way.
    fetching: "Fetching the lesson…", "수업을 가져오는 중…";
    /// All lessons are on their way.
    fetching_all: "Fetching the lessons…", "수업 목록을 가져오는 중…";
    /// A lesson did not arrive.
    lost: "The lesson could not be fetched. Is there a connection?", "수업을 가져오지 못했습니다. 연결되어 있나요?";
    /// Some lessons did not arrive.
    some_lost: "Not all lessons could be fetched. Is there a connection?", "가져오지 못한 수업이 있습니다. 연결되어 있나요?";
    /// Tries it once more.
    fetch_again: "Try again", "다시 시도";

    /// Modes, traps, interrupts.
    group_kernel: "The kernel and its way in", "커널과 커널로 들어가는 길";
    /// States and their changes.
    group_processes: "Processes", "프로세스";
    /// The classic policies.
    group_policies: "Scheduling policies", "스케줄링 정책";
    /// The multi-level feedback queue.
    group_mlfq: "The multi-level feedback queue", "다단계 피드백 큐";
    /// Address spaces, the TLB, faults, swap and replacement.
    group_memory: "Virtual memory", "가상 메모리";

    /// Where in the lesson one is.
    place(step: usize, of: usize): "Step {step} of {of}", "{of}단계 중 {step}단계";
    /// Leads to the moment that the text is about.
    go_there(moment: &str): "Show {moment}", "{moment} 보기";
    /// The next step.
    next: "Next", "다음";
    /// The step before.
    back: "Back", "이전";
    /// The next lesson, while its title is not here.
    next_untitled: "Next lesson", "다음 수업";
    /// The next lesson.
    next_lesson(title: &str): "Next lesson: {title}", "다음 수업: {title}";
    /// Leaves the lesson; the scenario stays.
    leave: "Leave the lesson", "수업 나가기";
    /// The step is about another scenario of the lesson.
    variant(name: &str): "Scenario: {name}", "시나리오: {name}";
    /// The scenario on the page is not the one that the text speaks of.
    changed: "You have changed this scenario; the figures here are those of the original.", "시나리오를 바꾸었다. 여기 적힌 수치는 원래 시나리오의 것이다.";
    /// Opens the step's own scenario.
    restore: "Back to the original", "원래대로";
    /// Above a question.
    predict: "Predict", "예측해 보자";
    /// Shows the text without an answer.
    reveal: "Just show me", "바로 보기";
    /// The answer was right.
    right: "Right.", "맞다.";
    /// The answer was not right.
    wrong(answer: &str): "Not quite: {answer}.", "아쉽다. 답은 “{answer}”.";
    /// Where a reader may check it.
    sources: "Where to read on", "더 읽을 곳";
    /// OSTEP with a section.
    ostep(section: &str): "OSTEP v1.10, {section}", "OSTEP v1.10, {section}절";
    /// OSC with a section.
    osc(section: &str): "Operating System Concepts, 10th ed., {section}", "Operating System Concepts 10판, {section}절";

    /// The beginning of a run.
    at_start: "the start", "시작";
    /// The end of a run.
    at_end: "the end", "끝";
    /// An instant.
    at_time(time: &str): "time {time}", "시각 {time}";
    /// A moment by its ordinal.
    nth(n: &str, what: &str): "the {n} {what}", "{n} {what}";
    /// A moment of one task.
    nth_of(n: &str, what: &str, task: &str): "the {n} {what} of {task}", "{task}의 {n} {what}";
    /// A moment not before an instant.
    nth_after(what: &str, time: &str): "{what} after {time}", "{time} 뒤 {what}";
}

/// The name of a group of the gallery.
pub const fn group(lang: Lang, group: Group) -> &'static str {
    match group {
        Group::Kernel => group_kernel(lang),
        Group::Processes => group_processes(lang),
        Group::Policies => group_policies(lang),
        Group::Mlfq => group_mlfq(lang),
        Group::Memory => group_memory(lang),
    }
}

/// A moment in words: `the 2nd demotion of A`, `A의 두 번째 강등`.
pub fn moment(lang: Lang, target: &Target, ruler: Ruler) -> String {
    match target {
        Target::Start => at_start(lang).to_owned(),
        Target::Time(at) | Target::Moment { at, .. } => at_time(lang, &ruler.time(*at)),
        Target::Query(Query { ordinal, kind, task, from }) => {
            let n = nth_word(lang, *ordinal);
            let what = kind_name(lang, *kind);
            let moment = match task {
                Some(task) => nth_of(lang, &n, what, task),
                None => nth(lang, &n, what),
            };
            if from.0 == 0 { moment } else { nth_after(lang, &moment, &ruler.time(*from)) }
        }
        Target::End | Target::Step(_) | Target::Next(_) => at_end(lang).to_owned(),
    }
}

fn nth_word(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => {
            let suffix = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{suffix}")
        }
        Lang::Ko => match n {
            1 => "첫".to_owned(),
            2 => "두 번째".to_owned(),
            3 => "세 번째".to_owned(),
            4 => "네 번째".to_owned(),
            5 => "다섯 번째".to_owned(),
            _ => format!("{n}번째"),
        },
    }
}

const fn kind_name(lang: Lang, kind: QueryKind) -> &'static str {
    let (en, ko) = match kind {
        QueryKind::Jump(JumpKind::Stage) => ("stage", "단계"),
        QueryKind::Jump(JumpKind::Any) => ("event", "사건"),
        QueryKind::Jump(JumpKind::Dispatch) => ("dispatch", "디스패치"),
        QueryKind::Jump(JumpKind::Preemption) => ("descheduling", "CPU 반납"),
        QueryKind::Jump(JumpKind::Block) => ("block", "대기"),
        QueryKind::Jump(JumpKind::Wake) => ("wake-up", "깨어남"),
        QueryKind::Jump(JumpKind::Arrival) => ("arrival", "도착"),
        QueryKind::Jump(JumpKind::Exit) => ("exit", "종료"),
        QueryKind::Jump(JumpKind::Level) => ("change of level", "단계 변화"),
        QueryKind::Jump(JumpKind::KernelEntry) => ("kernel entry", "커널 진입"),
        QueryKind::Jump(JumpKind::ContextSwitch) => ("context switch", "문맥 교환"),
        QueryKind::Demotion => ("demotion", "강등"),
        QueryKind::Boost => ("boost", "부스트"),
        QueryKind::SliceEnd => ("end of a slice", "타임 슬라이스 만료"),
        QueryKind::Preemption => ("preemption", "선점"),
        QueryKind::Idle => ("idle stretch", "유휴"),
        QueryKind::Aging => ("ageing", "에이징"),
        QueryKind::Kill => ("kill", "강제 종료"),
        QueryKind::TimerInterrupt => ("timer interrupt", "타이머 인터럽트"),
        QueryKind::Syscall => ("system call", "시스템 콜"),
        QueryKind::Exception => ("exception", "예외"),
        QueryKind::Reap => ("reaping", "회수"),
        QueryKind::Estimate => ("estimate", "추정"),
        QueryKind::Yield => ("yield", "양보"),
        QueryKind::Return => ("return from the kernel", "커널에서의 복귀"),
        QueryKind::Jump(JumpKind::Fault) => ("page fault", "페이지 폴트"),
        QueryKind::Jump(JumpKind::Eviction) => ("eviction", "페이지 내보내기"),
        QueryKind::Access => ("memory access", "메모리 접근"),
        QueryKind::TlbMiss => ("TLB miss", "TLB 미스"),
        QueryKind::MajorFault => ("major fault", "주 페이지 폴트"),
        QueryKind::PageArrival => ("arrival of a page", "페이지 도착"),
        QueryKind::DaemonWake => ("waking of the page daemon", "페이지 데몬 깨어남"),
        QueryKind::DaemonSleep => ("falling asleep of the page daemon", "페이지 데몬 잠듦"),
        QueryKind::Violation => ("memory violation", "메모리 위반"),
    };
    lang.pick(en, ko)
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::time::Time;

    use super::*;

    #[test]
    fn a_moment_is_told_in_both_languages() {
        let second = Query {
            ordinal: 2,
            kind: QueryKind::Demotion,
            task: Some("A".to_owned()),
            from: Time(150_000_000),
        };
        let target = Target::Query(second);
        assert_eq!(moment(Lang::En, &target, Ruler::default()), "the 2nd demotion of A after 150\u{a0}ms");
        assert_eq!(moment(Lang::Ko, &target, Ruler::default()), "150\u{a0}ms 뒤 A의 두 번째 강등");
    }

    #[test]
    fn ordinals_have_their_endings() {
        let words: Vec<String> = [1, 2, 3, 4, 11, 12, 21].map(|n| nth_word(Lang::En, n)).into();
        assert_eq!(words, ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]);
    }
}
