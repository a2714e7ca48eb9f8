//! Reading through chains: `x(2).a{3}(4)`, `f(1)(2)`, `m("key")`, `s.a`.

use super::call::Callee;
use super::code::{Args, CallCode, Chain, Function, Link, LinkKind, Root, Site, SlotId};
use super::expr::{element, first};
use super::interp::{ArgValues, Indices, Interp, builtins};
use super::message;
use crate::builtin::{Builtin, Values};
use crate::diag::{Fault, Result, Span};
use crate::fault;
use crate::value::index::{self, Index};
use crate::value::{Struct, Value};
use smallvec::smallvec;

impl Interp {
    /// Arguments, lists spread out; `:` becomes the text ":".
    pub(super) fn args(&mut self, args: &Args) -> Result<ArgValues> {
        let mut values = ArgValues::with_capacity(args.list.len());
        for arg in &args.list {
            if arg.node.may_list() {
                values.extend(self.eval_multi(arg, 1)?);
            } else {
                values.push(self.eval(arg)?);
            }
        }
        Ok(values)
    }

    /// Arguments that index `base`, to which an `end` in them refers.
    pub(super) fn args_of(&mut self, args: &Args, base: &Value) -> Result<ArgValues> {
        if !args.pushes {
            return self.args(args);
        }
        self.ends.push(base.clone());
        let values = self.args(args);
        self.ends.pop();
        values
    }

    /// `f(args)` where the name has no slot: the value of the call. Functions of one or two real scalars are
    /// computed without a boxed argument.
    pub(super) fn call_value(&mut self, call: &CallCode, span: Span) -> Result<Value> {
        if let Some(slot) = self.dynamic(&call.site) {
            let args = self.args(&call.args)?;
            return first(self.apply(slot, &call.site, args, 1, span)?, span);
        }
        let callee = self.callee(&call.site).ok_or_else(|| self.undefined(&call.site.name, call.site.span))?;
        let args = match (&callee, &call.args.list[..]) {
            (Callee::Builtin(Builtin { scalar: Some(shortcut), .. }), [arg]) if call.args.plain => {
                let a = self.eval(arg)?;
                if let Value::Num(x) = a
                    && let Some(y) = shortcut(x)
                {
                    return Ok(Value::Num(y));
                }
                smallvec![a]
            }
            (Callee::Builtin(Builtin { scalar2: Some(shortcut), .. }), [left, right]) if call.args.plain => {
                let (a, b) = (self.eval(left)?, self.eval(right)?);
                if let (Value::Num(x), Value::Num(y)) = (&a, &b)
                    && let Some(z) = shortcut(*x, *y)
                {
                    return Ok(Value::Num(z));
                }
                smallvec![a, b]
            }
            (Callee::Function(function), args) if call.args.plain && takes(function, args.len()) => {
                return self.call_direct(function, args, span);
            }
            _ => self.args(&call.args)?,
        };
        first(self.call(&callee, args, 1, span)?, span)
    }

    /// `x(args)` where the name has a slot: an indexing, or a call when the slot is not set or holds a handle.
    pub(super) fn apply(
        &mut self,
        slot: SlotId,
        site: &Site,
        args: ArgValues,
        nargout: usize,
        span: Span,
    ) -> Result<Values> {
        match self.variable(slot) {
            None => self.call_site(site, args, nargout, span),
            Some(Value::Func(_) | Value::Map(_) | Value::Object(_) | Value::Lazy(_)) => {
                let base = self.variable(slot).cloned().unwrap_or(Value::Num(0.0));
                self.paren(&base, args, &site.name, nargout, span)
            }
            Some(value) if !args.iter().any(|arg| matches!(arg, Value::Lazy(_))) => {
                let value = index_values(value, args, &site.name).map_err(|fault| fault.at(span))?;
                Ok(smallvec![value])
            }
            Some(value) => {
                let base = value.clone();
                self.paren(&base, args, &site.name, nargout, span)
            }
        }
    }

    /// `base(args)` of any value.
    fn paren(&mut self, base: &Value, args: ArgValues, name: &str, nargout: usize, span: Span) -> Result<Values> {
        match base {
            Value::Func(function) => self.call_func(function, args, nargout, span),
            Value::Map(map) => Ok(smallvec![super::map::get(map, &args).map_err(|fault| fault.at(span))?]),
            Value::Lazy(lazy) => {
                let value = super::lazy::index(self, lazy, &indices(args), span);
                Ok(smallvec![value.map_err(|fault| index::with_name(fault, name).at(span))?])
            }
            _ => {
                if args.iter().any(|arg| matches!(arg, Value::Lazy(_))) {
                    let waiting = super::lazy::index_dense(self, base, &indices(args.clone()), span);
                    if let Some(value) = waiting.map_err(|fault| index::with_name(fault, name).at(span))? {
                        return Ok(smallvec![value]);
                    }
                }
                let args = self.in_memory(args, span)?;
                Ok(smallvec![index_values(base, args, name).map_err(|fault| fault.at(span))?])
            }
        }
    }

    /// What subscripts something in memory is brought into memory.
    pub(super) fn in_memory(&mut self, mut args: ArgValues, span: Span) -> Result<ArgValues> {
        for arg in &mut args {
            if let Value::Lazy(_) = arg {
                *arg = self.gathered(arg, span)?;
            }
        }
        Ok(args)
    }

    /// The values of a chain, of which `nargout` are wanted.
    pub(super) fn chain(&mut self, chain: &Chain, nargout: usize) -> Result<Values> {
        let ignored = std::mem::take(&mut self.ignored);
        let links = &chain.links;
        let mut at = 0;
        let (mut current, name): (Values, &str) = match &chain.root {
            Root::Expr(expr) => (self.eval_multi(expr, 1)?, "index "),
            Root::Slot(_, site) | Root::Free(site) => {
                let slot = match &chain.root {
                    Root::Slot(slot, _) => Some(*slot).filter(|slot| self.variable(*slot).is_some()),
                    _ => self.dynamic(site),
                };
                let value = slot.and_then(|slot| self.variable(slot)).cloned();
                match value {
                    Some(value) => (smallvec![value], &site.name),
                    None => {
                        let args = match &links[0].kind {
                            LinkKind::Paren(args) => {
                                at = 1;
                                self.args(args)?
                            }
                            _ => ArgValues::new(),
                        };
                        let wanted = if at == links.len() { nargout } else { 1 };
                        self.ignored = if at == links.len() { ignored } else { 0 };
                        (self.call_site(site, args, wanted, site.span)?, "index ")
                    }
                }
            }
        };
        while at < links.len() {
            let value = match current.len() {
                1 => current.remove(0),
                0 => return Err(message::no_value().at(links[at].span)),
                _ => return Err(message::further_index().at(links[at].span)),
            };
            if at + 1 == links.len() {
                self.ignored = ignored;
            }
            (current, at) = self.link(value, links, at, name, nargout)?;
        }
        Ok(current)
    }

    /// Applies the link at `at` (and those it swallows) to a value; gives the values and the next link.
    fn link(&mut self, value: Value, links: &[Link], at: usize, name: &str, nargout: usize) -> Result<(Values, usize)> {
        let Link { kind, span } = &links[at];
        let wanted = |next: usize| if next == links.len() { nargout } else { 1 };
        match kind {
            LinkKind::Paren(args) => {
                let ignored = std::mem::take(&mut self.ignored);
                let args = self.args_of(args, &value)?;
                self.ignored = ignored;
                if let (Value::Struct(record), [Value::Num(i)]) = (&value, &args[..])
                    && let Some(LinkKind::Field(field)) = links.get(at + 1).map(|link| &link.kind)
                    && let Some(element) = element_of(record, *i, field)
                {
                    return Ok((smallvec![element], at + 2));
                }
                Ok((self.paren(&value, args, name, wanted(at + 1), *span)?, at + 1))
            }
            LinkKind::Brace(args) => {
                let args = self.args_of(args, &value)?;
                let args = self.in_memory(args, *span)?;
                Ok((brace(&value, args, name).map_err(|fault| fault.at(*span))?, at + 1))
            }
            LinkKind::Field(field) => self.field(value, field, links, at, nargout),
            LinkKind::DynField(expr) => {
                let field = self.eval(expr)?;
                let Some(field) = field.to_text() else {
                    return Err(fault!("dynamic structure field names must be strings").at(expr.span));
                };
                self.field(value, &field, links, at, nargout)
            }
        }
    }

    fn field(
        &mut self,
        value: Value,
        field: &str,
        links: &[Link],
        at: usize,
        nargout: usize,
    ) -> Result<(Values, usize)> {
        let span = links[at].span;
        match &value {
            Value::Struct(record) => Ok((fields(record, field).map_err(|fault| fault.at(span))?, at + 1)),
            Value::Map(map) => {
                if let Some(value) = super::map::property(map, field) {
                    return Ok((smallvec![value], at + 1));
                }
                let mut args: ArgValues = smallvec![value.clone()];
                let mut next = at + 1;
                if let Some(Link { kind: LinkKind::Paren(more), .. }) = links.get(at + 1) {
                    args.extend(self.args(more)?);
                    next += 1;
                }
                if !super::map::is_method(field) {
                    return Err(fault!("containers.Map: unknown property '{field}'").at(span));
                }
                let function = crate::value::Func::Named(field.into());
                let wanted = if next == links.len() { nargout } else { 1 };
                Ok((self.call_func(&function, args, wanted, span)?, next))
            }
            Value::Object(object) => {
                if let Some(property) = object.get(field) {
                    return Ok((smallvec![property], at + 1));
                }
                let Some(method) = builtins().get(field).filter(|_| object.has_method(field)) else {
                    return Err(fault!("subsref: unknown method or property: {field}").at(span));
                };
                let mut args: ArgValues = smallvec![value.clone()];
                let mut next = at + 1;
                if let Some(Link { kind: LinkKind::Paren(more), .. }) = links.get(at + 1) {
                    args.extend(self.args(more)?);
                    next += 1;
                }
                let wanted = if next == links.len() { nargout } else { 1 };
                Ok((self.call_builtin(method, &args, wanted, span)?, next))
            }
            other => Err(message::not_indexable(other, '.').at(span)),
        }
    }
}

/// Whether a call for one value can go straight to the function's slots.
fn takes(function: &Function, count: usize) -> bool {
    function.direct && count <= function.params.len() && !function.outputs.is_empty()
}

/// Arguments as indices; the text ":" is the colon.
pub fn indices(args: ArgValues) -> Indices {
    args.into_iter().map(index_of).collect()
}

pub fn index_of(value: Value) -> Index {
    match &value {
        Value::Char(block, _) if block.len() == 1 && block.data().get_f64(0) == f64::from(b':') => Index::All,
        _ => Index::Value(value),
    }
}

/// `value(args)` of an array, cell or struct.
fn index_values(value: &Value, args: ArgValues, name: &str) -> Result<Value> {
    if let [Value::Num(i)] = args[..]
        && let Some(element) = element(value, i)
    {
        return Ok(element);
    }
    index::index(value, &indices(args)).map_err(|fault| index::with_name(fault, name))
}

/// `value{args}`.
pub fn brace(value: &Value, args: ArgValues, name: &str) -> Result<Values, Fault> {
    let cell = match value {
        Value::Cell(cell) => cell,
        Value::Map(_) => return Err(fault!("containers.Map: only '()' indexing is supported")),
        other => return Err(message::not_indexable(other, '{')),
    };
    if let [Value::Num(i)] = args[..]
        && i >= 1.0
        && i as usize as f64 == i
        && let Some(element) = cell.values.get(i as usize - 1)
    {
        return Ok(smallvec![element.clone()]);
    }
    let values = index::cell_values(value, &indices(args)).map_err(|fault| index::with_name(fault, name))?;
    Ok(Values::from_vec(values))
}

/// The field of one element of a struct array, if both exist.
fn element_of(record: &Struct, i: f64, field: &str) -> Option<Value> {
    let at = i as usize;
    if at as f64 != i || at == 0 {
        return None;
    }
    record.field(field)?.get(at - 1).cloned()
}

/// The field of every element.
pub fn fields(record: &Struct, field: &str) -> Result<Values> {
    match record.field(field) {
        Some([value]) => Ok(smallvec![value.clone()]),
        Some(column) => Ok(column.iter().cloned().collect()),
        None => Err(fault!("structure has no member '{field}'").id("Octave:invalid-indexing")),
    }
}
