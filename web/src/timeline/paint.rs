//! Putting the scene on the canvases. The lanes are drawn when the window, the tile or the choice changes; what
//! moves with every picture (cursor, hover) lies on a canvas of its own above them.

use kernelscope_session::view::{Mark, MarkKind};
use web_sys::CanvasRenderingContext2d;

use super::axis::Tick;
use super::lanes::Layout;
use super::pens::Pens;
use super::scene::{Camera, Rect, Scene};
use super::window::Window;

/// Draws the lanes: grid, segments, names.
pub fn lanes(context: &CanvasRenderingContext2d, pens: &Pens, camera: &Camera, stage: &Lanes<'_>) {
    let (width, height) = size(camera);
    reset(context, width, height);
    let density = pens.density;
    for &band in stage.bands {
        context.set_fill_style_str(&pens.tones.accent_soft);
        fill(context, band);
    }
    context.set_fill_style_str(&pens.tones.line);
    let hair = density.round().max(1.0);
    for tick in stage.ticks {
        context.fill_rect((tick.x * density).round(), 0.0, hair, height);
    }
    for at in stage.layout.visible(camera.scrolled, camera.height) {
        if let Some(row) = stage.layout.row(at) {
            let under = ((row.top + row.height - camera.scrolled) * density).round() + hair;
            context.fill_rect(0.0, under, width, hair);
        }
    }
    // Weaves keep their place in time: they move with the segments when the window moves.
    let cell = (8.0 * density).round();
    let drift = -(camera.window.from / camera.window.span * camera.width * density).rem_euclid(cell).round();
    let sunk = -(camera.scrolled * density).rem_euclid(cell).round();
    for (look, rects) in &stage.scene.fills {
        if rects.is_empty() {
            continue;
        }
        pens.fill(context, *look);
        // The canvas refuses only matrices that are not numbers.
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, drift, sunk);
        for rect in rects {
            context.fill_rect(rect.x - drift, rect.y - sunk, rect.width, rect.height);
        }
    }
    let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    context.set_global_alpha(1.0);
    context.set_fill_style_str(&crate::palette::INK.css());
    stage.scene.chosen.iter().for_each(|&rect| fill(context, rect));
    context.set_font(&pens.bold);
    context.set_text_align("center");
    context.set_text_baseline("middle");
    for label in &stage.scene.labels {
        // A canvas that cannot write has nothing to say about it.
        let _ = context.fill_text(&label.text, label.x.round(), (label.y + density * 0.5).round());
    }
    for mark in stage.marks {
        context.set_stroke_style_str(tone(pens, mark.kind));
        context.set_line_width(hair);
        dashes(context, density);
        let x = camera.column(mark.at.0) + hair / 2.0;
        line(context, x, 0.0, x, height);
    }
    context.set_line_dash(&js_sys::Array::new()).unwrap_or_default();
}

/// What [`lanes`] draws.
pub struct Lanes<'a> {
    /// The segments.
    pub scene: &'a Scene,
    /// The grid.
    pub ticks: &'a [Tick],
    /// The places of the lanes.
    pub layout: &'a Layout,
    /// The lanes that are picked out.
    pub bands: &'a [Rect],
    /// The marks in sight, at most one a column.
    pub marks: &'a [Mark],
}

/// Draws the axis: numbers, and the marks at their instants.
pub fn axis(
    context: &CanvasRenderingContext2d,
    pens: &Pens,
    camera: &Camera,
    ticks: &[Tick],
    marks: &[Mark],
) {
    let (width, height) = size(camera);
    let density = pens.density;
    reset(context, width, height);
    context.set_font(&pens.font);
    context.set_text_align("center");
    context.set_text_baseline("middle");
    context.set_fill_style_str(&pens.tones.soft);
    for tick in ticks {
        let half = pens.width(context, &tick.label) / 2.0;
        context.set_font(&pens.font);
        // A label at the very edge is moved in rather than cut.
        let x = (tick.x * density).clamp(half, (width - half).max(half));
        let _ = context.fill_text(&tick.label, x.round(), (height * 0.42).round());
    }
    for mark in marks {
        context.set_fill_style_str(tone(pens, mark.kind));
        let (x, reach) = (camera.column(mark.at.0), 4.0 * density);
        context.begin_path();
        match mark.kind {
            MarkKind::Boost => {
                context.move_to(x - reach, height);
                context.line_to(x, height - 1.6 * reach);
                context.line_to(x + reach, height);
            }
            MarkKind::Input(_) => {
                context.move_to(x, height);
                context.line_to(x - reach, height - reach);
                context.line_to(x, height - 2.0 * reach);
                context.line_to(x + reach, height - reach);
            }
            MarkKind::Stopped => context.rect(x - reach, height - 2.0 * reach, 2.0 * reach, 2.0 * reach),
        }
        context.fill();
    }
}

/// Draws the whole run as a strip, with the window on it.
pub fn minimap(
    context: &CanvasRenderingContext2d,
    pens: &Pens,
    camera: &Camera,
    scene: &Scene,
    window: Window,
    cursor: f64,
) {
    let (width, height) = size(camera);
    reset(context, width, height);
    context.set_fill_style_str(&pens.tones.sunken);
    context.fill_rect(0.0, 0.0, width, height);
    for (look, rects) in &scene.fills {
        pens.fill(context, *look);
        rects.iter().for_each(|&rect| fill(context, rect));
    }
    context.set_global_alpha(1.0);
    let density = pens.density;
    let left = (camera.window.x(window.from, camera.width) * density).round();
    let right = (camera.window.x(window.to(), camera.width) * density).round();
    // What is outside the window steps back.
    context.set_global_alpha(0.55);
    context.set_fill_style_str(&pens.tones.ground);
    context.fill_rect(0.0, 0.0, left, height);
    context.fill_rect(right, 0.0, width - right, height);
    context.set_global_alpha(1.0);
    context.set_stroke_style_str(&pens.tones.accent);
    let stroke = (1.5 * density).round();
    context.set_line_width(stroke);
    let inset = stroke / 2.0;
    context.stroke_rect(left + inset, inset, (right - left - stroke).max(stroke), height - stroke);
    context.set_fill_style_str(&pens.tones.ink);
    let x = (camera.window.x(cursor, camera.width) * density).round();
    context.fill_rect(x.min(width - stroke), 0.0, stroke, height);
}

/// What lies over the lanes and the axis.
pub struct Over<'a> {
    /// Where the cursor is, in nanoseconds.
    pub cursor: f64,
    /// What is written on its flag.
    pub flag: &'a str,
    /// The height of the axis, in pixels of the page.
    pub axis: f64,
    /// The segment under the pointer, in device pixels of the lanes.
    pub hover: Option<Rect>,
    /// The ticks, whose labels give way to the flag.
    pub ticks: &'a [Tick],
}

/// Draws the cursor with its flag, and what the pointer is on.
pub fn over(context: &CanvasRenderingContext2d, pens: &Pens, camera: &Camera, over: &Over<'_>) {
    let (width, height) = size(camera);
    reset(context, width, height);
    let density = pens.density;
    let axis = (over.axis * density).round();
    if let Some(rect) = over.hover {
        let stroke = (2.0 * density).round();
        context.set_stroke_style_str(&pens.tones.ink);
        context.set_line_width(stroke);
        let inset = stroke / 2.0;
        context.stroke_rect(
            rect.x + inset,
            rect.y + axis + inset,
            (rect.width - stroke).max(stroke),
            (rect.height - stroke).max(stroke),
        );
    }
    let x = camera.window.x(over.cursor, camera.width) * density;
    if !(-1.0..=width + 1.0).contains(&x) {
        return;
    }
    let stroke = (1.5 * density).round().max(1.0);
    let x = (x - stroke / 2.0).round().clamp(0.0, width - stroke);
    let flag = pens.width(context, over.flag) + 12.0 * density;
    let left = (x + stroke / 2.0 - flag / 2.0).clamp(0.0, (width - flag).max(0.0)).round();
    context.set_fill_style_str(&pens.tones.ground);
    for tick in over.ticks {
        // A label of which the flag would leave half a letter is taken away as a whole.
        let half = pens.width(context, &tick.label) / 2.0 + density;
        let at = (tick.x * density).clamp(half, (width - half).max(half));
        if at + half > left && at - half < left + flag {
            context.fill_rect(at - half, 0.0, 2.0 * half, (axis * 0.66).round());
        }
    }
    context.set_fill_style_str(&pens.tones.ink);
    context.fill_rect(x, axis * 0.5, stroke, height - axis * 0.5);
    context.begin_path();
    if context.round_rect_with_f64(left, 0.0, flag, (axis * 0.84).round(), 3.0 * density).is_err() {
        context.rect(left, 0.0, flag, (axis * 0.84).round());
    }
    context.fill();
    context.set_fill_style_str(&pens.tones.ground);
    context.set_font(&pens.bold);
    context.set_text_align("center");
    context.set_text_baseline("middle");
    let _ = context.fill_text(over.flag, left + flag / 2.0, (axis * 0.45).round());
}

/// The size of a canvas, in device pixels.
fn size(camera: &Camera) -> (f64, f64) {
    ((camera.width * camera.density).round(), (camera.height * camera.density).round())
}

fn reset(context: &CanvasRenderingContext2d, width: f64, height: f64) {
    context.set_global_alpha(1.0);
    context.clear_rect(0.0, 0.0, width, height);
}

fn fill(context: &CanvasRenderingContext2d, rect: Rect) {
    context.fill_rect(rect.x, rect.y, rect.width, rect.height);
}

fn line(context: &CanvasRenderingContext2d, x: f64, y: f64, to_x: f64, to_y: f64) {
    context.begin_path();
    context.move_to(x, y);
    context.line_to(to_x, to_y);
    context.stroke();
}

fn dashes(context: &CanvasRenderingContext2d, density: f64) {
    let dash = js_sys::Array::of2(&(3.0 * density).into(), &(3.0 * density).into());
    context.set_line_dash(&dash).unwrap_or_default();
}

fn tone(pens: &Pens, mark: MarkKind) -> &str {
    match mark {
        MarkKind::Boost => &pens.tones.accent,
        MarkKind::Input(_) | MarkKind::Stopped => &pens.tones.bad,
    }
}
