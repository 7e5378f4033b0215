//! What is wrong, counted, and what no field of the form can tell; and the way back.

use kernelscope_share::params;
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use yew::prelude::*;

use super::{EditorProps, policy_of};
use crate::i18n::{editor as text, problems as words, use_lang};
use crate::sharing::{self, Saved};
use crate::state::{Action, Origin};

/// How many problems without a field are told.
const TOLD: usize = 8;

/// What is wrong: how much, and everything that stands at no field.
#[component]
pub(super) fn Problems(props: &EditorProps) -> Html {
    let lang = use_lang();
    let count = props.problems.len();
    if count == 0 {
        return Html::default();
    }
    let summary = match props.run {
        Some(_) => text::problems(lang, count),
        None => text::problems_unrun(lang, count),
    };
    let homeless = props.problems.iter().filter(|problem| !has_field(&props.document, problem));
    html! {
        <div class="problems" role="status">
            <p>{ summary }</p>
            <ul>
                { for homeless.take(TOLD).map(|problem| html! {
                    <li key={problem.path.clone()}>
                        if !problem.path.is_empty() { <code>{ &problem.path }</code>{ " " } }
                        { words::describe(lang, problem, props.ruler()) }
                    </li>
                }) }
            </ul>
        </div>
    }
}

/// Whether the form shows a field at which this problem is told.
fn has_field(document: &Value, problem: &Diagnostic) -> bool {
    if problem.path.starts_with("inputs[") {
        return true;
    }
    let path = problem.path.as_str();
    let shown = |row: &params::Field| match row.pattern.strip_prefix("machine.policy.") {
        Some(rest) => rest.starts_with(policy_of(document)),
        None => !row.pattern.starts_with("rules."),
    };
    params::field(path).is_some_and(shown)
}

/// Undo, redo, a fresh sheet.
#[component]
pub(super) fn History(props: &EditorProps) -> Html {
    let lang = use_lang();
    let on = |action: Action| props.act.reform(move |_: MouseEvent| action.clone());
    let blank = Saved { document: sharing::blank(), ..Saved::default() };
    let fresh = Action::Open(Origin::New, Box::new(blank));
    html! {
        <div class="editor-history">
            <button type="button" onclick={on(Action::Undo)} disabled={!props.history.0}>{ "↶ " }{ text::undo(lang) }</button>
            <button type="button" onclick={on(Action::Redo)} disabled={!props.history.1}>{ "↷ " }{ text::redo(lang) }</button>
            <button type="button" class="quiet" onclick={on(fresh)}>{ text::new(lang) }</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernelscope_sim::diagnostic::Code;
    use serde_json::json;

    #[test]
    fn a_problem_that_no_field_shows_is_told_above() {
        let document = json!({ "machine": { "policy": { "rr": {} } } });
        let homeless = |path: &str| !has_field(&document, &Diagnostic::new(path, Code::Missing));
        assert!(homeless("version"));
        assert!(homeless("colour"));
        assert!(homeless("rules.tie"));
        assert!(homeless("machine.policy.mlfq.boost"));
        assert!(!homeless("machine.policy.rr.quantum"));
        assert!(!homeless("processes[3].program"));
        assert!(!homeless("inputs[0].kill"));
    }
}
