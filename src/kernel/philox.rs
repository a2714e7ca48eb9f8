//! The counter-based generator Philox 4x32-10 (J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC 2011): a function from a key and a counter to 128 random bits.

use crate::array::arch::dispatch;
use pulp::NullaryFnOnce;

const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const LOW: u64 = 0xffff_ffff;

/// Counters that are worked on together. Words of 32 bits lie in 64, as the vector units multiply them.
const LANES: usize = 16;

/// The generator itself, on a counter in each lane.
#[inline(always)]
fn philox<const N: usize>(counter: &mut [[u64; N]; 4], mut key: [u32; 2]) {
    let [c0, c1, c2, c3] = counter;
    for _ in 0..10 {
        let (k0, k1) = (key[0] as u64, key[1] as u64);
        for l in 0..N {
            let a = (c0[l] & LOW) * MULTIPLIERS[0];
            let b = (c2[l] & LOW) * MULTIPLIERS[1];
            c0[l] = (b >> 32) ^ c1[l] ^ k0;
            c1[l] = b & LOW;
            c2[l] = (a >> 32) ^ c3[l] ^ k1;
            c3[l] = a & LOW;
        }
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
}

/// The stream of one call under a seed: the seed is the key, the call the upper half of the counter. Two neighbouring
/// elements share the 128 bits of one counter.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    key: [u32; 2],
    call: [u64; 2],
}

impl Stream {
    pub fn new(seed: u64, call: u64) -> Stream {
        Stream { key: [seed as u32, (seed >> 32) as u32], call: [call & LOW, call >> 32] }
    }

    /// 64 random bits for each of the elements `first`, `first + stride`, ...
    pub fn fill(self, first: u64, stride: u64, to: &mut [u64]) {
        dispatch(Fill { stream: self, first, stride, to });
    }

    /// The bits of these pairs of elements: those of the even ones, those of the odd ones.
    #[inline(always)]
    fn pairs<const N: usize>(self, pairs: [u64; N]) -> ([u64; N], [u64; N]) {
        let mut counter = [pairs.map(|p| p & LOW), pairs.map(|p| p >> 32), [self.call[0]; N], [self.call[1]; N]];
        philox(&mut counter, self.key);
        let [a, b, c, d] = counter;
        let (mut even, mut odd) = ([0; N], [0; N]);
        for l in 0..N {
            even[l] = a[l] | b[l] << 32;
            odd[l] = c[l] | d[l] << 32;
        }
        (even, odd)
    }
}

struct Fill<'a> {
    stream: Stream,
    first: u64,
    stride: u64,
    to: &'a mut [u64],
}

impl NullaryFnOnce for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Fill { stream, mut first, stride, to } = self;
        if stride != 1 {
            for chunk in to.chunks_mut(LANES) {
                let mut element = [0; LANES];
                for (l, e) in element.iter_mut().enumerate() {
                    *e = first.wrapping_add(l as u64 * stride);
                }
                let (even, odd) = stream.pairs(element.map(|e| e >> 1));
                for (l, x) in chunk.iter_mut().enumerate() {
                    *x = if element[l] & 1 == 0 { even[l] } else { odd[l] };
                }
                first = first.wrapping_add(LANES as u64 * stride);
            }
            return;
        }
        // An odd element at the start is the second half of its pair.
        let (head, rest) = to.split_at_mut((first & 1).min(to.len() as u64) as usize);
        for x in head {
            *x = stream.pairs([first >> 1]).1[0];
            first += 1;
        }
        for chunk in rest.chunks_mut(2 * LANES) {
            let mut pair = [0; LANES];
            for (l, p) in pair.iter_mut().enumerate() {
                *p = (first >> 1) + l as u64;
            }
            let (even, odd) = stream.pairs(pair);
            let mut both = [0; 2 * LANES];
            for l in 0..LANES {
                both[2 * l] = even[l];
                both[2 * l + 1] = odd[l];
            }
            chunk.copy_from_slice(&both[..chunk.len()]);
            first += 2 * LANES as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers published with the generator (Random123, `kat_vectors`).
    #[test]
    fn known_answers() {
        let once = |counter: [u64; 4], key: [u32; 2]| {
            let mut lanes = counter.map(|c| [c]);
            philox(&mut lanes, key);
            lanes.map(|l| l[0])
        };
        assert_eq!(once([0; 4], [0; 2]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
        assert_eq!(once([LOW; 4], [u32::MAX; 2]), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
        assert_eq!(
            once([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        );
    }

    #[test]
    fn an_element_has_its_bits_however_it_is_reached() {
        let stream = Stream::new(7, 1 << 40);
        let mut all = vec![0; 500];
        stream.fill(0, 1, &mut all);
        for (first, stride, n) in [(0, 1, 3), (1, 1, 70), (33, 1, 1), (5, 7, 60), (4, 2, 40), (0, 100, 5)] {
            let mut some = vec![0; n];
            stream.fill(first, stride, &mut some);
            for (k, &x) in some.iter().enumerate() {
                assert_eq!(x, all[first as usize + k * stride as usize], "{first} {stride} {k}");
            }
        }
        assert_ne!(all[0], all[1]);
    }
}
