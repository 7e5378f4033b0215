//! A lesson: a scenario, and steps that lead through it.
//!
//! A lesson is one file of `web/lessons/`. Its steps point at moments by description and never by number, its
//! figures say what they claim to be, and the tests of this module ask the machine about all of them.
//!
//! To add a lesson: write its file, and name it in the list of [`super::library`].

use kernelscope_share::params::{self, Overrides};
use serde_json::Value;

use crate::i18n::Lang;
use crate::json::{self, Fields};
use crate::state::Panel;
use crate::sweep::plan::Plan;

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
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
    pub variants: Vec<Variant>,
    /// What it says, step by step.
    pub steps: Vec<Step>,
}

/// A group of the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Modes, traps, interrupts, switches.
    Kernel,
    /// States and their changes.
    Processes,
    /// The classic policies.
    Policies,
    /// The multi-level feedback queue.
    Mlfq,
    /// Address spaces, the TLB, faults, swap and replacement.
    Memory,
}

impl Group {
    /// Every group, in the order of the gallery.
    pub const ALL: [Group; 5] =
        [Group::Kernel, Group::Processes, Group::Policies, Group::Mlfq, Group::Memory];

    /// Its name in ids.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Kernel => "kernel",
            Group::Processes => "processes",
            Group::Policies => "policies",
            Group::Mlfq => "mlfq",
            Group::Memory => "memory",
        }
    }

    /// The group of that name.
    pub fn from_name(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

impl Both {
    fn read(value: &Value) -> Option<Both> {
        let mut fields = Fields::of(value)?;
        let both = Both { en: fields.text("en")?, ko: fields.text("ko")? };
        fields.are_known().then_some(both)
    }

    /// The text in a language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
        }
    }
}

/// Another scenario of the same lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What steps call it.
    pub id: String,
    /// What people call it.
    pub name: Both,
    /// What differs from the lesson's document: values by path.
    pub set: Overrides,
}

impl Variant {
    fn read(value: &Value) -> Option<Variant> {
        let mut fields = Fields::of(value)?;
        let variant = Variant {
            id: fields.text("id")?,
            name: Both::read(fields.get("name")?)?,
            set: json::object(fields.get("set")?)?,
        };
        fields.are_known().then_some(variant)
    }
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The moment that it is about: `2nd demotion of A`.
    pub at: String,
    /// The panel that shows it.
    pub panel: Panel,
    /// The variant that it is about; the lesson's own document if none.
    pub variant: Option<String>,
    /// The task that it is about.
    pub select: Option<String>,
    /// The variants to run beside it; `base` is the lesson's own document.
    pub beside: Vec<String>,
    /// The sweep that it shows.
    pub sweep: Option<Plan>,
    /// What to predict before its text is shown.
    pub ask: Option<Ask>,
    /// What it says.
    pub text: Both,
}

impl Step {
    fn read(value: &Value) -> Option<Step> {
        let mut fields = Fields::of(value)?;
        let step = Step {
            at: fields.text("at")?,
            panel: Panel::from_name(fields.get("panel")?.as_str()?)?,
            variant: fields.maybe("variant", json::text)?,
            select: fields.maybe("select", json::text)?,
            beside: fields.list("beside", json::text)?,
            sweep: fields.maybe("sweep", Plan::read)?,
            ask: fields.maybe("ask", Ask::read)?,
            text: Both::read(fields.get("text")?)?,
        };
        fields.are_known().then_some(step)
    }
}

/// Something to predict.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The question.
    pub question: Both,
    /// What could be the answer.
    pub choices: Vec<Both>,
    /// Which of them is.
    pub answer: usize,
}

impl Ask {
    fn read(value: &Value) -> Option<Ask> {
        let mut fields = Fields::of(value)?;
        let ask = Ask {
            question: Both::read(fields.get("question")?)?,
            choices: fields.list("choices", Both::read)?,
            answer: fields.number("answer")?,
        };
        fields.are_known().then_some(ask)
    }
}

/// What a lesson calls its own document where it names variants.
pub const BASE: &str = "base";

impl Lesson {
    /// The lesson in a value; nothing where a field is missing, misspelt or of another kind.
    pub fn read(value: &Value) -> Option<Lesson> {
        let mut fields = Fields::of(value)?;
        let lesson = Lesson {
            id: fields.text("id")?,
            group: Group::from_name(fields.get("group")?.as_str()?)?,
            title: Both::read(fields.get("title")?)?,
            summary: Both::read(fields.get("summary")?)?,
            picture: fields.text("picture")?,
            cites: fields.list("cites", json::text)?,
            covers: fields.list("covers", json::text)?,
            document: fields.get("document")?.clone(),
            variants: fields.list("variants", Variant::read)?,
            steps: fields.list("steps", Step::read)?,
        };
        fields.are_known().then_some(lesson)
    }

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
        Lesson::read(&json!({
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
