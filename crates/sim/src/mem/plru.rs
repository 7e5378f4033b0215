//! Tree pseudo-LRU: the recency of several ways in one bit less than there are ways.
//!
//! The ways are the leaves of a binary tree. A bit of 0 says that the left half below it is the older one, a bit of
//! 1 the right. A use turns every bit on its path away from it; following the bits from the root leads to the
//! victim. With two ways it is LRU; with more it remembers who was used last in each half and forgets the rest.

/// The bits of a tree, over a number of ways that is a power of two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tree {
    levels: u32,
    /// The root is bit 1; below bit n are bits 2n, to the left, and 2n + 1.
    bits: Vec<u64>,
}

impl Tree {
    /// A tree that nobody has used, over so many ways or the next power of two.
    pub fn new(ways: u32) -> Tree {
        let levels = ways.max(1).next_power_of_two().trailing_zeros();
        Tree { levels, bits: vec![0; (1_usize << levels).div_ceil(64)] }
    }

    /// How many ways there are.
    pub fn ways(&self) -> u32 {
        1 << self.levels
    }

    /// A way is used.
    pub fn touch(&mut self, way: u32) {
        for level in 0..self.levels {
            let above = self.levels - level;
            let node = (1 << level) + (way >> above);
            let right = way >> (above - 1) & 1 == 1;
            let bit = 1 << (node % 64);
            let word = &mut self.bits[(node / 64) as usize];
            *word = if right { *word & !bit } else { *word | bit };
        }
    }

    /// The victim.
    pub fn victim(&self) -> u32 {
        self.nth(0)
    }

    /// All ways, the victim first: where the bits lead if at the last step, then at the one before, and so on, the
    /// other way is taken.
    pub fn order(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.ways()).map(|place| self.nth(place))
    }

    /// The way that stands at a place of [`order`](Self::order): each bit of the place, the highest at the root,
    /// turns the bit of the tree round.
    fn nth(&self, place: u32) -> u32 {
        let mut node = 1;
        for level in (0..self.levels).rev() {
            let bit = (self.bits[(node / 64) as usize] >> (node % 64)) as u32 & 1;
            node = 2 * node + (bit ^ (place >> level & 1));
        }
        node - self.ways()
    }

    /// The value of the bit at a node, the root being node 1 and the nodes below n being 2n and 2n + 1.
    pub fn bit(&self, node: u32) -> bool {
        self.bits[(node / 64) as usize] >> (node % 64) & 1 == 1
    }

    /// Roughly the memory it takes, in bytes.
    pub fn footprint(&self) -> usize {
        size_of_val(self.bits.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_are_exactly_lru() {
        let mut tree = Tree::new(2);
        for way in [0, 1, 1, 0, 1, 0, 0] {
            tree.touch(way);
            assert_eq!(tree.victim(), 1 - way);
        }
    }

    #[test]
    fn four_ways_forget_what_lru_knows() {
        let mut tree = Tree::new(4);
        for way in [0, 1, 2, 3, 0] {
            tree.touch(way);
        }
        assert_eq!(tree.victim(), 2, "LRU would say 1");
        assert_eq!(tree.order().collect::<Vec<_>>(), [2, 3, 1, 0]);
        assert_eq!([1, 2, 3].map(|node| tree.bit(node)), [true, true, false]);
    }

    #[test]
    fn a_use_never_leaves_its_own_way_the_victim() {
        let mut tree = Tree::new(128);
        for way in (0..1000).map(|n| n * 37 % 128) {
            tree.touch(way);
            assert_eq!(tree.order().last(), Some(way));
        }
    }

    #[test]
    fn a_single_way_is_always_the_victim() {
        assert_eq!(Tree::new(1).victim(), 0);
    }
}
