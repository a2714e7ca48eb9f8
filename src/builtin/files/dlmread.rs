//! `dlmread`: a matrix out of text with separators.

use super::streams;
use crate::array::{Block, Complex64, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one};
use crate::builtin::text::bytes;
use crate::builtin::text::strings::scan;
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};

pub const TABLE: &[Builtin] = &[Builtin::new("dlmread", (1, usize::MAX), 1, dlmread, DLMREAD)];

const DLMREAD: &str = "\
`dlmread (FILE)`, `dlmread (FILE, SEPARATOR)`, `dlmread (FILE, SEPARATOR, ROW, COLUMN)`, `dlmread (FILE, SEPARATOR, RANGE)`,
`dlmread (..., \"emptyvalue\", VALUE)`

Reads a matrix of numbers. Without SEPARATOR it is found out: a comma, colon, semicolon, tab or blanks. ROW and COLUMN,
from 0, are where to begin; RANGE is `[ROW, COLUMN, LAST_ROW, LAST_COLUMN]` or as in a spreadsheet, \"A2:C4\". What is
missing is 0, or VALUE.

    f = tempname (); dlmwrite (f, [1 2; 3 4], \";\"); dlmread (f, \";\", 1, 0), unlink (f);
    % ans =
    %
    %    3   4";

/// The part of a file that is wanted, from 0, its ends included.
struct Part {
    rows: (usize, usize),
    columns: (usize, usize),
}

/// `B2` as a row and a column from 0; a missing part is `None`.
fn cell(text: &str) -> Option<(usize, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    let digits: usize = digits.parse().ok().filter(|d| *d > 0)?;
    let column =
        letters.bytes().fold(0usize, |n, c| n.saturating_mul(26) + usize::from(c.to_ascii_uppercase() - b'A') + 1);
    Some((digits - 1, column.checked_sub(1)?))
}

impl Part {
    fn read(args: &[Value]) -> Result<Part> {
        let whole = Part { rows: (0, usize::MAX), columns: (0, usize::MAX) };
        let wrong = || fault!("dlmread: error parsing RANGE");
        match args {
            [] => Ok(whole),
            [range] if bytes(range).is_some() => {
                let text = range.to_text().unwrap_or_default();
                let (from, to) = match text.split_once([':', '.']) {
                    Some((from, to)) => {
                        (cell(from).ok_or_else(wrong)?, cell(to.trim_start_matches('.')).ok_or_else(wrong)?)
                    }
                    None => (cell(&text).ok_or_else(wrong)?, cell(&text).ok_or_else(wrong)?),
                };
                Ok(Part { rows: (from.0, to.0), columns: (from.1, to.1) })
            }
            [range] => match numbers("dlmread", range)?[..] {
                [a, b, c, d] if [a, b, c, d].iter().all(|x| *x >= 0.0) => {
                    Ok(Part { rows: (a as usize, c as usize), columns: (b as usize, d as usize) })
                }
                _ => Err(wrong()),
            },
            [row, column, ..] => {
                let from = |x: &Value| x.to_f64().filter(|x| *x >= 0.0).map(|x| x as usize);
                match (from(row), from(column)) {
                    (Some(row), Some(column)) => Ok(Part { rows: (row, usize::MAX), columns: (column, usize::MAX) }),
                    _ => bail!("dlmread: left (R0) and top (C0) must be positive"),
                }
            }
        }
    }
}

/// What separates the numbers of a text, by the first of its lines that has any.
fn likely(text: &[u8]) -> Option<u8> {
    let known = |c: &&u8| matches!(**c, b',' | b':' | b';' | b'\t');
    text.split(|c| *c == b'\n').filter(|line| line.iter().any(u8::is_ascii_digit)).find_map(|line| {
        let separator = line.iter().find(known).copied();
        separator.or_else(|| line.contains(&b' ').then_some(b' '))
    })
}

/// The fields of a line.
fn fields<'a>(line: &'a [u8], separators: &'a [u8]) -> Vec<&'a [u8]> {
    if separators.iter().all(|c| matches!(c, b' ' | b'\t')) && separators.contains(&b' ') {
        return line.split(|c| separators.contains(c)).filter(|field| !field.is_empty()).collect();
    }
    let mut fields: Vec<&[u8]> = line.split(|c| separators.contains(c)).map(<[u8]>::trim_ascii).collect();
    if fields.last().is_some_and(|field| field.is_empty()) {
        fields.pop();
    }
    fields
}

/// A number at the start of a field, real or complex.
fn number(field: &[u8]) -> Option<Complex64> {
    let (length, re) = scan::float(field)?;
    let rest = &field[length..];
    if matches!(rest.first(), Some(b'i' | b'j')) {
        return Some(Complex64::new(0.0, re));
    }
    if matches!(rest.first(), Some(b'+' | b'-'))
        && let Some((more, im)) = scan::float(rest)
        && matches!(rest.get(more), Some(b'i' | b'j'))
    {
        return Some(Complex64::new(re, im));
    }
    Some(Complex64::new(re, 0.0))
}

fn dlmread(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (mut rest, mut empty) = (&args[1..], 0.0);
    if let [before @ .., word, value] = rest
        && word.to_text().is_some_and(|t| t.eq_ignore_ascii_case("emptyvalue"))
    {
        empty = value.to_f64().ok_or_else(|| fault!("dlmread: EMPTYVAL must be a number"))?;
        rest = before;
    }
    let text = if bytes(&args[0]).is_some() {
        let name = args[0].to_text().unwrap_or_default();
        std::fs::read(&name).map_err(|_| fault!("dlmread: unable to open file '{name}'"))?
    } else {
        let stream = streams::source(host, "dlmread", &args[0])?;
        let all = stream.rest().map(<[u8]>::to_vec);
        let text = streams::noted(stream, "dlmread", all).unwrap_or_default();
        stream.take(text.len());
        text
    };
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let separators: Vec<u8> = match rest.first() {
        Some(separator) if bytes(separator).is_some() => {
            let written = bytes(separator).unwrap_or_default();
            rest = &rest[1..];
            crate::value::escape::unescape(written, &mut |_| {})
        }
        _ => Vec::new(),
    };
    let separators = if separators.is_empty() { vec![likely(text).unwrap_or(b',')] } else { separators };
    // Blanks as separators are tabs and semicolons, too: what stands between numbers there.
    let separators = if separators == [b' '] { b" \t;".to_vec() } else { separators };
    let part = Part::read(rest)?;
    let mut table: Vec<Vec<Complex64>> = Vec::new();
    let lines = text.split(|c| *c == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let lines = lines.enumerate().skip(part.rows.0).take_while(|(at, _)| *at <= part.rows.1);
    for (_, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
        host.check_interrupt()?;
        let fields = fields(line, &separators);
        let wanted =
            fields.iter().skip(part.columns.0).take(part.columns.1.saturating_sub(part.columns.0).saturating_add(1));
        table.push(wanted.map(|field| number(field).unwrap_or(Complex64::new(empty, 0.0))).collect());
    }
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return one(Value::empty());
    }
    let at = |row: usize, column: usize| table[row].get(column).copied().unwrap_or(Complex64::new(empty, 0.0));
    let all = (0..columns).flat_map(|column| (0..table.len()).map(move |row| (row, column)));
    let values: Vec<Complex64> = all.map(|(row, column)| at(row, column)).collect();
    let shape = Shape::matrix(table.len(), columns);
    if values.iter().any(|z| z.im != 0.0) {
        return one(Block::dense(shape, Data::C64(values)));
    }
    one(Block::dense(shape, Data::F64(values.iter().map(|z| z.re).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_spreadsheet() {
        assert_eq!(cell("A1"), Some((0, 0)));
        assert_eq!(cell("ab12"), Some((11, 27)));
        assert_eq!(cell("12"), None);
        assert_eq!(cell("A0"), None);
    }

    #[test]
    fn separators_are_found() {
        assert_eq!(likely(b"# x\n1;2"), Some(b';'));
        assert_eq!(likely(b"1 2"), Some(b' '));
        assert_eq!(likely(b"1"), None);
    }
}
