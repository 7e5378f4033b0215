//! Physical memory: a tile a frame in the colour and weave of its owner, with what the replacement policy knows of it,
//! and who would leave next.

use kernelscope_session::view::{FrameStateView, FrameView, MemoryView};
use yew::prelude::*;

use super::super::rule_link::RuleLink;
use super::{PageButton, label};
use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// See [`Frames`].
#[derive(Properties, PartialEq)]
pub(super) struct FramesProps {
    pub(super) run: Shared<Run>,
    pub(super) view: Shared<MemoryView>,
    pub(super) selection: Selection,
    pub(super) act: Callback<Action>,
}

/// The frames.
#[component]
pub(super) fn Frames(props: &FramesProps) -> Html {
    let lang = use_lang();
    let frames = &props.view.frames;
    let more = frames.total - frames.rows.len() as u32;
    html! {
        <section class="frames" aria-labelledby="frames-title" data-testid="frames">
            <h2 id="frames-title" class="panel-title">
                { t::frames(lang) }<span class="title-aside">{ t::free_of(lang, frames.free, frames.total) }</span>
            </h2>
            <ul class="frame-grid">
                { for frames.rows.iter().map(|frame| html! { <li key={frame.frame.get()}>{ tile(props, frame, lang) }</li> }) }
            </ul>
            if more > 0 { <p class="aside">{ t::more_frames(lang, more) }</p> }
            { next(props, lang) }
            <details class="as-table">
                <summary>{ t::as_table(lang) }</summary>
                { table(props, lang) }
            </details>
        </section>
    }
}

fn tile(props: &FramesProps, frame: &FrameView, lang: Lang) -> Html {
    let FramesProps { run, view, selection, act } = props;
    let number = frame.frame.get();
    let has_hand = view.frames.hand == Some(frame.frame);
    let is_next = view.frames.next.is_some_and(|next| next.frame == frame.frame);
    let hand = has_hand
        .then(|| html! { <span class="frame-hand" title={t::hand(lang)} aria-hidden="true">{ "☞" }</span> });
    let Some(page) = frame.page else {
        return html! {
            <span class="frame-tile is-free">
                <span class="frame-number">{ number }</span>
                { t::free(lang) }
                { hand }
            </span>
        };
    };
    let state = match frame.state {
        FrameStateView::ReadIn => Some("is-coming"),
        FrameStateView::WriteBack => Some("is-leaving"),
        FrameStateView::Free | FrameStateView::InUse => None,
    };
    let mut told = vec![t::in_frame(lang, number), t::frame_state(frame.state, lang).to_owned()];
    told.extend(frame.accessed.then(|| t::accessed(lang).to_owned()));
    told.extend(frame.dirty.then(|| t::dirty(lang).to_owned()));
    told.extend(has_hand.then(|| t::hand(lang).to_owned()));
    told.extend(is_next.then(|| t::leaves_next(lang).to_owned()));
    html! {
        <PageButton
            run={run.clone()}
            {page}
            selection={*selection}
            act={act.clone()}
            says={told.join(", ")}
            class={classes!("frame-tile", state, is_next.then_some("is-next"))}
        >
            <span class="frame-number">{ number }</span>
            <span class="frame-bits">
                { if frame.accessed { "A" } else { "" } }{ if frame.dirty { "D" } else { "" } }
                { match frame.state {
                    FrameStateView::ReadIn => "↓",
                    FrameStateView::WriteBack => "↑",
                    FrameStateView::Free | FrameStateView::InUse => "",
                } }
                if is_next { { "⇥" } }
            </span>
            { hand }
        </PageButton>
    }
}

/// Who would leave next, and by which rule.
fn next(props: &FramesProps, lang: Lang) -> Html {
    let FramesProps { run, view, act, .. } = props;
    let Some(next) = view.frames.next else {
        return html! { <p class="aside">{ t::none_can_leave(lang) }</p> };
    };
    let page = view.frames.rows.iter().find(|row| row.frame == next.frame).and_then(|row| row.page);
    html! {
        <div class="next-out" data-testid="next-out">
            <p>
                { t::next_out(lang) }{ " " }
                <strong>{ page.map(|page| label(run, page)).unwrap_or_default() }</strong>
                { " · " }{ t::in_frame(lang, next.frame.get()) }
                if let Some((second, other)) = next.second {
                    <span class="aside">{ " · " }{ t::next_against(lang, next.key, second.get(), other) }</span>
                }
            </p>
            <RuleLink rule={next.rule} act={act.clone()} />
        </div>
    }
}

fn table(props: &FramesProps, lang: Lang) -> Html {
    let FramesProps { run, view, .. } = props;
    let has_lists = view.frames.rows.iter().any(|row| row.list.is_some());
    let has_counters = view.frames.rows.iter().any(|row| row.counter.is_some());
    let yes = |is: bool| if is { "1" } else { "0" };
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let row = |frame: &FrameView| {
        let chosen = frame.page.is_some() && props.selection.page == frame.page;
        html! {
            <tr key={frame.frame.get()} class={classes!(chosen.then_some("chosen"))}>
                <th scope="row" class="number">{ frame.frame.get() }</th>
                <td>{ or_dash(frame.page.map(|page| label(run, page))) }</td>
                <td>{ t::frame_state(frame.state, lang) }</td>
                <td class="number">{ yes(frame.accessed) }</td>
                <td class="number">{ yes(frame.dirty) }</td>
                <td class="number">{ or_dash(frame.slot.map(|slot| slot.to_string())) }</td>
                <td class="number">{ or_dash(frame.turn.map(|(turn, _)| (turn + 1).to_string())) }</td>
                if has_lists { <td>{ or_dash(frame.list.map(|list| t::list_name(list, lang).to_owned())) }</td> }
                if has_counters { <td class="number">{ or_dash(frame.counter.map(|counter| counter.to_string())) }</td> }
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={t::frames(lang)}>
            <table class="grid" data-testid="frame-table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{ t::frame(lang) }</th>
                        <th scope="col">{ t::owner(lang) }</th>
                        <th scope="col">{ t::state(lang) }</th>
                        <th scope="col" class="number"><abbr title={t::accessed(lang)}>{ "A" }</abbr></th>
                        <th scope="col" class="number"><abbr title={t::dirty(lang)}>{ "D" }</abbr></th>
                        <th scope="col" class="number">{ t::copy(lang) }</th>
                        <th scope="col" class="number">{ t::turn(lang) }</th>
                        if has_lists { <th scope="col">{ t::list(lang) }</th> }
                        if has_counters { <th scope="col" class="number">{ t::counter(lang) }</th> }
                    </tr>
                </thead>
                <tbody>{ for view.frames.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
