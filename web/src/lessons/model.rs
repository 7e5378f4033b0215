//! A lesson: a scenario, and steps that lead through it.
//!
//! A lesson is one file of `web/lessons/`. Its steps point at moments by description and never by number, its
//! figures say what they claim to be, and the tests of this module ask the machine about all of them.
//!
//! To add a lesson: write its file, and name it in the list of [`super::library`].

use kernelscope_share::params::{self, Overrides};
use serde::Deserialize;
use serde_json::Value;

use crate::i18n::Lang;
use crate::state::Panel;
use crate::sweep::plan::Plan;

/// A lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its name in addresses; also the name of its file.
    pub id: String,
    /// Where it stands in the gallery.
    pub group: Group,
    /// What it is called.
    pub title: Both,
    /// What it is about, in a sentence.
    pub summary: Both,
    /// Who has the CPU as it begins: see [`super::picture`].
    pub picture: String,
    /// Where a reader may check it: `OSTEP 7.3`.
    pub cites: Vec<String>,
    /// The topics that it shows, by their ids.
    pub covers: Vec<String>,
    /// The scenario that it begins with.
    pub document: Value,
    /// Other scenarios that its steps use, as what differs in them.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// What it says, step by step.
    pub steps: Vec<Step>,
}

/// A group of the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Modes, traps, interrupts, switches.
    Kernel,
    /// States and their changes.
    Processes,
    /// The classic policies.
    Policies,
    /// The multi-level feedback queue.
    Mlfq,
}

impl Group {
    /// Every group, in the order of the gallery.
    pub const ALL: [Group; 4] = [Group::Kernel, Group::Processes, Group::Policies, Group::Mlfq];

    /// Its name in ids.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Kernel => "kernel",
            Group::Processes => "processes",
            Group::Policies => "policies",
            Group::Mlfq => "mlfq",
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

impl Both {
    /// The text in a language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
        }
    }
}

/// Another scenario of the same lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// What steps call it.
    pub id: String,
    /// What people call it.
    pub name: Both,
    /// What differs from the lesson's document: values by path.
    pub set: Overrides,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The moment that it is about: `2nd demotion of A`.
    pub at: String,
    /// The panel that shows it.
    pub panel: Panel,
    /// The variant that it is about; the lesson's own document if none.
    #[serde(default)]
    pub variant: Option<String>,
    /// The task that it is about.
    #[serde(default)]
    pub select: Option<String>,
    /// The variants to run beside it; `base` is the lesson's own document.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The sweep that it shows.
    #[serde(default)]
    pub sweep: Option<Plan>,
    /// What to predict before its text is shown.
    #[serde(default)]
    pub ask: Option<Ask>,
    /// What it says.
    pub text: Both,
}

/// Something to predict.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The question.
    pub question: Both,
    /// What could be the answer.
    pub choices: Vec<Both>,
    /// Which of them is.
    pub answer: usize,
}

/// What a lesson calls its own document where it names variants.
pub const BASE: &str = "base";

impl Lesson {
    /// The document of a variant; the lesson's own for none and for `base`.
    pub fn document(&self, variant: Option<&str>) -> Value {
        let changed =
            self.variant(variant).and_then(|variant| params::apply(&self.document, &variant.set).ok());
        changed.unwrap_or_else(|| self.document.clone())
    }

    /// What has to be set in one variant's document to make another's of it.
    pub fn overrides(&self, from: Option<&str>, to: Option<&str>) -> Overrides {
        let target = self.document(to);
        let undone = self.variant(from).into_iter().flat_map(|variant| variant.set.keys());
        let mut overrides: Overrides =
            undone.filter_map(|path| Some((path.clone(), params::value(&target, path)?))).collect();
        overrides.extend(self.variant(to).into_iter().flat_map(|variant| variant.set.clone()));
        overrides
    }

    fn variant(&self, id: Option<&str>) -> Option<&Variant> {
        self.variants.iter().find(|variant| Some(variant.id.as_str()) == id)
    }

    /// The step's variant as people call it, if it has one.
    pub fn variant_name(&self, step: &Step, lang: Lang) -> Option<&str> {
        self.variant(step.variant.as_deref()).map(|variant| variant.name.in_lang(lang))
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_share::file;
    use serde_json::json;

    use super::*;

    fn lesson() -> Lesson {
        let both = json!({"en": "x", "ko": "x"});
        serde_json::from_value(json!({
            "id": "x", "group": "mlfq", "title": both, "summary": both, "picture": "", "cites": [], "covers": [],
            "document": {"version": 1, "processes": [{"name": "A", "program": "cpu 1"}], "limits": {"until": 9}},
            "variants": [
                {"id": "rr", "name": both, "set": {"machine.policy": {"rr": {"quantum": 1}}, "processes[0].at": 5}},
                {"id": "sjf", "name": both, "set": {"machine.policy": "sjf"}},
            ],
            "steps": [],
        }))
        .unwrap()
    }

    #[test]
    fn a_variant_is_the_document_with_what_differs() {
        let lesson = lesson();
        assert_eq!(lesson.document(Some("sjf"))["machine"]["policy"], json!("sjf"));
        assert_eq!(lesson.document(Some("sjf"))["limits"]["until"], json!(9));
        assert_eq!(lesson.document(Some(BASE)), lesson.document);
    }

    #[test]
    fn overrides_lead_from_any_variant_to_any_other() {
        let lesson = lesson();
        let names = [None, Some("rr"), Some("sjf"), Some(BASE)];
        for from in names {
            for to in names {
                let document = params::apply(&lesson.document(from), &lesson.overrides(from, to)).unwrap();
                assert_eq!(file::decode(&document), file::decode(&lesson.document(to)), "{from:?} to {to:?}");
            }
        }
    }
}
