//! Adaptive integration along a path by the pair of rules of Gauss and Kronrod; the integrand may give several numbers
//! at a point, all of them complex.
//!
//! Source: Piessens and others, QUADPACK (1983).

use crate::array::Complex64;
use crate::builtin::api::Host;
use crate::builtin::math::quadrature::KRONROD_15;
use crate::diag::Result;

/// The integrand: so many numbers at each of some points, point after point.
pub type Integrand<'a> = &'a mut dyn FnMut(&mut dyn Host, &[Complex64]) -> Result<Vec<Complex64>>;

/// One number for each number of the integrand.
pub struct Integral {
    pub values: Vec<Complex64>,
    pub error: f64,
    /// Points the integrand was asked for.
    pub points: usize,
}

/// How exact an integral is to be.
#[derive(Clone, Copy)]
pub struct Tolerances {
    pub absolute: f64,
    pub relative: f64,
}

/// A part of a path, run through by a parameter over a finite interval.
#[derive(Clone, Copy)]
enum Leg {
    Line(Complex64, Complex64),
    /// From a number to infinity.
    Up(f64),
    /// From minus infinity to a number.
    Down(f64),
    All,
}

impl Leg {
    fn range(self) -> (f64, f64) {
        match self {
            Leg::Up(_) => (0.0, 1.0),
            Leg::Down(_) => (-1.0, 0.0),
            Leg::Line(..) | Leg::All => (-1.0, 1.0),
        }
    }

    /// The point, and how fast it moves.
    fn at(self, t: f64) -> (Complex64, Complex64) {
        let real = |x: f64, slope: f64| (x.into(), slope.into());
        match self {
            Leg::Line(a, b) => {
                // Flat at both ends, so that integrable singularities there are smoothed.
                let (h, m) = ((b - a) / 4.0, (a + b) / 2.0);
                (h * (t * (3.0 - t * t)) + m, h * (3.0 * (1.0 - t * t)))
            }
            Leg::Up(a) => {
                let s = t / (1.0 - t);
                real(a + s * s, 2.0 * s / ((1.0 - t) * (1.0 - t)))
            }
            Leg::Down(b) => {
                let s = t / (1.0 + t);
                real(b - s * s, -2.0 * s / ((1.0 + t) * (1.0 + t)))
            }
            Leg::All => real(t / (1.0 - t * t), (1.0 + t * t) / ((1.0 - t * t) * (1.0 - t * t))),
        }
    }
}

/// The integral along straight lines through these points; an end may be infinite where all of them are real.
pub fn along(host: &mut dyn Host, path: &[Complex64], want: Tolerances, f: Integrand) -> Result<Integral> {
    let ends = path.first().zip(path.last());
    let backwards = ends.is_some_and(|(a, b)| a != b && (a.re == f64::INFINITY || b.re == -f64::INFINITY));
    if backwards {
        let turned: Vec<Complex64> = path.iter().rev().copied().collect();
        let mut found = along(host, &turned, want, f)?;
        found.values.iter_mut().for_each(|v| *v = -*v);
        return Ok(found);
    }
    let legs: Vec<Leg> = path
        .windows(2)
        .filter(|ends| ends[0] != ends[1])
        .map(|ends| match (ends[0].re.is_infinite(), ends[1].re.is_infinite()) {
            (false, false) => Leg::Line(ends[0], ends[1]),
            (false, true) => Leg::Up(ends[0].re),
            (true, false) => Leg::Down(ends[1].re),
            (true, true) => Leg::All,
        })
        .collect();
    adaptive(host, &legs, want, f)
}

/// A piece of a leg, between two values of its parameter.
type Piece = (Leg, f64, f64);

/// Pieces of each leg at the beginning.
const PIECES: usize = 10;

/// Rounds of halving, and pieces in one of them, at most.
const MOST_ROUNDS: usize = 60;
const MOST_PIECES: usize = 650;

/// Pieces whose two rules disagree are halved, all of a round in one call of the integrand.
fn adaptive(host: &mut dyn Host, legs: &[Leg], want: Tolerances, f: Integrand) -> Result<Integral> {
    let mut open: Vec<Piece> = Vec::new();
    for leg in legs {
        let (low, high) = leg.range();
        let at = |k: usize| low + (high - low) * k as f64 / PIECES as f64;
        open.extend((0..PIECES).map(|k| (*leg, at(k), at(k + 1))));
    }
    let mut sum: Vec<Complex64> = Vec::new();
    let (mut error, mut points) = (0.0, 0);
    for _ in 0..MOST_ROUNDS {
        if open.is_empty() {
            break;
        }
        let nodes: Vec<(Complex64, Complex64, f64, f64)> = open.iter().flat_map(|piece| nodes(*piece)).collect();
        let at: Vec<Complex64> = nodes.iter().map(|n| n.0).collect();
        let values = f(host, &at)?;
        points += at.len();
        let width = values.len() / at.len();
        sum.resize(width, Complex64::ZERO);
        let per_piece = nodes.len() / open.len();
        let found: Vec<(Piece, Vec<Complex64>, f64)> = open
            .iter()
            .zip(nodes.chunks(per_piece).zip(values.chunks((per_piece * width).max(1))))
            .map(|(piece, (nodes, values))| {
                let (fine, error) = both_rules(nodes, values, width);
                (*piece, fine, error)
            })
            .collect();
        let mut total = sum.clone();
        found.iter().for_each(|(_, fine, _)| total.iter_mut().zip(fine).for_each(|(t, v)| *t += v));
        let whole_error = error + found.iter().map(|f| f.2).sum::<f64>();
        let size = total.iter().map(|v| v.norm()).fold(0.0, f64::max);
        let allowed = want.absolute.max(want.relative * size);
        if whole_error <= allowed || !size.is_finite() || found.len() > MOST_PIECES {
            return Ok(Integral { values: total, error: whole_error, points });
        }
        open.clear();
        for ((leg, p, q), fine, off) in found {
            let (low, high) = leg.range();
            if off <= allowed * (q - p) / ((high - low) * legs.len() as f64) || q - p < 1e-15 {
                sum.iter_mut().zip(&fine).for_each(|(s, v)| *s += v);
                error += off;
            } else {
                let middle = (p + q) / 2.0;
                open.extend([(leg, p, middle), (leg, middle, q)]);
            }
        }
    }
    Ok(Integral { values: sum, error, points })
}

/// The points of a piece, how fast they move, and their weights in both rules.
fn nodes((leg, p, q): Piece) -> impl Iterator<Item = (Complex64, Complex64, f64, f64)> {
    let (m, h) = ((p + q) / 2.0, (q - p) / 2.0);
    KRONROD_15.iter().flat_map(move |&(x, k, g)| {
        let both = [m - h * x, m + h * x];
        both.into_iter().take(if x == 0.0 { 1 } else { 2 }).map(move |t| {
            let (z, slope) = leg.at(t);
            (z, slope, h * k, h * g)
        })
    })
}

/// The integrals by the finer rule, and the greatest distance to the coarser one.
fn both_rules(nodes: &[(Complex64, Complex64, f64, f64)], values: &[Complex64], width: usize) -> (Vec<Complex64>, f64) {
    let mut fine = vec![Complex64::ZERO; width];
    let mut coarse = fine.clone();
    for ((_, slope, k, g), y) in nodes.iter().zip(values.chunks(width.max(1))) {
        if !slope.re.is_finite() {
            continue;
        }
        for ((fine, coarse), y) in fine.iter_mut().zip(&mut coarse).zip(y) {
            // A real product stays one, whatever is infinite in it.
            let y = if slope.im == 0.0 { y * slope.re } else { y * slope };
            *fine += y * *k;
            *coarse += y * *g;
        }
    }
    let error = fine.iter().zip(&coarse).map(|(a, b)| (a - b).norm()).fold(0.0, f64::max);
    (fine, error)
}
