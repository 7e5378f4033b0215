//! Memory as a form: whether there is any, how much, who leaves when frames run out, and the regions of a task.

use kernelscope_share::params::{self, Field, TABLE};
use serde_json::{Map, Value, json};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::EditorProps;
use super::field::{Form, is_on};
use crate::i18n::{Lang, editor as text, fields, use_lang};
use crate::state::document::{free_name, shown};
use crate::state::{Action, Edit};

/// Where memory stands in the document.
const PATH: &str = "machine.memory";
/// Where it says what translates addresses …
const MMU: &str = "machine.memory.mmu";
/// … and who leaves when frames run out.
const REPLACEMENT: &str = "machine.memory.replacement";
/// What is seen first; the rest is folded away.
const FIRST: [&str; 3] = ["machine.memory.frames", "machine.memory.tlb", "machine.memory.daemon"];

/// The memory of the machine; without any, the way to get some.
#[component]
pub(super) fn Memory(props: &EditorProps) -> Html {
    let lang = use_lang();
    let edit = |value: Option<Value>| {
        props.act.reform(move |_: MouseEvent| Action::Edit(Edit::Set(PATH.into(), value.clone())))
    };
    let content = match params::get(&props.document, PATH) {
        None if props.read_only => return Html::default(),
        None => html! {
            <button type="button" class="quiet add" onclick={edit(Some(Value::Object(Map::new())))}>
                { "+ " }{ text::add_memory(lang) }
            </button>
        },
        Some(_) => html! {
            <>
                { parts(props, lang) }
                if !props.read_only {
                    <button type="button" class="quiet" onclick={edit(None)}>{ text::remove_memory(lang) }</button>
                }
            </>
        },
    };
    html! {
        <section class="editor-section" aria-label={text::memory(lang)} data-testid="editor-memory">
            <h2 class="panel-title">{ text::memory(lang) }</h2>
            { content }
        </section>
    }
}

fn parts(props: &EditorProps, lang: Lang) -> Html {
    let form = props.form();
    let wrong = |rows: &[&Field]| rows.iter().any(|row| form.is_wrong(&row.pattern));
    let is_below =
        |path: &str, prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
    let mode = chosen(form, MMU);
    let rest: Vec<&Field> = TABLE
        .iter()
        .filter(|row| {
            is_below(&row.pattern, PATH) && ![MMU, REPLACEMENT].iter().any(|it| is_below(&row.pattern, it))
        })
        .filter(|row| !FIRST.iter().any(|first| row.pattern == *first || is_below(&row.pattern, first)))
        .filter(|row| means_something(&mode, &row.pattern) || form.is_said(&row.pattern))
        .collect();
    let costs: Vec<&Field> =
        TABLE.iter().filter(|row| row.of_memory && row.pattern.starts_with("machine.costs.")).collect();
    let folded = |title: &'static str, rows: &[&Field]| {
        html! {
            <details open={wrong(rows)}>
                <summary>{ title }</summary>
                { for rows.iter().map(|row| form.field(&row.pattern)) }
            </details>
        }
    };
    html! {
        <>
            { variants(form, MMU, text::translation(lang), params::mmu_modes(), lang) }
            if mode == "paged" {
                { form.field("machine.memory.frames") }
                { variants(form, REPLACEMENT, text::replacement(lang), params::replacements(), lang) }
                { group(form, "machine.memory.tlb") }
                { group(form, "machine.memory.daemon") }
            }
            { folded(text::memory_more(lang), &rest) }
            { folded(text::memory_costs(lang), &costs) }
        </>
    }
}

/// A group's switch, and its fields while it is there.
fn group(form: Form<'_>, path: &str) -> Html {
    let said = params::get(form.document, path).cloned();
    let on = is_on(said.or_else(|| params::default_value(form.document, path)).as_ref());
    let prefix = format!("{path}.");
    let rows = TABLE.iter().filter(|row| on && row.pattern.starts_with(&prefix));
    html! { <>{ form.field(path) }{ for rows.map(|row| form.field(&row.pattern)) }</> }
}

/// Whether a field means something where addresses are translated so: without paging the kernel keeps no frames.
fn means_something(mode: &str, pattern: &str) -> bool {
    let of_all = ["machine.memory.address_bits", "machine.memory.on_violation"];
    let of_pages = ["machine.memory.page_size", "machine.memory.levels"];
    match mode {
        "base_bounds" | "segments" => of_all.contains(&pattern),
        "page_table" | "image" => of_all.contains(&pattern) || of_pages.contains(&pattern),
        _ => true,
    }
}

/// The name of the one that is chosen of several that may stand at a path.
fn chosen(form: Form<'_>, path: &str) -> String {
    match params::value(form.document, path) {
        Some(Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        name => shown(name.as_ref()),
    }
}

/// The choice of one of several that may stand at a path, and its fields.
fn variants(
    form: Form<'_>,
    path: &'static str,
    label: &'static str,
    names: impl Iterator<Item = &'static str>,
    lang: Lang,
) -> Html {
    let chosen = chosen(form, path);
    let onchange = form.act.reform(move |event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Edit(Edit::Set(path.into(), Some(Value::String(name))))
    });
    let prefix = format!("{path}.{chosen}.");
    html! {
        <>
            <select class="policy" aria-label={label} {onchange} disabled={form.read_only}>
                { for names.map(|name| html! {
                    <option key={name} value={name} selected={name == chosen}>{ fields::word(lang, name) }</option>
                }) }
            </select>
            { for TABLE.iter().filter(|row| row.pattern.starts_with(&prefix)).map(|row| form.field(&row.pattern)) }
        </>
    }
}

/// The regions of a task, where the machine has memory.
pub(super) fn regions(form: Form<'_>, task: usize, name: &str, lang: Lang) -> Html {
    if params::get(form.document, PATH).is_none() {
        return Html::default();
    }
    let path = format!("processes[{task}].regions");
    let list = params::get(form.document, &path).and_then(Value::as_array).cloned().unwrap_or_default();
    let change = |list: Vec<Value>| {
        let (path, list) = (path.clone(), (!list.is_empty()).then_some(Value::Array(list)));
        form.act.reform(move |_: MouseEvent| Action::Edit(Edit::Set(path.clone(), list.clone())))
    };
    let added = || {
        let taken: Vec<&str> = list.iter().filter_map(|region| region.get("name")?.as_str()).collect();
        let name = if taken.contains(&"heap") { free_name(Some("heap"), &taken) } else { "heap".to_owned() };
        list.iter().cloned().chain([json!({ "name": name })]).collect()
    };
    let without = |place: usize| {
        list.iter()
            .enumerate()
            .filter(|(other, _)| *other != place)
            .map(|(_, region)| region.clone())
            .collect()
    };
    let rows = || TABLE.iter().filter(|row| row.pattern.starts_with("processes[].regions[]."));
    let field = |place: usize, row: &Field| {
        let own = row.pattern.rsplit('.').next().unwrap_or_default();
        form.field(&format!("{path}[{place}].{own}"))
    };
    html! {
        <div class="regions" role="group" aria-label={text::regions(lang, name)}>
            <p class="soft small">
                { text::regions(lang, name) }
                if list.is_empty() { { ": " }{ text::no_regions(lang) } }
            </p>
            { for list.iter().enumerate().map(|(place, region)| html! {
                <div key={place}>
                    { for rows().map(|row| field(place, row)) }
                    if !form.read_only {
                        <button type="button" class="quiet" onclick={change(without(place))}>
                            { text::remove_that(lang, &shown(region.get("name"))) }
                        </button>
                    }
                </div>
            }) }
            if !form.read_only {
                <button type="button" class="quiet add" onclick={change(added())}>{ "+ " }{ text::add_region(lang) }</button>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_share::params::Kind;

    use super::*;

    #[test]
    fn every_field_of_memory_has_its_place_in_the_form() {
        let shown_first = |row: &&Field| FIRST.iter().any(|path| row.pattern == *path);
        assert_eq!(TABLE.iter().filter(shown_first).count(), FIRST.len());
        let groups =
            TABLE.iter().filter(|row| row.kind == Kind::Group && row.pattern.starts_with("machine.memory."));
        for group in groups {
            assert!(FIRST.contains(&group.pattern.as_str()), "{} would have no fields", group.pattern);
        }
    }
}
