//! Values as JSON text.

use crate::array::{Block, Data, Shape};
use crate::builtin::text::{all_bytes, ensure_longer};
use crate::diag::Result;
use crate::fault;
use crate::value::map::Key;
use crate::value::{Map, Struct, Value};

/// The text of a value; where `convert`, what is not finite is `null`.
///
/// # Errors
/// A complex number or a function, which JSON cannot say.
pub fn encode(value: &Value, convert: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    Encoder { out: &mut out, convert }.value(value)?;
    Ok(out)
}

struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    convert: bool,
}

impl Encoder<'_> {
    fn value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Char(block, _) => self.text(block.shape(), all_bytes(value).unwrap_or_default()),
            Value::Cell(cell) => {
                let values: Vec<&Value> = cell.values.iter().collect();
                self.list(values.len(), &mut |encoder, at| encoder.value(values[at]))
            }
            Value::Struct(records) if records.len() == 1 => self.record(records, 0),
            Value::Struct(records) => self.list(records.len(), &mut |encoder, at| encoder.record(records, at)),
            Value::Map(map) => {
                let _inside = Map::go_inside()?;
                let body = map.0.borrow();
                let named = |key: &Key| match key {
                    Key::Text(text) => text.clone(),
                    Key::Num(x) => x.to_string(),
                };
                let members: Vec<(String, Value)> = body.entries.iter().map(|(k, v)| (named(k), v.clone())).collect();
                drop(body);
                self.object(members.iter().map(|(name, value)| (name.as_str(), value)))
            }
            Value::Func(_) | Value::Object(_) => Err(fault!("jsonencode: unsupported type")),
            numbers => {
                let block = numbers.to_block()?;
                if block.dtype().is_complex() {
                    return Err(fault!("jsonencode: unsupported type"));
                }
                self.numbers(&block)
            }
        }
    }

    fn list(&mut self, count: usize, each: &mut dyn FnMut(&mut Self, usize) -> Result<()>) -> Result<()> {
        self.out.push(b'[');
        for at in 0..count {
            if at > 0 {
                self.out.push(b',');
            }
            each(self, at)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object<'v>(&mut self, members: impl Iterator<Item = (&'v str, &'v Value)>) -> Result<()> {
        self.out.push(b'{');
        for (at, (name, value)) in members.enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            self.quoted(name.as_bytes());
            self.out.push(b':');
            self.value(value)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    fn record(&mut self, records: &Struct, at: usize) -> Result<()> {
        self.object(records.iter().map(|(name, column)| (&**name, &column[at])))
    }

    /// A row as text, several as an array of texts.
    fn text(&mut self, shape: &Shape, bytes: &[u8]) -> Result<()> {
        let rows = shape.rows();
        if rows <= 1 || bytes.is_empty() {
            self.quoted(bytes);
            return Ok(());
        }
        self.list(rows, &mut |encoder, row| {
            let line: Vec<u8> = bytes.iter().skip(row).step_by(rows).copied().collect();
            encoder.quoted(&line);
            Ok(())
        })
    }

    fn quoted(&mut self, text: &[u8]) {
        ensure_longer(self.out, text.len());
        self.out.push(b'"');
        for &c in text {
            match c {
                b'"' | b'\\' => self.out.extend([b'\\', c]),
                b'\n' => self.out.extend(b"\\n"),
                b'\r' => self.out.extend(b"\\r"),
                b'\t' => self.out.extend(b"\\t"),
                8 => self.out.extend(b"\\b"),
                12 => self.out.extend(b"\\f"),
                0..32 => self.out.extend(format!("\\u{c:04X}").bytes()),
                _ => self.out.push(c),
            }
        }
        self.out.push(b'"');
    }

    /// A scalar, a list, or lists of lists: the first subscript is that of the outermost.
    fn numbers(&mut self, block: &Block) -> Result<()> {
        let shape = block.shape();
        if block.len() == 1 {
            self.number(block.data(), 0);
            return Ok(());
        }
        if block.is_empty() || shape.is_vector() {
            return self.list(block.len(), &mut |encoder, at| {
                encoder.number(block.data(), at);
                Ok(())
            });
        }
        let extents: Vec<usize> = shape.iter().copied().collect();
        self.nested(block, &extents, 1, 0)
    }

    fn nested(&mut self, block: &Block, extents: &[usize], stride: usize, from: usize) -> Result<()> {
        let Some((&extent, inner)) = extents.split_first() else {
            self.number(block.data(), from);
            return Ok(());
        };
        self.list(extent, &mut |encoder, at| encoder.nested(block, inner, stride * extent, from + at * stride))
    }

    fn number(&mut self, data: &Data, at: usize) {
        let x = data.get_f64(at);
        let text = match data {
            Data::Bool(v) => v[at].to_string(),
            Data::I64(v) => v[at].to_string(),
            Data::U64(v) => v[at].to_string(),
            _ if data.dtype().is_integer() => x.to_string(),
            Data::F32(v) => shortest(x, &format!("{:e}", v[at]), &v[at].to_string(), self.convert),
            _ => shortest(x, &format!("{x:e}"), &x.to_string(), self.convert),
        };
        self.out.extend(text.bytes());
    }
}

/// A number with the fewest digits that say it, with an exponent where it is very large or small.
fn shortest(x: f64, scientific: &str, plain: &str, convert: bool) -> String {
    match x {
        _ if !x.is_finite() && convert => "null".to_owned(),
        _ if x.is_nan() => "NaN".to_owned(),
        _ if x.is_infinite() => if x > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        _ if x == x.trunc() && x.abs() <= 999_999.0 => format!("{}", x as i64),
        _ if x.abs() >= 1e21 || x.abs() < 1e-6 => scientific.to_owned(),
        _ if plain.contains('.') => plain.to_owned(),
        _ => format!("{plain}.0"),
    }
}

/// JSON text with a line for each member, indented by four blanks a level.
pub fn pretty(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    let line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + 4 * depth, b' ');
    };
    for (at, &c) in text.iter().enumerate() {
        if quoted {
            out.push(c);
            quoted = c != b'"' || escaped;
            escaped = c == b'\\' && !escaped;
            continue;
        }
        match c {
            b'{' | b'[' => {
                out.push(c);
                let empty = matches!(text.get(at + 1), Some(b'}' | b']'));
                depth += usize::from(!empty);
                if !empty {
                    line(&mut out, depth);
                }
            }
            b'}' | b']' => {
                if !matches!(text.get(at.wrapping_sub(1)), Some(b'{' | b'[')) {
                    depth -= 1;
                    line(&mut out, depth);
                }
                out.push(c);
            }
            b',' => {
                out.push(c);
                line(&mut out, depth);
            }
            b':' => out.extend(b": "),
            _ => {
                quoted = c == b'"';
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_few_digits() {
        let shown = |x: f64| String::from_utf8(encode(&Value::Num(x), true).unwrap()).unwrap();
        assert_eq!(shown(0.1), "0.1");
        assert_eq!(shown(1e10), "10000000000.0");
        assert_eq!(shown(1e-7), "1e-7");
        assert_eq!(shown(-3.0), "-3");
        assert_eq!(shown(f64::NAN), "null");
    }

    #[test]
    fn lines_for_members() {
        let text = pretty(br#"{"a":[1,2],"b":{},"c":"x,{"}"#);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "{\n    \"a\": [\n        1,\n        2\n    ],\n    \"b\": {},\n    \"c\": \"x,{\"\n}"
        );
    }
}
