//! Statements.

use super::code::{Block, Expr, Node, Stmt, StmtKind, Target};
use super::frame::{Owner, Slot};
use super::interp::{ArgValues, Interp};
use super::{caught, message};
use crate::array::{Data, Shape};
use crate::builtin::large::words::shown_whole;
use crate::builtin::ops::{colon, lazy};
use crate::diag::{Result, Span};
use crate::value::index::{self, Index};
use crate::value::{Value, display};
use crate::{bail, fault};
use std::sync::Arc;

/// How a statement left off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Next,
    Break,
    Continue,
    Return,
}

impl Interp {
    pub(super) fn exec_block(&mut self, block: &Block) -> Result<Flow> {
        for stmt in block {
            match self.exec(stmt)? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    /// A single statement outside any loop or function body of its text.
    pub(super) fn run_statement(&mut self, stmt: &Stmt) -> Result<()> {
        self.exec(stmt).map(|_| ())
    }

    fn exec(&mut self, stmt: &Stmt) -> Result<Flow> {
        match &stmt.kind {
            StmtKind::Expr { expr, ans } => {
                // What fails in showing a result has no place of its own.
                self.exec_expr(expr, *ans, stmt.show).map_err(|fault| fault.at(stmt.span))?;
            }
            StmtKind::If { arms, otherwise } => {
                for (condition, body) in arms {
                    if self.test(condition)? {
                        return self.exec_block(body);
                    }
                }
                return self.exec_block(otherwise);
            }
            StmtKind::For { target, over, body } => return self.exec_for(target, over, body),
            StmtKind::While { condition, body } => {
                while self.test(condition)? {
                    self.goes_on()?;
                    match self.exec_block(body)? {
                        Flow::Next | Flow::Continue => {}
                        Flow::Break => break,
                        Flow::Return => return Ok(Flow::Return),
                    }
                }
            }
            StmtKind::DoUntil { body, condition } => loop {
                self.goes_on()?;
                match self.exec_block(body)? {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => break,
                    Flow::Return => return Ok(Flow::Return),
                }
                if self.test(condition)? {
                    break;
                }
            },
            StmtKind::Switch { subject, cases, otherwise } => return self.exec_switch(subject, cases, otherwise),
            StmtKind::Break => return Ok(Flow::Break),
            StmtKind::Continue => return Ok(Flow::Continue),
            StmtKind::Return => return Ok(Flow::Return),
            StmtKind::Command { site, words, ans } => {
                let args: ArgValues = words.iter().cloned().collect();
                let values = self.call_site(site, args, 0, stmt.span)?;
                self.results_of_statement(values, *ans, stmt.show).map_err(|fault| fault.at(stmt.span))?;
            }
            StmtKind::Global(names) => self.exec_global(names)?,
            StmtKind::Persistent(names) => self.exec_persistent(names)?,
            StmtKind::TryCatch { body, ident, handler } => return self.exec_try(body, *ident, handler),
            StmtKind::UnwindProtect { body, cleanup } => {
                let outcome = self.exec_block(body);
                return match self.exec_block(cleanup)? {
                    Flow::Next => outcome,
                    other => outcome.map(|_| other),
                };
            }
            StmtKind::ForPairs { value, key, over, body } => return self.exec_for_pairs(value, key, over, body),
            StmtKind::Function(function) => self.define(function),
        }
        Ok(Flow::Next)
    }

    fn exec_expr(&mut self, expr: &Expr, ans: u32, show: bool) -> Result<()> {
        match &expr.node {
            Node::SetVar(slot, value) => {
                if let Some(x) = self.number(value) {
                    self.set_number(*slot, x);
                } else if !self.set_in_place(*slot, value) {
                    let value = match &value.node {
                        Node::Binary(op, pair) => self.binary_of(*op, pair, value.span)?,
                        _ => self.assigned_value(value)?,
                    };
                    self.set(*slot, value);
                }
                if show { self.show_variable(*slot) } else { Ok(()) }
            }
            Node::Append(append) => {
                self.append(append)?;
                if show { self.show_variable(append.slot) } else { Ok(()) }
            }
            Node::SetPart(set) => {
                self.set_part(set)?;
                if show { self.show_variable(set.part.slot) } else { Ok(()) }
            }
            Node::SetMany(set) => self.set_many(set, show).map(|_| ()),
            Node::Update(update) if !update.step => {
                self.update(update, expr.span)?;
                match &update.target {
                    Target::Var(slot) if show => self.show_variable(*slot),
                    Target::Part(part) if show => self.show_variable(part.slot),
                    _ => Ok(()),
                }
            }
            Node::Update(update) if let Some(shown) = self.counted(update) => {
                self.set_number(ans, shown);
                if show { self.show_variable(ans) } else { Ok(()) }
            }
            Node::Var(slot, _) if self.variable(*slot).is_some() => {
                if show {
                    self.show_variable(*slot)
                } else {
                    Ok(())
                }
            }
            Node::Free(site) if let Some(slot) = self.dynamic(site) => {
                if show {
                    self.show_variable(slot)
                } else {
                    Ok(())
                }
            }
            _ => {
                let values = self.eval_multi(expr, 0)?;
                self.results_of_statement(values, ans, show)
            }
        }
    }

    /// Results nobody assigned go to `ans`.
    fn results_of_statement(&mut self, values: crate::builtin::Values, ans: u32, show: bool) -> Result<()> {
        for value in values {
            self.set(ans, value);
            if show {
                self.show_variable(ans)?;
            }
        }
        Ok(())
    }

    /// Prints `name = value`.
    pub(super) fn show_variable(&mut self, slot: u32) -> Result<()> {
        let Some(value) = self.variable(slot).cloned() else { return Ok(()) };
        let name = self.frame.name_of(slot).clone();
        self.show(&name, &value)
    }

    /// Prints a value under a name, as a statement without `;` does.
    pub(super) fn show(&mut self, name: &str, value: &Value) -> Result<()> {
        let shown = match value {
            Value::Lazy(lazy) => return super::lazy::show(self, name, lazy),
            container if lazy::holds_lazy(container) => {
                let gathered = lazy::in_memory(self, container, &shown_whole)?;
                display::display(name, &gathered, &self.settings, &mut *self.out)
            }
            _ => display::display(name, value, &self.settings, &mut *self.out),
        };
        shown.map_err(|error| fault!("cannot write the output: {error}"))
    }

    /// Gives the loop variable a value.
    fn set_target(&mut self, target: &Target, value: Value) -> Result<()> {
        match target {
            Target::Var(slot) => self.set(*slot, value),
            Target::Part(part) => {
                let steps = self.steps(part)?;
                self.write(part, &steps, super::assign::Action::Set(value))?;
            }
            Target::Ignored => {}
        }
        Ok(())
    }

    /// Runs a loop's body once; `Some` when the loop is over.
    #[inline(always)]
    fn turn(&mut self, body: &Block) -> Result<Option<Flow>> {
        self.goes_on()?;
        Ok(match self.exec_block(body)? {
            Flow::Next | Flow::Continue => None,
            Flow::Break => Some(Flow::Next),
            Flow::Return => Some(Flow::Return),
        })
    }

    /// A loop over the columns of a value; a range is never filled in.
    fn exec_for(&mut self, target: &Target, over: &Expr, body: &Block) -> Result<Flow> {
        let value = match &over.node {
            Node::Range(range) => self.range(range, colon::loop_range, over.span)?,
            _ => self.eval(over)?,
        };
        if let Value::Range(range) = &value {
            for at in 0..range.len() {
                match target {
                    Target::Var(slot) => self.set_number(*slot, range.get(at)),
                    _ => self.set_target(target, Value::Num(range.get(at)))?,
                }
                if let Some(flow) = self.turn(body)? {
                    return Ok(flow);
                }
            }
            if range.is_empty() {
                self.set_target(target, value)?;
            }
            return Ok(Flow::Next);
        }
        let value = self.gathered(&value, over.span)?;
        let shape = value.shape();
        if value.is_scalar() || matches!(value, Value::Map(_)) {
            self.set_target(target, value)?;
            return Ok(self.turn(body)?.unwrap_or(Flow::Next));
        }
        if shape.is_empty() {
            // Octave gives the loop variable the empty value and runs nothing.
            self.set_target(target, value)?;
            return Ok(Flow::Next);
        }
        let columns = shape.len() / shape.rows();
        let matrix = if shape.rank() > 2 { flattened(&value, Shape::matrix(shape.rows(), columns))? } else { value };
        for column in 0..columns {
            let element = match &matrix {
                Value::Array(block) if shape.rows() == 1 => match block.data() {
                    Data::F64(v) => Some(Value::Num(v[column])),
                    Data::Bool(v) => Some(Value::Bool(v[column])),
                    _ => None,
                },
                _ => None,
            };
            let element = match element {
                Some(element) => element,
                None => index::index(&matrix, &[Index::All, Index::Value(Value::Num((column + 1) as f64))])?,
            };
            self.set_target(target, element)?;
            if let Some(flow) = self.turn(body)? {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    /// `for [value, key] = struct`.
    fn exec_for_pairs(&mut self, value: &Target, key: &Target, over: &Expr, body: &Block) -> Result<Flow> {
        let Value::Struct(record) = self.eval(over)? else {
            return Err(fault!("in statement 'for [X, Y] = VAL', VAL must be a structure").at(over.span));
        };
        for (name, column) in record.iter() {
            let element = match column {
                [one] => one.clone(),
                many => Value::Cell(Arc::new(crate::value::Cell::new(record.shape().clone(), many.to_vec()))),
            };
            self.set_target(value, element)?;
            self.set_target(key, Value::text(name))?;
            if let Some(flow) = self.turn(body)? {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn exec_switch(&mut self, subject: &Expr, cases: &[(Expr, Block)], otherwise: &Block) -> Result<Flow> {
        let subject = self.eval(subject)?;
        let subject = self.gathered(&subject, Span::default())?;
        for (case, body) in cases {
            let label = self.eval(case)?;
            let hit = match &label {
                Value::Cell(labels) => {
                    let mut hit = false;
                    for label in &labels.values {
                        hit = hit || self.matches(&subject, label, case.span)?;
                    }
                    hit
                }
                label => self.matches(&subject, label, case.span)?,
            };
            if hit {
                return self.exec_block(body);
            }
        }
        self.exec_block(otherwise)
    }

    /// Whether a `case` applies: text equals text, empty matches empty, else `==` must hold.
    fn matches(&mut self, subject: &Value, label: &Value, span: Span) -> Result<bool> {
        if let (Value::Num(a), Value::Num(b)) = (subject, label) {
            return Ok(a == b);
        }
        if let (Value::Char(a, _), Value::Char(b, _)) = (subject, label) {
            return Ok(a.data() == b.data() && (a.shape() == b.shape() || a.is_empty() && b.is_empty()));
        }
        if subject.is_empty() && label.is_empty() {
            return Ok(true);
        }
        if subject.is_empty() || label.is_empty() {
            return Ok(false);
        }
        let equal = self.binary(crate::syntax::ast::BinaryOp::Eq, subject, label, span)?;
        self.truth(&equal, span)
    }

    fn exec_global(&mut self, names: &[(u32, Option<Expr>)]) -> Result<()> {
        for (slot, init) in names {
            let name = self.frame.name_of(*slot).clone();
            let local = match &self.frame.slots[*slot as usize] {
                Slot::Set(value) => Some(value.clone()),
                _ => None,
            };
            let at = match self.globals.get(&name) {
                Some(at) => *at,
                None => {
                    let value = match (init, local) {
                        (Some(init), _) => self.eval(init)?,
                        (None, Some(local)) => local,
                        (None, None) => Value::empty(),
                    };
                    self.shared.push(value);
                    self.globals.insert(name, self.shared.len() - 1);
                    self.shared.len() - 1
                }
            };
            self.frame.slots[*slot as usize] = Slot::Shared(at);
        }
        Ok(())
    }

    fn exec_persistent(&mut self, names: &[(u32, Option<Expr>)]) -> Result<()> {
        let Owner::Function(function) = self.frame.owner.clone() else {
            bail!("persistent variables belong to functions");
        };
        for (slot, init) in names {
            let known = function.persistent.borrow().get(slot).copied();
            let at = match known {
                Some(at) => at,
                None => {
                    let value = match init {
                        Some(init) => self.eval(init)?,
                        None => Value::empty(),
                    };
                    self.shared.push(value);
                    function.persistent.borrow_mut().insert(*slot, self.shared.len() - 1);
                    self.shared.len() - 1
                }
            };
            self.frame.slots[*slot as usize] = Slot::Shared(at);
        }
        Ok(())
    }

    fn exec_try(&mut self, body: &Block, ident: Option<u32>, handler: &Block) -> Result<Flow> {
        let ends = self.ends.len();
        let fault = match self.exec_block(body) {
            Err(fault) if !fault.interrupt => fault,
            other => return other,
        };
        self.ends.truncate(ends);
        self.ignored = 0;
        let error = caught::as_struct(&fault, self);
        self.remember_error(&fault, &error);
        if let Some(slot) = ident {
            self.set(slot, error);
        }
        self.exec_block(handler)
    }
}

/// The same elements as a matrix.
fn flattened(value: &Value, shape: Shape) -> Result<Value> {
    Ok(match value {
        Value::Array(block) => Value::Array(Arc::new(block.as_ref().clone().with_shape(shape))),
        Value::Char(block, quote) => Value::Char(Arc::new(block.as_ref().clone().with_shape(shape)), *quote),
        Value::Cell(cell) => Value::Cell(Arc::new(cell.as_ref().clone().with_shape(shape))),
        Value::Struct(record) => Value::Struct(Arc::new(record.remap(shape, <[Value]>::to_vec))),
        _ => return Err(message::no_value()),
    })
}
