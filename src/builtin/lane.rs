//! Functions of a vector applied to every lane of an array along one dimension.

use super::Host;
use super::args::Lanes;
use super::numeric::{self, Wide};
use crate::array::{DType, Shape};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

/// A numeric or logical argument; text and containers are refused in the words of the statistics functions.
pub fn sample(host: &mut dyn Host, who: &str, x: &Value) -> Result<Wide> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be a numeric vector or matrix"));
    }
    Wide::new(host, x, who)
}

/// The dimension argument at a position, as an axis; the first dimension that is not 1 if it is not there.
pub fn dimension(who: &str, args: &[Value], at: usize) -> Result<usize> {
    match args.get(at).filter(|d| !d.is_empty()) {
        None => Ok(args[0].shape().first_nonsingleton()),
        Some(d) => match d.to_f64() {
            Some(v) if d.is_scalar() && v >= 1.0 && v == v.trunc() && v <= Shape::MAX_RANK as f64 => Ok(v as usize - 1),
            _ => Err(fault!("{who}: DIM must be an integer and a valid dimension")),
        },
    }
}

/// Every lane of real elements made into one of `extent`.
pub fn apply(who: &str, x: Wide, axis: usize, extent: usize, f: impl FnMut(&[f64], &mut [f64])) -> Result<Value> {
    let (shape, single) = (x.shape.clone(), x.single);
    let values = x.real(who)?;
    let out = Lanes::new(&shape, axis).map(&values, extent, f);
    Ok(numeric::real(shape.with_extent(axis, extent), out, single))
}

/// Every lane of real elements folded to one number.
pub fn fold(who: &str, x: Wide, axis: usize, f: impl Fn(&[f64]) -> f64) -> Result<Value> {
    apply(who, x, axis, 1, |lane, out| out[0] = f(lane))
}

/// The arithmetic mean; NaN of nothing.
pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// Sum of squared distances from the mean.
pub fn spread(x: &[f64]) -> f64 {
    let m = mean(x);
    x.iter().map(|v| (v - m) * (v - m)).sum()
}

/// Variance, divided by n-1 or (`population`) by n; 0 of a single number.
pub fn variance(x: &[f64], population: bool) -> f64 {
    match x.len() {
        0 => f64::NAN,
        1 if x[0].is_finite() => 0.0,
        n => spread(x) / if population { n as f64 } else { n as f64 - 1.0 },
    }
}

/// Copy in ascending order, NaN last.
pub fn sorted(x: &[f64]) -> Vec<f64> {
    use super::order::Sortable;
    let mut copy = x.to_vec();
    copy.sort_by(|a, b| a.order(b));
    copy
}

/// The middle of the sorted elements; NaN if there is one among them.
pub fn median(x: &[f64]) -> f64 {
    if x.is_empty() || x.iter().any(|v| v.is_nan()) {
        return f64::NAN;
    }
    let s = sorted(x);
    let n = s.len();
    if n % 2 == 1 {
        return s[n / 2];
    }
    let (a, b) = (s[n / 2 - 1], s[n / 2]);
    if a == b { a } else { (a + b) / 2.0 }
}

/// Quantile of sorted finite data by one of the nine methods of Hyndman and Fan (The American Statistician 50, 1996).
pub fn quantile(sorted: &[f64], p: f64, method: u32) -> f64 {
    quantile_by(sorted.len(), p, method, &mut |k| sorted[k])
}

/// As [`quantile`] of `count` elements, of which only some are asked for, by rank from 0.
pub fn quantile_by(count: usize, p: f64, method: u32, element: &mut dyn FnMut(usize) -> f64) -> f64 {
    let n = count as f64;
    if count == 0 || p.is_nan() {
        return f64::NAN;
    }
    let mut at = |k: f64| element((k.clamp(1.0, n) as usize) - 1);
    if method <= 3 {
        let np = n * p;
        return match method {
            1 => at(np.ceil()),
            2 if np == np.trunc() => (at(np) + at(np + 1.0)) / 2.0,
            2 => at(np.ceil()),
            _ => {
                // The nearest even order statistic.
                let t = np.max(1.0);
                at(t.round_ties_even())
            }
        };
    }
    let position = match method {
        4 => n * p,
        5 => n * p + 0.5,
        6 => (n + 1.0) * p,
        7 => (n - 1.0) * p + 1.0,
        8 => (n + 1.0 / 3.0) * p + 1.0 / 3.0,
        _ => (n + 0.25) * p + 0.375,
    };
    let position = position.clamp(1.0, n);
    let low = position.floor();
    let share = position - low;
    let (a, b) = (at(low), at(low + 1.0));
    if share == 0.0 { a } else { (1.0 - share) * a + share * b }
}

/// What equal elements do to their ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// They share the mean of their places.
    Fractional,
    /// They share the least of their places.
    Competition,
    /// They share the greatest of their places.
    Modified,
    /// They keep their order.
    Ordinal,
    /// They count as one place.
    Dense,
}

impl Ties {
    /// By name or number, as `ranks` takes them.
    pub fn named(kind: &Value) -> Result<Ties> {
        let name = kind.to_text().filter(|_| matches!(kind, Value::Char(..)));
        let name = name.or_else(|| kind.to_f64().map(|n| n.to_string())).unwrap_or_default();
        match name.as_str() {
            "fractional" | "0" => Ok(Ties::Fractional),
            "competition" | "1" => Ok(Ties::Competition),
            "modified" | "2" => Ok(Ties::Modified),
            "ordinal" | "3" => Ok(Ties::Ordinal),
            "dense" | "4" => Ok(Ties::Dense),
            _ => Err(fault!("ranks: unknown RTYPE '{name}'")),
        }
    }
}

/// Ranks from 1.
pub fn ranks(x: &[f64], ties: Ties) -> Vec<f64> {
    let order = super::order::sorted_positions(x, false);
    let mut out = vec![0.0; x.len()];
    let (mut start, mut groups) = (0, 0);
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && x[order[end]] == x[order[start]] {
            end += 1;
        }
        groups += 1;
        for (k, &i) in order[start..end].iter().enumerate() {
            out[i] = match ties {
                Ties::Fractional => (start + 1 + end) as f64 / 2.0,
                Ties::Competition => (start + 1) as f64,
                Ties::Modified => end as f64,
                Ties::Ordinal => (start + 1 + k) as f64,
                Ties::Dense => groups as f64,
            };
        }
        start = end;
    }
    out
}
