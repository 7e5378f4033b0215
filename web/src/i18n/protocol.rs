//! Limited direct execution in words.

use crate::messages;

messages! {
    /// The kernel's column before the first process.
    os_at_boot: "OS @ boot (kernel mode)", "OS @ 부팅 (커널 모드)";
    /// The kernel's column afterwards.
    os_at_run: "OS @ run (kernel mode)", "OS @ 실행 (커널 모드)";
    /// The hardware's column.
    hardware: "Hardware", "하드웨어";
    /// The program's column.
    program: "Program (user mode)", "프로그램 (사용자 모드)";

    /// Before the first process.
    boot: "Boot", "부팅";
    /// A process is started.
    start: "Starting a process", "프로세스 시작";
    /// A process asks the kernel.
    syscall: "System call", "시스템 콜";
    /// The timer or a device interrupts.
    timer_interrupt: "Interrupt", "인터럽트";
    /// From one process to another.
    process_switch: "Process switch", "프로세스 전환";
    /// What user mode may not do.
    exception: "Exception", "예외";
    /// A process ends.
    exit: "Exit", "종료";

    /// The kernel fills the trap table.
    init_trap_table: "initialise the trap table", "트랩 테이블를 채운다";
    /// The hardware keeps the addresses.
    remember_handlers:
        "remember the addresses of the handlers for system calls, timer, devices and illegal instructions",
        "시스템 콜, 타이머, 장치, 불법 명령 처리기의 주소를 기억한다";
    /// The kernel starts the timer.
    start_timer: "start the interrupt timer", "인터럽트 타이머를 켠다";
    /// The timer runs.
    timer_runs: "start the timer; interrupt the CPU when it is due", "타이머를 돌리고 때가 되면 CPU에 인터럽트를 건다";
    /// The kernel makes a process.
    create_process:
        "make an entry in the process list, load the program, set up its stack, fill its kernel stack with registers and PC",
        "프로세스 목록에 올리고, 프로그램을 싣고, 스택을 마련하고, 커널 스택에 레지스터와 PC를 채운다";
    /// The scheduler decides.
    choose: "the scheduler chooses who runs next", "스케줄러가 다음에 실행될 태스크를 고른다";
    /// The kernel's last instruction.
    return_from_trap: "return-from-trap", "트랩 복귀(return-from-trap)";
    /// The hardware goes back to user mode.
    restore_user:
        "restore the user registers from the kernel stack, move to user mode, jump to the PC",
        "커널 스택에서 사용자 레지스터를 복원하고, 사용자 모드로 바꾸고, PC로 뛴다";
    /// The program begins.
    run_main: "run main()", "main()을 실행한다";
    /// The program asks.
    call_system_call: "put the number in a register and trap into the OS", "번호를 레지스터에 넣고 OS로 트랩한다";
    /// The hardware goes into the kernel.
    save_user:
        "save the user registers on the kernel stack, move to kernel mode, jump to the trap handler",
        "사용자 레지스터를 커널 스택에 저장하고, 커널 모드로 바꾸고, 트랩 처리기로 뛴다";
    /// The handler finds the call.
    look_up_number: "look up the number in the table, do the work", "표에서 번호를 찾아 그 일을 한다";
    /// The program continues.
    goes_on: "go on after the trap", "트랩 다음부터 이어 간다";
    /// The interrupt.
    interrupt:
        "interrupt: save the user registers of A on its kernel stack, move to kernel mode, jump to the handler",
        "인터럽트: A의 사용자 레지스터를 그 커널 스택에 저장하고, 커널 모드로 바꾸고, 처리기로 뛴다";
    /// The handler works.
    handle_interrupt: "handle the interrupt; is somebody else to run?", "인터럽트를 처리한다. 다른 태스크를 실행할까?";
    /// The first half of a switch.
    save_kernel: "switch(): save the kernel registers of A in its process structure", "switch(): A의 커널 레지스터를 프로세스 구조체에 저장한다";
    /// The second half of a switch.
    restore_kernel:
        "restore the kernel registers of B from its process structure, move to the kernel stack of B, return-from-trap",
        "프로세스 구조체에서 B의 커널 레지스터를 복원하고, B의 커널 스택으로 옮긴 뒤 트랩 복귀한다";
    /// The hardware goes to the next.
    restore_user_of_next:
        "restore the user registers of B from its kernel stack, move to user mode, jump to its PC",
        "B의 커널 스택에서 사용자 레지스터를 복원하고, 사용자 모드로 바꾸고, B의 PC로 뛴다";
    /// The next goes on.
    next_runs: "B goes on", "B가 이어 간다";
    /// What it may not.
    forbidden: "try a privileged instruction", "특권 명령을 시도한다";
    /// The hardware refuses.
    raise_exception: "refuse it, raise an exception, move to kernel mode", "거부하고 예외를 일으켜 커널 모드로 바꾼다";
    /// The kernel ends it.
    end_process: "end the process", "프로세스를 끝낸다";
    /// The program is over.
    return_from_main: "return from main: trap via exit()", "main에서 돌아와 exit()로 트랩한다";
    /// The process is freed.
    free_memory: "free the memory of the process; it is a zombie", "프로세스의 메모리를 놓아준다. 이제 좀비다";
    /// The entry is freed.
    remove_from_list: "the parent has read the status: remove it from the process list", "부모가 상태를 읽었다: 프로세스 목록에서 지운다";
}
