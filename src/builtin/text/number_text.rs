//! Numbers as text: `num2str` and kin. All of them choose a template and leave the rest to the `printf` engine.

use crate::array::{Block, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::usage;
use crate::builtin::text;
use crate::diag::{Fault, Result};
use crate::value::{Value, escape, format};
use crate::{bail, fault, map_data};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("num2str", (1, 2), 1, num2str, NUM2STR).minds_complex(),
    Builtin::new("int2str", (1, 1), 1, int2str, INT2STR),
    Builtin::new("mat2str", (1, 3), 1, mat2str, MAT2STR).minds_complex(),
];

const NUM2STR: &str = "\
`num2str (X)`, `num2str (X, DIGITS)`, `num2str (X, TEMPLATE)`

Numbers as text, one row of text for each row of numbers: whole numbers in full, others with four decimals or as
many significant digits as asked for. Text comes back as it is.

    num2str (pi)          % ans = 3.1416
    num2str (pi, 8)       % ans = 3.1415927
    num2str ([1 2 3])     % ans = 1  2  3";

const INT2STR: &str = "\
`int2str (X)`

Numbers, rounded, as text.

    int2str (2.7)    % ans = 3";

const MAT2STR: &str = "\
`mat2str (X)`, `mat2str (X, DIGITS)`, `mat2str (X, DIGITS, \"class\")`

A matrix as the text that would make it, with 15 significant digits or as many as asked for; with `\"class\"` in a
call of its class.

    mat2str ([1 2; 3 4.5])           % ans = [1 2;3 4.5]
    mat2str (int8 (5), \"class\")      % ans = int8(5)";

fn num2str(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if matches!(args[0], Value::Char(..)) {
        return Ok(smallvec![args[0].clone()]);
    }
    let x = numbers(host, &args[0], "num2str: X")?;
    if x.is_empty() {
        return Ok(smallvec![Value::text("")]);
    }
    let wish = args.get(1).map(wish).transpose()?;
    if x.dtype().is_complex() {
        return Ok(smallvec![complex_text(&x, wish)?]);
    }
    let template = match wish {
        Some(Wish::Template(template)) => template,
        Some(Wish::Digits(digits)) if x.dtype().is_float() => format!("%{}.{digits}g", digits.saturating_add(7)).into(),
        Some(Wish::Digits(digits)) => format!("%{digits}d").into(),
        None => real_template(&x).into(),
    };
    // A template with several conversions is for whole rows, one with a single conversion for every column.
    let conversions = template.iter().filter(|&&c| c == b'%').count() - 2 * count(&template, b"%%");
    let template = if conversions > 1 || template == b"%s" || template == b"%c" {
        template
    } else {
        let mut row = trimmed_end(&template.repeat(columns(&x))).to_vec();
        row.push(b'\n');
        row
    };
    let text = format::format("num2str", &template, &[Value::block(by_rows(&x))])?;
    Ok(smallvec![rows_of(&text)])
}

/// What the second argument of `num2str` asks for.
enum Wish {
    Digits(usize),
    Template(Vec<u8>),
}

fn wish(value: &Value) -> Result<Wish> {
    if let Value::Char(block, _) = value
        && let Data::Char(text) = block.data()
    {
        return Ok(Wish::Template(escape::unescape(text, &mut |_| {})));
    }
    match value.to_f64() {
        Some(x) if value.is_scalar() && x >= 0.0 && x == x.trunc() && x <= 1e9 => Ok(Wish::Digits(x as usize)),
        _ => Err(fault!("num2str: PRECISION must be a scalar integer >= 0")),
    }
}

/// The conversion for every element of a real array.
fn real_template(x: &Block) -> String {
    if x.dtype() == DType::Bool {
        return "%3d".to_owned();
    }
    let part = Part::of((0..x.len()).map(|i| x.data().get_f64(i)));
    if part.size > 15 || !part.whole {
        let digits = part.digits();
        return format!("%{}.{digits}g", digits + 7);
    }
    let width = if part.nonfinite { (part.size + 3).max(5) } else { part.size + 3 };
    if x.dtype().is_float() { format!("%{width}.0f") } else { format!("%{width}d") }
}

/// What the choice of a template depends on.
struct Part {
    /// The power of ten of the largest finite magnitude.
    size: i32,
    whole: bool,
    nonfinite: bool,
}

impl Part {
    fn of(elements: impl Iterator<Item = f64>) -> Part {
        let (mut largest, mut whole, mut nonfinite) = (0.0f64, true, false);
        for x in elements {
            if x.is_finite() {
                largest = largest.max(x.abs());
                whole &= x == x.trunc();
            } else {
                nonfinite = true;
            }
        }
        Part { size: if largest > 0.0 { largest.log10().floor() as i32 } else { 0 }, whole, nonfinite }
    }

    /// Significant digits that show four decimals, within 5 and 16.
    fn digits(&self) -> i32 {
        (self.size + 5).clamp(5, 16)
    }
}

/// Every element as `re+imi`; the imaginary parts are left-aligned, so that `i` follows the number.
fn complex_text(x: &Block, wish: Option<Wish>) -> Result<Value> {
    let template: Vec<u8> = match wish {
        Some(Wish::Template(template)) => {
            let tail = template.get(1..).unwrap_or_default();
            [trimmed_end(&template), b"%-+", tail, b"i"].concat()
        }
        Some(Wish::Digits(digits)) => {
            let width = digits.saturating_add(7);
            format!("%{width}.{digits}g%-+{width}.{digits}gi").into()
        }
        None => {
            let each = || (0..x.len()).map(|i| x.data().get_c64(i));
            let part = Part::of(each().flat_map(|z| [z.re, z.im]));
            if each().filter(|z| z.is_finite()).all(|z| z.re == z.re.trunc() && z.im == z.im.trunc()) {
                let width = part.size + 3;
                format!("%{width}.0f%-+{width}.0fi").into()
            } else {
                let digits = part.digits();
                format!("%{0}.{digits}g%-+{0}.{digits}gi", digits + 7).into()
            }
        }
    };
    let columns = columns(x);
    let x = by_rows(x);
    let parts: Vec<f64> = (0..x.len()).map(|i| x.data().get_c64(i)).flat_map(|z| [z.re, z.im]).collect();
    let mut row = trimmed_end(&template.repeat(columns)).to_vec();
    row.push(b'\n');
    let text = format::format("num2str", &row, &[Value::row(parts)])?;
    Ok(rows_of(&gathered_units(&text)))
}

/// Moves every `i` in front of the blanks before it; those at the end of a line vanish.
fn gathered_units(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (at, &c) in text.iter().enumerate() {
        if c == b'i' {
            let kept = out.iter().rposition(|&c| c != b' ').map_or(0, |at| at + 1);
            let blanks = out.len() - kept;
            out.truncate(kept);
            out.push(b'i');
            if text.get(at + 1) != Some(&b'\n') {
                out.resize(out.len() + blanks, b' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn int2str(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if matches!(args[0], Value::Char(..)) {
        return Ok(smallvec![args[0].clone()]);
    }
    let x = numbers(host, &args[0], "int2str: N")?;
    if x.is_empty() {
        return Ok(smallvec![Value::text("")]);
    }
    let rounded: Vec<f64> = (0..x.len()).map(|i| x.data().get_f64(i).round()).collect();
    let part = Part::of(rounded.iter().copied());
    let width = if part.nonfinite { (part.size + 3).max(5) } else { part.size + 3 };
    let template = format!("{}\n", format!("%{width}.0f").repeat(columns(&x)));
    let rounded = Block::dense(x.shape().clone(), Data::F64(rounded));
    let text = format::format("int2str", template.as_bytes(), &[Value::block(by_rows(&rounded))])?;
    Ok(smallvec![rows_of(&text)])
}

fn mat2str(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = host.gather(&args[0])?;
    if x.dtype().is_none() {
        return Err(usage("mat2str"));
    }
    let x = x.to_block()?;
    if x.shape().rank() > 2 {
        bail!("mat2str: X must be two dimensional");
    }
    let (mut digits, mut with_class) = ([15, 15], false);
    for arg in &args[1..] {
        match arg.to_text() {
            Some(word) if matches!(arg, Value::Char(..)) => with_class = word == "class",
            _ => digits = precisions(arg)?.unwrap_or(digits),
        }
    }
    let (rows, columns) = (x.shape().rows(), x.shape().columns());
    let element = |at: usize| one(x.data(), at, digits);
    let mut text = match x.data() {
        Data::Char(v) if rows == 1 => quoted(v),
        Data::Char(v) => {
            let lines = (0..rows).map(|r| quoted(&(0..columns).map(|c| v[r + c * rows]).collect::<Vec<u8>>()));
            format!("[{}]", lines.collect::<Vec<String>>().join(";"))
        }
        _ if x.len() == 1 => element(0),
        _ if x.is_empty() => "[]".to_owned(),
        _ => {
            let row = |r: usize| (0..columns).map(|c| element(r + c * rows)).collect::<Vec<String>>().join(" ");
            format!("[{}]", (0..rows).map(row).collect::<Vec<String>>().join(";"))
        }
    };
    if with_class {
        text = format!("{}({text})", x.dtype().class());
    }
    Ok(smallvec![Value::from(text)])
}

/// The digits of real and imaginary part; `None` for an empty argument.
fn precisions(value: &Value) -> Result<Option<[usize; 2]>> {
    let block = value.to_block()?;
    // No double has more digits than this.
    let digits = |at: usize| block.data().get_f64(at).clamp(0.0, 1100.0) as usize;
    match block.len() {
        0 => Ok(None),
        1 => Ok(Some([digits(0), digits(0)])),
        2 => Ok(Some([digits(0), digits(1)])),
        _ => Err(fault!("mat2str: N must have only 1 or 2 elements")),
    }
}

/// One element as `mat2str` writes it.
fn one(data: &Data, at: usize, [re, im]: [usize; 2]) -> String {
    let filled = |template: String, args: &[Value]| {
        let text = format::format("mat2str", template.as_bytes(), args).unwrap_or_default();
        String::from_utf8_lossy(&text).into_owned()
    };
    match data {
        Data::Bool(v) => v[at].to_string(),
        Data::I64(v) => v[at].to_string(),
        Data::U64(v) => v[at].to_string(),
        Data::C64(_) | Data::C32(_) => {
            let z = data.get_c64(at);
            filled(format!("%.{re}g%+.{im}gi"), &[Value::Num(z.re), Value::Num(z.im)])
        }
        _ => filled(format!("%.{re}g"), &[Value::Num(data.get_f64(at))]),
    }
}

/// Text in double quotes.
fn quoted(text: &[u8]) -> String {
    format!("\"{}\"", String::from_utf8_lossy(text).replace('"', "\"\""))
}

/// A numeric or logical argument in memory; `what` it is called in the complaint.
fn numbers(host: &mut dyn Host, value: &Value, what: &str) -> Result<Arc<Block>> {
    let wrong = || -> Fault { fault!("{what} must be a numeric, logical, or character array") };
    if value.dtype().is_none() {
        return Err(wrong());
    }
    host.gather(value)?.to_block()
}

/// How many conversions a row of text takes: n-d arrays continue to the right, as Octave counts them.
fn columns(x: &Block) -> usize {
    x.shape().columns() * (x.shape().rank() - 1)
}

/// The elements row by row (each row through all pages), as a row.
fn by_rows(x: &Block) -> Block {
    let rows = x.shape().rows();
    let across = x.len() / rows.max(1);
    let order = (0..rows).flat_map(|r| (0..across).map(move |c| r + c * rows));
    let data = map_data!(x.data(), v => order.map(|i| v[i]).collect());
    Block::dense(Shape::matrix(1, x.len()), data)
}

/// The lines of a text that are not empty as a character matrix, without what is blank in all of them at both ends.
fn rows_of(text: &[u8]) -> Value {
    let lines: Vec<&[u8]> = text.split(|&c| c == b'\n').filter(|line| !line.is_empty()).collect();
    let blank = |c: &u8| matches!(c, 0 | b' ' | 9..=13);
    let first = lines.iter().filter_map(|line| line.iter().position(|c| !blank(c))).min().unwrap_or(0);
    let last = lines.iter().filter_map(|line| line.iter().rposition(|c| !blank(c))).max().map_or(0, |at| at + 1);
    let cut: Vec<&[u8]> = lines.iter().map(|line| &line[first.min(line.len())..last.min(line.len())]).collect();
    if cut.iter().all(|line| line.is_empty()) {
        return Value::text("");
    }
    text::matrix(&cut)
}

/// Without blanks, newlines and NULs at the end.
fn trimmed_end(text: &[u8]) -> &[u8] {
    let kept = text.iter().rposition(|c| !matches!(c, 0 | b' ' | 9..=13)).map_or(0, |at| at + 1);
    &text[..kept]
}

/// How often a pattern occurs, occurrences not overlapping.
fn count(text: &[u8], pattern: &[u8]) -> usize {
    let (mut at, mut n) = (0, 0);
    while at + pattern.len() <= text.len() {
        let here = text[at..].starts_with(pattern);
        n += usize::from(here);
        at += if here { pattern.len() } else { 1 };
    }
    n
}
