//! The colours and weaves of tasks and activities: one table for the canvas and for the style sheet.
//!
//! A task is known by its letter, its colour and its weave, everywhere. Eight colours stay apart for every kind of
//! colour vision; from the ninth task on they come again with another weave, so that 64 tasks differ. The kernel's
//! time, a switch, idling and the kinds of waiting have weaves of their own and no task's colour, so that nothing
//! is told by colour alone. Writing on all of them is dark, on light and dark pages alike: the colours are chosen
//! for that, and the lighter threads of a weave only add contrast.
//!
//! `styles/palette.css` repeats this table for what is not drawn on the canvas; a test holds the two together.

use kernelscope_session::view::Activity;

/// A colour of the screen, in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// As the style sheet and the canvas write it.
    pub fn css(self) -> String {
        let Rgb(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// This colour with so many hundredths of another in it.
    #[must_use]
    pub fn mixed(self, other: Rgb, hundredths: u16) -> Rgb {
        let mix = |one: u8, two: u8| {
            ((u16::from(one) * (100 - hundredths) + u16::from(two) * hundredths + 50) / 100) as u8
        };
        Rgb(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// How a surface is woven. The cell is [`CELL`] pixels wide and high and repeats in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weave {
    /// Nothing but the ground.
    Plain,
    /// Stripes that rise to the right.
    Rising,
    /// A dot in each cell.
    Dots,
    /// Stripes that fall to the right.
    Falling,
    /// Upright bars.
    Bars,
    /// Level rows.
    Rows,
    /// Bars and rows.
    Grid,
    /// Stripes both ways.
    Lattice,
}

impl Weave {
    /// The last part of its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Weave::Plain => "plain",
            Weave::Rising => "rising",
            Weave::Dots => "dots",
            Weave::Falling => "falling",
            Weave::Bars => "bars",
            Weave::Rows => "rows",
            Weave::Grid => "grid",
            Weave::Lattice => "lattice",
        }
    }
}

/// The size of a weave's cell, in pixels.
pub const CELL: u32 = 8;

/// All weaves, in the order in which tasks get them.
pub const WEAVES: [Weave; 8] = [
    Weave::Plain,
    Weave::Rising,
    Weave::Dots,
    Weave::Falling,
    Weave::Bars,
    Weave::Rows,
    Weave::Grid,
    Weave::Lattice,
];

/// The colours of tasks, in the order in which they get them.
pub const TASKS: [Rgb; 8] = [
    Rgb(0x5a, 0xa5, 0xec),
    Rgb(0xed, 0xa5, 0x3c),
    Rgb(0x3a, 0x9a, 0x7c),
    Rgb(0xcf, 0x67, 0x33),
    Rgb(0xb0, 0x6c, 0xc4),
    Rgb(0x90, 0xe8, 0xd8),
    Rgb(0xe6, 0xe0, 0x70),
    Rgb(0xb4, 0xbc, 0xae),
];

/// The colour of writing on a task's colour, in both themes.
pub const INK: Rgb = Rgb(0x11, 0x12, 0x14);

/// The white that a weave's threads are mixed with.
const WHITE: Rgb = Rgb(0xff, 0xff, 0xff);

/// How much white, in hundredths.
const THREAD: u16 = 42;

/// The kernel's grey, and its threads.
pub const KERNEL: (Rgb, Rgb) = (Rgb(0x9a, 0x9f, 0xa8), Rgb(0x5b, 0x60, 0x69));

/// The colour of the `index`-th task.
pub fn task_colour(index: usize) -> Rgb {
    TASKS[index % TASKS.len()]
}

/// The weave of the `index`-th task: another at every colour, and another at every round through the colours.
pub fn task_weave(index: usize) -> Weave {
    WEAVES[(index + index / TASKS.len()) % WEAVES.len()]
}

/// The lighter threads of a weave on a colour.
pub fn thread(ground: Rgb) -> Rgb {
    ground.mixed(WHITE, THREAD)
}

/// What a stretch of a lane is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Look {
    /// In a task's own colour and weave.
    Task(u8, Weave),
    /// In the task's colour, washed out: it waits its turn.
    Waiting(u8, Weave),
    /// In the task's colour and weave the other way round: a device works for it while another may have the CPU.
    Working(u8, Weave),
    /// In a weave of the activity's own.
    Own(Own),
}

/// Activities with a look of their own, whoever the task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Own {
    /// The kernel works.
    Kernel,
    /// From one task to another.
    Switch,
    /// Nothing to do.
    Idle,
    /// The CPU is held during I/O.
    IoWait,
    /// Blocked on I/O.
    BlockedIo,
    /// In the queue of a device.
    BlockedQueue,
    /// Asleep.
    Sleeping,
    /// Ended and not reaped.
    Zombie,
    /// Swapped out.
    SwappedOut,
}

/// All of those, in the order of the legend.
pub const OWN: [Own; 9] = [
    Own::Kernel,
    Own::Switch,
    Own::Idle,
    Own::IoWait,
    Own::BlockedIo,
    Own::BlockedQueue,
    Own::Sleeping,
    Own::Zombie,
    Own::SwappedOut,
];

impl Own {
    /// The last part of its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Own::Kernel => "kernel",
            Own::Switch => "switch",
            Own::Idle => "idle",
            Own::IoWait => "io-wait",
            Own::BlockedIo => "blocked-io",
            Own::BlockedQueue => "blocked-queue",
            Own::Sleeping => "sleeping",
            Own::Zombie => "zombie",
            Own::SwappedOut => "swapped-out",
        }
    }

    /// How it is woven.
    pub fn weave(self) -> Weave {
        match self {
            Own::Kernel | Own::Idle => Weave::Dots,
            Own::Switch | Own::Sleeping => Weave::Bars,
            Own::IoWait => Weave::Rows,
            Own::BlockedIo => Weave::Falling,
            Own::BlockedQueue => Weave::Lattice,
            Own::Zombie => Weave::Rising,
            Own::SwappedOut => Weave::Grid,
        }
    }

    /// Whether it is woven into the kernel's grey; else its threads lie on the page.
    pub fn on_grey(self) -> bool {
        matches!(self, Own::Kernel | Own::Switch)
    }
}

/// The look of an activity of a task (by its place in the list of tasks).
pub fn look(activity: Activity, task: Option<usize>) -> Look {
    let colour = |index: usize| (index % TASKS.len()) as u8;
    match (activity, task) {
        (Activity::User, Some(task)) => Look::Task(colour(task), task_weave(task)),
        (Activity::Ready, Some(task)) => Look::Waiting(colour(task), task_weave(task)),
        (Activity::Device, Some(task)) => Look::Working(colour(task), task_weave(task)),
        (Activity::Switch, _) => Look::Own(Own::Switch),
        (Activity::IoWait, _) => Look::Own(Own::IoWait),
        (Activity::BlockedIo, _) => Look::Own(Own::BlockedIo),
        (Activity::BlockedQueue, _) => Look::Own(Own::BlockedQueue),
        (Activity::Sleeping, _) => Look::Own(Own::Sleeping),
        (Activity::SwappedOut, _) => Look::Own(Own::SwappedOut),
        (Activity::Zombie, _) => Look::Own(Own::Zombie),
        (Activity::Kernel | Activity::User, _) => Look::Own(Own::Kernel),
        (Activity::Idle | Activity::Ready | Activity::Device, _) => Look::Own(Own::Idle),
    }
}

#[cfg(test)]
mod tests;
