//! Resolved code: the expression tree with every name settled.
//!
//! A name that the code assigns anywhere is a slot of its frame; any other name is *free*: a function, or a
//! variable that `eval` or `load` made while the program ran. Everything that does not change from run to run
//! (which arguments are plain, which `end` belongs to what, which assignment deletes) is decided here, once.

use super::call::Callee;
use crate::diag::Span;
use crate::syntax::ast::{self, BinaryOp, Name, PostfixOp, UnaryOp};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// A variable's place in its frame.
pub type SlotId = u32;

/// Names and their slots.
#[derive(Debug, Clone, Default)]
pub struct Names {
    list: Vec<Name>,
    map: FxHashMap<Name, SlotId>,
}

impl Names {
    pub fn get(&self, name: &str) -> Option<SlotId> {
        self.map.get(name).copied()
    }

    /// The slot of a name, which is added where it is missing.
    pub fn add(&mut self, name: &Name) -> SlotId {
        if let Some(slot) = self.get(name) {
            return slot;
        }
        let slot = self.list.len() as SlotId;
        self.list.push(name.clone());
        self.map.insert(name.clone(), slot);
        slot
    }

    pub fn name(&self, slot: SlotId) -> &Name {
        &self.list[slot as usize]
    }

    /// Names in order of their slots.
    pub fn list(&self) -> &[Name] {
        &self.list
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A use of a name that may be a function, with what was found the last time.
pub struct Site {
    pub name: Name,
    pub span: Span,
    /// The version of the frame in which the name was last seen not to be a variable.
    pub absent: Cell<u64>,
    /// The function found, and the version of the function tables it was found in.
    pub callee: RefCell<Option<(u64, Callee)>>,
}

impl Site {
    pub fn new(name: Name, span: Span) -> Site {
        Site { name, span, absent: Cell::new(0), callee: RefCell::new(None) }
    }
}

pub type Block = Vec<Stmt>;

pub struct Stmt {
    pub kind: StmtKind,
    /// The result is shown.
    pub show: bool,
    pub span: Span,
}

pub enum StmtKind {
    /// An expression; its value goes to `ans` unless it is a variable or an assignment.
    Expr {
        expr: Expr,
        ans: SlotId,
    },
    Command {
        site: Site,
        words: Vec<Value>,
        ans: SlotId,
    },
    If {
        arms: Vec<(Expr, Block)>,
        otherwise: Block,
    },
    While {
        condition: Expr,
        body: Block,
    },
    DoUntil {
        body: Block,
        condition: Expr,
    },
    For {
        target: Target,
        over: Expr,
        body: Block,
    },
    /// `for [value, key] = struct`.
    ForPairs {
        value: Target,
        key: Target,
        over: Expr,
        body: Block,
    },
    Switch {
        subject: Expr,
        cases: Vec<(Expr, Block)>,
        otherwise: Block,
    },
    Break,
    Continue,
    Return,
    Global(Vec<(SlotId, Option<Expr>)>),
    Persistent(Vec<(SlotId, Option<Expr>)>),
    TryCatch {
        body: Block,
        ident: Option<SlotId>,
        handler: Block,
    },
    UnwindProtect {
        body: Block,
        cleanup: Block,
    },
    Function(Rc<Function>),
}

pub struct Expr {
    pub node: Node,
    pub span: Span,
}

pub enum Node {
    Num(f64),
    Const(Value),
    /// A name with a slot; a function when the slot is not set.
    Var(SlotId, Box<Site>),
    /// A name the code never assigns.
    Free(Box<Site>),
    /// `x(i)` with one plain argument, where `x` has a slot.
    Index1(Box<IndexCode>),
    /// `x(i, j)` with plain arguments, where `x` has a slot.
    Index2(Box<IndexCode>),
    /// `f(a, ...)` where `f` has no slot.
    Call(Box<CallCode>),
    Chain(Box<Chain>),
    /// `end` of the variable in a slot.
    End(Box<[EndLevel]>),
    /// `:` as an argument.
    Colon,
    Unary(UnaryOp, Box<Expr>),
    Postfix(PostfixOp, Box<Expr>),
    Binary(BinaryOp, Box<(Expr, Expr)>),
    And(Box<(Expr, Expr)>),
    Or(Box<(Expr, Expr)>),
    Range(Box<RangeCode>),
    Matrix(Vec<Vec<Expr>>),
    Cell(Vec<Vec<Expr>>),
    Anonymous(Box<AnonymousCode>),
    Handle(Name),
    /// `x = v` to a whole variable.
    SetVar(SlotId, Box<Expr>),
    /// `x = [x, ...]`.
    Append(Box<Append>),
    /// `x(i) = v`, `x.f = v`, ... to a part of one.
    SetPart(Box<SetPart>),
    /// `[a, b] = v`.
    SetMany(Box<SetMany>),
    /// `x op= v` and `x++`.
    Update(Box<Update>),
    /// Where the parser reported an error.
    Error,
}

pub struct IndexCode {
    pub slot: SlotId,
    pub site: Site,
    pub args: Args,
}

pub struct CallCode {
    pub site: Site,
    pub args: Args,
}

pub struct RangeCode {
    pub start: Expr,
    pub step: Option<Expr>,
    pub stop: Expr,
}

/// Arguments in parentheses or braces.
pub struct Args {
    pub list: Vec<Expr>,
    /// Every argument gives exactly one value and none is `:`.
    pub plain: bool,
    /// An `end` inside refers to the value these arguments index, which must be pushed for it.
    pub pushes: bool,
}

impl Args {
    pub fn is_plain_of(&self, count: usize) -> bool {
        self.plain && self.list.len() == count
    }
}

/// Where an `end` may belong, innermost first.
#[derive(Debug, Clone, Copy)]
pub struct EndLevel {
    pub base: EndBase,
    /// Which argument of how many.
    pub position: usize,
    pub count: usize,
}

#[derive(Debug, Clone, Copy)]
pub enum EndBase {
    /// A variable, or a function when the slot is not set.
    Slot(SlotId),
    /// The innermost pushed value.
    Pushed,
}

/// A name or an expression, and what follows it.
pub struct Chain {
    pub root: Root,
    pub links: Vec<Link>,
}

pub enum Root {
    Slot(SlotId, Site),
    Free(Site),
    Expr(Expr),
}

pub struct Link {
    pub kind: LinkKind,
    pub span: Span,
}

pub enum LinkKind {
    Paren(Args),
    Brace(Args),
    Field(Name),
    DynField(Expr),
}

/// What an assignment writes to.
pub enum Target {
    Ignored,
    Var(SlotId),
    Part(Part),
}

/// A part of a variable; at least one link.
pub struct Part {
    pub slot: SlotId,
    pub links: Vec<Link>,
    pub span: Span,
}

/// `x = [x, a, b]`, or `x = [x; a; b]` where `vertical`.
pub struct Append {
    pub slot: SlotId,
    pub vertical: bool,
    /// The whole right side.
    pub matrix: Expr,
}

pub struct SetPart {
    pub part: Part,
    pub value: Expr,
    /// The right side is a literal `[]`, `''` or `""` and the last link has parentheses.
    pub deletes: bool,
}

pub struct SetMany {
    pub targets: Vec<Target>,
    pub value: Expr,
}

pub struct Update {
    pub target: Target,
    pub op: BinaryOp,
    pub value: Expr,
    /// `x++` gives the old value.
    pub postfix: bool,
    /// Written `++` or `--`.
    pub step: bool,
}

/// `@(x) ...` with what it captures from the frame it stands in.
pub struct AnonymousCode {
    pub source: Arc<ast::Anonymous>,
    /// The enclosing frame's slots that are captured, in the order of `lambda.captures`.
    pub captures: Vec<(Name, SlotId)>,
    /// Names that are captured should they be variables after all.
    pub free: Vec<Name>,
    pub lambda: Rc<Lambda>,
}

/// The body of an anonymous function.
pub struct Lambda {
    /// As in [`Function`].
    pub direct: bool,
    pub params: Vec<Param>,
    pub varargin: Option<SlotId>,
    pub captures: Vec<(Name, SlotId)>,
    pub names: Rc<Names>,
    pub body: Expr,
}

pub struct Param {
    /// `None` for `~`.
    pub slot: Option<SlotId>,
    pub default: Option<Expr>,
}

/// A function of the program.
pub struct Function {
    pub name: Name,
    /// The parameters are the first slots, in order, without defaults and `varargin`.
    pub direct: bool,
    pub params: Vec<Param>,
    pub varargin: Option<SlotId>,
    pub outputs: Vec<SlotId>,
    pub varargout: Option<SlotId>,
    pub names: Rc<Names>,
    pub body: Block,
    pub source: Arc<ast::Function>,
    /// The other functions of its file, where it came from one.
    pub siblings: Option<Rc<Siblings>>,
    /// Where its persistent variables live.
    pub persistent: RefCell<FxHashMap<SlotId, usize>>,
}

/// The functions of one file; they see each other.
#[derive(Default)]
pub struct Siblings {
    pub functions: RefCell<FxHashMap<Name, Rc<Function>>>,
}

impl Node {
    /// Whether the expression is a call or a list, which may give fewer values than are wanted.
    pub fn is_call_or_list(&self) -> bool {
        matches!(
            self,
            Node::Chain(_) | Node::Call(_) | Node::Free(_) | Node::Var(..) | Node::Index1(_) | Node::Index2(_)
        )
    }

    /// Whether the expression may give any number of values but one.
    pub fn may_list(&self) -> bool {
        match self {
            Node::Chain(chain) => chain.may_list(),
            _ => false,
        }
    }
}

impl Chain {
    fn may_list(&self) -> bool {
        self.links.iter().any(|link| !matches!(link.kind, LinkKind::Paren(_)))
    }
}
