//! The lessons of the site: every file of `web/lessons/`, in the order in which they are best taken. The page knows
//! their ids; each file is fetched when it is needed, and [`Library`] is what has come of that.

use super::model::Lesson;
use crate::engine::Kind;
use crate::state::Shared;

/// The ids of the lessons, which are the names of their files.
pub const IDS: &[&str] = &[
    "boot-to-syscall",
    "three-ways-in",
    "protection",
    "cooperative-hang",
    "timer-switch",
    "mode-and-process-switches",
    "process-states",
    "process-run",
    "assumptions",
    "convoy",
    "sjf",
    "stcf",
    "round-robin",
    "slice-length",
    "io-overlap",
    "no-oracle",
    "same-instant",
    "priority-aging",
    "response-turnaround",
    "mlfq-long-job",
    "mlfq-short-job",
    "mlfq-interactive",
    "mlfq-starvation",
    "mlfq-gaming",
    "mlfq-changing",
    "mlfq-goals",
    "mlfq-tuning",
    "address-space",
    "base-and-bounds",
    "segmentation",
    "tlb-walk",
    "tlb-array",
    "tlb-switches",
    "multi-level-tables",
    "memory-as-bytes",
    "three-cases",
    "swapping",
    "fault-overlap",
    "page-daemon",
    "replacement-policies",
    "belady",
    "looping",
    "locality",
    "clock",
    "dirty-pages",
    "thrashing",
    "local-quotas",
];

/// The lesson that a first visit opens.
pub const FIRST: &str = "mlfq-starvation";

/// The first of the lessons about memory; all that come after it are about memory too.
const FIRST_WITH_MEMORY: &str = "address-space";

/// The engine that a lesson takes, before it is here.
pub fn kind(name: &str) -> Kind {
    let place = |name: &str| IDS.iter().position(|id| *id == name);
    if place(name) >= place(FIRST_WITH_MEMORY) { Kind::Full } else { Kind::Lean }
}

/// The id of that name, if there is such a lesson.
pub fn id(name: &str) -> Option<&'static str> {
    IDS.iter().copied().find(|id| *id == name)
}

/// The lesson after that one.
pub fn after(name: &str) -> Option<&'static str> {
    let at = IDS.iter().position(|id| *id == name)?;
    IDS.get(at + 1).copied()
}

/// How things stand with a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// It is on its way.
    Awaited,
    /// It is here.
    Here(Shared<Lesson>),
    /// It did not arrive.
    Lost,
}

/// The lessons that have been asked for, and how things stand with each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library(Vec<(&'static str, Delivery)>);

impl Library {
    /// How things stand with a lesson; nothing if nobody has asked for it.
    pub fn get(&self, name: &str) -> Option<&Delivery> {
        self.0.iter().find(|(id, _)| *id == name).map(|(_, delivery)| delivery)
    }

    /// The lesson, if it is here.
    pub fn lesson(&self, name: &str) -> Option<&Shared<Lesson>> {
        match self.get(name)? {
            Delivery::Here(lesson) => Some(lesson),
            Delivery::Awaited | Delivery::Lost => None,
        }
    }

    /// Every lesson, in order, if all are here.
    pub fn all(&self) -> Option<Vec<&Shared<Lesson>>> {
        IDS.iter().map(|id| self.lesson(id)).collect()
    }

    /// Whether something did not arrive.
    pub fn has_lost(&self) -> bool {
        self.0.iter().any(|(_, delivery)| *delivery == Delivery::Lost)
    }

    /// Notes how things stand with a lesson now.
    pub fn note(&mut self, id: &'static str, delivery: Delivery) {
        self.0.retain(|(known, _)| *known != id);
        self.0.push((id, delivery));
    }

    /// What did not arrive may be asked for again.
    pub fn forget_lost(&mut self) {
        self.0.retain(|(_, delivery)| *delivery != Delivery::Lost);
    }
}

/// Every lesson, in order, from the sources.
#[cfg(test)]
pub(crate) fn lessons() -> std::rc::Rc<[Lesson]> {
    thread_local! {
        static LESSONS: std::rc::Rc<[Lesson]> =
            IDS.iter().map(|id| read(id).unwrap_or_else(|| panic!("{id} is no lesson"))).collect();
    }
    LESSONS.with(std::rc::Rc::clone)
}

/// Calls `with` on the lesson of that id.
#[cfg(test)]
pub(crate) fn with_lesson<T>(id: &str, with: impl FnOnce(&Lesson) -> T) -> Option<T> {
    lessons().iter().find(|lesson| lesson.id == id).map(with)
}

/// What happens when that lesson arrives.
#[cfg(test)]
pub(crate) fn delivery(id: &'static str) -> crate::state::Action {
    crate::state::Action::Delivered(id, with_lesson(id, |lesson| Shared::new(lesson.clone())))
}

/// What a source of a lesson holds.
#[cfg(test)]
fn read(id: &str) -> Option<Lesson> {
    let text = std::fs::read_to_string(format!("{}/lessons/{id}.json", env!("CARGO_MANIFEST_DIR"))).ok()?;
    Lesson::read(&kernelscope_share::file::value(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_engine_a_lesson_takes_is_known_before_it_is_here() {
        for lesson in lessons().iter() {
            let taken = crate::sharing::read(&lesson.document, None).map(|read| Kind::of(&read.scenario));
            assert_eq!(taken, Ok(kind(&lesson.id)), "{}", lesson.id);
        }
    }

    #[test]
    fn every_file_is_a_lesson_of_its_own_name() {
        for id in IDS {
            assert_eq!(read(id).map(|lesson| lesson.id).as_deref(), Some(*id));
        }
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
            .collect();
        let mut listed = IDS.to_vec();
        files.sort_unstable();
        listed.sort_unstable();
        assert_eq!(files, listed);
    }

    #[test]
    fn the_groups_of_the_gallery_follow_each_other() {
        let mut groups: Vec<_> = lessons().iter().map(|lesson| lesson.group).collect();
        groups.dedup();
        assert_eq!(groups, super::super::model::Group::ALL);
    }

    #[test]
    fn the_first_visit_opens_a_lesson_and_the_last_one_has_no_next() {
        assert_eq!(id(FIRST), Some(FIRST));
        assert_eq!(id("no-such"), None);
        assert_eq!(after("convoy"), Some("sjf"));
        assert_eq!(after("local-quotas"), None);
    }
}
