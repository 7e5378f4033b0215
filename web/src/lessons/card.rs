//! The step of the open lesson: what to look for, a button that leads there, and what comes next.

use kernelscope_share::params::Overrides;
use serde_json::Value;
use yew::prelude::*;

use super::explained::Explained;
use super::guide::Scene;
use super::library::{self, Delivery, Library};
use super::model::{Ask, Lesson, Step};
use super::text;
use crate::i18n::{Lang, lessons as words, use_lang};
use crate::state::{Action, LessonPlace, Origin, Run, Shared, Start};

/// See [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// The lesson and its step.
    pub place: LessonPlace,
    /// The run; none before the first.
    pub run: Option<Shared<Run>>,
    /// The document.
    pub document: Shared<Value>,
    /// What it is compared with.
    pub compare: Shared<Vec<Overrides>>,
    /// The lessons that have been fetched.
    pub library: Library,
    /// Whether the lesson's scenario was changed.
    pub edited: bool,
    /// Whether the card is one of the panels, for want of room.
    pub narrow: bool,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

impl CardProps {
    fn scene(&self) -> Scene<'_> {
        Scene { document: &self.document, compare: &self.compare, edited: self.edited, narrow: self.narrow }
    }

    /// Goes to a step of a lesson: to its question if it has one, else to its moment.
    fn go(&self, lesson: &Lesson, step: usize) {
        for action in lesson.arrive(step, self.place.step, self.scene()) {
            self.act.emit(action);
        }
    }

    /// Goes to the moment of the step that is open.
    fn show(&self, lesson: &Lesson) {
        for action in lesson.go(self.place.step, self.place.step, self.scene()) {
            self.act.emit(action);
        }
    }
}

/// The step of the open lesson.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let lang = use_lang();
    let LessonPlace { id, step } = &props.place;
    match props.library.get(id) {
        Some(Delivery::Here(lesson)) => match lesson.steps.get(*step) {
            Some(step) => card(props, lesson, step, lang),
            None => Html::default(),
        },
        Some(Delivery::Awaited) => super::fetching(lang),
        Some(Delivery::Lost) => super::lost(words::lost(lang), lang, &props.act),
        // A lesson that this site does not have.
        None => Html::default(),
    }
}

fn card(props: &CardProps, lesson: &Shared<Lesson>, step: &Step, lang: Lang) -> Html {
    let of = lesson.steps.len();
    let at = props.place.step;
    let leave = props.act.reform(|_| Action::Lesson(None));
    html! {
        <section class="lesson" aria-labelledby="lesson-title" data-step={at.to_string()}>
            <div class="lesson-head">
                <p class="small soft">{ words::place(lang, at + 1, of) }</p>
                <button
                    type="button"
                    class="quiet icon"
                    aria-label={words::leave(lang)}
                    title={words::leave(lang)}
                    onclick={leave}
                >
                    { "×" }
                </button>
            </div>
            <progress class="lesson-progress" max={of.to_string()} value={(at + 1).to_string()} aria-hidden="true" />
            <h2 class="lesson-title" id="lesson-title">{ lesson.title.in_lang(lang) }</h2>
            if let Some(name) = lesson.variant_name(step, lang) {
                <p class="small soft">{ words::variant(lang, name) }</p>
            }
            <div class="lesson-body" aria-live="polite" key={at}>
                { body(props, lesson, step, lang) }
            </div>
            if lesson.is_elsewhere(step, props.scene()) {
                { changed(props, lesson, lang) }
            }
            { ways_on(props, lesson, lang) }
            <footer class="lesson-cites small soft">
                <span>{ words::sources(lang) }</span>
                <ul>{ for sources(&lesson.cites, lang).into_iter().map(|line| html! { <li key={line.clone()}>{ line }</li> }) }</ul>
            </footer>
        </section>
    }
}

/// What the step says, or asks first.
fn body(props: &CardProps, lesson: &Shared<Lesson>, step: &Step, lang: Lang) -> Html {
    let moment = lesson.target(step).map(|target| {
        let ruler = props.run.as_ref().map(|run| run.ruler).unwrap_or_default();
        words::moment(lang, &target, ruler)
    });
    let show = {
        let (props, lesson) = (props.clone(), lesson.clone());
        Callback::from(move |()| props.show(&lesson))
    };
    let show_it = {
        let (show, act, panel) = (show.clone(), props.act.clone(), step.panel);
        move |_: MouseEvent| {
            show.emit(());
            act.emit(Action::Show(panel));
        }
    };
    let text = AttrValue::from(step.text.in_lang(lang).to_owned());
    let told = html! {
        <>
            <Explained {text} />
            if let Some(moment) = moment {
                <button type="button" class="lesson-go" onclick={show_it}>
                    { words::go_there(lang, &moment) }
                </button>
            }
        </>
    };
    match &step.ask {
        None => told,
        Some(ask) => {
            html! { <Prediction ask={ask.clone()} {show}>{ told }</Prediction> }
        }
    }
}

/// Says that the scenario is no longer the one that the text speaks of, and offers that one.
fn changed(props: &CardProps, lesson: &Shared<Lesson>, lang: Lang) -> Html {
    let (props, lesson) = (props.clone(), lesson.clone());
    let restore = move |_| {
        if let Some(saved) = lesson.saved(props.place.step) {
            props.act.emit(Action::Open(Origin::Lesson(lesson.id.clone()), Box::new(saved)));
        }
    };
    html! {
        <p class="lesson-changed small">
            { words::changed(lang) }
            { " " }
            <button type="button" onclick={restore}>{ words::restore(lang) }</button>
        </p>
    }
}

/// Back, next, and at the end the next lesson.
fn ways_on(props: &CardProps, lesson: &Shared<Lesson>, lang: Lang) -> Html {
    let at = props.place.step;
    let to = |step: Option<usize>| {
        let (props, lesson) = (props.clone(), lesson.clone());
        move |_: MouseEvent| {
            if let Some(step) = step {
                props.go(&lesson, step);
            }
        }
    };
    let is_last = at + 1 == lesson.steps.len();
    let next_lesson = is_last.then(|| library::after(&lesson.id)).flatten();
    html! {
        <div class="lesson-ways">
            <button type="button" disabled={at == 0} onclick={to(at.checked_sub(1))}>{ words::back(lang) }</button>
            if !is_last {
                <button type="button" class="primary" onclick={to(Some(at + 1))}>{ words::next(lang) }</button>
            }
            if let Some(id) = next_lesson {
                { open_next(props, id, lang) }
            }
        </div>
    }
}

fn open_next(props: &CardProps, id: &'static str, lang: Lang) -> Html {
    let name = match props.library.lesson(id) {
        Some(lesson) => words::next_lesson(lang, lesson.title.in_lang(lang)),
        None => words::next_untitled(lang).to_owned(),
    };
    let open = props.act.reform(move |_: MouseEvent| Action::OpenLesson(id, Start::AtItsMoment));
    html! { <button type="button" class="primary" onclick={open}>{ name }</button> }
}

/// The sections that a lesson cites, a line a book.
fn sources(cites: &[String], lang: Lang) -> Vec<String> {
    let of = |book: &str| -> Vec<&str> {
        cites.iter().filter_map(|cite| cite.strip_prefix(book)).map(str::trim_start).collect()
    };
    let books = [(of("OSTEP"), words::ostep as fn(Lang, &str) -> String), (of("OSC"), words::osc)];
    let cited = books.into_iter().filter(|(sections, _)| !sections.is_empty());
    cited.map(|(sections, tell)| tell(lang, &sections.join(", "))).collect()
}

#[derive(Clone, PartialEq, Properties)]
struct PredictionProps {
    ask: Ask,
    /// Called when the answer may be shown.
    show: Callback<()>,
    /// The answer.
    children: Html,
}

/// A question; what it is about is shown when it has been answered.
#[component]
fn Prediction(props: &PredictionProps) -> Html {
    let lang = use_lang();
    let answer = use_state(|| None::<Option<usize>>);
    let give = |given: Option<usize>| {
        let (answer, show) = (answer.clone(), props.show.clone());
        move |_: MouseEvent| {
            answer.set(Some(given));
            show.emit(());
        }
    };
    let Ask { question, choices, answer: right } = &props.ask;
    let verdict = (*answer).flatten().map(|given| match choices.get(*right) {
        Some(choice) if given != *right => {
            words::wrong(lang, text::plain(choice.in_lang(lang)).trim_end_matches('.'))
        }
        _ => words::right(lang).to_owned(),
    });
    html! {
        <>
            <div class="prediction" role="group" aria-labelledby="prediction-question">
                <p class="panel-title">{ words::predict(lang) }</p>
                <div id="prediction-question"><Explained text={question.in_lang(lang).to_owned()} /></div>
                if answer.is_none() {
                    <ul class="choices">
                        { for choices.iter().enumerate().map(|(place, choice)| html! {
                            <li key={place}>
                                <button type="button" class="choice" onclick={give(Some(place))}>
                                    { text::plain(choice.in_lang(lang)) }
                                </button>
                            </li>
                        }) }
                    </ul>
                    <button type="button" class="quiet" onclick={give(None)}>{ words::reveal(lang) }</button>
                }
            </div>
            if answer.is_some() {
                if let Some(verdict) = verdict {
                    <p class="verdict"><strong>{ verdict }</strong></p>
                }
                { props.children.clone() }
            }
        </>
    }
}
