//! A 64-bit digest of bytes: the same on every machine and in every version, however the bytes are handed over.
//!
//! It tells apart what differs by accident (a torn file, another input); it is no defence against malice.

use std::hash::Hasher;

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Words taken in side by side, each into a state of its own: one state alone would wait for its multiplication.
const LANES: usize = 4;
const GROUP: usize = LANES * 8;

/// A digest under way. As a [`Hasher`] it takes the derived hashes of plain data too.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    state: [u64; LANES],
    /// Bytes that do not fill a group yet.
    rest: [u8; GROUP],
    /// Bytes taken in so far.
    len: u64,
}

fn mixed(state: u64, word: u64) -> u64 {
    (state.rotate_left(23) ^ word).wrapping_mul(FACTOR)
}

impl Digest {
    fn group(&mut self, group: &[u8; GROUP]) {
        for (state, word) in self.state.iter_mut().zip(group.as_chunks::<8>().0) {
            *state = mixed(*state, u64::from_le_bytes(*word));
        }
    }
}

impl Hasher for Digest {
    fn write(&mut self, mut bytes: &[u8]) {
        let filled = (self.len % GROUP as u64) as usize;
        self.len += bytes.len() as u64;
        if filled > 0 {
            let (first, others) = bytes.split_at(bytes.len().min(GROUP - filled));
            self.rest[filled..filled + first.len()].copy_from_slice(first);
            if filled + first.len() < GROUP {
                return;
            }
            let group = self.rest;
            self.group(&group);
            bytes = others;
        }
        let (groups, tail) = bytes.as_chunks::<GROUP>();
        groups.iter().for_each(|group| self.group(group));
        self.rest[..tail.len()].copy_from_slice(tail);
    }

    /// The mixing that ends MurmurHash3, so that every bit tells.
    fn finish(&self) -> u64 {
        let mut last = self.clone();
        last.rest[(self.len % GROUP as u64) as usize..].fill(0);
        let group = last.rest;
        last.group(&group);
        let mut x = last.state.iter().fold(self.len, |x, &state| mixed(x, state));
        for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] {
            x = (x ^ (x >> 33)).wrapping_mul(factor);
        }
        x ^ (x >> 33)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&[u8]]) -> u64 {
        let mut digest = Digest::default();
        parts.iter().for_each(|part| digest.write(part));
        digest.finish()
    }

    #[test]
    fn only_the_bytes_matter() {
        let bytes: Vec<u8> = (0..100).collect();
        for cut in 0..100 {
            assert_eq!(of(&[&bytes]), of(&[&bytes[..cut], &bytes[cut..]]));
        }
        assert_ne!(of(&[b"a"]), of(&[b"a\0"]));
        assert_ne!(of(&[b""]), of(&[b"\0\0\0\0\0\0\0\0"]));
        assert_ne!(of(&[b"ab"]), of(&[b"ba"]));
    }
}
