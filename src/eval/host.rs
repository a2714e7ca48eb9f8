//! What running builtins may ask of the interpreter.

use super::call::Callee;
use super::code::{Function, StmtKind as CodeStmt};
use super::frame::{Owner, Slot};
use super::interp::{Interp, MAX_DEPTH};
use crate::builtin::state::State;
use crate::builtin::{Arity, Arrays, FunctionKind, Host, Scope, Settings, Values, Variable};
use crate::diag::{Result, Sources, Span};
use crate::fault;
use crate::syntax::ast::{ExprKind, Name, StmtKind};
use crate::value::func::Closure;
use crate::value::{Func, Value};
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

impl Interp {
    /// Runs a text in the current scope.
    fn evaluated(&mut self, code: &str, nargout: usize) -> Result<Values> {
        let parsed = self.parse_passing("<eval>", code);
        if let Some(first) = parsed.errors.into_iter().next() {
            return Err(first);
        }
        if nargout == 0 {
            self.run_program(&parsed.program)?;
            return Ok(Values::new());
        }
        let block = self.resolve(&parsed.program);
        let mut values = Values::new();
        for stmt in &block {
            match &stmt.kind {
                CodeStmt::Expr { expr, .. } => values = self.eval_multi(expr, nargout)?,
                _ => self.run_statement(stmt)?,
            }
        }
        Ok(values)
    }
}

impl Host for Interp {
    fn out(&mut self) -> &mut dyn Write {
        &mut *self.out
    }

    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn call(&mut self, function: &Func, args: &[Value], nargout: usize) -> Result<Values> {
        self.goes_on()?;
        self.call_func(function, args.iter().cloned().collect(), nargout, self.frame.call)
    }

    fn is_function(&self, name: &str) -> bool {
        self.functions.contains_key(name)
            || super::interp::builtins().contains_key(name)
            || self.files.has(name)
            || matches!(&self.frame.owner, Owner::Function(function) if has_sibling(function, name))
    }

    fn gather(&mut self, value: &Value) -> Result<Value> {
        let Value::Lazy(lazy) = value else { return Ok(value.clone()) };
        let mut blocks = self.arrays.force(std::slice::from_ref(&lazy.0))?;
        match blocks.pop() {
            Some(block) => Ok(Value::result(block)),
            None => Err(fault!("internal error: a large array gave no result")),
        }
    }

    fn warn(&mut self, id: &str, message: &str) {
        if !self.state.warnings.note(id, message) {
            return;
        }
        // What was printed before the warning should be seen before it.
        let _ = self.out.flush();
        let _ = writeln!(self.warnings, "warning: {message}");
    }

    fn state(&mut self) -> &mut State {
        &mut self.state
    }

    fn variables(&self) -> Vec<Variable> {
        let slots = self.frame.all_names().filter_map(|(name, slot)| {
            let global = matches!(self.frame.slots[slot as usize], Slot::Shared(_));
            Some(Variable { name: name.clone(), value: self.variable(slot)?.clone(), global })
        });
        let mut variables: Vec<Variable> = slots.collect();
        variables.sort_by(|a, b| a.name.cmp(&b.name));
        variables
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.frame.find(name).and_then(|slot| Interp::variable(self, slot)).cloned()
    }

    fn set_variable(&mut self, name: &str, value: Value) {
        let slot = self.slot_for(&Name::from(name));
        self.set(slot, value);
    }

    fn clear_variables(&mut self, matches: &dyn Fn(&str) -> bool) {
        let slots: Vec<u32> = self.frame.all_names().filter(|(name, _)| matches(name)).map(|(_, slot)| slot).collect();
        for slot in slots {
            self.frame.slots[slot as usize] = Slot::Unset;
        }
        self.clean_up();
    }

    fn eval_text(&mut self, code: &str, nargout: usize) -> Result<Values> {
        if self.eval_depth >= MAX_DEPTH {
            return Err(fault!("max_stack_depth exceeded").hint(format!("texts nest at most {MAX_DEPTH} deep")));
        }
        self.eval_depth += 1;
        let outcome = self.evaluated(code, nargout);
        self.eval_depth -= 1;
        outcome
    }

    fn capture(&mut self, body: &mut dyn FnMut(&mut dyn Host) -> Result<()>) -> Result<Vec<u8>> {
        let buffer = Shared::default();
        let out = std::mem::replace(&mut self.out, Box::new(buffer.clone()));
        let warnings = std::mem::replace(&mut self.warnings, Box::new(buffer.clone()));
        let outcome = body(self);
        self.out = out;
        self.warnings = warnings;
        outcome.map(|()| buffer.0.take())
    }

    fn frame(&self) -> (Arc<str>, usize, usize) {
        (self.frame.function_name(), self.frame.nargin, self.frame.nargout)
    }

    fn is_wanted(&self, at: usize) -> bool {
        at < self.frame.nargout.max(1) && self.frame.ignored >> at.min(63) & 1 == 0
    }

    fn arity(&mut self, function: &Func) -> Option<Arity> {
        let count = |named: usize, any: bool| if any { -(named as i64) - 1 } else { named as i64 };
        match function {
            Func::Named(name) => match self.lookup(name)? {
                Callee::Function(function) => Some(Arity {
                    inputs: count(function.params.len(), function.varargin.is_some()),
                    outputs: count(function.outputs.len(), function.varargout.is_some()),
                }),
                Callee::Builtin(_) | Callee::Constant(_) | Callee::Script(_) => None,
            },
            Func::Anonymous(closure) => {
                let params = &closure.code.params;
                let any = params.last().is_some_and(|param| param.name.as_deref() == Some("varargin"));
                Some(Arity { inputs: count(params.len() - any as usize, any), outputs: 1 })
            }
        }
    }

    fn parse_function(&mut self, text: &str) -> Result<Func> {
        let text = text.trim();
        if !text.starts_with('@') {
            return Ok(Func::Named(text.into()));
        }
        let parsed = self.parse_passing("<function>", text);
        if let Some(first) = parsed.errors.into_iter().next() {
            return Err(first);
        }
        match parsed.program.body.into_iter().next().map(|stmt| stmt.kind) {
            Some(StmtKind::Expr(expr)) => match expr.kind {
                // Evaluated where it stands, it holds the variables it names.
                ExprKind::Anonymous(_) => match self.eval_text(text, 1)?.first() {
                    Some(Value::Func(function)) => match &**function {
                        Func::Anonymous(Closure { code, captured, .. }) => Ok(Func::Anonymous(Closure {
                            code: code.clone(),
                            captured: captured.clone(),
                            resolved: OnceLock::new(),
                        })),
                        Func::Named(name) => Ok(Func::Named(name.clone())),
                    },
                    _ => Err(fault!("'{text}' is not a function")),
                },
                ExprKind::Handle(name) => Ok(Func::Named(name)),
                _ => Err(fault!("'{text}' is not a function")),
            },
            _ => Err(fault!("'{text}' is not a function")),
        }
    }

    fn in_scope(&mut self, scope: Scope, body: &mut dyn FnMut(&mut dyn Host) -> Result<()>) -> Result<()> {
        let at = match scope {
            _ if self.callers.is_empty() => return body(self),
            Scope::Caller => self.callers.len() - 1,
            Scope::Base => 0,
        };
        std::mem::swap(&mut self.frame, &mut self.callers[at]);
        let outcome = body(self);
        std::mem::swap(&mut self.frame, &mut self.callers[at]);
        outcome
    }

    fn run_file(&mut self, path: &str, span: Span) -> Result<()> {
        self.run_path(path, span)
    }

    fn arguments(&self) -> &[String] {
        &self.arguments
    }

    fn call_stack(&self) -> Vec<(Arc<str>, Span)> {
        let frames = std::iter::once(&self.frame).chain(self.callers.iter().rev());
        let active = frames.filter(|frame| !matches!(frame.owner, Owner::Top));
        active.map(|frame| (frame.function_name(), frame.call)).collect()
    }

    fn sources(&self) -> &Sources {
        &self.sources
    }

    fn function_kind(&mut self, name: &str) -> Option<FunctionKind> {
        Some(match self.lookup(name)? {
            Callee::Builtin(_) | Callee::Constant(_) => FunctionKind::Builtin,
            Callee::Function(_) if self.functions.contains_key(name) => FunctionKind::Defined,
            Callee::Function(_) | Callee::Script(_) => FunctionKind::File,
        })
    }

    fn add_directory(&mut self, directory: &Path) {
        Interp::add_directory(self, directory.to_owned());
    }

    fn check_interrupt(&self) -> Result<()> {
        self.goes_on()
    }

    fn arrays(&mut self) -> &mut dyn Arrays {
        self.arrays.learn(&self.sources);
        &mut *self.arrays
    }
}

fn has_sibling(function: &Function, name: &str) -> bool {
    function.siblings.as_ref().is_some_and(|siblings| siblings.functions.borrow().contains_key(name))
}

/// A buffer that is read after its writer is gone.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
