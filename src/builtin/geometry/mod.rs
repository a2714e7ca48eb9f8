//! Coordinates and fields: polar and spherical coordinates, differences on grids, areas.

pub mod triangles;

use super::api::{Builtin, Call, Host, Values};
use super::args::{Lanes, numbers, one, several};
use super::library::large::SOURCE as LARGE;
use super::numeric::{self, Elements, Wide};
use super::ops::lazy;
use crate::array::{DType, Shape, room};
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;
use std::ops::{Div, Sub};

/// Coordinates given one by one, or as the columns of one matrix.
struct Coordinates {
    shape: Shape,
    single: bool,
    parts: Vec<Vec<f64>>,
}

fn coordinates(
    host: &mut dyn Host,
    who: &str,
    names: &[&str],
    args: &[Value],
    counts: &[usize],
) -> Result<Coordinates> {
    let names = names[..args.len().min(names.len())].join(", ");
    for x in args {
        if x.dtype().is_none_or(|d| d.is_complex() || d == DType::Char || d == DType::Bool) {
            return Err(match args.len() {
                1 => fault!("{who}: matrix input must be a 2-D numeric array"),
                _ => fault!("{who}: {names} must be numeric arrays or scalars"),
            });
        }
    }
    if let [c] = args {
        let shape = c.shape();
        if shape.rank() > 2 {
            return Err(fault!("{who}: matrix input must be a 2-D numeric array"));
        }
        let n = if shape.is_vector() && counts.contains(&shape.len()) { shape.len() } else { shape.columns() };
        if !counts.contains(&n) {
            return Err(match counts.len() {
                1 => fault!("{who}: matrix input must be a 3-element vector or 3-column array"),
                _ => fault!("{who}: matrix input must be a 2- or 3-element vector or a 2- or 3-column array"),
            });
        }
        let wide = Wide::new(host, c, who)?;
        let single = wide.single;
        let values = wide.re();
        let rows = values.len() / n.max(1);
        let parts = values.chunks(rows.max(1)).map(<[f64]>::to_vec).collect();
        return Ok(Coordinates { shape: Shape::matrix(rows, 1), single, parts });
    }
    let mut shape = Shape::scalar();
    for x in args {
        if !x.is_scalar() {
            if !shape.is_scalar() && shape != x.shape() {
                return Err(fault!("{who}: {names} must be the same size or scalars"));
            }
            shape = x.shape();
        }
    }
    room::check(&shape, size_of::<f64>())?;
    let (mut parts, mut single) = (Vec::new(), false);
    for x in args {
        let wide = Wide::new(host, x, who)?;
        single |= wide.single;
        let v = wide.re();
        parts.push(if v.len() == 1 { vec![v[0]; shape.len()] } else { v });
    }
    Ok(Coordinates { shape, single, parts })
}

fn converted(c: Coordinates, f: impl Fn(&[f64]) -> Vec<f64>) -> Result<Values> {
    let n = c.shape.len();
    let count = c.parts.len();
    let mut out = vec![Vec::with_capacity(n); count];
    for i in 0..n {
        let at: Vec<f64> = c.parts.iter().map(|p| p[i]).collect();
        f(&at).into_iter().zip(&mut out).for_each(|(v, o)| o.push(v));
    }
    let (shape, single) = (c.shape, c.single);
    Ok(out.into_iter().map(|v| numeric::real(shape.clone(), v, single)).collect())
}

fn cart2pol(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let c = coordinates(host, "cart2pol", &["X", "Y", "Z"], args, &[2, 3])?;
    converted(c, |p| {
        let mut out = vec![p[1].atan2(p[0]), p[0].hypot(p[1])];
        out.extend(&p[2..]);
        out
    })
}

fn pol2cart(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let c = coordinates(host, "pol2cart", &["THETA", "R", "Z"], args, &[2, 3])?;
    converted(c, |p| {
        let mut out = vec![p[1] * libm::cos(p[0]), p[1] * libm::sin(p[0])];
        out.extend(&p[2..]);
        out
    })
}

fn cart2sph(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() == 2 {
        return Err(super::args::usage("cart2sph"));
    }
    let c = coordinates(host, "cart2sph", &["X", "Y", "Z"], args, &[3])?;
    converted(c, |p| {
        let flat = p[0].hypot(p[1]);
        vec![p[1].atan2(p[0]), p[2].atan2(flat), flat.hypot(p[2])]
    })
}

fn sph2cart(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() == 2 {
        return Err(super::args::usage("sph2cart"));
    }
    let c = coordinates(host, "sph2cart", &["THETA", "PHI", "R"], args, &[3])?;
    converted(c, |p| {
        let flat = p[2] * libm::cos(p[1]);
        vec![flat * libm::cos(p[0]), flat * libm::sin(p[0]), p[2] * libm::sin(p[1])]
    })
}

/// Distances between grid lines: a scalar step, or coordinates.
fn spacing(who: &str, x: &Value, n: usize) -> Result<Vec<f64>> {
    let v = numbers(who, x)?;
    match v.len() {
        1 => Ok((0..n).map(|i| i as f64 * v[0]).collect()),
        k if k == n => Ok(v),
        _ => Err(fault!("{who}: size of dimensions and spacing values must match")),
    }
}

/// Axis order of results and spacings: columns first, as x runs across.
fn axis_order(rank: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rank).collect();
    if rank >= 2 {
        order.swap(0, 1);
    }
    order
}

/// `[dx, dy, ...] = gradient (m, s)`, `gradient (m, x, y, ...)`, `gradient (f, x0)`.
fn gradient(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Value::Func(f) = &args[0] {
        return gradient_of_function(host, f, &args[1..], call);
    }
    let shape = args[0].shape();
    let vector = shape.is_vector();
    let axes: Vec<usize> = if vector { vec![shape.first_nonsingleton()] } else { axis_order(shape.rank()) };
    if args.len() > 2 && args.len() - 1 != axes.len() {
        return Err(fault!("gradient: size of dimensions and spacing values must match"));
    }
    // Of arrays that wait nothing is looked at.
    let m = if let Value::Lazy(_) = &args[0] { None } else { Some(Wide::new(host, &args[0], "gradient")?) };
    let mut out = Values::new();
    for (k, &axis) in axes.iter().enumerate().take(call.nargout.max(1)) {
        let n = shape.extent(axis);
        if n < 2 {
            return Err(fault!("gradient: M must have at least 2 elements in each dimension"));
        }
        let given = args.get(if args.len() > 2 { k + 1 } else { 1 });
        let Some(m) = &m else {
            out.push(lazy_slopes(host, &args[0], axis, given, call)?);
            continue;
        };
        let at = match given {
            None => (0..n).map(|i| i as f64).collect(),
            Some(given) => spacing("gradient", given, n)?,
        };
        let lanes = Lanes::new(&shape, axis);
        out.push(match &m.elements {
            Elements::Real(x) => numeric::real(shape.clone(), slopes(x, lanes, &at), m.single),
            Elements::Complex(z) => numeric::complex(shape.clone(), slopes(z, lanes, &at), m.single),
        });
    }
    Ok(out)
}

/// The slopes of an array that waits, along an axis of at least 2 layers.
fn lazy_slopes(host: &mut dyn Host, m: &Value, axis: usize, given: Option<&Value>, call: Call) -> Result<Value> {
    let m = match m.dtype() {
        Some(dtype) if !dtype.is_float() => lazy::cast(host, m, DType::F64, call.span)?,
        _ => m.clone(),
    };
    let (shape, n) = (m.shape(), m.shape().extent(axis));
    // Each layer, the first and last too: what lies behind it less what lies before it.
    let across = |host: &mut dyn Host, x: &Value| {
        let part = |start, len| lazy::layers(x, axis, AxisSlice { start, step: 1, len }, call.span);
        let behind = lazy::concat(host, &[part(1, n - 1)?, part(n - 1, 1)?], axis, call.span)?;
        let before = lazy::concat(host, &[part(0, 1)?, part(0, n - 1)?], axis, call.span)?;
        super::ops::binary(host, BinaryOp::Sub, &behind, &before, call.span)
    };
    let along = (0..shape.rank()).fold(shape.clone(), |s, a| if a == axis { s } else { s.with_extent(a, 1) });
    let places = match given {
        Some(given) if !given.is_scalar() => {
            if given.numel() != n {
                return Err(fault!("gradient: size of dimensions and spacing values must match"));
            }
            lazy::reshape(host, given, along, call.span)?
        }
        step => {
            let count = lazy::value(super::large::mask::linear(n, along, call.span)?);
            super::ops::binary(host, BinaryOp::ElMul, &count, step.unwrap_or(&Value::Num(1.0)), call.span)?
        }
    };
    let (rise, run) = (across(host, &m)?, across(host, &places)?);
    super::ops::binary(host, BinaryOp::ElDiv, &rise, &run, call.span)
}

/// Differences of neighbours by the distance between them, one-sided at the ends.
fn slopes<T>(x: &[T], lanes: Lanes, at: &[f64]) -> Vec<T>
where
    T: Copy + Default + Sub<Output = T> + Div<f64, Output = T>,
{
    let n = at.len();
    lanes.map(x, n, |v, out: &mut [T]| {
        for (i, slope) in out.iter_mut().enumerate() {
            let (a, b) = (i.saturating_sub(1), (i + 1).min(n - 1));
            *slope = (v[b] - v[a]) / (at[b] - at[a]);
        }
    })
}

fn gradient_of_function(host: &mut dyn Host, f: &crate::value::Func, args: &[Value], call: Call) -> Result<Values> {
    let points = args.first().ok_or_else(|| super::args::usage("gradient"))?;
    let shape = points.shape();
    if points.is_empty() {
        return Err(fault!("gradient: there are no points"));
    }
    let count = if shape.is_vector() { 1 } else { shape.columns() };
    let v = numbers("gradient", points)?;
    let rows = v.len() / count;
    let mut out = Values::new();
    for k in 0..count.max(call.nargout.min(count)) {
        let step = match args.get(1 + if args.len() > 2 { k } else { 0 }) {
            None => 1.0,
            Some(s) => s.to_f64().unwrap_or(1.0),
        };
        let h = step / 2.0;
        let shifted = |by: f64| -> Vec<Value> {
            (0..count)
                .map(|c| {
                    let column = v[c * rows..(c + 1) * rows].iter().map(|x| if c == k { x + by } else { *x }).collect();
                    if shape.is_row() { Value::row(column) } else { Value::column(column) }
                })
                .collect()
        };
        let mut value = |by: f64| -> Result<Value> {
            let mut values = host.call_in_memory(f, &shifted(by), 1)?;
            if values.is_empty() { Err(fault!("gradient: F gave no value")) } else { Ok(values.remove(0)) }
        };
        let (high, low) = (value(h)?, value(-h)?);
        let difference = super::ops::binary(host, BinaryOp::Sub, &high, &low, call.span)?;
        out.push(super::ops::binary(host, BinaryOp::Div, &difference, &Value::Num(step), call.span)?);
    }
    Ok(out)
}

/// `del2 (m, h, ...)`: a quarter (a half in one dimension ...) of the discrete Laplacian, extrapolated to the border.
fn del2(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let m = Wide::new(host, &args[0], "del2")?;
    let shape = m.shape.clone();
    let single = m.single;
    let rank = shape.rank();
    if args.len() > 2 && args.len() - 1 != rank {
        return Err(fault!("del2: dimensions and spacing values do not match"));
    }
    let values = m.real("del2")?;
    let mut total = vec![0.0; values.len()];
    for axis in 0..rank {
        let n = shape.extent(axis);
        let which = axis_order(rank).iter().position(|&a| a == axis).unwrap_or(axis);
        let at: Vec<f64> = match args.len() {
            1 => (0..n).map(|i| i as f64).collect(),
            2 => {
                let given = &args[1];
                if given.is_scalar() {
                    spacing("del2", given, n)?
                } else if shape.is_vector() && given.shape().is_vector() && given.numel() == values.len() {
                    if n == 1 { vec![0.0] } else { numbers("del2", given)? }
                } else {
                    return Err(fault!("del2: dimensions and spacing values do not match"));
                }
            }
            _ => {
                let given = &args[1 + which];
                if given.is_scalar() {
                    spacing("del2", given, n)?
                } else if given.shape().is_vector() && given.numel() == n {
                    numbers("del2", given)?
                } else {
                    return Err(fault!("del2: dimensions and spacing values do not match"));
                }
            }
        };
        if n < 3 {
            continue;
        }
        let part = Lanes::new(&shape, axis).map(&values, n, |v, out: &mut [f64]| {
            for i in 1..n - 1 {
                let (left, right) = (at[i] - at[i - 1], at[i + 1] - at[i]);
                let slope = (v[i + 1] - v[i]) / right - (v[i] - v[i - 1]) / left;
                out[i] = 2.0 * slope / (left + right);
            }
            if n == 3 {
                (out[0], out[n - 1]) = (out[1], out[1]);
            } else {
                let extend = |a: f64, b: f64, x: f64, xa: f64, xb: f64| a + (a - b) * (x - xa) / (xa - xb);
                out[0] = extend(out[1], out[2], at[0], at[1], at[2]);
                out[n - 1] = extend(out[n - 2], out[n - 3], at[n - 1], at[n - 2], at[n - 3]);
            }
        });
        total.iter_mut().zip(part).for_each(|(t, p)| *t += p);
    }
    let dimensions = rank as f64;
    total.iter_mut().for_each(|t| *t /= 2.0 * dimensions);
    one(numeric::real(shape, total, single))
}

/// `polyarea (x, y, dim)`: the shoelace formula.
fn polyarea(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].shape() != args[1].shape() {
        return Err(fault!("polyarea: X and Y must have the same shape"));
    }
    let x = Wide::new(host, &args[0], "polyarea")?;
    let y = Wide::new(host, &args[1], "polyarea")?;
    let shape = x.shape.clone();
    let axis = super::args::axis_or_first("polyarea", args, 2)?;
    let single = x.single || y.single;
    let pairs: Vec<(f64, f64)> = x.re().into_iter().zip(y.re()).collect();
    let areas = Lanes::new(&shape, axis).map(&pairs, 1, |p, out: &mut [f64]| {
        let n = p.len();
        let sum: f64 = (0..n).map(|i| p[i].0 * (p[(i + 1) % n].1 - p[(i + n - 1) % n].1)).sum();
        out[0] = sum.abs() / 2.0;
    });
    one(numeric::real(shape.with_extent(axis, 1), areas, single))
}

/// Slopes of a field component along one axis of its grid.
fn slope(host: &mut dyn Host, f: &Value, along_x: bool, at: Option<&Value>, call: Call) -> Result<Value> {
    let mut list = vec![f.clone()];
    if let Some(at) = at {
        let v = numbers("gradient", at)?;
        let shape = at.shape();
        let extent = if along_x { f.shape().columns() } else { f.shape().rows() };
        if v.len() < extent || (!shape.is_vector() && shape != f.shape()) {
            return Err(fault!("gradient: size of X and Y must match those of the field"));
        }
        // A grid of coordinates holds them along one of its axes.
        let line: Vec<f64> = if shape.is_vector() {
            v
        } else if along_x {
            v.iter().step_by(shape.rows()).copied().collect()
        } else {
            v[..shape.rows()].to_vec()
        };
        let other: Vec<f64> =
            (0..if along_x { f.shape().rows() } else { f.shape().columns() }).map(|i| i as f64).collect();
        if along_x {
            list.extend([Value::row(line), Value::row(other)]);
        } else {
            list.extend([Value::row(other), Value::row(line)]);
        }
    }
    let mut both = gradient(host, &list, Call { nargout: 2, ..call })?;
    if both.len() < 2 {
        return Err(fault!("gradient: a field in the plane has rows and columns"));
    }
    Ok(both.swap_remove(usize::from(!along_x)))
}

/// `divergence (x, y, fx, fy)` and `curl (x, y, fx, fy)` in the plane.
fn field(host: &mut dyn Host, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    let (x, y, fx, fy) = match args {
        [fx, fy] => (None, None, fx, fy),
        [x, y, fx, fy] => (Some(x), Some(y), fx, fy),
        _ => return Err(fault!("{who}: only fields in the plane are supported")),
    };
    if fx.shape() != fy.shape() || fx.shape().rank() != 2 {
        return Err(fault!("{who}: size of X and Y must match"));
    }
    use crate::syntax::ast::BinaryOp;
    if who == "divergence" {
        let (a, b) = (slope(host, fx, true, x, call)?, slope(host, fy, false, y, call)?);
        return one(super::ops::binary(host, BinaryOp::Add, &a, &b, call.span)?);
    }
    let (a, b) = (slope(host, fy, true, x, call)?, slope(host, fx, false, y, call)?);
    let rotation = super::ops::binary(host, BinaryOp::Sub, &a, &b, call.span)?;
    let velocity = super::ops::binary(host, BinaryOp::Div, &rotation, &Value::Num(2.0), call.span)?;
    if call.nargout < 2 { one(velocity) } else { several([rotation, velocity]) }
}

/// `roundb (x)`: the nearest integer, halves to the even one.
fn roundb(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("roundb: not defined for {}", args[0].type_name()));
    }
    let x = Wide::new(host, &args[0], "roundb")?;
    let single = x.single;
    let round = |v: f64| {
        let r = v.round();
        if (v - v.trunc()).abs() == 0.5 && r % 2.0 != 0.0 { r - v.signum() } else { r }
    };
    let shape = x.shape.clone();
    one(numeric::complex(
        shape,
        x.complex().into_iter().map(|z| crate::array::Complex64::new(round(z.re), round(z.im))).collect(),
        single,
    ))
}

/// `cplxpair (z, tol, dim)`: conjugate pairs side by side, the one with negative imaginary part first; real ones last.
fn cplxpair(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].is_empty() {
        return one(args[0].clone());
    }
    let z = Wide::new(host, &args[0], "cplxpair")?;
    let single = z.single;
    let tolerance = match args.get(1).filter(|t| !t.is_empty()) {
        None => 100.0 * z.epsilon(),
        Some(t) => super::args::scalar("cplxpair", "TOL", t)?,
    };
    let axis = super::args::axis_or_first("cplxpair", args, 2)?;
    let shape = z.shape.clone();
    if axis >= shape.rank() {
        return Err(fault!("cplxpair: invalid dimension DIM"));
    }
    let n = shape.extent(axis);
    let mut lonely = false;
    let out = Lanes::new(&shape, axis).map(&z.complex(), n, |lane, out: &mut [crate::array::Complex64]| {
        let is_real = |z: &crate::array::Complex64| z.im.abs() <= tolerance * z.norm();
        let mut real: Vec<f64> = lane.iter().filter(|z| is_real(z)).map(|z| z.re).collect();
        let mut rest: Vec<_> = lane.iter().copied().filter(|z| !is_real(z)).collect();
        real.sort_by(f64::total_cmp);
        rest.sort_by(|a, b| a.re.total_cmp(&b.re).then(a.im.total_cmp(&b.im)));
        let mut k = 0;
        while !rest.is_empty() {
            let first = rest.remove(0);
            let Some(mate) = (0..rest.len())
                .filter(|&i| (rest[i] - first.conj()).norm() <= tolerance * first.norm())
                .min_by(|&a, &b| (rest[a] - first.conj()).norm().total_cmp(&(rest[b] - first.conj()).norm()))
            else {
                lonely = true;
                return;
            };
            rest.remove(mate);
            let low = if first.im < 0.0 { first } else { first.conj() };
            (out[k], out[k + 1]) = (low, low.conj());
            k += 2;
        }
        real.into_iter().for_each(|x| {
            out[k] = x.into();
            k += 1;
        });
    });
    if lonely {
        return Err(fault!("cplxpair: could not pair all complex numbers"));
    }
    one(numeric::complex(shape, out, single))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "cart2pol",
        (1, 3),
        3,
        cart2pol,
        "[THETA, R, Z] = cart2pol (X, Y, Z), cart2pol (C)\n\nPolar (cylindrical) coordinates.\n\n    [t, r] = cart2pol (0, 2)\n",
    ),
    Builtin::new(
        "pol2cart",
        (1, 3),
        3,
        pol2cart,
        "[X, Y, Z] = pol2cart (THETA, R, Z), pol2cart (P)\n\nCartesian coordinates of polar ones.\n\n    [x, y] = pol2cart (0, 2)\n",
    ),
    Builtin::new(
        "cart2sph",
        (1, 3),
        3,
        cart2sph,
        "[THETA, PHI, R] = cart2sph (X, Y, Z), cart2sph (C)\n\nSpherical coordinates.\n\n    [t, p, r] = cart2sph (0, 0, 2)\n",
    ),
    Builtin::new(
        "sph2cart",
        (1, 3),
        3,
        sph2cart,
        "[X, Y, Z] = sph2cart (THETA, PHI, R), sph2cart (S)\n\nCartesian coordinates of spherical ones.\n\n    [x, y, z] = sph2cart (0, 0, 2)\n",
    ),
    Builtin::new(
        "gradient",
        (1, usize::MAX),
        usize::MAX,
        gradient,
        "[DX, DY, ...] = gradient (M), gradient (M, S), gradient (F, X0)\n\nSlopes by central differences.\n\n    gradient ([1 4 9])\n",
    ),
    Builtin::new(
        "del2",
        (1, usize::MAX),
        1,
        del2,
        "del2 (M), del2 (M, H)\n\nThe discrete Laplacian, divided by twice the number of dimensions.\n\n    del2 (magic (4))\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "polyarea",
        (2, 3),
        1,
        polyarea,
        "polyarea (X, Y), polyarea (X, Y, DIM)\n\nThe area of a polygon.\n\n    polyarea ([0 1 1 0], [0 0 1 1])\n",
    ),
    Builtin::new(
        "divergence",
        (2, 6),
        1,
        |h, a, c| field(h, "divergence", a, c),
        "divergence (X, Y, FX, FY), divergence (FX, FY)\n\nThe divergence of a field in the plane.\n\n    divergence ([1 2; 3 4], [1 2; 3 4])\n",
    ),
    Builtin::new(
        "curl",
        (2, 6),
        2,
        |h, a, c| field(h, "curl", a, c),
        "[CZ, V] = curl (X, Y, FX, FY), V = curl (...)\n\nThe rotation of a field in the plane, and its angular velocity.\n\n    curl ([1 2; 3 4], [1 2; 3 4])\n",
    ),
    Builtin::new(
        "roundb",
        (1, 1),
        1,
        roundb,
        "roundb (X)\n\nThe nearest integer; halves go to the even one.\n\n    roundb ([0.5 1.5 2.5])\n",
    ),
    Builtin::new(
        "cplxpair",
        (1, 3),
        1,
        cplxpair,
        "cplxpair (Z), cplxpair (Z, TOL, DIM)\n\nConjugate pairs side by side, real numbers last.\n\n    cplxpair ([1+i 3 1-i])\n",
    ),
];
