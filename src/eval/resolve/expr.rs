//! Expressions to resolved expressions.

use super::{OpenIndex, Resolver, assigned};
use crate::array::{Block, Complex64};
use crate::eval::code::{
    AnonymousCode, Append, Args, CallCode, Chain, EndBase, EndLevel, Expr, IndexCode, Link, LinkKind, Node, Part,
    RangeCode, Root, SetMany, SetPart, Site, SlotId, Target, Update,
};
use crate::syntax::ast::{self, BinaryOp, ExprKind, Name};
use crate::value::Value;
use std::rc::Rc;
use std::sync::Arc;

/// What the arguments in hand index.
enum Base {
    Slot(SlotId),
    Function,
    Value,
}

impl Resolver {
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Expr {
        let span = expr.span;
        let node = match &expr.kind {
            ExprKind::Number(x) => Node::Num(*x),
            ExprKind::Imaginary(x) => Node::Const(imaginary(*x)),
            ExprKind::Integer { bits, width, signed } => Node::Const(integer(*bits, *width, *signed)),
            ExprKind::Str { text, double: false } => Node::Const(Value::text(text)),
            ExprKind::Str { text, double: true } => Node::Const(Value::dq_text(text)),
            ExprKind::Name(name) => {
                let site = Box::new(Site::new(name.clone(), span));
                match self.names.get(name) {
                    Some(slot) => Node::Var(slot, site),
                    None => Node::Free(site),
                }
            }
            ExprKind::Colon | ExprKind::Ignored => Node::Colon,
            ExprKind::End => Node::End(self.end()),
            // The place is what stands inside: so it shows which of two products was in parentheses.
            ExprKind::Paren(inner) => return self.expr(inner),
            ExprKind::Index { .. } | ExprKind::Brace { .. } | ExprKind::Field { .. } | ExprKind::DynField { .. } => {
                self.chain(expr)
            }
            ExprKind::Unary { op, operand } => Node::Unary(*op, Box::new(self.expr(operand))),
            ExprKind::Postfix { op, operand } => Node::Postfix(*op, Box::new(self.expr(operand))),
            ExprKind::Binary { op, left, right } => Node::Binary(*op, self.pair(left, right)),
            ExprKind::ShortCircuit { and: true, left, right } => Node::And(self.pair(left, right)),
            ExprKind::ShortCircuit { and: false, left, right } => Node::Or(self.pair(left, right)),
            ExprKind::Range { start, step, stop } => Node::Range(Box::new(RangeCode {
                start: self.expr(start),
                step: step.as_ref().map(|step| self.expr(step)),
                stop: self.expr(stop),
            })),
            ExprKind::Matrix(rows) => Node::Matrix(self.rows(rows)),
            ExprKind::Cell(rows) => Node::Cell(self.rows(rows)),
            ExprKind::Anonymous(source) => self.anonymous(source),
            ExprKind::Handle(name) => Node::Handle(name.clone()),
            ExprKind::Assign { targets, brackets, op, value } => self.assign(targets, *brackets, *op, value),
            ExprKind::Increment { target, by, prefix } => Node::Update(Box::new(Update {
                target: self.target(target),
                op: if *by < 0.0 { BinaryOp::Sub } else { BinaryOp::Add },
                value: Expr { node: Node::Num(1.0), span },
                postfix: !prefix,
                step: true,
            })),
            ExprKind::Error => Node::Error,
        };
        Expr { node, span }
    }

    fn pair(&mut self, left: &ast::Expr, right: &ast::Expr) -> Box<(Expr, Expr)> {
        Box::new((self.expr(left), self.expr(right)))
    }

    fn rows(&mut self, rows: &[Vec<ast::Expr>]) -> Vec<Vec<Expr>> {
        rows.iter().map(|row| row.iter().map(|element| self.expr(element)).collect()).collect()
    }

    /// The levels the `end` in hand may belong to, innermost first, up to the first that is certain.
    fn end(&mut self) -> Box<[EndLevel]> {
        let mut levels = Vec::new();
        for open in self.ends.iter_mut().rev() {
            if open.function {
                continue;
            }
            levels.push(open.level);
            if matches!(open.level.base, EndBase::Pushed) {
                open.pushes = true;
                break;
            }
        }
        levels.into()
    }

    fn args(&mut self, args: &[ast::Expr], base: &Base) -> Args {
        let function = matches!(base, Base::Function);
        let end_base = match base {
            Base::Slot(slot) => EndBase::Slot(*slot),
            Base::Function | Base::Value => EndBase::Pushed,
        };
        let mut pushes = false;
        let mut list = Vec::with_capacity(args.len());
        for (position, arg) in args.iter().enumerate() {
            let level = EndLevel { base: end_base, position, count: args.len() };
            self.ends.push(OpenIndex { level, pushes: false, function });
            list.push(self.expr(arg));
            pushes |= self.ends.pop().is_some_and(|open| open.pushes);
        }
        let plain = list.iter().all(|arg| !matches!(arg.node, Node::Colon) && !arg.node.may_list());
        Args { list, plain, pushes }
    }

    /// A run of indexings and fields, flattened.
    fn chain(&mut self, expr: &ast::Expr) -> Node {
        let (root, mut tail) = unravel(expr);
        let (root, base) = match &root.kind {
            ExprKind::Name(name) => match self.names.get(name) {
                Some(slot) => (Root::Slot(slot, Site::new(name.clone(), root.span)), Base::Slot(slot)),
                None => {
                    let mut site = Site::new(name.clone(), root.span);
                    if let Some(member) = packaged(name, &tail) {
                        site = Site::new(member, root.span.to(tail.remove(0).span));
                    }
                    (Root::Free(site), Base::Function)
                }
            },
            _ => (Root::Expr(self.expr(root)), Base::Value),
        };
        let mut links = self.links(&tail, base);
        let root = match root {
            Root::Free(site) if links.is_empty() => return Node::Free(Box::new(site)),
            other => other,
        };
        let only = if links.len() == 1 { links.pop() } else { None };
        match (only, root) {
            (Some(Link { kind: LinkKind::Paren(args), .. }), Root::Slot(slot, site)) if args.is_plain_of(1) => {
                Node::Index1(Box::new(IndexCode { slot, site, args }))
            }
            (Some(Link { kind: LinkKind::Paren(args), .. }), Root::Slot(slot, site)) if args.is_plain_of(2) => {
                Node::Index2(Box::new(IndexCode { slot, site, args }))
            }
            (Some(Link { kind: LinkKind::Paren(args), .. }), Root::Free(site)) => {
                Node::Call(Box::new(CallCode { site, args }))
            }
            (only, root) => {
                links.extend(only);
                Node::Chain(Box::new(Chain { root, links }))
            }
        }
    }

    /// The links, outermost base first. `base` is what the first of them applies to.
    fn links(&mut self, tail: &[&ast::Expr], base: Base) -> Vec<Link> {
        let mut base = base;
        let mut links = Vec::with_capacity(tail.len());
        for expr in tail {
            let kind = match &expr.kind {
                ExprKind::Index { args, .. } => LinkKind::Paren(self.args(args, &base)),
                ExprKind::Brace { args, .. } => LinkKind::Brace(self.args(args, &base)),
                ExprKind::Field { name, .. } => LinkKind::Field(name.clone()),
                ExprKind::DynField { name, .. } => LinkKind::DynField(self.expr(name)),
                _ => continue,
            };
            links.push(Link { kind, span: expr.span });
            base = Base::Value;
        }
        links
    }

    pub(super) fn target(&mut self, target: &ast::Expr) -> Target {
        let (root, tail) = unravel(target);
        let ExprKind::Name(name) = &root.kind else { return Target::Ignored };
        let slot = self.names.add(name);
        if tail.is_empty() {
            return Target::Var(slot);
        }
        let links = self.links(&tail, Base::Slot(slot));
        Target::Part(Part { slot, links, span: target.span })
    }

    fn assign(&mut self, targets: &[ast::Expr], brackets: bool, op: Option<BinaryOp>, value: &ast::Expr) -> Node {
        if let (Some(op), [target]) = (op, targets) {
            let (target, value) = (self.target(target), self.expr(value));
            return Node::Update(Box::new(Update { target, op, value, postfix: false, step: false }));
        }
        if let ([target], false) = (targets, brackets) {
            let nothing = is_literal_nothing(value);
            let value = self.expr(value);
            return match self.target(target) {
                Target::Var(slot) => match appends(slot, &value) {
                    Some(vertical) => Node::Append(Box::new(Append { slot, vertical, matrix: value })),
                    None => Node::SetVar(slot, Box::new(value)),
                },
                Target::Part(part) => {
                    let paren = matches!(part.links.last(), Some(Link { kind: LinkKind::Paren(_), .. }));
                    Node::SetPart(Box::new(SetPart { part, value, deletes: nothing && paren }))
                }
                Target::Ignored => value.node,
            };
        }
        let value = self.expr(value);
        let targets = targets.iter().map(|target| self.target(target)).collect();
        Node::SetMany(Box::new(SetMany { targets, value }))
    }

    fn anonymous(&mut self, source: &Arc<ast::Anonymous>) -> Node {
        let mut captures: Vec<(Name, SlotId)> = Vec::new();
        let mut free: Vec<Name> = Vec::new();
        assigned::uses_of_anonymous(source, &mut |name| match self.names.get(name) {
            Some(slot) => {
                if !captures.iter().any(|(known, _)| known == name) {
                    captures.push((name.clone(), slot));
                }
            }
            None => {
                if !free.contains(name) {
                    free.push(name.clone());
                }
            }
        });
        let names: Vec<Name> = captures.iter().map(|(name, _)| name.clone()).collect();
        let lambda = Rc::new(super::lambda(source, &names));
        Node::Anonymous(Box::new(AnonymousCode { source: source.clone(), captures, free, lambda }))
    }
}

/// The function of a package that a name and the field after it mean, such as `containers.Map`.
fn packaged(name: &Name, tail: &[&ast::Expr]) -> Option<Name> {
    let Some(ast::Expr { kind: ExprKind::Field { name: member, .. }, .. }) = tail.first() else { return None };
    let full = format!("{name}.{member}");
    let mut rows = crate::builtin::FAMILIES.iter().flat_map(|(_, rows)| rows.iter());
    rows.any(|row| row.name == full).then(|| full.into())
}

/// The innermost base of a run of indexings and fields, and the run from the inside out.
fn unravel(expr: &ast::Expr) -> (&ast::Expr, Vec<&ast::Expr>) {
    let mut tail = Vec::new();
    let mut at = expr;
    while let ExprKind::Index { base, .. }
    | ExprKind::Brace { base, .. }
    | ExprKind::Field { base, .. }
    | ExprKind::DynField { base, .. } = &at.kind
    {
        tail.push(at);
        at = base;
    }
    tail.reverse();
    (at, tail)
}

/// Whether a value is a matrix that begins with this variable and continues along one axis: `Some(true)` downwards.
fn appends(slot: SlotId, value: &Expr) -> Option<bool> {
    let Node::Matrix(rows) = &value.node else { return None };
    let Node::Var(first, _) = rows.first()?.first()?.node else { return None };
    let shape: (usize, usize) = (rows.len(), rows.iter().map(Vec::len).max()?);
    match shape {
        _ if first != slot => None,
        (1, 2..) => Some(false),
        (2.., 1) => Some(true),
        _ => None,
    }
}

/// `[]`, `''` or `""` as written: on the right of an indexed assignment it deletes.
fn is_literal_nothing(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ExprKind::Matrix(rows) => rows.iter().all(Vec::is_empty),
        ExprKind::Str { text, .. } => text.is_empty(),
        ExprKind::Paren(inner) => is_literal_nothing(inner),
        _ => false,
    }
}

/// `0i` stays complex, as in Octave.
fn imaginary(x: f64) -> Value {
    if x == 0.0 {
        return Value::Num(0.0);
    }
    Value::Array(Arc::new(Block::scalar(Complex64::new(0.0, x))))
}

fn integer(bits: u64, width: u8, signed: bool) -> Value {
    match (width, signed) {
        (8, false) => Block::scalar(bits as u8),
        (8, true) => Block::scalar(bits as u8 as i8),
        (16, false) => Block::scalar(bits as u16),
        (16, true) => Block::scalar(bits as u16 as i16),
        (32, false) => Block::scalar(bits as u32),
        (32, true) => Block::scalar(bits as u32 as i32),
        (_, false) => Block::scalar(bits),
        (_, true) => Block::scalar(bits as i64),
    }
    .into()
}
