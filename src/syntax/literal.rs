//! Numbers and strings: where they end, and what they mean. Each function gets the text from the first character of
//! the literal on, and knows nothing of what stood before it.

use super::token::Token;

/// A literal read from the front of a text.
pub struct Literal {
    pub token: Token,
    /// Bytes read.
    pub len: usize,
    /// What is wrong with it: offset and length in the literal, message.
    pub slips: Vec<(usize, usize, String)>,
}

/// Reads `12`, `1_000.5e-3`, `1D3`, `2i`, `0xFF`, `0b101u8`. The text begins with a digit, or a dot and a digit.
pub fn number(text: &str) -> Literal {
    let bytes = text.as_bytes();
    if bytes[0] == b'0' && bytes.len() > 2 {
        match bytes[1] {
            b'x' | b'X' if bytes[2].is_ascii_hexdigit() => return based(text, 16),
            b'b' | b'B' if matches!(bytes[2], b'0' | b'1') => return based(text, 2),
            _ => {}
        }
    }
    let mut at = skip(bytes, 0, |b| b.is_ascii_digit() || b == b'_');
    // The dot of `1.*x`, `1./x`, `1.^x`, `1.\x` and `1.'` belongs to the operator; that of `1...` continues the line.
    let dot_is_ours = bytes.get(at) == Some(&b'.')
        && !matches!(bytes.get(at + 1), Some(b'*' | b'/' | b'^' | b'\\' | b'\''))
        && !text[at..].starts_with("...");
    if dot_is_ours {
        at = skip(bytes, at + 1, |b| b.is_ascii_digit() || b == b'_');
    }
    if matches!(bytes.get(at), Some(b'e' | b'E' | b'd' | b'D')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = skip(bytes, at + 1 + sign, |b| b.is_ascii_digit() || b == b'_');
        }
    }
    let digits: String =
        text[..at].chars().filter(|&c| c != '_').map(|c| if matches!(c, 'd' | 'D' | 'E') { 'e' } else { c }).collect();
    let value = digits.parse::<f64>().unwrap_or(f64::NAN);
    let imaginary = matches!(bytes.get(at), Some(b'i' | b'I' | b'j' | b'J'));
    let token = if imaginary { Token::Imaginary(value) } else { Token::Number(value) };
    checked_end(text, at + usize::from(imaginary), token)
}

/// `0x` and `0b`: the number of digits written chooses the class, or a suffix (`u8`, `s16`) does.
fn based(text: &str, base: u32) -> Literal {
    let bytes = text.as_bytes();
    let end = skip(bytes, 2, |b| b == b'_' || (b as char).is_digit(base));
    let digits: String = text[2..end].chars().filter(|&c| c != '_').collect();
    let bits_a_digit = if base == 16 { 4 } else { 1 };
    let mut width = match digits.len() * bits_a_digit {
        0..=8 => 8,
        9..=16 => 16,
        17..=32 => 32,
        _ => 64,
    };
    let mut signed = false;
    let mut at = end;
    if let Some(sign @ (b'u' | b's')) = bytes.get(end) {
        let rest = &text[end + 1..];
        if let Some(suffix) = ["8", "16", "32", "64"].into_iter().find(|s| rest.starts_with(s)) {
            signed = *sign == b's';
            width = suffix.parse().unwrap_or(64);
            at = end + 1 + suffix.len();
        }
    }
    let parsed = u64::from_str_radix(&digits, base).ok().filter(|&v| width == 64 || v >> width == 0);
    let mut literal = checked_end(text, at, Token::Integer { bits: parsed.unwrap_or(0), width, signed });
    if parsed.is_none() {
        literal.token = Token::Error;
        literal.slips = vec![(0, at, format!("this number does not fit {width} bits"))];
    }
    literal
}

/// A letter or digit directly behind a number is a slip: `2x`, `1e`, `0x1G`.
fn checked_end(text: &str, at: usize, token: Token) -> Literal {
    let end = skip(text.as_bytes(), at, |b| b.is_ascii_alphanumeric() || b == b'_');
    if end == at {
        return Literal { token, len: at, slips: Vec::new() };
    }
    let (number, tail) = (&text[..at], &text[at..end]);
    let message = format!("`{number}{tail}` is neither a number nor a name");
    Literal { token: Token::Error, len: end, slips: vec![(0, end, message)] }
}

fn skip(bytes: &[u8], from: usize, keep: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|&&b| keep(b)).count()
}

/// Reads `'it''s'`; the text begins with the quote.
pub fn single_quoted(text: &str) -> Literal {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if matches!(chars.peek(), Some((_, '\''))) => {
                chars.next();
                value.push('\'');
            }
            '\'' => {
                return Literal { token: Token::Str { text: value, double: false }, len: at + 1, slips: Vec::new() };
            }
            '\n' | '\r' => return unterminated(at, '\''),
            c => value.push(c),
        }
    }
    unterminated(text.len(), '\'')
}

/// Reads `"a\tb"`; the text begins with the quote. A backslash at the end of a line joins it with the next.
pub fn double_quoted(text: &str) -> Literal {
    let bytes = text.as_bytes();
    let mut value = String::new();
    let mut slips = Vec::new();
    let mut at = 1;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '"' if bytes.get(at + 1) == Some(&b'"') => {
                value.push('"');
                at += 2;
            }
            '"' => {
                let token = if slips.is_empty() { Token::Str { text: value, double: true } } else { Token::Error };
                return Literal { token, len: at + 1, slips };
            }
            '\n' | '\r' => break,
            '\\' => match escape(&text[at..]) {
                Ok((c, len)) => {
                    value.extend(c);
                    at += len;
                }
                Err(message) => {
                    slips.push((at, 2, message));
                    at += 2;
                }
            },
            c => {
                value.push(c);
                at += c.len_utf8();
            }
        }
    }
    unterminated(at, '"')
}

fn unterminated(len: usize, quote: char) -> Literal {
    let message = format!("this string has no closing `{quote}`");
    Literal { token: Token::Error, len, slips: vec![(0, len, message)] }
}

/// The character an escape stands for (none for a joined line), and the bytes it takes. `text` begins with `\`.
fn escape(text: &str) -> Result<(Option<char>, usize), String> {
    let bytes = text.as_bytes();
    let coded = |radix: u32, from: usize, most: usize| {
        let digits = skip(&bytes[..bytes.len().min(from + most)], from, |b| (b as char).is_digit(radix)) - from;
        let code = u32::from_str_radix(&text[from..from + digits], radix).ok().map(|code| code & 0xFF);
        (code.and_then(char::from_u32), from + digits)
    };
    let simple = |c: char| Ok((Some(c), 2));
    match bytes.get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'a') => simple('\x07'),
        Some(b'b') => simple('\x08'),
        Some(b'f') => simple('\x0C'),
        Some(b'v') => simple('\x0B'),
        Some(&c @ (b'\\' | b'\'' | b'"')) => simple(c as char),
        Some(b'0'..=b'7') => Ok(coded(8, 1, 3)),
        Some(b'x') => match coded(16, 2, 2) {
            (Some(c), len) => Ok((Some(c), len)),
            (None, _) => Err("`\\x` needs one or two hexadecimal digits".to_string()),
        },
        Some(b'\n') => Ok((None, 2)),
        Some(b'\r') => Ok((None, if bytes.get(2) == Some(&b'\n') { 3 } else { 2 })),
        // An unknown escape is its own character, as in Octave.
        Some(_) => Ok(text[1..].chars().next().map_or((None, 1), |c| (Some(c), 1 + c.len_utf8()))),
        None => Ok((None, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_octave_ends_them() {
        for (text, value, len) in [
            ("1.*x", 1.0, 1),
            ("1..^2", 1.0, 2),
            ("1.'", 1.0, 1),
            ("1...", 1.0, 1),
            ("1.e3+", 1000.0, 4),
            ("1e3_0", 1e30, 5),
            ("1D3", 1000.0, 3),
            (".5)", 0.5, 2),
            ("1__0", 10.0, 4),
            ("08", 8.0, 2),
            ("1e400", f64::INFINITY, 5),
        ] {
            let literal = number(text);
            assert_eq!((literal.token, literal.len), (Token::Number(value), len), "{text}");
        }
        for text in ["1e", "0x", "2x", "0x1G", "0b12", "0x1FFu8", "0xFFi", "0x1FFFFFFFFFFFFFFFF"] {
            assert_eq!(number(text).token, Token::Error, "{text}");
        }
    }

    #[test]
    fn based_numbers_choose_their_class() {
        let token = |bits, width, signed| Token::Integer { bits, width, signed };
        assert_eq!(number("0xFF").token, token(255, 8, false));
        assert_eq!(number("0x00FF").token, token(255, 16, false));
        assert_eq!(number("0xFFs8").token, token(255, 8, true));
        assert_eq!(number("0b101").token, token(5, 8, false));
        assert_eq!(number("0x1_F").token, token(31, 8, false));
    }

    #[test]
    fn strings() {
        let text = |literal: Literal| match literal.token {
            Token::Str { text, .. } => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text(single_quoted("'it''s' x")), "it's");
        assert_eq!(text(double_quoted(r#""a\x41\101\n\q""b" "#)), "aAA\nq\"b");
        assert_eq!(text(double_quoted("\"a\\\nb\"")), "ab");
        assert_eq!(text(double_quoted(r#""\08""#)), "\u{0}8");
        for open in ["'abc", "'abc\n'", "\"abc", "\"abc\n\"", "\"abc\\", "\"\\x\""] {
            let literal = if open.starts_with('"') { double_quoted(open) } else { single_quoted(open) };
            assert_eq!(literal.token, Token::Error, "{open}");
            assert!(literal.len <= open.len());
        }
    }
}
