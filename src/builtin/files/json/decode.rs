//! Values out of JSON text.

use crate::array::{Block, Data, Shape};
use crate::builtin::text::{cell_column, row};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::sync::Arc;

/// How deep texts may nest.
const MOST_DEEP: usize = 1000;

/// The value a text says.
///
/// # Errors
/// The text is no JSON: where, and what is missing.
pub fn decode(text: &[u8], valid_names: bool) -> Result<Value> {
    let mut parser = Parser { text, at: 0, valid_names, depth: 0 };
    parser.blanks();
    if parser.at == text.len() {
        return Err(parser.wrong("The document is empty."));
    }
    let value = parser.value()?;
    parser.blanks();
    if parser.at < text.len() {
        return Err(parser.wrong("The document root must not be followed by other values."));
    }
    Ok(value.finished())
}

/// A value while it is not known in what array it stands.
enum Item {
    Null,
    Value(Value),
}

impl Item {
    /// `null` by itself is nothing.
    fn finished(self) -> Value {
        match self {
            Item::Null => Value::empty(),
            Item::Value(value) => value,
        }
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    valid_names: bool,
    depth: usize,
}

impl Parser<'_> {
    fn wrong(&self, what: &str) -> crate::diag::Fault {
        fault!("jsondecode: parse error at offset {}: {what}", self.at + 1)
    }

    fn blanks(&mut self) {
        self.at += self.text[self.at..].iter().take_while(|c| c.is_ascii_whitespace()).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn takes(&mut self, word: &[u8]) -> bool {
        let fits = self.text[self.at..].starts_with(word);
        self.at += if fits { word.len() } else { 0 };
        fits
    }

    fn value(&mut self) -> Result<Item> {
        if self.depth > MOST_DEEP {
            return Err(self.wrong("The document nests too deep."));
        }
        self.depth += 1;
        let item = match self.peek() {
            Some(b'{') => self.object().map(Item::Value),
            Some(b'[') => self.array().map(Item::Value),
            Some(b'"') => self.string().map(|text| Item::Value(row(text))),
            _ if self.takes(b"true") => Ok(Item::Value(Value::Bool(true))),
            _ if self.takes(b"false") => Ok(Item::Value(Value::Bool(false))),
            _ if self.takes(b"null") => Ok(Item::Null),
            _ if self.takes(b"NaN") => Ok(Item::Value(Value::Num(f64::NAN))),
            _ if self.takes(b"Infinity") || self.takes(b"Inf") => Ok(Item::Value(Value::Num(f64::INFINITY))),
            _ if self.takes(b"-Infinity") || self.takes(b"-Inf") => Ok(Item::Value(Value::Num(f64::NEG_INFINITY))),
            _ => self.number().map(|x| Item::Value(Value::Num(x))),
        };
        self.depth -= 1;
        item
    }

    fn number(&mut self) -> Result<f64> {
        let is_part = |c: &&u8| matches!(c, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.text[self.at..].iter().take_while(is_part).count();
        let word = std::str::from_utf8(&self.text[self.at..self.at + length]).unwrap_or_default();
        match word.parse() {
            Ok(x) if !word.starts_with(['+', '.']) => {
                self.at += length;
                Ok(x)
            }
            _ => Err(self.wrong("Invalid value.")),
        }
    }

    fn string(&mut self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(self.wrong("Missing a closing quotation mark in string.")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    let escape = self.text.get(self.at + 1).copied();
                    self.at += 2;
                    match escape {
                        Some(c @ (b'"' | b'\\' | b'/')) => out.push(c),
                        Some(b'b') => out.push(8),
                        Some(b'f') => out.push(12),
                        Some(b'n') => out.push(b'\n'),
                        Some(b'r') => out.push(b'\r'),
                        Some(b't') => out.push(b'\t'),
                        Some(b'u') => {
                            let c = self.unicode()?;
                            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
                        }
                        _ => return Err(self.wrong("Invalid escape character in string.")),
                    }
                }
                Some(c) => {
                    out.push(c);
                    self.at += 1;
                }
            }
        }
    }

    /// The character of `\uXXXX`, of which two may make one.
    fn unicode(&mut self) -> Result<char> {
        let high = self.hexadecimal()?;
        if (0xD800..0xDC00).contains(&high) && self.takes(b"\\u") {
            let low = self.hexadecimal()?;
            let joined = 0x10000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF);
            return char::from_u32(joined).ok_or_else(|| self.wrong("The surrogate pair in string is invalid."));
        }
        char::from_u32(high).ok_or_else(|| self.wrong("The surrogate pair in string is invalid."))
    }

    fn hexadecimal(&mut self) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).and_then(|d| std::str::from_utf8(d).ok());
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        self.at += 4;
        code.ok_or_else(|| self.wrong("Incorrect hex digit after \\u escape in string."))
    }

    fn object(&mut self) -> Result<Value> {
        let mut record = Struct::scalar();
        self.at += 1;
        self.blanks();
        if self.takes(b"}") {
            return Ok(Value::Struct(Arc::new(record)));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.wrong("Missing a name for object member."));
            }
            let name = String::from_utf8_lossy(&self.string()?).into_owned();
            self.blanks();
            if !self.takes(b":") {
                return Err(self.wrong("Missing a colon after a name of object member."));
            }
            self.blanks();
            let value = self.value()?.finished();
            record.set(if self.valid_names { valid_name(&name) } else { name }, value);
            self.blanks();
            if self.takes(b"}") {
                return Ok(Value::Struct(Arc::new(record)));
            }
            if !self.takes(b",") {
                return Err(self.wrong("Missing a comma or } after an object member."));
            }
        }
    }

    fn array(&mut self) -> Result<Value> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.takes(b"]") {
            return Ok(Value::empty());
        }
        loop {
            self.blanks();
            items.push(self.value()?);
            self.blanks();
            if self.takes(b"]") {
                return Ok(joined(items));
            }
            if !self.takes(b",") {
                return Err(self.wrong("Missing a comma or ']' after an array element."));
            }
        }
    }
}

/// The narrowest array that holds all items.
fn joined(items: Vec<Item>) -> Value {
    let is_number = |item: &Item| matches!(item, Item::Null | Item::Value(Value::Num(_)));
    if items.iter().all(is_number) {
        let number = |item: &Item| match item {
            Item::Value(Value::Num(x)) => *x,
            _ => f64::NAN,
        };
        return Value::column(items.iter().map(number).collect());
    }
    let values: Vec<Value> = items.into_iter().map(Item::finished).collect();
    if values.iter().all(|v| matches!(v, Value::Bool(_))) {
        let truths: Vec<bool> = values.iter().map(|v| matches!(v, Value::Bool(true))).collect();
        return Value::block(Block::column(truths));
    }
    records(&values).or_else(|| stacked(&values)).unwrap_or_else(|| cell_column(values))
}

/// Structs with the same names in the same order as one array of them.
fn records(values: &[Value]) -> Option<Value> {
    let all: Option<Vec<&Arc<Struct>>> = values
        .iter()
        .map(|v| match v {
            Value::Struct(record) if record.len() == 1 => Some(record),
            _ => None,
        })
        .collect();
    let all = all?;
    let first = all.first()?;
    if all.iter().any(|record| record.names() != first.names()) {
        return None;
    }
    let mut array = Struct::new(Shape::matrix(all.len(), 1));
    for name in first.names() {
        array.set_column(name, all.iter().filter_map(|record| record.get(name).cloned()).collect());
    }
    Some(Value::Struct(Arc::new(array)))
}

/// Arrays of the same class and size one above the other: columns become rows.
fn stacked(values: &[Value]) -> Option<Value> {
    let blocks: Option<Vec<&Arc<Block>>> = values
        .iter()
        .map(|v| match v {
            Value::Array(block) if !block.is_empty() => Some(block),
            _ => None,
        })
        .collect();
    let blocks = blocks?;
    let first = blocks.first()?;
    if blocks.iter().any(|b| b.shape() != first.shape() || b.dtype() != first.dtype()) {
        return None;
    }
    let column = first.shape().rank() == 2 && first.shape().columns() == 1;
    let inner: Vec<usize> = if column { vec![first.len()] } else { first.shape().iter().copied().collect() };
    let extents: Vec<usize> = std::iter::once(blocks.len()).chain(inner).collect();
    let order = (0..first.len()).flat_map(|at| blocks.iter().map(move |block| (block, at)));
    let data = match first.data() {
        Data::Bool(_) => Data::Bool(order.map(|(block, at)| block.data().get_f64(at) != 0.0).collect()),
        _ => Data::F64(order.map(|(block, at)| block.data().get_f64(at)).collect()),
    };
    Some(Value::block(Block::dense(Shape::new(&extents), data)))
}

/// A name as a field may have: blanks go, and the letter behind them is large; other signs become `_`.
fn valid_name(name: &str) -> String {
    let mut out = String::new();
    let mut large = false;
    for c in name.chars() {
        if c.is_whitespace() {
            large = true;
            continue;
        }
        let c = if large && !out.is_empty() { c.to_ascii_uppercase() } else { c };
        large = false;
        out.push(if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' });
    }
    if !out.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.insert(0, 'x');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(valid_name("a b"), "aB");
        assert_eq!(valid_name("1x"), "x1x");
        assert_eq!(valid_name("a-b"), "a_b");
    }

    #[test]
    fn faults_say_where() {
        let fault = |text: &str| decode(text.as_bytes(), true).unwrap_err().message;
        assert_eq!(
            fault("[1,2"),
            "jsondecode: parse error at offset 5: Missing a comma or ']' after an array element."
        );
        assert_eq!(fault(""), "jsondecode: parse error at offset 1: The document is empty.");
        assert!(decode("[".repeat(5000).as_bytes(), true).is_err());
    }

    #[test]
    fn lists_of_lists_are_matrices() {
        let value = decode(b"[[1,2],[3,4]]", true).unwrap();
        assert_eq!(value.elements::<f64>(), Some(&[1.0, 3.0, 2.0, 4.0][..]));
    }
}
