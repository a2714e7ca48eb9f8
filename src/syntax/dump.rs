//! Tokens and trees as indented text, one item a line: for snapshots and for people who ask what was understood.

use super::ast::*;
use super::lexer;
use super::print::print_expr;
use std::fmt::Write;

/// The tokens of a text, each with its bytes.
pub fn dump_tokens(text: &str) -> String {
    let mut out = String::new();
    for spanned in lexer::lex(text, 0, &|_| false).tokens {
        let _ = writeln!(out, "{:>4}..{:<4} {:?}", spanned.start, spanned.end, spanned.token);
    }
    out
}

/// The tree of a program.
pub fn dump(program: &Program) -> String {
    let mut dumper = Dumper { out: String::new(), depth: 0 };
    dumper.block(&program.body);
    dumper.out
}

struct Dumper {
    out: String,
    depth: usize,
}

impl Dumper {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A line, and what `children` prints one step further in.
    fn node(&mut self, text: &str, children: impl FnOnce(&mut Self)) {
        self.line(text);
        self.depth += 1;
        children(self);
        self.depth -= 1;
    }

    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn part(&mut self, name: &str, block: &[Stmt]) {
        self.node(name, |d| d.block(block));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let quiet = if stmt.quiet { " (quiet)" } else { "" };
        match &stmt.kind {
            StmtKind::Expr(expr) => self.node(&format!("expression{quiet}"), |d| d.expr(expr)),
            StmtKind::Command { name, words } => self.line(&format!("command {name} {words:?}{quiet}")),
            StmtKind::If { arms, otherwise } => self.node("if", |d| {
                for (condition, body) in arms {
                    d.node("when", |d| d.expr(condition));
                    d.part("then", body);
                }
                if let Some(body) = otherwise {
                    d.part("else", body);
                }
            }),
            StmtKind::While { condition, body } => self.node("while", |d| {
                d.expr(condition);
                d.part("do", body);
            }),
            StmtKind::DoUntil { body, condition } => self.node("do", |d| {
                d.block(body);
                d.node("until", |d| d.expr(condition));
            }),
            StmtKind::For { target, over, body } => self.node("for", |d| {
                d.expr(target);
                d.node("over", |d| d.expr(over));
                d.part("do", body);
            }),
            StmtKind::Switch { subject, cases, otherwise } => self.node("switch", |d| {
                d.expr(subject);
                for (label, body) in cases {
                    d.node("case", |d| d.expr(label));
                    d.part("then", body);
                }
                if let Some(body) = otherwise {
                    d.part("otherwise", body);
                }
            }),
            StmtKind::Break => self.line("break"),
            StmtKind::Continue => self.line("continue"),
            StmtKind::Return => self.line("return"),
            StmtKind::Global(names) => self.declaration("global", names),
            StmtKind::Persistent(names) => self.declaration("persistent", names),
            StmtKind::TryCatch { body, ident, handler } => self.node("try", |d| {
                d.block(body);
                let name = ident.as_deref().map_or(String::new(), |name| format!(" {name}"));
                d.part(&format!("catch{name}"), handler);
            }),
            StmtKind::UnwindProtect { body, cleanup } => self.node("unwind_protect", |d| {
                d.block(body);
                d.part("cleanup", cleanup);
            }),
            StmtKind::Function(function) => self.function(function),
        }
    }

    fn declaration(&mut self, word: &str, names: &[(Name, Option<Expr>)]) {
        self.node(word, |d| {
            for (name, value) in names {
                match value {
                    Some(value) => d.node(name, |d| d.expr(value)),
                    None => d.line(name),
                }
            }
        });
    }

    fn function(&mut self, function: &Function) {
        let outputs = function.outputs.join(", ");
        let params = params(&function.params);
        self.node(&format!("function [{outputs}] = {}({params})", function.name), |d| {
            for line in function.doc.lines() {
                d.line(&format!("doc {line:?}"));
            }
            d.block(&function.body);
        });
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn rows(&mut self, rows: &[Vec<Expr>]) {
        for row in rows {
            self.node("row", |d| d.exprs(row));
        }
    }

    fn expr(&mut self, expr: &Expr) {
        self.line(&head(expr));
        self.depth += 1;
        self.below(expr);
        self.depth -= 1;
    }

    /// What an expression is made of.
    fn below(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Paren(inner)
            | ExprKind::Field { base: inner, .. }
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Postfix { operand: inner, .. }
            | ExprKind::Increment { target: inner, .. } => self.expr(inner),
            ExprKind::Index { base, args } | ExprKind::Brace { base, args } => {
                self.expr(base);
                self.exprs(args);
            }
            ExprKind::DynField { base: left, name: right }
            | ExprKind::Binary { left, right, .. }
            | ExprKind::ShortCircuit { left, right, .. } => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Range { start, step, stop } => {
                self.expr(start);
                self.exprs(step.as_deref());
                self.expr(stop);
            }
            ExprKind::Matrix(rows) | ExprKind::Cell(rows) => self.rows(rows),
            ExprKind::Anonymous(function) => self.expr(&function.body),
            ExprKind::Assign { targets, value, .. } => {
                self.exprs(targets);
                self.node("value", |d| d.expr(value));
            }
            _ => {}
        }
    }
}

/// The line of one expression, without what it is made of.
fn head(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(_) => format!("number {}", print_expr(expr)),
        ExprKind::Imaginary(_) => format!("imaginary {}", print_expr(expr)),
        ExprKind::Integer { .. } => format!("integer {}", print_expr(expr)),
        ExprKind::Str { .. } => format!("string {}", print_expr(expr)),
        ExprKind::Name(name) => format!("name {name}"),
        ExprKind::Colon => "colon".to_string(),
        ExprKind::End => "end".to_string(),
        ExprKind::Ignored => "ignored".to_string(),
        ExprKind::Error => "error".to_string(),
        ExprKind::Handle(name) => format!("handle {name}"),
        ExprKind::Paren(_) => "parentheses".to_string(),
        ExprKind::Index { .. } => "index ()".to_string(),
        ExprKind::Brace { .. } => "index {}".to_string(),
        ExprKind::Field { name, .. } => format!("field {name}"),
        ExprKind::DynField { .. } => "field ()".to_string(),
        ExprKind::Unary { op, .. } => format!("unary {}", op.symbol()),
        ExprKind::Postfix { op, .. } => format!("postfix {}", op.symbol()),
        ExprKind::Binary { op, .. } => format!("binary {}", op.symbol()),
        ExprKind::ShortCircuit { and, .. } => format!("short circuit {}", if *and { "&&" } else { "||" }),
        ExprKind::Range { .. } => "range".to_string(),
        ExprKind::Matrix(_) => "matrix".to_string(),
        ExprKind::Cell(_) => "cell".to_string(),
        ExprKind::Anonymous(function) => format!("anonymous ({})", params(&function.params)),
        ExprKind::Assign { brackets, op, .. } => {
            let several = if *brackets { " []" } else { "" };
            format!("assign {}={several}", op.map_or("", BinaryOp::symbol))
        }
        ExprKind::Increment { by, prefix, .. } => {
            format!("increment {by:+} {}", if *prefix { "before" } else { "after" })
        }
    }
}

fn params(params: &[Param]) -> String {
    let shown = params.iter().map(|param| {
        let name = param.name.as_deref().unwrap_or("~");
        param.default.as_ref().map_or(name.to_string(), |default| format!("{name} = {}", print_expr(default)))
    });
    shown.collect::<Vec<_>>().join(", ")
}
