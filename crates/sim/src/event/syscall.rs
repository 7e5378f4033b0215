//! The numbers of the system calls that operations make.

/// `exit`.
pub const EXIT: u32 = 60;
/// `read`, which stands for every blocking request to a device.
pub const READ: u32 = 0;
/// `nanosleep`.
pub const SLEEP: u32 = 35;
/// `sched_yield`.
pub const YIELD: u32 = 24;
/// `mmap`: map a region.
pub const MMAP: u32 = 9;
/// `munmap`: take a region away.
pub const MUNMAP: u32 = 11;
/// `fork`: make a child.
pub const FORK: u32 = 57;
/// `wait4`: wait for a child to end.
pub const WAIT: u32 = 61;
/// `kill`: send a signal.
pub const KILL: u32 = 62;
/// `getpid`, the call that does nothing else.
pub const GETPID: u32 = 39;
/// The numbers that the kernel's table knows, as on x86-64 Linux, with their names.
pub const TABLE: [(u32, &str); 10] = [
    (READ, "read"),
    (MMAP, "mmap"),
    (MUNMAP, "munmap"),
    (YIELD, "sched_yield"),
    (SLEEP, "nanosleep"),
    (GETPID, "getpid"),
    (FORK, "fork"),
    (EXIT, "exit"),
    (WAIT, "wait4"),
    (KILL, "kill"),
];

/// The name of a system call, if the kernel has one of that number.
pub fn name(number: u32) -> Option<&'static str> {
    TABLE.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}
