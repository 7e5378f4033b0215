//! The page.

use yew::prelude::*;

/// Which build this is: the page and its worker must come from the same one.
const BUILD: &str = match option_env!("KERNELSCOPE_BUILD") {
    Some(build) => build,
    None => "dev",
};

#[function_component]
fn App() -> Html {
    html! {
        <main data-state="ready">
            <h1>{ "Kernelscope" }</h1>
            <p>{ BUILD }</p>
        </main>
    }
}

fn main() {
    let document = gloo::utils::document();
    let place = document.get_element_by_id("app").expect("index.html has a place for the app");
    yew::Renderer::<App>::with_root(place).render();
}
