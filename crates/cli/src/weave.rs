//! How a task and an activity look in a picture: the page's own colours and weaves, as patterns of SVG.
//!
//! A task has a colour and a weave, so that it is told apart without colour too; what is no task's own time has a weave
//! of its own. The table repeats that of the page, which a command in a shell must not depend on; a test holds the two
//! together.

use kernelscope_session::view::Activity;

/// The colours of tasks, in the order in which they get them. Dark writing stands out on all of them.
const TASKS: [[u8; 3]; 8] = [
    [0x5a, 0xa5, 0xec],
    [0xed, 0xa5, 0x3c],
    [0x3a, 0x9a, 0x7c],
    [0xcf, 0x67, 0x33],
    [0xb0, 0x6c, 0xc4],
    [0x90, 0xe8, 0xd8],
    [0xe6, 0xe0, 0x70],
    [0xb4, 0xbc, 0xae],
];

/// How much white, in hundredths, is in the lighter threads of a weave.
const THREAD: u16 = 42;

/// The kernel's grey, and its threads.
const KERNEL: (&str, &str) = ("#9a9fa8", "#5b6069");

/// The threads that lie on the page itself are as dark as its smaller writing.
const ON_PAGE: &str = "class=\"soft\"";

/// The shapes of the weaves in a cell of 8 by 8, in the order in which tasks get them. The first is plain.
const SHAPES: [&str; 8] = [
    "",
    RISING,
    DOTS,
    FALLING,
    BARS,
    ROWS,
    "M7 0V8M0 7H8",
    "M-2 2L2-2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6-2L10 2",
];
const RISING: &str = "M-2 2L2-2M0 8L8 0M6 10L10 6";
const FALLING: &str = "M-2 6L2 10M0 0L8 8M6-2L10 2";
// A line of no length with round ends is a dot.
const DOTS: &str = "M4 4h0";
const BARS: &str = "M7 0V8";
const ROWS: &str = "M0 7H8";
const GRID: &str = SHAPES[6];
const LATTICE: &str = SHAPES[7];

/// A way to fill a stretch, by the name of its pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fill {
    /// The name, unique in a picture.
    pub(crate) name: String,
    /// Whether it stands back: a task waits its turn.
    pub(crate) washed_out: bool,
}

impl Fill {
    /// The attribute of what is filled so.
    pub(crate) fn class(&self) -> &'static str {
        if self.washed_out { " class=\"back\"" } else { "" }
    }
}

/// How an activity of a task (by its place in the list of tasks) is filled; nothing where nothing is drawn.
pub(crate) fn fill(activity: Activity, task: Option<usize>) -> Option<Fill> {
    let own = |name: &str| Some(Fill { name: name.to_owned(), washed_out: false });
    match (activity, task) {
        (Activity::User, Some(task)) => {
            Some(Fill { name: format!("task{}", task % distinct()), washed_out: false })
        }
        (Activity::Ready, Some(task)) => {
            Some(Fill { name: format!("task{}", task % distinct()), washed_out: true })
        }
        (Activity::Kernel | Activity::User, _) => own("kernel"),
        (Activity::Switch, _) => own("switch"),
        (Activity::IoWait, _) => own("held"),
        (Activity::BlockedIo, _) => own("io"),
        (Activity::BlockedQueue, _) => own("queue"),
        (Activity::Sleeping, _) => own("asleep"),
        (Activity::SwappedOut, _) => own("out"),
        (Activity::Zombie, _) => own("zombie"),
        (Activity::Idle | Activity::Ready | Activity::Device, _) => None,
    }
}

/// How many tasks look different.
const fn distinct() -> usize {
    TASKS.len() * SHAPES.len()
}

/// The pattern of that name.
pub(crate) fn pattern(name: &str) -> String {
    let cell = |ground: &str, shape: &str, threads: &str, width: &str| {
        let ground = match ground {
            "" => String::new(),
            ground => format!("<rect width=\"8\" height=\"8\" fill=\"{ground}\"/>"),
        };
        let threads = match shape {
            "" => String::new(),
            shape => {
                format!("<path d=\"{shape}\" {threads} stroke-width=\"{width}\" stroke-linecap=\"round\"/>")
            }
        };
        format!(
            "<pattern id=\"{name}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">{ground}{threads}</pattern>"
        )
    };
    let width = |shape: &str| if shape == DOTS { "3" } else { "1.5" };
    let grey = |shape: &str| cell(KERNEL.0, shape, &format!("stroke=\"{}\"", KERNEL.1), width(shape));
    let on_page = |shape: &str| cell("", shape, ON_PAGE, width(shape));
    match name {
        "kernel" => grey(DOTS),
        "switch" => grey(BARS),
        "held" => on_page(ROWS),
        "io" => on_page(FALLING),
        "queue" => on_page(LATTICE),
        "asleep" => on_page(BARS),
        "out" => on_page(GRID),
        "zombie" => on_page(RISING),
        task => {
            let index: usize = task.trim_start_matches("task").parse().unwrap_or_default();
            let ground = TASKS[index % TASKS.len()];
            let shape = SHAPES[(index + index / TASKS.len()) % SHAPES.len()];
            let threads = format!("stroke=\"{}\"", css(ground.map(lighter)));
            cell(&css(ground), shape, &threads, width(shape))
        }
    }
}

/// A part of a colour with white in it.
fn lighter(part: u8) -> u8 {
    ((u16::from(part) * (100 - THREAD) + 0xff * THREAD + 50) / 100) as u8
}

fn css([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_the_colours_that_they_have_on_the_page() {
        let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/styles/palette.css");
        let sheet = std::fs::read_to_string(sheet).unwrap();
        for (index, ground) in TASKS.into_iter().enumerate() {
            let (ground, thread) = (css(ground), css(ground.map(lighter)));
            let line = format!(".task-{index} {{ --c: {ground}; --thread: {thread}; }}");
            assert!(sheet.contains(&line), "{line}");
        }
        assert!(sheet.contains(&format!(".own-kernel {{ --c: {}; --thread: {};", KERNEL.0, KERNEL.1)));
    }

    #[test]
    fn sixty_four_tasks_look_different_and_every_activity_has_its_weave() {
        let mut patterns: Vec<String> = (0..distinct())
            .map(|task| fill(Activity::User, Some(task)).unwrap().name)
            .chain(Activity::ALL.into_iter().filter_map(|activity| Some(fill(activity, None)?.name)))
            .map(|name| pattern(&name).replace(&name, ""))
            .collect();
        let count = patterns.len();
        patterns.sort();
        patterns.dedup();
        // Without a task, user time is drawn as the kernel's.
        assert_eq!(patterns.len(), count - 1);
    }
}
