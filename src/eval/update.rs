//! `x += v`, `x++`, and the values assignments are given.

use super::assign::{Action, Step, read};
use super::code::{Expr, LinkKind, Node, Target, Update};
use super::frame::Slot;
use super::interp::Interp;
use super::{message, vectors};
use crate::builtin::ops;
use crate::diag::{Result, Span};
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::{Value, index};

impl Interp {
    /// The right side of an assignment: the first value, where there are several.
    pub(super) fn assigned_value(&mut self, expr: &Expr) -> Result<Value> {
        let Node::Chain(chain) = &expr.node else { return self.eval(expr) };
        if let Some(value) = self.field_of_variable(chain) {
            return Ok(value);
        }
        let mut values = self.chain(chain, 1)?;
        if values.is_empty() {
            let list = chain.links.last().is_some_and(|link| !matches!(link.kind, LinkKind::Paren(_)));
            let fault =
                if list { fault!("invalid number of elements on RHS of assignment") } else { message::no_value() };
            return Err(fault.at(expr.span));
        }
        Ok(values.swap_remove(0))
    }

    /// `x++` and `++x` of a variable that holds a number; gives what the expression is.
    #[inline]
    pub(super) fn counted(&mut self, update: &Update) -> Option<f64> {
        let (Target::Var(slot), true, Some(by)) = (&update.target, update.step, self.number(&update.value)) else {
            return None;
        };
        let Slot::Set(Value::Num(x)) = &mut self.frame.slots[*slot as usize] else { return None };
        let old = *x;
        *x = if update.op == BinaryOp::Add { old + by } else { old - by };
        Some(if update.postfix { old } else { *x })
    }

    /// `x op= v`; gives the new value, or the old one of `x++`.
    pub(super) fn update(&mut self, update: &Update, span: Span) -> Result<Value> {
        let value = self.eval(&update.value)?;
        match &update.target {
            Target::Ignored => Ok(value),
            Target::Var(slot) => {
                if let (Slot::Set(Value::Num(x)), Value::Num(y)) = (&self.frame.slots[*slot as usize], &value) {
                    let old = *x;
                    if let Some(new) = ops::scalar::binary(update.op, old, *y) {
                        self.frame.slots[*slot as usize] = Slot::Set(new.clone());
                        return Ok(if update.postfix { Value::Num(old) } else { new });
                    }
                }
                if !update.postfix
                    && let Some(new) = self.update_array(*slot, update.op, &value)
                {
                    return Ok(new);
                }
                let Some(old) = self.variable(*slot).cloned() else { return Err(undefined(update, "A", span)) };
                let new = self.binary(update.op, &old, &value, span)?;
                self.set(*slot, new.clone());
                Ok(if update.postfix { old } else { new })
            }
            Target::Part(part) => {
                if let (Some(place), Value::Num(y)) = (self.field_place(part), &value)
                    && let Value::Num(x) = place
                    && let Some(new) = ops::scalar::binary(update.op, *x, *y)
                {
                    let old = std::mem::replace(place, new.clone());
                    return Ok(if update.postfix { old } else { new });
                }
                let steps = self.steps(part)?;
                let Some(base) = self.variable(part.slot) else { return Err(undefined(update, "A(index)", span)) };
                let waiting = match steps.split_last() {
                    Some((Step::Paren(indices), before)) => {
                        self.lazy_at(part, before).map(|lazy| (lazy.clone(), indices))
                    }
                    _ => None,
                };
                let old = match waiting {
                    Some((lazy, indices)) => {
                        super::lazy::index(self, &lazy, indices, part.span).map(|old| smallvec::smallvec![old])
                    }
                    None => read(base, &steps),
                };
                let old = old.map_err(|fault| index::with_name(fault, self.frame.name_of(part.slot)).at(part.span))?;
                let [old] = &old[..] else { return Err(message::further_index().at(part.span)) };
                let new = self.binary(update.op, old, &value, span)?;
                self.write(part, &steps, Action::Set(new.clone()))?;
                Ok(if update.postfix { old.clone() } else { new })
            }
        }
    }
}

impl Interp {
    /// `x += v` of a short array that the variable alone holds: in its memory.
    fn update_array(&mut self, slot: u32, op: BinaryOp, value: &Value) -> Option<Value> {
        if self.settings.dense_limit == 0 {
            return None;
        }
        let Slot::Set(variable @ Value::Array(_)) = &mut self.frame.slots[slot as usize] else { return None };
        let new = vectors::binary(op, variable, &mut value.clone())?;
        *variable = new.clone();
        Some(new)
    }
}

fn undefined(update: &Update, left: &str, span: Span) -> crate::diag::Fault {
    if update.step {
        return fault!("in x++ or ++x, x must be defined first").at(span);
    }
    fault!("in computed assignment {left} OP= X, A must be defined first").at(span)
}
