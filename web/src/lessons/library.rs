//! The lessons themselves: every file of `web/lessons/`, in the order in which they are best taken.

use std::rc::Rc;

use super::model::Lesson;

macro_rules! files {
    ($($id:literal),+ $(,)?) => {
        /// The texts of the lessons with the names of their files.
        const FILES: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../lessons/", $id, ".json")))),+];
    };
}

files![
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
];

/// The lesson that a first visit opens.
pub const FIRST: &str = "mlfq-starvation";

thread_local! {
    static LESSONS: Rc<[Lesson]> = FILES.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect();
}

/// Every lesson, in order. Decoded once.
pub fn lessons() -> Rc<[Lesson]> {
    LESSONS.with(Rc::clone)
}

/// Calls `with` on the lesson of that id.
pub fn with_lesson<T>(id: &str, with: impl FnOnce(&Lesson) -> T) -> Option<T> {
    lessons().iter().find(|lesson| lesson.id == id).map(with)
}

/// The lesson after that one.
pub fn after(id: &str) -> Option<String> {
    let lessons = lessons();
    let at = lessons.iter().position(|lesson| lesson.id == id)?;
    lessons.get(at + 1).map(|lesson| lesson.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_lesson_of_its_own_name() {
        for (id, text) in FILES {
            let lesson: Lesson =
                serde_json::from_str(text).unwrap_or_else(|problem| panic!("{id}: {problem}"));
            assert_eq!(lesson.id, *id);
        }
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
            .collect();
        let mut listed: Vec<&str> = FILES.iter().map(|(id, _)| *id).collect();
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
        assert!(with_lesson(FIRST, |_| ()).is_some());
        assert_eq!(after("convoy").as_deref(), Some("sjf"));
        assert_eq!(after("mlfq-tuning"), None);
    }
}
