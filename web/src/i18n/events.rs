//! The sentences of the narration, both languages on adjacent lines.
//!
//! A gap is `{name}`; in Korean `{name:이}` adds the particle that fits the word in the gap. Every sentence has
//! both languages or does not compile, and a test fills every gap of each.

mod memory;
mod process;

use super::Lang;
use memory::with_memory;

macro_rules! sentences {
    ($($id:ident: $en:literal, $ko:literal;)+) => {
        /// A sentence of the narration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is its own text, in the table of this module")]
        pub enum Sentence { $($id),+ }

        impl Sentence {
            /// Every one.
            #[cfg(test)]
            pub(super) const ALL: &'static [Sentence] = &[$(Sentence::$id),+];

            /// The text with its gaps.
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Sentence::$id, Lang::En) => $en, (Sentence::$id, Lang::Ko) => $ko,)+
                }
            }
        }
    };
}

process::with_processes! { with_memory; sentences;

    BootTrapTable:
        "Boot: the kernel tells the hardware where its trap handlers are",
        "부팅: 커널이 트랩 처리기의 위치를 하드웨어에 알려 준다";
    BootStartTimer:
        "Boot: the kernel starts the interval timer",
        "부팅: 커널이 인터벌 타이머를 켠다";
    Arrive:
        "{task} arrives",
        "{task:이} 도착한다";
    Enqueue:
        "{task} joins {queue} {place} ({why})",
        "{task:이} {queue} {place} 들어간다 ({why})";
    Dispatch:
        "{task} gets {cpu}",
        "{task:이} {cpu:을} 받는다";
    Switch:
        "{cpu} passes from {from} to {task}",
        "{cpu:이} {from}에서 {task:으로} 넘어간다";
    SwitchCosts:
        "{cpu} passes from {from} to {task}; the switch takes {cost}",
        "{cpu:이} {from}에서 {task:으로} 넘어간다. 전환에 {cost:이} 든다";
    SwitchFromIdle:
        "{cpu} passes from idle to {task}",
        "놀던 {cpu:이} {task:으로} 넘어간다";
    SwitchFromIdleCosts:
        "{cpu} passes from idle to {task}; the switch takes {cost}",
        "놀던 {cpu:이} {task:으로} 넘어간다. 전환에 {cost:이} 든다";
    SaveKernelRegisters:
        "switch() saves the kernel registers of {task} in its process structure",
        "switch()가 {task}의 커널 레지스터를 프로세스 구조체에 저장한다";
    RestoreKernelRegisters:
        "switch() restores the kernel registers of {task} and moves to its kernel stack",
        "switch()가 {task}의 커널 레지스터를 복원하고 그 커널 스택으로 옮겨 간다";
    Run:
        "{task} executes",
        "{task:이} 실행된다";
    Preempt:
        "{by} takes {cpu} from {task}",
        "{by:이} {task}에게서 {cpu:을} 빼앗는다";
    Requeued:
        "The boost takes {cpu} from {task} and queues it with the others",
        "부스트가 {task}에게서 {cpu:을} 거두어 다른 태스크와 함께 세운다";
    SliceEnd:
        "{task} has used up its slice of {slice}",
        "{task:이} 타임 슬라이스 {slice:을} 다 썼다";
    Yield:
        "{task} yields {cpu}",
        "{task:이} {cpu:을} 양보한다";
    BlockIo:
        "{task} blocks: {device} works for it until {until}",
        "{task:이} 대기한다: {device:이} {until}까지 그 요청을 처리한다";
    BlockQueued:
        "{task} blocks and queues for {device}",
        "{task:이} 대기하며 {device}의 큐에 선다";
    Sleep:
        "{task} sleeps until {until}",
        "{task:이} {until}까지 잠든다";
    IoStart:
        "{device} begins to work for {task}, until {until}",
        "{device:이} {task}의 요청을 {until}까지 처리하기 시작한다";
    WakeIo:
        "{task} wakes after {waited}: {device} is done",
        "{task:이} {waited} 만에 깨어난다: {device:이} 일을 마쳤다";
    WakeSleep:
        "{task} wakes: it has slept for {waited}",
        "{task:이} 깨어난다: {waited} 동안 잤다";
    Idle:
        "{cpu} has nothing to run",
        "{cpu:이} 실행할 것이 없다";
    Hold:
        "{cpu} is held for {task}, which waits for I/O",
        "{cpu:이} I/O를 기다리는 {task:을} 위해 붙들려 있다";
    Operation:
        "{task} comes to operation {number} of its program",
        "{task:이} 프로그램의 {number}번 연산에 이른다";
    Exit:
        "{task} exits with status {status} and is a zombie now",
        "{task:이} 상태 {status:으로} 종료하여 좀비가 된다";
    Killed:
        "The kernel ends {task} ({signal})",
        "커널이 {task:을} 끝낸다 ({signal})";
    Reap:
        "The parent reads status {status}: {task} is reaped",
        "부모가 상태 {status:을} 읽는다: {task:이} 회수된다";
    EntryTimer:
        "The timer interrupts {task}: the hardware saves its user registers on its kernel stack",
        "타이머가 {task:을} 가로챈다: 하드웨어가 사용자 레지스터를 그 커널 스택에 저장한다";
    EntryTimerIdle:
        "The timer interrupts the idle {cpu}",
        "타이머가 놀고 있는 {cpu:을} 가로챈다";
    EntryDevice:
        "{device} interrupts while {task} runs",
        "{task:이} 실행되는 동안 {device:이} 인터럽트를 건다";
    EntryDeviceIdle:
        "{device} interrupts the idle {cpu}",
        "{device:이} 놀고 있는 {cpu}에 인터럽트를 건다";
    EntryOwnDevice:
        "A device interrupts while {task} runs",
        "{task:이} 실행되는 동안 장치가 인터럽트를 건다";
    EntryOwnDeviceIdle:
        "A device interrupts the idle {cpu}",
        "장치가 놀고 있는 {cpu}에 인터럽트를 건다";
    EntrySyscall:
        "{task} traps into the kernel: {call}",
        "{task:이} 트랩으로 커널에 들어간다: {call}";
    EntryException:
        "{task} causes an exception: the hardware enters the kernel",
        "{task:이} 예외를 일으켜 하드웨어가 커널로 들어간다";
    EntryReschedule:
        "The scheduler wants the CPU of {task}: into the kernel",
        "스케줄러가 {task}의 CPU를 원하여 커널로 들어간다";
    EntryRescheduleIdle:
        "The scheduler wakes the idle {cpu}",
        "스케줄러가 놀고 있는 {cpu:을} 깨운다";
    SyscallDispatch:
        "The handler looks up number {number} in its table: {call}",
        "처리기가 표에서 {number}번을 찾는다: {call}";
    SyscallError:
        "There is no system call {number}: {task} gets an error back",
        "{number}번 시스템 콜은 없다: {task:이} 오류를 돌려받는다";
    Violation:
        "{task} tries {instruction} in user mode",
        "{task:이} 사용자 모드에서 {instruction:을} 시도한다";
    ReturnFromTrap:
        "Return-from-trap: the hardware restores the user registers of {task} and user mode",
        "트랩 복귀: 하드웨어가 {task}의 사용자 레지스터와 사용자 모드를 복원한다";
    ReturnFromTrapIdle:
        "Return-from-trap: {cpu} leaves the handler",
        "트랩 복귀: {cpu:이} 처리기를 떠난다";
    Demote:
        "{task} falls from {from} to {to}",
        "{task:이} {from}에서 {to:으로} 내려간다";
    Boost:
        "Boost: every task returns to {to}; the next is at {next}",
        "부스트: 모든 태스크가 {to:으로} 돌아간다. 다음은 {next}";
    BoostTask:
        "{task} rises from {from} to {to}",
        "{task:이} {from}에서 {to:으로} 올라간다";
    Age:
        "Waiting improves the priority of {task} from {from} to {to}",
        "기다린 덕에 {task}의 우선순위가 {from}에서 {to:으로} 좋아진다";
    Estimate:
        "{task} ran for {burst}: its next burst is guessed at {next}",
        "{task:이} {burst} 동안 실행되었다: 다음 버스트는 {next:으로} 추정된다";
    Set:
        "From outside: {param} is {value} from now on",
        "밖에서: 지금부터 {param:은} {value}";
    Signal:
        "From outside: {signal} is sent to {task}",
        "밖에서: {task}에 {signal:을} 보낸다";
    InputIgnored:
        "From outside: input {number} no longer applies and is passed over",
        "밖에서: {number}번 입력은 이제 해당되지 않아 건너뛴다";
    Livelock:
        "{task} has carried out {number} operations and no time has passed",
        "{task:이} 연산 {number}개를 했는데 시간이 흐르지 않았다";
    EndDone:
        "The run is over: every task has ended",
        "실행 끝: 모든 태스크가 끝났다";
    EndTime:
        "The run is over: the scenario ends at this time",
        "실행 끝: 시나리오가 정한 시각에 이르렀다";
    EndSteps:
        "The run is over: the scenario's limit of steps is reached",
        "실행 끝: 시나리오가 정한 단계 수에 이르렀다";
    EndLivelock:
        "The run is stopped: a task works without time passing",
        "실행 중단: 시간이 흐르지 않은 채 한 태스크가 일한다";
    EndStuck:
        "The run is over: none of the tasks left will ever run again",
        "실행 끝: 남은 태스크 가운데 다시 실행될 것이 없다";

    ChosenOnly:
        "Nobody else was ready.",
        "준비된 다른 태스크가 없었다.";
    ChosenAlone:
        "By “{rule}”; nobody else was ready.",
        "규칙 ‘{rule}’. 준비된 다른 태스크가 없었다.";
    ChosenKernel:
        "A thread of the kernel goes before every user task; {other} waits.",
        "커널 스레드는 모든 사용자 태스크보다 먼저다. {other:은} 기다린다.";
    ChosenFirst:
        "It stands first in the queue; {other} came after it.",
        "큐의 맨 앞에 있다. {other:은} 그 뒤에 왔다.";
    ChosenShortest:
        "It needs {key}, the shortest; {other} needs {other_key}.",
        "필요한 시간이 {key:으로} 가장 짧다. {other:은} {other_key:이} 필요하다.";
    ChosenLeast:
        "It has {key} left, the least; {other} has {other_key} left.",
        "남은 시간이 {key:으로} 가장 적다. {other:은} {other_key:이} 남았다.";
    ChosenPriority:
        "Its priority {key} is the best; {other} has {other_key}.",
        "우선순위 {key:이} 가장 좋다. {other:은} {other_key:이다}.";
    ChosenLevel:
        "It is in {key}, above {other} in {other_key} (rule 1).",
        "{key}에 있어, {other_key}에 있는 {other}보다 위다 (규칙 1).";
    ChosenTurn:
        "It stands first in its queue; {other} comes after it (rule 2).",
        "자기 큐의 맨 앞에 있다. {other:은} 그 뒤에 온다 (규칙 2).";
    ChosenTie:
        "It and {other} are equal, and the rule for ties prefers it.",
        "{other:과} 같지만, 동률 규칙이 이쪽을 앞세운다.";
    ChosenNewcomer:
        "It and {other} both need {key}; the newcomer goes first.",
        "{other:과} 똑같이 {key:이} 필요하다. 새로 온 쪽이 먼저다.";
    ChosenRing:
        "It is the next ready task by number after the last one run; {other} comes later.",
        "마지막으로 실행된 것 다음 번호의 준비된 태스크다. {other:은} 더 뒤다.";
    ChosenNow:
        "Its I/O is done and it runs at once, before {other}.",
        "I/O가 끝나 {other}보다 먼저 곧바로 실행된다.";
    ChosenHeld:
        "The CPU was held for it while it waited for I/O.",
        "I/O를 기다리는 동안 CPU가 붙들려 있었다.";
    ChosenBy:
        "By “{rule}”; {other} comes second.",
        "규칙 ‘{rule}’. {other:이} 두 번째다.";
    ChosenByKeys:
        "By “{rule}”: {key} against {other_key} of {other}.",
        "규칙 ‘{rule}’: {key} 대 {other}의 {other_key}.";

    DisplacedBoost:
        "The boost gathers the running task too; nobody is chosen yet.",
        "부스트가 실행 중이던 태스크도 모은다. 아직 아무도 고르지 않았다.";
    DisplacedKernel:
        "A thread of the kernel goes before every user task.",
        "커널 스레드는 모든 사용자 태스크보다 먼저다.";
    DisplacedLess:
        "{by} needs {key}, less than the {other_key} that {task} still needs.",
        "{by:이} 필요한 시간 {key:은} {task}에 남은 {other_key}보다 짧다.";
    DisplacedNewcomer:
        "Both need {key}; by the rule for equal times the newcomer takes the CPU.",
        "둘 다 {key:이} 필요하다. 같은 시간이면 새로 온 쪽이 CPU를 가져간다.";
    DisplacedPriority:
        "{by} has priority {key}, better than {other_key} of {task}.",
        "{by}의 우선순위 {key:이} {task}의 {other_key}보다 좋다.";
    DisplacedLevel:
        "{by} is in {key}, above {task} in {other_key} (rule 1).",
        "{by:은} {key}에 있어, {other_key}에 있는 {task}보다 위다 (규칙 1).";
    DisplacedEqual:
        "{by} comes back from I/O to the head of the same queue and displaces its equal.",
        "{by:이} I/O에서 같은 큐의 맨 앞으로 돌아와 동급을 밀어낸다.";
    DisplacedNow:
        "The I/O of {by} is done, and it runs at once.",
        "{by}의 I/O가 끝나 곧바로 실행된다.";
    DisplacedBy:
        "By “{rule}”.",
        "규칙 ‘{rule}’.";

    WhySliceEnd:
        "Nobody keeps the CPU for longer than {slice} in one go; if nobody else is ready it gets it again, without a switch.",
        "한 번에 {slice}보다 오래 CPU를 가질 수 없다. 준비된 다른 태스크가 없으면 전환 없이 다시 받는다.";
    WhyDemoteAccounting:
        "It has used {used} of CPU at {from}, all its allotment, in however many pieces (rule 4).",
        "{from}에서 CPU를 {used} 써서 할당량을 다 썼다. 몇 번에 나누어 썼는지는 상관없다 (규칙 4).";
    WhyDemotePerSlice:
        "It has used up its slices at {from}, {used} in one go (rule 4a).",
        "{from}에서 타임 슬라이스를 {used} 모두 썼다 (규칙 4a).";
    WhyBoost:
        "After every boost period all tasks move to the topmost queue, so that none starves (rule 5).",
        "부스트 주기마다 모든 태스크를 맨 위 큐로 옮겨 아무도 굶지 않게 한다 (규칙 5).";
    WhyAge:
        "It has waited without a break for another ageing period.",
        "에이징 주기를 한 번 더 쉬지 않고 기다렸다.";
    WhyEstimate:
        "The guess is the weighted mean of the last burst and the guess before it.",
        "추정은 지난 버스트와 그 전 추정의 가중 평균이다.";
    WhyTimer:
        "The timer is how the kernel gets the CPU back without being asked.",
        "타이머 덕에 커널은 부탁받지 않고도 CPU를 되찾는다.";
    WhyDevice:
        "A device that is done asks for the kernel, whoever is running.",
        "일을 마친 장치는 누가 실행 중이든 커널을 부른다.";
    WhySyscall:
        "User mode cannot do this itself: it asks the kernel, by number.",
        "사용자 모드는 스스로 할 수 없어 커널에 번호로 부탁한다.";
    WhyException:
        "The instruction that was running cannot be completed in user mode.",
        "실행하던 명령을 사용자 모드에서는 마칠 수 없다.";
    WhyReschedule:
        "Another CPU, or a task that has just arrived, asks for a decision here.",
        "다른 CPU나 갓 도착한 태스크가 여기서 결정을 내려 달라고 한다.";
    WhySyscallNumber:
        "The kernel takes numbers, never addresses, and refuses those it does not know.",
        "커널은 주소가 아니라 번호만 받고, 모르는 번호는 거절한다.";
    WhyViolation:
        "Only kernel mode may execute this instruction; the hardware checks the mode bit.",
        "이 명령은 커널 모드만 실행할 수 있다. 하드웨어가 모드 비트를 확인한다.";
    WhyZombie:
        "Its process structure stays, with the status, until its parent has read it.",
        "부모가 읽을 때까지 프로세스 구조체가 종료 상태와 함께 남는다.";
    WhyHold:
        "Computing and I/O do not overlap here: the CPU waits with its task.",
        "여기서는 계산과 I/O가 겹치지 않는다: CPU가 태스크와 함께 기다린다.";

    NotReady:
        "{task} was not ready: {state} since {since}.",
        "{task:은} 준비되지 않았다: {since}부터 {state}.";
    NotByRule:
        "“{rule}” prefers {winner} to {task}.",
        "규칙 ‘{rule}’이 {task}보다 {winner:을} 앞세운다.";
    NotLater:
        "{task} stands behind {winner} in the queue.",
        "{task:은} 큐에서 {winner}의 뒤에 있다.";
    NotEqual:
        "{task} has {key} too; the rule for ties prefers {winner}.",
        "{task}도 {key}이지만 동률 규칙이 {winner:을} 앞세운다.";
    NotLonger:
        "{task} needs {key}, more than {winner_key} of {winner}.",
        "{task:은} {key:이} 필요하여 {winner}의 {winner_key}보다 길다.";
    NotLower:
        "{task} is in {key}, below {winner} in {winner_key}.",
        "{task:은} {key}에 있어 {winner_key}의 {winner}보다 아래다.";
    NotWorse:
        "{task} has priority {key}, worse than {winner_key} of {winner}.",
        "{task}의 우선순위 {key:은} {winner}의 {winner_key}보다 나쁘다.";
    NotNumber:
        "{task} comes after {winner} in the ring.",
        "{task:은} 차례에서 {winner}보다 뒤다.";
}
