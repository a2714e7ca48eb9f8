//! Regular expressions: `regexp`, `regexpi`, `regexprep`, `regexptranslate`.
//!
//! Positions count bytes. The syntax is PCRE's (see `translate`); options are the words of the language.

pub mod matcher;
mod translate;

use super::strings::escape;
use super::{bytes, cell_row, extend, lossy, over_cells, row};
use crate::array::{Block, Data, Shape};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Cell, Quote, Struct, Value};
use crate::{bail, fault};
use matcher::{Match, Pattern, subject};
use smallvec::smallvec;
use std::sync::Arc;
use translate::Flags;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "regexp",
        (2, usize::MAX),
        7,
        |h, a, c| regexp(h, "regexp", a, c, false),
        "[TOK, NAMES, ...] = regexp (STR, PAT, \"tokens\", \"names\", ...), [S, E, TE, M, T, NM, SP] = regexp (STR, PAT)\n\nMatches of a regular expression: starts, ends, token extents, matched texts, tokens, named tokens, and the pieces\nbetween. Words choose and order the results (\"start\", \"end\", \"tokenExtents\", \"match\", \"tokens\", \"names\", \"split\")\nand set options (\"once\", \"ignorecase\", \"lineanchors\", \"dotexceptnewline\", \"freespacing\", \"emptymatch\").\n\n    regexp (\"ab12\", '\\d+', \"match\"){1}    % 12\n",
    ),
    Builtin::new(
        "regexpi",
        (2, usize::MAX),
        7,
        |h, a, c| regexp(h, "regexpi", a, c, true),
        "regexpi (STR, PAT, ...)\n\nAs `regexp`, upper and lower case alike.\n\n    regexpi (\"ABC\", \"b\", \"match\"){1}    % B\n",
    ),
    Builtin::new(
        "regexprep",
        (3, usize::MAX),
        1,
        regexprep,
        "regexprep (STR, PAT, REP), regexprep (..., \"once\", \"ignorecase\", ...)\n\nA text with every match of a pattern replaced; `$1` in the replacement stands for the first token.\n\n    regexprep (\"abc\", \"(b)\", \"[$1]\")    % a[b]c\n",
    ),
    Builtin::new(
        "regexptranslate",
        (2, 2),
        1,
        regexptranslate,
        "regexptranslate (\"escape\", S), regexptranslate (\"wildcard\", S)\n\nA pattern that matches S itself, or what S means as a file name with `*` and `?`.\n\n    regexptranslate (\"escape\", \"a.b\")    % a\\.b\n",
    ),
];

#[derive(Clone, Copy, Default)]
struct Options {
    flags: Flags,
    once: bool,
    empty: bool,
}

/// The results in the order they have when nothing else is asked for.
const KINDS: [&str; 7] = ["start", "end", "tokenextents", "match", "tokens", "names", "split"];

/// Reads option words; gives the results asked for by name, in order.
fn options(who: &str, words: &[Value], ignore_case: bool) -> Result<(Options, Vec<usize>)> {
    let mut options = Options::default();
    options.flags.ignore_case = ignore_case;
    let mut order = Vec::new();
    for word in words {
        let word =
            word.to_text().ok_or_else(|| fault!("{who}: all optional arguments must be strings"))?.to_lowercase();
        match word.as_str() {
            "once" => options.once = true,
            "matchcase" => options.flags.ignore_case = false,
            "ignorecase" => options.flags.ignore_case = true,
            "stringanchors" => options.flags.line_anchors = false,
            "lineanchors" => options.flags.line_anchors = true,
            "literalspacing" => options.flags.free_spacing = false,
            "freespacing" => options.flags.free_spacing = true,
            "noemptymatch" => options.empty = false,
            "emptymatch" => options.empty = true,
            "dotall" => options.flags.dot_except_newline = false,
            "dotexceptnewline" => options.flags.dot_except_newline = true,
            "warnings" => {}
            other => match KINDS.iter().position(|kind| *kind == other) {
                Some(kind) => order.push(kind),
                None => bail!("{who}: unrecognized option"),
            },
        }
    }
    Ok((options, order))
}

/// A pattern for a text.
fn compiled(host: &mut dyn Host, who: &str, pattern: &[u8], text: &[u8], mut flags: Flags) -> Result<Arc<Pattern>> {
    flags.final_newline = text.last() == Some(&b'\n');
    host.state().regexes.pattern(who, pattern, flags)
}

/// Where a pattern matches in a text: start and end of each match.
pub fn matches_of(host: &mut dyn Host, pattern: &str, text: &[u8]) -> Result<Vec<(usize, usize)>> {
    let pattern = compiled(host, "strsplit", pattern.as_bytes(), text, Flags::default())?;
    let found = pattern.matches("strsplit", &subject(text), false, false)?;
    Ok(found.into_iter().map(|m| (m.start, m.end)).collect())
}

/// Text of an argument; numbers count as the characters they code for.
fn text_of(who: &str, value: &Value) -> Result<Vec<u8>> {
    if let Some(text) = bytes(value) {
        return Ok(text.to_vec());
    }
    match value {
        Value::Char(..) | Value::Cell(_) | Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            bail!("{who}: all input arguments must be strings or cell arrays of strings")
        }
        number => match crate::value::convert::block_as(number, crate::array::DType::Char)?.into_data() {
            Data::Char(text) => Ok(text),
            _ => Ok(Vec::new()),
        },
    }
}

fn regexp(host: &mut dyn Host, who: &str, args: &[Value], call: Call, ignore_case: bool) -> Result<Values> {
    let (options, order) = options(who, &args[2..], ignore_case)?;
    let outs = call.nargout.clamp(1, 7);
    let mut results: Vec<usize> = order.clone();
    results.extend((0..7).filter(|kind| !order.contains(kind)));
    results.truncate(outs);
    let (texts, patterns) = (&args[0], &args[1]);
    let one = |host: &mut dyn Host, text: &Value, pattern: &Value| -> Result<Values> {
        let (text, pattern) = (text_of(who, text)?, text_of(who, pattern)?);
        let pattern = compiled(host, who, &pattern, &text, options.flags)?;
        let found = pattern.matches(who, &subject(&text), options.once, options.empty)?;
        Ok(results.iter().map(|&kind| result(kind, &text, &found, &pattern, options.once)).collect())
    };
    let shape = match (texts, patterns) {
        (Value::Cell(t), Value::Cell(p)) if t.values.len() == 1 => p.shape().clone(),
        (Value::Cell(t), Value::Cell(p)) if p.values.len() == 1 || p.shape() == t.shape() => t.shape().clone(),
        (Value::Cell(_), Value::Cell(_)) => bail!("{who}: cell array arguments must be scalar or equal size"),
        (Value::Cell(c), _) | (_, Value::Cell(c)) => c.shape().clone(),
        _ => return one(host, texts, patterns),
    };
    fn pick(value: &Value, i: usize) -> &Value {
        match value {
            Value::Cell(cell) => &cell.values[if cell.values.len() == 1 { 0 } else { i }],
            other => other,
        }
    }
    let mut columns: Vec<Vec<Value>> = vec![Vec::with_capacity(shape.len()); results.len()];
    for i in 0..shape.len() {
        let values = one(host, pick(texts, i), pick(patterns, i))?;
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
    }
    Ok(columns.into_iter().map(|values| Value::Cell(Arc::new(Cell::new(shape.clone(), values)))).collect())
}

fn numbers(values: Vec<f64>, once: bool) -> Value {
    match (&values[..], once) {
        ([x], true) => Value::Num(*x),
        ([], true) => Value::empty(),
        _ => Value::block(Block::row(values)),
    }
}

/// One of the seven results, in the order of [`KINDS`].
fn result(kind: usize, text: &[u8], found: &[Match], pattern: &Pattern, once: bool) -> Value {
    let first = if once { Some(found.first()) } else { None };
    match kind {
        0 => numbers(found.iter().map(|m| m.start as f64 + 1.0).collect(), once),
        1 => numbers(found.iter().map(|m| m.end as f64).collect(), once),
        2 => match first {
            Some(None) => Value::empty(),
            Some(Some(m)) => extents(m),
            None => cell_row(found.iter().map(extents).collect()),
        },
        3 => match first {
            Some(None) => row(""),
            Some(Some(m)) => row(&text[m.start..m.end]),
            None => cell_row(found.iter().map(|m| row(&text[m.start..m.end])).collect()),
        },
        4 => {
            let tokens = |m: &Match| m.tokens().into_iter().map(|(a, b)| row(&text[a..b])).collect::<Vec<Value>>();
            match first {
                Some(m) => {
                    let tokens = m.map(tokens).unwrap_or_default();
                    let shape = Shape::matrix(tokens.len(), usize::from(!tokens.is_empty()));
                    Value::Cell(Arc::new(Cell::new(shape, tokens)))
                }
                None => cell_row(found.iter().map(|m| cell_row(tokens(m))).collect()),
            }
        }
        5 => names(text, found, pattern),
        _ => {
            if once && found.is_empty() {
                return row(text);
            }
            let mut parts = Vec::with_capacity(found.len() + 1);
            let mut start = 0;
            for m in found {
                parts.push(row(&text[start..m.start]));
                start = m.end;
            }
            parts.push(row(&text[start..]));
            cell_row(parts)
        }
    }
}

/// Starts and ends of the tokens, one a row.
fn extents(found: &Match) -> Value {
    let tokens = found.tokens();
    let starts = tokens.iter().map(|t| t.0 as f64 + 1.0);
    let all: Vec<f64> = starts.chain(tokens.iter().map(|t| t.1 as f64)).collect();
    Value::matrix(tokens.len(), 2, all)
}

/// A struct with one field a name, one element a match.
fn names(text: &[u8], found: &[Match], pattern: &Pattern) -> Value {
    let shape = if found.is_empty() { Shape::matrix(0, 0) } else { Shape::matrix(1, found.len()) };
    let mut records = Struct::new(shape);
    for (name, group) in &pattern.names {
        let name: Arc<str> = name.as_str().into();
        let column = records.field_or_insert(&name);
        for (slot, m) in column.iter_mut().zip(found) {
            match m.groups.get(group - 1) {
                Some(Some((a, b))) => *slot = row(&text[*a..*b]),
                // Of two groups of one name the one that took part counts.
                _ if slot.is_empty() && !matches!(slot, Value::Char(..)) => *slot = row(""),
                _ => {}
            }
        }
    }
    Value::Struct(Arc::new(records))
}

/// A replacement in pieces.
enum Piece {
    Text(Vec<u8>),
    /// `$N`; 0 is the whole match.
    Token(usize),
}

/// `$1` and escapes of a replacement; `escapes` for single quotes, where the reader left them alone.
fn pieces(source: &[u8], escapes: bool) -> Vec<Piece> {
    let mut out = vec![Piece::Text(Vec::new())];
    let push = |out: &mut Vec<Piece>, more: &[u8]| match out.last_mut() {
        Some(Piece::Text(text)) => text.extend_from_slice(more),
        _ => out.push(Piece::Text(more.to_vec())),
    };
    let mut at = 0;
    while at < source.len() {
        match (source[at], source.get(at + 1)) {
            (b'\\', Some(c @ (b'$' | b'\\'))) => {
                push(&mut out, &[*c]);
                at += 2;
            }
            (b'\\', Some(_)) if escapes => {
                let len = match source[at + 1] {
                    b'0'..=b'7' => {
                        1 + source[at + 1..].iter().take(3).take_while(|c| (b'0'..=b'7').contains(c)).count()
                    }
                    b'x' => 2 + source[at + 2..].iter().take(2).take_while(|c| c.is_ascii_hexdigit()).count(),
                    _ => 2,
                };
                push(&mut out, &escape::done(&source[at..at + len]));
                at += len;
            }
            (b'$', Some(digit)) if digit.is_ascii_digit() => {
                out.push(Piece::Token(usize::from(digit - b'0')));
                at += 2;
            }
            (c, _) => {
                push(&mut out, &[c]);
                at += 1;
            }
        }
    }
    out
}

fn regexprep(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (options, _) = options("regexprep", &args[3..], false)?;
    let list = |value: &Value| match value {
        Value::Cell(cell) => cell.values.clone(),
        other => vec![other.clone()],
    };
    let (patterns, replacements) = (list(&args[1]), list(&args[2]));
    if replacements.len() != 1 && replacements.len() != patterns.len() {
        bail!("regexprep: number of pattern and replacement arguments must match");
    }
    let changed = over_cells(&args[0], &mut |v| {
        let mut text = text_of("regexprep", v)?;
        let mut touched = false;
        for (i, pattern) in patterns.iter().enumerate() {
            let replacement = &replacements[if replacements.len() == 1 { 0 } else { i }];
            let pieces =
                pieces(&text_of("regexprep", replacement)?, matches!(replacement, Value::Char(_, Quote::Single)));
            let pattern = text_of("regexprep", pattern)?;
            let pattern = compiled(host, "regexprep", &pattern, &text, options.flags)?;
            let found = pattern.matches("regexprep", &subject(&text), options.once, options.empty)?;
            if found.is_empty() {
                continue;
            }
            touched = true;
            text = replaced(&text, &found, &pieces);
        }
        Ok(if touched || bytes(v).is_none() { row(text) } else { v.clone() })
    })?;
    Ok(smallvec![changed])
}

fn replaced(text: &[u8], found: &[Match], pieces: &[Piece]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut start = 0;
    for m in found {
        extend(&mut out, &text[start..m.start]);
        let tokens = m.tokens();
        for piece in pieces {
            match piece {
                Piece::Text(more) => extend(&mut out, more),
                Piece::Token(0) => extend(&mut out, &text[m.start..m.end]),
                Piece::Token(n) => {
                    if let Some(&(a, b)) = tokens.get(n - 1) {
                        extend(&mut out, &text[a..b]);
                    }
                }
            }
        }
        start = m.end;
    }
    extend(&mut out, &text[start..]);
    out
}

fn regexptranslate(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Some(op), Some(text)) = (args[0].to_text(), bytes(&args[1])) else {
        bail!("regexptranslate: operation OP must be a string");
    };
    let mut out = Vec::new();
    match op.to_lowercase().as_str() {
        "wildcard" => {
            for &c in text {
                match c {
                    b'.' => out.extend(b"\\."),
                    b'*' => out.extend(b".*"),
                    b'?' => out.push(b'.'),
                    c => out.push(c),
                }
            }
        }
        "escape" => {
            for &c in text {
                if b"$.?[]^*+(){}|\\".contains(&c) {
                    out.push(b'\\');
                }
                out.push(c);
            }
        }
        _ => bail!("regexptranslate: invalid operation OP"),
    }
    Ok(smallvec![Value::from(lossy(&out))])
}
