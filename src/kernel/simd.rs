//! Loops compiled for the vector unit the machine has. One call costs a few nanoseconds: loop inside, not outside.

use pulp::{Arch, NullaryFnOnce};
use std::sync::LazyLock;

static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Runs an operation whose `call` is inlined into code for the widest vectors at hand.
#[inline]
pub fn dispatch<Op: NullaryFnOnce>(op: Op) -> Op::Output {
    ARCH.dispatch(op)
}

struct Fill1<'a, F> {
    to: &'a mut [f64],
    a: &'a [f64],
    f: F,
}

impl<F: Fn(f64) -> f64> NullaryFnOnce for Fill1<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (to, &a) in self.to.iter_mut().zip(self.a) {
            *to = (self.f)(a);
        }
    }
}

/// `to[i] = f(a[i])`.
pub fn fill1(to: &mut [f64], a: &[f64], f: impl Fn(f64) -> f64) {
    dispatch(Fill1 { to, a, f });
}

struct Fill2<'a, F> {
    to: &'a mut [f64],
    a: &'a [f64],
    b: &'a [f64],
    f: F,
}

impl<F: Fn(f64, f64) -> f64> NullaryFnOnce for Fill2<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((to, &a), &b) in self.to.iter_mut().zip(self.a).zip(self.b) {
            *to = (self.f)(a, b);
        }
    }
}

/// `to[i] = f(a[i], b[i])`.
pub fn fill2(to: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    dispatch(Fill2 { to, a, b, f });
}

struct Change<'a, F> {
    to: &'a mut [f64],
    f: F,
}

impl<F: Fn(f64) -> f64> NullaryFnOnce for Change<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for to in self.to.iter_mut() {
            *to = (self.f)(*to);
        }
    }
}

/// `to[i] = f(to[i])`.
pub fn change(to: &mut [f64], f: impl Fn(f64) -> f64) {
    dispatch(Change { to, f });
}
