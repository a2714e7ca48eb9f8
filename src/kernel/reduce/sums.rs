//! Sums, products, counts and truth: kinds whose state is one number.

use super::fold::{Fold, Rows};
use crate::array::{Complex32, Complex64, Element};
use smallvec::{SmallVec, smallvec};
use std::ops::{Add, Mul, Sub};

/// What an accumulator can do.
pub trait Accumulator: Element + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> {
    const ZERO: Self;
    const ONE: Self;
    fn from_real(x: f64) -> Self;
    fn real(self) -> f64;
    /// Times a real number.
    fn scaled(self, by: f64) -> Self;
    /// The square of the absolute value.
    fn square(self) -> f64;
}

impl Accumulator for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
    #[inline(always)]
    fn from_real(x: f64) -> f64 {
        x
    }
    #[inline(always)]
    fn real(self) -> f64 {
        self
    }
    #[inline(always)]
    fn scaled(self, by: f64) -> f64 {
        self * by
    }
    #[inline(always)]
    fn square(self) -> f64 {
        self * self
    }
}

impl Accumulator for Complex64 {
    const ZERO: Complex64 = Complex64::ZERO;
    const ONE: Complex64 = Complex64::ONE;
    #[inline(always)]
    fn from_real(x: f64) -> Complex64 {
        Complex64::new(x, 0.0)
    }
    #[inline(always)]
    fn real(self) -> f64 {
        self.re
    }
    #[inline(always)]
    fn scaled(self, by: f64) -> Complex64 {
        Complex64::new(self.re * by, self.im * by)
    }
    #[inline(always)]
    fn square(self) -> f64 {
        self.re * self.re + self.im * self.im
    }
}

/// An element type as its sums see it.
pub trait Number: Copy {
    type Sum: Accumulator;
    fn lift(self) -> Self::Sum;
}

macro_rules! real_number {
    ($($t:ty)*) => {$(
        impl Number for $t {
            type Sum = f64;
            #[inline(always)]
            fn lift(self) -> f64 {
                self as f64
            }
        }
    )*};
}
real_number!(f64 f32 i8 i16 i32 i64 u8 u16 u32 u64);

impl Number for bool {
    type Sum = f64;
    #[inline(always)]
    fn lift(self) -> f64 {
        self as u8 as f64
    }
}

impl Number for Complex64 {
    type Sum = Complex64;
    #[inline(always)]
    fn lift(self) -> Complex64 {
        self
    }
}

impl Number for Complex32 {
    type Sum = Complex64;
    #[inline(always)]
    fn lift(self) -> Complex64 {
        Complex64::new(self.re as f64, self.im as f64)
    }
}

/// Accumulators of a run: enough to hide the latency of additions and to fill the vector registers.
const LANES: usize = 32;

/// Folds a run with [`LANES`] accumulators, then those over a balanced tree.
#[inline(always)]
fn lanes<T: Copy, A: Copy>(run: &[T], start: A, add: impl Fn(A, T) -> A, join: impl Fn(A, A) -> A) -> A {
    let mut acc = [start; LANES];
    let mut chunks = run.chunks_exact(LANES);
    for chunk in &mut chunks {
        for (a, &x) in acc.iter_mut().zip(chunk) {
            *a = add(*a, x);
        }
    }
    for (a, &x) in acc.iter_mut().zip(chunks.remainder()) {
        *a = add(*a, x);
    }
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            acc[i] = join(acc[i], acc[i + half]);
        }
        half /= 2;
    }
    acc[0]
}

/// One accumulator for each column, or lanes for a single run.
#[inline(always)]
pub fn stack<T: Copy, A: Copy>(
    rows: Rows<T>,
    state: &mut [A],
    start: A,
    add: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) {
    if let Some(run) = rows.run() {
        state[0] = lanes(run, start, add, join);
        return;
    }
    state.fill(start);
    for r in 0..rows.rows {
        for (a, &x) in state.iter_mut().zip(rows.row(r)) {
            *a = add(*a, x);
        }
    }
}

macro_rules! simple_fold {
    ($(#[$doc:meta])* $name:ident, $part:ty, $nothing:expr, |$a:ident, $x:ident| $add:expr, |$p:ident, $q:ident| $join:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl<T: Number> Fold<T> for $name {
            type Part = $part;
            const PARTS: usize = 1;

            fn nothing(&self) -> SmallVec<[$part; 3]> {
                smallvec![$nothing]
            }

            #[inline(always)]
            fn leaf(&self, rows: Rows<T>, state: &mut [$part]) {
                stack(rows, state, $nothing, |$a, $x: T| $add, |$p, $q| $join);
            }

            #[inline(always)]
            fn merge(&self, into: &mut [$part], next: &[$part], _width: usize) {
                for ($p, &$q) in into.iter_mut().zip(next) {
                    let joined = { let $p = *$p; $join };
                    *$p = joined;
                }
            }
        }
    };
}

simple_fold!(
    /// Sum of the elements.
    Sum, T::Sum, T::Sum::ZERO, |a, x| a + x.lift(), |p, q| p + q);
simple_fold!(
    /// Product of the elements.
    Prod, T::Sum, T::Sum::ONE, |a, x| a * x.lift(), |p, q| p * q);
simple_fold!(
    /// Sum of the squared absolute values.
    SumSq, f64, 0.0, |a, x| a + x.lift().square(), |p, q| p + q);
simple_fold!(
    /// Number of elements that are not zero (NaN counts).
    Nnz, f64, 0.0, |a, x| a + (x.lift() != T::Sum::ZERO) as u8 as f64, |p, q| p + q);
simple_fold!(
    /// Whether some element is neither zero nor NaN.
    Any, bool, false, |a, x| a | is_true(x.lift()), |p, q| p | q);
simple_fold!(
    /// Whether no element is zero.
    All, bool, true, |a, x| a & (x.lift() != T::Sum::ZERO), |p, q| p & q);

#[inline(always)]
#[allow(clippy::eq_op)]
fn is_true<A: Accumulator>(x: A) -> bool {
    x != A::ZERO && x == x
}
