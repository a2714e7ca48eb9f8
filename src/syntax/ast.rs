//! The expression tree: what the parser makes and the walker resolves. Every node knows its span.
//!
//! `f(x)` and `a(i)` are one kind, [`ExprKind::Index`]: which of the two it is depends on the variables and is
//! decided later. The left of an assignment is parsed as an expression and checked by the parser afterwards.

use crate::diag::Span;
use std::sync::Arc;

/// An identifier.
pub type Name = Arc<str>;

/// A whole file, command line or prompt input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// Statements in order; function definitions stand among them as [`StmtKind::Function`].
    pub body: Vec<Stmt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stmt {
    pub kind: StmtKind,
    /// The statement ends in `;`: its result is not shown.
    pub quiet: bool,
    pub span: Span,
}

pub type Block = Vec<Stmt>;

#[derive(Debug, Clone, PartialEq)]
pub enum StmtKind {
    /// An expression or an assignment.
    Expr(Expr),
    /// `hold on`: a call with strings.
    Command {
        name: Name,
        words: Vec<String>,
    },
    If {
        arms: Vec<(Expr, Block)>,
        otherwise: Option<Block>,
    },
    While {
        condition: Expr,
        body: Block,
    },
    DoUntil {
        body: Block,
        condition: Expr,
    },
    /// `target` is assignable; the loop runs over the columns of `over`.
    For {
        target: Expr,
        over: Expr,
        body: Block,
    },
    Switch {
        subject: Expr,
        cases: Vec<(Expr, Block)>,
        otherwise: Option<Block>,
    },
    Break,
    Continue,
    Return,
    Global(Vec<(Name, Option<Expr>)>),
    Persistent(Vec<(Name, Option<Expr>)>),
    TryCatch {
        body: Block,
        ident: Option<Name>,
        handler: Block,
    },
    UnwindProtect {
        body: Block,
        cleanup: Block,
    },
    Function(Arc<Function>),
}

/// A named function.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    pub name: Name,
    pub params: Vec<Param>,
    /// Names of the results; the last may be `varargout`.
    pub outputs: Vec<Name>,
    pub body: Block,
    /// The comment block directly before or after the `function` line, without comment marks.
    pub doc: String,
    /// From `function` to the end of its body.
    pub span: Span,
    /// The name in the `function` line.
    pub name_span: Span,
}

/// A parameter; the last of a function may be `varargin`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// `None` for `~`.
    pub name: Option<Name>,
    /// `function f(x = 1)`.
    pub default: Option<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Number(f64),
    /// `3i`, `2.5e3j`.
    Imaginary(f64),
    /// `0xFF`, `0b101s16`: the low `width` bits (8, 16, 32 or 64) of an integer of class `uintN`, or `intN` in two's
    /// complement when `signed`.
    Integer {
        bits: u64,
        width: u8,
        signed: bool,
    },
    /// Escapes are already replaced where the quotes were double.
    Str {
        text: String,
        double: bool,
    },
    Name(Name),
    /// `:` as an argument.
    Colon,
    /// `end` inside an index.
    End,
    /// `~` on the left of `[~, i] = max(x)`.
    Ignored,
    /// `(x)`: kept because a handle shows its parentheses, and because `(c{:})` is not `c{:}`.
    Paren(Box<Expr>),
    /// `base(args)`.
    Index {
        base: Box<Expr>,
        args: Vec<Expr>,
    },
    /// `base{args}`.
    Brace {
        base: Box<Expr>,
        args: Vec<Expr>,
    },
    /// `base.name`.
    Field {
        base: Box<Expr>,
        name: Name,
    },
    /// `base.(name)`.
    DynField {
        base: Box<Expr>,
        name: Box<Expr>,
    },
    Unary {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    Postfix {
        op: PostfixOp,
        operand: Box<Expr>,
    },
    Binary {
        op: BinaryOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `&&` and `||`.
    ShortCircuit {
        and: bool,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Range {
        start: Box<Expr>,
        step: Option<Box<Expr>>,
        stop: Box<Expr>,
    },
    Matrix(Vec<Vec<Expr>>),
    Cell(Vec<Vec<Expr>>),
    /// `@(x) body`.
    Anonymous(Arc<Anonymous>),
    /// `@name`, also `@pkg.name` as one name.
    Handle(Name),
    /// `x = v`, `x += v` (`op` set), `[a, ~] = v` (several targets, `brackets`). An expression, as in Octave.
    Assign {
        targets: Vec<Expr>,
        brackets: bool,
        op: Option<BinaryOp>,
        value: Box<Expr>,
    },
    /// `x++`, `--x` and kin as a statement; `by` is +1 or -1.
    Increment {
        target: Box<Expr>,
        by: f64,
        prefix: bool,
    },
    /// Stands where the parser found an error and went on; a diagnostic was reported.
    Error,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Anonymous {
    pub params: Vec<Param>,
    pub body: Expr,
    /// The whole handle as it is shown: `@(x) x .^ 2 + 1`.
    pub text: Arc<str>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Plus,
    Minus,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostfixOp {
    /// `'`: conjugate transpose.
    CTranspose,
    /// `.'`.
    Transpose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Add,
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `\`
    LeftDiv,
    /// `^`
    Pow,
    /// `.*`
    ElMul,
    /// `./`
    ElDiv,
    /// `.\`
    ElLeftDiv,
    /// `.^`
    ElPow,
    Lt,
    Le,
    Eq,
    Ne,
    Ge,
    Gt,
    /// `&`
    And,
    /// `|`
    Or,
}

impl UnaryOp {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            UnaryOp::Plus => "+",
            UnaryOp::Minus => "-",
            UnaryOp::Not => "!",
        }
    }
}

impl PostfixOp {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            PostfixOp::CTranspose => "'",
            PostfixOp::Transpose => ".'",
        }
    }
}

impl BinaryOp {
    /// As it is written, and as messages name it (`operator +: ...`).
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::LeftDiv => "\\",
            BinaryOp::Pow => "^",
            BinaryOp::ElMul => ".*",
            BinaryOp::ElDiv => "./",
            BinaryOp::ElLeftDiv => ".\\",
            BinaryOp::ElPow => ".^",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Eq => "==",
            BinaryOp::Ne => "!=",
            BinaryOp::Ge => ">=",
            BinaryOp::Gt => ">",
            BinaryOp::And => "&",
            BinaryOp::Or => "|",
        }
    }
}
