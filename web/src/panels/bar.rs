//! A bar whose length is a share of its track.
//!
//! The length is set through the style object of the element: the page's policy forbids style attributes.

use web_sys::HtmlElement;
use yew::prelude::*;

/// How long, and how it looks.
#[derive(Properties, PartialEq)]
pub struct BarProps {
    /// Its length, from 0 to 1.
    pub share: f64,
    /// The classes of what fills it: a task's colour and weave, or an activity's.
    #[prop_or_default]
    pub fill: Classes,
    /// What it says to a screen reader; without it the bar repeats what stands beside it and is passed over.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

/// A bar whose length is a share of its track.
#[component]
pub fn Bar(BarProps { share, fill, label }: &BarProps) -> Html {
    let filled = use_node_ref();
    use_effect_with((*share, filled.clone()), |(share, filled)| {
        if let Some(element) = filled.cast::<HtmlElement>() {
            let percent = format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0);
            // A browser that refuses the property shows an empty track.
            let _ = element.style().set_property("inline-size", &percent);
        }
    });
    let (role, hidden) = if label.is_some() { (Some("img"), None) } else { (None, Some("true")) };
    html! {
        <span class="bar" {role} aria-label={label.clone()} aria-hidden={hidden}>
            <span ref={filled} class={classes!("bar-fill", fill.clone())}></span>
        </span>
    }
}
