//! Text put together: matrices of characters, joined strings, justified columns.

use crate::array::{DType, Shape, room};
use crate::builtin::text::{self, bytes, cell_column, is_cellstr, lossy, matrix, row, row_or_1x0, rows, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::convert::block_as;
use crate::value::{Cell, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

use super::escape;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "char",
        (0, usize::MAX),
        1,
        char_,
        "char (X), char (CELLSTR), char (S1, S2, ...)\n\nNumbers as characters, or strings as the rows of a character matrix, padded with spaces.\n\n    char (72, 105)\n    char ([72 105])",
    ),
    Builtin::new(
        "strvcat",
        (1, usize::MAX),
        1,
        strvcat,
        "strvcat (S1, S2, ...)\n\nStrings as the rows of a character matrix; empty ones are left out.\n\n    rows (strvcat (\"a\", \"\", \"bc\"))    % 2",
    ),
    Builtin::new(
        "strcat",
        (0, usize::MAX),
        1,
        strcat,
        "strcat (S1, S2, ...)\n\nStrings joined one after the other. Blanks at the end of character arguments are dropped; cell arrays keep theirs and\njoin element by element.\n\n    strcat (\"a \", \"b\")\n    strcat ({\"a \"}, \"b\")",
    ),
    Builtin::new(
        "cstrcat",
        (0, usize::MAX),
        1,
        cstrcat,
        "cstrcat (S1, S2, ...)\n\nStrings joined with all their blanks.\n\n    cstrcat (\"a \", \"b\")    % a b",
    ),
    Builtin::new(
        "cellstr",
        (1, 1),
        1,
        cellstr,
        "cellstr (STRMAT)\n\nThe rows of a character matrix as a column of strings, without the blanks at their ends.\n\n    cellstr ([\"ab \"; \"cde\"]){1}    % ab",
    ),
    Builtin::new(
        "strjoin",
        (1, 2),
        1,
        strjoin,
        "strjoin (CSTR), strjoin (CSTR, DELIMITER)\n\nThe strings of a cell array joined, with a delimiter (a space) between them.\n\n    strjoin ({\"a\", \"b\"}, \", \")    % a, b",
    ),
    Builtin::new(
        "strjust",
        (1, 2),
        1,
        strjust,
        "strjust (S, POS)\n\nThe rows of a character matrix moved to the \"right\" (default), \"left\" or \"center\" of their width.\n\n    strjust ([\"a  \"; \"bb \"], \"right\")",
    ),
    Builtin::new(
        "untabify",
        (1, 3),
        1,
        untabify,
        "untabify (S), untabify (S, WIDTH), untabify (S, WIDTH, DEBLANK)\n\nTabs replaced by spaces up to the next multiple of a width (8).\n\n    length (untabify (\"\\ta\"))    % 9",
    ),
    Builtin::new(
        "unicode2native",
        (1, 2),
        1,
        |_, a, _| native(a, DType::U8),
        "unicode2native (S)\n\nThe bytes of a text in UTF-8 as uint8.\n\n    unicode2native (\"a\")    % 97",
    ),
    Builtin::new(
        "native2unicode",
        (1, 2),
        1,
        |_, a, _| native(a, DType::Char),
        "native2unicode (BYTES)\n\nText from its bytes in UTF-8.\n\n    native2unicode (uint8 ([97 98]))    % ab",
    ),
];

/// The rows an argument of `char` gives.
fn char_rows(who: &str, value: &Value) -> Result<Vec<Vec<u8>>> {
    let wrong = || {
        fault!(
            "{who}: wrong type argument '{}'",
            if matches!(value, Value::Cell(_)) { "cell array".into() } else { value.type_name() }
        )
    };
    match value {
        Value::Char(block, _) if block.is_empty() => Ok(vec![Vec::new()]),
        Value::Char(..) => rows(value).ok_or_else(wrong),
        Value::Cell(cell) => {
            text::ensure_copies(cell);
            let mut all = Vec::new();
            for element in &cell.values {
                all.extend(char_rows(who, element)?);
            }
            Ok(all)
        }
        Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => Err(wrong()),
        numbers if numbers.is_empty() => Ok(vec![Vec::new()]),
        numbers => rows(&Value::block(block_as(numbers, DType::Char)?)).ok_or_else(wrong),
    }
}

fn char_(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if let [x] = args {
        match x {
            Value::Char(..) => return Ok(smallvec![x.clone()]),
            Value::Cell(cell) if cell.values.is_empty() => return Ok(smallvec![row("")]),
            Value::Cell(_) => {}
            Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
                bail!("char: wrong type argument '{}'", x.type_name())
            }
            numbers => return Ok(smallvec![Value::block(block_as(numbers, DType::Char)?)]),
        }
    }
    let mut all = Vec::new();
    for arg in args {
        all.extend(char_rows("char", arg)?);
    }
    Ok(smallvec![matrix(&all)])
}

fn strvcat(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut all = Vec::new();
    for arg in args {
        all.extend(char_rows("strvcat", arg)?.into_iter().filter(|r| !r.is_empty()));
    }
    Ok(smallvec![matrix(&all)])
}

/// A row without the spaces at its end.
fn without_spaces(mut text: Vec<u8>) -> Vec<u8> {
    let kept = text.iter().rposition(|&c| c != b' ').map_or(0, |p| p + 1);
    text.truncate(kept);
    text
}

fn strcat(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args {
        [] => return Ok(smallvec![row("")]),
        [x @ Value::Cell(_)] => return Ok(smallvec![x.clone()]),
        [Value::Char(..)] => {
            let lines = char_rows("strcat", &args[0])?;
            return Ok(smallvec![matrix(&lines.into_iter().map(without_spaces).collect::<Vec<_>>())]);
        }
        _ => {}
    }
    let mut parts: Vec<(Shape, Vec<Vec<u8>>)> = Vec::new();
    let mut all_char = true;
    for arg in args {
        parts.push(match arg {
            Value::Cell(cell) => {
                all_char = false;
                let texts = strings(arg).ok_or_else(|| fault!("strcat: inputs must be strings or cells of strings"))?;
                (cell.shape().clone(), texts)
            }
            Value::Func(_) | Value::Struct(_) | Value::Map(_) | Value::Object(_) => {
                bail!("strcat: inputs must be strings or cells of strings")
            }
            text => {
                let texts: Vec<_> = char_rows("strcat", text)?.into_iter().map(without_spaces).collect();
                (Shape::matrix(texts.len(), 1), texts)
            }
        });
    }
    let common = parts.iter().map(|(shape, _)| shape).find(|shape| !shape.is_scalar()).cloned();
    let common = common.unwrap_or_else(Shape::scalar);
    if parts.iter().any(|(shape, _)| !shape.is_scalar() && *shape != common) {
        bail!("strcat: arguments must be the same size, or be scalars");
    }
    let lengths = parts.iter().map(|(_, texts)| match &texts[..] {
        [text] => common.len().saturating_mul(text.len()),
        texts => texts.iter().map(Vec::len).sum(),
    });
    room::ensure(1, lengths.fold(0, usize::saturating_add), 1);
    let joined: Vec<Vec<u8>> = (0..common.len())
        .map(|i| {
            parts.iter().flat_map(|(_, texts)| texts[if texts.len() == 1 { 0 } else { i }].iter().copied()).collect()
        })
        .collect();
    if all_char {
        return Ok(smallvec![matrix(&joined)]);
    }
    let values = joined.into_iter().map(row).collect();
    Ok(smallvec![Value::Cell(Arc::new(Cell::new(common, values)))])
}

fn cstrcat(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args.iter().all(|v| matches!(v, Value::Char(..))) {
        bail!("cstrcat: arguments must be character strings");
    }
    if args.is_empty() {
        return Ok(smallvec![row("")]);
    }
    Ok(smallvec![crate::value::concat::hcat(args)?])
}

fn cellstr(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if is_cellstr(&args[0]) {
        return Ok(smallvec![args[0].clone()]);
    }
    let texts = match &host.gather(&args[0])? {
        text @ Value::Char(..) => strings(text),
        empty if empty.is_empty() && !matches!(empty, Value::Cell(_)) => Some(vec![Vec::new()]),
        _ => None,
    };
    let Some(texts) = texts else { bail!("cellstr: argument STRING must be a 2-D character array") };
    Ok(smallvec![cell_column(texts.into_iter().map(|t| row(without_spaces(t))).collect())])
}

fn strjoin(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Value::Cell(_), Some(texts)) = (&args[0], strings(&args[0])) else {
        return Err(fault!("Invalid call to strjoin").id("Octave:invalid-fun-call"));
    };
    let between: Vec<Vec<u8>> = match args.get(1) {
        None => vec![b" ".to_vec()],
        Some(Value::Cell(_)) => strings(&args[1]).unwrap_or_default(),
        Some(text) => match bytes(text) {
            Some(text) => vec![escape::done(text)],
            None => return Err(fault!("Invalid call to strjoin").id("Octave:invalid-fun-call")),
        },
    };
    if matches!(args.get(1), Some(Value::Cell(_))) && between.len() + 1 != texts.len() {
        bail!("strjoin: the number of delimiters does not match the number of strings");
    }
    let mut joined = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            text::extend(&mut joined, if between.len() == 1 { &between[0] } else { &between[i - 1] });
        }
        text::extend(&mut joined, text);
    }
    Ok(smallvec![row(joined)])
}

fn strjust(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(lines) = rows(&args[0]) else { bail!("strjust: S must be a string or 2-D character matrix") };
    if args[0].is_empty() {
        return Ok(smallvec![args[0].clone()]);
    }
    let place = args.get(1).and_then(Value::to_text).unwrap_or_else(|| "right".to_owned()).to_lowercase();
    let moved: Vec<Vec<u8>> = lines
        .iter()
        .map(|line| {
            let blank = |c: &u8| matches!(c, b' ' | 0);
            let left = line.iter().take_while(|c| blank(c)).count();
            let right = line.iter().rev().take_while(|c| blank(c)).count();
            if left == line.len() {
                return line.clone();
            }
            let start = match place.chars().next() {
                Some('l') => 0,
                Some('c') => (left + right) / 2,
                _ => left + right,
            };
            let mut out = vec![b' '; line.len()];
            out[start..start + line.len() - left - right].copy_from_slice(&line[left..line.len() - right]);
            out
        })
        .collect();
    Ok(smallvec![matrix(&moved)])
}

fn untabify(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let width = args.get(1).and_then(Value::to_f64).unwrap_or(8.0);
    if !(1.0..=1e6).contains(&width) {
        bail!("untabify: TW must be a positive integer");
    }
    let deblank = args.get(2).is_some_and(|v| v.to_f64() == Some(1.0));
    let expand = |line: &Vec<u8>| {
        let mut out = Vec::with_capacity(line.len());
        for &c in line {
            if c == b'\t' {
                let next = (out.len() / width as usize + 1) * width as usize;
                out.resize(next, b' ');
            } else {
                out.push(c);
            }
        }
        if deblank { without_spaces(out) } else { out }
    };
    match &args[0] {
        Value::Cell(cell) if is_cellstr(&args[0]) => {
            let values = strings(&args[0]).unwrap_or_default().iter().map(|t| row(expand(t))).collect();
            Ok(smallvec![Value::Cell(Arc::new(Cell::new(cell.shape().clone(), values)))])
        }
        Value::Char(..) => {
            let lines: Vec<Vec<u8>> = rows(&args[0]).unwrap_or_default().iter().map(expand).collect();
            Ok(smallvec![matrix(&lines)])
        }
        _ => bail!("untabify: TXT must be a string or cellstring"),
    }
}

fn native(args: &[Value], to: DType) -> Result<Values> {
    if let Some(codepage) = args.get(1).map(|v| lossy(bytes(v).unwrap_or(&[])))
        && !codepage.eq_ignore_ascii_case("utf-8")
    {
        bail!("the only encoding of text here is UTF-8, not '{codepage}'");
    }
    let block = block_as(&args[0], to)?;
    if to == DType::Char {
        let crate::array::Data::Char(text) = block.into_data() else {
            bail!("native2unicode: NATIVE_BYTES must be numeric")
        };
        return Ok(smallvec![row_or_1x0(text)]);
    }
    Ok(smallvec![Value::block(block)])
}
