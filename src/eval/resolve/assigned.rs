//! Which names a piece of code gives a value to.

use crate::syntax::ast::{Expr, ExprKind, Name, Stmt, StmtKind};

/// Calls `found` with every name the statements assign, in order of appearance; `ans` where a statement sets it.
pub fn of_block(block: &[Stmt], found: &mut dyn FnMut(&Name)) {
    for stmt in block {
        of_stmt(stmt, found);
    }
}

fn of_stmt(stmt: &Stmt, found: &mut dyn FnMut(&Name)) {
    match &stmt.kind {
        StmtKind::Expr(expr) => {
            of_expr(expr, found);
            if !matches!(expr.kind, ExprKind::Assign { .. }) {
                found(&"ans".into());
            }
        }
        StmtKind::If { arms, otherwise } => {
            for (condition, body) in arms {
                of_expr(condition, found);
                of_block(body, found);
            }
            if let Some(body) = otherwise {
                of_block(body, found);
            }
        }
        StmtKind::While { condition, body } | StmtKind::DoUntil { body, condition } => {
            of_expr(condition, found);
            of_block(body, found);
        }
        StmtKind::For { target, over, body } => {
            of_target(target, found);
            of_expr(over, found);
            of_block(body, found);
        }
        StmtKind::Switch { subject, cases, otherwise } => {
            of_expr(subject, found);
            for (case, body) in cases {
                of_expr(case, found);
                of_block(body, found);
            }
            if let Some(body) = otherwise {
                of_block(body, found);
            }
        }
        StmtKind::Global(names) | StmtKind::Persistent(names) => {
            for (name, value) in names {
                found(name);
                if let Some(value) = value {
                    of_expr(value, found);
                }
            }
        }
        StmtKind::TryCatch { body, ident, handler } => {
            of_block(body, found);
            if let Some(name) = ident {
                found(name);
            }
            of_block(handler, found);
        }
        StmtKind::UnwindProtect { body, cleanup } => {
            of_block(body, found);
            of_block(cleanup, found);
        }
        StmtKind::Command { .. } => found(&"ans".into()),
        StmtKind::Break | StmtKind::Continue | StmtKind::Return | StmtKind::Function(_) => {}
    }
}

fn of_target(target: &Expr, found: &mut dyn FnMut(&Name)) {
    match &target.kind {
        ExprKind::Name(name) => found(name),
        ExprKind::Index { base, args } | ExprKind::Brace { base, args } => {
            of_target(base, found);
            args.iter().for_each(|arg| of_expr(arg, found));
        }
        ExprKind::Field { base, .. } | ExprKind::Paren(base) => of_target(base, found),
        ExprKind::DynField { base, name } => {
            of_target(base, found);
            of_expr(name, found);
        }
        ExprKind::Matrix(rows) => rows.iter().flatten().for_each(|target| of_target(target, found)),
        _ => {}
    }
}

fn of_expr(expr: &Expr, found: &mut dyn FnMut(&Name)) {
    match &expr.kind {
        ExprKind::Assign { targets, value, .. } => {
            targets.iter().for_each(|target| of_target(target, found));
            of_expr(value, found);
        }
        ExprKind::Increment { target, .. } => of_target(target, found),
        _ => each_child(expr, &mut |child| of_expr(child, found)),
    }
}

/// Calls `visit` with the expressions directly inside one; an anonymous function's body is not among them.
pub fn each_child(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    match &expr.kind {
        ExprKind::Paren(inner) => visit(inner),
        ExprKind::Index { base, args } | ExprKind::Brace { base, args } => {
            visit(base);
            args.iter().for_each(visit);
        }
        ExprKind::Field { base, .. } => visit(base),
        ExprKind::DynField { base, name } => {
            visit(base);
            visit(name);
        }
        ExprKind::Unary { operand, .. } | ExprKind::Postfix { operand, .. } => visit(operand),
        ExprKind::Binary { left, right, .. } | ExprKind::ShortCircuit { left, right, .. } => {
            visit(left);
            visit(right);
        }
        ExprKind::Range { start, step, stop } => {
            visit(start);
            if let Some(step) = step {
                visit(step);
            }
            visit(stop);
        }
        ExprKind::Matrix(rows) | ExprKind::Cell(rows) => rows.iter().flatten().for_each(visit),
        ExprKind::Assign { targets, value, .. } => {
            targets.iter().for_each(&mut *visit);
            visit(value);
        }
        ExprKind::Increment { target, .. } => visit(target),
        ExprKind::Number(_)
        | ExprKind::Imaginary(_)
        | ExprKind::Integer { .. }
        | ExprKind::Str { .. }
        | ExprKind::Name(_)
        | ExprKind::Colon
        | ExprKind::End
        | ExprKind::Ignored
        | ExprKind::Anonymous(_)
        | ExprKind::Handle(_)
        | ExprKind::Error => {}
    }
}

/// Calls `found` with every name an anonymous function uses that is not one of its own parameters.
pub fn uses_of_anonymous(source: &crate::syntax::ast::Anonymous, found: &mut dyn FnMut(&Name)) {
    let own = |name: &Name| source.params.iter().any(|param| param.name.as_ref() == Some(name));
    let mut outside = |name: &Name| {
        if !own(name) {
            found(name);
        }
    };
    uses(&source.body, &mut outside);
    for param in &source.params {
        if let Some(default) = &param.default {
            uses(default, &mut outside);
        }
    }
}

fn uses(expr: &Expr, found: &mut dyn FnMut(&Name)) {
    match &expr.kind {
        ExprKind::Name(name) => found(name),
        ExprKind::Anonymous(inner) => uses_of_anonymous(inner, found),
        _ => each_child(expr, &mut |child| uses(child, found)),
    }
}
