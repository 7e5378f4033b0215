//! The same workload under two to four policies or conventions, side by side: which they are, and every figure of
//! each with the best and the worst marked. The timeline above shows the runs on one axis under one cursor.

pub mod beside;
mod sides;
mod table;

use kernelscope_share::params::{self, Overrides};
use kernelscope_sim::rules::{RULES, RuleKind};
use kernelscope_sim::scenario::PolicySpec;
use serde_json::Value;
use yew::prelude::*;

use crate::i18n::{Lang, amount, compare as t, metrics, rules, sweep, use_lang, words};

use crate::state::{Action, Run, Selection, Shared};
use sides::Sides;
use table::Table;

/// How many runs stand side by side at most, the document's own included.
const MOST: usize = 4;

/// See [`Compare`].
#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// The runs: the document's own first.
    pub runs: Vec<Shared<Run>>,
    /// The document.
    pub document: Shared<Value>,
    /// What differs in each run but the first.
    pub compare: Shared<Vec<Overrides>>,
    /// What is chosen.
    pub selection: Selection,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The runs side by side.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let CompareProps { runs, document, compare, selection, act } = props;
    let lang = use_lang();
    let at_end = use_state_eq(|| true);
    let choose = |end: bool| {
        let at_end = at_end.clone();
        Callback::from(move |_: MouseEvent| at_end.set(end))
    };
    html! {
        <section class="compare" data-testid="compare">
            <h2 class="panel-title">{ t::title(lang) }</h2>
            <Sides
                runs={runs.clone()}
                document={document.clone()}
                compare={compare.clone()}
                selection={*selection}
                act={act.clone()}
            />
            if runs.len() > 1 {
                <div class="filters" role="group" aria-label={t::when(lang)}>
                    <button type="button" class="filter" aria-pressed={(!*at_end).to_string()} onclick={choose(false)}>
                        { metrics::so_far(lang) }
                    </button>
                    <button type="button" class="filter" aria-pressed={at_end.to_string()} onclick={choose(true)}>
                        { metrics::at_end(lang) }
                    </button>
                </div>
                <Table runs={runs.clone()} at_end={*at_end} />
            } else {
                <p class="empty">{ t::beginning(lang) }</p>
            }
        </section>
    }
}

/// What a run is called beside others: its policy with what characterises it, and what else differs from the document.
pub fn label(run: &Run, lang: Lang) -> String {
    let policy = &run.scenario.machine.policy;
    let span = |length| amount::duration(length, run.ruler);
    let name = words::policy(params::policy_name(policy), lang);
    let name = match policy {
        PolicySpec::Rr { quantum } => format!("{name} {}", span(*quantum)),
        PolicySpec::Mlfq(spec) => {
            let quanta: Vec<String> = spec.levels.iter().map(|level| run.ruler.bare(level.quantum)).collect();
            format!("{name} {}", quanta.join("/"))
        }
        _ => name.to_owned(),
    };
    let departures = run.overrides.iter().filter_map(|(path, value)| departure(path, value, lang));
    std::iter::once(name).chain(departures).collect::<Vec<_>>().join(", ")
}

/// What a run has otherwise than the scenario: a convention by its option, a parameter by its name and value. The
/// policy is named before it.
fn departure(path: &str, value: &Value, lang: Lang) -> Option<String> {
    if let Some(field) = path.strip_prefix("rules.") {
        let rule =
            RULES.iter().find(|rule| matches!(rule.kind, RuleKind::Convention(name) if name == field))?;
        let option = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return Some(rules::option(rule.id, &option, lang).map_or(option, str::to_owned));
    }
    if path.starts_with("machine.policy") {
        return None;
    }
    let is_measure = params::field(path)?.sweep;
    let name = sweep::parameter_name(path, lang);
    match value {
        Value::Bool(true) => Some(name),
        Value::Number(number) if is_measure => Some(format!("{name} {number}")),
        Value::String(length) if is_measure => Some(format!("{name} {length}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn runs_of_one_policy_are_told_apart_by_what_else_differs() {
        let told = |path, value: Value| departure(path, &value, Lang::Ko);
        assert_eq!(told("machine.memory.frames", json!(20)).as_deref(), Some("프레임 수 20"));
        assert_eq!(told("machine.costs.mode_switch", json!("2us")).as_deref(), Some("모드 전환 비용 2us"));
        assert_eq!(told("machine.memory.admission_control", json!(false)), None);
        assert_eq!(told("machine.policy", json!("sjf")), None, "it is the name itself");
        assert_eq!(told("processes[0].program", json!("cpu 3")), None, "too long for a name");
        assert!(told("rules.instant_order", json!("preempted_first")).is_some());
    }
}
