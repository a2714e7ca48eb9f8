//! Tiles between blocks and registers: inputs widened (and spread where they are broadcast), results narrowed.

use super::plan::Entry;
use super::{Register, TILE};
use crate::array::{Block, Complex32, Complex64, Data, Order, Shape};
use smallvec::SmallVec;

/// How a tile of the result's positions finds its elements in one input.
enum Walk {
    /// The same position.
    Same,
    /// One element for all.
    Scalar,
    /// Extents of the result and strides of the input, fastest first; a stride of 0 repeats.
    Spread(SmallVec<[(usize, usize); 4]>),
    /// The input's memory is the result's.
    InPlace,
}

/// An input and how it is read.
pub struct Feed<'a> {
    data: Option<&'a Data>,
    walk: Walk,
}

impl<'a> Feed<'a> {
    pub fn new(block: &'a Block, shape: &Shape, order: Order) -> Feed<'a> {
        let walk = if block.shape() == shape {
            Walk::Same
        } else if block.len() == 1 {
            Walk::Scalar
        } else {
            let rank = shape.rank();
            let mut stride = 1;
            let mut dims: SmallVec<[(usize, usize); 4]> = SmallVec::new();
            for i in 0..rank {
                let axis = if order == Order::F { i } else { rank - 1 - i };
                let (whole, own) = (shape.extent(axis), block.shape().extent(axis));
                if whole == 1 {
                    continue;
                }
                let step = if own == 1 { 0 } else { stride };
                stride *= own;
                match dims.last_mut() {
                    // Axes repeated together, or walked together, are one.
                    Some((len, s)) if (*s == 0 && step == 0) || (*s != 0 && step == *s * *len) => *len *= whole,
                    _ => dims.push((whole, step)),
                }
            }
            Walk::Spread(dims)
        };
        Feed { data: Some(block.data()), walk }
    }

    /// The input whose memory became the result's.
    pub fn in_place() -> Feed<'a> {
        Feed { data: None, walk: Walk::InPlace }
    }

    /// How the plan lets this input in.
    pub fn entry(&self) -> Entry {
        match (&self.walk, self.data) {
            (Walk::Same, Some(Data::F64(_))) => Entry::Direct,
            (Walk::Scalar, _) => Entry::Once,
            _ => Entry::Tile,
        }
    }

    /// The elements of a double input that lie where the result's do.
    pub fn direct(&self, at: usize, n: usize) -> &[f64] {
        match (&self.walk, self.data) {
            (Walk::Same, Some(Data::F64(v))) => &v[at..at + n],
            _ => unreachable!("only plain double inputs are read in place"),
        }
    }

    /// The elements at result positions `at..at + n` into a register.
    pub fn load(&self, to: &mut Register, at: usize, n: usize, out: Option<&Data>) {
        match (&self.walk, self.data) {
            (Walk::InPlace, _) => widen(out.expect("an in-place input has a result"), at, to, 0, n),
            (Walk::Same, Some(data)) => widen(data, at, to, 0, n),
            (Walk::Scalar, Some(data)) => {
                widen(data, 0, to, 0, 1);
                spread_first(to, n);
            }
            (Walk::Spread(dims), Some(data)) => each_run(dims, at, n, |from, k, len, repeat| {
                if repeat {
                    widen(data, from, to, k, 1);
                    repeat_at(to, k, len);
                } else {
                    widen(data, from, to, k, len);
                }
            }),
            (_, None) => unreachable!("every other input has its data"),
        }
    }
}

/// Visits the runs of a tile: start in the input, start in the tile, length, whether one element repeats.
fn each_run(dims: &[(usize, usize)], at: usize, n: usize, mut visit: impl FnMut(usize, usize, usize, bool)) {
    let mut index: SmallVec<[usize; 4]> = SmallVec::new();
    let (mut rest, mut from) = (at, 0);
    for &(len, stride) in dims {
        index.push(rest % len);
        from += rest % len * stride;
        rest /= len;
    }
    let (inner, step) = dims[0];
    let mut done = 0;
    while done < n {
        let run = (inner - index[0]).min(n - done);
        visit(from, done, run, step == 0);
        done += run;
        index[0] += run;
        from += run * step;
        let mut k = 0;
        while index[k] == dims[k].0 && k + 1 < dims.len() {
            from -= dims[k].0 * dims[k].1;
            index[k] = 0;
            k += 1;
            index[k] += 1;
            from += dims[k].1;
        }
    }
}

fn spread_first(to: &mut Register, n: usize) {
    repeat_at(to, 0, n);
}

fn repeat_at(to: &mut Register, k: usize, len: usize) {
    match to {
        Register::Real(v) => {
            let x = v[k];
            v[k..k + len].fill(x);
        }
        Register::Complex(v) => {
            let x = v[k];
            v[k..k + len].fill(x);
        }
        Register::Signed(v) => {
            let x = v[k];
            v[k..k + len].fill(x);
        }
        Register::Unsigned(v) => {
            let x = v[k];
            v[k..k + len].fill(x);
        }
    }
}

/// `n` elements from `at`, to places from `k` of a register.
fn widen(data: &Data, at: usize, to: &mut Register, k: usize, n: usize) {
    debug_assert!(k + n <= TILE);
    macro_rules! convert {
        ($to:expr, $v:expr, $f:expr) => {
            $to[k..k + n].iter_mut().zip(&$v[at..at + n]).for_each(|(t, &x)| *t = $f(x))
        };
    }
    match (to, data) {
        (Register::Real(to), Data::F64(v)) => to[k..k + n].copy_from_slice(&v[at..at + n]),
        (Register::Real(to), Data::F32(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::I8(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::I16(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::I32(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::U8(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::Char(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::U16(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::U32(v)) => convert!(to, v, |x| x as f64),
        (Register::Real(to), Data::Bool(v)) => convert!(to, v, |x| x as u8 as f64),
        (Register::Complex(to), Data::C64(v)) => to[k..k + n].copy_from_slice(&v[at..at + n]),
        (Register::Complex(to), Data::C32(v)) => {
            convert!(to, v, |x: Complex32| Complex64::new(x.re as f64, x.im as f64))
        }
        (Register::Signed(to), Data::I64(v)) => to[k..k + n].copy_from_slice(&v[at..at + n]),
        (Register::Unsigned(to), Data::U64(v)) => to[k..k + n].copy_from_slice(&v[at..at + n]),
        _ => unreachable!("the plan loads each type into its bank"),
    }
}

/// A register into the result; its values fit the result's type already.
pub fn store(from: &Register, out: &mut Data, at: usize, n: usize) {
    macro_rules! convert {
        ($v:expr, $from:expr, $f:expr) => {
            $v[at..at + n].iter_mut().zip(&$from[..n]).for_each(|(t, &x)| *t = $f(x))
        };
    }
    match (from, out) {
        (Register::Real(from), Data::F64(v)) => v[at..at + n].copy_from_slice(&from[..n]),
        (Register::Real(from), Data::F32(v)) => convert!(v, from, |x| x as f32),
        (Register::Real(from), Data::I8(v)) => convert!(v, from, |x| x as i8),
        (Register::Real(from), Data::I16(v)) => convert!(v, from, |x| x as i16),
        (Register::Real(from), Data::I32(v)) => convert!(v, from, |x| x as i32),
        (Register::Real(from), Data::U8(v)) => convert!(v, from, |x| x as u8),
        (Register::Real(from), Data::Char(v)) => convert!(v, from, |x| x as u8),
        (Register::Real(from), Data::U16(v)) => convert!(v, from, |x| x as u16),
        (Register::Real(from), Data::U32(v)) => convert!(v, from, |x| x as u32),
        (Register::Real(from), Data::Bool(v)) => convert!(v, from, |x| x != 0.0),
        (Register::Complex(from), Data::C64(v)) => v[at..at + n].copy_from_slice(&from[..n]),
        (Register::Complex(from), Data::C32(v)) => {
            convert!(v, from, |x: Complex64| Complex32::new(x.re as f32, x.im as f32))
        }
        (Register::Signed(from), Data::I64(v)) => v[at..at + n].copy_from_slice(&from[..n]),
        (Register::Unsigned(from), Data::U64(v)) => v[at..at + n].copy_from_slice(&from[..n]),
        _ => unreachable!("the plan stores each bank into its types"),
    }
}
