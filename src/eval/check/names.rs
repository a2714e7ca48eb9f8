//! Names that nothing defines, and calls with more arguments than a builtin takes.
//!
//! One scope is the program outside its functions, or one function. A name is known if the scope gives it a value
//! anywhere (the order of statements is not followed), if a function of the program, of a file beside it or a builtin
//! has it, or if the program asks about it with `exist`. A scope that runs text is not checked: its names cannot be
//! known. Nor is what stands inside `try`: failing may be what it is there for.

use crate::builtin::Host;
use crate::diag::{Fault, Span};
use crate::eval::interp::{Interp, builtins};
use crate::eval::message::INVALID_CALL;
use crate::eval::resolve::assigned::{each_child, of_block};
use crate::fault;
use crate::syntax::ast::{Expr, ExprKind, Function, Name, Program, Stmt, StmtKind};
use rustc_hash::FxHashSet;

/// Functions that may give any name a value.
const RUN_TEXT: &[&str] = &["eval", "evalc", "evalin", "assignin", "source", "run", "load", "keyboard"];

/// Appends what is wrong with the names of a program.
pub fn check(interp: &Interp, program: &Program, faults: &mut Vec<Fault>) {
    let mut functions: FxHashSet<Name> = FxHashSet::default();
    functions_of(&program.body, &mut |function| {
        functions.insert(function.name.clone());
    });
    let mut scope = Scope::new(interp, &functions, faults);
    scope.block(&program.body);
    functions_of(&program.body, &mut |function| {
        let mut scope = Scope::new(interp, &functions, faults);
        scope.known.extend(function.params.iter().filter_map(|param| param.name.clone()));
        scope.known.extend(function.outputs.iter().cloned());
        for param in &function.params {
            param.default.iter().for_each(|default| scope.expr(default));
        }
        scope.block(&function.body);
    });
}

fn functions_of(block: &[Stmt], found: &mut dyn FnMut(&Function)) {
    for stmt in block {
        if let StmtKind::Function(function) = &stmt.kind {
            found(function);
            functions_of(&function.body, found);
        }
    }
}

struct Scope<'a> {
    interp: &'a Interp,
    functions: &'a FxHashSet<Name>,
    known: FxHashSet<Name>,
    /// Parameters of the anonymous functions around the expression in hand.
    bound: Vec<Name>,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Scope<'a> {
    fn new(interp: &'a Interp, functions: &'a FxHashSet<Name>, faults: &'a mut Vec<Fault>) -> Scope<'a> {
        Scope { interp, functions, known: FxHashSet::default(), bound: Vec::new(), faults }
    }

    fn block(&mut self, block: &[Stmt]) {
        let mut open = false;
        statements(block, &mut |stmt| {
            if let StmtKind::Command { name, .. } = &stmt.kind {
                open |= RUN_TEXT.contains(&&**name);
            }
            expressions(stmt, &mut |expr| each(expr, &mut |expr| open |= self.learns(expr)));
        });
        if open {
            return;
        }
        of_block(block, &mut |name| {
            self.known.insert(name.clone());
        });
        self.statements(block);
    }

    /// Takes in what `exist ("name")` says; true where an expression may give any name a value.
    fn learns(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Index { base, args } => {
                if let (ExprKind::Name(name), Some(ExprKind::Str { text, .. })) =
                    (&base.kind, args.first().map(|arg| &arg.kind))
                    && matches!(&**name, "exist" | "isvarname" | "which")
                {
                    self.known.insert(text.as_str().into());
                }
                false
            }
            // `load` with a result only reads; without one it sets variables, as a command or a statement does.
            ExprKind::Name(name) => RUN_TEXT.contains(&&**name) && &**name != "load",
            _ => false,
        }
    }

    fn statements(&mut self, block: &[Stmt]) {
        for stmt in block {
            match &stmt.kind {
                StmtKind::TryCatch { handler, .. } => self.statements(handler),
                StmtKind::Command { name, .. } => self.name(name, stmt.span),
                _ => {
                    expressions(stmt, &mut |expr| self.expr(expr));
                    blocks(stmt, &mut |inner| self.statements(inner));
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Handle(name) if !name.contains('.') => self.name(name, expr.span),
            // The one package there is.
            ExprKind::Field { base, name } if is_name(base, "containers") && &**name == "Map" => {}
            ExprKind::Anonymous(anonymous) => {
                let before = self.bound.len();
                self.bound.extend(anonymous.params.iter().filter_map(|param| param.name.clone()));
                self.expr(&anonymous.body);
                self.bound.truncate(before);
            }
            ExprKind::Index { base, args } => {
                if let ExprKind::Name(name) = &base.kind {
                    self.call(name, args, expr.span);
                }
                each_child(expr, &mut |child| self.expr(child));
            }
            _ => each_child(expr, &mut |child| self.expr(child)),
        }
    }

    fn is_variable(&self, name: &Name) -> bool {
        self.known.contains(name) || self.bound.contains(name)
    }

    fn name(&mut self, name: &Name, span: Span) {
        if !self.is_variable(name) && !self.functions.contains(name) && !self.interp.is_function(name) {
            let known = self.known.iter().chain(&self.bound).chain(self.functions).map(|name| &**name);
            self.faults.push(self.interp.undefined_among(name, span, known));
        }
    }

    /// More arguments than the builtin takes. Fewer may be what a program tests (`f ()` in a `try` is not here).
    fn call(&mut self, name: &Name, args: &[Expr], span: Span) {
        let own = self.is_variable(name) || self.functions.contains(name) || self.interp.has_file(name);
        let Some(builtin) = builtins().get(&**name).filter(|_| !own) else { return };
        // `c{:}` and `s.a` may stand for any number of arguments.
        let one = |arg: &Expr| {
            !matches!(arg.kind, ExprKind::Brace { .. } | ExprKind::Field { .. } | ExprKind::DynField { .. })
        };
        let certain = args.iter().filter(|arg| one(arg)).count();
        let few = args.iter().all(one) && certain < builtin.args.0;
        if certain > builtin.args.1 || few {
            let fault = fault!("Invalid call to {name}").id(INVALID_CALL).at(span);
            let takes = match builtin.args {
                (0, 0) => "no argument".to_owned(),
                (1, 1) => "1 argument".to_owned(),
                (low, high) if low == high => format!("{low} arguments"),
                (1, usize::MAX) => "at least 1 argument".to_owned(),
                (low, usize::MAX) => format!("at least {low} arguments"),
                (low, high) => format!("{low} to {high} arguments"),
            };
            self.faults.push(fault.hint(format!("{name} takes {takes}; this call has {}", args.len())));
        }
    }
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(&expr.kind, ExprKind::Name(own) if &**own == name)
}

/// The expressions directly inside a statement.
pub fn expressions(stmt: &Stmt, visit: &mut dyn FnMut(&Expr)) {
    match &stmt.kind {
        StmtKind::Expr(expr) => visit(expr),
        StmtKind::If { arms, .. } => arms.iter().for_each(|(condition, _)| visit(condition)),
        StmtKind::While { condition, .. } | StmtKind::DoUntil { condition, .. } => visit(condition),
        StmtKind::For { target, over, .. } => {
            visit(target);
            visit(over);
        }
        StmtKind::Switch { subject, cases, .. } => {
            visit(subject);
            cases.iter().for_each(|(case, _)| visit(case));
        }
        StmtKind::Global(names) | StmtKind::Persistent(names) => {
            names.iter().filter_map(|(_, value)| value.as_ref()).for_each(visit);
        }
        StmtKind::Command { .. }
        | StmtKind::Break
        | StmtKind::Continue
        | StmtKind::Return
        | StmtKind::TryCatch { .. }
        | StmtKind::UnwindProtect { .. }
        | StmtKind::Function(_) => {}
    }
}

/// The blocks directly inside a statement; a function's body is none of them.
fn blocks(stmt: &Stmt, visit: &mut dyn FnMut(&[Stmt])) {
    match &stmt.kind {
        StmtKind::If { arms, otherwise } => {
            arms.iter().for_each(|(_, body)| visit(body));
            otherwise.iter().for_each(|body| visit(body));
        }
        StmtKind::While { body, .. } | StmtKind::DoUntil { body, .. } | StmtKind::For { body, .. } => visit(body),
        StmtKind::Switch { cases, otherwise, .. } => {
            cases.iter().for_each(|(_, body)| visit(body));
            otherwise.iter().for_each(|body| visit(body));
        }
        StmtKind::TryCatch { body, handler, .. } => {
            visit(body);
            visit(handler);
        }
        StmtKind::UnwindProtect { body, cleanup } => {
            visit(body);
            visit(cleanup);
        }
        _ => {}
    }
}

/// Every statement of a block, at any depth outside functions.
fn statements(block: &[Stmt], visit: &mut dyn FnMut(&Stmt)) {
    for stmt in block {
        visit(stmt);
        blocks(stmt, &mut |inner| statements(inner, visit));
    }
}

/// Every expression of a tree, bodies of anonymous functions among them.
pub fn each(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Anonymous(anonymous) => each(&anonymous.body, visit),
        _ => each_child(expr, &mut |child| each(child, visit)),
    }
}
