//! Means and spreads. Spread by T. F. Chan's merge of leaf moments (1979): two passes over a leaf in the cache, no
//! difference of large squares anywhere.

use super::fold::{Fold, Rows};
use super::sums::{Accumulator, Number, stack};
use smallvec::{SmallVec, smallvec};

/// Sum and count.
pub struct Mean;

impl<T: Number> Fold<T> for Mean {
    type Part = T::Sum;
    const PARTS: usize = 2;

    fn nothing(&self) -> SmallVec<[T::Sum; 3]> {
        smallvec![T::Sum::ZERO, T::Sum::ZERO]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [T::Sum]) {
        let (sum, count) = state.split_at_mut(rows.width);
        stack(rows, sum, T::Sum::ZERO, |a, x: T| a + x.lift(), |p, q| p + q);
        count.fill(T::Sum::from_real(rows.rows as f64));
    }

    #[inline(always)]
    fn merge(&self, into: &mut [T::Sum], next: &[T::Sum], _width: usize) {
        into.iter_mut().zip(next).for_each(|(a, &b)| *a = *a + b);
    }
}

/// Count, mean, sum of squared deviations from the mean.
pub struct Spread;

impl<T: Number> Fold<T> for Spread {
    type Part = T::Sum;
    const PARTS: usize = 3;

    fn nothing(&self) -> SmallVec<[T::Sum; 3]> {
        smallvec![T::Sum::ZERO; 3]
    }

    #[inline(always)]
    fn leaf(&self, rows: Rows<T>, state: &mut [T::Sum]) {
        let (count, rest) = state.split_at_mut(rows.width);
        let (mean, squares) = rest.split_at_mut(rows.width);
        count.fill(T::Sum::from_real(rows.rows as f64));
        stack(rows, mean, T::Sum::ZERO, |a, x: T| a + x.lift(), |p, q| p + q);
        let share = 1.0 / rows.rows as f64;
        mean.iter_mut().for_each(|m| *m = m.scaled(share));
        if rows.run().is_some() {
            let centre = mean[0];
            let mut sum = [0.0];
            stack(rows, &mut sum, 0.0, |a, x: T| a + (x.lift() - centre).square(), |p, q| p + q);
            squares[0] = T::Sum::from_real(sum[0]);
            return;
        }
        squares.fill(T::Sum::ZERO);
        for r in 0..rows.rows {
            for ((s, &m), &x) in squares.iter_mut().zip(mean.iter()).zip(rows.row(r)) {
                *s = *s + T::Sum::from_real((x.lift() - m).square());
            }
        }
    }

    #[inline(always)]
    fn merge(&self, into: &mut [T::Sum], next: &[T::Sum], width: usize) {
        let (count, rest) = into.split_at_mut(width);
        let (mean, squares) = rest.split_at_mut(width);
        for w in 0..width {
            let (n, m) = (count[w].real(), next[w].real());
            if m == 0.0 {
                continue;
            }
            let share = m / (n + m);
            let apart = next[width + w] - mean[w];
            mean[w] = mean[w] + apart.scaled(share);
            squares[w] = squares[w] + next[2 * width + w] + T::Sum::from_real(apart.square() * n * share);
            count[w] = T::Sum::from_real(n + m);
        }
    }
}

/// The variance of `n` elements with this sum of squared deviations; NaN of none, 0 of one.
pub fn variance(n: f64, squares: f64, population: bool) -> f64 {
    if population || n == 1.0 {
        squares / n
    } else if n == 0.0 {
        f64::NAN
    } else {
        squares / (n - 1.0)
    }
}
