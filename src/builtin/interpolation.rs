//! Interpolation: piecewise polynomials through points, tables of one and two dimensions, trapezoidal integrals.
//!
//! Sources: de Boor, A Practical Guide to Splines (1978), chapter IV, for the spline without knots at the second and
//! last but one point; Fritsch and Carlson, SIAM Journal on Numerical Analysis 17 (1980), for the monotone one.

use super::api::{Builtin, Call, Host, Values};
use super::args::{Lanes, axis, one, text, usage};
use super::elementwise::NA;
use super::numeric::{self, Wide};
use crate::array::Shape;
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::sync::Arc;

/// Coefficients of the cubic on each piece, the highest power first, in the distance from the piece's left end.
type Cubics = Vec<[f64; 4]>;

/// The cubics that take given values and slopes.
fn hermite(x: &[f64], y: &[f64], slopes: &[f64]) -> Cubics {
    (0..x.len() - 1)
        .map(|k| {
            let h = x[k + 1] - x[k];
            let chord = (y[k + 1] - y[k]) / h;
            let (a, b) = (slopes[k], slopes[k + 1]);
            [(a + b - 2.0 * chord) / (h * h), (3.0 * chord - 2.0 * a - b) / h, a, y[k]]
        })
        .collect()
}

fn chords(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let h: Vec<f64> = x.windows(2).map(|w| w[1] - w[0]).collect();
    let d = y.windows(2).zip(&h).map(|(w, h)| (w[1] - w[0]) / h).collect();
    (h, d)
}

/// Slopes of the twice differentiable spline: with end slopes given, or three times differentiable at the second and
/// the last but one point.
fn spline_slopes(x: &[f64], y: &[f64], ends: Option<(f64, f64)>) -> Vec<f64> {
    let n = x.len();
    let (h, d) = chords(x, y);
    if n == 2 {
        return ends.map_or(vec![d[0]; 2], |(a, b)| vec![a, b]);
    }
    if n == 3 && ends.is_none() {
        let bend = (d[1] - d[0]) / (h[0] + h[1]);
        return vec![d[0] - h[0] * bend, d[0] + h[0] * bend, d[1] + h[1] * bend];
    }
    // A tridiagonal system: below, diagonal, above, right side.
    let mut rows: Vec<[f64; 4]> = Vec::with_capacity(n);
    rows.push(match ends {
        Some((slope, _)) => [0.0, 1.0, 0.0, slope],
        None => {
            let s = h[0] + h[1];
            [0.0, h[1], s, ((h[0] + 2.0 * s) * h[1] * d[0] + h[0] * h[0] * d[1]) / s]
        }
    });
    for i in 1..n - 1 {
        rows.push([h[i], 2.0 * (h[i - 1] + h[i]), h[i - 1], 3.0 * (h[i] * d[i - 1] + h[i - 1] * d[i])]);
    }
    rows.push(match ends {
        Some((_, slope)) => [0.0, 1.0, 0.0, slope],
        None => {
            let (p, q) = (h[n - 3], h[n - 2]);
            let s = p + q;
            [s, p, 0.0, ((q + 2.0 * s) * p * d[n - 2] + q * q * d[n - 3]) / s]
        }
    });
    for i in 1..n {
        let factor = rows[i][0] / rows[i - 1][1];
        rows[i][1] -= factor * rows[i - 1][2];
        rows[i][3] -= factor * rows[i - 1][3];
    }
    let mut slopes = vec![0.0; n];
    for i in (0..n).rev() {
        let next = slopes.get(i + 1).copied().unwrap_or(0.0);
        slopes[i] = (rows[i][3] - rows[i][2] * next) / rows[i][1];
    }
    slopes
}

/// Slopes that keep the data's monotony.
fn monotone_slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let n = x.len();
    let (h, d) = chords(x, y);
    if n == 2 {
        return vec![d[0]; 2];
    }
    let end = |h0: f64, h1: f64, d0: f64, d1: f64| {
        let slope = ((2.0 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
        if slope * d0 <= 0.0 {
            0.0
        } else if d0 * d1 <= 0.0 && slope.abs() > 3.0 * d0.abs() {
            3.0 * d0
        } else {
            slope
        }
    };
    let mut slopes = vec![end(h[0], h[1], d[0], d[1])];
    for i in 1..n - 1 {
        slopes.push(if d[i - 1] * d[i] <= 0.0 {
            0.0
        } else {
            let (w, v) = (2.0 * h[i] + h[i - 1], h[i] + 2.0 * h[i - 1]);
            (w + v) / (w / d[i - 1] + v / d[i])
        });
    }
    slopes.push(end(h[n - 2], h[n - 3], d[n - 2], d[n - 3]));
    slopes
}

/// The piece a point belongs to: the last whose left end is not to its right.
fn piece(x: &[f64], at: f64) -> usize {
    x.partition_point(|v| *v <= at).clamp(1, x.len() - 1) - 1
}

fn cubic_at(x: &[f64], cubics: &Cubics, at: f64) -> f64 {
    let k = piece(x, at);
    cubics[k].iter().fold(0.0, |y, c| y * (at - x[k]) + c)
}

/// A method of interpolation between points in ascending order.
#[derive(Clone, Copy, PartialEq)]
enum Method {
    Nearest,
    Previous,
    Next,
    Linear,
    Monotone,
    Spline,
}

fn method(who: &str, name: &str) -> Result<Method> {
    Ok(match name.trim_start_matches('*') {
        "nearest" => Method::Nearest,
        "previous" => Method::Previous,
        "next" => Method::Next,
        "linear" => Method::Linear,
        "pchip" | "cubic" => Method::Monotone,
        "spline" => Method::Spline,
        other => return Err(fault!("{who}: invalid METHOD '{other}'")),
    })
}

/// Values between points; beyond them the outermost pieces go on.
fn interpolate(x: &[f64], y: &[f64], at: &[f64], method: Method) -> Vec<f64> {
    let n = x.len();
    let cubics = match method {
        Method::Monotone => hermite(x, y, &monotone_slopes(x, y)),
        Method::Spline => hermite(x, y, &spline_slopes(x, y, None)),
        _ => Vec::new(),
    };
    at.iter()
        .map(|&v| {
            if v.is_nan() {
                return NA;
            }
            let k = piece(x, v);
            match method {
                Method::Nearest => y[if v >= 0.5 * (x[k] + x[k + 1]) { k + 1 } else { k }],
                Method::Previous => y[if v >= x[n - 1] { n - 1 } else { k }],
                Method::Next => y[if v <= x[k] { k } else { k + 1 }],
                Method::Linear => {
                    let slope = (y[k + 1] - y[k]) / (x[k + 1] - x[k]);
                    if v == x[k + 1] { y[k + 1] } else { y[k] + slope * (v - x[k]) }
                }
                _ => cubic_at(x, &cubics, v),
            }
        })
        .collect()
}

/// What lies outside the points.
#[derive(Clone, Copy)]
enum Outside {
    Value(f64),
    Continued,
}

fn interp1(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let words = args.iter().position(|x| matches!(x, Value::Char(..))).unwrap_or(args.len());
    let (mut numbers, mut chosen, mut outside) = (args[..words].to_vec(), Method::Linear, Outside::Value(NA));
    for word in &args[words..] {
        match word.to_text().map(|t| t.to_lowercase()) {
            Some(t) if t == "extrap" => outside = Outside::Continued,
            Some(t) if t == "left" || t == "right" => {}
            Some(t) => chosen = method("interp1", &t)?,
            None => outside = Outside::Value(super::args::scalar("interp1", "EXTRAP", word)?),
        }
    }
    if numbers.len() == 2 {
        let n = if numbers[0].shape().is_vector() { numbers[0].numel() } else { numbers[0].shape().rows() };
        numbers.insert(0, Value::column((1..=n).map(|k| k as f64).collect()));
    }
    let [x, y, at] = &numbers[..] else { return Err(usage("interp1")) };
    let (x, y, at) = (Wide::new(host, x, "interp1")?, Wide::new(host, y, "interp1")?, Wide::new(host, at, "interp1")?);
    let n = x.len();
    if n < 2 {
        return Err(fault!("interp1: minimum of 2 points required in each dimension"));
    }
    let single = y.single || at.single;
    let (y_shape, at_shape) = (y.shape.clone(), at.shape.clone());
    let columns = if y_shape.is_vector() { 1 } else { y.len() / y_shape.rows().max(1) };
    let (x, y, at) = (x.real("interp1")?, y.real("interp1")?, at.real("interp1")?);
    if y.len() != n * columns {
        return Err(fault!("interp1: X and Y must have the same number of points"));
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let sorted: Vec<f64> = order.iter().map(|&k| x[k]).collect();
    if sorted.windows(2).any(|w| w[0] == w[1]) {
        return Err(fault!("interp1: points must be distinct").hint("jumps in a table are not known"));
    }
    let mut values = Vec::with_capacity(at.len() * columns);
    for column in y.chunks(n) {
        let column: Vec<f64> = order.iter().map(|&k| column[k]).collect();
        let mut found = interpolate(&sorted, &column, &at, chosen);
        if let Outside::Value(outside) = outside {
            for (v, y) in at.iter().zip(&mut found) {
                if *v < sorted[0] || *v > sorted[n - 1] {
                    *y = outside;
                }
            }
        }
        values.extend(found);
    }
    let shape = if y_shape.is_vector() { at_shape } else { Shape::matrix(at.len(), columns) };
    one(numeric::real(shape, values, single))
}

fn interp2(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let words = args.iter().position(|x| matches!(x, Value::Char(..))).unwrap_or(args.len());
    let chosen = match args.get(words) {
        Some(t) => method("interp2", &text("interp2", "METHOD", t)?)?,
        None => Method::Linear,
    };
    if !matches!(chosen, Method::Linear | Method::Nearest) {
        return Err(fault!("interp2: only \"linear\" and \"nearest\" are known"));
    }
    let outside = args.get(words + 1).map_or(Ok(NA), |x| super::args::scalar("interp2", "EXTRAP", x))?;
    let count = |n: usize| Value::row((1..=n).map(|k| k as f64).collect());
    let (x, y, z, xi, yi) = match &args[..words] {
        [z, xi, yi] => {
            let s = z.shape();
            (count(s.columns()), count(s.rows()), z.clone(), xi.clone(), yi.clone())
        }
        [x, y, z, xi, yi] => (x.clone(), y.clone(), z.clone(), xi.clone(), yi.clone()),
        _ => return Err(usage("interp2")),
    };
    let z = Wide::new(host, &z, "interp2")?;
    let (rows, columns) = z.extents();
    let single = z.single;
    // Grids of coordinates stand for the vectors they were made from.
    let axis_of = |host: &mut dyn Host, v: &Value, step: usize, n: usize| -> Result<Vec<f64>> {
        let v = Wide::new(host, v, "interp2")?;
        let step = if v.shape.is_vector() { 1 } else { step };
        let v: Vec<f64> = v.real("interp2")?.into_iter().step_by(step).take(n).collect();
        if v.len() == n && n > 1 { Ok(v) } else { Err(fault!("interp2: X and Y must match the dimensions of Z")) }
    };
    let x = axis_of(host, &x, rows, columns)?;
    let y = axis_of(host, &y, 1, rows)?;
    let (xi, yi) = (Wide::new(host, &xi, "interp2")?, Wide::new(host, &yi, "interp2")?);
    let mesh = xi.shape.is_vector() && yi.shape.is_vector() && (xi.shape.is_row() && yi.shape.is_column());
    let shape = if mesh { Shape::matrix(yi.len(), xi.len()) } else { xi.shape.clone() };
    if !mesh && xi.shape != yi.shape {
        return Err(fault!("interp2: XI and YI must be matrices of equal size"));
    }
    let (xi, yi, z) = (xi.real("interp2")?, yi.real("interp2")?, z.real("interp2")?);
    let values = (0..shape.len())
        .map(|k| {
            let (u, v) = if mesh { (xi[k / yi.len()], yi[k % yi.len()]) } else { (xi[k], yi[k]) };
            if !(x[0]..=x[columns - 1]).contains(&u) || !(y[0]..=y[rows - 1]).contains(&v) {
                return outside;
            }
            let (j, i) = (piece(&x, u), piece(&y, v));
            let (s, t) = ((u - x[j]) / (x[j + 1] - x[j]), (v - y[i]) / (y[i + 1] - y[i]));
            let at = |i: usize, j: usize| z[j * rows + i];
            if chosen == Method::Nearest {
                return at(i + (t >= 0.5) as usize, j + (s >= 0.5) as usize);
            }
            (at(i, j) * (1.0 - t) + at(i + 1, j) * t) * (1.0 - s)
                + (at(i, j + 1) * (1.0 - t) + at(i + 1, j + 1) * t) * s
        })
        .collect();
    one(numeric::real(shape, values, single))
}

/// A piecewise polynomial as a value.
fn piecewise(breaks: Vec<f64>, coefs: Value, order: usize, dim: Value) -> Value {
    let mut pp = Struct::scalar();
    pp.set("form", Value::text("pp"));
    let pieces = breaks.len() - 1;
    pp.set("breaks", Value::row(breaks));
    pp.set("coefs", coefs);
    pp.set("pieces", Value::from(pieces));
    pp.set("order", Value::from(order));
    pp.set("dim", dim);
    Value::Struct(Arc::new(pp))
}

fn mkpp(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let breaks = Wide::new(host, &args[0], "mkpp")?.real("mkpp")?;
    if breaks.len() < 2 {
        return Err(fault!("mkpp: at least one interval is needed"));
    }
    let pieces = breaks.len() - 1;
    let coefs = Wide::new(host, &args[1], "mkpp")?;
    let order = coefs.len() / pieces;
    let shape = if coefs.shape.is_vector() && pieces == 1 { Shape::matrix(1, order) } else { coefs.shape.clone() };
    if shape.rows() != pieces || args.len() > 2 {
        return Err(fault!("mkpp: COEFS must have one row for each interval"));
    }
    let coefs = numeric::real(shape, coefs.real("mkpp")?, false);
    one(piecewise(breaks, coefs, order, Value::Num(1.0)))
}

/// Breaks, coefficients by rows, pieces and order of a piecewise polynomial.
fn parts(host: &mut dyn Host, who: &str, pp: &Value) -> Result<(Vec<f64>, Vec<f64>, usize, usize)> {
    let complaint = || fault!("{who}: first argument must be a pp-form structure");
    let Value::Struct(s) = pp else { return Err(complaint()) };
    let (Some(breaks), Some(coefs)) = (s.get("breaks"), s.get("coefs")) else { return Err(complaint()) };
    let breaks = Wide::new(host, breaks, who)?.real(who)?;
    let coefs = Wide::new(host, coefs, who)?;
    let (pieces, order) = coefs.extents();
    if breaks.len() != pieces + 1 || pieces == 0 {
        return Err(complaint());
    }
    Ok((breaks, coefs.real(who)?, pieces, order))
}

fn unmkpp(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (breaks, coefs, pieces, order) = parts(host, "unmkpp", &args[0])?;
    let all: [Value; 5] =
        [Value::row(breaks), Value::matrix(pieces, order, coefs), pieces.into(), order.into(), Value::Num(1.0)];
    Ok(all.into_iter().take(call.nargout.max(1)).collect())
}

fn ppval(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (breaks, coefs, pieces, order) = parts(host, "ppval", &args[0])?;
    one(super::elementwise::real_function(host, "ppval", &args[1], |x| {
        let k = piece(&breaks, x);
        (0..order).fold(0.0, |y, c| y * (x - breaks[k]) + coefs[c * pieces + k])
    })?)
}

/// `spline` and `pchip`: the piecewise cubic, or its values at points.
fn cubic(host: &mut dyn Host, who: &str, args: &[Value], smooth: bool) -> Result<Values> {
    let x = Wide::new(host, &args[0], who)?.real(who)?;
    let y = Wide::new(host, &args[1], who)?;
    if !y.shape.is_vector() {
        return Err(fault!("{who}: Y must be a vector"));
    }
    let mut y = y.real(who)?;
    let n = x.len();
    if n < 2 {
        return Err(fault!("{who}: requires at least 2 points"));
    }
    let ends = (smooth && y.len() == n + 2).then(|| (y[0], y[n + 1]));
    if ends.is_some() {
        y = y[1..=n].to_vec();
    }
    if y.len() != n {
        return Err(fault!("{who}: length of X and Y must match"));
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let (x, y): (Vec<f64>, Vec<f64>) = order.iter().map(|&k| (x[k], y[k])).unzip();
    if x.windows(2).any(|w| w[0] >= w[1]) {
        return Err(fault!("{who}: X must be strictly monotonic"));
    }
    let slopes = if smooth { spline_slopes(&x, &y, ends) } else { monotone_slopes(&x, &y) };
    let cubics = hermite(&x, &y, &slopes);
    if let Some(at) = args.get(2) {
        return one(super::elementwise::real_function(host, who, at, |v| cubic_at(&x, &cubics, v))?);
    }
    let coefs = (0..4).flat_map(|c| cubics.iter().map(move |p| p[c])).collect();
    one(piecewise(x, Value::matrix(n - 1, 4, coefs), 4, Value::Num(1.0)))
}

/// The arguments of `trapz` and `cumtrapz`: points (or none), values, dimension.
fn trapezoids(host: &mut dyn Host, who: &str, args: &[Value], running: bool) -> Result<Values> {
    let (x, y, dim) = match args {
        [y] => (None, y, None),
        [y, dim] if dim.is_scalar() && !y.is_scalar() => (None, y, Some(axis(who, dim)?)),
        [x, y] => (Some(x), y, None),
        [x, y, dim] => (Some(x).filter(|x| !x.is_empty()), y, Some(axis(who, dim)?)),
        _ => return Err(usage(who)),
    };
    let y = Wide::new(host, y, who)?;
    let dim = dim.unwrap_or(y.shape.first_nonsingleton());
    let lanes = Lanes::new(&y.shape, dim);
    let n = lanes.n;
    let x = match x {
        None => (0..n).map(|k| k as f64).collect(),
        Some(x) => Wide::new(host, x, who)?.real(who)?,
    };
    // One number for x is the distance between all points.
    let x: Vec<f64> = if x.len() == 1 && n != 1 { (0..n).map(|k| k as f64 * x[0]).collect() } else { x };
    if x.len() != n && x.len() != y.len() {
        return Err(fault!("{who}: length of X and length of Y along DIM must match"));
    }
    let mut lane = 0;
    let extent = if running { n } else { 1 };
    let shape = y.shape.with_extent(dim, extent);
    let single = y.single;
    let values = lanes.map(&y.complex(), extent, |line, out: &mut [crate::array::Complex64]| {
        let offset = if x.len() == n { None } else { Some((lane / lanes.before.max(1), lane % lanes.before.max(1))) };
        lane += 1;
        let at = |i: usize| offset.map_or(x[i], |(group, own)| x[lanes.at(group, own, i)]);
        let mut sum = Default::default();
        for i in 0..line.len() {
            if i > 0 {
                sum += (line[i] + line[i - 1]) * ((at(i) - at(i - 1)) / 2.0);
            }
            if running {
                out[i] = sum;
            }
        }
        if !running {
            out[0] = sum;
        }
    });
    one(numeric::complex(shape, values, single))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "interp1",
        (2, 6),
        1,
        interp1,
        "interp1 (X, Y, XI), interp1 (Y, XI), interp1 (..., METHOD), interp1 (..., \"extrap\" or VALUE)\n\nA table read between its points; METHOD is linear, nearest, previous, next, pchip, cubic or spline.\n\n    interp1 ([1 2 3], [10 20 40], 2.5)\n",
    ),
    Builtin::new(
        "interp2",
        (3, 7),
        1,
        interp2,
        "interp2 (X, Y, Z, XI, YI), interp2 (Z, XI, YI), interp2 (..., METHOD, VALUE)\n\nA table of two dimensions read between its points; METHOD is linear or nearest.\n\n    interp2 ([1 2; 3 4], 1.5, 1.5)\n",
    ),
    Builtin::new(
        "spline",
        (2, 3),
        1,
        |host, args, _| cubic(host, "spline", args, true),
        "PP = spline (X, Y), YI = spline (X, Y, XI)\n\nThe cubic spline through points; two more values in Y are the slopes at the ends.\n\n    spline (0:3, [0 1 8 27], 1.5)\n",
    ),
    Builtin::new(
        "pchip",
        (2, 3),
        1,
        |host, args, _| cubic(host, "pchip", args, false),
        "PP = pchip (X, Y), YI = pchip (X, Y, XI)\n\nThe piecewise cubic through points that rises and falls only where they do.\n\n    pchip (0:3, [0 1 1 2], 1.5)\n",
    ),
    Builtin::new(
        "mkpp",
        (2, 3),
        1,
        mkpp,
        "mkpp (BREAKS, COEFS)\n\nA piecewise polynomial: a row of coefficients for each interval.\n\n    ppval (mkpp ([0 1 2], [1 0; 0 1]), 1.5)\n",
    ),
    Builtin::new(
        "unmkpp",
        (1, 1),
        5,
        unmkpp,
        "[X, P, N, K, D] = unmkpp (PP)\n\nBreaks, coefficients, number of pieces, order and dimension.\n\n    [x, p] = unmkpp (mkpp ([0 1], [2 3]))\n",
    ),
    Builtin::new(
        "ppval",
        (2, 2),
        1,
        ppval,
        "ppval (PP, XI)\n\nThe values of a piecewise polynomial.\n\n    ppval (mkpp ([0 1], [2 3]), 0.5)\n",
    ),
    Builtin::new(
        "trapz",
        (1, 3),
        1,
        |host, args, _| trapezoids(host, "trapz", args, false),
        "trapz (Y), trapz (X, Y), trapz (Y, DIM), trapz (X, Y, DIM)\n\nThe integral by the trapezoidal rule.\n\n    trapz ([1 2 3])\n",
    ),
    Builtin::new(
        "cumtrapz",
        (1, 3),
        1,
        |host, args, _| trapezoids(host, "cumtrapz", args, true),
        "cumtrapz (Y), cumtrapz (X, Y), cumtrapz (X, Y, DIM)\n\nThe running integral by the trapezoidal rule.\n\n    cumtrapz ([1 2 3])\n",
    ),
];
