//! What the canvas draws with: colours taken from the style sheet, weaves as patterns, and the widths of texts.
//! All of it is made once and kept until the theme or the density of the screen changes.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::f64::consts::TAU;

use wasm_bindgen::JsCast;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use crate::palette::{CELL, KERNEL, Look, Own, Weave, task_colour, thread};

/// The tokens of the style sheet that the canvas needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tones {
    /// Writing.
    pub ink: String,
    /// Writing that stands back, and the threads of waiting.
    pub soft: String,
    /// Lines of the grid.
    pub line: String,
    /// The page.
    pub ground: String,
    /// What is chosen.
    pub accent: String,
    /// Behind what is chosen.
    pub accent_soft: String,
    /// The strip of the minimap.
    pub sunken: String,
    /// What comes from outside.
    pub bad: String,
}

/// The pens.
pub struct Pens {
    /// Colours.
    pub tones: Tones,
    /// Device pixels per pixel of the page.
    pub density: f64,
    /// The font of labels and of the axis.
    pub font: String,
    /// The same, bold: for what stands on a colour.
    pub bold: String,
    patterns: RefCell<BTreeMap<Look, Option<CanvasPattern>>>,
    widths: RefCell<HashMap<String, f64>>,
}

impl Pens {
    /// Takes the pens for a canvas within `frame`, whose style sheet says what they look like; `scale` is how much
    /// larger than usual the type is.
    pub fn new(frame: &HtmlElement, density: f64, scale: f64) -> Pens {
        let tone = |token: &str| computed_colour(frame, token).unwrap_or_else(|| "gray".to_owned());
        let family = computed(frame, "font-family").unwrap_or_else(|| "system-ui, sans-serif".to_owned());
        let size = 11.0 * scale * density;
        Pens {
            tones: Tones {
                ink: tone("--ink"),
                soft: tone("--ink-soft"),
                line: tone("--line"),
                ground: tone("--ground"),
                accent: tone("--accent"),
                accent_soft: tone("--accent-soft"),
                sunken: tone("--sunken"),
                bad: tone("--bad"),
            },
            density,
            font: format!("{size}px {family}"),
            bold: format!("600 {size}px {family}"),
            patterns: RefCell::default(),
            widths: RefCell::default(),
        }
    }

    /// How wide a bold text is, in device pixels.
    pub fn width(&self, context: &CanvasRenderingContext2d, text: &str) -> f64 {
        if let Some(&width) = self.widths.borrow().get(text) {
            return width;
        }
        context.set_font(&self.bold);
        let width = context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        self.widths.borrow_mut().insert(text.to_owned(), width);
        width
    }

    /// Makes a look what shapes are filled with.
    pub fn fill(&self, context: &CanvasRenderingContext2d, look: Look) {
        let alpha = if matches!(look, Look::Waiting(..)) { 0.5 } else { 1.0 };
        context.set_global_alpha(alpha);
        let mut patterns = self.patterns.borrow_mut();
        let pattern = patterns.entry(look).or_insert_with(|| self.pattern(look));
        match (pattern, look) {
            (Some(pattern), _) => context.set_fill_style_canvas_pattern(pattern),
            (None, Look::Task(colour, _) | Look::Waiting(colour, _)) => {
                context.set_fill_style_str(&task_colour(usize::from(colour)).css());
            }
            (None, Look::Working(colour, _)) => {
                context.set_fill_style_str(&thread(task_colour(usize::from(colour))).css());
            }
            (None, Look::Own(_)) => context.set_fill_style_str(&KERNEL.0.css()),
        }
    }

    /// The weave of a look, unless it is plain.
    fn pattern(&self, look: Look) -> Option<CanvasPattern> {
        let (ground, threads, weave) = match look {
            Look::Task(colour, weave) => {
                let ground = task_colour(usize::from(colour));
                (Some(ground.css()), thread(ground).css(), weave)
            }
            // Woven the other way round: the threads are the ground.
            Look::Working(colour, weave) => {
                let threads = task_colour(usize::from(colour));
                (Some(thread(threads).css()), threads.css(), weave)
            }
            Look::Waiting(..) => return None,
            Look::Own(own) if own.on_grey() => (Some(KERNEL.0.css()), KERNEL.1.css(), own.weave()),
            Look::Own(Own::Idle) => (None, self.tones.line.clone(), Own::Idle.weave()),
            Look::Own(own) => (None, self.tones.soft.clone(), own.weave()),
        };
        if weave == Weave::Plain {
            return None;
        }
        let size = (f64::from(CELL) * self.density).round();
        let (cell, context) = canvas(size)?;
        if let Some(ground) = ground {
            context.set_fill_style_str(&ground);
            context.fill_rect(0.0, 0.0, size, size);
        }
        context.set_fill_style_str(&threads);
        context.set_stroke_style_str(&threads);
        context.set_line_width(1.5 * self.density);
        weave_cell(&context, weave, size);
        context.create_pattern_with_html_canvas_element(&cell, "repeat").ok().flatten()
    }
}

/// Draws one cell of a weave.
fn weave_cell(context: &CanvasRenderingContext2d, weave: Weave, size: f64) {
    // A diagonal leaves the cell at its corners; those of the neighbours come in there.
    let diagonals = |rising: bool| {
        context.begin_path();
        for shift in [-size, 0.0, size] {
            let (from, to) = if rising { (2.0 * size, -size) } else { (-size, 2.0 * size) };
            context.move_to(-size + shift, from);
            context.line_to(2.0 * size + shift, to);
        }
        context.stroke();
    };
    let bars = || context.fill_rect((size * 0.75).round(), 0.0, (size * 0.25).round(), size);
    let rows = || context.fill_rect(0.0, (size * 0.75).round(), size, (size * 0.25).round());
    match weave {
        Weave::Plain => {}
        Weave::Rising => diagonals(true),
        Weave::Falling => diagonals(false),
        Weave::Lattice => {
            diagonals(true);
            diagonals(false);
        }
        Weave::Bars => bars(),
        Weave::Rows => rows(),
        Weave::Grid => {
            bars();
            rows();
        }
        Weave::Dots => {
            context.begin_path();
            // The canvas refuses only negative radii.
            let _ = context.arc(size / 2.0, size / 2.0, size * 0.2, 0.0, TAU);
            context.fill();
        }
    }
}

/// A canvas that is on no page.
fn canvas(size: f64) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement =
        gloo::utils::document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(size as u32);
    canvas.set_height(size as u32);
    let context = context(&canvas)?;
    Some((canvas, context))
}

/// What draws on a canvas.
pub fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

fn computed(element: &HtmlElement, property: &str) -> Option<String> {
    let style = gloo::utils::window().get_computed_style(element).ok().flatten()?;
    style.get_property_value(property).ok().filter(|value| !value.is_empty())
}

/// A token as a colour that a canvas understands. Tokens that depend on the theme are resolved by the browser,
/// which does that for properties that are in use only.
fn computed_colour(frame: &HtmlElement, token: &str) -> Option<String> {
    let style = frame.style();
    style.set_property("outline-color", &format!("var({token})")).ok()?;
    let colour = computed(frame, "outline-color");
    style.remove_property("outline-color").ok()?;
    colour
}
