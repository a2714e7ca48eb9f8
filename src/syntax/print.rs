//! Expressions as text, in the manner Octave shows an anonymous function: `@(x, y) x .^ 2 + y (1, :)'`.
//!
//! Parentheses the author wrote are kept; where a tree has none and needs them they are put in, so that what is
//! printed reads back as the same tree.

use super::ast::*;
use crate::diag::Span;

/// An expression as text. Numbers are written as short as they read back.
pub fn print_expr(expr: &Expr) -> String {
    printed(None, |printer| printer.expr(expr, Level::Whole))
}

/// A handle as text, made anew from its tree; [`Anonymous::text`] has the numbers as they were typed.
pub fn print_anonymous(function: &Anonymous) -> String {
    anonymous_text(&function.params, &function.body, None)
}

/// A handle as it is shown; numbers as they stand in `source`, the text that the spans point into.
pub(super) fn anonymous_text(params: &[Param], body: &Expr, source: Option<&str>) -> String {
    printed(source, |printer| {
        printer.params(params);
        printer.out.push(' ');
        printer.expr(body, Level::Whole);
    })
}

fn printed(source: Option<&str>, print: impl FnOnce(&mut Printer)) -> String {
    let mut printer = Printer { out: String::new(), source, in_matrix: false };
    print(&mut printer);
    printer.out
}

/// How tightly an expression holds together, as the grammar's rules; loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Whole,
    OrElse,
    AndAlso,
    Or,
    And,
    Comparison,
    Range,
    Sum,
    Product,
    Prefixed,
    Power,
    Postfix,
    Primary,
}

impl Level {
    fn of(expr: &Expr) -> Level {
        match &expr.kind {
            ExprKind::Assign { .. } | ExprKind::Anonymous(_) => Level::Whole,
            ExprKind::ShortCircuit { and: false, .. } => Level::OrElse,
            ExprKind::ShortCircuit { and: true, .. } => Level::AndAlso,
            ExprKind::Binary { op, .. } => Level::of_operator(*op),
            ExprKind::Range { .. } => Level::Range,
            ExprKind::Unary { .. } | ExprKind::Increment { prefix: true, .. } => Level::Prefixed,
            ExprKind::Postfix { .. }
            | ExprKind::Index { .. }
            | ExprKind::Brace { .. }
            | ExprKind::Field { .. }
            | ExprKind::DynField { .. }
            | ExprKind::Increment { prefix: false, .. } => Level::Postfix,
            _ => Level::Primary,
        }
    }

    fn of_operator(op: BinaryOp) -> Level {
        use BinaryOp::*;
        match op {
            Or => Level::Or,
            And => Level::And,
            Lt | Le | Eq | Ne | Ge | Gt => Level::Comparison,
            Add | Sub => Level::Sum,
            Mul | Div | LeftDiv | ElMul | ElDiv | ElLeftDiv => Level::Product,
            Pow | ElPow => Level::Power,
        }
    }

    /// What the right operand of a left-associative operator of this level needs.
    fn tighter(self) -> Level {
        match self {
            Level::Whole => Level::OrElse,
            Level::OrElse => Level::AndAlso,
            Level::AndAlso => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Comparison,
            Level::Comparison => Level::Range,
            Level::Range => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product => Level::Prefixed,
            Level::Prefixed => Level::Power,
            Level::Power => Level::Postfix,
            Level::Postfix | Level::Primary => Level::Primary,
        }
    }
}

struct Printer<'a> {
    out: String,
    source: Option<&'a str>,
    /// Directly inside `[]` or `{}`: no blank stands before an index.
    in_matrix: bool,
}

impl Printer<'_> {
    /// Prints an expression, in parentheses when it is looser than `level`.
    fn expr(&mut self, expr: &Expr, level: Level) {
        if Level::of(expr) < level { self.parenthesised(expr) } else { self.bare(expr) }
    }

    fn parenthesised(&mut self, expr: &Expr) {
        self.out.push('(');
        self.inside(false, |printer| printer.bare(expr));
        self.out.push(')');
    }

    fn inside(&mut self, in_matrix: bool, print: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.in_matrix, in_matrix);
        print(self);
        self.in_matrix = outside;
    }

    fn bare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(value) => self.number(*value, expr.span, ""),
            ExprKind::Imaginary(value) => self.number(*value, expr.span, "i"),
            ExprKind::Integer { bits, width, signed } => self.integer(*bits, *width, *signed, expr.span),
            ExprKind::Str { text, double } => self.string(text, *double),
            ExprKind::Name(name) => self.out.push_str(name),
            ExprKind::Colon => self.out.push(':'),
            ExprKind::End => self.out.push_str("end"),
            ExprKind::Ignored => self.out.push('~'),
            ExprKind::Error => self.out.push_str("<error>"),
            ExprKind::Handle(name) => {
                self.out.push('@');
                self.out.push_str(name);
            }
            ExprKind::Paren(inner) => self.parenthesised(inner),
            ExprKind::Index { base, args } => self.index(base, args, '(', ')'),
            ExprKind::Brace { base, args } => self.index(base, args, '{', '}'),
            ExprKind::Field { base, name } => {
                self.dotted(base);
                self.out.push_str(name);
            }
            ExprKind::DynField { base, name } => {
                self.dotted(base);
                self.parenthesised(name);
            }
            ExprKind::Unary { op, operand } => self.prefix(op.symbol(), operand),
            ExprKind::Postfix { op, operand } => {
                if ends_in_quote(operand) {
                    self.parenthesised(operand)
                } else {
                    self.expr(operand, Level::Power)
                }
                self.out.push_str(op.symbol());
            }
            ExprKind::Binary { op, left, right } => {
                let level = Level::of_operator(*op);
                self.expr(left, level);
                self.spaced(op.symbol());
                match level {
                    Level::Power if exponent(right) => self.bare(right),
                    Level::Power => self.parenthesised(right),
                    _ => self.expr(right, level.tighter()),
                }
            }
            ExprKind::ShortCircuit { and, left, right } => {
                let level = Level::of(expr);
                self.expr(left, level);
                self.spaced(if *and { "&&" } else { "||" });
                self.expr(right, level.tighter());
            }
            ExprKind::Range { start, step, stop } => {
                for part in [Some(start), step.as_ref()].into_iter().flatten() {
                    self.expr(part, Level::Sum);
                    self.out.push(':');
                }
                self.expr(stop, Level::Sum);
            }
            ExprKind::Matrix(rows) => self.rows(rows, '[', ']'),
            ExprKind::Cell(rows) => self.rows(rows, '{', '}'),
            ExprKind::Anonymous(function) => {
                // Octave shows an inner handle without the blank.
                self.params(&function.params);
                self.expr(&function.body, Level::Whole);
            }
            ExprKind::Assign { targets, brackets, op, value } => {
                if *brackets {
                    self.out.push('[');
                }
                self.inside(*brackets, |printer| printer.list(targets));
                if *brackets {
                    self.out.push(']');
                }
                self.out.push(' ');
                self.out.push_str(op.map_or("", BinaryOp::symbol));
                self.out.push_str("= ");
                self.expr(value, Level::Whole);
            }
            ExprKind::Increment { target, by, prefix } => {
                let sign = if *by < 0.0 { "--" } else { "++" };
                if *prefix {
                    self.prefix(sign, target);
                } else {
                    self.expr(target, Level::Postfix);
                    self.out.push_str(sign);
                }
            }
        }
    }

    /// A prefix operator, with a blank where two signs would run together into `--`.
    fn prefix(&mut self, sign: &str, operand: &Expr) {
        self.out.push_str(sign);
        let at = self.out.len();
        self.expr(operand, Level::Prefixed);
        if matches!(sign.chars().next(), Some('+' | '-')) && self.out[at..].starts_with(&sign[..1]) {
            self.out.insert(at, ' ');
        }
    }

    /// What stands before a field, and the dot, which a number or handle would swallow.
    fn dotted(&mut self, base: &Expr) {
        match base.kind {
            ExprKind::Number(_) | ExprKind::Imaginary(_) | ExprKind::Integer { .. } | ExprKind::Handle(_) => {
                self.parenthesised(base);
            }
            _ => self.expr(base, Level::Postfix),
        }
        self.out.push('.');
    }

    fn spaced(&mut self, operator: &str) {
        self.out.push(' ');
        self.out.push_str(operator);
        self.out.push(' ');
    }

    fn index(&mut self, base: &Expr, args: &[Expr], open: char, close: char) {
        self.expr(base, Level::Postfix);
        if !self.in_matrix {
            self.out.push(' ');
        }
        self.out.push(open);
        self.inside(false, |printer| printer.list(args));
        self.out.push(close);
    }

    fn list(&mut self, exprs: &[Expr]) {
        for (at, expr) in exprs.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.expr(expr, Level::Whole);
        }
    }

    fn rows(&mut self, rows: &[Vec<Expr>], open: char, close: char) {
        self.out.push(open);
        self.inside(true, |printer| {
            for (at, row) in rows.iter().enumerate() {
                if at > 0 {
                    printer.out.push_str("; ");
                }
                printer.list(row);
            }
        });
        self.out.push(close);
    }

    fn params(&mut self, params: &[Param]) {
        self.out.push_str("@(");
        self.inside(false, |printer| {
            for (at, param) in params.iter().enumerate() {
                if at > 0 {
                    printer.out.push_str(", ");
                }
                printer.out.push_str(param.name.as_deref().unwrap_or("~"));
                if let Some(default) = &param.default {
                    printer.spaced("=");
                    printer.expr(default, Level::Whole);
                }
            }
        });
        self.out.push(')');
    }

    /// The literal as it was typed.
    fn literal(&self, span: Span) -> Option<String> {
        let typed = self.source?.get(span.start as usize..span.end as usize)?;
        typed.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| typed.to_string())
    }

    fn integer(&mut self, bits: u64, width: u8, signed: bool, span: Span) {
        let class = if signed { 's' } else { 'u' };
        let literal = self.literal(span).unwrap_or_else(|| format!("0x{bits:X}{class}{width}"));
        self.out.push_str(&literal);
    }

    fn number(&mut self, value: f64, span: Span, suffix: &str) {
        if let Some(literal) = self.literal(span) {
            return self.out.push_str(&literal);
        }
        let plain = value == 0.0 || (1e-5..1e16).contains(&value);
        let text = match value {
            _ if value.is_infinite() => "1e999".to_string(),
            _ if plain => format!("{value}"),
            _ => format!("{value:e}"),
        };
        self.out.push_str(&text);
        self.out.push_str(suffix);
    }

    fn string(&mut self, text: &str, double: bool) {
        if !double {
            self.out.push('\'');
            self.out.push_str(&text.replace('\'', "''"));
            return self.out.push('\'');
        }
        self.out.push('"');
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let escape = match c {
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '\x07' => "\\a",
                '\x08' => "\\b",
                '\x0B' => "\\v",
                '\x0C' => "\\f",
                '"' => "\\\"",
                '\\' => "\\\\",
                '\0' if chars.peek().is_some_and(|next| next.is_digit(8)) => "\\000",
                '\0' => "\\0",
                c => {
                    self.out.push(c);
                    continue;
                }
            };
            self.out.push_str(escape);
        }
        self.out.push('"');
    }
}

/// The last character is the closing quote of a string, which a transpose would double.
fn ends_in_quote(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Str { double, .. } => !double,
        ExprKind::Binary { right: last, .. }
        | ExprKind::Unary { operand: last, .. }
        | ExprKind::Increment { target: last, prefix: true, .. } => ends_in_quote(last),
        _ => false,
    }
}

/// The expression can stand behind `^` as it is: prefixes, then a primary with indices, but no quote.
fn exponent(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Unary { operand, .. } | ExprKind::Increment { target: operand, prefix: true, .. } => {
            exponent(operand)
        }
        ExprKind::Index { base, .. }
        | ExprKind::Brace { base, .. }
        | ExprKind::Field { base, .. }
        | ExprKind::DynField { base, .. }
        | ExprKind::Increment { target: base, prefix: false, .. } => {
            exponent(base) && Level::of(base) != Level::Prefixed
        }
        _ => Level::of(expr) == Level::Primary,
    }
}
