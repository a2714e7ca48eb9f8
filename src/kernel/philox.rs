//! The counter-based generator Philox 4x32-10 (J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC 2011): a function from a key and a counter to 128 random bits.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// The generator itself.
#[inline(always)]
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        }
        let a = counter[0] as u64 * MULTIPLIERS[0] as u64;
        let b = counter[2] as u64 * MULTIPLIERS[1] as u64;
        counter = [(b >> 32) as u32 ^ counter[1] ^ key[0], b as u32, (a >> 32) as u32 ^ counter[3] ^ key[1], a as u32];
    }
    counter
}

/// The stream of one call: a key, and the half of the counter that no element uses.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    key: [u32; 2],
    call: [u32; 2],
}

/// The stream of a call under a seed: the seed is the key, the call the upper half of the counter.
pub fn key(seed: u64, call: u64) -> Stream {
    Stream { key: [seed as u32, (seed >> 32) as u32], call: [call as u32, (call >> 32) as u32] }
}

/// 64 random bits for an element. Two neighbouring elements share one evaluation's 128 bits.
#[inline(always)]
pub fn draw(stream: Stream, element: u64) -> u64 {
    let pair = element >> 1;
    let out = philox([pair as u32, (pair >> 32) as u32, stream.call[0], stream.call[1]], stream.key);
    if element & 1 == 0 { out[0] as u64 | (out[1] as u64) << 32 } else { out[2] as u64 | (out[3] as u64) << 32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers published with the generator (Random123, `kat_vectors`).
    #[test]
    fn known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
        assert_eq!(
            philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        );
    }
}
