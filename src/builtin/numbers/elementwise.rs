//! Functions of one number, applied to every element: rounding, roots, exponentials, angles, special functions that
//! the kernels know.

use crate::array::scalar_fn::eval_f64;
use crate::array::{Block, DType, Data, ScalarFn};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::one;
use crate::builtin::large::elements::beyond_memory;
use crate::builtin::numeric::Wide;
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::{diagonal, lazy};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

/// Applies a function of the table to one argument.
pub fn apply(host: &mut dyn Host, f: ScalarFn, who: &'static str, x: &Value, call: Call) -> Result<Value> {
    use ScalarFn::*;
    match x {
        _ if x.dtype() == Some(DType::Char)
            && !matches!(f, Abs | Floor | Ceil | Round | Fix | Real | Imag | IsNan | IsInf | IsFinite) =>
        {
            return Err(fault!("{who}: argument must be numeric"));
        }
        Value::Diag(d) if matches!(f, Abs | Real | Imag | Sqrt | Conj) => {
            return diagonal::map(host, d, f, call.span);
        }
        other if other.dtype().is_none() => return Err(fault!("{who}: not defined for {}", x.type_name())),
        _ => {}
    }
    let result = lazy::elementwise(host, f, &[x], Who::Function(who), call.span)?;
    Ok(result)
}

/// The scalar shortcut of a function of the table: its real value, if there is one.
fn shortcut(f: ScalarFn, x: f64) -> Option<f64> {
    let y = eval_f64(f, &[x]);
    (!y.is_nan() || x.is_nan()).then_some(y)
}

macro_rules! mapper {
    ($id:ident, $name:literal, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, call| one(apply(host, ScalarFn::$id, $name, &args[0], call)?),
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
        .with_scalar(|x| shortcut(ScalarFn::$id, x))
    };
}

macro_rules! predicate {
    ($id:ident, $name:literal, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, call| one(apply(host, ScalarFn::$id, $name, &args[0], call)?),
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
    };
}

macro_rules! by_element {
    ($name:literal, $f:expr, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, _| one(real_function(host, $name, &args[0], $f)?),
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
        .with_scalar(|x| Some($f(x)))
    };
}

/// A function of an angle in degrees, exact at the quarters of a turn; of complex ones it is a part of sine and cosine.
macro_rules! of_degrees {
    ($name:literal, $f:expr, $parts:expr, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, call| {
                if args[0].dtype().is_some_and(DType::is_complex) {
                    return one(turned(host, &args[0], $parts, call)?);
                }
                one(real_function(host, $name, &args[0], $f)?)
            },
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
        .with_scalar(|x| Some($f(x)))
    };
}

/// What a function of a complex angle divides.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    One,
    Sine,
    Cosine,
}

/// The quotient of two parts of a complex angle in degrees, by those of its real part and the hyperbolic ones of its
/// imaginary part.
fn turned(host: &mut dyn Host, x: &Value, [above, below]: [Part; 2], call: Call) -> Result<Value> {
    let span = call.span;
    let mut of = |f: ScalarFn, args: &[&Value]| lazy::elementwise(host, f, args, Who::Operator("*"), span);
    let (a, b) = (of(ScalarFn::Real, &[x])?, of(ScalarFn::Imag, &[x])?);
    let y = of(ScalarFn::Mul, &[&b, &Value::Num(std::f64::consts::PI / 180.0)])?;
    let (flat, steep) = (of(ScalarFn::Cosh, &[&y])?, of(ScalarFn::Sinh, &[&y])?);
    let sine = real_function(host, "sind", &a, sind)?;
    let cosine = real_function(host, "cosd", &a, cosd)?;
    let mut of = |f: ScalarFn, args: &[&Value]| lazy::elementwise(host, f, args, Who::Operator("*"), span);
    let mut part = |part: Part| -> Result<Value> {
        let (re, im) = match part {
            Part::One => return Ok(Value::Num(1.0)),
            Part::Sine => (of(ScalarFn::Mul, &[&sine, &flat])?, of(ScalarFn::Mul, &[&cosine, &steep])?),
            Part::Cosine => {
                let im = of(ScalarFn::Mul, &[&sine, &steep])?;
                (of(ScalarFn::Mul, &[&cosine, &flat])?, of(ScalarFn::Neg, &[&im])?)
            }
        };
        of(ScalarFn::Complex, &[&re, &im])
    };
    let (above, below) = (part(above)?, part(below)?);
    lazy::elementwise(host, ScalarFn::Div, &[&above, &below], Who::Operator("/"), span)
}

/// An inverse function of an angle, in degrees; complex where the function in radians is.
macro_rules! inverse_degrees {
    ($name:literal, $id:ident, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, call| {
                let radians = apply(host, ScalarFn::$id, $name, &args[0], call)?;
                let scaled = lazy::elementwise(
                    host,
                    ScalarFn::Mul,
                    &[&radians, &Value::Num(180.0)],
                    Who::Operator("*"),
                    call.span,
                )?;
                let pi = Value::Num(std::f64::consts::PI);
                one(lazy::elementwise(host, ScalarFn::Div, &[&scaled, &pi], Who::Operator("/"), call.span)?)
            },
            concat!("`", $name, " (X)`\n\n", $help, "\n\n    ", $example, "\n"),
        )
    };
}

/// A change of unit, for floating point numbers only.
macro_rules! angles {
    ($name:literal, $f:expr, $what:literal, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, _| {
                if args[0].dtype().is_some_and(|d| !d.is_float()) {
                    return Err(fault!(concat!(
                        $name,
                        ": ",
                        $what,
                        " must be a floating point class (double or single)"
                    )));
                }
                one(real_function(host, $name, &args[0], $f)?)
            },
            concat!("`", $name, " (", $what, ")`\n\n", $help, "\n\n    ", $example, "\n"),
        )
        .with_scalar(|x| Some($f(x)))
    };
}

/// A function of one real number that the kernels do not know.
pub fn real_function(
    host: &mut dyn Host,
    who: &'static str,
    x: &Value,
    f: impl Fn(f64) -> f64 + Copy + Send + Sync + 'static,
) -> Result<Value> {
    if !matches!(x, Value::Num(_) | Value::Range(_) | Value::Diag(_) | Value::Array(_) | Value::Lazy(_))
        || x.dtype() == Some(DType::Bool)
    {
        return Err(fault!("{who}: X must be numeric"));
    }
    if let Some(result) = beyond_memory(host, who, std::slice::from_ref(x), move |v| Ok(f(v[0])))? {
        return Ok(result);
    }
    let x = Wide::new(host, x, who)?;
    let (shape, single) = (x.shape.clone(), x.single);
    let values = x.real(who)?.into_iter().map(f).collect();
    Ok(crate::builtin::numeric::real(shape, values, single))
}

/// Degrees to a function of radians, exact at multiples of 90.
fn in_degrees(x: f64, zero_at: f64, f: impl Fn(f64) -> f64) -> f64 {
    if ((x - zero_at) / 180.0).fract() == 0.0 && x.is_finite() { 0.0 } else { f(x.to_radians()) }
}

fn sind(x: f64) -> f64 {
    let reduced = x % 360.0;
    match reduced.abs() {
        90.0 => reduced.signum(),
        270.0 => -reduced.signum(),
        _ => in_degrees(reduced, 0.0, |r| eval_f64(ScalarFn::Sin, &[r])),
    }
}

fn cosd(x: f64) -> f64 {
    let reduced = (x % 360.0).abs();
    match reduced {
        0.0 => 1.0,
        180.0 => -1.0,
        _ => in_degrees(reduced, 90.0, |r| eval_f64(ScalarFn::Cos, &[r])),
    }
}

fn tand(x: f64) -> f64 {
    let turn = (x / 90.0).fract();
    if turn == 0.0 && x.is_finite() {
        let quarter = (x / 90.0) % 2.0;
        if quarter == 0.0 {
            return 0.0;
        }
        return f64::INFINITY;
    }
    eval_f64(ScalarFn::Tan, &[x.to_radians()])
}

fn sinpi(x: f64) -> f64 {
    let r = x % 2.0;
    match r.abs() {
        0.0 | 1.0 => 0.0,
        0.5 => r.signum(),
        1.5 => -r.signum(),
        _ => libm::sin(r * std::f64::consts::PI),
    }
}

fn cospi(x: f64) -> f64 {
    match (x % 2.0).abs() {
        0.0 => 1.0,
        1.0 => -1.0,
        0.5 | 1.5 => 0.0,
        r => libm::cos(r * std::f64::consts::PI),
    }
}

/// `signbit (x)`.
fn signbit(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = Wide::new(host, &args[0], "signbit")?;
    let truths = x.re().into_iter().map(|v| v.is_sign_negative()).collect();
    one(Block::dense(x.shape, Data::Bool(truths)))
}

/// The missing value.
pub use crate::value::display::number::NA;

/// Whether a double is the missing value.
pub fn is_missing(x: f64) -> bool {
    x.to_bits() == NA.to_bits()
}

fn isna(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if matches!(args[0], Value::Char(..)) {
        return Err(fault!("isna: argument must be numeric"));
    }
    let x = Wide::new(host, &args[0], "isna")?;
    let truths = x.re().into_iter().map(is_missing).collect();
    one(Block::dense(x.shape, Data::Bool(truths)))
}

/// `[f, e] = log2 (x)`: mantissa in [0.5, 1) and exponent.
fn log2(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if call.nargout < 2 {
        return one(apply(host, ScalarFn::Log2, "log2", &args[0], call)?);
    }
    let x = Wide::new(host, &args[0], "log2")?;
    let (shape, single) = (x.shape.clone(), x.single);
    let (fractions, exponents) = x
        .real("log2")?
        .into_iter()
        .map(|v| {
            let (f, e) = libm::frexp(v);
            if v.is_finite() { (f, e as f64) } else { (v, 0.0) }
        })
        .unzip();
    crate::builtin::args::several([
        crate::builtin::numeric::real(shape.clone(), fractions, single),
        crate::builtin::numeric::real(shape, exponents, single),
    ])
}

fn nextpow2(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(real_function(host, "nextpow2", &args[0], |v| {
        let v = v.abs();
        if v == 0.0 {
            return 0.0;
        }
        if !v.is_finite() {
            return v;
        }
        let (f, e) = libm::frexp(v);
        if f == 0.5 { (e - 1) as f64 } else { e as f64 }
    })?)
}

fn reals_only(host: &mut dyn Host, f: ScalarFn, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    let y = apply(host, f, who, &args[0], call)?;
    if args[0].dtype().is_some_and(DType::is_complex) || y.dtype().is_some_and(DType::is_complex) {
        return Err(fault!("{who}: produced complex result"));
    }
    one(y)
}

pub const TABLE: &[Builtin] = &[
    mapper!(Abs, "abs", "Absolute value; the length of a complex number.", "abs ([-3 4i])"),
    mapper!(Sign, "sign", "-1, 0 or 1 by the sign; the direction of a complex number.", "sign ([-3 0 2])"),
    mapper!(Floor, "floor", "The greatest integer that is not above X.", "floor ([-2.7 2.7])"),
    mapper!(Ceil, "ceil", "The least integer that is not below X.", "ceil ([-2.7 2.7])"),
    mapper!(Round, "round", "The nearest integer; halves go away from zero.", "round ([-2.5 2.4])"),
    mapper!(Fix, "fix", "The integer next to X towards zero.", "fix ([-2.7 2.7])"),
    mapper!(Real, "real", "Real part.", "real (3 + 4i)"),
    mapper!(Imag, "imag", "Imaginary part.", "imag (3 + 4i)"),
    mapper!(Conj, "conj", "Complex conjugate.", "conj (3 + 4i)"),
    mapper!(Arg, "arg", "The angle of a complex number, from -pi to pi.", "arg (-1)"),
    mapper!(Arg, "angle", "The angle of a complex number, from -pi to pi.", "angle (1i)"),
    predicate!(IsNan, "isnan", "Whether each element is not a number.", "isnan ([1 NaN])"),
    predicate!(IsInf, "isinf", "Whether each element is infinite.", "isinf ([1 -Inf])"),
    predicate!(IsFinite, "isfinite", "Whether each element is neither infinite nor NaN.", "isfinite ([1 NaN Inf])"),
    Builtin::new(
        "isna",
        (1, 1),
        1,
        isna,
        "isna (X)\n\nWhether each element is the missing value NA.\n\n    isna ([NA NaN])\n",
    ),
    Builtin::new(
        "signbit",
        (1, 1),
        1,
        signbit,
        "signbit (X)\n\nWhether the sign bit of each element is set.\n\n    signbit ([-0 0])\n",
    ),
    mapper!(Sqrt, "sqrt", "Square root; complex where X is negative.", "sqrt ([4 -9])"),
    mapper!(Cbrt, "cbrt", "Real cube root.", "cbrt (-27)"),
    mapper!(Exp, "exp", "Exponential function.", "exp (1)"),
    mapper!(Expm1, "expm1", "exp (X) - 1, exact near zero.", "expm1 (1e-20)"),
    mapper!(Log, "log", "Natural logarithm; complex where X is negative.", "log (10)"),
    Builtin::new(
        "log2",
        (1, 1),
        2,
        log2,
        "log2 (X), [F, E] = log2 (X)\n\nLogarithm to base 2, or mantissa from 0.5 to 1 and exponent.\n\n    log2 (8)\n",
    )
    .with_scalar(|x| shortcut(ScalarFn::Log2, x)),
    mapper!(Log10, "log10", "Logarithm to base 10.", "log10 (1000)"),
    mapper!(Log1p, "log1p", "log (1 + X), exact near zero.", "log1p (1e-20)"),
    mapper!(Sin, "sin", "Sine of an angle in radians.", "sin (pi/6)"),
    mapper!(Cos, "cos", "Cosine of an angle in radians.", "cos (0)"),
    mapper!(Tan, "tan", "Tangent of an angle in radians.", "tan (pi/4)"),
    mapper!(Sec, "sec", "1 / cos (X).", "sec (0)"),
    mapper!(Csc, "csc", "1 / sin (X).", "csc (pi/2)"),
    mapper!(Cot, "cot", "1 / tan (X).", "cot (pi/4)"),
    mapper!(Asin, "asin", "Inverse sine in radians; complex outside [-1, 1].", "asin (1)"),
    mapper!(Acos, "acos", "Inverse cosine in radians; complex outside [-1, 1].", "acos (0)"),
    mapper!(Atan, "atan", "Inverse tangent in radians.", "atan (1)"),
    mapper!(Asec, "asec", "Inverse secant.", "asec (2)"),
    mapper!(Acsc, "acsc", "Inverse cosecant.", "acsc (2)"),
    mapper!(Acot, "acot", "Inverse cotangent.", "acot (1)"),
    mapper!(Sinh, "sinh", "Hyperbolic sine.", "sinh (1)"),
    mapper!(Cosh, "cosh", "Hyperbolic cosine.", "cosh (0)"),
    mapper!(Tanh, "tanh", "Hyperbolic tangent.", "tanh (1)"),
    mapper!(Sech, "sech", "1 / cosh (X).", "sech (0)"),
    mapper!(Csch, "csch", "1 / sinh (X).", "csch (1)"),
    mapper!(Coth, "coth", "1 / tanh (X).", "coth (1)"),
    mapper!(Asinh, "asinh", "Inverse hyperbolic sine.", "asinh (1)"),
    mapper!(Acosh, "acosh", "Inverse hyperbolic cosine; complex below 1.", "acosh (2)"),
    mapper!(Atanh, "atanh", "Inverse hyperbolic tangent; complex outside [-1, 1].", "atanh (0.5)"),
    mapper!(Asech, "asech", "Inverse hyperbolic secant.", "asech (0.5)"),
    mapper!(Acsch, "acsch", "Inverse hyperbolic cosecant.", "acsch (1)"),
    mapper!(Acoth, "acoth", "Inverse hyperbolic cotangent.", "acoth (2)"),
    of_degrees!(
        "sind",
        sind,
        [Part::Sine, Part::One],
        "Sine of an angle in degrees, exact at multiples of 90.",
        "sind (30)"
    ),
    of_degrees!(
        "cosd",
        cosd,
        [Part::Cosine, Part::One],
        "Cosine of an angle in degrees, exact at multiples of 90.",
        "cosd (60)"
    ),
    of_degrees!("tand", tand, [Part::Sine, Part::Cosine], "Tangent of an angle in degrees.", "tand (45)"),
    of_degrees!("secd", |x| 1.0 / cosd(x), [Part::One, Part::Cosine], "Secant of an angle in degrees.", "secd (60)"),
    of_degrees!("cscd", |x| 1.0 / sind(x), [Part::One, Part::Sine], "Cosecant of an angle in degrees.", "cscd (30)"),
    of_degrees!(
        "cotd",
        |x| 1.0 / tand(x),
        [Part::Cosine, Part::Sine],
        "Cotangent of an angle in degrees.",
        "cotd (45)"
    ),
    inverse_degrees!("asind", Asin, "Inverse sine in degrees.", "asind (0.5)"),
    inverse_degrees!("acosd", Acos, "Inverse cosine in degrees.", "acosd (0.5)"),
    inverse_degrees!("atand", Atan, "Inverse tangent in degrees.", "atand (1)"),
    inverse_degrees!("asecd", Asec, "Inverse secant in degrees.", "asecd (2)"),
    inverse_degrees!("acscd", Acsc, "Inverse cosecant in degrees.", "acscd (2)"),
    inverse_degrees!("acotd", Acot, "Inverse cotangent in degrees.", "acotd (1)"),
    by_element!("sinpi", sinpi, "sin (X * pi), exact at multiples of one half.", "sinpi (1.5)"),
    by_element!("cospi", cospi, "cos (X * pi), exact at multiples of one half.", "cospi (0.5)"),
    angles!("deg2rad", f64::to_radians, "DEG", "Degrees as radians.", "deg2rad (180)"),
    angles!("rad2deg", f64::to_degrees, "RAD", "Radians as degrees.", "rad2deg (pi)"),
    mapper!(Gamma, "gamma", "The gamma function; gamma (n + 1) is the factorial of n.", "gamma (5)"),
    mapper!(Lgamma, "gammaln", "Logarithm of the gamma function.", "gammaln (100)"),
    mapper!(Lgamma, "lgamma", "Logarithm of the gamma function.", "lgamma (100)"),
    mapper!(Erf, "erf", "Error function.", "erf (1)"),
    mapper!(Erfc, "erfc", "Complementary error function, 1 - erf (X).", "erfc (1)"),
    mapper!(Erfcx, "erfcx", "Scaled complementary error function, exp (X^2) * erfc (X).", "erfcx (10)"),
    mapper!(Erfi, "erfi", "Imaginary error function, -i * erf (i * X).", "erfi (1)"),
    mapper!(Dawson, "dawson", "Dawson's integral, sqrt (pi) / 2 * exp (-X^2) * erfi (X).", "dawson (1)"),
    mapper!(Erfinv, "erfinv", "Inverse error function.", "erfinv (0.5)"),
    mapper!(Erfcinv, "erfcinv", "Inverse complementary error function.", "erfcinv (0.5)"),
    Builtin::new(
        "nextpow2",
        (1, 1),
        1,
        nextpow2,
        "nextpow2 (X)\n\nThe least integer N with 2^N >= abs (X).\n\n    nextpow2 (100)\n",
    ),
    Builtin::new(
        "realsqrt",
        (1, 1),
        1,
        |h, a, c| reals_only(h, ScalarFn::Sqrt, "realsqrt", a, c),
        "realsqrt (X)\n\nSquare root; an error where it is not real.\n\n    realsqrt (4)\n",
    ),
    Builtin::new(
        "reallog",
        (1, 1),
        1,
        |h, a, c| reals_only(h, ScalarFn::Log, "reallog", a, c),
        "reallog (X)\n\nNatural logarithm; an error where it is not real.\n\n    reallog (e)\n",
    ),
];
