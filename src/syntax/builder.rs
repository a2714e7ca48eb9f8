//! What the grammar's actions call: makes nodes with their spans, bounds the depth of the tree, and checks what a
//! grammar says badly (is the left of `=` assignable?).

use super::ast::*;
use super::lexer::Comment;
use super::message;
use super::parse::MAX_ERRORS;
use super::token::{Sep, Token};
use super::{lexer, print};
use crate::diag::{Diagnostic, Fault, SourceId, Span};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The deepest expression tree. Whoever walks a tree by recursion needs a stack for this many levels, and for the
/// statements around them ([`lexer::MAX_NESTING`] blocks).
pub const MAX_DEPTH: u32 = 1000;

/// An error the generated parser recovered from.
pub type Recovery = lalrpop_util::ErrorRecovery<usize, Token, ()>;

/// An expression and what its users must know of it without walking it.
#[derive(Debug)]
pub struct Node {
    pub expr: Expr,
    depth: u32,
    /// An assignment or increment stands inside, which an anonymous function cannot hold.
    assigns: bool,
}

/// Elements of a list with what must be known of them together.
#[derive(Debug, Default)]
pub struct List {
    exprs: Vec<Expr>,
    depth: u32,
    assigns: bool,
}

impl List {
    pub fn push(mut self, node: Node) -> List {
        self.depth = self.depth.max(node.depth);
        self.assigns |= node.assigns;
        self.exprs.push(node.expr);
        self
    }
}

/// Rows of a matrix.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Vec<Expr>>,
    depth: u32,
    assigns: bool,
}

impl Rows {
    /// Adds a row, unless it is empty: `[1; ; 2]` has two rows.
    pub fn push(mut self, row: List) -> Rows {
        self.depth = self.depth.max(row.depth);
        self.assigns |= row.assigns;
        if !row.exprs.is_empty() {
            self.rows.push(row.exprs);
        }
        self
    }
}

/// One name of a `function` line or a declaration.
pub type Ident = (Name, Span);

/// The `function` line.
#[derive(Debug)]
pub struct Head {
    pub name: Ident,
    pub outputs: Vec<Ident>,
    pub params: Vec<Param>,
}

/// The state of one parse.
pub struct Builder<'a> {
    text: &'a str,
    source: SourceId,
    comments: &'a [Comment],
    unclosed: &'a [lexer::Unclosed],
    errors: Vec<Fault>,
    warnings: Vec<Fault>,
    /// Every `~` read as an element that no assignment has claimed as a target.
    ignored: FxHashSet<Span>,
}

impl<'a> Builder<'a> {
    pub fn new(
        text: &'a str,
        source: SourceId,
        comments: &'a [Comment],
        unclosed: &'a [lexer::Unclosed],
        errors: Vec<Fault>,
    ) -> Builder<'a> {
        Builder { text, source, comments, unclosed, errors, warnings: Vec::new(), ignored: FxHashSet::default() }
    }

    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    pub fn ident(&self, start: usize, name: Name, end: usize) -> Ident {
        (name, self.span(start, end))
    }

    fn error(&mut self, fault: Fault) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(fault);
        }
    }

    fn error_at(&mut self, span: Span, message: &str, hint: Option<&str>) {
        let mut fault = Diagnostic::new(format!("parse error: {message}")).at(span);
        fault.hint = hint.map(str::to_string);
        self.error(fault);
    }

    /// Reports what the generated parser could not read, unless that line already has its error.
    pub fn recovered(&mut self, recovery: Recovery) {
        let slip = message::Slip::of(&recovery, self.text);
        let line = message::line_around(self.text, slip.start);
        let on_line =
            |fault: &Fault| fault.labels.first().is_some_and(|label| line.contains(&(label.span.start as usize)));
        if self.errors.len() < MAX_ERRORS && !self.errors.iter().any(on_line) {
            let fault = slip.fault(self.text, self.source, self.unclosed);
            self.errors.push(fault);
        }
    }

    // ---- nodes ----

    fn node(&mut self, start: usize, end: usize, kind: ExprKind, below: u32, assigns: bool) -> Node {
        let span = self.span(start, end);
        if below < MAX_DEPTH {
            return Node { expr: Expr { kind, span }, depth: below + 1, assigns };
        }
        let whole = format!("this expression is nested more than {MAX_DEPTH} deep");
        self.error_at(span, &whole, Some("split it into several statements"));
        Node { expr: Expr { kind: ExprKind::Error, span }, depth: 1, assigns }
    }

    pub fn leaf(&mut self, start: usize, kind: ExprKind, end: usize) -> Node {
        self.node(start, end, kind, 0, false)
    }

    /// A node over one other.
    pub fn over(&mut self, start: usize, inner: Node, end: usize, make: impl FnOnce(Box<Expr>) -> ExprKind) -> Node {
        self.node(start, end, make(Box::new(inner.expr)), inner.depth, inner.assigns)
    }

    /// A node over two others.
    pub fn pair(&mut self, left: Node, right: Node, make: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind) -> Node {
        let (start, end) = (left.expr.span.start as usize, right.expr.span.end as usize);
        let (depth, assigns) = (left.depth.max(right.depth), left.assigns || right.assigns);
        self.node(start, end, make(Box::new(left.expr), Box::new(right.expr)), depth, assigns)
    }

    pub fn binary(&mut self, left: Node, op: BinaryOp, right: Node) -> Node {
        self.pair(left, right, |left, right| ExprKind::Binary { op, left, right })
    }

    pub fn short_circuit(&mut self, left: Node, and: bool, right: Node) -> Node {
        self.pair(left, right, |left, right| ExprKind::ShortCircuit { and, left, right })
    }

    pub fn unary(&mut self, start: usize, op: UnaryOp, operand: Node) -> Node {
        let end = operand.expr.span.end as usize;
        self.over(start, operand, end, |operand| ExprKind::Unary { op, operand })
    }

    pub fn postfix(&mut self, operand: Node, op: PostfixOp, end: usize) -> Node {
        let start = operand.expr.span.start as usize;
        self.over(start, operand, end, |operand| ExprKind::Postfix { op, operand })
    }

    pub fn range(&mut self, start: Node, step: Option<Node>, stop: Node) -> Node {
        let Some(step) = step else {
            return self.pair(start, stop, |start, stop| ExprKind::Range { start, step: None, stop });
        };
        let below = step.depth;
        let assigns = step.assigns;
        let step = Some(Box::new(step.expr));
        let start = Node { depth: start.depth.max(below), assigns: start.assigns || assigns, ..start };
        self.pair(start, stop, |start, stop| ExprKind::Range { start, step, stop })
    }

    /// `base(args)` or `base{args}`.
    pub fn index(&mut self, base: Node, args: List, brace: bool, end: usize) -> Node {
        let start = base.expr.span.start as usize;
        let depth = base.depth.max(args.depth);
        let assigns = base.assigns || args.assigns;
        let (base, args) = (Box::new(base.expr), args.exprs);
        let kind = if brace { ExprKind::Brace { base, args } } else { ExprKind::Index { base, args } };
        self.node(start, end, kind, depth, assigns)
    }

    pub fn field(&mut self, base: Node, name: Name, end: usize) -> Node {
        let start = base.expr.span.start as usize;
        self.over(start, base, end, |base| ExprKind::Field { base, name })
    }

    pub fn dynamic_field(&mut self, base: Node, name: Node, end: usize) -> Node {
        let mut node = self.pair(base, name, |base, name| ExprKind::DynField { base, name });
        node.expr.span.end = end as u32;
        node
    }

    pub fn rows(
        &mut self,
        start: usize,
        rows: Rows,
        end: usize,
        make: impl FnOnce(Vec<Vec<Expr>>) -> ExprKind,
    ) -> Node {
        self.node(start, end, make(rows.rows), rows.depth, rows.assigns)
    }

    pub fn increment(&mut self, start: usize, target: Node, by: f64, prefix: bool, end: usize) -> Node {
        if !assignable(&target.expr) {
            let hint = "only a variable, or a part of one, can be counted up or down";
            self.error_at(target.expr.span, "`++` and `--` need something assignable", Some(hint));
        }
        let mut node = self.over(start, target, end, |target| ExprKind::Increment { target, by, prefix });
        node.assigns = true;
        node
    }

    /// `left = value`, `left += value`.
    pub fn assign(&mut self, left: Node, op: Option<BinaryOp>, value: Node) -> Node {
        let span = left.expr.span;
        let (targets, brackets) = match left.expr.kind {
            ExprKind::Matrix(mut rows) => match (rows.len(), op) {
                (_, Some(_)) => {
                    self.error_at(span, "computed multiple assignment not allowed", None);
                    (Vec::new(), true)
                }
                (1, None) => (rows.remove(0), true),
                (_, None) => {
                    let hint = "the targets of an assignment stand in one row: [a, b] = f(x)";
                    self.error_at(span, "invalid left hand side of assignment", Some(hint));
                    (Vec::new(), true)
                }
            },
            kind => (vec![Expr { kind, span }], false),
        };
        for target in &targets {
            if target.kind == ExprKind::Ignored {
                self.ignored.remove(&target.span);
            } else if !assignable(target) {
                let (message, hint) = message::not_assignable(target);
                self.error_at(target.span, message, Some(hint));
            }
        }
        let depth = left.depth.max(value.depth);
        let (start, end) = (span.start as usize, value.expr.span.end as usize);
        let kind = ExprKind::Assign { targets, brackets, op, value: Box::new(value.expr) };
        self.node(start, end, kind, depth, true)
    }

    pub fn anonymous(&mut self, start: usize, params: Vec<Param>, body: Node) -> Node {
        let span = self.span(start, body.expr.span.end as usize);
        if body.assigns {
            self.error_at(
                body.expr.span,
                "invalid use of an assignment in an anonymous function",
                Some("an anonymous function is one expression; write a named function"),
            );
        }
        let text = print::anonymous_text(&params, &body.expr, Some(self.text));
        let kind = ExprKind::Anonymous(Arc::new(Anonymous { params, body: body.expr, text: text.into(), span }));
        self.node(start, span.end as usize, kind, body.depth, false)
    }

    pub fn param(&self, start: usize, name: Option<Name>, default: Option<Node>, end: usize) -> Param {
        Param { name, default: default.map(|node| node.expr), span: self.span(start, end) }
    }

    /// `~` as an element.
    pub fn ignored(&mut self, start: usize, end: usize) -> Node {
        self.ignored.insert(self.span(start, end));
        self.leaf(start, ExprKind::Ignored, end)
    }

    // ---- statements ----

    pub fn statement(&mut self, start: usize, kind: StmtKind, end: usize) -> Stmt {
        Stmt { kind, quiet: false, span: self.span(start, end) }
    }

    /// Adds a statement and what ended it.
    pub fn ended(&mut self, mut block: Block, mut statement: Stmt, sep: Sep) -> Block {
        statement.quiet = sep == Sep::Semicolon;
        block.push(statement);
        block
    }

    /// What was found, after the last statement: errors and warnings.
    pub fn finish(mut self) -> (Vec<Fault>, Vec<Fault>) {
        let mut stray: Vec<Span> = self.ignored.drain().collect();
        stray.sort_by_key(|span| span.start);
        for span in stray {
            self.error_at(span, "`~` stands for an output that is not wanted: [~, i] = f(x)", None);
        }
        (self.errors, self.warnings)
    }

    /// The condition of `if`, `while`, `until`.
    pub fn condition(&mut self, node: Node) -> Expr {
        if let ExprKind::Assign { op: None, .. } = node.expr.kind {
            let mut fault = Diagnostic::new("suggest parenthesis around assignment used as truth value")
                .at(node.expr.span)
                .hint("to compare, write `==`");
            fault.severity = crate::diag::Severity::Warning;
            self.warnings.push(fault);
        }
        node.expr
    }

    /// The header of `for`: an assignment, perhaps in parentheses.
    pub fn loop_header(&mut self, node: Node) -> (Expr, Expr) {
        let mut expr = node.expr;
        while let ExprKind::Paren(inner) = expr.kind {
            expr = *inner;
        }
        let span = expr.span;
        match expr.kind {
            ExprKind::Assign { mut targets, brackets, op: None, value } => {
                let target = match targets.len() {
                    1 if !brackets => targets.remove(0),
                    _ => Expr { span, kind: ExprKind::Matrix(vec![targets]) },
                };
                (target, *value)
            }
            kind => {
                if kind != ExprKind::Error {
                    self.error_at(span, "`for` needs a variable and its values: for i = 1:10", None);
                }
                (Expr { kind: ExprKind::Error, span }, Expr { kind: ExprKind::Error, span })
            }
        }
    }

    /// What stands between `switch` and its first `case`.
    pub fn before_cases(&mut self, block: &Block) {
        if let Some(statement) = block.first() {
            self.error_at(statement.span, "only `case` and `otherwise` can stand directly in a `switch`", None);
        }
    }

    /// An `unwind_protect` without its second part; `closed` tells that its end was written, which else is the error.
    pub fn without_cleanup(&mut self, start: usize, end: usize, closed: bool) -> StmtKind {
        let span = self.span(start, end);
        if closed {
            self.error_at(span, "this `unwind_protect` has no `unwind_protect_cleanup`", None);
        }
        StmtKind::Expr(Expr { kind: ExprKind::Error, span })
    }

    pub fn function(
        &mut self,
        start: usize,
        head: Option<Head>,
        header_end: usize,
        body: Block,
        end: usize,
    ) -> StmtKind {
        let span = self.span(start, end);
        let Some(Head { name: (name, name_span), outputs, params }) = head else {
            return StmtKind::Expr(Expr { kind: ExprKind::Error, span });
        };
        self.distinct("output", outputs.iter().map(|(name, span)| (name, *span)));
        self.distinct("parameter", params.iter().filter_map(|p| p.name.as_ref().map(|name| (name, p.span))));
        let doc = self.doc(start, header_end);
        let outputs = outputs.into_iter().map(|(name, _)| name).collect();
        StmtKind::Function(Arc::new(Function { name, params, outputs, body, doc, span, name_span }))
    }

    fn distinct<'n>(&mut self, what: &str, names: impl Iterator<Item = (&'n Name, Span)>) {
        let mut seen: FxHashSet<&Name> = FxHashSet::default();
        let mut twice = Vec::new();
        for (name, span) in names {
            if !seen.insert(name) {
                twice.push((name.clone(), span));
            }
        }
        for (name, span) in twice {
            self.error_at(span, &format!("the {what} `{name}` stands in the list twice"), None);
        }
    }

    /// The comment lines directly behind a `function` line, or else directly before it.
    fn doc(&self, start: usize, header_end: usize) -> String {
        let behind = self.comments.partition_point(|comment| comment.start < header_end);
        let mut lines: Vec<Comment> = Vec::new();
        let mut at = header_end;
        for comment in &self.comments[behind..] {
            let between = &self.text[at..comment.start];
            let newlines = between.matches('\n').count();
            if !between.chars().all(|c| c.is_whitespace() || c == ';' || c == ',')
                || (!lines.is_empty() && newlines > 1)
                || !comment.own_line
            {
                break;
            }
            lines.push(*comment);
            at = comment.end;
        }
        if lines.is_empty() {
            let before = self.comments.partition_point(|comment| comment.end <= start);
            let mut at = start;
            for comment in self.comments[..before].iter().rev() {
                let between = &self.text[comment.end..at];
                if !comment.own_line || !between.trim().is_empty() || between.matches('\n').count() > 1 {
                    break;
                }
                lines.push(*comment);
                at = comment.start;
            }
            lines.reverse();
        }
        lines.iter().map(|comment| message::comment_text(&self.text[comment.start..comment.end])).collect()
    }
}

/// A variable or a part of one can stand on the left of `=`.
fn assignable(expr: &Expr) -> bool {
    let mut expr = expr;
    loop {
        match &expr.kind {
            ExprKind::Name(_) | ExprKind::Error => return true,
            ExprKind::Index { base, .. }
            | ExprKind::Brace { base, .. }
            | ExprKind::Field { base, .. }
            | ExprKind::DynField { base, .. }
            | ExprKind::Paren(base) => expr = base,
            _ => return false,
        }
    }
}
