//! Where every task is at the cursor: on a CPU, in which ready queue, at which device, asleep, gone.

use kernelscope_session::view::{CpuView, DeviceView, QueueView, StateView, TaskView};
use kernelscope_sim::event::Wait;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::reason::KeyKind;
use kernelscope_sim::scenario::PolicySpec;
use kernelscope_sim::time::Nanos;
use yew::prelude::*;

use super::PanelProps;
use super::bar::Bar;
use super::told::chip;
use crate::chip::task_classes;
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, panels as t, use_lang};
use crate::state::{Action, Run, Selection};

/// How many tasks of a queue are drawn; the rest are counted.
const MOST: usize = 200;

/// Where every task is at the cursor.
#[component]
pub fn Queues(PanelProps { run, selection, act }: &PanelProps) -> Html {
    let lang = use_lang();
    let shown = Shown { run, selection: *selection, act, lang };
    let snapshot = &run.snapshot;
    html! {
        <section class="queues" aria-labelledby="queues-title" data-testid="queues">
            <h2 id="queues-title" class="panel-title">
                { t::queues(lang) }<span class="title-aside">{ run.ruler.time(snapshot.now) }</span>
            </h2>
            <dl class="lanes">
                { for snapshot.cpus.iter().map(|cpu| shown.cpu(cpu)) }
                { for snapshot.queues.iter().map(|queue| shown.queue(queue)) }
                { for snapshot.devices.iter().map(|device| shown.device(device)) }
                { shown.group("sleeping", t::sleeping(lang), |task| task.state == StateView::Blocked(Wait::Sleep)) }
                { shown.group("swapped-out", t::swapped_out(lang), |task| task.state == StateView::SwappedOut) }
                { shown.group("new", t::to_come(lang), |task| task.state == StateView::New) }
                { shown.group("zombies", t::zombies(lang), |task| task.state == StateView::Zombie) }
                { shown.group("reaped", t::gone(lang), |task| task.state == StateView::Reaped) }
            </dl>
            if let Some(at) = snapshot.next_boost {
                <p class="aside" data-testid="next-boost">{ t::next_boost(lang, &run.ruler.time(at)) }</p>
            }
        </section>
    }
}

struct Shown<'a> {
    run: &'a Run,
    selection: Selection,
    act: &'a Callback<Action>,
    lang: Lang,
}

impl Shown<'_> {
    fn lane(&self, id: &str, label: &str, tasks: Vec<Html>, note: &str) -> Html {
        let empty = tasks.is_empty();
        html! {
            <div class="lane" key={id.to_owned()} data-testid={format!("lane-{id}")}>
                <dt>{ label }</dt>
                <dd>
                    if empty { <span class="soft">{ t::empty(self.lang) }</span> }
                    { for tasks }
                </dd>
                <dd class="lane-note figures">{ note }</dd>
            </div>
        }
    }

    fn cpu(&self, cpu: &CpuView) -> Html {
        let lang = self.lang;
        let label = Voice::of(self.run, lang).cpu(cpu.cpu);
        let note = match cpu.slice_end {
            Some(at) => t::slice_until(lang, &self.run.ruler.time(at)),
            None if cpu.task.is_some() => t::no_slice(lang).to_owned(),
            None => String::new(),
        };
        let tasks = cpu.task.map(|task| self.task(task, None, "running")).into_iter().collect();
        self.lane(&format!("cpu{}", cpu.cpu.get()), &label, tasks, &note)
    }

    fn queue(&self, queue: &QueueView) -> Html {
        let lang = self.lang;
        let voice = Voice::of(self.run, lang);
        let (id, label) = match queue.kernel {
            true => ("kernel".to_owned(), t::kernel_queue(lang).to_owned()),
            false if voice.levels => (format!("q{}", queue.level), voice.queue(queue.level)),
            false => ("q0".to_owned(), t::ready(lang).to_owned()),
        };
        let note = match (queue.quantum, queue.allotment) {
            (Some(quantum), Some(allotment)) if quantum != allotment => {
                t::quantum_allotment(lang, &voice.span(quantum), &voice.span(allotment))
            }
            (Some(quantum), _) => t::quantum(lang, &voice.span(quantum)),
            (None, _) => String::new(),
        };
        let running = |task: &&TaskView| {
            voice.levels
                && !queue.kernel
                && task.level == Some(queue.level)
                && matches!(task.state, StateView::Running | StateView::Switching)
        };
        let on_cpu = self.run.snapshot.tasks.iter().filter(running);
        let on_cpu = on_cpu.map(|task| self.task(task.id, queue.allotment, "running"));
        let waiting = queue.tasks.iter().map(|(task, key)| {
            let kind =
                if queue.kernel { KeyKind::Stamp } else { key_kind(&self.run.scenario.machine.policy) };
            html! {
                <>
                    { self.task(*task, queue.allotment, "waiting") }
                    if matches!(kind, KeyKind::Duration | KeyKind::Priority) {
                        <span class="lane-key figures">{ voice.key(kind, *key) }</span>
                    }
                </>
            }
        });
        self.lane(&id, &label, on_cpu.chain(self.first(waiting, queue.tasks.len())).collect(), &note)
    }

    fn device(&self, device: &DeviceView) -> Html {
        let ruler = self.run.ruler;
        let name = match device.device {
            Some(_) => device.name.clone(),
            None => t::own_devices(self.lang).to_owned(),
        };
        let serving = device.serving.iter().map(|(task, until)| {
            html! {
                <>
                    { self.task(*task, None, "served") }
                    <span class="lane-key figures">{ t::until(self.lang, &ruler.time(*until)) }</span>
                </>
            }
        });
        let waiting = device.waiting.iter().map(|task| self.task(*task, None, "waiting"));
        let id = device.device.map_or_else(|| "own-devices".into(), |id| format!("device{}", id.get()));
        let note = match device.waiting.len() {
            0 => String::new(),
            queued => t::queued(self.lang, queued),
        };
        self.lane(&id, &name, serving.chain(self.first(waiting, device.waiting.len())).collect(), &note)
    }

    /// The tasks in a state of their own; nothing if there are none.
    fn group(&self, id: &str, label: &str, belongs: impl Fn(&TaskView) -> bool) -> Html {
        let tasks = || self.run.snapshot.tasks.iter().filter(|task| belongs(task));
        let drawn = tasks().map(|task| self.task(task.id, None, "apart"));
        match tasks().count() {
            0 => Html::default(),
            count => self.lane(id, label, self.first(drawn, count), ""),
        }
    }

    /// As many tasks as can be taken in, in their order, and how many more there are.
    fn first(&self, tasks: impl Iterator<Item = Html>, count: usize) -> Vec<Html> {
        let more = count.saturating_sub(MOST);
        let more = (more > 0).then(|| html! { <span class="soft">{ t::and_more(self.lang, more) }</span> });
        tasks.take(MOST).chain(more).collect()
    }

    /// A task as a button that chooses it, with a gauge of what it has used of its allotment.
    fn task(&self, task: TaskId, allotment: Option<Nanos>, how: &'static str) -> Html {
        let chosen = self.selection.task == Some(task);
        let selection = self.selection.toggle_task(task);
        let onclick = self.act.reform(move |_: MouseEvent| Action::Select(selection));
        let view = self.run.snapshot.tasks.get(task.index());
        let used = view.and_then(|view| view.level_used).zip(allotment).filter(|(_, whole)| !whole.is_zero());
        html! {
            <button key={task.get()} type="button" class={classes!("lane-task", how)} aria-pressed={chosen.to_string()} {onclick}>
                { chip(self.run, task) }
                if how == "running" { <span class="lane-running">{ t::running(self.lang) }</span> }
                if let Some((used, whole)) = used {
                    <Bar
                        share={used.0 as f64 / whole.0 as f64}
                        fill={task_classes(task.index())}
                        label={t::used_of(self.lang, &self.run.ruler.length(used), &self.run.ruler.length(whole))}
                    />
                }
            </button>
        }
    }
}

/// What the keys of a policy's ready queue measure.
fn key_kind(policy: &PolicySpec) -> KeyKind {
    match policy {
        PolicySpec::Sjf { .. } | PolicySpec::Stcf { .. } => KeyKind::Duration,
        PolicySpec::Priority { .. } => KeyKind::Priority,
        PolicySpec::NextInRing { .. } => KeyKind::Number,
        PolicySpec::Fifo | PolicySpec::Rr { .. } | PolicySpec::Mlfq(_) => KeyKind::Stamp,
    }
}
