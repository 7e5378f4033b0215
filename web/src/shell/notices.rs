//! What the page has to say: a line each, with what can be done about it, until it is read.

use kernelscope_sim::diagnostic::Code;
use yew::prelude::*;

use crate::i18n::{Lang, lessons as lesson_text, problems, sharing as text, shell as shell_text, use_lang};
use crate::platform;
use crate::ruler::Ruler;
use crate::state::{Action, Notice, Origin, Start};
use crate::store::{use_dispatch, use_select};

/// What the page has to say.
#[component]
pub(super) fn Notices() -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let notices = use_select(|state| state.notices.clone());
    html! {
        <div class="notices" role="status" aria-live="polite">
            { for notices.iter().enumerate().map(|(index, notice)| {
                let dismiss = act.reform(move |_: MouseEvent| Action::Dismiss(index));
                html! {
                    <div class={classes!("notice", is_bad(notice).then_some("is-bad"))} key={said(notice, Lang::En)}>
                        <p>{ said(notice, lang) }</p>
                        { remedy(notice, lang, &act) }
                        <button type="button" class="quiet icon" aria-label={shell_text::close(lang)} onclick={dismiss}>{ "×" }</button>
                    </div>
                }
            }) }
        </div>
    }
}

fn is_bad(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::CannotOpen(..) | Notice::EngineFailed(_) | Notice::MemoryMissing | Notice::LessonLost(_)
    )
}

fn said(notice: &Notice, lang: Lang) -> String {
    match notice {
        Notice::EngineRestarted => text::engine_restarted(lang).to_owned(),
        Notice::EngineFailed(reason) => text::engine_failed(lang, reason),
        Notice::MemoryMissing => text::memory_missing(lang).to_owned(),
        Notice::LessonLost(_) => lesson_text::lost(lang).to_owned(),
        Notice::CannotOpen(origin, problem) => {
            let why = problems::describe(lang, problem, Ruler::default());
            match origin {
                Origin::Link => text::link_refused(lang, &why),
                Origin::File(name) => text::file_refused(lang, name, &why),
                Origin::Lesson(_) | Origin::Storage | Origin::New => text::other_refused(lang, &why),
            }
        }
        Notice::Replaced(title) if title.is_empty() => text::replaced(lang, shell_text::untitled(lang)),
        Notice::Replaced(title) => text::replaced(lang, title),
        Notice::NothingStored => text::nothing_stored(lang).to_owned(),
        Notice::Copied => text::copied(lang).to_owned(),
        Notice::CopyByHand(_) => text::copy_by_hand(lang).to_owned(),
    }
}

/// What can be done about it.
fn remedy(notice: &Notice, lang: Lang, act: &Callback<Action>) -> Html {
    let reload = || {
        let reload = Callback::from(|_: MouseEvent| platform::reload());
        html! { <button type="button" onclick={reload}>{ text::reload(lang) }</button> }
    };
    match notice {
        Notice::EngineFailed(_) => reload(),
        Notice::MemoryMissing => {
            let again = act.reform(|_: MouseEvent| Action::FetchAgain);
            html! { <button type="button" onclick={again}>{ shell_text::fetch_again(lang) }</button> }
        }
        Notice::CannotOpen(_, problem) => match problem.code {
            Code::Damaged => html! { <p>{ text::ask_again(lang) }</p> },
            Code::Version => html! { <><p>{ text::get_newer(lang) }</p>{ reload() }</> },
            Code::TooLong => html! { <p>{ text::use_file(lang) }</p> },
            _ => html! { <p>{ text::untouched(lang) }</p> },
        },
        Notice::Replaced(_) => {
            let back = act.reform(|_: MouseEvent| Action::Restore(0));
            html! { <button type="button" onclick={back}>{ text::back_to_it(lang) }</button> }
        }
        Notice::LessonLost(id) => {
            let again = act.reform({
                let id = *id;
                move |_: MouseEvent| Action::OpenLesson(id, Start::AtItsMoment)
            });
            html! { <button type="button" onclick={again}>{ lesson_text::fetch_again(lang) }</button> }
        }
        Notice::CopyByHand(copy) => html! {
            <textarea class="mono" readonly=true rows="2" aria-label={text::copy_by_hand(lang)} value={copy.clone()} />
        },
        Notice::EngineRestarted | Notice::NothingStored | Notice::Copied => Html::default(),
    }
}
