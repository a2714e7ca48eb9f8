//! Text cut into pieces at delimiters.

use super::escape;
use crate::builtin::text::{bytes, cell_row, row, row_or_1x0, rows, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Value, convert};
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "strsplit",
        (1, usize::MAX),
        2,
        strsplit,
        "[CSTR, MATCHES] = strsplit (STR), strsplit (STR, SEP), strsplit (..., \"CollapseDelimiters\", TF), strsplit (..., \"DelimiterType\", \"RegularExpression\")\n\nThe pieces of a text between delimiters (blanks; a string, or several in a cell array). Neighbouring delimiters\ncount as one unless told otherwise.\n\n    strsplit (\"a,b,,c\", \",\")",
    ),
    Builtin::new(
        "ostrsplit",
        (2, 3),
        1,
        ostrsplit,
        "ostrsplit (S, SEPS), ostrsplit (S, SEPS, STRIP_EMPTY)\n\nThe pieces of a text between any of the characters of SEPS.\n\n    ostrsplit (\"a:b;c\", \":;\")",
    ),
];

struct Options {
    collapse: bool,
    regular: bool,
}

fn options(rest: &[Value]) -> Result<Options> {
    let mut options = Options { collapse: true, regular: false };
    for pair in rest.chunks(2) {
        let [name, value] = pair else {
            return Err(fault!("Invalid call to strsplit").id("Octave:invalid-fun-call"));
        };
        let name = name.to_text().unwrap_or_default().to_lowercase();
        match name.as_str() {
            "collapsedelimiters" if !value.is_scalar() => {
                bail!("strsplit: COLLAPSEDELIMITERS must be a scalar value")
            }
            "collapsedelimiters" => options.collapse = convert::is_true(value)?,
            "delimitertype" => {
                let kind = value.to_text().unwrap_or_default().to_lowercase();
                options.regular = match kind.as_str() {
                    kind if !kind.is_empty() && "regularexpression".starts_with(kind) => true,
                    kind if !kind.is_empty() && ["simple", "legacy"].iter().any(|k| k.starts_with(kind)) => false,
                    _ => bail!("strsplit: Invalid DELIMITERTYPE"),
                };
            }
            _ => bail!("strsplit: invalid parameter name, '{name}'"),
        }
    }
    Ok(options)
}

fn strsplit(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let is_option = |v: &Value| {
        v.to_text().is_some_and(|t| ["collapsedelimiters", "delimitertype"].contains(&t.to_lowercase().as_str()))
    };
    // COLLAPSEDELIMITERS may stand third without its name.
    let mut args = args.to_vec();
    if args.len() > 2 && !matches!(args[2], Value::Char(..)) {
        args.insert(2, Value::text("collapsedelimiters"));
    }
    let (delimiters, rest) = match args.get(1) {
        Some(v) if !(args.len() % 2 == 1 && is_option(v)) => (Some(v), &args[2..]),
        _ => (None, &args[1..]),
    };
    let options = options(rest)?;
    let Some(text) = bytes(&args[0]) else { bail!("strsplit: S and DEL must be string values") };
    let delimiters: Vec<Vec<u8>> = match delimiters {
        None => vec![b" ".to_vec(), b"\x0c".to_vec(), b"\n".to_vec(), b"\r".to_vec(), b"\t".to_vec(), b"\x0b".to_vec()],
        Some(v) => match strings(v) {
            Some(list) => list.iter().map(|d| if options.regular { d.clone() } else { escape::done(d) }).collect(),
            None => bail!("strsplit: S and DEL must be string values"),
        },
    };
    let pieces = if options.regular {
        let alternatives: Vec<String> = delimiters.iter().map(|d| String::from_utf8_lossy(d).into_owned()).collect();
        let mut pattern = alternatives.join("|");
        if options.collapse {
            pattern = format!("(?:{pattern})+");
        }
        crate::builtin::text::regexp::matches_of(host, &pattern, text)?
    } else {
        delimited(text, delimiters, options.collapse)
    };
    let mut parts = Vec::with_capacity(pieces.len() + 1);
    let mut found = Vec::with_capacity(pieces.len());
    let mut start = 0;
    for (from, to) in pieces {
        parts.push(row(&text[start..from]));
        found.push(row(&text[from..to]));
        start = to;
    }
    parts.push(row(&text[start..]));
    Ok(smallvec![cell_row(parts), cell_row(found)])
}

/// Where delimiters stand: start and end of each, or of each run of them.
fn delimited(text: &[u8], mut delimiters: Vec<Vec<u8>>, collapse: bool) -> Vec<(usize, usize)> {
    // The longest delimiter that fits is meant.
    delimiters.sort_by_key(|d| std::cmp::Reverse(d.len()));
    delimiters.retain(|d| !d.is_empty());
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(delimiter) = delimiters.iter().find(|d| text[at..].starts_with(d)) else {
            at += 1;
            continue;
        };
        let end = at + delimiter.len();
        match found.last_mut() {
            Some(last) if collapse && last.1 == at => last.1 = end,
            _ => found.push((at, end)),
        }
        at = end;
    }
    found
}

fn ostrsplit(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Some(lines), Some(separators)) = (rows(&args[0]), bytes(&args[1])) else {
        bail!("ostrsplit: S and SEP must be string values");
    };
    let strip = match args.get(2) {
        None => false,
        Some(flag) => convert::is_true(flag)?,
    };
    let mut parts = Vec::new();
    let lines = if lines.is_empty() { vec![Vec::new()] } else { lines };
    for line in &lines {
        for piece in line.split(|c| separators.contains(c)) {
            if !(strip && piece.is_empty()) {
                parts.push(row_or_1x0(piece));
            }
        }
    }
    Ok(smallvec![cell_row(parts)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_delimiters() {
        let comma = || vec![b",".to_vec()];
        assert_eq!(delimited(b"a,,b", comma(), true), [(1, 3)]);
        assert_eq!(delimited(b"a,,b", comma(), false), [(1, 2), (2, 3)]);
        assert_eq!(delimited(b"a||b", vec![b"|".to_vec(), b"||".to_vec()], false), [(1, 3)]);
    }
}
