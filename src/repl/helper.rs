//! What the line editor asks while a line is typed: is it complete, what could this word become, which colours.

use crate::builtin::FAMILIES;
use crate::syntax::parse::parse;
use crate::syntax::token::Keyword;
use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;

/// Words that also give help on a name.
const ABOUT: &[&str] = &["help ", "doc ", "which ", "type "];

pub struct SessionHelper {
    variables: Vec<String>,
    files: FilenameCompleter,
    history: HistoryHinter,
    color: bool,
}

impl SessionHelper {
    pub fn new(color: bool) -> SessionHelper {
        SessionHelper { variables: Vec::new(), files: FilenameCompleter::new(), history: HistoryHinter::new(), color }
    }

    pub fn set_variables(&mut self, names: Vec<String>) {
        self.variables = names;
    }
}

impl Helper for SessionHelper {}

/// A statement goes on while a block, bracket or string is open.
impl Validator for SessionHelper {
    fn validate(&self, ctx: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let known = |name: &str| self.variables.iter().any(|v| v == name);
        let open = parse(ctx.input(), 0, &known).incomplete;
        Ok(if open { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Completer for SessionHelper {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, ctx: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..pos).unwrap_or(line);
        // Inside a string a name is a path.
        let quotes = before.matches('"').count() % 2 == 1 || opens_single_quote(before);
        if quotes {
            return self.files.complete(line, pos, ctx);
        }
        let start = before.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |i| i + 1);
        let word = &before[start..];
        if word.is_empty() {
            return Ok((start, Vec::new()));
        }
        let functions = FAMILIES.iter().flat_map(|(_, table)| table.iter().map(|b| b.name));
        let variables = self.variables.iter().map(String::as_str);
        let mut names: Vec<&str> = variables.chain(functions).collect();
        // A keyword has no help.
        if !ABOUT.iter().any(|w| before.starts_with(w)) {
            names.extend(Keyword::words().map(|keyword| -> &str { keyword }));
        }
        names.retain(|name| name.starts_with(word));
        names.sort_unstable();
        names.dedup();
        let pairs = names.iter().map(|n| Pair { display: (*n).to_owned(), replacement: (*n).to_owned() }).collect();
        Ok((start, pairs))
    }
}

/// Whether the text ends inside a single-quoted string (a quote after a value is a transpose).
fn opens_single_quote(text: &str) -> bool {
    let mut open = false;
    let mut before = ' ';
    for c in text.chars() {
        if c == '\'' {
            let transposes = before.is_alphanumeric() || matches!(before, '_' | ')' | ']' | '}' | '\'' | '.');
            open = if open { false } else { !transposes };
        }
        before = c;
    }
    open
}

impl Hinter for SessionHelper {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, ctx: &Context<'_>) -> Option<String> {
        if !self.color || line.len() < 3 { None } else { self.history.hint(line, pos, ctx) }
    }
}

impl Highlighter for SessionHelper {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if self.color { Cow::Owned(highlight(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _default: bool) -> Cow<'b, str> {
        if self.color { Cow::Owned(format!("\x1b[1;32m{prompt}\x1b[0m")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
    }

    fn highlight_char(&self, _line: &str, _pos: usize, _kind: CmdKind) -> bool {
        self.color
    }
}

/// Colours for keywords, numbers, strings and comments. Never changes what is seen but the colour.
fn highlight(line: &str) -> String {
    let mut out = String::with_capacity(line.len() * 2);
    let mut rest = line;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let transposes = before.is_alphanumeric() || matches!(before, '_' | ')' | ']' | '}' | '\'' | '.');
        let (len, color) = if c == '%' || c == '#' {
            (rest.find('\n').unwrap_or(rest.len()), "2")
        } else if c == '"' || (c == '\'' && !transposes) {
            let end = rest[1..].find([c, '\n']).map_or(rest.len(), |i| i + 2);
            (end.min(rest.len()), "33")
        } else if c.is_ascii_digit() {
            (rest.find(|d: char| !(d.is_ascii_alphanumeric() || d == '.')).unwrap_or(rest.len()), "36")
        } else if c.is_alphabetic() || c == '_' {
            let end = rest.find(|d: char| !(d.is_alphanumeric() || d == '_')).unwrap_or(rest.len());
            (end, if Keyword::from_word(&rest[..end]).is_some() { "35" } else { "" })
        } else {
            (c.len_utf8(), "")
        };
        let (word, tail) = rest.split_at(len);
        if color.is_empty() {
            out.push_str(word);
        } else {
            out.push_str(&format!("\x1b[{color}m{word}\x1b[0m"));
        }
        before = word.chars().next_back().unwrap_or(' ');
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_nothing_but_the_colour() {
        let strip = |s: &str| {
            let mut out = String::new();
            let mut skipping = false;
            for c in s.chars() {
                match c {
                    '\x1b' => skipping = true,
                    'm' if skipping => skipping = false,
                    c if !skipping => out.push(c),
                    _ => {}
                }
            }
            out
        };
        for line in [
            "x = 3.5e2 * A' % comment",
            "if a, disp('it''s \"x\"'), end",
            "\"unterminated",
            "é = ü + 'ß'",
            "a\nb # c\nd",
        ] {
            assert_eq!(strip(&highlight(line)), line);
        }
    }

    #[test]
    fn quotes_after_values_are_transposes() {
        assert!(!opens_single_quote("A'"));
        assert!(opens_single_quote("load ('"));
        assert!(!opens_single_quote("x = 'a' + b'"));
    }
}
