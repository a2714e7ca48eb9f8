//! The door of this room: text in, tree out, with every syntax error found on the way.

use super::ast::Program;
use super::builder::Builder;
use super::grammar::ProgramParser;
use super::{blocks, lexer};
use crate::diag::{Diagnostic, Fault, SourceId, Span};

/// A text as a tree.
#[derive(Debug)]
pub struct Parsed {
    /// Complete when there are no errors; else [`super::ast::ExprKind::Error`] stands where a slip was.
    pub program: Program,
    /// In the order of the text. A text with an error must not be run.
    pub errors: Vec<Fault>,
    /// Doubtful but valid code.
    pub warnings: Vec<Fault>,
    /// The text is right so far and ends inside an open block, bracket, comment or continued line, so a further line may complete it.
    /// A function without an `end` counts as open too, although a file may end so: a prompt asks this first, a file
    /// only asks for errors.
    pub incomplete: bool,
}

/// So many errors of one text are reported; more help nobody.
pub const MAX_ERRORS: usize = 100;

/// The longest text that spans can point into.
const MAX_LENGTH: usize = u32::MAX as usize;

/// Parses a whole text. `is_variable` tells which names are variables already: they are never commands.
pub fn parse(text: &str, source: SourceId, is_variable: &dyn Fn(&str) -> bool) -> Parsed {
    if text.len() > MAX_LENGTH {
        let fault = Diagnostic::new("parse error: the text is longer than 4 GB").at(Span::new(source, 0, 0));
        return Parsed { program: Program::default(), errors: vec![fault], warnings: Vec::new(), incomplete: false };
    }
    let lexed = lexer::lex(text, source, is_variable);
    let balanced = blocks::balance(lexed.tokens, text, source);
    let mut builder = Builder::new(text, source, &lexed.comments, &lexed.unclosed, lexed.errors);
    let tokens = balanced.tokens.into_iter().map(|spanned| Ok((spanned.start, spanned.token, spanned.end)));
    let body = ProgramParser::new().parse(&mut builder, tokens);
    let (mut errors, warnings) = builder.finish();
    let body = body.unwrap_or_else(|_| {
        // Every statement recovers by itself; this is the belt to those braces.
        if errors.is_empty() {
            errors.push(Diagnostic::new("parse error: this text cannot be read").at(Span::new(source, 0, text.len())));
        }
        Vec::new()
    });
    let open_block = balanced.incomplete && errors.is_empty();
    errors.extend(balanced.errors);
    errors.sort_by_key(|fault| fault.labels.first().map(|label| label.span.start));
    errors.truncate(MAX_ERRORS);
    Parsed { program: Program { body }, errors, warnings, incomplete: lexed.incomplete || open_block }
}
