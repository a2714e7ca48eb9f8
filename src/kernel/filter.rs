//! Recursive filters along an axis, block after block: what a block adds to the elements behind it is its state.

use super::elements::reordered;
use super::{Context, lanes::Lanes};
use crate::array::{Block, Complex64, DType, Data, Element};
use crate::diag::Result;
use crate::fault;
use serde::{Deserialize, Serialize};
use std::ops::{Add, Mul, Sub};

/// The coefficients of `a(1) y(n) = b(1) x(n) + b(2) x(n-1) + ... - a(2) y(n-1) - ...`: bits of real and imaginary
/// parts, so that filters compare and hash. Both lists have one length, at least 2, and the first of `a` is 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    b: Vec<[u64; 2]>,
    a: Vec<[u64; 2]>,
}

impl Filter {
    /// From coefficients of any lengths; the first of `a` is not 0.
    pub fn new(b: &[Complex64], a: &[Complex64]) -> Filter {
        let length = a.len().max(b.len()).max(2);
        let lead = a.first().copied().unwrap_or(Complex64::ONE);
        let bits = |list: &[Complex64]| {
            let padded = list.iter().copied().chain(std::iter::repeat(Complex64::ZERO)).take(length);
            padded
                .map(|z| if lead == Complex64::ONE { z } else { z / lead })
                .map(|z| [z.re.to_bits(), z.im.to_bits()])
                .collect()
        };
        Filter { b: bits(b), a: bits(a) }
    }

    /// How many numbers the state of a lane has.
    pub fn order(&self) -> usize {
        self.a.len() - 1
    }

    /// The type that elements have, before and behind the filter; other elements are converted first.
    pub fn element_type(&self, x: DType) -> DType {
        let own = self.b.iter().chain(&self.a).any(|z| f64::from_bits(z[1]) != 0.0);
        if own || x.is_complex() { DType::C64 } else { DType::F64 }
    }

    /// The filtered lanes of a block; `before` is the state that they start from (its extent along the axis the order of
    /// the filter), rest if it is not there.
    pub fn run(&self, axis: usize, x: &Block, before: Option<&Block>, cx: &Context) -> Result<Block> {
        let state = self.start(axis, x, before, cx)?;
        let lanes = Lanes::of(x, axis);
        let mut out = cx.pool.take(x.dtype(), x.len());
        match (x.data(), &mut out) {
            (Data::F64(x), Data::F64(out)) => filtered(&self.reals(), &lanes, x, states(&state), out),
            (Data::C64(x), Data::C64(out)) => filtered(&self.coefficients(), &lanes, x, states(&state), out),
            (x, _) => return Err(fault!("a filter of {:?}", x.dtype())),
        }
        Ok(Block::new(x.shape().clone(), x.order(), out))
    }

    /// The state behind a block, given the block, what the filter made of it and the state before it.
    pub fn state(&self, axis: usize, x: &Block, y: &Block, before: Option<&Block>, cx: &Context) -> Result<Block> {
        let state = self.start(axis, x, before, cx)?;
        let turned = (y.order() != x.order()).then(|| reordered(y, x.order(), cx.pool));
        let y = turned.as_ref().unwrap_or(y);
        let shape = x.shape().with_extent(axis, self.order());
        let lanes = Lanes::of(x, axis);
        let mut out = cx.pool.take(x.dtype(), shape.len());
        match (x.data(), y.data(), &mut out) {
            (Data::F64(x), Data::F64(y), Data::F64(out)) => left(&self.reals(), &lanes, (x, y), states(&state), out),
            (Data::C64(x), Data::C64(y), Data::C64(out)) => {
                left(&self.coefficients(), &lanes, (x, y), states(&state), out)
            }
            (x, ..) => return Err(fault!("a filter of {:?}", x.dtype())),
        }
        Ok(Block::new(shape, x.order(), out))
    }

    /// The given state in the order of the block it goes with.
    fn start(&self, axis: usize, x: &Block, before: Option<&Block>, cx: &Context) -> Result<Option<Block>> {
        let shape = x.shape().with_extent(axis, self.order());
        match before {
            Some(b) if b.shape() != &shape || b.dtype() != x.dtype() => {
                Err(fault!("a state of {} {:?} does not fit a filter of {}", b.shape(), b.dtype(), x.shape()))
            }
            before => Ok(before.map(|b| reordered(b, x.order(), cx.pool))),
        }
    }

    /// `b` and `a`.
    pub fn coefficients(&self) -> [Vec<Complex64>; 2] {
        [&self.b, &self.a]
            .map(|list| list.iter().map(|z| Complex64::new(f64::from_bits(z[0]), f64::from_bits(z[1]))).collect())
    }

    fn reals(&self) -> [Vec<f64>; 2] {
        self.coefficients().map(|list| list.iter().map(|z| z.re).collect())
    }
}

fn states<T: Element>(state: &Option<Block>) -> Option<&[T]> {
    state.as_ref().and_then(|block| T::slice(block.data()))
}

/// Numbers that a filter works on.
trait Sample: Element + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> {}

impl Sample for f64 {}
impl Sample for Complex64 {}

/// The state of a lane, by its number in the sequence in which lanes lie.
fn load<T: Sample>(before: Option<&[T]>, lanes: &Lanes, number: usize, state: &mut [T]) {
    let own = Lanes { n: state.len(), ..*lanes };
    for (k, slot) in state.iter_mut().enumerate() {
        *slot = before.map_or(T::default(), |b| b[own.at(number / own.before, number % own.before, k)]);
    }
}

/// Direct form II transposed: the state holds what earlier elements add to later ones.
fn filtered<T: Sample>([b, a]: &[Vec<T>; 2], lanes: &Lanes, x: &[T], before: Option<&[T]>, out: &mut [T]) {
    let (mut state, mut number) = (vec![T::default(); a.len() - 1], 0);
    lanes.map_into(x, out, lanes.n, |lane, made| {
        load(before, lanes, number, &mut state);
        number += 1;
        for (&x, y) in lane.iter().zip(made) {
            *y = state[0] + b[0] * x;
            advance(b, a, &mut state, x, *y);
        }
    });
}

fn advance<T: Sample>(b: &[T], a: &[T], state: &mut [T], x: T, y: T) {
    let last = state.len() - 1;
    for k in 0..last {
        state[k] = state[k + 1] + b[k + 1] * x - a[k + 1] * y;
    }
    state[last] = b[last + 1] * x - a[last + 1] * y;
}

/// What remains of lanes: of a long one the last elements decide, whatever the state before it was.
fn left<T: Sample>([b, a]: &[Vec<T>; 2], lanes: &Lanes, (x, y): (&[T], &[T]), before: Option<&[T]>, out: &mut [T]) {
    let order = a.len() - 1;
    let own = Lanes { n: order, ..*lanes };
    let mut state = vec![T::default(); order];
    let first = lanes.n.saturating_sub(order);
    for number in 0..lanes.before * lanes.after {
        let (group, lane) = (number / lanes.before, number % lanes.before);
        load(before.filter(|_| first == 0), lanes, number, &mut state);
        for i in first..lanes.n {
            let at = lanes.at(group, lane, i);
            advance(b, a, &mut state, x[at], y[at]);
        }
        state.iter().enumerate().for_each(|(k, &s)| out[own.at(group, lane, k)] = s);
    }
}
