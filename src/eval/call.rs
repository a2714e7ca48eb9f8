//! Finding functions and calling them.

use super::code::{AnonymousCode, Expr, Function, Lambda, Names, Param, Siblings, Site, SlotId};
use super::files::ScriptFile;
use super::frame::{Frame, Owner, Slot};
use super::interp::{ArgValues, Interp, MAX_DEPTH, builtins};
use super::{message, resolve};
use crate::array::DType;
use crate::builtin::ops::lazy;
use crate::builtin::{Builtin, Call, Host, Values, large};
use crate::diag::{Fault, Result, Span};
use crate::fault;
use crate::syntax::ast::Name;
use crate::value::func::Closure;
use crate::value::{Cell, Func, GATHER_FIRST, OUT_OF_MEMORY, Value};
use smallvec::smallvec;
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// A function that was found.
#[derive(Clone)]
pub enum Callee {
    Builtin(&'static Builtin),
    Function(Rc<Function>),
    /// What a constant such as `pi` gives when it stands alone.
    Constant(Value),
    /// A file of statements, run in the caller's scope.
    Script(Rc<ScriptFile>),
}

impl Interp {
    /// The slot of a name that the code does not assign, if it is a variable all the same.
    #[inline(always)]
    pub(super) fn dynamic(&self, site: &Site) -> Option<SlotId> {
        let version = self.frame.version;
        if version == 0 || site.absent.get() == version { None } else { self.find_dynamic(site) }
    }

    fn find_dynamic(&self, site: &Site) -> Option<SlotId> {
        match self.frame.find_later(&site.name) {
            Some(slot) => Some(slot).filter(|slot| self.variable(*slot).is_some()),
            None => {
                site.absent.set(self.frame.version);
                None
            }
        }
    }

    /// The function a name stands for, remembered at its place in the code.
    #[inline]
    pub(super) fn callee(&mut self, site: &Site) -> Option<Callee> {
        if let Some((tables, callee)) = &*site.callee.borrow()
            && *tables == self.tables
        {
            return Some(callee.clone());
        }
        let callee = self.lookup(&site.name)?;
        *site.callee.borrow_mut() = Some((self.tables, callee.clone()));
        Some(callee)
    }

    /// As [`Interp::callee`] for a name that stands alone: a builtin constant is then its value.
    pub(super) fn callee_alone(&mut self, site: &Site) -> Option<Callee> {
        let callee = self.callee(site)?;
        if let Callee::Builtin(builtin) = &callee
            && CONSTANTS.contains(&builtin.name)
            && let Ok(mut values) = self.call_builtin(builtin, &[], 1, site.span)
        {
            let constant = Callee::Constant(values.swap_remove(0));
            *site.callee.borrow_mut() = Some((self.tables, constant.clone()));
            return Some(constant);
        }
        Some(callee)
    }

    /// A function by name: of the running function's file, of the program, in a file, or builtin.
    pub(super) fn lookup(&mut self, name: &str) -> Option<Callee> {
        if let Some(siblings) = self.frame.owner.siblings()
            && let Some(sibling) = siblings.functions.borrow().get(name)
        {
            return Some(Callee::Function(sibling.clone()));
        }
        if let Some(function) = self.functions.get(name) {
            return Some(Callee::Function(function.clone()));
        }
        if let Some(callee) = self.function_file(name) {
            return Some(callee);
        }
        builtins().get(name).map(|builtin| Callee::Builtin(builtin))
    }

    /// Calls what a name in the code stands for.
    pub(super) fn call_site(&mut self, site: &Site, args: ArgValues, nargout: usize, span: Span) -> Result<Values> {
        match self.callee(site) {
            Some(callee) => self.call(&callee, args, nargout, span),
            None => Err(self.undefined(&site.name, site.span)),
        }
    }

    pub(super) fn call(&mut self, callee: &Callee, args: ArgValues, nargout: usize, span: Span) -> Result<Values> {
        match callee {
            Callee::Builtin(builtin) => self.call_builtin(builtin, &args, nargout, span),
            Callee::Constant(value) => Ok(smallvec![value.clone()]),
            Callee::Function(function) => self.call_function(function, args, nargout, span),
            Callee::Script(script) => self.run_script(script, span).map(|()| Values::new()),
        }
    }

    /// Arguments with the complex arrays that wait as what they will be; `None` where all are complex.
    fn settled(&mut self, args: &[Value], span: Span) -> Result<Option<ArgValues>> {
        let mut real = false;
        let mut out = ArgValues::new();
        for arg in args {
            let settled = lazy::settled(self, arg, span).map_err(|fault| fault.at(span))?;
            real |= settled.dtype() != arg.dtype();
            out.push(settled);
        }
        Ok(real.then_some(out))
    }

    pub(super) fn call_builtin(
        &mut self,
        builtin: &Builtin,
        args: &[Value],
        nargout: usize,
        span: Span,
    ) -> Result<Values> {
        self.ignored = 0;
        if args.len() > builtin.args.1 && builtin.source.is_some() {
            return Err(message::too_many("inputs", builtin.name).at(span));
        }
        if args.len() < builtin.args.0 || args.len() > builtin.args.1 {
            return Err(fault!("Invalid call to {}", builtin.name).id(message::INVALID_CALL).at(span));
        }
        if nargout > builtin.outs.max(1) {
            return Err(message::too_many("outputs", builtin.name).at(span));
        }
        if let Some(text) = builtin.source {
            return self.call_library(builtin.name, text, args, nargout, span);
        }
        let call = Call { nargout, span };
        let settled = match builtin.minds_complex && args.iter().any(is_lazy_complex) {
            true => self.settled(args, span)?,
            false => None,
        };
        let args = settled.as_deref().unwrap_or(args);
        let outcome = match self.guarded(builtin, args, call) {
            // A function of arrays in memory: it is given pieces, if it works by elements, or what the budget holds.
            Err(fault)
                if (fault.id == GATHER_FIRST || fault.id == OUT_OF_MEMORY) && args.iter().any(lazy::holds_lazy) =>
            {
                if let Some(text) = builtin.large.filter(|_| large::pieces::are_too_large(self, args)) {
                    self.call_library(builtin.name, text, args, nargout, span)
                } else if let Some(values) = large::pieces::by_elements(self, builtin, args, call)? {
                    Ok(values)
                } else if fault.id == OUT_OF_MEMORY {
                    Err(fault)
                } else {
                    let gathered = args.iter().map(|arg| lazy::in_memory(self, arg, &|_| true));
                    let args = gathered.collect::<Result<ArgValues>>().map_err(|fault| fault.at(span))?;
                    self.guarded(builtin, &args, call)
                }
            }
            // Complex numbers that turn out to be real, and an option that waits: the N of `primes (N)`, a text.
            Err(fault) if !fault.interrupt && args.iter().any(|arg| is_lazy_complex(arg) || is_lazy_option(arg)) => {
                let settled = self.settled(args, span)?;
                let known = settled.is_some() || args.iter().any(is_lazy_option);
                let args = settled.as_deref().unwrap_or(args).iter();
                let args = args.map(|arg| if is_lazy_option(arg) { self.gathered(arg, span) } else { Ok(arg.clone()) });
                let args = args.collect::<Result<ArgValues>>()?;
                if known { self.guarded(builtin, &args, call) } else { Err(fault) }
            }
            outcome => outcome,
        };
        let mut values = outcome.map_err(|fault| fault.at(span))?;
        values.truncate(nargout.max(1));
        Ok(values)
    }

    /// Calls a function value.
    pub(super) fn call_func(&mut self, func: &Func, args: ArgValues, nargout: usize, span: Span) -> Result<Values> {
        match func {
            Func::Named(name) => match self.lookup(name) {
                Some(callee) => self.call(&callee, args, nargout, span),
                None => Err(fault!("invalid function handle, unable to find function for @{name}").at(span)),
            },
            Func::Anonymous(closure) => self.call_closure(closure, args, nargout, span),
        }
    }

    /// Calls a function of the program that takes its arguments one after the other, for one value. The arguments
    /// are evaluated straight into its slots.
    pub(super) fn call_direct(&mut self, function: &Rc<Function>, args: &[Expr], span: Span) -> Result<Value> {
        let slots = self.arguments(args)?;
        self.enter(Owner::Function(function.clone()), &function.names, slots, args.len(), 1, span)?;
        let outcome =
            self.exec_block(&function.body).and_then(|_| match &mut self.frame.slots[function.outputs[0] as usize] {
                Slot::Set(value) => Ok(std::mem::replace(value, Value::Bool(false))),
                _ => self.results(function, 1).map(|mut values| values.swap_remove(0)),
            });
        self.leave();
        outcome.map_err(|fault| traced(fault, &function.name, span))
    }

    /// The same for an anonymous function; `None`, and nothing evaluated, where it takes its arguments otherwise.
    pub(super) fn call_handle_direct(&mut self, function: &Func, args: &[Expr], span: Span) -> Option<Result<Value>> {
        let Func::Anonymous(closure) = function else { return None };
        let resolved = resolved(closure);
        let Resolved { lambda, siblings } = &*resolved;
        if !lambda.direct || args.len() > lambda.params.len() || lambda.body.node.is_call_or_list() {
            return None;
        }
        if let Some(x) = self.number_of_handle(closure, lambda, args) {
            return Some(Ok(Value::Num(x)));
        }
        let mut call = || {
            let slots = self.arguments(args)?;
            self.enter(Owner::Anonymous(siblings.clone()), &lambda.names, slots, args.len(), 1, span)?;
            restore_captures(&mut self.frame.slots, closure, lambda);
            let outcome = self.eval(&lambda.body);
            self.leave();
            outcome.map_err(|fault| traced(fault, ANONYMOUS, span))
        };
        Some(call())
    }

    /// What an anonymous function makes of numbers, if its body is made of such alone: nothing in that looks at more of
    /// a frame than its variables, so they change places with the caller's and no frame is made.
    fn number_of_handle(&mut self, closure: &Closure, lambda: &Lambda, args: &[Expr]) -> Option<f64> {
        let mut slots = self.spare.pop().unwrap_or_default();
        for arg in args {
            match self.number(arg) {
                Some(x) => slots.push(Slot::Set(Value::Num(x))),
                None => {
                    slots.clear();
                    self.spare.push(slots);
                    return None;
                }
            }
        }
        slots.resize_with(lambda.names.len(), || Slot::Unset);
        restore_captures(&mut slots, closure, lambda);
        let version = std::mem::take(&mut self.frame.version);
        std::mem::swap(&mut self.frame.slots, &mut slots);
        let number = self.number(&lambda.body);
        std::mem::swap(&mut self.frame.slots, &mut slots);
        self.frame.version = version;
        slots.clear();
        self.spare.push(slots);
        number
    }

    /// Plain arguments in the first slots of a call to come.
    fn arguments(&mut self, args: &[Expr]) -> Result<Vec<Slot>> {
        let mut slots = self.spare.pop().unwrap_or_default();
        for arg in args {
            slots.push(Slot::Set(self.eval(arg)?));
        }
        Ok(slots)
    }

    /// Makes a frame the running one. `slots` holds the first values; the others are unset.
    #[inline]
    fn enter(
        &mut self,
        owner: Owner,
        names: &Rc<Names>,
        mut slots: Vec<Slot>,
        nargin: usize,
        nargout: usize,
        span: Span,
    ) -> Result<()> {
        self.goes_on()?;
        if self.callers.len() >= MAX_DEPTH {
            return Err(fault!("max_recursion_depth exceeded")
                .at(span)
                .hint(format!("calls nest at most {MAX_DEPTH} deep; does the recursion end?")));
        }
        slots.resize_with(names.len(), || Slot::Unset);
        let (names, ignored) = (names.clone(), std::mem::take(&mut self.ignored));
        let frame = Frame { slots, names, later: None, version: 0, owner, nargin, nargout, ignored, call: span };
        self.callers.push(std::mem::replace(&mut self.frame, frame));
        Ok(())
    }

    /// Back to the caller's frame.
    pub(super) fn leave(&mut self) {
        if let Some(caller) = self.callers.pop() {
            let mut done = std::mem::replace(&mut self.frame, caller);
            done.slots.clear();
            self.spare.push(done.slots);
            self.clean_up();
        }
    }

    /// Calls what objects of `onCleanup` left to be called. What goes wrong there is a warning: nobody waits for it.
    #[inline]
    pub(super) fn clean_up(&mut self) {
        while !self.state.cleanups.borrow().is_empty() {
            let waiting = std::mem::take(&mut *self.state.cleanups.borrow_mut());
            for action in waiting {
                if let Err(fault) = self.call_func(&action, ArgValues::new(), 0, Span::default()) {
                    let text =
                        format!("onCleanup: error caught while executing cleanup function:\n{}\n", fault.message);
                    self.warn("", &text);
                }
            }
        }
    }

    /// Puts arguments into the slots of parameters; the surplus into `varargin`. Their number is checked before.
    fn bind(&mut self, params: &[Param], varargin: Option<SlotId>, mut args: ArgValues) -> Result<()> {
        if let Some(slot) = varargin {
            let rest: Vec<Value> =
                if args.len() > params.len() { args.drain(params.len()..).collect() } else { Vec::new() };
            self.frame.slots[slot as usize] = Slot::Set(Value::Cell(Arc::new(row_of(rest))));
        }
        let given = args.len();
        for (param, arg) in params.iter().zip(args) {
            if let Some(slot) = param.slot {
                self.frame.slots[slot as usize] = Slot::Set(arg);
            }
        }
        for param in params.iter().skip(given) {
            if let (Some(slot), Some(default)) = (param.slot, &param.default) {
                let value = self.eval(default)?;
                self.frame.slots[slot as usize] = Slot::Set(value);
            }
        }
        Ok(())
    }

    pub(super) fn call_function(
        &mut self,
        function: &Rc<Function>,
        args: ArgValues,
        nargout: usize,
        span: Span,
    ) -> Result<Values> {
        if args.len() > function.params.len() && function.varargin.is_none() {
            return Err(message::too_many("inputs", &function.name).at(span));
        }
        if nargout > function.outputs.len() && function.varargout.is_none() {
            return Err(message::too_many("outputs", &function.name).at(span));
        }
        let slots = self.spare.pop().unwrap_or_default();
        self.enter(Owner::Function(function.clone()), &function.names, slots, args.len(), nargout, span)?;
        let outcome = self.bind(&function.params, function.varargin, args);
        let outcome = outcome.and_then(|()| self.exec_block(&function.body));
        let outcome = outcome.and_then(|_| self.results(function, nargout));
        self.leave();
        outcome.map_err(|fault| traced(fault, &function.name, span))
    }

    /// The results of the running function. With `nargout` 0 the first is given if it is set.
    fn results(&mut self, function: &Function, nargout: usize) -> Result<Values> {
        let mut values = Values::new();
        let wanted = nargout.max(1);
        for (at, &slot) in function.outputs.iter().take(wanted).enumerate() {
            let value = match &mut self.frame.slots[slot as usize] {
                Slot::Set(value) => Some(std::mem::replace(value, Value::Bool(false))),
                Slot::Shared(at) => Some(self.shared[*at].clone()),
                Slot::Unset => None,
            };
            match value {
                Some(value) => values.push(value),
                None if at >= nargout => return Ok(values),
                None if self.frame.ignored >> at & 1 == 1 => values.push(Value::empty()),
                None => return Err(self.undefined(self.frame.name_of(slot), output_span(function, at, &self.sources))),
            }
        }
        if wanted > function.outputs.len()
            && let Some(slot) = function.varargout
            && let Some(Value::Cell(rest)) = self.variable(slot)
        {
            values.extend(rest.values.iter().take(wanted - function.outputs.len()).cloned());
        }
        Ok(values)
    }

    fn call_closure(&mut self, closure: &Closure, args: ArgValues, nargout: usize, span: Span) -> Result<Values> {
        let resolved = resolved(closure);
        let Resolved { lambda, siblings } = &*resolved;
        if args.len() > lambda.params.len() && lambda.varargin.is_none() {
            return Err(message::too_many("inputs", ANONYMOUS).at(span));
        }
        let slots = self.spare.pop().unwrap_or_default();
        self.enter(Owner::Anonymous(siblings.clone()), &lambda.names, slots, args.len(), nargout, span)?;
        let outcome = self.bind(&lambda.params, lambda.varargin, args);
        restore_captures(&mut self.frame.slots, closure, lambda);
        let outcome = outcome.and_then(|()| self.eval_multi(&lambda.body, nargout));
        self.leave();
        outcome.map_err(|fault| traced(fault, ANONYMOUS, span))
    }

    /// A handle to an anonymous function, with the variables it uses as they are now.
    pub(super) fn closure(&self, code: &AnonymousCode) -> Value {
        let mut captured: Vec<(Name, Value)> = Vec::new();
        for (name, slot) in &code.captures {
            if let Some(value) = self.variable(*slot) {
                captured.push((name.clone(), value.clone()));
            }
        }
        let resolved = OnceLock::new();
        let known = captured.len();
        if self.frame.later.is_some() {
            for name in &code.free {
                let slot = self.frame.find_later(name);
                if let Some(value) = slot.and_then(|slot| self.variable(slot)) {
                    captured.push((name.clone(), value.clone()));
                }
            }
        }
        if captured.len() == known {
            let siblings = self.frame.owner.siblings().cloned();
            let _ = resolved.set(keep(Resolved { lambda: code.lambda.clone(), siblings }));
        }
        let closure = Closure { code: code.source.clone(), captured, resolved };
        Value::Func(Arc::new(Func::Anonymous(closure)))
    }
}

/// Functions that give the same value whenever they are called without arguments.
const CONSTANTS: &[&str] =
    &["true", "false", "pi", "e", "Inf", "inf", "NaN", "nan", "NA", "eps", "i", "j", "I", "J", "realmax", "realmin"];

/// What messages call a function without a name.
const ANONYMOUS: &str = "@<anonymous>";

/// Captured values into their slots. They stand in the order of the captures, of which some may be missing.
fn restore_captures(slots: &mut [Slot], closure: &Closure, lambda: &Lambda) {
    let mut captures = lambda.captures.iter();
    for (name, value) in &closure.captured {
        if let Some((_, slot)) = captures.by_ref().find(|(capture, _)| Arc::ptr_eq(capture, name) || capture == name) {
            slots[*slot as usize] = Slot::Set(value.clone());
        }
    }
}

/// A fault on its way out of a function.
#[cold]
fn traced(mut fault: Fault, function: &str, call: Span) -> Fault {
    fault.trace.push((function.to_owned(), call));
    fault
}

/// Resolved code inside a value. Values never leave their thread.
#[allow(clippy::arc_with_non_send_sync)]
fn keep(resolved: Resolved) -> Arc<dyn Any> {
    Arc::new(resolved)
}

/// The body of a closure, and the functions of the file it was made in.
#[derive(Clone)]
struct Resolved {
    lambda: Rc<Lambda>,
    siblings: Option<Rc<Siblings>>,
}

/// The resolved body of a closure, made at its first call where its maker left none.
fn resolved(closure: &Closure) -> Cow<'_, Resolved> {
    let resolve = || {
        let names: Vec<Name> = closure.captured.iter().map(|(name, _)| name.clone()).collect();
        Resolved { lambda: Rc::new(resolve::lambda(&closure.code, &names)), siblings: None }
    };
    match closure.resolved.get_or_init(|| keep(resolve())).downcast_ref::<Resolved>() {
        Some(resolved) => Cow::Borrowed(resolved),
        None => Cow::Owned(resolve()),
    }
}

/// A 1xN cell; without elements 0x0, as Octave's `varargin` is.
fn row_of(values: Vec<Value>) -> Cell {
    if values.is_empty() { Cell::empty(crate::array::Shape::matrix(0, 0)) } else { Cell::row(values) }
}

/// Where the name of a result stands in the `function` line.
fn output_span(function: &Function, at: usize, sources: &crate::diag::Sources) -> Span {
    let source = &function.source;
    let head = Span { end: source.name_span.start, ..source.span };
    let name: &str = &source.outputs[at];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let text = sources.slice(head);
    let place = text.match_indices(name).map(|(start, _)| start).find(|&start| {
        let before = text[..start].chars().next_back();
        let after = text[start + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    });
    match place {
        Some(start) => Span::new(head.source, head.start as usize + start, head.start as usize + start + name.len()),
        None => source.name_span,
    }
}

fn is_lazy_complex(value: &Value) -> bool {
    matches!(value, Value::Lazy(lazy) if lazy.dtype().is_complex())
}

fn is_lazy_option(value: &Value) -> bool {
    matches!(value, Value::Lazy(lazy) if lazy.shape().is_scalar() || lazy.dtype() == DType::Char)
}
