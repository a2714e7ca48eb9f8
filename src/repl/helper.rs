//! What the line editor asks while a line is typed: is it complete, what could this word become, which colours.

use crate::session::Session;
use crate::syntax::lexer::{Lexed, lex};
use crate::syntax::parse::parse;
use crate::syntax::token::{Keyword, Spanned, Token};
use crate::value::Value;
use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;

/// Words that also give help on a name.
const ABOUT: &[&str] = &["help ", "doc ", "which ", "type "];

/// Commands whose words are names of files.
const FILE_COMMANDS: &[&str] = &["cd", "ls", "dir", "run", "source", "mkdir", "rmdir", "delete", "addpath"];

/// Fields of structs in structs are completed this deep.
const NESTED: usize = 3;

pub struct SessionHelper {
    variables: Vec<String>,
    functions: Vec<String>,
    /// Paths of structs among the variables (`s`, `s.a`) with the names of their fields.
    fields: Vec<(String, Vec<String>)>,
    files: FilenameCompleter,
    history: HistoryHinter,
    color: bool,
}

impl SessionHelper {
    pub fn new(color: bool) -> SessionHelper {
        SessionHelper {
            variables: Vec::new(),
            functions: Vec::new(),
            fields: Vec::new(),
            files: FilenameCompleter::new(),
            history: HistoryHinter::new(),
            color,
        }
    }

    /// Takes in what a session knows now. Names only: a value that is held here would be copied when it changes.
    pub fn learn(&mut self, session: &Session) {
        let variables = session.variables();
        self.fields.clear();
        for variable in &variables {
            self.learn_fields(variable.name.to_string(), &variable.value, NESTED);
        }
        self.variables = variables.into_iter().map(|v| v.name.to_string()).collect();
        self.functions = session.functions();
    }

    fn learn_fields(&mut self, path: String, value: &Value, depth: usize) {
        let Value::Struct(fields) = value else { return };
        for name in fields.names() {
            if let (true, Some(value)) = (depth > 0 && fields.shape().len() == 1, fields.get(name)) {
                self.learn_fields(format!("{path}.{name}"), value, depth - 1);
            }
        }
        self.fields.push((path, fields.names().iter().map(|name| name.to_string()).collect()));
    }

    fn lex(&self, text: &str) -> Lexed {
        lex(text, 0, &|name| self.variables.iter().any(|v| v == name))
    }

    /// Whether a file's name is expected at the end of a text: inside a string, or behind a command that takes one.
    fn expects_file(&self, before: &str) -> bool {
        let command = before.trim_start().split_once(' ').map_or("", |(command, _)| command);
        let open = |token: &Spanned| {
            token.token == Token::Error && token.end == before.len() && before[token.start..].starts_with(['"', '\''])
        };
        FILE_COMMANDS.contains(&command) && !before.contains(['(', '=']) || self.lex(before).tokens.iter().any(open)
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
        if self.expects_file(before) {
            return self.files.complete(line, pos, ctx);
        }
        let start = before.trim_end_matches(is_part_of_name).len();
        let word = &before[start..];
        let mut names: Vec<&str> = Vec::new();
        if let Some(structure) = before[..start].strip_suffix('.').filter(|s| s.ends_with(is_part_of_name)) {
            let from = structure.trim_end_matches(|c| is_part_of_name(c) || c == '.').len();
            let fields = self.fields.iter().find(|(path, _)| *path == structure[from..]);
            names.extend(fields.into_iter().flat_map(|(_, names)| names).map(String::as_str));
        } else if !word.is_empty() {
            names.extend(self.variables.iter().chain(&self.functions).map(String::as_str));
            // A keyword has no help.
            if !ABOUT.iter().any(|w| before.starts_with(w)) {
                names.extend(Keyword::words().map(|keyword| -> &str { keyword }));
            }
        }
        names.retain(|name| name.starts_with(word));
        names.sort_unstable();
        names.dedup();
        let pairs = names.iter().map(|n| Pair { display: (*n).to_owned(), replacement: (*n).to_owned() }).collect();
        Ok((start, pairs))
    }
}

fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Hinter for SessionHelper {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, ctx: &Context<'_>) -> Option<String> {
        if !self.color || line.len() < 3 { None } else { self.history.hint(line, pos, ctx) }
    }
}

impl Highlighter for SessionHelper {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if self.color { Cow::Owned(highlight(line, &self.lex(line))) } else { Cow::Borrowed(line) }
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
fn highlight(line: &str, lexed: &Lexed) -> String {
    let comments = lexed.comments.iter().map(|comment| (comment.start, comment.end, "2"));
    let tokens = lexed.tokens.iter().filter_map(|token| {
        let color = match &token.token {
            Token::Number(_) | Token::Imaginary(_) | Token::Integer { .. } => "36",
            Token::Str { .. } => "33",
            Token::Error if line[token.start..].starts_with(['"', '\'']) => "33",
            _ if Keyword::from_word(&line[token.start..token.end]).is_some() => "35",
            _ => return None,
        };
        Some((token.start, token.end, color))
    });
    let mut pieces: Vec<(usize, usize, &str)> = comments.chain(tokens).collect();
    pieces.sort_unstable();
    let mut out = String::with_capacity(line.len() * 2);
    let mut at = 0;
    for (start, end, color) in pieces {
        // What was read twice, for a bracket that is not closed, is coloured once.
        if start < at || start == end {
            continue;
        }
        out.push_str(&format!("{}\x1b[{color}m{}\x1b[0m", &line[at..start], &line[start..end]));
        at = end;
    }
    out + &line[at..]
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
            "x = [1 2\ny = (3",
            "\"a\\\"b\" + 1",
            "%{\nblock\n%}\nif 1",
        ] {
            assert_eq!(strip(&highlight(line, &lex(line, 0, &|_| false))), line);
        }
    }

    #[test]
    fn a_string_that_is_open_is_a_file() {
        let helper = SessionHelper::new(false);
        for (text, file) in [
            ("A'", false),
            ("load ('", true),
            ("load (\"da", true),
            ("x = 'a' + b'", false),
            ("x = 'it''s", true),
            ("[a' 'b", true),
            ("cd da", true),
            ("source = x(", false),
            ("% don't", false),
        ] {
            assert_eq!(helper.expects_file(text), file, "{text}");
        }
    }
}
