//! The operators as functions (`plus (a, b)`), and functions of two numbers applied to every pair of elements.

use super::api::{Builtin, Call, Host, Values};
use super::args::one;
use super::ops::{self, elementwise::Who, lazy};
use crate::array::scalar_fn::eval_f64;
use crate::array::{Block, DType, Data, ScalarFn, Shape};
use crate::diag::Result;
use crate::fault;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::Value;

/// An operator that takes any number of operands from the left.
fn fold(host: &mut dyn Host, op: BinaryOp, args: &[Value], call: Call) -> Result<Values> {
    let mut result = args[0].clone();
    for x in &args[1..] {
        result = ops::binary(host, op, &result, x, call.span)?;
    }
    one(result)
}

macro_rules! operator {
    ($name:literal, $op:ident, $most:expr, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (2, $most),
            1,
            |host, args, call| fold(host, BinaryOp::$op, args, call),
            concat!($name, " (A, B)\n\n", $help, "\n\n    ", $example, "\n"),
        )
    };
}

macro_rules! pairwise {
    ($id:ident, $name:literal, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (2, 2),
            1,
            |host, args, call| one(pair(host, ScalarFn::$id, $name, &args[0], &args[1], call)?),
            concat!($name, " (X, Y)\n\n", $help, "\n\n    ", $example, "\n"),
        )
        .with_scalar2(|x, y| Some(eval_f64(ScalarFn::$id, &[x, y])))
    };
}

/// A function of the table on two arguments.
pub fn pair(host: &mut dyn Host, f: ScalarFn, who: &'static str, x: &Value, y: &Value, call: Call) -> Result<Value> {
    let plain = matches!(f, ScalarFn::Mod | ScalarFn::Rem | ScalarFn::Atan2 | ScalarFn::Hypot);
    for v in [x, y] {
        let kind = match v.dtype() {
            None => v.type_name().into_owned(),
            Some(DType::Bool) if plain => if v.is_scalar() { "bool" } else { "bool matrix" }.to_owned(),
            Some(DType::Char) if plain => "sq_string".to_owned(),
            _ => continue,
        };
        return Err(fault!("{who}: wrong type argument '{kind}'"));
    }
    if let (Some(a), Some(b)) = (x.dtype(), y.dtype())
        && plain
        && a.is_integer()
        && b.is_integer()
        && a != b
    {
        return Err(fault!("{who}: cannot combine {} and {}", a.class(), b.class()));
    }
    if matches!(f, ScalarFn::Mod | ScalarFn::Rem) && [x, y].iter().any(|v| v.dtype().is_some_and(DType::is_complex)) {
        return Err(fault!("{who}: not defined for complex numbers"));
    }
    lazy::elementwise(host, f, &[x, y], Who::Function(who), call.span)
}

fn hypot(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut result = pair(host, ScalarFn::Hypot, "hypot", &args[0], &args[1], call)?;
    for x in &args[2..] {
        result = pair(host, ScalarFn::Hypot, "hypot", &result, x, call)?;
    }
    one(result)
}

fn xor(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut result = args[0].clone();
    for x in &args[1..] {
        for v in [&result, x] {
            if v.dtype().is_none() {
                return Err(fault!("xor: X and Y must be numeric or logical arrays"));
            }
        }
        let (s, t) = (result.shape(), x.shape());
        if s.broadcast(&t).is_none() {
            return Err(fault!("xor: X and Y must be of compatible size or scalars").id("Octave:nonconformant-args"));
        }
        result = lazy::elementwise(host, ScalarFn::Xor, &[&result, x], Who::Function("xor"), call.span)?;
    }
    one(result)
}

fn unary(host: &mut dyn Host, op: UnaryOp, args: &[Value], call: Call) -> Result<Values> {
    one(ops::unary(host, op, &args[0], call.span)?)
}

/// `idivide (a, b, op)`: integer division with a choice of rounding.
fn idivide(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let how = match args.get(2) {
        None => "fix".to_owned(),
        Some(x) => x.to_text().unwrap_or_default().to_lowercase(),
    };
    let rounding = match how.as_str() {
        "fix" => ScalarFn::Fix,
        "ceil" => ScalarFn::Ceil,
        "round" => ScalarFn::Round,
        "floor" => ScalarFn::Floor,
        other => return Err(fault!("idivide: unrecognized rounding type \"{other}\"")),
    };
    let types = [args[0].dtype(), args[1].dtype()].map(|d| d.unwrap_or(DType::F64));
    let Some(&class) = types.iter().find(|d| d.is_integer()) else {
        return Err(fault!("idivide: at least one input (A or B) must be an integer type"));
    };
    if types.iter().any(|&d| d.is_integer() && d != class) {
        let (a, b) = (types[0].class(), types[1].class());
        return Err(fault!("idivide: integer type mismatch.  Inputs are {a} and {b}"));
    }
    if matches!(class, DType::I64 | DType::U64) && !args.iter().any(|x| matches!(x, Value::Lazy(_))) {
        return whole_quotients(&args[0], &args[1], class, rounding);
    }
    let a = lazy::cast(host, &args[0], DType::F64, call.span)?;
    let b = lazy::cast(host, &args[1], DType::F64, call.span)?;
    let quotient = lazy::elementwise(host, ScalarFn::Div, &[&a, &b], Who::Operator("./"), call.span)?;
    let rounded = lazy::elementwise(host, rounding, &[&quotient], Who::Function("idivide"), call.span)?;
    one(lazy::cast(host, &rounded, class, call.span)?)
}

/// The quotients of 64-bit integers, which doubles cannot hold; a division by zero saturates.
fn whole_quotients(a: &Value, b: &Value, class: DType, rounding: ScalarFn) -> Result<Values> {
    let Some(shape) = a.shape().broadcast(&b.shape()) else {
        let (a, b) = (a.shape(), b.shape());
        return Err(
            fault!("operator ./: nonconformant arguments (op1 is {a}, op2 is {b})").id("Octave:nonconformant-args")
        );
    };
    let wide = |x: &Value| -> Result<Vec<i128>> {
        let block = x.to_block()?;
        let extent = |axis: usize| block.shape().extent(axis).max(1);
        let at = super::ops::pick::positions_by_axis(&shape, block.shape(), |axis, c| Some(c % extent(axis)));
        Ok(match block.data() {
            Data::I64(v) => at.into_iter().map(|i| v[i] as i128).collect(),
            Data::U64(v) => at.into_iter().map(|i| v[i] as i128).collect(),
            data => at.into_iter().map(|i| data.get_f64(i).round() as i128).collect(),
        })
    };
    let quotient = |a: i128, b: i128| {
        if b == 0 {
            return if a == 0 { 0 } else { i128::MAX * a.signum() };
        }
        let (floor, rest) = (a.div_euclid(b.abs()), a.rem_euclid(b.abs()));
        // Towards minus infinity of a / |b|, then the sign of b.
        let (floor, rest) =
            if b > 0 { (floor, rest) } else { (-floor - (rest > 0) as i128, if rest > 0 { -b - rest } else { 0 }) };
        let up = match rounding {
            ScalarFn::Ceil => rest > 0,
            ScalarFn::Fix => rest > 0 && floor < 0,
            ScalarFn::Round => 2 * rest > b.abs() || 2 * rest == b.abs() && floor >= 0,
            _ => false,
        };
        floor + up as i128
    };
    let quotients = wide(a)?.into_iter().zip(wide(b)?).map(|(a, b)| quotient(a, b));
    let data = if class == DType::I64 {
        Data::I64(quotients.map(|q| q.clamp(i64::MIN as i128, i64::MAX as i128) as i64).collect())
    } else {
        Data::U64(quotients.map(|q| q.clamp(0, u64::MAX as i128) as u64).collect())
    };
    one(Block::dense(shape, data))
}

/// `nthroot (x, n)`: the real root.
fn nthroot(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let complex = |x: &Value| x.dtype().is_some_and(DType::is_complex);
    if complex(&args[0]) {
        return Err(fault!("nthroot: X must not contain complex values"));
    } else if complex(&args[1]) {
        return Err(fault!("nthroot: N must be a real nonzero scalar"));
    }
    let n = args[1].to_f64().filter(|_| args[1].is_scalar());
    let Some(n) = n.filter(|&n| n == n.trunc() && n != 0.0 || n.is_infinite()) else {
        return Err(fault!("nthroot: N must be a real nonzero scalar"));
    };
    let x = super::numeric::Wide::new(host, &args[0], "nthroot")?;
    let (shape, single) = (x.shape.clone(), x.single);
    let values = x.real("nthroot")?;
    let odd = n % 2.0 != 0.0;
    if !odd && values.iter().any(|&v| v < 0.0) {
        return Err(fault!("nthroot: N must be an odd integer if X contains negative values"));
    }
    let root = |v: f64| {
        if n == 3.0 {
            return libm::cbrt(v);
        }
        if n.is_infinite() {
            return 1.0;
        }
        let y = v.abs().powf(1.0 / n).copysign(v);
        // One step of Newton takes the last rounding away.
        let corrected = if y.is_finite() && y != 0.0 && v.is_finite() {
            y - (y.powf(n - 1.0) * y - v) / (n * y.powf(n - 1.0))
        } else {
            y
        };
        if corrected.is_finite() { corrected } else { y }
    };
    one(super::numeric::real(shape, values.into_iter().map(root).collect(), single))
}

fn realpow(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let z = ops::binary(host, BinaryOp::ElPow, &args[0], &args[1], call.span)?;
    if z.dtype().is_some_and(DType::is_complex) {
        return Err(fault!("realpow: produced complex result"));
    }
    one(z)
}

/// `pow2 (x)`, `pow2 (f, e)`.
fn pow2(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let two = Value::Num(2.0);
    let power = ops::binary(host, BinaryOp::ElPow, &two, args.last().unwrap_or(&two), call.span)?;
    if args.len() == 1 {
        return one(power);
    }
    one(ops::binary(host, BinaryOp::ElMul, &args[0], &power, call.span)?)
}

/// `complex (re, im)`: stays complex where the imaginary part is zero.
fn complex(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    use crate::array::{Block, Data};
    for x in args {
        if x.dtype().is_none_or(|d| d == DType::Char) {
            return Err(fault!("complex: invalid conversion"));
        }
    }
    if args.len() == 1 && args[0].dtype().is_some_and(DType::is_complex) {
        return one(args[0].clone());
    }
    let zero = Value::Num(0.0);
    let (re, im) = (&args[0], args.get(1).unwrap_or(&zero));
    let single = [re, im].iter().any(|x| x.dtype().is_some_and(DType::is_single));
    let Some(shape) = re
        .shape()
        .broadcast(&im.shape())
        .filter(|s| (re.is_scalar() || re.shape() == *s) && (im.is_scalar() || im.shape() == *s))
    else {
        return Err(fault!("complex: dimension mismatch"));
    };
    if matches!(re, Value::Lazy(_)) || matches!(im, Value::Lazy(_)) {
        let who = Who::Function("complex");
        let mut real = |x: &Value| match x.dtype() {
            Some(dtype) if dtype.is_complex() => lazy::elementwise(host, ScalarFn::Real, &[x], who, call.span),
            _ => Ok(x.clone()),
        };
        let (re, im) = (real(re)?, real(im)?);
        return one(lazy::elementwise(host, ScalarFn::Complex, &[&re, &im], who, call.span)?);
    }
    let (re, im) = (re.to_block()?, im.to_block()?);
    let get = |b: &Block, i: usize| b.data().get_f64(if b.len() == 1 { 0 } else { i });
    let data = (0..shape.len()).map(|i| crate::array::Complex64::new(get(&re, i), get(&im, i))).collect();
    let block = Block::dense(shape, Data::C64(data));
    one(if single { ops::elementwise::to_single(block) } else { block })
}

/// `bsxfun (f, a, b)`: operators broadcast by themselves, so this only calls.
fn bsxfun(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let function = match &args[0] {
        Value::Func(f) => f.clone(),
        other => match other.to_text() {
            Some(name) => std::sync::Arc::new(crate::value::Func::Named(name.into())),
            None => return Err(fault!("bsxfun: F must be a string or function handle")),
        },
    };
    let (s, t) = (args[1].shape(), args[2].shape());
    if s.broadcast(&t).is_none() {
        return Err(fault!("bsxfun: dimensions of A ({s}) and B ({t}) must match"));
    }
    // A function of columns wants both operands of one size.
    if let crate::value::Func::Anonymous(_) = &*function {
        let shape: Shape = s.broadcast(&t).unwrap_or_else(Shape::scalar);
        let grow = |host: &mut dyn Host, x: &Value| -> Result<Value> {
            if x.shape() == shape || x.dtype().is_none() {
                return Ok(x.clone());
            }
            let rank = shape.rank();
            let times: Vec<Value> = (0..rank)
                .map(|a| Value::from(if x.shape().extent(a) == shape.extent(a) { 1 } else { shape.extent(a) }))
                .collect();
            let mut list = vec![x.clone()];
            list.extend(times);
            Ok(super::arrays::repeat::repmat(host, &list, call)?.remove(0))
        };
        let (a, b) = (grow(host, &args[1])?, grow(host, &args[2])?);
        return host.call(&function, &[a, b], 1);
    }
    host.call(&function, &args[1..3], 1)
}

fn colon(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(match args {
        [start, step, stop] => ops::colon::range(start, Some(step), stop)?,
        _ => ops::colon::range(&args[0], None, &args[1])?,
    })
}

const ANY: usize = usize::MAX;

pub const TABLE: &[Builtin] = &[
    operator!("plus", Add, ANY, "A + B + ...", "plus (1, 2, 3)"),
    operator!("minus", Sub, 2, "A - B.", "minus (5, 2)"),
    operator!("times", ElMul, ANY, "A .* B .* ..., element by element.", "times ([1 2], [3 4])"),
    operator!("mtimes", Mul, ANY, "A * B * ..., the matrix product.", "mtimes ([1 2], [3; 4])"),
    operator!("rdivide", ElDiv, 2, "A ./ B, element by element.", "rdivide ([6 8], 2)"),
    operator!("ldivide", ElLeftDiv, 2, "A .\\ B, element by element.", "ldivide (2, [6 8])"),
    operator!("mrdivide", Div, 2, "A / B: the X that solves X * B = A.", "mrdivide (6, 2)"),
    operator!("mldivide", LeftDiv, 2, "A \\ B: the X that solves A * X = B.", "mldivide ([2 0; 0 4], [2; 4])"),
    operator!("power", ElPow, 2, "A .^ B, element by element.", "power ([1 2 3], 2)"),
    operator!("mpower", Pow, 2, "A ^ B, the power of a matrix.", "mpower ([1 1; 0 1], 3)"),
    operator!("eq", Eq, 2, "A == B.", "eq ([1 2], [1 3])"),
    operator!("ne", Ne, 2, "A != B.", "ne ([1 2], [1 3])"),
    operator!("lt", Lt, 2, "A < B.", "lt (1, 2)").minds_complex(),
    operator!("le", Le, 2, "A <= B.", "le (1, 2)").minds_complex(),
    operator!("gt", Gt, 2, "A > B.", "gt (1, 2)").minds_complex(),
    operator!("ge", Ge, 2, "A >= B.", "ge (1, 2)").minds_complex(),
    operator!("and", And, ANY, "A & B & ...", "and (true, false)"),
    operator!("or", Or, ANY, "A | B | ...", "or (true, false)"),
    Builtin::new(
        "xor",
        (2, ANY),
        1,
        xor,
        "xor (A, B)\n\nWhether exactly one of two is true.\n\n    xor (true, [true false])\n",
    ),
    Builtin::new("not", (1, 1), 1, |h, a, c| unary(h, UnaryOp::Not, a, c), "not (A)\n\n! A.\n\n    not ([0 1])\n"),
    Builtin::new(
        "uminus",
        (1, 1),
        1,
        |h, a, c| unary(h, UnaryOp::Minus, a, c),
        "uminus (A)\n\n- A.\n\n    uminus (3)\n",
    ),
    Builtin::new("uplus", (1, 1), 1, |h, a, c| unary(h, UnaryOp::Plus, a, c), "uplus (A)\n\n+ A.\n\n    uplus (3)\n"),
    Builtin::new(
        "transpose",
        (1, 1),
        1,
        |h, a, c| one(ops::transpose(h, &a[0], false, c.span)?),
        "transpose (A)\n\nA.', the transpose without conjugation.\n\n    transpose ([1 2])\n",
    ),
    Builtin::new(
        "ctranspose",
        (1, 1),
        1,
        |h, a, c| one(ops::transpose(h, &a[0], true, c.span)?),
        "ctranspose (A)\n\nA', the conjugate transpose.\n\n    ctranspose ([1 2i])\n",
    ),
    pairwise!(Mod, "mod", "Remainder of X / Y with the sign of Y.", "mod (-1, 3)"),
    pairwise!(Rem, "rem", "Remainder of X / Y with the sign of X.", "rem (-1, 3)"),
    pairwise!(Atan2, "atan2", "The angle of the point (Y, X), arguments as atan2 (Y, X).", "atan2 (1, 1)"),
    Builtin::new(
        "hypot",
        (2, ANY),
        1,
        hypot,
        "hypot (X, Y, ...)\n\nsqrt (X.^2 + Y.^2) without overflow on the way.\n\n    hypot (3, 4)\n",
    )
    .with_scalar2(|x, y| Some(eval_f64(ScalarFn::Hypot, &[x, y]))),
    Builtin::new(
        "idivide",
        (2, 3),
        1,
        idivide,
        "idivide (A, B), idivide (A, B, OP)\n\nInteger division, rounded by OP: \"fix\" (default), \"round\", \"floor\", \"ceil\".\n\n    idivide (int32 (7), int32 (2))\n",
    ),
    Builtin::new("nthroot", (2, 2), 1, nthroot, "nthroot (X, N)\n\nThe real N-th root.\n\n    nthroot (-27, 3)\n"),
    Builtin::new(
        "realpow",
        (2, 2),
        1,
        realpow,
        "realpow (X, Y)\n\nX .^ Y; an error where it is not real.\n\n    realpow (2, 3)\n",
    ),
    Builtin::new("pow2", (1, 2), 1, pow2, "pow2 (X), pow2 (F, E)\n\n2 .^ X, or F .* 2 .^ E.\n\n    pow2 (3)\n"),
    Builtin::new(
        "complex",
        (1, 2),
        1,
        complex,
        "complex (X), complex (RE, IM)\n\nA complex number that stays complex even if its imaginary part is zero.\n\n    complex (1, 0)\n",
    ),
    Builtin::new(
        "bsxfun",
        (3, 3),
        1,
        bsxfun,
        "bsxfun (F, A, B)\n\nApplies F to A and B with dimensions of extent 1 stretched.\n\n    bsxfun (@plus, [1; 2], [10 20])\n",
    ),
    Builtin::new(
        "colon",
        (2, 3),
        1,
        colon,
        "colon (BASE, LIMIT), colon (BASE, STEP, LIMIT)\n\nThe range BASE:STEP:LIMIT.\n\n    colon (1, 3)\n",
    ),
];
