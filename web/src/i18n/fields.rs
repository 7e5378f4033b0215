//! What the fields of a scenario and the words in them are called in a form: one row for each row of the table of
//! parameters, which a test checks.

use super::{Lang, rules};
use kernelscope_sim::rules::{RULES, Rule, RuleKind};

macro_rules! names {
    ($($key:literal: $en:literal, $ko:literal;)+) => {
        &[$(($key, $en, $ko)),+]
    };
}

type Names = &'static [(&'static str, &'static str, &'static str)];

const FIELDS: Names = names! {
    "title": "title", "제목";
    "seed": "seed", "시드";
    "profile": "profile", "프로필";
    "unit": "unit", "단위";
    "machine.preset": "costs as on", "비용 기준";
    "machine.cpus": "CPUs", "CPU 수";
    "machine.timer": "timer", "타이머";
    "machine.overlap": "others run during I/O", "I/O 중 다른 태스크 실행";
    "machine.nested_interrupts": "nested interrupts", "중첩 인터럽트";
    "machine.reap_after": "reaped after", "회수까지";
    "machine.first_pid": "first pid", "첫 pid";
    "machine.costs.mode_switch": "mode switch", "모드 전환";
    "machine.costs.timer_handler": "timer handler", "타이머 처리기";
    "machine.costs.process_switch": "process switch", "프로세스 전환";
    "machine.costs.thread_switch": "thread switch", "스레드 전환";
    "machine.policy.sjf.estimate": "estimate lengths", "길이 추정";
    "machine.policy.sjf.estimate.initial": "first guess", "첫 추정";
    "machine.policy.sjf.estimate.alpha": "weight of the last burst", "마지막 버스트의 비중";
    "machine.policy.stcf.estimate": "estimate lengths", "길이 추정";
    "machine.policy.stcf.estimate.initial": "first guess", "첫 추정";
    "machine.policy.stcf.estimate.alpha": "weight of the last burst", "마지막 버스트의 비중";
    "machine.policy.rr.quantum": "quantum", "퀀텀";
    "machine.policy.priority.preemptive": "preemptive", "선점형";
    "machine.policy.priority.quantum": "quantum among equals", "같은 순위끼리의 퀀텀";
    "machine.policy.priority.age_every": "ageing every", "에이징 주기";
    "machine.policy.priority.age_step": "ageing step", "에이징 폭";
    "machine.policy.mlfq.levels": "levels", "단계 수";
    "machine.policy.mlfq.quantum": "quantum", "퀀텀";
    "machine.policy.mlfq.allotment": "allotment", "할당량";
    "machine.policy.mlfq.boost": "boost every", "부스트 주기";
    "machine.policy.mlfq.preempt_on_higher": "a better level preempts", "높은 단계가 선점";
    "machine.policy.mlfq.reserved_top": "levels closed to users", "사용자에게 닫힌 단계";
    "machine.policy.mlfq.nice_advice": "nice tasks start lower", "nice한 태스크는 아래에서 시작";
    "machine.policy.next_in_ring.on_io": "on I/O", "I/O를 시작하면";
    "machine.policy.next_in_ring.on_io_done": "when I/O is done", "I/O가 끝나면";
    "machine.devices.*.servers": "requests at a time", "동시 요청 수";
    "processes[].name": "name", "이름";
    "processes[].count": "copies", "개수";
    "processes[].at": "arrives", "도착";
    "processes[].every": "one every", "도착 간격";
    "processes[].nice": "nice", "nice";
    "processes[].priority": "priority", "우선순위";
    "processes[].kind": "kind", "종류";
    "processes[].program": "program", "프로그램";
    "limits.until": "ends at", "끝나는 때";
    "limits.steps": "steps at most", "최대 걸음 수";
    "limits.zero_time_ops": "operations in one instant", "한 순간의 연산 수";
};

/// Words that stand in fields, and the names of the policies.
const WORDS: Names = names! {
    "textbook": "textbook", "교과서";
    "ostep": "OSTEP’s programs", "OSTEP 프로그램";
    "linux": "Linux", "Linux";
    "free": "free", "모두 무료";
    "modern": "a present-day PC", "요즘 PC";
    "firefly_1991": "DEC Firefly, 1991", "DEC Firefly, 1991";
    "exact": "exact", "정확히";
    "off": "off", "끔";
    "user": "user process", "사용자 프로세스";
    "kernel_thread": "kernel thread", "커널 스레드";
    "switch": "run another task", "다른 태스크 실행";
    "hold": "hold the CPU", "CPU를 잡고 기다림";
    "later": "it waits its turn", "차례를 기다림";
    "now": "it runs at once", "바로 실행";
    "fifo": "FIFO: first in, first out", "FIFO: 선입선출";
    "sjf": "SJF: shortest job first", "SJF: 최단 작업 우선";
    "stcf": "STCF: shortest to completion", "STCF: 최소 잔여 시간 우선";
    "rr": "RR: round robin", "RR: 라운드 로빈";
    "priority": "Static priority", "고정 우선순위";
    "mlfq": "MLFQ: feedback queues", "MLFQ: 다단계 피드백 큐";
    "next_in_ring": "Next in ring (process-run)", "다음 번호 (process-run)";
};

fn find(table: Names, key: &str, lang: Lang) -> Option<&'static str> {
    table.iter().find(|(known, _, _)| *known == key).map(|(_, en, ko)| lang.pick(*en, *ko))
}

/// What a field is called, by its pattern in the table of parameters.
pub fn name(lang: Lang, pattern: &str) -> Option<&'static str> {
    find(FIELDS, pattern, lang).or_else(|| {
        let field = pattern.strip_prefix("rules.")?;
        let is_it = |rule: &&Rule| matches!(rule.kind, RuleKind::Convention(name) if name == field);
        Some(rules::text(RULES.iter().find(is_it)?.id, lang).name)
    })
}

/// A word that stands in a field, or the name of a policy; as it is if it needs no translation.
pub fn word(lang: Lang, word: &str) -> &str {
    find(WORDS, word, lang).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernelscope_share::params::{self, Kind, TABLE};

    #[test]
    fn every_field_has_a_name() {
        let nameless: Vec<&str> = TABLE
            .iter()
            .map(|field| field.pattern.as_str())
            .filter(|pattern| name(Lang::Ko, pattern).is_none())
            .collect();
        assert!(nameless.is_empty(), "{nameless:?}");
    }

    #[test]
    fn every_policy_and_every_word_outside_the_rules_has_a_name() {
        let fields = TABLE.iter().filter(|field| !field.pattern.starts_with("rules."));
        let words = fields.filter_map(|field| match &field.kind {
            Kind::Choice(words) => Some(words.iter().copied()),
            _ => None,
        });
        for word in words.flatten().chain(params::policies()) {
            assert!(find(WORDS, word, Lang::En).is_some(), "{word}");
        }
    }

    #[test]
    fn no_row_is_about_a_field_that_does_not_exist() {
        for (pattern, _, _) in FIELDS {
            assert!(TABLE.iter().any(|field| field.pattern == *pattern), "{pattern}");
        }
    }
}
