//! The twin of the picture: the same segments as a table, page by page, exact wherever the engine gives them exact.

use kernelscope_session::protocol::RunId;
use kernelscope_session::view::{Segment, Tile};
use kernelscope_sim::time::Time;
use yew::prelude::*;

use super::lanes::{Slot, slots};
use super::words;
use crate::chip::activity_classes;
use crate::compare;
use crate::i18n::{timeline as text, use_lang};
use crate::state::{Action, Pages, Run, Shared, Want};
use crate::store::{use_dispatch, use_select};

/// The rows of a page.
const PAGE: usize = 50;
/// As many columns as the engine gives: the finest tile there is.
const FINEST: u32 = 8_192;

/// See [`Table`].
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// The runs.
    pub runs: Vec<Shared<Run>>,
    /// What was asked for of each of them.
    pub pages: Vec<Pages>,
    /// The stretch of time; all of it if none.
    pub window: Option<(Time, Time)>,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// A row: a segment and the lane that it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The lane.
    pub slot: Slot,
    /// The segment.
    pub segment: Segment,
}

/// The rows of some tiles between two instants, by time and then from the top lane down. `lane` keeps one lane only.
pub fn rows(slots: &[Slot], tiles: &[&Tile], (from, to): (Time, Time), lane: Option<usize>) -> Vec<Row> {
    let mut rows: Vec<Row> = slots
        .iter()
        .enumerate()
        .filter(|(at, _)| lane.is_none_or(|lane| lane == *at))
        .flat_map(|(_, &slot)| {
            let segments = tiles.get(slot.run).and_then(|tile| tile.lanes.get(slot.place));
            segments.into_iter().flatten().map(move |&segment| Row { slot, segment })
        })
        .filter(|row| row.segment.start < to && row.segment.start + row.segment.length > from)
        .collect();
    rows.sort_by_key(|row| row.segment.start);
    rows
}

/// The table of what the store has.
pub(crate) fn room() -> Html {
    html! { <Shown /> }
}

#[component]
fn Shown() -> Html {
    let act = use_dispatch();
    let part = use_select(|state| (state.runs.clone(), state.pages.clone(), state.view.window));
    let (runs, pages, window) = (*part).clone();
    html! { <Table {runs} {pages} {window} {act} /> }
}

/// The timeline as a table.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let lang = use_lang();
    let page = use_state_eq(|| 0usize);
    let lane = use_state_eq(|| None::<usize>);
    let end = props.runs.iter().map(|run| run.overview.end).max().unwrap_or_default();
    let window = props.window.unwrap_or((Time::ZERO, Time(end.0.max(1))));
    let overviews: Vec<_> = props.runs.iter().map(|run| run.overview.clone()).collect();
    use_effect_with((overviews.clone(), window), {
        let (act, page) = (props.act.clone(), page.setter());
        move |(overviews, window): &(Vec<_>, _)| {
            page.set(0);
            for run in 0..overviews.len() {
                let want = Want::Tile { run: RunId(run as u8), window: *window, px: FINEST };
                act.emit(Action::Want(want));
            }
        }
    });
    let slots =
        use_memo(overviews, |overviews| slots(overviews.iter().map(|overview| overview.lanes.as_slice())));
    let tiles: Option<Vec<_>> =
        props.pages.iter().map(|pages| pages.tile.clone().filter(|tile| tile.window == window)).collect();
    let rows = use_memo((tiles, *lane, slots.clone()), |(tiles, lane, slots)| {
        tiles
            .as_ref()
            .map(|tiles| rows(slots, &tiles.iter().map(|tile| &**tile).collect::<Vec<_>>(), window, *lane))
    });
    let Some(first) = props.runs.first() else { return Html::default() };
    let caption = text::table_caption(lang, &first.ruler.time(window.0), &first.ruler.time(window.1));
    let choose = {
        let (lane, page) = (lane.setter(), page.setter());
        Callback::from(move |event: Event| {
            lane.set(event.target_unchecked_into::<web_sys::HtmlSelectElement>().value().parse().ok());
            page.set(0);
        })
    };
    let compared = props.runs.len() > 1;
    let turn = |to: usize| {
        let page = page.setter();
        Callback::from(move |_: MouseEvent| page.set(to))
    };
    let count = rows.as_ref().as_ref().map_or(0, Vec::len);
    let start = (*page * PAGE).min(count.saturating_sub(1) / PAGE * PAGE);
    let past = (start + PAGE).min(count);
    html! {
        <div class="timeline-table">
            <div class="timeline-table-head">
                <label>
                    <span class="soft">{ text::filter(lang) }</span>{ " " }
                    <select onchange={choose}>
                        <option key="all" value="" selected={lane.is_none()}>{ text::all_lanes(lang) }</option>
                        { for slots.iter().enumerate().filter_map(|(at, slot)| {
                            let run = props.runs.get(slot.run)?;
                            let name = words::lane(slot.lane, run, lang);
                            let name = if compared { format!("{} · {name}", compare::label(run, lang)) } else { name };
                            Some(html! { <option key={at} value={at.to_string()} selected={*lane == Some(at)}>{ name }</option> })
                        }) }
                    </select>
                </label>
                <p class="soft" role="status">
                    { if rows.is_none() { text::waiting(lang).to_owned() } else { text::rows(lang, (start + 1).min(count), past, count) } }
                </p>
                <button class="icon" type="button" aria-label={text::page_back(lang)} disabled={start == 0} onclick={turn((start / PAGE).saturating_sub(1))}>{ "‹" }</button>
                <button class="icon" type="button" aria-label={text::page_on(lang)} disabled={past >= count} onclick={turn(start / PAGE + 1)}>{ "›" }</button>
            </div>
            <div class="timeline-table-body" tabindex="0" role="region" aria-label={caption.clone()}>
                <table>
                    <caption class="sr-only">{ caption }</caption>
                    <thead>
                        <tr>
                            if compared { <th scope="col">{ text::column_run(lang) }</th> }
                            <th scope="col" class="number">{ text::column_from(lang) }</th>
                            <th scope="col" class="number">{ text::column_to(lang) }</th>
                            <th scope="col" class="number">{ text::column_length(lang) }</th>
                            <th scope="col">{ text::column_lane(lang) }</th>
                            <th scope="col">{ text::column_what(lang) }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.iter().flatten().enumerate().skip(start).take(PAGE).filter_map(|(at, row)| {
                            let run = props.runs.get(row.slot.run)?;
                            Some(table_row(at, row, run, compared, lang))
                        }) }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

fn table_row(at: usize, row: &Row, run: &Run, compared: bool, lang: crate::i18n::Lang) -> Html {
    let Row { slot, segment } = row;
    let look = activity_classes(segment.activity, segment.task.map(|task| task.index()));
    html! {
        <tr key={at}>
            if compared { <td>{ compare::label(run, lang) }</td> }
            <td class="number">{ run.ruler.instant(segment.start) }</td>
            <td class="number">{ run.ruler.instant(segment.start + segment.length) }</td>
            <td class="number">{ run.ruler.bare(segment.length) }</td>
            <td>{ words::lane(slot.lane, run, lang) }</td>
            <td>
                <span class={classes!("swatch", look)} aria-hidden="true"></span>
                { words::activity(segment, run, lang) }
                if let Some(share) = words::share(segment, lang) { <span class="soft">{ " · " }{ share }</span> }
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_session::view::{Activity, Lane};
    use kernelscope_sim::ids::{CpuId, TaskId};
    use kernelscope_sim::time::Nanos;

    use super::*;

    #[test]
    fn rows_are_those_of_the_picture_by_time_and_then_by_lane() {
        let segment = |start, length| Segment {
            start: Time(start),
            length: Nanos(length),
            activity: Activity::User,
            task: None,
            share: 255,
        };
        let lanes = [Lane::Cpu(CpuId::new(0)), Lane::Task(TaskId::new(0))];
        let slots = slots([lanes.as_slice()].into_iter());
        let tile = Tile {
            window: (Time(0), Time(100)),
            px: 100,
            lanes: vec![vec![segment(0, 10), segment(20, 10)], vec![segment(0, 20), segment(90, 10)]],
        };
        let starts = |window, lane| -> Vec<(u64, usize)> {
            rows(&slots, &[&tile], window, lane)
                .iter()
                .map(|row| (row.segment.start.0, row.slot.place))
                .collect()
        };
        assert_eq!(starts((Time(0), Time(100)), None), [(0, 0), (0, 1), (20, 0), (90, 1)]);
        assert_eq!(starts((Time(0), Time(100)), Some(1)), [(0, 1), (90, 1)]);
        assert_eq!(starts((Time(10), Time(90)), None), [(0, 1), (20, 0)]);
    }
}
