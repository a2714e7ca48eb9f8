//! The engine behind `printf`, `sprintf`, `fprintf`, `error` and kin: a template and values become text.
//!
//! The template is used again while elements are left; it ends early at a conversion for which there is none.
//! An empty argument counts as one element that prints nothing. What C leaves open (an integer conversion of a
//! fraction, text for a number) is settled as Octave settles it: such a number is shown as `%g` would.

use super::decimal;
use super::display::number::is_na;
use super::{Range, Value};
use crate::array::{Block, Data, Shape, room};
use crate::diag::Result;
use crate::{bail, fault};
use std::sync::Arc;

/// Wider fields are made only if memory holds them.
const WIDE: usize = 1 << 20;

/// Uses of the template between two questions whether to go on.
const ASKS_AFTER: usize = 1 << 12;

/// Fills a template (escapes already replaced) from the elements of all arguments in order.
///
/// Errors are in the name of `who`: a template that is none, and arguments that have no elements to print (cells,
/// structs, handles). Lazy arrays must have been gathered.
pub fn format(who: &str, template: &[u8], args: &[Value]) -> Result<Vec<u8>> {
    format_while(who, template, args, &mut || Ok(()))
}

/// As [`format`], asking now and then whether to go on.
pub fn format_while(
    who: &str,
    template: &[u8],
    args: &[Value],
    goes_on: &mut dyn FnMut() -> Result<()>,
) -> Result<Vec<u8>> {
    let pieces = parse(who, template)?;
    let mut elements = Elements::new(who, args)?;
    let mut out = Vec::with_capacity(template.len() + 16);
    let conversions = pieces.iter().any(|piece| matches!(piece, Piece::Conversion(_)));
    let mut asked = 0;
    for round in 1usize.. {
        if round % ASKS_AFTER == 0 || out.len() > asked + WIDE {
            goes_on()?;
            // As it grows, the text is in memory twice.
            room::check(&Shape::matrix(1, out.len()), 2)?;
            asked = out.len();
        }
        for piece in &pieces {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text),
                Piece::Conversion(spec) => {
                    let Some(spec) = spec.resolve(who, &mut elements)? else { return Ok(out) };
                    if elements.done() {
                        return Ok(out);
                    }
                    let wanted = spec.width().max(spec.precision().unwrap_or(0));
                    if wanted > WIDE {
                        // Twice for what is put together first, twice for how text grows.
                        room::check(&Shape::matrix(1, out.len() + wanted), 4)?;
                    }
                    spec.convert(&mut out, &mut elements)?;
                }
            }
        }
        if !conversions || elements.done() {
            break;
        }
    }
    Ok(out)
}

enum Piece {
    Text(Vec<u8>),
    Conversion(Spec),
}

/// A width or a precision.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    None,
    Is(usize),
    /// `*`: the next element says.
    Next,
}

#[derive(Debug, Clone, Copy)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: Size,
    precision: Size,
    kind: u8,
}

/// Cuts a template into text and conversions.
fn parse(who: &str, template: &[u8]) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = Vec::new();
    let mut at = 0;
    while at < template.len() {
        if template[at] != b'%' {
            text.push(template[at]);
            at += 1;
            continue;
        }
        at += 1;
        let invalid = || fault!("{who}: invalid format specified");
        let mut spec = Spec {
            left: false,
            plus: false,
            space: false,
            zero: false,
            alternate: false,
            width: Size::None,
            precision: Size::None,
            kind: 0,
        };
        while let Some(&flag) = template.get(at) {
            match flag {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'0' => spec.zero = true,
                b'#' => spec.alternate = true,
                _ => break,
            }
            at += 1;
        }
        spec.width = size(template, &mut at).ok_or_else(invalid)?;
        if template.get(at) == Some(&b'.') {
            at += 1;
            spec.precision = match size(template, &mut at).ok_or_else(invalid)? {
                Size::None => Size::Is(0),
                other => other,
            };
        }
        let modifier = template.get(at).copied().filter(|c| b"lhL".contains(c));
        at += usize::from(modifier.is_some());
        spec.kind = *template.get(at).ok_or_else(invalid)?;
        at += 1;
        let allowed: &[u8] = match modifier {
            None => b"diouxXcsfeEgGp%",
            Some(b'l') => b"diouxXc",
            Some(b'h') => b"diouxX",
            Some(_) => b"feEgG",
        };
        if !allowed.contains(&spec.kind) {
            return Err(invalid());
        }
        if spec.kind == b'%' {
            text.push(b'%');
            continue;
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Conversion(spec));
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

/// Digits or `*`; `None` for a number no width can have.
fn size(template: &[u8], at: &mut usize) -> Option<Size> {
    if template.get(*at) == Some(&b'*') {
        *at += 1;
        return Some(Size::Next);
    }
    let mut value: Option<usize> = None;
    while let Some(digit) = template.get(*at).filter(|c| c.is_ascii_digit()) {
        value = Some(value.unwrap_or(0) * 10 + usize::from(digit - b'0'));
        if value > Some(MOST) {
            return None;
        }
        *at += 1;
    }
    Some(value.map_or(Size::None, Size::Is))
}

/// The widest field; C's `INT_MAX`.
const MOST: usize = i32::MAX as usize;

/// One element on its way into the text.
#[derive(Debug, Clone, Copy)]
enum Element {
    /// What an empty argument counts as.
    Empty,
    Float(f64),
    Whole(i128),
    /// A complex number with an imaginary part.
    Complex(f64),
}

impl Element {
    fn float(self) -> f64 {
        match self {
            Element::Empty => 0.0,
            Element::Float(x) | Element::Complex(x) => x,
            Element::Whole(x) => x as f64,
        }
    }

    /// The byte that stands for a whole number from 0 to 255.
    fn byte(self) -> Option<u8> {
        let x = self.float();
        (!matches!(self, Element::Empty) && x == x.trunc() && (0.0..256.0).contains(&x)).then_some(x as u8)
    }
}

/// The elements of all arguments, in order.
struct Elements {
    sources: Vec<Source>,
    source: usize,
    at: usize,
}

enum Source {
    Number(f64),
    Range(Arc<Range>),
    Block(Arc<Block>),
}

impl Elements {
    fn new(who: &str, args: &[Value]) -> Result<Elements> {
        let mut sources = Vec::with_capacity(args.len());
        for arg in args {
            sources.push(match arg {
                Value::Num(x) => Source::Number(*x),
                Value::Bool(x) => Source::Number(f64::from(u8::from(*x))),
                Value::Range(range) => Source::Range(range.clone()),
                // A handle has no text: it fills its place with nothing.
                Value::Func(_) => Source::Block(Value::empty().to_block()?),
                Value::Cell(_) | Value::Struct(_) | Value::Map(_) | Value::Object(_) => {
                    bail!("{who}: wrong type argument '{}'", arg.type_name())
                }
                other => Source::Block(other.to_block()?),
            });
        }
        Ok(Elements { sources, source: 0, at: 0 })
    }

    fn done(&self) -> bool {
        self.source >= self.sources.len()
    }

    /// The element that is next, without taking it; `None` behind the last of its argument.
    fn peek(&self) -> Option<Element> {
        match self.sources.get(self.source)? {
            Source::Number(x) => (self.at == 0).then_some(Element::Float(*x)),
            Source::Range(range) if range.is_empty() => (self.at == 0).then_some(Element::Empty),
            Source::Range(range) => (self.at < range.len()).then(|| Element::Float(range.get(self.at))),
            Source::Block(block) if block.is_empty() => (self.at == 0).then_some(Element::Empty),
            Source::Block(block) => (self.at < block.len()).then(|| element(block.data(), self.at)),
        }
    }

    /// Takes the next element; the cursor moves on to the next argument behind the last.
    fn next(&mut self) -> Option<Element> {
        let element = self.peek()?;
        self.at += 1;
        if self.peek().is_none() {
            self.source += 1;
            self.at = 0;
        }
        Some(element)
    }
}

fn element(data: &Data, at: usize) -> Element {
    match data {
        Data::I64(v) => Element::Whole(v[at].into()),
        Data::U64(v) => Element::Whole(v[at].into()),
        Data::C64(_) | Data::C32(_) => match data.get_c64(at) {
            z if z.im == 0.0 => Element::Float(z.re),
            z => Element::Complex(z.re),
        },
        _ => Element::Float(data.get_f64(at)),
    }
}

impl Spec {
    /// The same with every `*` replaced; `None` where there is no element for one.
    fn resolve(mut self, who: &str, elements: &mut Elements) -> Result<Option<Spec>> {
        for size in [&mut self.width, &mut self.precision] {
            if *size != Size::Next {
                continue;
            }
            let Some(element) = elements.next() else { return Ok(None) };
            if matches!(element, Element::Empty) {
                bail!("invalid conversion from real matrix to real scalar");
            }
            let x = element.float();
            if x != x.trunc() || !(0.0..=MOST as f64).contains(&x) {
                bail!("{who}: invalid field width, must be integer >= 0 and <= INT_MAX");
            }
            *size = Size::Is(x as usize);
        }
        Ok(Some(self))
    }

    fn width(&self) -> usize {
        if let Size::Is(width) = self.width { width } else { 0 }
    }

    fn precision(&self) -> Option<usize> {
        if let Size::Is(precision) = self.precision { Some(precision) } else { None }
    }

    /// Takes what this conversion needs and writes it.
    fn convert(&self, out: &mut Vec<u8>, elements: &mut Elements) -> Result<()> {
        if self.kind == b's' {
            let mut text = Vec::new();
            let source = elements.source;
            while elements.source == source
                && let Some(byte) = elements.peek().and_then(Element::byte)
            {
                text.push(byte);
                elements.next();
            }
            if !text.is_empty() {
                self.text(out, &text);
                return Ok(());
            }
        }
        let Some(element) = elements.next() else { return Ok(()) };
        let x = element.float();
        match (self.kind, element) {
            (b's' | b'c', Element::Empty) => self.text(out, b""),
            (b'p', _) | (_, Element::Empty) => {}
            _ if !x.is_finite() => self.nonfinite(out, x),
            (b's', _) => {}
            (b'd' | b'i', Element::Complex(_)) if x == x.trunc() => return Err(not_real("int64")),
            (b'o' | b'u' | b'x' | b'X', Element::Complex(_)) if x == x.trunc() => return Err(not_real("uint64")),
            (b'd' | b'i', Element::Whole(x)) if x <= i64::MAX.into() => self.integer(out, x),
            (b'd' | b'i', Element::Float(x)) if x == x.trunc() && x <= i64::MAX as f64 => {
                self.integer(out, (x as i64).into());
            }
            (b'o' | b'u' | b'x' | b'X', Element::Whole(x)) if x >= 0 => self.integer(out, x),
            (b'o' | b'u' | b'x' | b'X', Element::Float(x)) if x == x.trunc() && (0.0..=TWO_64).contains(&x) => {
                self.integer(out, (x as u64).into());
            }
            (b'c', _) if x == x.trunc() && x <= i64::MAX as f64 => self.character(out, x),
            _ => self.float(out, x),
        }
        Ok(())
    }

    /// Text, cut to the precision.
    fn text(&self, out: &mut Vec<u8>, text: &[u8]) {
        let text = &text[..text.len().min(self.precision().unwrap_or(usize::MAX))];
        self.pad(out, b"", text, false);
    }

    fn nonfinite(&self, out: &mut Vec<u8>, x: f64) {
        let (sign, text): (&[u8], &[u8]) = match x {
            x if is_na(x) => (b"", b"NA"),
            x if x.is_nan() => (b"", b"NaN"),
            x if x < 0.0 => (b"-", b"Inf"),
            _ => (b"", b"Inf"),
        };
        let sign = if self.plus && sign.is_empty() { b"+" } else { sign };
        self.pad(out, sign, text, false);
    }

    /// `%c` of a whole number: its byte, or beyond those its UTF-8 (in the original definition, up to six bytes).
    fn character(&self, out: &mut Vec<u8>, x: f64) {
        if (0.0..256.0).contains(&x) {
            return self.text(out, &[x as u8]);
        }
        let Ok(code) = u32::try_from(x as i64 as i32) else { return };
        let mut bytes = Vec::new();
        let tails = (1..5).find(|n| code < 1 << (5 * n + 6)).unwrap_or(5);
        let lead = (0xFFu16 << (7 - tails)) as u8 & if tails == 5 { 0xFC } else { 0xFF };
        bytes.push(lead | (code >> (6 * tails)) as u8);
        bytes.extend((0..tails).rev().map(|n| 0x80 | (code >> (6 * n)) as u8 & 0x3F));
        self.pad(out, b"", &bytes, false);
    }

    fn integer(&self, out: &mut Vec<u8>, x: i128) {
        let magnitude = x.unsigned_abs();
        let mut digits = match self.kind {
            b'o' => format!("{magnitude:o}"),
            b'x' => format!("{magnitude:x}"),
            b'X' => format!("{magnitude:X}"),
            _ => magnitude.to_string(),
        };
        let precision = self.precision();
        if precision == Some(0) && x == 0 {
            digits.clear();
        }
        if let Some(zeros) = precision.and_then(|p| p.checked_sub(digits.len())) {
            digits.insert_str(0, &"0".repeat(zeros));
        }
        let prefix: &[u8] = match self.kind {
            b'x' if self.alternate && x != 0 => b"0x",
            b'X' if self.alternate && x != 0 => b"0X",
            b'o' if self.alternate && !digits.starts_with('0') => b"0",
            b'd' | b'i' => self.sign(x < 0),
            _ => b"",
        };
        self.pad(out, prefix, digits.as_bytes(), self.zero && precision.is_none());
    }

    /// The float conversions; every other kind is shown as `%g`.
    fn float(&self, out: &mut Vec<u8>, x: f64) {
        let mut text = String::new();
        let precision = self.precision().unwrap_or(6);
        let size = x.abs();
        match self.kind {
            b'f' => decimal::fixed(&mut text, size, precision),
            b'e' | b'E' => decimal::exponent(&mut text, size, precision),
            _ => decimal::general(&mut text, size, precision, self.alternate),
        }
        if self.alternate && !text.contains('.') {
            text.insert(text.find('e').unwrap_or(text.len()), '.');
        }
        if matches!(self.kind, b'E' | b'G') {
            text.make_ascii_uppercase();
        }
        self.pad(out, self.sign(x.is_sign_negative()), text.as_bytes(), self.zero);
    }

    fn sign(&self, negative: bool) -> &'static [u8] {
        match () {
            _ if negative => b"-",
            _ if self.plus => b"+",
            _ if self.space => b" ",
            _ => b"",
        }
    }

    /// Writes a sign or prefix and the text after it, in a field of the width asked for.
    fn pad(&self, out: &mut Vec<u8>, prefix: &[u8], text: &[u8], zeros: bool) {
        let missing = self.width().saturating_sub(prefix.len() + text.len());
        let fill = |out: &mut Vec<u8>, with: u8| out.resize(out.len() + missing, with);
        if !self.left && !zeros {
            fill(out, b' ');
        }
        out.extend_from_slice(prefix);
        if !self.left && zeros {
            fill(out, b'0');
        }
        out.extend_from_slice(text);
        if self.left {
            fill(out, b' ');
        }
    }
}

/// 2^64, which `%u` still prints (as the largest 64-bit number).
const TWO_64: f64 = 18446744073709551616.0;

fn not_real(kind: &str) -> crate::diag::Fault {
    fault!("octave_base_value::{kind}_scalar_value(): wrong type argument 'complex scalar'")
}

#[cfg(test)]
mod tests;
