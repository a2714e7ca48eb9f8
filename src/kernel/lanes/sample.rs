//! Figures of a sample of real numbers: means, spreads, moments, order statistics, and the same over a moving window.

use super::api::Ends;
use super::order::{Sortable, sorted_positions};
use serde::{Deserialize, Serialize};

/// One number of a sample. `NaN` in the sample makes the result NaN, except where it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Figure {
    Sum,
    Product,
    /// NaN passed over.
    Least,
    /// NaN passed over.
    Greatest,
    Mean,
    GeometricMean,
    HarmonicMean,
    Median,
    /// The most frequent element, the least of several.
    Mode,
    /// How often that one occurs.
    Repeats,
    /// Greatest less least, NaN passed over.
    Range,
    /// Distance of the quartiles, NaN left out.
    QuartileRange,
    MeanSquare,
    /// Mean distance from the mean.
    MeanDeviation,
    /// Median distance from the median.
    MedianDeviation,
    Variance {
        population: bool,
    },
    Deviation {
        population: bool,
    },
    /// The third or fourth standardised moment; corrected for bias unless `biased`.
    Standardised {
        order: u8,
        biased: bool,
    },
    /// Mean power of the elements, of their distance from the mean (`central`), of its absolute value; the power's bits.
    Moment {
        power: u64,
        central: bool,
        absolute: bool,
    },
}

impl Figure {
    pub fn of(self, x: &[f64]) -> f64 {
        match self {
            Figure::Sum => x.iter().sum(),
            Figure::Product => x.iter().product(),
            Figure::Least => x.iter().copied().fold(f64::NAN, f64::min),
            Figure::Greatest => x.iter().copied().fold(f64::NAN, f64::max),
            Figure::Mean => mean(x),
            Figure::GeometricMean => mean(&x.iter().map(|v| libm::log(*v)).collect::<Vec<_>>()).exp(),
            Figure::HarmonicMean => 1.0 / mean(&x.iter().map(|v| 1.0 / v).collect::<Vec<_>>()),
            Figure::Median => median(x),
            Figure::Mode => modes(x).1.first().copied().unwrap_or(f64::NAN),
            Figure::Repeats => modes(x).0 as f64,
            Figure::Range => Figure::Greatest.of(x) - Figure::Least.of(x),
            Figure::QuartileRange => quartile_range(x),
            Figure::MeanSquare => x.iter().map(|v| v * v).sum::<f64>() / x.len() as f64,
            Figure::MeanDeviation => deviation_from(mean, x),
            Figure::MedianDeviation => deviation_from(median, x),
            Figure::Variance { population } => variance(x, population),
            Figure::Deviation { population } => variance(x, population).sqrt(),
            Figure::Standardised { order, biased } => standardised(x, order as i32, biased),
            Figure::Moment { power, central, absolute } => moment(x, f64::from_bits(power), central, absolute),
        }
    }
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
    let mut copy = x.to_vec();
    copy.sort_by(|a, b| a.order(b));
    copy
}

/// The middle of the sorted elements; NaN if there is one among them.
pub fn median(x: &[f64]) -> f64 {
    if x.is_empty() || x.iter().any(|v| v.is_nan()) {
        return f64::NAN;
    }
    let (mut copy, n) = (x.to_vec(), x.len());
    let (below, &mut middle, _) = copy.select_nth_unstable_by(n / 2, |a, b| a.order(b));
    if n % 2 == 1 {
        return middle;
    }
    let other = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if other == middle { other } else { (other + middle) / 2.0 }
}

/// How often the most frequent elements occur, and which they are, ascending.
pub fn modes(x: &[f64]) -> (usize, Vec<f64>) {
    let s = sorted(x);
    let mut best = (0, Vec::new());
    let mut start = 0;
    while start < s.len() {
        let mut end = start + 1;
        while end < s.len() && s[end] == s[start] {
            end += 1;
        }
        if end - start > best.0 {
            best = (end - start, vec![s[start]]);
        } else if end - start == best.0 {
            best.1.push(s[start]);
        }
        start = end;
    }
    best
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

/// Quantiles at several shares, NaN left out.
pub fn quantiles(lane: &[f64], shares: &[u64], method: u32, out: &mut [f64]) {
    let s = sorted(&lane.iter().copied().filter(|v| !v.is_nan()).collect::<Vec<_>>());
    out.iter_mut().zip(shares).for_each(|(y, &p)| *y = quantile(&s, f64::from_bits(p), method));
}

/// What equal elements do to their ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// Ranks from 1.
pub fn ranks(x: &[f64], ties: Ties) -> Vec<f64> {
    let order = sorted_positions(x, false);
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

fn quartile_range(x: &[f64]) -> f64 {
    let s = sorted(&x.iter().copied().filter(|v| !v.is_nan()).collect::<Vec<_>>());
    quantile(&s, 0.75, 5) - quantile(&s, 0.25, 5)
}

fn deviation_from(middle: fn(&[f64]) -> f64, x: &[f64]) -> f64 {
    let m = middle(x);
    middle(&x.iter().map(|v| (v - m).abs()).collect::<Vec<_>>())
}

fn standardised(x: &[f64], order: i32, biased: bool) -> f64 {
    let n = x.len() as f64;
    let m = mean(x);
    let s = (x.iter().map(|v| (v - m).powi(2)).sum::<f64>() / n).sqrt();
    if s == 0.0 {
        return f64::NAN;
    }
    let g = x.iter().map(|v| (v - m).powi(order)).sum::<f64>() / n / s.powi(order);
    match order {
        _ if biased => g,
        3 if n < 3.0 => f64::NAN,
        4 if n < 4.0 => f64::NAN,
        3 => g * (n * (n - 1.0)).sqrt() / (n - 2.0),
        4 => 3.0 + (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g - 3.0 * (n - 1.0)),
        _ => g,
    }
}

fn moment(x: &[f64], p: f64, central: bool, absolute: bool) -> f64 {
    let m = if central { mean(x) } else { 0.0 };
    let power = |v: f64| {
        let d = v - m;
        let d = if absolute { d.abs() } else { d };
        if p == p.trunc() { d.powi(p as i32) } else { d.powf(p) }
    };
    x.iter().map(|&v| power(v)).sum::<f64>() / x.len() as f64
}

/// Least, quartiles, greatest (NaN passed over), mean, standard deviation, skewness and kurtosis.
pub fn statistics(lane: &[f64], out: &mut [f64]) {
    let s = sorted(&lane.iter().copied().filter(|v| !v.is_nan()).collect::<Vec<_>>());
    let n = lane.len() as f64;
    let (m, population) = (mean(lane), variance(lane, true).sqrt());
    let standard = |order: i32| lane.iter().map(|v| (v - m).powi(order)).sum::<f64>() / n / population.powi(order);
    let ends = |at: Option<&f64>| at.copied().unwrap_or(f64::NAN);
    let figures = [
        ends(s.first()),
        quantile(&s, 0.25, 7),
        quantile(&s, 0.5, 7),
        quantile(&s, 0.75, 7),
        ends(s.last()),
        m,
        variance(lane, false).sqrt(),
        standard(3),
        standard(4),
    ];
    out.copy_from_slice(&figures);
}

/// The lane less its mean.
pub fn center(lane: &[f64], out: &mut [f64]) {
    let m = mean(lane);
    out.iter_mut().zip(lane).for_each(|(y, v)| *y = v - m);
}

/// The lane less its mean, over its deviation.
pub fn standardise(lane: &[f64], population: bool, out: &mut [f64]) {
    let (m, s) = (mean(lane), variance(lane, population).sqrt());
    let s = if s == 0.0 { 1.0 } else { s };
    out.iter_mut().zip(lane).for_each(|(y, v)| *y = (v - m) / s);
}

/// A function of the window around places of a lane, from `first` on: `before` elements, the element itself, `after`
/// elements.
pub fn moving<E>(
    lane: &[f64],
    first: i64,
    (before, after): (usize, usize),
    ends: Ends,
    mut f: impl FnMut(&[f64]) -> Result<f64, E>,
    out: &mut [f64],
) -> Result<(), E> {
    let n = lane.len() as isize;
    let mut part = Vec::with_capacity(before + after + 1);
    for (i, y) in out.iter_mut().enumerate() {
        let place = first as isize + i as isize;
        let (from, to) = (place - before as isize, place + after as isize);
        if from >= 0 && to < n {
            *y = f(&lane[from as usize..=to as usize])?;
            continue;
        }
        part.clear();
        for k in from..=to {
            match ends {
                _ if (0..n).contains(&k) => part.push(lane[k as usize]),
                Ends::Shrink => {}
                Ends::Fill(bits) => part.push(f64::from_bits(bits)),
                Ends::Periodic => part.push(lane[k.rem_euclid(n) as usize]),
                Ends::Same => part.push(lane[if k < 0 { 0 } else { n as usize - 1 }]),
            }
        }
        *y = match ends {
            Ends::Fill(bits) if f64::from_bits(bits).is_nan() => f64::NAN,
            _ => f(&part)?,
        };
    }
    Ok(())
}
