//! Arrays in memory folded along a dimension, element after element from the first, as Octave's are: the bits of a sum
//! are Octave's too. Lanes that lie side by side are folded abreast.

use crate::array::Shape;
use crate::builtin::args::Lanes;
use crate::kernel::ReduceKind;
use std::ops::{Add, Mul};

/// Folds every lane of a float array to one number, element after element; several lanes side by side, for each has to
/// wait for its own last step only.
pub fn fold<T: Copy>(shape: &Shape, axis: usize, x: &[T], start: T, step: impl Fn(T, T) -> T) -> (Shape, Vec<T>) {
    const ABREAST: usize = 8;
    let Lanes { before, n, after } = Lanes::new(shape, axis);
    let mut out = vec![start; before * after];
    if before == 1 {
        for (group, sums) in out.chunks_mut(ABREAST).enumerate() {
            let lanes = &x[group * ABREAST * n..][..sums.len() * n];
            match <&mut [T; ABREAST]>::try_from(&mut *sums) {
                Ok(sums) => {
                    let lanes: [&[T]; ABREAST] = std::array::from_fn(|lane| &lanes[lane * n..][..n]);
                    (0..n).for_each(|i| (0..ABREAST).for_each(|lane| sums[lane] = step(sums[lane], lanes[lane][i])));
                }
                Err(_) => {
                    for (lane, sum) in sums.iter_mut().enumerate() {
                        *sum = lanes[lane * n..][..n].iter().fold(*sum, |s, &v| step(s, v));
                    }
                }
            }
        }
    } else if n > 0 {
        for (sums, group) in out.chunks_mut(before.max(1)).zip(x.chunks(before.max(1) * n)) {
            for row in group.chunks(before.max(1)) {
                sums.iter_mut().zip(row).for_each(|(sum, &v)| *sum = step(*sum, v));
            }
        }
    }
    (shape.with_extent(axis, 1), out)
}

/// `sum`, `prod` or `sumsq` of real lanes; every partial sum keeps within `range`, if there is one.
pub fn real_total(
    kind: ReduceKind,
    shape: &Shape,
    axis: usize,
    x: &[f64],
    range: Option<(f64, f64)>,
) -> (Shape, Vec<f64>) {
    match (kind, range) {
        (ReduceKind::Prod, _) => fold(shape, axis, x, 1.0, Mul::mul),
        (ReduceKind::SumSq, _) => fold(shape, axis, x, 0.0, |s, x| s + x * x),
        (_, Some((least, most))) => fold(shape, axis, x, 0.0, |s, x| (s + x).clamp(least, most)),
        _ => fold(shape, axis, x, 0.0, Add::add),
    }
}

/// Every element folded with what the running result along its lane was before it.
pub fn scanned<T: Copy>(mut x: Vec<T>, lanes: Lanes, start: T, step: impl Fn(T, T) -> T) -> Vec<T> {
    let (layer, n) = (lanes.before.max(1), lanes.n.max(1));
    if layer == 1 {
        x.chunks_mut(4 * n).for_each(|lanes| scan_abreast(lanes, n, start, &step));
        return x;
    }
    for group in x.chunks_mut(layer * n) {
        group.iter_mut().take(layer).for_each(|first| *first = step(start, *first));
        for row in 1..lanes.n {
            let (before, here) = group.split_at_mut(row * layer);
            let before = &before[(row - 1) * layer..];
            here.iter_mut().zip(before).for_each(|(x, &running)| *x = step(running, *x));
        }
    }
    x
}

/// Scans up to four lanes of `n` elements that lie one behind the other.
fn scan_abreast<T: Copy>(lanes: &mut [T], n: usize, start: T, step: &impl Fn(T, T) -> T) {
    let scan = |running: &mut T, x: &mut T| {
        *running = step(*running, *x);
        *x = *running;
    };
    let mut lanes = lanes.chunks_mut(n);
    match [lanes.next(), lanes.next(), lanes.next(), lanes.next()] {
        [Some(a), Some(b), Some(c), Some(d)] => {
            let mut running = [start; 4];
            for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
                running.iter_mut().zip([a, b, c, d]).for_each(|(running, x)| scan(running, x));
            }
        }
        fewer => {
            for lane in fewer.into_iter().flatten() {
                let mut running = start;
                lane.iter_mut().for_each(|x| scan(&mut running, x));
            }
        }
    }
}

/// What each element of a lane adds to the one before it.
pub fn differences(x: &[f64], lanes: Lanes) -> Vec<f64> {
    if x.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(x.len() - lanes.before * lanes.after);
    for group in x.chunks(lanes.before * lanes.n) {
        out.extend(group[lanes.before..].iter().zip(group).map(|(later, earlier)| later - earlier));
    }
    out
}
