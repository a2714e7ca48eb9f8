//! Elementwise arithmetic of short real arrays without the way through a kernel: for a handful of elements that way
//! costs more than the work. The results are the same to the bit. An operand that nobody else holds (an intermediate
//! result) lends its memory to the result.

use crate::array::{Block, Data};
use crate::syntax::ast::BinaryOp;
use crate::value::Value;
use std::sync::Arc;

/// Longer arrays go to the kernels.
const MOST: usize = 2048;

/// `a op b` of doubles of one shape, or of an array and a scalar; `None` for everything else.
pub fn binary(op: BinaryOp, a: &mut Value, b: &mut Value) -> Option<Value> {
    match (&*a, &*b) {
        (Value::Array(x), Value::Array(y)) if x.shape() == y.shape() => {
            if matches!(op, BinaryOp::Mul | BinaryOp::Div) {
                return None;
            }
        }
        (Value::Array(_), Value::Num(_)) => {}
        (Value::Num(_), Value::Array(_)) if op != BinaryOp::Div => {}
        _ => return None,
    }
    match op {
        BinaryOp::Add => arithmetic(a, b, |x, y| x + y),
        BinaryOp::Sub => arithmetic(a, b, |x, y| x - y),
        BinaryOp::Mul | BinaryOp::ElMul => arithmetic(a, b, |x, y| x * y),
        BinaryOp::Div | BinaryOp::ElDiv => arithmetic(a, b, |x, y| x / y),
        BinaryOp::Lt => comparison(a, b, |x, y| x < y),
        BinaryOp::Le => comparison(a, b, |x, y| x <= y),
        BinaryOp::Eq => comparison(a, b, |x, y| x == y),
        BinaryOp::Ne => comparison(a, b, |x, y| x != y),
        BinaryOp::Ge => comparison(a, b, |x, y| x >= y),
        BinaryOp::Gt => comparison(a, b, |x, y| x > y),
        _ => None,
    }
}

/// `a = a op b`, in the memory of `a`; false, and nothing done, where `a` is shared or the general way must go.
pub fn in_place(op: BinaryOp, a: &mut Value, b: &Value) -> bool {
    let Value::Array(own) = a else { return false };
    if let Value::Array(b) = b
        && (b.shape() != own.shape() || matches!(op, BinaryOp::Mul | BinaryOp::Div))
    {
        return false;
    }
    let Some(own) = Arc::get_mut(own) else { return false };
    let Data::F64(left) = own.data_mut() else { return false };
    match op {
        BinaryOp::Add => change(left, b, |x, y| x + y),
        BinaryOp::Sub => change(left, b, |x, y| x - y),
        BinaryOp::Mul | BinaryOp::ElMul => change(left, b, |x, y| x * y),
        BinaryOp::Div | BinaryOp::ElDiv => change(left, b, |x, y| x / y),
        _ => false,
    }
}

#[inline(always)]
fn change(left: &mut [f64], right: &Value, f: impl Fn(f64, f64) -> f64) -> bool {
    match right {
        _ if left.len() > MOST => return false,
        Value::Num(y) => left.iter_mut().for_each(|x| *x = f(*x, *y)),
        Value::Array(right) => match right.slice::<f64>() {
            Some(right) => left.iter_mut().zip(right).for_each(|(x, y)| *x = f(*x, *y)),
            None => return false,
        },
        _ => return false,
    }
    true
}

fn short(block: &Block) -> Option<&[f64]> {
    block.slice::<f64>().filter(|elements| elements.len() <= MOST)
}

fn arithmetic(a: &mut Value, b: &mut Value, f: impl Fn(f64, f64) -> f64) -> Option<Value> {
    match (a, b) {
        (Value::Array(x), Value::Num(y)) => map(x, |x| f(x, *y)),
        (Value::Num(x), Value::Array(y)) => map(y, |y| f(*x, y)),
        (Value::Array(x), Value::Array(y)) => {
            let right = short(y)?;
            if let Some(own) = Arc::get_mut(x) {
                let Data::F64(left) = own.data_mut() else { return None };
                left.iter_mut().zip(right).for_each(|(x, y)| *x = f(*x, *y));
                return Some(Value::Array(x.clone()));
            }
            let left = short(x)?;
            if let Some(Data::F64(right)) = Arc::get_mut(y).map(Block::data_mut) {
                right.iter_mut().zip(left).for_each(|(y, x)| *y = f(*x, *y));
                return Some(Value::Array(y.clone()));
            }
            let right = short(y)?;
            let elements = left.iter().zip(right).map(|(x, y)| f(*x, *y)).collect();
            Some(Value::Array(Arc::new(Block::dense(x.shape().clone(), Data::F64(elements)))))
        }
        _ => None,
    }
}

fn map(block: &mut Arc<Block>, f: impl Fn(f64) -> f64) -> Option<Value> {
    short(block)?;
    if let Some(Data::F64(own)) = Arc::get_mut(block).map(Block::data_mut) {
        own.iter_mut().for_each(|x| *x = f(*x));
        return Some(Value::Array(block.clone()));
    }
    let elements = short(block)?.iter().map(|x| f(*x)).collect();
    Some(Value::Array(Arc::new(Block::dense(block.shape().clone(), Data::F64(elements)))))
}

fn comparison(a: &Value, b: &Value, f: impl Fn(f64, f64) -> bool) -> Option<Value> {
    let (shape, truths) = match (a, b) {
        (Value::Array(x), Value::Num(y)) => (x.shape(), short(x)?.iter().map(|x| f(*x, *y)).collect()),
        (Value::Num(x), Value::Array(y)) => (y.shape(), short(y)?.iter().map(|y| f(*x, *y)).collect()),
        (Value::Array(x), Value::Array(y)) => {
            (x.shape(), short(x)?.iter().zip(short(y)?).map(|(x, y)| f(*x, *y)).collect())
        }
        _ => return None,
    };
    Some(Value::block(Block::dense(shape.clone(), Data::Bool(truths))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_place_only_what_is_ones_own() {
        let mut own = Value::row(vec![1.0, 2.0]);
        assert!(in_place(BinaryOp::Sub, &mut own, &Value::row(vec![0.5, 1.0])));
        assert_eq!(own.elements::<f64>(), Some(&[0.5, 1.0][..]));
        assert!(!in_place(BinaryOp::Add, &mut own, &Value::column(vec![1.0, 2.0])));
        let kept = own.clone();
        assert!(!in_place(BinaryOp::Add, &mut own, &Value::Num(1.0)));
        assert_eq!(kept.elements::<f64>(), Some(&[0.5, 1.0][..]));
    }

    #[test]
    fn a_shared_operand_keeps_its_elements() {
        let mut kept = Value::row(vec![1.0, 2.0]);
        let mut again = kept.clone();
        let sum = binary(BinaryOp::Add, &mut again, &mut Value::Num(1.0)).unwrap();
        assert_eq!(sum.elements::<f64>(), Some(&[2.0, 3.0][..]));
        assert_eq!(kept.elements::<f64>(), Some(&[1.0, 2.0][..]));
        assert!(binary(BinaryOp::Mul, &mut kept, &mut again).is_none());
    }
}
