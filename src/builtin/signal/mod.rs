//! Signals: Fourier transforms along any dimension, filters, windows.

pub mod convolution;

use super::api::{Builtin, Call, Host, Values};
use super::args::{Lanes, axis, axis_or_first, one, several, whole};
use super::lane::{self, real_argument};
use super::library::large::SOURCE as LARGE;
use super::numeric::{self, Wide};
use super::ops::pick;
use super::ops::{self, lazy};
use crate::array::{Block, Complex64, DType, Data, Shape, room};
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::{Filter, Kernel, LaneKind, ScanKind};
use crate::value::Value;
use std::sync::Arc;

/// The number of points asked for, if one is.
fn points(who: &str, x: Option<&Value>) -> Result<Option<usize>> {
    match x {
        Some(n) if !n.is_empty() => match n.to_f64() {
            Some(v) if n.is_scalar() && v >= 0.0 && v == v.trunc() => Ok(Some(v as usize)),
            Some(v) if v.is_nan() => Err(fault!("{who}: number of rows (N) cannot be NaN")),
            _ => Err(fault!("{who}: number of points (N) must be a non-negative integer")),
        },
        _ => Ok(None),
    }
}

/// The transform along a dimension.
fn transformed(host: &mut dyn Host, x: &Value, points: usize, dim: usize, inverse: bool, call: Call) -> Result<Value> {
    if !matches!(x, Value::Lazy(_)) {
        room::check(&Shape::matrix(points, 1), size_of::<Complex64>())?;
    }
    lane::each(host, LaneKind::Fourier { points, inverse }, x, dim, call.span)
}

fn fft_1d(host: &mut dyn Host, who: &str, args: &[Value], inverse: bool, call: Call) -> Result<Values> {
    let n = points(who, args.get(1))?;
    let dim = axis_or_first(who, args, 2)?;
    let x = &args[0];
    if x.dtype().is_none() {
        return Err(numeric::wrong_type(who, x));
    }
    let n = n.unwrap_or(x.shape().extent(dim));
    if x.is_empty() && n == 0 || x.shape() == Shape::matrix(0, 0) {
        return one(numeric::real(x.shape(), Vec::new(), x.dtype().is_some_and(DType::is_single)));
    }
    one(transformed(host, x, n, dim, inverse, call)?)
}

/// Along the first two dimensions or all, to the given extents.
fn fft_many(host: &mut dyn Host, who: &str, args: &[Value], planes: bool, inverse: bool, call: Call) -> Result<Values> {
    let mut x = args[0].clone();
    if x.dtype().is_none() {
        return Err(numeric::wrong_type(who, &x));
    }
    let extents: Vec<usize> = match &args[1..] {
        [] => {
            let rank = if planes { 2 } else { x.shape().rank() };
            (0..rank).map(|d| x.shape().extent(d)).collect()
        }
        [m, n] if planes => vec![whole(who, "M", m, 0)? as usize, whole(who, "N", n, 0)? as usize],
        [size] if !planes => {
            let size = super::args::numbers(who, size)?;
            if size.len() != x.shape().rank() || size.iter().any(|v| *v < 0.0 || *v != v.trunc()) {
                return Err(fault!("{who}: SIZE must be a vector of length dim"));
            }
            size.into_iter().map(|v| v as usize).collect()
        }
        _ => return Err(super::args::usage(who)),
    };
    if extents.contains(&0) {
        let shape = extents.iter().enumerate().fold(x.shape(), |shape, (axis, &n)| shape.with_extent(axis, n));
        return one(numeric::real(shape, Vec::new(), x.dtype().is_some_and(DType::is_single)));
    }
    let real_before = !x.dtype().is_some_and(DType::is_complex);
    for (axis, &n) in extents.iter().enumerate() {
        x = transformed(host, &x, n, axis, inverse, call)?;
    }
    if matches!(x, Value::Lazy(_)) || !inverse || real_before {
        return one(x);
    }
    let single = x.dtype().is_some_and(DType::is_single);
    let wide = Wide::new(host, &x, who)?;
    let (shape, mut values) = (wide.shape.clone(), wide.complex());
    // What only rounding made complex is real: the transform of a symmetric spectrum.
    let largest = values.iter().fold(0.0f64, |b, z| b.max(z.norm()));
    let unit = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    if values.iter().all(|z| z.im.abs() <= largest * unit * 4.0) {
        values.iter_mut().for_each(|z| z.im = 0.0);
    }
    one(numeric::complex(shape, values, single))
}

/// Halves exchanged, along one dimension or all.
fn swap_halves(host: &mut dyn Host, who: &str, args: &[Value], inverse: bool, call: Call) -> Result<Values> {
    let shape = args[0].shape();
    let only = args.get(1).map(|d| axis(who, d)).transpose()?;
    let shift = |axis: usize| {
        let n = shape.extent(axis);
        let applies = only.map_or(!shape.is_vector() || n > 1, |d| d == axis);
        match (applies, inverse) {
            (false, _) => 0,
            (true, false) => n.div_ceil(2),
            (true, true) => n / 2,
        }
    };
    let shifts: Vec<usize> = (0..shape.rank()).map(shift).collect();
    if matches!(args[0], Value::Lazy(_)) {
        let mut result = args[0].clone();
        for (axis, &by) in shifts.iter().enumerate() {
            result = super::large::shape::shifted(host, &result, axis, -(by as i64), call)?;
        }
        return one(result);
    }
    let from = pick::positions_by_axis(&shape, &shape, |axis, c| Some((c + shifts[axis]) % shape.extent(axis).max(1)));
    one(pick::pick(host, who, &args[0], shape.clone(), &from)?)
}

fn filter(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let coefficients = |host: &mut dyn Host, x: &Value, name: &str| -> Result<(Vec<Complex64>, bool)> {
        let c = Wide::new(host, x, "filter")?;
        if !c.shape.is_vector() || c.is_empty() {
            return Err(fault!("filter: {name} must be a vector"));
        }
        Ok((c.complex(), c.single))
    };
    let (b, single_b) = coefficients(host, &args[0], "b")?;
    let (a, single_a) = coefficients(host, &args[1], "a")?;
    if args[2].dtype().is_none() {
        return Err(numeric::wrong_type("filter", &args[2]));
    }
    let dim = match args.get(4) {
        Some(d) => axis("filter", d)?,
        None => args[2].shape().first_nonsingleton(),
    };
    if a[0] == Complex64::ZERO {
        return Err(fault!("filter: a_vector[0] must be nonzero"));
    }
    let kept = a.len().max(b.len()) - 1;
    let filter = Arc::new(Filter::new(&b, &a));
    let shape = args[2].shape();
    // Beyond the rank every element is a lane.
    let (x, dim) = match dim < shape.rank() {
        true => (args[2].clone(), dim),
        false => (lazy::reshape(host, &args[2], Shape::matrix(1, shape.len()), call.span)?, 0),
    };
    let lanes = x.shape().with_extent(dim, 1);
    let start = args.get(3).filter(|s| !s.is_empty());
    if start.is_some_and(|s| s.numel() != kept * lanes.len() || s.dtype().is_none()) {
        return Err(fault!("filter: first dimension of SI must be of length max (length (a), length (b)) - 1"));
    }
    let mut dtype = filter.element_type(x.dtype().unwrap_or(DType::F64));
    if start.and_then(Value::dtype).is_some_and(DType::is_complex) {
        dtype = DType::C64;
    }
    let single = single_a || single_b || x.dtype().is_some_and(DType::is_single);
    let finished = |host: &mut dyn Host, v: Value, shape: Shape| {
        let v = lazy::reshape(host, &v, shape, call.span)?;
        match (single, v.dtype()) {
            (true, Some(d)) if d.is_complex() => lazy::cast(host, &v, DType::C32, call.span),
            (true, _) => lazy::cast(host, &v, DType::F32, call.span),
            _ => Ok(v),
        }
    };
    let x = lazy::cast(host, &x, dtype, call.span)?;
    // The states of lanes are columns outside and lie along the axis within.
    let rank = lanes.rank();
    let inwards: Vec<usize> = (0..rank).map(|a| if a == dim { 0 } else { a + usize::from(a < dim) }).collect();
    let outwards: Vec<usize> = std::iter::once(dim).chain((0..rank).filter(|&a| a != dim)).collect();
    let columns = |kept: usize| {
        let others = (0..rank).filter(|&a| a != dim).map(|a| lanes.extent(a));
        Shape::new(&std::iter::once(kept).chain(others).collect::<Vec<_>>())
    };
    let start = match start {
        Some(s) => {
            let s = lazy::cast(host, s, dtype, call.span)?;
            let s = lazy::reshape(host, &s, columns(kept), call.span)?;
            Some(lazy::permute(host, &s, &inwards, call.span)?)
        }
        None => None,
    };
    let y = lazy::scan_from(host, ScanKind::Filter(filter.clone()), &x, start.as_ref(), dim, call.span)?;
    if call.nargout < 2 {
        return one(finished(host, y, shape)?);
    }
    let tail = x.shape().extent(dim).min(filter.order());
    let last = AxisSlice { start: x.shape().extent(dim) - tail, step: 1, len: tail };
    let mut ends = vec![lazy::layers(&x, dim, last, call.span)?, lazy::layers(&y, dim, last, call.span)?];
    ends.extend(start);
    let mut blocks = Vec::new();
    for end in &ends {
        // Of the type that was planned, whether or not the numbers turned out to be real.
        let end = lazy::gathered(host, end, "filter")?.to_block()?;
        blocks.push(ops::elementwise::convert(end, dtype));
    }
    let state = ops::run(&Kernel::FilterState { filter, axis: dim as u8 }, blocks)?;
    let state = lazy::permute(host, &Value::block(ops::narrow(state)), &outwards, call.span)?;
    let state = if kept == 0 { Value::block(Block::dense(columns(0), Data::zeros(dtype, 0))) } else { state };
    let y = finished(host, y, shape)?;
    several([y, finished(host, state, Shape::matrix(kept, lanes.len()))?])
}

/// A window of `m` points from its formula over `(k, points - 1)`.
fn window(who: &str, args: &[Value], f: impl Fn(f64, f64) -> f64) -> Result<Values> {
    let m = args[0].to_f64().filter(|m| args[0].is_scalar() && *m == m.trunc() && *m > 0.0 && *m < 1e9);
    let m = m.ok_or_else(|| fault!("{who}: M must be a positive integer"))? as usize;
    let last = match args.get(1).map(|x| x.to_text().unwrap_or_default()).as_deref() {
        None | Some("symmetric") => m as f64 - 1.0,
        Some("periodic") => m as f64,
        Some(_) => return Err(fault!("{who}: window type must be either \"periodic\" or \"symmetric\"")),
    };
    one(Value::column((0..m).map(|k| if m == 1 { 1.0 } else { f(k as f64, last) }).collect()))
}

fn turn(k: f64, n: f64) -> f64 {
    libm::cos(2.0 * std::f64::consts::PI * k / n)
}

fn detrend(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let degree = match args.get(1) {
        None => 1,
        Some(p) => match p.to_text().as_deref() {
            Some("constant") => 0,
            Some("linear") => 1,
            Some(_) => return Err(fault!("detrend: P must be \"constant\", \"linear\", or a positive integer")),
            None => whole("detrend", "P", p, 0)? as usize,
        },
    };
    if args[0].dtype().is_none_or(|d| d == DType::Char) || args[0].shape().rank() > 2 {
        return Err(fault!("detrend: X must be a numeric vector or matrix"));
    }
    let x = Wide::new(host, &args[0], "detrend")?;
    let lanes = Lanes::new(&x.shape, x.shape.first_nonsingleton());
    let n = lanes.n;
    let basis = super::math::Mat::from_fn(n, degree + 1, |i, j| ((i + 1) as f64 / n as f64).powi(j as i32));
    let shape = x.shape.clone();
    let single = x.single;
    let values = lanes.map(&x.real("detrend")?, n, |line, out: &mut [f64]| {
        let line = super::math::Mat::column(line.to_vec());
        let fit = super::math::solve::least_squares(&basis, &line, f64::EPSILON).0;
        out.copy_from_slice(&line.minus(&basis.times(&fit)).a);
    });
    one(numeric::real(shape, values, single))
}

fn unwrap(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let tolerance = match args.get(1).filter(|t| !t.is_empty()) {
        Some(t) => super::args::scalar("unwrap", "TOL", t)?.abs(),
        None => std::f64::consts::PI,
    };
    let dim = axis_or_first("unwrap", args, 2)?;
    if args[0].dtype().is_none_or(|d| !d.is_float() && !d.is_integer()) {
        return Err(fault!("unwrap: X must be a numeric matrix or vector"));
    }
    real_argument("unwrap", &args[0])?;
    one(lane::each(host, LaneKind::Unwrap { tolerance: tolerance.to_bits() }, &args[0], dim, call.span)?)
}

fn sinc(x: f64) -> f64 {
    let t = x * std::f64::consts::PI;
    if t == 0.0 { 1.0 } else { libm::sin(t) / t }
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "fft",
        (1, 3),
        1,
        |host, args, call| fft_1d(host, "fft", args, false, call),
        "fft (X), fft (X, N), fft (X, N, DIM)\n\nThe discrete Fourier transform along a dimension, of N points: cut or padded with zeros.\n\n    fft ([1 2 3 4])\n",
    ),
    Builtin::new(
        "ifft",
        (1, 3),
        1,
        |host, args, call| fft_1d(host, "ifft", args, true, call),
        "ifft (X), ifft (X, N), ifft (X, N, DIM)\n\nThe inverse discrete Fourier transform along a dimension.\n\n    ifft (fft ([1 2 3]))\n",
    ),
    Builtin::new(
        "fft2",
        (1, 3),
        1,
        |host, args, call| fft_many(host, "fft2", args, true, false, call),
        "fft2 (A), fft2 (A, M, N)\n\nThe Fourier transform along the first two dimensions.\n\n    fft2 (eye (2))\n",
    ),
    Builtin::new(
        "ifft2",
        (1, 3),
        1,
        |host, args, call| fft_many(host, "ifft2", args, true, true, call),
        "ifft2 (A), ifft2 (A, M, N)\n\nThe inverse Fourier transform along the first two dimensions.\n\n    ifft2 ([4 0; 0 0])\n",
    ),
    Builtin::new(
        "fftn",
        (1, 2),
        1,
        |host, args, call| fft_many(host, "fftn", args, false, false, call),
        "fftn (A), fftn (A, SIZE)\n\nThe Fourier transform along all dimensions.\n\n    fftn ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "ifftn",
        (1, 2),
        1,
        |host, args, call| fft_many(host, "ifftn", args, false, true, call),
        "ifftn (A), ifftn (A, SIZE)\n\nThe inverse Fourier transform along all dimensions.\n\n    ifftn (fftn ([1 2; 3 4]))\n",
    ),
    Builtin::new(
        "fftshift",
        (1, 2),
        1,
        |host, args, call| swap_halves(host, "fftshift", args, false, call),
        "fftshift (X), fftshift (X, DIM)\n\nFrequency zero in the middle: the halves exchanged along all dimensions or one.\n\n    fftshift (1:5)\n",
    ),
    Builtin::new(
        "ifftshift",
        (1, 2),
        1,
        |host, args, call| swap_halves(host, "ifftshift", args, true, call),
        "ifftshift (X), ifftshift (X, DIM)\n\nUndoes fftshift.\n\n    ifftshift (fftshift (1:5))\n",
    ),
    Builtin::new(
        "filter",
        (3, 5),
        2,
        filter,
        "Y = filter (B, A, X), [Y, SF] = filter (B, A, X, SI, DIM)\n\nX through the recursive filter A (1) y(n) = B (1) x(n) + B (2) x(n-1) + ... - A (2) y(n-1) - ...\n\n    filter (1, [1 -0.5], [1 1 1])\n",
    ),
    Builtin::new(
        "hamming",
        (1, 2),
        1,
        |_, args, _| window("hamming", args, |k, n| 0.54 - 0.46 * turn(k, n)),
        "hamming (M), hamming (M, \"periodic\")\n\nThe Hamming window of M points.\n\n    hamming (3)\n",
    ),
    Builtin::new(
        "hanning",
        (1, 1),
        1,
        |_, args, _| window("hanning", args, |k, n| 0.5 - 0.5 * turn(k, n)),
        "hanning (M)\n\nThe Hanning window of M points.\n\n    hanning (3)\n",
    ),
    Builtin::new(
        "bartlett",
        (1, 1),
        1,
        |_, args, _| window("bartlett", args, |k, n| 1.0 - (2.0 * k / n - 1.0).abs()),
        "bartlett (M)\n\nThe triangular window of M points.\n\n    bartlett (5)\n",
    ),
    Builtin::new(
        "blackman",
        (1, 2),
        1,
        |_, args, _| window("blackman", args, |k, n| 0.42 - 0.5 * turn(k, n) + 0.08 * turn(2.0 * k, n)),
        "blackman (M), blackman (M, \"periodic\")\n\nThe Blackman window of M points.\n\n    blackman (3)\n",
    ),
    Builtin::new(
        "detrend",
        (1, 2),
        1,
        detrend,
        "detrend (X), detrend (X, P)\n\nX without the polynomial of degree P (1) that fits it best.\n\n    detrend ([1 2 4])\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "unwrap",
        (1, 3),
        1,
        unwrap,
        "unwrap (X), unwrap (X, TOL, DIM)\n\nAngles with multiples of 2 pi added where they jump by more than TOL (pi).\n\n    unwrap ([0 3 -3])\n",
    ),
    Builtin::new(
        "sinc",
        (1, 1),
        1,
        |host, args, _| one(super::numbers::elementwise::real_function(host, "sinc", &args[0], sinc)?),
        "sinc (X)\n\nsin (pi * X) / (pi * X), 1 at 0.\n\n    sinc ([0 0.5 1])\n",
    )
    .with_scalar(|x| Some(sinc(x))),
];
