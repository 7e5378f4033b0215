//! Working sets over time, and thrashing.

use crate::messages;

messages! {
    /// The chart of working sets.
    working_sets: "Working sets over time", "시간에 따른 워킹 셋";
    /// The chart for those who cannot see it.
    chart(most: u32, frames: u32): "Working sets over time: {most} pages together at the most, {frames} {frames:frame|frames}", "시간에 따른 워킹 셋: 합쳐서 가장 많을 때 {most}페이지, 프레임 {frames}개";
    /// All of them together.
    together: "together", "합계";
    /// How many frames there are, as a line.
    frames(frames: u32): "{frames} {frames:frame|frames}", "프레임 {frames}개";
    /// How far back a working set reaches.
    tau(tau: u32): "the pages of the last {tau} references", "최근 참조 {tau}번의 페이지";
    /// The working set of a process.
    working_set: "working set", "워킹 셋";
    /// While the machine thrashes.
    thrashing: "thrashing", "스래싱";
    /// It never does.
    none: "No thrashing in this run.", "이 실행에는 스래싱이 없다.";
    /// When it does; how that shows follows.
    from_to(from: &str, to: &str): "{from} to {to}:", "{from}~{to}:";
    /// By what it is known.
    waiting(waiting: &str, computing: &str):
        "somebody waits for a major fault {waiting} of the time, and the CPUs compute {computing} of it",
        "시간의 {waiting} 동안 누군가는 주 페이지 폴트를 기다리고, CPU는 {computing}만 계산한다";
    /// By what it is known.
    too_large(wanted: u32, frames: u32):
        "the working sets together want {wanted} pages of {frames} {frames:frame|frames}",
        "프레임은 {frames}개인데 워킹 셋을 합치면 {wanted}페이지이다";
}
