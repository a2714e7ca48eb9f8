//! Least and greatest elements, and where they are. NaN is skipped: a state of NaN has seen nothing else. Complex
//! numbers go by their length, 64-bit integers are compared exactly.

use super::fold::{Fold, Rows};
use super::sums::{Number, stack};
use crate::array::{Complex64, Element};
use smallvec::{SmallVec, smallvec};
use std::cmp::Ordering;

/// The first of two reals unless the second is beyond it or the first is NaN.
#[inline(always)]
fn further(greatest: bool, a: f64, b: f64) -> f64 {
    if (if greatest { b > a } else { b < a }) || a.is_nan() { b } else { a }
}

/// Least or greatest real.
pub struct Extremum {
    pub greatest: bool,
}

impl<T: Number<Sum = f64>> Fold<T> for Extremum {
    type Part = f64;
    const PARTS: usize = 1;

    fn nothing(&self) -> SmallVec<[f64; 3]> {
        smallvec![f64::NAN]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [f64]) {
        if self.greatest {
            stack(rows, state, f64::NAN, |a, x: T| further(true, a, x.lift()), |p, q| further(true, p, q));
        } else {
            stack(rows, state, f64::NAN, |a, x: T| further(false, a, x.lift()), |p, q| further(false, p, q));
        }
    }

    #[inline(always)]
    fn merge(&self, into: &mut [f64], next: &[f64], _width: usize) {
        into.iter_mut().zip(next).for_each(|(a, &b)| *a = further(self.greatest, *a, b));
    }
}

/// What a search compares: whether the second is strictly beyond the first, and what counts as not seen.
trait Candidate: Copy {
    fn beyond(greatest: bool, best: Self, next: Self) -> bool;
    fn missing(self) -> bool;
}

impl Candidate for f64 {
    #[inline(always)]
    fn beyond(greatest: bool, best: f64, next: f64) -> bool {
        if greatest { next > best } else { next < best }
    }
    #[inline(always)]
    fn missing(self) -> bool {
        self.is_nan()
    }
}

impl Candidate for Complex64 {
    #[inline(always)]
    fn beyond(greatest: bool, best: Complex64, next: Complex64) -> bool {
        let wanted = if greatest { Ordering::Less } else { Ordering::Greater };
        crate::array::scalar_fn::compare_complex(best, next) == Some(wanted)
    }
    #[inline(always)]
    fn missing(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}

impl Candidate for i64 {
    #[inline(always)]
    fn beyond(greatest: bool, best: i64, next: i64) -> bool {
        if greatest { next > best } else { next < best }
    }
    #[inline(always)]
    fn missing(self) -> bool {
        false
    }
}

impl Candidate for u64 {
    #[inline(always)]
    fn beyond(greatest: bool, best: u64, next: u64) -> bool {
        if greatest { next > best } else { next < best }
    }
    #[inline(always)]
    fn missing(self) -> bool {
        false
    }
}

/// Whether a candidate replaces the best so far.
#[inline(always)]
fn replaces<C: Candidate>(greatest: bool, best: C, next: C) -> bool {
    C::beyond(greatest, best, next) | (best.missing() & !next.missing())
}

/// A search by hand: value of the best for each column.
#[inline(always)]
fn best_of<T: Copy, C: Candidate>(greatest: bool, rows: Rows<T>, state: &mut [C], lift: impl Fn(T) -> C) {
    state.iter_mut().zip(rows.row(0)).for_each(|(best, &x)| *best = lift(x));
    for r in 1..rows.rows {
        for (best, &x) in state.iter_mut().zip(rows.row(r)) {
            let next = lift(x);
            if replaces(greatest, *best, next) {
                *best = next;
            }
        }
    }
}

/// Value, position from 1, number of elements; positions and numbers through `count`.
#[inline(always)]
fn place_of<T: Copy, C: Candidate>(
    greatest: bool,
    rows: Rows<T>,
    state: &mut [C],
    lift: impl Fn(T) -> C,
    count: impl Fn(usize) -> C,
) {
    let width = rows.width;
    let (value, rest) = state.split_at_mut(width);
    let (place, total) = rest.split_at_mut(width);
    value.iter_mut().zip(rows.row(0)).for_each(|(best, &x)| *best = lift(x));
    place.fill(count(1));
    total.fill(count(rows.rows));
    for r in 1..rows.rows {
        let here = count(r + 1);
        for ((best, place), &x) in value.iter_mut().zip(place.iter_mut()).zip(rows.row(r)) {
            let next = lift(x);
            let better = replaces(greatest, *best, next);
            *best = if better { next } else { *best };
            *place = if better { here } else { *place };
        }
    }
}

#[inline(always)]
fn merge_best<C: Candidate>(greatest: bool, into: &mut [C], next: &[C]) {
    for (a, &b) in into.iter_mut().zip(next) {
        if replaces(greatest, *a, b) {
            *a = b;
        }
    }
}

#[inline(always)]
fn merge_place<C: Candidate + std::ops::Add<Output = C>>(greatest: bool, into: &mut [C], next: &[C], width: usize) {
    for w in 0..width {
        if replaces(greatest, into[w], next[w]) {
            into[w] = next[w];
            into[width + w] = into[2 * width + w] + next[width + w];
        }
        into[2 * width + w] = into[2 * width + w] + next[2 * width + w];
    }
}

/// Place of the least or greatest real.
pub struct Where {
    pub greatest: bool,
}

impl<T: Number<Sum = f64>> Fold<T> for Where {
    type Part = f64;
    const PARTS: usize = 3;

    fn nothing(&self) -> SmallVec<[f64; 3]> {
        smallvec![f64::NAN, 1.0, 0.0]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [f64]) {
        place_of(self.greatest, rows, state, T::lift, |n| n as f64);
    }

    #[inline(always)]
    fn merge(&self, into: &mut [f64], next: &[f64], width: usize) {
        merge_place(self.greatest, into, next, width);
    }
}

/// Shortest or longest complex number.
pub struct Longest {
    pub greatest: bool,
}

impl<T: Number<Sum = Complex64>> Fold<T> for Longest {
    type Part = Complex64;
    const PARTS: usize = 1;

    fn nothing(&self) -> SmallVec<[Complex64; 3]> {
        smallvec![Complex64::new(f64::NAN, 0.0)]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [Complex64]) {
        best_of(self.greatest, rows, state, T::lift);
    }

    #[inline(always)]
    fn merge(&self, into: &mut [Complex64], next: &[Complex64], _width: usize) {
        merge_best(self.greatest, into, next);
    }
}

/// Place of the shortest or longest complex number.
pub struct WhereLongest {
    pub greatest: bool,
}

impl<T: Number<Sum = Complex64>> Fold<T> for WhereLongest {
    type Part = Complex64;
    const PARTS: usize = 3;

    fn nothing(&self) -> SmallVec<[Complex64; 3]> {
        smallvec![Complex64::new(f64::NAN, 0.0), Complex64::ONE, Complex64::ZERO]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [Complex64]) {
        place_of(self.greatest, rows, state, T::lift, |n| Complex64::new(n as f64, 0.0));
    }

    #[inline(always)]
    fn merge(&self, into: &mut [Complex64], next: &[Complex64], width: usize) {
        merge_place(self.greatest, into, next, width);
    }
}

/// A 64-bit integer type.
#[allow(private_bounds)]
pub trait Whole: Element + Candidate + std::ops::Add<Output = Self> {
    fn count(n: usize) -> Self;
}

impl Whole for i64 {
    fn count(n: usize) -> i64 {
        n as i64
    }
}

impl Whole for u64 {
    fn count(n: usize) -> u64 {
        n as u64
    }
}

/// Least or greatest 64-bit integer.
pub struct WholeExtremum {
    pub greatest: bool,
}

impl<T: Whole> Fold<T> for WholeExtremum {
    type Part = T;
    const PARTS: usize = 1;

    fn nothing(&self) -> SmallVec<[T; 3]> {
        smallvec![T::default()]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [T]) {
        best_of(self.greatest, rows, state, |x| x);
    }

    #[inline(always)]
    fn merge(&self, into: &mut [T], next: &[T], _width: usize) {
        merge_best(self.greatest, into, next);
    }
}

/// Place of the least or greatest 64-bit integer.
pub struct WholeWhere {
    pub greatest: bool,
}

impl<T: Whole> Fold<T> for WholeWhere {
    type Part = T;
    const PARTS: usize = 3;

    fn nothing(&self) -> SmallVec<[T; 3]> {
        smallvec![T::default(), T::count(1), T::count(0)]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [T]) {
        place_of(self.greatest, rows, state, |x| x, T::count);
    }

    #[inline(always)]
    fn merge(&self, into: &mut [T], next: &[T], width: usize) {
        merge_place(self.greatest, into, next, width);
    }
}
