//! The header of an `.npy` file: a magic word, a version, and a Python dictionary of three entries.
//!
//! Read by our own few lines: `ndarray-npy` reads whole arrays of a type known when compiling, and does not hand out
//! the place where the elements begin, which reading by parts needs.

use crate::array::Order;

pub const MAGIC: &[u8; 6] = b"\x93NUMPY";
/// Longest header that is believed.
pub const MAX_HEADER: usize = 1 << 20;
/// Elements begin at a multiple of this.
const ALIGNMENT: usize = 64;

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The type by NumPy's name.
    pub descr: String,
    pub order: Order,
    pub shape: Vec<usize>,
}

impl Header {
    /// Where the dictionary lies in a file that begins with these bytes (12 are enough).
    pub fn place(start: &[u8]) -> Result<std::ops::Range<usize>, String> {
        if start.get(..6) != Some(MAGIC) {
            return Err("it does not begin as .npy files do".to_string());
        }
        let (from, len) = match (start.get(6), start.get(8..12)) {
            (Some(1), Some(n)) => (10, u16::from_le_bytes([n[0], n[1]]) as usize),
            (Some(2 | 3), Some(n)) => (12, u32::from_le_bytes([n[0], n[1], n[2], n[3]]) as usize),
            (Some(version), Some(_)) => return Err(format!("version {version} of the format is unknown")),
            _ => return Err("its header is cut off".to_string()),
        };
        if len > MAX_HEADER { Err(format!("a header of {len} bytes")) } else { Ok(from..from + len) }
    }

    /// Reads the dictionary.
    pub fn parse(dictionary: &[u8]) -> Result<Header, String> {
        let text = String::from_utf8_lossy(dictionary);
        let damaged = || format!("its header cannot be read: {}", text.trim());
        let (mut descr, mut fortran, mut shape) = (None, None, None);
        let mut rest = text.trim().strip_prefix('{').ok_or_else(damaged)?;
        loop {
            rest = rest.trim_start_matches([' ', ',', '\n', '\t']);
            if rest.starts_with('}') {
                break;
            }
            let (key, after) = quoted(rest).ok_or_else(damaged)?;
            let value = after.trim_start().strip_prefix(':').ok_or_else(damaged)?.trim_start();
            match key {
                "descr" => {
                    // Records are described by a list.
                    let end = value.find(']').map_or(0, |at| at + 1);
                    let (name, after) =
                        if value.starts_with('[') { value.split_at(end) } else { quoted(value).ok_or_else(damaged)? };
                    (descr, rest) = (Some(name), after);
                }
                "fortran_order" => {
                    let word = value.find([',', '}', ' ']).unwrap_or(value.len());
                    fortran = Some(match &value[..word] {
                        "True" => true,
                        "False" => false,
                        _ => return Err(damaged()),
                    });
                    rest = &value[word..];
                }
                "shape" => {
                    let inside = value.strip_prefix('(').ok_or_else(damaged)?;
                    let (list, after) = inside.split_once(')').ok_or_else(damaged)?;
                    let extents = list.split(',').map(str::trim).filter(|e| !e.is_empty());
                    // Python 2 wrote an L behind long integers.
                    let extents: Result<Vec<usize>, _> = extents.map(|e| e.trim_end_matches('L').parse()).collect();
                    shape = Some(extents.map_err(|_| format!("its shape ({list}) is no list of sizes"))?);
                    rest = after;
                }
                _ => return Err(damaged()),
            }
        }
        let (Some(descr), Some(fortran), Some(shape)) = (descr, fortran, shape) else { return Err(damaged()) };
        Ok(Header { descr: descr.to_string(), order: if fortran { Order::F } else { Order::C }, shape })
    }

    /// All that stands before the elements.
    pub fn bytes(&self) -> Vec<u8> {
        let extents: String = self.shape.iter().map(|e| format!("{e}, ")).collect();
        let mut dictionary = format!(
            "{{'descr': '{}', 'fortran_order': {}, 'shape': ({}), }}",
            self.descr,
            if self.order == Order::F { "True" } else { "False" },
            if self.shape.len() == 1 { extents.trim_end() } else { extents.trim_end_matches(", ") },
        );
        let unpadded = MAGIC.len() + 4 + dictionary.len() + 1;
        dictionary.extend(std::iter::repeat_n(' ', unpadded.next_multiple_of(ALIGNMENT) - unpadded));
        dictionary.push('\n');
        // At most 32 extents: always short enough for version 1.
        [MAGIC.as_slice(), &[1, 0], &(dictionary.len() as u16).to_le_bytes(), dictionary.as_bytes()].concat()
    }
}

/// A quoted word at the start of a text, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for shape in [vec![], vec![3], vec![3, 4], vec![1, 2, 3, 4, 5]] {
            let header = Header { descr: "<c8".to_string(), order: Order::F, shape };
            let bytes = header.bytes();
            assert_eq!(bytes.len() % ALIGNMENT, 0);
            let place = Header::place(&bytes).unwrap();
            assert_eq!(place.end, bytes.len());
            assert_eq!(Header::parse(&bytes[place]).unwrap(), header);
        }
    }

    #[test]
    fn lies_are_refused() {
        assert!(Header::place(b"\x93NUMPY\x02\0\xff\xff\xff\xff").is_err());
        assert!(Header::place(b"\x93NUMPY\x07\0\xff\xff\xff\xff").is_err());
        assert!(Header::place(b"PK\x03\x04").is_err());
        for dictionary in [
            "",
            "{",
            "{'descr': '<f8'}",
            "{'descr': '<f8', 'fortran_order': maybe, 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}",
            "{'descr': [('a', '<f8'",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3",
        ] {
            assert!(Header::parse(dictionary.as_bytes()).is_err(), "{dictionary}");
        }
        let old = Header::parse(b"{'shape': (3L, 4L), 'fortran_order': False, 'descr': '>i4'}\n").unwrap();
        assert_eq!((old.shape, old.descr.as_str()), (vec![3, 4], ">i4"));
    }
}
