//! Arrays from nothing: constants, fills, identities, ranges of points. Large ones are formulas that wait.

use crate::array::{Block, Complex64, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, scalar, size, trailing_class, usage};
use crate::builtin::numbers::elementwise::NA;
use crate::builtin::numeric::{self, Wide};
use crate::builtin::ops::{diagonal, lazy};
use crate::diag::Result;
use crate::fault;
use crate::kernel::Formula;
use crate::value::Value;

/// An array of one number.
fn filled(host: &mut dyn Host, who: &str, x: f64, args: &[Value], call: Call) -> Result<Values> {
    let (dims, class) = trailing_class(who, args)?;
    // Only zero and one exist in every class.
    if class.is_some_and(|class| !class.is_float()) && x != 0.0 && x != 1.0 {
        return Err(match dims.len() + 1 == args.len() {
            true => fault!("{who}: invalid class name"),
            false => fault!("{who}: input followed by 'like' must be floating point"),
        });
    }
    let shape = size(who, dims)?;
    let dtype = class.unwrap_or(DType::F64);
    if shape.is_scalar() && dtype == DType::F64 {
        return one(x);
    }
    one(lazy::formula(host, Formula::Fill { bits: x.to_bits(), dtype }, shape, call.span)?)
}

macro_rules! constant {
    ($name:literal, $value:expr, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (0, usize::MAX),
            1,
            |host, args, call| filled(host, $name, $value, args, call),
            concat!(
                $name,
                ", ",
                $name,
                " (M, N, ...), ",
                $name,
                " (..., CLASS)\n\n",
                $help,
                "\n\n    ",
                $example,
                "\n"
            ),
        )
    };
}

/// `true (m, n)`, `false (m, n)`.
fn truth(host: &mut dyn Host, who: &str, x: bool, args: &[Value], call: Call) -> Result<Values> {
    let shape = size(who, args)?;
    if shape.is_scalar() {
        return one(x);
    }
    let formula = Formula::Fill { bits: (x as u8 as f64).to_bits(), dtype: DType::Bool };
    one(lazy::formula(host, formula, shape, call.span)?)
}

fn imaginary(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (dims, class) = trailing_class("i", args)?;
    let shape = size("i", dims)?;
    room::check(&shape, size_of::<Complex64>())?;
    let values = vec![Complex64::I; shape.len()];
    one(numeric::complex(shape, values, class == Some(DType::F32)))
}

fn eye(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (dims, class) = trailing_class("eye", args)?;
    if dims.len() > 2 {
        return Err(usage("eye"));
    }
    let shape = size("eye", dims)?;
    if shape.rank() != 2 {
        return Err(usage("eye"));
    }
    let dtype = class.unwrap_or(DType::F64);
    let (rows, columns) = (shape.rows(), shape.columns());
    // A diagonal matrix takes little memory however large it is.
    if matches!(dtype, DType::F64 | DType::F32) {
        room::check(&Shape::matrix(rows.min(columns), 1), size_of::<f64>())?;
        let ones = Block::dense(Shape::matrix(rows.min(columns), 1), Data::F64(vec![1.0; rows.min(columns)]));
        let ones = if dtype == DType::F32 { crate::builtin::ops::elementwise::to_single(ones) } else { ones };
        return one(diagonal::value(rows, columns, ones));
    }
    one(lazy::formula(host, Formula::Eye { dtype }, shape, call.span)?)
}

/// Distance from a double to the next larger one, elementwise; or the constant.
fn eps(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let numeric = |x: &Value| x.dtype().is_some_and(DType::is_float);
    match args {
        [x] if numeric(x) => {
            let x = Wide::new(host, x, "eps")?;
            let (shape, single) = (x.shape.clone(), x.single);
            let spacing = |v: f64| {
                let v = v.abs();
                if !v.is_finite() {
                    f64::NAN
                } else if single && (v as f32) < f32::MIN_POSITIVE {
                    f32::from_bits(1) as f64
                } else if single {
                    let v = v as f32;
                    f32::from_bits(v.to_bits() & !((1 << 23) - 1)) as f64 * f32::EPSILON as f64
                } else if v < f64::MIN_POSITIVE {
                    f64::from_bits(1)
                } else {
                    let power = f64::from_bits(v.to_bits() & !((1 << 52) - 1));
                    let spacing = power * f64::EPSILON;
                    if spacing == 0.0 { f64::from_bits(1) } else { spacing }
                }
            };
            one(numeric::real(shape, x.real("eps")?.into_iter().map(spacing).collect(), single))
        }
        [x] if x.dtype().is_none_or(|d| d == DType::Bool || d.is_integer()) => {
            Err(fault!("eps: X must be of a floating point type"))
        }
        _ => by_precision(host, "eps", f64::EPSILON, f32::EPSILON, args, call),
    }
}

/// A constant that differs between double and single.
fn by_precision(
    host: &mut dyn Host,
    who: &str,
    double: f64,
    single: f32,
    args: &[Value],
    call: Call,
) -> Result<Values> {
    let (dims, class) = trailing_class(who, args)?;
    let (x, dtype) = match class {
        None | Some(DType::F64) => (double, DType::F64),
        Some(DType::F32) => (single as f64, DType::F32),
        Some(_) => return Err(fault!("{who}: invalid class name")),
    };
    let shape = size(who, dims)?;
    if shape.is_scalar() && dtype == DType::F64 {
        return one(x);
    }
    one(lazy::formula(host, Formula::Fill { bits: x.to_bits(), dtype }, shape, call.span)?)
}

/// The class an argument names or has.
fn class_of(who: &str, args: &[Value], default: DType) -> Result<DType> {
    let Some(x) = args.first() else { return Ok(default) };
    if who.starts_with("int") && !matches!(x, Value::Char(..)) && x.dtype().is_none_or(|d| !d.is_integer()) {
        return Err(fault!("{who}: argument must be a string or integer variable"));
    }
    let name = x.to_text().filter(|_| matches!(x, Value::Char(..))).unwrap_or_else(|| x.class().to_owned());
    let of = if who == "flintmax" { format!("class '{name}'") } else { format!("'{name}' objects") };
    DType::from_class(&name).filter(|d| *d != DType::Char).ok_or_else(|| fault!("{who}: not defined for {of}"))
}

fn int_limit(who: &str, args: &[Value], most: bool) -> Result<Values> {
    let dtype = class_of(who, args, DType::I32)?;
    macro_rules! limit {
        ($t:ty) => {
            Block::scalar(if most { <$t>::MAX } else { <$t>::MIN })
        };
    }
    one(match dtype {
        DType::I8 => limit!(i8),
        DType::I16 => limit!(i16),
        DType::I32 => limit!(i32),
        DType::I64 => limit!(i64),
        DType::U8 => limit!(u8),
        DType::U16 => limit!(u16),
        DType::U32 => limit!(u32),
        DType::U64 => limit!(u64),
        other => return Err(fault!("{who}: not defined for '{}' objects", other.class())),
    })
}

fn flintmax(args: &[Value]) -> Result<Values> {
    match class_of("flintmax", args, DType::F64)? {
        DType::F64 => one(9007199254740992.0),
        DType::F32 => one(Block::scalar(16777216f32)),
        other => Err(fault!("flintmax: not defined for class '{}'", other.class())),
    }
}

/// `linspace (a, b, n)`; columns give one row of points each.
fn linspace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let n = match args.get(2) {
        None => 100,
        Some(x) => scalar("linspace", "N", x).map(|n| if n.is_nan() { 1.0 } else { n.floor().max(1.0) })? as usize,
    };
    let zero = args.get(2).and_then(Value::to_f64).is_some_and(|n| n < 1.0);
    if !args[0].shape().is_vector() || !args[1].shape().is_vector() {
        return Err(fault!("linspace: START, END must be scalars or vectors"));
    }
    if let (Value::Num(a), Value::Num(b)) = (&args[0], &args[1])
        && a.is_finite()
        && b.is_finite()
        && lazy::waits(host, &[], &Shape::matrix(1, n), DType::F64)
    {
        let step = (b - a) / (n as f64 - 1.0);
        let formula = Formula::Linear { start: a.to_bits(), step: step.to_bits(), last: b.to_bits() };
        return one(lazy::formula(host, formula, Shape::matrix(1, n), call.span)?);
    }
    let (a, b) = (Wide::new(host, &args[0], "linspace")?, Wide::new(host, &args[1], "linspace")?);
    let rows = a.len().max(b.len());
    if a.len() != rows && a.len() != 1 || b.len() != rows && b.len() != 1 {
        return Err(fault!("linspace: vectors must be of equal length"));
    }
    let single = a.single || b.single;
    if zero {
        return one(numeric::real(Shape::matrix(rows, 0), Vec::new(), single));
    }
    let shape = Shape::matrix(rows, n);
    if a.is_complex() || b.is_complex() {
        let (a, b) = (a.complex(), b.complex());
        let values = points(&a, &b, n, |a, b, k| {
            let step = (b - a) / (n as f64 - 1.0);
            a + step * k as f64
        });
        return one(numeric::complex(shape, values, single));
    }
    let (a, b) = (a.re(), b.re());
    // From both ends towards the middle, so that the points are symmetric.
    let values = points(&a, &b, n, |a, b, k| {
        let step = (b - a) / (n as f64 - 1.0);
        let step = if a == b { 0.0 } else { step };
        if k < n.div_ceil(2) { a + k as f64 * step } else { b - (n - 1 - k) as f64 * step }
    });
    let mut values = values;
    if n % 2 == 1 && n > 2 {
        for (row, (x, y)) in cycle(&a, rows).zip(cycle(&b, rows)).enumerate() {
            if x == -y {
                values[n / 2 * rows + row] = 0.0;
            }
        }
    }
    one(numeric::real(shape, values, single))
}

fn cycle<T: Copy>(x: &[T], rows: usize) -> impl Iterator<Item = T> + '_ {
    (0..rows).map(|r| x[if x.len() == 1 { 0 } else { r }])
}

/// Column after column of points; the first and the last are exact.
fn points<T: Copy>(a: &[T], b: &[T], n: usize, at: impl Fn(T, T, usize) -> T) -> Vec<T> {
    let rows = a.len().max(b.len());
    room::ensure(rows, n, size_of::<T>());
    let mut out = Vec::with_capacity(rows * n);
    if let (&[x], &[y], 2..) = (a, b, n) {
        out.push(x);
        out.extend((1..n - 1).map(|k| at(x, y, k)));
        out.push(y);
        return out;
    }
    for k in 0..n {
        for (x, y) in cycle(a, rows).zip(cycle(b, rows)) {
            out.push(if k + 1 == n {
                y
            } else if k == 0 {
                x
            } else {
                at(x, y, k)
            });
        }
    }
    out
}

/// `logspace (a, b, n)`: powers of ten; `b == pi` means up to pi.
fn logspace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let n = match args.get(2) {
        None => 50.0,
        Some(x) => scalar("logspace", "N", x)?,
    };
    for x in &args[..2] {
        if !x.is_scalar() {
            return Err(fault!("logspace: arguments A, B, and N must be scalar values"));
        }
    }
    let mut end = args[1].clone();
    let to_pi = end.to_f64() == Some(std::f64::consts::PI);
    if to_pi {
        end = Value::Num(std::f64::consts::PI.log10());
    }
    let exponents = linspace(host, &[args[0].clone(), end, Value::Num(n)], call)?.remove(0);
    let ten = Value::Num(10.0);
    let powers = crate::builtin::ops::binary(host, crate::syntax::ast::BinaryOp::ElPow, &ten, &exponents, call.span)?;
    one(powers)
}

/// `cell (m, n)`-like sizes are elsewhere; this is `resize (x, m, n)`: cut or padded with zeros.
fn resize(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = size("resize", &args[1..])?;
    let x = &args[0];
    if matches!(x, Value::Lazy(_)) && !shape.is_empty() {
        return one(crate::builtin::large::shape::resized(host, x, &shape, call.span)?);
    }
    let old = x.shape();
    let from =
        crate::builtin::ops::pick::positions_by_axis(&shape, &old, |axis, c| (c < old.extent(axis)).then_some(c));
    one(crate::builtin::ops::pick::pick(host, "resize", x, shape, &from)?)
}

pub const TABLE: &[Builtin] = &[
    constant!("zeros", 0.0, "An array of zeros.", "zeros (2, 3)"),
    constant!("ones", 1.0, "An array of ones.", "ones (2, 3)"),
    constant!("Inf", f64::INFINITY, "Infinity, or an array of it.", "Inf (1, 2)"),
    constant!("inf", f64::INFINITY, "Infinity, or an array of it.", "inf (1, 2)"),
    constant!("NaN", f64::NAN, "Not a number, or an array of it.", "NaN (1, 2)"),
    constant!("nan", f64::NAN, "Not a number, or an array of it.", "nan (1, 2)"),
    constant!("NA", NA, "The missing value, or an array of it.", "NA (1, 2)"),
    constant!("pi", std::f64::consts::PI, "The ratio of a circle's circumference to its diameter.", "pi"),
    constant!("e", std::f64::consts::E, "The base of the natural logarithm.", "e"),
    Builtin::new(
        "true",
        (0, usize::MAX),
        1,
        |h, a, c| truth(h, "true", true, a, c),
        "true, true (M, N, ...)\n\nLogical true, or an array of it.\n\n    true (1, 2)\n",
    ),
    Builtin::new(
        "false",
        (0, usize::MAX),
        1,
        |h, a, c| truth(h, "false", false, a, c),
        "false, false (M, N, ...)\n\nLogical false, or an array of it.\n\n    false (1, 2)\n",
    ),
    Builtin::new("i", (0, usize::MAX), 1, imaginary, "i\n\nThe imaginary unit.\n\n    i * i\n"),
    Builtin::new("j", (0, usize::MAX), 1, imaginary, "j\n\nThe imaginary unit.\n\n    j * j\n"),
    Builtin::new("I", (0, usize::MAX), 1, imaginary, "I\n\nThe imaginary unit.\n\n    I * I\n"),
    Builtin::new("J", (0, usize::MAX), 1, imaginary, "J\n\nThe imaginary unit.\n\n    J * J\n"),
    Builtin::new(
        "eye",
        (0, 3),
        1,
        eye,
        "eye (N), eye (M, N), eye (..., CLASS)\n\nThe identity matrix; of a float class it is kept as a diagonal matrix.\n\n    eye (2)\n",
    ),
    Builtin::new(
        "eps",
        (0, usize::MAX),
        1,
        eps,
        "eps, eps (X), eps (M, N, ..., CLASS)\n\nThe spacing of floating point numbers at 1, or at X.\n\n    eps (1000)\n",
    ),
    Builtin::new(
        "realmax",
        (0, usize::MAX),
        1,
        |h, a, c| by_precision(h, "realmax", f64::MAX, f32::MAX, a, c),
        "realmax, realmax (M, N, ..., CLASS)\n\nThe largest finite number.\n\n    realmax\n",
    ),
    Builtin::new(
        "realmin",
        (0, usize::MAX),
        1,
        |h, a, c| by_precision(h, "realmin", f64::MIN_POSITIVE, f32::MIN_POSITIVE, a, c),
        "realmin, realmin (M, N, ..., CLASS)\n\nThe smallest positive normal number.\n\n    realmin\n",
    ),
    Builtin::new(
        "intmax",
        (0, 1),
        1,
        |_, a, _| int_limit("intmax", a, true),
        "intmax, intmax (CLASS), intmax (X)\n\nThe largest integer of a class, int32 by default.\n\n    intmax (\"int8\")\n",
    ),
    Builtin::new(
        "intmin",
        (0, 1),
        1,
        |_, a, _| int_limit("intmin", a, false),
        "intmin, intmin (CLASS), intmin (X)\n\nThe smallest integer of a class, int32 by default.\n\n    intmin (\"int8\")\n",
    ),
    Builtin::new(
        "flintmax",
        (0, 1),
        1,
        |_, a, _| flintmax(a),
        "flintmax, flintmax (CLASS)\n\nThe largest N such that all integers up to N are floating point numbers.\n\n    flintmax\n",
    ),
    Builtin::new(
        "linspace",
        (2, 3),
        1,
        linspace,
        "linspace (START, END), linspace (START, END, N)\n\nN (100) points at equal distances, ends included.\n\n    linspace (0, 1, 5)\n",
    ),
    Builtin::new(
        "logspace",
        (2, 3),
        1,
        logspace,
        "logspace (A, B), logspace (A, B, N)\n\nN (50) points from 10^A to 10^B at equal ratios.\n\n    logspace (0, 2, 3)\n",
    ),
    Builtin::new(
        "resize",
        (2, usize::MAX),
        1,
        resize,
        "resize (X, M, N, ...)\n\nX cut or padded with zeros to a size.\n\n    resize ([1 2; 3 4], 3, 1)\n",
    ),
];
