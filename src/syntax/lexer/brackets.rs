//! Brackets: what opens and closes them, what a line end or semicolon inside them means, where a forgotten one is given
//! up, and how deep anything may nest.

use super::{Around, Bracket, Lexer, MAX_NESTING, Nest, Unclosed};
use crate::syntax::token::{Keyword, Raw, Sep, Spanned, Token};

impl Lexer<'_> {
    pub(super) fn open(&mut self, raw: Raw, start: usize, end: usize, after_value: bool) {
        let params = self.around == Around::Params && raw == Raw::LParen;
        let (bracket, token) = match raw {
            Raw::LParen => (Bracket::Paren, Token::LParen),
            Raw::LBracket => (Bracket::Square, Token::LBracket),
            _ => (Bracket::Cell, Token::LBrace),
        };
        let index = after_value && raw != Raw::LBracket;
        if self.nest.len() == MAX_NESTING {
            let message = format!("brackets are nested more than {MAX_NESTING} deep");
            self.fault(start, end, &message);
            self.abandon();
            return;
        }
        let never_closed = self.never_closed.contains(&start);
        self.nest.push(Nest { bracket, open: start, never_closed, index, params, body: false, chain: 0 });
        self.push(token, start, end);
    }

    pub(super) fn close(&mut self, raw: Raw, start: usize, end: usize) {
        let (bracket, token) = match raw {
            Raw::RParen => (Bracket::Paren, Token::RParen),
            Raw::RBracket => (Bracket::Square, Token::RBracket),
            _ => (Bracket::Cell, Token::RBrace),
        };
        match self.nest.last() {
            Some(nest) if nest.bracket == bracket => {
                let params = nest.params;
                self.nest.pop();
                self.push(token, start, end);
                if params {
                    // What follows is the body: no value ends here, and blanks in it separate nothing.
                    self.around = Around::Body;
                    if let Some(outer) = self.nest.last_mut() {
                        outer.body = true;
                    }
                }
            }
            _ => {
                self.give_up(0, start);
                self.push(token, start, end);
            }
        }
    }

    pub(super) fn semicolon(&mut self, start: usize, end: usize) {
        if let Some(outer) = self.nest.iter().rposition(|nest| nest.bracket != Bracket::Paren && !nest.index) {
            self.give_up(outer + 1, start);
            return self.row(start, end);
        }
        self.give_up(0, start);
        self.separator(Sep::Semicolon, start, end);
    }

    pub(super) fn newline(&mut self, start: usize, end: usize) {
        if let Some(level) = self.nest.iter().position(|nest| nest.never_closed)
            && self.new_statement_begins(end)
        {
            self.give_up(level, start);
        }
        match self.nest.last() {
            None => self.separator(Sep::Newline, start, end),
            Some(nest) if nest.bracket == Bracket::Paren || nest.index => {}
            Some(_) => self.row(start, end),
        }
    }

    pub(super) fn row(&mut self, start: usize, end: usize) {
        if let Some(nest) = self.nest.last_mut() {
            nest.body = false;
            nest.chain = 0;
        }
        self.push(Token::Row, start, end);
    }

    /// The text from `at`, a line's start, reads like a new statement rather than the rest of an open bracket.
    fn new_statement_begins(&self, at: usize) -> bool {
        let line = self.text[at..].trim_start_matches([' ', '\t']);
        if line.is_empty() || line.starts_with(['\n', '\r']) {
            return !matches!(self.previous(), Some(Token::Comma | Token::Row));
        }
        let word: &str = &line[..line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len())];
        let rest = line[word.len()..].trim_start_matches([' ', '\t']);
        let assigns = rest.starts_with('=') && !rest.starts_with("==");
        let continues = !self.previous().is_some_and(Token::ends_value);
        Keyword::from_word(word).is_some() || (!word.is_empty() && (assigns || !continues))
    }

    /// Goes on as if the brackets from `level` on were closed at `at`.
    pub(super) fn give_up(&mut self, level: usize, at: usize) {
        let given_up = self.nest.drain(level..).map(|nest| Unclosed { open: nest.open, given_up: at });
        self.out.unclosed.extend(given_up);
    }

    pub(super) fn prefix(&mut self, raw: Raw, start: usize, end: usize) {
        let count = self.prefixes + 1;
        if count > MAX_NESTING {
            let message = format!("more than {MAX_NESTING} operators stand in a row");
            self.fault(start, end, &message);
            return self.abandon();
        }
        let token = match raw {
            Raw::Plus => Token::Plus,
            Raw::Minus => Token::Minus,
            Raw::Not => Token::Not,
            Raw::PlusPlus => Token::PlusPlus,
            _ => Token::MinusMinus,
        };
        self.push(token, start, end);
        self.prefixes = count;
    }

    pub(super) fn assign(&mut self, raw: Raw, start: usize, end: usize) {
        let in_header = self.header && self.nest.len() == 1;
        if self.nest.is_empty() || in_header {
            self.note_targets();
        }
        if !self.grows(start, end) {
            return;
        }
        let token = match raw {
            Raw::Update(op) => Token::Update(op),
            _ => Token::Assign,
        };
        self.push(token, start, end);
    }

    /// Counts an operator that nests everything behind it; false when there are too many.
    pub(super) fn grows(&mut self, start: usize, end: usize) -> bool {
        let chain = self.nest.last_mut().map_or(&mut self.chain, |nest| &mut nest.chain);
        *chain += 1;
        if *chain <= MAX_NESTING {
            return true;
        }
        let message = format!("assignments and anonymous functions are nested more than {MAX_NESTING} deep");
        self.fault(start, end, &message);
        self.abandon();
        false
    }

    /// Skips the rest of a statement that cannot be read: nothing after it up to the line's end is a token.
    pub(super) fn abandon(&mut self) {
        self.nest.clear();
        let rest = self.raw.remainder();
        self.raw.bump(rest.find(['\n', '\r']).unwrap_or(rest.len()));
        let keyword = matches!(self.out.tokens.get(self.statement), Some(Spanned { token: Token::Keyword(_), .. }));
        self.out.tokens.truncate(self.statement + usize::from(keyword));
        self.noted = self.noted.min(self.out.tokens.len());
        let end = self.raw.span().end;
        self.push(Token::Error, end, end);
    }
}
