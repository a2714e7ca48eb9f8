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
        |_, a, _| class(a, is_space),
        "isspace (S)\n\nWhere the characters are blank: space, tab, newline and kin.\n\n    isspace (\"a b\")    % 0 1 0",
    ),
    Builtin::new(
        "isalpha",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_alphabetic()),
        "isalpha (S)\n\nWhere the characters are letters.\n\n    isalpha (\"a1\")    % 1 0",
    ),
    Builtin::new(
        "isletter",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_alphabetic()),
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
        |_, a, _| class(a, |c| c.is_ascii_uppercase()),
        "isupper (S)\n\nWhere the characters are capital letters.\n\n    isupper (\"aB\")    % 0 1",
    ),
    Builtin::new(
        "islower",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_lowercase()),
        "islower (S)\n\nWhere the characters are small letters.\n\n    islower (\"aB\")    % 1 0",
    ),
    Builtin::new(
        "isalnum",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_alphanumeric()),
        "isalnum (S)\n\nWhere the characters are letters or digits.\n\n    isalnum (\"a_1\")    % 1 0 1",
    ),
    Builtin::new(
        "ispunct",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_punctuation()),
        "ispunct (S)\n\nWhere the characters are punctuation.\n\n    ispunct (\"a,b\")    % 0 1 0",
    ),
    Builtin::new(
        "iscntrl",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_control()),
        "iscntrl (S)\n\nWhere the characters are control characters.\n\n    iscntrl (\"a\\n\")    % 0 1",
    ),
    Builtin::new(
        "isgraph",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c.is_ascii_graphic()),
        "isgraph (S)\n\nWhere the characters are visible.\n\n    isgraph (\"a b\")    % 1 0 1",
    ),
    Builtin::new(
        "isprint",
        (1, 1),
        1,
        |_, a, _| class(a, |c| c == b' ' || c.is_ascii_graphic()),
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

fn case(args: &[Value], who: &str, f: fn(&u8) -> u8) -> Result<Values> {
    fn mapped(value: &Value, who: &str, f: fn(&u8) -> u8) -> Result<Value> {
        Ok(match value {
            Value::Char(block, quote) => {
                let text = all_bytes(value).unwrap_or(&[]).iter().map(f).collect();
                Value::Char(Arc::new(Block::dense(block.shape().clone(), Data::Char(text))), *quote)
            }
            Value::Cell(_) => over_cells(value, &mut |v| mapped(v, who, f))?,
            Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
                bail!("{who}: not defined for {}", value.type_name())
            }
            other => other.clone(),
        })
    }
    Ok(smallvec![mapped(&args[0], who, f)?])
}

fn upper(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    case(args, "toupper", u8::to_ascii_uppercase)
}

fn lower(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    case(args, "tolower", u8::to_ascii_lowercase)
}

fn classified(value: &Value, f: fn(u8) -> bool) -> Result<Value> {
    over_cells(value, &mut |v| {
        let shape = v.shape();
        room::check(&shape, 1)?;
        let found = match all_bytes(v) {
            Some(text) => text.iter().map(|&c| f(c)).collect(),
            None => vec![false; shape.len()],
        };
        Ok(Value::block(Block::dense(shape, Data::Bool(found))))
    })
}

fn class(args: &[Value], f: fn(u8) -> bool) -> Result<Values> {
    Ok(smallvec![classified(&args[0], f)?])
}

fn isstrprop(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let kind = args[1].to_text().unwrap_or_default();
    let f: fn(u8) -> bool = match kind.as_str() {
        "alpha" => |c| c.is_ascii_alphabetic(),
        "alnum" | "alphanum" => |c| c.is_ascii_alphanumeric(),
        "lower" => |c| c.is_ascii_lowercase(),
        "upper" => |c| c.is_ascii_uppercase(),
        "digit" => |c| c.is_ascii_digit(),
        "space" | "wspace" => is_space,
        "punct" => |c| c.is_ascii_punctuation(),
        "cntrl" => |c| c.is_ascii_control(),
        "graph" | "graphic" => |c| c.is_ascii_graphic(),
        "print" => |c| c == b' ' || c.is_ascii_graphic(),
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
