//! What quotes, blanks and line ends mean: raw tokens in, final tokens out.
//!
//! The lexer knows the previous token, whether a blank stands between, and which brackets are open. It settles:
//! - `'` is a transpose directly behind a value, and opens a string elsewhere;
//! - inside `[]` and `{}` a blank before an operand is a comma, and a line end is a row's end;
//! - inside `()` line ends are blanks; `end` inside an index is a value, elsewhere it closes a block;
//! - `if x disp(1)` has its separator, and a keyword that begins a statement always stands behind one;
//! - `hold on` is a command.
//!
//! A bracket that is never closed would swallow the rest of the file. The text is then read again with the bracket
//! taken as closed where a new statement seems to begin, so that one slip is one error.

mod brackets;
mod words;

use super::ast::Name;
use super::literal;
use super::token::{Keyword, Raw, Sep, Spanned, Token};
use crate::diag::{Diagnostic, Fault, SourceId, Span};
use logos::Logos;
use rustc_hash::FxHashSet;

/// Brackets and right-growing operators may nest this deep.
pub const MAX_NESTING: usize = 250;

/// How often a text is read again for a bracket that is never closed.
const MAX_UNCLOSED: usize = 20;

/// A comment in the text: one line, or a whole `%{ ... %}` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    pub start: usize,
    pub end: usize,
    /// Nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// A bracket that was given up: where it was opened, and where the lexer went on as if it were closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclosed {
    pub open: usize,
    pub given_up: usize,
}

/// All tokens of a text.
#[derive(Debug, Default)]
pub struct Lexed {
    /// Always ends in a separator.
    pub tokens: Vec<Spanned>,
    pub comments: Vec<Comment>,
    pub unclosed: Vec<Unclosed>,
    pub errors: Vec<Fault>,
    /// The text is right so far and ends inside a bracket, a block comment or a continued line.
    pub incomplete: bool,
}

/// Turns a text into tokens. `is_variable` tells of names assigned before this text.
pub fn lex(text: &str, source: SourceId, is_variable: &dyn Fn(&str) -> bool) -> Lexed {
    let mut never_closed = FxHashSet::default();
    let mut first = None;
    loop {
        let mut lexer = Lexer::new(text, source, is_variable, &never_closed);
        lexer.run();
        let mut lexed = lexer.finish();
        lexed.incomplete = *first.get_or_insert(lexed.incomplete);
        // A bracket given up on a later line has swallowed what lies between.
        let swallows = |unclosed: &&Unclosed| {
            !never_closed.contains(&unclosed.open) && text[unclosed.open..unclosed.given_up].contains('\n')
        };
        let open = lexed.unclosed.iter().find(swallows).map(|unclosed| unclosed.open);
        match open {
            Some(open) if never_closed.len() < MAX_UNCLOSED && never_closed.insert(open) => {}
            _ => return lexed,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Paren,
    /// `[]`
    Square,
    /// `{}` as a literal
    Cell,
}

/// An open bracket.
struct Nest {
    bracket: Bracket,
    open: usize,
    /// An earlier reading found that nothing closes it.
    never_closed: bool,
    /// It indexes something, so `end` is a value inside.
    index: bool,
    /// It holds the parameters of an anonymous function.
    params: bool,
    /// Inside `[]` or `{}`: the element is an anonymous function's body, where blanks separate nothing.
    body: bool,
    /// Assignments and `@` since the last separator at this level: each nests what follows it.
    chain: usize,
}

/// What the previous token says of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Plain,
    /// Behind `@`: a `(` opens parameters.
    Params,
    /// Behind the parameters: the body begins.
    Body,
}

struct Lexer<'a> {
    text: &'a str,
    source: SourceId,
    is_variable: &'a dyn Fn(&str) -> bool,
    never_closed: &'a FxHashSet<usize>,
    raw: logos::Lexer<'a, Raw>,
    out: Lexed,
    nest: Vec<Nest>,
    /// Names assigned so far in this text.
    assigned: FxHashSet<Name>,
    names: FxHashSet<Name>,
    /// Where in `out.tokens` the statement begins.
    statement: usize,
    /// Assigned names were looked for up to this token.
    noted: usize,
    /// The header of an `if`, `for`, ... is being read.
    header: bool,
    /// A blank, comment or continued line stands before the current token.
    blank: bool,
    around: Around,
    /// Prefix operators in a row, and `=` and `@` outside brackets since the last separator.
    prefixes: usize,
    chain: usize,
    /// The text ends in a continued line.
    cut_off: bool,
    /// Where a block comment begins that nothing closes.
    open_comment: Option<usize>,
}

impl<'a> Lexer<'a> {
    fn new(
        text: &'a str,
        source: SourceId,
        is_variable: &'a dyn Fn(&str) -> bool,
        never_closed: &'a FxHashSet<usize>,
    ) -> Lexer<'a> {
        let mut raw = Raw::lexer(text);
        if text.starts_with('\u{FEFF}') {
            raw.bump('\u{FEFF}'.len_utf8());
        }
        Lexer {
            text,
            source,
            is_variable,
            never_closed,
            raw,
            out: Lexed::default(),
            nest: Vec::new(),
            assigned: FxHashSet::default(),
            names: FxHashSet::default(),
            statement: 0,
            noted: 0,
            header: false,
            blank: false,
            around: Around::Plain,
            prefixes: 0,
            chain: 0,
            cut_off: false,
            open_comment: None,
        }
    }

    fn run(&mut self) {
        while let Some(raw) = self.raw.next() {
            let span = self.raw.span();
            match raw {
                Ok(Raw::Blank) => self.blank = true,
                Ok(Raw::Continuation) => {
                    self.blank = true;
                    self.cut_off |= span.end == self.text.len();
                }
                Ok(Raw::Comment) => self.comment(span.start),
                Ok(Raw::Newline) => {
                    self.newline(span.start, span.end);
                    self.blank = true;
                }
                Ok(raw) => {
                    self.separate_elements(raw, span.start);
                    self.token(raw, span.start, span.end);
                    self.blank = false;
                }
                Err(()) => {
                    self.unknown(span.start);
                    self.blank = false;
                }
            }
        }
    }

    fn finish(mut self) -> Lexed {
        let end = self.text.len();
        let cut_off = self.cut_off || self.open_comment.is_some() || !self.nest.is_empty();
        self.out.incomplete = cut_off && self.out.errors.is_empty();
        if let Some(start) = self.open_comment {
            let hint = Some("close it with `%}` alone on a line");
            self.faulty(start, start + 2, "this block comment is never closed", hint);
        }
        self.give_up(0, end);
        self.separator(Sep::Newline, end, end);
        self.out
    }

    fn fault(&mut self, start: usize, end: usize, message: &str) {
        self.faulty(start, end, message, None);
    }

    fn faulty(&mut self, start: usize, end: usize, message: &str, hint: Option<&str>) {
        let mut fault = Diagnostic::new(format!("parse error: {message}")).at(Span::new(self.source, start, end));
        fault.hint = hint.map(str::to_string);
        self.out.errors.push(fault);
    }

    fn name(&mut self, word: &str) -> Name {
        if let Some(name) = self.names.get(word) {
            return name.clone();
        }
        let name: Name = word.into();
        self.names.insert(name.clone());
        name
    }

    // ---- what stands around ----

    fn previous(&self) -> Option<&Token> {
        self.out.tokens.last().map(|spanned| &spanned.token)
    }

    fn after_value(&self) -> bool {
        self.around != Around::Body && self.previous().is_some_and(Token::ends_value)
    }

    fn at_statement_start(&self) -> bool {
        self.nest.is_empty() && self.out.tokens.len() == self.statement
    }

    /// Blanks separate elements here.
    fn in_matrix(&self) -> bool {
        self.nest.last().is_some_and(|nest| nest.bracket != Bracket::Paren && !nest.index)
    }

    /// The next character is neither a blank nor the line's end.
    fn tight(&self) -> bool {
        !self.raw.remainder().starts_with([' ', '\t', '\n', '\r']) && !self.raw.remainder().is_empty()
    }

    // ---- output ----

    fn push(&mut self, token: Token, start: usize, end: usize) {
        self.around = if token == Token::At { Around::Params } else { Around::Plain };
        self.prefixes = 0;
        self.out.tokens.push(Spanned { token, start, end });
    }

    /// Ends a statement.
    fn separator(&mut self, sep: Sep, start: usize, end: usize) {
        let first = self.out.tokens.get(self.statement).map(|spanned| &spanned.token);
        if let Some(Token::Keyword(keyword @ (Keyword::Function | Keyword::Global | Keyword::Persistent))) = first {
            if *keyword == Keyword::Function {
                self.pass_function_name();
            }
            self.note_targets();
        }
        self.push(Token::Sep(sep), start, end);
        self.begin_statement();
    }

    /// What follows begins a statement, after a separator or a keyword like `else`.
    fn begin_statement(&mut self) {
        self.statement = self.out.tokens.len();
        self.header = false;
        self.chain = 0;
    }

    // ---- blanks and line ends ----

    /// Puts in the comma that a blank stands for, and the separator behind the header of an `if`.
    fn separate_elements(&mut self, raw: Raw, start: usize) {
        if !self.after_value() {
            return;
        }
        let begins_value = match raw {
            Raw::Word | Raw::Digit | Raw::DoubleQuote | Raw::LBracket | Raw::At | Raw::Not => true,
            Raw::Quote | Raw::LParen | Raw::LBrace => self.in_matrix(),
            Raw::Plus | Raw::Minus | Raw::PlusPlus | Raw::MinusMinus => self.in_matrix() && self.tight(),
            _ => false,
        };
        if !begins_value {
            return;
        }
        if self.in_matrix() {
            if self.blank && self.nest.last().is_some_and(|nest| !nest.body) {
                self.comma(start, start);
            }
        } else if self.header && self.nest.is_empty() {
            self.separator(Sep::Implied, start, start);
        }
    }

    fn comma(&mut self, start: usize, end: usize) {
        if let Some(nest) = self.nest.last_mut() {
            nest.body = false;
            nest.chain = 0;
        }
        self.push(Token::Comma, start, end);
    }

    fn comment(&mut self, start: usize) {
        let line = self.raw.slice();
        let before = &self.text[..start];
        let own_line = before.trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n' || c == '\r');
        if own_line && matches!(line.trim_end(), "%{" | "#{") {
            let rest = self.raw.remainder();
            let (len, closed) = block_comment(rest);
            if !closed {
                self.open_comment = Some(start);
            }
            self.raw.bump(len);
        }
        let end = self.raw.span().end;
        self.out.comments.push(Comment { start, end, own_line });
        self.blank = true;
    }

    // ---- tokens ----

    fn token(&mut self, raw: Raw, start: usize, end: usize) {
        let after_value = self.after_value();
        let token = match raw {
            Raw::Word => return self.word(start, end),
            Raw::Digit => return self.literal(literal::number(&self.text[start..]), start),
            Raw::DoubleQuote => return self.literal(literal::double_quoted(&self.text[start..]), start),
            Raw::Quote if after_value && (!self.blank || !self.in_matrix()) => Token::CTranspose,
            Raw::Quote => return self.literal(literal::single_quoted(&self.text[start..]), start),
            Raw::LParen | Raw::LBracket | Raw::LBrace => return self.open(raw, start, end, after_value),
            Raw::RParen | Raw::RBracket | Raw::RBrace => return self.close(raw, start, end),
            Raw::Comma if self.nest.is_empty() => return self.separator(Sep::Comma, start, end),
            Raw::Comma => return self.comma(start, end),
            Raw::Semicolon => return self.semicolon(start, end),
            Raw::At => return self.handle(start, end),
            Raw::Plus | Raw::Minus | Raw::Not if !after_value => return self.prefix(raw, start, end),
            Raw::PlusPlus | Raw::MinusMinus if !after_value => return self.prefix(raw, start, end),
            Raw::Assign | Raw::Update(_) => return self.assign(raw, start, end),
            Raw::PlusPlus => Token::PlusPlus,
            Raw::MinusMinus => Token::MinusMinus,
            Raw::DotQuote => Token::Transpose,
            Raw::Colon => Token::Colon,
            Raw::Dot => Token::Dot,
            Raw::Not => Token::Not,
            Raw::Plus => Token::Plus,
            Raw::Minus => Token::Minus,
            Raw::AndAnd => Token::AndAnd,
            Raw::OrOr => Token::OrOr,
            Raw::Binary(op) => Token::binary(op),
            Raw::Blank | Raw::Newline | Raw::Continuation | Raw::Comment => return,
        };
        self.push(token, start, end);
    }

    fn literal(&mut self, literal: literal::Literal, start: usize) {
        let read = self.raw.span().end - start;
        self.raw.bump(literal.len.saturating_sub(read));
        for (from, len, message) in literal.slips {
            self.fault(start + from, start + from + len, &message);
        }
        self.push(literal.token, start, start + literal.len);
    }

    /// Reports a character that begins no token.
    fn unknown(&mut self, start: usize) {
        let Some(c) = self.text[start..].chars().next() else { return };
        let read = self.raw.span().end - start;
        self.raw.bump(c.len_utf8().saturating_sub(read));
        let hint = match c {
            '\u{2018}' | '\u{2019}' => Some("write the plain quote `'`"),
            '\u{201C}' | '\u{201D}' => Some("write the plain quote `\"`"),
            '\u{2212}' | '\u{2013}' | '\u{2014}' => Some("write the plain minus `-`"),
            '\u{A0}' => Some("this is a no-break space: write a plain blank"),
            '\u{2265}' => Some("write `>=`"),
            '\u{2264}' => Some("write `<=`"),
            '\u{2260}' => Some("write `!=`"),
            _ => None,
        };
        let end = start + c.len_utf8();
        let shown = if c.is_control() { format!("U+{:04X}", c as u32) } else { c.to_string() };
        self.faulty(start, end, &format!("the character `{shown}` is no part of the language"), hint);
        self.push(Token::Error, start, end);
    }
}

/// The length of a block comment's text behind its opening line, up to the end of the closing line; and whether it is
/// closed. Blocks nest.
fn block_comment(rest: &str) -> (usize, bool) {
    let mut depth = 1usize;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        match line.trim() {
            "%{" | "#{" => depth += 1,
            "%}" | "#}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at + line.trim_end_matches(['\n', '\r']).len(), true);
        }
        at += line.len();
    }
    (rest.len(), false)
}
