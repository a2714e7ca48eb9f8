//! Expressions of real scalars without boxing: constants, variables, elements, fields, arithmetic, and functions of
//! one or two numbers. Nothing in them has an effect, so an attempt that fails halfway (an operand is an array, a
//! root is complex) may be made again the general way.

use super::call::Callee;
use super::code::{Chain, EndBase, EndLevel, Expr, IndexCode, Link, LinkKind, Node, Root, Site, SlotId};
use super::expr::{extent, offset2};
use super::frame::Slot;
use super::interp::Interp;
use super::scalar;
use super::vectors::{self, Short};
use crate::array::Data;
use crate::builtin::{Builtin, ops};
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::Value;

impl Interp {
    /// The value of an expression that is a real double, if it is made of such alone.
    pub(super) fn number(&self, expr: &Expr) -> Option<f64> {
        match &expr.node {
            Node::Num(x) => Some(*x),
            Node::Var(slot, _) => match &self.frame.slots[*slot as usize] {
                Slot::Set(Value::Num(x)) => Some(*x),
                _ => None,
            },
            Node::Binary(op, pair) => arithmetic(*op, || self.operand(&pair.0), || self.operand(&pair.1)),
            Node::Index1(index) => self.element_number(index),
            Node::Index2(index) => self.element2_number(index),
            Node::Unary(UnaryOp::Minus, operand) => Some(-self.number(operand)?),
            Node::Call(call) if call.args.plain => match &call.args.list[..] {
                [arg] => self.known_builtin(&call.site)?.scalar?(self.number(arg)?),
                [a, b] => self.known_builtin(&call.site)?.scalar2?(self.number(a)?, self.number(b)?),
                _ => None,
            },
            Node::Chain(chain) => self.field_number(chain),
            Node::End(levels) => self.end_number(levels),
            _ => None,
        }
    }

    /// The number that arithmetic takes an expression for: a truth value or a character is one too.
    fn operand(&self, expr: &Expr) -> Option<f64> {
        let value = match &expr.node {
            Node::Var(slot, _) => match &self.frame.slots[*slot as usize] {
                Slot::Set(value) => value,
                _ => return None,
            },
            Node::Const(value) => value,
            Node::Index1(index) => {
                let Slot::Set(Value::Array(block) | Value::Char(block, _)) = &self.frame.slots[index.slot as usize]
                else {
                    return None;
                };
                let at = whole(self.number(&index.args.list[0])?)?;
                return match block.data() {
                    Data::F64(v) => v.get(at - 1).copied(),
                    Data::Bool(v) => v.get(at - 1).map(|x| f64::from(u8::from(*x))),
                    Data::Char(v) => v.get(at - 1).map(|x| f64::from(*x)),
                    _ => None,
                };
            }
            _ => return self.number(expr),
        };
        scalar::number(value)
    }

    /// Whether a comparison of two such expressions holds.
    #[inline(always)]
    pub(super) fn comparison(&self, op: BinaryOp, pair: &(Expr, Expr)) -> Option<bool> {
        match op {
            BinaryOp::Lt | BinaryOp::Le | BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Ge | BinaryOp::Gt => {
                scalar::compare(op, self.operand(&pair.0)?, self.operand(&pair.1)?)
            }
            _ => None,
        }
    }

    #[inline]
    fn element_number(&self, index: &IndexCode) -> Option<f64> {
        let Slot::Set(Value::Array(block)) = &self.frame.slots[index.slot as usize] else { return None };
        let Data::F64(v) = block.data() else { return None };
        v.get(whole(self.number(&index.args.list[0])?)? - 1).copied()
    }

    #[inline]
    fn element2_number(&self, index: &IndexCode) -> Option<f64> {
        let Slot::Set(Value::Array(block)) = &self.frame.slots[index.slot as usize] else { return None };
        let Data::F64(v) = block.data() else { return None };
        let (i, j) = (self.number(&index.args.list[0])?, self.number(&index.args.list[1])?);
        offset2(block.shape(), i, j).map(|at| v[at])
    }

    /// `end` in an indexing of a whole vector or matrix in memory.
    fn end_number(&self, levels: &[EndLevel]) -> Option<f64> {
        let [EndLevel { base: EndBase::Slot(slot), position, count }] = levels else { return None };
        match &self.frame.slots[*slot as usize] {
            Slot::Set(Value::Array(block)) => Some(extent(block.shape(), *position, *count) as f64),
            _ => None,
        }
    }

    #[inline]
    fn field_number(&self, chain: &Chain) -> Option<f64> {
        let (Root::Slot(slot, _), [Link { kind: LinkKind::Field(name), .. }]) = (&chain.root, &chain.links[..]) else {
            return None;
        };
        match &self.frame.slots[*slot as usize] {
            Slot::Set(Value::Struct(record)) if record.len() == 1 => match record.get(name) {
                Some(Value::Num(x)) => Some(*x),
                _ => None,
            },
            _ => None,
        }
    }

    /// The builtin a name stood for the last time, if it still does.
    #[inline(always)]
    fn known_builtin(&self, site: &Site) -> Option<&'static Builtin> {
        if self.dynamic(site).is_some() {
            return None;
        }
        match &*site.callee.borrow() {
            Some((tables, Callee::Builtin(builtin))) if *tables == self.tables => Some(builtin),
            _ => None,
        }
    }

    /// A real scalar into a variable.
    #[inline(always)]
    pub(super) fn set_number(&mut self, slot: SlotId, new: f64) {
        match &mut self.frame.slots[slot as usize] {
            Slot::Set(Value::Num(x)) => *x = new,
            Slot::Shared(at) => self.shared[*at] = Value::Num(new),
            other => *other = Slot::Set(Value::Num(new)),
        }
    }

    /// `x = x op v` of a short array that the variable alone holds, in its memory; false, and nothing done, where
    /// that cannot be.
    pub(super) fn set_in_place(&mut self, slot: SlotId, value: &Expr) -> bool {
        let Node::Binary(op, pair) = &value.node else { return false };
        let Node::Var(left, _) = &pair.0.node else { return false };
        if *left != slot || self.settings.dense_limit == 0 {
            return false;
        }
        let Slot::Set(Value::Array(_)) = &self.frame.slots[slot as usize] else { return false };
        // It stands aside meanwhile: an operand that reads it too is not found, and all goes the general way.
        let mut variable = std::mem::take(&mut self.frame.slots[slot as usize]);
        let done = match (&mut variable, self.short(&pair.1)) {
            (Slot::Set(Value::Array(own)), Some(right)) => vectors::in_place(*op, own, &right),
            _ => false,
        };
        self.frame.slots[slot as usize] = variable;
        done
    }

    /// An operand without effects: a number, a variable, or operators on such.
    fn short(&self, expr: &Expr) -> Option<Short<'_>> {
        if let Some(x) = self.number(expr) {
            return Some(Short::Number(x));
        }
        match &expr.node {
            Node::Var(slot, _) => match &self.frame.slots[*slot as usize] {
                Slot::Set(Value::Array(block)) => Short::of(block),
                _ => None,
            },
            Node::Binary(op, pair) => self.short(&pair.0)?.combined(*op, self.short(&pair.1)?),
            _ => None,
        }
    }
}

/// Arithmetic of two real doubles where the result is one; the operands of other operators are not evaluated.
#[inline(always)]
fn arithmetic(op: BinaryOp, x: impl FnOnce() -> Option<f64>, y: impl FnOnce() -> Option<f64>) -> Option<f64> {
    Some(match op {
        BinaryOp::Add => x()? + y()?,
        BinaryOp::Sub => x()? - y()?,
        BinaryOp::Mul | BinaryOp::ElMul => x()? * y()?,
        BinaryOp::Div | BinaryOp::ElDiv => x()? / y()?,
        BinaryOp::Pow | BinaryOp::ElPow => return ops::scalar::power(x()?, y()?),
        _ => return None,
    })
}

/// An index (from 1) that is a whole number.
#[inline(always)]
fn whole(i: f64) -> Option<usize> {
    let at = i as usize;
    if at as f64 == i && at > 0 { Some(at) } else { None }
}
