//! Statements to resolved statements.

use super::{Block, Resolver};
use crate::eval::code::{Site, Stmt, StmtKind, Target};
use crate::syntax::ast::{self, ExprKind};
use crate::value::Value;
use std::sync::Arc;

impl Resolver {
    pub(super) fn block(&mut self, body: &[ast::Stmt]) -> Block {
        body.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn optional_block(&mut self, body: &Option<ast::Block>) -> Block {
        body.as_ref().map_or_else(Vec::new, |body| self.block(body))
    }

    fn stmt(&mut self, stmt: &ast::Stmt) -> Stmt {
        let kind = match &stmt.kind {
            ast::StmtKind::Expr(expr) => StmtKind::Expr { expr: self.expr(expr), ans: self.ans() },
            ast::StmtKind::Command { name, words } => StmtKind::Command {
                site: Site::new(name.clone(), stmt.span),
                words: words.iter().map(|word| Value::text(word)).collect(),
                ans: self.ans(),
            },
            ast::StmtKind::If { arms, otherwise } => StmtKind::If {
                arms: arms.iter().map(|(condition, body)| (self.expr(condition), self.block(body))).collect(),
                otherwise: self.optional_block(otherwise),
            },
            ast::StmtKind::While { condition, body } => {
                StmtKind::While { condition: self.expr(condition), body: self.block(body) }
            }
            ast::StmtKind::DoUntil { body, condition } => {
                StmtKind::DoUntil { body: self.block(body), condition: self.expr(condition) }
            }
            ast::StmtKind::For { target, over, body } => self.for_loop(target, over, body),
            ast::StmtKind::Switch { subject, cases, otherwise } => StmtKind::Switch {
                subject: self.expr(subject),
                cases: cases.iter().map(|(case, body)| (self.expr(case), self.block(body))).collect(),
                otherwise: self.optional_block(otherwise),
            },
            ast::StmtKind::Break => StmtKind::Break,
            ast::StmtKind::Continue => StmtKind::Continue,
            ast::StmtKind::Return => StmtKind::Return,
            ast::StmtKind::Global(names) => StmtKind::Global(self.declarations(names)),
            ast::StmtKind::Persistent(names) => StmtKind::Persistent(self.declarations(names)),
            ast::StmtKind::TryCatch { body, ident, handler } => StmtKind::TryCatch {
                body: self.block(body),
                ident: ident.as_ref().map(|name| self.names.add(name)),
                handler: self.block(handler),
            },
            ast::StmtKind::UnwindProtect { body, cleanup } => {
                StmtKind::UnwindProtect { body: self.block(body), cleanup: self.block(cleanup) }
            }
            ast::StmtKind::Function(source) => StmtKind::Function(super::function(source, self.siblings.clone())),
        };
        Stmt { kind, show: !stmt.quiet, span: stmt.span }
    }

    fn ans(&mut self) -> u32 {
        match self.names.get("ans") {
            Some(slot) => slot,
            None => self.names.add(&Arc::from("ans")),
        }
    }

    fn declarations(
        &mut self,
        names: &[(ast::Name, Option<ast::Expr>)],
    ) -> Vec<(u32, Option<crate::eval::code::Expr>)> {
        names
            .iter()
            .map(|(name, value)| {
                let slot = self.names.add(name);
                (slot, value.as_ref().map(|value| self.expr(value)))
            })
            .collect()
    }

    fn for_loop(&mut self, target: &ast::Expr, over: &ast::Expr, body: &[ast::Stmt]) -> StmtKind {
        if let ExprKind::Matrix(rows) = &target.kind
            && let [value, key] = rows.concat().as_slice()
        {
            return StmtKind::ForPairs {
                value: self.target(value),
                key: self.target(key),
                over: self.expr(over),
                body: self.block(body),
            };
        }
        let target = match &target.kind {
            ExprKind::Error => Target::Ignored,
            _ => self.target(target),
        };
        StmtKind::For { target, over: self.expr(over), body: self.block(body) }
    }
}
