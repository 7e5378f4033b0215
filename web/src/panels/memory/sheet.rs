//! The sheet that charts of memory over a whole run are drawn on: instants to the right, numbers upwards. A click goes to
//! the instant under it.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::view::MemorySample;
use kernelscope_sim::time::Time;
use web_sys::Element;
use yew::prelude::*;

use crate::scale::{Scale, tick};
use crate::state::{Action, Run, Selection};
use crate::timeline::axis::ticks;
use crate::timeline::window::Window;

pub(super) const WIDTH: f64 = 440.0;
pub(super) const LEFT: f64 = 28.0;
pub(super) const RIGHT: f64 = 54.0;
pub(super) const TOP: f64 = 10.0;
pub(super) const FLOOR: f64 = 150.0;
pub(super) const HEIGHT: f64 = 172.0;

/// A chart's table lists no more rows than this; where there are more instants, every so many make one row.
pub(super) const MOST_ROWS: usize = 60;

/// Where instants and numbers stand on the sheet.
pub(super) struct Sheet {
    /// The end of the run.
    pub(super) end: u64,
    /// From none to the largest number.
    numbers: Scale,
}

impl Sheet {
    /// The sheet of a run that ends then, up to this number.
    pub(super) fn new(end: Time, most: u32) -> Sheet {
        Sheet { end: end.0, numbers: Scale::counted(most, 4) }
    }

    pub(super) fn x(&self, at: Time) -> f64 {
        LEFT + at.0 as f64 / self.end.max(1) as f64 * (WIDTH - LEFT - RIGHT)
    }

    pub(super) fn y(&self, number: u32) -> f64 {
        self.height(number.into())
    }

    fn height(&self, number: f64) -> f64 {
        FLOOR - self.numbers.place(number) * (FLOOR - TOP)
    }

    /// The line of a number that holds until it changes.
    pub(super) fn steps(&self, samples: &[MemorySample], of: impl Fn(&MemorySample) -> u32) -> String {
        let mut path = String::new();
        for sample in samples {
            let (x, y) = (self.x(sample.at), self.y(of(sample)));
            path += &if path.is_empty() { format!("M{x:.1} {y:.1}") } else { format!("H{x:.1}V{y:.1}") };
        }
        path
    }

    /// The whole height over a stretch of time.
    pub(super) fn stretch(&self, from: Time, to: Time) -> String {
        format!("M{:.1} {TOP}H{:.1}V{FLOOR}H{:.1}Z", self.x(from), self.x(to), self.x(from))
    }

    /// What a click on the sheet does.
    pub(super) fn seek(
        &self,
        sheet: &NodeRef,
        selection: &Selection,
        act: &Callback<Action>,
    ) -> Callback<MouseEvent> {
        let (act, of, end, sheet) = (act.clone(), RunId(selection.run), self.end, sheet.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(element) = sheet.cast::<Element>() {
                let bounds = element.get_bounding_client_rect();
                let x = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0) * WIDTH;
                let share = ((x - LEFT) / (WIDTH - LEFT - RIGHT)).clamp(0.0, 1.0);
                act.emit(Action::Seek(of, Target::Time(Time((share * end as f64) as u64))));
            }
        })
    }

    /// Both axes.
    pub(super) fn scale(&self, run: &Run) -> Html {
        // A figure of the smallest type is about so wide.
        let measure = |text: &str| 6.5 * text.chars().count() as f64;
        let instants = ticks(Window::whole(Time(self.end)), WIDTH - LEFT - RIGHT, run.ruler, measure);
        let below = (FLOOR + 16.0).to_string();
        html! {
            <g>
                { for self.numbers.ticks.iter().enumerate().map(|(place, number)| {
                    let y = format!("{:.1}", self.height(*number));
                    html! {
                        <g key={place}>
                            <line class="chart-grid" x1={LEFT.to_string()} x2={(WIDTH - RIGHT).to_string()} y1={y.clone()} y2={y.clone()} />
                            <text x={(LEFT - 6.0).to_string()} {y} dy="4" text-anchor="end">{ tick(*number) }</text>
                        </g>
                    }
                }) }
                { for instants.iter().map(|instant| {
                    let x = format!("{:.1}", self.x(instant.at));
                    html! {
                        <g key={instant.at.0}>
                            <line class="chart-axis" x1={x.clone()} x2={x.clone()} y1={FLOOR.to_string()} y2={(FLOOR + 4.0).to_string()} />
                            <text {x} y={below.clone()} text-anchor="middle">{ &instant.label }</text>
                        </g>
                    }
                }) }
                <text class="chart-name" x={WIDTH.to_string()} y={below.clone()} text-anchor="end">{ run.ruler.name() }</text>
            </g>
        }
    }

    /// A number that something is compared with, by its name.
    pub(super) fn mark(&self, number: u32, name: String) -> Html {
        let y = format!("{:.1}", self.y(number));
        html! {
            <g key={name.clone()} class="mark-line">
                <line x1={LEFT.to_string()} x2={(WIDTH - RIGHT).to_string()} y1={y.clone()} y2={y.clone()} />
                <text x={(WIDTH - RIGHT + 5.0).to_string()} {y} dy="4">{ name }</text>
            </g>
        }
    }

    /// The instant of the cursor.
    pub(super) fn cursor(&self, now: Time) -> Html {
        let x = format!("{:.1}", self.x(now));
        html! { <line class="free-cursor" x1={x.clone()} x2={x} y1={TOP.to_string()} y2={FLOOR.to_string()} /> }
    }
}
