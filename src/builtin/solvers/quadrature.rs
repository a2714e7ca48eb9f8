//! Definite integrals in one and two dimensions.

use super::gauss_kronrod::{Integral, Tolerances, along};
use super::{function, number, value};
use crate::array::{Complex64, DType, Shape};
use crate::builtin::api::{Builtin, Host, Values};
use crate::builtin::args::{numbers, scalar, several, usage};
use crate::builtin::numeric::{self, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::{Func, Value};

/// What a call asks of a quadrature besides the limits: positional, or by name.
struct Wanted {
    tolerances: Tolerances,
    /// The integrand takes one number at a time, and may give an array.
    by_element: bool,
    /// Points that the path goes through.
    waypoints: Vec<Complex64>,
}

fn wanted(host: &mut dyn Host, who: &str, args: &[Value]) -> Result<Wanted> {
    let (mut absolute, mut relative, mut by_element, mut waypoints) = (1e-10, 1e-6, false, Vec::new());
    let named = matches!(args.first(), Some(Value::Char(..)));
    let only_named = matches!(who, "integral" | "integral2");
    if (named || only_named) && !args.len().is_multiple_of(2) {
        return Err(if only_named { usage(who) } else { fault!("{who}: property/value options must occur in pairs") });
    }
    if (named || only_named) && args.iter().step_by(2).any(|name| !matches!(name, Value::Char(..))) {
        return Err(fault!("{who}: property PROP must be a string"));
    }
    if who == "quadgk" && !named && args.len() > 2 {
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
                    "waypoints" => waypoints = Wide::new(host, x, who)?.complex(),
                    "method" | "vectorized" | "maxintervalcount" | "trace" => {}
                    _ => return Err(fault!("{who}: unknown property '{name}'")),
                }
                at += 2;
            }
            None => {
                let list = numbers(who, &args[at])?;
                if at == 0 && who == "quadgk" {
                    absolute = tolerance("AbsTol", &args[at])?;
                } else if at == 0 && who == "quadv" && !args[at].is_empty() {
                    absolute = tolerance("TOL", &args[at])?;
                } else if at == 0 {
                    absolute = list.first().copied().unwrap_or(absolute);
                    relative = list.get(1).copied().unwrap_or(relative);
                }
                at += 1;
            }
        }
    }
    let tolerances = Tolerances { absolute, relative: relative.max(1e-14) };
    Ok(Wanted { tolerances, by_element, waypoints })
}

/// The limits of an integral and the points between, as a path. Between real limits a point beyond them is none of it.
fn path(who: &str, a: &Value, b: &Value, waypoints: &[Complex64]) -> Result<Vec<Complex64>> {
    let end = |what: &str, x: &Value| match x.is_scalar().then(|| x.to_block()) {
        Some(block) if x.dtype().is_some() => Ok(block?.data().get_c64(0)),
        _ => Err(fault!("{who}: {what} must be a scalar")),
    };
    let (a, b) = (end("A", a)?, end("B", b)?);
    let mut between = waypoints.to_vec();
    if a.im == 0.0 && b.im == 0.0 && between.iter().all(|z| z.im == 0.0) {
        between.retain(|z| a.re.min(b.re) < z.re && z.re < a.re.max(b.re));
        between.sort_by(|x, y| x.re.total_cmp(&y.re));
        if a.re > b.re {
            between.reverse();
        }
    }
    Ok([&[a][..], &between, &[b]].concat())
}

/// Points as the argument of an integrand: real where all of them are.
fn argument(points: &[Complex64]) -> Value {
    numeric::complex(Shape::matrix(1, points.len()), points.to_vec(), false)
}

/// How a function wants its integrand to be called.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Vectors,
    /// One number at a time, for one number.
    Scalars,
    /// One number at a time, for an array.
    Arrays,
}

fn quad(host: &mut dyn Host, who: &'static str, args: &[Value], takes: Takes) -> Result<Values> {
    let f = function(host, who, &args[0])?;
    // Behind TOL and TRACE stands what the integrand is given besides.
    let (options, besides) = match who {
        "quadv" | "quadl" => args[3..].split_at(args[3..].len().min(2)),
        _ => (&args[3..], &[][..]),
    };
    let given = |x: &[Complex64]| [&[argument(x)], besides].concat();
    let Wanted { mut tolerances, by_element, waypoints } = wanted(host, who, options)?;
    let path = path(who, &args[1], &args[2], &waypoints)?;
    let takes = if by_element { Takes::Arrays } else { takes };
    if who != "quadgk" {
        tolerances.relative = tolerances.relative.min(1e-10);
    }
    let mut shape = Shape::scalar();
    let mut first = true;
    let found = along(host, &path, tolerances, &mut |host, x| match takes {
        Takes::Vectors => {
            let y = value(host, &f, &given(x))?;
            let y = Wide::new(host, &y, who)?;
            if y.len() != x.len() {
                return Err(fault!("{who}: the integrand must return a value for each element of its argument")
                    .hint("write it with .* ./ .^, or give \"ArrayValued\", true"));
            }
            Ok(y.complex())
        }
        Takes::Scalars => x.iter().map(|x| Ok(number(host, who, &f, argument(&[*x]))?.into())).collect(),
        Takes::Arrays => {
            let mut values = Vec::with_capacity(x.len());
            for x in x {
                let y = value(host, &f, &given(&[*x]))?;
                let y = Wide::new(host, &y, who)?;
                if std::mem::take(&mut first) {
                    shape = y.shape.clone();
                } else if y.shape != shape {
                    return Err(fault!("{who}: FCN must return arrays of one size"));
                }
                values.extend(y.complex());
            }
            Ok(values)
        }
    })?;
    let Integral { mut values, error, points } = found;
    values.resize(shape.len(), Complex64::ZERO);
    let single = args[1..3].iter().any(|x| x.dtype() == Some(DType::F32));
    let q = numeric::complex(shape, values, single);
    let points = points as f64;
    match who {
        "quad" => several([q, 0.0.into(), points.into(), error.into()]),
        "quadv" | "quadl" => several([q, points.into()]),
        _ => several([q, error.into()]),
    }
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
    let complex = |x: &Value| x.dtype().is_some_and(DType::is_complex);
    if args[1..3].iter().any(complex) {
        return Err(usage(who));
    }
    for (name, limit) in ["YA", "YB"].into_iter().zip(&args[3..5]) {
        if complex(limit) {
            return Err(fault!("{who}: {name} must be a real scalar or a function"));
        }
    }
    let (a, b) = (scalar(who, "XA", &args[1])?, scalar(who, "XB", &args[2])?);
    let tolerances = wanted(host, who, args.get(5..).unwrap_or(&[]))?.tolerances;
    let found = along(host, &[a.into(), b.into()], tolerances, &mut |host, outer| {
        let mut results = Vec::with_capacity(outer.len());
        for x in outer {
            let (low, high) = (bound(host, who, &args[3], x.re)?, bound(host, who, &args[4], x.re)?);
            results.push(inner(host, who, &f, x.re, (low, high), tolerances)?);
        }
        Ok(results)
    })?;
    let q = found.values.first().copied().unwrap_or_default();
    several([numeric::complex(Shape::scalar(), vec![q], false), found.error.into()])
}

/// The integral over y at one x.
fn inner(
    host: &mut dyn Host,
    who: &str,
    f: &Func,
    x: f64,
    (low, high): (f64, f64),
    tolerances: Tolerances,
) -> Result<Complex64> {
    let found = along(host, &[low.into(), high.into()], tolerances, &mut |host, y| {
        let z = value(host, f, &[Value::row(vec![x; y.len()]), argument(y)])?;
        let z = Wide::new(host, &z, who)?;
        if z.len() == y.len() {
            Ok(z.complex())
        } else {
            Err(fault!("{who}: the integrand must work element by element"))
        }
    })?;
    Ok(found.values.first().copied().unwrap_or_default())
}

macro_rules! one_dimensional {
    ($name:literal, $most:expr, $outs:literal, $takes:expr, $forms:literal, $help:literal) => {
        Builtin::new(
            $name,
            (3, $most),
            $outs,
            |host, args, _| quad(host, $name, args, $takes),
            concat!($forms, "\n\n", $help, "\n\n    ", $name, " (@(x) x .^ 2, 0, 3)\n"),
        )
    };
}

pub const TABLE: &[Builtin] = &[
    one_dimensional!(
        "integral",
        21,
        2,
        Takes::Vectors,
        "[Q, ERR] = integral (F, A, B, ...)",
        "The integral of F from A to B; F takes vectors, unless \"ArrayValued\" is true: then it takes one number and may give an array. Options \"AbsTol\", \"RelTol\", and \"Waypoints\", which the path goes through."
    ),
    one_dimensional!(
        "quadgk",
        21,
        2,
        Takes::Vectors,
        "[Q, ERR] = quadgk (F, A, B, ABSTOL, TRACE), quadgk (F, A, B, NAME, VALUE, ...)",
        "The integral of F from A to B by the Gauss-Kronrod rule; ends may be infinite, or complex as the \"Waypoints\" of the path may be."
    ),
    one_dimensional!(
        "quadl",
        usize::MAX,
        2,
        Takes::Vectors,
        "[Q, NFUN] = quadl (F, A, B, TOL, TRACE, P1, P2, ...)",
        "The integral of F (X, P1, P2, ...) from A to B; F takes vectors."
    ),
    one_dimensional!(
        "quad",
        5,
        4,
        Takes::Scalars,
        "[Q, IER, NFUN, ERR] = quad (F, A, B, TOL)",
        "The integral of F from A to B; F is called with one number at a time. IER is 0, NFUN the number of calls."
    ),
    one_dimensional!(
        "quadv",
        usize::MAX,
        2,
        Takes::Arrays,
        "[Q, NFUN] = quadv (F, A, B, TOL, TRACE, P1, P2, ...)",
        "The integral of F (X, P1, P2, ...) from A to B; F is called with one number at a time and may give an array."
    ),
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
