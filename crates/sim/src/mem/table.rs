//! Page tables: linear and with several levels, in one arena (OSTEP 18, 20).
//!
//! A table of one level is an array with an entry for every page of the address space. With several, only the
//! tables below which a page has been entered exist: a table is made with its first entry and, if the machine says
//! so, freed with its last. The top table always exists.
//!
//! All tables of all address spaces lie in one array of entries, so that a checkpoint copies them in one go. What
//! they would take in a real machine, [`Tables::bytes`], is counted with the width of a real entry.

use super::pte::Pte;
use super::spec::AddressSpec;
use crate::ids::Vpn;

/// The page tables of all address spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tables {
    entries: Vec<Pte>,
    tables: Vec<Table>,
    /// Tables that have been freed, the last one first to be used again.
    free: Vec<u32>,
}

/// One table: a stretch of the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Table {
    start: u32,
    width: u8,
    used: u32,
}

/// The top table of an address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Root(u32);

/// One entry that a walk reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Of which level, the top being 0.
    pub level: u8,
    /// Its place in that level's table.
    pub index: u32,
    /// Whether there is anything.
    pub valid: bool,
}

/// A table of an address space, as it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Of which level, the top being 0.
    pub level: u8,
    /// The first page that it is about.
    pub first: Vpn,
    /// How many of its entries are valid.
    pub used: u32,
}

impl Tables {
    /// The top table of a new address space.
    pub(crate) fn root(&mut self, split: &AddressSpec) -> Root {
        Root(self.allocate(split.levels[0]))
    }

    /// What stands for a page; [`Pte::NONE`] where no entry has been made.
    pub fn get(&self, split: &AddressSpec, root: Root, vpn: Vpn) -> Pte {
        self.walk(split, root, vpn, |_| {})
    }

    /// Walks to a page's entry, from the top; tells every entry that is read on the way.
    pub fn walk(&self, split: &AddressSpec, root: Root, vpn: Vpn, mut told: impl FnMut(Visit)) -> Pte {
        let mut table = root.0;
        for level in 0..split.depth() {
            let index = split.index(vpn, level);
            let pte = self.entries[self.place(table, index)];
            told(Visit { level: level as u8, index: index as u32, valid: pte.is_valid() });
            if level + 1 == split.depth() || !pte.is_valid() {
                return pte;
            }
            table = pte.leads_to();
        }
        Pte::NONE
    }

    /// Changes a page's entry. Tables that are missing on the way are made.
    pub(crate) fn set(&mut self, split: &AddressSpec, root: Root, vpn: Vpn, pte: Pte) {
        let mut table = root.0;
        for level in 0..split.depth() - 1 {
            let place = self.place(table, split.index(vpn, level));
            let next = self.entries[place];
            table = if next.is_valid() {
                next.leads_to()
            } else {
                let below = self.allocate(split.levels[level + 1]);
                self.enter(table, place, Pte::table(below));
                below
            };
        }
        let place = self.place(table, split.index(vpn, split.depth() - 1));
        self.enter(table, place, pte);
    }

    /// Takes a page's entry away, and with `free_empty` every table below the top that is empty because of it.
    pub(crate) fn clear(&mut self, split: &AddressSpec, root: Root, vpn: Vpn, free_empty: bool) {
        let mut path = Vec::with_capacity(split.depth());
        let mut table = root.0;
        for level in 0..split.depth() {
            let place = self.place(table, split.index(vpn, level));
            let pte = self.entries[place];
            if !pte.is_valid() {
                return;
            }
            path.push((table, place));
            table = pte.leads_to();
        }
        while let Some((table, place)) = path.pop() {
            self.entries[place] = Pte::NONE;
            self.tables[table as usize].used -= 1;
            if path.is_empty() || self.tables[table as usize].used > 0 || !free_empty {
                return;
            }
            self.free.push(table);
        }
    }

    /// Every page of an address space that has an entry, in order.
    pub fn pages(&self, split: &AddressSpec, root: Root) -> Vec<(Vpn, Pte)> {
        let mut pages = Vec::new();
        let mut open = vec![(root.0, 0usize, 0u64)];
        while let Some((table, level, prefix)) = open.pop() {
            let Table { start, width, used } = self.tables[table as usize];
            if used == 0 {
                continue;
            }
            let entries = &self.entries[start as usize..start as usize + (1 << width)];
            let valid = (0u64..).zip(entries).filter(|(_, pte)| pte.is_valid());
            let found = valid.map(|(index, pte)| ((prefix << width) | index, *pte));
            if level + 1 == split.depth() {
                pages.extend(found.map(|(vpn, pte)| (Vpn(vpn), pte)));
            } else {
                let below: Vec<_> = found.map(|(vpn, pte)| (pte.leads_to(), level + 1, vpn)).collect();
                open.extend(below.into_iter().rev());
            }
        }
        pages
    }

    /// Frees all tables of an address space.
    pub(crate) fn release(&mut self, split: &AddressSpec, root: Root) {
        let mut open = vec![(root.0, 0usize)];
        while let Some((table, level)) = open.pop() {
            let Table { start, width, .. } = self.tables[table as usize];
            let entries = start as usize..start as usize + (1usize << width);
            if level + 1 < split.depth() {
                let below = self.entries[entries.clone()].iter().filter(|pte| pte.is_valid());
                open.extend(below.map(|pte| (pte.leads_to(), level + 1)));
            }
            self.entries[entries].fill(Pte::NONE);
            self.tables[table as usize].used = 0;
            self.free.push(table);
        }
    }

    /// The tables of an address space in order, each before those that its entries lead to.
    pub fn list(&self, split: &AddressSpec, root: Root) -> Vec<Listed> {
        let mut tables = Vec::new();
        let mut open = vec![(root.0, 0u8, 0u64)];
        while let Some((table, level, prefix)) = open.pop() {
            let Table { start, width, used } = self.tables[table as usize];
            let below = &split.levels[usize::from(level)..];
            let covered: u32 = below.iter().map(|width| u32::from(*width)).sum();
            tables.push(Listed { level, first: Vpn(prefix << covered), used });
            if below.len() > 1 {
                let entries = &self.entries[start as usize..start as usize + (1 << width)];
                let valid = entries.iter().enumerate().rev().filter(|(_, pte)| pte.is_valid());
                let table = |(index, pte): (usize, &Pte)| {
                    (pte.leads_to(), level + 1, (prefix << width) | index as u64)
                };
                open.extend(valid.map(table));
            }
        }
        tables
    }

    /// How many tables an address space has, by level.
    pub fn count(&self, split: &AddressSpec, root: Root) -> Vec<u32> {
        let mut counts = vec![0; split.depth()];
        let mut open = vec![(root.0, 0usize)];
        while let Some((table, level)) = open.pop() {
            counts[level] += 1;
            let Table { start, width, .. } = self.tables[table as usize];
            if level + 1 < split.depth() {
                let entries = &self.entries[start as usize..start as usize + (1 << width)];
                open.extend(
                    entries.iter().filter(|pte| pte.is_valid()).map(|pte| (pte.leads_to(), level + 1)),
                );
            }
        }
        counts
    }

    /// The bytes that an address space's tables take where an entry takes so many.
    pub fn bytes(&self, split: &AddressSpec, root: Root, pte_size: u8) -> u64 {
        let widths = split.levels.iter().map(|width| u64::from(pte_size) << width);
        self.count(split, root).into_iter().zip(widths).map(|(tables, bytes)| u64::from(tables) * bytes).sum()
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.entries.len() * size_of::<Pte>()
            + self.tables.len() * size_of::<Table>()
            + self.free.len() * size_of::<u32>()
    }

    fn allocate(&mut self, width: u8) -> u32 {
        let fits = |table: &u32| self.tables[*table as usize].width == width;
        if let Some(at) = self.free.iter().rposition(fits) {
            return self.free.remove(at);
        }
        let start = self.entries.len();
        self.entries.resize(start + (1 << width), Pte::NONE);
        self.tables.push(Table { start: start as u32, width, used: 0 });
        self.tables.len() as u32 - 1
    }

    fn enter(&mut self, table: u32, place: usize, pte: Pte) {
        let before = std::mem::replace(&mut self.entries[place], pte);
        self.tables[table as usize].used += u32::from(!before.is_valid());
    }

    fn place(&self, table: u32, index: u64) -> usize {
        self.tables[table as usize].start as usize + index as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mem::pte::Backing;
    use crate::program::memory::Prot;

    fn entered(split: &AddressSpec, pages: impl IntoIterator<Item = u64>) -> (Tables, Root) {
        let mut tables = Tables::default();
        let root = tables.root(split);
        for page in pages {
            tables.set(split, root, Vpn(page), Pte::absent(Prot::RW, Backing::Zero));
        }
        (tables, root)
    }

    #[test]
    fn two_levels_take_three_pages_where_a_linear_table_takes_sixteen() {
        // OSTEP 20.3: code in pages 0 and 1, heap in 4 and 5, stack in 254 and 255.
        let pages = [0, 1, 4, 5, 254, 255];
        let two = AddressSpec { bits: 14, page_shift: 6, levels: vec![4, 4] };
        let (tables, root) = entered(&two, pages);
        assert_eq!(tables.count(&two, root), [1, 2]);
        assert_eq!(tables.bytes(&two, root, 4), 3 * 64);
        let listed: Vec<_> =
            tables.list(&two, root).iter().map(|it| (it.level, it.first.0, it.used)).collect();
        assert_eq!(listed, [(0, 0, 2), (1, 0, 4), (1, 240, 2)]);
        let linear = AddressSpec { levels: vec![8], ..two };
        let (tables, root) = entered(&linear, pages);
        assert_eq!(tables.bytes(&linear, root, 4), 16 * 64);
        assert_eq!(tables.pages(&linear, root).iter().map(|(vpn, _)| vpn.0).collect::<Vec<_>>(), pages);
    }

    #[test]
    fn a_hundred_mebibytes_take_fifty_three_tables_of_four_levels() {
        let split = AddressSpec { bits: 48, page_shift: 12, levels: vec![9, 9, 9, 9] };
        let (tables, root) = entered(&split, 512..512 + 25_600);
        assert_eq!(tables.count(&split, root), [1, 1, 1, 50]);
        assert_eq!(tables.bytes(&split, root, 8), 212 * 1024);
    }

    #[test]
    fn a_table_goes_with_its_last_entry_and_its_place_is_used_again() {
        let split = AddressSpec { bits: 14, page_shift: 6, levels: vec![4, 4] };
        let (mut tables, root) = entered(&split, [0, 1, 40]);
        let size = tables.footprint();
        tables.clear(&split, root, Vpn(0), true);
        assert_eq!(tables.count(&split, root), [1, 2]);
        tables.clear(&split, root, Vpn(1), true);
        assert_eq!(tables.count(&split, root), [1, 1]);
        tables.set(&split, root, Vpn(100), Pte::absent(Prot::RW, Backing::Zero));
        assert!(tables.footprint() <= size);
        tables.release(&split, root);
        let again = tables.root(&split);
        assert_eq!(tables.count(&split, again), [1, 0]);
        assert!(tables.pages(&split, again).is_empty());
    }

    #[test]
    fn a_walk_reads_one_entry_a_level_and_stops_where_there_is_none() {
        let split = AddressSpec { bits: 14, page_shift: 6, levels: vec![4, 4] };
        let (tables, root) = entered(&split, [254]);
        let visits = |page| {
            let mut visits = Vec::new();
            tables.walk(&split, root, Vpn(page), |it| visits.push((it.level, it.index, it.valid)));
            visits
        };
        assert_eq!(visits(254), [(0, 15, true), (1, 14, true)]);
        assert_eq!(visits(255), [(0, 15, true), (1, 15, false)]);
        assert_eq!(visits(0), [(0, 0, false)]);
    }
}
