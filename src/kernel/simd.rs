//! Vector loops over a tile of doubles.

use crate::array::arch::dispatch;
use pulp::NullaryFnOnce;

struct Loop<F>(F);

/// A loop body that is inlined into code for the machine's vectors, whatever the inliner thinks of its size.
trait Body {
    type Output;
    fn run(self) -> Self::Output;
}

impl<B: Body> NullaryFnOnce for Loop<B> {
    type Output = B::Output;

    #[inline(always)]
    fn call(self) -> B::Output {
        self.0.run()
    }
}

struct Fill1<'a, F>(&'a mut [f64], &'a [f64], F);

impl<F: Fn(f64) -> f64> Body for Fill1<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (to, &a) in self.0.iter_mut().zip(self.1) {
            *to = (self.2)(a);
        }
    }
}

/// `to[i] = f(a[i])`.
pub fn fill1(to: &mut [f64], a: &[f64], f: impl Fn(f64) -> f64) {
    dispatch(Loop(Fill1(to, a, f)));
}

struct Fill2<'a, F>(&'a mut [f64], &'a [f64], &'a [f64], F);

impl<F: Fn(f64, f64) -> f64> Body for Fill2<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for ((to, &a), &b) in self.0.iter_mut().zip(self.1).zip(self.2) {
            *to = (self.3)(a, b);
        }
    }
}

/// `to[i] = f(a[i], b[i])`.
pub fn fill2(to: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    dispatch(Loop(Fill2(to, a, b, f)));
}

struct Fill3<'a, F>(&'a mut [f64], [&'a [f64]; 3], F);

impl<F: Fn(f64, f64, f64) -> f64> Body for Fill3<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let [a, b, c] = self.1;
        for (((to, &a), &b), &c) in self.0.iter_mut().zip(a).zip(b).zip(c) {
            *to = (self.2)(a, b, c);
        }
    }
}

/// `to[i] = f(a[i], b[i], c[i])`.
pub fn fill3(to: &mut [f64], args: [&[f64]; 3], f: impl Fn(f64, f64, f64) -> f64) {
    dispatch(Loop(Fill3(to, args, f)));
}

struct Change<'a, F>(&'a mut [f64], F);

impl<F: Fn(f64) -> f64> Body for Change<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for to in self.0.iter_mut() {
            *to = (self.1)(*to);
        }
    }
}

/// `to[i] = f(to[i])`.
pub fn change(to: &mut [f64], f: impl Fn(f64) -> f64) {
    dispatch(Loop(Change(to, f)));
}

struct Any<'a, F>(&'a [f64], F);

impl<F: Fn(f64) -> bool> Body for Any<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        // Without an early end, so that it goes by whole vectors.
        self.0.iter().fold(0u64, |any, &a| any | (self.1)(a) as u64) != 0
    }
}

/// Whether `f` holds for some element.
pub fn any(a: &[f64], f: impl Fn(f64) -> bool) -> bool {
    dispatch(Loop(Any(a, f)))
}

struct Any2<'a, F>(&'a [f64], &'a [f64], F);

impl<F: Fn(f64, f64) -> bool> Body for Any2<'_, F> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        self.0.iter().zip(self.1).fold(0u64, |any, (&a, &b)| any | (self.2)(a, b) as u64) != 0
    }
}

/// Whether `f` holds for some pair of elements.
pub fn any2(a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> bool) -> bool {
    dispatch(Loop(Any2(a, b, f)))
}
