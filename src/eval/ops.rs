//! Operators on values that are not unboxed scalars, until `builtin::ops` has them: real doubles, element by element.
use crate::array::{Block, Data};
use crate::builtin::Host;
use crate::diag::{Result, Span};
use crate::fault;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::Value;

pub fn binary(_: &mut dyn Host, op: BinaryOp, a: &Value, b: &Value, span: Span) -> Result<Value> {
    let bad = || {
        fault!(
            "binary operator '{}' not implemented for '{}' by '{}' operations",
            op.symbol(),
            a.type_name(),
            b.type_name()
        )
        .at(span)
    };
    if matches!(a, Value::Cell(_) | Value::Struct(_) | Value::Func(_))
        || matches!(b, Value::Cell(_) | Value::Struct(_) | Value::Func(_))
    {
        return Err(bad());
    }
    let (x, y) = (a.to_block()?, b.to_block()?);
    let Some(shape) = x.shape().broadcast(y.shape()) else {
        return Err(fault!(
            "operator {}: nonconformant arguments (op1 is {}, op2 is {})",
            op.symbol(),
            x.shape(),
            y.shape()
        )
        .id("Octave:nonconformant-args")
        .at(span));
    };
    let (mut nums, mut bools) = (Vec::new(), Vec::new());
    for at in 0..shape.len() {
        let pick = |b: &Block| {
            let (r, c) = (at % shape.rows(), at / shape.rows());
            let r = if b.shape().rows() == 1 { 0 } else { r };
            let c = if b.shape().columns() == 1 { 0 } else { c };
            b.data().get_f64(r + c * b.shape().rows())
        };
        match super::scalar::binary(op, pick(&x), pick(&y)) {
            Some(Value::Num(z)) => nums.push(z),
            Some(Value::Bool(z)) => bools.push(z),
            _ => return Err(bad()),
        }
    }
    Ok(Value::block(Block::dense(shape, if bools.is_empty() { Data::F64(nums) } else { Data::Bool(bools) })))
}

pub fn unary(_: &mut dyn Host, op: UnaryOp, a: &Value, span: Span) -> Result<Value> {
    let x = a.to_block()?;
    let mut nums = Vec::new();
    for at in 0..x.len() {
        match super::scalar::unary(op, x.data().get_f64(at)) {
            Some(Value::Num(z)) => nums.push(z),
            _ => return Err(fault!("unary operator not implemented for '{}' operands", a.type_name()).at(span)),
        }
    }
    Ok(Value::block(Block::dense(x.shape().clone(), Data::F64(nums))))
}

pub fn transpose(_: &mut dyn Host, a: &Value, _conjugate: bool, span: Span) -> Result<Value> {
    let x = a.to_block()?;
    if x.shape().rank() > 2 {
        return Err(fault!("transpose not defined for N-D objects").at(span));
    }
    let (m, n) = (x.shape().rows(), x.shape().columns());
    let v = (0..m * n).map(|at| x.data().get_f64(at / n.max(1) + (at % n.max(1)) * m)).collect();
    Ok(Value::matrix(n, m, v))
}
