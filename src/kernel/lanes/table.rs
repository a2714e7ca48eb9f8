//! Functions of one number by a table: steps, and interpolation between points. Each element goes by itself, so a "lane"
//! is a single element along an axis behind the last.

use serde::{Deserialize, Serialize};

/// A step function: the number of entries of an ascending table (NaN last) that are not above an element picks the
/// value. All numbers are the bits of doubles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Steps {
    table: Vec<u64>,
    values: Vec<u64>,
    exact: bool,
}

impl Steps {
    /// One value more than entries: the first one for what is below all of them. With `exact` it is also that of all
    /// elements that no entry equals.
    pub fn new(table: &[f64], values: impl Iterator<Item = f64>, exact: bool) -> Steps {
        let (table, values): (Vec<u64>, Vec<u64>) =
            (table.iter().map(|x| x.to_bits()).collect(), values.map(f64::to_bits).collect());
        assert_eq!(values.len(), table.len() + 1, "a step function has a value before each of its steps");
        Steps { table, values, exact }
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    pub fn apply(&self, from: &[f64], to: &mut [f64]) {
        let table: Vec<f64> = self.table.iter().map(|&x| f64::from_bits(x)).collect();
        let numbers = table.partition_point(|t| !t.is_nan());
        for (y, &x) in to.iter_mut().zip(from) {
            let below = if x.is_nan() { table.len() } else { table[..numbers].partition_point(|&t| t <= x) };
            let found = !self.exact || below > 0 && table[below - 1] == x;
            *y = f64::from_bits(self.values[if found { below } else { 0 }]);
        }
    }
}

/// The entry that numbers reach when they are above another one: no number is above infinity.
pub fn above(entry: f64) -> f64 {
    if entry == f64::INFINITY { f64::NAN } else { entry.next_up() }
}

/// A method of interpolation between points in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    Nearest,
    Previous,
    Next,
    Linear,
    Monotone,
    Spline,
}

/// Coefficients of the cubic on each piece, the highest power first, in the distance from the piece's left end.
pub type Cubics = Vec<[f64; 4]>;

/// Points in ascending order and how values between them are found. All numbers are the bits of doubles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interpolation {
    x: Vec<u64>,
    y: Vec<u64>,
    cubics: Vec<[u64; 4]>,
    method: Method,
    left: bool,
    outside: Outside,
}

/// What lies beyond the points, and what an element gives that is NaN: the bits of doubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outside {
    /// The outermost pieces go on if there is none.
    pub beyond: Option<u64>,
    pub missing: u64,
}

impl Interpolation {
    /// At least two points; the cubics of the methods that use them. Where two points share their place the value is that
    /// of the second, or of the first (`left`).
    pub fn new(
        (x, y): (&[f64], &[f64]),
        cubics: &Cubics,
        method: Method,
        left: bool,
        outside: Outside,
    ) -> Interpolation {
        let bits = |v: &[f64]| v.iter().map(|x| x.to_bits()).collect();
        let cubics = cubics.iter().map(|c| c.map(f64::to_bits)).collect();
        Interpolation { x: bits(x), y: bits(y), cubics, method, left, outside }
    }

    pub fn len(&self) -> usize {
        self.x.len()
    }

    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    pub fn apply(&self, from: &[f64], to: &mut [f64]) {
        let numbers = |bits: &[u64]| bits.iter().map(|&x| f64::from_bits(x)).collect::<Vec<f64>>();
        let (x, y, beyond) = (numbers(&self.x), numbers(&self.y), self.outside.beyond.map(f64::from_bits));
        let last = x.len() - 1;
        for (value, &at) in to.iter_mut().zip(from) {
            *value = match beyond {
                _ if at.is_nan() => f64::from_bits(self.outside.missing),
                Some(beyond) if at < x[0] || at > x[last] => beyond,
                _ => self.inside(&x, &y, at),
            };
        }
    }

    fn inside(&self, x: &[f64], y: &[f64], at: f64) -> f64 {
        let last = x.len() - 1;
        let k = piece(x, at);
        match self.method {
            Method::Nearest => y[if at >= 0.5 * (x[k] + x[k + 1]) { k + 1 } else { k }],
            Method::Previous => y[if at >= x[last] { last } else { k }],
            Method::Next => y[if at <= x[k] { k } else { k + 1 }],
            Method::Linear if self.left && x[k] == at => y[x.partition_point(|w| *w < at)],
            Method::Linear if x[k] == x[k + 1] => y[k + 1],
            Method::Linear if at == x[k + 1] => y[k + 1],
            Method::Linear => {
                let slope = (y[k + 1] - y[k]) / (x[k + 1] - x[k]);
                y[k] + slope * (at - x[k])
            }
            Method::Monotone | Method::Spline => {
                self.cubics[k].iter().fold(0.0, |sum, &c| sum * (at - x[k]) + f64::from_bits(c))
            }
        }
    }
}

/// The piece a point belongs to: the last whose left end is not to its right.
pub fn piece(x: &[f64], at: f64) -> usize {
    x.partition_point(|v| *v <= at).clamp(1, x.len() - 1) - 1
}

/// How many of the whole numbers in a lane are 1, 2, ...; others do not count.
pub fn tally(lane: &[f64], out: &mut [f64]) {
    out.fill(0.0);
    for &x in lane {
        if x >= 1.0
            && let Some(count) = out.get_mut(x as usize - 1)
        {
            *count += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_where_the_table_says() {
        let apply = |steps: &Steps, x: &[f64]| {
            let mut out = vec![0.0; x.len()];
            steps.apply(x, &mut out);
            out
        };
        let x = [0.5, 1.0, 1.5, 3.0, f64::INFINITY, f64::NAN];
        let count = |n: usize| (0..=n).map(|k| k as f64);
        assert_eq!(apply(&Steps::new(&[1.0, 2.0, 3.0], count(3), false), &x), [0.0, 1.0, 1.0, 3.0, 3.0, 3.0]);
        assert_eq!(apply(&Steps::new(&[1.0, f64::NAN], count(2), false), &x), [0.0, 1.0, 1.0, 1.0, 1.0, 2.0]);
        assert_eq!(apply(&Steps::new(&[1.0, 3.0, f64::NAN], count(3), true), &x), [0.0, 1.0, 0.0, 2.0, 0.0, 0.0]);
    }

    #[test]
    fn numbers_are_tallied() {
        let mut out = [9.0; 3];
        tally(&[1.0, 3.0, 0.0, 4.0, f64::NAN, 3.0, -1.0], &mut out);
        assert_eq!(out, [1.0, 0.0, 2.0]);
    }
}
