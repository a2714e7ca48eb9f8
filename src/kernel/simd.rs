//! Vector loops over a tile of doubles.
//!
//! The function of a loop is a type, not a closure, so that it is inlined into the code for the machine's vectors
//! whatever its size: `lane1!` and `lane2!` make the type from a path or from what looks like a closure.

use crate::array::arch::dispatch;
use pulp::NullaryFnOnce;

/// A function of one element.
pub trait Lane1 {
    type Output;
    fn at(&self, x: f64) -> Self::Output;
}

/// A function of two elements.
pub trait Lane2 {
    type Output;
    fn at(&self, x: f64, y: f64) -> Self::Output;
}

/// A function of one double as a [`Lane1`].
macro_rules! lane1 {
    (|$x:ident| $body:expr) => { lane1!(|$x| $body => f64) };
    ($f:path) => { lane1!(|x| $f(x) => f64) };
    ($f:path => $output:ty) => { lane1!(|x| $f(x) => $output) };
    (|$x:ident| $body:expr => $output:ty) => {{
        struct Lane;
        impl $crate::kernel::simd::Lane1 for Lane {
            type Output = $output;
            #[inline(always)]
            fn at(&self, $x: f64) -> $output {
                $body
            }
        }
        Lane
    }};
}

/// A function of two doubles as a [`Lane2`].
macro_rules! lane2 {
    (|$x:ident, $y:ident| $body:expr) => { lane2!(|$x, $y| $body => f64) };
    ($f:path) => { lane2!(|x, y| $f(x, y) => f64) };
    ($f:path => $output:ty) => { lane2!(|x, y| $f(x, y) => $output) };
    (|$x:ident, $y:ident| $body:expr => $output:ty) => {{
        struct Lane;
        impl $crate::kernel::simd::Lane2 for Lane {
            type Output = $output;
            #[inline(always)]
            fn at(&self, $x: f64, $y: f64) -> $output {
                $body
            }
        }
        Lane
    }};
}

pub(crate) use {lane1, lane2};

struct Fill1<'a, F>(&'a mut [f64], &'a [f64], F);

impl<F: Lane1<Output = f64>> NullaryFnOnce for Fill1<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (to, &a) in self.0.iter_mut().zip(self.1) {
            *to = self.2.at(a);
        }
    }
}

/// `to[i] = f(a[i])`.
pub fn fill1(to: &mut [f64], a: &[f64], f: impl Lane1<Output = f64>) {
    dispatch(Fill1(to, a, f));
}

struct Fill2<'a, F>(&'a mut [f64], &'a [f64], &'a [f64], F);

impl<F: Lane2<Output = f64>> NullaryFnOnce for Fill2<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((to, &a), &b) in self.0.iter_mut().zip(self.1).zip(self.2) {
            *to = self.3.at(a, b);
        }
    }
}

/// `to[i] = f(a[i], b[i])`.
pub fn fill2(to: &mut [f64], a: &[f64], b: &[f64], f: impl Lane2<Output = f64>) {
    dispatch(Fill2(to, a, b, f));
}

struct Choose<'a>(&'a mut [f64], [&'a [f64]; 3]);

impl NullaryFnOnce for Choose<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let [mask, a, b] = self.1;
        for (((to, &m), &a), &b) in self.0.iter_mut().zip(mask).zip(a).zip(b) {
            *to = if m != 0.0 { a } else { b };
        }
    }
}

/// `to[i] = mask[i] ? a[i] : b[i]`.
pub fn choose(to: &mut [f64], mask: &[f64], a: &[f64], b: &[f64]) {
    dispatch(Choose(to, [mask, a, b]));
}

struct Change<'a, F>(&'a mut [f64], F);

impl<F: Lane1<Output = f64>> NullaryFnOnce for Change<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for to in self.0.iter_mut() {
            *to = self.1.at(*to);
        }
    }
}

/// `to[i] = f(to[i])`.
pub fn change(to: &mut [f64], f: impl Lane1<Output = f64>) {
    dispatch(Change(to, f));
}

struct Any<'a, F>(&'a [f64], F);

impl<F: Lane1<Output = bool>> NullaryFnOnce for Any<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        // Without an early end, so that it goes by whole vectors.
        self.0.iter().fold(0u64, |any, &a| any | self.1.at(a) as u64) != 0
    }
}

/// Whether `f` holds for some element.
pub fn any(a: &[f64], f: impl Lane1<Output = bool>) -> bool {
    dispatch(Any(a, f))
}

struct Any2<'a, F>(&'a [f64], &'a [f64], F);

impl<F: Lane2<Output = bool>> NullaryFnOnce for Any2<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        self.0.iter().zip(self.1).fold(0u64, |any, (&a, &b)| any | self.2.at(a, b) as u64) != 0
    }
}

/// Whether `f` holds for some pair of elements.
pub fn any2(a: &[f64], b: &[f64], f: impl Lane2<Output = bool>) -> bool {
    dispatch(Any2(a, b, f))
}
