//! What a person prefers, whatever the scenario: kept from visit to visit where the browser allows it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::LessonPlace;
use crate::i18n::Lang;
use crate::json::{self, Fields};

/// The preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    /// The language; the browser's without a choice.
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Whether the left column is folded away.
    pub scenario_folded: bool,
    /// Whether the right column is folded away.
    pub now_folded: bool,
    /// Twice the type, no side columns: for a lecture hall.
    pub projector: bool,
    /// Whether keys that write a character act.
    pub character_keys: CharacterKeys,
    /// The furthest step that was reached in each lesson, by its id.
    pub reached: BTreeMap<String, usize>,
}

/// Whether keys that write a character (letters, digits, signs) act on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CharacterKeys {
    /// They do.
    #[default]
    On,
    /// They are left to whoever listens for them: speech, switches, a hand that trembles.
    Off,
}

impl CharacterKeys {
    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> CharacterKeys {
        match self {
            CharacterKeys::On => CharacterKeys::Off,
            CharacterKeys::Off => CharacterKeys::On,
        }
    }
}

/// A column beside the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The scenario, on the left.
    Scenario,
    /// What just happened, on the right.
    Now,
}

impl Prefs {
    /// The preferences in a value. Of what cannot be read there is none.
    pub fn read(value: &Value) -> Option<Prefs> {
        let mut fields = Fields::of(value)?;
        let mut reached = BTreeMap::new();
        for (id, step) in fields.get("reached").and_then(Value::as_object).into_iter().flatten() {
            reached.extend(json::number(step).map(|step| (id.clone(), step)));
        }
        Some(Prefs {
            lang: fields.text("lang").and_then(|tag| Lang::from_tag(&tag)),
            theme: fields.text("theme").and_then(|name| ThemeChoice::from_name(&name)).unwrap_or_default(),
            scenario_folded: fields.flag("scenario_folded"),
            now_folded: fields.flag("now_folded"),
            projector: fields.flag("projector"),
            character_keys: match fields.get("character_keys").and_then(Value::as_str) {
                Some("off") => CharacterKeys::Off,
                _ => CharacterKeys::On,
            },
            reached,
        })
    }

    /// The preferences as a value.
    pub fn written(&self) -> Value {
        let reached = self.reached.iter().map(|(id, step)| (id.clone(), Value::from(*step)));
        json::written([
            ("lang", self.lang.map(Lang::tag).into()),
            ("theme", self.theme.name().into()),
            ("scenario_folded", self.scenario_folded.into()),
            ("now_folded", self.now_folded.into()),
            ("projector", self.projector.into()),
            ("character_keys", if self.character_keys == CharacterKeys::On { "on" } else { "off" }.into()),
            ("reached", Value::Object(reached.collect())),
        ])
    }

    /// Notes that a step of a lesson was reached. Says whether it is further than before.
    pub fn reach(&mut self, place: &LessonPlace) -> bool {
        let known = self.reached.get(&place.id).copied();
        let further = known.is_none_or(|step| step < place.step);
        if further {
            self.reached.insert(place.id.clone(), place.step);
        }
        further
    }

    /// Whether a column is folded away.
    pub fn folded(&self, column: Column) -> bool {
        match column {
            Column::Scenario => self.scenario_folded,
            Column::Now => self.now_folded,
        }
    }

    /// Folds a column away, or back.
    pub fn toggle(&mut self, column: Column) {
        let folded = match column {
            Column::Scenario => &mut self.scenario_folded,
            Column::Now => &mut self.now_folded,
        };
        *folded = !*folded;
    }
}

/// Light, dark, or as the operating system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the operating system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// The next one, for a button that goes round.
    #[must_use]
    pub const fn next(self) -> ThemeChoice {
        match self {
            ThemeChoice::System => ThemeChoice::Light,
            ThemeChoice::Light => ThemeChoice::Dark,
            ThemeChoice::Dark => ThemeChoice::System,
        }
    }

    /// Its name in addresses and in `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        }
    }

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<ThemeChoice> {
        [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark]
            .into_iter()
            .find(|choice| choice.name() == name)
    }
}

/// The theme that the page is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_kept_is_read_back() {
        let prefs = Prefs {
            lang: Some(Lang::Ko),
            theme: ThemeChoice::Dark,
            scenario_folded: true,
            now_folded: true,
            projector: true,
            character_keys: CharacterKeys::Off,
            reached: BTreeMap::from([("convoy".to_owned(), 2), ("sjf".to_owned(), 0)]),
        };
        for prefs in [prefs, Prefs::default()] {
            assert_eq!(Prefs::read(&prefs.written()), Some(prefs));
        }
    }

    #[test]
    fn what_cannot_be_read_costs_itself_alone() {
        let kept = json!({ "lang": 7, "theme": "plaid", "now_folded": true, "reached": { "a": -1, "b": 1 } });
        let reached = BTreeMap::from([("b".to_owned(), 1)]);
        assert_eq!(Prefs::read(&kept), Some(Prefs { now_folded: true, reached, ..Prefs::default() }));
    }
}
