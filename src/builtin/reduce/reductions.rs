//! Arrays folded along a dimension: sums, products, truth, extremes.
//!
//! Dense sums go element after element from the first, as Octave's do; a lazy array is reduced by the engine, over a
//! fixed tree.

use super::cumulative;
use super::folds::{fold, real_total};
use crate::array::{Block, Complex64, DType, Data, ScalarFn, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, one, reduced_axis, several, split_options, truths, usage};
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::pick::pick_block;
use crate::builtin::ops::{self, elementwise::Who, lazy};
use crate::diag::Result;
use crate::fault;
use crate::kernel::{ReduceKind, ScanKind};
use crate::syntax::ast::BinaryOp;
use crate::value::{Value, convert, gather_first};
use std::ops::{Add, Mul};

/// The shape a reduction works on: the empty 0x0 counts as one empty column unless a dimension was named.
fn reduced_shape(shape: &Shape, dim: Option<&Value>) -> Shape {
    if dim.is_none() && *shape == Shape::matrix(0, 0) { Shape::matrix(0, 1) } else { shape.clone() }
}

/// `sum`, `prod`, `sumsq`.
fn total(host: &mut dyn Host, who: &'static str, kind: ReduceKind, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let x = match args {
        [x] | [x, _] => x,
        _ => return Err(usage(who)),
    };
    if let Some(bad) = options.iter().find(|o| !matches!(o.as_str(), "native" | "double" | "extra")) {
        return Err(fault!("{who}: unrecognized type argument '{bad}'"));
    }
    let native = options.iter().any(|o| o == "native");
    let double = options.iter().any(|o| o == "double");
    let Some(dtype) = x.dtype() else { return Err(fault!("{who}: wrong type argument '{}'", x.type_name())) };
    let axis = reduced_axis(who, args.get(1), &x.shape())?;
    let native = native && (dtype.is_integer() || dtype == DType::Bool);
    if native && let Value::Lazy(_) = x {
        return native_total(host, who, kind, x, axis, call);
    }
    if let Value::Lazy(node) = x {
        let x = if dtype.is_float() { x.clone() } else { lazy::cast(host, x, DType::F64, call.span)? };
        if axis >= node.shape().rank() {
            return one(match kind {
                ReduceKind::SumSq => {
                    let conjugate = lazy::elementwise(host, ScalarFn::Conj, &[&x], Who::Function(who), call.span)?;
                    ops::binary(host, BinaryOp::ElMul, &x, &conjugate, call.span)?
                }
                _ => x,
            });
        }
        return one(lazy::reduce(host, kind, &x, 1 << axis, call.span)?);
    }
    let block = x.to_block()?;
    let shape = reduced_shape(block.shape(), args.get(1));
    if let Data::F64(v) = block.data() {
        let (shape, v) = real_total(kind, &shape, axis, v, None);
        return one(numeric::real(shape, v, false));
    }
    let mut wide = Wide::of(&block);
    wide.single &= !double;
    // Every partial sum of integers keeps within their range.
    let range = match dtype {
        _ if !native => None,
        DType::I8 => Some((i8::MIN as f64, i8::MAX as f64)),
        DType::I16 => Some((i16::MIN as f64, i16::MAX as f64)),
        DType::I32 => Some((i32::MIN as f64, i32::MAX as f64)),
        DType::U8 => Some((0.0, u8::MAX as f64)),
        DType::U16 => Some((0.0, u16::MAX as f64)),
        DType::U32 => Some((0.0, u32::MAX as f64)),
        _ => None,
    };
    let result = match wide.elements {
        Elements::Real(v) => {
            let (shape, v) = real_total(kind, &shape, axis, &v, range);
            numeric::real(shape, v, wide.single)
        }
        Elements::Complex(v) => {
            let (shape, v) = match kind {
                ReduceKind::Prod => fold(&shape, axis, &v, Complex64::from(1.0), Mul::mul),
                ReduceKind::SumSq => fold(&shape, axis, &v, Complex64::ZERO, |s, x| s + Complex64::from(x.norm_sqr())),
                _ => fold(&shape, axis, &v, Complex64::ZERO, Add::add),
            };
            numeric::complex(shape, v, wide.single)
        }
    };
    if native {
        return one(convert::to_dtype(&*result.to_block()?, dtype));
    }
    one(result)
}

/// A sum or product of a large array in its own type. Where partial sums may leave the range and come back, the
/// sequence counts: such arrays are summed in memory.
fn native_total(
    host: &mut dyn Host,
    who: &'static str,
    kind: ReduceKind,
    x: &Value,
    axis: usize,
    call: Call,
) -> Result<Values> {
    let dtype = x.dtype().unwrap_or(DType::F64);
    if dtype == DType::Bool {
        let kind = if kind == ReduceKind::Prod { ReduceKind::All } else { ReduceKind::Any };
        return truth(host, who, kind, &[x.clone(), Value::from(axis + 1)], call);
    }
    let unsigned = matches!(dtype, DType::U8 | DType::U16 | DType::U32);
    if !unsigned || axis >= x.shape().rank() {
        return Err(gather_first("summed"));
    }
    let wide = lazy::cast(host, x, DType::F64, call.span)?;
    let sum = lazy::reduce(host, kind, &wide, 1 << axis, call.span)?;
    one(lazy::cast(host, &sum, dtype, call.span)?)
}

/// `sum` and its kin where the data may be text.
fn total_of(host: &mut dyn Host, who: &'static str, kind: ReduceKind, args: &[Value], call: Call) -> Result<Values> {
    if let Some(Value::Char(block, _)) = args.first() {
        let mut plain = args.to_vec();
        plain[0] = Value::block(convert::to_dtype(block, DType::F64));
        return total(host, who, kind, &plain, call);
    }
    total(host, who, kind, args, call)
}

/// The sum over an axis, for other families.
pub fn sum(host: &mut dyn Host, x: &Value, axis: usize, call: Call) -> Result<Value> {
    Ok(total_of(host, "sum", ReduceKind::Sum, &[x.clone(), Value::from(axis + 1)], call)?.remove(0))
}

/// `any`, `all`.
fn truth(host: &mut dyn Host, who: &'static str, kind: ReduceKind, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if let Value::Bool(b) = x {
        return one(*b);
    }
    if x.dtype().is_none() {
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    }
    let shape = x.shape();
    let axis = match args.get(1) {
        None => shape.first_nonsingleton(),
        Some(d) => match d.to_f64() {
            Some(v) if v >= 1.0 && v == v.trunc() => v as usize - 1,
            _ => return Err(fault!("{who}: invalid dimension argument = {}", d.to_f64().unwrap_or(f64::NAN))),
        },
    };
    if let Value::Lazy(node) = x {
        if axis >= node.shape().rank() {
            let who = Who::Function(who);
            let held = lazy::elementwise(host, ScalarFn::Ne, &[x, &Value::Num(0.0)], who, call.span)?;
            if kind == ReduceKind::All {
                return one(held);
            }
            let known = lazy::elementwise(host, ScalarFn::Eq, &[x, x], who, call.span)?;
            return one(lazy::elementwise(host, ScalarFn::And, &[&held, &known], who, call.span)?);
        }
        return one(lazy::reduce(host, kind, x, 1 << axis, call.span)?);
    }
    let shape = reduced_shape(&shape, args.get(1));
    let block = x.to_block()?;
    let mut values = truths(&block);
    let all = kind == ReduceKind::All;
    // NaN is not zero, but it is not true either.
    if !all && convert::has_nan(&block) {
        let known = |at: usize| !block.data().get_c64(at).re.is_nan() && !block.data().get_c64(at).im.is_nan();
        values.iter_mut().enumerate().for_each(|(at, value)| *value &= known(at));
    }
    let lanes = Lanes::new(&shape, axis);
    let out = lanes.map(&values, 1, |lane, made: &mut [bool]| {
        made[0] = if all { lane.iter().all(|&t| t) } else { lane.iter().any(|&t| t) };
    });
    one(Block::dense(shape.with_extent(axis, 1), Data::Bool(out)))
}

/// How the elements of a type compare where extremes are sought.
trait Ranked: Copy {
    fn missing(self) -> bool;
    fn above(self, other: Self) -> bool;
}

macro_rules! ranked {
    ($($t:ty),*) => {$(
        impl Ranked for $t {
            fn missing(self) -> bool {
                #[allow(clippy::eq_op)]
                { self != self }
            }
            fn above(self, other: Self) -> bool {
                self > other
            }
        }
    )*};
}
ranked!(f64, f32, i8, i16, i32, i64, u8, u16, u32, u64, bool);

macro_rules! ranked_complex {
    ($($t:ty),*) => {$(
        impl Ranked for $t {
            fn missing(self) -> bool {
                self.re.is_nan() || self.im.is_nan()
            }
            fn above(self, other: Self) -> bool {
                let (a, b) = (self.norm(), other.norm());
                a > b || (a == b && self.arg() > other.arg())
            }
        }
    )*};
}
ranked_complex!(Complex64, crate::array::Complex32);

/// Position of the first extreme element, NaN skipped; 0 if there are only NaN.
fn extreme<T: Ranked>(lane: &[T], greatest: bool) -> usize {
    let mut best: Option<usize> = None;
    for (i, &x) in lane.iter().enumerate() {
        if x.missing() {
            continue;
        }
        let better = best.is_none_or(|b| if greatest { x.above(lane[b]) } else { lane[b].above(x) });
        if better {
            best = Some(i);
        }
    }
    best.unwrap_or(0)
}

/// `max`, `min`: of one array along a dimension, or of two element by element.
fn extremes(host: &mut dyn Host, who: &'static str, greatest: bool, args: &[Value], call: Call) -> Result<Values> {
    let f = if greatest { ScalarFn::Max } else { ScalarFn::Min };
    if let [x, y] = args {
        if call.nargout > 1 {
            return Err(fault!("{who}: 2 output arguments are not supported for two-argument form"));
        }
        for v in [x, y] {
            if v.dtype().is_none() {
                return Err(fault!("{who}: wrong type argument '{}'", v.type_name()));
            }
        }
        let plain = |v: &Value| match v {
            Value::Char(b, _) => Value::block(convert::to_dtype(b, DType::F64)),
            other => other.clone(),
        };
        return one(lazy::elementwise(host, f, &[&plain(x), &plain(y)], Who::Function(who), call.span)?);
    }
    let x = &args[0];
    if let [_, second, _] = args
        && !second.is_empty()
    {
        host.warn("", &format!("{who}: second argument is ignored"));
    }
    let shape = x.shape();
    let along = match args.get(2) {
        None => shape.first_nonsingleton(),
        Some(d) => match d.to_f64() {
            Some(v) if v >= 1.0 && v == v.trunc() => v as usize - 1,
            _ => return Err(fault!("{who}: DIM must be a valid dimension")),
        },
    };
    if x.dtype().is_none() {
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    }
    // Nobody asks where it is: of floating-point numbers that is a reduction as others are.
    let plain = matches!(x, Value::Array(block) if matches!(block.dtype(), DType::F64 | DType::F32));
    if (matches!(x, Value::Lazy(_)) || plain && !x.is_empty()) && call.nargout < 2 && shape.extent(along) > 0 {
        let kind = if greatest { ReduceKind::Max } else { ReduceKind::Min };
        return one(if along < shape.rank() { lazy::reduce(host, kind, x, 1 << along, call.span)? } else { x.clone() });
    }
    if matches!(x, Value::Lazy(_)) && along < shape.rank() && shape.extent(along) > 0 {
        let (value, place) =
            if greatest { (ReduceKind::Max, ReduceKind::ArgMax) } else { (ReduceKind::Min, ReduceKind::ArgMin) };
        let value = lazy::reduce(host, value, x, 1 << along, call.span)?;
        return several([value, lazy::reduce(host, place, x, 1 << along, call.span)?]);
    }
    let mut block = lazy::gathered(host, x, who)?.to_block()?;
    if block.dtype() == DType::Char {
        block = std::sync::Arc::new(convert::to_dtype(&block, DType::F64));
    }
    if shape.extent(along) == 0 {
        // Nothing to choose from: the empty extent stays.
        let out = if shape == Shape::matrix(0, 0) || shape.extent(along) == 0 && shape.is_empty() {
            shape.clone()
        } else {
            shape.with_extent(along, 0)
        };
        let empty = Value::block(pick_block(&block, out.clone(), &[]));
        return several([empty, Value::block(Block::dense(out, Data::F64(Vec::new())))]);
    }
    let lanes = Lanes::new(&shape, along);
    let places: Vec<usize> = crate::each_data!(block.data(), v => lanes.map(v, 1, |lane, made: &mut [usize]| made[0] = extreme(lane, greatest)));
    let out = shape.with_extent(along, 1);
    let from: Vec<usize> = places
        .iter()
        .enumerate()
        .map(|(k, &i)| lanes.at(k / lanes.before.max(1), k % lanes.before.max(1), i))
        .collect();
    let best = Value::block(ops::narrow(pick_block(&block, out.clone(), &from)));
    if call.nargout < 2 {
        return one(best);
    }
    several([best, Value::block(Block::dense(out, Data::F64(places.iter().map(|&i| (i + 1) as f64).collect())))])
}

/// `dot (x, y, dim)`.
fn dot(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (x, y) = (&args[0], &args[1]);
    for v in [x, y] {
        if v.dtype().is_none_or(|d| matches!(d, DType::Char | DType::Bool)) {
            return Err(fault!("dot: X and Y must be numeric"));
        }
    }
    let (s, t) = (x.shape(), y.shape());
    let (x, y) = if s != t && s.is_vector() && t.is_vector() && s.len() == t.len() && args.len() == 2 {
        let shape = Shape::matrix(s.len(), 1);
        (lazy::reshape(host, x, shape.clone(), call.span)?, lazy::reshape(host, y, shape, call.span)?)
    } else if s == t {
        (x.clone(), y.clone())
    } else {
        return Err(fault!("dot: sizes of X and Y must match"));
    };
    let axis = match args.get(2) {
        None => x.shape().first_nonsingleton(),
        Some(d) => crate::builtin::args::axis("dot", d)?,
    };
    let left = if x.dtype().is_some_and(DType::is_complex) {
        lazy::elementwise(host, ScalarFn::Conj, &[&x], Who::Function("dot"), call.span)?
    } else {
        x
    };
    let product = ops::binary(host, BinaryOp::ElMul, &left, &y, call.span)?;
    one(sum(host, &product, axis, call)?)
}

/// `range (x)`, `[s, l] = bounds (x)`.
fn bounds(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let x = args.first().ok_or_else(|| usage("bounds"))?;
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("bounds: X must be a numeric vector or matrix"));
    }
    let axis = reduced_axis("bounds", args.get(1), &x.shape())?;
    let list = [x.clone(), Value::empty(), Value::from(axis + 1)];
    let mut low = extremes(host, "min", false, &list, call.single())?.remove(0);
    let mut high = extremes(host, "max", true, &list, call.single())?.remove(0);
    if options.iter().any(|o| o == "includenan") {
        let nan = ops::binary(host, BinaryOp::Ne, x, x, call.span)?;
        let nan = truth(host, "any", ReduceKind::Any, &[nan, Value::from(axis + 1)], call)?.remove(0);
        for v in [&mut low, &mut high] {
            *v = lazy::elementwise(
                host,
                ScalarFn::Select,
                &[&nan, &Value::Num(f64::NAN), v],
                Who::Function("bounds"),
                call.span,
            )?;
        }
    }
    several([low, high])
}

impl Call {
    /// The same call for one result.
    pub fn single(self) -> Call {
        Call { nargout: 1, ..self }
    }
}

/// The least and the greatest along an axis, for other families.
pub fn extremes_along(host: &mut dyn Host, x: &Value, axis: usize, call: Call) -> Result<(Value, Value)> {
    let list = [x.clone(), Value::empty(), Value::from(axis + 1)];
    let low = extremes(host, "min", false, &list, call.single())?.remove(0);
    Ok((low, extremes(host, "max", true, &list, call.single())?.remove(0)))
}

fn greater(x: f64, y: f64) -> Option<f64> {
    Some(crate::array::scalar_fn::eval_f64(ScalarFn::Max, &[x, y]))
}

fn lesser(x: f64, y: f64) -> Option<f64> {
    Some(crate::array::scalar_fn::eval_f64(ScalarFn::Min, &[x, y]))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "sum",
        (1, 3),
        1,
        |h, a, c| total_of(h, "sum", ReduceKind::Sum, a, c),
        "sum (X), sum (X, DIM), sum (..., \"native\")\n\nSum of the elements along a dimension, the first that is not 1.\n\n    sum ([1 2; 3 4])\n",
    )
    .with_scalar(Some),
    Builtin::new(
        "prod",
        (1, 3),
        1,
        |h, a, c| total_of(h, "prod", ReduceKind::Prod, a, c),
        "prod (X), prod (X, DIM), prod (..., \"native\")\n\nProduct of the elements along a dimension.\n\n    prod ([1 2; 3 4])\n",
    )
    .with_scalar(Some),
    Builtin::new(
        "sumsq",
        (1, 2),
        1,
        |h, a, c| total_of(h, "sumsq", ReduceKind::SumSq, a, c),
        "sumsq (X), sumsq (X, DIM)\n\nSum of the squares of the elements along a dimension.\n\n    sumsq ([3 4])\n",
    ),
    Builtin::new(
        "any",
        (1, 2),
        1,
        |h, a, c| truth(h, "any", ReduceKind::Any, a, c),
        "any (X), any (X, DIM)\n\nWhether some element along a dimension is not zero.\n\n    any ([0 1; 0 0])\n",
    ),
    Builtin::new(
        "all",
        (1, 2),
        1,
        |h, a, c| truth(h, "all", ReduceKind::All, a, c),
        "all (X), all (X, DIM)\n\nWhether all elements along a dimension are not zero.\n\n    all ([1 1; 0 1])\n",
    ),
    Builtin::new(
        "max",
        (1, 3),
        2,
        |h, a, c| extremes(h, "max", true, a, c),
        "max (X), max (X, [], DIM), [W, IW] = max (X), max (X, Y)\n\nThe greatest element along a dimension and where it is, or the greater of two; NaN is skipped.\n\n    max ([3 1 2])\n",
    ).minds_complex()
    .with_scalar(Some)
    .with_scalar2(greater),
    Builtin::new(
        "min",
        (1, 3),
        2,
        |h, a, c| extremes(h, "min", false, a, c),
        "min (X), min (X, [], DIM), [W, IW] = min (X), min (X, Y)\n\nThe least element along a dimension and where it is, or the lesser of two; NaN is skipped.\n\n    min ([3 1 2])\n",
    ).minds_complex()
    .with_scalar(Some)
    .with_scalar2(lesser),
    Builtin::new(
        "cumsum",
        (1, 3),
        1,
        |h, a, c| cumulative::running(h, "cumsum", ScanKind::Sum, a, c),
        "cumsum (X), cumsum (X, DIM)\n\nRunning sums along a dimension.\n\n    cumsum ([1 2 3])\n",
    ),
    Builtin::new(
        "cumprod",
        (1, 3),
        1,
        |h, a, c| cumulative::running(h, "cumprod", ScanKind::Prod, a, c),
        "cumprod (X), cumprod (X, DIM)\n\nRunning products along a dimension.\n\n    cumprod ([1 2 3])\n",
    ),
    Builtin::new(
        "cummax",
        (1, 2),
        2,
        |h, a, c| cumulative::extremes(h, "cummax", true, a, c),
        "[W, IW] = cummax (X), cummax (X, DIM)\n\nThe greatest element so far, and where it is.\n\n    cummax ([1 3 2])\n",
    ).minds_complex(),
    Builtin::new(
        "cummin",
        (1, 2),
        2,
        |h, a, c| cumulative::extremes(h, "cummin", false, a, c),
        "[W, IW] = cummin (X), cummin (X, DIM)\n\nThe least element so far, and where it is.\n\n    cummin ([3 1 2])\n",
    ).minds_complex(),
    Builtin::new(
        "diff",
        (1, 3),
        1,
        cumulative::diff,
        "diff (X), diff (X, K), diff (X, K, DIM)\n\nDifferences of neighbours, K times over.\n\n    diff ([1 4 9])\n",
    ),
    Builtin::new(
        "dot",
        (2, 3),
        1,
        dot,
        "dot (X, Y), dot (X, Y, DIM)\n\nScalar products along a dimension.\n\n    dot ([1 2], [3 4])\n",
    ),
    Builtin::new(
        "bounds",
        (1, 3),
        2,
        bounds,
        "[S, L] = bounds (X), bounds (X, DIM), bounds (..., NANFLAG)\n\nThe least and the greatest element along a dimension.\n\n    [s, l] = bounds ([3 1 2])\n",
    ),
];
