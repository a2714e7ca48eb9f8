//! The variables of one call.

use super::code::{Function, Names, Siblings, SlotId};
use crate::diag::Span;
use crate::syntax::ast::Name;
use crate::value::Value;
use std::rc::Rc;
use std::sync::Arc;

/// What a variable holds.
#[derive(Debug, Clone, Default)]
pub enum Slot {
    #[default]
    Unset,
    Set(Value),
    /// A global or persistent variable: a place in the interpreter's table of shared variables.
    Shared(usize),
}

/// Whose variables these are.
#[derive(Clone)]
pub enum Owner {
    /// The prompt, the command line, a script.
    Top,
    Function(Rc<Function>),
    /// An anonymous function, which sees the functions of the file it was made in.
    Anonymous(Option<Rc<Siblings>>),
}

impl Owner {
    /// The functions of the running function's file.
    pub fn siblings(&self) -> Option<&Rc<Siblings>> {
        match self {
            Owner::Top => None,
            Owner::Function(function) => function.siblings.as_ref(),
            Owner::Anonymous(siblings) => siblings.as_ref(),
        }
    }
}

/// The variables of one call, or of the prompt.
pub struct Frame {
    pub slots: Vec<Slot>,
    /// Names known when the code was resolved: the first slots.
    pub names: Rc<Names>,
    /// Names that came later (all names of the prompt are of this kind), with their slots.
    pub later: Option<Box<Names>>,
    /// Changes whenever `later` does; 0 while there is none. No two states of any frames share another number.
    pub version: u64,
    pub owner: Owner,
    pub nargin: usize,
    pub nargout: usize,
    /// Bit `k`: result `k` is written to `~`.
    pub ignored: u64,
    /// Where it was called.
    pub call: Span,
}

impl Frame {
    /// The frame of the prompt.
    pub fn top() -> Frame {
        Frame {
            slots: Vec::new(),
            names: Rc::default(),
            later: None,
            version: 0,
            owner: Owner::Top,
            nargin: 0,
            nargout: 0,
            ignored: 0,
            call: Span::default(),
        }
    }

    pub fn find(&self, name: &str) -> Option<SlotId> {
        self.names.get(name).or_else(|| self.find_later(name))
    }

    /// The slot of a name that came after the code was resolved.
    pub fn find_later(&self, name: &str) -> Option<SlotId> {
        let at = self.later.as_ref()?.get(name)?;
        Some(self.names.len() as SlotId + at)
    }

    /// All names with their slots.
    pub fn all_names(&self) -> impl Iterator<Item = (&Name, SlotId)> {
        let later = self.later.iter().flat_map(|names| names.list());
        self.names.list().iter().chain(later).enumerate().map(|(at, name)| (name, at as SlotId))
    }

    pub fn name_of(&self, slot: SlotId) -> &Name {
        let fixed = self.names.len() as SlotId;
        match &self.later {
            Some(later) if slot >= fixed => later.name(slot - fixed),
            _ => self.names.name(slot),
        }
    }

    /// What `dbstack` and messages call the function.
    pub fn function_name(&self) -> Arc<str> {
        match &self.owner {
            Owner::Top => Arc::from(""),
            Owner::Function(function) => function.name.clone(),
            Owner::Anonymous(_) => Arc::from("@<anonymous>"),
        }
    }
}
