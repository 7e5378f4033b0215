//! FNV-1a over everything that makes a state or a log, equal on every target.
//!
//! Derived hashes feed integers of every width, and `usize` among them; each is written here as 64 bits, little
//! end first, so that a 32-bit target computes the same number.

use std::hash::{Hash, Hasher};

use crate::event::Event;

/// The FNV-1a hash of 64 bits (Fowler, Noll, Vo).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

macro_rules! widen {
    ($($method:ident $int:ty),+) => {
        $(fn $method(&mut self, value: $int) { self.write(&(value as u64).to_le_bytes()); })+
    };
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    widen! {
        write_u8 u8, write_u16 u16, write_u32 u32, write_u64 u64, write_usize usize,
        write_i8 i8, write_i16 i16, write_i32 i32, write_i64 i64, write_isize isize
    }
}

impl Fnv {
    /// The fingerprint of one value.
    pub fn of(value: &impl Hash) -> u64 {
        let mut fnv = Fnv::default();
        value.hash(&mut fnv);
        fnv.finish()
    }

    /// Takes one more event of a log.
    pub fn event(&mut self, event: &Event) {
        event.hash(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_vectors_of_fnv_1a_come_out() {
        let of = |text: &str| {
            let mut fnv = Fnv::default();
            fnv.write(text.as_bytes());
            fnv.finish()
        };
        assert_eq!(of(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(of("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn integers_of_every_width_hash_alike() {
        assert_eq!(Fnv::of(&7_usize), Fnv::of(&7_u8));
        assert_eq!(Fnv::of(&-1_i8), Fnv::of(&u64::MAX));
    }
}
