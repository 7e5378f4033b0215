//! The texts of the sweep.

use super::Lang;
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
    /// The only row of policies as points.
    result: "figures", "지표";
}

/// A parameter by its path in a document.
pub fn parameter_name(path: &str, lang: Lang) -> String {
    let field = path.rsplit('.').next().unwrap_or(path);
    let name = match field {
        "quantum" => lang.pick("quantum", "퀀텀"),
        "allotment" => lang.pick("allotment", "할당량"),
        "levels" => lang.pick("number of queues", "큐의 수"),
        "boost" => lang.pick("boost period", "부스트 주기"),
        "age_every" => lang.pick("ageing period", "에이징 주기"),
        "age_step" => lang.pick("ageing step", "에이징 폭"),
        "initial" => lang.pick("first estimate", "첫 추정"),
        "alpha" => lang.pick("weight of the last burst", "지난 버스트의 가중치"),
        "cpus" => lang.pick("CPUs", "CPU 수"),
        "servers" => lang.pick("servers", "서버 수"),
        "mode_switch" => lang.pick("cost of a mode switch", "모드 전환 비용"),
        "timer_handler" => lang.pick("cost of the timer handler", "타이머 처리기 비용"),
        "process_switch" => lang.pick("cost of a process switch", "프로세스 전환 비용"),
        "thread_switch" => lang.pick("cost of a thread switch", "스레드 전환 비용"),
        "at" => lang.pick("arrival", "도착 시각"),
        "count" => lang.pick("number of copies", "복제 수"),
        "every" => lang.pick("time between copies", "복제 간격"),
        "nice" => lang.pick("nice", "나이스"),
        "priority" => lang.pick("priority", "우선순위"),
        _ => field,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use kernelscope_share::params::TABLE;

    use super::*;

    #[test]
    fn every_parameter_that_can_be_swept_has_a_korean_name() {
        for field in TABLE.iter().filter(|field| field.sweep) {
            let name = parameter_name(&field.pattern, Lang::Ko);
            assert!(name.contains(|letter: char| !letter.is_ascii()), "{} is called {name}", field.pattern);
        }
    }
}
