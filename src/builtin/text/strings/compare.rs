//! Text compared with text: equal, equal at the start, a choice among words.

use crate::array::{Block, DType, Data, Shape};
use crate::builtin::text::{all_bytes, bytes, lossy, rows, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "strcmp",
        (2, 2),
        1,
        |_, a, _| compare(a, |x, y| x == y),
        "strcmp (S1, S2)\n\nWhether two texts are equal, upper and lower case apart; element by element for cell arrays.\n\n    strcmp (\"a\", {\"a\", \"b\"})    % 1 0",
    ),
    Builtin::new(
        "strcmpi",
        (2, 2),
        1,
        |_, a, _| compare(a, <[u8]>::eq_ignore_ascii_case),
        "strcmpi (S1, S2)\n\nAs `strcmp`, upper and lower case alike.\n\n    strcmpi (\"A\", \"a\")    % 1",
    ),
    Builtin::new(
        "strncmp",
        (3, 3),
        1,
        |_, a, _| compare_start("strncmp", a, |x, y| x == y),
        "strncmp (S1, S2, N)\n\nWhether the first N characters are equal.\n\n    strncmp (\"abc\", \"abd\", 2)    % 1",
    ),
    Builtin::new(
        "strncmpi",
        (3, 3),
        1,
        |_, a, _| compare_start("strncmpi", a, <[u8]>::eq_ignore_ascii_case),
        "strncmpi (S1, S2, N)\n\nAs `strncmp`, upper and lower case alike.\n\n    strncmpi (\"ABC\", \"abd\", 2)    % 1",
    ),
    Builtin::new(
        "startsWith",
        (2, 4),
        1,
        |_, a, _| ends("startsWith", a, <[u8]>::starts_with),
        "startsWith (STR, PATTERN), startsWith (STR, PATTERN, \"IgnoreCase\", TF)\n\nWhether each string starts with one of the patterns.\n\n    startsWith ({\"hello\", \"abc\"}, \"he\")    % 1 0",
    ),
    Builtin::new(
        "endsWith",
        (2, 4),
        1,
        |_, a, _| ends("endsWith", a, <[u8]>::ends_with),
        "endsWith (STR, PATTERN), endsWith (STR, PATTERN, \"IgnoreCase\", TF)\n\nWhether each string ends with one of the patterns.\n\n    endsWith ({\"hello\", \"abc\"}, \"lo\")    % 1 0",
    ),
    Builtin::new(
        "validatestring",
        (2, 5),
        1,
        validatestring,
        "validatestring (STR, STRARRAY), validatestring (STR, STRARRAY, FUNCNAME, VARNAME, POSITION)\n\nThe one string of a list that starts with STR, case ignored; an error when there is none or more than one.\n\n    validatestring (\"r\", {\"red\", \"green\"})    % red",
    ),
];

type Same = fn(&[u8], &[u8]) -> bool;

/// Compares text with text by `same`; anything that is no text equals nothing.
fn compare(args: &[Value], same: Same) -> Result<Values> {
    // Inside cell arrays all empty texts are the same.
    let cells = args[..2].iter().any(|x| matches!(x, Value::Cell(_)));
    Ok(smallvec![compared("strcmp", &args[0], &args[1], &|x: &Value, y: &Value| {
        match (all_bytes(x), all_bytes(y)) {
            (Some(a), Some(b)) => (x.shape() == y.shape() || cells && a.is_empty() && b.is_empty()) && same(a, b),
            _ => false,
        }
    })?])
}

fn compare_start(who: &str, args: &[Value], same: Same) -> Result<Values> {
    let n = match args[2].to_f64() {
        Some(n) if n >= 1.0 => n as usize,
        _ => bail!("{who}: N must be greater than 0"),
    };
    Ok(smallvec![compared(who, &args[0], &args[1], &|x: &Value, y: &Value| {
        match (all_bytes(x), all_bytes(y)) {
            // Texts that are both shorter than N are compared whole.
            (Some(a), Some(b)) => {
                let start = |t: &[u8]| t.len().min(n);
                start(a) == start(b) && same(&a[..start(a)], &b[..start(b)])
            }
            _ => false,
        }
    })?])
}

fn truths(shape: Shape, found: Vec<bool>) -> Value {
    Value::block(Block::dense(shape, Data::Bool(found)))
}

/// Spreads a comparison over cell arrays: a cell with a text, a cell with the rows of a matrix, two of one shape.
fn compared(who: &str, x: &Value, y: &Value, same: &dyn Fn(&Value, &Value) -> bool) -> Result<Value> {
    match (x, y) {
        (Value::Cell(a), Value::Cell(b)) => {
            if a.values.len() == 1 {
                return Ok(truths(b.shape().clone(), b.values.iter().map(|v| same(&a.values[0], v)).collect()));
            }
            if b.values.len() == 1 {
                return Ok(truths(a.shape().clone(), a.values.iter().map(|v| same(v, &b.values[0])).collect()));
            }
            if a.shape() != b.shape() {
                bail!("{who}: nonconformant cell arrays");
            }
            let found = a.values.iter().zip(&b.values).map(|(v, w)| same(v, w)).collect();
            Ok(truths(a.shape().clone(), found))
        }
        (Value::Cell(cell), text) | (text, Value::Cell(cell)) => {
            let lines = if text.shape().rows() > 1 { rows(text) } else { None };
            match lines {
                Some(lines) if lines.len() == cell.values.len() || cell.values.len() == 1 => {
                    let shape =
                        if cell.values.len() == 1 { Shape::matrix(lines.len(), 1) } else { cell.shape().clone() };
                    let found = (0..lines.len())
                        .map(|i| same(&cell.values[i.min(cell.values.len() - 1)], &Value::from(lossy(&lines[i]))))
                        .collect();
                    Ok(truths(shape, found))
                }
                Some(_) => Ok(truths(cell.shape().clone(), vec![false; cell.values.len()])),
                None => Ok(truths(cell.shape().clone(), cell.values.iter().map(|v| same(v, text)).collect())),
            }
        }
        _ => Ok(Value::Bool(same(x, y))),
    }
}

fn ends(who: &str, args: &[Value], test: Same) -> Result<Values> {
    let (Some(texts), Some(patterns)) = (strings(&args[0]), strings(&args[1])) else {
        let which = if strings(&args[0]).is_none() { "STR" } else { "PATTERN" };
        bail!("{who}: {which} must be a string or cell array of strings");
    };
    let fold = match args.get(2..) {
        None | Some([]) => false,
        Some([option, rest @ ..]) => {
            if option.to_text().is_none_or(|t| !t.eq_ignore_ascii_case("IgnoreCase")) {
                return Err(fault!("{who}: third input must be \"IgnoreCase\""));
            }
            let flag = rest.first().filter(|flag| flag.is_scalar() && flag.dtype().is_some());
            let flag = flag.ok_or_else(|| fault!("{who}: \"IgnoreCase\" value must be a logical scalar"))?;
            crate::value::convert::is_true(flag)?
        }
    };
    let case = |text: &Vec<u8>| if fold { text.to_ascii_lowercase() } else { text.clone() };
    let patterns: Vec<Vec<u8>> = patterns.iter().map(case).collect();
    let found: Vec<bool> = texts.iter().map(case).map(|text| patterns.iter().any(|p| test(&text, p))).collect();
    let shape = match &args[0] {
        Value::Cell(cell) => cell.shape().clone(),
        _ => Shape::matrix(found.len(), 1),
    };
    Ok(smallvec![truths(shape, found)])
}

fn validatestring(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = bytes(&args[0]) else { bail!("validatestring: STR must be a single character string") };
    let (Value::Cell(_), Some(choices)) = (&args[1], strings(&args[1])) else {
        bail!("validatestring: STRARRAY must be a cellstr");
    };
    // Names of the function and of the variable, then the position of the argument; each may be missing.
    let names: Vec<&Value> = args[2..].iter().filter(|x| matches!(x, Value::Char(..))).collect();
    if names.len() > 2 {
        bail!("validatestring: invalid number of character inputs (> 3)");
    }
    for (name, what) in names.iter().zip(["FUNCNAME", "VARNAME"]) {
        if bytes(name).is_none() {
            bail!("validatestring: {what} must be a single character string");
        }
    }
    let mut names = names.into_iter().filter_map(Value::to_text);
    let function = names.next().filter(|name| !name.is_empty()).unwrap_or_else(|| "validatestring".to_owned());
    let mut which: Vec<String> = Vec::new();
    which.extend(names.next().filter(|name| !name.is_empty()).map(|variable| format!("variable {variable}")));
    if let Some(position) = args[2..].iter().filter(|x| x.dtype() != Some(DType::Char)).find_map(Value::to_f64) {
        if position < 1.0 {
            bail!("validatestring: POSITION must be >= 1");
        }
        which.push(format!("argument #{}", position.trunc()));
    }
    let which = if which.is_empty() { String::new() } else { format!(" ({})", which.join(", ")) };
    let shown = format!("'{}'{which}", lossy(text));
    let starts = |choice: &&Vec<u8>| choice.len() >= text.len() && choice[..text.len()].eq_ignore_ascii_case(text);
    let matching: Vec<&Vec<u8>> = choices.iter().filter(starts).collect();
    let list = |choices: &[&Vec<u8>]| choices.iter().map(|c| format!("'{}'", lossy(c))).collect::<Vec<_>>().join(", ");
    let chosen = match &matching[..] {
        [] => bail!("{function}: {shown} does not match any of\n{}", list(&choices.iter().collect::<Vec<_>>())),
        [only] => only,
        several => {
            // A word that all others begin with is the one that is meant.
            let shortest = several.iter().min_by_key(|c| c.len()).unwrap_or(&several[0]);
            let exact = several.iter().find(|c| c.eq_ignore_ascii_case(text));
            match exact {
                Some(exact) => exact,
                None if several.iter().all(|c| c.starts_with(shortest)) => shortest,
                None => bail!("{function}: {shown} matches multiple possible values:\n{}", list(several)),
            }
        }
    };
    Ok(smallvec![Value::from(lossy(chosen))])
}
