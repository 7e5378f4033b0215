//! The texts of the comparison.

use crate::messages;

messages! {
    /// Title.
    title: "Compare", "비교";
    /// Before there is anything to compare with.
    beginning:
        "Put the same workload under another policy beside this one: both run on one time axis, under one cursor.",
        "같은 워크로드를 다른 정책으로 나란히 실행해 보라. 시간축과 커서는 하나다.";
    /// What can be put beside.
    add: "Put beside it:", "나란히 놓기:";
    /// Other rules instead of another policy.
    convention: "the same under another convention …", "다른 규약으로 …";
    /// The scenario itself.
    as_it_stands: "the scenario as it stands", "시나리오 그대로";
    /// A run that has no name so far.
    side(number: usize): "run {number}", "실행 {number}";
    /// Lets the other panels show it.
    show: "show in the panels", "패널에 보이기";
    /// Takes a run away.
    remove(label: &str): "Remove {label}", "{label} 빼기";
    /// At the cursor or at the end.
    when: "Which figures", "어느 때의 지표";
    /// All figures.
    figures: "Figures side by side", "나란히 본 지표";
    /// A figure of each task.
    of_each_task(figure: &str): "{figure} of each task", "태스크별 {figure}";
}
