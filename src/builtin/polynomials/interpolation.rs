//! Interpolation: piecewise polynomials through points, tables of one dimension, trapezoidal integrals.
//!
//! Sources: de Boor, A Practical Guide to Splines (1978), chapter IV, for the spline without knots at the second and
//! last but one point; Fritsch and Carlson, SIAM Journal on Numerical Analysis 17 (1980), for the monotone one.

use super::piecewise::Piecewise;
use crate::array::{Complex64, DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, axis_number, one, usage};
use crate::builtin::lane;
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::numbers::elementwise::NA;
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::{self, lazy};
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::lanes::table::{Cubics, Interpolation, Outside};
use crate::kernel::{Formula, LaneKind, ReduceKind, ScanKind};
use crate::syntax::ast::BinaryOp;
use crate::value::{Func, Value};
use std::sync::Arc;

pub use crate::kernel::lanes::table::{Method, piece};

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

/// The piecewise polynomials through points in ascending order, one for each component of the values, each with the
/// slopes wanted at its ends.
pub fn curves(
    x: &[f64],
    components: &[(Vec<Complex64>, Option<(Complex64, Complex64)>)],
    dims: Vec<usize>,
    method: Method,
) -> Piecewise {
    let n = x.len();
    let width = components.len();
    // Real and imaginary parts are interpolated on their own.
    let part = |c: &(Vec<Complex64>, Option<(Complex64, Complex64)>), of: fn(&Complex64) -> f64| -> Vec<Vec<f64>> {
        let y: Vec<f64> = c.0.iter().map(of).collect();
        let ends = c.1.map(|(a, b)| (of(&a), of(&b)));
        let cubics = |slopes: &[f64]| hermite(x, &y, slopes).iter().map(|c| c.to_vec()).collect();
        match method {
            Method::Nearest | Method::Previous | Method::Next => y.iter().map(|&v| vec![v]).collect(),
            Method::Linear => {
                let (_, slopes) = chords(x, &y);
                slopes.iter().zip(&y).map(|(&slope, &y)| vec![slope, y]).collect()
            }
            Method::Monotone => cubics(&monotone_slopes(x, &y)),
            Method::Spline => cubics(&spline_slopes(x, &y, ends)),
        }
    };
    let breaks: Vec<f64> = match method {
        Method::Nearest => {
            let middles = x.windows(2).map(|w| 0.5 * (w[0] + w[1]));
            std::iter::once(x[0]).chain(middles).chain([x[n - 1]]).collect()
        }
        Method::Previous => x.iter().copied().chain([2.0 * x[n - 1] - x[n - 2]]).collect(),
        // An interval belongs to its left end, but here it must not.
        Method::Next => {
            let inner = x[..n - 1].iter().map(|v| v.next_up());
            std::iter::once(2.0 * x[0] - x[1]).chain(inner).chain([x[n - 1]]).collect()
        }
        _ => x.to_vec(),
    };
    let pieces = breaks.len() - 1;
    let parts: Vec<_> = components.iter().map(|c| (part(c, |z| z.re), part(c, |z| z.im))).collect();
    let order = parts.first().map_or(0, |(re, _)| re[0].len());
    let mut coefs = Vec::with_capacity(order * width * pieces);
    for c in 0..order {
        for k in 0..pieces {
            coefs.extend(parts.iter().map(|(re, im)| Complex64::new(re[k][c], im[k][c])));
        }
    }
    Piecewise { breaks, coefs, order, dims }
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

/// The function that goes through points.
fn interpolation(x: &[f64], y: &[f64], method: Method, left: bool, beyond: Option<f64>) -> Interpolation {
    let cubics = match method {
        Method::Monotone => hermite(x, y, &monotone_slopes(x, y)),
        Method::Spline => hermite(x, y, &spline_slopes(x, y, None)),
        _ => Vec::new(),
    };
    let outside = Outside { beyond: beyond.map(f64::to_bits), missing: NA.to_bits() };
    Interpolation::new((x, y), &cubics, method, left, outside)
}

/// `interp1 (x, y, xi, method, extrap)`, `interp1 (x, y, method, "pp")`.
fn interp1(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    // A number after a word, or after X, Y and XI, is for what lies outside.
    let words = args.iter().position(|x| matches!(x, Value::Char(..))).unwrap_or(args.len()).min(3);
    let (mut numbers, mut chosen, mut beyond) = (args[..words].to_vec(), Method::Linear, Some(NA));
    let (mut left, mut form) = (false, false);
    for word in &args[words..] {
        match word.to_text().map(|t| t.to_lowercase()) {
            Some(t) if t == "extrap" => beyond = None,
            Some(t) if t == "left" || t == "right" => left = t == "left",
            Some(t) if t == "pp" => form = true,
            Some(t) => chosen = method("interp1", &t)?,
            None => beyond = Some(crate::builtin::args::scalar("interp1", "EXTRAP", word)?),
        }
    }
    if form {
        if numbers.len() != 2 {
            return Err(usage("interp1"));
        }
        numbers.push(Value::empty());
    }
    if numbers.len() == 2 {
        let n = if numbers[0].shape().is_vector() { numbers[0].numel() } else { numbers[0].shape().rows() };
        room::check(&Shape::matrix(n, 1), size_of::<f64>())?;
        numbers.insert(0, Value::column((1..=n).map(|k| k as f64).collect()));
    }
    let [x, y, at] = &numbers[..] else { return Err(usage("interp1")) };
    let (x, y) = (Wide::new(host, x, "interp1")?, Wide::new(host, y, "interp1")?);
    lane::real_argument("interp1", at)?;
    if let Elements::Complex(y_values) = &y.elements
        && !form
    {
        // Real and imaginary parts on their own.
        let mut parts = Vec::new();
        for of in [|z: &Complex64| z.re, |z: &Complex64| z.im] {
            let values = numeric::real(y.shape.clone(), y_values.iter().map(of).collect(), y.single);
            let mut arguments = vec![numbers[0].clone(), values, numbers[2].clone()];
            arguments.extend_from_slice(&args[words..]);
            if beyond.is_some_and(|value| value.to_bits() != NA.to_bits()) && !parts.is_empty() {
                arguments.push(Value::Num(0.0));
            }
            parts.push(interp1(host, &arguments, call)?.remove(0));
        }
        let complex = host.call(&Func::Named("complex".into()), &parts, 1)?.remove(0);
        return one(match complex {
            Value::Array(block) => Value::block(ops::narrow(Arc::unwrap_or_clone(block))),
            lazy => lazy,
        });
    }
    let n = x.len();
    if n < 2 {
        return Err(fault!("interp1: minimum of 2 points required in each dimension"));
    }
    let single = y.single || at.dtype().is_some_and(DType::is_single);
    let y_shape = y.shape.clone();
    let columns = if y_shape.is_vector() { 1 } else { y.len() / y_shape.rows().max(1) };
    let (x, y) = (x.real("interp1")?, y.complex());
    if y.len() != n * columns {
        return Err(fault!("interp1: X and Y must have the same number of points"));
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let sorted: Vec<f64> = order.iter().map(|&k| x[k]).collect();
    if sorted.windows(2).any(|w| w[0] == w[1]) && chosen != Method::Linear {
        return Err(fault!("interp1: discontinuities not supported for METHOD"));
    }
    if form {
        let components: Vec<_> = y.chunks(n).map(|column| (order.iter().map(|&k| column[k]).collect(), None)).collect();
        return one(curves(&sorted, &components, vec![columns], chosen).into_value());
    }
    // In double precision, whatever the class of the points.
    let wide = lazy::cast(host, at, DType::F64, call.span)?;
    let shape = if y_shape.is_vector() { at.shape() } else { Shape::matrix(at.numel(), 1) };
    let mut parts = Vec::with_capacity(columns);
    for column in y.chunks(n) {
        let column: Vec<f64> = order.iter().map(|&k| column[k].re).collect();
        let points = Arc::new(interpolation(&sorted, &column, chosen, left, beyond));
        let found = lazy::by_table(host, LaneKind::Interpolate(points), &wide, call.span)?;
        let found = if single { lazy::cast(host, &found, DType::F32, call.span)? } else { found };
        parts.push(lazy::reshape(host, &found, shape.clone(), call.span)?);
    }
    match parts.as_slice() {
        [only] => one(only.clone()),
        many => one(lazy::concat(host, many, 1, call.span)?),
    }
}

/// Trapezoids of a large array: sums (or running sums) of neighbours' means times their distance.
fn large_trapezoids(
    host: &mut dyn Host,
    x: Option<&Value>,
    y: &Value,
    dim: usize,
    running: bool,
    call: Call,
) -> Result<Value> {
    let n = y.shape().extent(dim);
    let y =
        &if y.dtype().is_some_and(DType::is_float) { y.clone() } else { lazy::cast(host, y, DType::F64, call.span)? };
    if n < 2 {
        let shape = y.shape().with_extent(dim, if running { n } else { 1 });
        let dtype = y.dtype().unwrap_or(DType::F64);
        return lazy::formula(host, Formula::Fill { bits: 0, dtype }, shape, call.span);
    }
    let neighbours = |host: &mut dyn Host, v: &Value, op: BinaryOp| {
        let part = |start| lazy::layers(v, dim, AxisSlice { start, step: 1, len: n.saturating_sub(1) }, call.span);
        let (later, earlier) = (part(1)?, part(0)?);
        ops::binary(host, op, &later, &earlier, call.span)
    };
    let sums = neighbours(host, y, BinaryOp::Add)?;
    let widths = match x {
        None => Value::Num(1.0),
        Some(x) if x.is_scalar() => x.clone(),
        Some(x) if x.shape() == y.shape() => neighbours(host, x, BinaryOp::Sub)?,
        Some(x) => {
            let along = lazy::reshape(host, x, Shape::scalar().with_extent(dim, n), call.span)?;
            let part =
                |start| lazy::layers(&along, dim, AxisSlice { start, step: 1, len: n.saturating_sub(1) }, call.span);
            ops::binary(host, BinaryOp::Sub, &part(1)?, &part(0)?, call.span)?
        }
    };
    let halves = ops::binary(host, BinaryOp::ElDiv, &widths, &Value::Num(2.0), call.span)?;
    let areas = ops::binary(host, BinaryOp::ElMul, &sums, &halves, call.span)?;
    if !running {
        return lazy::reduce(host, ReduceKind::Sum, &areas, 1 << dim, call.span);
    }
    let dtype = areas.dtype().unwrap_or(DType::F64);
    let zero = lazy::formula(host, Formula::Fill { bits: 0, dtype }, y.shape().with_extent(dim, 1), call.span)?;
    let sums = lazy::scan(host, ScanKind::Sum, &areas, dim, call.span)?;
    lazy::concat(host, &[zero, sums], dim, call.span)
}

/// The arguments of `trapz` and `cumtrapz`: points (or none), values, dimension.
fn trapezoids(host: &mut dyn Host, who: &str, args: &[Value], running: bool, call: Call) -> Result<Values> {
    let axis = |dim| axis_number(dim).ok_or_else(|| fault!("trapz: DIM must be an integer and a valid dimension"));
    let (x, y, dim) = match args {
        [y] => (None, y, None),
        [y, dim] if dim.is_scalar() && !y.is_scalar() => (None, y, Some(axis(dim)?)),
        [x, y] => (Some(x), y, None),
        [x, y, dim] => (Some(x).filter(|x| !x.is_empty()), y, Some(axis(dim)?)),
        _ => return Err(usage(who)),
    };
    let dim = dim.unwrap_or(y.shape().first_nonsingleton());
    if let Value::Lazy(_) = y
        && dim < y.shape().rank()
        && x.is_none_or(|x| x.is_scalar() || x.numel() == y.shape().extent(dim) || x.shape() == y.shape())
    {
        return one(large_trapezoids(host, x, y, dim, running, call)?);
    }
    let y = Wide::new(host, y, who)?;
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
    ).out_of_core(LARGE).by_elements(2),
    Builtin::new(
        "trapz",
        (1, 3),
        1,
        |host, args, call| trapezoids(host, "trapz", args, false, call),
        "trapz (Y), trapz (X, Y), trapz (Y, DIM), trapz (X, Y, DIM)\n\nThe integral by the trapezoidal rule.\n\n    trapz ([1 2 3])\n",
    ),
    Builtin::new(
        "cumtrapz",
        (1, 3),
        1,
        |host, args, call| trapezoids(host, "cumtrapz", args, true, call),
        "cumtrapz (Y), cumtrapz (X, Y), cumtrapz (X, Y, DIM)\n\nThe running integral by the trapezoidal rule.\n\n    cumtrapz ([1 2 3])\n",
    ),
];
