//! The way from an event to the rule behind it.

use kernelscope_sim::rules::RuleId;
use yew::prelude::*;

use crate::i18n::{panels as t, rules, use_lang};
use crate::state::{Action, Panel};

/// Which rule.
#[derive(Properties, PartialEq)]
pub(super) struct RuleLinkProps {
    /// The rule.
    pub(super) rule: RuleId,
    /// Where actions go.
    pub(super) act: Callback<Action>,
}

/// The rule's name, its source, and a button that opens the rules panel.
#[component]
pub(super) fn RuleLink(RuleLinkProps { rule, act }: &RuleLinkProps) -> Html {
    let lang = use_lang();
    let text = rules::text(*rule, lang);
    let onclick = act.reform(|_: MouseEvent| Action::Show(Panel::Rules));
    html! {
        <p class="rule-link">
            <button type="button" class="link" title={text.says} {onclick}>
                <span class="sr-only">{ t::rule(lang) }{ ": " }</span>{ text.name }
            </button>
            <cite>{ rule.rule().source }</cite>
        </p>
    }
}
