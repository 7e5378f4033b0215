//! How work leaves the page and comes back: links, files, the browser's own storage, frames in other pages.

pub mod address;
mod menu;

pub use menu::{ShareMenu, ShareMenuProps};

use kernelscope_share::file::{self, Unit};
use kernelscope_share::limits::FILE_BYTES;
use kernelscope_share::link::{self, Payload};
use kernelscope_share::params::{self, Overrides};
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::time::Time;
use serde_json::{Value, json};

use crate::json::{self, Fields};
use crate::ruler::Ruler;
use crate::state::{LessonPlace, ViewState};

/// Everything that a reload or a link brings back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saved {
    /// The document.
    pub document: Value,
    /// Where the cursor stands.
    pub moment: Option<(Time, u32)>,
    /// What is shown.
    pub view: ViewState,
    /// What the document is compared with.
    pub compare: Vec<Overrides>,
    /// The lesson that it belongs to.
    pub lesson: Option<LessonPlace>,
    /// Whether a person has changed it.
    pub edited: bool,
}

impl Saved {
    /// The work in a value; nothing without a document. Of the rest, what cannot be read is left out.
    pub fn read(value: &Value) -> Option<Saved> {
        let mut fields = Fields::of(value)?;
        let moment = fields.get("moment").and_then(json::pair);
        Some(Saved {
            document: fields.get("document").filter(|document| document.is_object())?.clone(),
            moment: moment.map(|(at, ordinal)| (Time(at), ordinal)),
            view: fields.get("view").and_then(ViewState::read).unwrap_or_default(),
            compare: fields.list("compare", json::object).unwrap_or_default(),
            lesson: fields.get("lesson").and_then(LessonPlace::read),
            edited: fields.flag("edited"),
        })
    }

    /// The work as a value.
    pub fn written(&self) -> Value {
        let moment = self.moment.map(|(at, ordinal)| vec![at.0, ordinal.into()]);
        json::written([
            ("document", self.document.clone()),
            ("moment", moment.into()),
            ("view", self.view.written().into()),
            ("compare", self.compare.clone().into()),
            ("lesson", self.lesson.as_ref().map(LessonPlace::written).into()),
            ("edited", self.edited.into()),
        ])
    }
}

/// A document that reads as a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The scenario.
    pub scenario: Scenario,
    /// How its durations are written.
    pub ruler: Ruler,
}

/// Reads a document, with what differs in one of the runs that are compared.
pub fn read(document: &Value, overrides: Option<&Overrides>) -> Result<Read, Vec<Diagnostic>> {
    let decoded = match overrides {
        None => file::decode(document)?,
        Some(overrides) => {
            file::decode(&params::apply(document, overrides).map_err(|problem| vec![problem])?)?
        }
    };
    let ruler = Ruler { unit: decoded.unit.nanos(), tick: decoded.unit == Unit::Tick };
    Ok(Read { scenario: decoded.scenario, ruler })
}

/// The address that brings all of this back.
pub fn link(home: &str, saved: &Saved) -> String {
    format!("{home}#{}", fragment(saved))
}

/// What stands behind the `#` of that address.
pub fn fragment(saved: &Saved) -> String {
    let mut view = saved.view.written();
    if let Some(lesson) = &saved.lesson {
        let place = vec![Value::from(lesson.id.as_str()), lesson.step.into()];
        view.insert(LESSON.to_owned(), place.into());
    }
    let view = Some(view).filter(|view| !view.is_empty()).map(Value::Object);
    link::encode(&Payload {
        moment: saved.moment,
        view,
        compare: saved.compare.clone(),
        ..Payload::new(saved.document.clone())
    })
}

/// The view's field for the open lesson and its step.
const LESSON: &str = "lesson";

/// What a link carries. A view that this page does not understand is left out: the scenario is what counts.
pub fn from_link(fragment: &str) -> Result<Saved, Diagnostic> {
    let payload = link::decode(fragment)?;
    let mut view = payload.view.unwrap_or_default();
    let lesson = view.as_object_mut().and_then(|fields| fields.shift_remove(LESSON));
    let lesson = lesson.and_then(|lesson| {
        let (id, step) = (lesson.get(0)?.as_str()?.to_owned(), lesson.get(1)?.as_u64()?);
        Some(LessonPlace { id, step: usize::try_from(step).ok()? })
    });
    Ok(Saved {
        document: payload.document,
        moment: payload.moment,
        view: ViewState::read(&view).unwrap_or_default(),
        compare: payload.compare,
        lesson,
        edited: false,
    })
}

/// What a file holds.
pub fn from_file(text: &str) -> Result<Saved, Diagnostic> {
    let document = file::from_text(text)?;
    match file::decode(&document) {
        // A newer format is nobody's mistake, and there is no field here at which to say it.
        Err(problems) if problems.iter().any(|problem| problem.code == Code::Version) => {
            Err(problems.into_iter().find(|problem| problem.code == Code::Version).unwrap_or_else(not_json))
        }
        _ if !document.is_object() => Err(not_json()),
        _ => Ok(Saved { document, ..Saved::default() }),
    }
}

fn not_json() -> Diagnostic {
    Diagnostic::new("", Code::NotJson)
}

/// The problem of a file of so many bytes.
pub fn too_large(bytes: u64) -> Diagnostic {
    Diagnostic::new("", Code::TooLong).found(bytes).allowed(Allowed::AtMost(FILE_BYTES as u64))
}

/// The name of a file for a scenario of this title.
pub fn file_name(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let stem: String = words.join("-").chars().take(60).collect();
    format!("{}.json", if stem.is_empty() { "scenario" } else { &stem })
}

/// A sheet to begin with.
pub fn blank() -> Value {
    json!({
        "version": file::VERSION,
        "processes": [{ "name": "A", "program": "cpu 30" }, { "name": "B", "program": "cpu 10" }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Panel;

    fn saved() -> Saved {
        Saved {
            document: blank(),
            moment: Some((Time(5_000_000), 2)),
            view: ViewState { panel: Panel::Events, task: Some(1), ..ViewState::default() },
            compare: vec![
                json!({ "machine.policy": { "rr": { "quantum": 2 } } }).as_object().cloned().unwrap(),
            ],
            lesson: Some(LessonPlace { id: "convoy".into(), step: 3 }),
            edited: false,
        }
    }

    #[test]
    fn a_link_brings_everything_back() {
        assert_eq!(from_link(&fragment(&saved())), Ok(saved()));
    }

    #[test]
    fn a_reload_brings_everything_back() {
        let view = ViewState { beside: None, window: Some((Time(1), Time(9))), table: true, ..saved().view };
        let other = Saved { view, moment: None, edited: true, ..saved() };
        for saved in [saved(), other] {
            let kept = file::value(&saved.written().to_string());
            assert_eq!(kept.as_ref().and_then(Saved::read), Some(saved));
        }
    }

    #[test]
    fn a_view_from_the_future_costs_the_view_and_not_the_scenario() {
        let view = Some(json!({ "panel": "holodeck" }));
        let link = link::encode(&Payload { view, ..Payload::new(blank()) });
        assert_eq!(from_link(&link), Ok(Saved { document: blank(), ..Saved::default() }));
    }

    #[test]
    fn a_scenario_of_three_tasks_makes_a_short_link() {
        let program = "cpu 30; io 10; cpu 5; io 5; cpu 20; io 10";
        let document = json!({ "version": 1, "machine": { "policy": { "mlfq": { "boost": 100 } } },
            "processes": [{ "name": "A", "program": program }, { "name": "B", "at": 5, "program": "cpu 12; io 3; cpu 8; io 9; cpu 1; io 2" },
                { "name": "C", "at": 10, "program": "cpu 2; io 30; cpu 2; io 30; cpu 2; io 30" }] });
        let view = ViewState {
            panel: Panel::Events,
            window: Some((Time(0), Time(90_000_000))),
            ..ViewState::default()
        };
        let saved = Saved { document, view, moment: Some((Time(45_000_000), 2)), ..Saved::default() };
        let length = fragment(&saved).len();
        assert!(length <= 360, "{length} characters");
    }

    #[test]
    fn a_file_that_is_no_scenario_is_refused_and_one_with_mistakes_is_opened() {
        assert_eq!(from_file("not json").unwrap_err().code, Code::NotJson);
        assert_eq!(from_file("[1, 2]").unwrap_err().code, Code::NotJson);
        assert_eq!(from_file(r#"{ "version": 99, "processes": [] }"#).unwrap_err().code, Code::Version);
        let wrong = r#"{ "version": 1, "processes": [{ "name": "A", "program": "cpu x" }] }"#;
        assert_eq!(from_file(wrong).unwrap().document["processes"][0]["program"], "cpu x");
    }

    #[test]
    fn a_title_makes_a_file_name() {
        assert_eq!(file_name("MLFQ: the boost!"), "mlfq-the-boost.json");
        assert_eq!(file_name("타이머 인터럽트"), "타이머-인터럽트.json");
        assert_eq!(file_name("../.."), "scenario.json");
    }
}
