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

    fn rows(&mut self, name: &str, rows: &[Vec<Expr>]) {
        self.node(name, |d| {
            for row in rows {
                d.node("row", |d| d.exprs(row));
            }
        });
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(_) => self.line(&format!("number {}", print_expr(expr))),
            ExprKind::Imaginary(_) => self.line(&format!("imaginary {}", print_expr(expr))),
            ExprKind::Integer { .. } => self.line(&format!("integer {}", print_expr(expr))),
            ExprKind::Str { .. } => self.line(&format!("string {}", print_expr(expr))),
            ExprKind::Name(name) => self.line(&format!("name {name}")),
            ExprKind::Colon => self.line("colon"),
            ExprKind::End => self.line("end"),
            ExprKind::Ignored => self.line("ignored"),
            ExprKind::Error => self.line("error"),
            ExprKind::Handle(name) => self.line(&format!("handle {name}")),
            ExprKind::Paren(inner) => self.node("parentheses", |d| d.expr(inner)),
            ExprKind::Index { base, args } => self.node("index ()", |d| {
                d.expr(base);
                d.exprs(args);
            }),
            ExprKind::Brace { base, args } => self.node("index {}", |d| {
                d.expr(base);
                d.exprs(args);
            }),
            ExprKind::Field { base, name } => self.node(&format!("field {name}"), |d| d.expr(base)),
            ExprKind::DynField { base, name } => self.node("field ()", |d| d.exprs([&**base, name])),
            ExprKind::Unary { op, operand } => {
                let sign = match op {
                    UnaryOp::Plus => "+",
                    UnaryOp::Minus => "-",
                    UnaryOp::Not => "!",
                };
                self.node(&format!("unary {sign}"), |d| d.expr(operand));
            }
            ExprKind::Postfix { op, operand } => {
                let mark = match op {
                    PostfixOp::CTranspose => "'",
                    PostfixOp::Transpose => ".'",
                };
                self.node(&format!("postfix {mark}"), |d| d.expr(operand));
            }
            ExprKind::Binary { op, left, right } => {
                self.node(&format!("binary {}", op.symbol()), |d| d.exprs([&**left, right]));
            }
            ExprKind::ShortCircuit { and, left, right } => {
                self.node(if *and { "short circuit &&" } else { "short circuit ||" }, |d| d.exprs([&**left, right]));
            }
            ExprKind::Range { start, step, stop } => self.node("range", |d| {
                d.expr(start);
                d.exprs(step.as_deref());
                d.expr(stop);
            }),
            ExprKind::Matrix(rows) => self.rows("matrix", rows),
            ExprKind::Cell(rows) => self.rows("cell", rows),
            ExprKind::Anonymous(function) => {
                let params = params(&function.params);
                self.node(&format!("anonymous ({params})"), |d| d.expr(&function.body));
            }
            ExprKind::Assign { targets, brackets, op, value } => {
                let op = op.map_or("", BinaryOp::symbol);
                let several = if *brackets { " []" } else { "" };
                self.node(&format!("assign {op}={several}"), |d| {
                    d.exprs(targets);
                    d.node("value", |d| d.expr(value));
                });
            }
            ExprKind::Increment { target, by, prefix } => {
                let place = if *prefix { "before" } else { "after" };
                self.node(&format!("increment {by:+} {place}"), |d| d.expr(target));
            }
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
