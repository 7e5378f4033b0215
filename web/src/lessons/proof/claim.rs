//! What a figure of a lesson claims to be, read from its text: `mean turnaround`, `cpu of G in 0..400`,
//! `in sjf: completion of A`, `time of 2nd demotion of A`, `number of page faults of A`, `free frames at end`.

use super::memory;

/// A claim: what is measured, and in which of the lesson's scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    /// The variant, if another than the step's own.
    pub(super) variant: Option<&'a str>,
    pub(super) measure: Measure<'a>,
}

/// What can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measure<'a> {
    /// A figure of the whole run, by the name that panels and sweeps know it by.
    Run(&'a str),
    /// A figure of a task at the end of the run.
    Task(&'a str, &'a str),
    /// CPU time of a task within a stretch of time.
    CpuIn(&'a str, &'a str, &'a str),
    /// The estimate of a task at a moment.
    EstimateAt(&'a str, &'a str),
    /// When a moment is.
    Time(&'a str),
    /// How much time is between two moments.
    Between(&'a str, &'a str),
    /// How many moments of a kind there are.
    Number(&'a str),
    /// A figure of memory over the whole run.
    Memory(&'a str),
    /// A figure of the access that a moment ends.
    Access(&'a str, &'a str),
    /// A figure of memory at a moment, of one task or of all of it.
    MemoryAt(&'a str, Option<&'a str>, &'a str),
}

/// The figures of a task.
pub(super) const TASK_FIGURES: [&str; 8] =
    ["arrival", "first run", "completion", "turnaround", "response", "waiting", "cpu", "blocked"];

/// The figures of a run.
pub(super) const RUN_FIGURES: [&str; 10] = [
    "mean turnaround",
    "mean response",
    "mean waiting",
    "makespan",
    "utilisation",
    "overhead",
    "switches",
    "mode switches",
    "syscalls",
    "interrupts",
];

/// Reads a claim.
pub(super) fn parse(text: &str) -> Option<Claim<'_>> {
    let (variant, rest) = match text.strip_prefix("in ").and_then(|rest| rest.split_once(": ")) {
        Some((variant, rest)) => (Some(variant), rest),
        None => (None, text),
    };
    Some(Claim { variant, measure: measure(rest)? })
}

fn measure(text: &str) -> Option<Measure<'_>> {
    if let Some(moments) = text.strip_prefix("time between ") {
        let (from, to) = moments.split_once(" and ")?;
        return Some(Measure::Between(from, to));
    }
    if let Some(moment) = text.strip_prefix("time of ") {
        return Some(Measure::Time(moment));
    }
    if let Some(moments) = text.strip_prefix("number of ") {
        return Some(Measure::Number(moments));
    }
    let of_access = memory::OF_AN_ACCESS.iter().find_map(|figure| {
        let moment = text.strip_prefix(figure)?.strip_prefix(" of ")?;
        Some(Measure::Access(figure, moment))
    });
    if of_access.is_some() {
        return of_access;
    }
    if let Some((figure, moment)) = text.split_once(" at ")
        && let Some(of_memory) = memory_at(figure, moment)
    {
        return Some(of_memory);
    }
    if let Some(figure) = memory::RUN.iter().map(|(name, _)| *name).find(|name| *name == text) {
        return Some(Measure::Memory(figure));
    }
    if let Some(rest) = text.strip_prefix("estimate of ") {
        let (task, moment) = rest.split_once(" at ")?;
        return Some(Measure::EstimateAt(task, moment));
    }
    if let Some(figure) = RUN_FIGURES.iter().chain(&["exceptions"]).find(|figure| **figure == text) {
        return Some(Measure::Run(figure));
    }
    let (figure, task) = text.split_once(" of ")?;
    if let Some((task, window)) = task.split_once(" in ") {
        let (from, to) = window.split_once("..")?;
        return (figure == "cpu").then_some(Measure::CpuIn(task, from, to));
    }
    TASK_FIGURES.contains(&figure).then_some(Measure::Task(figure, task))
}

fn memory_at<'a>(figure: &'a str, moment: &'a str) -> Option<Measure<'a>> {
    let (name, task) = match figure.split_once(" of ") {
        Some((name, task)) => (name, Some(task)),
        None => (figure, None),
    };
    let known = if task.is_some() { &memory::OF_A_TASK[..] } else { &memory::OF_ALL[..] };
    known.contains(&name).then_some(Measure::MemoryAt(name, task, moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read() {
        let claim = |text| parse(text).map(|claim| (claim.variant, claim.measure));
        assert_eq!(claim("mean turnaround"), Some((None, Measure::Run("mean turnaround"))));
        assert_eq!(claim("in sjf: completion of A"), Some((Some("sjf"), Measure::Task("completion", "A"))));
        assert_eq!(claim("cpu of G in 0..400"), Some((None, Measure::CpuIn("G", "0", "400"))));
        assert_eq!(claim("time of 2nd boost after 5"), Some((None, Measure::Time("2nd boost after 5"))));
        assert_eq!(claim("number of evictions"), Some((None, Measure::Number("evictions"))));
        assert_eq!(claim("walks"), Some((None, Measure::Memory("walks"))));
        let resident = Measure::MemoryAt("pages in frames", Some("A"), "1st exit of B");
        assert_eq!(claim("pages in frames of A at 1st exit of B"), Some((None, resident)));
        let access = Measure::Access("physical address", "2nd access of A");
        assert_eq!(claim("physical address of 2nd access of A"), Some((None, access)));
        let free = Measure::MemoryAt("free frames", None, "end");
        assert_eq!(claim("in deep: free frames at end"), Some((Some("deep"), free)));
        for nonsense in [
            "",
            "mean luck",
            "luck of A",
            "free frames of A at end",
            "pages in frames at end",
            "response of A in 0..4",
            "in sjf",
        ] {
            assert_eq!(claim(nonsense), None, "{nonsense}");
        }
    }
}
