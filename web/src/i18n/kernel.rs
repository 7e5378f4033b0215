//! Entering the kernel, in words.

use crate::messages;

messages! {
    /// The mode bit is set.
    kernel_mode: "kernel mode", "커널 모드";
    /// The mode bit is clear.
    user_mode: "user mode", "사용자 모드";
    /// Why the CPU is in the kernel.
    cause: "Cause", "원인";
    /// Why the CPU was in the kernel last.
    last_cause: "Last cause", "마지막 원인";
    /// Whose registers are in the CPU.
    live_registers: "Live registers", "CPU 안의 레지스터";
    /// Whether interrupts are taken.
    interrupts: "Interrupts", "인터럽트";
    /// They are taken.
    enabled: "enabled", "허용";
    /// They wait.
    disabled: "disabled", "금지";
    /// Somebody else should run once this is over.
    resched_wanted: "the scheduler is wanted on the way out", "나가는 길에 스케줄러를 부른다";
    /// The interval timer.
    timer: "Timer", "타이머";
    /// It does not run.
    timer_off: "off: the kernel waits to be called", "꺼짐: 커널은 불리기를 기다린다";
    /// It interrupts at multiples of a period.
    timer_every(period: &str): "every {period}", "{period}마다";
    /// It interrupts at the end of a slice.
    timer_exact: "at the end of each slice", "타임 슬라이스가 끝날 때";
    /// Entries into the kernel so far.
    mode_switches: "Mode switches so far", "지금까지 모드 전환";
    /// Switches of process so far.
    process_switches: "Process switches so far", "지금까지 프로세스 전환";
    /// Cause and handler.
    trap_table: "Trap table", "트랩 테이블";
    /// The code that answers.
    handler: "Handler", "처리기";
    /// The boot has not come so far.
    not_set: "not set yet", "아직 없음";
    /// The timer's interrupt.
    by_timer: "timer interrupt", "타이머 인터럽트";
    /// A device's interrupt.
    by_device: "device interrupt", "장치 인터럽트";
    /// The interrupt of a device with a name.
    by_this_device(device: &str): "interrupt by {device}", "{device} 인터럽트";
    /// A trap by request.
    by_syscall: "system call", "시스템 콜";
    /// A trap by request, with its number.
    by_this_syscall(number: u32, call: &str): "system call {number}: {call}", "{number}번 시스템 콜: {call}";
    /// A trap by mistake.
    by_exception: "exception", "예외";
    /// A page that is not there.
    by_page_fault: "page fault", "페이지 폴트";
    /// A translation that the TLB does not know, where the kernel refills it.
    by_tlb_miss: "TLB miss", "TLB 미스";
    /// The scheduler's own interrupt.
    by_reschedule: "reschedule interrupt", "재스케줄 인터럽트";
    /// Number and handler.
    syscall_table: "System calls", "시스템 콜";
    /// The number of a call.
    number: "Number", "번호";
    /// The number is refused.
    no_such_call: "no such call: refused", "없는 콜: 거절";
    /// Where each task's registers are.
    where_registers: "Where the registers are", "레지스터가 있는 곳";
    /// A task.
    task: "Task", "태스크";
    /// The register file.
    in_cpu: "In the CPU", "CPU 안";
    /// The kernel stack of the task.
    kernel_stack: "On its kernel stack", "커널 스택";
    /// The process control block.
    process_structure: "In its process structure", "프로세스 구조체";
    /// The registers in use.
    live: "live", "사용 중";
    /// What the hardware saved.
    user_frame: "user registers, PC, flags", "사용자 레지스터, PC, 플래그";
    /// What switch() saved.
    kernel_context: "kernel registers", "커널 레지스터";
    /// The heading above the protocol.
    protocol: "Limited direct execution", "제한적 직접 실행";
}
