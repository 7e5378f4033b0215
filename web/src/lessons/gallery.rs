//! All lessons, to choose from: cards in groups, with a search.

use std::collections::BTreeMap;

use yew::prelude::*;

use super::library::{self, Library};
use super::model::{Group, Lesson};
use super::picture;
use super::text;
use super::topics::topic;
use crate::i18n::{Lang, lessons as words, use_lang};
use crate::state::{Action, LessonPlace, Start};

/// See [`Gallery`].
#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
    /// The lesson that is open.
    pub open: Option<LessonPlace>,
    /// The furthest step that was reached in each lesson.
    pub reached: BTreeMap<String, usize>,
    /// The lessons that have been fetched.
    pub library: Library,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// All lessons, to choose from. Lies in front of the page until one is chosen or it is closed.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let lang = use_lang();
    let sought = use_state(String::new);
    let search = {
        let sought = sought.clone();
        move |event: InputEvent| {
            sought.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
        }
    };
    let lessons = props.library.all();
    let found: Vec<&Lesson> = lessons
        .iter()
        .flatten()
        .map(|lesson| &***lesson)
        .filter(|lesson| speaks_of(lesson, &sought))
        .collect();
    let group = |group: &Group| {
        let members: Vec<&&Lesson> = found.iter().filter(|lesson| lesson.group == *group).collect();
        if members.is_empty() {
            return Html::default();
        }
        let id = format!("lessons-{}", group.name());
        html! {
            <section class="gallery-group" aria-labelledby={id.clone()} key={group.name()}>
                <h3 class="panel-title" {id}>{ words::group(lang, *group) }</h3>
                <ul class="gallery-cards">{ for members.into_iter().map(|lesson| entry(props, lesson, lang)) }</ul>
            </section>
        }
    };
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<web_sys::HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // Only a dialog that is not in the page refuses to open.
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let close = props.act.reform(|_: MouseEvent| Action::Overlay(None));
    let oncancel = props.act.reform(|_: Event| Action::Overlay(None));
    html! {
        <dialog ref={dialog} class="gallery" aria-labelledby="gallery-title" {oncancel}>
            <header class="gallery-head">
                <h2 id="gallery-title">{ words::title(lang) }</h2>
                <button type="button" class="quiet icon" aria-label={words::close(lang)} onclick={close}>{ "×" }</button>
            </header>
            <p class="soft">{ words::subtitle(lang) }</p>
            <div class="gallery-search">
                <label class="sr-only" for="gallery-search">{ words::search(lang) }</label>
                <input
                    type="search"
                    id="gallery-search"
                    placeholder={words::search(lang)}
                    value={(*sought).clone()}
                    oninput={search}
                />
                <p class="small soft" role="status">
                    if lessons.is_some() { { words::found(lang, found.len()) } }
                </p>
            </div>
            if lessons.is_none() {
                { on_their_way(props, lang) }
            } else if found.is_empty() {
                <p class="empty">{ words::nothing(lang) }</p>
            }
            { for Group::ALL.iter().map(group) }
        </dialog>
    }
}

/// What stands in the place of lessons that are not here yet.
fn on_their_way(props: &GalleryProps, lang: Lang) -> Html {
    if !props.library.has_lost() {
        return html! { <p class="empty" aria-busy="true">{ words::fetching_all(lang) }</p> };
    }
    super::lost(words::some_lost(lang), lang, &props.act)
}

fn entry(props: &GalleryProps, lesson: &Lesson, lang: Lang) -> Html {
    let of = lesson.steps.len();
    let is_open = props.open.as_ref().is_some_and(|place| place.id == lesson.id);
    let progress = match props.reached.get(&lesson.id) {
        _ if is_open => words::current(lang).to_owned(),
        Some(step) if step + 1 >= of => words::done(lang).to_owned(),
        Some(step) => words::begun(lang, step + 1, of),
        None => words::length(lang, of),
    };
    let (act, id) = (props.act.clone(), library::id(&lesson.id));
    let open = move |_| {
        if let Some(id) = id {
            act.emit(Action::OpenLesson(id, Start::AtItsMoment));
        }
    };
    html! {
        <li key={lesson.id.clone()}>
            <button
                type="button"
                class="gallery-card"
                data-lesson={lesson.id.clone()}
                aria-current={is_open.then_some("true")}
                onclick={open}
            >
                { picture::draw(&lesson.picture) }
                <span class="gallery-title">{ lesson.title.in_lang(lang) }</span>
                <span class="gallery-summary">{ lesson.summary.in_lang(lang) }</span>
                <span class="gallery-progress small soft">{ progress }</span>
            </button>
        </li>
    }
}

/// Whether every sought word occurs in a lesson: in its texts or in the names of its topics, in either language.
fn speaks_of(lesson: &Lesson, sought: &str) -> bool {
    let mut said = String::new();
    for lang in [Lang::En, Lang::Ko] {
        let topics = lesson.covers.iter().filter_map(|id| topic(id)).map(|topic| topic.name(lang).to_owned());
        let steps = lesson.steps.iter().map(|step| text::plain(step.text.in_lang(lang)));
        let head = [lesson.title.in_lang(lang).to_owned(), lesson.summary.in_lang(lang).to_owned()];
        for part in head.into_iter().chain(topics).chain(steps).chain(lesson.cites.clone()) {
            said.push_str(&part.to_ascii_lowercase());
            said.push('\n');
        }
    }
    sought.to_ascii_lowercase().split_whitespace().all(|word| said.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_words_of_both_languages_and_topics() {
        let found = |sought: &str| {
            library::lessons()
                .iter()
                .filter(|lesson| speaks_of(lesson, sought))
                .map(|lesson| lesson.id.clone())
                .collect::<Vec<_>>()
        };
        assert!(found("convoy").contains(&"convoy".to_owned()));
        assert!(found("호위 효과").contains(&"convoy".to_owned()));
        assert!(found("Gaming accounting").contains(&"mlfq-gaming".to_owned()));
        assert!(found("OSTEP 8.5").contains(&"mlfq-tuning".to_owned()));
        assert_eq!(found(""), library::lessons().iter().map(|lesson| lesson.id.clone()).collect::<Vec<_>>());
        assert!(found("quaternion").is_empty());
    }
}
