//! Definite integrals in one and two dimensions.
//!
//! Source: Piessens and others, QUADPACK (1983), for the pair of rules.

use super::{function, number, value};
use crate::builtin::api::{Builtin, Host, Values};
use crate::builtin::args::{numbers, scalar, several, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

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
fn tolerances(who: &str, args: &[Value]) -> Result<(f64, f64, bool)> {
    let (mut absolute, mut relative, mut by_element) = (1e-10, 1e-6, false);
    let named = matches!(args.first(), Some(Value::Char(..)));
    let only_named = matches!(who, "integral" | "integral2");
    if (named || only_named) && !args.len().is_multiple_of(2) {
        return Err(if only_named { usage(who) } else { fault!("{who}: property/value options must occur in pairs") });
    }
    if (named || only_named) && args.iter().step_by(2).any(|name| !matches!(name, Value::Char(..))) {
        return Err(fault!("{who}: property PROP must be a string"));
    }
    if who == "quadgk" && !named && args.len() > 3 {
        return Err(fault!("quadgk: can not pass additional arguments to user function"));
    }
    let tolerance = |name: &str, x: &Value| match x.to_f64().filter(|_| x.is_scalar()) {
        Some(v) if v >= 0.0 => Ok(v),
        _ if only_named => Err(fault!("{who}: {name} value must be a numeric scalar >= 0")),
        _ => Err(fault!("{who}: {} must be a scalar >=0", name.to_uppercase())),
    };
    let mut at = 0;
    while at < args.len() {
        match args[at].to_text().filter(|_| matches!(args[at], Value::Char(..))).map(|t| t.to_lowercase()) {
            Some(name) => {
                let x = args.get(at + 1).ok_or_else(|| fault!("integral: an option needs a value"))?;
                match name.as_str() {
                    "abstol" => absolute = tolerance("AbsTol", x)?,
                    "reltol" => relative = tolerance("RelTol", x)?,
                    "arrayvalued" => by_element = crate::builtin::args::flag(x),
                    // The rule samples where it must, whole rows at a time, one integral inside the other.
                    "vectorized" if !(matches!(x, Value::Bool(_)) || x.to_f64().is_some() && x.is_scalar()) => {
                        return Err(fault!("{who}: Vectorized must be a logical value"));
                    }
                    "waypoints" | "method" | "vectorized" | "maxintervalcount" | "trace" => {}
                    _ => return Err(fault!("{who}: unknown property '{name}'")),
                }
                at += 2;
            }
            None => {
                let list = numbers(who, &args[at])?;
                if who == "quadgk" && at < 2 {
                    let x = tolerance(if at == 0 { "AbsTol" } else { "RelTol" }, &args[at])?;
                    *(if at == 0 { &mut absolute } else { &mut relative }) = x;
                } else if at == 0 {
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
    let (absolute, relative, by_element) = tolerances(who, &args[3..])?;
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
    let (absolute, relative, _) = tolerances(who, args.get(5..).unwrap_or(&[]))?;
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

macro_rules! one_dimensional {
    ($name:literal, $vector:literal, $help:literal) => {
        Builtin::new(
            $name,
            (3, 21),
            2,
            |host, args, _| quad(host, $name, args, $vector),
            concat!("[Q, ERR] = ", $name, " (F, A, B, ...)\n\n", $help, "\n\n    ", $name, " (@(x) x .^ 2, 0, 3)\n"),
        )
    };
}

pub const TABLE: &[Builtin] = &[
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
        (5, 15),
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
];
