//! Expression tree to resolved code. Knows names and slots; no values, no functions that exist.
//!
//! First every name a scope assigns is given a slot ([`assigned`]); then the tree is translated, and a name
//! without a slot is a function (or a variable that appears only at run time).

pub(super) mod assigned;
mod expr;
mod stmt;

use super::code::{EndLevel, Function, Lambda, Names, Param, Siblings, SlotId};
use crate::syntax::ast::{self, Name};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

pub use super::code::Block;

/// The translation of one scope.
pub struct Resolver {
    /// Slots of the scope.
    names: Names,
    /// The open indexings around the expression in hand, outermost first.
    ends: Vec<OpenIndex>,
    siblings: Option<Rc<Siblings>>,
}

/// An indexing whose arguments are being translated.
struct OpenIndex {
    level: EndLevel,
    /// Some `end` inside needs the indexed value pushed.
    pushes: bool,
    /// The base is a name that is not a variable: its arguments' `end` belongs to the next one out.
    function: bool,
}

impl Resolver {
    fn new(names: Names) -> Resolver {
        Resolver { names, ends: Vec::new(), siblings: None }
    }
}

/// Translates a program for a scope that already has `names`; the names it adds come after them.
pub fn program(body: &[ast::Stmt], names: Names) -> (Block, Names) {
    let mut resolver = Resolver::new(names);
    assigned::of_block(body, &mut |name| {
        resolver.names.add(name);
    });
    let block = resolver.block(body);
    (block, resolver.names)
}

/// Translates a function.
pub fn function(source: &Arc<ast::Function>, siblings: Option<Rc<Siblings>>) -> Rc<Function> {
    let mut resolver = Resolver::new(Names::default());
    resolver.siblings = siblings.clone();
    let (slots, varargin) = resolver.params(&source.params);
    let varargout = source.outputs.last().is_some_and(|name| &**name == "varargout");
    let mut outputs: Vec<SlotId> = source.outputs.iter().map(|name| resolver.names.add(name)).collect();
    let varargout = if varargout { outputs.pop() } else { None };
    assigned::of_block(&source.body, &mut |name| {
        resolver.names.add(name);
    });
    let body = resolver.block(&source.body);
    let params = resolver.defaults(&source.params, slots);
    Rc::new(Function {
        name: source.name.clone(),
        direct: is_direct(&params, varargin),
        params,
        varargin,
        outputs,
        varargout,
        names: Rc::new(resolver.names),
        body,
        source: source.clone(),
        siblings,
        persistent: RefCell::new(FxHashMap::default()),
    })
}

/// Translates an anonymous function of which these names are captured.
pub fn lambda(source: &ast::Anonymous, captured: &[Name]) -> Lambda {
    let mut resolver = Resolver::new(Names::default());
    let (slots, varargin) = resolver.params(&source.params);
    let captures = captured.iter().map(|name| (name.clone(), resolver.names.add(name))).collect();
    let body = resolver.expr(&source.body);
    let params = resolver.defaults(&source.params, slots);
    Lambda { direct: is_direct(&params, varargin), params, varargin, captures, names: Rc::new(resolver.names), body }
}

/// Whether arguments can go to the first slots one after the other.
fn is_direct(params: &[Param], varargin: Option<SlotId>) -> bool {
    let in_order = |(at, param): (usize, &Param)| param.slot == Some(at as SlotId) && param.default.is_none();
    varargin.is_none() && params.iter().enumerate().all(in_order)
}

impl Resolver {
    /// Slots for the parameters; a last `varargin` apart.
    fn params(&mut self, params: &[ast::Param]) -> (Vec<Option<SlotId>>, Option<SlotId>) {
        let mut slots: Vec<Option<SlotId>> =
            params.iter().map(|param| param.name.as_ref().map(|name| self.names.add(name))).collect();
        let rest = params.last().is_some_and(|param| param.name.as_deref() == Some("varargin"));
        let varargin = if rest { slots.pop().flatten() } else { None };
        (slots, varargin)
    }

    fn defaults(&mut self, params: &[ast::Param], slots: Vec<Option<SlotId>>) -> Vec<Param> {
        let defaults = params.iter().map(|param| param.default.as_ref().map(|default| self.expr(default)));
        slots.into_iter().zip(defaults).map(|(slot, default)| Param { slot, default }).collect()
    }
}
