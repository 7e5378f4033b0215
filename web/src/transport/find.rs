//! What somebody who types into the find box may mean: a task, a kind of event, both, an instant or a step.

use kernelscope_session::protocol::{Jump, JumpKind, Target};
use kernelscope_session::query::{Query, QueryKind};
use kernelscope_session::view::TaskName;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::{Time, parse};

use super::kinds;
use crate::i18n::{Lang, transport as text};
use crate::ruler::Ruler;

/// Places to offer at most.
const MOST: usize = 8;

/// A place that was meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How it is offered.
    pub label: String,
    /// Where it is.
    pub target: Target,
    /// The task that it is about, to be chosen too.
    pub task: Option<TaskId>,
}

/// In what it is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The tasks of the run.
    pub tasks: &'a [TaskName],
    /// Where the cursor stands: what is looked for comes after it.
    pub now: Time,
    /// How durations are written.
    pub ruler: Ruler,
    /// In which language the places are offered. Kinds are found by their names in both.
    pub lang: Lang,
}

/// What `asked` may mean, the likeliest first.
pub fn find(asked: &str, place: Place<'_>) -> Vec<Found> {
    let asked = asked.trim();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Found> = step(asked, place).into_iter().chain(instant(asked, place)).collect();
    found.extend(tasks(asked, place).map(|task| of_task(task, place)));
    found.extend(kinds_of(asked).map(|kind| of_kind(kind, None, place)));
    if let Some((first, rest)) = asked.split_once(char::is_whitespace) {
        // "A exit" and "exit A" mean the same.
        for (name, kind) in [(first, rest), (rest, first)] {
            for task in tasks(name.trim(), place) {
                found.extend(kinds_of(kind.trim()).map(|kind| of_kind(kind, Some(task), place)));
            }
        }
    }
    found.truncate(MOST);
    found
}

/// `step 61`, `#61`, `61단계`.
fn step(asked: &str, place: Place<'_>) -> Option<Found> {
    let digits = asked
        .strip_prefix('#')
        .or_else(|| strip_word(asked, text::step_word(Lang::En)))
        .or_else(|| asked.strip_suffix(text::step_word(Lang::Ko)))
        .or_else(|| strip_word(asked, text::step_word(Lang::Ko)))?;
    let step = digits.trim().parse().ok()?;
    Some(Found { label: text::found_step(place.lang, step), target: Target::Step(step), task: None })
}

/// `205`, `205ms`, `t = 205`.
fn instant(asked: &str, place: Place<'_>) -> Option<Found> {
    let written =
        asked.strip_prefix('t').map_or(asked, |rest| rest.trim_start().strip_prefix('=').unwrap_or(asked));
    let at = Time(parse::duration(&written.replace(' ', ""), place.ruler.unit).ok()?.0);
    Some(Found {
        label: text::found_time(place.lang, &place.ruler.time(at)),
        target: Target::Time(at),
        task: None,
    })
}

fn strip_word<'a>(asked: &'a str, word: &str) -> Option<&'a str> {
    let head = asked.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &asked[word.len()..])
}

/// The tasks whose names begin with what was asked, an exact name first.
fn tasks<'a>(asked: &'a str, place: Place<'a>) -> impl Iterator<Item = &'a TaskName> {
    let begins = |task: &&TaskName| !asked.is_empty() && strip_word(&task.name, asked).is_some();
    let mut found: Vec<&TaskName> = Vec::new();
    for task in place.tasks.iter().filter(begins) {
        let at = found.partition_point(|shorter| shorter.name.len() <= task.name.len());
        found.insert(at, task);
    }
    found.into_iter().take(MOST)
}

/// The kinds of which a word, in either language, begins with what was asked.
fn kinds_of(asked: &str) -> impl Iterator<Item = QueryKind> + use<> {
    let asked = asked.to_ascii_lowercase();
    let named = move |kind: &QueryKind| {
        [Lang::En, Lang::Ko].into_iter().any(|lang| {
            let name = kinds::query_name(*kind, lang);
            name.starts_with(&asked) || name.split(' ').any(|word| word.starts_with(&asked))
        })
    };
    kinds::JUMPS.into_iter().map(QueryKind::Jump).chain(kinds::FINER).filter(named)
}

fn of_task(task: &TaskName, place: Place<'_>) -> Found {
    let target = Target::Next(Jump { kind: JumpKind::Any, task: Some(task.id), back: false });
    Found { label: text::found_task(place.lang, &task.name), target, task: Some(task.id) }
}

fn of_kind(kind: QueryKind, task: Option<&TaskName>, place: Place<'_>) -> Found {
    let name = kinds::query_name(kind, place.lang);
    let label = match task {
        Some(task) => text::found_task_kind(place.lang, &task.name, name),
        None => text::found_kind(place.lang, name),
    };
    let target = match kind {
        QueryKind::Jump(kind) => Target::Next(Jump { kind, task: task.map(|task| task.id), back: false }),
        finer => Target::Query(Query {
            ordinal: 1,
            kind: finer,
            task: task.map(|task| task.name.clone()),
            from: Time(place.now.0.saturating_add(1)),
        }),
    };
    Found { label, target, task: task.map(|task| task.id) }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::ids::Pid;
    use kernelscope_sim::scenario::TaskKind;

    use super::*;

    fn looked_for(asked: &str) -> Vec<Found> {
        let named = |id: u32, name: &str| TaskName {
            id: TaskId::new(id),
            pid: Pid(100 + id),
            name: name.to_owned(),
            kind: TaskKind::User,
        };
        let tasks = [named(0, "A"), named(1, "batch"), named(2, "bat"), named(3, "205")];
        let place = Place { tasks: &tasks, now: Time(7), ruler: Ruler::default(), lang: Lang::En };
        find(asked, place)
    }

    fn first(asked: &str) -> Target {
        looked_for(asked).remove(0).target
    }

    fn next(kind: JumpKind, task: Option<u32>) -> Target {
        Target::Next(Jump { kind, task: task.map(TaskId::new), back: false })
    }

    #[test]
    fn an_instant_is_read_in_the_unit_of_the_scenario() {
        assert_eq!(first("205"), Target::Time(Time(205_000_000)));
        assert_eq!(first("t = 3 us"), Target::Time(Time(3_000)));
    }

    #[test]
    fn a_step_is_found_by_its_number() {
        for asked in ["step 61", "Step61", "#61", "61단계", "단계 61"] {
            assert_eq!(first(asked), Target::Step(61), "{asked}");
        }
    }

    #[test]
    fn a_task_is_found_by_the_beginning_of_its_name() {
        let found = looked_for("BAT");
        assert_eq!(found[0].task, Some(TaskId::new(2)));
        assert_eq!(found[1].task, Some(TaskId::new(1)));
        assert!(looked_for("205").iter().any(|found| found.task == Some(TaskId::new(3))));
    }

    #[test]
    fn a_kind_is_found_in_both_languages_and_by_any_of_its_words() {
        assert_eq!(first("disp"), next(JumpKind::Dispatch, None));
        assert_eq!(first("디스패치"), next(JumpKind::Dispatch, None));
        assert_eq!(first("switch"), next(JumpKind::ContextSwitch, None));
    }

    #[test]
    fn a_task_and_a_kind_go_together_in_any_order() {
        assert_eq!(first("A exit"), next(JumpKind::Exit, Some(0)));
        assert_eq!(first("exit A"), next(JumpKind::Exit, Some(0)));
    }

    #[test]
    fn a_finer_kind_is_looked_for_after_the_cursor() {
        let Target::Query(query) = first("bat demotion") else { panic!("a query") };
        assert_eq!(
            (query.kind, query.from, query.task.as_deref()),
            (QueryKind::Demotion, Time(8), Some("bat"))
        );
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        assert_eq!(looked_for("  "), []);
        assert_eq!(looked_for("qwerty"), []);
    }
}
