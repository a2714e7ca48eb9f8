//! Syntax errors in words a person uses: what was expected, what was found, and the usual reason.

use super::ast::{Expr, ExprKind};
use super::builder::Recovery;
use super::lexer::Unclosed;
use super::token::{Sep, Token};
use crate::diag::{Diagnostic, Fault, SourceId, Span};
use lalrpop_util::ParseError;
use std::ops::Range;

/// A token the grammar could not place.
pub struct Slip {
    pub start: usize,
    end: usize,
    found: Option<Token>,
    /// An operand would have been right.
    operand: bool,
    /// The bracket that could be closed here.
    closer: Option<&'static str>,
}

impl Slip {
    pub fn of(recovery: &Recovery, text: &str) -> Slip {
        let nothing = Vec::new();
        let (start, end, found, expected) = match &recovery.error {
            ParseError::UnrecognizedToken { token: (start, token, end), expected } => {
                (*start, *end, Some(token.clone()), expected)
            }
            ParseError::ExtraToken { token: (start, token, end) } => (*start, *end, Some(token.clone()), &nothing),
            ParseError::UnrecognizedEof { location, expected } => (*location, *location, None, expected),
            ParseError::InvalidToken { location } => (*location, *location, None, &nothing),
            ParseError::User { error: () } => (text.len(), text.len(), None, &nothing),
        };
        let expects = |terminal: &str| expected.iter().any(|name| name.trim_matches('"') == terminal);
        let closer = [(")", "`)`"), ("]", "`]`"), ("}", "`}`")].into_iter().find(|(name, _)| expects(name));
        Slip { start, end, found, operand: expects("number"), closer: closer.map(|(_, shown)| shown) }
    }

    /// The diagnostic for it.
    pub fn fault(&self, text: &str, source: SourceId, unclosed: &[Unclosed]) -> Fault {
        let place = Span::new(source, self.start, self.end);
        let found = self.found.as_ref().map_or_else(|| "the end of the text".to_string(), Token::to_string);
        let mut given_up = unclosed.iter().rev();
        if let Some(&Unclosed { open, .. }) = given_up.find(|unclosed| unclosed.given_up == self.start) {
            let bracket = &text[open..open + 1];
            let opening = Span::new(source, open, open + 1);
            if matches!(self.found, Some(Token::RParen | Token::RBracket | Token::RBrace)) {
                return Diagnostic::new(format!("parse error: {found} does not close `{bracket}`"))
                    .at(place)
                    .label(opening, "opened here");
            }
            return Diagnostic::new(format!("parse error: this `{bracket}` is never closed"))
                .at(opening)
                .label(place, format!("expected `{}` before {found}", closing(bracket)));
        }
        let expected = match (self.operand, self.closer) {
            (true, Some(closer)) => format!("an expression or {closer}"),
            (true, None) => "an expression".to_string(),
            (false, Some(closer)) => format!("an operator or {closer}"),
            (false, None) => "an operator or the end of the statement".to_string(),
        };
        let mut fault = Diagnostic::new(format!("parse error: expected {expected}, found {found}")).at(place);
        fault.hint = self.hint(text).map(str::to_string);
        fault
    }

    /// The usual reason for a slip of this kind.
    fn hint(&self, text: &str) -> Option<&'static str> {
        let before = text[..self.start].trim_end_matches([' ', '\t']);
        let found = self.found.as_ref()?;
        Some(match found {
            Token::Assign if before.ends_with('=') => "to compare, write `==` without a blank",
            Token::Assign => "to compare, write `==`",
            Token::Comparison(_) if before.ends_with("==") => "`===` does not exist: to compare, write `==`",
            Token::Comparison(_) if before.ends_with('=') => "write `<=` or `>=`",
            Token::Comparison(_) if before.ends_with('<') => "to test for different, write `!=` or `~=`",
            Token::Multiplicative(_) if before.ends_with('/') => "comments begin with `%` or `#`",
            Token::Multiplicative(_) if text[self.start..].starts_with("/*") => {
                "comments begin with `%` or `#`; blocks stand between `%{` and `%}`"
            }
            Token::Colon if !self.operand => "a range has two or three parts: start:stop or start:step:stop",
            Token::Name(name) if &**name == "then" => "`if` needs no `then`",
            Token::Name(_) | Token::Number(_) | Token::LParen if before.ends_with("++") || before.ends_with("--") => {
                "`++` and `--` count a variable up or down; between two values write a blank: `a + +b`"
            }
            Token::Number(_) | Token::Imaginary(_) | Token::Str { .. } | Token::Name(_) if !self.operand => {
                "between two values stands an operator, a comma or the end of the line"
            }
            Token::At => "an anonymous function as an operand needs parentheses: (@(x) ...)",
            Token::Handle(_) if !self.operand => {
                "between two values stands an operator, a comma or the end of the line"
            }
            Token::Comma if self.operand => "an argument or element is missing",
            Token::RParen if before.ends_with(',') => "an argument is missing, or the comma is one too many",
            Token::RParen | Token::RBracket | Token::RBrace if self.closer.is_none() && !self.operand => {
                "no bracket of this kind is open"
            }
            Token::CTranspose | Token::Transpose if self.operand => "a transpose stands behind a value",
            Token::Sep(Sep::Newline) if self.operand => "to go on with the next line, end this one with `...`",
            _ => return None,
        })
    }
}

fn closing(bracket: &str) -> &'static str {
    match bracket {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// The bytes of the line that holds `at`.
pub fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end + 1
}

/// Why something cannot stand on the left of `=`, and what could.
pub fn not_assignable(target: &Expr) -> (&'static str, &'static str) {
    match target.kind {
        ExprKind::Number(_) | ExprKind::Imaginary(_) | ExprKind::Integer { .. } | ExprKind::Str { .. } => {
            ("invalid constant left hand side of assignment", "to compare, write `==`")
        }
        ExprKind::Ignored => ("`~` cannot be assigned", "it stands for an output that is not wanted: [~, i] = f(x)"),
        ExprKind::End => ("`end` cannot be assigned", "inside an index `end` is the last position"),
        _ => (
            "invalid left hand side of assignment",
            "to the left of `=` stands a variable or a part of one; to compare, write `==`",
        ),
    }
}

/// A comment without its marks; each line ends in a newline.
pub fn comment_text(comment: &str) -> String {
    let first = comment.lines().next().unwrap_or("").trim();
    if matches!(first, "%{" | "#{") && comment.contains('\n') {
        let inner = comment.lines().skip(1).filter(|line| !matches!(line.trim(), "%}" | "#}"));
        return inner.map(|line| format!("{}\n", line.trim_end())).collect();
    }
    let bare = comment.trim_start_matches(['%', '#']);
    format!("{}\n", bare.strip_prefix(' ').unwrap_or(bare).trim_end())
}
