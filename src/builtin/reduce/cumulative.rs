//! Running results and differences along a dimension.

use super::folds::{differences, scanned};
use crate::array::{Block, Complex64, DType, Data};
use crate::builtin::api::{Call, Host, Values};
use crate::builtin::args::{Lanes, one, reduced_axis, several, split_options};
use crate::builtin::lane;
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::{self, lazy};
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::{LaneKind, ScanKind};
use crate::syntax::ast::BinaryOp;
use crate::value::{Value, convert};
use std::ops::{Add, Mul};

/// `cumsum`, `cumprod`.
pub fn running(host: &mut dyn Host, who: &'static str, kind: ScanKind, args: &[Value], call: Call) -> Result<Values> {
    let (args, _) = if matches!(args[0], Value::Char(..)) { (args, Vec::new()) } else { split_options(args) };
    let x = &args[0];
    if x.dtype().is_none() {
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    }
    let shape = x.shape();
    let axis = reduced_axis(who, args.get(1), &shape)?;
    if matches!(x, Value::Lazy(_)) {
        let x = if x.dtype().is_some_and(|d| !d.is_float()) {
            lazy::cast(host, x, DType::F64, call.span)?
        } else {
            x.clone()
        };
        if axis >= shape.rank() {
            return one(x);
        }
        return one(lazy::scan(host, kind, &x, axis, call.span)?);
    }
    let wide = Wide::new(host, x, who)?;
    let lanes = Lanes::new(&shape, axis);
    one(match (wide.elements, kind) {
        (Elements::Real(v), ScanKind::Prod) => numeric::real(shape, scanned(v, lanes, 1.0, Mul::mul), wide.single),
        (Elements::Real(v), _) => numeric::real(shape, scanned(v, lanes, 0.0, Add::add), wide.single),
        (Elements::Complex(v), ScanKind::Prod) => {
            numeric::complex(shape, scanned(v, lanes, Complex64::from(1.0), Mul::mul), wide.single)
        }
        (Elements::Complex(v), _) => numeric::complex(shape, scanned(v, lanes, Complex64::ZERO, Add::add), wide.single),
    })
}

/// `cummax`, `cummin`.
pub fn extremes(host: &mut dyn Host, who: &'static str, greatest: bool, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.dtype().is_none() {
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    }
    let shape = x.shape();
    let axis = reduced_axis(who, args.get(1), &shape)?;
    let plain;
    let x = if matches!(x.dtype(), Some(DType::Bool | DType::Char)) {
        plain = match x {
            Value::Char(b, _) => Value::block(convert::to_dtype(b, DType::F64)),
            other => lazy::cast(host, other, DType::F64, call.span)?,
        };
        &plain
    } else {
        x
    };
    if axis >= shape.rank() || shape.is_empty() {
        let places = if shape.is_empty() { Data::F64(Vec::new()) } else { Data::F64(vec![1.0; shape.len()]) };
        return several([x.clone(), Value::block(Block::dense(shape, places))]);
    }
    let kind = if greatest { ScanKind::Max } else { ScanKind::Min };
    let best = lazy::scan(host, kind, x, axis, call.span)?;
    if call.nargout < 2 {
        return one(best);
    }
    several([best, lane::each(host, LaneKind::RunningIndex { greatest }, x, axis, call.span)?])
}

/// `diff (x, k, dim)`.
pub fn diff(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut x = args[0].clone();
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("diff: X must be numeric or logical"));
    }
    let order = match args.get(1).filter(|k| !k.is_empty()) {
        None => 1,
        Some(k) => match k.to_f64() {
            Some(v) if k.is_scalar() && v >= 0.0 && v == v.trunc() => v as usize,
            _ if !k.is_scalar() => return Err(fault!("diff: order K must be a scalar or []")),
            _ => return Err(fault!("diff: order K must be non-negative")),
        },
    };
    let dim = args.get(2);
    let fixed = match dim {
        None => None,
        Some(d) => match d.to_f64() {
            Some(v) if v >= 1.0 && v == v.trunc() && (v as usize) <= x.shape().rank() => Some(v as usize - 1),
            _ => return Err(fault!("diff: DIM must be a valid dimension")),
        },
    };
    for _ in 0..order {
        let shape = x.shape();
        let axis = fixed.unwrap_or_else(|| shape.first_nonsingleton());
        let n = shape.extent(axis);
        if n == 0 || shape.is_scalar() && fixed.is_none() {
            return one(if shape.is_scalar() { Value::empty() } else { x });
        }
        if let Value::Array(block) = &x
            && let Data::F64(v) = block.data()
        {
            let out = differences(v, Lanes::new(&shape, axis));
            x = numeric::real(shape.with_extent(axis, n - 1), out, false);
            continue;
        }
        let part = |start| lazy::layers(&x, axis, AxisSlice { start, step: 1, len: n - 1 }, call.span);
        let (later, earlier) = (part(1)?, part(0)?);
        x = ops::binary(host, BinaryOp::Sub, &later, &earlier, call.span)?;
    }
    one(x)
}
