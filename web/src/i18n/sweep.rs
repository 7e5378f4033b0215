//! The texts of the sweep.

use kernelscope_share::params;

use super::{Lang, fields};
use crate::messages;

messages! {
    /// Title.
    title: "Sweep", "매개변수 훑기";
    /// What changes.
    parameter: "Parameter", "매개변수";
    /// Nothing changes: policies are compared.
    no_parameter: "none: policies as points", "없음: 정책을 점으로";
    /// The first value.
    from: "from", "처음";
    /// The last value.
    to: "to", "끝";
    /// How many values.
    points: "points", "점 수";
    /// What is drawn.
    figure(number: usize): "Figure {number}", "지표 {number}";
    /// The curves.
    policies: "Policies", "정책";
    /// The curves of memory.
    replacements: "Page replacement", "페이지 교체";
    /// Which curves are drawn where both are chosen.
    instead_of_policies: "if chosen: a curve for each of these instead", "고르면 이들로 곡선을 그린다";
    /// More frames, more faults.
    belady(policy: &str, few: u64, before: u64, many: u64, after: u64):
        "Belady’s anomaly: {policy} faults {before} times with {few} frames and {after} times with {many}.",
        "벨레이디의 모순: {policy:은} 프레임이 {few}개일 때 {before}번, {many}개일 때 {after}번 폴트를 낸다.";
    /// No policy is chosen.
    none_means_own: "none chosen: the scenario's own", "고르지 않으면 시나리오의 정책";
    /// Begins.
    start: "Run the sweep", "훑기 시작";
    /// Ends.
    stop: "Stop", "멈춤";
    /// How far it is.
    progress: "Progress of the sweep", "훑기 진행";
    /// How many points are there.
    done_of(done: usize, total: usize): "{done} of {total} runs", "{total}번 중 {done}번";
    /// Before the first sweep.
    beginning:
        "Run the scenario again and again with another value each time, and see what it does to a figure.",
        "값을 바꾸어 가며 시나리오를 거듭 실행하고 지표가 어떻게 달라지는지 본다.";
    /// A value that the parameter does not take; where.
    refused(path: &str):
        "Not every value of this range can be run: see {path}. Choose another range.",
        "이 범위의 모든 값을 실행할 수는 없다({path}). 범위를 바꾸어 보라.";
    /// What a chart shows.
    chart(figure: &str, parameter: &str): "{figure} against {parameter}", "{parameter}에 따른 {figure}";
    /// The table.
    as_table: "The same as a table; a figure opens its run", "표로 보기. 값을 누르면 그 실행이 열린다";
    /// Opens the run of a point.
    open: "Open this run", "이 실행 열기";
    /// What something costs.
    cost_of(what: &str): "cost of a {what}", "{what} 비용";
    /// The only row of policies as points.
    result: "figures", "지표";
}

/// A parameter by its path in a document.
pub fn parameter_name(path: &str, lang: Lang) -> String {
    let Some(name) = params::field(path).and_then(|field| fields::name(lang, &field.pattern)) else {
        return path.to_owned();
    };
    if path.starts_with("machine.costs.") { cost_of(lang, name) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_told_from_what_it_is_the_cost_of() {
        assert_eq!(parameter_name("machine.costs.mode_switch", Lang::En), "cost of a mode switch");
        assert_eq!(parameter_name("machine.costs.mode_switch", Lang::Ko), "모드 전환 비용");
        assert_eq!(parameter_name("processes[2].at", Lang::Ko), "도착");
        assert_eq!(parameter_name("no.such.field", Lang::Ko), "no.such.field");
    }
}
