//! Letters one by one: case, classes of characters, blanks at the ends.

use crate::array::{Block, Data, Shape, room};
use crate::builtin::text::{all_bytes, is_space, over_cells, row, shaped};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::index::{Index, index};
use crate::value::{Quote, Range, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "upper",
        (1, 1),
        1,
        upper,
        "upper (S)\n\nText with small letters made capital; also of a cell array of strings.\n\n    upper (\"abc\")    % ABC",
    ),
    Builtin::new("toupper", (1, 1), 1, upper, "toupper (S)\n\nThe same as `upper`.\n\n    toupper (\"abc\")    % ABC"),
    Builtin::new(
        "lower",
        (1, 1),
        1,
        lower,
        "lower (S)\n\nText with capital letters made small; also of a cell array of strings.\n\n    lower (\"ABC\")    % abc",
    ),
    Builtin::new("tolower", (1, 1), 1, lower, "tolower (S)\n\nThe same as `lower`.\n\n    tolower (\"ABC\")    % abc"),
    Builtin::new(
        "isspace",
        (1, 1),
        1,
        |_, a, _| class(a, is_blank_character),
        "isspace (S)\n\nWhere the characters are blank: space, tab, newline and kin.\n\n    isspace (\"a b\")    % 0 1 0",
    ),
    Builtin::new(
        "isalpha",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_alphabetic),
        "isalpha (S)\n\nWhere the characters are letters.\n\n    isalpha (\"a1\")    % 1 0",
    ),
    Builtin::new(
        "isletter",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_alphabetic),
        "isletter (S)\n\nThe same as `isalpha`.\n\n    isletter (\"a1\")    % 1 0",
    ),
    Builtin::new(
        "isdigit",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_digit()),
        "isdigit (S)\n\nWhere the characters are decimal digits.\n\n    isdigit (\"a1\")    % 0 1",
    ),
    Builtin::new(
        "isxdigit",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_hexdigit()),
        "isxdigit (S)\n\nWhere the characters are hexadecimal digits.\n\n    isxdigit (\"fg\")    % 1 0",
    ),
    Builtin::new(
        "isupper",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_uppercase),
        "isupper (S)\n\nWhere the characters are capital letters.\n\n    isupper (\"aB\")    % 0 1",
    ),
    Builtin::new(
        "islower",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_lowercase),
        "islower (S)\n\nWhere the characters are small letters.\n\n    islower (\"aB\")    % 1 0",
    ),
    Builtin::new(
        "isalnum",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_alphanumeric),
        "isalnum (S)\n\nWhere the characters are letters or digits.\n\n    isalnum (\"a_1\")    % 1 0 1",
    ),
    Builtin::new(
        "ispunct",
        (1, 1),
        1,
        |_, a, _| class(a, |c| is_visible(c) && !c.is_alphanumeric()),
        "ispunct (S)\n\nWhere the characters are punctuation.\n\n    ispunct (\"a,b\")    % 0 1 0",
    ),
    Builtin::new(
        "iscntrl",
        (1, 1),
        1,
        |_, a, _| class(a, char::is_control),
        "iscntrl (S)\n\nWhere the characters are control characters.\n\n    iscntrl (\"a\\n\")    % 0 1",
    ),
    Builtin::new(
        "isgraph",
        (1, 1),
        1,
        |_, a, _| class(a, is_visible),
        "isgraph (S)\n\nWhere the characters are visible.\n\n    isgraph (\"a b\")    % 1 0 1",
    ),
    Builtin::new(
        "isprint",
        (1, 1),
        1,
        |_, a, _| class(a, |c| !c.is_control()),
        "isprint (S)\n\nWhere the characters are visible or a space.\n\n    isprint (\"a\\n\")    % 1 0",
    ),
    Builtin::new(
        "isascii",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii()),
        "isascii (S)\n\nWhere the characters are ASCII.\n\n    isascii (\"a\")    % 1",
    ),
    Builtin::new(
        "isstrprop",
        (2, 2),
        1,
        isstrprop,
        "isstrprop (S, TYPE)\n\nWhere the characters are of a class: `alpha`, `digit`, `alphanum`, `lower`, `upper`, `wspace`, `punct`, `cntrl`,\n`graph`, `print`, `xdigit`, `ascii`.\n\n    isstrprop (\"ab1\", \"alpha\")    % 1 1 0",
    ),
    Builtin::new(
        "strtrim",
        (1, 1),
        1,
        strtrim,
        "strtrim (S)\n\nText without blanks (and nulls) at both ends; a matrix loses blank columns, a cell array is trimmed element by\nelement.\n\n    strtrim (\"  ab \")    % ab",
    ),
    Builtin::new(
        "deblank",
        (1, 1),
        1,
        deblank,
        "deblank (S)\n\nText without blanks (and nulls) at its end; also of a cell array.\n\n    deblank (\"ab  \")    % ab",
    ),
    Builtin::new(
        "blanks",
        (1, 1),
        1,
        blanks,
        "blanks (N)\n\nA string of N spaces.\n\n    [\"a\", blanks(2), \"b\"]    % a  b",
    ),
];

/// The bytes of text row by row, as characters of several bytes lie in a matrix; what is made of them goes back to its
/// place by [`placed`].
fn by_rows(shape: &Shape, text: &[u8]) -> Vec<u8> {
    if shape.rows() == 1 {
        return text.to_vec();
    }
    let (rows, columns) = (shape.rows(), text.len() / shape.rows().max(1));
    (0..rows).flat_map(|i| (0..columns).map(move |j| text[j * rows + i])).collect()
}

fn placed<T: Copy>(shape: &Shape, values: Vec<T>) -> Vec<T> {
    if shape.rows() == 1 {
        return values;
    }
    let (rows, columns) = (shape.rows(), values.len() / shape.rows().max(1));
    (0..columns).flat_map(|j| (0..rows).map(move |i| i * columns + j)).map(|at| values[at]).collect()
}

/// Text in another case. Where characters would take another number of bytes, or bytes are no characters, only the
/// letters of ASCII change.
fn case(
    host: &mut dyn Host,
    value: &Value,
    who: &str,
    whole: fn(&str) -> String,
    byte: fn(&u8) -> u8,
) -> Result<Value> {
    Ok(match value {
        Value::Char(block, quote) => {
            let text = all_bytes(value).unwrap_or(&[]);
            let changed = if text.is_ascii() {
                text.iter().map(byte).collect()
            } else {
                let lines = by_rows(block.shape(), text);
                match std::str::from_utf8(&lines).map(whole) {
                    Ok(changed) if changed.len() == text.len() => placed(block.shape(), changed.into_bytes()),
                    _ => {
                        host.warn("Octave:multi_byte_char_length", "UMAP: Possible multi-byte error.");
                        text.iter().map(byte).collect()
                    }
                }
            };
            Value::Char(Arc::new(Block::dense(block.shape().clone(), Data::Char(changed))), *quote)
        }
        Value::Cell(_) => over_cells(value, &mut |v| case(host, v, who, whole, byte))?,
        Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            bail!("{who}: not defined for {}", value.type_name())
        }
        other => other.clone(),
    })
}

fn upper(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![case(host, &args[0], "toupper", str::to_uppercase, u8::to_ascii_uppercase)?])
}

fn lower(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![case(host, &args[0], "tolower", str::to_lowercase, u8::to_ascii_lowercase)?])
}

/// Whether a character is a blank; those that keep words together are not.
fn is_blank_character(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn is_visible(c: char) -> bool {
    !c.is_control() && !is_blank_character(c)
}

/// Where the characters of text are of a class; all bytes of a character are as it is, bytes that are none are not.
fn classified(value: &Value, f: fn(char) -> bool) -> Result<Value> {
    over_cells(value, &mut |v| {
        let shape = v.shape();
        room::check(&shape, 1)?;
        let found = match all_bytes(v) {
            Some(text) if text.is_ascii() => text.iter().map(|&c| f(c.into())).collect(),
            Some(text) => {
                let lines = by_rows(&shape, text);
                let mut found = Vec::with_capacity(lines.len());
                for part in lines.utf8_chunks() {
                    part.valid().chars().for_each(|c| found.extend(std::iter::repeat_n(f(c), c.len_utf8())));
                    found.extend(part.invalid().iter().map(|_| false));
                }
                placed(&shape, found)
            }
            None => vec![false; shape.len()],
        };
        Ok(Value::block(Block::dense(shape, Data::Bool(found))))
    })
}

fn class(args: &[Value], f: fn(char) -> bool) -> Result<Values> {
    Ok(smallvec![classified(&args[0], f)?])
}

fn isstrprop(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let kind = args[1].to_text().unwrap_or_default();
    let f: fn(char) -> bool = match kind.as_str() {
        "alpha" => char::is_alphabetic,
        "alnum" | "alphanum" => char::is_alphanumeric,
        "lower" => char::is_lowercase,
        "upper" => char::is_uppercase,
        "digit" => |c| c.is_ascii_digit(),
        "space" | "wspace" => is_blank_character,
        "punct" => |c| is_visible(c) && !c.is_alphanumeric(),
        "cntrl" => char::is_control,
        "graph" | "graphic" => is_visible,
        "print" => |c| !c.is_control(),
        "xdigit" => |c| c.is_ascii_hexdigit(),
        "ascii" => |c| c.is_ascii(),
        _ => bail!("isstrprop: invalid string type: {kind}"),
    };
    // Numbers count as the characters they code for.
    let text = match &args[0] {
        v @ (Value::Char(..) | Value::Cell(_)) => v.clone(),
        v => Value::block(crate::value::convert::block_as(v, crate::array::DType::Char)?),
    };
    Ok(smallvec![classified(&text, f)?])
}

fn is_blank(c: u8) -> bool {
    is_space(c) || c == 0
}

/// Columns of a character matrix from the first (or column 0) to the last that is not blank throughout.
fn kept_columns(value: &Value, both_ends: bool) -> Result<Value> {
    let Some(text) = all_bytes(value) else { return Ok(value.clone()) };
    let rows = value.shape().rows().max(1);
    let Some(last) = text.iter().rposition(|&c| !is_blank(c)) else {
        return Ok(if value.is_empty() { value.clone() } else { shaped(Shape::matrix(0, 0), Vec::new()) });
    };
    let first = if both_ends { text.iter().position(|&c| !is_blank(c)).unwrap_or(0) / rows } else { 0 };
    if let Value::Char(_, Quote::Single) = value
        && rows == 1
    {
        return Ok(row(&text[first..=last]));
    }
    let columns = Range::with_len(first as f64 + 1.0, 1.0, last / rows + 1 - first);
    index(value, &[Index::All, Index::Value(Value::Range(Arc::new(columns)))])
}

fn trimmed(value: &Value, who: &str, both_ends: bool) -> Result<Value> {
    match value {
        Value::Char(block, _) if block.shape().rank() == 2 => kept_columns(value, both_ends),
        Value::Cell(_) => over_cells(value, &mut |v| match v {
            Value::Char(..) | Value::Cell(_) => trimmed(v, who, both_ends),
            other if !both_ends && other.is_empty() => Ok(other.clone()),
            _ => Err(fault!("{who}: S argument must be a string or cellstring")),
        }),
        other if !both_ends && other.is_empty() => Ok(other.clone()),
        _ => bail!("{who}: S argument must be a string or cellstring"),
    }
}

fn strtrim(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![trimmed(&args[0], "strtrim", true)?])
}

fn deblank(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![trimmed(&args[0], "deblank", false)?])
}

fn blanks(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args[0].to_f64() {
        Some(n) if n >= 0.0 && n.fract() == 0.0 => {
            room::check(&Shape::matrix(1, n as usize), 1)?;
            Ok(smallvec![row(vec![b' '; n as usize])])
        }
        _ => bail!("blanks: N must be a non-negative integer"),
    }
}
