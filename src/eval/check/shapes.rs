//! Shapes and types that do not go together, found by running what needs no element.
//!
//! The statements of the program that stand outside control flow are run for what they are: what is small is computed,
//! what is large is lazy, arrays on disk are opened, and an engine that computes nothing makes everything that would
//! need an element of a large array unknown. A statement that uses an unknown name, or calls what is not known to be pure, is not run, and what
//! it assigns becomes unknown; so does all that control flow assigns.

use super::names::{each, expressions};
use super::{NOT_COMPUTED, root};
use crate::builtin::{self, Builtin, Host};
use crate::diag::{Fault, Severity};
use crate::eval::interp::Interp;
use crate::eval::resolve::assigned::of_block;
use crate::syntax::ast::{Expr, ExprKind, Name, Program, Stmt, StmtKind};
use rustc_hash::FxHashSet;
use std::cell::Cell;

/// Families whose functions print, read and change nothing, and are quick where arrays are lazy.
const PURE: &[&[Builtin]] = &[
    builtin::operators::TABLE,
    builtin::arrays::constructors::TABLE,
    builtin::arrays::size::TABLE,
    builtin::arrays::shape::TABLE,
    builtin::arrays::arrange::TABLE,
    builtin::arrays::repeat::TABLE,
    builtin::numbers::elementwise::TABLE,
    builtin::reduce::reductions::TABLE,
    builtin::reduce::statistics::TABLE,
    builtin::arrays::random::TABLE,
    builtin::types::predicates::TABLE,
];

/// Of the words for large arrays, those that read no element.
const PURE_LARGE: &[&str] = &["load", "rechunk", "chunks", "islazy"];

/// Functions that may change any variable.
const CHANGE_ANY: &[&str] = &["clear", "clearvars", "eval", "evalc", "evalin", "assignin", "source", "run", "load"];

/// The faults that running a program would certainly meet, one a statement.
pub fn check(interp: &mut Interp, program: &Program) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut unknown: FxHashSet<Name> = FxHashSet::default();
    for stmt in &program.body {
        match &stmt.kind {
            StmtKind::Function(_) => continue,
            StmtKind::Return => break,
            _ => {}
        }
        if leaves(stmt) {
            break;
        }
        let mut assigned = Vec::new();
        of_block(std::slice::from_ref(stmt), &mut |name| assigned.push(name.clone()));
        let mut failed = true;
        if is_plain(interp, stmt, &unknown) {
            let quiet = Stmt { quiet: true, ..stmt.clone() };
            match interp.run_program(&Program { body: vec![quiet] }) {
                Ok(()) => failed = false,
                // What is on disk when the program runs is not known here.
                Err(fault) if fault.id != NOT_COMPUTED && fault.severity == Severity::Error && !loads(stmt) => {
                    faults.push(fault);
                }
                Err(_) => {}
            }
        }
        if failed {
            if changes_any(stmt) {
                unknown.extend(interp.variables().into_iter().map(|variable| variable.name));
                interp.clear_variables(&|_| true);
            }
            interp.clear_variables(&|name| assigned.iter().any(|assigned| &**assigned == name));
            unknown.extend(assigned);
        } else {
            assigned.iter().for_each(|name| {
                unknown.remove(name);
            });
        }
    }
    faults
}

/// Whether a statement can be run here: an expression of known variables and pure functions.
fn is_plain(interp: &Interp, stmt: &Stmt, unknown: &FxHashSet<Name>) -> bool {
    let StmtKind::Expr(expr) = &stmt.kind else { return false };
    let mut bound: Vec<Name> = Vec::new();
    each(expr, &mut |expr| {
        if let ExprKind::Anonymous(anonymous) = &expr.kind {
            bound.extend(anonymous.params.iter().filter_map(|param| param.name.clone()));
        }
    });
    let plain = Cell::new(true);
    let mut check = |expr: &Expr| match &expr.kind {
        ExprKind::Name(name) | ExprKind::Handle(name) => {
            let variable = Host::variable(interp, name).is_some() || bound.contains(name);
            plain.set(plain.get() && (variable || (!unknown.contains(name) && is_pure(interp, name))));
        }
        ExprKind::Error => plain.set(false),
        _ => {}
    };
    match &expr.kind {
        ExprKind::Assign { targets, value, op, .. } => {
            each(value, &mut check);
            for target in targets {
                match &target.kind {
                    ExprKind::Name(_) if op.is_none() => {}
                    ExprKind::Ignored => {}
                    // A part of a value that is not known stays unknown; of none, it makes one.
                    _ => {
                        indices(target, &mut check);
                        plain.set(plain.get() && Host::variable(interp, &root(target)).is_some());
                    }
                }
            }
        }
        _ => each(expr, &mut check),
    }
    plain.get()
}

/// Visits the subscripts of a target.
fn indices(target: &Expr, check: &mut dyn FnMut(&Expr)) {
    match &target.kind {
        ExprKind::Index { base, args } | ExprKind::Brace { base, args } => {
            args.iter().for_each(|arg| each(arg, check));
            indices(base, check);
        }
        ExprKind::Field { base, .. } => indices(base, check),
        ExprKind::DynField { base, name } => {
            each(name, check);
            indices(base, check);
        }
        _ => {}
    }
}

fn is_pure(interp: &Interp, name: &str) -> bool {
    let listed = PURE.iter().any(|table| table.iter().any(|row| row.name == name)) || PURE_LARGE.contains(&name);
    listed && !interp.has_file(name)
}

fn mentions(stmt: &Stmt, names: &[&str]) -> bool {
    let mut found = matches!(&stmt.kind, StmtKind::Command { name, .. } if names.contains(&&**name));
    expressions(stmt, &mut |expr| {
        each(expr, &mut |expr| found |= matches!(&expr.kind, ExprKind::Name(name) if names.contains(&&**name)));
    });
    found
}

fn loads(stmt: &Stmt) -> bool {
    mentions(stmt, &["load"])
}

fn changes_any(stmt: &Stmt) -> bool {
    mentions(stmt, CHANGE_ANY) || matches!(stmt.kind, StmtKind::Command { .. })
}

/// `exit`, `error (...)` and kin: what follows is not reached.
fn leaves(stmt: &Stmt) -> bool {
    mentions(stmt, &["exit", "quit", "error", "rethrow"])
        && matches!(stmt.kind, StmtKind::Expr(_) | StmtKind::Command { .. })
}
