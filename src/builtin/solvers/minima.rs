//! Zeros and minima of functions, and least squares without negative elements.
//!
//! Sources: Brent, Algorithms for Minimization without Derivatives (1973); Lagarias, Reeds, Wright and Wright, SIAM
//! Journal on Optimization 9 (1998), for the simplex search; Lawson and Hanson, Solving Least Squares Problems (1974),
//! chapter 23.

use super::{function, number, option, value};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, scalar, several};
use crate::builtin::math::solve::least_squares;
use crate::builtin::math::{Mat, mat::norm2};
use crate::builtin::numeric::{Matrix, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::cell::Cell;
use std::sync::Arc;

fn fzero(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let f = function(host, "fzero", &args[0])?;
    let start = numbers("fzero", &args[1])?;
    let tolerance = option(args.get(2), "TolX", f64::EPSILON);
    let calls = Cell::new(0);
    let at = |host: &mut dyn Host, x: f64| {
        calls.set(calls.get() + 1);
        number(host, "fzero", &f, Value::Num(x))
    };
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
        return Err(fault!("fzero: not a valid initial bracketing").id("Octave:fzero:bracket"));
    }
    let (mut c, mut fc, mut d, mut e) = (a, fa, b - a, b - a);
    let mut rounds = 0.0;
    while rounds < 500.0 {
        rounds += 1.0;
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
    let mut report = report(rounds, &calls, "bisection, interpolation");
    report.set("bracketx", Value::row(vec![b.min(c), b.max(c)]));
    report.set("brackety", Value::row(if b < c { vec![fb, fc] } else { vec![fc, fb] }));
    several([b.into(), fb.into(), 1.0.into(), Value::Struct(Arc::new(report))])
}

/// What a search did, as its last result.
fn report(rounds: f64, calls: &Cell<usize>, algorithm: &str) -> Struct {
    let mut report = Struct::scalar();
    report.set("iterations", Value::Num(rounds));
    report.set("funcCount", Value::Num(calls.get() as f64));
    report.set("algorithm", Value::text(algorithm));
    report
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
    let calls = Cell::new(0);
    let at = |host: &mut dyn Host, x: f64| {
        calls.set(calls.get() + 1);
        number(host, "fminbnd", &f, Value::Num(x))
    };
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
    let mut report = report(rounds, &calls, "golden section search, parabolic interpolation");
    report.set("bracket", Value::row(vec![a, b]));
    several([x.into(), fx.into(), Value::Num(converged as u8 as f64), Value::Struct(Arc::new(report))])
}

/// The minimum near a point by the simplex search, in the shape of the start.
fn fminsearch(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (who, tolerance) = ("fminsearch", 1e-7);
    let f = function(host, who, &args[0])?;
    let start = Wide::new(host, &args[1], who)?;
    let shape = start.shape.clone();
    let start = start.real(who)?;
    let n = start.len();
    let close_x = option(args.get(2), "TolX", tolerance);
    let close_f = option(args.get(2), "TolFun", tolerance);
    let most = option(args.get(2), "MaxIter", 400.0 * n.max(1) as f64);
    let most_calls = option(args.get(2), "MaxFunEvals", f64::INFINITY);
    let more = args.get(3..).unwrap_or(&[]);
    let as_value = |x: &[f64]| crate::builtin::numeric::real(shape.clone(), x.to_vec(), false);
    let calls = Cell::new(0);
    let at = |host: &mut dyn Host, x: &[f64]| -> Result<f64> {
        calls.set(calls.get() + 1);
        let y = value(host, &f, &[&[as_value(x)][..], more].concat())?;
        y.to_f64().ok_or_else(|| fault!("{who}: FCN must return a scalar"))
    };
    let mut points = vec![(at(host, &start)?, start.clone())];
    for k in 0..n {
        let mut x = start.clone();
        x[k] = if x[k] == 0.0 { 0.00025 } else { x[k] * 1.05 };
        points.push((at(host, &x)?, x));
    }
    let mut rounds = 0.0;
    let mut converged = false;
    while rounds < most && (calls.get() as f64) < most_calls {
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
    let report = report(rounds, &calls, "Nelder-Mead simplex direct search");
    let info = Value::Num(converged as u8 as f64);
    several([as_value(&points[0].1), points[0].0.into(), info, Value::Struct(Arc::new(report))])
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
    let mut rounds = 0.0;
    for _ in 0..10 * n.max(1) {
        rounds += 1.0;
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
                // Not a number where the columns overflow: that is bound again, too.
                if x.a[j].is_nan() || x.a[j] <= tolerance {
                    x.a[j] = 0.0;
                    free[j] = false;
                }
            }
            if chosen.iter().all(|&j| free[j]) {
                break;
            }
        }
    }
    let residual = d.minus(&c.times(&x));
    let square = norm2(&residual.a).powi(2);
    // The multipliers of the bounds: the slope of what is made least where x is held at zero.
    let mut multipliers = transposed.times(&residual).a;
    multipliers.iter_mut().zip(&free).filter(|(_, free)| **free).for_each(|(slope, _)| *slope = 0.0);
    let mut output = Struct::scalar();
    output.set("algorithm", Value::text("nnls"));
    output.set("iterations", Value::Num(rounds));
    several([
        Value::column(x.a),
        square.into(),
        Value::column(residual.a),
        rounds.into(),
        Value::Struct(Arc::new(output)),
        Value::column(multipliers),
    ])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "fzero",
        (2, 3),
        4,
        fzero,
        "[X, FVAL, INFO, OUTPUT] = fzero (F, X0), fzero (F, [A B]), fzero (..., OPTIONS)\n\nA zero of a function of one variable, near X0 or where its sign changes between A and B.\n\n    fzero (@(x) x - 2, [0 5])\n",
    ),
    Builtin::new(
        "fminbnd",
        (3, 4),
        4,
        fminbnd,
        "[X, FVAL, INFO, OUTPUT] = fminbnd (F, A, B), fminbnd (F, A, B, OPTIONS)\n\nA minimum of a function of one variable between A and B.\n\n    fminbnd (@(x) (x - 1) ^ 2, 0, 3)\n",
    ),
    Builtin::new(
        "fminsearch",
        (2, usize::MAX),
        4,
        fminsearch,
        "[X, FVAL, INFO, OUTPUT] = fminsearch (F, X0), fminsearch (F, X0, OPTIONS, ...)\n\nA minimum near X0 by a simplex search, without derivatives; more arguments are passed on to F.\n\n    fminsearch (@(x) sum ((x - [1 2]) .^ 2), [0 0])\n",
    ),
    Builtin::new(
        "lsqnonneg",
        (2, 4),
        6,
        lsqnonneg,
        "[X, RESNORM, RESIDUAL, INFO, OUTPUT, LAMBDA] = lsqnonneg (C, D)\n\nThe X without negative elements that makes norm (C * X - D) least; LAMBDA are the multipliers of the bounds.\n\n    lsqnonneg ([1 0; 0 1], [1; -1])\n",
    ),
];
