//! Numbers in other bases, and text as numbers: `dec2bin`, `hex2dec`, `str2double` and kin.

use crate::array::{Block, Complex64, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::text;
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("dec2base", (2, 3), 1, dec2base, DEC2BASE),
    Builtin::new("dec2bin", (1, 2), 1, dec2bin, DEC2BIN),
    Builtin::new("dec2hex", (1, 2), 1, dec2hex, DEC2HEX),
    Builtin::new("base2dec", (2, 2), 1, |_, args, _| base2dec(&args[0], &args[1]), BASE2DEC),
    Builtin::new("bin2dec", (1, 1), 1, |_, args, _| base2dec(&args[0], &Value::Num(2.0)), BIN2DEC),
    Builtin::new("hex2dec", (1, 1), 1, |_, args, _| base2dec(&args[0], &Value::Num(16.0)), HEX2DEC),
    Builtin::new("str2double", (1, 1), 1, str2double, STR2DOUBLE),
    Builtin::new("str2num", (1, 1), 2, str2num, STR2NUM),
];

const DEC2BASE: &str = "\
`dec2base (D, BASE)`, `dec2base (D, BASE, LEN)`, `dec2base (D, SYMBOLS)`

Whole numbers as digits of a base from 2 to 36, or with symbols of one's own; one row for each number, at least
`LEN` wide.

    dec2base (123, 3)    % ans = 11120";

const DEC2BIN: &str = "\
`dec2bin (D)`, `dec2bin (D, LEN)`

Whole numbers as binary digits; negative ones as two's complement of 8, 16, 32 or 64 bits.

    dec2bin (14)    % ans = 1110
    dec2bin (-14)   % ans = 11110010";

const DEC2HEX: &str = "\
`dec2hex (D)`, `dec2hex (D, LEN)`

Whole numbers as hexadecimal digits.

    dec2hex (2748)    % ans = ABC";

const BASE2DEC: &str = "\
`base2dec (S, BASE)`, `base2dec (S, SYMBOLS)`

The numbers that rows of digits stand for; what has a digit that is none is NaN.

    base2dec (\"11120\", 3)    % ans = 123";

const BIN2DEC: &str = "\
`bin2dec (S)`

The numbers that rows of binary digits stand for.

    bin2dec (\"1110\")    % ans = 14";

const HEX2DEC: &str = "\
`hex2dec (S)`

The numbers that rows of hexadecimal digits stand for.

    hex2dec (\"FFF\")    % ans = 4095";

const STR2DOUBLE: &str = "\
`str2double (S)`

The number a text stands for, complex ones too; NaN where it is none. Works on every row of a character matrix and
every element of a cell array.

    str2double (\"1e3\")               % ans = 1000
    str2double ({\"2 - 3i\", \"two\"})   % ans = 2 - 3i   NaN + 0i";

const STR2NUM: &str = "\
`X = str2num (S)`, `[X, OK] = str2num (S)`

The value of a text as an expression; empty, and `OK` false, where it is none.

    str2num (\"[1, 2; 3, 4]\")";

const SYMBOLS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Whole numbers to be written: as doubles (whose arithmetic rounds beyond 2^53), or exactly.
enum Numbers {
    Float(Vec<f64>),
    Exact(Vec<u64>),
}

impl Numbers {
    fn largest(&self) -> f64 {
        match self {
            Numbers::Float(v) => v.iter().copied().fold(1.0, f64::max),
            Numbers::Exact(v) => v.iter().copied().max().unwrap_or(1).max(1) as f64,
        }
    }

    /// The lowest digit of every number, which is taken off.
    fn take_digit(&mut self, base: usize) -> Vec<usize> {
        match self {
            Numbers::Float(v) => v
                .iter_mut()
                .map(|x| {
                    let digit = *x % base as f64;
                    *x = ((*x - digit) / base as f64).round();
                    digit as usize
                })
                .collect(),
            Numbers::Exact(v) => v
                .iter_mut()
                .map(|x| {
                    let digit = *x % base as u64;
                    *x /= base as u64;
                    digit as usize
                })
                .collect(),
        }
    }
}

/// The elements of a numeric argument; of a cell array, those of all its elements.
fn elements(host: &mut dyn Host, value: &Value) -> Result<Vec<Arc<Block>>> {
    match value {
        Value::Cell(cell) => cell.values.iter().map(|v| host.gather(v)?.to_block()).collect(),
        other => Ok(vec![host.gather(other)?.to_block()?]),
    }
}

/// Real whole elements as exact integers where the type is a 64-bit one, else as doubles.
fn read(blocks: &[Arc<Block>], allowed: &dyn Fn(DType) -> bool) -> Option<(Vec<f64>, Option<Vec<i128>>)> {
    let mut floats = Vec::new();
    let mut exact = Vec::new();
    let mut wide = false;
    for block in blocks {
        let dtype = block.dtype();
        if dtype.is_complex() || dtype == DType::Char || !allowed(dtype) {
            return None;
        }
        wide |= matches!(dtype, DType::I64 | DType::U64);
        for at in 0..block.len() {
            let x = block.data().get_f64(at);
            if x != x.trunc() || !x.is_finite() {
                return None;
            }
            floats.push(x);
            exact.push(match block.data() {
                Data::I64(v) => v[at].into(),
                Data::U64(v) => v[at].into(),
                _ => x as i128,
            });
        }
    }
    Some((floats, wide.then_some(exact)))
}

fn dec2base(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let blocks = elements(host, &args[0])?;
    let (floats, exact) = read(&blocks, &|_| true)
        .filter(|(floats, _)| floats.iter().all(|&x| x >= 0.0))
        .ok_or_else(|| fault!("dec2base: input must be real non-negative integers"))?;
    let numbers = match exact {
        Some(exact) => Numbers::Exact(exact.into_iter().map(|x| x as u64).collect()),
        None => Numbers::Float(floats),
    };
    let symbols = symbols("dec2base", &args[1])?;
    let rows = digits(numbers, &symbols, length(args.get(2))?);
    Ok(smallvec![text::matrix(&rows)])
}

/// The smallest width asked for.
fn length(value: Option<&Value>) -> Result<Option<usize>> {
    let Some(value) = value else { return Ok(None) };
    match value.to_f64() {
        Some(x) if x >= 0.0 && x == x.trunc() && x <= 1e6 && value.dtype().is_some_and(|d| !d.is_complex()) => {
            Ok(Some(x as usize))
        }
        _ => Err(fault!("dec2base: LEN must be a non-negative integer")),
    }
}

/// The digits of a base, or the symbols given.
fn symbols(who: &str, base: &Value) -> Result<Vec<u8>> {
    if let Value::Char(block, _) = base
        && let Data::Char(text) = block.data()
    {
        if (1..text.len()).any(|at| text[..at].contains(&text[at])) {
            bail!("{who}: symbols representing digits must be unique");
        }
        if text.iter().any(|c| matches!(c, b' ' | 9..=13)) {
            bail!("{who}: whitespace characters are not valid symbols");
        }
        if text.len() > 1 {
            return Ok(text.clone());
        }
    }
    match base.to_f64() {
        Some(x) if base.is_scalar() && x == x.trunc() && (2.0..=36.0).contains(&x) => {
            Ok(SYMBOLS[..x as usize].to_vec())
        }
        _ if !base.is_scalar() && who == "base2dec" => bail!("base2dec: cannot convert from several bases at once"),
        _ if who == "base2dec" => bail!("base2dec: BASE must be between 2 and 36, or a string of symbols"),
        _ => bail!("{who}: BASE must be an integer between 2 and 36, or a string of symbols"),
    }
}

/// Every number as a row of symbols, all as wide as the widest needs, and at least `length`.
fn digits(mut numbers: Numbers, symbols: &[u8], length: Option<usize>) -> Vec<Vec<u8>> {
    let base = symbols.len();
    // One more than needed at most, where the logarithm rounds up.
    let needed = (numbers.largest().ln() / (base as f64).ln()).round() as usize + 1;
    let width = needed.max(length.unwrap_or(0));
    let mut places: Vec<Vec<usize>> = (0..width).map(|_| numbers.take_digit(base)).collect();
    places.reverse();
    let count = places.first().map_or(0, Vec::len);
    let mut rows: Vec<Vec<u8>> =
        (0..count).map(|row| places.iter().map(|place| symbols[place[row]]).collect()).collect();
    let may_shrink = length.is_none_or(|length| width > length) && width > 1;
    if may_shrink && rows.iter().all(|row| row[0] == symbols[0]) {
        rows.iter_mut().for_each(|row| {
            row.remove(0);
        });
    }
    rows
}

/// Binary digits; where a number is negative, all as bits of the narrowest type that holds them.
fn binary(host: &mut dyn Host, value: &Value, length: Option<usize>) -> Result<Vec<Vec<u8>>> {
    let blocks = elements(host, value)?;
    let (floats, exact) =
        read(&blocks, &|dtype| dtype != DType::Bool).ok_or_else(|| fault!("dec2bin: input must be integers"))?;
    let numbers = if floats.iter().any(|&x| x < 0.0) {
        let exact = exact.unwrap_or_else(|| floats.iter().map(|&x| x as i128).collect());
        let bits = [8, 16, 32, 64].into_iter().find(|bits| {
            let most = 1i128 << (bits - 1);
            exact.iter().all(|&x| (-most..most).contains(&x))
        });
        let bits = bits.unwrap_or(64);
        let clamped = exact.iter().map(|&x| x.clamp(i64::MIN.into(), i64::MAX.into()) as i64);
        Numbers::Exact(clamped.map(|x| x as u64 & (u64::MAX >> (64 - bits))).collect())
    } else {
        match exact {
            Some(exact) => Numbers::Exact(exact.into_iter().map(|x| x as u64).collect()),
            None => Numbers::Float(floats),
        }
    };
    Ok(digits(numbers, b"01", length))
}

fn dec2bin(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let length = length(args.get(1))?;
    Ok(smallvec![text::matrix(&binary(host, &args[0], length)?)])
}

fn dec2hex(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let length = length(args.get(1))?;
    let rows = binary(host, &args[0], length.map(|n| 4 * n))?;
    let hex = |row: &Vec<u8>| -> Vec<u8> {
        row.rchunks(4)
            .rev()
            .map(|bits| SYMBOLS[bits.iter().fold(0, |n, &bit| 2 * n + usize::from(bit - b'0'))])
            .collect()
    };
    Ok(smallvec![text::matrix(&rows.iter().map(hex).collect::<Vec<_>>())])
}

/// Rows of digits as numbers; blanks in a row are squeezed out.
fn base2dec(written: &Value, base: &Value) -> Result<Values> {
    let rows = if matches!(written, Value::Cell(_)) { text::strings(written) } else { text::rows(written) };
    let rows = rows.ok_or_else(|| fault!("base2dec: S must be a string or cellstring"))?;
    let symbols = symbols("base2dec", base)?;
    let own = matches!(base, Value::Char(..));
    let number = |row: &Vec<u8>| {
        let digits = row.iter().filter(|&&c| c != b' ').map(|&c| {
            let c = if own { c } else { c.to_ascii_uppercase() };
            symbols.iter().position(|&s| s == c).map_or(f64::NAN, |digit| digit as f64)
        });
        digits.fold(0.0, |n, digit| n * symbols.len() as f64 + digit)
    };
    Ok(smallvec![Value::column(rows.iter().map(number).collect())])
}

fn str2double(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let nan = Complex64::new(f64::NAN, 0.0);
    let (shape, found): (Shape, Vec<Complex64>) = match &args[0] {
        Value::Char(block, _) if block.is_empty() => (Shape::scalar(), vec![nan]),
        value @ Value::Char(..) => {
            let rows = text::rows(value).unwrap_or_default();
            (
                Shape::matrix(rows.len(), 1),
                rows.iter().map(|row| super::parse_number::parse(row).unwrap_or(nan)).collect(),
            )
        }
        Value::Cell(cell) => {
            let number = |v: &Value| text::bytes(v).and_then(super::parse_number::parse);
            (cell.shape().clone(), cell.values.iter().map(|v| number(v).unwrap_or(nan)).collect())
        }
        _ => (Shape::scalar(), vec![nan]),
    };
    let data = if found.iter().any(|z| z.im != 0.0) {
        Data::C64(found)
    } else {
        Data::F64(found.iter().map(|z| z.re).collect())
    };
    Ok(smallvec![Value::block(Block::dense(shape, data))])
}

fn str2num(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Value::Char(block, _) = &args[0] else { bail!("str2num: S must be a string or string array") };
    let rows = if block.is_empty() { Vec::new() } else { text::rows(&args[0]).unwrap_or_default() };
    let rows: Vec<String> = rows.iter().map(|row| String::from_utf8_lossy(row).into_owned()).collect();
    let found = match host.eval_text(&format!("[{}]", rows.join(";")), 1) {
        Err(fault) if fault.interrupt => return Err(fault),
        Ok(values) => values.into_iter().next().filter(|value| !matches!(value, Value::Char(..))),
        Err(_) => None,
    };
    let known = found.is_some();
    let both = [found.unwrap_or_else(Value::empty), Value::Bool(known)];
    Ok(both.into_iter().take(call.nargout.max(1)).collect())
}
