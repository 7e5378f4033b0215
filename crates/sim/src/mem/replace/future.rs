//! What OPT knows and no kernel can: when each page will be used again (Belady, 1966).

use std::collections::BTreeMap;

/// When a page will be used again: the place of that reference in its task's string, counted from 0. Only the
/// policies that look ahead ask for it; to the others any value will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NextUse(pub u32);

impl NextUse {
    /// It will not.
    pub const NEVER: NextUse = NextUse(u32::MAX);

    /// As a key of a reason, where the largest number is never.
    pub fn key(self) -> u64 {
        if self == NextUse::NEVER { u64::MAX } else { u64::from(self.0) }
    }
}

/// For each reference of a string, when its page is used next.
///
/// The table stands beside the scenario, outside of the machine: four bytes a reference, made once by expanding
/// the program.
///
/// # Panics
/// When the string has 2^32 references; validation allows far fewer.
pub fn next_uses<P: Ord>(string: impl IntoIterator<Item = P>) -> Vec<NextUse> {
    let mut last = BTreeMap::new();
    let mut next = Vec::new();
    for page in string {
        let Ok(at) = u32::try_from(next.len()) else { panic!("a string of 2^32 references") };
        if let Some(before) = last.insert(page, at) {
            next[before as usize] = NextUse(at);
        }
        next.push(NextUse::NEVER);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reference_knows_the_next_one_to_its_page() {
        let never = u32::MAX;
        assert_eq!(next_uses([7, 8, 7, 7, 9]), [2, never, 3, never, never].map(NextUse));
    }
}
