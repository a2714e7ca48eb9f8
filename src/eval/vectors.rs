//! Elementwise arithmetic of short real arrays without the way through a kernel: for a handful of elements that way
//! costs more than the work. The results are the same to the bit. An operand that nobody else holds (an intermediate
//! result) lends its memory to the result.

use crate::array::{Block, Data, Shape};
use crate::syntax::ast::BinaryOp;
use crate::value::Value;
use smallvec::SmallVec;
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

/// An operand that is read where it lies, or an intermediate result that needs no memory of its own.
pub enum Short<'a> {
    Number(f64),
    Held(&'a [f64], &'a Shape),
    Made(SmallVec<[f64; 8]>, &'a Shape),
}

impl<'a> Short<'a> {
    /// A short array of doubles.
    pub fn of(block: &'a Block) -> Option<Short<'a>> {
        Some(Short::Held(short(block)?, block.shape()))
    }

    fn array(&self) -> Option<(&[f64], &'a Shape)> {
        match self {
            Short::Number(_) => None,
            Short::Held(elements, shape) => Some((elements, shape)),
            Short::Made(elements, shape) => Some((elements, shape)),
        }
    }

    /// `self op right`, under the terms of [`binary`].
    pub fn combined(self, op: BinaryOp, right: Short<'a>) -> Option<Short<'a>> {
        match op {
            BinaryOp::Add => self.joined(right, |x, y| x + y),
            BinaryOp::Sub => self.joined(right, |x, y| x - y),
            BinaryOp::ElMul => self.joined(right, |x, y| x * y),
            BinaryOp::ElDiv => self.joined(right, |x, y| x / y),
            BinaryOp::Mul if self.array().is_none() || right.array().is_none() => self.joined(right, |x, y| x * y),
            BinaryOp::Div if right.array().is_none() => self.joined(right, |x, y| x / y),
            _ => None,
        }
    }

    #[inline(always)]
    fn joined(mut self, right: Short<'a>, f: impl Fn(f64, f64) -> f64) -> Option<Short<'a>> {
        match (&mut self, &right) {
            (Short::Number(_), Short::Number(_)) => None,
            (Short::Number(x), _) => {
                let (elements, shape) = right.array()?;
                Some(Short::Made(elements.iter().map(|y| f(*x, *y)).collect(), shape))
            }
            (Short::Made(elements, _), Short::Number(y)) => {
                elements.iter_mut().for_each(|x| *x = f(*x, *y));
                Some(self)
            }
            (Short::Held(elements, shape), Short::Number(y)) => {
                Some(Short::Made(elements.iter().map(|x| f(*x, *y)).collect(), shape))
            }
            _ => {
                let ((left, shape), (right, other)) = (self.array()?, right.array()?);
                let pairs = left.iter().zip(right).map(|(x, y)| f(*x, *y));
                (shape == other).then(|| Short::Made(pairs.collect(), shape))
            }
        }
    }
}

/// `a = a op b`, in the memory of `a`; false, and nothing done, where `a` is shared or the general way must go.
pub fn in_place(op: BinaryOp, a: &mut Arc<Block>, b: &Short) -> bool {
    let right = b.array();
    if let Some((_, shape)) = right
        && (shape != a.shape() || matches!(op, BinaryOp::Mul | BinaryOp::Div))
    {
        return false;
    }
    let Some(own) = Arc::get_mut(a).filter(|own| own.len() <= MOST) else { return false };
    let Data::F64(left) = own.data_mut() else { return false };
    match op {
        BinaryOp::Add => change(left, b, |x, y| x + y),
        BinaryOp::Sub => change(left, b, |x, y| x - y),
        BinaryOp::Mul | BinaryOp::ElMul => change(left, b, |x, y| x * y),
        BinaryOp::Div | BinaryOp::ElDiv => change(left, b, |x, y| x / y),
        _ => return false,
    }
    true
}

#[inline(always)]
fn change(left: &mut [f64], right: &Short, f: impl Fn(f64, f64) -> f64) {
    match right {
        Short::Number(y) => left.iter_mut().for_each(|x| *x = f(*x, *y)),
        Short::Held(right, _) => left.iter_mut().zip(*right).for_each(|(x, y)| *x = f(*x, *y)),
        Short::Made(right, _) => left.iter_mut().zip(right).for_each(|(x, y)| *x = f(*x, *y)),
    }
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
        let block = |value: &Value| match value {
            Value::Array(block) => block.clone(),
            _ => panic!("not an array"),
        };
        let mut own = block(&Value::row(vec![1.0, 2.0]));
        let (row, column) = (block(&Value::row(vec![0.5, 1.0])), block(&Value::column(vec![1.0, 2.0])));
        let halved = Short::of(&row).unwrap().combined(BinaryOp::Mul, Short::Number(0.5)).unwrap();
        assert!(in_place(BinaryOp::Sub, &mut own, &halved));
        assert_eq!(own.slice::<f64>(), Some(&[0.75, 1.5][..]));
        assert!(!in_place(BinaryOp::Add, &mut own, &Short::of(&column).unwrap()));
        assert!(!in_place(BinaryOp::Mul, &mut own, &Short::of(&row).unwrap()));
        let kept = own.clone();
        assert!(!in_place(BinaryOp::Add, &mut own, &Short::Number(1.0)));
        assert_eq!(kept.slice::<f64>(), Some(&[0.75, 1.5][..]));
        let both = || (Short::of(&row).unwrap(), Short::of(&column).unwrap());
        for op in [BinaryOp::Add, BinaryOp::Mul, BinaryOp::ElMul] {
            assert!(both().0.combined(op, both().1).is_none());
        }
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
