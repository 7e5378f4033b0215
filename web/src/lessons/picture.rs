//! A small still picture of who has the CPU as a lesson begins: `0:10 1:10 -:5`, tasks by their places in the
//! scenario, each with its length in the scenario's unit, `-` for nobody. A test draws it from the machine.

use kernelscope_sim::time::{Nanos, parse};
use yew::prelude::*;

use crate::chip::task_classes;

/// How many stretches a picture has at most.
#[cfg(test)]
pub(super) const STRETCHES: usize = 40;

/// What a picture is drawn in: lengths have three decimals at most.
const THOUSANDTHS: Nanos = Nanos(1_000);

/// A stretch of a picture: whose it is, and how long, in thousandths.
fn stretches(picture: &str) -> impl Iterator<Item = (Option<usize>, u64)> {
    picture.split_whitespace().filter_map(|stretch| {
        let (task, length) = stretch.split_once(':')?;
        Some((task.parse().ok(), parse::duration(length, THOUSANDTHS).ok()?.0))
    })
}

/// The picture, for the eye alone.
pub(super) fn draw(picture: &str) -> Html {
    let whole: u64 = stretches(picture).map(|(_, length)| length).sum();
    let mut at = 0;
    let bars = stretches(picture).enumerate().map(|(place, (task, length))| {
        let x = at;
        at += length;
        let classes = task.map(task_classes).unwrap_or_default();
        html! { <rect key={place} class={classes} x={x.to_string()} y="0" width={length.to_string()} height="1" /> }
    });
    html! {
        <svg class="picture" viewBox={format!("0 0 {whole} 1")} preserveAspectRatio="none" aria-hidden="true">
            { for bars }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_read_stretch_by_stretch() {
        let read: Vec<_> = stretches("0:10 -:0.5 12:3").collect();
        assert_eq!(read, [(Some(0), 10_000), (None, 500), (Some(12), 3_000)]);
    }
}
