//! Templates of `textscan` and its kin: what stands in each field of a row.

use crate::array::DType;
use crate::builtin::text::strings::scan;
use crate::diag::Result;
use crate::fault;

/// What is read from a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Number(DType),
    /// Up to the next separator.
    Word,
    /// The same, or text between double quotes.
    Quoted,
    /// So many bytes, whatever they are.
    Chars(usize),
    /// Bytes of a set.
    Set(Box<[bool; 256]>),
    /// Text that must stand there.
    Literal(Vec<u8>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: Kind,
    /// Most bytes; 0 for any number.
    pub width: usize,
    /// Read, but not kept.
    pub discard: bool,
}

impl Item {
    pub fn number() -> Item {
        Item { kind: Kind::Number(DType::F64), width: 0, discard: false }
    }

    /// Whether it makes a column.
    pub fn is_kept(&self) -> bool {
        !self.discard && !matches!(self.kind, Kind::Literal(_))
    }
}

/// Reads a template.
///
/// # Errors
/// A conversion nobody knows.
pub fn parse(who: &str, text: &[u8]) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = text[at];
        if c.is_ascii_whitespace() {
            at += 1;
        } else if c != b'%' || text.get(at + 1) == Some(&b'%') {
            let mut literal = Vec::new();
            while let Some(&c) = text.get(at)
                && !c.is_ascii_whitespace()
                && (c != b'%' || text.get(at + 1) == Some(&b'%'))
            {
                literal.push(c);
                at += if c == b'%' { 2 } else { 1 };
            }
            items.push(Item { kind: Kind::Literal(literal), width: 0, discard: true });
        } else {
            let (item, next) = conversion(who, text, at + 1)?;
            items.push(item);
            at = next;
        }
    }
    Ok(items)
}

/// A conversion from behind its `%`, and where it ends.
fn conversion(who: &str, text: &[u8], start: usize) -> Result<(Item, usize)> {
    let number = |from: usize| -> (usize, usize) {
        let digits = text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let value = std::str::from_utf8(&text[from..from + digits]).ok().and_then(|t| t.parse().ok()).unwrap_or(0);
        (value, from + digits)
    };
    let discard = text.get(start) == Some(&b'*');
    let mut at = start + usize::from(discard);
    let (width, next) = number(at);
    at = next;
    if width > 0 && text.get(at) == Some(&b'.') {
        at = number(at + 1).1;
    }
    let last = text.len().min(at + 1);
    let wrong = || {
        let shown = String::from_utf8_lossy(&text[start..last]).into_owned();
        fault!("{who}: '%{shown}' is not a valid format specifier")
    };
    let letter = *text.get(at).ok_or_else(wrong)?;
    at += 1;
    let kind = match letter {
        b'd' | b'u' | b'f' => {
            let (bits, next) = number(at);
            let dtype = match (letter, bits) {
                (b'd', 8) => DType::I8,
                (b'd', 16) => DType::I16,
                (b'd', 0 | 32) => DType::I32,
                (b'd', 64) => DType::I64,
                (b'u', 8) => DType::U8,
                (b'u', 16) => DType::U16,
                (b'u', 0 | 32) => DType::U32,
                (b'u', 64) => DType::U64,
                (b'f', 0 | 64) => DType::F64,
                (b'f', 32) => DType::F32,
                _ => return Err(wrong()),
            };
            at = next;
            Kind::Number(dtype)
        }
        b'n' => Kind::Number(DType::F64),
        b's' => Kind::Word,
        b'q' => Kind::Quoted,
        b'c' => Kind::Chars(width.max(1)),
        b'[' => {
            let (set, end) = scan::set(who, text, at)?;
            at = end + 1;
            Kind::Set(set)
        }
        _ => return Err(wrong()),
    };
    Ok((Item { kind, width, discard }, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let items = parse("textscan", b"x=%f %*s,%3c %d8").unwrap();
        assert_eq!(items.len(), 6);
        assert_eq!(items[0].kind, Kind::Literal(b"x=".to_vec()));
        assert!(items[2].discard && !items[2].is_kept());
        assert_eq!(items[4].kind, Kind::Chars(3));
        assert_eq!(items[5].kind, Kind::Number(DType::I8));
        assert!(parse("textscan", b"%z").is_err() && parse("textscan", b"%").is_err());
    }
}
