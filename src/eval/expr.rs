//! The value of an expression.

use super::call::Callee;
use super::code::{Chain, EndBase, EndLevel, Expr, IndexCode, Link, LinkKind, Node, RangeCode, Root, Site, SlotId};
use super::frame::Slot;
use super::interp::{ArgValues, Interp};
use super::{message, scalar, vectors};
use crate::array::{Data, Shape};
use crate::builtin::arrays::shape;
use crate::builtin::ops::{self, colon};
use crate::builtin::{Call, Values};
use crate::diag::{Diagnostic, Fault, Result, Span};
use crate::syntax::ast::{BinaryOp, PostfixOp};
use crate::value::concat::{self, Form};
use crate::value::{Cell, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

/// A list of no or several values stands where one is needed.
const NOT_ONE: &str = "some elements undefined in argument list";

impl Interp {
    /// The one value of an expression; an error when it gives none or several.
    pub(super) fn eval(&mut self, expr: &Expr) -> Result<Value> {
        match &expr.node {
            Node::Num(x) => Ok(Value::Num(*x)),
            Node::Const(value) => Ok(value.clone()),
            Node::Var(slot, site) => match &self.frame.slots[*slot as usize] {
                Slot::Set(Value::Num(x)) => Ok(Value::Num(*x)),
                Slot::Set(value) => Ok(value.clone()),
                _ => self.named_value(*slot, site),
            },
            Node::Binary(op, pair) => match self.number(expr) {
                Some(x) => Ok(Value::Num(x)),
                None => self.binary_of(*op, pair, expr.span),
            },
            Node::Index1(index) => self.index1(index, expr.span),
            Node::Index2(index) => self.index2(index, expr.span),
            Node::Call(call) => self.call_value(call, expr.span),
            Node::Unary(op, operand) => {
                let a = self.eval(operand)?;
                if let Some(x) = scalar::number(&a)
                    && let Some(value) = scalar::unary(*op, x)
                {
                    return Ok(value);
                }
                self.guard(op.symbol(), |interp| ops::unary(interp, *op, &a, expr.span))
            }
            Node::Postfix(op, operand) => {
                let a = self.eval(operand)?;
                if let Value::Num(_) = a {
                    return Ok(a);
                }
                self.guard("'", |interp| ops::transpose(interp, &a, *op == PostfixOp::CTranspose, expr.span))
            }
            Node::And(pair) => {
                let both = self.condition(&pair.0)? && self.condition(&pair.1)?;
                Ok(Value::Bool(both))
            }
            Node::Or(pair) => {
                let either = self.condition(&pair.0)? || self.condition(&pair.1)?;
                Ok(Value::Bool(either))
            }
            Node::Range(range) => self.range(range, colon::range, expr.span),
            Node::Matrix(rows) => self.matrix(rows, expr.span),
            Node::Cell(rows) => self.cell(rows, expr.span),
            Node::Anonymous(code) => Ok(self.closure(code)),
            Node::Handle(name) => Ok(Value::Func(Arc::new(crate::value::Func::Named(name.clone())))),
            Node::End(levels) => self.end(levels, expr.span),
            Node::Colon => Ok(self.colon.clone()),
            Node::SetVar(slot, value) => {
                let value = self.assigned_value(value)?;
                self.set(*slot, value.clone());
                Ok(value)
            }
            Node::Append(append) => {
                self.append(append)?;
                self.variable(append.slot).cloned().ok_or_else(|| message::no_value().at(expr.span))
            }
            Node::SetPart(set) => self.set_part(set),
            Node::SetMany(set) => self.set_many(set, false),
            Node::Update(update) => self.update(update, expr.span),
            Node::Free(site) if self.dynamic(site).is_none() => match self.callee_alone(site) {
                Some(Callee::Constant(value)) => Ok(value),
                Some(callee) => first(self.call(&callee, ArgValues::new(), 1, expr.span)?, expr.span),
                None => Err(self.undefined(&site.name, site.span)),
            },
            Node::Chain(chain) => match self.field_of_variable(chain) {
                Some(value) => Ok(value),
                None => {
                    let values = self.chain(chain, 1)?;
                    self.only(values, expr)
                }
            },
            Node::Free(_) => {
                let values = self.eval_multi(expr, 1)?;
                self.only(values, expr)
            }
            Node::Error => bail!("parse error"),
        }
    }

    /// `a op b`, where it is not made of numbers alone.
    pub(super) fn binary_of(&mut self, op: BinaryOp, pair: &(Expr, Expr), span: Span) -> Result<Value> {
        if let Some(holds) = self.comparison(op, pair) {
            return Ok(Value::Bool(holds));
        }
        let a = match self.side(&pair.0) {
            Ok(a) => a,
            Err(fault) => return Err(self.about_lists(fault, op, pair).at(span)),
        };
        let b = match self.side(&pair.1) {
            Ok(b) => b,
            Err(fault) => return Err(self.about_lists(fault, op, pair).at(span)),
        };
        if let (Some(x), Some(y)) = (scalar::number(&a), scalar::number(&b))
            && let Some(value) = ops::scalar::binary(op, x, y)
        {
            return Ok(value);
        }
        self.array_binary(op, a, b, span)
    }

    /// One side of an operator; a constant and a scalar variable without a call.
    #[inline(always)]
    fn side(&mut self, expr: &Expr) -> Result<Value> {
        match self.leaf(expr) {
            Some(x) => Ok(Value::Num(x)),
            None => self.eval(expr),
        }
    }

    /// A constant, or a variable that holds a real scalar.
    #[inline(always)]
    fn leaf(&self, expr: &Expr) -> Option<f64> {
        match &expr.node {
            Node::Num(x) => Some(*x),
            Node::Var(slot, _) => match &self.frame.slots[*slot as usize] {
                Slot::Set(Value::Num(x)) => Some(*x),
                _ => None,
            },
            _ => None,
        }
    }

    /// The fault of an operator whose operands failed: where one of them was a list, the operator says so.
    #[cold]
    fn about_lists(&mut self, fault: Fault, op: BinaryOp, pair: &(Expr, Expr)) -> Fault {
        if fault.message != NOT_ONE {
            return fault;
        }
        let mut name = |expr: &Expr| match self.eval_multi(expr, 1).as_deref() {
            Ok([one]) => one.type_name(),
            _ => "cs-list".into(),
        };
        let (symbol, a, b) = (op.symbol(), name(&pair.0), name(&pair.1));
        fault!("binary operator '{symbol}' not implemented for '{a}' by '{b}' operations")
    }

    /// One value of a list that must have one.
    fn only(&mut self, mut values: Values, expr: &Expr) -> Result<Value> {
        match values.len() {
            1 => Ok(values.remove(0)),
            0 if !expr.node.may_list() => Err(message::no_value().at(expr.span)),
            count => Err(fault!("{NOT_ONE}")
                .at(expr.span)
                .hint(format!("this gives a list of {count} values where one is needed"))),
        }
    }

    /// The values of an expression of which `nargout` are wanted (0: as a statement).
    pub(super) fn eval_multi(&mut self, expr: &Expr, nargout: usize) -> Result<Values> {
        match &expr.node {
            Node::Chain(chain) => self.chain(chain, nargout),
            Node::Free(site) => match self.dynamic(site) {
                Some(slot) => Ok(smallvec![self.read(slot, site)?]),
                None => self.call_site(site, ArgValues::new(), nargout, expr.span),
            },
            Node::Var(slot, site) => match self.variable(*slot) {
                Some(value) => Ok(smallvec![value.clone()]),
                None => self.call_site(site, ArgValues::new(), nargout, expr.span),
            },
            Node::Call(call) => match self.dynamic(&call.site) {
                Some(slot) => {
                    let args = self.args(&call.args)?;
                    self.apply(slot, &call.site, args, nargout, expr.span)
                }
                None => {
                    let ignored = std::mem::take(&mut self.ignored);
                    let args = self.args(&call.args)?;
                    self.ignored = ignored;
                    self.call_site(&call.site, args, nargout, expr.span)
                }
            },
            Node::Index1(index) | Node::Index2(index) => {
                let ignored = std::mem::take(&mut self.ignored);
                let args = self.args(&index.args)?;
                self.ignored = ignored;
                self.apply(index.slot, &index.site, args, nargout, expr.span)
            }
            _ => Ok(smallvec![self.eval(expr)?]),
        }
    }

    /// `x.name` of a variable that holds one struct with that field.
    #[inline]
    pub(super) fn field_of_variable(&self, chain: &Chain) -> Option<Value> {
        let (Root::Slot(slot, _), [Link { kind: LinkKind::Field(name), .. }]) = (&chain.root, &chain.links[..]) else {
            return None;
        };
        match self.variable(*slot) {
            Some(Value::Struct(record)) if record.len() == 1 => record.get(name).cloned(),
            _ => None,
        }
    }

    fn read(&self, slot: SlotId, site: &Site) -> Result<Value> {
        self.variable(slot).cloned().ok_or_else(|| self.undefined(&site.name, site.span))
    }

    /// A name alone, whose slot is not directly set: shared, or a function without arguments.
    #[cold]
    fn named_value(&mut self, slot: SlotId, site: &Site) -> Result<Value> {
        if let Some(value) = self.variable(slot) {
            return Ok(value.clone());
        }
        let mut values = self.call_site(site, ArgValues::new(), 1, site.span)?;
        if values.is_empty() {
            return Err(message::no_value().at(site.span));
        }
        Ok(values.remove(0))
    }

    /// `a op b` of operands that are given away.
    fn array_binary(&mut self, op: BinaryOp, mut a: Value, mut b: Value, span: Span) -> Result<Value> {
        if self.settings.dense_limit > 0
            && let Some(value) = vectors::binary(op, &mut a, &mut b)
        {
            return Ok(value);
        }
        self.binary(op, &a, &b, span)
    }

    pub(super) fn binary(&mut self, op: BinaryOp, a: &Value, b: &Value, span: Span) -> Result<Value> {
        self.guard(op.symbol(), |interp| ops::binary(interp, op, a, b, span)).map_err(|fault| fault.at(span))
    }

    /// `f(a)` where `f` holds an anonymous function that can be called directly.
    #[inline(always)]
    fn handle_call(&mut self, index: &IndexCode, span: Span) -> Option<Result<Value>> {
        let Slot::Set(Value::Func(function)) = &self.frame.slots[index.slot as usize] else { return None };
        let function = function.clone();
        self.call_handle_direct(&function, &index.args.list, span)
    }

    /// `x(i)` where `i` is one value.
    #[inline]
    fn index1(&mut self, index: &IndexCode, span: Span) -> Result<Value> {
        if let Some(outcome) = self.handle_call(index, span) {
            return outcome;
        }
        let arg = self.side(&index.args.list[0])?;
        if let Value::Num(i) = arg
            && let Some(value) = self.variable(index.slot)
            && let Some(x) = element(value, i)
        {
            return Ok(x);
        }
        let values = self.apply(index.slot, &index.site, smallvec![arg], 1, span)?;
        first(values, span)
    }

    #[inline]
    fn index2(&mut self, index: &IndexCode, span: Span) -> Result<Value> {
        if let Some(outcome) = self.handle_call(index, span) {
            return outcome;
        }
        let i = self.eval(&index.args.list[0])?;
        let j = self.eval(&index.args.list[1])?;
        if let (Value::Num(i), Value::Num(j)) = (&i, &j)
            && let Some(Value::Array(block)) = self.variable(index.slot)
            && let Data::F64(v) = block.data()
            && let Some(at) = offset2(block.shape(), *i, *j)
        {
            return Ok(Value::Num(v[at]));
        }
        let values = self.apply(index.slot, &index.site, smallvec![i, j], 1, span)?;
        first(values, span)
    }

    /// `start:step:stop`, by [`colon::range`] or, for a loop, [`colon::loop_range`].
    pub(super) fn range(
        &mut self,
        code: &RangeCode,
        make: fn(&Value, Option<&Value>, &Value) -> Result<Value>,
        span: Span,
    ) -> Result<Value> {
        let mut number = |expr| self.eval(expr).and_then(|value| self.gathered(&value, span));
        let start = number(&code.start)?;
        let step = match &code.step {
            Some(step) => Some(number(step)?),
            None => None,
        };
        let stop = number(&code.stop)?;
        make(&start, step.as_ref(), &stop).map_err(|fault| fault.at(span))
    }

    fn matrix(&mut self, rows: &[Vec<Expr>], span: Span) -> Result<Value> {
        let mut evaluated: Vec<Vec<Value>> = Vec::with_capacity(rows.len());
        for row in rows {
            evaluated.push(self.list(row)?);
        }
        self.joined(evaluated, span)
    }

    /// A matrix of evaluated rows.
    pub(super) fn joined(&mut self, evaluated: Vec<Vec<Value>>, span: Span) -> Result<Value> {
        if let Some(matrix) = matrix_of_numbers(&evaluated) {
            return Ok(matrix);
        }
        let mut all = evaluated.iter().flatten();
        let lazy = all.clone().any(|value| matches!(value, Value::Lazy(_)));
        if lazy && all.all(|value| value.dtype().is_some()) {
            let call = Call { nargout: 1, span };
            let rows = evaluated.iter().filter(|row| !row.is_empty());
            let rows: Result<Vec<Value>> = rows.map(|row| shape::joined(self, 1, row, Form::Literal, call)).collect();
            return rows
                .and_then(|rows| shape::joined(self, 0, &rows, Form::Literal, call))
                .map_err(|fault| fault.at(span));
        }
        concat::matrix(&evaluated).map_err(|fault| fault.at(span))
    }

    fn cell(&mut self, rows: &[Vec<Expr>], span: Span) -> Result<Value> {
        let mut evaluated: Vec<Vec<Value>> = Vec::with_capacity(rows.len());
        for row in rows {
            evaluated.push(self.list(row)?);
        }
        let columns = evaluated.first().map_or(0, Vec::len);
        if evaluated.iter().any(|row| row.len() != columns) {
            return Err(fault!("number of columns must match").at(span));
        }
        let height = if columns == 0 { 0 } else { evaluated.len() };
        let mut values = vec![Value::Bool(false); height * columns];
        for (i, row) in evaluated.into_iter().enumerate() {
            for (j, value) in row.into_iter().enumerate() {
                values[i + j * height] = value;
            }
        }
        Ok(Value::Cell(Arc::new(Cell::new(Shape::matrix(height, columns), values))))
    }

    /// Elements of a row, lists spread out.
    fn list(&mut self, row: &[Expr]) -> Result<Vec<Value>> {
        let mut values = Vec::with_capacity(row.len());
        for element in row {
            self.push_list(element, &mut values)?;
        }
        Ok(values)
    }

    pub(super) fn push_list(&mut self, element: &Expr, values: &mut impl Extend<Value>) -> Result<()> {
        if element.node.may_list() {
            values.extend(self.eval_multi(element, 1)?);
        } else {
            values.extend([self.eval(element)?]);
        }
        Ok(())
    }

    /// `end`: the extent of what the nearest indexing indexes.
    fn end(&mut self, levels: &[EndLevel], span: Span) -> Result<Value> {
        for level in levels {
            let value = match level.base {
                EndBase::Slot(slot) => self.variable(slot),
                EndBase::Pushed => self.ends.last(),
            };
            let value = match value {
                Some(Value::Func(_)) | None => continue,
                Some(value) => value,
            };
            let extent = match value {
                Value::Array(block) | Value::Char(block, _) => extent(block.shape(), level.position, level.count),
                other => extent(&other.shape(), level.position, level.count),
            };
            return Ok(Value::Num(extent as f64));
        }
        Err(Diagnostic::new("invalid use of 'end': may only be used to index existing value").at(span))
    }

    /// The condition of `if` and `while`: there, `|` and `&` leave their right side alone where a scalar left side
    /// decides, as in Octave.
    pub(super) fn test(&mut self, expr: &Expr) -> Result<bool> {
        let Node::Binary(op @ (BinaryOp::Or | BinaryOp::And), pair) = &expr.node else { return self.condition(expr) };
        let a = self.eval(&pair.0)?;
        if a.is_scalar() {
            let decided = self.truth(&a, pair.0.span)?;
            return if decided == (*op == BinaryOp::Or) { Ok(decided) } else { self.test(&pair.1) };
        }
        let b = self.eval(&pair.1)?;
        let value = self.binary(*op, &a, &b, expr.span)?;
        self.truth(&value, expr.span)
    }

    /// Whether an expression counts as true.
    pub(super) fn condition(&mut self, expr: &Expr) -> Result<bool> {
        match &expr.node {
            Node::Binary(op, pair) => {
                if let Some(holds) = self.comparison(*op, pair) {
                    return Ok(holds);
                }
                let (a, b) = (self.side(&pair.0)?, self.side(&pair.1)?);
                if let (Some(x), Some(y)) = (scalar::number(&a), scalar::number(&b))
                    && let Some(holds) = scalar::compare(*op, x, y)
                {
                    return Ok(holds);
                }
                let value = self.binary(*op, &a, &b, expr.span)?;
                self.truth(&value, expr.span)
            }
            Node::And(pair) => Ok(self.condition(&pair.0)? && self.condition(&pair.1)?),
            Node::Or(pair) => Ok(self.condition(&pair.0)? || self.condition(&pair.1)?),
            _ => {
                let value = self.eval(expr)?;
                self.truth(&value, expr.span)
            }
        }
    }

    #[inline]
    pub(super) fn truth(&mut self, value: &Value, span: Span) -> Result<bool> {
        if let Value::Lazy(_) = value {
            let dense = self.gathered(value, span)?;
            return scalar::truth(&dense).map_err(|fault| fault.at(span));
        }
        scalar::truth(value).map_err(|fault| fault.at(span))
    }

    /// A lazy value computed; anything else as it is.
    pub(super) fn gathered(&mut self, value: &Value, span: Span) -> Result<Value> {
        crate::builtin::Host::gather(self, value).map_err(|fault| fault.at(span))
    }
}

/// Element `i` (from 1) of an array whose elements are unboxed scalars; `None` where the general path must look.
#[inline(always)]
pub fn element(value: &Value, i: f64) -> Option<Value> {
    let at = i as usize;
    if at as f64 != i || at == 0 {
        return None;
    }
    match value {
        Value::Array(block) => match block.data() {
            Data::F64(v) => v.get(at - 1).map(|x| Value::Num(*x)),
            Data::Bool(v) => v.get(at - 1).map(|x| Value::Bool(*x)),
            _ => None,
        },
        Value::Char(block, quote) => match block.data() {
            Data::Char(v) => v.get(at - 1).map(|byte| scalar::letter(*byte, *quote)),
            _ => None,
        },
        Value::Range(range) if at <= range.len() => Some(Value::Num(range.get(at - 1))),
        Value::Num(x) if at == 1 => Some(Value::Num(*x)),
        _ => None,
    }
}

/// The linear offset of `(i, j)` (from 1) in a matrix, if both are whole and inside.
#[inline(always)]
pub fn offset2(shape: &[usize], i: f64, j: f64) -> Option<usize> {
    let (row, column) = (i as usize, j as usize);
    let whole = row as f64 == i && column as f64 == j && row > 0 && column > 0;
    (whole && shape.len() == 2 && row <= shape[0] && column <= shape[1]).then(|| row - 1 + (column - 1) * shape[0])
}

/// What `end` means as one of `count` arguments: the last one spans all remaining extents.
pub fn extent(shape: &[usize], position: usize, count: usize) -> usize {
    if position + 1 < count {
        shape.get(position).copied().unwrap_or(1)
    } else {
        shape.get(position..).map_or(1, |rest| rest.iter().product())
    }
}

/// A matrix literal of real scalars in rows of one length; `None` for any other.
fn matrix_of_numbers(rows: &[Vec<Value>]) -> Option<Value> {
    let columns = rows.first().map_or(0, Vec::len);
    let mut elements = vec![0.0; rows.len() * columns];
    for (i, row) in rows.iter().enumerate() {
        if row.len() != columns {
            return None;
        }
        for (j, value) in row.iter().enumerate() {
            let Value::Num(x) = value else { return None };
            elements[i + j * rows.len()] = *x;
        }
    }
    if elements.is_empty() && rows.iter().any(|row| !row.is_empty()) {
        return None;
    }
    let height = if elements.is_empty() { 0 } else { rows.len() };
    Some(Value::matrix(height, columns, elements))
}

/// The first value of a list that must not be empty.
pub fn first(mut values: Values, span: Span) -> Result<Value> {
    if values.is_empty() {
        return Err(message::no_value().at(span));
    }
    Ok(values.swap_remove(0))
}
