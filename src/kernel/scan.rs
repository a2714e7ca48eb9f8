//! Running results along an axis, with what came before as a carry.

use super::reduce::Number;
use super::{Context, ScanKind};
use crate::array::scalar_fn::compare_complex;
use crate::array::{Block, Complex32, Complex64, Data, Element, Order};
use crate::diag::Result;
use crate::fault;
use smallvec::SmallVec;
use std::cmp::Ordering;

/// How the scanned axis lies in memory: `inner` elements of one layer, `len` layers, `outer` times.
struct Lines {
    inner: usize,
    len: usize,
    outer: usize,
}

/// Running result of a block in the block's order. `carry` is the running result just before it.
pub fn scan(kind: &ScanKind, axis: usize, arg: &Block, carry: Option<&Block>, cx: &Context) -> Result<Block> {
    if let ScanKind::Filter(filter) = kind {
        return filter.run(axis, arg, carry, cx);
    }
    let dtype = kind.result_type(arg.dtype());
    if let Some(c) = carry.filter(|c| c.shape() != &arg.shape().with_extent(axis, 1) || c.dtype() != dtype) {
        return Err(fault!("a carry of {} {:?} does not fit a scan of {}", c.shape(), c.dtype(), arg.shape()));
    }
    let turned = carry.map(|c| super::elements::reordered(c, arg.order(), cx.pool));
    let rank = arg.shape().rank();
    let before: usize = (0..axis.min(rank)).map(|a| arg.shape().extent(a)).product();
    let after: usize = (axis + 1..rank).map(|a| arg.shape().extent(a)).product();
    let (inner, outer) = if arg.order() == Order::F { (before, after) } else { (after, before) };
    let lines = Lines { inner, len: arg.shape().extent(axis), outer };
    let mut out = cx.pool.take(dtype, arg.len());
    let carried = turned.as_ref().map(|b| b.data());
    macro_rules! arithmetic {
        ($v:expr, $out:expr, $acc:ty, $down:expr) => {{
            match kind {
                ScanKind::Prod => run($v, $out, carried, &lines, Number::lift, |a: $acc, x| a * Number::lift(x), $down),
                _ => run($v, $out, carried, &lines, Number::lift, |a: $acc, x| a + Number::lift(x), $down),
            }
        }};
    }
    macro_rules! extremum {
        ($v:expr, $out:expr, $lift:expr) => {{
            let wanted = if *kind == ScanKind::Max { Ordering::Less } else { Ordering::Greater };
            match kind {
                ScanKind::Latest => run($v, $out, carried, &lines, |x| x, |a, x| latest(a, x), $lift),
                _ => run($v, $out, carried, &lines, |x| x, |a, x| better(wanted, a, x), $lift),
            }
        }};
    }
    let summing = matches!(kind, ScanKind::Sum | ScanKind::Prod);
    match (arg.data(), &mut out) {
        (Data::F32(v), Data::F32(out)) if summing => arithmetic!(v, out, f64, |a| a as f32),
        (Data::C64(v), Data::C64(out)) if summing => arithmetic!(v, out, Complex64, |a| a),
        (Data::C32(v), Data::C32(out)) if summing => {
            arithmetic!(v, out, Complex64, |a: Complex64| Complex32::new(a.re as f32, a.im as f32))
        }
        (Data::F64(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::I8(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::I16(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::I32(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::I64(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::U8(v) | Data::Char(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::U16(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::U32(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::U64(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::Bool(v), Data::F64(out)) if summing => arithmetic!(v, out, f64, |a| a),
        (Data::F64(v), Data::F64(out)) => extremum!(v, out, |a| a),
        (Data::F32(v), Data::F32(out)) => extremum!(v, out, |a| a),
        (Data::I8(v), Data::I8(out)) => extremum!(v, out, |a| a),
        (Data::I16(v), Data::I16(out)) => extremum!(v, out, |a| a),
        (Data::I32(v), Data::I32(out)) => extremum!(v, out, |a| a),
        (Data::I64(v), Data::I64(out)) => extremum!(v, out, |a| a),
        (Data::U8(v), Data::U8(out)) => extremum!(v, out, |a| a),
        (Data::U16(v), Data::U16(out)) => extremum!(v, out, |a| a),
        (Data::U32(v), Data::U32(out)) => extremum!(v, out, |a| a),
        (Data::U64(v), Data::U64(out)) => extremum!(v, out, |a| a),
        (Data::Bool(v), Data::Bool(out)) => extremum!(v, out, |a| a),
        (Data::C64(v), Data::C64(out)) => extremum!(v, out, |a| a),
        (Data::C32(v), Data::C32(out)) => extremum!(v, out, |a| a),
        (Data::Char(v), Data::F64(out)) => {
            let numbers: Vec<f64> = v.iter().map(|&c| c as f64).collect();
            extremum!(&numbers, out, |a| a)
        }
        (v, out) => unreachable!("no scan of {:?} into {:?}", v.dtype(), out.dtype()),
    }
    Ok(Block::new(arg.shape().clone(), arg.order(), out))
}

/// The last layer along an axis.
pub fn last(axis: usize, arg: &Block, cx: &Context) -> Result<Block> {
    let rank = arg.shape().rank().max(axis + 1);
    let mut axes: SmallVec<[(usize, isize, usize); 4]> = (0..rank).map(|a| (0, 1, arg.shape().extent(a))).collect();
    let Some(end) = arg.shape().extent(axis).checked_sub(1) else {
        return Err(fault!("a {} block has no last layer", arg.shape()));
    };
    axes[axis] = (end, 1, 1);
    super::moving::slice(&axes, arg, cx)
}

/// Elements that a running extremum compares.
trait Comparable: Copy {
    fn order(self, other: Self) -> Option<Ordering>;
    fn missing(self) -> bool;
}

macro_rules! comparable {
    ($($t:ty)*) => {$(
        impl Comparable for $t {
            fn order(self, other: $t) -> Option<Ordering> {
                self.partial_cmp(&other)
            }
            #[allow(clippy::eq_op)]
            fn missing(self) -> bool {
                self != self
            }
        }
    )*};
}
comparable!(f64 f32 i8 i16 i32 i64 u8 u16 u32 u64 bool);

impl Comparable for Complex64 {
    fn order(self, other: Complex64) -> Option<Ordering> {
        compare_complex(self, other)
    }
    fn missing(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}

impl Comparable for Complex32 {
    fn order(self, other: Complex32) -> Option<Ordering> {
        Number::lift(self).order(Number::lift(other))
    }
    fn missing(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}

fn better<C: Comparable>(wanted: Ordering, best: C, next: C) -> C {
    if best.order(next) == Some(wanted) || (best.missing() && !next.missing()) { next } else { best }
}

fn latest<C: Comparable>(last: C, next: C) -> C {
    if next.missing() { last } else { next }
}

/// The first layer of a line starts from the carry, or is itself; accumulators are wider than results where the
/// result is single.
trait Start<A>: Element {
    fn start(self) -> A;
}

impl<T: Element> Start<T> for T {
    fn start(self) -> T {
        self
    }
}

impl Start<f64> for f32 {
    fn start(self) -> f64 {
        self as f64
    }
}

impl Start<Complex64> for Complex32 {
    fn start(self) -> Complex64 {
        Number::lift(self)
    }
}

/// Contiguous lines scanned side by side, so that the additions of one do not wait for those of another.
const ABREAST: usize = 8;

fn run<T: Copy, A: Copy, R: Element + Start<A>>(
    from: &[T],
    to: &mut [R],
    carry: Option<&Data>,
    lines: &Lines,
    first: impl Fn(T) -> A,
    step: impl Fn(A, T) -> A,
    down: impl Fn(A) -> R,
) {
    let carry = carry.and_then(R::slice);
    let layer = lines.inner;
    if from.is_empty() {
        return;
    }
    let mut running: Vec<A> = Vec::with_capacity(layer.max(ABREAST));
    let together = if layer == 1 { lines.outer / ABREAST * ABREAST } else { 0 };
    for line in (0..together).step_by(ABREAST) {
        let source: [&[T]; ABREAST] =
            std::array::from_fn(|l| &from[(line + l) * lines.len..(line + l + 1) * lines.len]);
        let mut target = to[line * lines.len..(line + ABREAST) * lines.len].chunks_exact_mut(lines.len);
        let target: [&mut [R]; ABREAST] = std::array::from_fn(|_| target.next().unwrap_or_default());
        running.clear();
        running.extend((0..ABREAST).map(|l| match carry {
            Some(c) => step(c[line + l].start(), source[l][0]),
            None => first(source[l][0]),
        }));
        for k in 0..lines.len {
            for l in 0..ABREAST {
                if k > 0 {
                    running[l] = step(running[l], source[l][k]);
                }
                target[l][k] = down(running[l]);
            }
        }
    }
    for line in together..lines.outer {
        let base = line * layer * lines.len;
        let top = &from[base..base + layer];
        running.clear();
        match carry {
            Some(c) => {
                let before = &c[line * layer..(line + 1) * layer];
                running.extend(before.iter().zip(top).map(|(c, &x)| step(c.start(), x)));
            }
            None => running.extend(top.iter().map(|&x| first(x))),
        }
        to[base..base + layer].iter_mut().zip(&running).for_each(|(t, &a)| *t = down(a));
        for k in 1..lines.len {
            let at = base + k * layer;
            let rows = from[at..at + layer].iter().zip(&mut to[at..at + layer]);
            for ((&x, t), a) in rows.zip(&mut running) {
                *a = step(*a, x);
                *t = down(*a);
            }
        }
    }
}
