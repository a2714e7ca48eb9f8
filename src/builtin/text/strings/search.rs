//! Text found in text, and replaced.

use crate::array::room;
use crate::builtin::text::{bytes, over_cells, row, row_or_1x0, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Cell, Value, convert};
use crate::{bail, fault};
use memchr::memmem::Finder;
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "strfind",
        (2, 4),
        1,
        strfind,
        "strfind (STR, PATTERN), strfind (CELLSTR, PATTERN), strfind (..., \"overlaps\", TF)\n\nWhere a pattern starts in a text.\n\n    strfind (\"abcbc\", \"bc\")    % 2 4",
    ),
    Builtin::new(
        "strrep",
        (3, 5),
        1,
        strrep,
        "strrep (STR, PTN, REP), strrep (CELLSTR, PTN, REP)\n\nA text with every occurrence of a pattern replaced.\n\n    strrep (\"abc\", \"b\", \"--\")    % a--c",
    ),
    Builtin::new(
        "erase",
        (2, 2),
        1,
        erase,
        "erase (STR, PTN)\n\nA text without any occurrence of a pattern, or of several in a cell array.\n\n    erase (\"hello\", \"l\")    % heo",
    ),
    Builtin::new(
        "index",
        (2, 3),
        1,
        |_, a, _| first_or_last("index", a, false),
        "index (S, T), index (S, T, DIRECTION)\n\nWhere T first (or \"last\") occurs in S; 0 if it does not.\n\n    index (\"Teststring\", \"t\")    % 4",
    ),
    Builtin::new(
        "rindex",
        (2, 2),
        1,
        |_, a, _| first_or_last("rindex", a, true),
        "rindex (S, T)\n\nWhere T last occurs in S; 0 if it does not.\n\n    rindex (\"Teststring\", \"t\")    % 6",
    ),
    Builtin::new(
        "strchr",
        (2, 4),
        2,
        strchr,
        "strchr (STR, CHARS), strchr (STR, CHARS, N, DIRECTION)\n\nWhere any of the characters occurs.\n\n    strchr (\"hello\", \"l\")    % 3 4",
    ),
    Builtin::new(
        "strtok",
        (1, 2),
        2,
        strtok,
        "[TOK, REM] = strtok (STR), [TOK, REM] = strtok (STR, DELIM)\n\nThe first word of a text, and what comes after it.\n\n    strtok (\"this is\")    % this",
    ),
    Builtin::new(
        "substr",
        (2, 3),
        1,
        substr,
        "substr (S, OFFSET), substr (S, OFFSET, LEN)\n\nThe part of a text that starts at OFFSET and has LEN characters.\n\n    substr (\"hello\", 2, 3)    % ell",
    ),
];

/// Starts (from 0) of a pattern in a text.
pub fn occurrences(text: &[u8], pattern: &[u8], overlaps: bool) -> Vec<usize> {
    let mut found = Vec::new();
    if pattern.is_empty() {
        return found;
    }
    let finder = Finder::new(pattern);
    let mut at = 0;
    while let Some(skip) = finder.find(&text[at..]) {
        found.push(at + skip);
        at += skip + if overlaps { 1 } else { pattern.len() };
    }
    found
}

/// Whether occurrences may overlap, and whether the answer is always a cell array.
fn options(who: &str, options: &[Value]) -> Result<(bool, bool)> {
    let (mut overlaps, mut in_cell) = (true, false);
    for pair in options.chunks(2) {
        let [name, flag] = pair else { return Err(fault!("Invalid call to {who}").id("Octave:invalid-fun-call")) };
        match name.to_text().unwrap_or_default().to_lowercase().as_str() {
            "overlaps" => overlaps = convert::is_true(flag)?,
            "forcecelloutput" if who == "strfind" => in_cell = convert::is_true(flag)?,
            other => bail!("{who}: unknown option: {other}"),
        }
    }
    Ok((overlaps, in_cell))
}

fn strfind(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    places(args)
}

fn places(args: &[Value]) -> Result<Values> {
    let (overlaps, always_cell) = options("strfind", &args[2..])?;
    let in_cell = matches!(args[0], Value::Cell(_));
    if let (Value::Cell(patterns), false) = (&args[1], in_cell) {
        // A text against several patterns: where each of them is.
        let found = patterns.values.iter().map(|pattern| {
            let one = places(&[&[args[0].clone(), pattern.clone()], &args[2..]].concat())?;
            Ok(one.into_iter().next().unwrap_or_else(Value::empty))
        });
        let found = found.collect::<Result<Vec<_>>>()?;
        if let ([_], false) = (&found[..], always_cell) {
            return Ok(found.into_iter().collect());
        }
        return Ok(smallvec![Value::Cell(Arc::new(Cell::new(patterns.shape().clone(), found)))]);
    }
    let pattern = match (bytes(&args[1]), strings(&args[1]).as_deref()) {
        (Some(pattern), _) => pattern.to_vec(),
        (None, Some([pattern])) => pattern.clone(),
        _ => bail!("strfind: PATTERN must be a string or cell array of strings"),
    };
    let found = over_cells(&args[0], &mut |v| {
        let Some(text) = bytes(v) else {
            if in_cell {
                bail!("strfind: each element of CELLSTR must be a string");
            }
            bail!("strfind: first argument must be a string or cell array of strings");
        };
        let at = occurrences(text, &pattern, overlaps);
        Ok(if at.is_empty() { Value::empty() } else { Value::row(at.into_iter().map(|p| p as f64 + 1.0).collect()) })
    })?;
    let wrapped = always_cell && !in_cell;
    Ok(smallvec![if wrapped { crate::builtin::text::cell_column(vec![found]) } else { found }])
}

/// A text with every occurrence of a pattern replaced.
pub fn replaced(text: &[u8], pattern: &[u8], with: &[u8], overlaps: bool) -> Vec<u8> {
    replaced_at(text, &occurrences(text, pattern, overlaps), pattern, with)
}

/// A text with the pattern replaced where it stands. Where occurrences overlap, each is replaced and what they share is
/// gone.
fn replaced_at(text: &[u8], places: &[usize], pattern: &[u8], with: &[u8]) -> Vec<u8> {
    let more = places.len().saturating_mul(with.len().saturating_sub(pattern.len()));
    room::ensure(1, text.len().saturating_add(more), 1);
    let mut out = Vec::with_capacity(text.len() + more);
    let mut rest = 0;
    for &at in places {
        out.extend_from_slice(&text[rest.min(at)..at]);
        out.extend_from_slice(with);
        rest = at + pattern.len();
    }
    out.extend_from_slice(&text[rest..]);
    out
}

fn strrep(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (overlaps, _) = options("strrep", &args[3..])?;
    let (Some(pattern), Some(with)) = (bytes(&args[1]), bytes(&args[2])) else {
        bail!("strrep: PTN and REP arguments must be strings or cell arrays of strings");
    };
    let changed = over_cells(&args[0], &mut |v| match bytes(v) {
        Some(text) => Ok(match &occurrences(text, pattern, overlaps)[..] {
            [] => v.clone(),
            places => row(replaced_at(text, places, pattern, with)),
        }),
        None => Err(fault!("strrep: each element of S must be a string")),
    })?;
    Ok(smallvec![changed])
}

fn erase(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(mut patterns) = strings(&args[1]) else { bail!("erase: PTN must be a string or cell array of strings") };
    // The longest first, so that one pattern inside another does not hide it.
    patterns.sort_by_key(|p| std::cmp::Reverse(p.len()));
    let cleaned = over_cells(&args[0], &mut |v| match bytes(v) {
        None => Err(fault!("erase: STR must be a string or cell array of strings")),
        Some(text) => {
            let mut out = Vec::new();
            let mut at = 0;
            while at < text.len() {
                match patterns.iter().find(|p| !p.is_empty() && text[at..].starts_with(p)) {
                    Some(pattern) => at += pattern.len(),
                    None => {
                        out.push(text[at]);
                        at += 1;
                    }
                }
            }
            Ok(row(out))
        }
    })?;
    Ok(smallvec![cleaned])
}

fn first_or_last(who: &str, args: &[Value], last: bool) -> Result<Values> {
    let last = match args.get(2).and_then(Value::to_text).as_deref() {
        None => last,
        Some("first") => false,
        Some("last") => true,
        Some(_) => bail!("{who}: DIRECTION must be either \"first\" or \"last\""),
    };
    let (Some(texts), Some(pattern)) = (strings(&args[0]), bytes(&args[1])) else {
        bail!("{who}: S and T must be strings or cell arrays of strings");
    };
    let places: Vec<f64> = texts
        .iter()
        .map(|text| {
            let found = occurrences(text, pattern, true);
            if last { found.last() } else { found.first() }.map_or(0.0, |&p| p as f64 + 1.0)
        })
        .collect();
    let shape = match &args[0] {
        Value::Cell(cell) => cell.shape().clone(),
        _ => crate::array::Shape::matrix(places.len(), 1),
    };
    Ok(smallvec![Value::block(crate::array::Block::dense(shape, crate::array::Data::F64(places)))])
}

fn strchr(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Some(text) = bytes(&args[0]) else { bail!("strchr: STR argument must be a string or string array") };
    let Some(chars) = bytes(&args[1]) else { bail!("strchr: CHARS argument must be a string") };
    if chars.is_empty() {
        bail!("strchr: CHARS argument must be a string");
    }
    let mut found: Vec<f64> =
        text.iter().enumerate().filter(|(_, c)| chars.contains(c)).map(|(i, _)| i as f64 + 1.0).collect();
    if let Some(n) = args.get(2).and_then(Value::to_f64) {
        let n = (n.max(0.0) as usize).min(found.len());
        if args.get(3).and_then(Value::to_text).is_some_and(|t| t == "last") {
            found.drain(..found.len() - n);
        } else {
            found.truncate(n);
        }
    }
    if call.nargout >= 2 {
        let rows = Value::row(vec![1.0; found.len()]);
        return Ok(smallvec![rows, Value::row(found)]);
    }
    Ok(smallvec![Value::row(found)])
}

fn strtok(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    const BLANK: &[u8] = b"\x00\t\n\x0b\x0c\r ";
    let delimiters = match args.get(1) {
        None => BLANK.to_vec(),
        Some(v) => match crate::value::convert::block_as(v, crate::array::DType::Char)?.into_data() {
            crate::array::Data::Char(v) => v,
            _ => Vec::new(),
        },
    };
    let in_cell = matches!(args[0], Value::Cell(_));
    let split = |v: &Value| -> Result<(Value, Value)> {
        let Some(text) = bytes(v) else { bail!("strtok: STR must be a character string or cell array of strings.") };
        let start = text.iter().position(|c| !delimiters.contains(c)).unwrap_or(text.len());
        let end = text[start..].iter().position(|c| delimiters.contains(c)).map_or(text.len(), |p| start + p);
        let token =
            if text.is_empty() || (in_cell && start == text.len()) { row("") } else { row_or_1x0(&text[start..end]) };
        Ok((token, row(&text[end..])))
    };
    if let Value::Cell(cell) = &args[0] {
        let pairs = cell.values.iter().map(split).collect::<Result<Vec<_>>>()?;
        let (tokens, rests) = pairs.into_iter().unzip();
        let make = |values| Value::Cell(Arc::new(Cell::new(cell.shape().clone(), values)));
        return Ok(smallvec![make(tokens), make(rests)]);
    }
    let (token, rest) = split(&args[0])?;
    Ok(smallvec![token, rest])
}

fn substr(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = bytes(&args[0]) else { bail!("substr: S must be a string") };
    let whole = text.len() as f64;
    let given = args[1].to_f64().unwrap_or(0.0).trunc();
    // A negative offset counts from the end, and a negative length leaves off that many characters there.
    let offset = if given < 0.0 { whole + given + 1.0 } else { given };
    if offset < 1.0 || offset > whole {
        bail!("substr: OFFSET = {given} out of range");
    }
    let rest = whole - offset + 1.0;
    let asked = args.get(2).map_or(Some(rest), Value::to_f64).unwrap_or(f64::NAN).trunc();
    let len = if asked < 0.0 { rest + asked } else { asked };
    if !(0.0..=rest).contains(&len) {
        bail!("substr: No overlap with chosen values of OFFSET and LEN");
    }
    let start = offset as usize - 1;
    Ok(smallvec![row_or_1x0(&text[start..start + len as usize])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_overlap_or_not() {
        assert_eq!(occurrences(b"aaaa", b"aa", true), [0, 1, 2]);
        assert_eq!(occurrences(b"aaaa", b"aa", false), [0, 2]);
        assert_eq!(occurrences(b"abc", b"abcd", true), Vec::<usize>::new());
        assert_eq!(replaced(b"a.b.c", b".", b"--", false), b"a--b--c");
    }
}
