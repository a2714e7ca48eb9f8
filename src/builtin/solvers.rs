//! Zeros, minima, integrals and differential equations of functions the program gives.
//!
//! Sources: Brent, Algorithms for Minimization without Derivatives (1973); Lagarias, Reeds, Wright and Wright, SIAM
//! Journal on Optimization 9 (1998), for the simplex search; Piessens and others, QUADPACK (1983), for the pair of
//! quadrature rules; Dormand and Prince, Journal of Computational and Applied Mathematics 6 (1980); Lawson and Hanson,
//! Solving Least Squares Problems (1974), chapter 23.

use super::api::{Builtin, Call, Host, Values};
use super::args::{numbers, one, scalar, several, usage};
use super::math::solve::least_squares;
use super::math::{Mat, mat::norm2};
use super::numeric::{Matrix, Wide};
use crate::array::Shape;
use crate::diag::Result;
use crate::fault;
use crate::value::{Func, Struct, Value};
use std::sync::Arc;

/// A function argument: a handle, or a name or text.
fn function(host: &mut dyn Host, who: &str, f: &Value) -> Result<Arc<Func>> {
    match f {
        Value::Func(f) => Ok(f.clone()),
        text => match text.to_text() {
            Some(text) => Ok(Arc::new(host.parse_function(&text)?)),
            None => Err(fault!("{who}: FCN must be a function handle or name")),
        },
    }
}

/// The first result of a call.
fn value(host: &mut dyn Host, f: &Func, args: &[Value]) -> Result<Value> {
    host.check_interrupt()?;
    host.call(f, args, 1)?
        .into_iter()
        .next()
        .ok_or_else(|| fault!("value on the right hand side of the assignment not defined"))
}

/// The real scalar a function gives.
fn number(host: &mut dyn Host, who: &str, f: &Func, x: Value) -> Result<f64> {
    let y = value(host, f, &[x])?;
    y.to_f64().ok_or_else(|| fault!("{who}: FCN must return a scalar"))
}

/// A field of an options struct.
fn option(options: Option<&Value>, name: &str, default: f64) -> f64 {
    let Some(Value::Struct(s)) = options else { return default };
    let found = s.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, column)| column.first());
    found.and_then(Value::to_f64).unwrap_or(default)
}

fn optimset(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut options = Struct::scalar();
    let mut rest = args;
    while let [Value::Struct(s), tail @ ..] = rest {
        for (name, column) in s.iter() {
            column.first().into_iter().for_each(|v| options.set(name.clone(), v.clone()));
        }
        rest = tail;
    }
    if !rest.len().is_multiple_of(2) {
        return Err(usage("optimset"));
    }
    for pair in rest.chunks(2) {
        let name = pair[0].to_text().ok_or_else(|| usage("optimset"))?;
        options.set(name, pair[1].clone());
    }
    one(Value::Struct(Arc::new(options)))
}

fn optimget(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Value::Struct(options), Some(name)) = (&args[0], args[1].to_text()) else { return Err(usage("optimget")) };
    let found = options.iter().find(|(key, _)| key.eq_ignore_ascii_case(&name)).and_then(|(_, column)| column.first());
    one(found.filter(|v| !v.is_empty()).or(args.get(2)).cloned().unwrap_or_else(Value::empty))
}

fn fzero(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let f = function(host, "fzero", &args[0])?;
    let start = numbers("fzero", &args[1])?;
    let tolerance = option(args.get(2), "TolX", f64::EPSILON);
    let at = |host: &mut dyn Host, x: f64| number(host, "fzero", &f, Value::Num(x));
    let (mut a, mut b) = match start[..] {
        [a, b] => (a, b),
        [a] => (a, a),
        _ => return Err(fault!("fzero: X0 must be a scalar or a vector of two elements")),
    };
    let mut fa = at(host, a)?;
    let mut fb = if start.len() == 2 { at(host, b)? } else { fa };
    if start.len() == 1 && fa != 0.0 {
        // Ever wider around the start, until the sign changes.
        let unit = if a == 0.0 { 1.0 } else { a };
        for step in [-0.01, 0.025, -0.05, 0.1, -0.25, 0.5, -1.0, 2.5, -5.0, 10.0, -50.0, 100.0, 500.0, 1000.0] {
            b = a + unit * step;
            fb = at(host, b)?;
            if fa.signum() != fb.signum() || fb == 0.0 {
                break;
            }
        }
    }
    if fa * fb > 0.0 || fa.is_nan() || fb.is_nan() {
        return Err(fault!(
            "fzero: not a valid initial bracketing.  function values at interval endpoints must differ in sign"
        )
        .id("Octave:fzero:bracket"));
    }
    let (mut c, mut fc, mut d, mut e) = (a, fa, b - a, b - a);
    for _ in 0..500 {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc, d, e) = (a, fa, b - a, b - a);
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let near = 2.0 * f64::EPSILON * b.abs()
            + 0.5 * tolerance.min(f64::EPSILON * b.abs().max(1e-300)).max(tolerance * b.abs());
        let middle = 0.5 * (c - b);
        if middle.abs() <= near || fb == 0.0 {
            break;
        }
        if e.abs() >= near && fa.abs() > fb.abs() {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * middle * s, 1.0 - s)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q;
            }
            p = p.abs();
            if 2.0 * p < (3.0 * middle * q - (near * q).abs()).min((e * q).abs()) {
                (e, d) = (d, p / q);
            } else {
                (d, e) = (middle, middle);
            }
        } else {
            (d, e) = (middle, middle);
        }
        (a, fa) = (b, fb);
        b += if d.abs() > near { d } else { near.copysign(middle) };
        fb = at(host, b)?;
    }
    several([b.into(), fb.into(), 1.0.into()])
}

fn fminbnd(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let f = function(host, "fminbnd", &args[0])?;
    let (mut a, mut b) = (scalar("fminbnd", "A", &args[1])?, scalar("fminbnd", "B", &args[2])?);
    if a > b {
        return Err(fault!("fminbnd: the lower bound is greater than the upper one").id("Octave:invalid-fun-call"));
    }
    let tolerance = option(args.get(3), "TolX", 1e-8);
    let most = option(args.get(3), "MaxIter", 1000.0);
    let golden = 0.5 * (3.0 - 5f64.sqrt());
    let at = |host: &mut dyn Host, x: f64| number(host, "fminbnd", &f, Value::Num(x));
    let mut x = a + golden * (b - a);
    let (mut v, mut w, mut d, mut e) = (x, x, 0.0f64, 0.0f64);
    let mut fx = at(host, x)?;
    let (mut fv, mut fw) = (fx, fx);
    let mut rounds = 0.0;
    let mut converged = false;
    while rounds < most {
        rounds += 1.0;
        let middle = 0.5 * (a + b);
        let near = f64::EPSILON.sqrt() * x.abs() + tolerance / 3.0;
        if (x - middle).abs() <= 2.0 * near - 0.5 * (b - a) {
            converged = true;
            break;
        }
        let mut parabola = false;
        if e.abs() > near {
            let r = (x - w) * (fx - fv);
            let mut q = (x - v) * (fx - fw);
            let mut p = (x - v) * q - (x - w) * r;
            q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            }
            q = q.abs();
            let before = e;
            e = d;
            if p.abs() < (0.5 * q * before).abs() && p > q * (a - x) && p < q * (b - x) {
                d = p / q;
                let u = x + d;
                if u - a < 2.0 * near || b - u < 2.0 * near {
                    d = near.copysign(middle - x);
                }
                parabola = true;
            }
        }
        if !parabola {
            e = if x >= middle { a - x } else { b - x };
            d = golden * e;
        }
        let u = if d.abs() >= near { x + d } else { x + near.copysign(d) };
        let fu = at(host, u)?;
        if fu <= fx {
            if u >= x {
                a = x
            } else {
                b = x
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                a = u
            } else {
                b = u
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    several([x.into(), fx.into(), Value::Num(converged as u8 as f64)])
}

/// The minimum near a point by the simplex search, in the shape of the start.
fn simplex(host: &mut dyn Host, who: &str, args: &[Value], tolerance: f64) -> Result<Values> {
    let f = function(host, who, &args[0])?;
    let start = Wide::new(host, &args[1], who)?;
    let shape = start.shape.clone();
    let start = start.real(who)?;
    let n = start.len();
    let close_x = option(args.get(2), "TolX", tolerance);
    let close_f = option(args.get(2), "TolFun", tolerance);
    let most = option(args.get(2), "MaxIter", 400.0 * n.max(1) as f64);
    let as_value = |x: &[f64]| super::numeric::real(shape.clone(), x.to_vec(), false);
    let at = |host: &mut dyn Host, x: &[f64]| number(host, who, &f, as_value(x));
    let mut points = vec![(at(host, &start)?, start.clone())];
    for k in 0..n {
        let mut x = start.clone();
        x[k] = if x[k] == 0.0 { 0.00025 } else { x[k] * 1.05 };
        points.push((at(host, &x)?, x));
    }
    let mut rounds = 0.0;
    let mut converged = false;
    while rounds < most {
        rounds += 1.0;
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (best, worst) = (points[0].clone(), points[n].clone());
        let spread =
            points.iter().flat_map(|(_, x)| x.iter().zip(&best.1).map(|(a, b)| (a - b).abs())).fold(0.0, f64::max);
        if spread <= close_x && (worst.0 - best.0).abs() <= close_f {
            converged = true;
            break;
        }
        let centre: Vec<f64> = (0..n).map(|k| points[..n].iter().map(|(_, x)| x[k]).sum::<f64>() / n as f64).collect();
        let along = |t: f64| -> Vec<f64> { centre.iter().zip(&worst.1).map(|(c, w)| c + t * (c - w)).collect() };
        let reflected = along(1.0);
        let fr = at(host, &reflected)?;
        if fr < best.0 {
            let expanded = along(2.0);
            let fe = at(host, &expanded)?;
            points[n] = if fe < fr { (fe, expanded) } else { (fr, reflected) };
            continue;
        }
        if fr < points[n - 1].0 {
            points[n] = (fr, reflected);
            continue;
        }
        let (t, bound) = if fr < worst.0 { (0.5, fr) } else { (-0.5, worst.0) };
        let contracted = along(t);
        let fc = at(host, &contracted)?;
        if fc <= bound {
            points[n] = (fc, contracted);
            continue;
        }
        for point in &mut points[1..] {
            let x: Vec<f64> = point.1.iter().zip(&best.1).map(|(x, b)| b + 0.5 * (x - b)).collect();
            *point = (at(host, &x)?, x);
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    several([as_value(&points[0].1), points[0].0.into(), Value::Num(converged as u8 as f64)])
}

/// Nodes of the Kronrod rule of 15 points, its weights, and those of the Gauss rule at every other node.
const KRONROD: [(f64, f64, f64); 8] = [
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_224, 0.0),
    (0.949_107_912_342_758_5, 0.063_092_092_629_978_55, 0.129_484_966_168_869_7),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_18, 0.0),
    (0.741_531_185_599_394_4, 0.140_653_259_715_525_92, 0.279_705_391_489_276_64),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9, 0.0),
    (0.405_845_151_377_397_2, 0.190_350_578_064_785_4, 0.381_830_050_505_118_93),
    (0.207_784_955_007_898_47, 0.204_432_940_075_298_9, 0.0),
    (0.0, 0.209_482_141_084_727_82, 0.417_959_183_673_469_4),
];

/// The integral of real values of `f` from `a` to `b`, and an estimate of its error. Infinite ends are mapped to
/// finite ones; intervals whose rules disagree are halved, all of a round in one call of `f`.
fn quadrature(
    host: &mut dyn Host,
    a: f64,
    b: f64,
    absolute: f64,
    relative: f64,
    f: &mut dyn FnMut(&mut dyn Host, &[f64]) -> Result<Vec<f64>>,
) -> Result<(f64, f64)> {
    if a == b {
        return Ok((0.0, 0.0));
    }
    if a > b {
        return quadrature(host, b, a, absolute, relative, f).map(|(q, e)| (-q, e));
    }
    // x and dx/dt of the variable that runs over a finite interval.
    let map = |t: f64| match (a.is_infinite(), b.is_infinite()) {
        (false, false) => {
            // Flat at both ends, so that integrable singularities there are smoothed.
            let (h, m) = ((b - a) / 4.0, (a + b) / 2.0);
            (h * t * (3.0 - t * t) + m, 3.0 * h * (1.0 - t * t))
        }
        (false, true) => {
            let s = t / (1.0 - t);
            (a + s * s, 2.0 * s / ((1.0 - t) * (1.0 - t)))
        }
        (true, false) => {
            let s = t / (1.0 + t);
            (b - s * s, -2.0 * s / ((1.0 + t) * (1.0 + t)))
        }
        (true, true) => (t / (1.0 - t * t), (1.0 + t * t) / ((1.0 - t * t) * (1.0 - t * t))),
    };
    let (low, high) = match (a.is_infinite(), b.is_infinite()) {
        (false, true) => (0.0, 1.0),
        (true, false) => (-1.0, 0.0),
        _ => (-1.0, 1.0),
    };
    let mut open: Vec<(f64, f64)> =
        (0..10).map(|k| (low + (high - low) * k as f64 / 10.0, low + (high - low) * (k + 1) as f64 / 10.0)).collect();
    let (mut done, mut done_error) = (0.0, 0.0);
    for _ in 0..60 {
        let nodes: Vec<(f64, f64, f64, f64)> = open
            .iter()
            .flat_map(|&(p, q)| {
                let (m, h) = ((p + q) / 2.0, (q - p) / 2.0);
                KRONROD.iter().flat_map(move |&(x, k, g)| {
                    let both = [(m - h * x, h * k, h * g), (m + h * x, h * k, h * g)];
                    both.into_iter().take(if x == 0.0 { 1 } else { 2 })
                })
            })
            .map(|(t, k, g)| {
                let (x, slope) = map(t);
                (x, slope, k, g)
            })
            .collect();
        let points: Vec<f64> = nodes.iter().map(|n| n.0).collect();
        let values = f(host, &points)?;
        let mut found = Vec::with_capacity(open.len());
        for (interval, part) in open.iter().zip(nodes.chunks(15).zip(values.chunks(15))) {
            let (mut fine, mut coarse) = (0.0, 0.0);
            for ((_, slope, k, g), y) in part.0.iter().zip(part.1) {
                let y = if slope.is_finite() { y * slope } else { 0.0 };
                fine += k * y;
                coarse += g * y;
            }
            found.push((*interval, fine, (fine - coarse).abs()));
        }
        let total = done + found.iter().map(|f| f.1).sum::<f64>();
        let error = done_error + found.iter().map(|f| f.2).sum::<f64>();
        let allowed = absolute.max(relative * total.abs());
        if error <= allowed || !total.is_finite() || found.len() > 650 {
            return Ok((total, error));
        }
        open.clear();
        for ((p, q), fine, error) in found {
            if error <= allowed * (q - p) / (high - low) || q - p < 1e-15 {
                done += fine;
                done_error += error;
            } else {
                open.extend([(p, (p + q) / 2.0), ((p + q) / 2.0, q)]);
            }
        }
        if open.is_empty() {
            break;
        }
    }
    Ok((done, done_error))
}

/// The tolerances of a quadrature: positional, or by name.
fn tolerances(args: &[Value]) -> Result<(f64, f64, bool)> {
    let (mut absolute, mut relative, mut by_element) = (1e-10, 1e-6, false);
    let mut at = 0;
    while at < args.len() {
        match args[at].to_text().filter(|_| matches!(args[at], Value::Char(..))).map(|t| t.to_lowercase()) {
            Some(name) => {
                let x = args.get(at + 1).ok_or_else(|| fault!("integral: an option needs a value"))?;
                match name.as_str() {
                    "abstol" => absolute = scalar("integral", "AbsTol", x)?,
                    "reltol" => relative = scalar("integral", "RelTol", x)?,
                    "arrayvalued" => by_element = super::args::flag(x),
                    "waypoints" => {}
                    other => return Err(fault!("integral: unknown option \"{other}\"")),
                }
                at += 2;
            }
            None => {
                let list = numbers("quad", &args[at])?;
                if at == 0 {
                    absolute = list.first().copied().unwrap_or(absolute);
                    relative = list.get(1).copied().unwrap_or(relative);
                }
                at += 1;
            }
        }
    }
    Ok((absolute, relative.max(1e-14), by_element))
}

fn quad(host: &mut dyn Host, who: &'static str, args: &[Value], vector: bool) -> Result<Values> {
    let f = function(host, who, &args[0])?;
    let (a, b) = (scalar(who, "A", &args[1])?, scalar(who, "B", &args[2])?);
    let (absolute, relative, by_element) = tolerances(&args[3..])?;
    let vector = vector && !by_element;
    let relative = if who == "integral" || who == "quadgk" { relative } else { relative.min(1e-10) };
    let (q, error) = quadrature(host, a, b, absolute, relative, &mut |host, x| {
        if !vector {
            return x.iter().map(|&x| number(host, who, &f, Value::Num(x))).collect();
        }
        let y = numbers(who, &value(host, &f, &[Value::row(x.to_vec())])?)?;
        if y.len() != x.len() {
            return Err(fault!("{who}: the integrand must return a value for each element of its argument")
                .hint("write it with .* ./ .^, or give \"ArrayValued\", true"));
        }
        Ok(y)
    })?;
    several([q.into(), error.into()])
}

/// A bound of the inner integral: a number, or a function of the outer variable.
fn bound(host: &mut dyn Host, who: &str, limit: &Value, x: f64) -> Result<f64> {
    match limit {
        Value::Func(f) => number(host, who, f, Value::Num(x)),
        other => scalar(who, "a limit", other),
    }
}

fn double(host: &mut dyn Host, who: &'static str, args: &[Value]) -> Result<Values> {
    let f = function(host, who, &args[0])?;
    let (a, b) = (scalar(who, "XA", &args[1])?, scalar(who, "XB", &args[2])?);
    let (absolute, relative, _) = tolerances(args.get(5..).unwrap_or(&[]))?;
    let (q, error) = quadrature(host, a, b, absolute, relative, &mut |host, outer| {
        let mut results = Vec::with_capacity(outer.len());
        for &x in outer {
            let (low, high) = (bound(host, who, &args[3], x)?, bound(host, who, &args[4], x)?);
            let (inner, _) = quadrature(host, low, high, absolute, relative, &mut |host, y| {
                let z = value(host, &f, &[Value::row(vec![x; y.len()]), Value::row(y.to_vec())])?;
                let z = numbers(who, &z)?;
                if z.len() == y.len() {
                    Ok(z)
                } else {
                    Err(fault!("{who}: the integrand must work element by element"))
                }
            })?;
            results.push(inner);
        }
        Ok(results)
    })?;
    several([q.into(), error.into()])
}

/// The pair of Dormand and Prince: times, stages, and the difference of the two results.
const STAGES: [(f64, &[f64]); 7] = [
    (0.0, &[]),
    (0.2, &[0.2]),
    (0.3, &[3.0 / 40.0, 9.0 / 40.0]),
    (0.8, &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0]),
    (8.0 / 9.0, &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0]),
    (1.0, &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0]),
    (1.0, &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0]),
];
const DIFFERENCE: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0];

fn ode45(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let f = function(host, "ode45", &args[0])?;
    let span = numbers("ode45", &args[1])?;
    if span.len() < 2 || span.windows(2).any(|w| (w[1] - w[0]) * (span[1] - span[0]) <= 0.0) {
        return Err(fault!("ode45: TRANGE must be a vector of at least two strictly monotonic times"));
    }
    let mut y = numbers("ode45", &args[2])?;
    let n = y.len();
    let relative = option(args.get(3), "RelTol", 1e-3);
    let absolute = option(args.get(3), "AbsTol", 1e-6);
    let (start, end) = (span[0], span[span.len() - 1]);
    let forward = (end - start).signum();
    let longest = option(args.get(3), "MaxStep", 0.1 * (end - start).abs());
    let slope = |host: &mut dyn Host, t: f64, y: &[f64]| -> Result<Vec<f64>> {
        let d = numbers("ode45", &value(host, &f, &[Value::Num(t), Value::column(y.to_vec())])?)?;
        if d.len() == y.len() { Ok(d) } else { Err(fault!("ode45: FCN must return as many values as INIT has")) }
    };
    let mut t = start;
    let mut k0 = slope(host, t, &y)?;
    let scale = y.iter().map(|v| absolute.max(relative * v.abs())).fold(f64::INFINITY, f64::min);
    let steep = k0.iter().fold(0.0f64, |b, v| b.max(v.abs()));
    let first = if steep > 0.0 { 0.8 * scale.powf(0.2) / steep.max(1e-10) } else { longest };
    let mut h = option(args.get(3), "InitialStep", first).min(longest);
    let mut times = vec![t];
    let mut states = vec![y.clone()];
    let mut wanted = 1;
    while (end - t) * forward > 0.0 {
        h = h.min((end - t).abs());
        if h < 16.0 * f64::EPSILON * t.abs().max(1e-300) {
            host.warn(
                "integrate_adaptive:unexpected_termination",
                "ode45: the step became too small; the solution ends early",
            );
            break;
        }
        let step = h * forward;
        let mut k = vec![k0.clone()];
        let mut next = y.clone();
        for (c, weights) in &STAGES[1..] {
            next = (0..n).map(|i| y[i] + step * weights.iter().zip(&k).map(|(w, k)| w * k[i]).sum::<f64>()).collect();
            k.push(slope(host, t + c * step, &next)?);
        }
        let error = (0..n)
            .map(|i| {
                let e: f64 = DIFFERENCE.iter().zip(&k).map(|(w, k)| w * k[i]).sum::<f64>() * step;
                e.abs() / absolute.max(relative * y[i].abs().max(next[i].abs()))
            })
            .fold(0.0, super::math::mat::nan_max);
        if error <= 1.0 {
            let (from, to) = (t, if h == (end - t).abs() { end } else { t + step });
            // A cubic through both ends with their slopes fills in between.
            let between = |s: f64| -> Vec<f64> {
                let (p, q) = ((1.0 + 2.0 * s) * (1.0 - s) * (1.0 - s), s * (1.0 - s) * (1.0 - s));
                let (u, v) = (s * s * (3.0 - 2.0 * s), s * s * (s - 1.0));
                (0..n).map(|i| p * y[i] + q * step * k[0][i] + u * next[i] + v * step * k[6][i]).collect()
            };
            if span.len() == 2 {
                for part in 1..4 {
                    times.push(from + step * part as f64 / 4.0);
                    states.push(between(part as f64 / 4.0));
                }
                times.push(to);
                states.push(next.clone());
            } else {
                while wanted < span.len() && (to - span[wanted]) * forward >= 0.0 {
                    let s = (span[wanted] - from) / step;
                    times.push(span[wanted]);
                    states.push(if span[wanted] == to { next.clone() } else { between(s) });
                    wanted += 1;
                }
            }
            t = to;
            y = next;
            k0 = k.swap_remove(6);
        }
        let factor = if error > 0.0 { 0.8 * error.powf(-0.2) } else { 5.0 };
        h = (h * if factor.is_nan() { 0.2 } else { factor.clamp(0.2, 5.0) }).min(longest);
    }
    let count = times.len();
    let mut table = Vec::with_capacity(count * n);
    (0..n).for_each(|i| table.extend(states.iter().map(|s| s[i])));
    let (times, table) = (Value::column(times), Value::matrix(count, n, table));
    if call.nargout < 2 {
        let mut solution = Struct::scalar();
        solution.set("x", times);
        solution.set("y", table);
        solution.set("solver", Value::text("ode45"));
        return one(Value::Struct(Arc::new(solution)));
    }
    several([times, table])
}

fn lsqnonneg(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Matrix::Real(c), Matrix::Real(d)) =
        (Wide::new(host, &args[0], "lsqnonneg")?.matrix(), Wide::new(host, &args[1], "lsqnonneg")?.matrix())
    else {
        return Err(fault!("lsqnonneg: C and D must be real"));
    };
    if c.rows != d.rows || d.cols != 1 {
        return Err(fault!("lsqnonneg: C and D must have the same number of rows"));
    }
    let n = c.cols;
    let transposed = c.transpose();
    let tolerance = 10.0 * f64::EPSILON * c.norm1() * c.rows.max(n) as f64;
    let mut free = vec![false; n];
    let mut x = Mat::<f64>::zeros(n, 1);
    for _ in 0..10 * n.max(1) {
        let gradient = transposed.times(&d.minus(&c.times(&x)));
        let best = (0..n).filter(|&j| !free[j]).max_by(|&a, &b| gradient.a[a].total_cmp(&gradient.a[b]));
        let Some(best) = best.filter(|&j| gradient.a[j] > tolerance) else { break };
        free[best] = true;
        loop {
            let chosen: Vec<usize> = (0..n).filter(|&j| free[j]).collect();
            let part = Mat::from_fn(c.rows, chosen.len(), |i, k| c[(i, chosen[k])]);
            let z = least_squares(&part, &d, f64::EPSILON).0;
            if z.a.iter().all(|v| *v > 0.0) {
                x = Mat::zeros(n, 1);
                chosen.iter().zip(&z.a).for_each(|(&j, &v)| x.a[j] = v);
                break;
            }
            // As far as the bounds allow; what reaches zero is bound again.
            let step = chosen
                .iter()
                .zip(&z.a)
                .filter(|(_, v)| **v <= 0.0)
                .map(|(&j, v)| x.a[j] / (x.a[j] - v))
                .fold(1.0, f64::min);
            for (&j, v) in chosen.iter().zip(&z.a) {
                x.a[j] += step * (v - x.a[j]);
                if x.a[j] <= tolerance {
                    x.a[j] = 0.0;
                    free[j] = false;
                }
            }
        }
    }
    let residual = d.minus(&c.times(&x));
    let square = norm2(&residual.a).powi(2);
    let shape = Shape::matrix(n, 1);
    several([
        super::numeric::real(shape, x.a, false),
        square.into(),
        super::numeric::real(Shape::matrix(residual.a.len(), 1), residual.a, false),
    ])
}

macro_rules! one_dimensional {
    ($name:literal, $vector:literal, $help:literal) => {
        Builtin::new(
            $name,
            (3, 9),
            2,
            |host, args, _| quad(host, $name, args, $vector),
            concat!("[Q, ERR] = ", $name, " (F, A, B, ...)\n\n", $help, "\n\n    ", $name, " (@(x) x .^ 2, 0, 3)\n"),
        )
    };
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "fzero",
        (2, 3),
        3,
        fzero,
        "[X, FVAL, INFO] = fzero (F, X0), fzero (F, [A B]), fzero (..., OPTIONS)\n\nA zero of a function of one variable, near X0 or where its sign changes between A and B.\n\n    fzero (@(x) x - 2, [0 5])\n",
    ),
    Builtin::new(
        "fminbnd",
        (3, 4),
        3,
        fminbnd,
        "[X, FVAL, INFO] = fminbnd (F, A, B), fminbnd (F, A, B, OPTIONS)\n\nA minimum of a function of one variable between A and B.\n\n    fminbnd (@(x) (x - 1) ^ 2, 0, 3)\n",
    ),
    Builtin::new(
        "fminsearch",
        (2, 3),
        3,
        |host, args, _| simplex(host, "fminsearch", args, 1e-7),
        "[X, FVAL, INFO] = fminsearch (F, X0), fminsearch (F, X0, OPTIONS)\n\nA minimum near X0 by a simplex search, without derivatives.\n\n    fminsearch (@(x) sum ((x - [1 2]) .^ 2), [0 0])\n",
    ),
    Builtin::new(
        "fminunc",
        (2, 3),
        3,
        |host, args, _| simplex(host, "fminunc", args, 1e-10),
        "[X, FVAL, INFO] = fminunc (F, X0), fminunc (F, X0, OPTIONS)\n\nA minimum near X0, to tighter tolerances than fminsearch.\n\n    fminunc (@(x) sum ((x - [1 2]) .^ 2), [0 0])\n",
    ),
    Builtin::new(
        "lsqnonneg",
        (2, 4),
        3,
        lsqnonneg,
        "[X, RESNORM, RESIDUAL] = lsqnonneg (C, D)\n\nThe X without negative elements that makes norm (C * X - D) least.\n\n    lsqnonneg ([1 0; 0 1], [1; -1])\n",
    ),
    one_dimensional!(
        "integral",
        true,
        "The integral of F from A to B; F takes vectors, unless \"ArrayValued\" is true. Options \"AbsTol\" and \"RelTol\"."
    ),
    one_dimensional!("quadgk", true, "The integral of F from A to B by the Gauss-Kronrod rule; ends may be infinite."),
    one_dimensional!("quadl", true, "The integral of F from A to B; F takes vectors."),
    one_dimensional!("quad", false, "The integral of F from A to B; F is called with one number at a time."),
    one_dimensional!("quadv", false, "The integral of F from A to B; F is called with one number at a time."),
    Builtin::new(
        "integral2",
        (5, 9),
        2,
        |host, args, _| double(host, "integral2", args),
        "integral2 (F, XA, XB, YA, YB)\n\nThe integral of F (X, Y) over a rectangle, or between functions YA and YB of X.\n\n    integral2 (@(x, y) x .* y, 0, 1, 0, 2)\n",
    ),
    Builtin::new(
        "dblquad",
        (5, 7),
        1,
        |host, args, _| double(host, "dblquad", &args[..5]),
        "dblquad (F, XA, XB, YA, YB)\n\nThe integral of F (X, Y) over a rectangle.\n\n    dblquad (@(x, y) x .* y, 0, 1, 0, 2)\n",
    ),
    Builtin::new(
        "ode45",
        (3, 4),
        2,
        ode45,
        "[T, Y] = ode45 (F, TRANGE, INIT), ode45 (F, TRANGE, INIT, OPTIONS)\n\nThe solution of y' = F (t, y) from INIT, one row a time; more than two times in TRANGE are those shown.\n\n    [t, y] = ode45 (@(t, y) -y, [0 1], 1);\n",
    ),
    Builtin::new(
        "optimset",
        (0, usize::MAX),
        1,
        optimset,
        "optimset (NAME, VALUE, ...), optimset (OLD, NAME, VALUE, ...)\n\nOptions of the solvers as a struct.\n\n    optimset (\"TolX\", 1e-8)\n",
    ),
    Builtin::new(
        "optimget",
        (2, 3),
        1,
        optimget,
        "optimget (OPTIONS, NAME), optimget (OPTIONS, NAME, DEFAULT)\n\nAn option, or DEFAULT ([]) where it is not set.\n\n    optimget (optimset (\"TolX\", 1), \"TolX\")\n",
    ),
];
