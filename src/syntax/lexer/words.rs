//! Words: names, keywords, commands, handles; and which names are variables by now.

use super::Lexer;
use crate::syntax::command;
use crate::syntax::token::{Keyword, Sep, Token};

impl Lexer<'_> {
    pub(super) fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if self.previous() == Some(&Token::Dot) {
            // `s.end` and `s.if` are fields.
            let name = self.name(word);
            return self.push(Token::Name(name), start, end);
        }
        if let Some(keyword) = Keyword::from_word(word) {
            return self.keyword(keyword, start, end);
        }
        if self.at_statement_start() && self.lacking(word, start, end) {
            return;
        }
        let variable = self.assigned.contains(word) || (self.is_variable)(word);
        if self.at_statement_start() && !variable && command::is_command(word, self.raw.remainder()) {
            let name = self.name(word);
            let found = command::words(self.raw.remainder());
            self.raw.bump(found.len);
            for (from, len, message) in found.slips {
                self.fault(end + from, end + from + len, &message);
            }
            return self.push(Token::Command { name, words: found.words }, start, end + found.len);
        }
        let name = self.name(word);
        self.push(Token::Name(name), start, end);
    }

    /// Reports what Matlab has and this language has not, and leaves its text out; false for any other word.
    fn lacking(&mut self, word: &str, start: usize, end: usize) -> bool {
        let rest = self.raw.remainder();
        let (what, hint, len) = match word {
            "classdef" => ("classes (`classdef`) are not supported", "use structs and functions", rest.len()),
            "spmd" => ("`spmd` blocks are not supported", "array operations run in parallel by themselves", rest.len()),
            "arguments"
                if self.after_function_header() && rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) =>
            {
                let mut lines = rest.split_inclusive('\n').scan(0, |at, line| {
                    *at += line.len();
                    Some((*at, line.trim()))
                });
                let len = lines.find(|(_, line)| *line == "end").map_or(rest.len(), |(at, _)| at);
                ("`arguments` blocks are not supported", "check arguments with validateattributes or inputParser", len)
            }
            _ => return false,
        };
        self.faulty(start, end, what, Some(hint));
        self.raw.bump(len);
        true
    }

    /// The statement that begins here is the first of a function.
    fn after_function_header(&self) -> bool {
        let ends = self.out.tokens.iter().rev().skip_while(|spanned| matches!(spanned.token, Token::Sep(_)));
        let mut header = ends.take_while(|spanned| !matches!(spanned.token, Token::Sep(_)));
        header.any(|spanned| spanned.token == Token::Keyword(Keyword::Function))
    }

    fn keyword(&mut self, keyword: Keyword, start: usize, end: usize) {
        if keyword == Keyword::End && !self.nest.is_empty() {
            let indexes = self.nest.iter().any(|nest| nest.index);
            let rest = self.raw.remainder().trim_start_matches([' ', '\t']);
            let value = rest.starts_with([')', ']', '}', '+', '-', '*', '/', '^', ':', '\'']);
            if !indexes && value {
                let hint = Some("inside an index `end` is the last position");
                self.faulty(start, end, "invalid use of `end`: it may only be used to index existing value", hint);
            }
            if indexes || value {
                return self.push(Token::EndIndex, start, end);
            }
        }
        if !self.nest.is_empty() {
            self.give_up(0, start);
        }
        if self.header || (keyword.begins_statement() && !self.at_statement_start()) {
            self.separator(Sep::Implied, start, start);
        }
        self.push(Token::Keyword(keyword), start, end);
        match keyword {
            _ if keyword.has_header() || keyword == Keyword::Until => {
                self.statement = self.out.tokens.len() - 1;
                self.header = keyword.has_header();
            }
            Keyword::Global | Keyword::Persistent => {}
            Keyword::Catch => {
                self.begin_statement();
                self.catch_name();
            }
            Keyword::Else
            | Keyword::Otherwise
            | Keyword::Do
            | Keyword::Try
            | Keyword::UnwindProtect
            | Keyword::Cleanup => self.begin_statement(),
            _ => {}
        }
    }

    /// `catch err`: a lone name on the line of the `catch` receives the error.
    fn catch_name(&mut self) {
        let rest = self.raw.remainder();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let after = &rest[blanks..];
        let len = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let word = &after[..len];
        let behind = after[len..].trim_start_matches([' ', '\t']);
        let alone = behind.is_empty() || behind.starts_with(['\n', '\r', ',', ';', '%', '#']);
        if blanks == 0
            || !alone
            || !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            || Keyword::from_word(word).is_some()
        {
            return;
        }
        let start = self.raw.span().end + blanks;
        self.raw.bump(blanks + len);
        let name = self.name(word);
        self.assigned.insert(name.clone());
        self.push(Token::CatchName(name), start, start + len);
        self.begin_statement();
    }

    pub(super) fn handle(&mut self, start: usize, end: usize) {
        let rest = self.raw.remainder();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let len = dotted_name(&rest[blanks..]);
        let word = &rest[blanks..blanks + len];
        if len == 0 || Keyword::from_word(word).is_some() {
            if self.grows(start, end) {
                self.push(Token::At, start, end);
            }
            return;
        }
        let name = self.name(word);
        self.raw.bump(blanks + len);
        self.push(Token::Handle(name), start, end + blanks + len);
    }

    /// The name a `function` line defines is no variable: what is called `show` there may be a command later.
    pub(super) fn pass_function_name(&mut self) {
        let from = self.noted.max(self.statement);
        let name = self.out.tokens[from..].iter().position(|spanned| matches!(spanned.token, Token::Name(_)));
        self.noted = name.map_or(self.noted, |at| from + at + 1);
    }

    /// Remembers the names on the left of an assignment, or in a declaration, as variables.
    pub(super) fn note_targets(&mut self) {
        let mut depth = 0usize;
        let mut after_dot = false;
        for spanned in &self.out.tokens[self.noted.max(self.statement)..] {
            match &spanned.token {
                Token::LParen | Token::LBrace => depth += 1,
                Token::RParen | Token::RBrace => depth = depth.saturating_sub(1),
                Token::Name(name) if !after_dot && (depth == 0 || self.header) => {
                    self.assigned.insert(name.clone());
                }
                _ => {}
            }
            after_dot = spanned.token == Token::Dot;
        }
        self.noted = self.out.tokens.len();
    }
}

/// The length of `name` or `name.name...` at the front of a text; 0 when there is none.
fn dotted_name(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        let from = if end == 0 { 0 } else { end + 1 };
        let len = bytes[from..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        if len == 0 || bytes[from].is_ascii_digit() {
            return end;
        }
        end = from + len;
        if bytes.get(end) != Some(&b'.') {
            return end;
        }
    }
}
