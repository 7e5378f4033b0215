//! The lessons are held against the machine: every moment that a step names is found, every figure is what it
//! claims to be, and both languages say the same.

mod claim;
mod figure;
mod memory;
mod witness;

use std::collections::BTreeSet;

use kernelscope_share::{file, params};
use kernelscope_sim::event::EndReason;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::Totals;

use super::library::lessons;
use super::model::{BASE, Both, Lesson, Step};
use super::text::{Span, spans};
use super::topics::{TOPICS, topic};
use crate::i18n::{glossary, josa};
use claim::{Claim, parse};
use figure::Figured;
use witness::Witness;

/// Sections that rules, events and lessons may cite: OSTEP v1.10 and OSC, 10th edition.
const SECTIONS: &[&str] = &[
    "OSTEP 4",
    "OSTEP 5",
    "OSTEP 6",
    "OSTEP 7.2",
    "OSTEP 7.3",
    "OSTEP 7.4",
    "OSTEP 7.5",
    "OSTEP 7.6",
    "OSTEP 7.7",
    "OSTEP 7.8",
    "OSTEP 8.1",
    "OSTEP 8.2",
    "OSTEP 8.3",
    "OSTEP 8.4",
    "OSTEP 8.5",
    "OSTEP 13",
    "OSTEP 15",
    "OSTEP 16",
    "OSTEP 18.1",
    "OSTEP 18.2",
    "OSTEP 19.1",
    "OSTEP 19.2",
    "OSTEP 19.5",
    "OSTEP 19.6",
    "OSTEP 20.3",
    "OSTEP 21.1",
    "OSTEP 21.2",
    "OSTEP 21.3",
    "OSTEP 21.5",
    "OSTEP 21.6",
    "OSTEP 22.1",
    "OSTEP 22.2",
    "OSTEP 22.3",
    "OSTEP 22.4",
    "OSTEP 22.5",
    "OSTEP 22.6",
    "OSTEP 22.8",
    "OSTEP 22.9",
    "OSTEP 22.11",
    "OSTEP 23",
    "OSC 1.4",
    "OSC 3.1",
    "OSC 3.3",
    "OSC 5.1.1",
    "OSC 5.1.4",
    "OSC 5.2",
    "OSC 5.3.1",
    "OSC 5.3.2",
    "OSC 5.3.3",
    "OSC 5.3.4",
    "OSC 5.3.6",
    "OSC 9.1",
    "OSC 9.2",
    "OSC 9.3",
    "OSC 9.3.2",
    "OSC 9.4",
    "OSC 9.5",
    "OSC 10.2",
    "OSC 10.4",
    "OSC 10.4.5.2",
    "OSC 10.5.3",
    "OSC 10.6",
];

/// Every text of a step, with the question and the choices.
fn texts(step: &Step) -> Vec<&Both> {
    let asked = step.ask.iter().flat_map(|ask| std::iter::once(&ask.question).chain(&ask.choices));
    std::iter::once(&step.text).chain(asked).collect()
}

/// Calls `check` on every step of every lesson, with a name for it.
fn each_step(mut check: impl FnMut(&str, &Lesson, &Step)) {
    for lesson in lessons().iter() {
        for (place, step) in lesson.steps.iter().enumerate() {
            check(&format!("{}, step {}", lesson.id, place + 1), lesson, step);
        }
    }
}

fn figures(text: &str) -> Vec<(&str, &str)> {
    spans(text)
        .into_iter()
        .filter_map(|span| match span {
            Span::Figure(shown, claim) => Some((shown, claim)),
            _ => None,
        })
        .collect()
}

#[test]
fn every_moment_of_every_lesson_is_found() {
    let mut missing = Vec::new();
    for lesson in lessons().iter() {
        let mut witness = Witness::new(lesson);
        for (place, step) in lesson.steps.iter().enumerate() {
            let variant = step.variant.as_deref();
            let found =
                lesson.target(step).map(|to| (witness.moment(variant, &to), witness.sought(variant, to)));
            // The engine that the page asks finds it where the events have it.
            if !found.is_some_and(|(at, sought)| at.is_some() && at == sought) {
                missing.push(format!("{}, step {}: {} ({found:?})", lesson.id, place + 1, step.at));
            }
        }
    }
    assert!(missing.is_empty(), "no such moment:\n{}", missing.join("\n"));
}

#[test]
fn every_figure_of_every_lesson_is_the_machines() {
    let mut wrong = Vec::new();
    for lesson in lessons().iter() {
        let mut witness = Witness::new(lesson);
        for (place, step) in lesson.steps.iter().enumerate() {
            let english = texts(step).into_iter().flat_map(|both| figures(&both.en)).collect::<BTreeSet<_>>();
            for (shown, text) in english {
                let Some(Claim { variant, measure }) = parse(text) else {
                    wrong.push(format!("{}, step {}: cannot read “{text}”", lesson.id, place + 1));
                    continue;
                };
                let measured = witness.measure(variant.or(step.variant.as_deref()), &measure);
                let told = measured.map(|measured| measured.shown_like(shown, witness.unit()));
                if told.as_deref() != Some(shown) {
                    let told = told.unwrap_or_else(|| "nothing".into());
                    wrong.push(format!("{}, step {}: {text} is {told}, not {shown}", lesson.id, place + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_picture_is_the_beginning_of_the_run() {
    let mut wrong = Vec::new();
    for lesson in lessons().iter() {
        let drawn = Witness::new(lesson).picture();
        if drawn != lesson.picture {
            wrong.push(format!("{}: {drawn}", lesson.id));
        }
    }
    assert!(wrong.is_empty(), "the pictures should be\n{}", wrong.join("\n"));
}

#[test]
fn both_languages_name_the_same_figures_and_terms() {
    each_step(|name, _, step| {
        for both in texts(step) {
            let marks = |text| {
                let mut marks: Vec<(&str, &str)> = spans(text)
                    .into_iter()
                    .filter_map(|span| match span {
                        Span::Figure(shown, claim) => Some((shown, claim)),
                        Span::Term(_, id) => Some(("term", id)),
                        Span::Words(_) | Span::Strong(_) => None,
                    })
                    .collect();
                marks.sort_unstable();
                marks
            };
            assert_eq!(marks(&both.en), marks(&both.ko), "{name}");
        }
    });
}

#[test]
fn a_number_that_claims_nothing_stands_in_the_scenario() {
    let mut strays = Vec::new();
    each_step(|name, lesson, step| {
        let scenarios =
            std::iter::once(step.variant.as_deref()).chain(step.beside.iter().map(|id| Some(id.as_str())));
        let mut known: BTreeSet<String> =
            scenarios.flat_map(|variant| numbers(&lesson.document(variant).to_string())).collect();
        known.extend(figures(&step.text.en).into_iter().flat_map(|(_, claim)| numbers(claim)));
        for text in [&step.text.en, &step.text.ko] {
            for span in spans(text) {
                if let Span::Words(words) = span {
                    for number in free_numbers(words) {
                        if !known.contains(&number) {
                            strays.push(format!("{name}: {number} in “{words}”"));
                        }
                    }
                }
            }
        }
    });
    assert!(strays.is_empty(), "where do these come from?\n{}", strays.join("\n"));
}

/// The numbers of a text that are not part of a name (`Q0`, `P1`) and not small enough to be counting.
fn free_numbers(words: &str) -> Vec<String> {
    let tokens = words.split(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let bare = tokens.map(|token| token.trim_matches('.'));
    bare.filter(|token| token.starts_with(|first: char| first.is_ascii_digit()))
        .map(|token| token.trim_end_matches(|last: char| !last.is_ascii_digit()).to_owned())
        .filter(|number| number.parse::<f64>().is_ok_and(|number| number > 5.0))
        .collect()
}

fn numbers(document: &str) -> BTreeSet<String> {
    let spread = document.replace("..", " ");
    let tokens = spread.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    tokens.filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

#[test]
fn korean_particles_fit_the_figures_before_them() {
    let mut wrong = Vec::new();
    each_step(|name, _, step| {
        for both in texts(step) {
            let spans = spans(&both.ko);
            for pair in spans.windows(2) {
                let (word, Span::Words(after)) = (pair[0], pair[1]) else {
                    continue;
                };
                let (Span::Figure(word, _) | Span::Term(word, _) | Span::Strong(word)) = word else {
                    continue;
                };
                let next: String =
                    after.chars().take_while(|letter| ('가'..='힣').contains(letter)).collect();
                for particle in ["으로", "이", "가", "은", "는", "을", "를", "과", "와", "로"] {
                    if next == particle && josa::after(word, particle) != Some(particle) {
                        wrong.push(format!("{name}: {word}{after}"));
                    }
                }
            }
        }
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_term_is_in_the_glossary() {
    each_step(|name, _, step| {
        for both in texts(step) {
            for span in spans(&both.en) {
                if let Span::Term(_, id) = span {
                    assert!(glossary::term(id).is_some(), "{name}: {id}");
                }
            }
        }
    });
}

#[test]
fn every_lesson_cites_sections_that_are_known() {
    for lesson in lessons().iter() {
        assert!(!lesson.cites.is_empty(), "{}", lesson.id);
        for cite in &lesson.cites {
            assert!(SECTIONS.contains(&cite.as_str()), "{}: {cite}", lesson.id);
        }
    }
}

#[test]
fn every_topic_is_shown_by_a_lesson_and_every_lesson_shows_topics() {
    let shown: BTreeSet<String> = lessons().iter().flat_map(|lesson| lesson.covers.clone()).collect();
    for id in &shown {
        assert!(topic(id).is_some(), "no topic of the name {id}");
    }
    for topic in TOPICS {
        let shows = |lesson: &Lesson| {
            lesson.covers.iter().any(|id| id == topic.id)
                && lesson.steps.iter().any(|step| step.panel == topic.panel)
        };
        assert!(lessons().iter().any(shows), "no lesson shows {} in its panel", topic.id);
    }
    for lesson in lessons().iter() {
        assert!(!lesson.covers.is_empty(), "{}", lesson.id);
    }
}

#[test]
fn every_step_names_variants_tasks_and_figures_that_exist() {
    each_step(|name, lesson, step| {
        let known = |id: &str| id == BASE || lesson.variants.iter().any(|variant| variant.id == id);
        let named = step.variant.iter().chain(&step.beside);
        named.for_each(|id| assert!(known(id), "{name}: no variant {id}"));
        let document = lesson.document(step.variant.as_deref());
        if let Some(task) = &step.select {
            assert!(super::guide::place_of(&document, task).is_some(), "{name}: no task {task}");
        }
        if let Some(ask) = &step.ask {
            assert!(ask.answer < ask.choices.len(), "{name}");
        }
    });
}

#[test]
fn every_sweep_can_be_run_and_draws_what_it_says() {
    each_step(|name, lesson, step| {
        let Some(plan) = &step.sweep else {
            return;
        };
        let document = lesson.document(step.variant.as_deref());
        let prepared = plan.prepare(&document).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(plan.drawn().len(), plan.figures.len(), "{name}");
        for scenario in prepared.spec.curves.into_iter().flatten() {
            let mut machine =
                Machine::new(scenario).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
            assert_eq!(machine.run(Stop::End, &mut Totals), Progress::Ended(EndReason::Done), "{name}");
        }
    });
}

#[test]
fn every_variant_is_a_scenario_that_sets_fields() {
    for lesson in lessons().iter() {
        for variant in &lesson.variants {
            let document = params::apply(&lesson.document, &variant.set).expect("its paths lead somewhere");
            assert!(file::decode(&document).is_ok(), "{}: {}", lesson.id, variant.id);
        }
    }
}

#[test]
fn every_field_of_a_scenario_is_explained_by_a_term() {
    for field in params::TABLE.iter() {
        assert!(glossary::term(field.glossary).is_some(), "{}: {}", field.pattern, field.glossary);
    }
}

#[test]
fn every_variant_is_used() {
    for lesson in lessons().iter() {
        for variant in &lesson.variants {
            let uses =
                |step: &Step| step.variant.as_ref() == Some(&variant.id) || step.beside.contains(&variant.id);
            assert!(lesson.steps.iter().any(uses), "{}: {}", lesson.id, variant.id);
        }
    }
}
