//! Text as a number, real or complex, by the rules of `str2double`.

use crate::array::Complex64;
use crate::value::display::number::NA;

/// The number that the whole text stands for: `1.5`, `-Inf`, `2 - 3i`, `i*2`, `1,000`. Blanks around parts and commas
/// anywhere do not count; `None` for anything else, numbers beyond the range of doubles included.
pub fn parse(text: &[u8]) -> Option<Complex64> {
    let text: Vec<u8> = text.iter().copied().filter(|&c| c != b',').collect();
    let mut reader = Reader { text: &text, at: 0 };
    let first = reader.part(false)?;
    reader.blanks();
    if reader.at == text.len() {
        return Some(first.alone());
    }
    // What stands behind a complete second part is not read.
    let second = reader.part(true)?;
    match (first.imaginary, second.imaginary) {
        (false, true) => Some(Complex64::new(first.value, second.value)),
        (true, false) => Some(Complex64::new(second.value, first.value)),
        _ => None,
    }
}

/// A real or imaginary part.
struct Part {
    value: f64,
    imaginary: bool,
}

impl Part {
    fn alone(&self) -> Complex64 {
        if self.imaginary { Complex64::new(0.0, self.value) } else { Complex64::new(self.value, 0.0) }
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | 9..=13) {
            self.at += 1;
        }
    }

    /// Takes one of these characters.
    fn take(&mut self, any: &[u8]) -> bool {
        let found = self.at < self.text.len() && any.contains(&self.peek());
        self.at += usize::from(found);
        found
    }

    /// Signs, then a number, an imaginary unit, or their product.
    fn part(&mut self, signed: bool) -> Option<Part> {
        let mut sign = None;
        loop {
            self.blanks();
            match self.peek() {
                b'+' => sign = Some(sign.unwrap_or(1.0)),
                b'-' => sign = Some(-sign.unwrap_or(1.0)),
                _ => break,
            }
            self.at += 1;
        }
        if signed && sign.is_none() {
            return None;
        }
        let negative = sign == Some(-1.0);
        // A negation, for it turns even the sign of a NaN.
        let signed = |x: f64| if negative { -x } else { x };
        if let Some(value) = self.number() {
            let after = self.at;
            self.blanks();
            let product = self.take(b"*");
            self.blanks();
            let imaginary = self.take(b"ij");
            if product && !imaginary {
                return None;
            }
            if !imaginary {
                self.at = after;
            }
            return Some(Part { value: signed(value), imaginary });
        }
        if !self.take(b"ij") {
            return None;
        }
        let after = self.at;
        self.blanks();
        if !self.take(b"*") {
            self.at = after;
            return Some(Part { value: signed(1.0), imaginary: true });
        }
        self.blanks();
        let value = self.number()?;
        Some(Part { value: signed(value), imaginary: true })
    }

    /// A number without sign; the cursor stays where there is none.
    fn number(&mut self) -> Option<f64> {
        let rest = &self.text[self.at..];
        let words: [(&[u8], f64); 2] = [(b"NaN", f64::NAN), (b"NA", NA)];
        if rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"inf")) {
            self.at += 3;
            return Some(f64::INFINITY);
        }
        if let Some((word, value)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) {
            self.at += word.len();
            return Some(value);
        }
        let digits = |from: usize| rest[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let mut len = digits(0);
        let mut count = len;
        if rest.get(len) == Some(&b'.') {
            let decimals = digits(len + 1);
            count += decimals;
            len += 1 + decimals;
        }
        if count == 0 {
            return None;
        }
        if matches!(rest.get(len), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(rest.get(len + 1), Some(b'+' | b'-')));
            let exponent = digits(len + 1 + sign);
            if exponent == 0 {
                return None;
            }
            len += 1 + sign + exponent;
        }
        let value: f64 = std::str::from_utf8(&rest[..len]).ok()?.parse().ok()?;
        self.at += len;
        value.is_finite().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_octave_reads() {
        let cases: &[(&str, f64, f64)] = &[
            ("1,222.5", 1222.5, 0.0),
            (" 1 + 2 i", 1.0, 2.0),
            ("i*2+1", 1.0, 2.0),
            ("-Inf*i", 0.0, f64::NEG_INFINITY),
            ("--1", 1.0, 0.0),
            ("1.e3", 1000.0, 0.0),
            ("- i", 0.0, -1.0),
            ("1+2i3", 1.0, 2.0),
            (".5e1j", 0.0, 5.0),
        ];
        for &(text, re, im) in cases {
            assert_eq!(parse(text.as_bytes()), Some(Complex64::new(re, im)), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in
            ["", "  ", "1e", "1d3", "1 2", "1+2", "i1", "1i+2i", "Infinity", "0x10", "1e400", "1*2", "2*3i", "1 e3"]
        {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }
}
