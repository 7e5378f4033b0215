//! The parameters of the policies.
//!
//! In a document a policy is its name, or an object of one field: the name, with the parameters in it. To add one:
//! its row in [`POLICIES`], and the two conversions of [`PolicyForm`], which the compiler asks for.

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::scenario::{Aging, Estimate, LevelSpec, MlfqSpec, OnIo, OnIoDone, Param, PolicySpec};
use kernelscope_sim::time::Nanos;
use kernelscope_sim::validate::bounds;

use super::rows::{duration, flag, number};
use crate::lens::{Lens, Live, PerLevel, Row, Suffix};

/// One policy of the table.
pub(crate) struct Policy {
    /// Its name in files.
    pub(crate) name: &'static str,
    pub(crate) tag: Tag,
    /// Its parameters.
    pub(crate) rows: &'static [Row<PolicyForm>],
}

/// A policy without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Fifo,
    Sjf,
    Stcf,
    Rr,
    Priority,
    Mlfq,
    NextInRing,
}

/// Every policy. The order is that of the editor's menu.
pub(crate) static POLICIES: &[Policy] = &[
    Policy { name: "fifo", tag: Tag::Fifo, rows: &[] },
    Policy { name: "sjf", tag: Tag::Sjf, rows: &[ESTIMATE] },
    Policy { name: "stcf", tag: Tag::Stcf, rows: &[ESTIMATE] },
    Policy { name: "rr", tag: Tag::Rr, rows: &[QUANTUM] },
    Policy {
        name: "priority",
        tag: Tag::Priority,
        rows: &[
            Row::<PolicyForm>::new("preemptive", "preemption", flag!(form => form.preemptive)),
            Row::<PolicyForm>::new(
                "quantum",
                "quantum",
                Lens::Switchable { get: |form| form.turns, set: |form, time| form.turns = time },
            )
            .live(Live::One(Param::Quantum))
            .sweep(),
            Row::<PolicyForm>::new(
                "age_every",
                "aging",
                Lens::Switchable { get: |form| form.age_every, set: |form, time| form.age_every = time },
            )
            .live(Live::One(Param::AgingEvery))
            .sweep(),
            Row::<PolicyForm>::new(
                "age_step",
                "aging",
                number!((1, bounds::PRIORITY), u32, form => form.age_step),
            )
            .live(Live::One(Param::AgingStep))
            .sweep(),
        ],
    },
    Policy {
        name: "mlfq",
        tag: Tag::Mlfq,
        rows: &[
            Row::<PolicyForm>::new("levels", "level", number!((1, bounds::LEVELS), u8, form => form.levels))
                .sweep(),
            Row::<PolicyForm>::new(
                "quantum",
                "quantum",
                Lens::PerLevel { get: |form| Some(&form.quanta), set: |form, times| form.quanta = times },
            )
            .live(Live::EachLevel(Param::LevelQuantum))
            .sweep(),
            Row::<PolicyForm>::new(
                "allotment",
                "allotment",
                Lens::PerLevel {
                    get: |form| form.allotments.as_ref(),
                    set: |form, times| form.allotments = Some(times),
                },
            )
            .live(Live::EachLevel(Param::LevelAllotment))
            .sweep(),
            Row::<PolicyForm>::new(
                "boost",
                "boost",
                Lens::Switchable { get: |form| form.boost, set: |form, time| form.boost = time },
            )
            .live(Live::One(Param::Boost))
            .sweep(),
            Row::<PolicyForm>::new("preempt_on_higher", "preemption", flag!(form => form.preempt_on_higher)),
            Row::<PolicyForm>::new(
                "reserved_top",
                "level",
                number!((0, bounds::LEVELS - 1), u8, form => form.reserved_top),
            ),
            Row::<PolicyForm>::new("nice_advice", "nice", flag!(form => form.nice_advice)),
        ],
    },
    Policy {
        name: "next_in_ring",
        tag: Tag::NextInRing,
        rows: &[
            Row::<PolicyForm>::new(
                "on_io",
                "overlap",
                Lens::Choice {
                    words: || vec!["switch", "hold"],
                    get: |form| if form.holds { "hold" } else { "switch" },
                    set: |form, word| form.holds = word == "hold",
                },
            ),
            Row::<PolicyForm>::new(
                "on_io_done",
                "preemption",
                Lens::Choice {
                    words: || vec!["later", "now"],
                    get: |form| if form.at_once { "now" } else { "later" },
                    set: |form, word| form.at_once = word == "now",
                },
            ),
        ],
    },
];

const QUANTUM: Row<PolicyForm> = Row::<PolicyForm>::new(
    "quantum",
    "quantum",
    Lens::Duration {
        least: Nanos(1),
        suffix: Suffix::Optional,
        get: |form| form.quantum,
        set: |form, time| form.quantum = time,
    },
)
.live(Live::One(Param::Quantum))
.sweep();

const ESTIMATE: Row<PolicyForm> = Row::<PolicyForm>::new(
    "estimate",
    "estimate",
    Lens::Group {
        rows: &[
            Row::<PolicyForm>::new("initial", "estimate", duration!(form => form.initial)).sweep(),
            Row::<PolicyForm>::new(
                "alpha",
                "estimate",
                Lens::Hundredths { get: |form| form.alpha, set: |form, alpha| form.alpha = alpha },
            )
            .sweep(),
        ],
        is_on: |form| form.estimates,
        switch: |form, on| form.estimates = on,
    },
);

/// The parameters of all policies as files have them, whichever the policy is.
#[derive(Clone, Debug)]
pub(crate) struct PolicyForm {
    pub(crate) tag: Tag,
    pub(crate) quantum: Nanos,
    /// The quantum among equals, where that can be switched off.
    pub(crate) turns: Option<Nanos>,
    pub(crate) estimates: bool,
    pub(crate) initial: Nanos,
    pub(crate) alpha: u8,
    pub(crate) preemptive: bool,
    pub(crate) age_every: Option<Nanos>,
    pub(crate) age_step: u32,
    /// 0 for as many as the lists have.
    pub(crate) levels: u8,
    pub(crate) quanta: PerLevel,
    /// None for the quantum.
    pub(crate) allotments: Option<PerLevel>,
    pub(crate) boost: Option<Nanos>,
    pub(crate) preempt_on_higher: bool,
    pub(crate) reserved_top: u8,
    pub(crate) nice_advice: bool,
    pub(crate) holds: bool,
    pub(crate) at_once: bool,
}

/// Levels of a multi-level feedback queue when nothing says how many.
const LEVELS: usize = 3;

impl PolicyForm {
    /// The parameters where nothing is said about them: times are ten units.
    pub(crate) fn new(tag: Tag, unit: Nanos) -> PolicyForm {
        let ten = Nanos(unit.0.saturating_mul(10).min(Nanos::MAX.0));
        PolicyForm {
            tag,
            quantum: ten,
            turns: None,
            estimates: false,
            initial: ten,
            alpha: 50,
            preemptive: true,
            age_every: None,
            age_step: 1,
            levels: 0,
            quanta: PerLevel::All(ten),
            allotments: None,
            boost: None,
            preempt_on_higher: true,
            reserved_top: 0,
            nice_advice: false,
            holds: false,
            at_once: false,
        }
    }

    /// The policy, or what does not go together.
    pub(crate) fn into_spec(self) -> Result<PolicySpec, Diagnostic> {
        let estimate =
            self.estimates.then_some(Estimate { initial: self.initial, alpha_percent: self.alpha });
        Ok(match self.tag {
            Tag::Fifo => PolicySpec::Fifo,
            Tag::Sjf => PolicySpec::Sjf { estimate },
            Tag::Stcf => PolicySpec::Stcf { estimate },
            Tag::Rr => PolicySpec::Rr { quantum: self.quantum },
            Tag::Priority => PolicySpec::Priority {
                preemptive: self.preemptive,
                quantum: self.turns,
                aging: self.age_every.map(|every| Aging { every, step: self.age_step }),
            },
            Tag::Mlfq => PolicySpec::Mlfq(MlfqSpec {
                levels: self.levels()?,
                boost: self.boost,
                preempt_on_higher: self.preempt_on_higher,
                reserved_top: self.reserved_top,
                nice_advice: self.nice_advice,
            }),
            Tag::NextInRing => PolicySpec::NextInRing {
                on_io: if self.holds { OnIo::Hold } else { OnIo::Switch },
                on_io_done: if self.at_once { OnIoDone::Now } else { OnIoDone::Later },
            },
        })
    }

    /// The levels that number and lists describe together. Lists of different lengths do not.
    fn levels(&self) -> Result<Vec<LevelSpec>, Diagnostic> {
        let said = [
            ("levels", Some(usize::from(self.levels)).filter(|levels| *levels > 0)),
            ("quantum", self.quanta.listed()),
            ("allotment", self.allotments.as_ref().and_then(PerLevel::listed)),
        ];
        let mut counts = said.iter().filter_map(|(name, count)| Some((*name, (*count)?)));
        let (first, count) = counts.next().unwrap_or(("levels", LEVELS));
        if let Some((name, other)) = counts.find(|(_, other)| *other != count) {
            let with = Allowed::With(format!("{first} ({count})"));
            return Err(Diagnostic::new(name, Code::Conflict).found(other).allowed(with));
        }
        if count > usize::from(bounds::LEVELS) {
            let most = Allowed::AtMost(bounds::LEVELS.into());
            return Err(Diagnostic::new(first, Code::TooMany).found(count).allowed(most));
        }
        let level = |level| {
            let quantum = self.quanta.at(level);
            LevelSpec {
                quantum,
                allotment: self.allotments.as_ref().map_or(quantum, |times| times.at(level)),
            }
        };
        Ok((0..count).map(level).collect())
    }

    /// The parameters of a policy.
    pub(crate) fn from_spec(spec: &PolicySpec, unit: Nanos) -> PolicyForm {
        let new = |tag| PolicyForm::new(tag, unit);
        let with_estimate = |tag, estimate: &Option<Estimate>| match estimate {
            Some(Estimate { initial, alpha_percent }) => {
                PolicyForm { estimates: true, initial: *initial, alpha: *alpha_percent, ..new(tag) }
            }
            None => new(tag),
        };
        match spec {
            PolicySpec::Fifo => new(Tag::Fifo),
            PolicySpec::Sjf { estimate } => with_estimate(Tag::Sjf, estimate),
            PolicySpec::Stcf { estimate } => with_estimate(Tag::Stcf, estimate),
            PolicySpec::Rr { quantum } => PolicyForm { quantum: *quantum, ..new(Tag::Rr) },
            PolicySpec::Priority { preemptive, quantum, aging } => PolicyForm {
                preemptive: *preemptive,
                turns: *quantum,
                age_every: aging.map(|aging| aging.every),
                age_step: aging.map_or(1, |aging| aging.step),
                ..new(Tag::Priority)
            },
            PolicySpec::Mlfq(spec) => PolicyForm::from_mlfq(spec, unit),
            PolicySpec::NextInRing { on_io, on_io_done } => PolicyForm {
                holds: *on_io == OnIo::Hold,
                at_once: *on_io_done == OnIoDone::Now,
                ..new(Tag::NextInRing)
            },
        }
    }

    fn from_mlfq(spec: &MlfqSpec, unit: Nanos) -> PolicyForm {
        let quanta = PerLevel::shortest(spec.levels.iter().map(|level| level.quantum));
        let as_quantum = spec.levels.iter().all(|level| level.allotment == level.quantum);
        let allotments =
            (!as_quantum).then(|| PerLevel::shortest(spec.levels.iter().map(|level| level.allotment)));
        // A list says how many levels there are; so does leaving the number out.
        let is_listed = quanta.listed().or(allotments.as_ref().and_then(PerLevel::listed)).is_some();
        let is_said = is_listed || spec.levels.len() == LEVELS;
        PolicyForm {
            levels: if is_said { 0 } else { u8::try_from(spec.levels.len()).unwrap_or(u8::MAX) },
            quanta,
            allotments,
            boost: spec.boost,
            preempt_on_higher: spec.preempt_on_higher,
            reserved_top: spec.reserved_top,
            nice_advice: spec.nice_advice,
            ..PolicyForm::new(Tag::Mlfq, unit)
        }
    }

    /// Its row of the table.
    pub(crate) fn policy(&self) -> &'static Policy {
        policy(self.tag)
    }
}

/// The row of a policy.
pub(crate) fn policy(tag: Tag) -> &'static Policy {
    POLICIES.iter().find(|policy| policy.tag == tag).unwrap_or(&POLICIES[0])
}
