//! A chart of one figure: a curve a policy over the values of a parameter, or the policies as points in the plane
//! of two figures. Curves differ by marker and dash as well as by colour; a table beside the chart says the same.

use yew::prelude::*;

use crate::scale::{Scale, tick};

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 44.0;

/// A point of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Which of the curve's points it is.
    pub index: usize,
    /// Its place on the horizontal axis.
    pub x: f64,
    /// Its place on the vertical axis.
    pub y: f64,
}

/// A curve of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name in the legend.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

/// What a chart draws.
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// What it shows, for those who cannot see it.
    pub label: AttrValue,
    /// The name of the horizontal axis.
    pub across: AttrValue,
    /// The name of the vertical axis.
    pub up: AttrValue,
    /// The curves.
    pub curves: Vec<Curve>,
    /// Whether points are joined; if not, each is named where it stands.
    pub joined: bool,
    /// Points worth a ring: which curve, which of its points.
    #[prop_or_default]
    pub marked: Vec<(usize, usize)>,
    /// A point was chosen: which curve, which of its points.
    pub chosen: Callback<(usize, usize)>,
}

/// Where values stand on the sheet.
struct Sheet {
    across: Scale,
    up: Scale,
}

impl Sheet {
    fn x(&self, value: f64) -> f64 {
        LEFT + self.across.place(value) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - self.up.place(value) * (HEIGHT - TOP - BOTTOM)
    }
}

/// The chart.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let points = || props.curves.iter().flat_map(|curve| &curve.points);
    let values = points().map(|point| point.x);
    let across = if props.joined { Scale::around(values, 8) } else { Scale::from_zero(values, 6) };
    let sheet = Sheet { across, up: Scale::from_zero(points().map(|point| point.y), 5) };
    html! {
        <svg class="chart" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={props.label.clone()}>
            { axes(&sheet, &props.across, &props.up) }
            { for props.curves.iter().enumerate().map(|(index, curve)| drawn(&sheet, props, index, curve)) }
        </svg>
    }
}

fn axes(sheet: &Sheet, across: &AttrValue, up: &AttrValue) -> Html {
    let (left, right, floor) = (number(LEFT), number(WIDTH - RIGHT), HEIGHT - BOTTOM);
    html! {
        <g>
            { for sheet.up.ticks.iter().enumerate().map(|(place, value)| {
                let y = sheet.y(*value);
                html! {
                    <g key={place}>
                        <line class="chart-grid" x1={left.clone()} x2={right.clone()} y1={number(y)} y2={number(y)} />
                        <text x={number(LEFT - 8.0)} y={number(y + 4.0)} text-anchor="end">{ tick(*value) }</text>
                    </g>
                }
            }) }
            { for sheet.across.ticks.iter().enumerate().map(|(place, value)| {
                let x = number(sheet.x(*value));
                html! {
                    <g key={place}>
                        <line class="chart-axis" x1={x.clone()} x2={x.clone()} y1={number(floor)} y2={number(floor + 4.0)} />
                        <text {x} y={number(floor + 17.0)} text-anchor="middle">{ tick(*value) }</text>
                    </g>
                }
            }) }
            <line class="chart-axis" x1={left.clone()} x2={right.clone()} y1={number(floor)} y2={number(floor)} />
            <text class="chart-name" x={right} y={number(HEIGHT - 6.0)} text-anchor="end">{ across.clone() }</text>
            <text class="chart-name" x="4" y="12">{ up.clone() }</text>
        </g>
    }
}

fn drawn(sheet: &Sheet, props: &ChartProps, index: usize, curve: &Curve) -> Html {
    let places: Vec<(f64, f64)> =
        curve.points.iter().map(|point| (sheet.x(point.x), sheet.y(point.y))).collect();
    let beside = places.first().filter(|_| !props.joined).map(|(x, y)| {
        let (x, anchor) = if *x > WIDTH * 0.75 { (x - 9.0, "end") } else { (x + 9.0, "start") };
        // Names of points that lie close together stand above and below in turn.
        let y = if index.is_multiple_of(2) { y - 7.0 } else { y + 15.0 };
        html! { <text x={number(x)} y={number(y)} text-anchor={anchor}>{ &curve.name }</text> }
    });
    html! {
        <g key={index} class={class(index)}>
            if props.joined { <path class="curve-line" d={line(&places)} /> }
            { for curve.points.iter().zip(&places).map(|(point, (x, y))| {
                let at = point.index;
                let onclick = props.chosen.reform(move |_: MouseEvent| (index, at));
                let is_marked = props.marked.contains(&(index, at));
                html! {
                    <key={at}>
                    if is_marked { <circle class="curve-ring" cx={number(*x)} cy={number(*y)} r={number(2.0 * R)} /> }
                    <path class="curve-point" d={marker(index, *x, *y)} {onclick}>
                        <title>{ format!("{}: {} → {}", curve.name, tick(point.x), tick(point.y)) }</title>
                    </path>
                    </>
                }
            }) }
            { beside }
        </g>
    }
}

/// The names of the curves.
#[derive(Properties, PartialEq)]
pub struct LegendProps {
    /// In the order of the curves.
    pub names: Vec<String>,
}

/// The names of the curves with their markers.
#[component]
pub fn Legend(LegendProps { names }: &LegendProps) -> Html {
    html! {
        <ul class="curve-legend">
            { for names.iter().enumerate().map(|(index, name)| html! {
                <li key={index}>
                    <svg class={class(index)} viewBox="0 0 28 14" aria-hidden="true">
                        <path class="curve-line" d="M1 7 H27" />
                        <path class="curve-point" d={marker(index, 14.0, 7.0)} />
                    </svg>
                    { name }
                </li>
            }) }
        </ul>
    }
}

/// How many looks there are before they come again.
const LOOKS: usize = 7;
/// Half the size of a marker.
const R: f64 = 4.5;

fn class(curve: usize) -> String {
    format!("curve curve-{}", curve % LOOKS)
}

/// The outline of a curve's marker: round, square, triangle, diamond, triangle upside down, star, cross.
fn marker(curve: usize, x: f64, y: f64) -> String {
    let corners: &[(f64, f64)] = match curve % LOOKS {
        0 => {
            return format!(
                "M{:.1} {y:.1} a{R} {R} 0 1 0 {:.1} 0 a{R} {R} 0 1 0 {:.1} 0",
                x - R,
                2.0 * R,
                -2.0 * R
            );
        }
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        3 => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        4 => &[(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
        5 => &[
            (0.0, -1.4),
            (0.35, -0.35),
            (1.4, 0.0),
            (0.35, 0.35),
            (0.0, 1.4),
            (-0.35, 0.35),
            (-1.4, 0.0),
            (-0.35, -0.35),
        ],
        _ => &[
            (-0.4, -1.2),
            (0.4, -1.2),
            (0.4, -0.4),
            (1.2, -0.4),
            (1.2, 0.4),
            (0.4, 0.4),
            (0.4, 1.2),
            (-0.4, 1.2),
            (-0.4, 0.4),
            (-1.2, 0.4),
            (-1.2, -0.4),
            (-0.4, -0.4),
        ],
    };
    let places: Vec<(f64, f64)> = corners.iter().map(|(dx, dy)| (x + dx * R, y + dy * R)).collect();
    format!("{} Z", line(&places))
}

fn line(places: &[(f64, f64)]) -> String {
    let places: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    if places.is_empty() { String::new() } else { format!("M{}", places.join(" L")) }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_curve_has_a_marker_of_its_own() {
        let outlines: BTreeSet<String> = (0..LOOKS).map(|curve| marker(curve, 0.0, 0.0)).collect();
        assert_eq!(outlines.len(), LOOKS);
        assert_eq!(marker(0, 5.0, 5.0), marker(LOOKS, 5.0, 5.0));
    }

    #[test]
    fn a_line_joins_its_points_and_is_nothing_without_any() {
        assert_eq!(line(&[(0.0, 1.0), (2.0, 3.0)]), "M0.0 1.0 L2.0 3.0");
        assert_eq!(line(&[]), "");
    }
}
