//! The rules panel, in words. The rules themselves are in [`super::rules`].

use kernelscope_sim::conventions::Profile;

use super::Lang;
use crate::messages;

messages! {
    /// What the scenario chooses.
    conventions: "Conventions of this scenario", "이 시나리오의 규약";
    /// A set of conventions.
    profile: "Profile", "프로필";
    /// None of the profiles.
    own_mix: "a mix of its own", "직접 고른 조합";
    /// An order of phases that has no name.
    own_order: "an order of its own", "직접 정한 순서";
    /// Conventions that decide nothing here.
    no_effect(number: usize): "{number} without effect under this policy", "이 정책에서 영향이 없는 규약 {number}개";
    /// What is always the same.
    always: "Always the same", "늘 같은 규칙";
    /// Rules of policies that are not in use.
    other_policies: "Rules of other policies", "다른 정책의 규칙";
    /// What is simplified on purpose.
    left_out: "What the model leaves out", "모형이 뺀 것";
    /// The rule behind the last step.
    just_decided: "Behind the last step.", "방금 단계의 규칙.";
}

/// What a profile is called.
pub const fn profile_name(profile: Profile, lang: Lang) -> &'static str {
    match profile {
        Profile::Textbook => lang.pick("textbook", "교과서"),
        Profile::Ostep => lang.pick("OSTEP's programs", "OSTEP 프로그램"),
        Profile::Linux => lang.pick("Linux", "리눅스"),
    }
}
