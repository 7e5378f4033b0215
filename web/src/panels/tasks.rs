//! Every task at the cursor as a row; the chosen one's state in the diagram that every textbook draws.

use kernelscope_session::view::TaskView;
use kernelscope_sim::time::Nanos;
use yew::prelude::*;

use super::PanelProps;
use super::state_diagram::StateDiagram;
use super::told::chip;
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, editor, panels as t, use_lang};
use crate::state::Action;

/// Rows that are shown before somebody asks for more.
const FIRST: usize = 200;

/// Every task at the cursor.
#[component]
pub fn Tasks(props: &PanelProps) -> Html {
    let PanelProps { run, selection, .. } = props;
    let lang = use_lang();
    let shown = use_state_eq(|| FIRST);
    let hidden = run.snapshot.tasks.len().saturating_sub(*shown);
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST))
    };
    let swaps = run.scenario.machine.memory.as_ref().is_some_and(|memory| memory.load.admission);
    let chosen = selection.task.and_then(|task| run.snapshot.tasks.get(task.index()));
    html! {
        <section class="tasks" data-testid="tasks">
            <div class="scroll" tabindex="0" role="region" aria-label={t::task_table(lang)}>
                <table class="grid">
                    <caption class="sr-only">{ t::tasks(lang) }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ t::task(lang) }</th>
                            <th scope="col" class="number">{ t::pid(lang) }</th>
                            <th scope="col">{ t::state(lang) }</th>
                            <th scope="col" class="number">{ t::since(lang) }</th>
                            <th scope="col" class="number">{ t::cpu_used(lang) }</th>
                            <th scope="col" class="number">{ t::cpu_left(lang) }</th>
                            <th scope="col" class="number">{ t::waited(lang) }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for run.snapshot.tasks.iter().take(*shown).map(|task| row(props, task, lang)) }
                    </tbody>
                </table>
                if hidden > 0 {
                    <button type="button" class="quiet" onclick={more}>{ editor::more_tasks(lang, hidden) }</button>
                }
            </div>
            if let Some(task) = chosen {
                <div class="tasks-states">
                    <h3>{ t::states_of(lang) }{ " " }{ chip(run, task.id) }</h3>
                    <StateDiagram state={task.state} transitions={task.transitions} {swaps} />
                </div>
            } else {
                <p class="empty">{ t::choose_task(lang) }</p>
            }
        </section>
    }
}

fn row(PanelProps { run, selection, act }: &PanelProps, task: &TaskView, lang: Lang) -> Html {
    let voice = Voice::of(run, lang);
    let chosen = selection.task == Some(task.id);
    let selection = selection.toggle_task(task.id);
    let onclick = act.reform(move |_: MouseEvent| Action::Select(selection));
    let figures = run.snapshot.tasks_metrics.get(task.id.index());
    let span = |length: Option<Nanos>| length.map_or_else(|| "–".to_owned(), |length| voice.span(length));
    html! {
        <tr key={task.id.get()} class={classes!(chosen.then_some("chosen"))}>
            <th scope="row">
                <button type="button" class="bare" aria-pressed={chosen.to_string()} {onclick}>{ chip(run, task.id) }</button>
            </th>
            <td class="number">{ task.pid.0 }</td>
            <td>{ voice.state(task.state) }</td>
            <td class="number">{ run.ruler.time(task.since) }</td>
            <td class="number">{ span(figures.map(|figures| figures.cpu)) }</td>
            <td class="number">{ task.cpu_left.map_or_else(|| "∞".to_owned(), |left| voice.span(left)) }</td>
            <td class="number">{ span(figures.map(|figures| figures.waiting)) }</td>
        </tr>
    }
}
