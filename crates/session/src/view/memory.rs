//! Memory at the cursor, as much of it as is looked at: windows of tables that may be large, never the whole of them.

use kernelscope_sim::event::FaultKind;
use kernelscope_sim::ids::{CpuId, FrameId, PageId, TaskId, Vpn};
use kernelscope_sim::mem::{Counts, frames::FrameState};
use kernelscope_sim::program::memory::{Access, Prot};
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};

use super::EventRow;

/// Some of many things in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first.
    pub from: u64,
    /// How many at most.
    pub count: u32,
}

/// What of memory is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Whose page table and whose accesses; those of the task that referred last if nobody's.
    pub task: Option<TaskId>,
    /// Which entries of the page table.
    pub entries: Window,
    /// Whether entries are counted by page number; else only those that have been made are counted.
    pub every: bool,
    /// Which frames.
    pub frames: Window,
    /// Which swap slots.
    pub slots: Window,
    /// How many accesses before the cursor and how many behind it.
    pub accesses: u32,
}

/// Memory at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryView {
    /// What was looked at.
    pub look: Look,
    /// After how many steps.
    pub step: u64,
    /// The address spaces that are there.
    pub spaces: Vec<SpaceView>,
    /// The page table of one of them.
    pub table: Option<TableView>,
    /// The TLB of each CPU.
    pub tlbs: Vec<TlbView>,
    /// Physical memory.
    pub frames: FramesView,
    /// The swap area.
    pub swap: SwapView,
    /// Tasks that wait for a free frame, the first to ask first.
    pub waiting: Vec<TaskId>,
    /// The accesses around the cursor, those of every task.
    pub accesses: Vec<AccessView>,
    /// The one of the table's task at the cursor, or the last before it: a place in `accesses`.
    pub current: Option<u32>,
    /// Every stage of that one.
    pub path: Vec<EventRow>,
}

/// An address space at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceView {
    /// Whose.
    pub task: TaskId,
    /// Pages of it in frames.
    pub resident: u32,
    /// Pages of it in swap.
    pub swapped: u32,
    /// Bytes of its page tables.
    pub table_bytes: u64,
    /// What has been counted for it.
    pub counts: Counts,
}

/// A page table at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Whose; nobody's while no process is there.
    pub task: Option<TaskId>,
    /// How many entries there are to look at: pages of the address space, or entries that have been made.
    pub total: u64,
    /// The entries looked at.
    pub entries: Vec<EntryView>,
    /// The tables of every level, each before those below it; the first [`MOST_TABLES`] of them.
    pub tables: Vec<TablePage>,
    /// How many there are of each level.
    pub levels: Vec<u32>,
    /// The regions that make pages valid.
    pub regions: Vec<RegionView>,
}

/// More tables are not listed, only counted.
pub const MOST_TABLES: usize = 256;

/// One table of a page table with several levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePage {
    /// Of which level, the top being 0.
    pub level: u8,
    /// The first page that it is about.
    pub first: Vpn,
    /// How many of its entries are valid.
    pub used: u32,
    /// The place of its first entry among those that have been made.
    pub place: u64,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionView {
    /// What the program calls it.
    pub name: String,
    /// Its first page.
    pub start: Vpn,
    /// How many.
    pub pages: u64,
    /// What may be done with them.
    pub prot: Prot,
    /// Whether they are read from a file.
    pub file: bool,
}

/// A page-table entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// The page.
    pub vpn: Vpn,
    /// Whether it belongs to the address space.
    pub valid: bool,
    /// Whether an entry has been made for it; else its region speaks for it.
    pub made: bool,
    /// What may be done with it.
    pub prot: Prot,
    /// Used since the bit was last cleared.
    pub accessed: bool,
    /// Written since the page was last the same as its copy.
    pub dirty: bool,
    /// Where the page is.
    pub place: PlaceView,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceView {
    /// Present, in this frame.
    Frame(FrameId),
    /// Not present: on its way between this frame and a slot.
    Transit(FrameId, u32),
    /// In this swap slot.
    Swap(u32),
    /// In its file.
    File,
    /// Nowhere yet: zeroes.
    Zero,
    /// Nowhere: it is not valid.
    None,
}

/// A TLB at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlbView {
    /// Whose.
    pub cpu: CpuId,
    /// Whose translations are looked up.
    pub task: Option<TaskId>,
    /// Places of one set.
    pub ways: u16,
    /// Every place, set after set.
    pub places: Vec<Option<TranslationView>>,
}

/// A translation in a TLB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslationView {
    /// Its address-space identifier, and whose that is.
    pub asid: u32,
    /// Whose page.
    pub page: Option<PageOf>,
    /// Its frame.
    pub frame: FrameId,
    /// What may be done with it.
    pub prot: Prot,
    /// Whether the page is known to have been written.
    pub dirty: bool,
    /// How many translations of its set have been used since.
    pub age: u16,
}

/// A page, by the task whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageOf {
    /// Whose.
    pub task: TaskId,
    /// Its number.
    pub vpn: Vpn,
}

/// Physical memory at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FramesView {
    /// How many there are.
    pub total: u32,
    /// How many are free.
    pub free: u32,
    /// The frames looked at.
    pub rows: Vec<FrameView>,
    /// The next to leave, and why; the first of those that could.
    pub next: Option<NextVictim>,
    /// The frame that the hand of a clock points to.
    pub hand: Option<FrameId>,
}

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameView {
    /// Which.
    pub frame: FrameId,
    /// What it is used for.
    pub state: FrameStateView,
    /// Whose page.
    pub page: Option<PageOf>,
    /// Used since the bit was last cleared.
    pub accessed: bool,
    /// Different from every copy.
    pub dirty: bool,
    /// The slot that holds the same.
    pub slot: Option<u32>,
    /// Its turn to leave, 0 being next, and the key that it has it by.
    pub turn: Option<(u32, u64)>,
    /// The list that the policy keeps it in.
    pub list: Option<ListView>,
    /// What the policy has counted for it.
    pub counter: Option<u64>,
}

/// What a frame is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrameStateView {
    /// Nothing.
    #[default]
    Free,
    /// A page is in it.
    InUse,
    /// A page is on its way in.
    ReadIn,
    /// A page is on its way out.
    WriteBack,
}

impl From<FrameState> for FrameStateView {
    fn from(state: FrameState) -> FrameStateView {
        match state {
            FrameState::Free => FrameStateView::Free,
            FrameState::InUse => FrameStateView::InUse,
            FrameState::ReadIn => FrameStateView::ReadIn,
            FrameState::WriteBack => FrameStateView::WriteBack,
        }
    }
}

/// The lists of policies that keep several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListView {
    /// Linux: worth keeping.
    Active,
    /// Linux: the next to be looked at.
    Inactive,
    /// 2Q's newcomers, or ARC's pages seen once.
    Once,
    /// 2Q's main list, or ARC's pages seen again.
    Again,
}

/// The page that would leave next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextVictim {
    /// Its frame.
    pub frame: FrameId,
    /// The rule that puts it first.
    pub rule: RuleId,
    /// Its key under that rule.
    pub key: u64,
    /// Who would be second, with its key.
    pub second: Option<(FrameId, u64)>,
}

/// The swap area at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapView {
    /// How many slots there are.
    pub total: u32,
    /// How many are in use.
    pub used: u32,
    /// The slots looked at.
    pub rows: Vec<SlotView>,
}

/// A swap slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    /// Which.
    pub slot: u32,
    /// Whose page.
    pub page: Option<PageOf>,
    /// A frame that holds the same.
    pub frame: Option<FrameId>,
}

/// A reference to memory, from its first look into the TLB to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessView {
    /// Whose.
    pub task: TaskId,
    /// The virtual address.
    pub va: u64,
    /// What it does.
    pub access: Access,
    /// In which frame its page was found in the end.
    pub frame: Option<FrameId>,
    /// The physical address that it came to.
    pub physical: Option<u64>,
    /// The byte there, where memory is given.
    pub value: Option<u8>,
    /// How it went.
    pub outcome: Outcome,
    /// The pages that left to make room for its own.
    pub victims: Vec<PageOf>,
    /// When it began.
    pub at: Time,
    /// The steps of its first and its last stage.
    pub steps: (u64, u64),
    /// What is in the frames when it is over, where there are few and it is known.
    pub frames: Vec<Option<PageOf>>,
}

/// How a reference went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A translation in the TLB.
    Hit,
    /// A walk through the page table that found the page.
    Walk,
    /// A page fault.
    Fault(FaultKind),
    /// An address in no region.
    Invalid,
    /// Not allowed there.
    Forbidden,
}

impl Outcome {
    /// Whether the page was in a frame.
    pub const fn is_present(self) -> bool {
        matches!(self, Outcome::Hit | Outcome::Walk)
    }
}

impl PageOf {
    /// By its address space.
    pub(crate) fn new(owners: &[TaskId], page: PageId) -> Option<PageOf> {
        owners.get(page.space.index()).map(|task| PageOf { task: *task, vpn: page.vpn })
    }
}
