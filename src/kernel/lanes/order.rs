//! The order of elements: numbers with NaN last, complex numbers by length and angle, text by bytes.

use crate::array::{Complex32, Complex64};
use std::cmp::Ordering;

/// The total order of the elements of one type. NaN comes after everything and equals itself here.
pub trait Sortable: Copy {
    fn order(&self, other: &Self) -> Ordering;
    fn missing(&self) -> bool {
        false
    }
}

macro_rules! sortable_floats {
    ($($t:ty),*) => {$(
        impl Sortable for $t {
            fn order(&self, other: &Self) -> Ordering {
                self.partial_cmp(other).unwrap_or_else(|| self.is_nan().cmp(&other.is_nan()))
            }
            fn missing(&self) -> bool {
                self.is_nan()
            }
        }
    )*};
}
sortable_floats!(f64, f32);

macro_rules! sortable_ordered {
    ($($t:ty),*) => {$(
        impl Sortable for $t {
            fn order(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }
        }
    )*};
}
sortable_ordered!(i8, i16, i32, i64, u8, u16, u32, u64, bool);

impl Sortable for Complex64 {
    fn order(&self, other: &Self) -> Ordering {
        self.norm().order(&other.norm()).then_with(|| self.arg().order(&other.arg()))
    }
    fn missing(&self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}

impl Sortable for Complex32 {
    fn order(&self, other: &Self) -> Ordering {
        let wide = |z: &Self| Complex64::new(z.re as f64, z.im as f64);
        wide(self).order(&wide(other))
    }
    fn missing(&self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}

/// Positions in ascending or descending order; equal elements keep their sequence. NaN is last when ascending and first
/// when descending.
pub fn sorted_positions<T: Sortable>(v: &[T], descending: bool) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..v.len()).collect();
    if descending {
        positions.sort_by(|&a, &b| v[b].order(&v[a]));
    } else {
        positions.sort_by(|&a, &b| v[a].order(&v[b]));
    }
    positions
}

/// The lane in order; equal elements keep their sequence.
pub fn sort<T: Sortable>(lane: &[T], descending: bool, out: &mut [T]) {
    out.copy_from_slice(lane);
    if descending {
        out.sort_by(|a, b| b.order(a));
    } else {
        out.sort_by(|a, b| a.order(b));
    }
}

/// The elements at some places of the ascending lane.
pub fn nth<T: Sortable>(lane: &[T], places: &[u64], out: &mut [T]) {
    let mut sorted = lane.to_vec();
    sorted.sort_by(|a, b| a.order(b));
    out.iter_mut().zip(places).for_each(|(y, &k)| *y = sorted[k as usize]);
}

/// Where the greatest (least) elements are, best first, the first of equal ones before the others and what is missing
/// last.
pub fn best<T: Sortable>(lane: &[T], count: usize, greatest: bool) -> Vec<usize> {
    let compare = |&a: &usize, &b: &usize| {
        let (x, y) = (&lane[a], &lane[b]);
        let by_value = if greatest { y.order(x) } else { x.order(y) };
        x.missing().cmp(&y.missing()).then(by_value).then(a.cmp(&b))
    };
    let mut places: Vec<usize> = (0..lane.len()).collect();
    if count < places.len() && count > 0 {
        places.select_nth_unstable_by(count - 1, compare);
    }
    places.truncate(count);
    places.sort_unstable_by(compare);
    places
}

/// Where the first greatest (least) element so far is, NaN passed over; before the first number every place is its own.
pub fn running_places<T: Sortable>(lane: &[T], greatest: bool, out: &mut [f64]) {
    let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
    let mut best: Option<usize> = None;
    for (i, x) in lane.iter().enumerate() {
        if !x.missing() && best.is_none_or(|b| x.order(&lane[b]) == wanted) {
            best = Some(i);
        }
        out[i] = (best.unwrap_or(i) + 1) as f64;
    }
}
